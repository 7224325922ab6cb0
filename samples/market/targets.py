"""The published figures, one a row of `published.csv`, and whether a computed value is printed like one.

`note` begins with `>` or `<` where the review says no more than that a figure is above or below the printed one.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

FILE = Path(__file__).with_name("published.csv")


@dataclass(frozen=True, slots=True)
class Published:
    """One printed figure: `metric` is the metric it belongs to (M01 to M42), `value` as printed."""

    id: str
    metric: str
    what_zh: str
    what_en: str
    value: Decimal
    unit: str
    decimals: int
    note: str

    @property
    def relation(self) -> str:
        """`=` for a figure, `>` or `<` for a bound."""
        return self.note[0] if self.note[:1] in ("<", ">") else "="

    def is_met(self, computed: Decimal) -> bool:
        """Whether the computed value is printed like this one, rounded half up, or keeps the bound."""
        if self.relation == ">":
            return computed > self.value
        if self.relation == "<":
            return computed < self.value
        return printed(computed, self.decimals) == self.value


def printed(value: Decimal, decimals: int) -> Decimal:
    """A value with so many places, rounded half up."""
    return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def published() -> tuple[Published, ...]:
    """All published figures in the order of the review."""
    with FILE.open(encoding="utf-8-sig", newline="") as file:
        return tuple(
            Published(
                row["id"], row["metric_ref"], row["what_zh"], row["what_en"], Decimal(row["value"]), row["unit"],
                int(row["decimals"]), row["note"],
            )
            for row in csv.DictReader(file)
        )  # fmt: skip

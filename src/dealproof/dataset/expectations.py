"""What each kind of document is expected to state: the rows of `mappings/expectations.csv`."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from dealproof import contract
from dealproof.errors import MappingError

Need = Literal["must", "should", "exclusion"]
Condition = Literal["", "revolving", "performing"]

NEEDS = ("must", "should", "exclusion")
CONDITIONS = ("", "revolving", "performing")
_KINDS = contract.table("documents").column("kind").vocabulary


@dataclass(frozen=True, slots=True)
class Expectation:
    """A field that a kind of document is expected to state.

    `field` is a table, `table.column`, or `table.metric`. `need`: `must` asks a question where it is missing,
    `should` only records it, `exclusion` only records that it cannot apply. `when`: the field applies to
    `revolving` deals only, or to `performing` (not NPL) pools only.
    """

    kind: str
    field: str
    need: Need
    when: Condition
    note: str

    @property
    def table(self) -> str:
        """The table that the field stands in."""
        return self.field.partition(".")[0]


def load_expectations(path: Path) -> tuple[Expectation, ...]:
    """Read the expectations file. Raises MappingError naming the line that cannot be used."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            return tuple(_expectation(raw, f"{path.name}:{reader.line_num}") for raw in reader)
    except OSError as error:
        raise MappingError(f"{path} cannot be read ({error.strerror}).", "Restore the expectations file.") from error


def _expectation(raw: dict[str, str | None], where: str) -> Expectation:
    kind, field, need, when, note = (
        (raw.get(name) or "").strip() for name in ("kind", "field", "need", "when", "note")
    )
    if kind not in _KINDS:
        raise MappingError(f"{where}: kind {kind!r} is unknown.", f"Use one of {', '.join(_KINDS)}.")
    if not _exists(field):
        raise MappingError(
            f"{where}: the dataset has no field {field!r}.", "Write table, table.column or table.metric."
        )
    if need not in NEEDS:
        raise MappingError(f"{where}: need {need!r} is unknown.", f"Use one of {', '.join(NEEDS)}.")
    if when not in CONDITIONS:
        raise MappingError(f"{where}: when {when!r} is unknown.", "Use revolving, performing, or leave it empty.")
    return Expectation(kind, field, cast(Need, need), cast(Condition, when), note)


def _exists(field: str) -> bool:
    name, _, part = field.partition(".")
    spec = next((spec for spec in contract.tables() if spec.name == name), None)
    if spec is None:
        return False
    metrics = spec.column("metric").vocabulary if "metric" in spec.key else ()
    return not part or part in spec.column_names or part in metrics

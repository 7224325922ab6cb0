"""The ways in which a printed figure comes out wrong, as the values that it may have been."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dealproof import contract
from dealproof.model.cell import DatasetCell
from dealproof.reconcile.values import Figure, Figures

#: 万元 or 亿元 taken for 元 and the reverse, thousands, percent and fraction.
_UNITS = tuple(Decimal(10) ** power for power in (4, -4, 8, -8, 3, -3, 2, -2))


@dataclass(frozen=True, slots=True)
class Mistake:
    """What a figure may have been, what its last printed digit would be worth then, and the name of the mistake."""

    value: Decimal
    step: Decimal
    name: str


def likely_mistakes(figures: Figures, figure: Figure) -> Iterator[Mistake]:
    """Yield what a figure may have been, by the mistakes that would have made it what it is."""
    for factor in _UNITS:
        yield Mistake(figure.value * factor, figure.step * factor, "unit")
    yield Mistake(-figure.value, figure.step, "sign")
    yield from (Mistake(value, figure.step, "digit") for value in _digits(figure))
    yield from (Mistake(value, figure.step, "row or column beside") for value in _beside(figures, figure.cell))


def _digits(figure: Figure) -> Iterator[Decimal]:
    """Every value that differs in one printed digit."""
    step = figure.step or Decimal(1)
    scaled = figure.value / step
    whole = scaled.to_integral_value()
    if scaled != whole:
        return
    digits = str(abs(int(whole)))
    sign = -1 if whole < 0 else 1
    for place, own in enumerate(digits):
        for other in "0123456789":
            if other != own and not (place == 0 and other == "0" and len(digits) > 1):
                yield sign * int(digits[:place] + other + digits[place + 1 :]) * step


def _beside(figures: Figures, cell: DatasetCell) -> Iterator[Decimal]:
    """Figures of the same column in the rows around, and of the same row in other columns."""
    table, key, column = cell
    rows = figures.rows(table)
    own = next((row for row in rows if row.key == key), None)
    if own is None:
        return
    yield from (figure.value for name, figure in own.figures.items() if name != column)
    near = [name for name in contract.table(table).key if name not in ("document_id",)]
    for row in rows:
        different = sum(row.parts[name] != own.parts[name] for name in near)
        if row is not own and different == 1 and column in row.figures:
            yield row.figures[column].value

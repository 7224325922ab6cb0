"""An identity, the cells that it ties, and what comes of trying it on their figures."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal, localcontext
from typing import Literal

from dealproof.model.cell import DatasetCell
from dealproof.reconcile.equations import Shape
from dealproof.reconcile.values import Figure, Figures

Severity = Literal["error", "warning", "info"]
Outcome = Literal["holds", "within_rounding", "fails", "not_evaluable"]


@dataclass(frozen=True, slots=True)
class Tie:
    """Cells that an identity ties. `document_id` is empty where it reaches across documents."""

    shape: Shape
    deal_id: str
    document_id: str = ""
    period_no: str = ""

    @property
    def cells(self) -> tuple[DatasetCell, ...]:
        """Every cell that it ties."""
        return self.shape.cells


@dataclass(frozen=True, slots=True)
class Identity:
    """An identity (勾稽关系) as data: name, what must hold in Chinese and English, and where its cells are found.

    `severity` is that of a failure: `error` means a value or unit is wrong, `warning` that it often has a reason.
    """

    name: str
    zh: str
    en: str
    severity: Severity
    find: Callable[[Figures], Iterator[Tie]]


@dataclass(frozen=True, slots=True)
class Checked:
    """An identity tried on certain cells. Left and right are None where an operand is missing."""

    identity: Identity
    tie: Tie
    outcome: Outcome
    left: Decimal | None = None
    right: Decimal | None = None
    residual: Decimal | None = None
    tolerance: Decimal | None = None

    @property
    def fails(self) -> bool:
        """Whether it does not hold, rounding allowed for."""
        return self.outcome == "fails"


def check_all(figures: Figures, identities: Iterable[Identity]) -> list[Checked]:
    """Return what came of each identity; one with a missing operand is `not_evaluable`, never passed.

    An identity of which fewer than two operands are there is not asked for at all.
    """
    found: list[Checked] = []
    for identity in identities:
        for tie in identity.find(figures):
            known = sum(cell in figures.by_cell for cell in tie.cells)
            if known == len(tie.cells):
                found.append(evaluate(identity, tie, figures))
            elif known >= 2:
                found.append(Checked(identity, tie, "not_evaluable"))
    return found


def evaluate(identity: Identity, tie: Tie, figures: Figures) -> Checked:
    """Try an identity whose operands are all there."""

    def look(cell: DatasetCell) -> Figure:
        return figures.by_cell[cell]

    with localcontext() as context:
        context.prec = 34
        left, right = tie.shape.sides(look)
        tolerance = tie.shape.tolerance(look)
        residual = left - right
    if not residual:
        return Checked(identity, tie, "holds", left, right, residual, tolerance)
    outcome = "within_rounding" if abs(residual) <= tolerance else "fails"
    return Checked(identity, tie, outcome, left, right, residual, tolerance)  # type: ignore[arg-type]  # two literals

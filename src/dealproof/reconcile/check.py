"""Every identity tried on every cell that it ties."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import localcontext

from dealproof.reconcile.identity import Checked, Identity, Tie
from dealproof.reconcile.values import Cell, Figure, Figures


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

    def look(cell: Cell) -> Figure:
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

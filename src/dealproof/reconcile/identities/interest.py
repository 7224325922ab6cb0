"""Interest on tranches: opening balance × coupon × days in the year. Which days count differs from deal to deal.

See docs/domain.md#payments.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from dealproof.model.cell import DatasetCell
from dealproof.reconcile.equations import Interest, residual
from dealproof.reconcile.identity import Tie
from dealproof.reconcile.values import Figure, FigureRow, Figures, grouped

#: Day counts in use: actual days over 365, 360 or 366, and months of 30 days over 360.
Case = tuple[FigureRow, dict[str, Interest]]
_YEARS = (Decimal(365), Decimal(360), Decimal(366))


def interest_paid(figures: Figures) -> Iterator[Tie]:
    """Interest by the day count that fits all payments, two at least, of some tranche of the deal; else nothing."""
    for (deal,), rows in grouped(figures.rows("tranche_payments"), "deal_id"):
        cases = [case for row in rows if (case := _case(figures, row)) is not None]
        best = _day_count(figures, cases)
        if best:
            for row, variants in cases:
                yield Tie(variants[best], deal, row.parts["document_id"], row.parts["period_no"])


def _day_count(figures: Figures, cases: list[Case]) -> str:
    """The day count that a tranche's payments agree on, '' where none do; that of most payments among several."""
    proven: set[str] = set()
    votes: Counter[str] = Counter()
    tranches: dict[str, list[set[str]]] = {}
    for row, variants in cases:
        fitting = {name for name, shape in variants.items() if _fits(shape, figures)}
        votes.update(fitting)
        tranches.setdefault(row.parts["tranche"], []).append(fitting)
    for payments in tranches.values():
        if len(payments) > 1:
            proven |= set.intersection(*payments)
    return max(sorted(proven), key=lambda name: votes[name], default="")


def _case(figures: Figures, row: FigureRow) -> Case | None:
    """The ways to count the days of one payment, or None where dates or operands are missing."""
    deal, tranche = row.key[0], row.parts["tranche"]
    coupon = DatasetCell("tranches", (deal, tranche), "coupon_pct")
    paid = row.texts.get("payment_date", "")
    before = _payment_before(figures, row)
    if (
        not paid
        or not before
        or coupon not in figures.by_cell
        or not {"opening_balance", "interest_paid"} <= set(row.figures)
    ):
        return None
    start, end = date.fromisoformat(before), date.fromisoformat(paid)
    actual = Decimal((end - start).days)
    thirty = Decimal(
        (end.year - start.year) * 360 + (end.month - start.month) * 30 + min(end.day, 30) - min(start.day, 30)
    )
    interest = DatasetCell("tranche_payments", row.key, "interest_paid")
    opening = DatasetCell("tranche_payments", row.key, "opening_balance")
    variants = {f"actual/{year}": Interest(interest, opening, coupon, actual / year) for year in _YEARS}
    return row, {**variants, "30/360": Interest(interest, opening, coupon, thirty / 360)}


def _payment_before(figures: Figures, row: FigureRow) -> str:
    """The day of the payment before, or of closing for the first."""
    period = row.parts["period_no"]
    if not period.isdecimal():
        return ""
    if period == "1":
        deals = (deal for deal in figures.rows("deals") if deal.key[0] == row.key[0])
        return next((deal.texts.get("closing_date", "") for deal in deals), "")
    for other in figures.rows("tranche_payments"):
        same = other.key[0] == row.key[0] and other.parts["tranche"] == row.parts["tranche"]
        if same and other.parts["period_no"] == str(int(period) - 1):
            return other.texts.get("payment_date", "")
    return ""


def _fits(shape: Interest, figures: Figures) -> bool:
    def look(cell: DatasetCell) -> Figure:
        return figures.by_cell[cell]

    return abs(residual(shape, look)) <= shape.tolerance(look)

"""Identities of tranche tables (证券基本情况) and of payments to tranches (证券兑付)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dealproof.model.cell import DatasetCell
from dealproof.reconcile.equations import Share, Sum, plus
from dealproof.reconcile.identity import Tie
from dealproof.reconcile.values import Figures, grouped

_ONE = Decimal(1)


def total_of_tranches(figures: Figures) -> Iterator[Tie]:
    """Tranche amounts add up to the issue."""
    for (deal,), rows in grouped(figures.rows("tranches"), "deal_id"):
        amounts = tuple(DatasetCell("tranches", row.key, "amount") for row in rows)
        yield Tie(Sum(plus(amounts), ((_ONE, DatasetCell("deals", (deal,), "total_amount")),)), deal)


def shares_of_tranches(figures: Figures) -> Iterator[Tie]:
    """Tranche shares add up to 100."""
    for (deal,), rows in grouped(figures.rows("tranches"), "deal_id"):
        shares = [DatasetCell("tranches", row.key, "share_pct") for row in rows]
        if any(figures.get(cell) for cell in shares):
            yield Tie(Sum(plus(shares), (), Decimal(100)), deal)


def share_of_tranche(figures: Figures) -> Iterator[Tie]:
    """A tranche's share is its amount in the issue."""
    for row in figures.rows("tranches"):
        if "share_pct" in row.figures:
            deal = row.key[0]
            whole = ((_ONE, DatasetCell("deals", (deal,), "total_amount")),)
            yield Tie(Share(DatasetCell("tranches", row.key, "share_pct"), DatasetCell("tranches", row.key, "amount"), whole), deal)


def paid_down(figures: Figures) -> Iterator[Tie]:
    """Opening balance less principal paid is the closing balance."""
    for row in figures.rows("tranche_payments"):
        left = (
            (_ONE, DatasetCell("tranche_payments", row.key, "opening_balance")),
            (-_ONE, DatasetCell("tranche_payments", row.key, "principal_paid")),
        )
        right = ((_ONE, DatasetCell("tranche_payments", row.key, "closing_balance")),)
        yield Tie(Sum(left, right), row.key[0], row.parts["document_id"], row.parts["period_no"])


def carried_over(figures: Figures) -> Iterator[Tie]:
    """A tranche opens with the balance with which the period before closed; in the first with what was issued."""
    for (deal, tranche), rows in grouped(figures.rows("tranche_payments"), "deal_id", "tranche"):
        ordered = sorted(
            (row for row in rows if row.parts["period_no"].isdecimal()), key=lambda r: int(r.parts["period_no"])
        )
        closed: dict[int, DatasetCell] = {}
        for row in ordered:
            period = int(row.parts["period_no"])
            opening = DatasetCell("tranche_payments", row.key, "opening_balance")
            before: DatasetCell | None = closed.get(period - 1)
            if period == 1:
                before = DatasetCell("tranches", (deal, tranche), "amount")
            if before is not None:
                yield Tie(Sum(plus((opening,)), plus((before,))), deal, "", str(period))
            closed.setdefault(period, DatasetCell("tranche_payments", row.key, "closing_balance"))

"""Identities of the accounts (收入账, 本金账, 费用): lines add up to totals, periods follow each other."""

from __future__ import annotations

from collections.abc import Iterator

from dealproof.model.cell import DatasetCell
from dealproof.reconcile.equations import Sum, plus
from dealproof.reconcile.identity import Tie
from dealproof.reconcile.values import FigureRow, Figures, grouped

#: How the line that adds up an account is printed.
TOTAL = "合计"


def lines_to_total(figures: Figures) -> Iterator[Tie]:
    """The lines of an account add up to its total, for this and for the previous period."""
    for (deal, period, _account, document), rows in grouped(
        figures.rows("cash_flows"), "deal_id", "period_no", "account", "document_id"
    ):
        total = next((row for row in rows if row.parts["line"] == TOTAL), None)
        lines = [row for row in rows if row is not total]
        if total is None or len(lines) < 2:
            continue
        for column in ("amount", "previous_amount"):
            cells = tuple(_cell(row, column) for row in lines if column in row.figures)
            if column in total.figures and len(cells) >= 2:
                yield Tie(Sum(plus(cells), plus((_cell(total, column),))), deal, document, period)


def previous_period(figures: Figures) -> Iterator[Tie]:
    """What a report prints as the previous period is what the report of that period printed."""
    known: dict[tuple[str, ...], DatasetCell] = {}
    for row in figures.rows("cash_flows"):
        known.setdefault(
            (row.key[0], row.parts["period_no"], row.parts["account"], row.parts["line"]), _cell(row, "amount")
        )
    for row in figures.rows("cash_flows"):
        period = row.parts["period_no"]
        if "previous_amount" not in row.figures or not period.isdecimal():
            continue
        before = known.get((row.key[0], str(int(period) - 1), row.parts["account"], row.parts["line"]))
        if before is not None:
            yield Tie(Sum(plus((_cell(row, "previous_amount"),)), plus((before,))), row.key[0], "", period)


def _cell(row: FigureRow, column: str) -> DatasetCell:
    return DatasetCell("cash_flows", row.key, column)

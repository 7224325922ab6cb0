"""The roll of the pool: what was there, less what was paid back, plus what was bought, is what is there.

Whether defaulted loans leave the balance, and which purchase falls into the period, differs from deal to deal; the figures
tell. The variant that comes nearest is tried.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dealproof.model.cell import DatasetCell
from dealproof.reconcile.equations import Sum, residual
from dealproof.reconcile.identities.cash import TOTAL
from dealproof.reconcile.identity import Tie
from dealproof.reconcile.values import Figure, FigureRow, Figures

_ONE = Decimal(1)
_Report = tuple[str, str, str]


def pool_rolls(figures: Figures) -> Iterator[Tie]:
    """Closing balance = opening balance − principal collected [− newly defaulted] [+ purchased]."""
    metrics = _metrics(figures)
    for report, principal in _principal(figures).items():
        own = metrics.get(report, {})
        opening, closing = own.get("pool_opening_balance"), own.get("pool_closing_balance")
        if opening is None or closing is None:
            continue
        base = ((_ONE, opening), (-_ONE, principal))
        defaults = [(), *([((-_ONE, own["period_default_amount"]),)] if "period_default_amount" in own else [])]
        purchases = [(), *(((_ONE, cell),) for cell in _purchases(figures, report))]
        shapes = [Sum((*base, *gone, *bought), ((_ONE, closing),)) for gone in defaults for bought in purchases]
        yield Tie(min(shapes, key=lambda shape: _off(shape, figures)), report[0], report[2], report[1])


def _off(shape: Sum, figures: Figures) -> Decimal:
    def look(cell: DatasetCell) -> Figure:
        return figures.by_cell[cell]

    return abs(residual(shape, look))


def _metrics(figures: Figures) -> dict[_Report, dict[str, DatasetCell]]:
    """The figures of each report about its own period, by metric."""
    found: dict[_Report, dict[str, DatasetCell]] = {}
    for row in figures.rows("performance"):
        if "value" in row.figures and row.texts.get("reprinted") != "true":
            found.setdefault(_report(row), {}).setdefault(row.parts["metric"], DatasetCell("performance", row.key, "value"))
    return found


def _principal(figures: Figures) -> dict[_Report, DatasetCell]:
    """The total of the principal account of each report."""
    return {
        _report(row): DatasetCell("cash_flows", row.key, "amount")
        for row in figures.rows("cash_flows")
        if (row.parts["account"], row.parts["line"]) == ("principal", TOTAL) and "amount" in row.figures
    }


def _purchases(figures: Figures, report: _Report) -> Iterator[DatasetCell]:
    for row in figures.rows("revolving_purchases"):
        if (row.key[0], row.parts["document_id"]) == (report[0], report[2]) and "purchase_amount" in row.figures:
            yield DatasetCell("revolving_purchases", row.key, "purchase_amount")


def _report(row: FigureRow) -> _Report:
    return row.key[0], row.parts["period_no"], row.parts["document_id"]

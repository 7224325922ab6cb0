"""What a figure can be at all: no negative amounts or counts, no share above the whole."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dealproof import contract
from dealproof.contract.metrics import PERCENTAGES
from dealproof.reconcile.equations import Bounds
from dealproof.reconcile.identity import Tie
from dealproof.reconcile.values import Figure, Figures

_TABLES = ("deals", "tranches", "pool_stats", "pool_distributions", "performance", "delinquency", "tranche_payments")
_PURCHASES = ("revolving_purchases",)
_NONE, _WHOLE, _ANY = Decimal(0), Decimal(100), Decimal(10) ** 15
#: Figures that may be below nothing or above the whole: bounds of buckets, and rates of trouble that count twice.
_FREE = frozenset({"lower", "upper"})


def out_of_bounds(figures: Figures) -> Iterator[Tie]:
    """Every figure that oversteps its bounds; those that keep them are not listed."""
    for table in (*_TABLES, *_PURCHASES):
        for row in figures.rows(table):
            for column, figure in row.figures.items():
                high = _WHOLE if _is_percent(figure, row.parts.get("metric", "")) else _ANY
                if column not in _FREE and not _NONE <= figure.value <= high:
                    document = row.parts.get("document_id", "")
                    yield Tie(Bounds(figure.cell, _NONE, high), row.key[0], document, row.parts.get("period_no", ""))


def _is_percent(figure: Figure, metric: str) -> bool:
    table, _, column = figure.cell
    return contract.table(table).column(column).unit == "percent" or metric in PERCENTAGES

"""Identities of pool statistics (资产池概况) and distributions (资产池分布)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dealproof.contract.metrics import POOL, PoolMetric
from dealproof.model.cell import DatasetCell
from dealproof.reconcile.equations import Order, Product, Share, Sum, plus
from dealproof.reconcile.identity import Tie
from dealproof.reconcile.values import FigureRow, Figures, grouped

_ONE = Decimal(1)
#: column of a distribution, and the statistics that may be its total
_TOTALS = tuple((column, tuple(item.name for item in POOL if item.adds_up == column)) for column in ("amount", "count"))
#: smaller, greater
_ORDERS = tuple(
    pair
    for item in POOL
    for pair in (*((low, item.name) for low in item.above), *((item.name, high) for high in item.below))
)
#: A distribution that lists its largest members only adds up to less than this.
_WHOLE_PCT = Decimal("99.5")


def averages(figures: Figures) -> Iterator[Tie]:
    """An average times the number is the total: the best detector of 万元 taken for 元."""
    for item in POOL:
        if item.mean_of is None:
            continue
        total, number = item.mean_of
        for row in figures.rows("pool_stats"):
            if row.parts["metric"] == item.name:
                yield Tie(Product(_cell(row, item.name), _cell(row, number), _cell(row, total)), row.key[0])


def orders(figures: Figures) -> Iterator[Tie]:
    """A least figure is not above the mean, the mean not above the greatest, and the like."""
    for small, big in _ORDERS:
        for row in figures.rows("pool_stats"):
            if row.parts["metric"] == small:
                yield Tie(Order(_cell(row, small), _cell(row, big)), row.key[0])


def buckets_to_total(figures: Figures) -> Iterator[Tie]:
    """The amounts and the numbers of a distribution add up to those of the pool."""
    for deal, as_of, rows in _distributions(figures):
        for column, metrics in _TOTALS:
            total = _total(figures, deal, as_of, rows, column, metrics)
            if total is not None:
                yield Tie(Sum(plus(_cells(rows, column)), plus((total,))), deal)


def bucket_shares_to_100(figures: Figures) -> Iterator[Tie]:
    """Each of the two columns of shares adds up to 100."""
    for deal, _, rows in _distributions(figures):
        for column in ("amount_share_pct", "count_share_pct"):
            if all(column in row.figures for row in rows):
                yield Tie(Sum(plus(_cells(rows, column)), (), Decimal(100)), deal)


def bucket_share(figures: Figures) -> Iterator[Tie]:
    """A bucket's share is its amount, or its number, in the sum of all buckets."""
    for deal, _, rows in _distributions(figures):
        for column in ("amount", "count"):
            if not all(column in row.figures for row in rows):
                continue
            whole = plus(_cells(rows, column))
            for row in rows:
                if f"{column}_share_pct" in row.figures:
                    share = DatasetCell("pool_distributions", row.key, f"{column}_share_pct")
                    yield Tie(Share(share, DatasetCell("pool_distributions", row.key, column), whole), deal)


def _cell(row: FigureRow, metric: PoolMetric) -> DatasetCell:
    """The figure of another metric of the same pool at the same date."""
    deal, as_of, _, scope = row.key
    return DatasetCell("pool_stats", (deal, as_of, metric, scope), "value")


def _cells(rows: list[FigureRow], column: str) -> tuple[DatasetCell, ...]:
    return tuple(DatasetCell("pool_distributions", row.key, column) for row in rows)


def _distributions(figures: Figures) -> Iterator[tuple[str, str, list[FigureRow]]]:
    """Distributions that list the whole pool; one of its largest members only is no partition."""
    for (deal, as_of, _), rows in grouped(figures.rows("pool_distributions"), "deal_id", "as_of", "dimension"):
        sums = [
            sum((row.figures[column].value for row in rows), Decimal(0))
            for column in ("amount_share_pct", "count_share_pct")
            if all(column in row.figures for row in rows)
        ]
        if len(rows) > 1 and not (sums and all(total < _WHOLE_PCT for total in sums)):
            yield deal, as_of, rows


def _total(
    figures: Figures, deal: str, as_of: str, rows: list[FigureRow], column: str, metrics: tuple[PoolMetric, ...]
) -> DatasetCell | None:
    """The pool's figure that the column adds up to: the nearest one, since some tables count borrowers."""
    if not all(column in row.figures for row in rows):
        return None
    summed = sum((row.figures[column].value for row in rows), Decimal(0))
    cells: list[DatasetCell] = [DatasetCell("pool_stats", (deal, as_of, metric, ""), "value") for metric in metrics]
    known = [(cell, figure.value) for cell in cells if (figure := figures.get(cell)) is not None]
    if not known or known[0][0] != cells[0]:
        return None  # without the number of loans nobody knows whether loans or borrowers are counted
    return min(known, key=lambda pair: abs(pair[1] - summed))[0]

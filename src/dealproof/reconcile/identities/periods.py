"""Identities between figures of report periods: pool balances, asset status, defaults, purchases."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from dealproof.contract.metrics import AT_END, PERFORMANCE, PerformanceMetric, PoolMetric
from dealproof.model.cell import DatasetCell
from dealproof.reconcile.equations import Order, Share, Sum, plus
from dealproof.reconcile.identity import Tie
from dealproof.reconcile.values import FigureRow, Figures, grouped

_ONE = Decimal(1)
#: Statuses beyond 90 days; where one of them is printed, 90+ is their sum and not one more.
_BEYOND_90 = frozenset({"91-120", "121-150", "151-180", "180+", "default"})
#: Figures of a period that later reports print again.
_REPRINTED = ("performance", "delinquency", "revolving_purchases")


def opens_as_it_closed(figures: Figures) -> Iterator[Tie]:
    """The pool opens with the balance with which the period before closed."""
    closings: dict[tuple[str, str], DatasetCell] = {}
    for row in _metric(figures, "pool_closing_balance"):
        closings.setdefault((row.key[0], row.parts["period_no"]), _value(row))
    for row in _metric(figures, "pool_opening_balance"):
        period = row.parts["period_no"]
        before = closings.get((row.key[0], str(int(period) - 1))) if period.isdecimal() else None
        if before is not None:
            yield Tie(Sum(plus((_value(row),)), plus((before,))), row.key[0], "", period)


def initial_balance(figures: Figures) -> Iterator[Tie]:
    """Every report states the same initial pool balance, and it is that of the circular at the cut-off date."""
    for (deal,), rows in grouped(_metric(figures, "initial_pool_balance"), "deal_id"):
        first, *others = rows
        for row in others:
            yield Tie(Sum(plus((_value(row),)), plus((_value(first),))), deal, "", row.parts["period_no"])


def initial_is_pool(figures: Figures) -> Iterator[Tie]:
    """The initial pool balance of reports and purchases is the circular's at the cut-off date."""
    pools = {
        deal: min(rows, key=lambda row: row.parts["as_of"] or "9")
        for (deal,), rows in grouped(_pool(figures, "principal_balance"), "deal_id")
    }
    stated: list[tuple[FigureRow, str, DatasetCell]] = [
        (row, row.parts["period_no"], _value(row)) for row in _metric(figures, "initial_pool_balance")[:1]
    ]
    for row in figures.rows("revolving_purchases"):
        if "initial_amount" in row.figures:
            stated.append((row, "", DatasetCell("revolving_purchases", row.key, "initial_amount")))
    for row, period, cell in stated:
        pool = pools.get(row.key[0])
        if pool is not None:
            yield Tie(Sum(plus((cell,)), plus((DatasetCell("pool_stats", pool.key, "value"),))), row.key[0], "", period)


def pool_at_period_end(figures: Figures) -> Iterator[Tie]:
    """Pool statistics at the end of a period are the report's own figures of the pool."""
    for statistic, metric in AT_END.items():
        by_day = {(row.key[0], row.parts["as_of"]): row for row in _pool(figures, statistic)}
        for row in _metric(figures, metric):
            pool = by_day.get((row.key[0], row.texts.get("period_end", "-")))
            if pool is not None:
                shape = Sum(plus((_value(row),)), plus((DatasetCell("pool_stats", pool.key, "value"),)))
                yield Tie(shape, row.key[0], row.parts["document_id"], row.parts["period_no"])


def _pool(figures: Figures, metric: PoolMetric) -> list[FigureRow]:
    rows = figures.rows("pool_stats")
    return [row for row in rows if row.parts["metric"] == metric and not row.parts["scope"] and "value" in row.figures]


def statuses_to_total(figures: Figures) -> Iterator[Tie]:
    """Balances and numbers by status add up to the total."""
    for (deal, period, document), rows in _by_report(figures, "delinquency"):
        parts = _partition(rows)
        total = next((row for row in rows if row.parts["bucket"] == "total"), None)
        for column in ("count", "balance"):
            if total is not None and len(parts) > 1 and column in total.figures:
                cells = tuple(DatasetCell("delinquency", row.key, column) for row in parts if column in row.figures)
                yield Tie(Sum(plus(cells), plus((DatasetCell("delinquency", total.key, column),))), deal, document, period)


def _partition(rows: list[FigureRow]) -> list[FigureRow]:
    """The statuses that together are the pool."""
    finer = any(row.parts["bucket"] in _BEYOND_90 for row in rows)
    overlapping = {"total", "90+"} if finer else {"total"}
    return [row for row in rows if row.parts["bucket"] not in overlapping]


def status_share(figures: Figures) -> Iterator[Tie]:
    """The share of a status is its balance, or number, in the total."""
    for (deal, period, document), rows in _by_report(figures, "delinquency"):
        total = next((row for row in rows if row.parts["bucket"] == "total"), None)
        for row in rows:
            for column in ("count", "balance"):
                if total is not None and row is not total and f"{column}_share_pct" in row.figures:
                    share = DatasetCell("delinquency", row.key, f"{column}_share_pct")
                    whole = ((_ONE, DatasetCell("delinquency", total.key, column)),)
                    yield Tie(Share(share, DatasetCell("delinquency", row.key, column), whole), deal, document, period)


def status_shares_to_100(figures: Figures) -> Iterator[Tie]:
    """Shares by status add up to 100."""
    for (deal, period, document), rows in _by_report(figures, "delinquency"):
        parts = _partition(rows)
        for column in ("count_share_pct", "balance_share_pct"):
            if len(parts) > 1 and all(column in row.figures for row in parts):
                cells = tuple(DatasetCell("delinquency", row.key, column) for row in parts)
                yield Tie(Sum(plus(cells), (), Decimal(100)), deal, document, period)


def status_total_is_pool(figures: Figures) -> Iterator[Tie]:
    """The total by status is the pool at the end of the period: its balance and its number of loans."""
    metrics = {item.status_total: item.name for item in PERFORMANCE if item.status_total}
    for row in figures.rows("delinquency"):
        if row.parts["bucket"] != "total":
            continue
        for column, metric in metrics.items():
            pool = _same_report(figures, row, metric)
            if column in row.figures and pool is not None:
                shape = Sum(plus((DatasetCell("delinquency", row.key, column),)), plus((pool,)))
                yield Tie(shape, row.key[0], row.parts["document_id"], row.parts["period_no"])


def cumulative_defaults(figures: Figures) -> Iterator[Tie]:
    """Cumulative defaults are those of the period before and the new ones; in the first period the new ones alone."""
    for (deal, document, definition), rows in grouped(
        _metric(figures, "cumulative_default_amount"), "deal_id", "document_id", "definition"
    ):
        by_period = {row.parts["period_no"]: row for row in rows}
        for period, row in by_period.items():
            new = _new_defaults(figures, row)
            before = _before(figures, by_period, deal, period, definition)
            if new is None or (before is None and period != "1"):
                continue
            shape = Sum(plus((_value(row),)), plus((new, *([before] if before else []))))
            yield Tie(shape, deal, document, period)


def _before(figures: Figures, by_period: dict[str, FigureRow], deal: str, period: str, definition: str) -> DatasetCell | None:
    """The cumulative amount of the period before: in the same document, else in that period's own report."""
    if not period.isdecimal():
        return None
    wanted = str(int(period) - 1)
    if wanted in by_period:
        return _value(by_period[wanted])
    others = (
        row
        for row in _metric(figures, "cumulative_default_amount")
        if (row.key[0], row.parts["period_no"], row.parts["definition"]) == (deal, wanted, definition)
    )
    row = next(others, None)
    return _value(row) if row else None


def _new_defaults(figures: Figures, row: FigureRow) -> DatasetCell | None:
    wanted = (row.key[0], row.parts["period_no"], row.parts["document_id"])
    for other in _metric(figures, "period_default_amount"):
        if (other.key[0], other.parts["period_no"], other.parts["document_id"]) == wanted:
            return _value(other)
    return None


def recovered_of_defaulted(figures: Figures) -> Iterator[Tie]:
    """Not more is recovered than defaulted."""
    for row in _metric(figures, "cumulative_recovery_amount"):
        for other in _metric(figures, "cumulative_default_amount"):
            same = ("deal_id", "period_no", "document_id")
            if all(row.parts[name] == other.parts[name] for name in same):
                shape = Order(_value(row), _value(other))
                yield Tie(shape, row.key[0], row.parts["document_id"], row.parts["period_no"])


def reprints(figures: Figures) -> Iterator[Tie]:
    """What a later report prints of a period again is what that period's own report printed."""
    for table in _REPRINTED:
        names = [name for name in _key_names(table) if name != "document_id"]
        for parts, rows in grouped(figures.rows(table), *names):
            if rows[0].parts.get("period_no") == "":
                continue  # papers without a number are not of one period
            own, *others = sorted(rows, key=lambda row: (_is_reprint(row), row.parts["document_id"]))
            for row in others:
                for column in row.figures:
                    if column in own.figures and column not in ("period_no",):
                        shape = Sum(plus((DatasetCell(table, row.key, column),)), plus((DatasetCell(table, own.key, column),)))
                        period = row.parts.get("period_no", "")
                        yield Tie(shape, parts[0], "", period)


def _is_reprint(row: FigureRow) -> bool:
    return row.texts.get("reprinted") == "true"


def cumulative_purchases(figures: Figures) -> Iterator[Tie]:
    """Cumulative purchases are those before and this one."""
    for (deal, document), rows in grouped(figures.rows("revolving_purchases"), "deal_id", "document_id"):
        by_number = {row.parts["purchase_no"]: row for row in rows}
        for number, row in by_number.items():
            if not number.isdecimal() or "cumulative_amount" not in row.figures:
                continue
            before = by_number.get(str(int(number) - 1))
            if before is None and number != "1":
                continue
            earlier = [DatasetCell("revolving_purchases", before.key, "cumulative_amount")] if before else []
            parts = (DatasetCell("revolving_purchases", row.key, "purchase_amount"), *earlier)
            yield Tie(Sum(plus((DatasetCell("revolving_purchases", row.key, "cumulative_amount"),)), plus(parts)), deal, document)


def _metric(figures: Figures, metric: PerformanceMetric) -> list[FigureRow]:
    return [row for row in figures.rows("performance") if row.parts["metric"] == metric and "value" in row.figures]


def _same_report(figures: Figures, row: FigureRow, metric: PerformanceMetric) -> DatasetCell | None:
    for other in _metric(figures, metric):
        if all(other.parts[name] == row.parts[name] for name in ("deal_id", "period_no", "document_id")):
            return _value(other)
    return None


def _by_report(figures: Figures, table: str) -> Iterator[tuple[tuple[str, ...], list[FigureRow]]]:
    return grouped(figures.rows(table), "deal_id", "period_no", "document_id")


def _value(row: FigureRow) -> DatasetCell:
    return DatasetCell("performance", row.key, "value")


def _key_names(table: str) -> tuple[str, ...]:
    from dealproof import contract

    return contract.table(table).key

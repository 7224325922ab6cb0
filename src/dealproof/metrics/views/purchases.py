"""Revolving multiples (循环购买倍数) at the end of a year: cumulative purchases over the initial amount.

See docs/domain.md#revolving-purchases.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dealproof.dataset.rows import cell_of
from dealproof.metrics.dataset_index import DatasetIndex, day, number
from dealproof.metrics.model import Line, Value, Words
from dealproof.metrics.views.balances import stale, standing_at
from dealproof.metrics.views.deals import class_of, provider
from dealproof.metrics.views.defaults import age_months, placement, sampled
from dealproof.metrics.views.pools import at_cutoff
from dealproof.metrics.views.reports_last import LAG, lasts
from dealproof.model.cell import DatasetCell, Row

NOT_STATED = "not_stated"
_NO_TOTAL = Words("累计循环购买金额不全", "the cumulative purchases are not complete")
_UNDATED = Words("后续循环购买未载日期", "later purchases bear no date")
_NO_START = Words("未披露初始购买资产金额", "the initial amount is not stated")


def lines(index: DatasetIndex, year: int) -> tuple[Line, ...]:
    """One line for each revolving deal of the year-end sample that discloses purchases."""
    return tuple(line for deal in sampled(index, year) if (line := _line(index, deal, year)) is not None)


def _line(index: DatasetIndex, deal: Row, year: int) -> Line | None:
    deal_id, end = deal["deal_id"], index.end(year)
    rows = [row for row in index.rows("revolving_purchases", deal_id) if _by(row, end)]
    if not rows or deal["revolving"] == "false":
        return None
    last = max(rows, key=lambda row: (int(row["purchase_no"]), row["document_id"]))
    total, total_cells = _cumulative(rows, last)
    start, start_cells = _initial(index, deal, rows)
    who = provider(index, deal_id)
    first = next((day(row, "purchase_date") for row in rows if row["purchase_no"] == "1"), None)
    values: dict[str, Value] = {
        "deal_id": deal_id, "market": deal["market"] or None, "placement": placement(deal),
        "provider_class": class_of(index, who), "provider_group": class_of(index, who, "provider_group"),
        "rounds": int(last["purchase_no"]),
        "purchase_months": age_months(first, end) if first else None, "amount_basis": last["amount_basis"] or NOT_STATED,
        "phase": _phase(index, deal, end), "multiple": total / start if total is not None and start else None,
    }  # fmt: skip
    why = _NO_TOTAL if total is None else _NO_START if not start else standing_at(index, deal, end).why
    if _undated(index, deal_id, last):
        why = _UNDATED
    if why is not None:
        return Line(deal_id, {**values, "multiple": None}, why=why)
    told = max((told for row in rows if (told := index.dated(row))), default=None)
    over = _end_of_purchases(deal)
    if told is not None and told + lasts(index, deal) + LAG < end and (over is None or over > told):
        return Line(deal_id, {**values, "multiple": None}, why=stale(told.isoformat()))
    return Line(deal_id, values, (*total_cells, *start_cells, *who.cells))


def _undated(index: DatasetIndex, deal_id: str, last: Row) -> bool:
    """Whether a later purchase bears no date, so that nobody knows whether it was made by the year's end."""
    rows = index.rows("revolving_purchases", deal_id)
    return any(
        not row["purchase_date"] and row["purchase_no"] and int(row["purchase_no"]) > int(last["purchase_no"])
        for row in rows
    )


def _by(row: Row, end: date) -> bool:
    return bool(row["purchase_no"]) and row["purchase_date"] != "" and row["purchase_date"] <= end.isoformat()


def _cumulative(rows: list[Row], last: Row) -> tuple[Decimal | None, tuple[DatasetCell, ...]]:
    stated = number(last, "cumulative_amount")
    if stated is not None:
        return stated, (cell_of("revolving_purchases", last, "cumulative_amount"),)
    by_number = {row["purchase_no"]: row for row in rows if row["purchase_amount"]}
    if len(by_number) < int(last["purchase_no"]):
        return None, ()
    chosen = list(by_number.values())
    amounts = [Decimal(row["purchase_amount"]) for row in chosen]
    return sum(amounts, Decimal(0)), tuple(cell_of("revolving_purchases", row, "purchase_amount") for row in chosen)


def _initial(index: DatasetIndex, deal: Row, rows: list[Row]) -> tuple[Decimal | None, tuple[DatasetCell, ...]]:
    for row in sorted(rows, key=lambda row: int(row["purchase_no"]), reverse=True):
        if row["initial_amount"]:
            return number(row, "initial_amount"), (cell_of("revolving_purchases", row, "initial_amount"),)
    if any(row["amount_basis"] not in ("", "principal") for row in rows):
        return None, ()
    pool = at_cutoff(index, deal).get("principal_balance")
    return (number(pool, "value"), (cell_of("pool_stats", pool, "value"),)) if pool else (None, ())


def _phase(index: DatasetIndex, deal: Row, end: date) -> str:
    """amortising once principal was paid or the revolving period is over, else revolving."""
    for row in index.rows("tranche_payments", deal["deal_id"]):
        if row["payment_date"] and row["payment_date"] <= end.isoformat() and (number(row, "principal_paid") or 0) > 0:
            return "amortising"
    over = _end_of_purchases(deal)
    return "amortising" if over is not None and over <= end else "revolving"


def _end_of_purchases(deal: Row) -> date | None:
    """When the revolving period ends by its stated length; None where that is not stated."""
    closing, months = day(deal, "closing_date"), number(deal, "revolving_months")
    return _months_later(closing, int(months)) if closing is not None and months is not None else None


def _months_later(start: date, months: int) -> date:
    years, month = divmod(start.month - 1 + months, 12)
    return date(start.year + years, month + 1, min(start.day, 28))

"""What was outstanding (存续) at the end of a year, deal by deal.

The last report decides (期末余额), if no later one was due by the year's end. Without one: before the first payment the whole
amount stands; past the expected maturity of every tranche the deal is taken as repaid; anything else is not known, and
said so.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from dealproof.dataset.rows import cell_of
from dealproof.metrics.dataset_index import DatasetIndex, day, number
from dealproof.metrics.model import Line, Words
from dealproof.metrics.views.deals import amount
from dealproof.metrics.views.reports_last import lasts
from dealproof.model.cell import DatasetCell, Row


@dataclass(frozen=True, slots=True)
class Standing:
    """The balance of a deal on a day, None where it is not known and `why`; the cells that say it."""

    balance: Decimal | None
    basis: str
    cells: tuple[DatasetCell, ...] = ()
    why: Words | None = None


def lines(index: DatasetIndex, year: int) -> tuple[Line, ...]:
    """One line for each deal that was set up by the end of the year."""
    found: list[Line] = []
    for deal in index.deals():
        closing = day(deal, "closing_date")
        if closing is None or closing > index.end(year):
            continue
        standing = standing_at(index, deal, index.end(year))
        values = {
            "deal_id": deal["deal_id"],
            "market": deal["market"] or None,
            "balance": standing.balance,
            "balance_basis": standing.basis,
        }
        found.append(Line(deal["deal_id"], values, standing.cells, standing.why))
    return tuple(found)


def standing_at(index: DatasetIndex, deal: Row, on: date) -> Standing:
    """What is outstanding of a deal on a day."""
    last = _last_payments(index, deal["deal_id"], on)
    ended = _ended(index, deal, on)
    if not last:
        first = day(deal, "first_payment_date")
        if first is not None and first > on:
            size, cells = amount(index, deal)
            return Standing(size, "issued", (*cells, cell_of("deals", deal, "first_payment_date")))
        if ended:
            return Standing(Decimal(0), "matured", ended)
        return Standing(
            None,
            "",
            why=Words(
                "年末前无报告，且未到预期到期日", "no report by the year's end, and not past its expected maturity"
            ),
        )
    known = {row["tranche"] for row in index.rows("tranches", deal["deal_id"])}
    cells = tuple(cell_of("tranche_payments", row, "closing_balance") for row in last.values())
    if known and (odd := sorted(known ^ last.keys())):
        names = "、".join(odd)
        return Standing(
            None,
            "",
            why=Words(
                f"报告与发行文件的档次不一致：{names}", f"report and circular do not have the same tranches: {names}"
            ),
        )
    balances = {row["tranche"]: number(row, "closing_balance") for row in last.values()}
    if any(item is None for item in balances.values()):
        return Standing(None, "", why=Words("最近一期报告未列示期末余额", "the last report lacks a closing balance"))
    total = sum((item for item in balances.values() if item is not None), Decimal(0))
    oldest = min((row["payment_date"] for row in last.values() if balances[row["tranche"]]), default=on.isoformat())
    if total and date.fromisoformat(oldest) + lasts(index, deal) < on:
        if ended:
            return Standing(Decimal(0), "matured", (*cells, *ended))
        return Standing(None, "", why=stale(oldest))
    return Standing(total, "reported", cells)


def stale(day_of_report: str) -> Words:
    """Why what an old report says does not hold at the year's end."""
    return Words(
        f"最近一期报告为 {day_of_report}，年末前应另有报告",
        f"the last report is of {day_of_report}, and a later one was due by the year's end",
    )


def _last_payments(index: DatasetIndex, deal_id: str, on: date) -> dict[str, Row]:
    """The last payment of each tranche by a day; of several documents on one payment the later document's."""
    found: dict[str, Row] = {}
    rows = [
        row
        for row in index.rows("tranche_payments", deal_id)
        if row["payment_date"] and row["payment_date"] <= on.isoformat()
    ]
    for row in sorted(rows, key=lambda row: (row["payment_date"], index.dated(row) or date.min, row["document_id"])):
        found[row["tranche"]] = row
    return found


def _ended(index: DatasetIndex, deal: Row, on: date) -> tuple[DatasetCell, ...]:
    """The maturities of all tranches where each lies before a day; nothing otherwise."""
    tranches = index.rows("tranches", deal["deal_id"])
    days = [day(row, "expected_maturity") for row in tranches]
    if not days or any(item is None or item > on for item in days):
        return ()
    return tuple(cell_of("tranches", row, "expected_maturity") for row in tranches)

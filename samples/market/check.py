"""Hold a dataset that was read from the documents against the plan they were printed from, value by value.

    python -m samples.market.check DATASET [--only N]

`DATASET` is the folder that `dealproof run` wrote as CSV. Figures may differ by what their printed form rounds away.
"""

from __future__ import annotations

import argparse
import csv
import sys
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path

from samples.market.expected import Cell, cells_of
from samples.market.model import Market
from samples.market.plan import make_plan
from samples.market.small import small

Rows = Mapping[str, list[dict[str, str]]]
#: How far a figure may be off: half of its last printed digit, in the unit of the dataset.
_SLACK = {
    "wa_contract_term_years": Decimal("0.0051"), "wa_remaining_term_years": Decimal("0.0051"), "avg_loan_balance": Decimal(50),
}  # fmt: skip
#: Key and columns of the tables that are compared as they are.
_PLAIN = {
    "documents": (("file_name",), ("kind", "period_no", "period_start", "period_end", "payment_date", "report_date")),
    "deals": (
        ("deal_id",),
        (
            "market", "asset_class", "announcement_date", "cutoff_date", "closing_date", "first_payment_date", "legal_maturity",
            "total_amount", "revolving", "revolving_months",
        ),
    ),
    "tranches": (("deal_id", "tranche"), ("seniority", "amount", "expected_maturity", "coupon_pct")),
    "tranche_payments": (
        ("deal_id", "tranche", "period_no"), ("opening_balance", "principal_paid", "interest_paid", "closing_balance"),
    ),
}  # fmt: skip
_PURCHASE = ("purchase_date", "purchase_amount", "amount_basis", "cumulative_amount", "initial_amount")
#: Tables of which nothing may be given beyond the plan.
_CLOSED = frozenset((*_PLAIN, "ratings", "parties", "rates", "purchases"))


def compare(market: Market, folder: Path) -> list[str]:
    """Every cell of the plan that the dataset gives otherwise or not at all, and what else is wrong, in words."""
    rows = {path.stem: _rows(path) for path in sorted(folder.glob("*.csv"))}
    wanted, given = dict(cells_of(market)), dict(_given(rows))
    wrong = [
        f"{' '.join(cell)}: {value!r} is given as {given.get(cell, '')!r}"
        for cell, value in wanted.items()
        if not _same(cell[2], value, given.get(cell, ""))
    ]
    beyond = (cell for cell, value in given.items() if value and cell[0] in _CLOSED and not wanted.get(cell))
    wrong += [f"{' '.join(cell)}: {given[cell]!r} is not in the plan" for cell in beyond if wanted.get(cell) is None]
    wrong += [
        f"{row['file_name']} is {row['status']}: {row['message']}" for row in rows["documents"] if row["status"] != "ok"
    ]
    return wrong


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _same(column: str, value: str, found: str) -> bool:
    if found == value:
        return True
    try:
        return abs(Decimal(found) - Decimal(value)) <= _SLACK.get(column, Decimal(0))
    except InvalidOperation:
        return False


def _given(rows: Rows) -> Iterator[tuple[Cell, str]]:
    files = {row["document_id"]: row["file_name"] for row in rows["documents"]}
    for table, (keys, columns) in _PLAIN.items():
        for row in rows[table]:
            yield from (((table, "|".join(row[key] for key in keys), column), row[column]) for column in columns)
    for row in rows["ratings"]:
        names = (row["deal_id"], row["tranche"], row["agency_id"], files[row["document_id"]])
        yield ("ratings", "|".join(names), "rating"), row["rating"]
    for row in rows["pool_stats"]:
        yield ("pool_stats", f"{row['deal_id']}|{row['as_of']}", row["metric"]), row["value"]
    yield from _parties(rows)
    for row in rows["performance"]:
        own = f"{row['deal_id']}|{row['period_no']}"
        yield ("performance", own, row["metric"]), row["value"]
        if row["metric"] == "cumulative_default_pct":
            yield from ((("rates", own, column), row[column]) for column in ("value", "definition", "denominator"))
    for row in rows["revolving_purchases"]:
        own = f"{files[row['document_id']]}|{row['purchase_no']}"
        yield from ((("purchases", own, column), row[column]) for column in _PURCHASE)


def _parties(rows: Rows) -> Iterator[tuple[Cell, str]]:
    """The institutions of each role of a deal by all its documents; several of one role are joined."""
    found: dict[tuple[str, str], set[str]] = {}
    for row in rows["parties"]:
        found.setdefault((row["deal_id"], row["role"]), set()).add(row["institution_id"])
    yield from ((("parties", deal, role), ",".join(sorted(ids))) for (deal, role), ids in found.items())


def main(words: Sequence[str]) -> int:
    """Print what is wrong. Returns 1 when anything is."""
    parser = argparse.ArgumentParser("samples.market.check", description="Hold a dataset against the plan.")
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--only", type=int, default=0, help="the documents were made with this --only")
    options = parser.parse_args(words)
    market = make_plan()
    market = small(market, options.only) if options.only else market
    wrong = compare(market, options.dataset)
    print("\n".join([*wrong[:200], f"{len(dict(cells_of(market)))} values of the plan, {len(wrong)} wrong"]))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

"""What waits for a person, most valuable first, and as a sheet to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from dealproof.dataset.build import Dataset

Row = dict[str, str]
_SEVERITY = {"error": 0, "warning": 1, "info": 2}
#: What a person fills in, then what is needed to decide.
FILLED = ("answer", "right_value", "reason", "decided_by")
SHEET_COLUMNS = (
    *FILLED,
    "question_id",
    "severity",
    "kind",
    "deal_id",
    "amount",
    "file_name",
    "page",
    "table",
    "key",
    "column",
    "value",
    "suggestions",
    "prompt",
    "document_id",
)


def open_questions(
    dataset: Dataset, *, deal: str = "", kind: str = "", severity: str = "", table: str = ""
) -> list[Row]:
    """Return open questions with their deal, its size and the file: errors first, then the biggest deals.

    A filter that is empty lets everything through.
    """
    deals = _deals_of_documents(dataset)
    amounts = {row["deal_id"]: row["total_amount"] for row in dataset.rows("deals")}
    files = {row["document_id"]: row["file_name"] for row in dataset.rows("documents")}
    rows = [_described(row, deals, amounts, files) for row in dataset.rows("questions") if row["state"] == "open"]
    wanted = {"deal_id": deal, "kind": kind, "severity": severity, "table": table}
    found = [row for row in rows if all(not value or row[name] == value for name, value in wanted.items())]
    return sorted(found, key=_rank)


def sheet_rows(questions: Iterable[Row]) -> list[Row]:
    """Return questions as rows of a sheet with empty cells for the answers."""
    return [{name: row.get(name, "") for name in SHEET_COLUMNS} for row in questions]


def _described(row: Row, deals: Mapping[str, str], amounts: Mapping[str, str], files: Mapping[str, str]) -> Row:
    first = row["key"].split("|")[0]
    deal = first if first in amounts else deals.get(row["document_id"], first)
    return {
        **row,
        "deal_id": deal,
        "amount": amounts.get(deal, ""),
        "file_name": files.get(row["document_id"], ""),
    }


def _deals_of_documents(dataset: Dataset) -> dict[str, str]:
    return {row["document_id"]: row["deal_id"] for row in dataset.rows("documents")}


def _rank(row: Row) -> tuple[int, Decimal, str, str, str]:
    return _SEVERITY[row["severity"]], -Decimal(row["amount"] or 0), row["kind"], row["key"], row["question_id"]

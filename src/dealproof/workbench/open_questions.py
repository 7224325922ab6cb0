"""What waits for a person, most valuable first, and as a sheet to fill in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from difflib import get_close_matches

from dealproof import contract
from dealproof.contract.questions import KINDS, SEVERITIES
from dealproof.dataset.dataset import Dataset
from dealproof.errors import UsageError
from dealproof.model.cell import Row
from dealproof.workbench.choices import in_words

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
    "held",
    "candidates",
    "cells",
    "documents",
    "children",
    "suggestions",
    "prompt",
    "document_id",
)


def open_questions(
    dataset: Dataset, *, deal: str = "", kind: str = "", severity: str = "", table: str = "", children: bool = False
) -> list[Row]:
    """Return open questions with their deal, its size, the file and what hangs under each: errors first, then the biggest
    deals.

    A filter that is empty lets everything through. `cells` and `documents` count the places of one label, `children` all
    that hangs under a question; these are listed themselves only with `children`. Raises UsageError for a filter that can
    let nothing through: a deal, kind, severity or table that does not exist.
    """
    _refuse_unknown("deal", deal, [row["deal_id"] for row in dataset.rows("deals")] + _other_deals(dataset))
    _refuse_unknown("kind", kind, KINDS)
    _refuse_unknown("severity", severity, SEVERITIES)
    _refuse_unknown("table", table, [spec.name for spec in contract.tables()])
    deals = _deals_of_documents(dataset)
    amounts = {row["deal_id"]: row["total_amount"] for row in dataset.rows("deals")}
    files = {row["document_id"]: row["file_name"] for row in dataset.rows("documents")}
    waiting = [row for row in dataset.rows("questions") if row["state"] == "open"]
    under = _under(waiting)
    rows = [
        _described(row, deals, amounts, files, under.get(row["question_id"], ()))
        for row in waiting
        if children or not row["cause"]
    ]
    wanted = {"deal_id": deal, "kind": kind, "severity": severity, "table": table}
    found = [row for row in rows if all(not value or row[name] == value for name, value in wanted.items())]
    return sorted(found, key=_rank)


def sheet_rows(questions: Iterable[Row]) -> list[Row]:
    """Return questions as rows of a sheet with empty cells for the answers."""
    return [
        {**{name: row.get(name, "") for name in SHEET_COLUMNS}, "candidates": row["candidates_in_words"]}
        for row in questions
    ]


def _refuse_unknown(what: str, value: str, known: Sequence[str]) -> None:
    if not value or value in known:
        return
    near = get_close_matches(value, known, 1, 0.5)
    hint = f"Did you mean {near[0]}? " if near else ""
    some = ", ".join(sorted(dict.fromkeys(known))[:30])
    raise UsageError(f"There is no {what} {value!r}.", f"{hint}Known: {some or 'none'}.")


def _other_deals(dataset: Dataset) -> list[str]:
    """Deals that only documents name."""
    return [row["deal_id"] for row in dataset.rows("documents") if row["deal_id"]]


def _under(waiting: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = {}
    for row in waiting:
        if row["cause"]:
            found.setdefault(row["cause"], []).append(row)
    return found


def _described(
    row: Row, deals: Mapping[str, str], amounts: Mapping[str, str], files: Mapping[str, str], under: Sequence[Row]
) -> Row:
    first = row["key"].split("|")[0]
    deal = first if first in amounts else deals.get(row["document_id"], first)
    places = [row, *(other for other in under if other["kind"] == row["kind"])]
    return {
        **row,
        "deal_id": deal,
        "amount": amounts.get(deal, ""),
        "file_name": files.get(row["document_id"], ""),
        "cells": str(len(places)),
        "documents": str(len({other["document_id"] for other in places})),
        "children": str(len(under)),
        "candidates_in_words": in_words(row, files),
    }


def _deals_of_documents(dataset: Dataset) -> dict[str, str]:
    return {row["document_id"]: row["deal_id"] for row in dataset.rows("documents")}


def _rank(row: Row) -> tuple[int, Decimal, str, str, str]:
    return _SEVERITY[row["severity"]], -Decimal(row["amount"] or 0), row["kind"], row["key"], row["question_id"]

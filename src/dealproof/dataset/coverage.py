"""The `coverage` table: why a value is there or missing, and what must not be missing without a word."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dealproof import contract
from dealproof.dataset.printed import write
from dealproof.dataset.readings import Reading
from dealproof.evidence import Problem
from dealproof.interpret.result import Interpretation
from dealproof.mappings.expectations import Expectation

Row = dict[str, str]
Deals = dict[str, Row]


@dataclass(frozen=True, slots=True)
class Covered:
    """Coverage of one document: its rows, and a question for every table that it must have and has not."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def cover(
    document: Interpretation,
    own: Sequence[Reading],
    expectations: Iterable[Expectation],
    deals: Deals,
    problems: Iterable[Problem],
) -> Covered:
    """Compare what one document states with what its kind is expected to state.

    `deals` are the resolved deals by id: they tell whether a field can apply.
    """
    profile = document.profile
    deal = deals.get(profile.deal_id, {})
    in_conflict = {
        (item.table, item.column)
        for item in problems
        if item.code == "conflict" and _id(document) in _contradicting(item)
    }
    rows: list[Row] = []
    missing: list[Problem] = []
    by_table: dict[str, list[Reading]] = {}
    for item in own:
        by_table.setdefault(item.table, []).append(item)
    for expected in expectations:
        if expected.kind != profile.kind:
            continue
        state = _state(document, by_table.get(expected.table, ()), expected, deal, in_conflict)
        if state:
            rows.append(_row(document, expected, state))
        if state == "not_found" and expected.need == "must":
            missing.append(_missing(document, expected))
    return Covered(tuple(rows), tuple(missing))


def _contradicting(conflict: Problem) -> set[str]:
    """The documents whose reading was not taken."""
    return {other.document_id for other in conflict.candidates[1:]} or {conflict.document_id}


def _state(
    document: Interpretation,
    own: Sequence[Reading],
    expected: Expectation,
    deal: Row,
    in_conflict: set[tuple[str, str]],
) -> str:
    found = [item for item in own if _speaks_of(item, expected.field, document)]
    if found:
        if any((item.table, item.column) in in_conflict for item in found if "." in expected.field):
            return "conflict"
        return min(found, key=lambda item: item.origin != "disclosed").origin
    if _excluded(expected, deal):
        return "not_applicable"
    return "" if expected.need == "exclusion" else "not_found"


def _excluded(expected: Expectation, deal: Row) -> bool:
    if expected.when == "revolving":
        return deal.get("revolving") == "false"
    return expected.when == "performing" and deal.get("asset_class") == "npl"


def _speaks_of(item: Reading, field: str, document: Interpretation) -> bool:
    """Whether a reading of the field's table is one of the field, for the document's own period if there is one."""
    table, _, part = field.partition(".")
    parts = dict(zip(contract.table(table).key, item.key, strict=True))
    period = document.profile.period_no
    if period is not None and parts.get("period_no", str(period)) != str(period):
        return False
    return not part or part in (item.column, parts.get("metric"))


def _row(document: Interpretation, expected: Expectation, state: str) -> Row:
    profile = document.profile
    return {
        "deal_id": write(profile.deal_id),
        "document_id": _id(document),
        "period_no": write(profile.period_no),
        "field": expected.field,
        "state": state,
    }


def _missing(document: Interpretation, expected: Expectation) -> Problem:
    table, _, part = expected.field.partition(".")
    column = part if part in contract.table(table).column_names else ""
    return Problem(
        "missing_table",
        "warning",
        "build",
        f"{document.source.file_name} is {document.profile.kind.replace('_', ' ')}, "
        f"but nothing was read for {expected.field}.",
        "Look for the table in the document; if it is there, its layout or its labels are not known yet.",
        document_id=_id(document),
        table=table,
        key=document.profile.deal_id,
        column=column,
        value=expected.field,
    )


def _id(document: Interpretation) -> str:
    return document.source.document_id

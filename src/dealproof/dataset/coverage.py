"""The `coverage` table: why a value is there or missing, and what must not be missing without a word.

A field that a document was read whole for and does not speak of is `not_disclosed`. Wherever it could stand after all it is
`not_found`, and asked: where the kind of document must state it, where the document speaks of it, where a page was not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from dealproof import contract
from dealproof.dataset.format_values import write
from dealproof.dataset.readings import Reading
from dealproof.interpret.mentions import FIELDS
from dealproof.interpret.unread_figures import is_left_over
from dealproof.mappings.expectations import Expectation
from dealproof.model.cell import Row
from dealproof.model.evidence import Problem
from dealproof.model.interpretation import Interpretation
from dealproof.text import squeeze

Deals = dict[str, Row]
ANY_TABLE = ""
#: How a sentence says that no event occurred; in a row of a table the event stands before the word.
_NO_EVENT = re.compile(r"(?:未|没有)(?:有)?(?:发生|触发|出现)[^。:]{0,60}?(?:事件|情形)")
#: Doubts behind which a whole figure may be hidden.
_HIDING = ("missing_table", "unknown_label", "unit_unclear")


@dataclass(frozen=True, slots=True)
class Covered:
    """Coverage of one document: its rows, a question for what was not found, and whether a table is missing that it must
    have."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]
    incomplete: bool


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
    not_found: list[Expectation] = []
    doubted = _doubted_tables(document)
    by_table: dict[str, list[Reading]] = {}
    for item in own:
        by_table.setdefault(item.table, []).append(item)
    for expected in expectations:
        if expected.kind != profile.kind:
            continue
        state = _state(document, by_table.get(expected.table, ()), expected, deal, in_conflict, doubted)
        if state:
            rows.append(_row(document, expected, state))
        if state == "not_found":
            not_found.append(expected)
    incomplete = any(expected.need == "must" for expected in not_found)
    return Covered(tuple(rows), tuple(_questions(document, not_found, doubted)), incomplete)


def _contradicting(conflict: Problem) -> set[str]:
    """The documents whose reading was not taken."""
    return {other.document_id for other in conflict.candidates[1:]} or {conflict.document_id}


def _state(
    document: Interpretation,
    own: Sequence[Reading],
    expected: Expectation,
    deal: Row,
    in_conflict: set[tuple[str, str]],
    doubted: frozenset[str],
) -> str:
    found = [item for item in own if _speaks_of(item, expected.field, document)]
    if found:
        if any((item.table, item.column) in in_conflict for item in found if "." in expected.field):
            return "conflict"
        return min(found, key=lambda item: item.origin != "disclosed").origin
    if _excluded(expected, deal):
        return "not_applicable"
    if expected.need == "exclusion":
        return ""
    asked = doubted & {ANY_TABLE, expected.table} or document.pages_unread
    if expected.field == "triggers" and not asked and _says_that_nothing_happened(document):
        return "not_applicable"
    return "not_found" if _may_stand_there(document, own, expected, doubted) else "not_disclosed"


def _may_stand_there(
    document: Interpretation, own: Sequence[Reading], expected: Expectation, doubted: frozenset[str]
) -> bool:
    """Whether a document may state a field all the same: nothing but a whole reading without a trace of it says no."""
    _, _, part = expected.field.partition(".")
    return (
        expected.need == "must"
        or expected.field not in FIELDS
        or bool(document.pages_unread)
        or bool(doubted & {ANY_TABLE, expected.table})
        or any(not part or part in _parts(item) for item in own)  # of another period: the table has a place for it
        or any(mention.field == expected.field for mention in document.mentions)
    )


def _doubted_tables(document: Interpretation) -> frozenset[str]:
    """Tables of which something on the page was not understood and is asked already; ANY_TABLE for a page as such."""
    return frozenset(
        item.table or ANY_TABLE
        for item in document.problems
        if item.code in _HIDING and (item.table or not is_left_over(item))
    )


def _says_that_nothing_happened(document: Interpretation) -> bool:
    """Whether a sentence says that no event occurred, and nothing of a table of events: there is nothing to list."""
    spoken = [mention.text for mention in document.mentions if mention.field == "triggers"]
    return bool(spoken) and all(_NO_EVENT.search(squeeze(text)) for text in spoken)


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
    return not part or part in _parts(item)


def _parts(item: Reading) -> tuple[str, str]:
    """What a field can name of a reading behind its table: the column, or the metric."""
    return item.column, dict(zip(contract.table(item.table).key, item.key, strict=True)).get("metric", "")


def _row(document: Interpretation, expected: Expectation, state: str) -> Row:
    profile = document.profile
    return {
        "deal_id": write(profile.deal_id),
        "document_id": _id(document),
        "period_no": write(profile.period_no),
        "field": expected.field,
        "state": state,
    }


def _questions(
    document: Interpretation, not_found: Sequence[Expectation], doubted: frozenset[str]
) -> Iterator[Problem]:
    """One question for each field that must be there, and one for each table of the others, unless that is asked already."""
    needed = [expected for expected in not_found if expected.need == "must"]
    yield from (_question(document, [expected]) for expected in needed)
    asked = {expected.table for expected in needed} | doubted
    others: dict[str, list[Expectation]] = {}
    for expected in not_found:
        if not {ANY_TABLE, expected.table} & asked:
            others.setdefault(expected.table, []).append(expected)
    yield from (_question(document, fields) for fields in others.values())


def _question(document: Interpretation, fields: Sequence[Expectation]) -> Problem:
    names = [expected.field for expected in fields]
    table, _, part = names[0].partition(".")
    column = part if len(names) == 1 and part in contract.table(table).column_names else ""
    key, value = document.profile.deal_id, ", ".join(names)
    mention = next((item for name in names for item in document.mentions if item.field == name), None)
    spoken = f" Page {mention.page} speaks of it: «{mention.text}»." if mention else ""
    unread = f" {document.pages_unread} of its pages were not read." if document.pages_unread else ""
    return Problem(
        "missing_table",
        "warning",
        "build",
        f"{document.source.file_name} is {document.profile.kind.replace('_', ' ')}, "
        f"but nothing was read for {', '.join(names)}.{spoken}{unread}",
        "Look for the table in the document; if it is there, its layout or its labels are not known yet.",
        document_id=_id(document),
        page=mention.page if mention else 0,
        table=table,
        key=key,
        column=column,
        value=value,
        name=("missing_table", table, key, column, _id(document), "0", value),  # wherever it is spoken of
    )


def _id(document: Interpretation) -> str:
    return document.source.document_id

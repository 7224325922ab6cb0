"""From a stored extract to facts: profile the document, give each table to the kind that knows it, collect doubts.

Pure: the same extract and labels give the same facts. A document that is no deal document yields no fact at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dealproof.interpret.context import Context, KindReader, Reading, TableReading, doubt
from dealproof.interpret.dates import date_hits
from dealproof.interpret.document import document_facts, profile_document
from dealproof.interpret.fact_builder import NOTE
from dealproof.interpret.kinds.parties import cover_parties
from dealproof.interpret.kinds.registry import KINDS
from dealproof.interpret.ledger import Ledger, keep_ledger
from dealproof.interpret.mentions import mentions
from dealproof.interpret.recognised_facts import (
    facts_as_shown,
    kind_doubts,
    label_doubts,
    pages_seen,
    problems_as_shown,
    title_doubts,
    unread_words,
)
from dealproof.interpret.sections import Heading, is_foreign, outline, section_path
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Fact, Problem
from dealproof.model.extract import Extract
from dealproof.model.interpretation import Interpretation, Status
from dealproof.model.ledger import sums_of
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from dealproof.tables.damage import LOST, Defect, attempt, lost_table

#: A claim below this is no claim.
LEAST_CLAIM = 0.3


def interpret_document(extract: Extract, labels: Labels) -> Interpretation:
    """Return everything that one document says, as printed, with proof and doubts."""
    profile = profile_document(extract, labels)
    if profile.kind == "other":
        if not any(page.is_readable for page in extract.pages):
            return _result(extract, profile, (), extract.problems, "partial", "No page of it could be read.")
        if doubt_of_kind := kind_doubts(extract):
            return _result(extract, profile, (), doubt_of_kind, "partial", "What it is could not be recognised surely.")
        return _result(extract, profile, (), (), "unsupported", "Not a deal document: nothing was taken from it.")
    found = _understood(Context(extract, profile, labels, date_hits(extract.pages, labels)))
    problems = (*found.problems, *found.ledger.problems)
    own = [(entry.table, bool(entry.kind)) for entry in found.entries if not entry.is_foreign]
    status, message = _completeness(problems)
    return replace(
        _result(extract, profile, found.facts, problems, status, message),
        mentions=mentions(extract, own, found.facts), figures=sums_of(found.ledger.entries),
    )  # fmt: skip


def ledger_of(extract: Extract, labels: Labels) -> Ledger:
    """What became of every figure of a document; nothing is accounted for in one that is no deal document."""
    profile = profile_document(extract, labels)
    if profile.kind == "other":
        return Ledger((), ())
    return _understood(Context(extract, profile, labels, date_hits(extract.pages, labels))).ledger


@dataclass(frozen=True, slots=True)
class _Understood:
    """Tables, facts and doubts of one document, boxes as on the pages that were read, and its ledger."""

    entries: list[TableReading]
    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]
    ledger: Ledger


def _understood(ctx: Context) -> _Understood:
    extract, profile = ctx.extract, ctx.profile
    entries = read_tables(ctx)
    readings = [entry.reading for entry in entries]
    readings.append(document_facts(extract, ctx.labels, profile))
    if not any(fact.table == "parties" for reading in readings for fact in reading.facts):
        readings.append(cover_parties(ctx))
    facts = tuple(_in_currency(fact, profile.currency) for reading in readings for fact in reading.facts)
    problems = (
        *extract.problems,
        *_without_notes((p for reading in readings for p in reading.problems), facts),
        *_cell_doubts(ctx, facts),
        *title_doubts(extract, profile),
        *_currency_doubts(ctx, facts),
    )
    return _Understood(entries, facts, problems, keep_ledger(ctx, entries, facts, problems))


def _completeness(problems: Sequence[Problem]) -> tuple[Status, str]:
    """Whether every table was read, and the pages with those that were not."""
    lost = sorted({item.page for item in problems if item.code == LOST and item.severity == "error"})
    return ("partial", f"Not all tables were read (page {', '.join(map(str, lost))}).") if lost else ("ok", "")


def _without_notes(problems: Iterable[Problem], facts: Iterable[Fact]) -> list[Problem]:
    """Leave out doubts about a note that stands under a table in the place of a figure that was read: nothing is wrong."""
    read = {(fact.table, fact.key_text, fact.column) for fact in facts}
    return [item for item in problems if item.alike != NOTE or (item.table, item.key, item.column) not in read]


def _in_currency(fact: Fact, currency: str) -> Fact:
    """The money of a deal in another currency is in that currency: the readers only know that it is money."""
    return replace(fact, unit=currency) if fact.unit == "CNY" and currency != "CNY" else fact


#: Signs that name one currency only; 元 alone may be any.
_CURRENCY_SIGNS = {"$": "USD", "US$": "USD", "USD": "USD", "HKD": "HKD", "RMB": "CNY", "CNY": "CNY", "人民币": "CNY"}


def _currency_doubts(ctx: Context, facts: Sequence[Fact]) -> list[Problem]:
    """Money printed in another currency than the deal's is a question, never counted as the deal's."""
    return [
        doubt(
            ctx, "unit_unclear", f"{fact.column} of {fact.key_text} is printed in {proof.unit_text}, the deal is in {ctx.profile.currency}.",
            remedy="Look at the page and correct the figure or its currency.", page=proof.page, box=proof.box,
            table=fact.table, key=fact.key_text, column=fact.column, value=str(fact.value),
        )
        for fact in facts
        if (proof := fact.evidence) is not None
        and _CURRENCY_SIGNS.get(proof.unit_text.upper(), ctx.profile.currency) != ctx.profile.currency
    ]  # fmt: skip


def read_tables(ctx: Context) -> list[TableReading]:
    """Give every table of the extract to the kind that claims it most surely.

    A table whose reading meets an error of the program gives nothing but a question; the others are read.
    """
    return [_read_or_lost(table, ctx) for table in in_context(ctx.extract)]


def _read_or_lost(table: Table, ctx: Context) -> TableReading:
    defects: list[Defect] = []
    found = attempt(partial(_read_table, table, ctx), table.pages[0], table.box, defects)
    asked = tuple(lost_table(ctx.extract.source, "interpret", defect) for defect in defects)
    return found or TableReading(table, "", 0.0, "reading it met an error of the program", Reading(problems=asked))


def in_context(extract: Extract) -> list[Table]:
    """The tables with their headings and the unit line that an earlier table under the same heading had."""
    headings = outline(extract.pages)
    placed: list[Table] = []
    for table in extract.tables:
        section = _section(headings, table)
        earlier = next((t for t in reversed(placed) if t.section == section and t.unit_line), None)
        unit = earlier.unit_line if earlier is not None and not table.unit_line else ""
        placed.append(table.with_context(section=section, section_unit=unit))
    return placed


def _section(headings: Sequence[Heading], table: Table) -> tuple[str, ...]:
    first = table.pages[0]
    return section_path(headings, first, table.extent(first).top)


def _read_table(table: Table, ctx: Context) -> TableReading:
    foreign = is_foreign(table, ctx)
    if foreign:
        return TableReading(table, "", 0.0, foreign, Reading(), is_foreign=True)
    claims: list[tuple[float, str, KindReader]] = [(kind.claim(table, ctx), kind.NAME, kind) for kind in KINDS]
    score, name, kind = max(claims, key=lambda claim: claim[0])
    if score <= LEAST_CLAIM:
        return TableReading(table, "", score, "no kind of table knows it", Reading())
    reading = kind.read(table, ctx)
    asked = label_doubts(table, reading, ctx)
    return TableReading(table, name, score, "", replace(reading, problems=(*reading.problems, *asked)))


def _cell_doubts(ctx: Context, facts: Sequence[Fact]) -> list[Problem]:
    """A fact whose cell two readers read differently is a question."""
    doubts = {(cell.page, cell.box): cell.doubt for table in ctx.extract.tables for cell in table.cells if cell.doubt}
    problems: list[Problem] = []
    for fact in facts:
        proof = fact.evidence
        words = doubts.get((proof.page, proof.box)) if proof else None
        if proof and words:
            problems.append(
                doubt(
                    ctx, "low_confidence", f"Readers differ on {fact.column} of {fact.key_text}: {words}.",
                    remedy="Look at the page and confirm or correct the figure.", page=proof.page, box=proof.box,
                    table=fact.table, key=fact.key_text, column=fact.column, value=str(fact.value),
                )
            )  # fmt: skip
    return problems


def _result(
    extract: Extract,
    profile: Profile,
    facts: tuple[Fact, ...],
    problems: tuple[Problem, ...],
    status: Status,
    message: str,
) -> Interpretation:
    seen, unread = pages_seen(extract)
    return Interpretation(
        source=extract.source, pages=len(extract.pages), pages_ocr=seen, pages_unread=unread, profile=replace(profile),
        facts=facts_as_shown(extract, facts), problems=problems_as_shown(extract, problems), status=status,
        message=" ".join(part for part in (message, unread_words(extract)) if part), careful_pages=extract.careful_pages,
    )  # fmt: skip

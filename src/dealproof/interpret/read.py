"""From a stored extract to facts: profile the document, give each table to the kind that knows it, collect doubts.

Pure: the same extract and labels give the same facts. A document that is no deal document yields no fact at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import partial

from dealproof.contract.document_kinds import NO_DEAL
from dealproof.interpret.broken_labels import with_whole_labels
from dealproof.interpret.choose_view import carried_kinds, choose_view
from dealproof.interpret.context import Context, Heading, Reading, TableReading, doubt
from dealproof.interpret.dates import date_hits
from dealproof.interpret.document import document_facts, profile_document, the_deal
from dealproof.interpret.drafts import draft_question
from dealproof.interpret.fact_builder import NOTE
from dealproof.interpret.falling_rates import falling_rates
from dealproof.interpret.ledger import Ledger, keep_ledger
from dealproof.interpret.loan_pages import WithoutLoans
from dealproof.interpret.magnitudes import of_possible_size
from dealproof.interpret.marked_notes import marked_notes, without_bound
from dealproof.interpret.mentions import mentions
from dealproof.interpret.odd_decimals import odd_decimals
from dealproof.interpret.paragraphs import Paragraph, paragraphs
from dealproof.interpret.party_lines import captioned_parties, cover_parties, loose_parties
from dealproof.interpret.period_columns import is_of_own_periods
from dealproof.interpret.proven_scope import adds_up_to, balances_stated
from dealproof.interpret.recognised_facts import (
    facts_as_shown,
    kind_doubts,
    label_doubts,
    pages_seen,
    problems_as_shown,
    title_doubts,
    unread_words,
)
from dealproof.interpret.scope import NOTHING_SAID, Verdict
from dealproof.interpret.scope_of_table import against_kind, question, second_deal
from dealproof.interpret.second_kinds import with_second_kinds
from dealproof.interpret.sections import against_table, is_under_another_deal, outline, section_path, telling_headings
from dealproof.interpret.short_names import as_printed, short_names, with_tranches_named
from dealproof.interpret.stacked_tables import apart
from dealproof.interpret.told import told_in_sentences
from dealproof.interpret.told_parties import told_parties
from dealproof.interpret.unfolded import unfolded
from dealproof.interpret.unknown_papers import unknown_paper
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Box, Evidence, Fact, Problem
from dealproof.model.extract import Extract
from dealproof.model.interpretation import Interpretation, Status
from dealproof.model.ledger import sums_of
from dealproof.model.page import Unseen, is_unseen_in, unseen_words
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from dealproof.tables.damage import LOST, Defect, attempt, lost_table
from dealproof.text import squeeze
from dealproof.values.units import foreign_currency


def interpret_document(extract: Extract, labels: Labels) -> Interpretation:
    """Return everything that one document says, as printed, with proof and doubts."""
    bare = apart(extract)
    extract = bare.extract
    profile = profile_document(extract, labels)
    if profile.kind == NO_DEAL:
        if not any(page.is_readable for page in extract.pages):
            return _result(extract, profile, (), extract.problems, "partial", "No page of it could be read.")
        if doubt_of_kind := kind_doubts(extract):
            return _result(extract, profile, (), doubt_of_kind, "partial", "What it is could not be recognised surely.")
        asked = unknown_paper(extract, labels)
        return _result(extract, profile, (), (asked,) if asked else (), "unsupported", "Not a deal document: nothing was taken from it.")
    if draft := draft_question(extract, labels):
        return _result(extract, profile, (), (draft,), "unsupported", "A draft: nothing was taken from it.")
    found = _understood(bare, profile, labels)
    problems = (*found.problems, *found.ledger.problems)
    own = [(entry.table, bool(entry.kind)) for entry in found.entries if not entry.is_foreign]
    status, message = _completeness(problems)
    return replace(
        _result(extract, found.profile, found.facts, problems, status, message),
        mentions=mentions(extract, own, found.facts), figures=sums_of(found.ledger.entries),
    )  # fmt: skip


def ledger_of(extract: Extract, labels: Labels) -> Ledger:
    """What became of every figure of a document; nothing is accounted for where nothing is taken: no deal document, a draft."""
    bare = apart(extract)
    profile = profile_document(bare.extract, labels)
    if profile.kind == NO_DEAL or draft_question(bare.extract, labels):
        return Ledger((), ())
    return _understood(bare, profile, labels).ledger


@dataclass(frozen=True, slots=True)
class _Understood:
    """Tables, facts and doubts of one document, boxes as on the pages that were read, and its ledger."""

    profile: Profile
    entries: list[TableReading]
    facts: tuple[Fact, ...]
    problems: tuple[Problem, ...]
    ledger: Ledger


def _understood(bare: WithoutLoans, profile: Profile, labels: Labels) -> _Understood:
    extract = bare.extract
    ctx = _with_headings(Context(extract, profile, labels, date_hits(extract.pages, labels, the_deal(profile.deal_id, profile.deal_name)), loans=bare.pages))
    entries = read_tables(ctx)
    readings = [entry.reading for entry in entries]
    readings.append(_without_sizes_of_tranches(_own_lines(document_facts(extract, labels, profile), ctx), readings))
    texts = paragraphs(extract)
    told = told_in_sentences(ctx, texts, [fact for each in readings for fact in each.facts])
    readings.append(Reading(told.facts, told.problems))
    readings += _parties(ctx, texts, [fact for reading in readings for fact in reading.facts if fact.table == "parties"])
    stated = [fact for reading in readings for fact in reading.facts]
    currency, asked = _currency_of_issue(ctx, stated)
    ctx = replace(ctx, profile=(profile := replace(profile, currency=currency)))
    facts = tuple(_in_currency(fact, currency) for fact in stated)
    problems = [
        *extract.problems,
        *_without_notes((p for reading in readings for p in reading.problems), facts),
        *_cell_doubts(ctx, facts),
        *title_doubts(extract, profile),
        *asked,
        *_currency_doubts(ctx, facts),
    ]
    sized = of_possible_size(facts, extract.tables, problems)
    facts, problems = sized.facts, [*sized.problems, *odd_decimals(sized.facts, extract.tables), *falling_rates(sized.facts)]
    return _Understood(profile, entries, tuple(facts), tuple(problems), keep_ledger(ctx, entries, facts, problems, told))


def _with_headings(ctx: Context) -> Context:
    return ctx if ctx.headings else replace(ctx, headings=telling_headings(ctx))


def _parties(ctx: Context, texts: Sequence[Paragraph], listed: Sequence[Fact]) -> list[Reading]:
    """Parties outside tables: beside those of a table only what a page break cut off, and, in papers that are no report of a
    period, roles that no table states."""
    captioned = _own_lines(captioned_parties(ctx), ctx)
    if listed and ctx.profile.kind_record.is_periodic:
        return [_own_lines(loose_parties(ctx), ctx), captioned]
    known = {dict(fact.key)["role"] for fact in listed}
    cover = [fact for fact in cover_parties(ctx).facts if dict(fact.key)["role"] not in known]
    loose = [captioned, *([_own_lines(loose_parties(ctx), ctx)] if listed else [])]
    stated = [*listed, *cover, *(fact for reading in loose for fact in reading.facts)]
    return [*loose, Reading(tuple(cover)), Reading(tuple(told_parties(ctx, texts, stated, listed)))]


def _own_lines(reading: Reading, ctx: Context) -> Reading:
    """What was read outside tables, without the lines that stand under another deal's name."""
    kept = (
        fact
        for fact in reading.facts
        if (proof := fact.evidence) is None or not is_under_another_deal(proof.page, proof.box.top, proof.text, ctx)
    )
    return replace(reading, facts=tuple(kept))


def _without_sizes_of_tranches(reading: Reading, tables: Sequence[Reading]) -> Reading:
    """What lines say of the whole issue, without those that are lines of a table and state the size of one tranche."""
    sizes = [
        (proof.page, proof.box, fact.value)
        for each in tables
        for fact in each.facts
        if fact.table == "tranches" and fact.column == "amount" and (proof := fact.evidence) is not None
    ]

    def is_of_a_tranche(fact: Fact) -> bool:
        proof = fact.evidence
        return fact.column == "total_amount" and proof is not None and any(
            page == proof.page and value == fact.value and proof.box.top <= (box.top + box.bottom) / 2 <= proof.box.bottom
            for page, box, value in sizes
        )

    return replace(reading, facts=tuple(fact for fact in reading.facts if not is_of_a_tranche(fact)))


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
    named = foreign_currency(fact.evidence.unit_text) if fact.evidence else ""
    return replace(fact, unit=named or currency) if fact.unit == "CNY" and (named or currency) != "CNY" else fact


def _currency_of_issue(ctx: Context, facts: Sequence[Fact]) -> tuple[str, list[Problem]]:
    """The currency of the deal: that of its issue amounts, which is asked about where no title told it."""
    sizes = [fact for fact in facts if (fact.table, fact.column) in _ISSUED and fact.evidence and fact.value]
    named = {foreign_currency(fact.evidence.unit_text) for fact in sizes if fact.evidence}
    currency = named.pop() if len(named) == 1 else ""
    proof = sizes[0].evidence if currency else None
    page, box, words = (proof.page, proof.box, proof.unit_text) if proof else (0, None, "")
    if not currency and ctx.profile.currency == "CNY":
        currency, page, box, words = _currency_line(ctx)
    if not currency or currency == ctx.profile.currency:
        return ctx.profile.currency, []
    asked = doubt(
        ctx, "unit_unclear", f"{words!r} is printed, so the deal is taken to be in {currency}.",
        remedy="Look at the page and confirm or correct the currency.", page=page, box=box, table="deals",
        key=ctx.profile.deal_id, column="currency", value=currency,
    )  # fmt: skip
    return currency, [asked]


def _currency_line(ctx: Context) -> tuple[str, int, Box | None, str]:
    """The foreign currency that a short line names as that of the deal, with its place."""
    for page in ctx.extract.pages:
        for line in page.lines:
            words = squeeze(line.text)
            if len(words) <= _SHORT_LINE and (found := _CURRENCY_LINE.search(words)):
                return foreign_currency(found.group(1)), page.number, line.box, words
    return "", 0, None, ""


#: Signs that name one currency only; 元 alone may be any.
_CURRENCY_SIGNS = {"$": "USD", "US$": "USD", "USD": "USD", "HKD": "HKD", "RMB": "CNY", "CNY": "CNY", "人民币": "CNY"}


#: Words for a history that do not say whose it is; 静态池 and 发起机构 do.
_HISTORY = re.compile(r"^(?!.*(?:静态|动态|发起|原始权益|放款|发放|同类|其他|其它)).*历史")
#: How a line names the currency of a deal, and how long such a line is at most.
_CURRENCY_LINE = re.compile(
    r"(?:币种|计价货币|发行货币|货币单位|计价币种)(?:为|是)?[:：]?(美元|美金|港元|港币|欧元|日元|英镑|新加坡元|澳元|加元|瑞士法郎)", re.IGNORECASE
)
_SHORT_LINE = 40
#: The amounts in which a deal is sold.
_ISSUED = {("tranches", "amount"), ("deals", "total_amount")}


def _currency_named(unit_text: str) -> str:
    """The currency that a printed unit names, '' where it may be any."""
    if unit_text.startswith("人民币"):
        return "CNY"
    return foreign_currency(unit_text) or _CURRENCY_SIGNS.get(unit_text.upper(), "")


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
        and _currency_named(proof.unit_text) not in ("", ctx.profile.currency)
    ]  # fmt: skip


def read_tables(ctx: Context) -> list[TableReading]:
    """Give every table of the extract to the kind that claims it most surely.

    A table whose reading meets an error of the program gives nothing but a question; the others are read.
    """
    placed = _with_headings(ctx)
    names = short_names(ctx.extract, ctx.labels)
    entries = [
        _read_or_lost(with_tranches_named(with_whole_labels(table, ctx.labels), names), placed) for table in in_context(ctx.extract)
    ]
    balances = balances_stated(entries)
    read = [_read_or_lost(entry.table, placed, is_proven=True) if _is_proven(entry, balances) else entry for entry in entries]
    if not names:
        return read
    shown = (as_printed(entry.reading.facts, ctx.extract.tables, names) for entry in read)
    return [replace(entry, reading=replace(entry.reading, facts=tuple(facts))) for entry, facts in zip(read, shown, strict=True)]


def _is_proven(entry: TableReading, balances: frozenset[Decimal]) -> bool:
    """Whether a table that was left, since it may be another's, adds up to this pool."""
    return entry.is_foreign and bool(entry.reading.problems) and adds_up_to(entry.table, balances)


def _read_or_lost(table: Table, ctx: Context, *, is_proven: bool = False) -> TableReading:
    defects: list[Defect] = []
    found = attempt(partial(_read_table, table, ctx, is_proven), table.pages[0], table.box, defects)
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


def _read_table(table: Table, ctx: Context, is_proven: bool = False) -> TableReading:
    foreign = against_table(table, ctx)
    if foreign.reason == "static_pool" and _HISTORY.search(foreign.words) and is_of_own_periods(table, ctx):
        foreign = NOTHING_SAID
    if foreign and not (is_proven and not foreign.is_sure):
        return _left_as_foreign(table, foreign, ctx)
    flat = unfolded(table)
    chosen = choose_view(flat.table, ctx)
    part, name, kind = chosen.part, chosen.name, chosen.kind
    left = flat.places(chosen.left_places(flat.table))
    if kind is None:
        return TableReading(
            table, "", chosen.score, "no kind of table knows it", Reading(), left_parts=part.left, left_places=left
        )  # fmt: skip
    against = against_kind(part, name, ctx)
    if against and not (is_proven and not against.is_sure):
        asked = () if against.is_sure else (question(table, name, against, ctx),)
        why = f"{against.reason}: {against.words}"
        return TableReading(table, "", 0.0, why, Reading(problems=asked), is_foreign=True, left_parts=part.left)
    notes = marked_notes(part.table, ctx)
    bare, noted = without_bound(part.table, notes), replace(ctx, notes=notes)
    reading = kind.read(bare, noted)
    if chosen.is_as_printed:
        reading = with_second_kinds(replace(part, table=bare), name, reading, carried_kinds(ctx), noted)
    doubts = label_doubts(part.table, reading, ctx)
    used = flat.places(chosen.places(flat.table, reading.used))
    whole = replace(reading, problems=(*reading.problems, *doubts), used=used)
    return TableReading(
        table, name, chosen.score, "", whole, left_parts=part.left, left_places=left
    )  # fmt: skip


def _left_as_foreign(table: Table, foreign: Verdict, ctx: Context) -> TableReading:
    """A table that is another's; where only a heading says so, and a kind would read it under its own caption, it is asked."""
    why = f"{foreign.reason}: {foreign.words}"
    asked = second_deal(table, why, ctx)
    if not foreign.is_sure and (name := choose_view(unfolded(table).table, ctx).name):
        asked = (question(table, name, replace(foreign, words=squeeze(table.title)), ctx),)
    return TableReading(table, "", 0.0, why, Reading(problems=asked), is_foreign=True)


def _cell_doubts(ctx: Context, facts: Sequence[Fact]) -> list[Problem]:
    """A fact whose cell two readers read differently is a question."""
    doubts = {(cell.page, cell.box): cell.doubt for table in ctx.extract.tables for cell in table.cells if cell.doubt}
    unseen = {page.number: page.unseen for page in ctx.extract.pages if page.unseen}
    problems: list[Problem] = []
    for fact in facts:
        proof = fact.evidence
        if proof is None:
            continue
        words = doubts.get((proof.page, proof.box)) or _unseen_beside(proof, unseen.get(proof.page, ()))
        if words:
            problems.append(
                doubt(
                    ctx, "low_confidence", f"{fact.column} of {fact.key_text} is in doubt: {words}.",
                    remedy="Look at the page and confirm or correct the figure.", page=proof.page, box=proof.box,
                    table=fact.table, key=fact.key_text, column=fact.column, value=str(fact.value),
                )
            )  # fmt: skip
    return problems


def _unseen_beside(proof: Evidence, unseen: Sequence[Unseen]) -> str:
    """What stands in the line that proves a value and is not seen, in words."""
    inside = [each for each in unseen if proof.reader == "text" and is_unseen_in(each, proof.box)]
    return unseen_words(inside) if inside else ""


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

"""From a stored extract to facts: profile the document, give each table to the kind that knows it, collect doubts.

Pure: the same extract and labels give the same facts. A document that is no deal document yields no fact at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from dealproof.contract.document_kinds import UNKNOWN_KIND
from dealproof.interpret.context import Context, Reading, TableReading, doubt
from dealproof.interpret.currency import currency_doubts, currency_of_issue, in_currency
from dealproof.interpret.dates import date_hits
from dealproof.interpret.document import document_facts, profile_document, the_deal
from dealproof.interpret.drafts import draft_question
from dealproof.interpret.fact_builder import NOTE
from dealproof.interpret.falling_rates import falling_rates
from dealproof.interpret.ledger import Ledger, keep_ledger
from dealproof.interpret.loan_pages import WithoutLoans
from dealproof.interpret.magnitudes import of_possible_size
from dealproof.interpret.mentions import mentions
from dealproof.interpret.odd_decimals import odd_decimals
from dealproof.interpret.paragraphs import Paragraph, paragraphs
from dealproof.interpret.party_lines import captioned_parties, cover_parties, loose_parties
from dealproof.interpret.read_tables import read_tables, with_headings
from dealproof.interpret.recognised_facts import (
    facts_as_shown,
    kind_doubts,
    pages_seen,
    problems_as_shown,
    title_doubts,
    unread_words,
)
from dealproof.interpret.sections import is_under_another_deal
from dealproof.interpret.stacked_tables import apart
from dealproof.interpret.told import told_in_sentences
from dealproof.interpret.told_parties import told_parties
from dealproof.interpret.unknown_papers import paper_of_unknown_kind, unknown_paper
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Evidence, Fact, Problem
from dealproof.model.extract import Extract
from dealproof.model.interpretation import Interpretation, Status
from dealproof.model.ledger import sums_of
from dealproof.model.page import Unseen, is_unseen_in, unseen_words
from dealproof.model.profile import Profile
from dealproof.tables.damage import LOST


def interpret_document(extract: Extract, labels: Labels) -> Interpretation:
    """Return everything that one document says, as printed, with proof and doubts."""
    bare = apart(extract)
    extract = bare.extract
    profile = profile_document(extract, labels)
    if not profile.is_of_deal:
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
    if profile.kind == UNKNOWN_KIND:
        problems = (paper_of_unknown_kind(extract, profile), *problems)
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
    if not profile.is_of_deal or draft_question(bare.extract, labels):
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
    ctx = with_headings(Context(extract, profile, labels, date_hits(extract.pages, labels, the_deal(profile.deal_id, profile.deal_name)), loans=bare.pages))
    entries = read_tables(ctx)
    readings = [entry.reading for entry in entries]
    readings.append(_without_sizes_of_tranches(_own_lines(document_facts(extract, labels, profile), ctx), readings))
    texts = paragraphs(extract)
    told = told_in_sentences(ctx, texts, [fact for each in readings for fact in each.facts])
    readings.append(Reading(told.facts, told.problems))
    readings += _parties(ctx, texts, [fact for reading in readings for fact in reading.facts if fact.table == "parties"])
    stated = [fact for reading in readings for fact in reading.facts]
    currency, asked = currency_of_issue(ctx, stated)
    ctx = replace(ctx, profile=(profile := replace(profile, currency=currency)))
    facts = tuple(in_currency(fact, currency) for fact in stated)
    problems = [
        *extract.problems,
        *_without_notes((p for reading in readings for p in reading.problems), facts),
        *_cell_doubts(ctx, facts),
        *title_doubts(extract, profile),
        *asked,
        *currency_doubts(ctx, facts),
    ]
    sized = of_possible_size(facts, extract.tables, problems)
    facts, problems = sized.facts, [*sized.problems, *odd_decimals(sized.facts, extract.tables), *falling_rates(sized.facts)]
    return _Understood(profile, entries, tuple(facts), tuple(problems), keep_ledger(ctx, entries, facts, problems, told))


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

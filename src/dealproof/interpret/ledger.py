"""The ledger of a document: every figure ends as a fact, as ignored by a named rule, or inside a question.

Whatever is left open becomes a question here: one for each label that nobody knows, one for each table of which more is not
understood, one for the sentences of a page.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dealproof.extract.choose_pages import wanted_words
from dealproof.interpret.context import Context, TableReading
from dealproof.interpret.mentions import fields_of
from dealproof.interpret.printed_figures import measured, plain
from dealproof.interpret.sections import outline
from dealproof.interpret.table_account import Known, table_account, whole_rule
from dealproof.interpret.text_account import Frame, text_account
from dealproof.interpret.told import Told
from dealproof.interpret.unread_figures import ask_about_table, ask_about_text
from dealproof.model.evidence import Box, Evidence, Fact, Problem
from dealproof.model.ledger import Entry
from dealproof.tables.damage import LOST
from dealproof.text import squeeze
from dealproof.values.dates import parse_date
from dealproof.values.parsed import Parsed

#: Parts of a key over which amounts are added up.
_SUMMED = frozenset({"tranche", "bucket", "purchase_no", "line"})


@dataclass(frozen=True, slots=True)
class Ledger:
    """What became of every figure, page by page, and the questions that close the account."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]


def keep_ledger(
    ctx: Context, tables: Sequence[TableReading], facts: Sequence[Fact], doubts: Sequence[Problem], told_of: Told
) -> Ledger:
    """Account for every figure of a document. `doubts` are the questions that it has already, `told_of` is what became of
    the figures of sentences whose labels are known."""
    frame = _frame(ctx, facts, doubts, told_of)
    entries: list[Entry] = []
    problems: list[Problem] = []
    before: TableReading | None = None
    for entry in tables:
        whole = whole_rule(entry, before, all(page in ctx.loans for page in entry.table.pages))
        before = entry if whole == "foreign section" else None
        told = table_account(entry, ctx, frame.known, doubts, whole)
        lost = any(item.code == LOST for item in entry.reading.problems)
        told, asked = _closed(told, [] if lost else ask_about_table(entry, told, ctx), lost)
        entries += told
        problems += asked
    for page in ctx.extract.pages:
        if not page.is_readable:
            continue
        told = text_account(page, ctx.extract.tables, frame)
        told, asked = _closed(told, ask_about_text(page, told, ctx))
        entries += told
        problems += asked
    return Ledger(tuple(sorted(entries, key=lambda each: each.page)), tuple(problems))


def _closed(told: Sequence[Entry], asked: list[Problem], lost: bool = False) -> tuple[list[Entry], list[Problem]]:
    """Entries that were open are asked by the questions made of them, or by that for the whole table that was `lost`."""
    closes = bool(asked) or lost
    return [replace(each, account="asked") if closes and each.account == "open" else each for each in told], asked


def _frame(ctx: Context, facts: Sequence[Fact], doubts: Sequence[Problem], told_of: Told) -> Frame:
    proofs: dict[int, list[Evidence]] = {}
    printed: dict[str, set[str]] = {}
    for fact in facts:
        if fact.evidence is not None:
            proofs.setdefault(fact.evidence.page, []).append(fact.evidence)
            figures = {squeeze(match.group()) for match in measured(plain(fact.evidence.text))}
            for name in fields_of(fact):
                printed.setdefault(name, set()).update(figures)
    for hit in ctx.hits:
        proofs.setdefault(hit.page, []).append(Evidence(ctx.document_id, hit.page, hit.box, hit.text, reader="text"))
    boxes: dict[int, list[Box]] = {}
    for item in doubts:
        if item.box is not None:
            boxes.setdefault(item.page, []).append(item.box)
    words = wanted_words(ctx.labels)
    texts = {page.number: squeeze(page.text).lower() for page in ctx.extract.pages}
    return Frame(
        ctx, outline(ctx.extract.pages), proofs, boxes, {name: frozenset(each) for name, each in printed.items()},
        _known(ctx, facts), _days(ctx, facts),
        frozenset(number for number, text in texts.items() if any(word in text for word in words)), told_of,
    )  # fmt: skip


def _days(ctx: Context, facts: Sequence[Fact]) -> frozenset[date]:
    """All dates that were read of a document, as facts or as its own."""
    own = ctx.profile
    known = {own.report_date, own.period_start, own.period_end, own.payment_date, own.cutoff_date}
    stated = (parse_date(fact.value) for fact in facts if isinstance(fact.value, str))
    return frozenset(day for day in (*known, *(each.value for each in stated if isinstance(each, Parsed))) if day)


def _known(ctx: Context, facts: Sequence[Fact]) -> Known:
    places = Counter((fact.evidence.page, fact.evidence.box) for fact in facts if fact.evidence is not None)
    names = frozenset(str(fact.value) for fact in facts if fact.table == "parties" and fact.column == "name")
    dates: dict[int, list[tuple[Box, str]]] = {}
    for hit in ctx.hits:
        dates.setdefault(hit.page, []).append((hit.box, squeeze(hit.text)))
    columns: dict[tuple[object, ...], list[Decimal]] = {}
    for fact in facts:
        if isinstance(fact.value, Decimal):
            key = dict(fact.key)
            same = tuple(part for name, part in fact.key if name not in _SUMMED)
            columns.setdefault((fact.table, fact.column, key.get("metric", ""), same), []).append(fact.value)
    worth = frozenset(value for values in columns.values() for value in values)
    return Known(places, names, dates, worth, frozenset(sum(values, Decimal(0)) for values in columns.values()))

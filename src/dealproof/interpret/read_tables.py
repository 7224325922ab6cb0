"""Each table of a document to the kind that knows it: in its context, against what says that it is another's, as its kinds read it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import partial

from dealproof.interpret.broken_labels import with_whole_labels
from dealproof.interpret.choose_view import carried_kinds, choose_view
from dealproof.interpret.context import Context, Heading, Reading, TableReading
from dealproof.interpret.marked_notes import marked_notes, without_bound
from dealproof.interpret.period_columns import is_of_own_periods
from dealproof.interpret.proven_scope import adds_up_to, balances_stated
from dealproof.interpret.recognised_facts import label_doubts
from dealproof.interpret.scope import NOTHING_SAID, Verdict
from dealproof.interpret.scope_of_table import against_kind, question, second_deal
from dealproof.interpret.second_kinds import with_second_kinds
from dealproof.interpret.sections import against_table, outline, section_path, telling_headings
from dealproof.interpret.short_names import as_printed, short_names, with_tranches_named
from dealproof.interpret.unfolded import unfolded
from dealproof.model.extract import Extract
from dealproof.model.table import Table
from dealproof.tables.damage import Defect, attempt, lost_table
from dealproof.text import squeeze

#: Words for a history that do not say whose it is; 静态池 and 发起机构 do.
_HISTORY = re.compile(r"^(?!.*(?:静态|动态|发起|原始权益|放款|发放|同类|其他|其它)).*历史")


def with_headings(ctx: Context) -> Context:
    return ctx if ctx.headings else replace(ctx, headings=telling_headings(ctx))


def read_tables(ctx: Context) -> list[TableReading]:
    """Give every table of the extract to the kind that claims it most surely.

    A table whose reading meets an error of the program gives nothing but a question; the others are read.
    """
    placed = with_headings(ctx)
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

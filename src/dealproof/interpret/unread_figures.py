"""Questions about figures that nothing was read from and that no rule leaves: where they are, how many, under which heading
and what they look like.

A label that nobody knows is asked as such, so that one answer serves every place where it is printed. Of a table of which
more is not understood there is one question, and one of the sentences of a page that belong to one table of the dataset.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce

from dealproof.interpret.context import Context, TableReading, doubt
from dealproof.interpret.fact_builder import likely_fields, unknown_word
from dealproof.interpret.layout import text_of
from dealproof.interpret.mentions import fields_named
from dealproof.interpret.printed_figures import is_bare
from dealproof.interpret.table_account import Near, near_of
from dealproof.mappings.fields import FIELDS
from dealproof.model.evidence import Box, Problem
from dealproof.model.ledger import Entry
from dealproof.model.page import PageText
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed

#: How the reason of a question begins that is about figures which stand somewhere and were not understood.
UNREAD_TABLE, _UNREAD_TEXT = "unread table", "unread text"
#: So many unknown labels make a table that is not understood.
_MOST_LABELS = 3
_EXAMPLES = 4
_WORDS, _DIGIT = re.compile("[一-龥]{2}|[A-Za-z]{4}"), re.compile(r"\d")
_LONGEST = 30
_WHICH_FIELD = "Answer with the field that it means, or with - if it does not matter."
_LOOK = "Look at the page: correct what is missing, or dismiss the question if nothing of it is wanted."
_HUNDRED, _ROUNDED = Decimal(100), Decimal("0.1")


def ask_about_table(entry: TableReading, told: Sequence[Entry], ctx: Context) -> list[Problem]:
    """The questions that close the account of one table; none where nothing is open."""
    left = [each for each in told if each.account == "open"]
    if not left:
        return []
    has_words = any(each.table for each in left)
    labels = _unknown_labels(entry, left, ctx) if entry.kind and not has_words else None
    if labels is not None:
        return [_ask_label(entry, cell, ctx) for cell in labels]
    return [_ask_table(entry, told, left, ctx)]


def is_left_over(problem: Problem) -> bool:
    """Whether a doubt closes the account of a table or a page: it is asked itself, and speaks of no other table."""
    return problem.alike.startswith((UNREAD_TABLE, _UNREAD_TEXT))


def _unknown_labels(entry: TableReading, left: Sequence[Entry], ctx: Context) -> list[Cell] | None:
    """The labels that nobody knows and under or beside which everything lies that is open; None if that is not why."""
    grid = entry.table.grid()
    read = {(item.page, item.box) for item in (fact.evidence for fact in entry.reading.facts) if item is not None}
    by_place = {(cell.page, cell.box): cell for cell in entry.table.cells}
    found: list[Cell] = []
    for each in left:
        cell = by_place[each.page, each.box]
        label = _label_of(cell, near_of(cell, grid), grid, read)
        if label is None or entry.kind not in FIELDS or ctx.labels.find(entry.kind, label.text) is not None:
            return None
        if label not in found:
            found.append(label)
    return found if len(found) <= _MOST_LABELS else None


def _label_of(
    cell: Cell, near: Near, grid: list[list[Cell | None]], read: set[tuple[int, Box]]
) -> Cell | None:
    """The label to blame for a cell that was not read: its header where nothing of the column was read, else its row's."""

    def is_read(cells: Iterable[Cell | None]) -> bool:
        return any(each is not None and (each.page, each.box) in read for each in cells)

    if near.above and len(squeeze(near.above[0].text)) <= _LONGEST and not is_read(row[cell.col] for row in grid):
        return near.above[0]
    if near.beside and len(squeeze(near.beside[0].text)) <= _LONGEST and not is_read(grid[cell.row]):
        return near.beside[0]
    return None


def _ask_label(entry: TableReading, cell: Cell, ctx: Context) -> Problem:
    asked = doubt(
        ctx, "unknown_label", f"Label {squeeze(cell.text)!r} is not known, and no figure beside or below it was read.",
        remedy=_WHICH_FIELD, page=cell.page, box=cell.box, table=entry.kind, value=squeeze(cell.text),
    )  # fmt: skip
    likely = likely_fields(ctx.labels, entry.kind, cell.text)
    return replace(asked, suggestions=likely, alike=unknown_word(ctx.labels, cell.text))


def _ask_table(entry: TableReading, told: Sequence[Entry], left: Sequence[Entry], ctx: Context) -> Problem:
    table = entry.table
    heading = _heading(table)
    figures, whole = _figures(left), _figures(told)
    under = f" ({heading})" if heading else ""
    message = (
        f"Of the table on page {table.pages[0]}{under}, {table.n_rows} rows by {table.n_cols} columns, {figures} of {whole} figures "
        f"were not understood: {_examples(left)}.{_adds_up(table)}"
    )
    named = Counter(each.table for each in left if each.table).most_common(1)
    asked = doubt(
        ctx, "missing_table", message, remedy=_LOOK, page=left[0].page, box=_around(left),
        table=named[0][0] if named else _table_of(entry, ctx),
        key=ctx.profile.deal_id, value=heading or _looks(table),
    )  # fmt: skip
    return replace(asked, alike=f"{UNREAD_TABLE} {_looks(table)}")


def _figures(entries: Iterable[Entry]) -> int:
    return sum(each.figures for each in entries)


def _around(entries: Sequence[Entry]) -> Box:
    """The box around what is open on the first page."""
    return reduce(Box.union, [each.box for each in entries if each.page == entries[0].page])


def _heading(table: Table) -> str:
    return squeeze(table.title) or next((squeeze(text) for text in reversed(table.section)), "")


def _looks(table: Table) -> str:
    """The words of a table's first rows and first column, by which the same table of another report is known."""
    heads = [text_of(cell) for cell in table.cells if cell.row <= 1 or cell.col == 0]
    words = [text for text in heads if _WORDS.search(text) and not _DIGIT.search(text)]
    return " | ".join(dict.fromkeys(words))[:120]


def _examples(entries: Sequence[Entry]) -> str:
    told = [f"{squeeze(each.text)[:_LONGEST]}" + (f" ({each.near[:_LONGEST]})" if each.near else "") for each in entries]
    more = ", …" if len(told) > _EXAMPLES else ""
    return "; ".join(told[:_EXAMPLES]) + more


def _adds_up(table: Table) -> str:
    """Whether a column looks like shares: then the table is a distribution, whatever its labels are."""
    for column in zip(*table.grid(), strict=True):
        read = [parse_number(text_of(cell).rstrip("%")) for cell in column if cell is not None and is_bare(cell.text)]
        numbers = [each.value for each in read if isinstance(each, Parsed)]
        whole = sum(numbers, Decimal(0))
        if len(numbers) >= 3 and any(abs(part - _HUNDRED) <= _ROUNDED for part in (whole, whole / 2)):
            return " A column of it adds up to 100."
    return ""


def _table_of(entry: TableReading, ctx: Context) -> str:
    """The table of the dataset that a printed table seems to belong to, by its words; '' where nothing tells."""
    if entry.kind:
        return _MEANS.get(entry.kind, entry.kind)
    places: Counter[str] = Counter()
    for cell in entry.table.cells:
        if not is_bare(cell.text):
            places.update({group for group in _GROUPS if ctx.labels.field(group, cell.text)})
            places.update(dict.fromkeys(_named(cell.text), _WORDS_COUNT))
    for text in (entry.table.title, *entry.table.section[-1:], entry.table.lead):
        places.update(dict.fromkeys(_named(text), _CAPTION_COUNTS))
    return max(_GROUPS, key=lambda table: places[table]) if places else ""


def _named(text: str) -> set[str]:
    return {field.partition(".")[0] for field in fields_named(squeeze(text)) if field not in _EVERYWHERE} & set(_GROUPS)


_GROUPS = (
    "tranches", "tranche_payments", "pool_stats", "pool_distributions", "performance", "delinquency", "revolving_purchases",
    "cash_flows", "triggers", "parties",
)  # fmt: skip
#: Fields whose words (金额, 合计) stand in tables of any kind.
_EVERYWHERE = frozenset({"tranches.amount", "deals.total_amount"})
#: A caption, and words that only one table has, tell as much as so many labels of a file.
_CAPTION_COUNTS, _WORDS_COUNT = 5, 2
#: Kinds of printed tables that give rows of another table of the dataset.
_MEANS = {"dates": "documents", "disposals": "performance"}


def ask_about_text(page: PageText, told: Sequence[Entry], ctx: Context) -> list[Problem]:
    """The question that closes the account of a page's text; none where nothing is open."""
    left = [each for each in told if each.account == "open"]
    if not left:
        return []
    table = Counter(each.table for each in left).most_common(1)[0][0]
    heading = left[0].near
    under = f" ({heading})" if heading else ""
    words = "; ".join(f"«{each.text}»" for each in left[:_EXAMPLES])
    more = "; …" if len(left) > _EXAMPLES else ""
    asked = doubt(
        ctx, "missing_table", f"Page {page.number}{under}: {_figures(left)} figures outside tables were not read: {words}{more}.",
        remedy=_LOOK, page=page.number, box=_around(left), table=table, key=ctx.profile.deal_id, value=heading or left[0].text,
    )  # fmt: skip
    return [replace(asked, alike=_UNREAD_TEXT)]

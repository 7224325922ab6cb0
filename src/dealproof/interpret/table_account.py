"""What became of the figures of one table: facts, figures that a named rule leaves, figures that are asked, and the rest."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from dealproof.interpret.context import Context, TableReading
from dealproof.interpret.layout import text_of
from dealproof.interpret.periods import is_past_or_other
from dealproof.interpret.printed_figures import amount, counted, is_bare, is_date, measured, plain
from dealproof.interpret.share_columns import COLUMNS
from dealproof.interpret.word_account import fate_of_names, fate_of_outcomes, institutions_in, outcomes_in
from dealproof.mappings.fields import IGNORED
from dealproof.model.evidence import Box, Problem
from dealproof.model.ledger import Account, Entry, Rule
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.nothing import parse_nothing

Place = tuple[int, Box]
#: A figure of so many digits, or of so many yuan, is the same figure wherever it stands.
_TELLING, _LARGE = 5, 1_000_000
_SERIAL = re.compile(r"^(?:序号?|编号|no\.?|行次|项次|期数|期次)$", re.IGNORECASE)
_TOTAL = re.compile(r"合计|总计|小计|共计|total|^总[额和]$", re.IGNORECASE)
#: What stands in front of a row of totals and nothing else, also where it is cut off from its table.
TOTAL_ROW = re.compile(r"(?:合计|总计|小计|共计|total)(?:\(.{1,6}\))?$", re.IGNORECASE)
_LEADER = re.compile(r"\.{4,}|…{2,}|·{4,}")
#: Kinds of tables whose columns are named by `labels/columns.csv`.
_WITH_SHARES = frozenset({"delinquency", "pool_distributions"})
#: What is no kind, or has no amounts of its own: here a figure may well repeat another. In a table of amounts the same
#: figure can be another amount: what was owed before a payment of nothing and after it.
_WITHOUT_AMOUNTS = frozenset({"", "parties", "dates", "triggers"})
#: Text between figures is a label if it is no longer than this; longer ones are read like sentences.
_LONGEST_LABEL = 30
#: The last row that can belong to a header.
_LAST_HEADER = 2


@dataclass(frozen=True, slots=True)
class Known:
    """What was read of a document: how many facts at each place, institutions, labelled dates by page, what facts and their
    sums are worth."""

    facts: Mapping[Place, int]
    names: frozenset[str]
    dates: Mapping[int, Sequence[tuple[Box, str]]]
    worth: frozenset[Decimal]
    sums: frozenset[Decimal]


@dataclass(frozen=True, slots=True)
class Near:
    """What a cell stands under and beside: the words of its column, from the innermost, and of its row, from the nearest."""

    above: tuple[Cell, ...]
    beside: tuple[Cell, ...]

    @property
    def cells(self) -> tuple[Cell, ...]:
        """All of them, those of the column first."""
        return (*self.above, *self.beside)

    @property
    def words(self) -> str:
        """The nearest words of both sides."""
        return " / ".join(squeeze(cells[0].text) for cells in (self.beside, self.above) if cells)


def table_account(
    entry: TableReading, ctx: Context, known: Known, doubts: Sequence[Problem], whole: Rule | None
) -> list[Entry]:
    """One entry for every cell with figures. `whole` is the rule by which the whole table is left."""
    asked = {(item.page, item.box) for item in doubts if item.box is not None}
    grid = entry.table.grid()
    told: list[Entry] = []
    for cell in entry.table.cells:
        if counted(cell.text):
            account, rule, near = _fate(cell, entry, ctx, known, asked, grid, whole)
            if account == "open" and (cell.row, cell.col) in entry.left_places:
                account, rule = "ignored", "foreign section"
            told.append(_entry(cell, account, rule, near))
        elif entry.kind in _WITHOUT_AMOUNTS and (words := _words_of(cell, ctx, known, asked, grid, whole)) is not None:
            told.append(words)
    return told


def _words_of(
    cell: Cell, ctx: Context, known: Known, asked: set[Place], grid: list[list[Cell | None]], whole: Rule | None
) -> Entry | None:
    """The entry of a cell whose words are a value: names of institutions, or whether an event happened."""
    stated, names = outcomes_in(cell), institutions_in(cell, ctx)
    if not stated and not names:
        return None
    near, facts = near_of(cell, grid), known.facts.get((cell.page, cell.box), 0)
    labels = [each.text for each in near.cells]
    fate = (
        fate_of_outcomes(stated, facts, labels) if stated else fate_of_names(names, facts > 0, known.names, labels, ctx)
    )
    if fate is None:
        return None
    account, rule = fate
    if account != "fact" and whole is not None:
        account, rule = "ignored", whole
    elif account == "open" and _is_asked(cell, near, asked):
        account = "asked"
    table = ("triggers" if stated else "parties") if account == "open" else ""
    return Entry(cell.page, cell.box, cell.text.strip(), stated or len(names), account, rule, near.words, table)


def _is_asked(cell: Cell, near: Near, asked: set[Place]) -> bool:
    return any((each.page, each.box) in asked for each in (cell, *near.cells))


def _entry(cell: Cell, account: Account, rule: Rule | None, near: str) -> Entry:
    return Entry(cell.page, cell.box, cell.text.strip(), counted(cell.text), account, rule, near)


def whole_rule(entry: TableReading, before: TableReading | None, loans: bool) -> Rule | None:
    """The rule by which a whole table is left, or None. `before` is the table before it if that was left as not this deal's
    own; `loans` says that it lists single loans."""
    if entry.is_foreign:
        return "definition" if entry.left_because.startswith("definition") else "foreign section"
    if loans and not entry.kind:
        return "loan list"
    if before is not None and not entry.kind and _goes_on(entry.table, before.table):
        return "foreign section"
    return "contents" if not entry.kind and _is_contents(entry.table) else None


def _goes_on(table: Table, before: Table) -> bool:
    """Whether a table without a caption has as many columns as the one before it under the same heading."""
    follows = 0 <= table.pages[0] - before.pages[-1] <= 1
    return follows and not table.title and table.n_cols == before.n_cols and table.section == before.section


def _is_contents(table: Table) -> bool:
    """Headings with page numbers that only rise: no unit, no fraction."""
    last = [squeeze(row[-1]) for row in table.texts()]
    numbers = [int(text) for text in last if text.isdecimal()]
    led = sum(1 for cell in table.cells if _LEADER.search(cell.text))
    rising = len(numbers) >= 4 and len(numbers) >= 0.8 * len(last) and numbers == sorted(numbers)
    words = [squeeze("".join(row[:-1])) for row in table.texts()]
    return led >= 4 or (rising and table.n_cols <= 3 and all(re.match(r"第|\d|[一二三四五六七八九十附释目]|$", text) for text in words))


def _fate(
    cell: Cell,
    entry: TableReading,
    ctx: Context,
    known: Known,
    asked: set[Place],
    grid: list[list[Cell | None]],
    whole: Rule | None,
) -> tuple[Account, Rule | None, str]:
    """What became of one cell, the rule that leaves it, and what it stands under and beside."""
    if (cell.page, cell.box) in known.facts or _is_dated(cell, known):
        return "fact", None, ""
    if whole is not None:
        return "ignored", whole, ""
    near = near_of(cell, grid)
    if _is_asked(cell, near, asked):
        return "asked", None, near.words
    if not is_bare(cell.text) and not _holds_figure(cell):
        return "ignored", "label" if counted(plain(cell.text)) else "numbering", near.words
    if not entry.kind and _is_lone_total(grid):
        return "open", None, near.words
    if entry.kind in _WITHOUT_AMOUNTS and (rule := said(cell.text, known)) is not None:
        return "ignored", rule, near.words
    if not entry.kind:
        known_label = any(_is_left_anywhere(ctx, text) for text in _paths(near))
        return ("ignored", "label row", near.words) if known_label else ("open", None, near.words)
    rule = _rule(cell, entry, ctx, near, grid)
    return ("ignored", rule, near.words) if rule else ("open", None, near.words)


def _is_lone_total(grid: list[list[Cell | None]]) -> bool:
    """Whether a table is nothing but a row of totals, cut off from the rows that it adds up: what it says was not read."""
    words = [squeeze(text) for text in map(text_of, grid[0]) if text] if len(grid) == 1 else []
    return bool(words) and TOTAL_ROW.match(words[0]) is not None


def _is_dated(cell: Cell, known: Known) -> bool:
    """Whether a labelled date of the document was read from the line of a cell."""
    text = squeeze(cell.text)
    return is_date(cell.text) and any(
        meet(box, cell.box) and (text in printed or printed in text) for box, printed in known.dates.get(cell.page, ())
    )


def meet(one: Box, other: Box) -> bool:
    """Whether two boxes of a page have more than an edge in common."""
    if other.top >= one.bottom or one.top >= other.bottom:  # most pairs of the many thousand of a page
        return False
    return min(one.x1, other.x1) > max(one.x0, other.x0) and min(one.bottom, other.bottom) - max(one.top, other.top) > 1


def said(text: str, known: Known) -> Rule | None:
    """Whether every figure of a text is worth the same as a fact, or as a sum of facts, of the document."""
    body = plain(text)
    found = [(amount(match.group(), body[match.end() :]), match.group()) for match in measured(body)]
    told = [worth for worth, figure in found if worth is not None and _is_telling(worth, figure)]
    if not found or len(told) < len(found):
        return None
    if all(worth in known.worth for worth in told):
        return "said elsewhere"
    return "total" if all(worth in known.worth or worth in known.sums for worth in told) else None


def _is_telling(worth: Decimal, figure: str) -> bool:
    return sum(char.isdigit() for char in figure) >= _TELLING or worth >= _LARGE


def _holds_figure(cell: Cell) -> bool:
    """Whether figures stand among the words of a cell, or below each other."""
    lines = cell.text.split("\n")
    return any(measured(plain(cell.text))) or (len(lines) > 1 and sum(map(is_bare, lines)) > 1)


def _rule(
    cell: Cell, entry: TableReading, ctx: Context, near: Near, grid: list[list[Cell | None]]
) -> Rule | None:
    """The rule by which a kind of table leaves a cell that it did not read."""
    labels = [squeeze(each.text) for each in near.cells]
    if any(_SERIAL.match(text) for text in labels[: len(near.above)]) or _counts_rows(cell, grid):
        return "serial number"
    if any(_TOTAL.search(text) and len(text) <= _LONGEST_LABEL for text in labels):
        return "total"
    paths = _paths(near)
    if any(_is_left(ctx, entry.kind, text) for text in paths) or (
        entry.kind in _WITHOUT_AMOUNTS and any(_is_left_anywhere(ctx, text) for text in paths)
    ):
        return "label row"
    if any(is_past_or_other(each.text) for each in near.above):
        return "another period"
    if _heads_column(cell, grid):
        return "label"
    if _is_used(cell, entry) and not _is_wanted_date(ctx, entry.kind, near):
        return "date" if is_date(cell.text) else "no field"
    return None


def _heads_column(cell: Cell, grid: list[list[Cell | None]]) -> bool:
    """Whether a date is the header of a column: dates alone stand beside it, and figures that are none below it."""
    if not is_date(cell.text) or cell.row > _LAST_HEADER or cell.col == 0:
        return False
    beside = [each.text for each in grid[cell.row][1:] if each is not None and is_bare(each.text)]
    below = [each.text for row in grid[cell.row + 1 :] if (each := row[cell.col]) is not None and is_bare(each.text)]
    return all(is_date(text) for text in beside) and any(not is_date(text) for text in below)


def _is_wanted_date(ctx: Context, kind: str, near: Near) -> bool:
    """Whether a cell of a table of dates stands beside a label that a date is wanted for: it was looked at in vain."""
    return kind == "dates" and any(ctx.labels.field(kind, each.text) for each in near.beside[:1])


def _is_used(cell: Cell, entry: TableReading) -> bool:
    return any(
        (r, c) in entry.reading.used
        for r in range(cell.row, cell.row + cell.row_span)
        for c in range(cell.col, cell.col + cell.col_span)
    )


def _paths(near: Near) -> list[str]:
    """Labels as a label file may know them: each alone, and those of a column from the outermost joined."""
    path = "".join(squeeze(cell.text) for cell in reversed(near.above))
    return [*(cell.text for cell in near.cells), *([path] if path else [])]


def _is_left(ctx: Context, kind: str, text: str) -> bool:
    groups = (kind, COLUMNS) if kind in _WITH_SHARES else (kind,)
    rows = (ctx.labels.find(group, text) for group in groups)
    return any(row is not None and row.field == IGNORED for row in rows)


def _is_left_anywhere(ctx: Context, text: str) -> bool:
    """Whether some label file leaves a label on purpose, and no other wants it; of rows that name the label as a whole."""
    found = (ctx.labels.find(group, text) for group in ctx.labels.groups)
    fields = {row.field for row in found if row is not None and row.match == "exact"}
    return fields == {IGNORED}


def near_of(cell: Cell, grid: list[list[Cell | None]]) -> Near:
    """The words above a cell in its column and on its left in its row."""
    above = (grid[r][cell.col] for r in reversed(range(cell.row))) if cell.col < len(grid[0]) else iter(())
    beside = reversed(grid[cell.row][: cell.col]) if cell.row < len(grid) else iter(())
    return Near(_words(above), _words(beside))


def _words(cells: Iterable[Cell | None]) -> tuple[Cell, ...]:
    """The cells of words among others, each once; a header ends where figures begin again."""
    found: list[Cell] = []
    for cell in cells:
        text = text_of(cell)
        if cell is None or cell in found or not text or parse_nothing(text) is not None:
            continue
        if is_bare(cell.text):
            if found:
                break
            continue
        found.append(cell)
    return tuple(found)


def _counts_rows(cell: Cell, grid: list[list[Cell | None]]) -> bool:
    """Whether the column of a cell counts the rows, up or down."""
    numbers = [int(text) for row in grid if (text := text_of(row[cell.col])).isdecimal()]
    steps = {after - before for before, after in pairwise(numbers)}
    return len(numbers) >= 3 and text_of(cell).isdecimal() and steps in ({1}, {-1})

"""The name of a group of rows that a page break parts from them: it stands alone at the foot of a page, its rows at the top of the
next; or alone at the top, below the rows of the group before."""

from __future__ import annotations

import re
from dataclasses import replace

from dealproof.model.evidence import Box
from dealproof.model.page import Line, PageText
from dealproof.model.table import Cell, Table
from dealproof.tables.caption_words import is_caption
from dealproof.tables.line_shapes import PROSE_END
from dealproof.tables.values import is_value
from dealproof.text import squeeze

#: Points by which names of groups begin, or have their middle, apart.
APART = 8.0
#: Heights of its letters between a name and the rows beside it at most, and by which letters differ.
NEAR, SAME_HEIGHT = 1.2, 0.12
_NO_NAME = re.compile(r"续|接上|单位")


def with_title_at_foot(table: Table, page: PageText) -> Table:
    """The table with the only line below it on its page, where that stands as the names of its groups do."""
    box = table.extent(page.number)
    below = [line for line in page.lines if line.box.top > box.bottom - 2]
    if len(below) != 1 or below[0].box.top - box.bottom > _room(below[0]) or not _is_name(below[0], table):
        return table
    cell = _cell(table, below[0], table.n_rows, page.number)
    return replace(table, cells=(*table.cells, cell), n_rows=table.n_rows + 1)


def with_title_at_top(table: Table, page: PageText, above: Table) -> Table:
    """The table with the only line above it on its page, where that stands as the names of the groups of the table on the page
    before do, and no header below it."""
    box = table.extent(page.number)
    lines = [line for line in page.lines if line.box.bottom < box.top + 2]
    has_values = any(cell.row == 0 and cell.col > 0 and is_value(cell.text) for cell in table.cells)
    if len(lines) != 1 or not has_values or box.top - lines[0].box.bottom > _room(lines[0]) or not _is_name(lines[0], above):
        return table
    moved = tuple(replace(cell, row=cell.row + 1) for cell in table.cells)
    first = _cell(table, lines[0], 0, page.number)
    return replace(table, cells=(first, *moved), n_rows=table.n_rows + 1, box=table.box.union(lines[0].box))


def _room(line: Line) -> float:
    return NEAR * (line.box.bottom - line.box.top)


def _is_name(line: Line, table: Table) -> bool:
    """Whether a line is one short text that stands where a name of a group of the table does, in letters of that size."""
    text = squeeze(line.text)
    if is_caption(text) or PROSE_END.search(text) or _NO_NAME.match(text) or is_value(text) or "  " in line.text.strip():
        return False
    return any(_stand_alike(line.box, box) for box in _names(table))


def _names(table: Table) -> list[Box]:
    """Where the texts of the first column begin that stand alone in their rows, above other rows."""
    held: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.strip():
            for row in range(cell.row, cell.row + cell.row_span):
                held.setdefault(row, []).append(cell)
    return [own[0].box for row, own in held.items() if len(own) == 1 and own[0].col == 0 and own[0].row_span == 1 and row < table.n_rows - 1]


def _stand_alike(one: Box, other: Box) -> bool:
    middles = [(box.x0 + box.x1) / 2 for box in (one, other)]
    return abs(one.x0 - other.x0) <= APART or abs(middles[0] - middles[1]) <= APART


def _cell(table: Table, line: Line, row: int, page: int) -> Cell:
    return Cell(line.text.strip(), row, 0, 1, table.n_cols, page, line.box, table.readers[0])

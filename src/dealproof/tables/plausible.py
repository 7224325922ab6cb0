"""What is laid out like a table and is none: lists with marks, justified prose, axes and grounds of charts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.tables.values import is_value
from dealproof.text import squeeze

#: What stands in front of a paragraph, an item of a list or a note: a number of a heading, a dot, `(1)`, `注1:`, `Source:`.
_MARK = re.compile(
    r"(?:\d{1,2}(?:\.\d{1,2}){0,3}\.?|[(（]?(?:\d{1,2}|[a-zA-Z]|[ivx]+|[一二三四五六七八九十]{1,3})[)）.、]|[•●○▪■◆*※–—-]"
    r"|[(（].[)）]|.{1,12}[:：]|[¹²³⁴⁵⁶⁷⁸⁹⁰]+|注\d*)"
)
_LETTER = re.compile(r"[^\W\d_]")
#: Gap, in font sizes, up to which neighbours may be words of one justified line.
WORD_GAP = 1.7
#: Characters from which on a text beside a mark is a sentence or heading, not a value.
LONG = 12
#: Points around the ground of a chart in which its axes and its legend stand.
AXIS = 30.0
#: Of the rows of a frame the share in which at least two places are filled; a frame with fewer is the ground of a chart.
FILLED_ROWS, MANY_ROWS = 0.4, 4


def is_marked_list(table: Table) -> bool:
    """Whether the first column holds nothing but marks, and the other one texts."""
    if table.n_cols != 2:
        return False
    first = [squeeze(cell.text) for cell in table.cells if cell.col == 0 and cell.text.strip()]
    other = [squeeze(cell.text) for cell in table.cells if cell.col == 1 and cell.text.strip()]
    marked = bool(first) and all(_MARK.fullmatch(text) for text in first)
    return marked and bool(other) and not any(is_value(text) for text in other) and _are_long(other, first)


def _are_long(texts: Sequence[str], marks: Sequence[str]) -> bool:
    """Whether texts are longer than labels; beside the names of notes any length will do."""
    return median(len(text) for text in texts) >= LONG or not all(mark.endswith((":", "：")) for mark in marks)


def is_justified_prose(table: Table, size: float) -> bool:
    """Whether what stands side by side are the words of one or two justified lines."""
    rows = _rows(table)
    if sum(1 for row in rows if len(row) >= 2) > 2:
        return False
    gaps = [right.box.x0 - left.box.x1 for row in rows for left, right in pairwise(row)]
    words = sum(1 for row in rows for cell in row if _LETTER.search(cell.text))
    return bool(gaps) and median(gaps) <= WORD_GAP * size and 2 * words > sum(map(len, rows)) and not _has_header(rows)


def _has_header(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether values stand below words, column by column."""
    if len(rows) < 2:
        return False
    below = {cell.col for row in rows[1:] for cell in row if is_value(cell.text)}
    return len(below & {cell.col for cell in rows[0]}) >= 2


def is_axis(table: Table) -> bool:
    """Whether nothing is named: one or two rows with figures none of which has a label before it or a header over it."""
    texts = [squeeze(cell.text) for cell in table.cells if cell.text.strip()]
    rows = _rows(table)
    if len(rows) > 2:
        return False
    if all(is_value(text) or not _LETTER.search(text) for text in texts):
        return True
    named = any(not is_value(row[0].text) and any(is_value(cell.text) for cell in row[1:]) for row in rows)
    return any(map(is_value, texts)) and not named and not _has_header(rows)


def is_lone_row(table: Table) -> bool:
    """Whether there is nothing but one row."""
    return len(_rows(table)) == 1


def is_beside_a_chart(table: Table, grounds: Sequence[Box]) -> bool:
    """Whether a table of figures or words without a whole row touches the ground of a chart: its axes and legends."""
    near = any(
        table.box.x0 < box.x1 + AXIS and box.x0 < table.box.x1 + AXIS
        and table.box.top < box.bottom + AXIS and box.top < table.box.bottom + AXIS
        for box in grounds
    )  # fmt: skip
    full = sum(1 for row in _rows(table) if len(row) == table.n_cols and not is_value(row[0].text))
    return near and full < 2


def is_ground_of_a_chart(table: Table) -> bool:
    """Whether a frame is drawn in which hardly a row holds two texts."""
    filled = [0] * table.n_rows
    for cell in table.cells:
        if cell.text.strip():
            filled[cell.row] += 1
    few = sum(1 for count in filled if count >= 2) < FILLED_ROWS * table.n_rows
    return few and table.n_rows >= MANY_ROWS and table.n_cols > 2


def _rows(table: Table) -> list[list[Cell]]:
    rows: dict[int, list[Cell]] = {}
    for cell in sorted(table.cells, key=lambda each: (each.row, each.col)):
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell)
    return list(rows.values())

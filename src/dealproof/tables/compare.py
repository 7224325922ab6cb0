"""Two readers that agree are evidence; two that differ are a question.

Every cell with figures is read again: by PDFium inside the cell's box (another parser), and by camelot (another
parser and another geometry). Where the figures differ, the cell carries a doubt in words; nothing is chosen.

Glyphs whose meaning the file does not tell (private codes, control codes) are a doubt as well: a figure with one is refused
where it is read, but a label with one may pass for another label, so everything in its row, or below it where it is a
header, is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import replace

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.tables.readers.camelot_reader import OtherCell, OtherTable
from dealproof.text import LOWERED, MARKS, fold, squeeze

_DIGITS = re.compile(r"[0-9.%]")
_MARK = re.compile(f"[{MARKS}{LOWERED}]")
#: How often fake bold draws a character.
_TIMES = (1, 2, 3, 4)
_NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?%?")
ReadBox = Callable[[int, Box], str]
_UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_FIGURE = re.compile(r"\d")
_WORDS = "glyphs without a known meaning"


def figures(text: str) -> str:
    """The characters that make up figures, in printed order."""
    return "".join(_DIGITS.findall(fold(text)))


def check_with_text_layer(table: Table, read_box: ReadBox) -> Table:
    """Re-read every cell that holds figures inside its own box; `read_box(page, box)` is PDFium's text there."""
    checked = replace(table, cells=tuple(_recheck(cell, read_box) for cell in table.cells))
    return with_unknown_glyphs_asked(checked)


def _recheck(cell: Cell, read_box: ReadBox) -> Cell:
    own = figures(cell.text)
    if not any(c.isdigit() for c in own):
        return cell
    other = read_box(cell.page, Box(cell.box.x0 - 1, cell.box.top - 1, cell.box.x1 + 1, cell.box.bottom + 1))
    if _same_digits(cell.text, other) or own in figures(other):
        return cell
    narrow = read_box(cell.page, Box(cell.box.x0 + 1, cell.box.top + 1, cell.box.x1 - 1, cell.box.bottom - 1))
    if _same_digits(cell.text, narrow):
        return cell
    return _doubt(cell, f"the text layer read by PDFium gives {squeeze(other) or 'nothing'!r} in this cell")


def _readings(text: str) -> tuple[str, ...]:
    """The figures of a cell as another reader may give them: raised marks as digits, behind or before."""
    own, marks = (
        figures(text),
        "".join(c for c in unicodedata.normalize("NFKC", "".join(_MARK.findall(text))) if c.isdigit()),
    )
    behind = figures(unicodedata.normalize("NFKC", text)) if marks else own
    return tuple(dict.fromkeys((own, behind, marks + own)))


def _same_digits(text: str, other: str) -> bool:
    """Whether another reading has the same digits, in any order, each as often or each drawn twice or thrice."""
    theirs = sorted(figures(other))
    return any(theirs == sorted(own * times) for own in _readings(text) for times in _TIMES)


def _same_figures(text: str, theirs: str) -> bool:
    """Whether another reading has the same figures in printed order, once or drawn twice or thrice.

    Camelot gives the order in which a page draws its letters, which may run from the last one to the first.
    """
    return any(
        seen in (own * times, "".join(char * times for char in own))
        for own in _readings(text)
        for times in _TIMES
        for seen in (theirs, theirs[::-1])
    )


def _doubt(cell: Cell, words: str) -> Cell:
    return replace(cell, doubt=f"{cell.doubt}; {words}" if cell.doubt else words)


def check_with_camelot(table: Table, others: Sequence[OtherTable]) -> Table:
    """Compare a table of one page with camelot's reading of the same place, where there is one."""
    other = next((o for o in others if o.page == table.pages[0] and _overlap(o.box, table.box) > 0.6), None)
    if other is None:
        return table
    compare = _by_cell if table.style == "ruled" else _by_row
    return replace(compare(table, other), readers=(*table.readers, other.reader))


def _overlap(a: Box, b: Box) -> float:
    width = min(a.x1, b.x1) - max(a.x0, b.x0)
    height = min(a.bottom, b.bottom) - max(a.top, b.top)
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((a.x1 - a.x0) * (a.bottom - a.top), (b.x1 - b.x0) * (b.bottom - b.top))
    return width * height / smaller if smaller else 0.0


def _by_cell(table: Table, other: OtherTable) -> Table:
    return replace(table, cells=tuple(_compare_cell(cell, other) for cell in table.cells))


def _compare_cell(cell: Cell, other: OtherTable) -> Cell:
    own = figures(cell.text)
    if not any(c.isdigit() for c in own):
        return cell
    inside = [o for o in other.cells if _centre_in(o.box, cell.box)]
    if not inside or not _same_area(cell.box, inside):
        return cell
    theirs = "".join(figures(o.text) for o in sorted(inside, key=lambda o: (o.row, o.col)))
    if _same_figures(cell.text, theirs):
        return cell
    return _doubt(cell, f"{other.reader} reads {squeeze(''.join(o.text for o in inside))!r} in this cell")


def _centre_in(inner: Box, outer: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 <= x <= outer.x1 and outer.top <= y <= outer.bottom


def _same_area(box: Box, inside: Sequence[OtherCell]) -> bool:
    area = (box.x1 - box.x0) * (box.bottom - box.top)
    theirs = sum((o.box.x1 - o.box.x0) * (o.box.bottom - o.box.top) for o in inside)
    return area > 0 and 0.75 <= theirs / area <= 1.33


def _by_row(table: Table, other: OtherTable) -> Table:
    """Without a grid, rows are compared: a cell of ours that camelot splits into two whole figures is doubtful."""
    cells = []
    for cell in table.cells:
        numbers = [n for n in _NUMBER.findall(fold(cell.text)) if len(n) >= 3]
        within = [o for o in other.cells if o.text.strip() and _centre_in(o.box, cell.box)]
        split = [o for o in within if _NUMBER.fullmatch(squeeze(o.text))]
        if len(split) >= 2 and len(numbers) >= 2 and "\n" not in cell.text:
            cells.append(_doubt(cell, f"{other.reader} reads {len(split)} cells here"))
        else:
            cells.append(cell)
    return replace(table, cells=tuple(cells))


def with_unknown_glyphs_asked(table: Table) -> Table:
    """The table with a doubt in every cell that holds such glyphs, or whose label or header does."""
    strange = [cell for cell in table.cells if _UNKNOWN.search(cell.text)]
    if not strange:
        return table
    return replace(table, cells=tuple(_asked(cell, strange) for cell in table.cells))


def _asked(cell: Cell, strange: list[Cell]) -> Cell:
    if cell in strange:
        words = f"the cell holds {_WORDS}"
    elif _FIGURE.search(cell.text) and any(_governs(label, cell) for label in strange):
        words = f"its label or header holds {_WORDS}"
    else:
        return cell
    return replace(cell, doubt=f"{cell.doubt}; {words}" if cell.doubt else words)


def _governs(label: Cell, cell: Cell) -> bool:
    """Whether a text without figures stands to the left of a cell or above it."""
    if _FIGURE.search(label.text):
        return False
    beside = label.col < cell.col and label.row <= cell.row < label.row + label.row_span
    above = label.row < cell.row and label.col <= cell.col < label.col + label.col_span
    return beside or above

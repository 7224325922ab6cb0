"""Where a file does not tell what its glyphs mean, what is read is a question.

Digits of native text are never read wrong where the fonts name them, so no page is read twice as a rule. On a page some of
whose characters no font names (or names by private or control codes) others may be named wrongly: there another parser
reads every cell with figures again, and where the figures differ the cell carries a doubt in words; nothing is chosen. A
figure with an unknown glyph is refused where it is read, but a label with one may pass for another label, so everything in its row, or
below it where it is a header, is asked.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import replace

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.tables.page import PageContent
from dealproof.text import LOWERED, MARKS, fold, squeeze

_DIGITS = re.compile(r"[0-9.%]")
_MARK = re.compile(f"[{MARKS}{LOWERED}]")
#: How often fake bold draws a character.
_TIMES = (1, 2, 3, 4)
ReadBox = Callable[[int, Box], str]
_UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_FIGURE = re.compile(r"\d")
_WORDS = "glyphs without a known meaning"


def figures(text: str) -> str:
    """The characters that make up figures, in printed order."""
    return "".join(_DIGITS.findall(fold(text)))


def is_suspect(content: PageContent) -> bool:
    """Whether the fonts of a page leave some of its characters without a known meaning, so that others may be wrong."""
    return any(_UNKNOWN.match(char.text) for char in (*content.chars, *(char for _, char in content.sideways)))


def check_with_other_parser(table: Table, read_box: ReadBox) -> Table:
    """Re-read every cell that holds figures; `read_box(page, box)` is what another parser finds inside a box."""
    return replace(table, cells=tuple(_recheck(cell, read_box) for cell in table.cells))


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
    return _doubt(cell, f"another parser of PDFs reads {squeeze(other) or 'nothing'!r} in this cell")


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


def _doubt(cell: Cell, words: str) -> Cell:
    return replace(cell, doubt=f"{cell.doubt}; {words}" if cell.doubt else words)


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

"""Text that stands sideways: in one cell of a level table, or a whole page of it.

Readers see a turned page laid level; boxes go back to where a viewer shows them. Captions and units around a table on such
a page are not looked for, so every figure of it is a question.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.pages.geometry import turned, turned_back
from dealproof.tables.lines import block_text
from dealproof.tables.page import Char, PageContent

_FIGURE = re.compile(r"\d")


def as_shown(table: Table, content: PageContent) -> Table:
    """The table with its boxes as a viewer shows the page."""
    if content.turn == 0:
        return table
    return replace(
        table, box=box_as_shown(table.box, content), cells=tuple(_cell_as_shown(cell, content) for cell in table.cells)
    )


def _cell_as_shown(cell: Cell, content: PageContent) -> Cell:
    doubt = (
        "the page is printed turned, and what stands around its tables was not read"
        if _FIGURE.search(cell.text)
        else ""
    )
    return replace(
        cell, box=box_as_shown(cell.box, content), doubt="; ".join(each for each in (cell.doubt, doubt) if each)
    )


def box_as_shown(box: Box, content: PageContent) -> Box:
    """A box of the page as it was laid level where a viewer shows it."""
    if content.turn == 0:
        return box
    width, height = content.width, content.height
    return turned_back(box, content.turn, *((height, width) if content.turn % 180 else (width, height)))


def as_laid(box: Box, content: PageContent) -> Box:
    """A box of the page as shown where it lies after the page was laid level."""
    width, height = content.width, content.height
    return turned(box, content.turn, *((height, width) if content.turn % 180 else (width, height)))


def sideways_text(content: PageContent, box: Box) -> str:
    """The text that stands sideways inside a cell; nothing of a text that runs through several cells."""
    inside = [(turn, char) for turn, char in content.sideways if _is_in(char, box)]
    turns = {turn for turn, _ in inside}
    if len(turns) != 1 or _runs_out([char for _, char in inside], content, box):
        return ""
    turn = turns.pop()
    return block_text(_laid(char, turn, content) for _, char in inside)


def _laid(char: Char, turn: int, content: PageContent) -> Char:
    box = turned(char.box, turn, content.width, content.height)
    return char._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)


def _is_in(char: Char, box: Box) -> bool:
    return box.x0 <= (char.x0 + char.x1) / 2 < box.x1 and box.top <= char.middle < box.bottom


def _runs_out(inside: Sequence[Char], content: PageContent, box: Box) -> bool:
    """Whether a text of this cell goes on beyond it, as a mark that lies over the page does."""
    return any(
        not _is_in(other, box)
        and any(
            abs(other.x0 - char.x0) < 0.3 * char.size
            and min(abs(other.top - char.bottom), abs(char.top - other.bottom)) < 0.5 * char.size
            for char in inside
        )
        for _, other in content.sideways
    )

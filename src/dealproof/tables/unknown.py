"""Glyphs whose meaning the file does not tell: private codes, control codes, characters without a name.

A figure with one is refused where it is read. A label with one may pass for another label, so everything in its row, or
below it where it is a header, is asked.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dealproof.model.table import Cell, Table

_UNKNOWN = re.compile("[\ue000-\uf8ff\ufffd\U000f0000-\U0010ffff]")
_FIGURE = re.compile(r"\d")
_WORDS = "glyphs without a known meaning"


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

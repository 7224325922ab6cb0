"""Cells in which text stands that no viewer shows: they are read from what is seen, and asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dealproof.model.evidence import Box
from dealproof.model.page import Unseen, is_unseen_in, unseen_words
from dealproof.model.table import Cell, Table

#: Points around a cell of a grid in which something unseen may still touch what is seen in it; of a cell without a grid,
#: which is no larger than its text, the share of its height to the left and right.
AROUND, BESIDE = 1.0, 1.0


def with_unseen_asked(table: Table, unseen: Sequence[Unseen]) -> Table:
    """The table of one page with a doubt in every cell with text in which characters stand that no viewer shows."""
    if not unseen:
        return table
    is_grid = table.style == "ruled"
    return replace(table, cells=tuple(_asked(cell, unseen, is_grid) for cell in table.cells))


def _asked(cell: Cell, unseen: Sequence[Unseen], is_grid: bool) -> Cell:
    if not cell.text.strip():
        return cell
    reach = AROUND if is_grid else max(BESIDE * (cell.box.bottom - cell.box.top), AROUND)
    box = Box(cell.box.x0 - reach, cell.box.top - AROUND, cell.box.x1 + reach, cell.box.bottom + AROUND)
    inside = [each for each in unseen if is_unseen_in(each, box)]
    if not inside:
        return cell
    words = unseen_words(inside)
    return replace(cell, doubt=f"{cell.doubt}; {words}" if cell.doubt else words)

"""Rows below a page break that show fewer columns than the table above it: a total whose label stands over two columns, or rows
without a text in the first column, that of the group which the page before names."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dealproof.model.table import Cell, Table
from dealproof.tables.columns import TOTALS
from dealproof.tables.values import is_value, is_year
from dealproof.text import squeeze

#: Points by which a bound of columns is off on the other page, drawn or seen in white space; by which a cell reaches over one.
DRAWN, WHITE, OVER = 3.0, 8.0, 3.0
#: Points by which a table reaches over the ends of the one above.
ENDS = 6.0


def set_on_columns(above: Table, bounds: Sequence[float], below: Table, own: Sequence[float]) -> Table | None:
    """The table `below` with the columns of the one `above`; None where its own are no part of these.

    `bounds`, `own`: the places between the columns of each.
    """
    near = DRAWN if "ruled" in (above.style, below.style) and above.style == below.style else WHITE
    told = all(any(abs(x - bound) <= near for bound in bounds) for x in own)
    if not own or len(bounds) != above.n_cols - 1 or below.n_cols >= above.n_cols or not told:
        return None
    if below.box.x0 < above.box.x0 - ENDS or below.box.x1 > above.box.x1 + ENDS or not _goes_on(below):
        return None
    cells = [_set(cell, bounds) for cell in below.cells if cell.text.strip()]
    held = [(row, col) for cell in cells for row in range(cell.row, cell.row + cell.row_span) for col in range(cell.col, cell.col + cell.col_span)]
    if len(held) != len(set(held)):
        return None
    return replace(below, cells=tuple(cells), n_cols=above.n_cols)


def _goes_on(below: Table) -> bool:
    """Whether a table begins with a row of values, so that it has no header of its own."""
    first = [cell for cell in below.cells if cell.row == 0 and cell.text.strip()]
    valued = any(is_value(cell.text) and not is_year(cell.text) for cell in first if cell.col > 0)
    named = any(cell.col == 0 and not is_value(cell.text) for cell in first)
    return valued and (named or any(squeeze(cell.text).lower() in TOTALS for cell in first))


def _set(cell: Cell, bounds: Sequence[float]) -> Cell:
    first = sum(1 for x in bounds if x <= cell.box.x0 + OVER)
    last = max(first, sum(1 for x in bounds if x < cell.box.x1 - OVER))
    return replace(cell, col=first, col_span=last - first + 1)

"""Tables that are set in two or three columns of the page: the same header side by side, the rows going on in the next part.

Unfolded, one part stands under the other, and the table reads like any other; its places are turned back afterwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from dealproof.interpret.cards import told_apart
from dealproof.interpret.layout import is_figure, text_of
from dealproof.model.table import Cell, Table
from dealproof.values.tranches import is_total_label

#: Parts that stand side by side at most.
_MOST = 4
_Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Unfolded:
    """A table as it is read, and where its places stand in the grid that was found (none where it stands as found)."""

    table: Table
    found_at: Mapping[_Place, _Place]

    def places(self, used: Iterable[_Place]) -> frozenset[_Place]:
        """Places of the unfolded table as places of the grid that was found."""
        return frozenset(self.found_at.get(place, place) for place in used)


def unfolded(table: Table) -> Unfolded:
    """Return a table with its parts under each other, or with labels and figures of the same cells told apart; the table
    itself where it is neither."""
    if (apart := told_apart(table)) is not None:
        return Unfolded(*apart)
    grid = table.grid()
    parts = _parts(grid)
    if parts < 2 or any(cell.col_span > 1 or cell.row_span > 1 for cell in table.cells):
        return Unfolded(table, {})
    width = table.n_cols // parts
    body = [
        [(row, col) for col in range(part * width, (part + 1) * width)]
        for part in range(parts)
        for row in range(1, table.n_rows)
        if any(text_of(grid[row][col]) for col in range(part * width, (part + 1) * width))
    ]
    totals = [places for places in body if _is_total(grid, places)]
    rows = [[(0, col) for col in range(width)], *(places for places in body if places not in totals), *totals]
    cells: list[Cell] = []
    found_at: dict[_Place, _Place] = {}
    for new_row, places in enumerate(rows):
        for new_col, (row, col) in enumerate(places):
            found_at[new_row, new_col] = (row, col)
            cell = grid[row][col]
            if cell is not None:
                cells.append(replace(cell, row=new_row, col=new_col))
    return Unfolded(replace(table, cells=tuple(cells), n_rows=len(rows), n_cols=width), found_at)


def _parts(grid: Sequence[Sequence[Cell | None]]) -> int:
    """How many times the header stands side by side, every part with rows of its own; 1 where it stands once."""
    if len(grid) < 2:
        return 1
    head = [text_of(cell) for cell in grid[0]]
    if not all(head) or any(map(is_figure, head)):
        return 1
    for parts in range(_MOST, 1, -1):
        width = len(head) // parts
        if width >= 2 and width * parts == len(head) and len(set(head[:width])) == width and head == head[:width] * parts:
            return parts
    return 1


def _is_total(grid: Sequence[Sequence[Cell | None]], places: Sequence[_Place]) -> bool:
    row, col = places[0]
    return is_total_label(text_of(grid[row][col]))

"""Cells that hold a label and its figure both, as tiles of a summary do: 累计违约率 over 0.38%, 期末余额：1,234万元.

Told apart, each becomes a row of its own, a label with its value.
"""

from __future__ import annotations

import re
from dataclasses import replace

from dealproof.interpret.layout import is_figure
from dealproof.model.table import Cell, Table

#: Cells that a table of such tiles has at least, and the share of its filled cells that are such.
_LEAST, _MOSTLY = 2, 0.8
_COLON = re.compile(r"([^:：]{2,30})[:：]\s*(\S.*)", re.DOTALL)
_HAN = re.compile(r"[一-龥]{2}")


def told_apart(table: Table) -> tuple[Table, dict[tuple[int, int], tuple[int, int]]] | None:
    """The table as rows of labels with values, with the place of each in the grid that was found; None for any other table."""
    filled = [cell for cell in table.cells if cell.text.strip()]
    parts = [(cell, pair) for cell in filled if (pair := _parts(cell)) is not None]
    if len(parts) < _LEAST or len(parts) < _MOSTLY * len(filled):
        return None
    cells: list[Cell] = []
    found_at: dict[tuple[int, int], tuple[int, int]] = {}
    for row, (cell, (label, value)) in enumerate(sorted(parts, key=lambda each: (each[0].row, each[0].col))):
        for col, text in enumerate((label, value)):
            cells.append(replace(cell, text=text, row=row, col=col, row_span=1, col_span=1))
            found_at[row, col] = (cell.row, cell.col)
    return replace(table, cells=tuple(cells), n_rows=len(parts), n_cols=2), found_at


def _parts(cell: Cell) -> tuple[str, str] | None:
    """The label and the figure of a cell that holds one of each."""
    lines = [line for line in cell.text.split("\n") if line.strip()]
    pairs = [("".join(lines[:-1]), lines[-1]), ("".join(lines[1:]), lines[0])] if len(lines) > 1 else []
    if match := _COLON.fullmatch(cell.text.strip()):
        pairs.append((match.group(1), match.group(2)))
    return next(((label, value) for label, value in pairs if is_figure(value) and not is_figure(label) and _HAN.search(label)), None)

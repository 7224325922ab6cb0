"""A row that a page break cut: its rest stands at the top of the next page, in the columns whose texts wrap."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from dealproof.model.table import Cell, Table
from dealproof.text import squeeze

_FIGURE = re.compile(r"[-+(]?\d[\d,]*(?:\.\d+)?\)?(?:[%元万亿年月天日笔户个]+)?")
_TOTALS = frozenset(("合计", "总计", "小计"))


def is_rest_of_row(above: Table, row: Sequence[Cell]) -> bool:
    """Whether a first row is only the tail of the cut last row: text without figures where figures should stand."""
    texts = [cell for cell in row if cell.text.strip()]
    last = [c for c in above.cells if c.row + c.row_span == above.n_rows and c.text.strip()]
    if not texts or above.n_rows < 2 or len(texts) >= len(last) or len(last) < 2:
        return False
    if any(re.search(r"\d", cell.text) for cell in texts) or any(squeeze(cell.text) in _TOTALS for cell in texts):
        return False
    figures = {c.col for c in above.cells if c.row > 0 and _FIGURE.fullmatch(squeeze(c.text))}
    if not figures or any(cell.col in figures for cell in texts):
        return False
    heads = {cell.col: cell for cell in last}
    if not {cell.col for cell in texts} <= set(heads) or not figures & set(heads):
        return False
    return all(_may_wrap(above, heads[cell.col], cell) for cell in texts)


def _may_wrap(above: Table, head: Cell, tail: Cell) -> bool:
    """Whether the tail can be the next line of a cell: that is as wide, and what stands in it filled its line.

    Where other rows of the table have nothing but a name, as groups have, and no other cell of the column wraps, a text alone is
    such a row.
    """
    if head.col_span != tail.col_span:
        return False
    column = [cell for cell in above.cells if cell.col == head.col and cell.col_span == head.col_span]
    widest = max((_width(line) for cell in column for line in cell.text.split("\n")), default=0.0)
    if _width(head.text.split("\n")[-1]) + 1 <= widest:
        return False
    wraps = any("\n" in cell.text for cell in column if cell.row > 0)
    return wraps or head.col > 0 or not _has_group_rows(above)


def _has_group_rows(table: Table) -> bool:
    """Whether a row between two others holds nothing but one text in its first column."""
    held: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text.strip():
            for row in range(cell.row, cell.row + cell.row_span):
                held.setdefault(row, []).append(cell)
    alone = [row for row, cells in held.items() if len(cells) == 1 and cells[0].col == 0 and cells[0].row_span == 1]
    return any(0 < row < table.n_rows - 1 for row in alone) or 0 in alone


def _width(text: str) -> float:
    """How wide a line is set, in ideographs."""
    return sum(1.0 if unicodedata.east_asian_width(char) in "WFA" else 0.5 for char in text)


def with_rest_of_row(above: Table, row: Sequence[Cell]) -> list[Cell]:
    """The cells above the break, those of the last row with what stands of them below it."""
    tails = {cell.col: cell for cell in row if cell.text.strip()}
    completed: list[Cell] = []
    for cell in above.cells:
        tail = tails.get(cell.col) if cell.row + cell.row_span == above.n_rows else None
        completed.append(replace(cell, text=f"{cell.text}\n{tail.text}") if tail else cell)
    return completed

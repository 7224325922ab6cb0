"""Columns that only number the rows (序号, 编号, 行次): no figure of them says anything, and the label stands behind them.

They are taken out before any kind of table reads, so that no kind has to know where its labels stand. A number that is the
name of its row, as that of a purchase or a period, has nothing but figures behind it and stays.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dealproof.interpret.layout import Matrix, is_figure, matrix, text_of
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.nothing import parse_nothing
from dealproof.values.numbers import chinese_int
from dealproof.values.tranches import is_total_label

_HEADER = re.compile(r"序号?|编号|行次|项次|次序|排序|no\.?|#|serialno\.?", re.IGNORECASE)
_MARKS = re.compile(r"^[(第]|[).、,]$")


def serial_columns(table: Table) -> frozenset[int]:
    """The columns whose rows are counted one by one, with a text in the next column; the first may be without a header."""
    grid = matrix(table)
    return frozenset(
        index
        for index in range(table.n_cols - 1)
        if _is_headed(grid, index) and _counts(grid, index) and _has_labels(grid, index + 1, index)
    )


def _is_headed(grid: Matrix, index: int) -> bool:
    header = squeeze(grid.header_text(index))
    return bool(_HEADER.fullmatch(header)) or (index == 0 and not header)


def _counts(grid: Matrix, index: int) -> bool:
    """Whether the numbers of a column rise by one from row to row; a total may go without."""
    numbers = [chinese_int(_MARKS.sub("", text)) for row in grid.body if (text := _number_text(row, index))]
    return len(numbers) >= 2 and all(
        before is not None and after is not None and after - before == 1 for before, after in pairwise(numbers)
    )


def _number_text(row: Sequence[Cell | None], index: int) -> str:
    """What numbers a row, '' where nothing does: a total, a row that has no number."""
    text = text_of(row[index])
    return "" if not text or is_total_label(text) or parse_nothing(text) is not None else text


def _has_labels(grid: Matrix, index: int, serial: int) -> bool:
    """Whether texts stand in a column wherever the one before it has a number, not figures or dates alone; what is in
    brackets may be an interval."""
    texts = [text_of(row[index]) for row in grid.body if _number_text(row, serial)]
    return bool(texts) and all(texts) and not all(is_figure(text) and not text.startswith("(") for text in texts)


def without_serials(table: Table, columns: frozenset[int]) -> Table:
    """The table in which every text of such a column that is no number (合计) stands in the empty place behind it."""
    if not columns:
        return table
    filled = {(cell.row, cell.col) for cell in table.cells if cell.text.strip()}
    moved = []
    for cell in table.cells:
        is_name = cell.col in columns and cell.text.strip() and is_total_label(squeeze(cell.text))
        if is_name and cell.col_span == 1 and (cell.row, cell.col + 1) not in filled:
            moved.append(replace(cell, col=cell.col + 1))
        else:
            moved.append(cell)
    taken = {(cell.row, cell.col) for cell in moved if cell.text.strip()}
    kept = (cell for cell in moved if cell.text.strip() or (cell.row, cell.col) not in taken)
    return replace(table, cells=tuple(sorted(kept, key=lambda cell: (cell.row, cell.col))))

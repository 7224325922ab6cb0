"""Labels that a table breaks over two of its rows: `逾期31-` above `60天`, `累计违约贷款` above `回收金额（元）`.

Where a table has no lines between rows, or a page break cuts one, a label may fall into a row of its own. The words tell:
the lower piece means nothing alone, both together are a label that somebody knows, and figures stand beside one of them only.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dealproof.interpret.layout import is_figure, text_of
from dealproof.mappings.labels import Labels
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.buckets import parse_status_bucket
from dealproof.values.nothing import parse_nothing
from dealproof.values.parsed import Parsed

#: Label files of what stands in front of figures.
_OF_ROWS = ("performance", "pool_stats", "tranche_payments", "revolving_purchases", "dates")
_HEADING_BEHIND = re.compile(r"([^\n]+)\n\s*(?:[一二三四五六七八九十]{1,3}[、.]|[(（][一二三四五六七八九十]{1,3}[)）])[^\n\d]+")
_WORDS = re.compile(r"[\u4e00-\u9fff()（）]")
_UNIT_ALONE = re.compile(r"\([^()]{1,8}\)")


def with_whole_labels(table: Table, labels: Labels) -> Table:
    """The table with every broken label in one row; the table itself where there is none."""
    table = _without_headings(table, labels)
    row = 0
    while row < table.n_rows - 1:
        grid, is_open = table.grid(), table.style != "ruled"
        pieces = _broken(grid[row], grid[row + 1], labels, is_open=is_open)
        if pieces is not None:
            table = _joined(table, row, *pieces)
            continue
        if is_open and (stuck := _stuck_to_header(grid[row], grid[row + 1], labels)) is not None:
            table = _loosened(table, *stuck)
        row += 1
    return table


def _without_headings(table: Table, labels: Labels) -> Table:
    """The table without the numbered headings (四、借款人) that a page break left behind a label in the same cell."""
    changed = {
        cell: replace(cell, text=match.group(1))
        for cell in table.cells
        if (match := _HEADING_BEHIND.fullmatch(cell.text.strip())) and _meanings(squeeze(match.group(1)), labels)
    }
    return replace(table, cells=tuple(changed.get(cell, cell) for cell in table.cells)) if changed else table


def _stuck_to_header(
    upper: Sequence[Cell | None], lower: Sequence[Cell | None], labels: Labels
) -> tuple[Cell, Cell] | None:
    """A header whose last line is the first piece of the label below it, and that label."""
    first, second = _label(upper), _label(lower)
    if first is None or second is None or first.col != second.col or "\n" not in first.text.strip():
        return None
    if _has_figure(upper) or not _has_figure(lower) or _meanings(squeeze(first.text), labels):
        return None
    head, tail = squeeze(first.text.strip().rpartition("\n")[2]), squeeze(second.text)
    whole = _meanings(head + tail, labels)
    return (first, second) if whole and not whole & _meanings(tail, labels) and not _meanings(head, labels) else None


def _loosened(table: Table, first: Cell, second: Cell) -> Table:
    """The table with the last line of one cell as the first line of the cell below it."""
    rest, _, line = first.text.strip().rpartition("\n")
    changed = {id(first): replace(first, text=rest), id(second): replace(second, text=f"{line}\n{second.text}")}
    return replace(table, cells=tuple(changed.get(id(cell), cell) for cell in table.cells))


def _broken(
    upper: Sequence[Cell | None], lower: Sequence[Cell | None], labels: Labels, *, is_open: bool
) -> tuple[Cell, Cell] | None:
    """The two pieces of a label that stand in two rows of which one has nothing else. In a table that `is_open`, without lines
    between its rows, the upper piece may be a label of its own to which a figure is lacking."""
    first, second = _label(upper), _label(lower)
    if first is None or second is None or first.col != second.col or first is second:
        return None
    if _is_alone(upper, first) == _is_alone(lower, second) or not (_has_figure(upper) or _has_figure(lower)):
        return None
    head, tail = squeeze(first.text), squeeze(second.text)
    whole = _meanings(head + tail, labels)
    if not whole or _meanings(tail, labels) & whole:
        return None
    is_rest = not _meanings(tail, labels)
    if _meanings(head, labels):
        is_unit = _UNIT_ALONE.fullmatch(tail) is not None and _is_alone(upper, first)
        return (first, second) if is_rest and (is_open or is_unit) else None
    return (first, second) if is_rest or _is_alone(upper, first) else None


def _label(row: Sequence[Cell | None]) -> Cell | None:
    """The first text of a row, if it fills one place of the grid and has words."""
    cell = next((cell for cell in row if cell is not None and cell.text.strip()), None)
    if cell is None or cell.row_span > 1 or cell.col_span > 1 or not _WORDS.search(cell.text):
        return None
    return cell


def _is_alone(row: Sequence[Cell | None], label: Cell) -> bool:
    return all(cell is label or not text_of(cell) for cell in row)


def _has_figure(row: Sequence[Cell | None]) -> bool:
    return any(is_figure(text) or parse_nothing(text) is not None for text in map(text_of, row[1:]) if text)


def _meanings(text: str, labels: Labels) -> set[tuple[str, str]]:
    """What a text means as the label of a row: fields by label file, or a status."""
    found = {(group, field) for group in _OF_ROWS if (field := labels.field(group, text))}
    status = parse_status_bucket(text)
    if isinstance(status, Parsed):
        found.add(("delinquency", status.value))
    return found


def _joined(table: Table, row: int, first: Cell, second: Cell) -> Table:
    """The table with two rows as one; the label stands where its first piece stood."""
    box = first.box.union(second.box) if first.page == second.page else first.box
    label = replace(first, text=f"{first.text}\n{second.text}", box=box)
    kept = [cell for cell in table.cells if cell is not first and cell is not second]
    taken = {cell.col for cell in kept if cell.row in (row, row + 1) and cell.row_span == 1 and cell.text.strip()}
    cells = [label]
    for cell in kept:
        if cell.row_span == 1 and cell.row in (row, row + 1):
            if cell.text.strip() or (cell.row == row and cell.col not in taken):
                cells.append(replace(cell, row=row))
            continue
        end = cell.row + cell.row_span
        start = cell.row - (cell.row > row)
        cells.append(replace(cell, row=start, row_span=max(1, end - (end > row + 1) - start)))
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))
    return replace(table, cells=ordered, n_rows=table.n_rows - 1)

"""Other ways to look at the same table, for kinds that expect their labels in the first column and one kind of figure a column.

A table may be turned (labels on top, one row of values), it may state one figure a row with two labels before it (tranche,
item, amount), or name the account of several rows in a column of its own. The figures are the same; only who stands where is
told anew, so that no kind has to know every arrangement.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dealproof.interpret.layout import Matrix, is_figure, matrix, text_of, transposed
from dealproof.interpret.periods import own_columns
from dealproof.model.table import Cell, Table
from dealproof.values.buckets import parse_status_bucket
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import is_total_label, parse_tranche
from dealproof.values.units import find_units

Form = Literal["turned", "crossed", "under groups"]
#: Rows that each group has at least, and labels that two groups share, where two labels stand before a figure.
_LEAST_ROWS = 2
_LEAST_STATUSES = 3
_OF_ITEMS = frozenset(("tranche_payments", "delinquency", "revolving_purchases"))
_OF_COLUMNS = frozenset(("delinquency", "performance", "pool_stats", "revolving_purchases"))
_NUMBERED = re.compile(r"第[一二三四五六七八九十百\d]{1,3}(?:次|期|批|轮|笔)")


@dataclass(frozen=True, slots=True)
class View:
    """A table looked at in another way: `turned`, with its groups `crossed` with their labels, or with each label `under groups`.

    `readers` are the kinds that may read it; `is_telling` says that the arrangement is so particular that these are asked
    before the kinds that know the table as it stands.
    """

    table: Table
    form: Form
    readers: frozenset[str]
    is_telling: bool = False


@dataclass(frozen=True, slots=True)
class _Group:
    """Rows of the body that share their first cell."""

    head: Cell
    rows: tuple[Sequence[Cell | None], ...]


def views_of(table: Table) -> Iterator[View]:
    """The other views of a table; none where it has no other sense."""
    grid = matrix(table)
    groups = _groups(grid)
    if groups:
        if (crossed := _crossed(table, grid, groups)) is not None:
            yield View(crossed, "crossed", _OF_ITEMS, is_telling=True)
        yield View(_under_their_groups(table, grid, groups), "under groups", frozenset(("cash_flows",)))
    if table.n_rows > 1 and table.n_cols > 1:
        telling = _told_by_header(grid)
        yield View(transposed(table), "turned", telling or _OF_COLUMNS, is_telling=bool(telling))


def has_items(table: Table) -> bool:
    """Whether two labels stand before every figure, the second of which repeats for every first, or the first of which is a
    tranche: a row is one figure of something, not all that is said of it."""
    groups = _groups(matrix(table))
    return _shared_labels(groups) is not None or any(_is_tranche(group) for group in groups)


def _is_tranche(group: _Group) -> bool:
    return isinstance(parse_tranche(text_of(group.head)), Parsed)


def places_in(table: Table, view: Table, used: Iterable[tuple[int, int]]) -> frozenset[tuple[int, int]]:
    """Places of a view as places of the table."""
    grid, wanted = view.grid(), set(used)
    seen = {
        (cell.page, cell.box)
        for row, col in wanted
        if row < view.n_rows and col < view.n_cols and (cell := grid[row][col]) is not None
    }
    return frozenset(
        (row, col)
        for cell in table.cells
        if (cell.page, cell.box) in seen
        for row in range(cell.row, cell.row + cell.row_span)
        for col in range(cell.col, cell.col + cell.col_span)
    )


def _told_by_header(grid: Matrix) -> frozenset[str]:
    """The kind that the names of the columns show: they count purchases (第1次, 第2次), or are statuses of loans."""
    headers = [grid.header_text(index) for index in range(1, len(grid.columns))]
    if len(headers) > 1 and all(_NUMBERED.fullmatch(header) for header in headers):
        return frozenset(("revolving_purchases",))
    statuses = sum(1 for header in headers if isinstance(parse_status_bucket(header), Parsed))
    return frozenset(("delinquency",)) if statuses >= _LEAST_STATUSES else frozenset()


def _groups(grid: Matrix) -> list[_Group]:
    """The groups of rows under the texts of the first column, in front of texts in the second; none where a row has its own."""
    if len(grid.columns) < 3 or not grid.header:
        return []
    groups: list[_Group] = []
    for row in grid.body:
        head, label = row[0], row[1]
        if label is None or not text_of(label) or is_figure(label.text) or label is head:
            if head is not None and is_total_label(text_of(head)):
                continue
            return []
        if groups and (head is None or head is groups[-1].head or not text_of(head) or text_of(head) == text_of(groups[-1].head)):
            groups[-1] = replace(groups[-1], rows=(*groups[-1].rows, row))
        elif head is not None and text_of(head) and not is_figure(head.text):
            groups.append(_Group(head, (row,)))
        else:
            return []
    return groups if any(len(group.rows) >= _LEAST_ROWS for group in groups) else []


def _crossed(table: Table, grid: Matrix, groups: Sequence[_Group]) -> Table | None:
    """Groups as rows and their labels as columns, where the same labels stand in every group and one column holds the figures."""
    labels = _shared_labels(groups)
    if labels is None:
        return None
    of_group = [{text_of(row[1]): row for row in group.rows} for group in groups]
    index = _value_column(grid)
    if index is None:
        return None
    cells = [_placed(label, 0, col) for col, label in enumerate(labels.values(), start=1)]
    if (corner := grid.header[-1][0]) is not None:
        cells.append(_placed(corner, 0, 0))
    for at, (group, own) in enumerate(zip(groups, of_group, strict=True), start=1):
        cells.append(_placed(group.head, at, 0))
        for col, label in enumerate(labels, start=1):
            cell = own[label][index] if label in own else None
            if cell is not None:
                cells.append(_placed(cell, at, col))
    header = grid.header_text(index)
    unit = header if any(each.kind == "money" for each in find_units(header)) else table.unit_line
    return _table(table, cells, len(groups) + 1, len(labels) + 1, unit)


def _shared_labels(groups: Sequence[_Group]) -> dict[str, Cell] | None:
    """The labels of all groups, each once, where most of them stand in every group; None where they do not."""
    if not groups or any(len(group.rows) < _LEAST_ROWS for group in groups):
        return None
    if len(groups) < 2 and not _is_tranche(groups[0]):
        return None
    of_group = [[text_of(row[1]) for row in group.rows] for group in groups]
    labels = {text_of(cell): cell for group in groups for row in group.rows if (cell := row[1]) is not None}
    shared = set(labels).intersection(*map(set, of_group))
    is_once = all(len(set(own)) == len(own) for own in of_group)
    return labels if is_once and len(shared) >= _LEAST_ROWS and 2 * len(shared) >= len(labels) else None


def _value_column(grid: Matrix) -> int | None:
    """The only column of figures behind two labels that speaks of the reported period."""
    columns = [i for i in range(2, len(grid.columns)) if any(is_figure(text_of(row[i])) for row in grid.body)]
    own = [columns[at] for at in own_columns([grid.header_text(i) for i in columns])] if len(columns) > 1 else columns
    return own[0] if len(own) == 1 else None


def _under_their_groups(table: Table, grid: Matrix, groups: Sequence[_Group]) -> Table:
    """The table without its first column; the name of each group stands above its labels, that of the first in the header."""
    cells = [
        replace(cell, col=max(cell.col - 1, 0), col_span=max(1, cell.col_span - (cell.col == 0)))
        for cell in table.cells
        if cell.row < grid.first_row and cell.col > 1
    ]
    row_at = grid.first_row - 1
    for group in groups:
        cells.append(_placed(group.head, row_at, 0))
        for row in group.rows:
            row_at += 1
            cells += [_placed(cell, row_at, col) for col, cell in enumerate(row[1:]) if cell is not None]
        row_at += 1
    return _table(table, cells, row_at, table.n_cols - 1, table.unit_line)


def _placed(cell: Cell, row: int, col: int) -> Cell:
    return replace(cell, row=row, col=col, row_span=1, col_span=1)


def _table(table: Table, cells: Sequence[Cell], n_rows: int, n_cols: int, unit_line: str) -> Table:
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.col)))
    return replace(table, cells=ordered, n_rows=n_rows, n_cols=n_cols, unit_line=unit_line)

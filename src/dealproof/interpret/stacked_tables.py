"""Tables that stand under each other with the same columns and were found as one: where the header comes again over other rows,
another table begins, with the caption that stands right above it.

    利率区间 | 笔数 | 占比          利率区间 | 笔数 | 占比
    [3%,4%) |  12 |  40          [3%,4%) |  12 |  40
    合计     |  30 | 100          合计     |  30 | 100
    贷款账龄分布                   贷款账龄分布
    账龄(年) | 笔数 | 占比    ->    账龄(年) | 笔数 | 占比
    (0,2]   |   9 |  30          (0,2]   |   9 |  30

A header that comes again with the same first column and without a caption is that of a further page, and parts nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from dealproof.interpret.layout import is_figure, text_of
from dealproof.interpret.loan_pages import WithoutLoans, without_loans
from dealproof.model.evidence import Box
from dealproof.model.extract import Extract
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.tranches import is_total_label

#: Columns besides the first that a header has at least.
_LEAST = 2
_Row = Sequence[Cell | None]


def apart(extract: Extract) -> WithoutLoans:
    """An extract without its lists of single loans, every table that holds several under each other parted into these."""
    bare = without_loans(extract)
    return replace(bare, extract=replace(bare.extract, tables=tuple(part for table in bare.extract.tables for part in _parts(table))))


def _parts(table: Table) -> list[Table]:
    grid = table.grid()
    heads = _heads(grid)
    if not heads:
        return [table]
    found: list[Table] = []
    title, first = table.title, 0
    for head in (*heads, table.n_rows):
        caption, last = _caption_over(grid, head) if head < table.n_rows else ("", head)
        found.append(_part(table, first, last, head, title, is_first=not found, is_last=head == table.n_rows))
        title, first = caption, head
    return found


def _heads(grid: Sequence[_Row]) -> list[int]:
    """The rows in which the header of the first columns comes again over rows of something else."""
    top = next((row for row in grid[:2] if _is_header(row)), None)
    if top is None:
        return []
    own = [text_of(cell) for cell in top[1:]]
    heads = []
    for at, row in enumerate(grid):
        if at < 3 or row is top or not _is_header(row) or [text_of(cell) for cell in row[1:]] != own:
            continue
        if text_of(row[0]) != text_of(top[0]) or _caption_over(grid, at)[0]:
            heads.append(at)
    return heads


def _is_header(row: _Row) -> bool:
    cells = [cell for cell in row if cell is not None]
    texts = [text_of(cell) for cell in cells]
    return len(texts) > _LEAST and all(texts) and not any(map(is_figure, texts)) and all(cell.row_span == 1 and cell.col_span == 1 for cell in cells)


def _caption_over(grid: Sequence[_Row], head: int) -> tuple[str, int]:
    """The caption above a header, and the first row that is no longer of the table above: the caption has a row of its own,
    or hangs below the label of the total row."""
    row = grid[head - 1]
    text = text_of(row[0])
    if text and not is_total_label(text) and not is_figure(text) and all(cell is None or cell is row[0] or not text_of(cell) for cell in row[1:]):
        return squeeze(text), head - 1
    label, *below = row[0].text.split("\n") if row[0] is not None else ("",)
    if below and is_total_label(label):
        return squeeze("".join(below)), head
    return "", head


def _part(table: Table, first: int, last: int, head: int, title: str, *, is_first: bool, is_last: bool) -> Table:
    cells = []
    for cell in table.cells:
        if first <= cell.row < last:
            label, *below = cell.text.split("\n")
            is_glued = cell.col == 0 and cell.row == head - 1 and bool(below) and is_total_label(label) and not is_last
            cells.append(replace(cell, row=cell.row - first, row_span=min(cell.row_span, last - cell.row), text=label if is_glued else cell.text))
    pages = tuple(sorted({cell.page for cell in cells}))
    on_first = [cell.box for cell in cells if cell.page == pages[0]]
    box = Box(min(each.x0 for each in on_first), min(each.top for each in on_first), max(each.x1 for each in on_first), max(each.bottom for each in on_first))
    return replace(
        table, cells=tuple(cells), n_rows=last - first, pages=pages, box=box, title=title, lead=table.lead if is_first else "",
        notes=table.notes if is_last else (), joined_from=min(table.joined_from, len(pages)),
        tails=tuple(tail for tail in table.tails if tail[0] in pages) if is_last else (),
    )  # fmt: skip

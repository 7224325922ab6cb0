"""What rows below a page break owe to those above it: the label of their group, printed once, and where the label of a total stands."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dealproof.model.table import Cell
from dealproof.tables.columns import TOTALS
from dealproof.tables.values import is_name, is_value
from dealproof.text import squeeze


def with_label_carried(above: Sequence[Cell], below: Sequence[Cell], first: int) -> list[Cell]:
    """The cells of both parts, those below numbered from row `first` on, with the last label of a group above the break reaching over
    the rows below it that have none."""
    label = next((c for c in above if c.col == 0 and c.row + c.row_span == first and _may_be_group(c)), None)
    own = {c.row: c for c in below if c.col == 0}
    if label is not None and _is_printed_again(label, own.get(first), (*above, *below)):
        kept = [cell for cell in below if cell is not own[first]]
        return [replace(c, row_span=c.row_span + own[first].row_span) if c is label else c for c in above] + kept
    rows = _unlabelled(below, own, first)
    if label is None or not rows or not any(_is_group(cell, cells) for cells in (above, below) for cell in cells):
        return [*above, *below]
    longer = replace(label, row_span=label.row_span + len(rows))
    kept = [cell for cell in below if not (cell.col == 0 and cell.row in rows)]
    return [longer if cell is label else cell for cell in above] + kept


def _is_printed_again(label: Cell, cell: Cell | None, cells: Sequence[Cell]) -> bool:
    """Whether the label of a header inside a table stands again below the break that cuts the header's levels."""
    if cell is None or squeeze(cell.text) != squeeze(label.text) or not cell.text.strip():
        return False
    beside = [c for c in cells if c.col > 0 and c.text.strip() and label.row <= c.row < cell.row + cell.row_span]
    levels = [{squeeze(c.text) for c in beside if (c.row < cell.row) is upper} for upper in (True, False)]
    return all(levels) and not levels[0] & levels[1] and not any(is_value(c.text) for c in beside)


def with_totals_as_above(above: Sequence[Cell], below: Sequence[Cell]) -> list[Cell]:
    """The cells below a break, the label of a total that is alone in two label columns set where those above the break stand: among the
    rows of its group, or over both columns."""
    end = max((c.row + c.row_span for c in above), default=0)
    begun = [c for c in above if c.col == 0 and c.row + c.row_span == end and c.row_span == 1 and _may_be_group(c) and is_name(_beside(above, c))]
    labels = [*(c for c in above if c.col == 0 and c.row_span > 1), *begun]
    groups = [{c.row for c in above if c.col == 1 and _is_total(c)} & {*range(label.row, label.row + label.row_span)} for label in labels]
    seconds = [c for c in above if c.col == 1 and c.col_span == 1]
    if any(groups):
        place = None if groups[-1] else (1, 1)
    else:
        place = (0, 2) if 2 * sum(1 for c in seconds if is_name(c.text)) > len(seconds) else None
    beside = Counter(c.row for c in below if c.col < 2 and c.text.strip())
    totals = [c for c in below if c.col < 2 and c.col + c.col_span <= 2 and _is_total(c) and beside[c.row] == 1]
    if place is None or len(totals) != 1:
        return list(below)
    at, wide = place
    set_anew = [replace(c, col=at, col_span=wide) if c is totals[0] else c for c in below]
    return [c for c in set_anew if c.text.strip() or c.row != totals[0].row or not at <= c.col < at + wide]


def _beside(cells: Sequence[Cell], label: Cell) -> str:
    """What stands in the second column beside a label of one row."""
    return next((c.text for c in cells if c.row == label.row and c.col == 1), "")


def _is_total(cell: Cell) -> bool:
    return squeeze(cell.text).lower() in TOTALS


def _may_be_group(cell: Cell) -> bool:
    text = squeeze(cell.text)
    return cell.col_span == 1 and text.lower() not in TOTALS and is_name(text)


def _unlabelled(below: Sequence[Cell], own: dict[int, Cell], first: int) -> list[int]:
    """The rows from the break on that are named in the second column and have no text in the first."""
    named = {c.row for c in below if c.col == 1 and c.text.strip()}
    rows: list[int] = []
    row = first
    while row in named and (row not in own or not own[row].text.strip()):
        span = own[row].row_span if row in own else 1
        rows += range(row, row + span)
        row += span
    return rows


def _is_group(cell: Cell, cells: Sequence[Cell]) -> bool:
    """Whether a cell of the first column stands beside several rows that hold values."""
    if cell.col != 0 or cell.row_span < 2:
        return False
    valued = {c.row for c in cells if c.col > 0 and c.row_span == 1 and is_value(c.text)}
    return all(row in valued for row in range(cell.row, cell.row + cell.row_span))

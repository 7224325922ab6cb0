"""A column of group labels in front of a table, told by rules between rows that leave it out.

Where the label of a group stands beside several rows, the rules between these rows begin behind it, and only those between groups
reach the edge of the table.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dealproof.model.table import Cell
from dealproof.tables.bands import Bar
from dealproof.tables.edges import Edge
from dealproof.tables.group_labels import with_group_labels
from dealproof.tables.lines import TextLine
from dealproof.tables.page import Char
from dealproof.tables.values import is_value
from dealproof.text import squeeze

#: Points by which ends of rules that stand over one another differ.
SAME = 4.0
#: Heights of a line by which lines of one label are apart at most.
LINES_APART = 1.2
#: Rules that reach the edge of a table at least, and lines of its last row at most.
FEWEST_WIDE, MOST_LINES = 2, 2


@dataclass(frozen=True, slots=True)
class Front:
    """The bound `at` of a first column that some rules leave out, from `top` to `bottom`, and the heights of the rules that
    part the cells of the column."""

    at: float
    top: float
    bottom: float
    closed: tuple[float, ...]

    @property
    def edge(self) -> Edge:
        """The bound as an upright line that is not drawn."""
        return Edge(self.at, self.top, self.bottom, False)


def fronts(bars: Sequence[Bar], lines: Sequence[TextLine]) -> list[Front]:
    """The first columns that the rules of a page tell, from top to bottom."""
    found: list[Front] = []
    ordered = sorted(bars, key=lambda bar: bar.y)
    for wide in ordered:
        if any(front.top - 1 <= wide.y < front.bottom for front in found):
            continue
        front = _front(wide, [bar for bar in ordered if _is_of(bar, wide)], lines)
        if front is not None:
            found.append(front)
    return found


def closed_at_foot(bars: Sequence[Bar], lines: Sequence[TextLine]) -> list[Bar]:
    """The rules of a page with one under its last row, where a page break cuts a group of rows, so that the last rule begins behind
    the label of the group."""
    last = max(bars, key=lambda bar: bar.y, default=None)
    if last is None or not lines:
        return list(bars)
    wide = [bar for bar in bars if abs(bar.x1 - last.x1) <= SAME and bar.x0 < last.x0 - SAME]
    row = [line for line in lines if line.middle > last.y]
    if len(wide) < FEWEST_WIDE or not 0 < len(row) <= MOST_LINES or len({round(bar.x0) for bar in wide}) > 1:
        return list(bars)
    room = row[0].box.top - last.y
    within = all(wide[0].x0 - SAME <= line.box.x0 and line.box.x1 <= wide[0].x1 + SAME for line in row)
    is_row = room <= LINES_APART * row[0].size and any(is_value(segment.text) for line in row for segment in line.segments[1:])
    return [*bars, replace(wide[0], y=max(line.box.bottom for line in row) + room)] if within and is_row else list(bars)


def reaching_the_edge(bars: Sequence[Bar], own_fronts: Sequence[Front]) -> list[Bar]:
    """The rules without those between the rows of a group, which begin behind its label."""
    return [
        bar
        for bar in bars
        if not any(abs(bar.x0 - front.at) <= SAME and front.top <= bar.y <= front.bottom for front in own_fronts)
    ]


def _is_of(bar: Bar, wide: Bar) -> bool:
    """Whether a rule is one of the table below a rule: with the same right end, and no further to the left."""
    return bar.y >= wide.y and abs(bar.x1 - wide.x1) <= SAME and bar.x0 >= wide.x0 - SAME


def _front(wide: Bar, stack: Sequence[Bar], lines: Sequence[TextLine]) -> Front | None:
    starts = [bar.x0 for bar in stack if bar.x0 > wide.x0 + SAME and _parts_rows(bar, stack, lines)]
    if not starts:
        return None
    at = starts[0]
    kept = [wide]
    for upper, lower in pairwise(stack):
        if not (abs(lower.x0 - wide.x0) <= SAME or abs(lower.x0 - at) <= SAME) or not _is_free(at, upper, lower, lines):
            break
        kept.append(lower)
    while len(kept) > 1 and kept[-1].x0 > wide.x0 + SAME:
        kept.pop()
    closed = tuple(bar.y for bar in kept if bar.x0 <= wide.x0 + SAME)
    inside = [line for line in lines if wide.y < line.middle < kept[-1].y]
    labelled = any(_middle(char) < at for line in inside for char in _chars(line))
    if not any(at - SAME <= bar.x0 for bar in kept) or not labelled:
        return None
    return Front(at, wide.y, kept[-1].y, closed)


def _parts_rows(bar: Bar, stack: Sequence[Bar], lines: Sequence[TextLine]) -> bool:
    """Whether a value stands in the rows on both sides of a rule: it is none under a heading."""
    above = max((other.y for other in stack if other.y < bar.y), default=None)
    below = min((other.y for other in stack if other.y > bar.y), default=None)
    if above is None or below is None:
        return False
    return _has_value(bar, above, bar.y, lines) and _has_value(bar, bar.y, below, lines)


def _has_value(bar: Bar, top: float, bottom: float, lines: Sequence[TextLine]) -> bool:
    return any(
        is_value(segment.text) and segment.box.x0 >= bar.x0
        for line in lines
        if top < line.middle < bottom
        for segment in line.segments
    )


def _is_free(at: float, upper: Bar, lower: Bar, lines: Sequence[TextLine]) -> bool:
    """Whether no letter stands on the bound between two rules."""
    return not any(
        char.x0 < at - 1 and char.x1 > at + 1
        for line in lines
        if upper.y < line.middle < lower.y
        for char in _chars(line)
    )


def _chars(line: TextLine) -> list[Char]:
    return [char for segment in line.segments for char in segment.chars]


def _middle(char: Char) -> float:
    return (char.x0 + char.x1) / 2


def with_closed_labels(cells: Sequence[Cell], first_row: int, own_fronts: Sequence[Front]) -> list[Cell]:
    """The cells of a table with the first column's made one between the rules that part them, from the row `first_row` on."""
    heights = _heights(cells, first_row)
    own = [cell for cell in cells if cell.col == 0 and cell.col_span == 1 and cell.row >= first_row]
    kept = [cell for cell in cells if cell not in own]
    for top, bottom in (pair for front in own_fronts for pair in pairwise(front.closed)):
        held = sorted((c for c in own if top < (c.box.top + c.box.bottom) / 2 < bottom), key=lambda c: (c.box.top, c.box.x0))
        rows = [row for row, height in heights.items() if top < height < bottom]
        if not held or not rows:
            continue
        own = [cell for cell in own if cell not in held]
        if _are_several(held):
            beside = [cell for cell in kept if cell.row in rows]
            kept = [cell for cell in kept if cell not in beside]
            kept += with_group_labels([*beside, *held], min(rows))
        else:
            kept.append(_one(held, min(rows), max(rows) - min(rows) + 1))
    ends = [front.closed[-1] for front in own_fronts]
    rest = [cell for cell in own if ends and (cell.box.top + cell.box.bottom) / 2 > max(ends)]
    if not rest:
        return [*kept, *own]
    rows = [row for row, height in heights.items() if height > max(ends)]
    beside = [cell for cell in kept if cell.row in rows]
    grouped = with_group_labels([*beside, *rest], min([*rows, *(cell.row for cell in rest)]))
    return [*(cell for cell in (*kept, *own) if cell not in beside and cell not in rest), *grouped]


def _are_several(held: Sequence[Cell]) -> bool:
    """Whether labels that no rule parts stand further apart than lines of one label do, and are words, not its letters."""
    return all(len(squeeze(cell.text)) > 1 for cell in held) and any(
        below.box.top - above.box.bottom > LINES_APART * (above.box.bottom - above.box.top) / (above.text.count("\n") + 1)
        for above, below in pairwise(held)
    )


def _heights(cells: Sequence[Cell], first_row: int) -> dict[int, float]:
    """The height of each row of the body, as its cells beside the first column tell."""
    found: dict[int, list[float]] = {}
    for cell in cells:
        if cell.row >= first_row and cell.col > 0 and cell.row_span == 1:
            found.setdefault(cell.row, []).append((cell.box.top + cell.box.bottom) / 2)
    return {row: sum(heights) / len(heights) for row, heights in found.items()}


def _one(held: Sequence[Cell], row: int, row_span: int) -> Cell:
    box = held[0].box
    for cell in held[1:]:
        box = box.union(cell.box)
    return replace(held[0], text="\n".join(cell.text for cell in held), row=row, row_span=row_span, box=box)

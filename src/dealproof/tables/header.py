"""Header cells of a table without a grid: which column each header text belongs to, in one or two levels.

Headers are centred where figures stand right, so a header text is given to a column by order and distance, not by
where its letters happen to stand.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dealproof.model.table import Cell
from dealproof.tables.lines import Segment, TextLine, bounding, run_text


@dataclass(frozen=True, slots=True)
class Placed:
    """A header segment with the columns that it stands over."""

    first: int
    last: int
    segment: Segment


def header_cells(lines: Sequence[TextLine], slots: Sequence[tuple[float, float]], page: int, reader: str) -> list[Cell]:
    """Return the header cells; `slots` are left and right bounds of all columns."""
    if not lines:
        return []
    placed = [(line, _place_line(line, slots)) for line in lines]
    lower = _lower_level(placed)
    if not lower:
        return _flat([p for _, level in placed for p in level], page, reader)
    under = [p for line, level in placed if line in lower for p in level]
    own = [p for line, level in placed if line not in lower for p in level]
    return _two_levels(own, under, slots, page, reader)


def _lower_level(placed: Sequence[tuple[TextLine, list[Placed]]]) -> list[TextLine]:
    """The lines of the second level: those with texts in columns that have no text of their own a line above.

    A wrapped header has text above in each of its columns; under a group heading the columns beside it have none.
    """
    for index in range(1, len(placed)):
        line, level = placed[index]
        above = {
            p.first for other, upper in placed[:index] if line.middle - other.middle >= 0.9 * line.size for p in upper
        }
        if above and {p.first for p in level} - above and any(p.first in above or len(level) >= 2 for p in level):
            return [other for other, _ in placed[index:]]
    return []


def _place_line(line: TextLine, slots: Sequence[tuple[float, float]]) -> list[Placed]:
    """Give each segment one column, keeping their order, with the least total distance between centres."""
    segments = line.segments
    if len(segments) > len(slots):
        return [Placed(c, c, s) for s in segments if (c := _nearest(s, slots)) >= 0]
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for i, segment in enumerate(segments):
        for column in range(i, len(slots) - (len(segments) - i - 1)):
            options = [v for (done, upto), v in best.items() if done == i and upto <= column]
            if options:
                cost, chosen = min(options)
                total = cost + _distance(segment, slots[column])
                known = best.get((i + 1, column + 1))
                if known is None or total < known[0]:
                    best[(i + 1, column + 1)] = (total, (*chosen, column))
    _, columns = min(v for (done, _), v in best.items() if done == len(segments))
    return [Placed(c, c, s) for c, s in zip(columns, segments, strict=True)]


def _nearest(segment: Segment, slots: Sequence[tuple[float, float]]) -> int:
    return min(range(len(slots)), key=lambda i: _distance(segment, slots[i]))


def _distance(segment: Segment, slot: tuple[float, float]) -> float:
    return abs((segment.box.x0 + segment.box.x1) / 2 - (slot[0] + slot[1]) / 2)


def _flat(placed: Sequence[Placed], page: int, reader: str) -> list[Cell]:
    columns: dict[int, list[Placed]] = {}
    for p in placed:
        columns.setdefault(p.first, []).append(p)
    return [_cell(parts, 0, column, 1, 1, page, reader) for column, parts in sorted(columns.items())]


def _two_levels(
    own: Sequence[Placed], under: Sequence[Placed], slots: Sequence[tuple[float, float]], page: int, reader: str
) -> list[Cell]:
    lower = sorted({p.first for p in under})
    cells: list[Cell] = []
    spanned: set[int] = set()
    single: dict[int, list[Placed]] = {}
    for p in own:
        first, last = _group_under(p, under, [c for c in lower if c not in spanned])
        if last > first:
            cells.append(_cell([p], 0, first, 1, last - first + 1, page, reader))
            spanned.update(range(first, last + 1))
        else:
            single.setdefault(p.first, []).append(p)
    for column, parts in single.items():
        if column not in spanned:
            below = [p for p in under if p.first == column]
            cells.append(_cell([*parts, *below], 0, column, 2, 1, page, reader))
    for column in lower:
        parts = [p for p in under if p.first == column]
        if column in spanned:
            cells.append(_cell(parts, 1, column, 1, 1, page, reader))
        elif column not in single:
            cells.append(_cell(parts, 0, column, 2, 1, page, reader))
    return sorted(cells, key=lambda c: (c.row, c.col))


def _group_under(heading: Placed, under: Sequence[Placed], free: Sequence[int]) -> tuple[int, int]:
    """The run of lower columns over whose middle a heading stands; (c, c) when it is that of a single column."""
    centre = (heading.segment.box.x0 + heading.segment.box.x1) / 2
    best, width = (heading.first, heading.first), float("inf")
    for i, first in enumerate(free):
        for last in free[i:]:
            texts = [p.segment.box for p in under if first <= p.first <= last]
            off = abs((min(b.x0 for b in texts) + max(b.x1 for b in texts)) / 2 - centre)
            if last - first + 1 == len([c for c in free if first <= c <= last]) and _better(
                off, width, last - first, best
            ):
                best, width = (first, last), off
    return best


def _better(off: float, best_off: float, reach: int, best: tuple[int, int]) -> bool:
    """A nearer middle wins; among nearly equal middles the wider group."""
    if abs(off - best_off) <= 3.0:
        return reach > best[1] - best[0]
    return off < best_off


def _cell(parts: Sequence[Placed], row: int, col: int, row_span: int, col_span: int, page: int, reader: str) -> Cell:
    ordered = sorted(parts, key=lambda p: (p.segment.box.top, p.segment.box.x0))
    chars = [c for p in ordered for c in p.segment.chars]
    text = "\n".join(run_text(p.segment.chars) for p in ordered)
    return Cell(text, row, col, row_span, col_span, page, bounding(chars), reader)

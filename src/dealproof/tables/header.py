"""Header cells of a table without a grid: a tree over columns that are known, its leaves first.

Headers are centred where figures stand right, so a header text is given to a column by order and distance, not by
where its letters happen to stand. A heading stands over the run of columns whose middle it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from dealproof.model.evidence import Box
from dealproof.model.table import Cell
from dealproof.tables.lines import Segment, TextLine, bounding, run_text
from dealproof.tables.page import Char

#: Gap in points that parts two header texts that nearly touch, where a column ends; and by how much it must exceed the others.
NARROW_GAP, MORE_THAN_OTHERS = 0.4, 0.3
#: Gap, in font sizes, that is wider than a blank between two words of a language that has blanks.
BLANK = 0.42
#: Share of the size by which headings of one line may differ in height.
LEVEL = 0.3
#: What closes the unit at the end of a header.
_CLOSING = frozenset(")）")
Slots = Sequence[tuple[float, float]]
#: Distances of middles summed up, and the run of columns of each heading.
Share = tuple[float, tuple[tuple[int, int], ...]]


@dataclass(frozen=True, slots=True)
class Placed:
    """A header segment with the columns that it stands over."""

    first: int
    last: int
    segment: Segment


@dataclass(frozen=True, slots=True)
class Node:
    """One header cell: its rows, its columns, its texts."""

    row: int
    row_span: int
    first: int
    last: int
    segments: tuple[Segment, ...]


def header_cells(lines: Sequence[TextLine], slots: Slots, page: int, reader: str) -> list[Cell]:
    """Return the header cells; `slots` are left and right bounds of all columns."""
    if not lines:
        return []
    nodes, _ = header_tree(lines, slots)
    return [_cell(node, page, reader) for node in nodes]


def header_tree(lines: Sequence[TextLine], slots: Slots) -> tuple[list[Node], int]:
    """The header cells in the order of their places, and the number of rows that they take."""
    nodes, height = _tree([cut_at_gutters(line, slots) for line in lines], slots)
    return sorted(nodes, key=lambda node: (node.row, node.first)), height


def names_columns(lines: Sequence[TextLine], slots: Slots) -> bool:
    """Whether lines hold a text for every column of three and more, the first apart, and none that reaches beyond them."""
    if not lines or len(slots) < 3:
        return False
    within = all(slots[0][0] - line.size <= line.box.x0 and line.box.x1 <= slots[-1][1] + line.size for line in lines)
    placed = {p.first for line in lines for p in _place_line(cut_at_gutters(line, slots), slots)}
    return within and placed >= set(range(1, len(slots)))


def cut_at_gutters(line: TextLine, slots: Slots) -> TextLine:
    """The line with its segments that reach over the middles of two columns cut where a narrow gap is wider than others, or
    behind the bracket of a unit where as many stand there as columns end."""
    segments = [part for segment in line.segments for part in _cut(segment, slots, line.size)]
    return replace(line, segments=tuple(segments))


def _cut(segment: Segment, slots: Slots, size: float) -> list[Segment]:
    chars = segment.chars
    gaps = [b.x0 - a.x1 for a, b in pairwise(chars)]
    crossed = [
        left[1] for left, right in pairwise(slots) if segment.box.x0 < sum(left) / 2 and sum(right) / 2 < segment.box.x1
    ]
    if not crossed or not gaps:
        return [segment]
    usual = median(gaps)
    cuts: set[int] = set()
    for index, x in enumerate(crossed):
        low = (crossed[index - 1] + x) / 2 if index else segment.box.x0
        high = (x + crossed[index + 1]) / 2 if index + 1 < len(crossed) else segment.box.x1
        near = [i for i in range(len(gaps)) if low <= (chars[i].x1 + chars[i + 1].x0) / 2 <= high]
        best = max(near, key=lambda i: (round(gaps[i], 2), -abs((chars[i].x1 + chars[i + 1].x0) / 2 - x)), default=None)
        if best is None:
            continue
        least = BLANK * size if any(_may_have_blank(char) for char in chars[best : best + 2]) else NARROW_GAP
        if gaps[best] >= max(least, usual + MORE_THAN_OTHERS):
            cuts.add(best + 1)
    closed = [index for index, (a, b) in enumerate(pairwise(chars), 1) if a.text in _CLOSING and b.text not in _CLOSING]
    if not cuts and len(closed) == len(crossed):
        cuts = set(closed)
    parts = [chars[a:b] for a, b in pairwise([0, *sorted(cuts), len(chars)])]
    return [_segment(part) for part in parts]


def _may_have_blank(char: Char) -> bool:
    """Whether a blank stands beside a letter as a matter of course: Latin letters and figures."""
    return char.text.isascii() and char.text.isalnum()


def _segment(chars: Sequence[Char]) -> Segment:
    return Segment(run_text(chars), bounding(chars), tuple(chars))


def _tree(lines: Sequence[TextLine], slots: Slots) -> tuple[list[Node], int]:
    """The cells of these lines and the number of rows that they take."""
    placed = [(line, _place_line(line, slots)) for line in lines]
    split = _lower_level(placed)
    if split is None:
        return _flat(placed), 1
    under, height = _tree(lines[split:], slots)
    return _with_headings(placed[:split], under, height, slots), height + 1


def _lower_level(placed: Sequence[tuple[TextLine, list[Placed]]]) -> int | None:
    """The first line of the next level: one with texts in columns that have no text of their own a line above.

    A wrapped header has text above in each of its columns; under a group heading the columns beside it have none.
    """
    for index in range(1, len(placed)):
        line, level = placed[index]
        above = {
            p.first for other, upper in placed[:index] if line.middle - other.middle >= 0.9 * line.size for p in upper
        }
        if above and {p.first for p in level} - above and any(p.first in above or len(level) >= 2 for p in level):
            return index
    return None


def _flat(placed: Sequence[tuple[TextLine, list[Placed]]]) -> list[Node]:
    columns: dict[int, list[Segment]] = {}
    for _, level in placed:
        for each in level:
            columns.setdefault(each.first, []).append(each.segment)
    return [Node(0, 1, column, column, tuple(segments)) for column, segments in sorted(columns.items())]


def _with_headings(
    own: Sequence[tuple[TextLine, list[Placed]]], under: Sequence[Node], height: int, slots: Slots
) -> list[Node]:
    """The level below with the headings of the level above it."""
    below = {column for node in under for column in range(node.first, node.last + 1)}
    texts = sorted((p for _, level in own for p in level), key=lambda p: (p.segment.box.x0, p.segment.box.top))
    headings = [p for p in texts if p.first in below or _column_at(p.segment, slots) in below]
    single: dict[int, list[Placed]] = {}
    for alone in texts:
        if alone not in headings:
            single.setdefault(alone.first, []).append(alone)
    spans = _tiling(headings, under, slots) or _one_by_one(headings, under)
    groups = [Node(0, 1, first, last, (p.segment,)) for p, (first, last) in zip(headings, spans, strict=True) if last > first]
    spanned = {column for group in groups for column in range(group.first, group.last + 1)}
    for heading, (first, last) in zip(headings, spans, strict=True):
        if first == last:
            single.setdefault(first, []).append(heading)
    heights = [group.segments[0].box for group in groups]
    found = list(groups)
    for node in under:
        heading_segments = tuple(p.segment for p in single.pop(node.first, [])) if node.first == node.last else ()
        if any(node.first in range(g.first, g.last + 1) for g in groups):
            found.append(replace(node, row=node.row + 1))
        elif not heading_segments:
            found.append(
                replace(node, row_span=node.row_span + 1) if node.row == 0 else replace(node, row=node.row + 1)
            )
        elif _is_level_with(heading_segments, heights):
            found.append(Node(0, 1, node.first, node.last, heading_segments))
            found.append(replace(node, row=node.row + 1))
        else:
            both = (*heading_segments, *node.segments)
            found.append(replace(node, row=0, row_span=node.row + node.row_span + 1, segments=both))
    for column, held in single.items():
        if column not in spanned:
            found.append(Node(0, height + 1, column, column, tuple(p.segment for p in held)))
    return found


def _column_at(segment: Segment, slots: Slots) -> int:
    """The column in whose bounds the middle of a text stands."""
    centre = (segment.box.x0 + segment.box.x1) / 2
    return sum(1 for _, right in slots[:-1] if right <= centre)


def _tiling(headings: Sequence[Placed], under: Sequence[Node], slots: Slots) -> list[tuple[int, int]]:
    """The run of columns of each heading of one line, when together they take all the columns whose texts stand low.

    What stands at half height beside both levels has no heading, and the first column, which names the rows, need not have one. Of all ways to share the columns out in their order, that
    with the least distance between the middles of headings and runs. Empty where the headings are not of one line, or too many.
    """
    if not headings:
        return []
    heights = [_middle(p.segment) for p in headings]
    size = headings[0].segment.box.bottom - headings[0].segment.box.top
    if max(heights) - min(heights) > LEVEL * size:
        return []
    top = sum(heights) / len(heights)
    first_row = [node for node in under if node.row == 0]
    middles = {node.first: sum(map(_middle, node.segments)) / len(node.segments) for node in first_row}
    low = max(middles.values(), default=top)
    free = [n for n in first_row if middles[n.first] > top + 0.7 * (low - top)]
    shares = [_shares(headings, free, slots)]
    if free and free[0].first == 0:
        shares.insert(0, _shares(headings, free[1:], slots))
    return list(min((share for share in shares if share is not None), key=lambda share: share[0], default=(0.0, ()))[1])




def _shares(headings: Sequence[Placed], free: Sequence[Node], slots: Slots) -> Share | None:
    """The way to share columns out among headings with the least distance of their middles, and that distance."""
    best: dict[int, Share] = {0: (0.0, ())}
    for heading in headings:
        following: dict[int, Share] = {}
        for start, (cost, runs) in best.items():
            for end in range(start + 1, len(free) + 1):
                run = free[start:end]
                if any(left.last + 1 != right.first for left, right in pairwise(run)):
                    break
                total = cost + _off(heading.segment, run, slots)
                if end not in following or total < following[end][0]:
                    following[end] = total, (*runs, (run[0].first, run[-1].last))
        best = following
    return best.get(len(free))


def _off(segment: Segment, run: Sequence[Node], slots: Slots) -> float:
    """How far the middle of a heading is from that of a run of columns, by their texts or by their bounds."""
    centre = (segment.box.x0 + segment.box.x1) / 2
    boxes = [each.box for node in run for each in node.segments]
    by_text = (min(box.x0 for box in boxes) + max(box.x1 for box in boxes)) / 2
    by_bounds = (slots[run[0].first][0] + slots[run[-1].last][1]) / 2
    return min(abs(by_text - centre), abs(by_bounds - centre))


def _middle(segment: Segment) -> float:
    return (segment.box.top + segment.box.bottom) / 2


def _one_by_one(headings: Sequence[Placed], under: Sequence[Node]) -> list[tuple[int, int]]:
    """The run of columns of each heading for itself, from left to right."""
    lower = sorted({column for node in under for column in range(node.first, node.last + 1)})
    spanned: set[int] = set()
    found: list[tuple[int, int]] = []
    for heading in headings:
        first, last = _group_under(heading, under, [c for c in lower if c not in spanned])
        if last > first:
            spanned.update(range(first, last + 1))
            found.append((first, last))
        else:
            found.append((heading.first, heading.first))
    return found


def _is_level_with(segments: Sequence[Segment], others: Sequence[Box]) -> bool:
    """Whether a text stands at the very height of headings over several columns, and so is a heading too."""
    middle = (segments[0].box.top + segments[-1].box.bottom) / 2
    size = segments[0].box.bottom - segments[0].box.top
    return any(abs((box.top + box.bottom) / 2 - middle) <= 0.2 * size for box in others)


def _place_line(line: TextLine, slots: Slots) -> list[Placed]:
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


def _nearest(segment: Segment, slots: Slots) -> int:
    return min(range(len(slots)), key=lambda i: _distance(segment, slots[i]))


def _distance(segment: Segment, slot: tuple[float, float]) -> float:
    return abs((segment.box.x0 + segment.box.x1) / 2 - (slot[0] + slot[1]) / 2)


def _group_under(heading: Placed, under: Sequence[Node], free: Sequence[int]) -> tuple[int, int]:
    """The run of lower columns over whose middle a heading stands; (c, c) when it is that of a single column."""
    centre = (heading.segment.box.x0 + heading.segment.box.x1) / 2
    best, width = (heading.first, heading.first), float("inf")
    for i, first in enumerate(free):
        for last in free[i:]:
            texts = [s.box for n in under if first <= n.first and n.last <= last for s in n.segments]
            if not texts or any(n.first < first <= n.last or n.first <= last < n.last for n in under):
                continue
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


def _cell(node: Node, page: int, reader: str) -> Cell:
    ordered = sorted(node.segments, key=lambda s: (s.box.top, s.box.x0))
    text = "\n".join(run_text(segment.chars) for segment in ordered)
    box = bounding([char for segment in ordered for char in segment.chars])
    return Cell(text, node.row, node.first, node.row_span, node.last - node.first + 1, page, box, reader)

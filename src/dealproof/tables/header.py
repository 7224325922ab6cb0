"""Header cells of a table without a grid, from its header lines: texts that touch over a gutter are parted first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from statistics import median

from dealproof.model.table import Cell
from dealproof.tables.bands import stand_beside
from dealproof.tables.header_parts import Drawn, Node, Slots
from dealproof.tables.header_tree import header_nodes
from dealproof.tables.lines import Segment, TextLine, bounding, run_text
from dealproof.tables.page import Char

#: Gap in points that parts two header texts that nearly touch, where a column ends; and by how much it must exceed the others.
NARROW_GAP, MORE_THAN_OTHERS = 0.4, 0.3
#: Gap, in font sizes, that is wider than a blank between two words of a language that has blanks.
BLANK = 0.42
#: Font sizes of a text that must stand on each side of a gutter for it to be cut there.
LETTER = 0.8
#: Gap, in font sizes, over a gutter that parts even letters that are all as far apart.
WIDE = 2.0
#: What closes the unit at the end of a header.
_CLOSING = frozenset(")）")
NOTHING_DRAWN = Drawn()


def header_cells(
    lines: Sequence[TextLine], slots: Slots, page: int, reader: str, drawn: Drawn = NOTHING_DRAWN
) -> list[Cell]:
    """Return the header cells; `slots` are left and right bounds of all columns, `drawn` the lines in the header."""
    if not lines:
        return []
    nodes, _ = header_tree(lines, slots, drawn)
    return [_cell(node, page, reader) for node in nodes]


def header_tree(lines: Sequence[TextLine], slots: Slots, drawn: Drawn = NOTHING_DRAWN) -> tuple[list[Node], int]:
    """The header cells in the order of their places, and the number of rows that they take."""
    return header_nodes([cut_at_gutters(line, slots) for line in lines], slots, drawn)


def header_above(above: Sequence[TextLine], header: Sequence[TextLine], slots: Slots) -> list[TextLine]:
    """The last of the lines above a table that go on with its header upwards, or are its header where it has none.

    With them every column of three and more has a name (the first need not), of two where levels stand beside a name; none reaches beyond the columns, and each is the
    name of a column, or stands over several columns without the first, as no caption does, or below the top of one that does.
    """
    if len(slots) < 2:
        return []
    for start in range(len(above)):
        if len(slots) == 2 and not stand_beside(above[start:]):
            continue
        lines = [cut_at_gutters(line, slots) for line in above[start:]]
        size = lines[0].size
        if any(line.box.x0 < slots[0][0] - size or line.box.x1 > slots[-1][1] + size for line in lines):
            continue
        nodes, height = header_tree([*lines, *header], slots)
        named = {node.first for node in nodes if node.row + node.row_span == height}
        bottom = lines[-1].box.bottom
        added = [node for node in nodes if _middle(node.segments[0]) < bottom]
        wide = any(node.last > node.first > 0 for node in added if node.row == 0)
        if named >= set(range(1, len(slots))) and (not header or all(_is_of_header(node, height, bottom, slots, wide) for node in added)):
            return lines
    return []


def _middle(segment: Segment) -> float:
    return (segment.box.top + segment.box.bottom) / 2


def _is_of_header(node: Node, height: int, bottom: float, slots: Slots, wide: bool) -> bool:
    """Whether a text above a header is the whole name of a column, or stands over several columns without the first, or over one
    where another that is as high stands over several (`wide`)."""
    if node.row + node.row_span < height:
        return node.last > node.first > 0 or (wide and node.last == node.first > 0)
    left, right = slots[node.first]
    size = node.segments[0].chars[0].size
    within = all(left - size / 2 <= s.box.x0 and s.box.x1 <= right + size / 2 for s in node.segments)
    return node.row == 0 and (within or all(_middle(segment) < bottom for segment in node.segments))


def cut_at_gutters(line: TextLine, slots: Slots) -> TextLine:
    """The line with its segments that reach over the end of a column cut where a narrow gap is wider than others, or
    behind the bracket of a unit where as many stand there as columns end."""
    if len(line.segments) >= len(slots):
        return line
    segments = [part for segment in line.segments for part in _cut(segment, slots, line.size)]
    return replace(line, segments=tuple(segments))


def _cut(segment: Segment, slots: Slots, size: float) -> list[Segment]:
    chars = segment.chars
    gaps = [b.x0 - a.x1 for a, b in pairwise(chars)]
    crossed = [x for _, x in slots[:-1] if segment.box.x0 + LETTER * size < x < segment.box.x1 - LETTER * size]
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
        if gaps[best] >= max(least, usual + MORE_THAN_OTHERS) or gaps[best] >= WIDE * size:
            cuts.add(best + 1)
    closed = [index for index, (a, b) in enumerate(pairwise(chars), 1) if a.text in _CLOSING and b.text not in _CLOSING]
    over = sum(1 for a, b in pairwise(slots) if segment.box.x0 < sum(a) / 2 and sum(b) / 2 < segment.box.x1)
    if not cuts and len(closed) == over:
        cuts = set(closed)
    parts = [chars[a:b] for a, b in pairwise([0, *sorted(cuts), len(chars)])]
    return [_segment(part) for part in parts]


def _may_have_blank(char: Char) -> bool:
    """Whether a blank stands beside a letter as a matter of course: Latin letters and figures."""
    return char.text.isascii() and char.text.isalnum()


def _segment(chars: Sequence[Char]) -> Segment:
    return Segment(run_text(chars), bounding(chars), tuple(chars))


def _cell(node: Node, page: int, reader: str) -> Cell:
    ordered = sorted(node.segments, key=lambda s: (s.box.top, s.box.x0))
    text = "\n".join(run_text(segment.chars) for segment in ordered)
    box = bounding([char for segment in ordered for char in segment.chars])
    return Cell(text, node.row, node.first, node.row_span, node.last - node.first + 1, page, box, reader)

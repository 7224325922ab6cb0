"""Whether a frame holds a whole table, or only the header of one whose rows stand below it."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dealproof.model.evidence import Box
from dealproof.tables.edges import Edge
from dealproof.tables.line_shapes import is_caption_line
from dealproof.tables.lines import TextLine, visual_lines
from dealproof.tables.page import PageContent
from dealproof.tables.readers.cuts import Frame
from dealproof.tables.readers.stacks import Band
from dealproof.tables.values import is_value, is_year

#: Rows of a header at most, and how far below it, in font sizes, its table goes on.
MOST_HEADER_BANDS, BELOW = 4, 2.2
#: Font sizes below a header within which its rows must show.
ROWS_BELOW = 7.0
#: Font sizes between the lines of a row and the level lines around it, and between its lines, at most.
MARGIN, LEADING = 1.2, 0.8
#: Font sizes by which a label that wraps and the value beside it differ in height at most.
STAGGERED = 1.3


def goes_on_below(content: PageContent, frame: Frame, bands: Sequence[Band], loose: Sequence[Edge]) -> bool:
    """Whether only the header of a table is framed: below its words a row follows, as near as rows are, that has a value or
    stands between level lines of its own extent, or texts that fill its columns."""
    full = [band for band in bands if band.pieces]
    if not full or any(band.has_values for band in full) or len(full) > MOST_HEADER_BANDS or _are_rows(frame, full):
        return False
    box, size = frame.box, max(piece.size for band in full for piece in band.pieces)
    floor = min((e.at for e in loose if e.at > box.bottom + 3 and _is_as_wide(e, box)), default=box.bottom)
    below = [c for c in content.chars if c.top - box.bottom >= 0 and box.x0 <= c.x0 and c.x1 <= box.x1]
    ruled = visual_lines(char for char in below if char.middle < floor)
    if ruled and _is_one_row(ruled, box.bottom, floor):
        side_by_side = any(len(line.segments) > 1 for line in ruled) or _are_beside(ruled) or _fill_columns(frame, ruled)
        return side_by_side or _is_title(ruled, box.bottom, floor)
    lines = visual_lines(c for c in below if c.top - box.bottom < ROWS_BELOW * size)
    if not lines or lines[0].box.top - box.bottom >= BELOW * size or is_caption_line(lines[0]):
        return False
    if any(is_value(s.text) and not is_year(s.text) for s in lines[0].segments[1:]):
        return True
    return not _has_frame_below(content, box, BELOW * size) and _fill_columns(frame, lines)


def _are_rows(frame: Frame, bands: Sequence[Band]) -> bool:
    """Whether several bands have a text of their own in every column: rows of words, as levels of a header have not."""
    columns = set(range(len(frame.xs) - 1))
    return sum(1 for band in bands if {p.first for p in band.pieces if p.first == p.last} == columns) > 1


def _has_frame_below(content: PageContent, box: Box, reach: float) -> bool:
    """Whether an upright line begins right below a frame: what stands there has a frame of its own."""
    uprights = [rule for rule in content.rules if not rule.is_horizontal]
    return any(0 <= rule.top - box.bottom < reach and box.x0 <= rule.x0 <= box.x1 for rule in uprights)


def _fill_columns(frame: Frame, lines: Sequence[TextLine]) -> bool:
    """Whether texts stand in most columns of a frame, before one that runs over several or is a caption."""
    held: set[int] = set()
    for line in lines:
        chars = [char for segment in line.segments for char in segment.chars]
        if is_caption_line(line) or any(char.x0 < x - 1 and x + 1 < char.x1 for x in frame.xs[1:-1] for char in chars):
            break
        held |= {sum(1 for x in frame.xs[1:-1] if x <= (char.x0 + char.x1) / 2) for char in chars}
    return len(held) >= 2 and 2 * len(held) > len(frame.xs) - 1


def _is_one_row(lines: Sequence[TextLine], top: float, bottom: float) -> bool:
    """Whether lines fill what lies between two level lines as the lines of one row do."""
    heights = [top, *(y for line in lines for y in (line.box.top, line.box.bottom)), bottom]
    gaps = [below - above for above, below in zip(heights[::2], heights[1::2], strict=True)]
    return max(gaps[0], gaps[-1]) < MARGIN * lines[0].size and all(gap < LEADING * lines[0].size for gap in gaps[1:-1])


def _are_beside(lines: Sequence[TextLine]) -> bool:
    """Whether lines of one text stand beside one another, as a value does beside a label that wraps."""
    return any(
        lower.middle - upper.middle <= STAGGERED * upper.size
        and max(upper.box.x0, lower.box.x0) - min(upper.box.x1, lower.box.x1) > upper.size
        for upper, lower in pairwise(lines)
    )


def _is_as_wide(edge: Edge, box: Box) -> bool:
    return abs(edge.start - box.x0) <= 3.0 and abs(edge.end - box.x1) <= 3.0


def _is_title(lines: Sequence[TextLine], top: float, bottom: float) -> bool:
    """Whether one text stands in the middle between two level lines."""
    return len(lines) == 1 and abs(lines[0].middle - (top + bottom) / 2) <= 0.3 * lines[0].size

"""Rows of one text over all columns, where upright lines stop: they tie the frames above and below them together.

A title of a block, or a note as the last row, stands between level lines of the table's own extent, in a band as high as the
table's rows, in its middle and in letters of their size. A caption between two tables does not.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from dealproof.model.evidence import Box
from dealproof.tables.caption_words import HEADING
from dealproof.tables.edges import Edge, around, steps
from dealproof.tables.lines import TextLine, visual_lines
from dealproof.tables.page import PageContent
from dealproof.tables.values import is_value, is_year
from dealproof.text import squeeze

#: Points by which the ends of one table's lines differ.
SAME = 3.0
#: Shares of the height of a row that such a row may have, for each of its lines; by how much of its size its text may be off
#: the middle of its band, and by how many points its size may differ.
HEIGHT, CENTRED, SAME_SIZE = (0.65, 1.35), 0.3, 0.3
#: Lines of such a text at most.
MOST_LINES = 2


def tied_by_titles(content: PageContent, groups: Sequence[list[Edge]]) -> list[list[Edge]]:
    """Frames and lone level lines, those put together between which nothing but a title stands; from top to bottom."""
    found = [list(group) for group in groups]
    index = 0
    while index < len(found):
        below = next((i for i in range(index + 1, len(found)) if _is_below(found[index], found[i])), None)
        if below is not None and _is_title_between(content, found[index], found[below]):
            found[index] += found.pop(below)
            continue
        index += 1
    return found


def _is_below(above: Sequence[Edge], below: Sequence[Edge]) -> bool:
    one, other = around(above), around(below)
    return abs(one.x0 - other.x0) <= SAME and abs(one.x1 - other.x1) <= SAME and other.top > one.bottom + SAME


def _is_title_between(content: PageContent, above: Sequence[Edge], below: Sequence[Edge]) -> bool:
    if not (_row_heights(above) or _row_heights(below)):
        return False
    band = Box(around(above).x0, around(above).bottom, around(above).x1, around(below).top)
    lines = _lines_in(content, band)
    if not 1 <= len(lines) <= MOST_LINES or any(len(line.segments) > 1 for line in lines):
        return False
    if HEADING.match(squeeze(lines[0].text)) or _has_own_header(content, above, below):
        return False
    size = lines[0].size
    rows = _lines_in(content, around([*above, *below]))
    heights = [*_heights_of_one_line(above, rows), *_heights_of_one_line(below, rows)]
    middle = (lines[0].middle + lines[-1].middle) / 2
    height = (band.bottom - band.top) - (lines[-1].middle - lines[0].middle)
    return (
        HEIGHT[0] <= height / median(heights) <= HEIGHT[1]
        and abs(middle - (band.top + band.bottom) / 2) <= CENTRED * size
        and abs(size - median(line.size for line in rows)) <= SAME_SIZE
    )


def _has_own_header(content: PageContent, above: Sequence[Edge], below: Sequence[Edge]) -> bool:
    """Whether a frame below values begins with a row of several words that is not the first row of the frame above: it is a table
    of its own under its title."""
    rows, others = (_lines_in(content, around(frame)) if _row_heights(frame) else [] for frame in (below, above))
    if not rows or not any(is_value(word) and not is_year(word) for word in _words(others)):
        return False
    first = [line for line in rows if line.middle < around(below).top + min(_row_heights(below))]
    words = _words(first)
    return len(words) > 1 and not any(is_value(word) for word in words) and words != _words(others)[: len(words)]


def _words(lines: Sequence[TextLine]) -> list[str]:
    return [word for line in lines for segment in line.segments for word in segment.text.split()]


def _row_heights(edges: Sequence[Edge]) -> list[float]:
    """Heights of the rows of a frame; none for a lone line."""
    if all(edge.is_level for edge in edges):
        return []
    return [b - a for a, b in pairwise(steps(edge.at for edge in edges if edge.is_level))]


def _heights_of_one_line(edges: Sequence[Edge], lines: Sequence[TextLine]) -> list[float]:
    """Heights that the rows of a frame would have with a single line of text each."""
    if all(edge.is_level for edge in edges):
        return []
    found: list[float] = []
    for top, bottom in pairwise(steps(edge.at for edge in edges if edge.is_level)):
        middles = [line.middle for line in lines if top < line.middle < bottom]
        found.append(bottom - top - (max(middles) - min(middles) if middles else 0.0))
    return found


def _lines_in(content: PageContent, box: Box) -> list[TextLine]:
    return visual_lines(
        char
        for char in content.chars
        if box.top < char.middle < box.bottom and box.x0 - SAME <= (char.x0 + char.x1) / 2 <= box.x1 + SAME
    )

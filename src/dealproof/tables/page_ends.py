"""Rows of a table at the very foot of a page that only the table on the next page would show to be rows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from dealproof.tables.caption_words import HEADING
from dealproof.tables.line_shapes import PROSE_END, is_caption_line, is_tabular
from dealproof.tables.lines import TextLine
from dealproof.text import squeeze

#: Share of a page's height below which its foot is; usual distances of rows up to which the last line is one.
FOOT, STEP = 0.75, 1.2
#: Font sizes by which names of groups begin or are centred apart; points by which sizes of letters differ.
OFF, SAME_SIZE = 1.5, 0.3


def with_row_at_foot(region: Sequence[TextLine], lines: Sequence[TextLine], height: float) -> list[TextLine]:
    """The lines of a table with the last line of its page, where that stands as the names of groups do that the table has."""
    if not lines or lines[-1] in region or len(lines) < 2 or lines[-2] not in region:
        return list(region)
    line = lines[-1]
    groups = [other for other in region[:-1] if len(other.segments) == 1 and abs(other.size - line.size) <= SAME_SIZE]
    text = squeeze(line.text)
    is_name = len(line.segments) == 1 and not (PROSE_END.search(text) or is_caption_line(line) or HEADING.match(text))
    if line.box.bottom < FOOT * height or not is_name or not any(_stand_alike(line, other) for other in groups):
        return list(region)
    rows = [other for other in region if is_tabular(other)]
    steps = [below.middle - above.middle for above, below in pairwise(region) if below.middle - above.middle > 0.9 * line.size]
    near = bool(steps) and line.middle - lines[-2].middle <= STEP * median(steps)
    return [*region, line] if near and rows else list(region)


def _stand_alike(line: TextLine, other: TextLine) -> bool:
    """Whether two lines begin at one place, or have one middle."""
    middles = [(each.box.x0 + each.box.x1) / 2 for each in (line, other)]
    return abs(line.box.x0 - other.box.x0) <= OFF * line.size or abs(middles[0] - middles[1]) <= OFF * line.size

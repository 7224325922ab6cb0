"""Which lines of a page make up one table: those of an open frame, and runs of rows with what belongs to them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from dealproof.model.evidence import Box
from dealproof.tables.bands import Bar, stand_beside
from dealproof.tables.caption_words import CAPTION, HEADING
from dealproof.tables.columns import overlapping
from dealproof.tables.line_shapes import (
    ABOVE_TOTAL,
    PROSE_END,
    any_figures,
    has_figures,
    is_caption_line,
    is_tabular,
    is_total,
)
from dealproof.tables.lines import TextLine
from dealproof.text import squeeze

#: Share of a page's height at which running headers and footers stand.
_EDGE = 0.12
#: Printed lines of a header above the first rule inside a table at most.
MOST_HEADER_LINES = 8
#: Lines of headings above the first row of several texts at most; share of a page's height in which a rule is its own.
MOST_HEADINGS, PAGE_TOP = 3, 0.1
#: Font sizes between a header and the row below it at most, where nothing else shows that it is one.
NEAR_ROW = 0.9
#: Points by which a header text may reach out of a frame.
OVER = 6.0
#: Gaps between rows from which on they tell how near to each other rows are.
FEW_GAPS = 2
#: Font sizes between a row and the rules around it at most.
NEAR_RULE = 0.9
#: Share of the size by which a title may be nearer to one of the rows around it, and points by which its letters may differ.
EVEN, SAME_SIZE = 0.35, 0.3
#: Points by which texts in line with one another differ.
ALIGNED = 1.5
#: Share of the width of the rows around it that a title takes at most: a line of prose takes all of it.
MOST_TITLE = 0.6
#: Lines that stand beside one another in one row at most.
MOST_BESIDE = 3
#: Font sizes between lines that wrap around those of their row at most.
WRAPPED = 1.3
#: Share of the width of the rows around it by which a title may begin before them, where labels are centred.
OUT = 0.2
_FIGURE = re.compile(r"\d")
_RULE_OF_TEXT = re.compile(r"^[_=-]{5,}$")


def is_furniture(line: TextLine, furniture: frozenset[str], height: float) -> bool:
    """A running header or footer stands at the edge of the page; a figure of a table may read like a page number."""
    at_edge = line.box.bottom < height * _EDGE or line.box.top > height * (1 - _EDGE)
    return at_edge and squeeze(line.text) in furniture


def in_frame(lines: Sequence[TextLine], box: Box, bars: Sequence[Bar] = ()) -> list[TextLine]:
    """The lines inside an open frame, with the rows that go on below it where only its header is framed."""
    inside = [
        index for index, line in enumerate(lines)
        if box.top - 1 <= line.middle <= box.bottom + 1 and box.x0 - OVER <= line.box.x0 and line.box.x1 <= box.x1 + OVER
    ]  # fmt: skip
    if not inside or inside != list(range(inside[0], inside[-1] + 1)):
        return []
    region = [lines[index] for index in inside]
    if any(has_figures(line) for line in region):
        above = _header_above(lines[: inside[0]], region, box)
        return [*above, *region, *_rows_below(lines[inside[-1] + 1 :], region, box)]
    for index, line in enumerate(lines[inside[-1] + 1 :], inside[-1] + 1):
        gap = line.box.top - region[-1].box.bottom
        room = (ABOVE_TOTAL if is_total(line) else 2.2) * line.size
        is_note = is_caption_line(line) and not _is_ruled_off(line, bars, box)
        if gap > room or not _fits_in(line, box) or is_note:
            break
        is_prose = len(line.segments) == 1 and line.box.x1 - line.box.x0 > MOST_TITLE * (box.x1 - box.x0)
        if is_prose and not _is_ruled_off(line, bars, box):
            break
        following = lines[index + 1 :] or [line]
        belongs = is_tabular(line) or gap < 1.2 * line.size or is_title_between(region[-1], line, following)
        if not belongs and not _is_ruled_off(line, bars, box):
            break
        region.append(line)
    return region


def _is_ruled_off(line: TextLine, bars: Sequence[Bar], box: Box) -> bool:
    """Whether rules as wide as the table stand right above and below a line."""
    own = [bar.y for bar in bars if abs(bar.x0 - box.x0) <= OVER and abs(bar.x1 - box.x1) <= OVER]
    above = any(-1 <= line.box.top - y <= NEAR_RULE * line.size for y in own)
    return above and any(-1 <= y - line.box.bottom <= NEAR_RULE * line.size for y in own)


def _fits_in(line: TextLine, box: Box) -> bool:
    return box.x0 - OVER <= line.box.x0 and line.box.x1 <= box.x1 + OVER


def _header_above(lines: Sequence[TextLine], region: Sequence[TextLine], box: Box) -> list[TextLine]:
    """The header that stands over an open frame that begins with figures, with the heading of the first group between."""
    if not has_figures(region[0]) and len(region[0].segments) > 1:
        return []
    found: list[TextLine] = []
    below = region[0]
    for line in reversed(lines[-MOST_HEADINGS - 2 :]):
        if below.box.top - line.box.bottom > 2.2 * line.size or not _fits_in(line, box) or is_caption_line(line):
            break
        if has_figures(line) or PROSE_END.search(squeeze(line.text)):
            break
        found.insert(0, line)
        below = line
    first = next((index for index, line in enumerate(found) if is_tabular(line)), None)
    return [] if first is None else found[first:]


def _rows_below(lines: Sequence[TextLine], region: Sequence[TextLine], box: Box) -> list[TextLine]:
    """Rows that go on below an open frame at the distance of its rows."""
    found: list[TextLine] = []
    steps_ = [b.middle - a.middle for a, b in pairwise(region) if b.middle - a.middle > 0.9 * a.size]
    usual = median(steps_) if steps_ else 0.0
    for line in lines:
        last = [*region, *found][-1]
        near = line.middle - last.middle <= 1.15 * usual or (is_total(line) and line.box.top - last.box.bottom < ABOVE_TOTAL * line.size)
        if not near or not _fits_in(line, box) or not (is_tabular(line) and has_figures(line)):
            break
        found.append(line)
    return found


def just_above(
    lines: Sequence[TextLine], region: Sequence[TextLine], regions: Sequence[Sequence[TextLine]]
) -> list[TextLine]:
    """Lines without figures above a region, as near as its rows are: they may be (levels of) its header."""
    used = {id(line) for other in regions for line in other}
    gaps = [b.box.top - a.box.bottom for a, b in pairwise(region) if b.middle - a.middle > 0.9 * a.size]
    room = max(NEAR_ROW * region[0].size, 1.15 * median(gaps) if len(gaps) >= FEW_GAPS else 0.0)
    found: list[TextLine] = []
    below = region[0]
    for line in reversed(lines[: lines.index(region[0])]):
        apart = below.box.top - line.box.bottom > room or abs(line.size - region[0].size) > SAME_SIZE
        if apart or id(line) in used or has_figures(line) or is_caption_line(line) or len(found) == MOST_HEADER_LINES:
            break
        found.insert(0, line)
        below = line
    return found


def with_first_title(
    lines: Sequence[TextLine], region: Sequence[TextLine], regions: Sequence[Sequence[TextLine]]
) -> list[TextLine]:
    """The region with the line right above its first row that stands there as the titles of its other blocks stand above
    theirs: in line with them and as near."""
    place = lines.index(region[0])
    used = {id(line) for other in regions for line in other}
    line = lines[place - 1] if place else None
    if line is None or id(line) in used or len(line.segments) > 1 or is_caption_line(line) or not any_figures(_first_row(region)):
        return list(region)
    titles = [
        (title, region[index + 2])
        for index, (above, title) in enumerate(pairwise(region[:-1]))
        if len(title.segments) == 1 and is_title_between(above, title, region[index + 2 :])
    ]
    own = region[0].box.top - line.box.bottom
    alike = any(
        abs(own - (below.box.top - title.box.bottom)) <= EVEN * line.size
        and abs(line.size - title.size) <= SAME_SIZE
        and (abs(line.box.x0 - title.box.x0) <= ALIGNED or abs(_centre(line) - _centre(title)) <= ALIGNED)
        for title, below in titles
    )
    return [line, *region] if alike else list(region)


def _centre(line: TextLine) -> float:
    return (line.box.x0 + line.box.x1) / 2


def runs_of_rows(
    lines: Sequence[TextLine], bars: Sequence[Bar], taken: Sequence[Box], height: float
) -> list[list[TextLine]]:
    """Runs of lines that make up one table each."""
    regions: list[list[TextLine]] = []
    current: list[TextLine] = []
    width = max((line.box.x1 for line in lines), default=0) - min((line.box.x0 for line in lines), default=0)
    for index, line in enumerate(lines):
        if current and (_RULE_OF_TEXT.match(squeeze(line.text)) or _breaks(current[-1], line, bars, taken)):
            regions.append(current)
            current = []
        if _RULE_OF_TEXT.match(squeeze(line.text)):
            continue
        if (
            is_tabular(line)
            or (current and _continues(lines, index, current, bars, width))
            or (not current and _opens(lines, index, bars, height))
        ):
            current.append(line)
        elif current:
            regions.append(current)
            current = []
    regions.append(current)
    return [trimmed for region in regions if is_table(trimmed := _trim(region))]


def split_at_headers(region: Sequence[TextLine]) -> list[list[TextLine]]:
    """Cut where a new table starts without a caption: a row without figures, set off from rows with figures, that says other things
    than these."""
    rows = overlapping(region)
    steps = [b[0].middle - a[0].middle for a, b in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    gaps = [min(line.box.top for line in b) - max(line.box.bottom for line in a) for a, b in pairwise(rows)]
    usual_gap = median(gaps) if gaps else 0.0
    said: set[str] = set()
    parts: list[list[TextLine]] = [[]]
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else []
        heads = sum(len(line.segments) for line in row) >= 2 and not any_figures(row)
        apart = index > 0 and steps[index - 1] > 1.22 * usual and gaps[index - 1] > usual_gap + 1
        texts = [squeeze(segment.text) for line in row for segment in line.segments]
        again = 2 * sum(text in said for text in texts) >= len(texts)
        said |= set(texts) if any_figures(row) else set()
        wraps = index + 1 < len(rows) and steps[index] < min(WRAPPED * row[0].size, usual)
        if heads and apart and not again and any_figures(above) and index + 1 < len(rows) and not wraps:
            parts.append([])
        parts[-1].extend(row)
    return parts


def _breaks(above: TextLine, line: TextLine, bars: Sequence[Bar], taken: Sequence[Box]) -> bool:
    if any(above.box.bottom <= box.top + 2 and box.bottom <= line.box.top + 2 for box in taken):
        return True
    gap = line.box.top - above.box.bottom
    between = [bar for bar in bars if above.middle < bar.y < line.middle]
    if is_total(line) and any_figures([above, line]) and len(between) <= 2 and gap < ABOVE_TOTAL * line.size:
        return False
    if len(between) >= 2 and between[-1].y - between[0].y > 4:
        return True
    return gap > (4.5 if between else 3.0) * max(above.size, line.size)


def _continues(
    lines: Sequence[TextLine], index: int, current: Sequence[TextLine], bars: Sequence[Bar], width: float
) -> bool:
    """Whether a line of one segment belongs to the table above it: a wrapped cell or a sub-heading row."""
    line = lines[index]
    text = squeeze(line.text)
    if CAPTION.match(text) or (line.box.x1 - line.box.x0) > 0.6 * width:
        return False
    begin = next(i for i, other in enumerate(lines) if other is current[0])
    earlier = lines[max(0, begin - MOST_HEADINGS) : index]
    if any(squeeze(other.text) == text and abs(other.box.x0 - line.box.x0) <= ALIGNED for other in earlier):
        return True  # a header that is printed again
    if HEADING.match(text) and not (_steady(current, line) and abs(line.size - current[-1].size) < 0.3):
        return False
    following = next((other for other in lines[index + 1 : index + 4] if is_tabular(other)), None)
    tight = line.box.top - current[-1].box.bottom < 0.75 * line.size
    if following is not None and _wraps_into(line, following, bars):
        return True
    if following is None:
        return tight and not _bar_between(current[-1], line, bars) and not PROSE_END.search(text)
    close = following.box.top - line.box.bottom < 2.2 * line.size
    if any(following is other for other in _first_row(lines[index + 1 :])) and is_title_between(current[-1], line, lines[index + 1 :]):
        return not _bar_between(current[-1], line, bars) and not _bar_between(line, following, bars)
    return tight or (close and _steady(current, line) and not _bar_between(line, following, bars))


def _first_row(lines: Sequence[TextLine]) -> list[TextLine]:
    """The first of some lines with those that stand beside it, as the lines of a label that wraps beside its figure."""
    return overlapping(lines[:MOST_BESIDE])[0]


def is_title_between(above: TextLine, line: TextLine, lines_below: Sequence[TextLine]) -> bool:
    """Whether one text stands in the middle between two rows, near to both and in their letters, as the title of a group does."""
    row = _first_row(lines_below)
    below = row[0]
    up, down = line.box.top - above.box.bottom, below.box.top - line.box.bottom
    sizes = max(abs(line.size - above.size), abs(line.size - below.size))
    left, right = min(above.box.x0, below.box.x0), max(above.box.x1, below.box.x1)
    within = left - max(line.size, OUT * (right - left)) <= line.box.x0 and line.box.x1 - line.box.x0 <= MOST_TITLE * (right - left)
    near = max(up, down) < 2.2 * line.size and abs(up - down) <= EVEN * line.size
    return near and sizes <= SAME_SIZE and within and any_figures(row) and not PROSE_END.search(squeeze(line.text))


def _wraps_into(line: TextLine, following: TextLine, bars: Sequence[Bar]) -> bool:
    """Whether a text that is short, or fits between two of the line below, is the first line of a cell that wraps around its row."""
    width = line.box.x1 - line.box.x0
    narrow = width < 0.35 * (following.box.x1 - following.box.x0)
    fills = any(a.box.x1 < line.box.x0 and line.box.x1 < b.box.x0 for a, b in pairwise(following.segments))
    fills = fills and width < MOST_TITLE * (following.box.x1 - following.box.x0)
    return (narrow or fills) and following.box.top - line.box.bottom < 0.3 * line.size and not _bar_between(line, following, bars)


def _steady(current: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line keeps the distance that the rows above it keep."""
    if len(current) < 3 or line.box.x0 > current[-1].box.x0 + 2 * line.size:
        return False
    steps = [b.box.top - a.box.top for a, b in zip(current[-3:], current[-2:], strict=False)]
    step = line.box.top - current[-1].box.top
    return bool(steps) and 0.8 * min(steps) <= step <= 1.15 * max(steps)


def _opens(lines: Sequence[TextLine], index: int, bars: Sequence[Bar], height: float) -> bool:
    """Whether a single text is the first line of a table: a heading or a wrapped header right under its top rule."""
    line = lines[index]
    if is_caption_line(line):
        return False
    end = next((i for i in range(index + 1, min(index + MOST_HEADINGS + 1, len(lines))) if is_tabular(lines[i])), None)
    if end is None or any(PROSE_END.search(squeeze(other.text)) for other in lines[index:end]):
        return False
    rules = [bar for bar in bars if 0 <= line.box.top - bar.y <= 1.2 * line.size]
    first = lines[end]
    around = any(
        bar.x0 - 2 <= first.box.x0 and first.box.x1 <= bar.x1 + 2 and bar.y > PAGE_TOP * height for bar in rules
    )
    near = (1.6 if around else 0.5) * line.size
    tight = all(b.box.top - a.box.bottom < near for a, b in pairwise(lines[index : end + 1]))
    return bool(rules) and tight and (around or end == index + 1)


def _bar_between(above: TextLine, below: TextLine, bars: Sequence[Bar]) -> bool:
    return any(above.box.bottom - 3 <= bar.y <= below.box.top + 3 for bar in bars)


def _trim(region: Sequence[TextLine]) -> list[TextLine]:
    kept = list(region)
    while len(kept) > 1 and len(kept[-1].segments) < 2 and is_caption_line(kept[-1]):
        kept.pop()
    return kept


def is_table(region: Sequence[TextLine]) -> bool:
    tabular = [line for line in region if len(line.segments) >= 2]
    if not tabular:
        return sum(1 for row in overlapping(region) if len(row) > 1 and stand_beside(row)) >= MOST_BESIDE
    if not any(_FIGURE.search(line.text) or len(region) >= 2 for line in tabular):
        return False
    return len(tabular) >= 2 or len(tabular[0].segments) >= 3

"""Tables whose rows are ruled but whose columns are not: runs of bands between rules of the same extent.

The rules say which lines are rows; a title between two tables stands between rules too, but in a band of another
height and as one text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, takewhile
from statistics import median

from dealproof.tables.line_shapes import PROSE_END, is_total
from dealproof.tables.lines import TextLine
from dealproof.text import squeeze

_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十\d]{1,3}[章节条部]"
)

#: Points by which a text reaches over the ends of rules.
OVER = 6.0
#: Shares of the height of a row that a row of one text may have; by how much of its size its text may be off the middle of its
#: band, and by how many points its size may differ.
SAME_HEIGHT, CENTRED, SAME_SIZE = (0.65, 1.35), 0.3, 0.3
#: Lines that fill the width of a table from which on a band holds prose and no row.
PROSE_LINES = 2
#: Font sizes by which a label and what stands beside it differ in height at most.
LEVELS = 1.3
#: Share of the width of a table that the names of its columns take at least where they are so near that they are one text.
GLUED = 0.7


@dataclass(frozen=True, slots=True)
class Bar:
    """A horizontal rule, put together from its pieces; `ticks` are the x positions where its pieces meet."""

    y: float
    x0: float
    x1: float
    ticks: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class _Band:
    lines: tuple[TextLine, ...]
    top: float
    bottom: float
    left: float
    right: float
    kind: str

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height_of_one_line(self) -> float:
        """The height that the band would have with a single line of text."""
        return self.height - (self.lines[-1].middle - self.lines[0].middle if self.lines else 0.0)


def stacked_regions(
    lines: Sequence[TextLine], bars: Sequence[Bar], is_tabular: Callable[[TextLine], bool], caption: re.Pattern[str]
) -> list[list[TextLine]]:
    """Return the lines of each table that stands in a stack of rules with the same left and right ends."""
    regions: list[list[TextLine]] = []
    for stack in stacks(bars):
        bands = [_band(lines, upper, lower, bars, is_tabular, caption) for upper, lower in pairwise(_with_foot(stack, lines))]
        regions.extend(_chains(bands))
    return [_with_open_ends(region, lines, bars, is_tabular, caption) for region in regions]


def _with_foot(stack: Sequence[Bar], lines: Sequence[TextLine]) -> list[Bar]:
    """The rules of a stack, with an end for the last row of the page where that stands below a title and no rule below it."""
    above, last = stack[-2:]
    title = [line for line in lines if above.y < line.middle < last.y]
    below = [line for line in lines if line.middle > last.y]
    if len(title) != 1 or len(title[0].segments) > 1 or len(below) != 1 or len(below[0].segments) < 2:
        return list(stack)
    height = last.y - above.y
    like = abs((below[0].middle - last.y) - (title[0].middle - above.y)) <= CENTRED * below[0].size
    return [*stack, replace(last, y=last.y + height)] if like else list(stack)


def _with_open_ends(
    region: list[TextLine],
    lines: Sequence[TextLine],
    bars: Sequence[Bar],
    is_tabular: Callable[[TextLine], bool],
    caption: re.Pattern[str],
) -> list[TextLine]:
    """Add the row above the first rule and the row below the last one, where only inner rules are drawn."""
    ordered = sorted(lines, key=lambda line: line.middle)
    pitch = _row_pitch(region)
    above = [x for x in ordered if x.middle < region[0].middle and x not in region]
    below = [x for x in ordered if x.middle > region[-1].middle and x not in region]
    if above and _is_next_row(above[-1], region[0], pitch, bars, is_tabular, caption):
        region = [*reversed(_beside(above[::-1])), *region]
    if below and _is_next_row(below[0], region[-1], pitch, bars, is_tabular, caption):
        region = [*region, *_beside(below)]
        region += _unruled_rest([x for x in below if x not in region], region, bars, is_tabular, caption)
    return region


def _unruled_rest(
    below: Sequence[TextLine],
    region: Sequence[TextLine],
    bars: Sequence[Bar],
    is_tabular: Callable[[TextLine], bool],
    caption: re.Pattern[str],
) -> list[TextLine]:
    """Rows that go on under the last rule, as where a table without row rules is cut by the foot of the page."""
    taken: list[TextLine] = []
    last = region[-1]
    for line in below:
        between = [bar for bar in bars if last.middle < bar.y < line.middle]
        if between or line.middle - last.middle > 2.6 * last.size or caption.search(line.text.replace(" ", "")):
            break
        if not is_tabular(line) and line.middle - last.middle > 1.2 * last.size:
            break
        taken.append(line)
        last = line
    return taken


def _beside(lines: Sequence[TextLine]) -> list[TextLine]:
    """The first line and those that wrap around it: each overlaps or touches the one before."""
    taken = [lines[0]]
    for line in lines[1:]:
        if abs(line.middle - taken[-1].middle) > 0.9 * line.size:
            break
        taken.append(line)
    return taken


def _row_pitch(region: Sequence[TextLine]) -> float:
    steps = [b.middle - a.middle for a, b in pairwise(region) if b.middle - a.middle > 0.9 * a.size]
    return median(steps) if steps else 2.2 * region[0].size


def _is_next_row(
    line: TextLine,
    neighbour: TextLine,
    pitch: float,
    bars: Sequence[Bar],
    is_tabular: Callable[[TextLine], bool],
    caption: re.Pattern[str],
) -> bool:
    between = [bar for bar in bars if min(line.middle, neighbour.middle) < bar.y < max(line.middle, neighbour.middle)]
    if len(between) != 1 or not is_tabular(line) or caption.search(line.text.replace(" ", "")):
        return False
    near = abs(line.middle - neighbour.middle) <= 1.35 * pitch
    beside_rule = min(abs(between[0].y - line.box.bottom), abs(line.box.top - between[0].y)) <= 0.8 * line.size
    return near or beside_rule


def stacks(bars: Sequence[Bar], least: int = 3) -> list[list[Bar]]:
    """Rules of one extent, from top to bottom, where there are three or more (`least`)."""
    found: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda b: b.y):
        home = next((s for s in found if abs(s[-1].x0 - bar.x0) <= 4 and abs(s[-1].x1 - bar.x1) <= 4), None)
        if home is None:
            found.append([bar])
        elif bar.y - home[-1].y > 3:
            home.append(bar)
    return [stack for stack in found if len(stack) >= least]


def _band(
    lines: Sequence[TextLine],
    upper: Bar,
    lower: Bar,
    bars: Sequence[Bar],
    is_tabular: Callable[[TextLine], bool],
    caption: re.Pattern[str],
) -> _Band:
    inside = tuple(
        line for line in lines if upper.y <= line.middle < lower.y and line.box.x1 > upper.x0 and line.box.x0 < upper.x1
    )
    heading = _is_level_of_header(inside, upper, bars)
    kind = "other" if _opens_with_text(inside, upper) else _kind(inside[heading:], is_tabular, caption)
    return _Band(inside, upper.y, lower.y, upper.x0, upper.x1, kind)


def _is_level_of_header(inside: Sequence[TextLine], upper: Bar, bars: Sequence[Bar]) -> bool:
    """Whether the first line of a band is one text over a rule that leaves out the first column, as the upper level of a header is."""
    if len(inside) < 2 or len(inside[0].segments) > 1:
        return False
    first, below = inside[:2]
    rules = [bar for bar in bars if first.middle < bar.y < below.middle and bar.x1 <= upper.x1 + OVER]
    return any(upper.x0 + first.size < bar.x0 <= first.box.x0 + OVER and first.box.x1 <= bar.x1 + OVER for bar in rules)


def _opens_with_text(inside: Sequence[TextLine], upper: Bar) -> bool:
    """Whether a band of several lines starts with prose or a heading: the end of one table, the start of another.

    A cell that wraps can be as wide as prose, but it does not start at the left edge of the table.
    """
    if len(inside) < 2:
        return False
    first = inside[0]
    if sum(_fills(line, upper) for line in inside) >= PROSE_LINES:
        return True
    is_heading = _HEADING.match(first.text.replace(" ", "")) is not None
    parted = len(first.segments) == 2 and _HEADING.fullmatch(squeeze(first.segments[0].text)) is not None
    at_edge = first.box.x0 - upper.x0 <= 2.5 * first.size
    return at_edge and (parted or (len(first.segments) == 1 and (is_heading or _fills(first, upper))))


def _fills(line: TextLine, upper: Bar) -> bool:
    """Whether a line is one text from the left edge of a table over most of its width, as prose is."""
    at_edge = line.box.x0 - upper.x0 <= 2.5 * line.size
    return len(line.segments) == 1 and at_edge and line.box.x1 - line.box.x0 > 0.7 * (upper.x1 - upper.x0)


def _kind(inside: Sequence[TextLine], is_tabular: Callable[[TextLine], bool], caption: re.Pattern[str]) -> str:
    if not inside:
        return "empty"
    if any(caption.match(line.text.replace(" ", "")) for line in inside if len(line.segments) == 1):
        return "other"
    tabular = [line for line in inside if is_tabular(line)]
    if not tabular and len(inside) > 1 and stand_beside(inside):
        return "row"
    if not tabular:
        return "single" if len(inside) <= 2 else "other"
    loose = [
        line
        for line in inside
        if line not in tabular
        and min(_distance(line, other) for other in inside if other is not line) > 0.75 * line.size
    ]
    return "other" if loose and (inside[0] in loose or any(map(_is_prose, loose))) else "row"


def stand_beside(inside: Sequence[TextLine]) -> bool:
    """Whether single texts stand beside one another at different heights: a label that wraps, or a header beside its levels."""
    return any(
        lower.middle - upper.middle <= LEVELS * upper.size
        and max(upper.box.x0, lower.box.x0) - min(upper.box.x1, lower.box.x1) > upper.size
        for upper, lower in pairwise(inside)
    )


def _is_prose(line: TextLine) -> bool:
    """Whether a line is a sentence or a heading, as what stands between two tables is."""
    text = squeeze(line.text)
    return len(line.segments) == 1 and (PROSE_END.search(text) is not None or _HEADING.match(text) is not None)


def _distance(a: TextLine, b: TextLine) -> float:
    return max(a.box.top - b.box.bottom, b.box.top - a.box.bottom)


def _chains(bands: Sequence[_Band]) -> list[list[TextLine]]:
    regions: list[list[TextLine]] = []
    current: list[_Band] = []
    for index, band in enumerate(bands):
        if band.kind == "row" and not current and index and _is_title_of(bands[index - 1], bands[index:]):
            current += [*_glued_header(bands[:index]), bands[index - 1]]
        if band.kind == "row" or (current and band.kind == "single" and _is_row_of(band, current, bands[index + 1 :])):
            current.append(band)
            continue
        if current and _is_space_above_total(band, current, bands[index + 1 :]):
            continue
        if current and index == len(bands) - 1 and _is_note(band):
            current.append(band)
            continue
        regions.append([line for b in current for line in b.lines])
        current = []
    regions.append([line for b in current for line in b.lines])
    return [region for region in regions if region]


def _is_space_above_total(band: _Band, current: Sequence[_Band], below: Sequence[_Band]) -> bool:
    """Whether an empty band as high as a row stands between rows and their total."""
    heights = [each.height_of_one_line for each in current if each.lines]
    like = bool(heights) and SAME_HEIGHT[0] <= band.height / median(heights) <= SAME_HEIGHT[1]
    return band.kind == "empty" and like and bool(below) and below[0].kind == "row" and is_total(below[0].lines[0])


def _is_note(band: _Band) -> bool:
    """Whether the last band holds a note and nothing else, in its middle."""
    lines = band.lines
    if not lines or any(len(line.segments) > 1 for line in lines) or not squeeze(lines[0].text).startswith("注"):
        return False
    return abs((lines[0].middle + lines[-1].middle) / 2 - band.middle) <= CENTRED * lines[0].size


def _is_title_of(band: _Band, below: Sequence[_Band]) -> bool:
    """Whether a band with one text is the first row of the rows below: as high as they are, its text in its middle and of
    their size, as a title over a block of rows is and a caption between two tables is not."""
    rows = list(takewhile(lambda each: each.kind == "row", below))
    if band.kind != "single" or len(band.lines) != 1 or len(rows) < 2:
        return False
    title, first = band.lines[0], rows[0].lines[0]
    heights = [row.height_of_one_line for row in rows]
    like = SAME_HEIGHT[0] <= band.height / median(heights) <= SAME_HEIGHT[1]
    return _is_centred(band) and like and abs(title.size - first.size) <= SAME_SIZE


def _glued_header(bands: Sequence[_Band]) -> list[_Band]:
    """The band above the title that is the last of some: as high as that, its names so near to each other that they are one text."""
    if len(bands) < 2 or bands[-2].kind != "single" or not _is_centred(bands[-2]):
        return []
    header, title = bands[-2:]
    line = header.lines[0]
    wide = line.box.x1 - line.box.x0 >= GLUED * (header.right - header.left)
    named = len(line.text.split()) > 2 and not any(char.isdigit() for char in line.text)
    alike = abs(header.height - title.height) <= 1 and abs(line.size - title.lines[0].size) <= SAME_SIZE
    return [header] if wide and named and alike else []


def _is_row_of(band: _Band, current: Sequence[_Band], rest: Sequence[_Band]) -> bool:
    """Whether a band with one text is a sub-heading row: as high as the rows around it, between two of them."""
    heights = [b.height_of_one_line for b in (*current, *rest[:4]) if b.kind == "row"]
    if not heights or not rest or rest[0].kind not in ("row", "single"):
        return False
    like = SAME_HEIGHT[0] <= band.height / median(heights) <= SAME_HEIGHT[1]
    return like and (len(heights) > 1 or _is_centred(band))


def _is_centred(band: _Band) -> bool:
    """Whether the only line of a band stands in its middle."""
    return len(band.lines) == 1 and abs(band.lines[0].middle - band.middle) <= CENTRED * band.lines[0].size

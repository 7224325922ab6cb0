"""Tables whose rows are ruled but whose columns are not: runs of bands between rules of the same extent.

The rules say which lines are rows; a title between two tables stands between rules too, but in a band of another
height and as one text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import pairwise, takewhile
from statistics import median

from dealproof.tables.line_shapes import is_total
from dealproof.tables.lines import TextLine
from dealproof.tables.values import is_value, is_year
from dealproof.text import squeeze

_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|\([一二三四五六七八九十]{1,3}\)|（[一二三四五六七八九十]{1,3}）|第[一二三四五六七八九十\d]{1,3}[章节条部]"
)

#: Points by which rules of one extent differ, and by which a text reaches over their ends; font sizes between rows at most.
SAME, OVER, FAR_APART = 3.0, 6.0, 3.0
#: Font sizes by which a label and a level beside it differ in height at most.
LEVELS = 1.3
#: Lines of several texts between two rules from which on they are a body whose rows are not ruled.
BODY = 2
#: Shares of the height of a row that a row of one text may have; by how much of its size its text may be off the middle of its
#: band, and by how many points its size may differ.
SAME_HEIGHT, CENTRED, SAME_SIZE = (0.65, 1.35), 0.3, 0.3


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
    kind: str

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2


def stacked_regions(
    lines: Sequence[TextLine], bars: Sequence[Bar], is_tabular: Callable[[TextLine], bool], caption: re.Pattern[str]
) -> list[list[TextLine]]:
    """Return the lines of each table that stands in a stack of rules with the same left and right ends."""
    regions: list[list[TextLine]] = []
    for stack in _stacks(bars):
        bands = [_band(lines, upper, lower, is_tabular, caption) for upper, lower in pairwise(stack)]
        regions.extend(_chains(bands))
    return [_with_open_ends(region, lines, bars, is_tabular, caption) for region in regions]


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


def _stacks(bars: Sequence[Bar]) -> list[list[Bar]]:
    stacks: list[list[Bar]] = []
    for bar in sorted(bars, key=lambda b: b.y):
        home = next((s for s in stacks if abs(s[-1].x0 - bar.x0) <= 4 and abs(s[-1].x1 - bar.x1) <= 4), None)
        if home is None:
            stacks.append([bar])
        elif bar.y - home[-1].y > 3:
            home.append(bar)
    return [stack for stack in stacks if len(stack) >= 3]


def _band(
    lines: Sequence[TextLine], upper: Bar, lower: Bar, is_tabular: Callable[[TextLine], bool], caption: re.Pattern[str]
) -> _Band:
    inside = tuple(
        line for line in lines if upper.y <= line.middle < lower.y and line.box.x1 > upper.x0 and line.box.x0 < upper.x1
    )
    kind = "other" if _opens_with_text(inside, upper) else _kind(inside, is_tabular, caption)
    return _Band(inside, upper.y, lower.y, kind)


def _opens_with_text(inside: Sequence[TextLine], upper: Bar) -> bool:
    """Whether a band of several lines starts with prose or a heading: the end of one table, the start of another.

    A cell that wraps can be as wide as prose, but it does not start at the left edge of the table.
    """
    if len(inside) < 2 or len(inside[0].segments) != 1:
        return False
    first = inside[0]
    at_edge = first.box.x0 - upper.x0 <= 2.5 * first.size
    wide = first.box.x1 - first.box.x0 > 0.7 * (upper.x1 - upper.x0)
    return at_edge and (wide or _HEADING.match(first.text.replace(" ", "")) is not None)


def _kind(inside: Sequence[TextLine], is_tabular: Callable[[TextLine], bool], caption: re.Pattern[str]) -> str:
    if not inside:
        return "empty"
    if any(caption.match(line.text.replace(" ", "")) for line in inside if len(line.segments) == 1):
        return "other"
    tabular = [line for line in inside if is_tabular(line)]
    if not tabular:
        return "single" if len(inside) <= 2 else "other"
    loose = [
        line
        for line in inside
        if line not in tabular
        and min(_distance(line, other) for other in inside if other is not line) > 0.75 * line.size
    ]
    return "other" if loose and inside[0] in loose else "row"


def _distance(a: TextLine, b: TextLine) -> float:
    return max(a.box.top - b.box.bottom, b.box.top - a.box.bottom)


def _chains(bands: Sequence[_Band]) -> list[list[TextLine]]:
    regions: list[list[TextLine]] = []
    current: list[_Band] = []
    for index, band in enumerate(bands):
        if band.kind == "row" and not current and index and _is_title_of(bands[index - 1], bands[index:]):
            current.append(bands[index - 1])
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
    heights = [each.height for each in current if len(each.lines) == 1]
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
    heights = [row.height for row in rows if len(row.lines) == 1] or [min(row.height for row in rows)]
    centred = abs(title.middle - band.middle) <= CENTRED * title.size
    like = SAME_HEIGHT[0] <= band.height / median(heights) <= SAME_HEIGHT[1]
    return centred and like and abs(title.size - first.size) <= SAME_SIZE


def _is_row_of(band: _Band, current: Sequence[_Band], rest: Sequence[_Band]) -> bool:
    """Whether a band with one text is a sub-heading row: as high as the rows around it, between two of them."""
    heights = [b.height for b in (*current, *rest[:4]) if b.kind == "row" and len(b.lines) == 1]
    if len(heights) < 2 or not rest or rest[0].kind not in ("row", "single"):
        return False
    return SAME_HEIGHT[0] <= band.height / median(heights) <= SAME_HEIGHT[1]


def between_rules(
    lines: Sequence[TextLine],
    bars: Sequence[Bar],
    is_tabular: Callable[[TextLine], bool],
    is_caption: Callable[[TextLine], bool],
) -> list[list[TextLine]]:
    """Tables between a top rule, the rule under their header and a bottom rule of one extent: all lines between the outermost.

    Each pair of rules must hold a line of several texts, and neither a caption nor a text wider than the rules; one of them
    the whole body.
    """
    regions: list[list[TextLine]] = []
    for stack in _stacks(bars):
        chain: list[TextLine] = []
        has_body = False
        for upper, lower in [*pairwise(stack), (stack[-1], None)]:
            inside = [line for line in lines if lower is not None and upper.y <= line.middle < lower.y]
            if lower is not None and _is_one_table(inside, upper, lower, is_tabular, is_caption):
                chain += inside
                has_body = has_body or sum(1 for line in inside if is_tabular(line) and _has_value(line)) >= BODY
            elif chain:
                regions += [chain] if has_body else []
                chain, has_body = [], False
    return regions


def _has_value(line: TextLine) -> bool:
    return any(is_value(segment.text) and not is_year(segment.text) for segment in line.segments[1:])


def _stand_beside(inside: Sequence[TextLine]) -> bool:
    """Whether single texts of a header stand beside one another at different heights: a label beside two levels."""
    return len(inside) > 2 and any(
        lower.middle - upper.middle <= LEVELS * upper.size
        and max(upper.box.x0, lower.box.x0) - min(upper.box.x1, lower.box.x1) > upper.size
        for upper, lower in pairwise(inside)
    )


def _is_one_table(
    inside: Sequence[TextLine],
    upper: Bar,
    lower: Bar,
    is_tabular: Callable[[TextLine], bool],
    is_caption: Callable[[TextLine], bool],
) -> bool:
    """Whether the lines between two rules are rows, as near to each other and to the rules as rows are."""
    if any(is_caption(line) for line in inside):
        return False
    if not any(is_tabular(line) for line in inside) and not _stand_beside(inside):
        return False
    within = all(upper.x0 - OVER <= line.box.x0 and line.box.x1 <= upper.x1 + OVER for line in inside)
    heights = [upper.y, *(y for line in inside for y in (line.box.top, line.box.bottom)), lower.y]
    gaps = [below - above for above, below in zip(heights[::2], heights[1::2], strict=True)]
    return within and all(gap <= FAR_APART * inside[0].size for gap in gaps)

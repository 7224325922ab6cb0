"""The bounds of columns of a table without a grid, from whatever tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dealproof.tables.bands import Bar
from dealproof.tables.columns import find_gutters, merge_complementary, paired_gutters, pieces
from dealproof.tables.edges import steps
from dealproof.tables.line_shapes import has_figures
from dealproof.tables.lines import Segment, TextLine, bounding, run_text
from dealproof.tables.values import is_value

#: Font sizes between the letters of two columns at least.
PARTED = 0.35
#: Font sizes between two words that may be of two columns at least.
WORDS_PARTED = 0.6
#: Names that stand side by side at least where one is of a column that nothing else shows.
NAMES = 3
#: Letters of a text that may stand on a gutter of the page before at most.
SHORT = 8
#: Gaps in one text that may be between columns at most.
MOST_CUTS = 2


def column_gutters(
    bars: Sequence[Bar], header: Sequence[TextLine], body: Sequence[TextLine], hint: tuple[float, ...]
) -> tuple[float, ...]:
    """Columns from the table above, from the ends of the rules' pieces, from the order of cells, or from the white space."""
    names = sum(len(line.segments) for line in header)
    # A header with too few names is that of another table; a single name is that of a group.
    if hint and fits(body, hint) and not 1 < names < len(hint) and not any(_shares_column(line, hint) for line in header):
        return hint
    drawn = [bar.ticks for bar in bars if bar.ticks]
    for ticks in drawn:
        alike = sum(
            1
            for other in drawn
            if len(other) == len(ticks) and all(abs(a - b) < 2 for a, b in zip(other, ticks, strict=True))
        )
        if alike >= 2 and alike >= 0.5 * len(drawn) and fits(body, ticks):
            return ticks
    body = [_probed(line) for line in body]
    widest = max((len(line.segments) for line in header), default=0)
    return tuple(paired_gutters(body)) or merge_complementary(find_gutters(body), body, widest)


def _probed(line: TextLine) -> TextLine:
    """The line with its texts cut wherever two columns may meet: at gaps beside a whole value, and wider ones between words."""
    parts = [part for segment in line.segments for part in _parts(segment)]
    return line if len(parts) == len(line.segments) else replace(line, segments=tuple(parts))


def _parts(segment: Segment) -> list[Segment]:
    gaps = [(index, b.x0 - a.x1, a, b) for index, (a, b) in enumerate(pairwise(segment.chars), 1) if b.x0 - a.x1 >= PARTED * b.size]
    cuts = [index for index, _, a, b in gaps if not (a.text.isascii() and b.text.isascii())]
    if not cuts or len(cuts) > MOST_CUTS:
        return [segment]
    runs = [segment.chars[a:b] for a, b in pairwise([0, *cuts, len(segment.chars)])]
    values = [is_value(run_text(run)) for run in runs]
    wide = [gap >= WORDS_PARTED * b.size for index, gap, _, b in gaps if index in cuts]
    told = all(is_wide or one or other for is_wide, (one, other) in zip(wide, pairwise(values), strict=True))
    return [Segment(run_text(run), bounding(run), run) for run in runs] if told and all(len(run) > 1 for run in runs) else [segment]


def with_posts(gutters: Sequence[float], drawn: Sequence[float], region: Sequence[TextLine]) -> tuple[float, ...]:
    """The gutters with the upright lines, and without those that part no text from the upright line beside them."""
    kept = list(drawn)
    for gutter in gutters:
        ends = [s for line in region for s in line.segments]
        apart = all(
            any(min(x, gutter) <= (s.box.x0 + s.box.x1) / 2 <= max(x, gutter) for s in ends) for x in drawn
        )
        if apart:
            kept.append(gutter)
    return tuple(sorted(kept))


def without_lone_names(gutters: Sequence[float], header: Sequence[TextLine], body: Sequence[TextLine]) -> tuple[float, ...]:
    """The gutters without one that parts a name from all that it names: set in the middle of its column, it stands beside the labels or
    the values below it, which begin at the edge."""
    named = _columns_of(header, gutters)
    filled = _columns_of([line for line in body if has_figures(line)], gutters)
    lone = {column for column in named - filled if len(filled) > 1}
    bare = filled - named
    return tuple(at for column, at in enumerate(gutters) if not ({column, column + 1} & lone and {column, column + 1} & bare))


def _columns_of(lines: Sequence[TextLine], gutters: Sequence[float]) -> set[int]:
    return {sum(1 for gutter in gutters if gutter < _centre(segment)) for line in lines for segment in line.segments}


def with_named_columns(gutters: Sequence[float], header: Sequence[TextLine], body: Sequence[TextLine]) -> tuple[float, ...]:
    """The gutters with those between names that stand side by side over one column of the body, where no letter of the body is in
    between: a column without a text, as that of groups is below a page break, or one whose values nearly touch the next."""
    letters = [(char.x0, char.x1) for line in body for segment in line.segments for char in segment.chars]
    found: list[float] = []
    for line in header:
        for left, right in pairwise(line.segments):
            a, b = _centre(left), _centre(right)
            short = len(line.segments) < NAMES or min(len(left.text), len(right.text)) < 2
            if short or any(a < gutter < b for gutter in gutters):
                continue
            inside = sorted((max(x0, a), min(x1, b)) for x0, x1 in letters if x1 > a and x0 < b)
            ends = [a, *(max(x1 for _, x1 in inside[: i + 1]) for i in range(len(inside)))]
            gaps = [(start - end, (start + end) / 2) for end, start in zip(ends, [*(x0 for x0, _ in inside), b], strict=True)]
            between = [gap for gap in gaps[1:-1] if gap[0] >= line.size]  # those that part letters of the body
            width, at = max(between or gaps)
            if width >= PARTED * line.size:
                found.append(at)
    return tuple(sorted((*gutters, *steps(found))))


def _shares_column(line: TextLine, gutters: Sequence[float]) -> bool:
    """Whether two names that stand side by side are in one column, as where columns are of other widths on this page."""
    columns = [sum(1 for gutter in gutters if gutter < _centre(segment)) for segment in line.segments]
    return len(columns) > len(set(columns))


def free_of_letters(gutter: float, body: Sequence[TextLine]) -> float:
    """A gutter of the page before moved beside a text that stands on it here, into the white space of all rows next to it: to its left
    where another text stands in front of it, which is that of the column before."""
    rows = [line for line in body if len(line.segments) > 1]
    letters = sorted((char.x0, char.x1) for line in rows for segment in line.segments for char in segment.chars)
    on = [(line, s) for line in rows for s in line.segments if s.box.x0 - 1 < gutter < s.box.x1 + 1 and len(s.text) < SHORT]
    if not on or not any(x0 - 1 < gutter < x1 + 1 for x0, x1 in letters):
        return gutter
    line, text = on[0]
    ends = [max(x1 for _, x1 in letters[: index + 1]) for index in range(len(letters))]
    whites = [(end, start) for end, (start, _) in zip(ends, letters[1:], strict=False) if start - end >= PARTED * line.size]
    left = [white for white in whites if white[1] <= text.box.x0 + 1]
    right = [white for white in whites if white[0] >= text.box.x1 - 1]
    begins = line.segments[0] is text
    beside = right[:1] if begins else left[-1:]
    near = [white for white in beside if min(abs(white[0] - gutter), abs(white[1] - gutter)) <= 2 * line.size]
    return sum(near[0]) / 2 if near else gutter


def _centre(segment: Segment) -> float:
    return (segment.box.x0 + segment.box.x1) / 2


def fits(region: Sequence[TextLine], gutters: Sequence[float]) -> bool:
    """Whether no figure runs over a gutter of the table above, and no two of them share a column."""
    for line in region:
        figures = [piece for piece in pieces(line, gutters) if re.search(r"\d", piece.text)]
        apart = sum(1 for segment in line.segments if re.search(r"\d", segment.text))
        if len(figures) < apart or any(piece.first != piece.last for piece in figures):
            return False
    return True

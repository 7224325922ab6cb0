"""The bounds of columns of a table without a grid, from whatever tells them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dealproof.tables.bands import Bar
from dealproof.tables.columns import find_gutters, merge_complementary, paired_gutters, pieces
from dealproof.tables.edges import steps
from dealproof.tables.lines import Segment, TextLine

#: Font sizes between the letters of two columns at least.
PARTED = 0.35
#: Names that stand side by side at least where one is of a column that nothing else shows.
NAMES = 3


def column_gutters(
    bars: Sequence[Bar], header: Sequence[TextLine], body: Sequence[TextLine], hint: tuple[float, ...]
) -> tuple[float, ...]:
    """Columns from the table above, from the ends of the rules' pieces, from the order of cells, or from the white space."""
    names = sum(len(line.segments) for line in header)
    # A header with too few names is that of another table; a single name is that of a group.
    if hint and fits(body, hint) and not 1 < names < len(hint):
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
    widest = max((len(line.segments) for line in header), default=0)
    return tuple(paired_gutters(body)) or merge_complementary(find_gutters(body), body, widest)


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
            width, at = max(gaps)
            if width >= PARTED * line.size:
                found.append(at)
    return tuple(sorted((*gutters, *steps(found))))


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

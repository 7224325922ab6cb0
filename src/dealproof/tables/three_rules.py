"""Tables of two or three rules: those of three with their header between the first two and their whole body below: all lines between the outermost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from dealproof.tables.bands import OVER, Bar, stacks, stand_beside
from dealproof.tables.columns import overlapping
from dealproof.tables.line_shapes import ABOVE_TOTAL, PROSE_END, is_total
from dealproof.tables.lines import TextLine
from dealproof.tables.values import is_value, is_year
from dealproof.text import squeeze

#: Font sizes between rows at most.
FAR_APART = 3.0
#: Share of the width of a table that the name of a group takes at most.
MOST_TITLE = 0.6
#: Lines of several texts between two rules from which on they are a body whose rows are not ruled.
BODY = 2


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
    for stack in stacks(bars):
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


def between_two_rules(
    lines: Sequence[TextLine],
    bars: Sequence[Bar],
    is_tabular: Callable[[TextLine], bool],
    is_caption: Callable[[TextLine], bool],
) -> list[list[TextLine]]:
    """Tables without a header between a top rule and a bottom rule of one extent, and no other rule between them: rows of one or
    several lines, values beside most labels and no sentence."""
    regions: list[list[TextLine]] = []
    for stack in stacks(bars, 2):
        for upper, lower in pairwise(stack):
            inside = [line for line in lines if upper.y <= line.middle < lower.y]
            ruled = any(upper.y < bar.y < lower.y for bar in bars)
            if ruled or not inside or not _is_one_table(inside, upper, lower, is_tabular, is_caption):
                continue
            rows = overlapping(inside)
            valued = [row for row in rows if any(_has_value(line) or is_value(line.text) for line in row) and len(row) + len(row[0].segments) > 2]
            prose = any(_is_prose(line, upper) for line in inside)
            if len(valued) >= BODY and 2 * len(valued) >= len(rows) and not prose:
                regions.append(inside)
    return regions


def _is_prose(line: TextLine, upper: Bar) -> bool:
    """Whether a line is a sentence, or one text over most of the width, as no name of a row or of a group is."""
    wide = len(line.segments) == 1 and line.box.x1 - line.box.x0 > MOST_TITLE * (upper.x1 - upper.x0)
    return wide or PROSE_END.search(squeeze(line.text)) is not None


def _has_value(line: TextLine) -> bool:
    return any(is_value(segment.text) and not is_year(segment.text) for segment in line.segments[1:])


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
    if not any(is_tabular(line) for line in inside) and not (len(inside) > 2 and stand_beside(inside)):
        return False
    within = all(upper.x0 - OVER <= line.box.x0 and line.box.x1 <= upper.x1 + OVER for line in inside)
    heights = [upper.y, *(y for line in inside for y in (line.box.top, line.box.bottom)), lower.y]
    gaps = [below - above for above, below in zip(heights[::2], heights[1::2], strict=True)]
    rooms = [*((ABOVE_TOTAL if is_total(line) else FAR_APART) * line.size for line in inside), FAR_APART * inside[-1].size]
    return within and all(gap <= room for gap, room in zip(gaps, rooms, strict=True))

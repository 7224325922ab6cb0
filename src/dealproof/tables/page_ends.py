"""Rows of a table at the very foot or top of a page, which only its other part shows to be rows."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from statistics import median

from dealproof.model.table import Table
from dealproof.tables.bands import stand_beside
from dealproof.tables.caption_words import HEADING
from dealproof.tables.columns import overlapping
from dealproof.tables.line_shapes import ABOVE_TOTAL, PROSE_END, has_figures, is_caption_line, is_tabular, is_total
from dealproof.tables.lines import TextLine
from dealproof.tables.values import is_value, is_year
from dealproof.text import squeeze

#: Share of a page's height below which its foot is; usual distances of rows up to which the last line is one.
FOOT, STEP = 0.75, 1.2
#: Font sizes by which names of groups begin or are centred apart; points by which sizes of letters differ.
OFF, SAME_SIZE = 1.5, 0.3
#: Points by which a row reaches over the ends of the table above; font sizes between rows at most.
OVER, APART = 6.0, 2.2
#: Lines of a header that stands alone at most, names in one of them at least; font sizes between them and the rules around them.
MOST_HEADER, FEWEST_NAMES, BESIDE_RULE = 4, 3, 1.2
#: Font sizes between the lines of one text at most.
TEXT = 1.45
#: Points between the rules of a double line at most.
DOUBLE = 3.0
#: What says that a table goes on.
CONTINUED = re.compile(r"^\(?续|^\(?接上|单位")


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


def lone_header_at_foot(lines: Sequence[TextLine], rules: Sequence[tuple[float, float, float]], height: float) -> list[TextLine]:
    """The last lines of a page where they are a header of which the body begins on the next page: words side by side at the foot,
    a rule (height, left and right end) of one extent right above and right below them. Empty where they are not."""
    lower = next((rule for rule in sorted(rules, reverse=True) if lines and rule[0] >= lines[-1].box.bottom - 1), None)
    alike = [rule for rule in rules if lower and rule[0] < lower[0] - 1 and _are_of_one_extent(rule, lower)]
    if lower is None or not alike or lines[-1].box.bottom < FOOT * height:
        return []
    upper = max(alike)
    found = [line for line in lines if line.middle > upper[0]]
    if not found or len(found) > MOST_HEADER or not any(len(line.segments) >= FEWEST_NAMES for line in found):
        return []
    size, words = found[-1].size, [squeeze(segment.text) for line in found for segment in line.segments]
    near = found[0].box.top - upper[0] <= BESIDE_RULE * size and lower[0] - found[-1].box.bottom <= BESIDE_RULE * size
    within = all(lower[1] - OVER <= line.box.x0 and line.box.x1 <= lower[2] + OVER for line in found)
    named = not any(is_caption_line(line) for line in found) and not any(is_value(w) and not is_year(w) for w in words)
    return found if near and within and named and not any(PROSE_END.search(word) for word in words) else []


def _are_of_one_extent(rule: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    return abs(rule[1] - other[1]) <= OVER and abs(rule[2] - other[2]) <= OVER


def _stand_alike(line: TextLine, other: TextLine) -> bool:
    """Whether two lines begin at one place, or have one middle."""
    middles = [(each.box.x0 + each.box.x1) / 2 for each in (line, other)]
    return abs(line.box.x0 - other.box.x0) <= OFF * line.size or abs(middles[0] - middles[1]) <= OFF * line.size


def rows_at_top(
    lines: Sequence[TextLine], above: Table, fits: Callable[[Sequence[TextLine]], bool], rules: Sequence[tuple[float, float, float]] = ()
) -> list[TextLine]:
    """The lines at the top of a page, its header repeated or not, with which a table goes on that ran to the foot of the page before.

    `fits`: whether lines keep to the columns of that table; a table ends between two `rules` of other extents. Empty where the first line of words is no line of its header and
    no name beside values, or where no row has a value.
    """
    names = header_texts(above)
    labels = {squeeze(cell.text) for cell in above.cells if not is_value(cell.text)}
    start = 0
    while start < min(2, len(lines)) and CONTINUED.match(squeeze(lines[start].text)):
        start += 1
    found: list[TextLine] = []
    in_header, repeated = True, False
    for line in lines[start:]:
        if _ends(line, found, above) or (found and _ends_between(found[-1], line, rules)) or (is_tabular(line) and not fits([line])):
            break
        in_header = in_header and all(squeeze(segment.text) in names for segment in line.segments)
        repeated = repeated or in_header
        words = [word for segment in line.segments[1:] for word in (segment.text, *segment.text.split())]
        known = any(squeeze(segment.text) in labels for segment in line.segments)
        if len(line.segments) > 1 and not repeated and not known and not any(map(is_value, words)):
            break
        found.append(line)
    rows = overlapping(found)
    ends = [index for index, row in enumerate(rows) if _is_row(row)]
    kept = [line for row in rows[: ends[-1] + 1] for line in row] if ends else []
    rest = found[len(kept) : len(kept) + 1]
    kept += rest if kept and rest and _is_rest(rest[0], kept, rules) else []
    return kept if any(_is_row(row) and any(map(_has_value, row)) for row in rows) else []


def _is_row(row: Sequence[TextLine]) -> bool:
    """Whether texts stand side by side, at one height or beside a label that wraps."""
    return any(map(is_tabular, row)) or (len(row) > 1 and stand_beside(row))


def _has_value(line: TextLine) -> bool:
    return has_figures(line) or (len(line.segments) == 1 and is_value(line.text))


def _is_rest(line: TextLine, rows: Sequence[TextLine], rules: Sequence[tuple[float, float, float]]) -> bool:
    """Whether a line below the last row is the last of its label, which wraps: as near as the lines of a text, and shorter."""
    last = rows[-1]
    near = line.middle - last.middle <= TEXT * line.size and not any(last.middle < rule[0] < line.middle for rule in rules)
    begun = [segment for segment in last.segments if abs(segment.box.x0 - line.box.x0) <= OVER]
    return near and bool(begun) and line.box.x1 <= begun[0].box.x1 + 1


def _ends(line: TextLine, found: Sequence[TextLine], above: Table) -> bool:
    text = squeeze(line.text)
    if is_caption_line(line) or HEADING.match(text) or (len(line.segments) == 1 and PROSE_END.search(text)):
        return True
    boxes = [above.box, *(other.box for other in found)]
    left, right = min(box.x0 for box in boxes), max(box.x1 for box in boxes)
    if not is_tabular(line) and (line.box.x0 < left - OVER or line.box.x1 > right + OVER):
        return True
    if not found:
        return False
    last = found[-1]
    room = (ABOVE_TOTAL if is_total(line) else APART) * line.size
    return line.box.top - last.box.bottom > room or abs(line.size - last.size) > SAME_SIZE


def _ends_between(above: TextLine, line: TextLine, rules: Sequence[tuple[float, float, float]]) -> bool:
    """Whether the last rule of a table and the first of the next, which are not of one extent, are drawn between two lines."""
    between = sorted(rule for rule in rules if above.middle < rule[0] < line.middle)
    return len(between) > 1 and between[-1][0] - between[0][0] > DOUBLE and not _are_of_one_extent(between[0], between[-1])


def header_texts(table: Table) -> frozenset[str]:
    """The texts above the first row with values, whole and line by line."""
    valued = [c.row for c in table.cells if c.col > 0 and is_value(c.text) and not is_year(c.text)]
    heads = [c.text for c in table.cells if c.row < min(valued, default=table.n_rows)]
    return frozenset(squeeze(text) for head in heads for text in (head, *head.split("\n")))

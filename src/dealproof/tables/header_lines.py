"""Which lines of a table without a grid are its header, and where the header is printed again."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from dealproof.tables.columns import overlapping
from dealproof.tables.line_shapes import any_figures, mostly_figures
from dealproof.tables.lines import TextLine
from dealproof.tables.regions import MOST_HEADER_LINES
from dealproof.tables.values import is_name
from dealproof.text import squeeze

#: Share of the width of a table from which on one text of its header may be several.
GLUED = 0.4
#: Font sizes between the lines of one text at most.
TEXT = 1.45
#: Font sizes by which the rest of wrapped names is nearer to them than to the row below.
NEARER = 0.3


def header_and_body(region: Sequence[TextLine], inner: Sequence[float]) -> tuple[list[TextLine], list[TextLine]]:
    """Header lines stand above the first rule inside the table, or else are the leading lines without figures; and those
    that follow as long as fewer columns are named than there are."""
    rows = overlapping(region)
    if inner:
        above = [line for line in region if line.box.bottom <= inner[0] + 2]
        if above and len(above) <= MOST_HEADER_LINES and not any(mostly_figures(line) for line in above):
            lead = sum(1 for row in rows if row[0] in above or row[-1] in above)
            return _parted(region, rows, _with_names(rows, lead))
    if len(rows) < 2 or any_figures(rows[0]) or len(rows[0]) + len(rows[1]) == len(region) == 2 or _is_label(rows, inner):
        return [], list(region)
    lead = 1
    while lead < min(3, len(rows) - 1) and not any_figures(rows[lead]) and _tight([rows[lead - 1][-1], rows[lead][0]]):
        lead += 1
    if lead > 1 and not any(any_figures(row) for row in rows[lead:]):
        lead = 1
    return _parted(region, rows, _with_names(rows, lead))


def sections(
    header: Sequence[TextLine], body: Sequence[TextLine]
) -> list[tuple[Sequence[TextLine], Sequence[TextLine]]]:
    """The header with the rows up to where it is printed again, and so on; what heads the names of the rows may change with them."""
    count = len(header)
    if not header:
        return [(header, body)]
    starts = [index for index in range(len(body) - count + 1) if _is_header_again(header, body[index : index + count])]
    bounds = [*starts, len(body)]
    found: list[tuple[Sequence[TextLine], Sequence[TextLine]]] = [(header, body[: bounds[0]])]
    for start, end in pairwise(bounds):
        found.append((body[start : start + count], body[start + count : end]))
    return found


def _is_header_again(header: Sequence[TextLine], lines: Sequence[TextLine]) -> bool:
    texts = [[squeeze(segment.text) for segment in line.segments] for line in header]
    others = [[squeeze(segment.text) for segment in line.segments] for line in lines]
    if [len(row) for row in texts] != [len(row) for row in others]:
        return False
    corner = min(range(len(header)), key=lambda index: header[index].segments[0].box.x0)
    same = [one == other for row, again in zip(texts, others, strict=True) for one, other in zip(row, again, strict=True)]
    may_differ = len(same) > 2 and is_name(others[corner][0])
    return all(same) or (may_differ and texts[corner][0] != others[corner][0] and sum(same) == len(same) - 1)


def without_header(header: Sequence[TextLine], body: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a body but for those that repeat a line of the header."""
    texts = {squeeze(line.text) for line in header}
    return [line for line in body if squeeze(line.text) not in texts]


def _parted(
    region: Sequence[TextLine], rows: Sequence[Sequence[TextLine]], lead: int
) -> tuple[list[TextLine], list[TextLine]]:
    header = {id(line) for row in rows[:lead] for line in row}
    return [line for line in region if id(line) in header], [line for line in region if id(line) not in header]


def _with_names(rows: Sequence[Sequence[TextLine]], lead: int) -> int:
    """The number of rows of a header with those that go on naming columns: words side by side, above figures."""
    columns = max((_side_by_side(row) for row in rows[lead:]), default=0)
    lead = max(lead, _below_title(rows, lead))
    while lead < len(rows) - 1 and lead < MOST_HEADER_LINES:
        named = max(map(_side_by_side, rows[:lead]))
        if named >= columns or not _is_wide(rows[lead], rows) or any_figures(rows[lead]) or not any(any_figures(row) for row in rows[lead + 1 :]):
            break
        lead += 1
    while lead < len(rows) - 1 and _is_rest_of_names(rows, lead):
        lead += 1
    return lead


def _side_by_side(row: Sequence[TextLine]) -> int:
    """How many texts of a row stand side by side; the lines of a label that wraps are one."""
    ends = sorted((segment.box.x0, segment.box.x1) for line in row for segment in line.segments)
    found, right = 0, float("-inf")
    for start, end in ends:
        found += start >= right
        right = max(right, end)
    return found


def _is_label(rows: Sequence[Sequence[TextLine]], inner: Sequence[float]) -> bool:
    """Whether the first line is that of a label which goes on beside the figures of the first row, no line of a header."""
    first, second = rows[0][0], rows[1][0]
    if len(rows[0]) > 1 or len(first.segments) > 1 or not any_figures(rows[1]) or second.middle - first.middle > TEXT * first.size:
        return False
    left, right = second.segments[0].box.x0, second.segments[0].box.x1
    over = first.box.x0 < right and left < first.box.x1
    off = inner[0] > second.middle if inner else len(rows) > 2 and rows[2][0].box.top - second.box.bottom > second.box.top - first.box.bottom + NEARER * first.size / 2
    return over and off


def _below_title(rows: Sequence[Sequence[TextLine]], lead: int) -> int:
    """The number of rows down to the first that names columns where a header begins with texts that stand alone, as its title does;
    none where figures come first."""
    if any(sum(len(line.segments) for line in row) > 1 for row in rows[:lead]):
        return 0
    below = next((index for index, row in enumerate(rows) if any_figures(row) or sum(len(line.segments) for line in row) > 1), len(rows))
    within = below < min(len(rows) - 1, MOST_HEADER_LINES) and not any_figures(rows[below]) and sum(len(line.segments) for line in rows[below]) > 2
    return below + 1 if within and any(any_figures(row) for row in rows[below + 1 :]) else 0


def _is_rest_of_names(rows: Sequence[Sequence[TextLine]], lead: int) -> bool:
    """Whether a row of words goes on with the names above it: several texts, nearer to them than to the figures below."""
    above, row, below = rows[lead - 1 : lead + 2]
    if any_figures(row) or not any_figures(below) or sum(len(line.segments) for line in row) < 2:
        return False
    up, down = row[0].box.top - above[-1].box.bottom, below[0].box.top - row[-1].box.bottom
    return _tight([above[-1], row[0]]) and down - up > NEARER * row[0].size


def _is_wide(row: Sequence[TextLine], rows: Sequence[Sequence[TextLine]]) -> bool:
    """Whether a row has several texts, or one that may be several glued together: beside the first column, over much of the width."""
    if sum(len(line.segments) for line in row) > 1:
        return True
    left, right = min(line.box.x0 for each in rows for line in each), max(line.box.x1 for each in rows for line in each)
    box = row[0].box
    return box.x0 > left + row[0].size and box.x1 - box.x0 > GLUED * (right - left)


def _tight(lines: Sequence[TextLine]) -> bool:
    return all(b.box.top - a.box.bottom < 0.55 * a.size for a, b in pairwise(lines))

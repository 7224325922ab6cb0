"""Columns of a table without vertical rules: the white gutters that run through all its rows."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from dealproof.tables.lines import CELL_GAP, Segment, TextLine, run_text
from dealproof.tables.page import Char
from dealproof.tables.values import is_value
from dealproof.text import MARKS, squeeze

#: A gutter is at least this wide, in font sizes; gaps inside a segment count as covered, so it can be narrow.
MIN_GUTTER = 0.35
#: Share of the defining rows that may reach into a gutter (a long label, a centred total).
MAX_BRIDGES = 0.12
#: Share of the letters of a value that stand in its column at least.
MOST_OF_VALUE = 0.7
#: Letters of a word that is spaced apart at most; share of the size by which the gaps between them differ.
SPACED_WORD, ALIKE = 4, 0.15
#: Gap over a gutter, in font sizes, at which a text is cut; between letters that blanks may part.
BLANK, LATIN_BLANK = 0.2, 0.3
TOTALS = ("合计", "总计", "小计", "总额", "total")
#: What points from a value to a note below its table.
_NOTED = re.compile(rf"(?:[(（]注\d{{0,2}}[)）]|[*＊{MARKS}])$")


@dataclass(frozen=True, slots=True)
class Piece:
    """Text of one line that belongs to the columns `first`..`last` (spanning when they differ)."""

    first: int
    last: int
    text: str
    chars: tuple[Char, ...]


def find_gutters(lines: Sequence[TextLine]) -> list[float]:
    """Return the x positions (middles of gutters) between neighbouring columns, from left to right."""
    defining = _defining(lines)
    if not defining:
        return []
    sizes = sorted(line.size for line in lines)
    allowed = int(MAX_BRIDGES * len(defining))
    left = min(row[0][0] for row in defining)
    right = max(row[-1][1] for row in defining)
    step = 0.5
    covered = [0] * (int((right - left) / step) + 2)
    for row in defining:
        for index in _covered_steps(row, left, step, len(covered)):
            covered[index] += 1
    least = MIN_GUTTER * sizes[len(sizes) // 2]
    parted = [line for line in lines if len(line.segments) > 1 or _has_gap(line.segments[0].chars, least)]
    return [_free_of_text(white, parted, least) for white in _whites(covered, allowed, left, step, least)]


def _has_gap(chars: Sequence[Char], least: float) -> bool:
    return any(char.x0 - before.x1 >= least for before, char in pairwise(chars))


def _free_of_text(white: tuple[float, float], lines: Sequence[TextLine], least: float) -> float:
    """The middle of what no row prints in, of the white space between two columns of the rows that show them: where a long text
    nearly touches the next column, the gutter runs between the two. The middle of the whole where texts run over all of it."""
    start, end = white
    free: list[tuple[float, float]] = []
    at = start
    for x0, x1 in sorted((char.x0, char.x1) for line in lines for segment in line.segments for char in segment.chars):
        if x1 > start and x0 < end:
            free.append((at, min(x0, end)))
            at = max(at, x1)
    free.append((at, end))
    x0, x1 = max(free, key=lambda part: (part[1] - part[0], part[1]))
    return (x0 + x1) / 2 if x1 - x0 >= least else (start + end) / 2


def paired_gutters(lines: Sequence[TextLine]) -> list[float]:
    """Columns of two rows with as many cells each: the cells belong together by their order.

    A centred header over one row, as a page break leaves it, has its words beside the texts below, not over them.
    Empty where there are more rows, or where cells of different columns stand over one another.
    """
    rows = [_intervals(row) for row in overlapping(lines)]
    if len(rows) != 2 or len(rows[0]) != len(rows[1]):
        return []
    columns = [(min(a[0], b[0]), max(a[1], b[1])) for a, b in zip(*rows, strict=True)]
    between = [(left[1], right[0]) for left, right in pairwise(columns)]
    return [(end + start) / 2 for end, start in between] if all(end < start for end, start in between) else []


def _defining(lines: Sequence[TextLine]) -> list[list[tuple[float, float]]]:
    """The rows that show the columns, as intervals in x: rows with as many cells as is usual, without totals.

    Lines that overlap in height are one row, so that a cell that wraps beside its row counts as a cell of it.
    """
    rows = [(row, _intervals(row)) for row in overlapping(lines)]
    tabular = [(row, cells) for row, cells in rows if len(cells) >= 2]
    if not tabular:
        return []
    counts = Counter(len(cells) for _, cells in tabular)
    usual = max(counts, key=lambda n: (counts[n], n))
    chosen = [(row, cells) for row, cells in tabular if len(cells) >= usual]
    without_totals = [cells for row, cells in chosen if squeeze(row[0].segments[0].text).lower() not in TOTALS]
    return without_totals if len(without_totals) >= 2 else [cells for _, cells in chosen]


def _intervals(row: Sequence[TextLine]) -> list[tuple[float, float]]:
    """Cells of a row as intervals; texts above one another are one cell."""
    found: list[tuple[float, float]] = []
    for x0, x1 in sorted((s.box.x0, s.box.x1) for line in row for s in line.segments):
        if found and x0 <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], x1))
        else:
            found.append((x0, x1))
    return found


def _covered_steps(row: Sequence[tuple[float, float]], left: float, step: float, count: int) -> set[int]:
    steps: set[int] = set()
    for x0, x1 in row:
        steps.update(range(max(0, int((x0 - left) / step)), min(count, int((x1 - left) / step) + 1)))
    return steps


def _whites(covered: Sequence[int], allowed: int, left: float, step: float, least: float) -> list[tuple[float, float]]:
    found: list[tuple[float, float]] = []
    start: int | None = None
    for index, count in enumerate(covered):
        if count <= allowed:
            start = index if start is None else start
            continue
        if start is not None and start > 0 and (index - start) * step >= least:
            found.append((left + start * step, left + index * step))
        start = None
    return found


def pieces(line: TextLine, gutters: Sequence[float]) -> list[Piece]:
    """Cut a line into pieces by column; a segment that runs unbroken over a gutter stays one spanning piece."""
    found: list[Piece] = []
    for segment in line.segments:
        for chars in _split(segment, gutters, line.size):
            first, last = _column(chars[0], gutters), _column(chars[-1], gutters)
            if found and found[-1].first < found[-1].last == first == last and is_value(run_text(chars)):
                found[-1] = replace(found[-1], last=last - 1)  # a long name that reaches under the value behind it
                found.append(Piece(first, last, run_text(chars), tuple(chars)))
            elif found and found[-1].last == first and first == last:
                joined = (*found[-1].chars, *chars)
                found[-1] = Piece(found[-1].first, last, run_text(joined), joined)
            else:
                found.append(Piece(first, last, run_text(chars), tuple(chars)))
    return found


def within_columns(found: Sequence[Piece], gutters: Sequence[float]) -> list[Piece]:
    """The pieces of a line of the body, a whole value that reaches a little over a gutter put into the column of most of it, and
    a text that reaches under a text of its own in the next column taken back from there."""
    taken = {piece.first for piece in found if piece.first == piece.last}
    kept: list[Piece] = []
    for piece in found:
        column = _column_of_most(piece, gutters) if piece.first < piece.last and is_value(_NOTED.sub("", piece.text)) else None
        if column is not None and column not in taken:
            piece = replace(piece, first=column, last=column)
        elif piece.first < piece.last and piece.last in taken:
            piece = replace(piece, last=piece.last - 1)
        kept.append(piece)
    return kept


def _column_of_most(piece: Piece, gutters: Sequence[float]) -> int | None:
    counts = Counter(_column(char, gutters) for char in piece.chars)
    column, count = counts.most_common(1)[0]
    return column if count >= MOST_OF_VALUE * len(piece.chars) else None


def _split(segment: Segment, gutters: Sequence[float], size: float) -> list[list[Char]]:
    if _is_spaced_word(segment, size):
        return [list(segment.chars)]
    parts: list[list[Char]] = [[segment.chars[0]]]
    for before, char in zip(segment.chars, segment.chars[1:], strict=False):
        crosses = any(
            before.x0 < gutter < char.x1 and before.x1 <= gutter + 1 and char.x0 >= gutter - 1 for gutter in gutters
        )
        if crosses and char.x0 - before.x1 >= (LATIN_BLANK if before.text.isascii() and char.text.isascii() else BLANK) * size:
            parts.append([char])
        else:
            parts[-1].append(char)
    return parts


def _is_spaced_word(segment: Segment, size: float) -> bool:
    """Whether a text is a few ideographs spaced apart alike, by less than two cells are: 本 期."""
    gaps = [right.x0 - left.x1 for left, right in pairwise(segment.chars)]
    if not 0 < len(gaps) < SPACED_WORD or any(char.text.isascii() for char in segment.chars):
        return False
    return max(gaps) - min(gaps) <= ALIKE * size and max(gaps) < CELL_GAP * size


def _column(char: Char, gutters: Sequence[float]) -> int:
    middle = (char.x0 + char.x1) / 2
    return sum(1 for gutter in gutters if gutter < middle)


def merge_complementary(gutters: Sequence[float], lines: Sequence[TextLine], header_width: int) -> tuple[float, ...]:
    """Drop gutters between neighbours that no row fills both: one column whose values stand left and right.

    A column of amounts and percentages may be aligned to either side by turns. Where the header names more
    columns than would remain, nothing is merged. Lines that overlap in height are one row.
    """
    kept = list(gutters)
    rows = overlapping(lines)
    index = 1
    while index < len(kept) and len(kept) + 1 > max(2, header_width):
        filled = [{p.first for line in row for p in pieces(line, kept)} for row in rows]
        both = any(index in columns and index + 1 in columns for columns in filled)
        either = [any(column in columns for columns in filled) for column in (index, index + 1)]
        if not both and all(either):
            kept.pop(index)
        else:
            index += 1
    return tuple(kept)


def overlapping(lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """Lines grouped into rows: each that overlaps the one before, or nearly touches it, is beside it."""
    rows: list[list[TextLine]] = []
    for line in sorted(lines, key=lambda x: x.middle):
        if rows and line.middle - rows[-1][-1].middle < 0.9 * line.size:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows

"""Rows of a table without horizontal rules between all rows: which lines belong to one row.

A cell whose text wraps puts two or three lines beside one line of its neighbours, above, below or around it.
The lines that fill most columns are the anchors; the others join the nearest anchor, unless they stand as far
from it as rows stand from each other (then they are rows of their own, such as a sub-heading).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from dealproof.tables.columns import TOTALS, Piece
from dealproof.tables.lines import TextLine
from dealproof.text import squeeze

#: Font sizes between the middles of two lines, below which they are no two rows.
NEARER_THAN_ROWS = 0.95
#: Font sizes between the lines of one text at most, and by which the next row stands further off at least.
TIGHT, APART = 1.45, 0.15
_FIGURE = re.compile(r"[-+(]?\d[\d,.]*\)?(?:%|元|万元|亿元|笔|户)?")


@dataclass(frozen=True, slots=True)
class RowLine:
    """One visual line with its pieces by column."""

    line: TextLine
    pieces: tuple[Piece, ...]
    extent: tuple[float, float] | None = None

    @property
    def heights(self) -> tuple[float, float]:
        """The vertical centres of the first and the last line that stand beside one another here."""
        return self.extent or (self.middle, self.middle)

    @property
    def middle(self) -> float:
        """Vertical centre of the line."""
        return (self.line.box.top + self.line.box.bottom) / 2


def group_rows(lines: Sequence[RowLine], bands: Sequence[float] = ()) -> list[list[RowLine]]:
    """Group lines into rows. `bands` are y positions of rules or shade edges that separate rows for certain."""
    if bands:
        return [row for band in _by_band(lines, bands) for row in _within_band(band)]
    return _by_anchor(lines)


def _by_band(lines: Sequence[RowLine], bands: Sequence[float]) -> list[list[RowLine]]:
    groups: dict[int, list[RowLine]] = {}
    for line in lines:
        groups.setdefault(sum(1 for y in bands if y < line.middle), []).append(line)
    return [groups[index] for index in sorted(groups)]


def _within_band(band: list[RowLine]) -> list[list[RowLine]]:
    """One band is one row, unless one of its columns holds figures on several lines (a band over many rows)."""
    figures: dict[int, int] = {}
    for line in band:
        for piece in line.pieces:
            if _FIGURE.fullmatch(squeeze(piece.text)):
                figures[piece.first] = figures.get(piece.first, 0) + 1
    return _by_anchor(band) if max(figures.values(), default=0) >= 2 or _begins_with_title(band) else [band]


def _begins_with_title(band: Sequence[RowLine]) -> bool:
    """Whether the first of several lines is the name of a group above a row that has its own name, further off than lines of a text."""
    if len(band) < 2 or len(band[0].pieces) > 1 or len(band[1].pieces) < 2:
        return False
    title, row = band[0], band[1]
    return title.pieces[0].first == row.pieces[0].first == 0 and row.middle - title.middle > TIGHT * title.line.size


def _by_anchor(lines: Sequence[RowLine]) -> list[list[RowLine]]:
    """Group by anchors; lines that overlap in height are beside each other and count as one."""
    clusters = _overlapping(lines)
    if len(clusters) == len(lines):
        return _attach(lines)
    heads = [_as_one(cluster) for cluster in clusters]
    members = dict(zip(map(id, heads), clusters, strict=True))
    leading = max((_leading(cluster) for cluster in clusters), default=0.0)
    return [[line for head in row for line in members[id(head)]] for row in _attach(heads, leading)]


def _leading(cluster: Sequence[RowLine]) -> float:
    """The largest distance of the lines of one text among lines that stand beside one another."""
    held: dict[int, list[float]] = {}
    for line in cluster:
        for piece in line.pieces:
            if piece.first == piece.last:
                held.setdefault(piece.first, []).append(line.middle)
    return max((below - above for heights in held.values() for above, below in pairwise(heights)), default=0.0)


def _overlapping(lines: Sequence[RowLine]) -> list[list[RowLine]]:
    clusters: list[list[RowLine]] = []
    for line in lines:
        if clusters and _are_beside(clusters[-1][-1], line):
            clusters[-1].append(line)
        else:
            clusters.append([line])
    return clusters


def _are_beside(above: RowLine, line: RowLine) -> bool:
    """Whether two lines overlap in height, or are nearer than rows can be and fill other columns, as a figure does between the two
    lines of its label."""
    if line.line.box.top < above.line.box.bottom - 0.25 * line.line.size:
        return True
    filled = {column for piece in above.pieces for column in range(piece.first, piece.last + 1)}
    apart = not any(filled & set(range(piece.first, piece.last + 1)) for piece in line.pieces)
    return apart and line.middle - above.middle < NEARER_THAN_ROWS * line.line.size


def _as_one(cluster: Sequence[RowLine]) -> RowLine:
    """The cluster's fullest line, with every column that any of its lines fills."""
    fullest = max(cluster, key=lambda line: len(line.pieces))
    filled = {piece.first for piece in fullest.pieces}
    others = [p for line in cluster for p in line.pieces if p.first not in filled]
    extra = {p.first: p for p in reversed(others)}
    every = tuple(sorted((*fullest.pieces, *extra.values()), key=lambda piece: piece.first))
    return RowLine(fullest.line, every, (cluster[0].middle, cluster[-1].middle))


def _attach(lines: Sequence[RowLine], leading: float = 0.0) -> list[list[RowLine]]:
    """The lines with those of their row; `leading`: the distance of the lines of one text, as far as it is known."""
    if not lines:
        return []
    fullest = max(len(line.pieces) for line in lines)
    need = 2 if fullest <= 3 else max(2, (fullest + 1) // 2)
    anchors = [i for i, line in enumerate(lines) if len(line.pieces) >= min(need, fullest) or _is_total(line)]
    rests = [i for i in anchors if i and _is_rest(lines, i)]
    anchors = [i for i in anchors if i not in rests]
    pitch = _pitch(lines, anchors)
    tied = {i: i - 1 for i in rests if i - 1 in anchors}
    tied |= {i: at for i in range(len(lines)) if i not in (*anchors, *tied) and (at := _tied_to(lines, i, frozenset(anchors))) is not None}
    leading = max((leading, *(abs(lines[i].middle - lines[i - 1].middle) for i, at in tied.items() if at < i)))
    owner = {i: i for i in anchors} | tied
    for i, line in enumerate(lines):
        if i not in owner:
            owner[i] = i if leading and _stands_off(lines, i, leading) else _nearest(lines, anchors, i, line, pitch)
    rows: dict[int, list[RowLine]] = {}
    for i, line in enumerate(lines):
        rows.setdefault(owner[i], []).append(line)
    return sorted(rows.values(), key=lambda row: row[0].middle)


def _is_rest(lines: Sequence[RowLine], index: int) -> bool:
    """Whether several texts side by side go on with those right above them: words in columns of that line, not in all of them, as near
    as the lines of a text, and nearer than to the next row."""
    above, line = lines[index - 1], lines[index]
    held = [{(piece.first, piece.last) for piece in each.pieces} for each in (above, line)]
    up = line.heights[0] - above.heights[1]
    down = lines[index + 1].heights[0] - line.heights[1] if index + 1 < len(lines) else None
    near = up <= TIGHT * line.line.size and (down is None or down > up + APART * line.line.size)
    words = not any(_FIGURE.fullmatch(squeeze(piece.text)) for piece in line.pieces)
    return held[1] < held[0] and near and words and not _is_total(line)


def _tied_to(lines: Sequence[RowLine], index: int, anchors: frozenset[int]) -> int | None:
    """The only anchor among the lines of its column that stand as tight as those of one text, where what follows above and below
    stands further off; None where the distances do not tell."""
    if len(lines[index].pieces) != 1:
        return None
    column, size = lines[index].pieces[0].first, lines[index].line.size
    text, gaps, beyond = [index], [], []
    for step in (-1, 1):
        at = index
        while (then := _neighbour(lines, at, step, column)) is not None:
            gap = abs(lines[then].middle - lines[at].middle)
            if gap > TIGHT * size:
                beyond.append(gap)
                break
            gaps.append(gap)
            text.append(then)
            at = then
    own = [at for at in text if at in anchors]
    if len(own) != 1 or _is_total(lines[own[0]]) or any(gap <= max(gaps) + APART * size for gap in beyond):
        return None
    return own[0]


def _stands_off(lines: Sequence[RowLine], index: int, leading: float) -> bool:
    """Whether a line stands further from those above and below it than the lines of one text do in this table."""
    first, last = lines[index].heights
    gaps = [first - lines[at].heights[1] for at in range(max(index - 1, 0), index)]
    gaps += [lines[at].heights[0] - last for at in range(index + 1, min(index + 2, len(lines)))]
    return all(gap > leading + APART * lines[index].line.size for gap in gaps)


def _neighbour(lines: Sequence[RowLine], index: int, step: int, column: int) -> int | None:
    at = index + step
    while 0 <= at < len(lines):
        if any(piece.first == piece.last == column for piece in lines[at].pieces):
            return at
        at += step
    return None


def _is_total(line: RowLine) -> bool:
    return len(line.pieces) >= 2 and squeeze(line.pieces[0].text).lower() in TOTALS


def _pitch(lines: Sequence[RowLine], anchors: Sequence[int]) -> float:
    steps = [lines[b].middle - lines[a].middle for a, b in pairwise(anchors) if b == a + 1]
    return median(steps) if steps else 2.2 * median(line.line.size for line in lines)


def _nearest(lines: Sequence[RowLine], anchors: Sequence[int], index: int, line: RowLine, pitch: float) -> int:
    """The anchor whose row this line wraps from, or the line itself when it is a row of its own."""
    near = {a: (0.9 * line.line.size if _is_total(lines[a]) else 0.85 * pitch) for a in anchors}
    candidates = [a for a in anchors if abs(lines[a].middle - line.middle) < near[a]]
    candidates += [
        a for a in anchors if a not in candidates and not _is_total(lines[a]) and _chained(lines, a, index, pitch)
    ]
    if not candidates:
        return index
    return min(candidates, key=lambda a: (abs(lines[a].middle - line.middle), a))


def _chained(lines: Sequence[RowLine], anchor: int, index: int, pitch: float) -> bool:
    """Whether tightly set lines lead from the anchor to this line (a cell wrapped over three lines and more)."""
    low, high = sorted((anchor, index))
    tight = TIGHT * median(line.line.size for line in lines)
    if tight >= 0.85 * pitch:
        return False
    return all(b.middle - a.middle <= tight for a, b in pairwise(lines[low : high + 1]))

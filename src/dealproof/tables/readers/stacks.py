"""Rows that share one band between level lines: a band is parted as far as values stand on one another in it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise
from statistics import median

from dealproof.tables.lines import run_text
from dealproof.tables.page import Char
from dealproof.tables.values import is_value, is_year, name_rows
from dealproof.text import squeeze

#: Distance of two lines, in font sizes, up to which they may be one wrapped text.
TIGHT = 1.55
#: Share of the distance between two rows from which on a line is no part of either.
ROW_APART = 0.8
#: Shares of the size by which texts of one row may differ in height, and by which a text stands in the middle of its band.
LEVEL, CENTRED = 0.5, 0.35
#: Lines below one that leaves a bracket open within which it is closed.
MOST_RESTS = 2
_PHONE = re.compile(r"0\d{2,3}-\d{7,8}|1\d{10}")
_WHOLE = re.compile(rf"{_PHONE.pattern}|(?:尚?未|已|没有)(?:发生|触发|达到|违反)|[是否有无]|不适用")


@dataclass(frozen=True)
class Piece:
    """Text of one line in the columns `first` to `last` of a band; `middle` is its height, `size` that of its letters."""

    first: int
    last: int
    middle: float
    size: float
    chars: tuple[Char, ...]

    @cached_property
    def text(self) -> str:
        """What is printed."""
        return run_text(self.chars)

    @cached_property
    def is_value(self) -> bool:
        """Whether it is one whole value."""
        return is_value(self.text)

    @property
    def is_entry(self) -> bool:
        """Whether it is one whole value, telephone number, or word for what did or did not happen."""
        return self.is_value or _WHOLE.fullmatch(squeeze(self.text)) is not None


@dataclass(frozen=True, slots=True)
class Band:
    """What stands between two level lines; `parted`: the cuts at which upright lines are drawn here."""

    number: int
    top: float
    bottom: float
    parted: tuple[int, ...]
    pieces: tuple[Piece, ...]

    @property
    def has_values(self) -> bool:
        """Whether a value that is not the year of a header stands beside something."""
        values = [piece for piece in self.pieces if piece.is_value and not is_year(piece.text)]
        return len(self.pieces) > 1 and bool(values)


@dataclass(frozen=True, slots=True)
class Row:
    """One row of the grid: its band, its extent, its texts, and the columns whose text covers all rows of the band."""

    band: Band
    top: float
    bottom: float
    pieces: tuple[Piece, ...]
    whole: frozenset[int] = field(default_factory=frozenset)
    is_first: bool = True


def stacked_rows(band: Band, bands: Sequence[Band]) -> list[Row]:
    """The rows of one band, from top to bottom: one, unless values stand on one another."""
    begun = _without_rests(band)
    anchors = _anchors(begun)
    if len(anchors) < 2:
        anchors = _even_anchors(begun)
    if len(anchors) < 2 and (_is_sole_body(begun, bands) or _have_room(begun, bands)):
        anchors = _text_anchors(begun)
    if len(anchors) < 2:
        return [Row(band, band.top, band.bottom, band.pieces)]
    return _parted(band, anchors)


def _without_rests(band: Band) -> Band:
    """The band without the lines that close a bracket which a line above them in their column leaves open: no row begins there."""
    rests: set[int] = set()
    for own in _columns(band).values():
        for index, piece in enumerate(own):
            lines = [(_depth(other.text), other) for other in own[index + 1 : index + MOST_RESTS + 1]]
            depth, closed = _depth(piece.text), []
            for change, other in lines if depth > 0 else ():
                depth += change
                closed.append(id(other))
                if depth <= 0:
                    rests.update(closed)
                    break
    return replace(band, pieces=tuple(piece for piece in band.pieces if id(piece) not in rests))


def _depth(text: str) -> int:
    """How many brackets a text leaves open; negative where it closes more than it opens."""
    return sum((char in "(（[【〔") - (char in ")）]】〕") for char in text)


def has_stacked_values(band: Band) -> bool:
    """Whether values stand on one another in some column."""
    return any(sum(1 for piece in own if piece.is_value) >= 2 for own in _columns(band).values())


def _columns(band: Band) -> dict[int, list[Piece]]:
    columns: dict[int, list[Piece]] = {}
    for piece in sorted(band.pieces, key=lambda each: each.middle):
        if piece.first == piece.last:
            columns.setdefault(piece.first, []).append(piece)
    return columns


def _anchors(band: Band) -> list[float]:
    """Heights of the rows: those of the column with most values, where another column has a text beside each of them.

    Lines that are one value together are a value that wraps.
    """
    columns = _columns(band)
    best: list[float] = []
    pitch = 0.0
    for number, own in columns.items():
        values = [piece for piece in own if piece.is_entry]
        texts = [piece.text for piece in own]
        if not all(piece.is_value for piece in values) and not _stand_apart(own):
            continue
        if len(values) < 2 or len(values) < 0.6 * len(own) or (is_value("".join(texts)) and not _count_apart(own)):
            continue
        heights = [piece.middle for piece in values]
        beside = max(
            (_matched(heights, others, values[0].size) for other, others in columns.items() if other != number),
            default=0,
        )
        if beside >= min(len(heights), 2) and beside >= 0.6 * len(heights) and len(heights) > len(best):
            best, pitch = heights, _pitch(own if _stand_apart(own) else values)
    return _with_rows_between(band, best, pitch) if best else _lone_anchor(band)


def _pitch(texts: Sequence[Piece]) -> float:
    """The least distance of texts of one column that are rows."""
    return min((below.middle - above.middle for above, below in pairwise(texts)), default=0.0)


def _count_apart(own: Sequence[Piece]) -> bool:
    """Whether numbers count rows, further apart than the lines of one text."""
    return _stand_apart(own) and name_rows([piece.text for piece in own])


def _stand_apart(own: Sequence[Piece]) -> bool:
    """Whether texts stand further apart than the lines of one text."""
    return all(below.middle - above.middle > TIGHT * above.size for above, below in pairwise(own))


def _even_anchors(band: Band) -> list[float]:
    """The heights of rows that fill every column, a value among them: no text wraps so far apart in all columns at once."""
    columns = list(_columns(band).values())
    if len(columns) < 2 or len(columns[0]) < 2 or not (band.has_values or any(map(_are_phones, columns))):
        return []
    heights, size = [piece.middle for piece in columns[0]], columns[0][0].size
    even = all(len(own) == len(heights) and _matched(heights, own, size) == len(heights) for own in columns)
    return heights if even and all(b - a > TIGHT * size for a, b in pairwise(heights)) else []


def _are_phones(own: Sequence[Piece]) -> bool:
    """Whether every line of a column is a whole telephone number."""
    return all(_PHONE.fullmatch(squeeze(piece.text)) for piece in own)


def _lone_anchor(band: Band) -> list[float]:
    """The heights of a row with values and of what stands above it: the label of a group, or a header that fills its columns."""
    heights = _filled_heights(band)
    values = [piece for piece in band.pieces if piece.is_value]
    if not values or not heights or abs(heights[-1] - values[0].middle) > LEVEL * values[0].size:
        return []
    size = values[0].size
    if len(heights) == 2 and _fills_twice(band, heights[0], size) and heights[1] - heights[0] > TIGHT * size:
        return heights if not any(p.is_value for p in band.pieces if abs(p.middle - heights[0]) <= LEVEL * size) else []
    groups = [height for height in _group_heights(band) if heights[0] - height > TIGHT * size]
    return [groups[0], heights[0]] if len(groups) == len(heights) == 1 else []


def _fills_twice(band: Band, head: float, size: float) -> bool:
    """Whether a header stands over every column of a row; the row's first place may be that of a group named on the page before."""
    columns = _columns(band)
    heads = {number for number, own in columns.items() for piece in own if abs(piece.middle - head) <= LEVEL * size}
    once = [number for number, own in columns.items() if len(own) == 1]
    return heads == set(columns) and once in ([], [0]) and len(band.pieces) == 2 * len(columns) - len(once)


def _with_rows_between(band: Band, anchors: list[float], pitch: float) -> list[float]:
    """The heights with those of rows that hold no value: several columns are filled there, as far off as rows stand (`pitch`)."""
    rows = list(anchors)
    for height in (*_filled_heights(band), *_group_heights(band), *_named_heights(band, anchors)):
        if all(abs(height - other) >= ROW_APART * pitch for other in rows):
            rows.append(height)
    return sorted(rows)


def _named_heights(band: Band, anchors: Sequence[float]) -> list[float]:
    """The heights of the texts of a column that names each of some rows, where its texts stand too far apart to be lines of one."""
    for own in _columns(band).values():
        named = not any(piece.is_value for piece in own) and _matched(anchors, own, own[0].size) == len(anchors)
        if named and len(own) > len(anchors) and _stand_apart(own):
            return [piece.middle for piece in own]
    return []


def _group_heights(band: Band) -> list[float]:
    """The heights of labels that stand alone on their line and do not go on from a full line above."""
    labels = _columns(band).get(0, [])
    right = max((piece.chars[-1].x1 for piece in labels), default=0.0)
    alone = [
        piece
        for piece in labels
        if not any(other is not piece and abs(other.middle - piece.middle) <= LEVEL * piece.size for other in band.pieces)
    ]
    before = {id(below): above for above, below in pairwise(labels)}
    return [
        piece.middle
        for piece in alone
        if id(piece) not in before or before[id(piece)].chars[-1].x1 < right - 1.2 * piece.size
    ]


def _matched(heights: Sequence[float], others: Sequence[Piece], size: float) -> int:
    middles = [piece.middle for piece in others]
    around = [(a + b) / 2 for a, b in pairwise(middles) if b - a <= TIGHT * size]
    return sum(1 for height in heights if any(abs(middle - height) <= LEVEL * size for middle in (*middles, *around)))


def _is_sole_body(band: Band, bands: Sequence[Band]) -> bool:
    """Whether all rows of a table stand in this band, but for its header and its total."""
    full = [other for other in bands if other.pieces]
    lines = {other.number: _line_count(other) for other in full}
    return lines.get(band.number, 0) >= 3 and all(
        count <= 2 for number, count in lines.items() if number != band.number
    ) and len(full) <= 3


def _have_room(band: Band, bands: Sequence[Band]) -> bool:
    """Whether the names in the first column of a band are no single text that wraps: the lines have room for more."""
    names = _columns(band).get(0, [])
    widest = max((_width(piece) for other in bands for piece in _columns(other).get(0, [])), default=0.0)
    alike = [number for number, own in _columns(band).items() if number and len(own) >= len(names)]
    roomy = all(_width(piece) + piece.size <= widest for piece in names[:-1])
    return len(names) > 1 and bool(alike) and roomy and not _has_values_between(band, names)


def _has_values_between(band: Band, names: Sequence[Piece]) -> bool:
    """Whether every value of a band is the only text of its column and stands in the middle between two lines of a label:
    one row, whose label wraps."""
    values = [piece for piece in band.pieces if piece.is_value]
    alone = [piece for own in _columns(band).values() if len(own) == 1 for piece in own]
    middle = (names[0].middle + names[-1].middle) / 2
    between = all(piece in alone and abs(piece.middle - middle) <= CENTRED * piece.size for piece in values)
    return len(names) == 2 and bool(values) and between


def _width(piece: Piece) -> float:
    return piece.chars[-1].x1 - piece.chars[0].x0


def _line_count(band: Band) -> int:
    return max((len(own) for own in _columns(band).values()), default=0)


def _text_anchors(band: Band) -> list[float]:
    """Rows of words: the labels of the first column where they stand apart, else lines on which several columns are filled;
    none where lines stand as tight as a wrapped text."""
    labels = [piece.middle for piece in _columns(band).get(0, ())]
    size = median(piece.size for piece in band.pieces) if band.pieces else 0.0
    for heights in (labels, _filled_heights(band)):
        if len(heights) >= 2 and all(b - a > TIGHT * size for a, b in pairwise(heights)):
            return heights
    return []


def _filled_heights(band: Band) -> list[float]:
    heights: dict[float, set[int]] = {}
    size = median(piece.size for piece in band.pieces) if band.pieces else 0.0
    for piece in sorted(band.pieces, key=lambda each: each.middle):
        near = next((height for height in heights if abs(height - piece.middle) <= LEVEL * size), piece.middle)
        heights.setdefault(near, set()).add(piece.first)
    full = max((len(columns) for columns in heights.values()), default=0)
    return sorted(height for height, columns in heights.items() if len(columns) >= max(2, (full + 1) // 2))


def _parted(band: Band, anchors: Sequence[float]) -> list[Row]:
    middles = [(a + b) / 2 for a, b in pairwise(anchors)]
    tops = [band.top, *middles]
    bottoms = [*middles, band.bottom]
    columns = _columns(band)
    whole = frozenset(
        number
        for number, own in columns.items()
        if _covers_all(band, own, anchors) or (number == 0 and _heads_all(band, own, columns.get(1, []), anchors))
    )
    rows: list[list[Piece]] = [[] for _ in anchors]
    for piece in band.pieces:
        rows[0 if piece.first in whole else _nearest(piece, anchors)].append(piece)
    return [
        Row(band, top, bottom, tuple(held), whole, index == 0)
        for index, (top, bottom, held) in enumerate(zip(tops, bottoms, rows, strict=True))
    ]


def _covers_all(band: Band, own: Sequence[Piece], anchors: Sequence[float]) -> bool:
    """Whether the only text of a column stands in the middle of a band of several rows."""
    top, bottom = own[0].middle - own[0].size / 2, own[-1].middle + own[-1].size / 2
    together = all(b.middle - a.middle <= 1.6 * a.size for a, b in pairwise(own))
    off = abs((top + bottom) / 2 - (band.top + band.bottom) / 2)
    return together and len(own) < len(anchors) and off <= CENTRED * own[0].size


def _heads_all(band: Band, own: Sequence[Piece], beside: Sequence[Piece], anchors: Sequence[float]) -> bool:
    """Whether the only text of a first column stands beside the first of several rows, each of which has a name of its own."""
    size = own[0].size
    together = all(b.middle - a.middle <= TIGHT * a.size for a, b in pairwise(own))
    level = abs(own[0].middle - anchors[0]) <= LEVEL * size
    named = name_rows([piece.text for piece in beside]) and _matched(anchors, beside, size) == len(anchors)
    return 1 in band.parted and together and level and len(own) < len(anchors) and named


def _nearest(piece: Piece, anchors: Sequence[float]) -> int:
    return min(range(len(anchors)), key=lambda index: (abs(anchors[index] - piece.middle), index))



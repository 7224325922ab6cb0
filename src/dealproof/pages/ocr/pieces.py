"""The pieces of a picture that are recognised one by one: lines of text, cut where ruling lines part cells.

What the detector overlooks (a lone digit in a cell) is found again by its ink.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from dealproof.model.evidence import Box
from dealproof.pages.ocr.find_lines import Found
from dealproof.pages.ocr.ink import is_ink
from dealproof.pages.ocr.ruling import Stroke

#: A strip that falls by less than this (pixels) from end to end is level.
FALL = 2.0
#: White left around a piece, as a share of its height.
MARGIN = 0.12
#: A piece narrower than this (points) holds no text.
NARROW = 1.5
#: Ink lower than this (points) is dust, higher than that a drawing.
LOW, TALL = 3.2, 26.0
#: Ink whose middle lies inside a piece grown by this share of its height was seen by the detector.
SEEN = 0.25
#: Pixels around an overlap of two pieces in which the white between them is looked for.
OVERLAP = 12
#: A piece this many times as wide as high is a line of prose; it is looked at first in this share of its width.
PROSE, NARROWED = 12.5, 0.65
#: A piece this many times as high as wide holds letters one below the other.
STACKED = 1.9


@dataclass(frozen=True, slots=True)
class Piece:
    """A strip of a picture, in pixels: its ends, its edges at its middle, and how it falls for each pixel to the right."""

    x0: int
    top: int
    x1: int
    bottom: int
    slope: float = 0.0

    def box(self, per_point: float) -> Box:
        """The rectangle in points."""
        return Box(self.x0 / per_point, self.top / per_point, self.x1 / per_point, self.bottom / per_point)

    def cut(self, picture: Any) -> Any:
        """The picture of the piece as it is, laid level."""
        if abs(self.slope) * (self.x1 - self.x0) < FALL:
            return picture[self.top : self.bottom, self.x0 : self.x1]
        import cv2
        import numpy as np

        half = (self.x1 - self.x0) / 2
        matrix = np.array([[1, 0, self.x0], [self.slope, 1, self.top - self.slope * half]], np.float32)
        size, flags = (self.x1 - self.x0, self.bottom - self.top), cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
        return cv2.warpAffine(picture, matrix, size, flags=flags, borderValue=255)

    def first_look(self, picture: Any) -> Any:
        """The picture that is read first: the piece itself, a line of prose narrowed. What that costs goes by its width, and it
        is read as well."""
        own = self.cut(picture)
        if own.shape[1] < PROSE * own.shape[0]:
            return own
        import cv2

        return cv2.resize(own, None, fx=NARROWED, fy=1.0, interpolation=cv2.INTER_AREA)

    def cut_anew(self, picture: Any) -> Any:
        """The second picture: wider by a tenth, with more paper around."""
        import cv2

        own = self.cut(picture)
        margin = max(2, round(MARGIN * own.shape[0]))
        roomy = cv2.copyMakeBorder(own, margin, margin, 2 * margin, 2 * margin, cv2.BORDER_CONSTANT, value=255)
        return cv2.resize(roomy, None, fx=1.12, fy=1.0, interpolation=cv2.INTER_CUBIC)

    def cut_bold(self, picture: Any) -> Any:
        """The third picture: twice as large, with firmer ink."""
        import cv2

        large = cv2.resize(self.cut(picture), None, fx=2.0, fy=2.0, interpolation=cv2.INTER_CUBIC)
        soft = cv2.GaussianBlur(large, (0, 0), 1.2)
        return cv2.convertScaleAbs(soft, alpha=1.25, beta=-40)


def pieces(lines: Sequence[Found], rules: Sequence[Stroke], picture: Any, per_point: float) -> list[Piece]:
    """The detector's lines as pieces, cut at vertical rules, drawn in to their ink."""
    upright = [rule for rule in rules if not rule.is_level]
    found: list[Piece] = []
    for line in lines:
        middle = (line.top + line.bottom) / 2 / per_point
        cuts = sorted(
            rule.x0 * per_point
            for rule in upright
            if rule.top <= middle <= rule.bottom and line.x0 + 2 < rule.x0 * per_point < line.x1 - 2
        )
        edges = [line.x0, *cuts, line.x1]
        for left, right in itertools.pairwise(edges):
            fall = line.slope * ((left + right) - (line.x0 + line.x1)) / 2
            part = Found(left, line.top + fall, right, line.bottom + fall, line.slope)
            piece = _drawn_in(part, picture)
            if piece is not None and piece.x1 - piece.x0 >= NARROW * per_point:
                found += _unstacked(piece, picture)
    return _parted(_once(found), picture)


def _parted(found: Sequence[Piece], picture: Any) -> list[Piece]:
    """Neighbours on one line that overlap, each with its own letters only: cut where the white between them is."""
    made = list(found)
    for one in range(len(made)):
        for other in range(len(made)):
            left, right = made[one], made[other]
            if left.x0 < right.x0 < left.x1 < right.x1 and _share_line(left, right):
                cut = _cut_between(left, right, picture)
                made[one], made[other] = replace(left, x1=cut), replace(right, x0=cut)
    return made


def _share_line(one: Piece, other: Piece) -> bool:
    both = min(one.bottom, other.bottom) - max(one.top, other.top)
    return both > 0.5 * min(one.bottom - one.top, other.bottom - other.top)


def _cut_between(left: Piece, right: Piece, picture: Any) -> int:
    """The middle of the widest white in and around the overlap; of the overlap itself where there is none."""
    import numpy as np

    start, end = right.x0 - OVERLAP, left.x1 + OVERLAP
    start, end = max(start, left.x0 + 1), min(end, right.x1 - 1)
    rows = slice(max(left.top, right.top), min(left.bottom, right.bottom))
    inked = (is_ink(picture[rows, start:end]) > 0).any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([1], inked.astype(np.int8), [1]))))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if not runs:
        return (right.x0 + left.x1) // 2
    a, b = max(runs, key=lambda run: run[1] - run[0])
    return int(start + (a + b) // 2)


def _drawn_in(line: Found, picture: Any) -> Piece | None:
    """The part of a line that holds ink, with a little paper around; None where there is none."""
    import numpy as np

    height, width = picture.shape
    left, upper = max(0, int(line.x0)), max(0, int(line.top))
    right, lower = min(width, int(line.x1) + 1), min(height, int(line.bottom) + 1)
    if right <= left or lower <= upper:
        return None
    whole = Piece(left, upper, right, lower, line.slope)
    columns = np.flatnonzero(is_ink(whole.cut(picture)).any(axis=0))
    if not len(columns):
        return None
    room = max(2, round(MARGIN * (lower - upper)))
    x0, x1 = max(0, left + int(columns[0]) - room), min(width, left + int(columns[-1]) + 1 + room)
    fall = round(line.slope * ((x0 + x1) - (left + right)) / 2)
    top, bottom = max(0, upper + fall), min(height, lower + fall)
    return Piece(x0, top, x1, bottom, line.slope) if bottom > top else None


def _unstacked(piece: Piece, picture: Any) -> list[Piece]:
    """The letters of a vertical label one by one; any other piece as it is."""
    import numpy as np

    wide, high = piece.x1 - piece.x0, piece.bottom - piece.top
    if high < STACKED * wide:
        return [piece]
    rows = is_ink(piece.cut(picture)).any(axis=1)
    edges = np.flatnonzero(np.diff(np.concatenate(([0], rows.astype(np.int8), [0]))))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    letters: list[tuple[int, int]] = []
    for start, end in runs:
        if letters and end - letters[-1][0] <= 1.05 * wide:
            letters[-1] = (letters[-1][0], end)
        else:
            letters.append((start, end))
    return [
        Piece(piece.x0, max(0, piece.top + start - 2), piece.x1, piece.top + end + 2)
        for start, end in letters
        if end - start >= 0.2 * wide
    ]


def _once(found: Sequence[Piece]) -> list[Piece]:
    """Without pieces that lie within another one."""
    kept: list[Piece] = []
    for piece in sorted(found, key=lambda p: (p.x0 - p.x1, p.top, p.x0)):
        if not any(_is_within(piece, other) for other in kept):
            kept.append(piece)
    return _in_order(kept)


def _in_order(found: Sequence[Piece]) -> list[Piece]:
    """Row by row, each from the left: a pixel more or less above a piece, as runtimes differ, changes nothing."""
    rows: list[list[Piece]] = []
    for piece in sorted(found, key=lambda p: (p.top + p.bottom, p.x0)):
        if rows and _share_line(rows[-1][0], piece):
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [piece for row in rows for piece in sorted(row, key=lambda p: (p.x0, p.top))]


def _is_within(inner: Piece, outer: Piece) -> bool:
    wide = min(inner.x1, outer.x1) - max(inner.x0, outer.x0)
    high = min(inner.bottom, outer.bottom) - max(inner.top, outer.top)
    return wide > 0 and high > 0 and wide * high > 0.7 * (inner.x1 - inner.x0) * (inner.bottom - inner.top)


def missed(picture: Any, found: Sequence[Piece], rules: Sequence[Stroke], per_point: float) -> list[Piece]:
    """Ink the size of letters inside ruled tables that no piece holds, as pieces of their own."""
    import cv2
    import numpy as np

    area = _ruled_area(rules)
    if area is None:
        return []
    ink = is_ink(picture)
    for piece in found:
        grow = round(SEEN * (piece.bottom - piece.top))
        ink[max(0, piece.top - grow) : piece.bottom + grow, max(0, piece.x0 - grow) : piece.x1 + grow] = 0
    reach = max(3, round(4 * per_point))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    loose: list[Piece] = []
    for index in range(1, count):
        x, y, wide, high, inked = (int(v) for v in stats[index])
        if not LOW * per_point <= high <= TALL * per_point or wide < 0.8 * per_point or inked < 0.15 * wide * high:
            continue
        middle = ((x + wide / 2) / per_point, (y + high / 2) / per_point)
        if area.x0 < middle[0] < area.x1 and area.top < middle[1] < area.bottom:
            room = max(2, round(0.3 * high))
            loose.append(Piece(max(0, x - room), max(0, y - room), x + wide + room, y + high + room))
    return _once(loose)


def unfound(picture: Any, found: Sequence[Piece], per_point: float) -> float:
    """Share of the ink of letters that no piece holds: text that the detector did not find."""
    import cv2

    ink = is_ink(picture)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    whole = missing = 0
    for index in range(1, count):
        x, y, wide, high, inked = (int(v) for v in stats[index])
        if not LOW * per_point <= high <= TALL * per_point or wide > TALL * per_point:
            continue
        whole += inked
        middle = (x + wide / 2, y + high / 2)
        missing += inked if not any(_is_over(piece, *middle) for piece in found) else 0
    return missing / whole if whole else 0.0


def _is_over(piece: Piece, x: float, y: float) -> bool:
    level = y - piece.slope * (x - (piece.x0 + piece.x1) / 2)
    return piece.x0 <= x <= piece.x1 and piece.top <= level <= piece.bottom


def _ruled_area(rules: Sequence[Stroke]) -> Box | None:
    """What the vertical rules enclose; None on a page without a grid."""
    upright = [rule for rule in rules if not rule.is_level]
    if len(upright) < 2:
        return None
    return Box(
        min(r.x0 for r in upright),
        min(r.top for r in upright),
        max(r.x0 for r in upright),
        max(r.bottom for r in upright),
    )

"""From a recognised line to letters with boxes of their own, as a text layer would have them."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any

from dealproof.model.evidence import Box
from dealproof.pages.ocr.engine import ReadLine
from dealproof.pages.ocr.ink import is_ink
from dealproof.pages.ocr.pieces import Piece

#: Share of the font size that the ink of a line is high: with ideographs, and with figures or letters alone.
HIGH_WIDE, HIGH_NARROW = 0.92, 0.78
#: Width of a narrow character in font sizes.
NARROW = 0.52
#: White, in font sizes, from which two letters of one piece stand apart; beside a full-width mark, half of which is white
#: by itself, so much more.
APART, HALF_EMPTY = 0.6, 0.6
#: A row with less than this share of the fullest row's ink is dust; a run of rows shorter than this share of the
#: longest one is no stroke of a letter.
SPECK, STROKE = 0.04, 0.12
#: A raised digit ends above this share of the height of its line and is at most so high; what is lower than the last is dust.
HANGS, SMALL, DUST = 0.7, 0.62, 0.15
_MARKS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


@dataclass(frozen=True, slots=True)
class Letter:
    """One recognised character: its box in points, the font size, how sure it is (0 to 1), the piece that it belongs
    to, and what another look saw of the whole piece where it saw something else."""

    text: str
    box: Box
    size: float
    surety: float
    piece: int
    other: str = ""


def letters_of(picture: Any, piece: Piece, index: int, line: ReadLine, other: str, per_point: float) -> list[Letter]:
    """The letters of one piece from left to right; none of an empty line."""
    if not line.chars:
        return []
    top, bottom = _inked_rows(picture, piece)
    wide = any(_is_wide(char) for char in line.chars)
    size = max(3.0, (bottom - top) / (HIGH_WIDE if wide else HIGH_NARROW) / per_point)
    middle = (top + bottom) / 2 / per_point
    upper, lower = middle - size / 2, middle + size / 2
    left, right = piece.x0 / per_point, piece.x1 / per_point
    centres = [left + place * (right - left) for place in line.places]
    halves = [size * (1.0 if _is_wide(char) else NARROW) / 2 for char in line.chars]
    apart = [size * (APART + HALF_EMPTY * any(map(_is_mark, pair))) for pair in pairwise(line.chars)]
    ends = _ends(centres, halves, _white(picture, piece, per_point), apart)
    made: list[Letter] = []
    for number, char in enumerate(line.chars):
        x0 = ends[number - 1][1] if number else max(left, centres[0] - halves[0])
        x1 = ends[number][0] if number < len(ends) else min(right, centres[-1] + halves[-1])
        x1 = max(x1, x0 + 0.1)
        made.append(Letter(char, Box(x0, upper, x1, lower), size, line.surety[number], index, other))
    raised = _raised(picture, piece, made, per_point)
    return [replace(letter, text=letter.text.translate(_MARKS)) if place in raised else letter for place, letter in enumerate(made)]


def _raised(picture: Any, piece: Piece, letters: Sequence[Letter], per_point: float) -> set[int]:
    """Which digits behind a figure or a word are small and stand high: marks of footnotes, which the recogniser takes for
    one more digit of the figure."""
    found: set[int] = set()
    marks: list[tuple[float, float, bool]] | None = None
    for place in range(len(letters) - 1, 0, -1):
        follows = place + 1 < len(letters) and place + 1 not in found and letters[place + 1].text.isalnum()
        if not letters[place].text.isdecimal() or follows:
            continue
        marks = _strokes(picture, piece) if marks is None else marks
        box = letters[place].box
        own = [hangs for left, right, hangs in marks if box.x0 * per_point <= (left + right) / 2 <= box.x1 * per_point]
        if own == [True]:
            found.add(place)
    return found


def _strokes(picture: Any, piece: Piece) -> list[tuple[float, float, bool]]:
    """The connected strokes of a piece that are no dust: left and right end in pixels of the picture, and whether one is small
    and hangs from the upper edge of its line."""
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(is_ink(piece.cut(picture)), connectivity=8)
    first, last = (edge - piece.top for edge in _inked_rows(picture, piece))
    line = last - first
    found = []
    for x, y, wide, high, _ in stats[1:count].tolist():
        if high >= DUST * line:
            found.append((piece.x0 + x, piece.x0 + x + wide, y + high - first <= HANGS * line and high <= SMALL * line))
    return found


def _ends(
    centres: Sequence[float], halves: Sequence[float], white: Sequence[tuple[float, float]], apart: Sequence[float]
) -> list[tuple[float, float]]:
    """Right end of each letter and left end of the next: one place where they touch, both sides of the white between
    them where there is as much of it as cells are apart. The recogniser's places alone waver too much to tell."""
    ends: list[tuple[float, float]] = []
    for number in range(len(centres) - 1):
        one, other = centres[number], centres[number + 1]
        gap = max(((a, b) for a, b in white if a > one - halves[number] and b < other + halves[number + 1]),
                  key=lambda run: run[1] - run[0], default=(0.0, 0.0))  # fmt: skip
        if gap[1] - gap[0] >= apart[number]:
            ends.append(gap)
        else:
            meet = one + (other - one) * halves[number] / (halves[number] + halves[number + 1])
            ends.append((meet, meet))
    return ends


def _white(picture: Any, piece: Piece, per_point: float) -> list[tuple[float, float]]:
    """Runs of columns of a piece without ink, in points of the page."""
    import numpy as np

    columns = (is_ink(piece.cut(picture)) > 0).any(axis=0)
    edges = np.flatnonzero(np.diff(np.concatenate(([1], columns.astype(np.int8), [1]))))
    return [
        ((piece.x0 + int(a)) / per_point, (piece.x0 + int(b)) / per_point)
        for a, b in zip(edges[::2], edges[1::2], strict=True)
    ]


def _inked_rows(picture: Any, piece: Piece) -> tuple[float, float]:
    """The first and the last row of the line's own ink, in pixels of the picture; dust above and below is left out."""
    import numpy as np

    counts = (is_ink(piece.cut(picture)) > 0).sum(axis=1)
    inked = counts >= max(2, SPECK * counts.max())
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inked.astype(np.int8), [0]))))
    runs = [(int(a), int(b)) for a, b in zip(edges[::2], edges[1::2], strict=True)]
    if not runs:
        return float(piece.top), float(piece.bottom)
    start, end = max(runs, key=lambda run: int(counts[run[0] : run[1]].sum()))
    for upper, lower in runs:
        if lower - upper >= STROKE * (end - start):
            start, end = min(start, upper), max(end, lower)
    return float(piece.top + start), float(piece.top + end)


def _is_mark(char: str) -> bool:
    return _is_wide(char) and not char.isalnum()


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WF"

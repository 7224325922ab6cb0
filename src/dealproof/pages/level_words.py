"""Words that stand level, from left to right, in one size: nearly all of most documents, and laid all at once.

The first and the last character of a word tell its box unless they disagree. Figures are asked one by one: a raised mark of a
footnote, or figures that are drawn one over another, must not become digits.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Mapping, Sequence
from itertools import repeat
from typing import TYPE_CHECKING, Any

from dealproof.pages.calls import Places, Rows, ask_all, pdfium
from dealproof.pages.geometry import Frame
from dealproof.pages.raised import LIFTED, SMALL

if TYPE_CHECKING:
    import numpy as np

    Floats = np.ndarray[Any, np.dtype[np.float64]]

#: Shares of the height by which the ends of a word may stand above one another.
UNEVEN = 0.6
#: Share of the height by which a figure stands to the right of the one before it; drawn twice for boldness it does not.
EVEN = 0.13
#: Figures of a run, with what stands beside them, up to which each is asked where it stands.
LONG = 6
#: Characters of a word with figures up to which all are asked: to choose among so few costs more.
SHORT = 16
_DIGITS = re.compile(r"\d+")
_LONG_RUN = re.compile(rf"\d{{{LONG - 1},}}")

Word = tuple[str, float, float, float, float, int, int]


def level_words(handle: int, words: Sequence[tuple[str, int]], frame: Frame) -> list[Word | None]:
    """Each word (with the number of its first character) laid on a page that is not rotated: text, box, turn (0) and that
    number; None where its characters must be looked at one by one."""
    import numpy as np

    if not words:
        return []
    asked, starts, stops = _asked_of(words)
    room = Rows(ctypes.c_float, len(asked), 4)
    ask_all(pdfium().FPDFText_GetLooseCharBox, repeat(handle), asked, room.places[0])
    boxes = room.array.astype(np.float64)
    first, last = np.array(starts), np.array(stops)
    left, top, right, bottom = boxes[first].T
    _, high, end, low = boxes[last].T
    crooked = np.abs(high + low - top - bottom) > UNEVEN * (high - low + top - bottom)
    apart = (first != last) & (crooked | (end < right))
    top, bottom = np.maximum(top, high), np.minimum(bottom, low)
    x0, x1 = left - frame.left, end - frame.left
    is_level = ~apart & (end > left) & (top > bottom) & (x0 >= 0) & (x1 <= frame.width)
    uneven = _uneven_pairs(boxes) & (np.diff(asked) == 1)
    uneven_before = np.concatenate(([0, 0], np.cumsum(uneven)))
    suspects = uneven_before[last + 1] > uneven_before[first + 1]
    angles = map(pdfium().FPDFText_GetCharAngle, repeat(handle), [number for _, number in words])
    made: list[Word | None] = [
        (text, start, upper, end_, lower, 0, number) if good and not angle else None
        for (text, number), good, angle, start, upper, end_, lower in zip(
            words, is_level.tolist(), angles, x0.tolist(), (frame.top - top).tolist(), x1.tolist(), (frame.top - bottom).tolist(),
            strict=True,
        )
    ]  # fmt: skip
    closely = {*np.flatnonzero(suspects).tolist(), *(at for at, (text, _) in enumerate(words) if _LONG_RUN.search(text))}
    if closely:
        loose = boxes.tolist()
        for at in closely:
            own = range(starts[at], stops[at] + 1)
            if made[at] is not None and not _is_even(handle, *words[at], {asked[place]: loose[place] for place in own}):
                made[at] = None
    return made


def _asked_of(words: Sequence[tuple[str, int]]) -> tuple[list[int], list[int], list[int]]:
    """The characters that are asked for their places: the ends of each word, and its figures with what stands beside them; and
    where in this list each word begins and ends."""
    asked: list[int] = []
    starts: list[int] = []
    stops: list[int] = []
    for text, number in words:
        starts.append(len(asked))
        has_figures = _DIGITS.search(text)
        if has_figures and len(text) <= SHORT:
            asked.extend(range(number, number + len(text)))
        elif has_figures:
            places = {0, len(text) - 1}
            for run in _DIGITS.finditer(text):
                places.update(_asked(max(0, run.start() - 1), min(len(text), run.end() + 1)))
            asked += [number + place for place in sorted(places)]
        elif len(text) > 1:
            asked += (number, number + len(text) - 1)
        else:
            asked.append(number)
        stops.append(len(asked) - 1)
    return asked, starts, stops


def _uneven_pairs(boxes: Floats) -> Any:
    """For each character but the first whether it may not go on evenly from the one before."""
    import numpy as np

    left, top, _, bottom = boxes.T
    height, middle = top - bottom, (top + bottom) / 2
    lower, upper = np.minimum(height[1:], height[:-1]), np.maximum(height[1:], height[:-1])
    behind = left[1:] < left[:-1] + EVEN * height[1:]
    return behind | (lower < SMALL * upper) | (np.abs(middle[1:] - middle[:-1]) >= LIFTED[0] * height[1:])


def _is_even(handle: int, word: str, first: int, boxes: Mapping[int, list[float]]) -> bool:
    """Whether the figures of a word stand in order and in one size with their neighbours, each behind the other.

    Of a long run its ends tell: a mark is glued to an end, letters set from the right turn the ends around, and what is
    drawn twice takes half the room.
    """
    for run in _DIGITS.finditer(word):
        start, end = max(0, run.start() - 1), min(len(word), run.end() + 1)
        left, high = -math.inf, 0.0
        before, level = start, 0.0
        for at in _asked(start, end):
            start_, top, _, bottom = boxes[first + at]
            height, middle = top - bottom, (top + bottom) / 2
            if start_ < left + EVEN * height * (at - before):
                return False
            if high:
                is_uneven = high < SMALL * height or height < SMALL * high
                if is_uneven and _differ(handle, first + before, first + at):
                    return False
                is_lifted = abs(middle - level) >= LIFTED[0] * height
                if is_lifted and word[at].isascii() and word[before].isascii():
                    return False
            left, high, before, level = start_, height, at, middle
    return True


def _asked(start: int, end: int) -> Sequence[int]:
    """All of a short run, the ends of a long one."""
    return range(start, end) if end - start <= LONG else (start, start + 1, end - 3, end - 2, end - 1)


def _differ(handle: int, one: int, other: int) -> bool:
    sizes = _size(handle, one), _size(handle, other)
    return min(sizes) <= SMALL * max(sizes)


def _size(handle: int, index: int) -> float:
    """The printed size of a character, which its box does not tell: fonts differ in how much room they leave."""
    room = Places(ctypes.c_float, 6)
    known = pdfium().FPDFText_GetMatrix(handle, index, room.places[0])
    a, b = room.values[:2] if known else (1.0, 0.0)
    return float(pdfium().FPDFText_GetFontSize(handle, index)) * math.hypot(a, b)

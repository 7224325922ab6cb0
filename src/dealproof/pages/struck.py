"""Text that is struck out: a thin line runs through the middle of its letters. It is printed, and not in force.

A struck letter is stored with the overlay that Unicode has for it (U+0336), so that no figure is read from it and everybody
who sees the text sees that it is struck.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import Protocol

from dealproof.model.evidence import Box
from dealproof.pages.glyphs import Glyphs, Part, parts

#: Put behind a letter that is struck out.
OVERLAY = "\u0336"
#: Share of the height of a line, from below, between which a stroke through it strikes it out; underlines and the rules of
#: a table stand outside.
LOWEST, HIGHEST = 0.3, 0.68
#: Share of a letter's width that the stroke must cross.
CROSSED = 0.6
#: Points by which two sums of the same place may differ.
ROUNDING = 1e-6
#: Strokes that stand on one height (points) with a gap of at most so many points are one.
LEVEL, GAP = 0.6, 4.0
#: Points by which the middles of strokes that are joined as one differ at most, and some more.
JOINED = 5.0
#: Sizes by which a stroke may run beyond what it strikes at either end.
BEYOND = 1.5
#: A stroke that runs on strikes out a whole row when it crosses as many letters.
MANY = 4
#: A stroke is at most this share of the height of what it strikes.
THICK = 0.4
_OVERLAID = re.compile("[\u0335\u0336]")


class Placed(Protocol):
    """A letter as it is printed, in points from the top left."""

    @property
    def text(self) -> str: ...
    @property
    def x0(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def x1(self) -> float: ...
    @property
    def bottom(self) -> float: ...


def overlaid(text: str) -> str:
    """A text with every letter struck out."""
    return "".join(char if char.isspace() else char + OVERLAY for char in text)


def is_struck(text: str) -> bool:
    """Whether any letter of a stored text is struck out."""
    return _OVERLAID.search(text) is not None


def joined_strokes(strokes: Iterable[Box]) -> list[Box]:
    """Strokes as one where they continue each other."""
    found: list[Box] = []
    for stroke in sorted(strokes, key=lambda box: (round(box.top / LEVEL), box.x0)):
        last = found[-1] if found else None
        if last and abs(last.top - stroke.top) <= LEVEL and stroke.x0 - last.x1 <= GAP:
            found[-1] = last.union(stroke)
        else:
            found.append(stroke)
    return found


def struck_letters(letters: Sequence[Placed], strokes: Iterable[Box]) -> dict[int, list[int]]:
    """For each stroke (by its number) that strikes something out, the numbers of the letters."""
    order = sorted(range(len(letters)), key=lambda index: letters[index].bottom)
    bottoms = [letters[index].bottom for index in order]
    tallest = max((letter.bottom - letter.top for letter in letters), default=0.0)
    found: dict[int, list[int]] = {}
    for number, stroke in enumerate(strokes):
        middle = (stroke.top + stroke.bottom) / 2
        near = order[bisect_left(bottoms, middle) : bisect_right(bottoms, middle + tallest)]
        hit = [index for index in near if _is_crossed(letters[index], stroke, middle)]
        if hit and (len(hit) >= MANY or _ends_with(stroke, [letters[index] for index in hit])):
            found[number] = sorted(hit)
    return found


def band_of(top: float, bottom: float) -> tuple[float, float]:
    """Between which heights a stroke through a line of text strikes it out."""
    return bottom - HIGHEST * (bottom - top), bottom - LOWEST * (bottom - top)


def _is_crossed(letter: Placed, stroke: Box, middle: float) -> bool:
    height = letter.bottom - letter.top
    if height <= 0 or not LOWEST * height <= letter.bottom - middle <= HIGHEST * height:
        return False
    if stroke.bottom - stroke.top > THICK * height or letter.text in "-_=—–─━":
        return False
    return min(letter.x1, stroke.x1) - max(letter.x0, stroke.x0) >= CROSSED * max(letter.x1 - letter.x0, 0.1)


def _ends_with(stroke: Box, letters: Sequence[Placed]) -> bool:
    """Whether a stroke ends about where what it strikes out ends: a rule of a table runs on."""
    reach = BEYOND * max(letter.bottom - letter.top for letter in letters)
    return (
        stroke.x0 >= min(letter.x0 for letter in letters) - reach and stroke.x1 <= max(letter.x1 for letter in letters) + reach
    )


def _crossed_words(words: Sequence[Glyphs], strokes: Sequence[Box]) -> list[int]:
    """The level words of which a stroke may strike letters out; on most pages there are none."""
    middles = sorted(((stroke.top + stroke.bottom) / 2, stroke.x0, stroke.x1) for stroke in strokes)
    heights = [middle for middle, _, _ in middles]
    found: list[int] = []
    for index, word in enumerate(words):
        low = bisect_left(heights, word.bottom - HIGHEST * word.height - ROUNDING)
        if word.turn != 0 or low == len(heights) or heights[low] > word.bottom - LOWEST * word.height + ROUNDING:
            continue
        high = bisect_right(heights, word.bottom - LOWEST * word.height + ROUNDING)
        if any(start < word.x1 and word.x0 < end for _, start, end in middles[low:high]):
            found.append(index)
    return found


def with_struck(words: Sequence[Glyphs], strokes: Sequence[Box]) -> tuple[list[Glyphs], tuple[Box, ...]]:
    """The words with struck letters overlaid, and the strokes that strike something out."""
    joined = joined_strokes(stroke for stroke in strokes if stroke.x1 - stroke.x0 > stroke.bottom - stroke.top)
    level = _crossed_words(words, joined)
    if not level:
        return list(words), ()
    owners: list[tuple[int, int]] = []
    letters: list[Part] = []
    for index in level:
        for place, part in enumerate(parts(words[index])):
            owners.append((index, place))
            letters.append(part)
    struck = struck_letters(letters, joined)
    made = list(words)
    hit: dict[int, set[int]] = {}
    for numbers in struck.values():
        for number in numbers:
            index, place = owners[number]
            hit.setdefault(index, set()).add(place)
    for index, places in hit.items():
        text = made[index].text
        made[index] = made[index]._replace(
            text="".join(char + OVERLAY if place in places else char for place, char in enumerate(text))
        )
    return made, tuple(joined[number] for number in struck)


"""Raised and lowered figures: the mark of a footnote, or the number of a formula, never a digit of the number that they are
glued to. They are told by their size and their height above the line; a raised one also where it is as large as the number.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

#: A mark is at most this share of the size of the text that it belongs to.
SMALL = 0.8
#: A mark that is larger stands behind or before a figure, at a height from which no digit of it could be (least, most), and
#: has at most so many digits.
LIFTED, LIFTED_DIGITS = (0.15, 0.75), 2
#: Gap, in sizes of that text, that a mark keeps from it at most; and by how much it may lean over it.
NEAR, OVER = 0.5, 0.25
#: Shares of the size by which the middle of a mark stands above or below that of its text (least, most). A smaller
#: digit on the same baseline has its middle a little lower, and is no mark.
RAISED, LOWERED = (0.08, 0.75), (0.25, 0.6)
_SUPER = str.maketrans("0123456789()（）", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁽⁾")
_SUB = str.maketrans("0123456789()（）", "₀₁₂₃₄₅₆₇₈₉₍₎₍₎")
LONGEST = 3
_MARK = re.compile(rf"[0-9()（）]{{1,{LONGEST}}}")
#: Points of a cell of the grid in which letters are looked up, and how many cells around its own one is looked for.
_CELL, _REACH = 8.0, 2


class Letter(Protocol):
    """A character or a word as it is printed, in points from the top left."""

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
    @property
    def size(self) -> float: ...


#: Row → column of a grid → letters there.
Places = dict[int, dict[int, list[int]]]


def raised_marks(letters: Sequence[Letter], least: float = RAISED[0]) -> Iterator[tuple[int, int, str]]:
    """Yield index of the mark, index of the letter that it belongs to, and the mark as a raised or lowered character.

    `least`: from which share of the size on its middle stands raised.
    """
    levels = _levels_of_marks(letters, least)
    if not levels:
        return
    marks = [i for i, c in enumerate(letters) if len(c.text) <= LONGEST and _level(c) in levels and _MARK.fullmatch(c.text)]
    if not marks:
        return
    rows = {_row(letters[mark]) for mark in marks}
    ends, starts = _by_place(letters, {row + step for row in rows for step in range(-_REACH, _REACH + 1)})
    found: dict[int, tuple[int, bool]] = {}
    for index in marks:
        if index and _follows(letters[index - 1], letters[index]):
            owner = found.get(index - 1)
        else:
            behind = _owner(letters, index, ends, 1, least)
            owner = behind or _owner(letters, index, starts, -1, least)
        if owner is not None:
            found[index] = owner
            base, up = owner
            yield index, base, letters[index].text.translate(_SUPER if up else _SUB)


def _level(letter: Letter) -> tuple[float, float, float]:
    return letter.top, letter.bottom, letter.size


def _levels_of_marks(letters: Sequence[Letter], least: float) -> set[tuple[float, float, float]]:
    """The heights and sizes at which marks may stand, as larger letters or letters of one size stand a little lower or higher
    somewhere on the page: on most pages nowhere."""
    levels = sorted({_level(letter) for letter in letters})
    placed = sorted(((top + bottom) / 2, size, (top, bottom, size)) for top, bottom, size in levels)
    middles = [middle for middle, _, _ in placed]
    found: set[tuple[float, float, float]] = set()
    for base, larger, _ in placed:
        near = slice(bisect_left(middles, base - RAISED[1] * larger), bisect_right(middles, base + LOWERED[1] * larger))
        for middle, size, level in placed[near]:
            over = (base - middle) / larger
            if size <= larger and (least < over < RAISED[1] or LOWERED[0] < -over < LOWERED[1]):
                found.add(level)
    for level in levels if found else ():  # from top to bottom, so that the digits of one mark follow one another
        if level not in found and any(_is_level_with(level, other) for other in found):
            found.add(level)
    return found


def _is_level_with(level: tuple[float, float, float], other: tuple[float, float, float]) -> bool:
    """Whether letters at two heights may follow one another in one word."""
    size = level[2]
    return abs(other[2] - size) < 0.05 * size and abs(other[0] - level[0]) < 0.1 * size


def _follows(before: Letter, letter: Letter) -> bool:
    """Whether a letter is the next one of a word set in one size."""
    return (
        _is_level_with(_level(letter), _level(before)) and abs(letter.x0 - before.x1) < 0.3 * letter.size
    )


def _row(letter: Letter) -> int:
    return int(_middle(letter) // _CELL)


def _by_place(letters: Sequence[Letter], rows: set[int]) -> tuple[Places, Places]:
    """The letters in these rows of the grid by the places of their right ends and of their left ends."""
    ends: Places = {row: defaultdict(list) for row in rows}
    starts: Places = {row: defaultdict(list) for row in rows}
    for index, letter in enumerate(letters):
        row = int((letter.top + letter.bottom) / 2 // _CELL)
        if row in rows and not letter.text.isspace():
            ends[row][int(letter.x1 // _CELL)].append(index)
            starts[row][int(letter.x0 // _CELL)].append(index)
    return ends, starts


def _owner(letters: Sequence[Letter], index: int, places: Places, side: int, least: float) -> tuple[int, bool] | None:
    """The nearest letter beside the mark that it may belong to, and whether the mark is raised over it."""
    mark = letters[index]
    size, middle = mark.size, _middle(mark)
    best: tuple[float, int, bool] | None = None
    for other in _near(places, mark.x0 if side > 0 else mark.x1, middle):
        base = letters[other]
        gap = mark.x0 - base.x1 if side > 0 else base.x0 - mark.x1
        if not -OVER * base.size <= gap <= NEAR * base.size:
            continue
        over = (_middle(base) - middle) / base.size
        if size <= SMALL * base.size:
            raised, lowered = least < over < RAISED[1], LOWERED[0] < -over < LOWERED[1]
        else:
            raised, lowered = other != index and _is_lifted(mark, base, over, side), False
        if (raised or lowered) and (best is None or abs(gap) < best[0]):
            best = abs(gap), other, raised
    return best[1:] if best else None


def _is_lifted(mark: Letter, base: Letter, over: float, side: int) -> bool:
    """Whether a digit about as large as a figure stands too high to be one of its digits."""
    is_figure = base.text[-1:].isdigit() or base.text[-1:] in ".,%％)）" if side > 0 else base.text[:1].isdigit()
    digits = sum(char.isdigit() for char in mark.text)
    return is_figure and digits <= LIFTED_DIGITS and mark.size <= base.size and LIFTED[0] <= over < LIFTED[1]


def _near(places: Places, x: float, y: float) -> Iterable[int]:
    column, row = int(x // _CELL), int(y // _CELL)
    rows = [found for down in range(row - _REACH, row + _REACH + 1) if (found := places.get(down))]
    for across in range(column - _REACH, column + _REACH + 1):
        for cells in rows:
            if across in cells:
                yield from cells[across]


def _middle(letter: Letter) -> float:
    return (letter.top + letter.bottom) / 2

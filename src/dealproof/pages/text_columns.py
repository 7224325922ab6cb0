"""A page whose text runs in two columns, laid out as one: the right column under the left one.

Everything that reads a page takes what stands lower for what comes later. So the right half of a stretch of two columns is moved
under its left half before lines are built, and boxes are moved back when they are shown (`PageText.shown`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from statistics import median

from dealproof.model.evidence import Box
from dealproof.model.page import Moved
from dealproof.pages.glyphs import Glyphs
from dealproof.pages.lines import visual_lines

#: Share of the page's width from which a word is long.
LONG = 0.15
#: Points by which what crosses the middle of a page reaches over it at least.
OVER = 2.0
#: Width of the gutter in font sizes at least, and share by which the two columns may differ in width.
GUTTER, UNLIKE = 1.0, 0.12
#: A line of prose fills this share of its column and has so many letters; so many of them make a column one of prose.
FULL, LETTERS, LINES = 0.85, 8, 4
#: Space between the foot of the left column and the head of the right one once it is moved, in font sizes.
LEADING = 0.5
_GAP = re.compile(r"\S\s{2,}\S")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Columns:
    """How the parts of a page were moved, and how high the page is then."""

    moved: tuple[Moved, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Two columns of text between two heights, parted at `middle`."""

    top: float
    bottom: float
    middle: float
    left: tuple[Glyphs, ...]
    right: tuple[Glyphs, ...]


def text_columns(words: Sequence[Glyphs], strokes: Sequence[Box], width: float, height: float) -> Columns | None:
    """How the right columns of a page are moved under the left ones; None of a page with one column, as nearly all are."""
    if any(word.turn != 0 for word in words):
        return None
    middle = _middle(words)
    stretches = list(_stretches(words, strokes, middle, height))
    return _laid(stretches, strokes, width, height) if stretches else None


def may_have_columns(words: Sequence[Glyphs], width: float) -> bool:
    """Whether enough long words stand on either side of the middle: asked first, of every page."""
    long = [word for word in words if word.x1 - word.x0 > LONG * width]
    if len(long) < 2 * LINES:
        return False
    middle = _middle(words)
    left = sum(word.x1 < middle for word in long)
    return left >= LINES and sum(word.x0 > middle for word in long) >= LINES


def put(words: Iterable[Glyphs], moved: Sequence[Moved]) -> list[Glyphs]:
    """The words where they stand after the parts of their page were moved."""
    found = []
    for word in words:
        part = part_at(moved, (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2)
        if part is not None:
            x0, x1, top, bottom = word.x0 + part.dx, word.x1 + part.dx, word.top + part.dy, word.bottom + part.dy
            found.append(word._replace(x0=x0, x1=x1, top=top, bottom=bottom))
    return found


def part_at(moved: Sequence[Moved], x: float, y: float) -> Moved | None:
    """The part of a page in which a point lies; None between columns."""
    return next((part for part in moved if part.has(x, y)), None)


def _middle(words: Sequence[Glyphs]) -> float:
    return (min(word.x0 for word in words) + max(word.x1 for word in words)) / 2


def _stretches(
    words: Sequence[Glyphs], strokes: Sequence[Box], middle: float, height: float
) -> Iterator[_Stretch]:
    """The stretches between what crosses the middle whose halves are columns of prose."""
    crossing = [(word.top, word.bottom) for word in words if word.x0 < middle - OVER and word.x1 > middle + OVER]
    crossing += [(stroke.top, stroke.bottom) for stroke in strokes if stroke.x0 < middle - OVER and stroke.x1 > middle + OVER]
    start = 0.0
    for top, bottom in [*sorted(crossing), (height, height)]:
        within = [word for word in words if word.top >= start - OVER and word.bottom <= top + OVER]
        left = tuple(word for word in within if word.x1 <= middle + OVER)
        right = tuple(word for word in within if word.x0 >= middle - OVER)
        if top > start and _are_columns(left, right):
            yield _Stretch(start, top, middle, left, right)
        start = max(start, bottom)


def _are_columns(left: Sequence[Glyphs], right: Sequence[Glyphs]) -> bool:
    if not left or not right:
        return False
    size = median(word.size for word in (*left, *right))
    gutter = min(word.x0 for word in right) - max(word.x1 for word in left)
    wide, other = (max(w.x1 for w in side) - min(w.x0 for w in side) for side in (left, right))
    alike = abs(wide - other) <= UNLIKE * max(wide, other)
    return gutter >= GUTTER * size and alike and all(_is_prose(side, wide) for side in (left, right))


def _is_prose(side: Sequence[Glyphs], wide: float) -> bool:
    """Whether a column holds lines of prose that fill it."""
    full = 0
    for line in visual_lines(side, wide, 0.0):
        text = line.text.strip()
        letters = len(_LETTER.findall(text))
        is_full = line.box.x1 - line.box.x0 >= FULL * wide and not _GAP.search(text)
        full += is_full and letters >= LETTERS
    return full >= LINES


def _laid(stretches: Iterable[_Stretch], strokes: Sequence[Box], width: float, height: float) -> Columns:
    """The parts of a page from top to bottom, and how far each is moved; what stands between columns is in none of them."""
    moved: list[Moved] = []
    above = down = 0.0
    for each in stretches:
        room = LEADING / 2 * median(word.size for word in each.left)
        left, right = _around(each.left), _around(each.right)
        level = [s for s in strokes if each.top < s.top and s.bottom < each.bottom and s.x1 - s.x0 > s.bottom - s.top]
        end = max([left.bottom, *(s.bottom for s in level if s.x1 <= right.x0)]) + room
        head = min([right.top, *(s.top for s in level if s.x0 >= left.x1)]) - room
        moved.append(Moved(Box(0.0, above, width, each.top), 0.0, down))
        moved.append(Moved(Box(0.0, each.top, left.x1 + room, end), 0.0, down))
        down += end - head
        moved.append(Moved(Box(right.x0 - room, head, width, each.bottom), left.x0 - right.x0, down))
        above = each.bottom
    moved.append(Moved(Box(0.0, above, width, height), 0.0, down))
    return Columns(tuple(moved), height + down)


def _around(words: Sequence[Glyphs]) -> Box:
    return Box(min(w.x0 for w in words), min(w.top for w in words), max(w.x1 for w in words), max(w.bottom for w in words))

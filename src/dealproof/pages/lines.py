"""Words to printed lines: what stands on one height is one line, whatever order the file draws it in.

Two spaces stand where a wide gap separates cells, so that table rows stay recognisable.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from dealproof.model.evidence import Box
from dealproof.model.page import Line
from dealproof.pages.geometry import turned_back
from dealproof.pages.glyphs import Glyphs

#: Gap in line heights from which two cells are kept apart, and from which two words are.
CELL_GAP = 0.95
WORD_GAP = 0.12
#: Share of the height by which the middles of words on one line may differ (superscripts, mixed fonts).
SAME_LINE = 0.42
#: A word drawn again within this share of its height is fake bold.
SHIFT = 0.2


def visual_lines(words: Sequence[Glyphs], width: float, height: float) -> tuple[Line, ...]:
    """The lines of a page of this size: level text from top to bottom, then text that stands sideways."""
    made: list[Line] = []
    for turn in (0, 90, 180, 270):
        laid = [word for word in words if word.turn == turn]
        for row in _rows(laid):
            box = Box(row[0].x0, min(w.top for w in row), max(w.x1 for w in row), max(w.bottom for w in row))
            made.append(Line(_join(row), turned_back(box, turn, width, height)))
    return tuple(made)


def _rows(words: Sequence[Glyphs]) -> Iterator[list[Glyphs]]:
    row: list[Glyphs] = []
    middle = height = 0.0
    for word in sorted(words, key=_position):
        apart = (word.top + word.bottom) / 2 - middle
        if row and apart <= SAME_LINE * min(height, word.bottom - word.top):
            row.append(word)
            continue
        if row:
            yield _once(row)
        row, middle, height = [word], (word.top + word.bottom) / 2, word.bottom - word.top
    if row:
        yield _once(row)


def _position(word: Glyphs) -> tuple[float, float]:
    return word.top + word.bottom, word.x0


def _once(row: list[Glyphs]) -> list[Glyphs]:
    """The row from left to right, without words that are drawn again at the same place."""
    row.sort(key=lambda word: word.x0)
    kept = row[:1]
    for word in row[1:]:
        near = word.x0 - SHIFT * (word.bottom - word.top)
        if kept[-1].x0 < near or not any(twin.text == word.text and twin.x0 >= near for twin in kept[-3:]):
            kept.append(word)
    return kept


def _join(row: Sequence[Glyphs]) -> str:
    parts = [row[0].text]
    for before, word in itertools.pairwise(row):
        gap, height = word.x0 - before.x1, max(word.bottom - word.top, 1.0)
        if gap > WORD_GAP * height:
            parts.append("  " if gap > CELL_GAP * height else " ")
        parts.append(word.text)
    return "".join(parts)

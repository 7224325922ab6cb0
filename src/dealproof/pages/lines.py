"""Words to printed lines: what stands on one height is one line, whatever order the file draws it in.

Two spaces stand where a wide gap separates cells, so that table rows stay recognisable.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from dealproof.evidence import Box
from dealproof.pages.geometry import turned_back
from dealproof.pages.glyphs import Glyphs
from dealproof.pagetext import Line

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
    rows: list[list[Glyphs]] = []
    for word in sorted(words, key=lambda w: (w.top + w.bottom, w.x0)):
        first = rows[-1][0] if rows else None
        if first is not None and _on_one_line(first, word):
            rows[-1].append(word)
        else:
            rows.append([word])
    for row in rows:
        yield _once(sorted(row, key=lambda w: w.x0))


def _on_one_line(one: Glyphs, other: Glyphs) -> bool:
    apart = abs(one.top + one.bottom - other.top - other.bottom) / 2
    return apart <= SAME_LINE * min(one.height, other.height)


def _once(row: list[Glyphs]) -> list[Glyphs]:
    """The row without words that are drawn again at the same place."""
    kept: list[Glyphs] = []
    for word in row:
        if not any(twin.text == word.text and word.x0 - twin.x0 <= SHIFT * word.height for twin in kept[-3:]):
            kept.append(word)
    return kept


def _join(row: Sequence[Glyphs]) -> str:
    parts = [row[0].text]
    for before, word in itertools.pairwise(row):
        gap = (word.x0 - before.x1) / max(word.height, 1.0)
        parts.append("  " if gap > CELL_GAP else " " if gap > WORD_GAP else "")
        parts.append(word.text)
    return "".join(parts)

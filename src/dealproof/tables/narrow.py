"""Columns set so tightly that their cells nearly touch: white space narrower than a blank, told by the values beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dealproof.tables.lines import Segment, TextLine, bounding, run_text
from dealproof.tables.page import Char
from dealproof.tables.values import is_value

#: Least width of a narrow gutter, in font sizes.
NARROW = 0.12
#: Share of the rows that a narrow gutter must part, and that must hold a value beside it; rows that it needs.
MOST, ROWS = 0.8, 3
STEP = 0.5


def with_narrow_gutters(lines: Sequence[TextLine], gutters: Sequence[float]) -> tuple[list[TextLine], list[float]]:
    """The lines of a table's body with segments cut at narrow gutters between its `gutters`, and where these are."""
    found: list[float] = []
    bounds = [float("-inf"), *gutters, float("inf")]
    for left, right in pairwise(bounds):
        found += _between(lines, left, right)
    return [_cut(line, found) for line in lines], found


def _between(lines: Sequence[TextLine], left: float, right: float) -> list[float]:
    rows = [(line, chars) for line in lines if len(chars := [c for c in _chars(line) if left < _middle(c) < right]) > 1]
    rows = [(line, chars) for line, chars in rows if any(_is_gap(a, b) for a, b in pairwise(chars))]
    if len(rows) < ROWS:
        return []
    start = min(chars[0].x0 for _, chars in rows)
    end = max(chars[-1].x1 for _, chars in rows)
    covered = [0] * (int((end - start) / STEP) + 2)
    for _, chars in rows:
        for index in {i for run in _runs(chars) for i in range(int((run[0].x0 - start) / STEP), int((run[-1].x1 - start) / STEP) + 1)}:
            covered[index] += 1
    allowed = int((1 - MOST) * len(rows))
    found: list[float] = []
    white: list[int] = []
    for index, count in enumerate(covered):
        if count <= allowed:
            white.append(index)
            continue
        if white and white[0] > 0:
            x = start + (white[0] + white[-1] + 1) / 2 * STEP
            if _parts_values(rows, x):
                found.append(x)
        white = []
    return found


def _parts_values(rows: Sequence[tuple[TextLine, Sequence[Char]]], x: float) -> bool:
    """Whether whole values end or begin at a place in most rows, and neither side is the same text in all rows, as a unit is.

    Between letters that blanks part, whole values must stand on both sides.
    """
    sides: list[tuple[str, str]] = []
    blanks = 0
    for _, chars in rows:
        runs = _runs(chars)
        before = [run for run in runs if run[-1].x1 <= x + 1]
        behind = [run for run in runs if run[0].x0 >= x - 1]
        if before and behind and len(before) + len(behind) == len(runs):
            sides.append((run_text(before[-1]), run_text(behind[0])))
            blanks += before[-1][-1].text.isascii() and behind[0][0].text.isascii()
    if len(sides) < max(ROWS, MOST * len(rows)):
        return False
    if 2 * blanks > len(sides):
        return all(sum(1 for pair in sides if is_value(pair[side])) >= MOST * len(sides) for side in (0, 1))
    for side in (0, 1):
        texts = [pair[side] for pair in sides]
        if sum(1 for text in texts if is_value(text)) >= MOST * len(sides) and len({pair[1 - side] for pair in sides}) > 1:
            return True
    return False


def _runs(chars: Sequence[Char]) -> list[list[Char]]:
    runs: list[list[Char]] = [[chars[0]]]
    for before, char in pairwise(chars):
        if _is_gap(before, char):
            runs.append([char])
        else:
            runs[-1].append(char)
    return runs


def _is_gap(before: Char, char: Char) -> bool:
    return char.x0 - before.x1 >= NARROW * char.size


def _chars(line: TextLine) -> list[Char]:
    return [char for segment in line.segments for char in segment.chars]


def _middle(char: Char) -> float:
    return (char.x0 + char.x1) / 2


def _cut(line: TextLine, gutters: Sequence[float]) -> TextLine:
    segments: list[Segment] = []
    for segment in line.segments:
        parts: list[list[Char]] = [[segment.chars[0]]]
        for before, char in pairwise(segment.chars):
            if _is_gap(before, char) and any(before.x1 - 1 <= x <= char.x0 + 1 for x in gutters):
                parts.append([])
            parts[-1].append(char)
        segments += [Segment(run_text(part), bounding(part), tuple(part)) for part in parts] if len(parts) > 1 else [segment]
    return replace(line, segments=tuple(segments))

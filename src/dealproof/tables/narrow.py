"""Columns set so tightly that their cells nearly touch: white space narrower than a blank, told by the values beside it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from dealproof.tables.columns import find_gutters
from dealproof.tables.lines import Segment, TextLine, bounding, run_text
from dealproof.tables.page import Char
from dealproof.tables.values import is_value
from dealproof.text import squeeze

#: Least width of a narrow gutter, in font sizes.
NARROW = 0.12
#: Share of the rows that a narrow gutter must part, and that must hold a value beside it; rows that it needs.
MOST, ROWS = 0.8, 3
STEP = 0.5
#: Font sizes between names of columns that nearly touch at least.
NAMES_APART = 0.5
#: Font sizes between rows at most.
APART = 2.5
#: Points by which values of one column end apart, and values that must end where another does.
IN_LINE, ALIKE = 1.0, 2
#: A figure that its decimals and its unit, or its thousands, prove to be whole.
#: The digits of a figure before and behind a blank that may part its thousands.
_GROUPS = re.compile(r"[-+(]?\d{1,3}"), re.compile(r"\d{3}(?:\.\d+)?\)?%?")
#: A unit in brackets at the end of a label, no word that a blank follows.
_UNIT_END = re.compile(r"[\u4e00-\u9fff%％][)）]$")
_COMPLETE = re.compile(r"[-+(]?(?:\d+\.\d+(?:[万亿]?元|[%％])|\d{1,3}(?:,\d{3})+(?:\.\d+)?(?:[万亿]?元)?)\)?")


def with_narrow_gutters(lines: Sequence[TextLine], gutters: Sequence[float]) -> tuple[list[TextLine], list[float]]:
    """The lines of a table's body with segments cut at narrow gutters between its `gutters`, and where these are."""
    found: list[float] = []
    bounds = [float("-inf"), *gutters, float("inf")]
    for left, right in pairwise(bounds):
        found += _between(lines, left, right)
    return [_cut(line, found) for line in lines], found


def with_tight_rows(lines: Sequence[TextLine]) -> list[TextLine]:
    """The lines of a page with those cut that follow each other as rows do, a title between them or not, and hold values, where
    narrow gutters run through all of them: tables without a line whose cells nearly touch."""
    found = [replace(line, segments=tuple(part for s in line.segments for part in _whole_values(s))) for line in lines]
    runs: list[list[int]] = []
    for index, line in enumerate(found):
        if not holds_values(line):
            continue
        if runs and _follows(found[runs[-1][-1] : index + 1]):
            runs[-1].append(index)
        else:
            runs.append([index])
    for run in runs:
        if len(run) >= ROWS:
            rows = [found[index] for index in run]
            is_parted = 2 * sum(len(row.segments) > 1 for row in rows) > len(rows)
            gutters = find_gutters(rows) if is_parted else []
            for index, row in zip(run, with_narrow_gutters(rows, gutters)[0], strict=True):
                found[index] = _cut(row, gutters)
    heads = {squeeze(line.text) for line, below in pairwise(found) if _names_columns(line, below)}
    return [replace(line, segments=tuple(_names(line))) if squeeze(line.text) in heads and len(line.segments) == 1 else line for line in found]


def _names_columns(line: TextLine, below: TextLine) -> bool:
    """Whether a line of one text, cut at its wider gaps, makes names for most columns of the row of values right below it."""
    if len(line.segments) > 1 or len(below.segments) < ROWS or not holds_values(below):
        return False
    names = _names(line)
    near = below.box.top - line.box.bottom < APART * line.size
    return near and len(below.segments) - 1 <= len(names) <= len(below.segments) and all(len(name.chars) > 1 for name in names)


def _names(line: TextLine) -> list[Segment]:
    chars = line.segments[0].chars
    cuts = [index for index, (a, b) in enumerate(pairwise(chars), 1) if b.x0 - a.x1 >= NAMES_APART * b.size]
    return [_segment(chars[a:b]) for a, b in pairwise([0, *cuts, len(chars)])]


def _follows(lines: Sequence[TextLine]) -> bool:
    """Whether the last of some lines is the next row after the first, with one title between them at most."""
    near = all(below.box.top - above.box.bottom < APART * below.size for above, below in pairwise(lines))
    return near and len(lines) <= 3 and all(len(line.segments) == 1 for line in lines[1:-1])


def with_values_apart(lines: Sequence[TextLine], gutters: Sequence[float]) -> list[TextLine]:
    """The lines with segments over a gutter cut before a value that ends where other values of its column do, and between whole
    values that nearly touch."""
    ends = [segment.box.x1 for line in lines for segment in line.segments if is_value(segment.text)]
    return [replace(line, segments=tuple(part for s in line.segments for part in _values_apart(s, gutters, ends))) for line in lines]


def _values_apart(segment: Segment, gutters: Sequence[float], ends: Sequence[float]) -> list[Segment]:
    if not any(segment.box.x0 < gutter < segment.box.x1 for gutter in gutters):
        return [segment]
    runs = _runs(segment.chars)
    if len(runs) < 2:
        return [segment]
    if all(is_value(run_text(run)) for run in runs):
        return [_segment(run) for run in runs]
    last = runs[-1]
    alike = sum(1 for end in ends if abs(end - last[-1].x1) <= IN_LINE)
    if not is_value(run_text(last)) or alike < ALIKE or not any(gutter < last[-1].x1 for gutter in gutters):
        return [segment]
    return [_segment([char for run in runs[:-1] for char in run]), _segment(last)]


def _segment(chars: Sequence[Char]) -> Segment:
    return Segment(run_text(chars), bounding(chars), tuple(chars))


def _whole_values(segment: Segment) -> list[Segment]:
    """The segment cut where several whole values stand side by side, a name before them or not: no cell holds two."""
    runs = _runs(segment.chars)
    count = 0
    while count < len(runs) and _COMPLETE.fullmatch(squeeze(run_text(runs[-count - 1]))):
        count += 1
    if count < 2:
        return [segment]
    name = [char for run in runs[: len(runs) - count] for char in run]
    return [*([_segment(name)] if name else []), *(_segment(run) for run in runs[len(runs) - count :])]


def holds_values(line: TextLine) -> bool:
    """Whether several texts, if only a hair apart, stand on a line and at least half of them are whole values."""
    runs = _runs(_chars(line))
    return len(runs) > 1 and sum(1 for run in runs if is_value(run_text(run))) * 2 >= len(runs)


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
            pair = run_text(before[-1]), run_text(behind[0])
            if _GROUPS[0].fullmatch(pair[0]) and _GROUPS[1].fullmatch(pair[1]):
                continue  # thousands may be parted by blanks
            sides.append(pair)
            blanks += (before[-1][-1].text.isascii() and not _UNIT_END.search(pair[0])) and behind[0][0].text.isascii()
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
        segments += [_segment(part) for part in parts] if len(parts) > 1 else [segment]
    return replace(line, segments=tuple(segments))

"""From characters to visual lines and segments.

A *segment* is a run of characters without a wide gap; a *visual line* is what stands on one height. Chinese text
has no spaces between words, so a gap of about one character is what separates two cells of a borderless table.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from operator import attrgetter

from dealproof.model.evidence import Box
from dealproof.pages.struck import overlaid
from dealproof.tables.page import Char
from dealproof.text import fold

#: Gap between two characters, in font sizes, from which on they belong to different cells; padding of two thin cells is less than one character.
CELL_GAP = 0.7
#: Gap, in font sizes, from which on a space is put between two characters of one cell.
WORD_GAP = 0.18
#: Share of the size by which neighbours in one figure may differ in size and height.
UNEVEN = 0.12
_START = attrgetter("x0")
#: Gap, in font sizes, up to which the letters of a word are spaced apart to fill a cell.
MOST_SPACING = 3.0
#: Share of the size by which an upright line runs into a character, and points by which one neighbour is nearer to it than the other.
INTO, NEARER = 0.1, 0.3
#: Gap, in font sizes, that separates a complete figure from the next cell; `100,319.40 万元` has a narrower one.
FIGURE_GAP = 0.42
_FIGURE = re.compile(
    r"(?:^|[^\d.,])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)[%％]?$|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}$|\d月\s?\d{1,2}日$"
)
#: A figure whose commas or point prove that it is a single one.
_WHOLE_FIGURE = re.compile(r"[-+(]?(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+)\)?[%％]?")
_PARTS = frozenset("0123456789,.")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of characters on one line without a wide gap."""

    text: str
    box: Box
    chars: tuple[Char, ...]


@dataclass(frozen=True, slots=True)
class TextLine:
    """All segments on one height, from left to right."""

    segments: tuple[Segment, ...]
    box: Box
    size: float

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.box.top + self.box.bottom) / 2

    @property
    def text(self) -> str:
        """Segments joined with two spaces."""
        return "  ".join(segment.text for segment in self.segments)


def visual_lines(chars: Iterable[Char]) -> list[TextLine]:
    """Group characters into lines from top to bottom, each cut into segments at wide gaps."""
    return [_line(row) for row in char_rows(chars)]


def parted_at(line: TextLine, uprights: Sequence[tuple[float, float, float]]) -> TextLine:
    """The line with its segments cut where an upright line (place, top, bottom) runs through them."""
    here = sorted(at for at, top, bottom in uprights if top - 1 <= line.middle <= bottom + 1)
    if not any(s.box.x0 < at < s.box.x1 for s in line.segments for at in here):
        return line
    segments: list[Segment] = []
    for segment in line.segments:
        parts: dict[int, list[Char]] = {}
        for char in segment.chars:
            parts.setdefault(sum(1 for at in here if at <= side_of(char, at, segment.chars)), []).append(char)
        segments += [Segment(run_text(part), bounding(part), tuple(part)) for part in parts.values()]
    return replace(line, segments=tuple(segments))


def side_of(char: Char, at: float, others: Sequence[Char]) -> float:
    """A place on that side of an upright line through a character on which its word goes on: it is the one to which it stands
    nearer, as where the text of a narrow cell reaches over its line. Its middle where neither is, or the line misses it."""
    middle = (char.x0 + char.x1) / 2
    if not char.x0 + INTO * char.size < at < char.x1 - INTO * char.size:
        return middle
    beside = [o for o in others if o is not char and abs(o.middle - char.middle) <= 0.45 * char.size]
    before = min((char.x0 - o.x1 for o in beside if (o.x0 + o.x1) / 2 < middle), default=MOST_SPACING * char.size)
    behind = min((o.x0 - char.x1 for o in beside if (o.x0 + o.x1) / 2 > middle), default=MOST_SPACING * char.size)
    if abs(before - behind) <= NEARER:
        return middle
    return char.x1 if before > behind else char.x0


def char_rows(chars: Iterable[Char]) -> list[list[Char]]:
    """Group printable characters by height; each row is sorted from left to right."""
    rows: list[list[Char]] = []
    middles: list[float] = []
    placed = [((c.top + c.bottom) / 2, c.x0, at, c) for at, c in enumerate(chars) if c.text.strip()]
    placed.sort()  # the number keeps those of one place in their order
    for middle, _, _, char in placed:
        if rows and abs(middle - middles[-1]) <= 0.45 * min(char.size, rows[-1][0].size * 1.6):
            rows[-1].append(char)
            middles[-1] += (middle - middles[-1]) / len(rows[-1])
        else:
            rows.append([char])
            middles.append(middle)
    for row in rows:
        row.sort(key=_START)
    return rows


def _line(row: Sequence[Char]) -> TextLine:
    size = sorted(c.size for c in row)[len(row) // 2]
    segments: list[Segment] = []
    start, height = 0, max(size, 4.0)
    least = FIGURE_GAP * height
    for i in range(1, len(row) + 1):
        if i == len(row) or (row[i].x0 - row[i - 1].x1 >= least and _is_cell_gap(row, start, i, height)):
            part = row[start:i]
            segments.append(Segment(run_text(part), bounding(part), tuple(part)))
            start = i
    return TextLine(tuple(_without_letterspacing(segments, size)), bounding(row), size)


def _without_letterspacing(segments: list[Segment], size: float) -> list[Segment]:
    """Lone ideographs that stand apart alike, and nearer to each other than to the cells beside them, are one word."""
    found: list[Segment] = []
    start = 0
    while start < len(segments):
        end = _end_of_word(segments, start, size)
        chars = tuple(char for segment in segments[start:end] for char in segment.chars)
        found.append(segments[start] if end == start + 1 else Segment(run_text(chars), bounding(chars), chars))
        start = end
    return found


def _end_of_word(segments: Sequence[Segment], start: int, size: float) -> int:
    gaps = [b.box.x0 - a.box.x1 for a, b in pairwise(segments)]
    end = start
    while end < len(gaps) and _is_lone(segments[end]) and _is_lone(segments[end + 1]):
        if gaps[end] > MOST_SPACING * size or abs(gaps[end] - gaps[start]) > 0.15 * size:
            break
        end += 1
    beside = gaps[max(0, start - 1) : start] + gaps[end : end + 1]
    return end + 1 if end > start and all(gaps[start] < 0.6 * gap for gap in beside) and beside else start + 1


def _is_lone(segment: Segment) -> bool:
    return len(segment.text) == 1 and "\u4e00" <= fold(segment.text) <= "\u9fff"


def _is_cell_gap(row: Sequence[Char], start: int, i: int, size: float) -> bool:
    """Whether two cells meet before `row[i]`: a wide gap, or a narrower one behind a complete figure."""
    gap = row[i].x0 - row[i - 1].x1
    if gap > CELL_GAP * size:
        return True
    return gap >= FIGURE_GAP * size and bool(_FIGURE.search("".join(c.text for c in row[max(start, i - 24) : i])))


def run_text(row: Sequence[Char]) -> str:
    """Join characters of one height, with a space where the printed gap shows one.

    Two figures with a gap that no number has in it are kept apart by two spaces.
    """
    if _is_spaced_figure(row):
        return "".join(char.text for char in row)
    parts: list[str] = []
    end, before = math.inf, ""
    for text, x0, _, x1, _, size, _ in row:
        gap = x0 - end
        if gap > WORD_GAP * size:
            wide = gap >= FIGURE_GAP * size and before in _PARTS and text in _PARTS
            parts.append("  " if wide else " ")
        parts.append(text)
        end, before = x1, text
    return "".join(parts)


def _is_spaced_figure(row: Sequence[Char]) -> bool:
    """Whether this is one figure whose letters are all spaced apart alike, as in a justified cell."""
    if len(row) < 4 or not (row[0].text in "-+(" or row[0].text.isdecimal()):  # asked first: most rows are words
        return False
    if row[1].x0 - row[0].x1 <= WORD_GAP * row[0].size:  # and most figures are set close
        return False
    if not _WHOLE_FIGURE.fullmatch("".join([char.text for char in row])):
        return False
    steps = [char.x0 - last.x1 for last, char in pairwise(row)]
    return WORD_GAP * row[0].size < min(steps) and max(steps) - min(steps) <= 0.1 * row[0].size


def is_uneven(chars: Iterable[Char]) -> bool:
    """Whether a figure changes its size or its height on the way: its last digit may be the mark of a footnote."""
    return any(
        last.text in _PARTS
        and char.text in _PARTS
        and char.x0 - last.x1 <= WORD_GAP * char.size
        and max(abs(char.size - last.size), abs(char.middle - last.middle)) > UNEVEN * max(char.size, last.size)
        for row in char_rows(chars)
        for last, char in pairwise(row)
    )


#: What is to be asked of a cell with such a figure.
UNEVEN_DOUBT = "its digits differ in size or height, so that one may be the mark of a footnote"


#: What is to be asked of a cell in which something is struck out.
STRUCK_DOUBT = "something in this cell is struck out"


def in_force(chars: Sequence[Char]) -> list[Char]:
    """The characters of a cell that are not struck out; where all are, they are marked as struck."""
    standing = [char for char in chars if not char.is_struck]
    if any(char.text.strip() for char in standing):
        return standing
    return [char._replace(text=overlaid(char.text)) if char.is_struck else char for char in chars]


def cell_doubt(chars: Sequence[Char]) -> str:
    """What the characters of a cell leave to be asked, in words."""
    told = [STRUCK_DOUBT] if any(char.is_struck for char in chars) else []
    if is_uneven(char for char in chars if not char.is_struck):
        told.append(UNEVEN_DOUBT)
    return "; ".join(told)


def block_text(chars: Iterable[Char]) -> str:
    """Join the characters of one cell: lines from top to bottom, separated by newlines."""
    return "\n".join(run_text(row) for row in char_rows(chars))


def bounding(chars: Sequence[Char]) -> Box:
    """The smallest box that holds all characters."""
    return Box(
        min([c.x0 for c in chars]), min([c.top for c in chars]), max([c.x1 for c in chars]), max([c.bottom for c in chars])
    )

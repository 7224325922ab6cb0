"""Running headers, footers and page numbers, told from the text that they surround.

What stands at the same place near the edge of many pages, the same but for its numbers, is furniture. A table that
runs to the foot of several pages stands there too: what has no words, or speaks as tables speak, stays.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from statistics import median

from dealproof.model.page import Line, PageText
from dealproof.pages.numbering import page_numbers
from dealproof.text import squeeze

#: Share of the page height at either edge in which furniture stands.
EDGE = 0.12
#: A line is furniture when it repeats on this many pages (or on half of a short document).
REPEATS = 3
#: A repeated line with several cells is a table's header unless it stands on this share of the pages.
MOST = 0.6
#: Points by which the place of a running header wavers.
WAVER = 3.0
#: The title of a cover may be the running header in larger print; up to this ratio it is the same print.
LARGER = 1.15
#: A running header says something: letters or ideographs that it must have.
MIN_LETTERS = 4
_TABLE_TALK = re.compile(r"单位[::]|\(续\)|续表|^注\d*[::]|合计|总计|小计")
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class _Seen:
    """One line near an edge: page index, distance from that edge, printed height."""

    page: int
    place: float
    height: float


def without_furniture(pages: Sequence[PageText]) -> tuple[PageText, ...]:
    """Return the pages with furniture moved from `lines` to `furniture`."""
    seen: dict[tuple[str, bool], list[_Seen]] = defaultdict(list)
    for index, page in enumerate(pages):
        for line, at_top in _edge_lines(page):
            seen[_key(line, at_top)].append(_Seen(index, _place(line, page, at_top), _height(line)))
    running = {key: _Running(group, len(pages)) for key, group in seen.items() if _is_running(key[0], group, len(pages))}
    bared = [_without_running(page, running) for page in pages]
    numbered = page_numbers([[line for line, _ in _outermost(page)] for page in bared])
    return tuple(_moved(page, numbers) for page, numbers in zip(bared, numbered, strict=True))


def _needed(count: int) -> int:
    return REPEATS if count >= 2 * REPEATS else max(2, (count + 1) // 2)


def _is_running(text: str, group: Sequence[_Seen], count: int) -> bool:
    words = text.replace("\t", "")
    if len(_LETTER.findall(words)) < MIN_LETTERS or _TABLE_TALK.search(words):
        return False
    on = len({seen.page for seen in group})
    return on >= (max(_needed(count), MOST * count) if "\t" in text else _needed(count))


def _without_running(page: PageText, running: dict[tuple[str, bool], _Running]) -> PageText:
    gone = [
        line
        for line, at_top in _edge_lines(page)
        if (group := running.get(_key(line, at_top))) and group.has(line, _place(line, page, at_top), page.number == 1)
    ]
    return _moved(page, gone)


class _Running:
    """A text that runs through a document of `count` pages, and at which places a line of it is furniture."""

    def __init__(self, group: Sequence[_Seen], count: int) -> None:
        self._group, self._count = group, count
        self._is_everywhere = len({seen.page for seen in group}) >= MOST * count
        self._told: dict[float, bool] = {}  # hundreds of pages have it at the very same place

    def has(self, line: Line, place: float, is_cover: bool) -> bool:
        """Whether a line of this text is furniture where it stands."""
        if is_cover and _height(line) > LARGER * median(seen.height for seen in self._group):
            return False
        if place not in self._told:
            near = {seen.page for seen in self._group if abs(seen.place - place) <= WAVER}
            enough = len(near) >= min(_needed(self._count), MOST * self._count)
            self._told[place] = self._is_everywhere or enough
        return self._told[place]


def _moved(page: PageText, gone: Sequence[Line]) -> PageText:
    if not gone:
        return page
    kept = tuple(line for line in page.lines if line not in gone)
    return replace(page, lines=kept, furniture=(*page.furniture, *(line.text for line in gone)))


def _edge_lines(page: PageText) -> Iterator[tuple[Line, bool]]:
    """The lines near an edge, each with whether that is the upper one."""
    for line in page.lines:
        if line.box.bottom < EDGE * page.height:
            yield line, True
        elif line.box.top > (1 - EDGE) * page.height:
            yield line, False


def _outermost(page: PageText) -> Iterator[tuple[Line, bool]]:
    """The uppermost and the lowest line when they stand near the edge."""
    edge = list(_edge_lines(page))
    for at_top in (True, False):
        side = [line for line, top in edge if top is at_top]
        if side:
            yield min(side, key=lambda line: _place(line, page, at_top)), at_top  # used at once


def _key(line: Line, at_top: bool) -> tuple[str, bool]:
    """The text without its numbers; cells stay apart by tabs."""
    cells = (squeeze(cell) for cell in re.split(r"\s{2,}", line.text.strip()))
    return re.sub(r"\d+", "#", "\t".join(cells)), at_top


def _place(line: Line, page: PageText, at_top: bool) -> float:
    return line.box.top if at_top else page.height - line.box.bottom


def _height(line: Line) -> float:
    return line.box.bottom - line.box.top

"""The sentences of a document: lines outside tables put together as they were before they were broken over lines and pages.

A heading is no beginning of the sentence under it. Text is squeezed; every stretch of it leads back to the lines that print it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce

from dealproof.interpret.contents_page import LEADER, is_contents
from dealproof.interpret.surroundings import LONGEST, is_lone
from dealproof.interpret.table_account import meet
from dealproof.model.evidence import Box, Evidence
from dealproof.model.extract import Extract
from dealproof.model.page import Line, Moved, PageText
from dealproof.text import as_printed, squeeze

_END = re.compile(r"[。;]")
_MARKS = re.compile(r"[。;,:]")
_ENDED = ("。", ";", ":")
_NUMBERED = re.compile(
    r"^(?:第[一二三四五六七八九十百\d]+[章节部篇]|附[录件表]|[一二三四五六七八九十]+[、.]|§\d{1,2}|\([一二三四五六七八九十\d]+\)|\d{1,2}(?:[、)]|\.(?!\d))|[•●▪◆■○►▶➢])"
)
#: A line ends short when it leaves this many of its heights free before the widest line of the page.
_SHORT, _GAP = 2.5, 1.6


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Lines that are read as one text, with their pages and the places at which they begin in it."""

    text: str
    lines: tuple[tuple[PageText, Line], ...]
    starts: tuple[int, ...]

    @property
    def is_item(self) -> bool:
        """Whether it is an item of a list: it begins with a number or a mark."""
        return _NUMBERED.match(self.text) is not None

    def sentences(self) -> Iterator[tuple[int, int]]:
        """Where each sentence begins and ends, its full stop left out."""
        start = 0
        for match in _END.finditer(self.text):
            yield start, match.start()
            start = match.end()
        if start < len(self.text):
            yield start, len(self.text)

    def place(self, start: int, end: int) -> tuple[PageText, tuple[Line, ...], str]:
        """The page, the lines and the printed words of a stretch, as far as it stands on the page where it ends."""
        rows = [at for at, begin in enumerate(self.starts) if begin < end and self._end(at) > start]
        page = self.lines[rows[-1]][0]
        own = [at for at in rows if self.lines[at][0] is page]
        first = max(start, self.starts[own[0]])
        words = as_printed((line.text for _, line in self.lines), first, end)
        return page, tuple(self.lines[at][1] for at in own), words

    def proof(self, document_id: str, start: int, end: int, unit_text: str = "", unit_from: str = "") -> Evidence:
        """The proof of what a stretch says, with the confidence of its least sure line."""
        page, lines, words = self.place(start, end)
        box = reduce(Box.union, (line.box for line in lines))
        reader = "ocr" if page.read_by == "ocr" else "text"
        return Evidence(document_id, page.number, box, words, unit_text, unit_from, reader, min(line.confidence for line in lines))

    def _end(self, at: int) -> int:
        return self.starts[at + 1] if at + 1 < len(self.starts) else len(self.text)

    def line_at(self, place: int) -> tuple[PageText, Line]:
        """The line that prints the character at a place."""
        return self.lines[max(at for at, begin in enumerate(self.starts) if begin <= place)]


def paragraphs(extract: Extract) -> list[Paragraph]:
    """All paragraphs of the readable pages, without lines of tables and of contents."""
    found: list[Paragraph] = []
    held: list[tuple[PageText, Line]] = []
    for page in extract.pages:
        lines = [] if not page.is_readable or is_contents(page) else _free_lines(page, extract)
        rights: dict[Moved | None, float] = {}
        for line in lines:
            part = page.part_of(line.box)
            rights[part] = max(rights.get(part, 0.0), line.box.x1)
        boxes = [table.extent(page.number) for table in extract.tables if page.number in table.pages]
        for line in lines:
            before = held[-1] if held else None
            if before is not None and _begins(before, (page, line), rights.get(page.part_of(before[1].box), 0.0), boxes):
                found.append(_paragraph(held))
                held = []
            held.append((page, line))
    return [*found, *([_paragraph(held)] if held else [])]


def _free_lines(page: PageText, extract: Extract) -> list[Line]:
    cells = [cell.box for table in extract.tables if page.number in table.pages for cell in table.cells if cell.page == page.number]
    return [line for line in page.lines if not any(meet(line.box, box) for box in cells)]


def _begins(before: tuple[PageText, Line], now: tuple[PageText, Line], right: float, boxes: Sequence[Box]) -> bool:
    """Whether a line begins a paragraph, after the line `before` it."""
    (last_page, last), (page, line) = before, now
    text = squeeze(last.text)
    if LEADER.search(text) or LEADER.search(squeeze(line.text)):
        return True
    if _NUMBERED.match(squeeze(line.text)) or "  " in last.text.strip() or "  " in line.text.strip():
        return True
    if last_page is not page:
        return page.number != last_page.number + 1 or text.endswith(_ENDED) or is_lone(last) or _is_heading(text)
    if any(last.box.bottom <= box.top + 2 and box.bottom <= line.box.top + 2 for box in boxes):
        return True
    height = max(line.box.bottom - line.box.top, 1.0)
    if line.box.top - last.box.bottom > _GAP * height or line.box.top < last.box.top:
        return True
    if _is_heading(text):
        return True
    ends_short = last.box.x1 < right - _SHORT * height
    return ends_short and (is_lone(last) or text.endswith(_ENDED))


def _is_heading(text: str) -> bool:
    """Whether a line is a numbered heading and no item of a list, which is a sentence."""
    number = _NUMBERED.match(text)
    return number is not None and len(text) <= LONGEST and not _MARKS.search(text[number.end() :])


def _paragraph(held: Sequence[tuple[PageText, Line]]) -> Paragraph:
    texts = [squeeze(line.text) for _, line in held]
    starts = [sum(map(len, texts[:at])) for at in range(len(texts))]
    return Paragraph("".join(texts), tuple(held), tuple(starts))

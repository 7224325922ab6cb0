"""Pages that only go on with what the page before holds and nobody wants: their lines, without a closer look at each word.

Which pages these are is told from outside (`Skimmer`); what a page shows beside its text is judged as of any other page.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from itertools import repeat
from typing import Protocol

from dealproof.model.page import Line, PageText
from dealproof.pages.calls import Rows, ask_all, number_of, pdfium
from dealproof.pages.glyphs import page_string
from dealproof.pages.opened import OpenPage
from dealproof.pages.quality import Verdict, judge

_LINE = re.compile(r"[^\r\n]*[^\r\n\s]")
_START = re.compile(r"\S")


class Skimmer(Protocol):
    """Who knows what goes on over pages without being wanted."""

    def goes_on(self, text: str) -> bool:
        """Whether a page with this text, as PDFium gives it, holds nothing but more of what filled the page before."""

    def saw(self, page: PageText, text: str) -> None:
        """Take note of a page that was read, and of its text as PDFium gives it."""


def skimmed(page: OpenPage, skimmer: Skimmer) -> tuple[PageText, Verdict] | None:
    """The page by its lines alone; None where it must be read word by word."""
    if page.frame.rotation:
        return None
    text = page_string(page.text_page)
    if not skimmer.goes_on(text):
        return None
    lines = tuple(_lines(page, text))
    made = PageText(page.number, page.frame.width, page.frame.height, lines)
    return made, judge(page.handle, page.text_page, text, page.frame, lines)


def _lines(page: OpenPage, text: str) -> Iterator[Line]:
    """The lines from top to bottom, each with the box that its first and its last character span."""
    spans = [(start.start(), found.end()) for found in _LINE.finditer(text) if (start := _START.search(text, found.start()))]
    asked = [place for first, end in spans for place in (first, end - 1)]
    room = Rows(ctypes.c_float, len(asked), 4)
    ask_all(pdfium().FPDFText_GetLooseCharBox, repeat(number_of(page.text_page.raw)), asked, room.places[0])
    boxes = room.rows
    found = []
    for (first, end), (left, high, _, low), (_, top, right, bottom) in zip(spans, boxes[::2], boxes[1::2], strict=True):
        box = page.frame.shown_box(left, min(low, bottom), right, max(high, top))
        found.append(Line(text[first:end], box))
    return iter(sorted(found, key=lambda line: (line.box.top, line.box.x0)))

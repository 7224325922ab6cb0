"""Tables of contents, and pages on which dots lead from labels to figures."""

from __future__ import annotations

import re

from dealproof.model.page import PageText
from dealproof.text import squeeze

#: Dots that lead from the words of a line to what stands at its end.
LEADER = re.compile(r"(?:\.{4,}|…{2,}|·{4,}|_{4,})")
_TO_A_PAGE = re.compile(r"[.…·_]-?(?:\d{1,3}|[ivxIVX]{1,6})-?$")
#: A chapter (第三节) leads to its page, whatever is printed there.
_CHAPTER = re.compile(r"^第[一二三四五六七八九十百\d]+(?:章|节|部分|篇)")
_TITLES = ("目录", "目錄", "contents", "tableofcontents")
#: Lines with leaders that make a page a table of contents.
_LINES = 4


def is_contents(page: PageText) -> bool:
    """Whether a page is a table of contents (目录)."""
    titled = any(squeeze(line.text).lower() in _TITLES for line in page.lines[:3])
    return titled or (len(_led(page)) >= _LINES and not leads_to_figures(page))


def leads_to_figures(page: PageText) -> bool:
    """Whether the dots of a page lead from labels to figures, and not to numbers of pages."""
    led = _led(page)
    return bool(led) and not any(_TO_A_PAGE.search(text) or _CHAPTER.match(text) for text in led)


def _led(page: PageText) -> list[str]:
    if not LEADER.search(squeeze(page.text)):  # as of nearly all pages: looked at once, not line by line
        return []
    return [text for line in page.lines if LEADER.search(text := squeeze(line.text))]

"""The fast pass: the text of every page with a box for every line, at one or two milliseconds a page.

PDFium gives text in the order of the content stream. Here the pieces that stand on one height become one line, with
two spaces where a wide gap separates cells, so that table rows stay recognisable. Slanted text is a watermark.
"""

from __future__ import annotations

import ctypes
import itertools
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dealproof.errors import UnreadableFileError
from dealproof.evidence import Box
from dealproof.pages.furniture import without_furniture
from dealproof.pages.open import open_pdf
from dealproof.pagetext import Line, PageText

#: A file with more pages than this is refused; no deal document is that long.
MAX_PAGES = 5_000
#: A page with more characters than this is a drawing or an attack; it is kept without text.
MAX_CHARS = 200_000
#: Gap in character heights from which two cells are kept apart.
CELL_GAP = 0.95
WORD_GAP = 0.12
_TOKEN = re.compile(r"\S+")
_ODD = re.compile("[\ue000-\uf8ff\ufffd\x00-\x08\x0b\x0e-\x1f]")


@dataclass(frozen=True, slots=True)
class _Token:
    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    slanted: bool

    @property
    def middle(self) -> float:
        return (self.top + self.bottom) / 2

    @property
    def height(self) -> float:
        return self.bottom - self.top


def read_pages(path: Path) -> tuple[PageText, ...]:
    """Return the text of all pages. Raises UnreadableFileError when the file cannot be opened or is too long."""
    document = open_pdf(path)
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableFileError(
                f"{path.name}: the PDF has {len(document)} pages, more than {MAX_PAGES}.", "Split it."
            )
        pages = tuple(_page(document, number) for number in range(1, len(document) + 1))
    finally:
        document.close()
    return without_furniture(pages)


def _page(document: Any, number: int) -> PageText:
    import pypdfium2

    try:
        page = document[number - 1]
    except pypdfium2.PdfiumError:
        return PageText(number, 0.0, 0.0, (), "lying")
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        if count > MAX_CHARS:
            return PageText(number, width, height, (), "lying")
        text = text_page.get_text_range() if count else ""
        tokens = list(_tokens(text_page, text, page)) if text else []
    finally:
        text_page.close()
        page.close()
    upright = [t for t in tokens if not t.slanted]
    marks = tuple(
        "".join(t.text for t in tokens if t.slanted)[i : i + 40] for i in ([0] if len(upright) < len(tokens) else [])
    )
    return PageText(number, width, height, tuple(_lines(upright)), _quality(text), marks)


def _tokens(text_page: Any, text: str, page: Any) -> Iterator[_Token]:
    import pypdfium2.raw as raw

    left, _, _, top = page.get_bbox()
    rect, handle = raw.FS_RECTF(), text_page.raw
    for match in _TOKEN.finditer(text):
        first, last = match.start(), match.end() - 1
        if not raw.FPDFText_GetLooseCharBox(handle, first, ctypes.byref(rect)):
            continue
        x0, y1, y0 = rect.left, rect.top, rect.bottom
        right = rect.right
        if last > first and raw.FPDFText_GetLooseCharBox(handle, last, ctypes.byref(rect)):
            right, y1, y0 = max(right, rect.right), max(y1, rect.top), min(y0, rect.bottom)
        angle = raw.FPDFText_GetCharAngle(handle, first)
        slanted = angle > 0 and abs(math.sin(2 * angle)) > 0.1
        yield _Token(match.group(), x0 - left, top - y1, right - left, top - y0, slanted)


def _lines(tokens: Sequence[_Token]) -> Iterator[Line]:
    rows: list[list[_Token]] = []
    for token in sorted(tokens, key=lambda t: (t.middle, t.x0)):
        row = rows[-1] if rows else None
        if row is not None and abs(token.middle - row[0].middle) <= 0.42 * min(token.height, row[0].height):
            row.append(token)
        else:
            rows.append([token])
    for row in rows:
        row.sort(key=lambda t: t.x0)
        yield Line(
            _join(row), Box(row[0].x0, min(t.top for t in row), max(t.x1 for t in row), max(t.bottom for t in row))
        )


def _join(row: Sequence[_Token]) -> str:
    parts = [row[0].text]
    for before, token in itertools.pairwise(row):
        gap = (token.x0 - before.x1) / max(token.height, 1.0)
        parts.append("  " if gap > CELL_GAP else " " if gap > WORD_GAP else "")
        parts.append(token.text)
    return "".join(parts)


def _quality(text: str) -> Any:
    dense = text.replace(" ", "").strip()
    if len(dense) < 12:
        return "scanned"
    return "lying" if len(_ODD.findall(dense)) > 0.3 * len(dense) else "native"

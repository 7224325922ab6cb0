"""The fast pass: the text of every page with a box for every line, at two or three milliseconds a page.

PDFium does the reading and is not thread-safe: one process reads one document at a time.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from dealproof.errors import UnreadableFileError
from dealproof.limits import Limits
from dealproof.pages.furniture import without_furniture
from dealproof.pages.geometry import Frame, frame_of
from dealproof.pages.glyphs import page_string, read_glyphs
from dealproof.pages.inflation import check_inflation
from dealproof.pages.lines import visual_lines
from dealproof.pages.open import open_pdf
from dealproof.pages.quality import is_picture, text_quality, with_scan_marked
from dealproof.pages.watermark import split_watermark
from dealproof.pagetext import PageText

#: A page with more characters than this is a drawing or an attack; it is kept without text.
MAX_CHARS = 200_000
#: A page with more drawn objects than this would cost the careful readers minutes and gigabytes.
MAX_OBJECTS = 300_000


def read_pages(path: Path, max_pages: int = Limits().pages, max_chars: int = MAX_CHARS) -> tuple[PageText, ...]:
    """Return the text of all pages. A page that cannot be read stays, without lines, as `lying`.

    Raises UnreadableFileError when the file or every page of it cannot be opened, when it swells when unpacked, has
    too many pages, or a page with far too many objects.
    """
    check_inflation(path)
    document = open_pdf(path)
    try:
        if len(document) > max_pages:
            raise UnreadableFileError(
                f"{path.name}: the PDF has {len(document)} pages, more than the {max_pages} that are read.",
                "Split it and hand in the parts, or allow more with --pages.",
            )
        read = [_page(document, number, max_chars) for number in range(1, len(document) + 1)]
    except _OverfullPageError as full:
        raise UnreadableFileError(
            f"{path.name}: page {full.page} is a drawing of {full.objects:,} objects.",
            "Print the file to a new PDF without that page and hand that in.",
        ) from full
    finally:
        document.close()
    if all(page.width == 0 for page, _ in read):
        raise UnreadableFileError(
            f"{path.name}: the PDF is damaged: none of its pages can be opened.",
            "Fetch the file again from its source.",
        )
    pages = without_furniture([page for page, _ in read])
    return tuple(with_scan_marked(page, picture) for page, (_, picture) in zip(pages, read, strict=True))


class _OverfullPageError(Exception):
    def __init__(self, page: int, objects: int) -> None:
        super().__init__(page, objects)
        self.page, self.objects = page, objects


def _page(document: Any, number: int, max_chars: int) -> tuple[PageText, bool]:
    """The page, and whether it is a picture."""
    import pypdfium2

    try:
        page = document[number - 1]
        text_page = page.get_textpage()
    except pypdfium2.PdfiumError:
        return PageText(number, 0.0, 0.0, (), "lying"), False
    frame = frame_of(page)
    try:
        objects = pypdfium2.raw.FPDFPage_CountObjects(page.raw)
        if objects > MAX_OBJECTS:
            raise _OverfullPageError(number, objects)
        if text_page.count_chars() > max_chars:
            return PageText(number, frame.width, frame.height, (), "lying"), False
        text = page_string(text_page)
        return _read(text_page, text, frame, number), is_picture(page, text, frame.width, frame.height)
    finally:
        text_page.close()
        page.close()


def _read(text_page: Any, text: str, frame: Frame, number: int) -> PageText:
    words, marks = split_watermark(text_page, list(read_glyphs(text_page, text, frame)))
    lines = visual_lines(words, frame.width, frame.height)
    quality = text_quality(text_page, text)
    return PageText(number, frame.width, frame.height, lines, quality, tuple(marks))

"""PDFs of pictures and what may lie under them: an invisible text layer, with the mistakes of a poor recognition."""

from __future__ import annotations

import hashlib
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from random import Random
from typing import Any

import pypdfium2
from fpdf import FPDF
from fpdf.enums import TextMode
from PIL import Image

from samples.make.stamps import FILLING, font

#: How poor recognition reads a sign: digits for their look-alikes, separators lost or taken for one another.
MISREAD = {
    "8": "3", "3": "8", "0": "O", "1": "l", "5": "S", "6": "8", "9": "0", "7": "1", ",": "", ".": ",", "%": "", "未": "末",
}  # fmt: skip
DAY = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Word:
    """A run of text with its box, in points from the top left corner."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A scanned page: the bytes of its picture, its size in points, the text that lies under it."""

    picture: bytes
    width: float
    height: float
    words: tuple[Word, ...] = ()


def words_of(page: Any) -> tuple[Word, ...]:
    """The runs of text of a native page of pypdfium2."""
    text, height = page.get_textpage(), page.get_height()
    boxes = [text.get_rect(number) for number in range(text.count_rects())]
    runs = ((text.get_text_bounded(*box).split("\n")[0].strip(), box) for box in boxes)
    return tuple(Word(run, x0, height - y1, x1, height - y0) for run, (x0, y0, x1, y1) in runs if run)


def misread(words: Sequence[Word], share: float, random: Random) -> tuple[Word, ...]:
    """The words with one sign in `share` of those that can be misread read as another, or lost."""

    def sign(letter: str) -> str:
        return MISREAD[letter] if letter in MISREAD and random.random() < share else letter

    return tuple(Word("".join(map(sign, word.text)), word.x0, word.top, word.x1, word.bottom) for word in words)


def bind(sheets: Sequence[Sheet]) -> bytes:
    """One PDF of the pages, the same bytes for the same pages."""
    book = FPDF(unit="pt")
    book.set_creation_date(DAY)
    book.set_auto_page_break(False)
    if any(sheet.words for sheet in sheets):
        book.add_font("layer", "", font(FILLING, 10).path)
    for sheet in sheets:
        book.add_page(format=(sheet.width, sheet.height))
        _lay(book, sheet.words)
        book.image(io.BytesIO(sheet.picture), 0, 0, sheet.width, sheet.height)
    return bytes(book.output())


def _lay(book: FPDF, words: Sequence[Word]) -> None:
    with book.local_context(text_mode=TextMode.INVISIBLE):
        for word in words:
            size = max(word.bottom - word.top, 3.0)
            book.set_font("layer", size=size)
            book.set_stretching(100)
            natural = book.get_string_width(word.text)
            if natural:
                book.set_stretching(100 * (word.x1 - word.x0) / natural)
            book.text(word.x0, word.bottom - size * 0.12, word.text)
        book.set_stretching(100)


def among(source: Path, sheets: dict[int, Sheet]) -> bytes:
    """The native PDF with some pages (by number from 1) replaced by pictures."""
    bound = pypdfium2.PdfDocument(bind(list(sheets.values())))
    places = {number: place for place, number in enumerate(sheets)}
    book = pypdfium2.PdfDocument.new()
    with pypdfium2.PdfDocument(source) as native:
        for number in range(1, len(native) + 1):
            if number in places:
                book.import_pages(bound, [places[number]])
            else:
                book.import_pages(native, [number - 1])
    return saved(book)


def saved(book: Any) -> bytes:
    """The bytes of a document of pypdfium2; its day and name do not come from the moment in which it was written."""
    buffer = io.BytesIO()
    book.save(buffer)
    day = f"/CreationDate(D:{DAY:%Y%m%d%H%M%S}+".encode()
    content = re.sub(rb"/CreationDate\(D:\d{14}\+", day, buffer.getvalue())
    pattern = rb"/ID\s*\[\s*<[0-9A-Fa-f]{32}>\s*<[0-9A-Fa-f]{32}>\s*\]"
    bare = re.sub(pattern, b"", content)
    name = hashlib.md5(bare, usedforsecurity=False).hexdigest().upper().encode()
    return re.sub(pattern, lambda found: (b"/ID[<" + name + b"><" + name + b">]").ljust(len(found[0])), content)


def without_region(page: Any, x0: float, top: float, x1: float, bottom: float) -> None:
    """Take out of a page of pypdfium2 all that begins inside the region (points from the top left corner)."""
    height = page.get_height()
    for item in list(page.get_objects(max_depth=1)):
        left, low, right, high = item.get_bounds()
        across, down = (left + right) / 2, height - (low + high) / 2
        if x0 <= across <= x1 and top <= down <= bottom:
            page.remove_obj(item)


def jpeg(picture: Image.Image, quality: int, dpi: int) -> bytes:
    """The picture as JPEG."""
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=quality, dpi=(dpi, dpi))
    return buffer.getvalue()


def bilevel(picture: Image.Image, dpi: int) -> bytes:
    """The picture in black and white, as fax machines send it (CCITT group 4)."""
    buffer = io.BytesIO()
    picture.convert("1", dither=Image.Dither.NONE).save(buffer, "TIFF", compression="group4", dpi=(dpi, dpi))
    return buffer.getvalue()

"""Paper for awkward documents: slugs beyond the crop, turned pages, glyphs without meaning, letters from right to left."""

from __future__ import annotations

import ctypes
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

#: Where private glyphs begin: the codes of 0 to 9, comma and point.
PRIVATE = 0xE0D0
_FIGURES = "0123456789,."
#: Points that the crop takes off every side.
SLUG = 30
#: The third page and those behind it are wider than the first ones.
GROWING = "<style>@page :nth(n+3) { size:A3 }</style>"
FONT = "WenQuanYi Micro Hei"


def with_slugs(html: str) -> str:
    """The document with a printer's line at the edge of the paper, beyond the crop."""
    slug = '@page { @top-left { content:"印刷 2024 余额 9,999,999.99 裁切线以外"; font-size:6pt; vertical-align:top; padding-top:3mm } }'
    return html.replace("<style>", f"<style>{slug}", 1)


def private(figure: str) -> str:
    """A figure in private codes."""
    return "".join(chr(PRIVATE + _FIGURES.index(char)) for char in figure)


def crop_and_turn(path: Path, crop: Iterable[int], turn: int) -> None:
    """Cut the slugs off the pages `crop` (0-based) by a crop box, and print page `turn` on end, to be shown rotated."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(path.read_bytes())
    for number in crop:
        page = document[number]
        width, height = page.get_size()
        page.set_cropbox(SLUG, SLUG, width - SLUG, height - SLUG)
    page = document[turn]
    left, bottom, right, top = page.get_mediabox()
    matrix = raw.FS_MATRIX(0, 1, -1, 0, top, -left)
    clip = raw.FS_RECTF(0, right - left, top - bottom, 0)
    raw.FPDFPage_TransFormWithClip(page.raw, ctypes.byref(matrix), ctypes.byref(clip))
    page.set_mediabox(0, 0, top - bottom, right - left)
    page.set_cropbox(SLUG, SLUG, top - bottom - SLUG, right - left - SLUG)
    page.set_rotation(90)
    document.save(path)


@dataclass(frozen=True)
class Page:
    """Lines of text, and a table below them."""

    lines: Sequence[str]
    rows: Sequence[Sequence[str]]


def draw_from_the_right(pages: Sequence[Page], target: Path) -> None:
    """Draw with fpdf2: rules first, then every letter by itself, the last letter of a text before the first."""
    from fpdf import FPDF

    pdf = FPDF(unit="pt", format="A4")
    pdf.set_creation_date(datetime(2024, 7, 21, tzinfo=UTC))
    with TemporaryDirectory() as folder:
        pdf.add_font("odd", fname=_font_with_private_figures(Path(folder)))
    for page in pages:
        pdf.add_page()
        for number, line in enumerate(page.lines):
            pdf.set_font("odd", size=14)
            _from_the_right(pdf, 60, 80 + 30 * number, line)
        pdf.set_font("odd", size=9)
        _table(pdf, page.rows)
    pdf.output(str(target))


def _font_with_private_figures(folder: Path) -> Path:
    """The font with private codes for its figures."""
    from fontTools.ttLib import TTFont

    found = subprocess.run(["fc-match", "-f", "%{file}", FONT], capture_output=True, check=True, text=True).stdout
    font = TTFont(found, fontNumber=0)
    for table in font["cmap"].tables:
        if table.isUnicode():
            table.cmap |= {PRIVATE + at: table.cmap[ord(char)] for at, char in enumerate(_FIGURES)}
    target = folder / "odd.ttf"
    font.save(target)
    return target


def _from_the_right(pdf: Any, x: float, y: float, text: str) -> None:
    places = []
    for char in text:
        places.append((x, char))
        x += pdf.get_string_width(char)
    for place, char in reversed(places):
        pdf.text(place, y, char)


def _table(pdf: Any, rows: Sequence[Sequence[str]]) -> None:
    if not rows:
        return
    left, top, high = 60.0, 240.0, 26.0
    wide = (pdf.w - 2 * left) / len(rows[0])
    for row in range(len(rows) + 1):
        pdf.line(left, top + row * high, pdf.w - left, top + row * high)
    for column in range(len(rows[0]) + 1):
        pdf.line(left + column * wide, top, left + column * wide, top + len(rows) * high)
    for row, texts in enumerate(rows):
        for column, text in enumerate(texts):
            _from_the_right(pdf, left + column * wide + 4, top + row * high + 17, text)

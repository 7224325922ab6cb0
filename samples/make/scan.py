"""Makes a scanned PDF of a native one, as offices do: printed, sealed, laid on a scanner a little aslant.

`scan_pdf` turns pages into pictures, `paste_table` only a table of a page, `without_meaning` leaves the page as it is and
takes away what its glyphs mean. The same options give the same bytes.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pdfplumber
import pypdfium2
from PIL import Image

from samples.make import layers, optics, stamps

Picture = optics.Picture
POINT = 72.0
#: Most of a page's colours that may differ by much once a table was pasted: edges of lines, not letters.
CHANGED = 0.0002


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page is scanned. Lengths on paper are in points, colours in levels of 0 to 255, places in shares of the page.

    `pages` are numbers from 1, all where empty; the others stay native. `hidden_text` is the share of signs misread in an
    invisible text layer (0.0: a layer that tells the truth; None: no layer). `quarter` turns clockwise, so does `skew`.
    """

    dpi: int = 200
    skew: float = 0.0
    quarter: int = 0
    curl: float = 0.0
    cut: float = 0.0
    blur: float = 0.0
    noise: float = 0.0
    dust: int = 0
    paper: int = 255
    shade: float = 0.0
    show_through: float = 0.0
    jpeg: int = 85
    grey: bool = False
    fax: bool = False
    seal: str = ""
    seal_at: tuple[float, float] = (0.62, 0.4)
    watermark: str = ""
    watermark_colour: str = "grey"
    date_stamp: str = ""
    date_at: tuple[float, float] = (0.72, 0.88)
    hidden_text: float | None = None
    pages: tuple[int, ...] = ()
    seed: int = 1


def scan_pdf(source: Path, target: Path, scan: Scan) -> None:
    """Write `source` to `target` with its pages, or some of them, as pictures.

    Raises ValueError for a text layer under a turned or cut page: it would not lie where the picture shows it.
    """
    if scan.hidden_text is not None and (scan.quarter or scan.cut):
        raise ValueError("a hidden text layer needs a page that is neither turned nor cut")
    with pypdfium2.PdfDocument(source) as native:
        wanted = scan.pages or tuple(range(1, len(native) + 1))
        sheets = {number: _sheet(native, number, scan) for number in wanted}
        count = len(native)
    target.write_bytes(layers.bind(list(sheets.values())) if len(sheets) == count else layers.among(source, sheets))


def paste_table(source: Path, target: Path, number: int, scan: Scan, which: int = 0) -> None:
    """Write `source` with one ruled table of page `number` (the `which`-th from the top) as a picture on the page.

    Raises IndexError when the page has no such table, ValueError when the rest of the page would not look as before.
    """
    with pdfplumber.open(source) as document:
        boxes = sorted((table.bbox for table in document.pages[number - 1].find_tables()), key=lambda box: box[1])
    x0, top, x1, bottom = boxes[which]
    region = (x0 - 3, top - 3, x1 + 3, bottom + 3)
    book = pypdfium2.PdfDocument(source)
    page = book[number - 1]
    whole = _rendered(page, scan.dpi)
    left, upper, right, lower = (round(place * scan.dpi / POINT) for place in region)
    picture = _scanned(np.ascontiguousarray(whole[upper:lower, left:right]), None, scan, number)
    layers.without_region(page, *region)
    image = pypdfium2.PdfImage.new(book)
    image.load_jpeg(io.BytesIO(layers.jpeg(Image.fromarray(picture), scan.jpeg, scan.dpi)), inline=True)
    place = pypdfium2.PdfMatrix().scale(region[2] - region[0], region[3] - region[1])
    image.set_matrix(place.translate(region[0], page.get_height() - region[3]))
    page.insert_obj(image)
    page.gen_content()
    content = layers.saved(book)
    after = _rendered(pypdfium2.PdfDocument(content)[number - 1], scan.dpi).copy()
    after[upper:lower, left:right] = whole[upper:lower, left:right]
    if np.mean(np.abs(after.astype(int) - whole) > 100) > CHANGED:
        raise ValueError(f"{source.name}: PDFium does not write the fonts of this page as it read them")
    target.write_bytes(content)


def without_meaning(source: Path, target: Path) -> None:
    """Write `source` without the maps that say which letter a glyph is; it looks the same.

    Raises ValueError when the file has no such maps.
    """
    plain = layers.saved(pypdfium2.PdfDocument(source))
    content, number = re.subn(rb"/ToUnicode \d+ \d+ R", lambda found: b" " * len(found[0]), plain)
    if not number:
        raise ValueError(f"{source.name} has no map from glyphs to letters")
    target.write_bytes(content)


def _sheet(native: Any, number: int, scan: Scan) -> layers.Sheet:
    page = native[number - 1]
    behind = _rendered(native[number % len(native)], scan.dpi) if scan.show_through else None
    picture = _scanned(_rendered(page, scan.dpi), behind, scan, number)
    words: tuple[layers.Word, ...] = ()
    if scan.hidden_text is not None:
        words = layers.misread(layers.words_of(page), scan.hidden_text, Random(scan.seed * 1000 + number))
    height, width = picture.shape[:2]
    return layers.Sheet(_packed(picture, scan), width * POINT / scan.dpi, height * POINT / scan.dpi, words)


def _rendered(page: Any, dpi: int) -> Picture:
    return np.asarray(page.render(scale=dpi / POINT).to_pil().convert("RGB"), np.uint8)


def _scanned(page: Picture, behind: Picture | None, scan: Scan, number: int) -> Picture:
    """The page as it comes out of the scanner: first what is on the paper, then how it lies, then light and sensor."""
    chance = np.random.default_rng([scan.seed, number])
    if scan.watermark:
        page = stamps.print_watermark(page, scan.watermark, scan.watermark_colour, scan.dpi)
    if scan.seal:
        page = stamps.press_seal(page, scan.seal, scan.seal_at, scan.dpi, chance)
    if scan.date_stamp:
        page = stamps.stamp_date(page, scan.date_stamp, scan.date_at, scan.dpi, chance)
    if behind is not None:
        page = optics.shown_through(page, behind, scan.show_through)
    if scan.curl:
        page = optics.curled(page, scan.curl * scan.dpi / POINT)
    if scan.skew:
        page = optics.skewed(page, scan.skew)
    if scan.cut:
        page = optics.cut(page, round(scan.cut * scan.dpi / POINT), round(scan.cut * scan.dpi / POINT))
    if scan.paper < 255 or scan.shade:
        page = optics.lit(page, scan.paper, scan.shade)
    if scan.dust:
        page = optics.dusty(page, scan.dust, chance)
    if scan.blur:
        page = optics.blurred(page, scan.blur)
    if scan.noise:
        page = optics.noisy(page, scan.noise, chance)
    return optics.turned(page, scan.quarter) if scan.quarter else page


def _packed(picture: Picture, scan: Scan) -> bytes:
    if scan.fax:
        return layers.bilevel(Image.fromarray(optics.fax(picture)), scan.dpi)
    image = Image.fromarray(picture)
    return layers.jpeg(image.convert("L") if scan.grey else image, scan.jpeg, scan.dpi)

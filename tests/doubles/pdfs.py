"""PDFs written by hand, byte by byte, so that a test can get wrong exactly what it wants to be wrong.

Text is set in a tiny font inside the file, in which every character is a box, so that a test sees the same on every
machine. Places are given as a viewer sees the page before rotation: points from the top left.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from io import BytesIO
from pathlib import Path

WIDTH, HEIGHT = 595, 842
#: The font inside the file; one that viewers know by name (STSong-Light) and only some machines have.
EMBEDDED, NAMED = "F1", "F3"
_METRICS = b"/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93"
_FONTS = (
    b"<</F1 <</Type/Font/Subtype/Type0/BaseFont/Boxes/Encoding/Identity-H/ToUnicode 7 0 R/DescendantFonts"
    b"[<</Type/Font/Subtype/CIDFontType2/BaseFont/Boxes/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    b"/DW 1000/W[32 126 500]/CIDToGIDMap 6 0 R/FontDescriptor<</Type/FontDescriptor/FontName/Boxes" + _METRICS +
    b"/FontFile2 5 0 R>>>>]>>"
    b" /F2 <</Type/Font/Subtype/Type1/BaseFont/Odd/Encoding<</Type/Encoding/Differences[65/g65/g66/g67/g68/g69]>>>>"
    b" /F3 <</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
    b"[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/DW 1000/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light" + _METRICS +
    b">>>>]>>"
    b" /F4 <</Type/Font/Subtype/Type3/FontBBox[0 0 1000 9000]/FontMatrix[.001 0 0 .001 0 0]/CharProcs<</A 8 0 R>>"
    b"/Encoding<</Type/Encoding/Differences[65/A]>>/FirstChar 65/LastChar 65/Widths[500]>>>>"
)  # fmt: skip


@dataclass
class Sheet:
    """One page under construction. Its methods return the sheet.

    `resources` and `annotations` are entries of these in the PDF's own words.
    """

    width: float = WIDTH
    height: float = HEIGHT
    rotate: int = 0
    media: tuple[float, float, float, float] | None = None
    crop: tuple[float, float, float, float] | None = None
    content: list[str] = field(default_factory=list)
    resources: str = ""
    annotations: str = ""

    def text(self, x: float, top: float, text: str, size: float = 10, angle: float = 0, grey: float = 0, lean: float = 0, font: str = EMBEDDED, mode: int = 0) -> Sheet:  # fmt: skip
        """Set a line whose upper edge is at `top`, turned counter-clockwise by `angle` degrees around its start.

        `mode` is how the letters are drawn: 0 filled, 1 outlined, 2 both, 3 not at all.
        """
        baseline = self.height - top - 0.88 * size
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        matrix = f"{cos:.5f} {sin:.5f} {lean - sin:.5f} {cos:.5f} {x:.2f} {baseline:.2f}"
        codes = text.encode("utf-16-be").hex()
        self.content.append(f"BT {grey} g {mode} Tr /{font} {size} Tf {matrix} Tm <{codes}> Tj ET")
        return self

    def letters(self, x: float, top: float, text: str, size: float = 10, gap: float = 0, order: Sequence[int] = ()) -> Sheet:  # fmt: skip
        """Set a line letter by letter with a gap between them, in the order of the given places."""
        places: list[float] = []
        for char in text:
            places.append(x)
            x += size * (0.5 if " " <= char <= "~" else 1) + gap
        for place in order or range(len(text)):
            self.text(places[place], top, text[place], size)
        return self

    def raised(self, x: float, top: float, text: str, size: float = 6, up: float = 4) -> Sheet:
        """Set small letters `up` points above the baseline of a line in size 10 whose upper edge is at `top`."""
        return self.text(x, top + 8.8 - 0.88 * size - up, text, size)

    def rule(self, x0: float, top: float, x1: float, bottom: float) -> Sheet:
        """Draw a thin line."""
        self.content.append(f"0.6 w {x0} {self.height - top} m {x1} {self.height - bottom} l S")
        return self

    def grid(self, xs: Sequence[float], ys: Sequence[float], rows: Sequence[Sequence[str]] = ()) -> Sheet:
        """Draw a full grid with one text a cell, 4 points from its left edge and in the middle of its height."""
        for x in xs:
            self.rule(x, ys[0], x, ys[-1])
        for y in ys:
            self.rule(xs[0], y, xs[-1], y)
        for texts, top, bottom in zip(rows, ys, ys[1:], strict=False):
            for text, x in zip(texts, xs, strict=False):
                if text:
                    self.text(x + 4, (top + bottom) / 2 - 5, text)
        return self

    def turned(self, turn: int, rotate: int = 0) -> Sheet:
        """The page with all that is drawn turned counter-clockwise by `turn` degrees, on paper that fits it."""
        width, height = (self.height, self.width) if turn % 180 else (self.width, self.height)
        matrix = {90: f"0 1 -1 0 {self.height} 0", 180: f"-1 0 0 -1 {self.width} {self.height}", 270: f"0 -1 1 0 0 {self.width}"}[turn]  # fmt: skip
        return Sheet(width, height, rotate, content=[f"q {matrix} cm", *self.content, "Q"])

    def unknown(self, x: float, top: float, letters: str, size: float = 10) -> Sheet:
        """Set glyphs whose names say nothing (letters A to E)."""
        self.content.append(
            f"BT 0 g /F2 {size} Tf 1 0 0 1 {x} {self.height - top - 0.88 * size:.2f} Tm ({letters}) Tj ET"
        )
        return self

    def astray(self, x: float, top: float, count: int, size: float = 10) -> Sheet:
        """Set letters A in a font that draws them eight lines above the place where it says they are."""
        self.content.append(
            f"BT 0 g 0 Tr /F4 {size} Tf 1 0 0 1 {x} {self.height - top - 0.88 * size:.2f} Tm ({'A' * count}) Tj ET"
        )
        return self

    def picture(self, x: float, top: float, width: float, height: float) -> Sheet:
        """Place a grey picture."""
        self.content.append(f"q {width} 0 0 {height} {x} {self.height - top - height} cm /P Do Q")
        return self

    def shapes(self, count: int) -> Sheet:
        """Draw many small shapes, as of text turned into outlines."""
        self.content += [f"{20 + n % 50 * 10} {40 + n // 50 * 12} 5 6 re f" for n in range(count)]
        return self


def pdf_bytes(
    sheets: Sequence[Sheet], *, junk: bytes = b"", kids: str | None = None, catalog: bytes = b"", more: Sequence[bytes] = ()
) -> bytes:
    """A whole PDF of these pages; `kids` replaces the list of pages, `catalog` are further entries of the catalog, and `more`
    further objects, numbered from 9 and twice the number of pages on."""
    refs = " ".join(f"{9 + 2 * n} 0 R" for n in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R%s>>" % catalog,
        f"<</Type/Pages/Count {len(sheets)}/Kids[{refs if kids is None else kids}]>>".encode(),
        _FONTS,
        _stream(b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80"),
        *_font_streams(),
        _stream(b"", b"500 0 0 8000 500 8700 d1 0 8000 500 700 re f"),
    ]
    for number, sheet in enumerate(sheets):
        objects += [_page(sheet, 10 + 2 * number), _packed(" \n".join(sheet.content).encode())]
    objects += more
    out = bytearray(junk + b"%PDF-1.7\n")
    places: list[int] = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    out += b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def write_pdf(path: Path, *sheets: Sheet) -> Path:
    """Write a PDF of these pages and return its path."""
    path.write_bytes(pdf_bytes(sheets))
    return path


def _page(sheet: Sheet, content: int) -> bytes:
    media = sheet.media or (0, 0, sheet.width, sheet.height)
    crop = f"/CropBox[{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
    return (
        f"<</Type/Page/Parent 2 0 R/MediaBox[{' '.join(map(str, media))}]{crop}/Rotate {sheet.rotate}"
        f"/Resources<</Font 3 0 R/XObject<</P 4 0 R>>{sheet.resources}>>/Annots[{sheet.annotations}]/Contents {content} 0 R>>"
    ).encode()


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)


def _packed(data: bytes) -> bytes:
    return _stream(b"/Filter/FlateDecode", zlib.compress(data))


@cache
def _font_streams() -> tuple[bytes, bytes, bytes]:
    """The font file, which of its glyphs a code is drawn with, and what a code means."""
    glyphs = b"".join((b"\0\2" if 32 <= code <= 126 else b"\0\1") for code in range(1 << 16))
    rows = [f"<{high:02x}00><{high:02x}ff><{high:02x}00>" for high in range(256)]
    blocks = [rows[:100], rows[100:200], rows[200:]]
    ranges = "\n".join(f"{len(block)} beginbfrange\n" + "\n".join(block) + "\nendbfrange" for block in blocks)
    meaning = (
        "/CIDInit/ProcSet findresource begin 12 dict begin begincmap/CMapName/Same def/CMapType 2 def\n"
        f"1 begincodespacerange<0000><ffff>endcodespacerange\n{ranges}\nendcmap end end"
    )
    return _packed(_boxes()), _packed(glyphs), _packed(meaning.encode())


def _boxes() -> bytes:
    """A TrueType font of two glyphs beside the missing one: a wide box and a narrow box."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    def box(right: int) -> object:
        pen = TTGlyphPen(None)
        pen.moveTo((40, -60))
        for place in ((40, 820), (right, 820), (right, -60)):
            pen.lineTo(place)
        pen.closePath()
        return pen.glyph()

    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "wide", "narrow"])
    builder.setupCharacterMap({})
    builder.setupGlyf({".notdef": box(960), "wide": box(960), "narrow": box(460)})
    builder.setupHorizontalMetrics({".notdef": (1000, 40), "wide": (1000, 40), "narrow": (500, 40)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupOS2(sTypoAscender=880, sTypoDescender=-120, usWinAscent=880, usWinDescent=120)
    builder.setupNameTable({"familyName": "Boxes", "styleName": "Regular"})
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    file = BytesIO()
    builder.save(file)
    return file.getvalue()

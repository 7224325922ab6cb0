"""PDFs written by hand, byte by byte, so that a test can get wrong exactly what it wants to be wrong.

Ideographs are set in a font that viewers know by name (STSong-Light with the UniGB encoding), so no font file is
needed. Places are given as a viewer sees the page before rotation: points from the top left.
"""

from __future__ import annotations

import math
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

WIDTH, HEIGHT = 595, 842
_FONTS = (
    b"<</F1 <</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts"
    b"[<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>"
    b"/DW 1000/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]"
    b"/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    b" /F2 <</Type/Font/Subtype/Type1/BaseFont/Odd/Encoding<</Type/Encoding/Differences[65/g65/g66/g67/g68/g69]>>>>>>"
)


@dataclass
class Sheet:
    """One page under construction. Its methods return the sheet."""

    width: float = WIDTH
    height: float = HEIGHT
    rotate: int = 0
    media: tuple[float, float, float, float] | None = None
    crop: tuple[float, float, float, float] | None = None
    content: list[str] = field(default_factory=list)

    def text(self, x: float, top: float, text: str, size: float = 10, angle: float = 0, grey: float = 0, lean: float = 0) -> Sheet:  # fmt: skip
        """Set a line whose upper edge is at `top`, turned counter-clockwise by `angle` degrees around its start."""
        baseline = self.height - top - 0.88 * size
        cos, sin = math.cos(math.radians(angle)), math.sin(math.radians(angle))
        matrix = f"{cos:.5f} {sin:.5f} {lean - sin:.5f} {cos:.5f} {x:.2f} {baseline:.2f}"
        codes = text.encode("utf-16-be").hex()
        self.content.append(f"BT {grey} g /F1 {size} Tf {matrix} Tm <{codes}> Tj ET")
        return self

    def unknown(self, x: float, top: float, letters: str, size: float = 10) -> Sheet:
        """Set glyphs whose names say nothing (letters A to E)."""
        self.content.append(
            f"BT 0 g /F2 {size} Tf 1 0 0 1 {x} {self.height - top - 0.88 * size:.2f} Tm ({letters}) Tj ET"
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


def pdf_bytes(sheets: Sequence[Sheet], *, junk: bytes = b"", kids: str | None = None) -> bytes:
    """A whole PDF of these pages; `kids` replaces the list of pages."""
    refs = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(sheets)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Count {len(sheets)}/Kids[{refs if kids is None else kids}]>>".encode(),
        _FONTS,
        _stream(b"/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8", b"\x80"),
    ]
    for number, sheet in enumerate(sheets):
        objects += [
            _page(sheet, 6 + 2 * number),
            _stream(b"/Filter/FlateDecode", zlib.compress(" \n".join(sheet.content).encode())),
        ]
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
        f"/Resources<</Font 3 0 R/XObject<</P 4 0 R>>>>/Contents {content} 0 R>>"
    ).encode()


def _stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data)

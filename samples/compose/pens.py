"""Producers: the same marks written as PDF by programs that write text, rules and fills each in their own way.

`plain` is a writer of our own for a font that is named and not embedded; `fpdf2`, `weasyprint` and `chromium` embed WenQuanYi
Zen Hei. What they write has no clock in it, so that the same marks give the same file.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from functools import cache
from html import escape
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.compose.ink import ZEN, Fill, Leaf, Mark, Measure, Text, even, zen

MADE = datetime(2025, 1, 1, tzinfo=UTC)
DASH = (2.0, 1.5)
Write = Callable[[Sequence[Leaf]], bytes]


def plain(leaves: Sequence[Leaf]) -> bytes:
    """PDF written by hand: text in STSong-Light, which viewers and readers know by name."""
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[<</Type/Font/Subtype"
        b"/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>/DW 1000"
        b"/W[1 95 500 814 939 500]/FontDescriptor<</Type/FontDescriptor/FontName/STSong-Light/Flags 6"
        b"/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880/Descent -120/CapHeight 880/StemV 93>>>>]>>"
    )
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"", font]
    kids = []
    for leaf in leaves:
        content = "\n".join(_operators(mark, leaf.height) for mark in leaf.marks).encode("ascii")
        objects.append(b"<</Length %d>>\nstream\n%s\nendstream" % (len(content), content))
        size = f"{leaf.width:g} {leaf.height:g}".encode()
        objects.append(b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %s]/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (size, len(objects)))
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<</Type/Pages/Count %d/Kids[%s]>>" % (len(kids), b" ".join(kids))
    out, places = BytesIO(), []
    out.write(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n")
    for number, content in enumerate(objects, start=1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, content))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))
    return out.getvalue()


def _operators(mark: Mark, height: float) -> str:
    if isinstance(mark, Text):
        codes = mark.text.encode("utf-16-be").hex()
        return f"BT {_rgb(mark.colour)} rg /F1 {mark.size:g} Tf 1 0 0 1 {mark.x:.2f} {height - mark.y:.2f} Tm <{codes}> Tj ET"
    if isinstance(mark, Fill):
        return f"{_rgb(mark.colour)} rg {mark.x0:.2f} {height - mark.y1:.2f} {mark.x1 - mark.x0:.2f} {mark.y1 - mark.y0:.2f} re f"
    dash = f"[{DASH[0]} {DASH[1]}] 0 d" if mark.dashed else "[] 0 d"
    return f"{_rgb(mark.colour)} RG {mark.width:g} w {dash} {mark.x0:.2f} {height - mark.y0:.2f} m {mark.x1:.2f} {height - mark.y1:.2f} l S"


def _rgb(colour: str) -> str:
    return " ".join(f"{part / 255:.3f}" for part in bytes.fromhex(colour[1:]))


@cache
def _small_font() -> bytes:
    """WenQuanYi Zen Hei with the characters that reports use, so that each document need not read the whole."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    with TTFont(ZEN, fontNumber=0) as font:
        options = subset.Options(notdef_outline=True, layout_features=[], hinting=False, drop_tables=["BDF ", "FFTM"])
        maker = subset.Subsetter(options)
        common = {ord(bytes((high, low)).decode("gb2312")) for high in range(0xB0, 0xF8) for low in range(0xA1, 0xFF) if high != 0xD7 or low < 0xFA}
        maker.populate(unicodes={*range(0x20, 0x7F), *range(0x3000, 0x3020), *range(0xFF00, 0xFF60), *range(0x2010, 0x2030), *common})
        maker.subset(font)
        out = BytesIO()
        font.save(out)
    return out.getvalue()


@cache
def _font_file() -> tuple[TemporaryDirectory[str], Path]:
    folder = TemporaryDirectory()
    path = Path(folder.name) / "zen.ttf"
    path.write_bytes(_small_font())
    return folder, path


def with_fpdf2(leaves: Sequence[Leaf]) -> bytes:
    """PDF written by fpdf2."""
    from fpdf import FPDF

    pdf = FPDF(unit="pt")
    pdf.set_creation_date(MADE)
    pdf.set_auto_page_break(False)
    pdf.add_font("zen", fname=str(_font_file()[1]))
    for leaf in leaves:
        pdf.add_page(format=(leaf.width, leaf.height))
        for mark in leaf.marks:
            colour = tuple(bytes.fromhex(mark.colour[1:]))
            if isinstance(mark, Text):
                pdf.set_font("zen", size=mark.size)
                pdf.set_text_color(*colour)
                pdf.text(mark.x, mark.y, mark.text)
            elif isinstance(mark, Fill):
                pdf.set_fill_color(*colour)
                pdf.rect(mark.x0, mark.y0, mark.x1 - mark.x0, mark.y1 - mark.y0, style="F")
            else:
                pdf.set_draw_color(*colour)
                pdf.set_line_width(mark.width)
                pdf.set_dash_pattern(*(DASH if mark.dashed else (0, 0)))
                pdf.line(mark.x0, mark.y0, mark.x1, mark.y1)
    return bytes(pdf.output())


def with_weasyprint(leaves: Sequence[Leaf]) -> bytes:
    """PDF written by WeasyPrint."""
    import weasyprint

    return bytes(weasyprint.HTML(string=_html(leaves)).write_pdf())


def with_chromium(leaves: Sequence[Leaf]) -> bytes:
    """PDF printed by headless Chromium. Raises RuntimeError when it gives no file."""
    with TemporaryDirectory() as folder:
        source, target = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(_html(leaves), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--print-to-pdf={target}", str(source)]
        done = subprocess.run(command, capture_output=True, check=False)
        if not target.exists():
            raise RuntimeError(done.stderr.decode(errors="replace"))
        return target.read_bytes()


def _html(leaves: Sequence[Leaf]) -> str:
    pages = "".join(f'<div class="leaf">{"".join(_tag(mark) for mark in leaf.marks)}</div>' for leaf in leaves)
    width, height = leaves[0].width, leaves[0].height
    return (
        f'<html lang="zh"><head><meta charset="utf-8"><style>@page{{size:{width:g}pt {height:g}pt;margin:0}} body{{margin:0;font-family:"WenQuanYi Zen Hei"}}'
        f".leaf{{position:relative;width:{width:g}pt;height:{height - 0.5:g}pt;overflow:hidden;break-after:page}} .leaf:last-child{{break-after:auto}}"
        "i,b{position:absolute} i{font-style:normal;white-space:pre;line-height:1}"
        "*{-webkit-print-color-adjust:exact;print-color-adjust:exact}</style></head><body>" + pages + "</body></html>"
    )


def _tag(mark: Mark) -> str:
    if isinstance(mark, Text):
        return f'<i style="left:{mark.x:.2f}pt;top:{mark.y - 0.88 * mark.size:.2f}pt;font-size:{mark.size:g}pt;color:{mark.colour}">{escape(mark.text)}</i>'
    if isinstance(mark, Fill):
        return f'<b style="left:{mark.x0:.2f}pt;top:{mark.y0:.2f}pt;width:{mark.x1 - mark.x0:.2f}pt;height:{mark.y1 - mark.y0:.2f}pt;background:{mark.colour}"></b>'
    line = f"{mark.width:g}pt {'dashed' if mark.dashed else 'solid'} {mark.colour}"
    if mark.y0 == mark.y1:
        return f'<b style="left:{mark.x0:.2f}pt;top:{mark.y0 - mark.width / 2:.2f}pt;width:{mark.x1 - mark.x0:.2f}pt;border-top:{line}"></b>'
    return f'<b style="left:{mark.x0 - mark.width / 2:.2f}pt;top:{mark.y0:.2f}pt;height:{mark.y1 - mark.y0:.2f}pt;border-left:{line}"></b>'


WRITERS: dict[str, Write] = {"plain": plain, "fpdf2": with_fpdf2, "weasyprint": with_weasyprint, "chromium": with_chromium}
#: How often each is taken: those that cost seconds a document are taken less.
OFTEN = {"plain": 9, "fpdf2": 6, "weasyprint": 3, "chromium": 1}


def measure_of(producer: str) -> Measure:
    """How wide a producer sets text."""
    return even if producer == "plain" else zen


def producers() -> tuple[str, ...]:
    """Those that are here: all but one want a font, and one a browser."""
    if not Path(ZEN).exists():
        return ("plain",)
    return tuple(name for name in WRITERS if name != "chromium" or shutil.which("chromium"))

"""Files as strangers send them: thirty that nobody can read, each in another way, and ordinary ones in any number.

Files named `crash-`, `hang-` and `hungry-` are ordinary inside; what they do to their process is done by
`tests/doubles/readers.py`. All others are hostile by themselves.
"""

from __future__ import annotations

import os
import random
import zlib
from pathlib import Path

from tests.doubles.pdfs import Sheet, pdf_bytes, write_pdf

SAMPLES = Path(__file__).parents[2] / "samples"


def write_hostile(folder: Path) -> dict[str, str]:
    """Write 29 hostile files and return the code of the failure that each must end with, by name."""
    chance = random.Random(30)
    whole = max(SAMPLES.glob("*.pdf"), key=lambda path: path.stat().st_size).read_bytes()
    unreadable = {
        "cut-head.pdf": whole[4096:],
        "cut-half.pdf": whole[: len(whole) // 2],
        "cut-near-the-end.pdf": whole[:-300],
        "cut-to-a-line.pdf": whole[:60],
        "empty.pdf": b"",
        "noise.pdf": chance.randbytes(50_000),
        "noise-between-head-and-tail.pdf": b"%PDF-1.7\n" + chance.randbytes(50_000) + b"\nstartxref\n9\n%%EOF\n",
        "letter.pdf": "尊敬的投资者：".encode("gb18030") * 50,
        "web-page.pdf": b"<html><body>404 Not Found</body></html>",
        "zip.pdf": b"PK\x03\x04" + chance.randbytes(5_000),
        "no-pages.pdf": pdf_bytes([]),
        "10000-empty-pages.pdf": pdf_bytes([Sheet()] * 10_000),
        "page-tree-in-itself.pdf": pdf_bytes([Sheet()], kids="2 0 R"),
        "page-tree-in-a-ring.pdf": _ring(),
        "page-tree-without-kids.pdf": pdf_bytes([Sheet()], kids="999 0 R"),
        "bomb-in-a-page.pdf": _bomb(1, 100 << 20),
        "bomb-in-a-bomb.pdf": _bomb(2, 300 << 20),
        "drawing-of-a-million-lines.pdf": _drawing(400_000),
    }
    for name, content in unreadable.items():
        (folder / name).write_bytes(content)
    expected = dict.fromkeys(unreadable, "unreadable")
    _locked(folder / "locked.pdf")
    (folder / "folder.pdf").mkdir()
    os.mkfifo(folder / "pipe.pdf")
    expected |= dict.fromkeys(("locked.pdf", "folder.pdf", "pipe.pdf"), "unreadable")
    (folder / "link-to-nowhere.pdf").symlink_to("nowhere.pdf")
    (folder / "link-to-itself.pdf").symlink_to("link-to-itself.pdf")
    expected |= dict.fromkeys(("link-to-nowhere.pdf", "link-to-itself.pdf"), "unreachable")
    (folder / "forms-in-forms-in-forms.pdf").write_bytes(_laughs(levels=9, times=10))
    expected["forms-in-forms-in-forms.pdf"] = "crash"  # PDFium ends the process that has no more memory for it
    for kind, code in (("crash", "crash"), ("hang", "timeout"), ("hungry", "memory")):
        for number in (1, 2) if kind != "hang" else (1,):
            name = f"{kind}-{number}.pdf"
            write_pdf(folder / name, Sheet().text(50, 50, f"年度报告 {name}"))
            expected[name] = code
    return expected


def write_ordinary(folder: Path, number: int) -> None:
    """Write small documents that are all different; every third is a report with a table of figures."""
    for place in range(number):
        name = f"report-{place:03}.pdf"
        if place % 3:
            write_pdf(folder / name, Sheet().text(50, 50, f"第{place}号年度报告"))
        else:
            write_pdf(folder / name, _report(place))


def _report(place: int) -> Sheet:
    sheet = Sheet().text(120, 40, f"飞鹭普惠2024年第{place}期小微贷款资产支持证券受托机构报告", 14)
    sheet.text(60, 80, f"报告日期：2025年{place % 12 + 1}月20日")
    sheet.text(60, 100, "报告期数：第3期")
    rows = [("截至报告期末累计违约率", f"0.{place % 90 + 10}%"), ("资产池未偿本金余额", f"{place + 1000},000,000.00元")]
    for line, (label, value) in enumerate(rows):
        sheet.text(60, 140 + 20 * line, label)
        sheet.text(300, 140 + 20 * line, value)
    return sheet


def _bomb(layers: int, size: int) -> bytes:
    """A PDF whose first stream unpacks to `size` bytes of page content."""
    content = b"0 0 m 9 9 l S\n" * (size // 14)
    for _ in range(layers):
        content = zlib.compress(content, 9)
    names = b"/FlateDecode " * layers
    stream = b"9 0 obj\n<</Length %d/Filter[%s]>>\nstream\n%s\nendstream\nendobj\n" % (len(content), names, content)
    return b"%PDF-1.7\n" + stream + pdf_bytes([Sheet()])


def _drawing(shapes: int) -> bytes:
    return pdf_bytes([Sheet().shapes(shapes)])


def _ring() -> bytes:
    """Two nodes of the page tree that hold each other."""
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Count 1/Kids[3 0 R]/Parent 3 0 R>>\nendobj\n"
        b"3 0 obj\n<</Type/Pages/Count 1/Kids[2 0 R]/Parent 2 0 R>>\nendobj\n"
        b"trailer\n<</Size 4/Root 1 0 R>>\nstartxref\n9\n%%EOF\n"
    )


def _laughs(levels: int, times: int) -> bytes:
    """A page that draws a form that draws a form … `times` times on every level."""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Count 1/Kids[3 0 R]>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</XObject<</F 5 0 R>>>>/Contents 4 0 R>>",
        _stream(b"", b"/F Do\n" * times),
    ]
    for level in range(levels):
        inside = b"/F Do\n" * times if level < levels - 1 else b"0 0 1 1 re f\n"
        resources = b"/Resources<</XObject<</F %d 0 R>>>>" % (6 + level) if level < levels - 1 else b""
        objects.append(_stream(b"/Type/XObject/Subtype/Form/BBox[0 0 595 842]" + resources, inside))
    out = b"%PDF-1.7\n"
    for number, body in enumerate(objects, 1):
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    return out + b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n9\n%%%%EOF\n" % (len(objects) + 1)


def _stream(entries: bytes, content: bytes) -> bytes:
    return b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(content), content)


def _locked(path: Path) -> None:
    """A PDF that opens with a password only."""
    from fpdf import FPDF
    from fpdf.enums import AccessPermission

    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="owner", user_password="user", permissions=AccessPermission.none())
    pdf.output(str(path))

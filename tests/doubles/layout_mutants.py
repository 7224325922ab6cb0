"""Real PDFs laid out otherwise: rows cut by page breaks, pages joined, emptied, thinned out; the same seed, the same files.

The pages stay whole PDFs of PDFium's making, so that what goes wrong with them is a defect of the reader, not of the file.
"""

from __future__ import annotations

import io
import random
from collections.abc import Callable, Iterator, Sequence
from itertools import count
from pathlib import Path

import pypdfium2 as pdfium

Harm = Callable[[random.Random, pdfium.PdfDocument, pdfium.PdfDocument], None]


def layout_mutants(samples: Sequence[Path], seed: int) -> Iterator[tuple[str, bytes]]:
    """Samples laid out otherwise without end: name (number, kind of change, sample) and content."""
    kinds = list(HARMS.items())
    ordered = sorted(samples)
    for number in count(seed):
        chance = random.Random(number)
        path = chance.choice(ordered)
        kind, harm = kinds[number % len(kinds)]
        yield f"{number:06}-{kind}-{path.stem}.pdf", _harmed(path, chance, harm)


def _harmed(path: Path, chance: random.Random, harm: Harm) -> bytes:
    source, target, out = pdfium.PdfDocument(path), pdfium.PdfDocument.new(), io.BytesIO()
    harm(chance, source, target)
    target.save(out)
    return out.getvalue()


def _break_pages(chance: random.Random, source: pdfium.PdfDocument, target: pdfium.PdfDocument) -> None:
    """Some pages end earlier and go on overleaf: whatever stands there is cut, be it a row, a header or a caption."""
    for number in range(len(source)):
        if chance.random() < 0.4:
            target.import_pages(source, [number])
            continue
        width, height = source.get_page_size(number)
        at = height * chance.uniform(0.1, 0.9)
        for bottom, top in ((at, height), (0.0, at)):
            target.import_pages(source, [number])
            page = target[len(target) - 1]
            page.set_mediabox(0, bottom, width, top)
            page.set_cropbox(0, bottom, width, top)


def _join_pages(chance: random.Random, source: pdfium.PdfDocument, target: pdfium.PdfDocument) -> None:
    """Two pages on one sheet, above each other or side by side, without their margins' say."""
    across = chance.random() < 0.5
    number = 0
    while number < len(source):
        some = min(chance.choice((1, 2, 2)), len(source) - number)
        width, height = source.get_page_size(number)
        sheet = target.new_page(*((width * some, height) if across else (width, height * some)))
        for place in range(some):
            form = source.page_as_xobject(number + place, target).as_pageobject()
            right, up = (width * place, 0.0) if across else (0.0, height * (some - 1 - place))
            form.transform(pdfium.PdfMatrix().translate(right, up))
            sheet.insert_obj(form)
        sheet.gen_content()
        number += some


def _empty_pages(chance: random.Random, source: pdfium.PdfDocument, target: pdfium.PdfDocument) -> None:
    """Some pages are blank, some are missing, some come twice."""
    for number in range(len(source)):
        what = chance.choice(("keep", "keep", "keep", "blank", "gone", "twice"))
        if what == "blank":
            target.new_page(*source.get_page_size(number))
        elif what != "gone" or not len(target):
            target.import_pages(source, [number] * (2 if what == "twice" else 1))


def _thin_out(chance: random.Random, source: pdfium.PdfDocument, target: pdfium.PdfDocument) -> None:
    """Bands of the page, single objects, or everything below a line are gone: rows without figures, grids without rows."""
    target.import_pages(source)
    for number in range(len(target)):
        page = target[number]
        height = page.get_height()
        top = height * chance.random()
        bottom = chance.choice(
            (0.0, top - height * chance.uniform(0.01, 0.2), top - height * chance.uniform(0.01, 0.2))
        )
        share = chance.choice((0.0, 0.0, 0.05, 0.3))
        for item in list(page.get_objects(max_depth=1)):
            _, low, _, high = item.get_bounds()
            if bottom <= (low + high) / 2 <= top or chance.random() < share:
                page.remove_obj(item)
        page.gen_content()


def _shuffle(chance: random.Random, source: pdfium.PdfDocument, target: pdfium.PdfDocument) -> None:
    """Pages in another order, as a careless binder leaves them."""
    order = list(range(len(source)))
    chance.shuffle(order)
    target.import_pages(source, order)


HARMS: dict[str, Harm] = {
    "breaks": _break_pages, "joined": _join_pages, "emptied": _empty_pages, "thinned": _thin_out, "shuffled": _shuffle,
}  # fmt: skip

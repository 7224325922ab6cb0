"""Pages that must be seen instead of read: their pictures, what a quick look finds, and their text as recognised."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from types import TracebackType
from typing import Any

from dealproof.model.evidence import Box
from dealproof.model.page import Line, PageText
from dealproof.pages.glyphs import Glyphs
from dealproof.pages.lines import visual_lines
from dealproof.pages.ocr.has_table import shows_table
from dealproof.pages.ocr.letters import Letter
from dealproof.pages.ocr.recognise import Recognised, recognise
from dealproof.pages.ocr.runtime import memory_named
from dealproof.pages.open import open_pdf

#: Dots per inch at which pages are recognised: those of the scan, within these bounds.
LEAST_DPI, MOST_DPI = 200, 300
#: Dots per inch of the quick look.
LOOK_DPI = 150
#: A picture of a page is at most this many pixels wide or high, however large the sheet.
MAX_PIXELS = 4_200


class Scans:
    """The pages of one open PDF as pictures; use as a context manager, in one thread.

    Entering raises UnreadableFileError when the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: Any = None

    def __enter__(self) -> Scans:
        self._document = open_pdf(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._document.close()

    def shows_table(self, number: int, within: Sequence[Box] = ()) -> bool:
        """Whether the picture of a page (1-based), or what it shows within some boxes, can hold a table."""
        with memory_named():
            picture, per_point = self._picture(number, LOOK_DPI)
            return shows_table(_only(picture, per_point, within), per_point)

    def read(self, page: PageText, within: Sequence[Box] = ()) -> tuple[PageText, Recognised]:
        """Recognise a page, or only what stands within some boxes; then the page's own lines stay beside it."""
        with memory_named():
            picture, per_point = self._picture(page.number, self._dpi(page.number))
            found = recognise(_only(picture, per_point, within), per_point, page.number, straighten=not within)
        if within:
            letters = [letter for letter in found.letters if not _is_printed(letter, page.lines)]
            found = replace(found, letters=tuple(letters))
        lines = _lines(found)
        if within:
            lines = tuple(sorted((*page.lines, *lines), key=lambda line: (line.box.top, line.box.x0)))
        upright = found.upright
        size = {"width": upright.width, "height": upright.height} if not within else {}
        read = replace(page, lines=lines, needs_ocr=True, read_by="ocr", upright=upright, **size)  # type: ignore[arg-type]  # two floats
        return read, found

    def _picture(self, number: int, dpi: float) -> tuple[Any, float]:
        """The page as a viewer shows it, as an RGB array, and its pixels per point."""
        import numpy as np

        page = self._document[number - 1]
        try:
            per_point = min(dpi / 72, MAX_PIXELS / max(*page.get_size(), 1.0))
            return np.array(page.render(scale=per_point, rev_byteorder=True).to_numpy()[..., :3]), per_point
        finally:
            page.close()

    def _dpi(self, number: int) -> float:
        """Dots per inch of the page's largest picture, within bounds; finer than that shows nothing more."""
        page = self._document[number - 1]
        try:
            return min(max([LEAST_DPI, *_resolutions(page)]), MOST_DPI)
        finally:
            page.close()


def _resolutions(page: Any) -> Iterator[float]:
    import pypdfium2.raw as raw

    for index in range(min(raw.FPDFPage_CountObjects(page.raw), 200)):
        item = raw.FPDFPage_GetObject(page.raw, index)
        if raw.FPDFPageObj_GetType(item) != raw.FPDF_PAGEOBJ_IMAGE:
            continue
        wide, high = ctypes.c_uint(), ctypes.c_uint()
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        known = raw.FPDFImageObj_GetImagePixelSize(item, wide, high)
        if known and raw.FPDFPageObj_GetBounds(item, left, bottom, right, top) and right.value - left.value > 100:
            yield 72 * wide.value / (right.value - left.value)


def _only(picture: Any, per_point: float, within: Sequence[Box]) -> Any:
    """The picture with everything outside some boxes as white paper; all of it without boxes."""
    import numpy as np

    if not within:
        return picture
    kept = np.full_like(picture, 255)
    for box in within:
        rows = slice(max(0, int(box.top * per_point)), max(0, int(box.bottom * per_point) + 1))
        columns = slice(max(0, int(box.x0 * per_point)), max(0, int(box.x1 * per_point) + 1))
        kept[rows, columns] = picture[rows, columns]
    return kept


def _is_printed(letter: Letter, lines: Sequence[Line]) -> bool:
    """Whether a letter stands where the text layer has a line of its own."""
    x, y = (letter.box.x0 + letter.box.x1) / 2, (letter.box.top + letter.box.bottom) / 2
    return any(b.x0 <= x <= b.x1 and b.top <= y <= b.bottom for b in (line.box for line in lines))


def _lines(found: Recognised) -> tuple[Line, ...]:
    words = []
    for _, group in groupby(found.letters, key=attrgetter("piece")):
        letters = list(group)
        first, last = letters[0], letters[-1]
        text = "".join(letter.text for letter in letters)
        words.append(Glyphs(text, first.box.x0, first.box.top, last.box.x1, first.box.bottom, 0, 0))
    lines = visual_lines(words, found.upright.width, found.upright.height)
    return tuple(replace(line, confidence=_least(line, found.letters)) for line in lines)


def _least(line: Line, letters: Sequence[Letter]) -> float:
    box = line.box
    inside = (
        letter.surety
        for letter in letters
        if box.top <= (letter.box.top + letter.box.bottom) / 2 <= box.bottom and box.x0 - 1 <= letter.box.x0 <= box.x1
    )
    return min(inside, default=1.0)

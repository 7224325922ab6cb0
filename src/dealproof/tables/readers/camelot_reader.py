"""Camelot as the second reader: another PDF parser and other geometry, so that its agreement means something.

Lattice with the lines of the PDF itself for ruled tables; stream, told where to look, for tables without a grid.
Camelot counts from the bottom left of the whole sheet, whatever its crop box hides; everything here is turned to points
from the top left of what is shown.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dealproof.model.evidence import Box
from dealproof.pages.geometry import cropped
from dealproof.tables.damage import raise_if_out_of_memory

LATTICE = "camelot.lattice"
STREAM = "camelot.stream"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OtherCell:
    """One cell as camelot sees it."""

    text: str
    row: int
    col: int
    box: Box


@dataclass(frozen=True, slots=True)
class OtherTable:
    """One table as camelot sees it."""

    page: int
    box: Box
    cells: tuple[OtherCell, ...]
    n_rows: int
    n_cols: int
    reader: str


def read_lattice(path: str, heights: Mapping[int, float]) -> list[OtherTable]:
    """Read ruled tables of the given pages (page number → page height in points)."""
    if not heights:
        return []
    return _read(path, heights, LATTICE, flavor="lattice", engine="vector", split_text=True)


def read_stream(path: str, heights: Mapping[int, float], areas: Mapping[int, Sequence[Box]]) -> list[OtherTable]:
    """Read tables without a grid inside the given areas of each page."""
    if not areas:
        return []
    wanted: dict[int, dict[str, list[str]]] = {}
    for page, (left, bottom) in _places(path, areas).items():
        wanted[page] = {
            "table_areas": [
                f"{b.x0 - left - 2:.1f},{bottom - b.top + 3:.1f},{b.x1 - left + 2:.1f},{bottom - b.bottom - 3:.1f}"
                for b in areas[page]
            ]
        }
    return _read(path, {page: heights[page] for page in areas}, STREAM, flavor="stream", per_page=wanted)


def _read(path: str, heights: Mapping[int, float], reader: str, **options: Any) -> list[OtherTable]:
    return _read_or_halve(path, sorted(heights), reader, **options)


def _read_or_halve(path: str, numbers: Sequence[int], reader: str, **options: Any) -> list[OtherTable]:
    """Read pages together; where that fails, in halves, so that a damaged page costs the second opinion of no other."""
    try:
        return _read_pages(path, numbers, reader, **options)
    except Exception as error:  # noqa: BLE001  # damaged pages raise whatever the parser stumbles over
        raise_if_out_of_memory(error)
        if len(numbers) == 1:
            # A second opinion that cannot be had is no failure of the document; the first reading stands alone.
            _log.warning("%s gave no second reading of page %d: %r", reader, numbers[0], error, extra={"file": path})
            return []
    half = len(numbers) // 2
    return [
        table for part in (numbers[:half], numbers[half:]) for table in _read_or_halve(path, part, reader, **options)
    ]


def _read_pages(path: str, numbers: Sequence[int], reader: str, **options: Any) -> list[OtherTable]:
    from camelot.io import read_pdf

    places = _places(path, numbers)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = read_pdf(path, pages=",".join(map(str, numbers)), suppress_stdout=True, **options)
    return [_convert(table, places[int(table.page)], reader) for table in tables]


def _places(path: str, numbers: Iterable[int]) -> dict[int, tuple[float, float]]:
    """Where camelot's corner (bottom left of the whole sheet) lies on each page as shown, crop box and all."""
    import pdfplumber

    with pdfplumber.open(path, pages=sorted(numbers)) as document:
        return {page.page_number: _place(page) for page in document.pages}


def _place(page: Any) -> tuple[float, float]:
    media, crop = page.page_obj.mediabox, page.page_obj.cropbox
    sheet, _ = cropped(media, None, page.rotation)
    _, seen = cropped(media, crop, page.rotation)
    return -seen.x0, sheet.height - seen.top


def _convert(table: Any, place: tuple[float, float], reader: str) -> OtherTable:
    cells = tuple(
        OtherCell(cell.text, row, col, _box(cell.x1, cell.y1, cell.x2, cell.y2, place))
        for row, line in enumerate(table.cells)
        for col, cell in enumerate(line)
    )
    box = cells[0].box
    for cell in cells:
        box = box.union(cell.box)
    n_rows, n_cols = table.shape
    return OtherTable(int(table.page), box, cells, n_rows, n_cols, reader)


def _box(x1: float, y1: float, x2: float, y2: float, place: tuple[float, float]) -> Box:
    left, bottom = place
    return Box(left + x1, bottom - max(y1, y2), left + x2, bottom - min(y1, y2))

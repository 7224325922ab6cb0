"""Tables of a bare page as other programs see them: pdfplumber and camelot, each with its own detection and its own parser.

They share nothing with our readers, so that they can propose a grid where arithmetic proves none of ours; they decide
nothing. Each costs a good part of a second a page and is loaded only when it is asked. Boxes are in points from the top left
of the page as a viewer shows it.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial, reduce
from pathlib import Path
from typing import Any, Literal, get_args

from dealproof.model.evidence import Box
from dealproof.pages.geometry import cropped
from dealproof.tables.damage import raise_if_out_of_memory

#: Who proposes, and by what: ruling lines, or text that stands in columns.
Proposer = Literal["pdfplumber.lines", "pdfplumber.text", "camelot.lattice", "camelot.stream"]
PROPOSERS: tuple[Proposer, ...] = get_args(Proposer)
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ProposedCell:
    """One cell: its text with the ends of lines kept, its row and column counted from 0, its box."""

    text: str
    row: int
    col: int
    box: Box


@dataclass(frozen=True, slots=True)
class Proposal:
    """One table as another program sees it. A cell that reaches over several columns is one cell at its first (pdfplumber) or
    several of which one holds the text (camelot)."""

    proposer: Proposer
    page: int
    box: Box
    cells: tuple[ProposedCell, ...]
    n_rows: int
    n_cols: int


def proposals(
    path: Path, numbers: Sequence[int], proposers: Sequence[Proposer] = PROPOSERS
) -> dict[int, tuple[Proposal, ...]]:
    """The tables that others see on these pages (1-based): page number → tables in the order of `proposers`, then from top to
    bottom. Every page asked for has its place; where a proposer fails it has no proposal there, and the log says why."""
    places = _places(path, numbers)
    found: dict[int, list[Proposal]] = {number: [] for number in sorted(numbers)}
    for proposer in proposers:
        for number, place in places.items():
            tables = _attempt(partial(_READERS[proposer], path, number, place, proposer), proposer, number)
            found[number] += sorted(tables, key=lambda table: (table.box.top, table.box.x0))
    return {number: tuple(tables) for number, tables in found.items()}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the page as shown lies on the whole sheet: its left and upper edge from the sheet's top left, and its height with
    what the crop box hides below it."""

    left: float
    top: float
    bottom: float


def _places(path: Path, numbers: Sequence[int]) -> Mapping[int, _Place]:
    import pypdfium2

    from dealproof.pages.open import open_pdf

    document = open_pdf(path)
    try:
        places = {}
        for number in sorted(set(numbers)):
            try:
                page = document[number - 1]
            except pypdfium2.PdfiumError:
                continue
            media, crop = page.get_mediabox(), page.get_cropbox()
            sheet, shown = cropped(media, crop, page.get_rotation())[1], cropped(media, None, page.get_rotation())[0]
            places[number] = _Place(sheet.x0, sheet.top, shown.height - sheet.top)
            page.close()
        return places
    finally:
        document.close()


def _attempt(read: Callable[[], list[Proposal]], proposer: Proposer, number: int) -> list[Proposal]:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return read()
    except Exception as error:  # noqa: BLE001  # damaged pages raise whatever a parser stumbles over
        raise_if_out_of_memory(error)
        # An opinion that cannot be had is no failure of the document.
        _log.warning("%s proposes nothing on page %d: %r", proposer, number, error)
        return []


def _by_pdfplumber(path: Path, number: int, place: _Place, proposer: Proposer, **settings: str) -> list[Proposal]:
    import pdfplumber

    with pdfplumber.open(path, pages=[number]) as document:
        page = document.pages[0]
        left, top = float(page.bbox[0]) + place.left, float(page.bbox[1]) + place.top
        made = (_of_pdfplumber(table, number, left, top, proposer) for table in page.find_tables(settings))
        return [each for each in made if each is not None]


def _of_pdfplumber(table: Any, number: int, left: float, top: float, proposer: Proposer) -> Proposal | None:
    cells = tuple(
        ProposedCell(text or "", row, col, Box(box[0] - left, box[1] - top, box[2] - left, box[3] - top))
        for row, (line, texts) in enumerate(zip(table.rows, table.extract(), strict=True))
        for col, (box, text) in enumerate(zip(line.cells, texts, strict=True))
        if box is not None
    )
    n_cols = max((len(line.cells) for line in table.rows), default=0)
    return _proposal(proposer, number, cells, len(table.rows), n_cols)


def _by_camelot(path: Path, number: int, place: _Place, proposer: Proposer, **settings: Any) -> list[Proposal]:
    from camelot.io import read_pdf

    tables = read_pdf(str(path), pages=str(number), suppress_stdout=True, **settings)
    made = (_of_camelot(table, number, place, proposer) for table in tables)
    return [each for each in made if each is not None]


def _of_camelot(table: Any, number: int, place: _Place, proposer: Proposer) -> Proposal | None:
    cells = tuple(_cells_of_camelot(table, place))
    return _proposal(proposer, number, cells, *table.shape)


def _cells_of_camelot(table: Any, place: _Place) -> Iterator[ProposedCell]:
    """Camelot counts from the bottom left of the whole sheet, whatever its crop box hides."""
    for row, line in enumerate(table.cells):
        for col, cell in enumerate(line):
            left, right = cell.x1 - place.left, cell.x2 - place.left
            low, high = sorted((cell.y1, cell.y2))
            yield ProposedCell(cell.text, row, col, Box(left, place.bottom - high, right, place.bottom - low))


def _proposal(proposer: Proposer, number: int, cells: tuple[ProposedCell, ...], n_rows: int, n_cols: int) -> Proposal | None:
    if not any(cell.text.strip() for cell in cells):
        return None
    return Proposal(proposer, number, reduce(Box.union, (cell.box for cell in cells)), cells, n_rows, n_cols)


_READERS: Mapping[Proposer, Callable[[Path, int, _Place, Proposer], list[Proposal]]] = {
    "pdfplumber.lines": _by_pdfplumber,
    "pdfplumber.text": partial(_by_pdfplumber, vertical_strategy="text", horizontal_strategy="text"),
    "camelot.lattice": partial(_by_camelot, flavor="lattice", engine="vector", split_text=True),
    "camelot.stream": partial(_by_camelot, flavor="stream"),
}

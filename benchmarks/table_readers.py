"""Readers of tables beside each other: each takes a PDF and gives the grids that it finds there, in one form.

Nothing of a reader is set for the documents at hand: dealproof reads every page carefully, the others read with their
defaults. What is not installed raises ModuleNotFoundError when it is asked for.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dealproof.model.evidence import Box
    from dealproof.model.table import Table

Rectangle = tuple[float, float, float, float]
#: Points by which edges of cells may differ and still be one line of the grid.
NEAR = 2.0


@dataclass(frozen=True, slots=True)
class GridCell:
    """One cell; a merged one stands once, at its top left place. `page` is where its text stands."""

    row: int
    col: int
    row_span: int
    col_span: int
    text: str
    page: int


@dataclass(frozen=True, slots=True)
class Grid:
    """One table, with the page it starts on; `box` (left, top, right, bottom) is where it stands on that page."""

    page: int
    cells: tuple[GridCell, ...]
    box: Rectangle = (0.0, 0.0, 0.0, 0.0)

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


Reader = Callable[[Path], list[Grid]]


def dealproof(path: Path) -> list[Grid]:
    """Every table that dealproof finds when every page is read carefully, whatever words stand on it."""
    return [_grid_of(table) for table in _tables(path)]


def _tables(path: Path) -> tuple[Table, ...]:
    from dealproof.pages.fast import pass_over
    from dealproof.pages.opened import OpenPdf
    from dealproof.tables.read_tables import find_tables

    with OpenPdf(path) as document:
        pages = {page.number: page for page in pass_over(document, keep=True).pages}
        return find_tables(document, sorted(pages), pages).tables


def _grid_of(table: Table) -> Grid:
    cells = tuple(GridCell(c.row, c.col, c.row_span, c.col_span, c.text, c.page) for c in table.cells)
    return Grid(table.pages[0], cells, (table.box.x0, table.box.top, table.box.x1, table.box.bottom))


@dataclass(frozen=True, slots=True)
class Region:
    """The grid that dealproof took of a region, and those that other programs proposed where arithmetic left it open."""

    taken: Grid
    proposed: tuple[Grid, ...] = ()
    was_changed: bool = False


def regions(path: Path) -> list[Region]:
    """For each region of a document the grid that was taken, and those that were asked for beside it."""
    from dealproof.tables.readers.proposals import PROPOSERS, proposals
    from dealproof.tables.second_opinions import is_open, stands_at

    tables = _tables(path)
    asked = [table for table in tables if is_open(table) or set(table.readers) & set(PROPOSERS)]
    seen = proposals(path, sorted({table.pages[0] for table in asked})) if asked else {}
    found = []
    for table in tables:
        others = [each for each in seen.get(table.pages[0], ()) if table in asked and stands_at(each, table)]
        grids = tuple(_by_place(each.page, [(_corners(c.box), c.text) for c in each.cells], _corners(each.box)) for each in others)
        found.append(Region(_grid_of(table), grids, bool(set(table.readers) & set(PROPOSERS))))
    return found


def _corners(box: Box) -> Rectangle:
    return box.x0, box.top, box.x1, box.bottom


def pdfplumber(path: Path) -> list[Grid]:
    """pdfplumber's own finding: by lines."""
    import pdfplumber as library

    found = []
    with library.open(path) as document:
        for page in document.pages:
            for table in page.find_tables():
                texts = [text for row in table.extract() for text in row]
                boxes = [box for row in table.rows for box in row.cells]
                placed = [(box, text or "") for box, text in zip(boxes, texts, strict=True) if box is not None]
                found.append(_by_place(page.page_number, placed, table.bbox))
    return found


def pymupdf(path: Path) -> list[Grid]:
    """PyMuPDF's own finding: by lines."""
    import pymupdf as library

    found = []
    with library.open(path) as document:
        for number, page in enumerate(document, start=1):
            for table in page.find_tables().tables:
                texts = [text for row in table.extract() for text in row]
                boxes = [box for row in table.rows for box in row.cells]
                placed = [(box, text or "") for box, text in zip(boxes, texts, strict=False) if box is not None]
                found.append(_by_place(number, placed, tuple(table.bbox)))
    return found


def camelot_lattice(path: Path) -> list[Grid]:
    """Camelot by ruling lines."""
    return _camelot(path, flavor="lattice")


def camelot_stream(path: Path) -> list[Grid]:
    """Camelot by gaps between words."""
    return _camelot(path, flavor="stream")


def camelot_network(path: Path) -> list[Grid]:
    """Camelot by alignments of words."""
    return _camelot(path, flavor="network")


def camelot_hybrid(path: Path) -> list[Grid]:
    """Camelot by alignments and lines."""
    return _camelot(path, flavor="hybrid")


def img2table(path: Path) -> list[Grid]:
    """img2table: by lines of the page's picture, and by gaps where there are none; text from the PDF."""
    from img2table.document import PDF

    pages = PDF(src=str(path)).extract_tables(borderless_tables=True)
    return [
        _by_place(number + 1, _unlike(row for row in table.content.values()), _rectangle(table.bbox))
        for number, tables in sorted(pages.items())
        for table in tables
    ]


READERS: dict[str, Reader] = {
    "dealproof": dealproof, "pdfplumber": pdfplumber, "camelot-lattice": camelot_lattice,
    "camelot-stream": camelot_stream, "camelot-network": camelot_network, "camelot-hybrid": camelot_hybrid, "pymupdf": pymupdf,
    "img2table": img2table,
}  # fmt: skip


def _by_place(page: int, cells: Sequence[tuple[Rectangle, str]], box: Rectangle) -> Grid:
    """A grid from the boxes of cells: what reaches over several steps of the grid is merged."""
    columns = _steps([x for cell, _ in cells for x in (cell[0], cell[2])])
    rows = _steps([y for cell, _ in cells for y in (cell[1], cell[3])])
    found = []
    for (x0, top, x1, bottom), text in cells:
        row, col = _step(rows, top), _step(columns, x0)
        found.append(GridCell(row, col, max(_step(rows, bottom) - row, 1), max(_step(columns, x1) - col, 1), text, page))
    return Grid(page, tuple(found), box)


def _steps(values: Iterable[float]) -> list[float]:
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value > steps[-1] + NEAR:
            steps.append(value)
    return steps


def _step(steps: Sequence[float], value: float) -> int:
    return min(range(len(steps)), key=lambda index: abs(steps[index] - value))


def _unlike(rows: Iterable[Iterable[Any]]) -> list[tuple[Rectangle, str]]:
    """Cells of img2table, which repeats a merged cell in every place."""
    return [(place, cell.value or "") for place, cell in {_rectangle(c.bbox): c for row in rows for c in row}.items()]


def _rectangle(box: Any) -> Rectangle:
    return (box.x1, box.y1, box.x2, box.y2)


def _camelot(path: Path, **options: Any) -> list[Grid]:
    from camelot.io import read_pdf

    logging.getLogger("camelot").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tables = read_pdf(str(path), pages="all", suppress_stdout=True, **options)
    return [_merged(table, options["flavor"] == "lattice") for table in tables]


def _merged(table: Any, has_lines: bool) -> Grid:
    """Camelot's cells know which of their sides are drawn; over a side that is not, a cell is merged with the next."""
    page, rows, cells = int(table.page), table.cells, []
    taken: set[tuple[int, int]] = set()
    for r, line in enumerate(rows):
        for c in range(len(line)):
            if (r, c) in taken:
                continue
            right, down = c + 1, r + 1
            while has_lines and right < len(line) and not rows[r][right - 1].right:
                right += 1
            while has_lines and down < len(rows) and not rows[down - 1][c].bottom:
                down += 1
            places = [(y, x) for y in range(r, down) for x in range(c, right)]
            taken.update(places)
            text = "\n".join(t for y, x in places if (t := rows[y][x].text.strip()))
            cells.append(GridCell(r, c, down - r, right - c, text, page))
    return Grid(page, tuple(cells))

"""One model for every table, whichever reader found it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dealproof.model.evidence import Box


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: text as printed (lines joined with `\\n`), its place in the grid (0-based), its box on the page.

    A merged cell stands once, at its top left place, with its spans. `confidence` is 1.0 for native text.
    `doubt` says in words why the text is not certain (readers differ, text cut), empty where there is none.
    Of a recognised cell `other` is what another look at it saw, where that differs, and `recognised` the text before a
    confusion of letters and digits was mended that the grammar of figures left only one way to mend.
    """

    text: str
    row: int
    col: int
    row_span: int
    col_span: int
    page: int
    box: Box
    reader: str
    confidence: float = 1.0
    doubt: str = ""
    other: str = ""
    recognised: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A grid of cells with what stands around it.

    `title`: caption line right above; `unit_line`: the `单位：…` line that governs it; `lead`: the sentence that
    introduces it (`截至…情况如下：`); `section_unit`: unit line of an earlier table under the same heading; `notes`: 注 lines below;
    `section`: headings from the outermost to the innermost; `pages`: pages it runs over;
    `joined_from`: number of parts joined over page breaks (1 = not joined); `tails`: page and box of a part of which every
    cell was the rest of a row that the page break had cut, and so became part of a cell on the page before.
    """

    cells: tuple[Cell, ...]
    n_rows: int
    n_cols: int
    pages: tuple[int, ...]
    box: Box
    title: str = ""
    unit_line: str = ""
    lead: str = ""
    section_unit: str = ""
    notes: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    readers: tuple[str, ...] = ()
    joined_from: int = 1
    style: str = ""
    tails: tuple[tuple[int, Box], ...] = ()

    def extent(self, page: int) -> Box:
        """The box around what stands of the table on one of its pages. Raises ValueError for another page."""
        boxes = [cell.box for cell in self.cells if cell.page == page]
        boxes += [box for number, box in self.tails if number == page]
        if not boxes:
            raise ValueError(f"nothing of the table stands on page {page}")
        return Box(
            min(box.x0 for box in boxes), min(box.top for box in boxes),
            max(box.x1 for box in boxes), max(box.bottom for box in boxes),
        )  # fmt: skip

    def grid(self) -> list[list[Cell | None]]:
        """Return the cells as rows x columns; a merged cell is repeated in every place that it covers."""
        rows: list[list[Cell | None]] = [[None] * self.n_cols for _ in range(self.n_rows)]
        for cell in self.cells:
            if cell.row_span == cell.col_span == 1 and cell.row < self.n_rows and cell.col < self.n_cols:
                if rows[cell.row][cell.col] is None:
                    rows[cell.row][cell.col] = cell
                continue
            for r in range(cell.row, min(cell.row + cell.row_span, self.n_rows)):
                for c in range(cell.col, min(cell.col + cell.col_span, self.n_cols)):
                    if rows[r][c] is None:
                        rows[r][c] = cell
        return rows

    def texts(self) -> list[list[str]]:
        """Return the text of every place of the grid; merged text is repeated, empty places are ''."""
        return [[cell.text if cell else "" for cell in row] for row in self.grid()]

    def with_context(self, **changes: object) -> Table:
        """Return a copy with other title, unit line, notes or section."""
        return replace(self, **changes)  # type: ignore[arg-type]  # keyword names are checked by replace itself

"""Tables and lines of text set on pages: wrapped, broken over pages, ruled and shaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from samples.compose.ink import Fill, Leaf, Measure, Rule, Text
from samples.compose.look import Look
from samples.compose.model import Cell, Sheet
from samples.compose.wrap import wrap

LEADING = 1.22


@dataclass
class Flow:
    """Pages under construction and the place where the next thing stands."""

    measure: Measure
    width: float = 595.0
    height: float = 842.0
    margin: float = 62.0
    leaves: list[Leaf] = field(default_factory=list)
    y: float = 0.0
    last: Placed | None = None

    @property
    def room(self) -> float:
        """Width of the text."""
        return self.width - 2 * self.margin

    @property
    def left(self) -> float:
        """What is left of the page's height."""
        return self.height - self.margin - self.y

    def turn(self) -> None:
        """A new page."""
        self.leaves.append(Leaf(self.width, self.height, []))
        self.y = self.margin

    def line(self, text: str, size: float = 10.5, align: str = "left", indent: float = 0, after: float = 4) -> None:
        """A paragraph."""
        for number, part in enumerate(wrap(text, self.room - indent, size, self.measure)):
            if self.left < size * 2:
                self.turn()
            wide = self.measure(part, size)
            x = {"left": self.margin + (indent if number == 0 else 0), "center": (self.width - wide) / 2, "right": self.width - self.margin - wide}[align]
            self.leaves[-1].marks.append(Text(x, self.y + size, part, size))
            self.y += size * 1.45
        self.y += after


@dataclass(frozen=True)
class Breaking:
    """How a table goes over a page: header again, a row cut in two, other widths, a word above the rest."""

    repeat_header: bool = False
    cut_row: bool = False
    other_widths: tuple[float, ...] = ()
    continued: str = ""


@dataclass
class Placed:
    """Where a table stands: its first page (1-based), its box there, and the page of each cell."""

    page: int = 0
    box: tuple[float, float, float, float] = (0, 0, 0, 0)
    pages: dict[tuple[int, int], int] = field(default_factory=dict)
    parts: int = 1
    cut: bool = False
    boxed: bool = False


def set_table(flow: Flow, sheet: Sheet, look: Look, columns: Sequence[float], breaking: Breaking, align: str = "center") -> Placed:
    """Set a table from the flow's place on."""
    placed = Placed()
    totals = frozenset(cell.row for cell in sheet.cells if cell.role == "total")
    setter = _Setter(flow, sheet, look, list(columns), totals, placed, align)
    rows, at = list(range(sheet.n_rows)), 0
    placed.page = len(flow.leaves)
    while at < len(rows):
        heights = setter.heights()
        part, rest = _fits(rows, at, heights, flow.left - 2)
        if part < sheet.headers:
            part = 0  # a header is not parted: the whole table begins on the next page
        cut = 0
        if part < len(rows) and breaking.cut_row and not placed.cut and part > sheet.headers:
            cut = setter.lines_that_fit(rows[part], rest)
        setter.draw(rows[at:part], rows[part] if cut else None, cut, first=at == 0, last=part == len(rows))
        if part == len(rows):
            break
        placed.parts += bool(part > at or cut)
        flow.turn()
        if part == 0:
            continue
        if breaking.continued:
            flow.line(breaking.continued, 9, "left", after=2)
        if breaking.other_widths:
            setter.columns = list(breaking.other_widths)
        begin = part
        if cut:
            placed.cut = True
            setter.rest_of(rows[part], cut)
        elif breaking.repeat_header and sheet.headers:
            rows = [*rows[:part], *range(sheet.headers), *rows[part:]]
        at = begin
    placed.boxed = look.left and look.right
    flow.last = placed
    return placed


def _fits(rows: Sequence[int], at: int, heights: dict[int, float], room: float) -> tuple[int, float]:
    part = at
    while part < len(rows) and heights[rows[part]] <= room:
        room -= heights[rows[part]]
        part += 1
    return part, room


class _Setter:
    """The work of setting one table."""

    def __init__(self, flow: Flow, sheet: Sheet, look: Look, columns: list[float], totals: frozenset[int], placed: Placed, align: str) -> None:
        self.flow, self.sheet, self.look, self.columns, self.totals, self.placed, self.align = flow, sheet, look, columns, totals, placed, align
        self.begun: dict[tuple[int, int], int] = {}
        self.owner = {(r, c): cell for cell in sheet.cells for r in range(cell.row, cell.row + cell.row_span) for c in range(cell.col, cell.col + cell.col_span)}

    def lines(self, cell: Cell) -> list[str]:
        """The lines of a cell that are still to be set."""
        inner = sum(self.columns[cell.col : cell.col + cell.col_span]) - 2 * self.look.pad
        if cell.role == "header" and cell.col_span == 1 and self.flow.measure(cell.text, self.look.size) <= inner + 2 * self.look.pad - 0.5:
            return [cell.text] if cell.text else []
        done = self.begun.get((cell.row, cell.col), 0)
        return wrap(cell.text, inner, self.look.size, self.flow.measure)[done:]

    def heights(self) -> dict[int, float]:
        """The height of every row; a merged cell that needs more makes its last row higher."""
        size, lead = self.look.size * LEADING, 2 * self.look.lead
        found = dict.fromkeys(range(self.sheet.n_rows), size + lead)
        for cell in sorted(self.sheet.cells, key=lambda c: c.row_span):
            need = max(len(self.lines(cell)), 1) * size + lead
            have = sum(found[r] for r in range(cell.row, cell.row + cell.row_span))
            if need > have:
                found[cell.row + cell.row_span - 1] += need - have
        return found

    def lines_that_fit(self, row: int, room: float) -> int:
        """How many lines of a row stand in the room that is left, 0 where none or all do."""
        count = int((room - self.look.lead * 2) // (self.look.size * LEADING))
        longest = max((len(self.lines(c)) for c in self.sheet.cells if c.row == row and c.row_span == 1), default=0)
        return count if 0 < count < longest else 0

    def rest_of(self, row: int, lines: int) -> None:
        """What was set of a row that is cut."""
        for cell in self.sheet.cells:
            if cell.row == row and cell.row_span == 1:
                self.begun[(cell.row, cell.col)] = lines

    def draw(self, rows: Sequence[int], cut: int | None, lines: int, first: bool, last: bool) -> None:
        """Set some rows at the flow's place, and the first lines of one that is cut."""
        heights = self.heights()
        shown = [*rows, cut] if cut is not None else list(rows)
        if not shown:
            return
        if cut is not None:
            heights[cut] = lines * self.look.size * LEADING + 2 * self.look.lead
        ys = [self.flow.y]
        for row in shown:
            ys.append(ys[-1] + heights[row])
        wide = sum(self.columns)
        left = {"left": self.flow.margin, "right": self.flow.width - self.flow.margin - wide}.get(self.align, (self.flow.width - wide) / 2)
        xs = [left]
        for width in self.columns:
            xs.append(xs[-1] + width)
        leaf = self.flow.leaves[-1]
        page = len(self.flow.leaves)
        if first:
            self.placed.page, self.placed.box = page, (xs[0], ys[0], xs[-1], ys[-1])
        for index, row in enumerate(shown):
            colour = self.look.shade(row, self.sheet, self.totals)
            if colour:
                leaf.marks.append(Fill(xs[0], ys[index], xs[-1], ys[index + 1], colour))
        if self.look.fills == "cells":
            self._boxes(leaf, shown, xs, ys)
        self._rules(leaf, shown, xs, ys, first, last)
        self._texts(leaf, page, shown, xs, ys, cut, lines)
        self.flow.y = ys[-1]

    def _boxes(self, leaf: Leaf, shown: Sequence[int], xs: Sequence[float], ys: Sequence[float]) -> None:
        """A box behind every cell, parted from its neighbours by white."""
        done: set[int] = set()
        for index, row in enumerate(shown):
            for col in range(self.sheet.n_cols):
                cell = self.owner.get((row, col))
                if cell is None or id(cell) in done:
                    continue
                done.add(id(cell))
                here = [i for i, r in enumerate(shown) if cell.row <= r < cell.row + cell.row_span and i >= index]
                colour = "#c9d8ee" if cell.role == "header" else "#eef2f8"
                leaf.marks.append(Fill(xs[cell.col] + 0.6, ys[index] + 0.6, xs[cell.col + cell.col_span] - 0.6, ys[here[-1] + 1] - 0.6, colour))

    def _texts(self, leaf: Leaf, page: int, shown: Sequence[int], xs: Sequence[float], ys: Sequence[float], cut: int | None, lines: int) -> None:
        done: set[int] = set()
        for index, row in enumerate(shown):
            for col in range(self.sheet.n_cols):
                cell = self.owner.get((row, col))
                if cell is None or id(cell) in done or not cell.text:
                    continue
                done.add(id(cell))
                place = (cell.row, cell.col)
                again = place in self.placed.pages
                if again and cell.role != "header" and place not in self.begun:
                    continue
                self.placed.pages.setdefault(place, page)
                here = [i for i, r in enumerate(shown) if cell.row <= r < cell.row + cell.row_span and i >= index]
                top, bottom = ys[index], ys[here[-1] + 1]
                texts = self.lines(cell)
                texts = texts[:lines] if cut == row and cell.row_span == 1 else texts
                self._cell(leaf, cell, texts, xs[cell.col], xs[cell.col + cell.col_span], top, bottom)

    def _cell(self, leaf: Leaf, cell: Cell, texts: Sequence[str], x0: float, x1: float, top: float, bottom: float) -> None:
        look = self.look
        step = look.size * LEADING
        upright = look.upright if cell.role != "header" else "middle"
        y = top + look.lead if upright == "top" and not (cell.row_span > 1 and look.rows == "all") else top + (bottom - top - step * len(texts)) / 2
        align = {"header": look.headers, "figure": look.figures, "total": look.figures, "text": look.labels, "label": look.labels, "serial": "center", "group": "center" if cell.col_span == 1 else "left"}.get(cell.role, "left")
        if align == "figures":
            align = look.figures if cell.col and cell.col_span == 1 else "center"
        for text in texts:
            wide = self.flow.measure(text, look.size)
            x = {"left": x0 + look.pad, "right": x1 - look.pad - wide, "center": (x0 + x1 - wide) / 2}[align]
            leaf.marks.append(Text(x, y + look.size * 0.95, text, look.size))
            y += step

    def _rules(self, leaf: Leaf, shown: Sequence[int], xs: Sequence[float], ys: Sequence[float], first: bool, last: bool) -> None:
        n_rows, n_cols = len(shown), self.sheet.n_cols
        for edge in range(n_rows + 1):
            run: list[tuple[float, float, str]] = []
            for col in range(n_cols):
                kind = self._above(shown, edge, col, first, last)
                if kind:
                    run.append((xs[col], xs[col + 1], kind))
            for x0, x1, kind in _joined(run, self.look.merged_rules):
                heavy = self.look.heavy and ((edge == 0 and first) or (edge == n_rows and last))
                self._stroke(leaf, x0, ys[edge], x1, ys[edge], kind, heavy)
        for edge in range(n_cols + 1):
            run = []
            for index, row in enumerate(shown):
                here, before = self.owner.get((row, edge)), self.owner.get((row, edge - 1))
                if here is not None and here is before:
                    continue
                kind = self.look.vertical(edge, row, self.sheet)
                if kind:
                    run.append((ys[index], ys[index + 1], kind))
            for y0, y1, kind in _joined(run, self.look.merged_rules):
                self._stroke(leaf, xs[edge], y0, xs[edge], y1, kind, False)

    def _above(self, shown: Sequence[int], edge: int, col: int, first: bool, last: bool) -> str:
        look, sheet = self.look, self.sheet
        if edge == len(shown):
            if last:
                return look.horizontal(sheet.n_rows, sheet, self.totals)
            return look.stroke if look.closed_at_break and look.bottom else ""
        if edge == 0:
            if first:
                return look.horizontal(0, sheet, self.totals)
            return look.stroke if look.closed_at_break and look.top else ""
        below, above = self.owner.get((shown[edge], col)), self.owner.get((shown[edge - 1], col))
        if below is not None and below is above:
            return ""
        row = shown[edge]
        if look.under_groups and row < sheet.headers:
            return look.stroke if above is not None and above.col_span > 1 else ""
        return look.horizontal(row, sheet, self.totals)

    def _stroke(self, leaf: Leaf, x0: float, y0: float, x1: float, y1: float, kind: str, heavy: bool) -> None:
        width = 1.2 if heavy else 0.5
        if kind == "fill":
            grow = 0.3
            leaf.marks.append(Fill(x0 - grow, y0 - grow, x1 + grow, y1 + grow, "#000000"))
            return
        shifts: Sequence[float] = (-0.9, 0.9) if kind == "double" else (0,)
        for shift in shifts:
            dx, dy = (shift, 0) if x0 == x1 else (0, shift)
            leaf.marks.append(Rule(x0 + dx, y0 + dy, x1 + dx, y1 + dy, width, kind == "dashed"))


def _joined(run: Sequence[tuple[float, float, str]], merge: bool) -> list[tuple[float, float, str]]:
    found: list[tuple[float, float, str]] = []
    for begin, end, kind in run:
        if merge and found and abs(found[-1][1] - begin) < 0.01 and found[-1][2] == kind:
            found[-1] = (found[-1][0], end, kind)
        else:
            found.append((begin, end, kind))
    return found


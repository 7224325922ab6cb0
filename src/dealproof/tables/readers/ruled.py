"""Tables drawn with ruling lines, read by the geometry of pdfplumber.

The grid is built from thin lines only (shaded cells would draw false ones). Tables that are open at the left and
right, as Chinese reports like them, get their outer edges from the ends of the horizontal rules.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from functools import partial, reduce
from itertools import pairwise
from operator import attrgetter
from typing import Any

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.tables.damage import Defect, attempt
from dealproof.tables.lines import block_text, cell_doubt, in_force
from dealproof.tables.page import Char, PageContent, Rule
from dealproof.tables.turning import as_shown, box_as_shown, sideways_text

NAME = "pdfplumber.lines"
#: Rules closer than this are the same line (points).
SNAP = 3.0

Edge = dict[str, Any]
_middle = attrgetter("middle")


def read_ruled(content: PageContent, defects: list[Defect] | None = None) -> list[Table]:
    """Return every grid of at least two columns and one row; order from top to bottom. One that cannot be read goes to
    `defects`."""
    made = (
        attempt(partial(_shown, content, boxes), content.number, box_as_shown(_around(boxes), content), defects)
        for boxes in _grids(content)
    )
    return sorted((table for table in made if table is not None), key=lambda t: (t.box.top, t.box.x0))


def _shown(content: PageContent, boxes: Sequence[tuple[float, float, float, float]]) -> Table | None:
    table = _table(content, boxes)
    return None if table is None else as_shown(table, content)


def _around(boxes: Sequence[tuple[float, float, float, float]]) -> Box:
    return reduce(Box.union, (Box(*box) for box in boxes))


def _grids(content: PageContent) -> list[list[tuple[float, float, float, float]]]:
    from pdfplumber import table as geometry

    edges = [_edge(rule) for rule in content.rules if max(rule.x1 - rule.x0, rule.bottom - rule.top) >= 2]
    if not edges or len(edges) > 20_000:
        return []
    merged = geometry.merge_edges(edges, SNAP, SNAP, SNAP, SNAP)
    merged = [e for e in merged if max(e["x1"] - e["x0"], e["bottom"] - e["top"]) >= 4]
    merged += _open_sides(merged)
    crossings = geometry.edges_to_intersections(merged, SNAP, SNAP)
    found = geometry.cells_to_tables(geometry.intersections_to_cells(crossings))
    return [list(cells) for cells in found]


def _edge(rule: Rule) -> Edge:
    if rule.is_horizontal:
        y = (rule.top + rule.bottom) / 2
        return _horizontal(rule.x0, rule.x1, y)
    x = (rule.x0 + rule.x1) / 2
    return _vertical(x, rule.top, rule.bottom)


def _horizontal(x0: float, x1: float, y: float) -> Edge:
    return {"x0": x0, "x1": x1, "top": y, "bottom": y, "width": x1 - x0, "height": 0.0, "orientation": "h",
            "object_type": "line"}  # fmt: skip


def _vertical(x: float, top: float, bottom: float) -> Edge:
    return {"x0": x, "x1": x, "top": top, "bottom": bottom, "width": 0.0, "height": bottom - top, "orientation": "v",
            "object_type": "line"}  # fmt: skip


def _open_sides(edges: Sequence[Edge]) -> list[Edge]:
    """Vertical edges at the common ends of horizontal rules that reach beyond the outermost vertical rule."""
    horizontals = sorted((e for e in edges if e["orientation"] == "h"), key=lambda e: (e["top"], e["x0"]))
    verticals = [e for e in edges if e["orientation"] == "v"]
    added: list[Edge] = []
    for group in _stacks(horizontals, verticals):
        x0, x1 = min(e["x0"] for e in group), max(e["x1"] for e in group)
        top, bottom = group[0]["top"], group[-1]["top"]
        for x in (x0, x1):
            if sum(1 for e in group if abs(e["x0"] - x) <= SNAP or abs(e["x1"] - x) <= SNAP) < 2:
                continue
            if not any(abs(v["x0"] - x) <= SNAP and v["top"] < bottom and v["bottom"] > top for v in verticals):
                added.append(_vertical(x, top, bottom))
    return added


def _stacks(horizontals: Sequence[Edge], verticals: Sequence[Edge]) -> list[list[Edge]]:
    """Runs of horizontal rules that are tied together by at least one vertical rule between neighbours."""
    stacks: list[list[Edge]] = []
    for edge in horizontals:
        if stacks and _tied(stacks[-1][-1], edge, verticals):
            stacks[-1].append(edge)
        else:
            stacks.append([edge])
    return [stack for stack in stacks if len({round(e["top"]) for e in stack}) >= 2]


def _tied(upper: Edge, lower: Edge, verticals: Sequence[Edge]) -> bool:
    if lower["top"] - upper["top"] <= SNAP:
        return True
    low, high = max(upper["x0"], lower["x0"]), min(upper["x1"], lower["x1"])
    return any(
        low - SNAP <= v["x0"] <= high + SNAP and v["top"] <= upper["top"] + SNAP and v["bottom"] >= lower["top"] - SNAP
        for v in verticals
    )


def _table(content: PageContent, boxes: Sequence[tuple[float, float, float, float]]) -> Table | None:
    columns = _steps([x for box in boxes for x in (box[0], box[2])])
    rows = _steps([y for box in boxes for y in (box[1], box[3])])
    if len(columns) < 3 or len(rows) < 2:
        return None
    letters = sorted(content.chars, key=_middle)
    heights = [char.middle for char in letters]
    cells = tuple(
        _cell(content, letters[bisect_left(heights, box[1]) : bisect_left(heights, box[3])], box, rows, columns)
        for box in sorted(boxes, key=lambda b: (b[1], b[0]))
    )
    if not any(cell.text for cell in cells):
        return None
    return Table(
        cells, len(rows) - 1, len(columns) - 1, (content.number,), Box(columns[0], rows[0], columns[-1], rows[-1]),
        readers=(NAME,), style="ruled",
    )  # fmt: skip


def _steps(values: Sequence[float]) -> list[float]:
    steps: list[float] = []
    for value in sorted(values):
        if not steps or value - steps[-1] > SNAP:
            steps.append(value)
    return steps


def _cell(
    content: PageContent,
    letters: Sequence[Char],
    box: tuple[float, float, float, float],
    rows: list[float],
    columns: list[float],
) -> Cell:
    """The cell of one box; `letters` are those whose middle stands between its upper and lower edge."""
    x0, top, x1, bottom = box
    inside = [c for c in letters if x0 <= (c.x0 + c.x1) / 2 < x1]
    text = block_text(in_force(inside)) or sideways_text(content, Box(*box))
    row, col = _index(rows, top), _index(columns, x0)
    row_span, col_span = max(1, _index(rows, bottom) - row), max(1, _index(columns, x1) - col)
    return Cell(text, row, col, row_span, col_span, content.number, Box(x0, top, x1, bottom), NAME, doubt=cell_doubt(inside))


def _index(steps: list[float], value: float) -> int:
    return min(range(len(steps)), key=lambda i: abs(steps[i] - value))


def column_edges(table: Table) -> list[float]:
    """Left edges of all columns plus the right edge of the last, from the cells' boxes."""
    return _steps([x for cell in table.cells for x in (cell.box.x0, cell.box.x1)])


def row_heights(table: Table) -> list[float]:
    """Heights of the rows in points."""
    return [b - a for a, b in pairwise(_steps([y for c in table.cells for y in (c.box.top, c.box.bottom)]))]

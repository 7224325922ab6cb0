"""Labels that stand beside several rows without lines to show it: a group in the first column, a total over two columns."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from itertools import pairwise
from statistics import median

from dealproof.model.table import Cell
from dealproof.tables.columns import TOTALS
from dealproof.tables.values import is_name, is_value, name_rows
from dealproof.text import squeeze

#: First row and number of rows of the label of a group.
Spans = dict[Cell, tuple[int, int]]
#: Share of the distance between rows by which the middle of a group's label may be off the middle of its rows.
OFF = 0.3


def with_group_labels(cells: Sequence[Cell], first_row: int) -> list[Cell]:
    """The cells of a table without a grid, its body from `first_row` on, with the labels of groups over their rows."""
    body = [cell for cell in cells if cell.row >= first_row]
    own = sorted((c for c in body if c.col == 0 and c.col_span == 1 and is_name(c.text)), key=_middle)
    ends = {c.row for c in own if _is_total(c)} | _grand_totals(own, body)
    spans = _spans([c for c in own if c.row not in ends], body, ends)
    if not spans:
        ends |= {c.row for c in body if c.col == 1 and _is_total(c)}
        spans = _spans([c for c in own if c.row not in ends], body, ends)
    held = [replace(c, row=spans[c][0], row_span=spans[c][1]) if c in spans else c for c in cells]
    return with_wide_totals(held, first_row)


def _grand_totals(own: Sequence[Cell], body: Sequence[Cell]) -> set[int]:
    """The rows of totals named in the second column that are none of a group: two groups follow each other without one."""
    totals = {c.row for c in body if c.col == 1 and _is_total(c)}
    labels = sorted(c.row for c in own if not _is_total(c))
    last = max((c.row for c in body), default=0)
    several = len(labels) > 1 and any(below - above > 1 for above, below in pairwise(labels))
    ended = any(any(above < row < below for row in totals) for above, below in pairwise(labels))
    return totals if totals == {last} and several and not ended else set()


def _spans(own: Sequence[Cell], body: Sequence[Cell], ends: set[int]) -> Spans:
    """The rows of each label of a group; groups end at the rows `ends`. Empty where the labels are none of groups."""
    rows = _row_heights(body)
    names = {c.row: squeeze(c.text) for c in body if c.col == 1}
    totals = {c.row for c in body if c.col == 1 and _is_total(c)}
    spans: Spans = {}
    for run in _runs(sorted(rows), ends):
        groups = [cell for cell in own if run[0] <= cell.row <= run[-1]]
        if 0 < len(groups) < len(run) and name_rows([names.get(row, "") for row in run]):
            told = [found for way in (_by_middle, _by_top) if (found := way(groups, run, rows))]
            spans |= max(told, key=partial(_evenness, totals), default={}) or _after_break(groups, run, rows, totals)
    return spans


def _evenness(totals: set[int], spans: Spans) -> tuple[int, int]:
    """How many groups end with their total, and how many rows the smallest has."""
    return sum(first + count - 1 in totals for first, count in spans.values()), min(count for _, count in spans.values())


def _after_break(groups: Sequence[Cell], run: Sequence[int], rows: dict[int, float], totals: set[int]) -> Spans:
    """The rows of each label where the first rows are those of a group that is named on the page before."""
    if groups[0].row not in run:
        return {}
    first = run.index(groups[0].row)
    for begin in range(1, first + 1):
        if run[begin - 1] in totals and len(run) - begin > 1:
            return _by_middle(groups, run[begin:], rows) or _by_top(groups, run[begin:], rows)
    pitch = median(rows[b] - rows[a] for a, b in pairwise(run))
    if _stand_beside_rows(groups, rows, pitch) and first < len(run) - 1:
        return _by_top(groups, run[first:], rows)  # no label stands between two rows, as that of an even number would
    for begin in range(1, first + 1):
        spans = _by_middle(groups, run[begin:], rows) if len(run) - begin > 1 else {}
        if spans:
            return spans
    return {}


def with_wide_totals(cells: Sequence[Cell], first_row: int) -> list[Cell]:
    """A total's label that is the only one in two label columns stands over both, also where it was cut between them."""
    cells = _with_totals_whole(cells, first_row)
    seconds = [c for c in cells if c.row >= first_row and c.col == 1]
    words = sum(1 for cell in seconds if not is_value(cell.text))
    own = {row for c in cells if c.col == 0 and c.row_span > 1 for row in range(c.row, c.row + c.row_span)}
    if 2 * words <= len(seconds) or any(c.row in own and _is_total(c) for c in seconds):
        return list(cells)  # the totals are those of groups, and stand among their rows
    filled = {(row, c.col) for c in cells for row in range(c.row, c.row + c.row_span)}
    return [
        replace(c, col=0, col_span=2)
        if c.row >= first_row and c.col_span == 1 and _is_total(c)
        and ((c.col == 0 and (c.row, 1) not in filled) or (c.col == 1 and (c.row, 0) not in filled))
        else c
        for c in cells
    ]  # fmt: skip


def _with_totals_whole(cells: Sequence[Cell], first_row: int) -> list[Cell]:
    firsts = {c.row: c for c in cells if c.col == 0 and c.row >= first_row and c.row_span == 1}
    halves = {c.row: c for c in cells if c.col == 1 and c.row in firsts and squeeze(firsts[c.row].text + c.text) in TOTALS}
    kept = [c for c in cells if c.row not in halves or c not in (firsts[c.row], halves[c.row])]
    return kept + [
        replace(firsts[row], text=firsts[row].text + half.text, col_span=2, box=firsts[row].box.union(half.box))
        for row, half in halves.items()
    ]


def _is_total(cell: Cell) -> bool:
    return squeeze(cell.text).lower() in TOTALS


def _row_heights(body: Sequence[Cell]) -> dict[int, float]:
    """The height of each row of the body, as its cells beside the first column tell."""
    held: dict[int, list[float]] = {}
    for cell in body:
        if cell.col > 0 and cell.row_span == 1:
            held.setdefault(cell.row, []).append(_middle(cell))
    return {row: median(heights) for row, heights in held.items()}


def _runs(rows: Sequence[int], totals: set[int]) -> list[list[int]]:
    """Rows between totals."""
    runs: list[list[int]] = [[]]
    for row in rows:
        if row in totals:
            runs.append([])
        else:
            runs[-1].append(row)
    return [run for run in runs if len(run) > 1]


def _middle(cell: Cell) -> float:
    return (cell.box.top + cell.box.bottom) / 2


def _stand_beside_rows(groups: Sequence[Cell], rows: dict[int, float], pitch: float) -> bool:
    """Whether every label stands beside a row that has cells of its own, and none between rows."""
    return all(cell.row in rows and abs(rows[cell.row] - _middle(cell)) <= OFF * pitch for cell in groups)


def _by_middle(groups: Sequence[Cell], run: Sequence[int], rows: dict[int, float]) -> Spans:
    """Each label in the middle of its rows, one group after the other; empty where they do not come out even."""
    pitch = median(rows[b] - rows[a] for a, b in pairwise(run))
    spans: Spans = {}
    at = 0
    for cell in groups:
        ends = [
            end
            for end in range(at, len(run))
            if abs((rows[run[at]] + rows[run[end]]) / 2 - _middle(cell)) <= OFF * pitch
        ]
        if not ends:
            return {}
        spans[cell] = run[at], ends[0] - at + 1
        at = ends[0] + 1
    return spans if at == len(run) else {}


def _by_top(groups: Sequence[Cell], run: Sequence[int], rows: dict[int, float]) -> Spans:
    """Each label beside the first of its rows; empty where one stands between rows, or most groups have one row alone."""
    pitch = median(rows[b] - rows[a] for a, b in pairwise(run))
    starts = [cell.row for cell in groups]
    if not _stand_beside_rows(groups, rows, pitch) or starts[0] != run[0] or len(set(starts)) < len(starts) or len(run) < 2 * len(groups):
        return {}
    ends = [*(run.index(start) for start in starts[1:]), len(run)]
    return {
        cell: (cell.row, end - run.index(cell.row)) for cell, end in zip(groups, ends, strict=True)
    }

"""Whether a grid that was read is the grid that was printed, as a person would judge it."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Place:
    """A filled cell: rows and columns from first to last, its text without white space. `free`: its span is a
    matter of taste."""

    row: int
    col: int
    last_row: int
    last_col: int
    text: str
    free: bool = False
    page: int = 0


def normal(text: str) -> str:
    """Text without white space and differences of width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def places(cells: Iterable[Mapping[str, object]]) -> list[Place]:
    """The filled cells of a grid, given as `row`, `col`, `row_span`, `col_span`, `text`; lines of the grid that no filled cell tells from
    their neighbour count as one."""
    found = []
    for cell in cells:
        row, col, down, wide = (int(str(cell[name])) for name in ("row", "col", "row_span", "col_span"))
        text = normal(str(cell["text"]))
        if text:
            found.append(Place(row, col, row + down - 1, col + wide - 1, text, bool(cell.get("free")), int(str(cell.get("page", 0)))))
    return _across(_across(_whole(found), True), False)


def _whole(found: Sequence[Place]) -> list[Place]:
    """A merged cell that a page break cut, and that was read once on each page, is one."""
    kept: list[Place] = []
    for place in sorted(found, key=lambda p: (p.col, p.row)):
        above = kept[-1] if kept else None
        cut = above is not None and (above.col, above.last_col, above.text) == (place.col, place.last_col, place.text)
        if above is not None and cut and above.last_row + 1 == place.row and above.page < place.page and _is_merged(above, place):
            kept[-1] = replace(above, last_row=place.last_row, page=place.page)
        else:
            kept.append(place)
    return kept


def _is_merged(*parts: Place) -> bool:
    return any(part.last_row > part.row for part in parts)


def _across(found: Sequence[Place], rows: bool) -> list[Place]:
    """Rows (or columns) that hold nothing, or the same cells as the one before, are taken out."""
    spans = [(p.row, p.last_row) if rows else (p.col, p.last_col) for p in found]
    moved, at, before = {}, -1, None
    for line in range(max((last for _, last in spans), default=-1) + 1):
        here = frozenset(i for i, (first, last) in enumerate(spans) if first <= line <= last)
        if here and here != before:
            at += 1
            before = here
        moved[line] = max(at, 0)
    if rows:
        return [replace(p, row=moved[p.row], last_row=moved[p.last_row]) for p in found]
    return [replace(p, col=moved[p.col], last_col=moved[p.last_col]) for p in found]


def same(gold: Sequence[Place], got: Sequence[Place]) -> bool:
    """Whether every filled cell stands in its place with its text; a cell may reach over places that are empty in the other grid
    where no meaning hangs on it: it may be larger than printed, and one
    whose span is a matter of taste may be smaller."""
    if Counter(p.text for p in gold) != Counter(p.text for p in got):
        return False
    filled = {(r, c) for p in gold for r in range(p.row, p.last_row + 1) for c in range(p.col, p.last_col + 1)}
    waiting = list(got)
    for cell in gold:
        fits = [p for p in waiting if p.text == cell.text and _covers(cell, p, filled)]
        if not fits:
            return False
        waiting.remove(fits[0])
    return not waiting


def _covers(cell: Place, got: Place, filled: set[tuple[int, int]]) -> bool:
    own = {(r, c) for r in range(cell.row, cell.last_row + 1) for c in range(cell.col, cell.last_col + 1)}
    theirs = {(r, c) for r in range(got.row, got.last_row + 1) for c in range(got.col, got.last_col + 1)}
    if not own <= theirs and not (cell.free and theirs & own):
        return False
    return not (theirs - own) & filled


def likeness(gold: Sequence[Place], got: Sequence[Place]) -> int:
    """How many filled cells two grids share by their text."""
    return sum((Counter(p.text for p in gold) & Counter(p.text for p in got)).values())

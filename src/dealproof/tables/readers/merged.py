"""Which places of a grid are one cell: what a text covers, and where a line that is drawn elsewhere is left out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from dealproof.model.evidence import Box
from dealproof.tables.page import Char
from dealproof.tables.readers.stacks import Piece, Row


class Cuts(Protocol):
    """The cuts of a frame, as far as they are needed here."""

    @property
    def xs(self) -> tuple[float, ...]: ...

    def is_underlined(self, cut: int, column: int) -> bool: ...

    def is_drawn_beside(self, cut: int, top: float, bottom: float) -> bool: ...


@dataclass(frozen=True, slots=True)
class Place:
    """One cell of the grid with its box and its characters."""

    row: int
    col: int
    row_span: int
    col_span: int
    box: Box
    chars: tuple[Char, ...]


class _Joined:
    """Places that are one cell."""

    def __init__(self, rows: int, columns: int) -> None:
        self.shape = rows, columns
        self.parent = {(row, column): (row, column) for row in range(rows) for column in range(columns)}

    def root(self, place: tuple[int, int]) -> tuple[int, int]:
        while self.parent[place] != place:
            self.parent[place] = self.parent[self.parent[place]]
            place = self.parent[place]
        return place

    def join(self, one: tuple[int, int], other: tuple[int, int]) -> None:
        first, second = sorted((self.root(one), self.root(other)))
        self.parent[second] = first

    def groups(self) -> list[list[tuple[int, int]]]:
        groups: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for place in self.parent:
            groups[self.root(place)].append(place)
        return list(groups.values())


def merged_places(frame: Cuts, rows: Sequence[Row], is_line: Sequence[bool]) -> list[Place]:
    """The cells in the order of their places. `is_line[cut]`: whether an upright line is drawn there in any row."""
    columns = len(frame.xs) - 1
    held = _held(rows)
    across = _Joined(len(rows), columns)
    _join_across(across, frame, rows, held, is_line)
    both = _Joined(len(rows), columns)
    both.parent = dict(across.parent)
    _join_down(both, frame, rows, held)
    places: list[Place] = []
    for group in _rectangles(both, across, held):
        places.append(_place(frame, rows, group, held))
    return sorted(places, key=lambda place: (place.row, place.col))


Held = dict[tuple[int, int], list[Piece]]


def _held(rows: Sequence[Row]) -> Held:
    held: Held = defaultdict(list)
    for number, row in enumerate(rows):
        for piece in row.pieces:
            held[number, piece.first].append(piece)
    return held


def _filled(held: Held, row: int, column: int) -> list[Piece]:
    """The texts that stand in a place, also those that begin to the left of it."""
    return [p for (at, first), own in held.items() if at == row and first <= column for p in own if p.last >= column]


def _join_across(joined: _Joined, frame: Cuts, rows: Sequence[Row], held: Held, is_line: Sequence[bool]) -> None:
    columns = joined.shape[1]
    is_ruled = any(row.band.parted for row in rows)
    for number, row in enumerate(rows):
        for piece in row.pieces:
            for column in range(piece.first, piece.last):
                joined.join((number, column), (number, column + 1))
        if is_ruled and not row.band.parted and _is_one_text(row):
            for column in range(columns - 1):
                joined.join((number, column), (number, column + 1))
        for cut in range(1, columns):
            if row.band.parted and is_line[cut] and not frame.is_drawn_beside(cut, row.top, row.bottom):
                left, right = _filled(held, number, cut - 1), _filled(held, number, cut)
                if not (left and right):
                    joined.join((number, cut - 1), (number, cut))


def _is_one_text(row: Row) -> bool:
    """Whether nothing stands side by side in a row, and what stands there is no value."""
    heights = [piece.middle for piece in row.pieces]
    return len(set(heights)) == len(heights) > 0 and not any(piece.is_value for piece in row.pieces)


def _join_down(joined: _Joined, frame: Cuts, rows: Sequence[Row], held: Held) -> None:
    columns = joined.shape[1]
    for number in range(1, len(rows)):
        above, row = rows[number - 1], rows[number]
        for column in range(columns):
            if row.band is above.band:
                if column in row.whole:
                    joined.join((number - 1, column), (number, column))
            elif not frame.is_underlined(row.band.number, column):
                upper, lower = _filled(held, number - 1, column), _filled(held, number, column)
                if not (any(p.is_value for p in upper) and any(p.is_value for p in lower)):
                    joined.join((number - 1, column), (number, column))


def _rectangles(joined: _Joined, across: _Joined, held: Held) -> list[list[tuple[int, int]]]:
    """The groups that are rectangles; what is none falls apart into its rows."""
    found: list[list[tuple[int, int]]] = []
    for group in joined.groups():
        rows, columns = {row for row, _ in group}, {column for _, column in group}
        area = (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)
        if area == len(group):
            found.append(group)
            continue
        parts: dict[tuple[int, int], list[tuple[int, int]]] = defaultdict(list)
        for place in group:
            parts[across.root(place)].append(place)
        found += list(parts.values())
    return found


def _place(frame: Cuts, rows: Sequence[Row], group: Sequence[tuple[int, int]], held: Held) -> Place:
    top, left = min(row for row, _ in group), min(column for _, column in group)
    bottom, right = max(row for row, _ in group), max(column for _, column in group)
    chars = tuple(char for place in sorted(group) for piece in held.get(place, ()) for char in piece.chars)
    box = Box(frame.xs[left], rows[top].top, frame.xs[right + 1], rows[bottom].bottom)
    return Place(top, left, bottom - top + 1, right - left + 1, box, chars)

"""Ruling lines put together: pieces of one line joined, double lines made one.

A grid is built from thin lines only; what touches what tells which lines are one frame.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from itertools import combinations, pairwise

from dealproof.model.evidence import Box
from dealproof.tables.boxes import cell_boxes, sides
from dealproof.tables.page import PageContent

#: Lines closer than this are the same line, and ends closer than this touch (points).
SNAP = 3.0
#: Shortest piece of a line, and shortest line, that counts (points).
SHORTEST_PIECE, SHORTEST = 2.0, 4.0
#: A page with more pieces of lines is a drawing.
MOST_PIECES = 20_000
#: Uprights without a level line of which pairs are looked at.
MOST_BARE = 60


@dataclass(frozen=True, slots=True)
class Edge:
    """One straight line: level at the height `at`, or upright at the place `at`, from `start` to `end` (points)."""

    at: float
    start: float
    end: float
    is_level: bool

    @property
    def box(self) -> Box:
        """Where it is drawn."""
        if self.is_level:
            return Box(self.start, self.at, self.end, self.at)
        return Box(self.at, self.start, self.at, self.end)


def edges_of(content: PageContent) -> list[Edge]:
    """The lines of a page, level ones first, each kind by place. Empty for a page that is a drawing."""
    pieces = [rule for rule in content.rules if max(rule.x1 - rule.x0, rule.bottom - rule.top) >= SHORTEST_PIECE]
    if len(pieces) > MOST_PIECES:
        return []
    boxed = [Edge(*side) for side in sides(cell_boxes(content.fills))]
    level = [Edge((r.top + r.bottom) / 2, r.x0, r.x1, True) for r in pieces if r.is_horizontal]
    upright = [Edge((r.x0 + r.x1) / 2, r.top, r.bottom, False) for r in pieces if not r.is_horizontal]
    level += [edge for edge in boxed if edge.is_level]
    upright += [edge for edge in boxed if not edge.is_level]
    return [edge for edge in (*_merged(level), *_merged(upright)) if edge.end - edge.start >= SHORTEST]


def _merged(pieces: Sequence[Edge]) -> list[Edge]:
    merged: list[Edge] = []
    for group in _by_place(pieces):
        at = sum(piece.at for piece in group) / len(group)
        group.sort(key=lambda each: (each.start, each.end))
        start, end = group[0].start, group[0].end
        for piece in group:
            if piece.start > end + SNAP:
                merged.append(Edge(at, start, end, piece.is_level))
                start, end = piece.start, piece.end
            start, end = min(start, piece.start), max(end, piece.end)
        merged.append(Edge(at, start, end, group[0].is_level))
    return merged


def _by_place(pieces: Sequence[Edge]) -> Iterable[list[Edge]]:
    """Pieces at one place."""
    group: list[Edge] = []
    for piece in sorted(pieces, key=lambda each: (each.at, each.start, each.end)):
        if group and piece.at - group[0].at > SNAP:
            yield group
            group = []
        group.append(piece)
    if group:
        yield group


def frames(edges: Sequence[Edge]) -> list[list[Edge]]:
    """Lines that touch one another, directly or through others, uprights of one extent, and frames that lie in one another;
    from top to bottom."""
    parent = list(range(len(edges)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    uprights = [(index, edge) for index, edge in enumerate(edges) if not edge.is_level]
    for index, edge in enumerate(edges):
        if edge.is_level:
            for other, upright in uprights:
                if _touch(edge, upright):
                    parent[root(other)] = root(index)
    tied = {root(index) for index, edge in enumerate(edges) if edge.is_level}
    bare = [(index, edge) for index, edge in uprights if root(index) not in tied]
    for (index, left), (other, right) in pairwise(sorted(bare, key=lambda each: (round(each[1].start), each[1].at))):
        if abs(left.start - right.start) <= SNAP and abs(left.end - right.end) <= SNAP:
            parent[root(other)] = root(index)
    for index, other in _sides([(i, edge) for i, edge in bare if edge.end - edge.start > 2 * SNAP]):
        parent[root(other)] = root(index)
    groups: dict[int, list[Edge]] = defaultdict(list)
    for index, edge in enumerate(edges):
        groups[root(index)].append(edge)
    return sorted(_nested(list(groups.values())), key=lambda group: (around(group).top, around(group).x0))


def _sides(bare: Sequence[tuple[int, Edge]]) -> Iterator[tuple[int, int]]:
    """Pairs of uprights of one extent that are the sides of a table: others between them begin where they begin and end sooner,
    as uprights do that stop at a title."""
    for (index, left), (other, right) in combinations(sorted(bare, key=lambda each: each[1].at)[:MOST_BARE], 2):
        if abs(left.start - right.start) <= SNAP and abs(left.end - right.end) <= SNAP:
            inner = [
                edge
                for _, edge in bare
                if left.at + SNAP < edge.at < right.at - SNAP and abs(edge.start - left.start) <= SNAP
            ]
            if inner and all(edge.end < left.end - SNAP for edge in inner):
                yield index, other


def _touch(level: Edge, upright: Edge) -> bool:
    return (
        level.start - SNAP <= upright.at <= level.end + SNAP and upright.start - SNAP <= level.at <= upright.end + SNAP
    )


def _nested(groups: list[list[Edge]]) -> list[list[Edge]]:
    """Lines inside the box of a frame are part of it."""
    kept: list[tuple[Box, list[Edge]]] = []
    for group in sorted(groups, key=lambda each: -_area(around(each))):
        box = around(group)
        outer = next((other for place, other in kept if _area(place) > 0 and _holds(place, box)), None)
        if outer is None:
            kept.append((box, list(group)))
        else:
            outer.extend(group)
    return [group for _, group in kept]


def _holds(outer: Box, box: Box) -> bool:
    return (
        outer.x0 - SNAP <= box.x0
        and box.x1 <= outer.x1 + SNAP
        and outer.top - SNAP <= box.top
        and box.bottom <= outer.bottom + SNAP
    )


def _area(box: Box) -> float:
    return (box.x1 - box.x0) * (box.bottom - box.top)


def around(edges: Iterable[Edge]) -> Box:
    """The box around lines."""
    return reduce(Box.union, (edge.box for edge in edges))


def steps(values: Iterable[float], least: float = SNAP) -> list[float]:
    """Places in order, those that are closer than `least` to the one before left out."""
    kept: list[float] = []
    for value in sorted(values):
        if not kept or value - kept[-1] > least:
            kept.append(value)
    return kept



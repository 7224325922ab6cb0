"""Cells that are boxes of a shade, parted from their neighbours by white: their sides stand for ruling lines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import reduce

from dealproof.model.evidence import Box

#: Width of the white between two boxes (points).
LEAST_WHITE, MOST_WHITE = 0.5, 3.0
#: Share of the smaller of two boxes along which they lie beside each other.
BESIDE = 0.8
#: Boxes from which on they are a table, and above which a page is a drawing.
FEW, MOST = 4, 4000
#: Share of the place of a table that its boxes cover.
COVER = 0.7


def cell_boxes(fills: Sequence[Box]) -> list[Box]:
    """The shades that are cells: boxes that white parts from boxes beside them and from boxes above or below."""
    boxes = [fill for fill in fills if fill.x1 - fill.x0 > MOST_WHITE and fill.bottom - fill.top > MOST_WHITE]
    if not FEW <= len(boxes) <= MOST:
        return []
    beside = list(_neighbours(boxes, True))
    parent = list(range(len(boxes)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for one, other in (*beside, *_neighbours(boxes, False)):
        parent[root(other)] = root(one)
    groups: dict[int, list[int]] = defaultdict(list)
    for index in range(len(boxes)):
        groups[root(index)].append(index)
    parted = {root(one) for one, _ in beside}
    found: list[Box] = []
    for key, group in groups.items():
        members = [boxes[index] for index in group]
        if key in parted and len(group) >= FEW and _cover(members):
            found += members
    return found


def _cover(boxes: Sequence[Box]) -> bool:
    """Whether boxes leave little between them bare and do not lie on one another, as shades behind lines of text do."""
    around = reduce(Box.union, boxes)
    covered = sum((box.x1 - box.x0) * (box.bottom - box.top) for box in boxes)
    return COVER <= covered / ((around.x1 - around.x0) * (around.bottom - around.top)) <= 1


def _neighbours(boxes: Sequence[Box], side_by_side: bool) -> Iterator[tuple[int, int]]:
    """Pairs of boxes with a strip of white between them, by their places in `boxes`."""
    spans = [(b.x0, b.x1, b.top, b.bottom) if side_by_side else (b.top, b.bottom, b.x0, b.x1) for b in boxes]
    order = sorted(range(len(boxes)), key=lambda index: spans[index][0])
    starts = [spans[index][0] for index in order]
    at = 0
    for index in sorted(order, key=lambda each: spans[each][1]):
        _, end, low, high = spans[index]
        while at < len(order) and starts[at] < end + LEAST_WHITE:
            at += 1
        for other in order[at:]:
            start, _, low_, high_ = spans[other]
            if start > end + MOST_WHITE:
                break
            if min(high, high_) - max(low, low_) >= BESIDE * min(high - low, high_ - low_):
                yield index, other


def sides(boxes: Sequence[Box]) -> list[tuple[float, float, float, bool]]:
    """The sides of boxes as (place, start, end, whether level)."""
    found: list[tuple[float, float, float, bool]] = []
    for box in boxes:
        found += [(y, box.x0, box.x1, True) for y in (box.top, box.bottom)]
        found += [(x, box.top, box.bottom, False) for x in (box.x0, box.x1)]
    return found

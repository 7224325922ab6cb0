"""The cuts of one frame of ruling lines, with the lines that are drawn."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from dealproof.model.evidence import Box
from dealproof.tables.edges import Edge, around, steps
from dealproof.tables.page import PageContent

#: Share of a row's height, or a column's width, along which a line must be drawn to part the cells beside it.
DRAWN = 0.5
#: Share of a row's height that an upright line leaves out, or is drawn in, at least, where it ends within the row.
BROKEN = 0.04
#: A row or column without text that is thinner than this is the room of a double line (points).
THIN_ROW, THIN_COLUMN = 5.0, 6.0


@dataclass(frozen=True, slots=True)
class Frame:
    """The cuts of one frame: `xs` and `ys` from its outer edges inwards and out again, with the lines that are drawn."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    edges: tuple[Edge, ...]

    @property
    def box(self) -> Box:
        """The whole frame."""
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])

    def is_parted(self, row: int, cut: int) -> bool:
        """Whether an upright line is drawn at the cut `xs[cut]` beside the row between `ys[row]` and `ys[row + 1]`."""
        return self.is_drawn_beside(cut, self.ys[row], self.ys[row + 1])

    def is_drawn_beside(self, cut: int, top: float, bottom: float) -> bool:
        """Whether an upright line is drawn at the cut `xs[cut]` between two heights."""
        return self._drawn(False, self.xs[cut], top, bottom) >= DRAWN

    def is_broken(self, row: int, cut: int) -> bool:
        """Whether an upright line is drawn at the cut `xs[cut]` beside a part of the row only."""
        return BROKEN < self._drawn(False, self.xs[cut], self.ys[row], self.ys[row + 1]) < 1 - BROKEN

    def is_underlined(self, cut: int, column: int) -> bool:
        """Whether a level line is drawn at the cut `ys[cut]` under the column between `xs[column]` and `xs[column + 1]`."""
        return self._drawn(True, self.ys[cut], self.xs[column], self.xs[column + 1]) >= DRAWN

    def _drawn(self, is_level: bool, at: float, start: float, end: float) -> float:
        parts = [
            min(edge.end, end) - max(edge.start, start)
            for edge in self.edges
            if edge.is_level == is_level and abs(edge.at - at) <= 3.0
        ]
        return sum(part for part in parts if part > 0) / max(end - start, 0.1)


def frame_of(content: PageContent, edges: Sequence[Edge]) -> Frame | None:
    """The frame that lines make; None where they part nothing."""
    box = around(edges)
    xs = steps([box.x0, *(edge.at for edge in edges if not edge.is_level), box.x1])
    ys = steps([box.top, *(edge.at for edge in edges if edge.is_level), box.bottom])
    xs = [x for x, beyond in zip(xs, [*xs[1:], None], strict=True) if beyond is None or not _is_room(content, box, x, beyond, True)]
    ys = [y for y, beyond in zip(ys, [*ys[1:], None], strict=True) if beyond is None or not _is_room(content, box, y, beyond, False)]
    if len(xs) < 2 or len(ys) < 2:
        return None
    begun = _begun(edges, box, ys)
    return _without_underlines(Frame(tuple(xs), tuple(steps([*ys, *(edge.at for edge in begun)])), (*edges, *begun)))


def _without_underlines(frame: Frame) -> Frame:
    """The frame without the cuts of level lines that part no column, as a line under a figure does."""
    columns = range(len(frame.xs) - 1)
    inner = [y for cut, y in enumerate(frame.ys[1:-1], 1) if any(frame.is_underlined(cut, column) for column in columns)]
    return replace(frame, ys=(frame.ys[0], *inner, frame.ys[-1]))


def _begun(edges: Sequence[Edge], box: Box, ys: Sequence[float]) -> list[Edge]:
    """Level lines that are not drawn where several upright ones begin or end together, as under a title inside the frame."""
    ends = sorted(y for e in edges if not e.is_level and box.x0 + 3 < e.at < box.x1 - 3 for y in (e.start, e.end))
    return [
        Edge(y, box.x0, box.x1, True)
        for y in steps(ends)
        if all(abs(y - other) > THIN_ROW for other in ys) and sum(1 for end in ends if abs(end - y) <= 3.0) >= 2
    ]


def _is_room(content: PageContent, box: Box, start: float, end: float, is_column: bool) -> bool:
    """Whether nothing stands between two cuts that are as close as the lines of a double line."""
    if end - start >= (THIN_COLUMN if is_column else THIN_ROW):
        return False
    if is_column:
        return not any(start <= (c.x0 + c.x1) / 2 < end and box.top <= c.middle < box.bottom for c in content.chars)
    return not any(start <= c.middle < end and box.x0 <= (c.x0 + c.x1) / 2 < box.x1 for c in content.chars)

"""What the header of a table is made of: its texts, the lines drawn in it, the tree of its texts, its cells."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from dealproof.model.evidence import Box
from dealproof.tables.lines import Segment, bounding

#: Share of a column or of a text along which a line must be drawn to part it.
DRAWN = 0.5
Slots = Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True)
class Drawn:
    """Lines in a header: level ones as (height, left, right), upright ones as (place, top, bottom)."""

    level: tuple[tuple[float, float, float], ...] = ()
    upright: tuple[tuple[float, float, float], ...] = ()

    def parts(self, top: float, bottom: float, left: float, right: float) -> bool:
        """Whether a level line is drawn between two heights over most of what lies between two places."""
        return any(
            min(x1, right) - max(x0, left) >= DRAWN * (right - left) for y, x0, x1 in self.level if top <= y <= bottom
        )

    def has_upright(self, left: float, right: float, height: float | None = None) -> bool:
        """Whether an upright line is drawn between two places (at a height, where that matters)."""
        return any(
            left <= x <= right and (height is None or top <= height <= bottom) for x, top, bottom in self.upright
        )


@dataclass(frozen=True, slots=True)
class Node:
    """One header cell: its rows, its columns, its texts."""

    row: int
    row_span: int
    first: int
    last: int
    segments: tuple[Segment, ...]


@dataclass(frozen=True)
class Text:
    """The lines of one header cell."""

    segments: tuple[Segment, ...]

    @cached_property
    def box(self) -> Box:
        """Where it is printed."""
        return bounding([char for segment in self.segments for char in segment.chars])

    @property
    def size(self) -> float:
        """Size of its letters."""
        return self.segments[0].chars[0].size

    @property
    def middle(self) -> float:
        """Its height."""
        return (self.box.top + self.box.bottom) / 2

    @property
    def centre(self) -> float:
        """Its middle between left and right."""
        return (self.box.x0 + self.box.x1) / 2


@dataclass(frozen=True)
class Tree:
    """A text over the columns `first` to `last` with what stands under it."""

    text: Text
    first: int
    last: int
    under: tuple[Tree, ...] = ()

    @cached_property
    def depth(self) -> int:
        """The number of texts from here down to the deepest name."""
        return 1 + max((tree.depth for tree in self.under), default=0)

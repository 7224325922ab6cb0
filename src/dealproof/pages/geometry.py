"""From the coordinates of a PDF to those of a viewer and back.

A PDF counts points from the bottom left of its media box, before the page is cropped and rotated. Everything
outside this package counts from the top left of the page as a viewer shows it.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dealproof.model.evidence import Box

#: Text within this many degrees of level (or of a quarter turn) is straight; beyond it is slanted.
SLANT = 3.0


@dataclass(frozen=True, slots=True)
class Frame:
    """How one page is shown: the visible rectangle in PDF coordinates and the clockwise rotation in degrees."""

    left: float
    bottom: float
    right: float
    top: float
    rotation: int = 0

    @property
    def width(self) -> float:
        """Width of the page as shown."""
        return self.right - self.left if self.rotation % 180 == 0 else self.top - self.bottom

    @property
    def height(self) -> float:
        """Height of the page as shown."""
        return self.top - self.bottom if self.rotation % 180 == 0 else self.right - self.left

    def shown(self, x: float, y: float) -> tuple[float, float]:
        """Where a point of the PDF appears, from the top left."""
        if self.rotation == 90:
            return y - self.bottom, x - self.left
        if self.rotation == 180:
            return self.right - x, y - self.bottom
        if self.rotation == 270:
            return self.top - y, self.right - x
        return x - self.left, self.top - y

    def printed(self, x: float, y: float) -> tuple[float, float]:
        """The PDF's own coordinates of a point given as shown."""
        if self.rotation == 90:
            return y + self.left, x + self.bottom
        if self.rotation == 180:
            return self.right - x, y + self.bottom
        if self.rotation == 270:
            return self.right - y, self.top - x
        return x + self.left, self.top - y

    def shown_box(self, left: float, bottom: float, right: float, top: float) -> Box:
        """A rectangle of the PDF as a box of the viewer."""
        return _box(self.shown(left, top), self.shown(right, bottom))

    def printed_box(self, box: Box) -> tuple[float, float, float, float]:
        """A box of the viewer as (left, bottom, right, top) of the PDF."""
        made = _box(self.printed(box.x0, box.top), self.printed(box.x1, box.bottom))
        return made.x0, made.top, made.x1, made.bottom

    def turn(self, a: float, b: float) -> int | None:
        """The quarter turn (0, 90, 180, 270 counter-clockwise, as shown) of text that runs along (a, b).

        None when the text is slanted.
        """
        return quarter_turn(a, b, self.rotation)

    def shows(self, box: Box) -> bool:
        """Whether the middle of a box of the viewer lies on the page: what lies beyond its edge is not seen."""
        x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
        return 0 <= x <= self.width and 0 <= y <= self.height


def quarter_turn(a: float, b: float, rotation: int = 0) -> int | None:
    """The quarter turn of text that runs along (a, b) on a page rotated clockwise; None when it is slanted."""
    angle = math.degrees(math.atan2(b, a)) - rotation
    quarter = round(angle / 90)
    return quarter % 4 * 90 if abs(angle - 90 * quarter) <= SLANT else None


def frame_of(page: Any) -> Frame:
    """The frame of a PDFium page: its crop box as far as it lies in its media box."""
    left, bottom, right, top = page.get_bbox()
    return Frame(left, bottom, right, top, page.get_rotation())


def cropped(media: Sequence[float], crop: Sequence[float] | None, rotation: int) -> tuple[Frame, Box]:
    """The frame of a page with these boxes (any two opposite corners), and where it lies on the whole sheet as shown.

    Parsers that know nothing of crop boxes count from the corner of the whole sheet.
    """
    whole = _rectangle(media)
    seen = whole
    if crop is not None:
        cut = _rectangle(crop)
        common = (max(whole[0], cut[0]), max(whole[1], cut[1]), min(whole[2], cut[2]), min(whole[3], cut[3]))
        seen = common if common[0] < common[2] and common[1] < common[3] else whole
    return Frame(*seen, rotation), Frame(*whole, rotation).shown_box(*seen)


def _rectangle(corners: Sequence[float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(place) for place in corners)
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def turned(box: Box, turn: int, width: float, height: float) -> Box:
    """`box` on a sheet of this size after text turned by `turn` has been laid level."""
    if turn == 90:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    if turn == 180:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if turn == 270:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    return box


def turned_back(box: Box, turn: int, width: float, height: float) -> Box:
    """Undo `turned`; width and height are those of the sheet as shown."""
    if turn == 90:
        return Box(box.top, height - box.x1, box.bottom, height - box.x0)
    if turn == 180:
        return turned(box, 180, width, height)
    if turn == 270:
        return Box(width - box.bottom, box.x0, width - box.top, box.x1)
    return box


def _box(one: tuple[float, float], other: tuple[float, float]) -> Box:
    return Box(min(one[0], other[0]), min(one[1], other[1]), max(one[0], other[0]), max(one[1], other[1]))

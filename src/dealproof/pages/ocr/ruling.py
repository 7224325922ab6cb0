"""Ruling lines of a picture, and the page without them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

#: A level line shorter than this (points) must reach from one upright line to another: letters have level strokes.
WIDE = 70.0
#: A horizontal line is at least this long (points); a vertical one may be as short as a row is high.
LONG, HIGH = 24.0, 10.0
#: A vertical stroke shorter than this (points) must reach from one level line to another: it may be part of a letter.
FREE = 45.0
#: How near (points) its ends come to them, and which share of the way between them is ink.
TIED, SOLID = 2.0, 0.97
#: A ruling line is at most this thick (points).
THICK = 3.0
#: Gaps up to this length (points) inside a stroke are faults of the scan; pieces up to `GAP` apart are one line.
FAULT, GAP = 0.8, 2.5
#: Pieces of one line lie within this distance (points).
SAME = 1.5


@dataclass(frozen=True, slots=True)
class Stroke:
    """One ruling line in points of the straight page."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_level(self) -> bool:
        """Whether it runs from left to right."""
        return self.x1 - self.x0 >= self.bottom - self.top


def find_rules(ink: Any, per_point: float) -> tuple[list[Stroke], Any]:
    """The ruling lines of a page, and a mask (255) of the ink that they are made of."""
    import numpy as np

    mask = np.zeros_like(ink)
    flat, standing = _pieces(ink, per_point, True), _pieces(ink, per_point, False)
    level = [line for line in _along([stroke for stroke, _ in flat]) if line.x1 - line.x0 >= WIDE]
    sure = [
        stroke
        for stroke, _ in standing
        if stroke.bottom - stroke.top >= FREE or _is_tied(stroke, level, ink, per_point)
    ]
    upright = _along([stroke for stroke, _ in standing if _is_part(stroke, sure)])
    short = [line for line in _along([stroke for stroke, _ in flat]) if line.x1 - line.x0 < WIDE]
    level += [line for line in short if _is_held(line, upright)]
    drawn = [item for item in flat if _lies_on(item[0], level)]
    for _, (x, y, pixels) in [*drawn, *(item for item in standing if _is_part(item[0], upright))]:
        high, wide = pixels.shape
        mask[y : y + high, x : x + wide] |= pixels
    return [*level, *upright], mask


def _is_held(line: Stroke, upright: list[Stroke]) -> bool:
    """Whether both ends of a level line meet upright ones; strokes of a row of letters hang in the air."""
    near = [rule.x0 for rule in upright if rule.top - 3 <= line.top <= rule.bottom + 3]
    return all(any(abs(x - end) <= 2 * TIED for x in near) for end in (line.x0, line.x1))


def _lies_on(stroke: Stroke, lines: list[Stroke]) -> bool:
    middle = (stroke.x0 + stroke.x1) / 2
    return any(abs(line.top - stroke.top) <= 2 * SAME and line.x0 <= middle <= line.x1 for line in lines)


def grown(mask: Any) -> Any:
    """Where ruling lines are, with the pixel around them that is left of their ink."""
    import cv2
    import numpy as np

    return cv2.dilate(mask, np.ones((3, 3), np.uint8)) > 0


def _is_part(stroke: Stroke, lines: list[Stroke]) -> bool:
    """Whether a stroke belongs to one of the lines or goes on from its end."""
    return any(
        abs(line.x0 - stroke.x0) <= SAME and line.top - GAP <= stroke.bottom and stroke.top <= line.bottom + GAP
        for line in lines
    )


def _pieces(ink: Any, per_point: float, level: bool) -> list[tuple[Stroke, tuple[int, int, Any]]]:
    """Straight thin pieces of ink with their pixels: (left, top, mask)."""
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(_strokes(ink, per_point, level), connectivity=8)
    found = []
    for index in range(1, count):
        x, y, wide, high, area = (int(v) for v in stats[index])
        length, breadth = (wide, high) if level else (high, wide)
        if area / length > THICK * per_point or breadth > 3 * THICK * per_point:
            continue
        if length >= (LONG if level else HIGH) * per_point:
            pixels = np.where(labels[y : y + high, x : x + wide] == index, 255, 0).astype(np.uint8)
            found.append((_stroke(x, y, wide, high, level, per_point), (x, y, pixels)))
    return found


def _is_tied(stroke: Stroke, level: list[Stroke], ink: Any, per_point: float) -> bool:
    """Whether ink runs from the level line above to the one below; a stroke of a letter ends short of them."""
    near = [line.top for line in level if line.x0 - 3 <= stroke.x0 <= line.x1 + 3]
    above = [y for y in near if abs(y - stroke.top) <= TIED]
    below = [y for y in near if abs(y - stroke.bottom) <= TIED]
    if not above or not below:
        return False
    x, top, bottom = round(stroke.x0 * per_point), round(min(above) * per_point), round(max(below) * per_point)
    column = ink[top : bottom + 1, max(0, x - 2) : x + 3].any(axis=1)
    return bool(column.size and column.mean() >= SOLID)


def _strokes(ink: Any, per_point: float, level: bool) -> Any:
    """Ink that runs on in one direction; small gaps are closed."""
    import cv2
    import numpy as np

    def bar(points: float) -> Any:
        length = max(3, round(points * per_point))
        return np.ones((1, length) if level else (length, 1), np.uint8)

    thick = np.ones((2, 1) if level else (1, 2), np.uint8)
    joined = cv2.morphologyEx(cv2.dilate(ink, thick), cv2.MORPH_CLOSE, bar(FAULT))
    opened = cv2.morphologyEx(joined, cv2.MORPH_OPEN, bar(LONG if level else HIGH))
    return cv2.morphologyEx(opened, cv2.MORPH_CLOSE, bar(GAP))


def _stroke(x: int, y: int, wide: int, high: int, level: bool, per_point: float) -> Stroke:
    """A line of no breadth through the middle of its ink."""
    x0, top, x1, bottom = x / per_point, y / per_point, (x + wide) / per_point, (y + high) / per_point
    if level:
        middle = (top + bottom) / 2
        return Stroke(x0, middle, x1, middle)
    middle = (x0 + x1) / 2
    return Stroke(middle, top, middle, bottom)


def _along(strokes: list[Stroke]) -> list[Stroke]:
    """Pieces that continue each other as one line; all of them run the same way."""
    kept: list[Stroke] = []
    for stroke in sorted(strokes, key=_place):
        last = kept[-1] if kept else None
        if last is not None and abs(_across(last) - _across(stroke)) <= SAME and _apart(last, stroke) <= 2 * GAP:
            kept[-1] = _joined(last, stroke)
        else:
            kept.append(stroke)
    return kept


def _apart(one: Stroke, other: Stroke) -> float:
    """White between two strokes of one direction, whichever comes first."""
    return max(_begin(other) - _end(one), _begin(one) - _end(other))


def _joined(one: Stroke, other: Stroke) -> Stroke:
    """Both as one line, at the place of the longer one."""
    if one.is_level:
        longer = max((one, other), key=lambda stroke: stroke.x1 - stroke.x0)
        return Stroke(min(one.x0, other.x0), longer.top, max(one.x1, other.x1), longer.top)
    longer = max((one, other), key=lambda stroke: stroke.bottom - stroke.top)
    return Stroke(longer.x0, min(one.top, other.top), longer.x0, max(one.bottom, other.bottom))


def _place(stroke: Stroke) -> tuple[float, float]:
    return round(_across(stroke) / SAME), _begin(stroke)


def _across(stroke: Stroke) -> float:
    return (stroke.top + stroke.bottom) / 2 if stroke.is_level else (stroke.x0 + stroke.x1) / 2


def _begin(stroke: Stroke) -> float:
    return stroke.x0 if stroke.is_level else stroke.top


def _end(stroke: Stroke) -> float:
    return stroke.x1 if stroke.is_level else stroke.bottom

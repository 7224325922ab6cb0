"""Laying a page straight: which way is up, and by how many degrees it lies askew."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from dealproof.pages.ocr.engine import Found, find_text, read_lines

#: Most degrees by which a page lies askew in a scanner, and how finely that is told.
MOST, STEPS = 5.0, (0.5, 0.1, 0.02)
#: A page within this many degrees of level is left as it is: turning blurs.
LEVEL = 0.06
#: A line of text that is this many times as high as wide runs up or down.
TALL = 1.6
#: Lines looked at to tell up from down, and the surety above which a page is not turned over.
LOOKED_AT, SURE = 6, 0.9
#: Pixels per point in which lines are found well enough to tell up from down.
COARSE = 1.2

Boxes = Sequence[Found]


def skew_of(ink: Any) -> float:
    """Degrees (counter-clockwise) by which a page must be turned to lie level; `ink` is 255 where there is ink.

    Rows of text and rules that lie level make the sharpest profile.
    """
    import cv2

    height, width = ink.shape
    scale = min(1.0, 900 / max(height, width))
    small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    best, reach = 0.0, MOST
    for step in STEPS:
        tried = [best + step * n for n in range(-round(reach / step), round(reach / step) + 1)]
        best = max(tried, key=lambda angle: (_sharpness(small, angle), -abs(angle)))
        reach = step
    return best if abs(best) > LEVEL else 0.0


def _sharpness(ink: Any, angle: float) -> float:
    import numpy as np

    profile = turned(ink, angle, 0).sum(axis=1, dtype=np.float64)
    return float(((profile[1:] - profile[:-1]) ** 2).sum())


def turned(picture: Any, angle: float, paper: int) -> Any:
    """The picture turned counter-clockwise around its middle, corners filled with `paper`."""
    import cv2

    if not angle:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    return cv2.warpAffine(picture, matrix, (width, height), flags=cv2.INTER_CUBIC, borderValue=paper)


def quarter(picture: Any, turn: int) -> Any:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(picture, -turn // 90)) if turn else picture


def turn_of(grey: Any, per_point: float) -> int:
    """The clockwise turn (0, 90, 180, 270) that sets a page upright: the way in which its lines can be read."""
    boxes = _lines(grey, per_point)
    sideways = sum(box[3] - box[1] > TALL * (box[2] - box[0]) for box in boxes)
    level = sum(box[2] - box[0] > TALL * (box[3] - box[1]) for box in boxes)
    turns = (90, 270) if sideways > level else (0, 180)
    if turns[0]:
        grey = quarter(grey, turns[0])
        boxes = _lines(grey, per_point)
    first = _surety(grey, boxes)
    if first >= SURE or not boxes:
        return turns[0]
    over = quarter(grey, 180)
    return turns[1] if _surety(over, _lines(over, per_point)) > first else turns[0]


def _lines(grey: Any, per_point: float) -> Boxes:
    """The lines of text of a page, found in a coarse picture of it."""
    import cv2

    scale = min(1.0, COARSE / per_point)
    found = find_text(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA))
    return [Found(b.x0 / scale, b.top / scale, b.x1 / scale, b.bottom / scale, b.slope) for b in found]


def _surety(grey: Any, boxes: Boxes) -> float:
    """How sure the recogniser is of some lines of middling length."""
    lines = sorted(boxes, key=lambda box: (box[0] - box[2], box))
    middling = lines[len(lines) // 4 :][:LOOKED_AT] or lines[:LOOKED_AT]
    crops = [grey[max(0, int(top)) : int(bottom) + 1, int(x0) : int(x1) + 1] for x0, top, x1, bottom, _ in middling]
    found = [sum(line.surety) / len(line.surety) for line in read_lines(crops) if line.surety]
    return median(found) if found else 0.0

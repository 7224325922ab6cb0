"""Laying a page straight: which way is up, and by how many degrees it lies askew."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any

from dealproof.pages.ocr.engine import ReadLine
from dealproof.pages.ocr.find_lines import Found

#: Most degrees by which a page lies askew in a scanner, and how finely that is told.
MOST, STEPS = 5.0, (0.5, 0.1, 0.02)
#: A page within this many degrees of level is left as it is: turning blurs.
LEVEL = 0.06
#: A line of text that is this many times as high as wide runs up or down.
TALL = 1.6
#: Lines looked at to tell up from down, and the surety above which a page is not turned over.
LOOKED_AT, SURE = 6, 0.9


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
    import cv2

    profile = cv2.reduce(turned(ink, angle, 0, cv2.INTER_LINEAR), 1, cv2.REDUCE_SUM, dtype=cv2.CV_64F)
    return float(((profile[1:] - profile[:-1]) ** 2).sum())


def turned(picture: Any, angle: float, paper: int, between: int | None = None) -> Any:
    """The picture turned counter-clockwise around its middle, corners filled with `paper`; `between` is how pixels are made of
    those around them, cubic unless said otherwise."""
    import cv2

    if not angle:
        return picture
    height, width = picture.shape[:2]
    matrix = cv2.getRotationMatrix2D(((width - 1) / 2, (height - 1) / 2), angle, 1.0)
    how = cv2.INTER_CUBIC if between is None else between
    return cv2.warpAffine(picture, matrix, (width, height), flags=how, borderValue=paper)


def quarter(picture: Any, turn: int) -> Any:
    """The picture turned clockwise by 0, 90, 180 or 270 degrees."""
    import numpy as np

    return np.ascontiguousarray(np.rot90(picture, -turn // 90)) if turn else picture


def lies_sideways(lines: Sequence[Found]) -> bool:
    """Whether the lines of text of a page run up or down it."""
    sideways = sum(line.bottom - line.top > TALL * (line.x1 - line.x0) for line in lines)
    level = sum(line.x1 - line.x0 > TALL * (line.bottom - line.top) for line in lines)
    return sideways > level


def telling(widths: Sequence[float]) -> list[int]:
    """Which lines, of these widths, tell whether a page stands on its head: some of middling length."""
    order = sorted(range(len(widths)), key=lambda index: (-widths[index], index))
    return (order[len(order) // 4 :] or order)[:LOOKED_AT]


def reads_well(lines: Sequence[ReadLine]) -> float:
    """How sure the recogniser is of some lines, in the middle of them; 0 where nothing can be read."""
    found = [sum(line.surety) / len(line.surety) for line in lines if line.surety]
    return median(found) if found else 0.0

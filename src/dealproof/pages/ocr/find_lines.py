"""Lines of text in a picture: what the detector's map of chances says, as places."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple

from dealproof.pages.ocr.runtime import Network, load, memory_named, trim

MODEL = "PP-OCRv6_det_small.onnx"
#: Lines are looked for in a picture of at most this many pixels, wide or high (more cost up to four times as much); a small
#: picture is made so large that its shorter side has that many.
LONGEST, SHORTEST = 1_280, 736
#: The detector takes pictures whose sides are multiples of this.
SIDE = 32
#: Chance from which a pixel belongs to text, and mean chance from which a patch of such pixels is a line.
PIXEL, LINE = 0.3, 0.5
#: The detector marks the core of a line: it is grown by its area times this, divided by its circumference.
GROWN = 1.6
#: Pixels that the core of a line, and the line, are high at least.
LOW_CORE, LOW_LINE = 3.0, 5.0
#: A line that falls more than this for each pixel to the right does not run from left to right.
STEEP = 0.2


class Found(NamedTuple):
    """A line of text found in a picture, in pixels: its ends, its upper and lower edge at its middle, and by how much
    it falls for each pixel to the right."""

    x0: float
    top: float
    x1: float
    bottom: float
    slope: float = 0.0


def find_text(picture: Any) -> list[Found]:
    """The lines of text in a grey picture, from the top. Raises MemoryError where there is too little of it."""
    import cv2
    import numpy as np

    high, wide = picture.shape
    scale = min(LONGEST / max(high, wide), max(1.0, SHORTEST / min(high, wide)))
    size = tuple(max(SIDE, round(side * scale / SIDE) * SIDE) for side in (wide, high))
    seen = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR)
    plane = seen.astype(np.float32) / 127.5 - 1
    with memory_named():
        trim()
        chances = _detector()(np.ascontiguousarray(np.broadcast_to(plane, (1, 3, *plane.shape))))[0, 0].copy()
        _detector().rest()
    corners = lines_of(chances) * np.array([wide / size[0], high / size[1]], np.float32)
    return sorted(_found(four) for four in corners)


def lines_of(chances: Any) -> Any:
    """The corners of the lines in a map of chances (lines × 4 × 2, x before y)."""
    import cv2
    import numpy as np

    high, wide = chances.shape
    text = cv2.dilate((chances > PIXEL).astype(np.uint8), np.ones((2, 2), np.uint8))
    outlines, _ = cv2.findContours(text, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
    kept = []
    for outline in outlines:
        middle, sides, angle = cv2.minAreaRect(outline)
        if min(sides) < LOW_CORE or _mean_chance(chances, cv2.boxPoints((middle, sides, angle))) < LINE:
            continue
        more = sides[0] * sides[1] * GROWN / (sides[0] + sides[1])
        grown = (sides[0] + more, sides[1] + more)
        if min(grown) >= LOW_LINE:
            kept.append(np.clip(cv2.boxPoints((middle, grown, angle)), 0, (wide - 1, high - 1)))
    return np.array(kept, np.float32).reshape(-1, 4, 2)


def _mean_chance(chances: Any, corners: Any) -> float:
    """The mean chance of text within four corners."""
    import cv2
    import numpy as np

    high, wide = chances.shape
    x0, y0 = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, (wide - 1, high - 1))
    x1, y1 = np.clip(np.ceil(corners.max(axis=0)).astype(int), 0, (wide - 1, high - 1))
    mask = np.zeros((y1 - y0 + 1, x1 - x0 + 1), np.uint8)
    cv2.fillPoly(mask, [(corners - (x0, y0)).astype(np.int32)], 1)
    return float(cv2.mean(chances[y0 : y1 + 1, x0 : x1 + 1], mask)[0])


def _found(corners: Any) -> Found:
    """A line from its corners, in any order. One that stands upright has no slope."""
    left, right = sorted(corners.tolist())[:2], sorted(corners.tolist())[2:]
    (_, a), (_, d) = sorted(left, key=lambda corner: corner[1])
    (_, b), (_, c) = sorted(right, key=lambda corner: corner[1])
    x0, x1 = float(corners[:, 0].min()), float(corners[:, 0].max())
    slope = ((b + c) - (a + d)) / 2 / max(x1 - x0, 1.0)
    if abs(slope) > STEEP:
        return Found(x0, float(corners[:, 1].min()), x1, float(corners[:, 1].max()))
    middle, high = (a + b + c + d) / 4, max(((d - a) + (c - b)) / 2, 1.0)
    return Found(x0, middle - high / 2, x1, middle + high / 2, slope)


def is_loaded() -> bool:
    """Whether this process has loaded the detector."""
    return _detector.cache_info().currsize > 0


@cache
def _detector() -> Network:
    return load(MODEL, keeps_size=True)

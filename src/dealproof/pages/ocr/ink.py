"""From the colours of a page to black ink on white paper: seals, stamps and watermarks go, coloured figures stay.

A seal is large and saturated; in the brightest of the three colour channels it is as white as the paper, and the black
text below it stays black. A red figure is as saturated but small, so it is kept.
"""

from __future__ import annotations

from typing import Any

#: Difference between the strongest and the weakest channel from which ink counts as coloured.
SATURATED = 40
#: A coloured mark at least this large both ways (points) is a seal, a stamp or a watermark, never a figure.
SEAL = 40.0
#: The marks of one seal stand no farther apart than this (points).
CLOSE = 4.0
#: Points around a seal in which its ink fades.
EDGE = 3
#: Window (points) in which the brightness of the paper is judged.
PAPER = 24.0
#: Ink paler than this share of the paper is a watermark or shows through from the back. The rest is stretched.
PALE = 0.78
#: Grey (0 to 255) below which a pixel is ink of a letter, and of a hairline.
INK, HAIRLINE = 150, 225
#: Share below which ink is fully black.
BLACK = 0.25
#: On a page whose letters are at their darkest paler than this share, nothing but the paper is taken away as pale.
FAINT, PAPER_WHITE = 0.25, 0.95
#: Share below which a pixel is looked at as ink, and the heights (points) of letters of a text.
SEEN, LETTER = 0.85, (3.0, 14.0)


def black_ink(coloured: Any, per_point: float) -> Any:
    """The ink of a page (RGB array, `per_point` pixels a point) as a grey array: 255 paper, 0 ink."""
    import cv2
    import numpy as np

    grey = cv2.cvtColor(coloured, cv2.COLOR_RGB2GRAY)
    seals = _seals(coloured, per_point)
    if seals is not None:
        grey = np.where(seals, coloured.max(axis=2), grey)
    return _levelled(grey, per_point)


def _seals(coloured: Any, per_point: float) -> Any:
    """Where large coloured marks are; None where there are none."""
    import cv2
    import numpy as np

    small = cv2.resize(coloured, None, fx=1 / per_point, fy=1 / per_point, interpolation=cv2.INTER_AREA)
    spread = small.max(axis=2).astype(np.int16) - small.min(axis=2)
    mask = (spread > SATURATED).astype(np.uint8)
    if not mask.any():
        return None
    size = int(2 * CLOSE) + 1
    joined = cv2.morphologyEx(mask, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    found = np.zeros_like(mask)
    for x, y, wide, high, _ in stats[1:count]:
        if min(wide, high) >= SEAL:  # a star or a date within the ring of a seal belongs to it
            found[max(0, y - EDGE) : y + high + EDGE, max(0, x - EDGE) : x + wide + EDGE] = 1
    if not found.any():
        return None
    height, width = coloured.shape[:2]
    return cv2.resize(found, (width, height), interpolation=cv2.INTER_NEAREST).astype(bool)


def _levelled(grey: Any, per_point: float) -> Any:
    """Even paper, and pale marks gone, as long as the page's own letters are clearly darker."""
    import numpy as np

    share = grey.astype(np.float32)  # of the paper; worked out in place: a page has up to ten million pixels
    share /= np.maximum(_paper(grey, per_point), 1)
    np.minimum(share, 1, out=share)
    pale = PALE if _darkness(share, per_point) < FAINT else PAPER_WHITE
    share -= BLACK
    share *= 255 / (pale - BLACK)
    return np.clip(share, 0, 255, out=share).astype(np.uint8)


def _darkness(share: Any, per_point: float) -> float:
    """How dark the letters of a page are at their darkest, in the middle of all of them (0 black, 1 paper): thin print
    that was blurred has no black in it."""
    import cv2
    import numpy as np

    ink = (share < SEEN).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    darkest = np.ones(count, np.float32)
    inked = ink > 0
    np.minimum.at(darkest, labels[inked], share[inked])
    high = stats[:, cv2.CC_STAT_HEIGHT]
    letters = (high >= LETTER[0] * per_point) & (high <= LETTER[1] * per_point)
    letters[0] = False
    return float(np.median(darkest[letters])) if letters.any() else 0.0


def _paper(grey: Any, per_point: float) -> Any:
    """The brightness of the paper around every pixel."""
    import cv2
    import numpy as np

    small = cv2.resize(grey, None, fx=1 / per_point, fy=1 / per_point, interpolation=cv2.INTER_AREA)
    size = int(PAPER) | 1
    lit = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((size, size), np.uint8))
    lit = cv2.GaussianBlur(lit, (0, 0), PAPER / 2)
    height, width = grey.shape
    return cv2.resize(lit, (width, height), interpolation=cv2.INTER_LINEAR).astype(np.float32)


def is_ink(grey: Any, darker_than: int = INK) -> Any:
    """Black and white: 255 where there is ink."""
    import cv2

    _, ink = cv2.threshold(grey, darker_than, 255, cv2.THRESH_BINARY_INV)
    return ink

"""What a scanner does to a page: light, dust, blur, noise, a sheet that lies aslant or does not lie flat."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]
WHITE = (255, 255, 255)


def shown_through(page: Picture, behind: Picture, strength: float) -> Picture:
    """The back of the sheet, mirrored and pale; `strength` is the share of its ink that comes through."""
    mirrored = cv2.GaussianBlur(cv2.flip(behind, 1), (0, 0), 2)
    fitted = cv2.resize(mirrored, (page.shape[1], page.shape[0]))
    return (page * (1 - strength * (1 - fitted / 255.0))).astype(np.uint8)


def curled(page: Picture, depth: float) -> Picture:
    """A page that bends towards its left edge, and lines that sag by `depth` pixels in their middle."""
    height, width = page.shape[:2]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    across = x / width
    sag = depth * np.sin(np.pi * across)
    pulled = depth * 1.5 * np.exp(-6 * across)
    moved = cv2.remap(page, (x + pulled).astype(np.float32), (y + sag).astype(np.float32), cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT, borderValue=WHITE)  # fmt: skip
    return np.asarray(moved, np.uint8)


def skewed(page: Picture, degrees: float) -> Picture:
    """A sheet that lies aslant: turned about its middle, clockwise for positive degrees; the window stays."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=WHITE), np.uint8)


def lit(page: Picture, paper: int, shade: float) -> Picture:
    """Grey paper under a lamp whose light falls off to the lower right corner by the share `shade`."""
    height, width = page.shape[:2]
    x, y = np.linspace(0, 1, width)[None, :, None], np.linspace(0, 1, height)[:, None, None]
    light = 1 - shade * (0.6 * x + 0.4 * y) ** 1.5
    return np.clip(page * (paper / 255.0) * light, 0, 255).astype(np.uint8)


def dusty(page: Picture, specks: int, chance: np.random.Generator) -> Picture:
    """Dark and light specks of one to three pixels, and one hair for every hundred specks."""
    height, width = page.shape[:2]
    marked = page.copy()
    for _ in range(specks):
        at = (int(chance.integers(width)), int(chance.integers(height)))
        grey = int(chance.choice((40, 90, 250)))
        cv2.circle(marked, at, int(chance.integers(1, 3)), (grey, grey, grey), -1)
    for _ in range(specks // 100):
        at = (int(chance.integers(width)), int(chance.integers(height)))
        bend = (width // 40, int(chance.integers(4, 12)))
        cv2.ellipse(marked, at, bend, float(chance.uniform(0, 360)), 0, 130, (110, 110, 110), 1)
    return marked


def blurred(page: Picture, sigma: float) -> Picture:
    """Out of focus by a Gaussian of `sigma` pixels."""
    return np.asarray(cv2.GaussianBlur(page, (0, 0), sigma), np.uint8)


def noisy(page: Picture, sigma: float, chance: np.random.Generator) -> Picture:
    """Grain of the sensor with a standard deviation of `sigma` levels of grey, the same in all colours."""
    grain = chance.normal(0, sigma, page.shape[:2])[:, :, None]
    return np.clip(page + grain, 0, 255).astype(np.uint8)


def turned(page: Picture, quarter: int) -> Picture:
    """The sheet put in by another edge: 90, 180 or 270 degrees clockwise."""
    return np.ascontiguousarray(np.rot90(page, -quarter // 90))


def cut(page: Picture, left: int, top: int) -> Picture:
    """What the window of the scanner missed at the left and at the top, in pixels."""
    return np.ascontiguousarray(page[top:, left:])


def fax(page: Picture) -> Picture:
    """Black and white alone, parted where the two part best; grey of one channel, 0 or 255."""
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    _, parted = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    return np.asarray(parted, np.uint8)

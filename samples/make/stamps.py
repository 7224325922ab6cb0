"""What offices put on a printed page before it is scanned: round seal (公章), stamp of date, watermark (水印)."""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Picture = NDArray[np.uint8]
SERIF, SANS, FILLING = "NotoSerifCJK-Bold.ttc", "NotoSansCJK-Regular.ttc", "wqy-microhei.ttc"
#: The place of simplified Chinese in the collections of fonts of four languages.
SIMPLIFIED = {SERIF: 2, SANS: 2, FILLING: 0}
COLOURS = {"grey": (190, 190, 190), "light red": (250, 170, 165), "blue": (150, 180, 235)}
SEAL_RED, DATE_BLUE = (205, 32, 40), (40, 60, 165)
SEAL_MM = 42.0


@lru_cache(maxsize=64)
def font(name: str, size: int) -> ImageFont.FreeTypeFont:
    """A font of this machine by the name of its file, `size` in pixels. Raises OSError where it is not installed."""
    return ImageFont.truetype(name, max(4, size), index=SIMPLIFIED[name])


def press_seal(page: Picture, text: str, at: tuple[float, float], dpi: int, chance: np.random.Generator) -> Picture:
    """Press a round red seal with a star and `text` on its circle; `at` is its centre as shares of width and height."""
    size = round(SEAL_MM / 25.4 * dpi)
    ink = _seal(text, size, int(chance.integers(-18, 19)))
    return _print(page, _worn(ink, chance), at, SEAL_RED)


def stamp_date(page: Picture, text: str, at: tuple[float, float], dpi: int, chance: np.random.Generator) -> Picture:
    """Stamp a blue date in a frame, a little aslant."""
    height = round(0.24 * dpi)
    face = font(SANS, height)
    width = round(face.getlength(text))
    ink = Image.new("L", (width + height, height * 2), 0)
    draw = ImageDraw.Draw(ink)
    draw.rectangle((2, 2, ink.width - 3, ink.height - 3), outline=255, width=max(2, dpi // 70))
    draw.text((ink.width / 2, ink.height / 2), text, fill=255, font=face, anchor="mm")
    turned = ink.rotate(float(chance.uniform(-6, 6)), Image.Resampling.BICUBIC, expand=True)
    return _print(page, _worn(turned, chance), at, DATE_BLUE)


def print_watermark(page: Picture, text: str, colour: str, dpi: int) -> Picture:
    """Print `text` in large pale letters from the lower left to the upper right, three times over the page."""
    face = font(SANS, round(0.55 * dpi))
    for place in (0.2, 0.5, 0.8):
        ink = Image.new("L", (round(face.getlength(text)) + dpi // 4, dpi), 0)
        ImageDraw.Draw(ink).text((ink.width / 2, ink.height / 2), text, fill=255, font=face, anchor="mm")
        page = _print(page, ink.rotate(32, Image.Resampling.BICUBIC, expand=True), (0.5, place), COLOURS[colour])
    return page


def _seal(text: str, size: int, turn: int) -> Image.Image:
    """The ink of a seal as a mask. Drawn at twice its size, so that its edges are soft."""
    large = size * 2
    ink = Image.new("L", (large, large), 0)
    draw = ImageDraw.Draw(ink)
    edge = round(large * 0.012)
    draw.ellipse((edge, edge, large - edge, large - edge), outline=255, width=round(large * 0.028))
    centre = large / 2
    star = []
    for corner in range(10):
        reach = large * (0.17 if corner % 2 == 0 else 0.066)
        angle = math.pi * corner / 5 - math.pi / 2
        star.append((centre + reach * math.cos(angle), centre + reach * math.sin(angle)))
    draw.polygon(star, fill=255)
    face = font(SERIF, round(large * min(0.125, 1.55 / max(len(text), 1))))
    arc = math.radians(min(290, 24 * len(text)))
    for place, letter in enumerate(text):
        angle = (place / max(len(text) - 1, 1) - 0.5) * arc
        tile = Image.new("L", (face.size * 2, face.size * 2), 0)
        ImageDraw.Draw(tile).text((face.size, face.size), letter, fill=255, font=face, anchor="mm")
        tile = tile.rotate(-math.degrees(angle), Image.Resampling.BICUBIC)
        x, y = centre + large * 0.385 * math.sin(angle), centre - large * 0.385 * math.cos(angle)
        ink.paste(255, (round(x - face.size), round(y - face.size)), tile)
    return ink.rotate(turn, Image.Resampling.BICUBIC).resize((size, size), Image.Resampling.LANCZOS)


def _worn(ink: Image.Image, chance: np.random.Generator) -> Image.Image:
    """Ink that did not take everywhere: a seal is pressed by hand."""
    coarse = chance.uniform(0.45, 1.0, (9, 9))
    cover = Image.fromarray((coarse * 255).astype(np.uint8)).resize(ink.size, Image.Resampling.BICUBIC)
    return Image.fromarray((np.asarray(ink) * (np.asarray(cover) / 255.0)).astype(np.uint8))


def _print(page: Picture, ink: Image.Image, at: tuple[float, float], colour: tuple[int, int, int]) -> Picture:
    """Lay coloured ink on the page. Colours multiply as on paper: what was black stays black under it."""
    height, width = page.shape[:2]
    left, top = round(at[0] * width - ink.width / 2), round(at[1] * height - ink.height / 2)
    x0, y0, x1, y1 = max(left, 0), max(top, 0), min(left + ink.width, width), min(top + ink.height, height)
    if x0 >= x1 or y0 >= y1:
        return page
    cover = np.asarray(ink)[y0 - top : y1 - top, x0 - left : x1 - left, None] / 255.0
    inked = page.copy()
    filtered = 1 - cover * (1 - np.array(colour) / 255.0)
    inked[y0:y1, x0:x1] = (page[y0:y1, x0:x1] * filtered).astype(np.uint8)
    return inked

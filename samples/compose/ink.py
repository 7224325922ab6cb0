"""Marks on a page, and how wide text is. Points from the top left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

#: Width of a text in a size.
Measure = Callable[[str, float], float]
ZEN = "/usr/share/fonts/truetype/wqy/wqy-zenhei.ttc"


@dataclass(frozen=True)
class Text:
    """A line of text; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    colour: str = "#000000"


@dataclass(frozen=True)
class Rule:
    """A straight line."""

    x0: float
    y0: float
    x1: float
    y1: float
    width: float = 0.5
    dashed: bool = False
    colour: str = "#000000"


@dataclass(frozen=True)
class Fill:
    """A filled rectangle without an outline."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: str


Mark = Text | Rule | Fill


@dataclass
class Leaf:
    """One page."""

    width: float
    height: float
    marks: list[Mark]


def even(text: str, size: float) -> float:
    """Width where Latin letters take half of a Chinese one."""
    return sum(0.5 if " " <= char <= "~" else 1.0 for char in text) * size


def zen(text: str, size: float) -> float:
    """Width in WenQuanYi Zen Hei."""
    advances = _advances()
    return sum(advances.get(ord(char), 1.0) for char in text) * size


@cache
def _advances() -> dict[int, float]:
    from fontTools.ttLib import TTFont

    with TTFont(ZEN, fontNumber=0, lazy=True) as font:
        units, widths = font["head"].unitsPerEm, font["hmtx"]
        return {code: widths[name][0] / units for code, name in font.getBestCmap().items()}

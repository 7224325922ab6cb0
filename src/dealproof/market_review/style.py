"""How figures look: fonts, shades that stay apart in black and white, room for text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Literal

from dealproof.errors import EngineMissingError

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")
#: Fonts with Chinese letters. Pictures are drawn with the first, which comes with the extra `report`, so that they are the
#: same on every machine; pages and SVG show the first that their reader's machine has.
FONTS = (
    "Noto Sans SC",
    "Noto Sans CJK SC",
    "WenQuanYi Zen Hei",
    "Microsoft YaHei",
    "PingFang SC",
    "SimHei",
    "sans-serif",
)
FONT = ", ".join(f'"{name}"' if " " in name else name for name in FONTS)
#: From dark to light in even steps of lightness, so that a copy in black and white tells them apart; with the ink for text on each.
SHADES = (("#14324f", "#ffffff"), ("#3f7f9f", "#ffffff"), ("#e0b15e", "#111111"), ("#dfe7ec", "#111111"), ("#8b5a2b", "#ffffff"), ("#b9c9b0", "#111111"))  # fmt: skip
SHAPES = ("circle", "triangle-up", "square", "diamond", "cross", "triangle-down")
DASHES = ([1, 0], [6, 3], [2, 2], [8, 3, 2, 3])
INK, SOFT, LINE = "#1d2530", "#55606c", "#c9d1d9"
#: Width of figures in pixels where there is room, and on a phone.
WIDE, NARROW = 760, 350
SIZE = 12


@dataclass(frozen=True, slots=True)
class Canvas:
    """For whom a figure is drawn: the language, and whether there is room beside things."""

    language: Language
    wide: bool = True

    @property
    def width(self) -> int:
        """Width in pixels."""
        return WIDE if self.wide else NARROW


def theme(canvas: Canvas) -> dict[str, Any]:
    """The configuration of every figure."""
    return {
        "font": FONT,
        "background": "#ffffff",
        "padding": 6,
        "view": {"stroke": None},
        "title": {
            "anchor": "start", "frame": "group", "fontSize": 16, "fontWeight": 600, "color": INK, "offset": 16, "subtitleFontSize": SIZE,
            "subtitleColor": SOFT, "subtitlePadding": 6, "lineHeight": 20,
        },
        "axis": {
            "labelFontSize": SIZE, "titleFontSize": SIZE, "labelColor": INK, "titleColor": SOFT, "titleFontWeight": "normal", "domainColor": "#7d8894",
            "tickColor": "#7d8894", "gridColor": "#e6eaee", "labelLimit": 240,
        },
        "legend": {"columns": 0 if canvas.wide else 1, "labelFontSize": SIZE, "labelColor": INK, "symbolSize": 110, "orient": "top", "title": None, "labelLimit": 240, "columnPadding": 18, "offset": 30},
        "text": {"fontSize": SIZE, "color": INK},
    }  # fmt: skip


def text_width(text: str, size: int = SIZE) -> int:
    """About how many pixels a text takes; Chinese letters are as wide as they are high."""
    ems = max(
        (sum(1.0 if unicodedata.east_asian_width(c) in "WF" else 0.6 for c in line) for line in text.split("\n")),
        default=0,
    )
    return round(ems * size)


def room_for(texts: Sequence[str], size: int = SIZE) -> int:
    """Pixels that the longest of some texts needs, with a margin."""
    return max((text_width(text, size) for text in texts), default=0) + 14


def broken(text: str, width: int, size: int = SIZE) -> list[str]:
    """A text in lines that are no wider than so many pixels; Chinese may break anywhere, English between words."""
    lines = [""]
    for piece in re.findall(r"[ -~]+?(?= |[^ -~]|$)|[^ -~]", text):
        if text_width(lines[-1] + piece, size) > width and lines[-1]:
            lines.append("")
        lines[-1] += piece if lines[-1] else piece.lstrip()
    return lines


def apart(places: Mapping[str, float], least: float) -> dict[str, float]:
    """Move places of labels apart until none are nearer than `least`; their order stays."""
    moved: dict[str, float] = {}
    for name, place in sorted(places.items(), key=lambda item: item[1]):
        moved[name] = max(place, max(moved.values()) + least) if moved else place
    return moved


@cache
def require_fonts() -> None:
    """Whether pictures can show Chinese. Raises EngineMissingError where no font has its letters: boxes would be drawn."""
    if not draws_apart("永", "回"):
        raise EngineMissingError(
            "The font with Chinese letters cannot be used; pictures of figures would show boxes.",
            "Install it again: pip install --force-reinstall 'dealproof[report]'",
        )


def draws_apart(one: str, other: str) -> bool:
    """Whether two letters give unlike pictures; letters that no font has are drawn as the same box, or not at all."""
    renderer = require_renderer()
    pictures = [
        renderer.svg_to_png(
            f'<svg xmlns="http://www.w3.org/2000/svg" width="40" height="40"><text x="2" y="30" font-size="30" font-family="{", ".join(FONTS)}">{letter}</text></svg>'
        )
        for letter in (one, other)
    ]
    return bool(pictures[0] != pictures[1])


@cache
def require_renderer() -> Any:
    """The library that turns figures into pictures, with its font. Raises EngineMissingError naming the extra that brings
    them."""
    try:
        import altair  # noqa: F401  # figures need all three
        import pylopdf_fonts_zh_cn
        import vl_convert
    except ImportError as error:
        raise EngineMissingError(
            f"Figures need a package that is not installed ({error.name}).", "pip install 'dealproof[report]'"
        ) from error
    vl_convert.register_font_directory(str(pylopdf_fonts_zh_cn.sans_path().parent))
    return vl_convert

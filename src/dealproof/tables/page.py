"""One careful page: its characters, ruling lines and shaded areas, cleaned of watermarks and doubled glyphs.

Coordinates are points from the top left. Everything that stands slanted is a watermark here; everything that is
drawn twice at the same place (fake bold) is one character.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from dealproof.evidence import Box

#: A filled rectangle thinner than this is a ruling line, not a shaded area (points).
THIN = 2.0
#: Stands for a character that the font does not name.
UNKNOWN = "\ufffd"
#: Points; no page is larger than 14,400, so what stands farther out was put there by damage.
FAR = 20_000.0
#: A page with more drawing objects than this is not searched for tables (points to a drawing, not a report).
MAX_OBJECTS = 60_000


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character with its box and font size in points."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Rule:
    """One straight ruling line; horizontal when `is_horizontal`."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return (self.x1 - self.x0) >= (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class PageContent:
    """What the table readers look at. `number` is 1-based; `fills` are shaded areas (zebra rows, header bands)."""

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Box, ...]


def page_content(page: Any) -> PageContent:
    """Read characters, rules and fills of one pdfplumber page. Raises ValueError for a page larger than any can be."""
    width, height = float(page.width), float(page.height)
    if not (width < FAR and height < FAR):
        raise ValueError(f"no page measures {width:g} by {height:g} points")
    rules, fills = _drawing(page)
    return PageContent(page.page_number, width, height, tuple(_chars(page.chars)), tuple(rules), tuple(fills))


def _chars(raw: Iterable[dict[str, Any]]) -> list[Char]:
    seen: dict[tuple[str, int, int], Char] = {}
    kept: list[Char] = []
    for char in raw:
        if not char["text"] or _is_slanted(char["matrix"]):
            continue
        made = Char(_letter(char["text"]), char["x0"], char["top"], char["x1"], char["bottom"], char["size"])
        if _is_far_out(made) or _is_double(made, seen):
            continue
        seen[(made.text, round(made.x0 / 2), round(made.top / 2))] = made
        kept.append(made)
    return kept


def _is_far_out(char: Char) -> bool:
    return not all(-FAR < place < FAR for place in (char.x0, char.top, char.x1, char.bottom))


def _letter(text: str) -> str:
    """The character; one of which the font tells only a number is an unknown one, not that number."""
    return UNKNOWN if text.startswith("(cid:") else text


def _is_slanted(matrix: tuple[float, ...]) -> bool:
    a, b = matrix[0], matrix[1]
    return abs(b) > 0.05 * max(abs(a), 1e-6)


def _is_double(char: Char, seen: dict[tuple[str, int, int], Char]) -> bool:
    x, y = round(char.x0 / 2), round(char.top / 2)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            twin = seen.get((char.text, x + dx, y + dy))
            if twin and abs(twin.x0 - char.x0) < 0.15 * char.size and abs(twin.top - char.top) < 0.15 * char.size:
                return char.text.strip() != ""
    return False


def _drawing(page: Any) -> tuple[list[Rule], list[Box]]:
    rules: list[Rule] = []
    fills: list[Box] = []
    objects = page.objects
    if sum(len(objects.get(kind, ())) for kind in ("line", "rect", "curve")) > MAX_OBJECTS:
        return rules, fills
    for line in objects.get("line", ()):
        _add_rule(rules, line)
    for rect in objects.get("rect", ()):
        _add_rect(rules, fills, rect)
    for curve in objects.get("curve", ()):
        _add_curve(rules, curve)
    return rules, fills


def _add_rule(rules: list[Rule], shape: dict[str, Any]) -> None:
    x0, top, x1, bottom = (float(shape[k]) for k in ("x0", "top", "x1", "bottom"))
    if min(x1 - x0, bottom - top) <= THIN and max(x1 - x0, bottom - top) > THIN:
        rules.append(Rule(x0, top, x1, bottom))


def _add_rect(rules: list[Rule], fills: list[Box], rect: dict[str, Any]) -> None:
    x0, top, x1, bottom = (float(rect[k]) for k in ("x0", "top", "x1", "bottom"))
    if min(x1 - x0, bottom - top) <= THIN:
        _add_rule(rules, rect)
        return
    if rect.get("stroke"):
        for edge in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            rules.append(Rule(*edge))
    if rect.get("fill") and not _is_white(rect.get("non_stroking_color")):
        fills.append(Box(x0, top, x1, bottom))


def _is_white(colour: object) -> bool:
    if isinstance(colour, int | float):
        return colour >= 0.999
    if isinstance(colour, list | tuple) and len(colour) in (1, 3):
        return all(isinstance(part, int | float) and part >= 0.999 for part in colour)
    return False


def _add_curve(rules: list[Rule], curve: dict[str, Any]) -> None:
    points = curve.get("pts") or ()
    for (xa, ya), (xb, yb) in itertools.pairwise(points):
        _add_rule(rules, {"x0": min(xa, xb), "x1": max(xa, xb), "top": min(ya, yb), "bottom": max(ya, yb)})

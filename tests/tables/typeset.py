"""A tiny typesetter for tests of the table readers: text and rules in, the page content that pdfplumber would give.

Every ideograph is `SIZE` wide, every other character half of that.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from dealproof.model.evidence import Box
from dealproof.model.page import Line, PageText
from dealproof.tables.lines import visual_lines
from dealproof.tables.page import Char, PageContent, Rule

SIZE = 10.0
WIDTH, HEIGHT = 595.0, 842.0


def width_of(text: str) -> float:
    """Printed width of a text in points."""
    return sum(SIZE if ord(char) > 0x2E7F else SIZE / 2 for char in text)


@dataclass
class Sheet:
    """One page under construction; every method returns the sheet."""

    number: int = 1
    chars: list[Char] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    fills: list[Box] = field(default_factory=list)

    def text(self, x: float, y: float, text: str, align: str = "left") -> Sheet:
        """Set a text whose top is at `y`; `x` is its left end, right end or middle by `align`."""
        left = x - {"left": 0.0, "right": width_of(text), "middle": width_of(text) / 2}[align]
        for char in text:
            wide = width_of(char)
            if char != " ":
                self.chars.append(Char(char, left, y, left + wide, y + SIZE, SIZE))
            left += wide
        return self

    def row(self, y: float, *cells: tuple[float, str, str]) -> Sheet:
        """Set several texts on one height: (x, align, text)."""
        for x, align, text in cells:
            self.text(x, y, text, align)
        return self

    def bar(self, y: float, x0: float = 60, x1: float = 530) -> Sheet:
        """Draw a horizontal rule."""
        self.rules.append(Rule(x0, y, x1, y))
        return self

    def post(self, x: float, top: float, bottom: float) -> Sheet:
        """Draw a vertical rule."""
        self.rules.append(Rule(x, top, x, bottom))
        return self

    def shade(self, x0: float, top: float, x1: float, bottom: float) -> Sheet:
        """Shade an area."""
        self.fills.append(Box(x0, top, x1, bottom))
        return self

    def content(self) -> PageContent:
        """What the careful readers see."""
        return PageContent(self.number, WIDTH, HEIGHT, tuple(self.chars), tuple(self.rules), tuple(self.fills))

    def page_text(self) -> PageText:
        """What the fast pass sees."""
        lines = tuple(Line(line.text, line.box) for line in visual_lines(self.chars))
        return PageText(self.number, WIDTH, HEIGHT, lines)


def grid(sheet: Sheet, xs: list[float], ys: list[float], rows: list[list[str]]) -> Sheet:
    """Draw a full grid with one text a cell, centred."""
    for x in xs:
        sheet.post(x, ys[0], ys[-1])
    for y in ys:
        sheet.bar(y, xs[0], xs[-1])
    for texts, top, bottom in zip(rows, ys, ys[1:], strict=False):
        for text, left, right in zip(texts, xs, xs[1:], strict=False):
            sheet.text((left + right) / 2, (top + bottom) / 2 - SIZE / 2, text, "middle")
    return sheet

"""What one table looks like before it has a place: its grid, rules, widths and forms, chosen by chance."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from samples.compose import forms, look, twists
from samples.compose.arrange import Shape, arrange
from samples.compose.ink import Measure
from samples.compose.layout import Flow
from samples.compose.model import Blocks, Content, Figure, Matrix, Pairs, Sheet
from samples.compose.widths import WAYS, widths

FILLS = ("none", "none", "none", "header", "zebra", "header and total")


@dataclass(frozen=True)
class Design:
    """A table ready to be set. `way` is how its widths came about, `has_unit_line` whether its unit stands above it."""

    content: Content
    printed: forms.Forms
    shape: Shape
    sheet: Sheet
    look: look.Look
    columns: tuple[float, ...]
    way: str
    twist: str
    has_unit_line: bool

    def traits(self, measure: Measure) -> dict[str, str]:
        """What it is like, in words."""
        is_matrix, has_money = isinstance(self.content, Matrix), "money" in _sorts(self.content)
        return {
            "kind": self.content.kind, "rules": self.look.name, "fills": self.look.fills, "arrangement": self.shape.arrangement,
            "levels": str(self.sheet.headers if is_matrix else self.shape.levels), "front": self.shape.front, "middle header": "yes" if self.sheet.middle else "no",
            "widths": self.way, "unit": self.printed.place if has_money else "none", "numbers": self.printed.name(), "twist": self.twist,
            "wrapped": _wrapped(self, measure), "upright": self.look.upright, "figures": self.look.figures, "size": str(self.look.size),
            "rule strokes": "whole" if self.look.merged_rules else "by cell",
        }  # fmt: skip


def design(chance: random.Random, content: Content, flow: Flow, wish: Mapping[str, str]) -> Design:
    """A table of some content. Raises ValueError where its figures do not fit into the page."""
    printed, shape = forms.choose(chance, isinstance(content, Matrix)), _shape(chance, content)
    if printed.place == "header" and (shape.arrangement == "transposed" or isinstance(content, Blocks)):
        printed = replace(printed, place="label")
    if printed.full_width and content.kind == "static pool":
        printed = replace(printed, full_width=False)
    sheet = arrange(content, shape, printed)
    rules = wish.get("rules") or chance.choice(sorted(look.RULES))
    drawing = look.choose(chance, rules, wish.get("fills") or chance.choice(FILLS))
    sheet, drawing = _decidable(chance, sheet, drawing, shape)
    way = wish.get("widths") or chance.choice(WAYS)
    twist = twists.choose(chance, sheet, drawing, wish.get("twist", ""))
    has_unit_line = printed.place == "line" and "money" in _sorts(content)
    if twist == "title row":
        words = f"{content.caption}（单位：{printed.unit}）" if has_unit_line else content.caption
        sheet, has_unit_line = twists.TWISTS[twist].cells(sheet, chance, words), False
    elif twist != "none":
        sheet = twists.TWISTS[twist].cells(sheet, chance, content.caption)
    columns = None
    while columns is None:
        columns = widths(
            sheet, drawing, flow.measure, way, flow.room, chance, 0.62 if twist == "broken figures" else 1.0, twist == "letters below each other"
        )  # fmt: skip
        if columns is None:
            if drawing.size <= 5.5:
                raise ValueError(f"{content.caption} is too wide for its page")
            drawing = replace(drawing, size=drawing.size - 0.5, pad=min(drawing.pad, 2.0))
    return Design(content, printed, shape, sheet, drawing, tuple(columns), way, twist, has_unit_line)


def _shape(chance: random.Random, content: Content) -> Shape:
    if isinstance(content, Blocks):
        return Shape("blocks", 0)
    if isinstance(content, Pairs):
        front = chance.choice(("none", "none", "group column", "group rows"))
        wide = chance.random() < 0.45
        return Shape("four columns" if wide else "pairs", chance.choice((0, 0, 1)), "none" if wide and front == "group column" else front, others_in_cell=chance.random() < 0.5)
    if content.kind in ("payments", "tranches", "addresses", "events") and len(content.rows) <= 5 and chance.random() < 0.2:
        return Shape("transposed")
    grouped = len({row.group for row in content.rows if row.group}) > 1
    if content.kind == "accounts beside":
        return Shape("matrix")
    if content.kind == "accounts":
        front = chance.choice(("group column", "group rows", "none"))
        return Shape("matrix", chance.choice((1, 1, 2)), front, middle=front == "none")
    fronts = ["none", "none", "none", "none" if content.kind in ("history", "purchases", "forecast") else "serial", *(["group column", "group rows"] if grouped and not _scattered(content) else [])]
    levels = chance.choice((1, 1, 1, 2, 2, 3)) if content.kind not in ("events", "addresses", "fees") else chance.choice((1, 1, 0))
    if content.kind == "fees":
        levels = 1
    if content.kind == "status" and len(content.columns) > 4:
        levels = max(levels, 2)  # else nothing tells this period's columns from those of the one before
    return Shape(
        "matrix", levels, chance.choice(fronts) if levels else "none", middle=grouped and not _scattered(content) and levels > 0 and chance.random() < 0.12,
        blank_corner=levels > 0 and content.kind in ("tranches", "finance") and chance.random() < 0.2,
    )  # fmt: skip


def _scattered(content: Matrix) -> bool:
    groups = [row.group for row in content.rows]
    runs = [g for i, g in enumerate(groups) if i == 0 or g != groups[i - 1]]
    return len(runs) != len(set(runs))


def _sorts(content: Content) -> set[str]:
    if isinstance(content, Matrix):
        figures: Sequence[Figure] = [f for row in content.rows for f in row.figures]
    elif isinstance(content, Pairs):
        figures = [f for _, _, f in content.pairs]
    else:
        figures = [f for _, pairs in content.blocks for _, f in pairs]
    return {figure.sort for figure in figures if isinstance(figure.value, Decimal)}


def _decidable(chance: random.Random, sheet: Sheet, drawing: look.Look, shape: Shape) -> tuple[Sheet, look.Look]:
    """What a person could not tell from the page is not composed: room between rows where nothing else parts them."""
    if drawing.rows in ("none", "total", "bands"):
        drawing = replace(drawing, lead=max(drawing.lead, 3.0))
    if drawing.rows == "bands" and len(sheet.bands) <= 1:
        step = chance.choice((2, 3, 4))
        body = [r for r in range(sheet.headers, sheet.n_rows) if r not in sheet.middle]
        sheet = replace(sheet, bands=tuple(body[::step]))
    if drawing.columns in ("none", "header", "first"):
        drawing = replace(drawing, pad=max(drawing.pad, 3.0))
    if drawing.rows != "all" and drawing.fills != "zebra" and shape.front == "group column":
        drawing = replace(drawing, upright="top")
        if drawing.rows in ("none", "total"):
            sheet = replace(sheet, cells=tuple(replace(c, free=True) if c.role == "group" else c for c in sheet.cells))
    return sheet, drawing


def _wrapped(made: Design, measure: Measure) -> str:
    """Whether text stands on several lines: no, header, body, body and header."""
    found = set()
    for cell in made.sheet.cells:
        room = sum(made.columns[cell.col : cell.col + cell.col_span]) - 2 * made.look.pad
        wide = measure(cell.text, made.look.size)
        if wide > room + 0.5 and not (cell.role == "header" and cell.col_span == 1 and wide <= room + 2 * made.look.pad - 0.5):
            found.add("header" if cell.role == "header" else "body")
    return " and ".join(sorted(found)) or "no"

"""How a table is drawn: which edges of the grid have a rule, of what kind, which rows are shaded, how cells are set."""

from __future__ import annotations

import random
from dataclasses import dataclass

from samples.compose.model import Sheet

#: Named styles of rules; what a style says nothing about is as in `Look`.
RULES: dict[str, dict[str, object]] = {
    "full grid": {},
    "horizontal only": {"columns": "none", "left": False, "right": False},
    "three lines": {"columns": "none", "rows": "none", "left": False, "right": False, "under_groups": True},
    "none": {"columns": "none", "rows": "none", "left": False, "right": False, "top": False, "bottom": False, "under_header": False},
    "dashed": {"stroke": "dashed"},
    "dashed rows": {"stroke": "dashed", "columns": "none", "left": False, "right": False},
    "fills for rules": {"stroke": "fill"},
    "open left and right": {"left": False, "right": False},
    "open top": {"top": False},
    "open bottom": {"bottom": False},
    "open top and bottom": {"top": False, "bottom": False},
    "verticals in header only": {"columns": "header", "left": False, "right": False},
    "verticals in body only": {"columns": "body"},
    "first vertical only": {"columns": "first", "left": False, "right": False},
    "verticals only": {"rows": "none", "top": False, "bottom": False, "under_header": False},
    "box and header rule": {"rows": "none", "columns": "none"},
    "double outside": {"outside": "double"},
    "double under header": {"header_stroke": "double"},
    "rows in one cell": {"rows": "none"},
    "rows in one cell by group": {"rows": "bands"},
    "boxes for cells": {"rows": "none", "columns": "none", "left": False, "right": False, "top": False, "bottom": False, "under_header": False, "fills": "cells"},
    "rule above total only": {"rows": "total", "columns": "none", "left": False, "right": False},
}  # fmt: skip


@dataclass(frozen=True)
class Look:
    """Rules: `rows` all, none, bands, total; `columns` all, none, header, body, first; `stroke` solid, dashed, fill.

    `fills`: none, header, zebra, header and total, cells (each in a box of its own, parted by white). `merged_rules`: a rule is one line instead of one for each cell.
    """

    name: str
    rows: str = "all"
    columns: str = "all"
    top: bool = True
    bottom: bool = True
    left: bool = True
    right: bool = True
    under_header: bool = True
    under_groups: bool = False
    stroke: str = "solid"
    outside: str = "single"
    header_stroke: str = "single"
    fills: str = "none"
    merged_rules: bool = True
    heavy: bool = False
    closed_at_break: bool = True
    figures: str = "right"
    labels: str = "left"
    headers: str = "center"
    upright: str = "middle"
    size: float = 9.0
    pad: float = 4.0
    lead: float = 3.0

    def horizontal(self, line: int, sheet: Sheet, totals: frozenset[int]) -> str:
        """The rule above row `line` (`n_rows`: below the last), empty where there is none."""
        stroke = self.stroke
        if line in (0, sheet.n_rows):
            drawn = self.top if line == 0 else self.bottom
            return ("double" if self.outside == "double" else stroke) if drawn else ""
        if line == sheet.headers or (line in sheet.middle) or (line - 1 in sheet.middle and line not in sheet.middle):
            return ("double" if self.header_stroke == "double" and line == sheet.headers else stroke) if self.under_header else ""
        if line < sheet.headers or (line in sheet.middle and line - 1 in sheet.middle):
            return stroke if self.rows in ("all", "bands") or (self.rows == "none" and self.columns != "none" and self.under_header) else ""
        if self.rows == "all" or (self.rows == "bands" and (line in sheet.bands or line in totals)) or (self.rows == "total" and line in totals):
            return stroke
        return ""

    def vertical(self, line: int, row: int, sheet: Sheet) -> str:
        """The rule left of column `line` in a row (`n_cols`: right of the last), empty where there is none."""
        stroke = self.stroke
        if line in (0, sheet.n_cols):
            drawn = self.left if line == 0 else self.right
            return ("double" if self.outside == "double" else stroke) if drawn else ""
        is_header = row < sheet.headers or row in sheet.middle
        drawn = {"all": True, "none": False, "header": is_header, "body": not is_header, "first": line == 1}[self.columns]
        return stroke if drawn else ""

    def shade(self, row: int, sheet: Sheet, totals: frozenset[int]) -> str:
        """The colour behind a row, empty where there is none."""
        is_header = row < sheet.headers or row in sheet.middle
        if is_header and self.fills in ("header", "zebra", "header and total"):
            return "#c9d8ee"
        if self.fills == "zebra" and not is_header and (row - sheet.headers) % 2:
            return "#eef2f8"
        return "#e6e6e6" if self.fills == "header and total" and row in totals else ""


def choose(chance: random.Random, name: str, fills: str) -> Look:
    """A look of a named style of rules."""
    tight = chance.random() < 0.3
    style = {"fills": fills, **RULES[name]}
    return Look(
        name, merged_rules=chance.random() < 0.6, heavy=chance.random() < 0.3, closed_at_break=chance.random() < 0.7,
        figures=chance.choice(("right", "right", "right", "center")), labels=chance.choice(("left", "left", "center")), headers=chance.choice(("center", "center", "center", "figures")),
        upright=chance.choice(("middle", "middle", "top")), size=chance.choice((7.5, 8.0, 9.0, 9.0, 10.5)), pad=1.6 if tight else chance.choice((3.0, 4.0, 5.5)),
        lead=chance.choice((2.5, 3.5, 5.0)), **style,  # type: ignore[arg-type]  # the table above holds the fields of Look
    )  # fmt: skip

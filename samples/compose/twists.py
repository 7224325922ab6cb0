"""Hard things that real documents do to a table, each by itself: changes of its cells, of how it is drawn or of its marks.

A twist says for which tables it may be taken, so that what is composed can still be told by a person.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from samples.compose.ink import Fill, Leaf, Measure, Rule, Text
from samples.compose.look import Look
from samples.compose.model import Cell, Sheet


@dataclass(frozen=True)
class Twist:
    """`fits` asks whether a table can have it; the others change its cells or the marks that were made for it."""

    fits: Callable[[Sheet, Look], bool] = lambda sheet, look: True
    cells: Callable[[Sheet, random.Random, str], Sheet] = lambda sheet, chance, words: sheet
    marks: Callable[[list[Text | Rule | Fill], random.Random, Measure], list[Text | Rule | Fill]] = lambda marks, chance, measure: marks


def _title_row(sheet: Sheet, chance: random.Random, words: str) -> Sheet:
    """Caption and unit as the first row, over all columns."""
    moved = tuple(replace(cell, row=cell.row + 1) for cell in sheet.cells)
    title = Cell(0, 0, words, "header", 1, sheet.n_cols, free=True)
    return replace(
        sheet, cells=(title, *moved), n_rows=sheet.n_rows + 1, headers=sheet.headers + 1, bands=tuple(b + 1 for b in sheet.bands),
        middle=tuple(m + 1 for m in sheet.middle),
    )  # fmt: skip


def _note_row(sheet: Sheet, chance: random.Random, words: str) -> Sheet:
    """A note as the last row, over all columns."""
    note = Cell(sheet.n_rows, 0, "注：由于四舍五入的原因，合计数可能与各项之和略有差异。", "text", 1, sheet.n_cols, free=True)
    return replace(sheet, cells=(*sheet.cells, note), n_rows=sheet.n_rows + 1)


def _spaced(sheet: Sheet, chance: random.Random, words: str) -> Sheet:
    """Short labels set wide with spaces: 合 计, 项 目."""
    return replace(
        sheet, cells=tuple(replace(c, text=" ".join(c.text)) if c.role in ("label", "header") and 2 <= len(c.text) <= 3 and not c.text.isascii() else c for c in sheet.cells)
    )  # fmt: skip


def _blank_rows(sheet: Sheet, chance: random.Random, words: str) -> Sheet:
    """An empty row above the total."""
    totals = sorted({c.row for c in sheet.cells if c.role == "total"})
    at = totals[-1]
    return replace(
        sheet, cells=tuple(replace(c, row=c.row + 1) if c.row >= at else replace(c, row_span=c.row_span + 1) if c.row + c.row_span > at else c for c in sheet.cells),
        n_rows=sheet.n_rows + 1, bands=tuple(b + (b >= at) for b in sheet.bands), middle=tuple(m + (m >= at) for m in sheet.middle),
    )  # fmt: skip


def _marked(sheet: Sheet, chance: random.Random, words: str) -> Sheet:
    """A mark of a footnote behind a figure."""
    figures = [i for i, c in enumerate(sheet.cells) if c.role in ("figure", "total") and any(char.isdigit() for char in c.text)]
    at = chance.choice(figures)
    cells = list(sheet.cells)
    cells[at] = replace(cells[at], text=cells[at].text + chance.choice(("（注1）", "[1]", "(注)")))
    return replace(sheet, cells=tuple(cells))


def _has_figures(sheet: Sheet, look: Look) -> bool:
    return any(c.role in ("figure", "total") and any(char.isdigit() for char in c.text) for c in sheet.cells)


def _has_total(sheet: Sheet, look: Look) -> bool:
    rows = {c.row for c in sheet.cells if c.role == "total"}
    return bool(rows) and max(rows) == sheet.n_rows - 1


def _letters(marks: list[Text | Rule | Fill], chance: random.Random, measure: Measure, shuffle: bool = False) -> list[Text | Rule | Fill]:
    found: list[Text | Rule | Fill] = []
    for mark in marks:
        if not isinstance(mark, Text):
            found.append(mark)
            continue
        letters: list[Text | Rule | Fill] = []
        x = mark.x
        for letter in mark.text:
            if letter.strip():
                letters.append(replace(mark, x=x, text=letter))
            x += measure(letter, mark.size)
        if shuffle:
            chance.shuffle(letters)
        found += letters
    return found


def _runs(marks: list[Text | Rule | Fill], chance: random.Random, measure: Measure) -> list[Text | Rule | Fill]:
    """Phrases of one baseline as one text, parted by spaces: as where a row was typed with the space bar."""
    rows: dict[tuple[float, float], list[Text]] = {}
    found: list[Text | Rule | Fill] = []
    for mark in marks:
        if isinstance(mark, Text):
            rows.setdefault((round(mark.y, 1), mark.size), []).append(mark)
        else:
            found.append(mark)
    for texts in rows.values():
        ordered = sorted(texts, key=lambda mark: mark.x)
        whole = ordered[0]
        for mark in ordered[1:]:
            end = whole.x + measure(whole.text, whole.size)
            spaces = round((mark.x - end) / measure(" ", whole.size))
            if spaces < 2:
                found.append(whole)
                whole = mark
            else:
                whole = replace(whole, text=whole.text + " " * spaces + mark.text)
        found.append(whole)
    return found


def _underlined(marks: list[Text | Rule | Fill], chance: random.Random, measure: Measure) -> list[Text | Rule | Fill]:
    """The figures of the last line are underlined twice, as accountants do."""
    texts = [mark for mark in marks if isinstance(mark, Text)]
    if not texts:
        return marks
    last = max(mark.y for mark in texts)
    lines: list[Text | Rule | Fill] = []
    for mark in texts:
        if abs(mark.y - last) < 0.5 and any(char.isdigit() for char in mark.text):
            wide = measure(mark.text, mark.size)
            lines += [Rule(mark.x, last + shift, mark.x + wide, last + shift, 0.4) for shift in (1.2, 2.2)]
    return [*marks, *lines]


def _repainted(colour: str) -> Callable[[list[Text | Rule | Fill], random.Random, Measure], list[Text | Rule | Fill]]:
    def paint(marks: list[Text | Rule | Fill], chance: random.Random, measure: Measure) -> list[Text | Rule | Fill]:
        return [replace(mark, colour=colour) if isinstance(mark, Rule) else mark for mark in marks]

    return paint


def _bold(marks: list[Text | Rule | Fill], chance: random.Random, measure: Measure) -> list[Text | Rule | Fill]:
    """Every phrase of the first line drawn twice, a hair apart: bold where the font has none."""
    texts = [mark for mark in marks if isinstance(mark, Text)]
    first = min((mark.y for mark in texts), default=0.0)
    return [*marks, *(replace(mark, x=mark.x + 0.25) for mark in texts if abs(mark.y - first) < 0.5)]


def _watermark(marks: list[Text | Rule | Fill], chance: random.Random, measure: Measure) -> list[Text | Rule | Fill]:
    """Pale words behind the table."""
    texts = [mark for mark in marks if isinstance(mark, Text)]
    middle = sorted(texts, key=lambda mark: mark.y)[len(texts) // 2]
    return [Text(180, middle.y + 14, "内部资料", 40, "#e4e4e4"), *marks]


TWISTS: dict[str, Twist] = {
    "title row": Twist(fits=lambda s, k: s.headers > 0 and not s.middle and k.under_header and k.top, cells=_title_row),
    "note row": Twist(fits=lambda s, k: k.bottom and k.rows == "all" and not s.middle, cells=_note_row),
    "spaced labels": Twist(cells=_spaced),
    "blank row above total": Twist(fits=_has_total, cells=_blank_rows),
    "footnote mark": Twist(fits=_has_figures, cells=_marked),
    "letters below each other": Twist(fits=lambda s, k: k.columns == "all" and k.rows == "all" and any(c.role == "group" and c.row_span > 2 and c.col_span == 1 for c in s.cells)),
    "letter by letter": Twist(marks=_letters),
    "letters in any order": Twist(marks=lambda marks, chance, measure: _letters(marks, chance, measure, True)),
    "rows typed with spaces": Twist(fits=lambda s, k: k.columns == "none" and k.figures == "right", marks=_runs),
    "underlined total": Twist(fits=_has_total, marks=_underlined),
    "white rules": Twist(fits=lambda s, k: k.fills == "zebra" and k.rows == "all" and k.columns == "all" and k.stroke == "solid", marks=_repainted("#ffffff")),
    "grey hair lines": Twist(fits=lambda s, k: k.stroke == "solid", marks=lambda marks, chance, measure: [replace(m, width=0.1, colour="#9a9a9a") if isinstance(m, Rule) else m for m in marks]),
    "fake bold header": Twist(marks=_bold),
    "watermark": Twist(marks=_watermark),
    "broken figures": Twist(fits=lambda s, k: k.rows == "all" and k.columns == "all" and k.name == "full grid"),
}  # fmt: skip


#: Those that fit few tables, and so are taken more often where they fit.
RARE = frozenset(("rows typed with spaces", "white rules", "broken figures", "letters below each other"))


def choose(chance: random.Random, sheet: Sheet, look: Look, wish: str) -> str:
    """A twist for about a third of the tables, `none` for the others."""
    if wish:
        return wish if wish == "none" or TWISTS[wish].fits(sheet, look) else "none"
    if chance.random() > 0.35:
        return "none"
    fitting = [name for name, twist in TWISTS.items() if twist.fits(sheet, look)]
    return chance.choices(fitting, [5 if name in RARE else 1 for name in fitting])[0] if fitting else "none"


def remark(leaves: Sequence[Leaf], before: Sequence[int], name: str, chance: random.Random, measure: Measure) -> None:
    """Change the marks that were made since each page had so many."""
    twist = TWISTS[name]
    for index, leaf in enumerate(leaves):
        start = before[index] if index < len(before) else 0
        own = leaf.marks[start:]
        if any(isinstance(mark, Text) for mark in own):
            leaf.marks[start:] = twist.marks(own, chance, measure)

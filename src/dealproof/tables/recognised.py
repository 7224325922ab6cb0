"""Pages that were recognised, for the table readers: letters and ruling lines of a picture as those of a text layer."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from operator import attrgetter

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.pages.ocr.recognise import Recognised
from dealproof.tables.page import Char, PageContent, Rule
from dealproof.text import MARKS, fold
from dealproof.values.confusions import mend_figure, mend_range

NAME = "ocr"
#: Confidence of a figure whose decimals are unlike those of its column; figures of a kind that make a column.
ODD, ALIKE = 0.3, 3
#: Decimals of money.
CENTS = 2
#: Whole figures in a row or column that tell how another one is written.
WHOLE = 2
_ONE_POINT = re.compile(r"(-?[1-9]\d{0,2})\.(\d{3})(\D{0,3})")
_LARGE, _SMALL = re.compile(r"[<>≤≥]\s*X|X\s*[<>≤≥]"), re.compile(r"(?<=[<>≤≥＜＞])x|x(?=[<>≤≥＜＞])")
_PRINTED = re.compile(r"-?([\d,]+)(?:\.(\d+))?(\D{0,3})")


def seen_content(found: Recognised, beside: PageContent | None = None) -> PageContent:
    """What was recognised of a page; for a picture on a page of text, together with that text (`beside`)."""
    chars = tuple(
        Char(l.text, l.box.x0, l.box.top, l.box.x1, l.box.bottom, l.size)
        for l in found.letters  # noqa: E741
    )
    rules = tuple(Rule(s.x0, s.top, s.x1, s.bottom) for s in found.rules)
    if beside is not None:
        return replace(beside, chars=(*beside.chars, *chars), rules=(*beside.rules, *rules))
    return PageContent(found.number, found.upright.width, found.upright.height, chars, rules, ())


def with_confidence(table: Table, found: Recognised) -> Table:
    """Every cell that holds recognised letters says so, how sure they are, and what another look saw."""
    cells = _without_odd_digits(_as_beside(_with_commas([_sure(cell, found) for cell in table.cells])))
    return replace(table, cells=tuple(cells), readers=(*table.readers, NAME))


def _with_commas(cells: Sequence[Cell]) -> list[Cell]:
    """A recognised `5.806` beside whole figures of four digits and more is `5,806`; beside others with their thousands parted it
    is not sure."""
    made: list[Cell] = []
    for cell in cells:
        match = _ONE_POINT.fullmatch(fold(cell.text).strip()) if cell.reader == NAME else None
        if match is not None:
            lines = [[shape for other in cells if other is not cell and line(other) == line(cell) and (shape := _shape(other.text))
                      and shape[1] == match[3]] for line in (attrgetter("row"), attrgetter("col"))]  # fmt: skip
            if any(len(line) >= WHOLE and not any(shape[2] for shape in line) and any(shape[0] for shape in line) for line in lines):
                cell = replace(cell, text=f"{match[1]},{match[2]}{match[3]}", recognised=cell.recognised or cell.text)
            elif any(shape[0] for line in lines for shape in line):
                cell = replace(cell, confidence=min(cell.confidence, ODD))
        made.append(cell)
    return made


def _as_beside(cells: Sequence[Cell]) -> list[Cell]:
    """A recognised `x>50` in a column whose other ranges say X: a letter that differs from its small form by its size only."""
    large = {cell.col for cell in cells if _LARGE.search(fold(cell.text))}
    return [
        replace(cell, text=made, recognised=cell.recognised or cell.text)
        if cell.reader == NAME and cell.col in large and (made := _SMALL.sub("X", cell.text)) != cell.text
        else cell
        for cell in cells
    ]


def _without_odd_digits(cells: Sequence[Cell]) -> list[Cell]:
    """A recognised figure with more or fewer decimals than all others of its kind in its column is not sure: a digit was
    read twice, or lost, or the mark of a footnote was taken for one; nor is one that ends like the marks beside others."""
    marks: dict[int, set[str]] = {}
    kinds: dict[tuple[int, bool, str], list[int]] = {}
    for cell in cells:
        shape = _shape(cell.text)
        if shape is not None:
            kinds.setdefault((cell.col, *shape[:2]), []).append(shape[2])
        if cell.text and cell.text[-1] in MARKS:
            marks.setdefault(cell.col, set()).add(unicodedata.normalize("NFKC", cell.text[-1]))
    made: list[Cell] = []
    for cell in cells:
        shape = _shape(cell.text)
        if cell.reader == NAME and shape is not None:
            alike = kinds[(cell.col, *shape[:2])]
            is_odd = alike.count(shape[2]) == 1 and len(alike) >= ALIKE and len(set(alike)) == 2
            is_fen = shape[0] and shape[2] not in (0, CENTS) and alike.count(shape[2]) == 1
            is_fen |= shape[0] and shape[2] == CENTS + 1 and CENTS in alike
            if is_odd or is_fen or cell.text[-1] in marks.get(cell.col, ()):
                cell = replace(cell, confidence=min(cell.confidence, ODD))
        made.append(cell)
    return made


def _shape(text: str) -> tuple[bool, str, int] | None:
    """Whether a figure has its thousands parted, what stands behind it, and its decimals; None of what is no figure."""
    match = _PRINTED.fullmatch(fold(text).strip())
    return (("," in match[1]), match[3], len(match[2] or "")) if match else None


def _sure(cell: Cell, found: Recognised) -> Cell:
    inside = [letter for letter in found.letters if _holds(cell.box, letter.box)]
    unread = any(_holds(cell.box, box) for box in found.unread)
    doubt = "there is ink in this cell that could not be recognised" if unread else cell.doubt
    if not inside:
        return replace(cell, doubt=doubt)
    others = " ".join(dict.fromkeys(letter.other for letter in inside if letter.other))
    mended = mend_figure(cell.text) or mend_range(cell.text)
    # Grammar tells what the signs between groups of digits are, however unsure they were seen.
    told = [letter for letter in inside if mended is None or "," not in mended or letter.text.isalnum()] or inside
    made = replace(cell, reader=NAME, confidence=min(letter.surety for letter in told), other=others, doubt=doubt)
    return made if mended is None else replace(made, text=mended, recognised=cell.text)


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 - 0.5 <= x <= outer.x1 + 0.5 and outer.top - 0.5 <= y <= outer.bottom + 0.5

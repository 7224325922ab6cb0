"""Pages that were recognised, for the table readers: letters and ruling lines of a picture as those of a text layer."""

from __future__ import annotations

from dataclasses import replace

from dealproof.evidence import Box
from dealproof.pages.ocr.recognise import Recognised
from dealproof.tables.model import Cell, Table
from dealproof.tables.page import Char, PageContent, Rule
from dealproof.values.confusions import mend_figure

NAME = "ocr"


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
    return replace(table, cells=tuple(_sure(cell, found) for cell in table.cells), readers=(*table.readers, NAME))


def _sure(cell: Cell, found: Recognised) -> Cell:
    inside = [letter for letter in found.letters if _holds(cell.box, letter.box)]
    unread = any(_holds(cell.box, box) for box in found.unread)
    doubt = "there is ink in this cell that could not be recognised" if unread else cell.doubt
    if not inside:
        return replace(cell, doubt=doubt)
    others = " ".join(dict.fromkeys(letter.other for letter in inside if letter.other))
    sure = min(letter.surety for letter in inside)
    made = replace(cell, reader=NAME, confidence=sure, other=others, doubt=doubt)
    mended = mend_figure(cell.text)
    return made if mended is None else replace(made, text=mended, recognised=cell.text)


def _holds(outer: Box, inner: Box) -> bool:
    x, y = (inner.x0 + inner.x1) / 2, (inner.top + inner.bottom) / 2
    return outer.x0 - 0.5 <= x <= outer.x1 + 0.5 and outer.top - 0.5 <= y <= outer.bottom + 0.5

"""Cells of words in a list of terms, read as sentences: 发行总额及分层 | 优先A级票据6.40亿元，占80.00%；优先B级票据0.72亿元，占9.00%.

A list of terms has the name of a term, or of a tranche, on the left and its words on the right. Its proof is the cell.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from dealproof.interpret.context import Context
from dealproof.interpret.paragraphs import Paragraph
from dealproof.interpret.printed_figures import amount, blanked, measured
from dealproof.interpret.tranche_blocks import named_by
from dealproof.model.evidence import Box, Fact
from dealproof.model.page import Line
from dealproof.model.table import Cell
from dealproof.text import squeeze
from dealproof.values.tranches import NAMED_IN_WORDS

#: Letters of the shortest cell that says something of a tranche beside its name.
_WORDY = 9
_WORDS = re.compile(r"[一-龥]{2}")


def told_cells(ctx: Context) -> list[Paragraph]:
    """The cells of words with figures that speak of tranches, in printed order; a tranche that the label names stands before
    its words."""
    return [found for label, cell in label_pairs(ctx) if (found := _paragraph(ctx, _lines(label, cell), cell)) is not None]


def words_of_terms(ctx: Context) -> list[Paragraph]:
    """The cells of words without figures that speak of tranches: 优先级为固定利率，次级不设票面利率."""
    found = [(cell, squeeze(cell.text)) for _, cell in label_pairs(ctx)]
    plain = [cell for cell, text in found if len(text) >= _WORDY and NAMED_IN_WORDS.search(text) and next(measured(blanked(text)), None) is None]
    return [each for cell in plain if (each := _paragraph(ctx, (Line(cell.text.replace("\n", ""), cell.box),), cell)) is not None]


def _paragraph(ctx: Context, lines: tuple[Line, ...], cell: Cell) -> Paragraph | None:
    page = next((page for page in ctx.extract.pages if page.number == cell.page), None)
    if page is None or not lines:
        return None
    texts = [squeeze(line.text) for line in lines]
    return Paragraph("".join(texts), tuple((page, line) for line in lines), tuple(sum(map(len, texts[:at])) for at in range(len(texts))))


def label_pairs(ctx: Context) -> Iterator[tuple[Cell, Cell]]:
    """Cells side by side on one page: a label with what may stand for it."""
    for table in ctx.extract.tables:
        for row in table.grid():
            held = [cell for at, cell in enumerate(row) if cell is not None and (not at or cell is not row[at - 1])]
            yield from ((label, cell) for label, cell in pairwise(held) if label.page == cell.page)


def _lines(label: Cell, cell: Cell) -> tuple[Line, ...]:
    text = squeeze(cell.text)
    if not _WORDS.search(text) or next(measured(blanked(text)), None) is None:
        return ()
    if named_by(label) is not None:
        return Line(f"{squeeze(label.text)}:", label.box), Line(cell.text.replace("\n", ""), cell.box)
    return (Line(cell.text.replace("\n", ""), cell.box),) if NAMED_IN_WORDS.search(text) else ()


def partly_read(cells: Sequence[Paragraph], facts: Sequence[Fact], stated: Sequence[Fact]) -> set[Box]:
    """The boxes of cells of which some figures became no fact and say nothing again that is stated: none may be taken from
    them, for the rest would be lost without a question."""
    totals = {fact.value for fact in stated if fact.column == "total_amount"}
    found: set[Box] = set()
    for cell in cells:
        box, blank = cell.lines[-1][1].box, blanked(cell.text)
        own = {(fact.key, fact.column) for fact in facts if fact.unit and fact.evidence is not None and fact.evidence.box == box}
        again = sum(amount(match.group(), cell.text[match.end() :]) in totals for match in measured(blank))
        if len(own) + again < sum(1 for _ in measured(blank)):
            found.add(box)
    return found

"""Labels set one letter below the other beside several rows, where no rules show that the cell is a single one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dealproof.model.table import Cell
from dealproof.text import fold, squeeze

#: One ideograph a line; numerals may be the numbers of the rows.
_LETTERS = re.compile(r"[\u4e00-\u9fff](?:\n[\u4e00-\u9fff])*")
_NUMERALS = frozenset("一二三四五六七八九十甲乙丙丁戊己庚辛壬癸")
_FIGURE = re.compile(r"[-+(]?[\d,.]+\)?[%元笔户]?")


def joined_letters(cells: Sequence[Cell]) -> list[Cell]:
    """The cells with runs of single letters in the first column made one merged cell.

    Beside every letter must stand a label of its own, or else the letters are the labels.
    """
    labelled = {c.row for c in cells if c.col == 1 and not _FIGURE.fullmatch(squeeze(c.text))}
    letters = {c.row: c for c in cells if c.col == 0 and c.col_span == 1 and c.row in labelled and _is_letters(c.text)}
    gone: set[int] = set()
    merged: list[Cell] = []
    for row in sorted(letters):
        if row in gone:
            continue
        run = [letters[row]]
        while run[-1].row + 1 in letters:
            run.append(letters[run[-1].row + 1])
        if len(run) > 1:
            gone |= {cell.row for cell in run}
            merged.append(_merged(run))
    return [cell for cell in cells if cell.col != 0 or cell.row not in gone] + merged


def _is_letters(text: str) -> bool:
    return bool(_LETTERS.fullmatch(fold(text))) and not set(squeeze(text)) <= _NUMERALS


def _merged(run: Sequence[Cell]) -> Cell:
    box = run[0].box
    for cell in run[1:]:
        box = box.union(cell.box)
    return replace(run[0], text="\n".join(cell.text for cell in run), row_span=len(run), box=box)

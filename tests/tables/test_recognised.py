"""Cells of recognised tables: what stands beside a figure tells how it is written, or that it is not sure."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dealproof.model.evidence import Box
from dealproof.model.page import Upright
from dealproof.model.table import Cell, Table
from dealproof.pages.ocr.letters import Letter
from dealproof.pages.ocr.recognise import Recognised
from dealproof.tables.recognised import ODD, with_confidence

WIDE, HIGH = 100.0, 20.0


def _cells(rows: Sequence[Sequence[str]], surety: float = 0.99, signs: float = 0.99) -> dict[tuple[int, int], Cell]:
    """A table as recognised: every letter with a surety, commas and points with one of their own."""
    cells, letters = [], []
    for row, texts in enumerate(rows):
        for col, text in enumerate(texts):
            box = Box(col * WIDE, row * HIGH, (col + 1) * WIDE, (row + 1) * HIGH)
            cells.append(Cell(text, row, col, 1, 1, 1, box, "ruled"))
            for place, char in enumerate(text.replace(" ", "")):
                x, sure = box.x0 + 2 + 5 * place, signs if char in ",." else surety
                letters.append(Letter(char, Box(x, box.top + 4, x + 4, box.top + 14), 10.0, sure, len(cells)))
    whole = Box(0, 0, WIDE * len(rows[0]), HIGH * len(rows))
    found = Recognised(1, tuple(letters), (), Upright(0, 0.0, whole.x1, whole.bottom))
    made = with_confidence(Table(tuple(cells), len(rows), len(rows[0]), (1,), whole), found)
    return {(cell.row, cell.col): cell for cell in made.cells}


def test_a_mended_figure_is_as_sure_as_its_digits() -> None:
    cells = _cells([["135.995.336.91"], ["0.95"]], signs=0.4)
    assert (cells[0, 0].text, cells[0, 0].confidence, cells[0, 0].recognised) == ("135,995,336.91", 0.99, "135.995.336.91")
    assert cells[1, 0].confidence == 0.4


@pytest.mark.parametrize("rows", [
    [["贷款笔数（笔）", "5,892", "5,806", "6.120"]],  # by its row
    [["笔数"], ["9,428"], ["45"], ["6.120"]],  # by its column
])  # fmt: skip
def test_a_point_among_whole_figures_is_the_comma_of_their_thousands(rows: list[list[str]]) -> None:
    (cell,) = (cell for cell in _cells(rows).values() if cell.recognised)
    assert (cell.text, cell.recognised, cell.confidence) == ("6,120", "6.120", 0.99)


@pytest.mark.parametrize(("rows", "sure"), [
    ([["金额"], ["36,407.82"], ["38.765"], ["1,200.50"]], ODD),  # 38.765 or 38,765?
    ([["期限"], ["1.250"], ["0.875"], ["2.125"]], 0.99),
])  # fmt: skip
def test_a_point_that_could_be_a_comma_is_asked_where_thousands_are_parted(rows: list[list[str]], sure: float) -> None:
    cell = _cells(rows)[2, 0]
    assert (cell.recognised, cell.confidence) == ("", sure)


@pytest.mark.parametrize(("column", "place", "sure"), [
    (["10¹", "6¹", "181", "20"], 2, ODD),  # a mark that was read as a digit
    (["10¹", "6¹", "181", "20"], 3, 0.99),
    (["10", "6", "181", "20"], 2, 0.99),
    (["855,880,673.12²", "5,288,562.752", "866,493.01", "1,994,048.25²"], 1, ODD),
    (["1,234.567", "5,288.752", "6,493.015"], 1, 0.99),
])  # fmt: skip
def test_a_figure_that_ends_like_the_marks_of_footnotes_beside_others_is_not_sure(column: list[str], place: int, sure: float) -> None:
    assert _cells([[text] for text in column])[place, 0].confidence == sure


def test_a_range_in_small_letters_is_written_as_those_above_it() -> None:
    cells = _cells([["0<X≤30", "x"], ["30<X≤40", "1"], ["x>50", "2"]])
    assert (cells[2, 0].text, cells[2, 0].recognised, cells[0, 1].text) == ("X>50", "x>50", "x")

"""Two readings of one cell."""

from __future__ import annotations

from dataclasses import replace

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.tables.compare import check_with_camelot, check_with_text_layer
from dealproof.tables.readers.camelot_reader import LATTICE, OtherCell, OtherTable

BOX = Box(100, 100, 200, 120)


def one_cell(text: str) -> Table:
    return Table((Cell(text, 0, 0, 1, 1, 1, BOX, "pdfplumber.lines"),), 1, 1, (1,), BOX, style="ruled")


def test_readers_that_agree_leave_no_doubt() -> None:
    checked = check_with_text_layer(one_cell("3,180,000,000.00"), lambda page, box: "3,180,000,000.00")
    assert checked.cells[0].doubt == ""


def test_readers_that_differ_are_a_doubt_and_the_first_reading_stays() -> None:
    checked = check_with_text_layer(one_cell("3,180,000.00"), lambda page, box: "3,180,090.00")
    assert checked.cells[0].text == "3,180,000.00"
    assert "3,180,090.00" in checked.cells[0].doubt


def test_watermark_characters_in_the_second_reading_are_no_difference() -> None:
    checked = check_with_text_layer(one_cell("76.29"), lambda page, box: "仅76供.29参考")
    assert checked.cells[0].doubt == ""


def test_camelot_reading_another_figure_is_a_doubt() -> None:
    other = OtherTable(1, BOX, (OtherCell("76.92", 0, 0, BOX),), 1, 1, LATTICE)
    checked = check_with_camelot(one_cell("76.29"), [other])
    # The digits are the same, their order is not: only the sorted digits are compared with the text layer,
    # whose order is not reliable, but camelot's order is that of the page.
    assert checked.readers == (LATTICE,)
    assert "76.92" in checked.cells[0].doubt


def test_a_table_that_camelot_does_not_find_has_one_reader_only() -> None:
    assert check_with_camelot(one_cell("76.29"), []).readers == ()


def test_a_cell_that_another_reader_parts_into_two_figures_is_a_doubt() -> None:
    own = replace(one_cell("1,234.50 6,789.00"), style="aligned")
    left, right = (
        OtherCell("1,234.50", 0, 0, Box(100, 100, 150, 120)),
        OtherCell("6,789.00", 0, 1, Box(150, 100, 200, 120)),
    )
    checked = check_with_camelot(own, [OtherTable(1, BOX, (left, right), 1, 2, LATTICE)])
    assert "reads 2 cells here" in checked.cells[0].doubt
    whole = OtherTable(1, BOX, (OtherCell("1,234.50 6,789.00", 0, 0, BOX),), 1, 1, LATTICE)
    assert check_with_camelot(own, [whole]).cells[0].doubt == ""


def test_a_figure_read_backwards_or_drawn_twice_is_the_same_figure() -> None:
    for seen in ("92.67", "76.2976.29", "7766..2299"):
        other = OtherTable(1, BOX, (OtherCell(seen, 0, 0, BOX),), 1, 1, LATTICE)
        assert check_with_camelot(one_cell("76.29"), [other]).cells[0].doubt == ""

"""Two readings of one cell, where the fonts of a page do not say what all of its glyphs mean."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.pages.fast import read_pages
from dealproof.pages.opened import OpenPdf
from dealproof.tables.compare import check_with_other_parser
from dealproof.tables.read_tables import find_tables
from dealproof.tables.readers.other_parser import OtherParser
from tests.doubles.pdfs import Sheet, write_pdf

BOX = Box(100, 100, 200, 120)
XS, YS = [60, 200, 320, 440], [100, 125, 150, 175]
ROWS = [["项目", "金额（元）", "笔数"], ["正常", "1,234.56", "120"], ["逾期", "98,765.43", "7"]]


def one_cell(text: str) -> Table:
    return Table((Cell(text, 0, 0, 1, 1, 1, BOX, "pdfplumber.lines"),), 1, 1, (1,), BOX, style="ruled")


def test_readers_that_agree_leave_no_doubt() -> None:
    checked = check_with_other_parser(one_cell("3,180,000,000.00"), lambda page, box: "3,180,000,000.00")
    assert checked.cells[0].doubt == ""


def test_readers_that_differ_are_a_doubt_and_the_first_reading_stays() -> None:
    checked = check_with_other_parser(one_cell("3,180,000.00"), lambda page, box: "3,180,090.00")
    assert checked.cells[0].text == "3,180,000.00"
    assert "3,180,090.00" in checked.cells[0].doubt


def test_a_reader_that_finds_nothing_where_a_figure_stands_is_a_doubt() -> None:
    assert "'nothing'" in check_with_other_parser(one_cell("76.29"), lambda page, box: "").cells[0].doubt


def test_watermark_characters_in_the_second_reading_are_no_difference() -> None:
    checked = check_with_other_parser(one_cell("76.29"), lambda page, box: "仅76供.29参考")
    assert checked.cells[0].doubt == ""


def test_a_figure_read_backwards_or_drawn_twice_is_the_same_figure() -> None:
    for seen in ("92.67", "76.2976.29", "7766..2299"):
        assert check_with_other_parser(one_cell("76.29"), lambda page, box, seen=seen: seen).cells[0].doubt == ""


def _read(path: Path) -> Table:
    with OpenPdf(path) as document:
        (table,) = find_tables(document, [1], {1: read_pages(path)[0]}).tables
    return table


def test_on_a_page_with_a_glyph_that_no_font_names_figures_that_parsers_read_unlike_are_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = OtherParser.text_in
    monkeypatch.setattr(OtherParser, "text_in", lambda *place: real(*place).replace("7", "1"))
    path = write_pdf(tmp_path / "page.pdf", Sheet().grid(XS, YS, ROWS).unknown(60, 60, "AB"))
    assert [cell.text for cell in _read(path).cells if cell.doubt] == ["98,765.43", "7"]


def test_the_other_parser_finds_the_same_figures_in_the_same_cells_also_on_a_cropped_page(tmp_path: Path) -> None:
    sheet = Sheet(crop=(40, 30, 500, 800), media=(-20, -30, 575, 812)).grid(XS, YS, ROWS).unknown(60, 60, "AB")
    table = _read(write_pdf(tmp_path / "page.pdf", sheet))
    assert (table.texts(), [cell.doubt for cell in table.cells if cell.doubt]) == (ROWS, [])


def test_a_page_whose_fonts_name_every_glyph_is_read_by_one_parser(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OtherParser, "text_in", lambda *_: pytest.fail("the other parser was asked"))
    assert _read(write_pdf(tmp_path / "page.pdf", Sheet().grid(XS, YS, ROWS))).texts() == ROWS

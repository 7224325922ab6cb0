"""What no viewer shows is not read, whatever hides it; what is struck out is not in force; what is spread over a page is a
watermark."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from dealproof.model.page import PageText
from dealproof.model.table import Table
from dealproof.pages.fast import read_pages
from dealproof.pages.opened import OpenPdf
from dealproof.pages.seen import may_have_layers
from dealproof.pages.struck import OVERLAY, is_struck
from dealproof.tables.read_tables import find_tables
from dealproof.text import squeeze
from tests.doubles.pdfs import HEIGHT, NAMED, WIDTH, Sheet
from tests.doubles.unseen import TRICKS, write

XS, YS = [60, 200, 320, 440], [100, 125, 150, 175]
ROWS = [["项目", "金额（元）", "笔数"], ["正常", "1,234.56", "120"], ["逾期", "98,765.43", "7"]]
#: Where the amount of the first row begins and ends, and its upper edge.
BEGIN, END, TOP = 204, 244, 132.5


def _sheet(**options: object) -> Sheet:
    return Sheet(**options).grid(XS, YS, ROWS)  # type: ignore[arg-type]


def _read(tmp_path: Path, sheet: Sheet) -> tuple[PageText, Table]:
    path = write(tmp_path / "page.pdf", sheet)
    pages = read_pages(path)
    with OpenPdf(path) as document:
        (table,) = find_tables(document, [1], {1: pages[0]}).tables
    return pages[0], table


def _doubts(table: Table) -> dict[str, str]:
    return {cell.text: cell.doubt for cell in table.cells if cell.doubt}


@pytest.mark.parametrize("trick", TRICKS)
def test_digits_that_no_viewer_shows_are_not_read_and_their_cell_is_asked(tmp_path: Path, trick: str) -> None:
    sheet = _sheet()
    TRICKS[trick](sheet, END + 1, TOP, "99")
    page, table = _read(tmp_path, sheet)
    assert table.texts()[1] == ["正常", "1,234.56", "120"]
    assert list(_doubts(table)) == ["1,234.56"]
    assert "'99' stands here too and is not seen" in _doubts(table)["1,234.56"]
    assert "99" not in page.text.replace("98,765", "")


@pytest.mark.parametrize("trick", [name for name in TRICKS if "under" not in name and "same" not in name])
def test_hidden_digits_before_a_figure_and_a_hidden_sign_are_not_read(tmp_path: Path, trick: str) -> None:
    sheet = _sheet()
    TRICKS[trick](sheet, BEGIN - 3, TOP, "-")
    _, table = _read(tmp_path, sheet)
    assert table.texts()[1] == ["正常", "1,234.56", "120"]
    assert "1,234.56" in _doubts(table)


@pytest.mark.parametrize("trick", TRICKS)
def test_a_hidden_sentence_is_not_read(tmp_path: Path, trick: str) -> None:
    sheet = _sheet()
    TRICKS[trick](sheet, 60, 300, "累计违约率为9.99%")
    page, table = _read(tmp_path, sheet)
    assert "9.99" not in page.text
    assert "9.99" in "".join(each.text for each in page.unseen)
    assert _doubts(table) == {}


@pytest.mark.parametrize("cover", ["under a white patch", "under a picture"])
def test_of_a_figure_that_was_patched_over_the_new_one_is_read_and_asked(tmp_path: Path, cover: str) -> None:
    sheet = Sheet().grid(XS, YS, [ROWS[0], ["正常", "", "120"], ROWS[2]])
    TRICKS[cover](sheet, BEGIN, TOP, "0.3512")
    sheet.text(BEGIN, TOP, "0.5399")
    page, table = _read(tmp_path, sheet)
    assert table.texts()[1] == ["正常", "0.5399", "120"]
    assert "0.5399" in _doubts(table)
    assert "正常  0.5399  120" in page.text


def test_hidden_digits_in_a_font_that_is_not_in_the_file_are_not_read_and_its_words_stay(tmp_path: Path) -> None:
    sheet = _sheet().text(END + 1, TOP, "99", font=NAMED).text(60, 300, "优先级", font=NAMED)
    sheet.picture(END, TOP - 2, 12, 14).picture(300, 290, 20, 20)
    page, table = _read(tmp_path, sheet)
    assert table.texts()[1][1] == "1,234.56"
    assert "优先级" not in "".join(each.text for each in page.unseen)


def test_half_a_text_that_is_covered_is_not_read(tmp_path: Path) -> None:
    sheet = Sheet().grid(XS, YS, [ROWS[0], ["正常", "1,234.56", ""], ROWS[2]]).text(324, TOP, "120999")
    sheet.content.append(f"1 g {324 + 15} {HEIGHT - TOP - 11} 20 12 re f")
    page, table = _read(tmp_path, sheet)
    assert table.texts()[1][2] == "120"
    assert "'999'" in _doubts(table)["120"]
    assert "120999" not in page.text


def test_white_text_on_a_dark_header_is_read_without_a_question(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.content.append(f"0 .3 .5 rg 60 {HEIGHT - 125} 380 25 re f")
    sheet.grid(XS, YS, [["", "", ""], *ROWS[1:]])
    for text, x in zip(ROWS[0], XS, strict=False):
        sheet.text(x + 4, 107.5, text, grey=1)
    _, table = _read(tmp_path, sheet)
    assert table.texts()[0] == ROWS[0]
    assert _doubts(table) == {}


@pytest.mark.parametrize("grey", [0.3, 0.6, 0.75])
def test_grey_figures_on_shaded_rows_are_read_without_a_question(tmp_path: Path, grey: float) -> None:
    sheet = Sheet()
    sheet.content.append(f".95 g 60 {HEIGHT - 150} 380 25 re f")
    sheet.grid(XS, YS, [ROWS[0], ["正常", "", "120"], ROWS[2]]).text(BEGIN, TOP, "1,234.56", grey=grey)
    _, table = _read(tmp_path, sheet)
    assert table.texts()[1] == ROWS[1]
    assert _doubts(table) == {}


def test_text_in_clips_that_show_it_is_read_without_a_question(tmp_path: Path) -> None:
    sheet = Sheet().grid(XS, YS, [ROWS[0], ["正常", "", "120"], ROWS[2]])
    sheet.content.append(f"q 200 {HEIGHT - 150} 120 25 re W n")
    sheet.text(BEGIN, TOP, "1,234.56")
    sheet.content.append("Q")
    assert _doubts(_read(tmp_path, sheet)[1]) == {}


def test_a_recognised_layer_over_a_scan_is_left_to_recognition(tmp_path: Path) -> None:
    sheet = Sheet().picture(0, 0, WIDTH, HEIGHT)
    for number in range(12):
        sheet.text(60, 60 + 20 * number, "本期资产支持证券的本金与收益", mode=3)
    page = read_pages(write(tmp_path / "page.pdf", sheet))[0]
    assert (page.quality, page.unseen) == ("lying", ())


def test_hidden_text_on_a_turned_page_is_not_read(tmp_path: Path) -> None:
    sheet = _sheet()
    TRICKS["white on white"](sheet, END + 1, TOP, "99")
    page, table = _read(tmp_path, sheet.turned(90, rotate=90))
    assert table.texts()[1][1] == "1,234.56"
    assert "99" not in page.text.replace("98,765", "")


STRUCK = {
    "a line": f"0.6 w {BEGIN - 1} {HEIGHT - TOP - 5.5} m {END + 1} {HEIGHT - TOP - 5.5} l S",
    "a red line": f"q 1 0 0 RG 1 w {BEGIN} {HEIGHT - TOP - 6} m {END} {HEIGHT - TOP - 6} l S Q",
    "a thin fill": f"0 g {BEGIN} {HEIGHT - TOP - 6.2} {END - BEGIN} 1.1 re f",
    "a thick bar": f"q 1 0 0 rg {BEGIN} {HEIGHT - TOP - 7} {END - BEGIN} 2.8 re f Q",
    "two lines": f"0.4 w {BEGIN} {HEIGHT - TOP - 5} m {END} {HEIGHT - TOP - 5} l S "
    f"{BEGIN} {HEIGHT - TOP - 6.4} m {END} {HEIGHT - TOP - 6.4} l S",
    "a line a letter": " ".join(
        f"0.5 w {BEGIN + 5 * n} {HEIGHT - TOP - 5.5} m {BEGIN + 5 * n + 5} {HEIGHT - TOP - 5.5} l S" for n in range(8)
    ),
    "an annotation": "",
}
NOTE = (
    f"<</Type/Annot/Subtype/StrikeOut/F 4/C[1 0 0]/Rect[{BEGIN} {HEIGHT - TOP - 11} {END} {HEIGHT - TOP}]/QuadPoints["
    f"{BEGIN} {HEIGHT - TOP} {END} {HEIGHT - TOP} {BEGIN} {HEIGHT - TOP - 10} {END} {HEIGHT - TOP - 10}]>>"
)


def _strike(sheet: Sheet, kind: str) -> Sheet:
    if kind == "an annotation":
        sheet.annotations = NOTE
    else:
        sheet.content.append(STRUCK[kind])
    return sheet


@pytest.mark.parametrize("kind", STRUCK)
def test_of_a_struck_figure_and_a_new_one_the_new_one_is_read_and_asked(tmp_path: Path, kind: str) -> None:
    page, table = _read(tmp_path, _strike(_sheet().text(END + 6, TOP, "7.89"), kind))
    assert table.texts()[1] == ["正常", "7.89", "120"]
    assert "struck out" in _doubts(table)["7.89"]
    assert "1,234.56" not in page.text
    assert "7.89" in page.text


@pytest.mark.parametrize("kind", STRUCK)
def test_a_struck_figure_alone_is_known_as_struck_out_and_is_no_figure(tmp_path: Path, kind: str) -> None:
    _, table = _read(tmp_path, _strike(_sheet(), kind))
    text = table.texts()[1][1]
    assert is_struck(text)
    assert squeeze(text).replace(OVERLAY, "") == "1,234.56"
    assert "struck out" in _doubts(table)[text]


def test_a_line_through_a_whole_row_strikes_it_out_and_is_no_rule(tmp_path: Path) -> None:
    sheet = _sheet()
    sheet.content.append(f"0.8 w 58 {HEIGHT - 137.5} m 442 {HEIGHT - 137.5} l S")
    _, table = _read(tmp_path, sheet)
    assert (table.n_rows, [is_struck(text) for text in table.texts()[1]]) == (3, [True, True, True])
    assert table.texts()[2] == ROWS[2]


def test_underlined_figures_and_rules_close_to_text_strike_nothing_out(tmp_path: Path) -> None:
    sheet = _sheet()
    sheet.content.append(f"0.5 w {BEGIN} {HEIGHT - TOP - 10.3} m {END} {HEIGHT - TOP - 10.3} l S")
    _, table = _read(tmp_path, sheet)
    assert table.texts() == ROWS
    assert _doubts(table) == {}


def test_pale_text_tiled_level_over_cells_is_a_watermark_and_asks_nothing(tmp_path: Path) -> None:
    sheet = _sheet()
    for row in range(8):
        for column in range(4):
            sheet.text(50 + 130 * column + 7 * row, 96 + 12 * row, "张三 13800138000", grey=0.72)
    page, table = _read(tmp_path, sheet)
    assert table.texts() == ROWS
    assert _doubts(table) == {}
    assert "13800138000" not in page.text
    assert "13800138000" in "".join(page.furniture)


@pytest.mark.parametrize("angle", [0, 20])
@pytest.mark.parametrize("shift", [0.04, 0.3, 1.2])
def test_a_watermark_of_the_same_digits_takes_none_away_from_a_figure(tmp_path: Path, angle: float, shift: float) -> None:
    sheet = _sheet()
    for place in range(5):
        sheet.text(BEGIN + 10 * place + shift, TOP + shift, "1234", angle=angle, grey=0.7)
        sheet.text(324 + shift, TOP - 4 + shift + 3 * place, "120", angle=angle, grey=0.7)
    _, table = _read(tmp_path, sheet)
    assert table.texts() == ROWS
    assert _doubts(table) == {}


def test_one_pale_line_across_the_cells_is_a_watermark(tmp_path: Path) -> None:
    page, table = _read(tmp_path, _sheet().text(70, 134, "仅供内部使用20240821仅供内部使用20240821", grey=0.8))
    assert table.texts() == ROWS
    assert _doubts(table) == {}
    assert page.furniture == ("仅供内部使用20240821仅供内部使用20240821",)


def test_pale_figures_in_their_own_cells_are_no_watermark(tmp_path: Path) -> None:
    sheet = Sheet().grid(XS, YS, [ROWS[0], ["正常", "", ""], ["逾期", "", ""]])
    for top in (TOP, TOP + 25):
        for x in (BEGIN, 324):
            sheet.text(x, top, "0.00", grey=0.7)
    _, table = _read(tmp_path, sheet)
    assert table.texts()[1:] == [["正常", "0.00", "0.00"], ["逾期", "0.00", "0.00"]]


@pytest.mark.parametrize("packed", [b"1 0 <</Type/Catalog/OCProperties<<>>>>", b"1 0 <</Type/Catalog>>"])
def test_a_file_that_packs_its_objects_may_have_layers_where_they_name_some(tmp_path: Path, packed: bytes) -> None:
    data = zlib.compress(packed)
    head = b"5 0 obj <</Type/ObjStm/N 1/First 4/Filter/FlateDecode/Length %d>>\nstream\n" % len(data)
    path = tmp_path / "packed.pdf"
    path.write_bytes(b"%PDF-1.7\n" + head + data + b"\nendstream endobj")
    assert may_have_layers(path) == (b"OCProperties" in packed)


def test_a_file_whose_packed_objects_cannot_be_looked_into_may_have_layers(tmp_path: Path) -> None:
    path = tmp_path / "locked.pdf"
    path.write_bytes(b"%PDF-1.7\n5 0 obj <</Type/ObjStm/N 1/First 4>>\nstream\nlocked\nendstream endobj")
    assert may_have_layers(path)

"""Awkward text in tables, through all readers: a cell holds what the eye reads in it, or it is asked."""

from __future__ import annotations

from itertools import product
from pathlib import Path

import pytest

from dealproof.model.evidence import Box
from dealproof.model.table import Table
from dealproof.pages.fast import read_pages
from dealproof.pages.opened import OpenPdf
from dealproof.tables.lines import run_text
from dealproof.tables.page import Char
from dealproof.tables.read_tables import find_tables
from dealproof.text import squeeze
from tests.doubles.pdfs import Sheet, write_pdf
from tests.doubles.text_layer import TextLayer

XS, YS = [60, 200, 320, 440], [100, 125, 150, 175]
ROWS = [["项目", "金额（元）", "笔数"], ["正常", "1,234.56", "120"], ["逾期", "98,765.43", "7"]]
#: Where the first figures of these rows end.
AMOUNT_ENDS, COUNT_ENDS, TOP = 244, 339, 132.5


def _tables(tmp_path: Path, *sheets: Sheet) -> list[Table]:
    path = write_pdf(tmp_path / "page.pdf", *sheets)
    pages = {page.number: page for page in read_pages(path)}
    with OpenPdf(path) as document:
        return list(find_tables(document, sorted(pages), pages).tables)


def _table(tmp_path: Path, *sheets: Sheet) -> Table:
    (table,) = _tables(tmp_path, *sheets)
    return table


def _doubts(table: Table) -> list[str]:
    return [cell.text for cell in table.cells if cell.doubt]


def _ruled(**options: object) -> Sheet:
    return Sheet(**options).grid(XS, YS, ROWS)  # type: ignore[arg-type]


def _open(**options: object) -> Sheet:
    """The same rows without rules."""
    sheet = Sheet(**options)  # type: ignore[arg-type]
    for number, row in enumerate(ROWS):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x + 4, 107.5 + 25 * number, text)
    return sheet


@pytest.mark.parametrize(("size", "up"), [(6, 4), (5, 5), (6.5, 3), (7, 2.5), (7.5, 3.5)])
@pytest.mark.parametrize("page", [_ruled, _open])
def test_a_raised_footnote_digit_is_kept_as_a_mark(tmp_path: Path, page: type[Sheet], size: float, up: float) -> None:
    sheet = page().raised(AMOUNT_ENDS, TOP, "2", size, up).raised(COUNT_ENDS, TOP, "12", size, up)
    table = _table(tmp_path, sheet)
    assert table.texts()[1] == ["正常", "1,234.56²", "120¹²"]
    assert _doubts(table) == []


def test_raised_digits_in_brackets_and_before_a_number_are_marks(tmp_path: Path) -> None:
    sheet = _ruled().raised(AMOUNT_ENDS, TOP, "(1)").raised(320, TOP, "3")
    assert _table(tmp_path, sheet).texts()[1] == ["正常", "1,234.56⁽¹⁾", "³120"]


def test_a_lowered_digit_is_a_mark_behind_a_number_and_a_part_of_a_name(tmp_path: Path) -> None:
    row = _table(tmp_path, _ruled().raised(AMOUNT_ENDS, TOP, "2", up=-2.5).raised(84, TOP, "1", up=-2.5)).texts()[1]
    assert row[1] == "1,234.56₂"
    assert squeeze(row[0]) == "正常1"


@pytest.mark.parametrize(("size", "up"), [(8.5, 3), (9, 4), (10, 2.5), (10, 5)])
@pytest.mark.parametrize("page", [_ruled, _open])
def test_a_raised_footnote_digit_as_large_as_the_figure_is_a_mark_too(tmp_path: Path, page: type[Sheet], size: float, up: float) -> None:  # fmt: skip
    table = _table(tmp_path, page().raised(AMOUNT_ENDS, TOP, "2", size, up).raised(COUNT_ENDS, TOP, "12", size, up))
    assert table.texts()[1] == ["正常", "1,234.56²", "120¹²"]
    assert _doubts(table) == []


@pytest.mark.parametrize(("size", "up"), [(6, 0), (7, 0.5), (10, 1.4)])
@pytest.mark.parametrize("page", [_ruled, _open])
def test_a_digit_that_may_or_may_not_be_a_mark_is_asked(tmp_path: Path, page: type[Sheet], size: float, up: float) -> None:  # fmt: skip
    table = _table(tmp_path, page().raised(AMOUNT_ENDS, TOP, "2", size, up))
    (cell,) = [cell for cell in table.cells if cell.doubt]
    assert "may be the mark of a footnote" in cell.doubt


@pytest.mark.parametrize("shift", [0.1, 0.3, 0.5, 1.0])
@pytest.mark.parametrize("size", [7, 10])
def test_fake_bold_of_every_glyph_or_of_whole_texts_is_read_once(tmp_path: Path, shift: float, size: float) -> None:
    glyphs, texts = Sheet().grid(XS, YS, [[]] * 3), Sheet().grid(XS, YS, [[]] * 3)
    for row, top in zip(ROWS, YS, strict=False):
        for text, x in zip(row, XS, strict=False):
            texts.text(x + 4, top + 7, text, size).text(x + 4 + shift, top + 7, text, size)
            place = x + 4
            for char in text:
                glyphs.text(place, top + 7, char, size).text(place + shift, top + 7, char, size)
                place += size if char > "\u2e7f" else size / 2
    for sheet in (glyphs, texts):
        table = _table(tmp_path, sheet)
        assert table.texts() == ROWS
        assert _doubts(table) == []


@pytest.mark.parametrize("page", [_ruled, _open])
@pytest.mark.parametrize("crop", [(40, 30, 500, 800), (55, 600, 445, 790)])
@pytest.mark.parametrize("media", [None, (-20, -30, 575, 812)])
def test_a_cropped_page_is_read_as_shown(
    tmp_path: Path, page: type[Sheet], crop: tuple[float, ...], media: tuple[float, ...] | None
) -> None:
    table = _table(tmp_path, page(crop=crop, media=media).text(5, 5, "9,999.99"))
    assert table.texts() == ROWS
    assert _doubts(table) == []
    amount = table.grid()[1][1]
    assert amount is not None
    left, top = 200 - crop[0], 125 - (842 - crop[3])
    assert abs(amount.box.x0 - left) <= 4.5
    assert abs(amount.box.top - top) <= 8


def test_cells_that_the_crop_hides_are_not_read(tmp_path: Path) -> None:
    sheet = _ruled(crop=(0, 0, 595, 740)).grid([60, 200, 320], [60, 80, 98], [["隐藏", "9,999.99"], ["隐藏", "8,888"]])
    assert "隐藏" not in str([table.texts() for table in _tables(tmp_path, sheet)])


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("page", [_ruled, _open])
def test_a_page_that_is_shown_rotated_with_turned_content_reads_as_shown(tmp_path: Path, page: type[Sheet], turn: int) -> None:  # fmt: skip
    table = _table(tmp_path, page().turned(turn, rotate=turn))
    assert table.texts() == ROWS
    assert _doubts(table) == []
    assert abs(table.box.x0 - 60) < 5


@pytest.mark.parametrize("turn", [90, 180, 270])
@pytest.mark.parametrize("page", [_ruled, _open])
def test_a_table_that_stands_turned_on_the_page_is_read_and_asked(tmp_path: Path, page: type[Sheet], turn: int) -> None:  # fmt: skip
    table = _table(tmp_path, page().turned(turn))
    assert table.texts() == ROWS
    assert _doubts(table) == ["1,234.56", "120", "98,765.43", "7"]


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_the_boxes_of_a_turned_table_lie_where_a_viewer_shows_it(tmp_path: Path, turn: int) -> None:
    path = write_pdf(tmp_path / "turned.pdf", _ruled().turned(turn))
    table = _table(tmp_path, _ruled().turned(turn))
    with TextLayer(path) as layer:
        for cell in table.cells:
            assert sorted(squeeze(layer.text_in(1, cell.box))) == sorted(squeeze(cell.text))


def _labelled(rows: int = 5) -> Sheet:
    """A table whose first column is one merged cell."""
    xs, bottom = [60, 90, 200, 320, 440], 125 + 25 * rows
    sheet = Sheet().rule(60, 100, 440, 100).rule(60, 125, 440, 125).rule(60, bottom, 440, bottom)
    for x in xs:
        sheet.rule(x, 100, x, bottom)
    for number in range(1, rows):
        sheet.rule(90, 125 + 25 * number, 440, 125 + 25 * number)
    for x, text in zip(xs, ("类别", "项目", "金额", "笔数"), strict=False):
        sheet.text(x + 4, 107, text)
    for number in range(rows):
        for x, text in zip(xs[1:], (f"项目{number}", f"{number + 1},000.00", f"{number + 10}"), strict=False):
            sheet.text(x + 4, 132 + 25 * number, text)
    return sheet


def _first_column(table: Table) -> list[str]:
    return [squeeze(row[0]) for row in table.texts()[1:]]


def test_a_label_with_one_letter_below_the_other_is_one_label(tmp_path: Path) -> None:
    sheet = _labelled()
    for number, char in enumerate("优先级资产"):
        sheet.text(70, 140 + 15 * number, char)
    table = _table(tmp_path, sheet)
    assert _first_column(table) == ["优先级资产"] * 5
    assert [row[2] for row in table.texts()[1:]] == [f"{number},000.00" for number in range(1, 6)]


@pytest.mark.parametrize(("x", "top", "angle"), [(71, 226, 90), (72, 140, 270)])
def test_a_label_that_stands_on_end_is_read(tmp_path: Path, x: float, top: float, angle: float) -> None:
    table = _table(tmp_path, _labelled().text(x, top, "优先级资产", angle=angle))
    assert _first_column(table) == ["优先级资产"] * 5
    assert _doubts(table) == []


def test_a_mark_on_end_that_runs_through_the_cells_is_no_text_of_them(tmp_path: Path) -> None:
    sheet = _labelled().text(71, 260, "仅供内部使用严禁外传抄录复印", angle=90)
    assert _first_column(_table(tmp_path, sheet)) == [""] * 5


@pytest.mark.parametrize("page", ["ruled", "open"])
def test_letters_drawn_from_right_to_left_are_read_from_left_to_right(tmp_path: Path, page: str) -> None:
    sheet = Sheet().grid(XS, YS, [[]] * 3) if page == "ruled" else Sheet()
    for row, top in zip(ROWS, YS, strict=False):
        for text, x in zip(row, XS, strict=False):
            sheet.letters(x + 4, top + 7, text, order=range(len(text))[::-1])
    table = _table(tmp_path, sheet)
    assert table.texts() == ROWS
    assert _doubts(table) == []


@pytest.mark.parametrize(("gap", "ruled"), list(product((1, 3, 6, 9, 14), (True, False))))
def test_a_justified_label_is_one_cell(tmp_path: Path, gap: float, ruled: bool) -> None:
    sheet = Sheet().grid(XS, [*YS, 200], [[]] * 4) if ruled else Sheet()
    rows = [
        ["项目", "金额（元）", "笔数"],
        ["芜湖长", "1,234.56", "120"],
        ["合计", "12,345.67", "7"],
        ["其他", "1.00", "2"],
    ]
    for number, row in enumerate(rows):
        for text, x in zip(row, XS, strict=False):
            sheet.letters(x + 4, 107 + 25 * number, text, gap=gap if text in ("芜湖长", "合计") else 0)
    table = _table(tmp_path, sheet)
    assert [[squeeze(text) for text in row] for row in table.texts()] == [[squeeze(text) for text in row] for row in rows]  # fmt: skip


def test_a_justified_figure_is_one_number(tmp_path: Path) -> None:
    rows = [["项目", "金额（元）", ""], ["正常", "", "1"], ["逾期", "2.00", "1"]]
    sheet = Sheet().grid(XS, YS, rows).letters(204, 132, "1,234.56", gap=4)
    table = _table(tmp_path, sheet)
    assert table.texts()[1][1] == "1,234.56"
    assert _doubts(table) == []


def _printed(*parts: tuple[float, str]) -> str:
    chars = []
    for x, text in parts:
        chars += [Char(char, x + 5 * n, 100, x + 5 * n + 5, 110, 10) for n, char in enumerate(text)]
    return run_text(chars)


def test_thousands_set_off_by_thin_spaces_are_one_number_and_wide_gaps_are_not() -> None:
    assert _printed((0, "1"), (8, "234"), (26, "567.89")) == "1 234 567.89"
    assert _printed((0, "120"), (20.5, "345")) == "120  345"


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("repeated", [True, False])
def test_a_table_runs_on_over_a_page_of_another_size(tmp_path: Path, ruled: bool, repeated: bool) -> None:
    upper = [ROWS[0], *([f"地区{n}", f"{n},000.00", f"{n + 10}"] for n in range(1, 7))]
    lower = [*([ROWS[0]] if repeated else []), *([f"区域{n}", f"{n},500.00", f"{n + 20}"] for n in range(1, 7))]
    wide = [60 + 1.5 * (x - 60) for x in XS]
    table = _table(
        tmp_path, _rows(Sheet(), XS, 842 - 60 - 25 * len(upper), upper, ruled),
        _rows(Sheet(width=842, height=595), wide, 60, lower, ruled),
    )  # fmt: skip
    assert table.pages == (1, 2)
    assert table.texts() == [*upper, *lower[repeated:]]


def _rows(sheet: Sheet, xs: list[float], top: float, rows: list[list[str]], ruled: bool) -> Sheet:
    if ruled:
        return sheet.grid(xs, [top + 25 * n for n in range(len(rows) + 1)], rows)
    for number, row in enumerate(rows):
        for x, text in zip(xs, row, strict=False):
            sheet.text(x + 4, top + 25 * number + 7, text)
    return sheet


def test_columns_of_the_page_before_are_not_forced_on_figures_that_stand_elsewhere(tmp_path: Path) -> None:
    upper = [ROWS[0], *([f"地区{n}", f"{n},000.00", f"{n + 10}"] for n in range(1, 7))]
    lower = [[f"区域{n}", f"{n},500.00", f"{n + 20}"] for n in range(1, 7)]
    shifted = [100 + 1.5 * (x - 60) for x in XS]
    tables = _tables(
        tmp_path, _rows(Sheet(), XS, 842 - 60 - 25 * 7, upper, False),
        _rows(Sheet(width=842, height=595), shifted, 60, lower, False),
    )  # fmt: skip
    assert [row for table in tables for row in table.texts()][-6:] == lower


@pytest.mark.parametrize("code", ["\ue0d1", "\x1f", "\x85", "\uffff"])
def test_a_glyph_without_meaning_never_vanishes_from_a_figure(tmp_path: Path, code: str) -> None:
    rows = [ROWS[0], ["正常", f"12{code}", "120"], ["逾期", "1.00", "7"]]
    (text,) = [row[1] for row in _table(tmp_path, Sheet().grid(XS, YS, rows)).texts() if row[0] == "正常"]
    assert len(text) == 3
    assert text[:2] == "12"


def test_a_letter_drawn_mirrored_is_not_read_as_if_it_were_not(tmp_path: Path) -> None:
    sheet = Sheet().grid(XS, YS, [ROWS[0], ["正常", "", "120"], ["逾期", "1.00", "7"]])
    sheet.content.append(
        f"q -1 0 0 1 500 0 cm BT /F1 10 Tf 1 0 0 1 250 {842 - 141} Tm <{'12'.encode('utf-16-be').hex()}> Tj ET Q"
    )
    assert _table(tmp_path, sheet).texts()[1][1] == "\ufffd\ufffd"


def test_full_width_figures_and_radicals_stay_as_printed_in_the_cell(tmp_path: Path) -> None:
    rows = [["⽇期", "⾦额（元）", "笔数"], ["⼀⽉", "１，２３４．５６", "１２０"], ["逾期", "1.00", "7"]]
    table = _table(tmp_path, Sheet().grid(XS, YS, rows))
    assert table.texts() == rows
    assert _doubts(table) == []


def test_the_box_of_a_cell_on_a_cropped_page_holds_its_ink(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "page.pdf", _ruled(crop=(40, 30, 500, 800)))
    cell = _table(tmp_path, _ruled(crop=(40, 30, 500, 800))).grid()[1][1]
    assert cell is not None
    with TextLayer(path) as layer:
        assert squeeze(layer.text_in(1, Box(cell.box.x0, cell.box.top, cell.box.x1, cell.box.bottom))) == "1,234.56"


def test_what_a_label_or_header_with_glyphs_without_meaning_governs_is_asked(tmp_path: Path) -> None:
    rows = [["项目", "金额\ue011元）", "笔数"], ["正\ue012", "1,234.56", "120"], ["逾期", "98,765.43", "7"]]
    table = _table(tmp_path, Sheet().grid(XS, YS, rows))
    assert _doubts(table) == ["金额\ue011元）", "正\ue012", "1,234.56", "120", "98,765.43"]


def test_neighbouring_equal_letters_of_tiny_print_are_no_fake_bold(tmp_path: Path) -> None:
    sheet = Sheet()
    for number, row in enumerate(
        (["项目", "金额（元）", "笔数"], ["正常", "11,111.11", "111"], ["逾期", "22,222.22", "22"])
    ):
        for x, text in zip(XS, row, strict=False):
            sheet.text(x, 100 + 8 * number, text, 3)
    assert _table(tmp_path, sheet).texts()[1][1:] == ["11,111.11", "111"]


def _open_rows(rows: list[list[str]]) -> Sheet:
    sheet = Sheet()
    for number, row in enumerate(rows):
        for x, text in zip((60, 100, 220, 340), row, strict=False):
            sheet.text(x, 100 + 20 * number, text)
    return sheet


def test_letters_below_one_another_beside_labels_are_one_label_without_rules_too(tmp_path: Path) -> None:
    rows = [[char, f"项目{n}", f"{n + 1},000.00", f"{n + 10}"] for n, char in enumerate("优先级资产")]
    table = _table(tmp_path, _open_rows([["类别", "项目", "金额", "笔数"], *rows]))
    assert [squeeze(row[0]) for row in table.texts()[1:]] == ["优先级资产"] * 5
    assert [row[1:] for row in table.texts()[1:]] == [row[1:] for row in rows]


def test_one_letter_labels_of_rows_and_numerals_are_not_joined(tmp_path: Path) -> None:
    lone = [[char, f"{n + 1},000.00", f"{n + 10}", "1.00"] for n, char in enumerate("京沪粤")]
    assert [row[0] for row in _table(tmp_path, _open_rows([["省份", "金额", "笔数", "占比"], *lone])).texts()[1:]] == list("京沪粤")  # fmt: skip
    counted = [[char, f"项目{n}", f"{n + 1},000.00", "1"] for n, char in enumerate("一二三")]
    assert [row[0] for row in _table(tmp_path, _open_rows([["序号", "项目", "金额", "笔数"], *counted])).texts()[1:]] == list("一二三")  # fmt: skip

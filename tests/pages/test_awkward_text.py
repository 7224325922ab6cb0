"""Awkward text on its way to a line: what the eye reads is what stands in the line, and nothing that it does not see."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.model.page import PageText
from dealproof.pages.fast import read_pages
from dealproof.text import as_printed, fold, label_key, squeeze
from tests.doubles.pdfs import NAMED, Sheet, write_pdf
from tests.doubles.text_layer import TextLayer


def _page(tmp_path: Path, sheet: Sheet) -> PageText:
    return read_pages(write_pdf(tmp_path / "page.pdf", sheet))[0]


def test_kangxi_radicals_stay_as_printed_in_the_line_and_are_compared_as_ideographs(tmp_path: Path) -> None:
    text = _page(tmp_path, Sheet().text(60, 100, "⼀年⽉⽇⾦额")).text
    assert text == "⼀年⽉⽇⾦额"
    assert squeeze(text) == "一年月日金额"


@pytest.mark.parametrize(("printed", "meant"), [
    ("⼾⾧⾞⾒⾨⾴⾵⾺⾙⿂⿓⻑⻱", "户长车见门页风马贝鱼龙长龟"), ("\uf902\uf92e\uf949", "车冷雷"),
    ("⻓⻋⻅⻔⻚⻝⺠⻬⻩⻘⻣", "长车见门页食民齐黄青骨"), ("⺜⺩⺫⺧", "日王目牛"), ("１，２３４．５０％", "1,234.50%"),
    ("㈠ ㈡", "(一) (二)"), ("㎡", "m2"), ("\uf9d1", "六"), ("ＡＡＡｓｆ", "AAAsf"), ("－3.2", "-3.2"), ("−3.2", "-3.2"),
])  # fmt: skip
def test_compatibility_code_points_are_folded(printed: str, meant: str) -> None:
    assert fold(printed) == meant


def test_what_was_found_in_squeezed_text_is_proved_as_printed() -> None:
    lines = ["初始起算⽇ 为 ２０２４", "年 1⽉ 1⽇。"]
    whole = "".join(squeeze(line) for line in lines)
    assert as_printed(lines, whole.index("日"), whole.index("。")) == "⽇ 为 ２０２４年 1⽉ 1⽇"


def test_a_soft_hyphen_that_is_printed_is_a_sign_and_does_not_vanish() -> None:
    assert fold("\u00ad3.2%") == "-3.2%"


def test_raised_and_circled_figures_are_never_digits_of_the_figure_before_them() -> None:
    assert [fold(text) for text in ("120²", "10①", "1.5⑴", "7₂")] == ["120²", "10①", "1.5(1)", "7₂"]
    assert fold("A₁级") == "A1级"
    assert label_key("累计违约率（%）²") == label_key("累计违约率①") == "累计违约率"


@pytest.mark.parametrize(("size", "up"), [(6, 4), (5, 5), (6.5, 3), (7, 2.5), (7.5, 3.5), (8.5, 3), (10, 2.5), (10, 5)])
def test_a_raised_digit_glued_to_a_number_is_no_part_of_it(tmp_path: Path, size: float, up: float) -> None:
    sheet = Sheet().text(60, 100, "发行规模").text(100, 100, "1,234.56").raised(140, 100, "2", size, up)
    assert _page(tmp_path, sheet).text == "发行规模1,234.56²"


def test_a_raised_digit_drawn_after_the_whole_page_is_told_too(tmp_path: Path) -> None:
    sheet = Sheet().text(60, 100, "120")
    for row in range(8):
        sheet.text(60, 130 + 20 * row, f"第{row}行")
    assert _page(tmp_path, sheet.raised(75, 100, "1")).lines[0].text == "120¹"


def test_a_raised_digit_between_a_number_and_its_unit(tmp_path: Path) -> None:
    sheet = Sheet().text(60, 100, "1,234.56").raised(100, 100, "2").text(103, 100, "万元")
    assert squeeze(_page(tmp_path, sheet).text) == "1,234.56²万元"


def test_a_small_digit_on_the_same_baseline_is_no_mark(tmp_path: Path) -> None:
    assert _page(tmp_path, Sheet().text(60, 100, "120").raised(75, 100, "7", up=0)).text == "1207"


def test_small_print_beside_a_large_title_is_no_mark(tmp_path: Path) -> None:
    sheet = Sheet().text(60, 100, "规模", size=20).text(120, 106, "120", size=9)
    assert squeeze(_page(tmp_path, sheet).text) == "规模120"


@pytest.mark.parametrize("shift", [0.1, 0.3, 0.6, 1.0])
def test_fake_bold_of_every_glyph_is_read_once(tmp_path: Path, shift: float) -> None:
    sheet = Sheet()
    for place, char in enumerate("11,223.00"):
        sheet.text(60 + 5 * place, 100, char).text(60 + 5 * place + shift, 100, char)
    assert _page(tmp_path, sheet).text == "11,223.00"


def test_fake_bold_by_an_outline_is_read_once(tmp_path: Path) -> None:
    assert _page(tmp_path, Sheet().text(60, 100, "合计 1,100.00", mode=2)).text == "合计 1,100.00"


def test_letters_drawn_from_right_to_left_are_read_from_left_to_right(tmp_path: Path) -> None:
    text = "金额1,234.56"
    assert _page(tmp_path, Sheet().letters(60, 100, text, order=range(len(text))[::-1])).text == text


def test_digits_drawn_out_of_order_inside_a_number_are_read_in_order(tmp_path: Path) -> None:
    sheet = Sheet().letters(60, 100, "1,234.56", order=(0, 4, 3, 2, 6, 1, 5, 7))
    assert _page(tmp_path, sheet).text == "1,234.56"


def test_letters_spaced_apart_stay_one_label(tmp_path: Path) -> None:
    assert squeeze(_page(tmp_path, Sheet().letters(60, 100, "芜湖长", gap=6)).text) == "芜湖长"


def test_text_beyond_the_crop_box_is_not_read(tmp_path: Path) -> None:
    sheet = Sheet(crop=(40, 30, 560, 800)).text(60, 100, "资产支持证券").text(60, 10, "9,999.99").text(1, 100, "裁切")
    assert _page(tmp_path, sheet).text == "资产支持证券"


def test_of_a_word_that_the_crop_cuts_only_the_visible_letters_are_read(tmp_path: Path) -> None:
    page = _page(tmp_path, Sheet(crop=(0, 0, 81, 842)).text(60, 100, "资产支持证券"))
    assert page.text == "资产"


@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("media", [None, (-100, -50, 495, 792)])
def test_the_line_of_a_cropped_page_is_found_again_in_its_box(
    tmp_path: Path, rotate: int, media: tuple[float, float, float, float] | None
) -> None:
    sheet = Sheet(crop=(40, 30, 460, 700), media=media, rotate=rotate).text(200, 400, "1,234.56").text(5, 5, "9,999")
    path = write_pdf(tmp_path / "page.pdf", sheet)
    page = read_pages(path)[0]
    (line,) = page.lines
    assert 0 <= line.box.x0 <= line.box.x1 <= page.width
    assert 0 <= line.box.top <= line.box.bottom <= page.height
    with TextLayer(path) as layer:
        assert squeeze(layer.text_in(1, line.box)) == "1,234.56"


def test_pages_of_changing_size_have_their_own_measures(tmp_path: Path) -> None:
    sheets = (Sheet(), Sheet(width=842, height=595), Sheet(width=842, height=1191))
    pages = read_pages(write_pdf(tmp_path / "page.pdf", *(sheet.text(60, 100, "优先级") for sheet in sheets)))
    assert [(page.width, page.height) for page in pages] == [(595, 842), (842, 595), (842, 1191)]
    assert {round(page.lines[0].box.top) for page in pages} == {100}


def test_a_page_of_private_glyphs_is_not_trusted(tmp_path: Path) -> None:
    assert _page(tmp_path, Sheet().text(60, 100, "\ue0d1\ue0d2\ue0d3" * 20)).quality == "lying"


def test_a_font_that_is_neither_in_the_file_nor_on_the_machine_is_read_by_its_codes(tmp_path: Path) -> None:
    sheet = Sheet().text(60, 100, "资产支持证券 1,234.56", font=NAMED).text(60, 130, "二〇二四年三月", font=NAMED)
    assert _page(tmp_path, sheet).text == "资产支持证券 1,234.56\n二〇二四年三月"

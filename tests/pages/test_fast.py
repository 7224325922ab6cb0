"""The text of a page comes as the eye sees it, line by line, with a box around every line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from unicodedata import normalize

import pytest

from dealproof.model.page import Line, PageText
from dealproof.pages.fast import read_pages
from dealproof.text import squeeze
from tests.doubles.pdfs import HEIGHT, WIDTH, Sheet, write_pdf
from tests.doubles.text_layer import TextLayer

FILES = sorted((Path(__file__).parents[2] / "samples").glob("*.pdf"))
SHARED = Path(__file__).parents[3] / "shared"


def _page(tmp_path: Path, sheet: Sheet) -> PageText:
    return read_pages(write_pdf(tmp_path / "page.pdf", sheet))[0]


def _edges(line: Line) -> tuple[int, int, int, int]:
    box = line.box
    return round(box.x0), round(box.top), round(box.x1), round(box.bottom)


def test_cells_of_a_table_row_are_one_line_and_stay_apart(tmp_path: Path) -> None:
    page = _page(tmp_path, Sheet().text(60, 100, "优先A1级").text(200, 100, "150,500.00").text(300, 100, "2.28%"))
    assert page.text == "优先A1级  150,500.00  2.28%"
    assert page.quality == "native"


def test_a_line_knows_its_box_from_the_top_left(tmp_path: Path) -> None:
    page = _page(tmp_path, Sheet().text(60, 100, "资产支持证券"))
    assert (page.width, page.height) == (WIDTH, HEIGHT)
    assert _edges(page.lines[0]) == (60, 100, 120, 110)


def test_letters_drawn_one_by_one_in_any_order_are_one_word(tmp_path: Path) -> None:
    sheet = Sheet()
    for place in (4, 0, 3, 1, 2):
        sheet.text(60 + 10 * place, 100, "优先级证券"[place])
    assert _page(tmp_path, sheet).text == "优先级证券"


def test_a_glyph_drawn_last_stands_where_it_is_printed(tmp_path: Path) -> None:
    sheet = Sheet().text(60, 100, "二").text(80, 100, "二四年三月").text(60, 120, "下一行").text(70, 100, "〇")
    assert _page(tmp_path, sheet).text == "二〇二四年三月\n下一行"


def test_fake_bold_is_read_once(tmp_path: Path) -> None:
    sheet = Sheet()
    for shift in (0, 0.3):
        sheet.text(60 + shift, 100, "本期兑付 1,100.00")
    assert squeeze(_page(tmp_path, sheet).text) == "本期兑付1,100.00"


def test_a_bold_word_drawn_again_after_the_whole_page_is_read_once(tmp_path: Path) -> None:
    sheet = Sheet().text(60, 100, "合计")
    for row in range(8):
        sheet.text(60, 130 + 20 * row, f"第{row}行")
    assert _page(tmp_path, sheet.text(60.3, 100, "合计")).lines[0].text == "合计"


def test_repeated_digits_of_a_figure_are_no_fake_bold(tmp_path: Path) -> None:
    sheet = Sheet()
    for place, digit in enumerate("11,000.00"):
        sheet.text(60 + 5 * place, 100, digit)
    assert _page(tmp_path, sheet).text == "11,000.00"


@pytest.mark.parametrize("rotate", [90, 180, 270])
def test_a_rotated_page_gives_upright_lines_in_the_order_of_the_eye(tmp_path: Path, rotate: int) -> None:
    x, y = {90: (200, 700), 180: (400, 700), 270: (300, 200)}[rotate]
    down = {90: (20, 0), 180: (0, -20), 270: (-20, 0)}[rotate]
    sheet = Sheet(rotate=rotate).text(x, y, "第一行，金额", angle=rotate)
    page = _page(tmp_path, sheet.text(x + down[0], y + down[1], "第二行", angle=rotate))
    assert page.text == "第一行，金额\n第二行"
    assert (page.width, page.height) == ((WIDTH, HEIGHT) if rotate == 180 else (HEIGHT, WIDTH))
    first, second = page.lines
    assert _edges(first)[2] - _edges(first)[0] == 60
    assert _edges(first)[3] - _edges(first)[1] == 10
    assert round(second.box.top - first.box.top) == 20


def test_a_page_that_was_scanned_in_sideways_with_text_keeps_its_rows(tmp_path: Path) -> None:
    sheet = (
        Sheet().text(200, 600, "优先级", angle=90).text(200, 400, "1,000.00", angle=90).text(220, 600, "次级", angle=90)
    )
    page = _page(tmp_path, sheet)
    assert page.text == "优先级  1,000.00\n次级"
    box = page.lines[0].box
    assert box.bottom - box.top > box.x1 - box.x0


def test_a_cropped_page_counts_from_its_visible_corner(tmp_path: Path) -> None:
    page = _page(tmp_path, Sheet(crop=(40, 30, 560, 800)).text(60, 100, "资产支持证券"))
    assert (page.width, page.height) == (520, 770)
    assert _edges(page.lines[0]) == (20, 58, 80, 68)


def test_a_media_box_that_starts_below_zero_is_honoured(tmp_path: Path) -> None:
    page = _page(tmp_path, Sheet(media=(-100, -50, 495, 792)).text(60, 100, "资产支持证券"))
    assert _edges(page.lines[0]) == (160, 50, 220, 60)


def test_a_slanted_watermark_is_taken_out_of_the_lines(tmp_path: Path) -> None:
    page = _page(tmp_path, Sheet().text(60, 400, "优先级").text(100, 500, "仅供内部使用", size=40, angle=45, grey=0.8))
    assert page.text == "优先级"
    assert page.furniture == ("仅供内部使用",)


def test_a_large_pale_watermark_is_taken_out_and_a_large_dark_title_stays(tmp_path: Path) -> None:
    sheet = Sheet().text(60, 200, "募集说明书", size=30).text(60, 400, "样本", size=90, grey=0.85)
    for row in range(5):
        sheet.text(60, 600 + 15 * row, "正文")
    page = _page(tmp_path, sheet)
    assert page.lines[0].text == "募集说明书"
    assert page.furniture == ("样本",)


def test_letters_leaning_as_italics_are_no_watermark(tmp_path: Path) -> None:
    assert _page(tmp_path, Sheet().text(60, 100, "票面利率", lean=0.33)).text == "票面利率"


def test_a_rare_ideograph_does_not_shift_the_boxes_behind_it(tmp_path: Path) -> None:
    page = _page(tmp_path, Sheet().text(60, 100, "𠮷田公司").text(60, 120, "第二行"))
    assert page.text == "𠮷田公司\n第二行"
    assert _edges(page.lines[1])[:2] == (60, 120)


def test_a_page_that_is_a_picture_is_scanned_even_with_a_page_number(tmp_path: Path) -> None:
    page = _page(tmp_path, Sheet().picture(0, 0, WIDTH, HEIGHT).text(290, 810, "- 1 -"))
    assert (page.quality, page.lines) == ("scanned", ())


def test_text_turned_into_outlines_is_scanned(tmp_path: Path) -> None:
    assert _page(tmp_path, Sheet().shapes(500)).quality == "scanned"


@pytest.mark.parametrize("sheet", [Sheet(), Sheet().picture(300, 60, 120, 120).text(290, 810, "- 1 -")])
def test_an_empty_page_and_a_page_with_a_stamp_are_not_scanned(tmp_path: Path, sheet: Sheet) -> None:
    assert _page(tmp_path, sheet).quality == "native"


def test_a_picture_behind_a_text_does_not_make_it_a_scan(tmp_path: Path) -> None:
    sheet = Sheet().picture(0, 0, WIDTH, HEIGHT)
    for row in range(6):
        sheet.text(60, 200 + 20 * row, "资产支持证券募集说明书")
    page = _page(tmp_path, sheet)
    assert (page.quality, page.needs_ocr, page.read_by, len(page.lines)) == ("mixed", False, "text", 6)


@pytest.mark.parametrize(
    "sheet", [Sheet().unknown(60, 100, "ABCDE" * 15), Sheet().text(60, 100, "\ue001\ue002\ue003\ue004 金额")]
)
def test_a_text_layer_of_unknown_or_private_glyphs_lies(tmp_path: Path, sheet: Sheet) -> None:
    assert _page(tmp_path, sheet).quality == "lying"


def test_a_page_with_more_characters_than_a_report_can_have_gives_no_lines(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "page.pdf", Sheet().text(60, 100, "资产" * 10), Sheet().text(60, 100, "正文"))
    large, small = read_pages(path, max_chars=19)
    assert (large.lines, large.quality) == ((), "lying")
    assert small.text == "正文"


@pytest.mark.parametrize("sheet", [
    Sheet().text(60, 100, "优先A1级").text(200, 100, "150,500.00"),
    Sheet(rotate=90).text(200, 700, "第一行，金额", angle=90),
    Sheet(rotate=270, crop=(20, 30, 560, 800)).text(300, 200, "第一行", angle=270),
    Sheet(rotate=180, crop=(20, 30, 560, 800)).text(300, 200, "第一行", angle=180),
    Sheet(crop=(40, 30, 560, 800)).text(60, 100, "资产支持证券"),
    Sheet().text(200, 600, "优先级 1,000.00", angle=90),
])  # fmt: skip
def test_the_text_within_a_lines_box_is_the_line(tmp_path: Path, sheet: Sheet) -> None:
    path = write_pdf(tmp_path / "page.pdf", sheet)
    line = read_pages(path)[0].lines[0]
    with TextLayer(path) as layer:
        assert squeeze(layer.text_in(1, line.box)) == squeeze(line.text)


def _crosses(line: Line, page: PageText) -> bool:
    """Whether another line reaches into the height of this one, as half of a wrapped cell does beside its row."""
    return any(
        other is not line and other.box.top < line.box.bottom and line.box.top < other.box.bottom for other in page.lines
    )


def _boxes(files: Sequence[Path]) -> Iterator[tuple[Line, PageText, str, str]]:
    """All lines of all pages: what each says and what the text layer has in its box.

    A raised figure, which a line keeps as raised (`3¹`), stands in a text layer as any other.
    """
    for path in files:
        with TextLayer(path) as layer:
            for page in read_pages(path):
                for line in page.lines:
                    within = squeeze(layer.text_in(page.number, line.box))
                    yield line, page, normalize("NFKC", squeeze(line.text)), within


def test_in_the_samples_of_all_producers_a_box_holds_its_whole_line() -> None:
    assert [said for _, _, said, within in _boxes(FILES) if Counter(said) - Counter(within)] == []


def test_in_the_samples_of_all_producers_a_box_holds_nothing_else_where_lines_do_not_cross() -> None:
    clear = [(page, said, within) for line, page, said, within in _boxes(FILES) if not _crosses(line, page)]
    more = [(said, within, page) for page, said, within in clear if said != within]
    assert len(clear) > 1000
    assert len(more) < 0.02 * len(clear)
    #: Letters of a slanted watermark, which lines are rid of.
    watermarks = [Counter(within) - Counter(said) - Counter("".join(page.furniture)) for said, within, page in more]
    assert [letters for letters in watermarks if letters] == []


def test_on_real_documents_most_boxes_hold_their_lines() -> None:
    files = sorted((SHARED / "practice" / "pdf").glob("P0202[45]*.pdf"))
    if not files:
        pytest.skip("shared documents are not here")
    same = [said == within for _, _, said, within in _boxes(files[:4])]
    assert sum(same) > 0.97 * len(same)

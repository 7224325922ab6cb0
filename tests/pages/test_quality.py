"""What a text layer is worth is told page by page, with reasons; only a page that needs it goes to recognition."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.model.page import PageText
from dealproof.pages.fast import fast_pass
from tests.doubles.pdfs import HEIGHT, NAMED, WIDTH, Sheet, write_pdf

PROSE = "本期资产支持证券的本金与收益以资产池的回收款为限支付"


def _prose(lines: int = 12) -> Sheet:
    sheet = Sheet()
    for number in range(lines):
        sheet.text(60, 60 + 20 * number, PROSE)
    return sheet


def _page(tmp_path: Path, sheet: Sheet) -> PageText:
    return fast_pass(write_pdf(tmp_path / "page.pdf", sheet)).pages[0]


def test_a_page_of_text_is_native_and_needs_no_reason(tmp_path: Path) -> None:
    page = _page(tmp_path, _prose())
    assert (page.quality, page.needs_ocr, page.read_by, page.reasons) == ("native", False, "text", ())


def test_a_picture_of_a_page_is_scanned(tmp_path: Path) -> None:
    page = _page(tmp_path, Sheet().picture(0, 0, WIDTH, HEIGHT))
    assert (page.quality, page.needs_ocr, page.read_by) == ("scanned", True, "unread")
    assert page.reasons == ("a picture covers 100% of it and it has no text",)


def test_a_picture_pasted_into_a_page_of_text_makes_it_mixed_and_leaves_its_text_in_use(tmp_path: Path) -> None:
    sheet = _prose(8).picture(60, 300, 400, 150)
    for number in range(6):
        sheet.text(60, 500 + 20 * number, PROSE)
    page = _page(tmp_path, sheet)
    assert (page.quality, page.needs_ocr, page.read_by, len(page.lines)) == ("mixed", False, "text", 14)
    assert "pictures cover 12%" in page.reasons[0]


def test_a_logo_is_no_picture_of_a_table(tmp_path: Path) -> None:
    assert _page(tmp_path, _prose().picture(480, 20, 60, 30)).quality == "native"


def test_a_searchable_scan_whose_text_is_invisible_lies(tmp_path: Path) -> None:
    sheet = _prose()
    sheet.content = [line.replace("0 Tr", "3 Tr") for line in sheet.content]
    page = _page(tmp_path, sheet.picture(0, 0, WIDTH, HEIGHT))
    assert (page.quality, page.needs_ocr) == ("lying", True)
    assert "are invisible" in "; ".join(page.reasons)


def test_text_that_a_picture_hides_lies(tmp_path: Path) -> None:
    page = _page(tmp_path, _prose().picture(0, 0, WIDTH, HEIGHT))
    assert (page.quality, page.reasons) == ("lying", ("a picture lies over its text",))


def test_text_over_a_picture_is_what_the_page_shows(tmp_path: Path) -> None:
    sheet = Sheet().picture(0, 0, WIDTH, HEIGHT)
    sheet.content += _prose().content
    page = _page(tmp_path, sheet)
    assert (page.quality, page.needs_ocr, len(page.lines)) == ("mixed", False, 12)


def test_a_layer_of_control_characters_lies(tmp_path: Path) -> None:
    page = _page(tmp_path, _prose(4).text(60, 300, "\x01\x02\x03\x04\x05\x06\x07\x08 1,000.00"))
    assert (page.quality, page.needs_ocr) == ("lying", True)
    assert "control ones" in page.reasons[0]


def test_glyph_numbers_that_pass_for_foreign_letters_lie(tmp_path: Path) -> None:
    page = _page(tmp_path, _prose(1).text(60, 300, "ÕåLJÃŒÆ«ÄÅÇÉÑÖÜáàâäãåçéèêëíì 1,840,007,000.00"))
    assert page.quality == "lying"
    assert "Chinese and English have not" in page.reasons[0]


@pytest.mark.parametrize(
    "text", ["§ 3 · 1,234.50 × 2 ± 0.5 °", "①②③ （一） 【注】 “简称” —— ￥3,000", "Class A-1 Notes $ 244,000,000"]
)
def test_signs_that_documents_do_use_are_no_lie(tmp_path: Path, text: str) -> None:
    assert _page(tmp_path, _prose(3).text(60, 300, text)).quality == "native"


def test_letters_that_are_drawn_far_from_their_place_lie(tmp_path: Path) -> None:
    sheet = Sheet()
    for number in range(12):
        sheet.astray(60, 300 + 20 * number, 30)
    page = _page(tmp_path, sheet)
    assert (page.quality, page.needs_ocr) == ("lying", True)
    assert "far from their place" in "; ".join(page.reasons)


def test_letters_in_a_font_that_is_nowhere_are_missed_and_said_to_be(tmp_path: Path) -> None:
    """Whether the machine has a font that stands in decides which of the two it is; silence it is never."""
    sheet = Sheet()
    for place, letter in enumerate("优先级证券"):
        sheet.text(60 + 10 * place, 100, letter, font=NAMED)
    page = _page(tmp_path, sheet)
    assert page.lines or "in a font that is neither in the file nor on this machine" in "; ".join(page.reasons)

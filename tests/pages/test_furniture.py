"""Running headers and page numbers go; titles, units and the figures of a table stay, wherever they stand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dealproof.model.evidence import Box
from dealproof.model.page import Line, PageText
from dealproof.pages.fast import read_pages
from dealproof.pages.furniture import without_furniture
from tests.doubles.pdfs import Sheet, write_pdf

TITLE = "惠民2024年第一期资产支持证券发行说明书"


def _pages(*texts: Sequence[tuple[float, str]], size: float = 10) -> tuple[PageText, ...]:
    """Pages of lines given as (top, text), cleaned."""
    made = [
        PageText(n, 595, 842, tuple(Line(text, Box(60, top, 300, top + size)) for top, text in lines))
        for n, lines in enumerate(texts, 1)
    ]
    return without_furniture(made)


def _feet(*feet: str) -> list[str]:
    """What is left at the foot of pages that each have a body."""
    return [page.text.replace("正文", "").strip() for page in _pages(*([(400, "正文"), (805, foot)] for foot in feet))]


def test_a_running_header_goes_and_the_title_on_the_cover_stays(tmp_path: Path) -> None:
    cover = Sheet().text(60, 40, TITLE, size=16)
    inner = [Sheet().text(60, 40, TITLE, size=9).text(60, 200, f"第{n}章 正文") for n in "一二三四"]
    pages = read_pages(write_pdf(tmp_path / "circular.pdf", cover, *inner))
    assert pages[0].lines[0].text == TITLE
    assert [page.text for page in pages[1:]] == ["第一章 正文", "第二章 正文", "第三章 正文", "第四章 正文"]
    assert all(page.furniture == (TITLE,) for page in pages[1:])


def test_a_header_that_differs_only_in_its_page_number_is_one_header() -> None:
    pages = _pages(*([(40, f"{TITLE}  {n}"), (400, "正文")] for n in range(1, 5)))
    assert [page.text for page in pages] == ["正文"] * 4


def test_a_text_that_repeats_in_the_body_stays() -> None:
    pages = _pages(*([(400, "优先级资产支持证券")] for _ in range(6)))
    assert all(page.lines for page in pages)


def test_page_numbers_in_all_dress_go() -> None:
    for form in ("- {} -", "第 {} 页 共 11 页", "第{}页", "{}", "{}/11", "Page {} of 11", "－ {} －"):
        assert _feet(*(form.format(n) for n in range(1, 5))) == [""] * 4, form
    assert _feet("i", "ii", "iii", "iv", "1", "2") == [""] * 6


def test_page_numbers_may_start_late() -> None:
    assert _feet("封面", "目录页", "1", "2", "3") == ["封面", "目录页", "", "", ""]


def test_a_count_that_ends_a_table_at_the_foot_is_no_page_number() -> None:
    assert _feet("段落结束", "段落继续", "2,045", "117", "0") == ["段落结束", "段落继续", "2,045", "117", "0"]


def test_a_tranche_of_one_letter_at_the_foot_is_no_roman_number() -> None:
    assert _feet("C", "C", "C", "C") == ["C"] * 4


def test_rows_of_a_table_that_runs_over_the_foot_of_pages_stay() -> None:
    rows = [f"2025/{month}/26  {month}1,234.56" for month in range(1, 7)]
    assert _feet(*rows) == rows


def test_a_table_header_and_a_unit_repeated_at_the_top_of_some_pages_stay() -> None:
    top = [(40, "归集日  预计金额"), (55, "单位：万元"), (400, "正文")]
    pages = _pages(*[top] * 3, *[[(400, "正文")]] * 7)
    assert pages[1].text == "归集日  预计金额\n单位：万元\n正文"


def test_totals_at_the_foot_of_every_page_stay() -> None:
    assert _feet(*["合计资产  100.00"] * 6) == ["合计资产  100.00"] * 6


def test_one_page_alone_has_no_running_header() -> None:
    assert _pages([(40, TITLE), (400, "正文")])[0].text == f"{TITLE}\n正文"

"""A PDF that stays open while it is read."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.errors import UnreadableFileError
from dealproof.model.evidence import Box
from dealproof.pages import opened
from dealproof.pages.fast import pass_over, read_pages
from dealproof.pages.opened import OpenPdf
from tests.doubles.pdfs import Sheet, write_pdf
from tests.doubles.text_layer import TextLayer


def _pages(path: Path, count: int) -> Path:
    return write_pdf(path, *(Sheet().text(60, 100, f"第{n}页") for n in range(1, count + 1)))


def test_only_the_text_inside_the_box_is_read(tmp_path: Path) -> None:
    path = write_pdf(
        tmp_path / "a.pdf", Sheet().text(60, 100, "优先级").text(200, 100, "1,000.00").text(60, 120, "次级")
    )
    with TextLayer(path) as layer:
        assert layer.text_in(1, Box(190, 95, 300, 115)) == "1,000.00"
        assert layer.text_in(1, Box(400, 400, 500, 500)) == ""


def test_more_pages_than_are_kept_open_can_be_asked_in_any_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opened, "KEPT_CHARS", 3 * len("第1页"))
    path = _pages(tmp_path / "a.pdf", 9)
    with OpenPdf(path) as document:
        assert pass_over(document, keep=True).pages == read_pages(path)
        for number in (*range(1, 10), 1, 9, 2):
            with document.page(number) as page:
                assert page.seen.text.strip() == f"第{number}页"


def test_a_page_that_is_kept_is_parsed_once_and_one_that_is_not_is_let_go(tmp_path: Path) -> None:
    with OpenPdf(_pages(tmp_path / "a.pdf", 1)) as document:
        with document.page(1, keep=True) as first:
            pass
        with document.page(1) as second:
            assert second is first
        with document.page(1) as third:
            assert third is not first


def test_a_page_that_does_not_exist_is_an_index_error(tmp_path: Path) -> None:
    with OpenPdf(_pages(tmp_path / "a.pdf", 1)) as document:
        for number in (0, 2):
            with pytest.raises(IndexError, match=f"no page {number}"), document.page(number):
                pass


def test_a_file_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    with pytest.raises(UnreadableFileError, match=r"gone\.pdf"), OpenPdf(tmp_path / "gone.pdf"):
        pass

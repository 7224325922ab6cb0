"""What is taken in of a page."""

from __future__ import annotations

from pathlib import Path

import pdfplumber
import pytest

from dealproof.tables.page import page_content
from tests.doubles.pdfs import Sheet, write_pdf


def test_a_character_that_damage_put_far_off_the_page_is_not_read_and_the_others_are(tmp_path: Path) -> None:
    sheet = Sheet().text(50, 50, "本金").text(5_000_000, 50, "远").text(50, 9e12, "远").text(100, 50, "余额")
    with pdfplumber.open(write_pdf(tmp_path / "far.pdf", sheet)) as document:
        content = page_content(document.pages[0])
    assert "".join(char.text for char in content.chars) == "本金余额"


def test_a_page_larger_than_any_is_refused_and_not_read_as_if_its_text_stood_off_it(tmp_path: Path) -> None:
    sheet = Sheet(height=100_000).text(50, 99_000, "本金余额")
    with (
        pdfplumber.open(write_pdf(tmp_path / "tall.pdf", sheet)) as document,
        pytest.raises(ValueError, match="no page measures 595 by 100000 points"),
    ):
        page_content(document.pages[0])

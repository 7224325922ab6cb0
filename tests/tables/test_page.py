"""What is taken in of a page: characters where they are printed, ruling lines, shaded areas."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.pages.fast import pass_over
from dealproof.pages.opened import OpenPdf
from dealproof.tables.page import PageContent, page_content
from tests.doubles.pdfs import HEIGHT, NAMED, Sheet, pdf_bytes, write_pdf


def _content(path: Path) -> PageContent:
    with OpenPdf(path) as document, document.page(1) as page:
        return page_content(page)


def _taken_in(tmp_path: Path, sheet: Sheet) -> PageContent:
    return _content(write_pdf(tmp_path / "page.pdf", sheet))


def _places(content: PageContent) -> dict[str, tuple[float, ...]]:
    return {char.text: tuple(round(x, 2) for x in (char.x0, char.top, char.x1, char.bottom)) for char in content.chars}


def _rules(content: PageContent) -> list[tuple[float, ...]]:
    return sorted(tuple(round(x, 1) for x in (rule.x0, rule.top, rule.x1, rule.bottom)) for rule in content.rules)


def test_a_character_that_damage_put_far_off_the_page_is_not_read_and_the_others_are(tmp_path: Path) -> None:
    sheet = Sheet().text(50, 50, "本金").text(5_000_000, 50, "远").text(50, 9e12, "远").text(100, 50, "余额")
    assert "".join(char.text for char in _taken_in(tmp_path, sheet).chars) == "本金余额"


def test_a_page_larger_than_any_is_refused_and_not_read_as_if_its_text_stood_off_it(tmp_path: Path) -> None:
    sheet = Sheet(height=100_000).text(50, 99_000, "本金余额")
    with pytest.raises(ValueError, match="no page measures 595 by 100000 points"):
        _taken_in(tmp_path, sheet)


def test_a_character_stands_where_it_is_printed_and_takes_its_advance(tmp_path: Path) -> None:
    places = _places(_taken_in(tmp_path, Sheet().text(100, 50, "金1", 10)))
    assert places == {"金": (100, 50, 110, 60), "1": (110, 50, 115, 60)}


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_characters_and_lines_of_a_page_that_is_shown_turned_stand_as_shown(tmp_path: Path, turn: int) -> None:
    content = _taken_in(tmp_path, Sheet().text(100, 50, "金1", 10).rule(100, 70, 300, 70).turned(turn, rotate=turn))
    assert content.turn == 0
    assert _places(content) == {"金": (100, 50, 110, 60), "1": (110, 50, 115, 60)}
    assert _rules(content) == [(100, 70, 300, 70)]


def test_characters_and_lines_of_a_cropped_page_stand_as_shown_and_what_the_crop_hides_is_not_read(tmp_path: Path) -> None:
    sheet = Sheet(crop=(40, 30, 500, 800)).text(100, 50, "金1", 10).text(100, 20, "隐").rule(100, 70, 300, 70)
    content = _taken_in(tmp_path, sheet)
    assert _places(content) == {"金": (60, 8, 70, 18), "1": (70, 8, 75, 18)}
    assert _rules(content) == [(60, 28, 260, 28)]


def test_what_stands_on_end_is_kept_apart_with_its_turn(tmp_path: Path) -> None:
    content = _taken_in(tmp_path, Sheet().text(100, 50, "本金余额").text(300, 200, "类别", angle=90))
    assert "".join(char.text for char in content.chars) == "本金余额"
    assert [(turn, char.text, round(char.size)) for turn, char in content.sideways] == [(90, "类", 10), (90, "别", 10)]


def test_slanted_text_is_not_taken_in(tmp_path: Path) -> None:
    content = _taken_in(tmp_path, Sheet().text(100, 50, "本金").text(100, 300, "样本", size=40, angle=30))
    assert "".join(char.text for char in content.chars) == "本金"


def test_all_characters_of_a_line_stand_on_one_height_whatever_their_fonts(tmp_path: Path) -> None:
    sheet = Sheet().text(100, 50, "本金", 10).text(130, 50, "本金1", 10, font=NAMED)
    sheet.content.append(f"BT /F2 10 Tf 1 0 0 1 200 {HEIGHT - 50 - 8.8} Tm (AB) Tj ET")
    content = _taken_in(tmp_path, sheet)
    assert {(round(char.top, 1), round(char.bottom, 1), round(char.size, 1)) for char in content.chars} == {(50, 60, 10)}


def test_a_letter_drawn_by_strokes_of_the_page_itself_has_the_size_in_which_it_is_set(tmp_path: Path) -> None:
    content = _taken_in(tmp_path, Sheet().astray(100, 50, 3, 10))
    assert [(round(char.x0), round(char.size)) for char in content.chars] == [(100, 10), (105, 10), (110, 10)]


def test_a_rule_is_a_thin_area_a_line_or_the_side_of_a_box(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.content += [
        f"0.5 w 60 {HEIGHT - 100} m 200 {HEIGHT - 100} l S",
        f"60 {HEIGHT - 121} 140 1 re f",
        f"60 {HEIGHT - 160} 140 20 re S",
        f"300 {HEIGHT - 100} m 400 {HEIGHT - 100} l 400 {HEIGHT - 150} l S",
    ]
    assert _rules(_taken_in(tmp_path, sheet)) == [
        (60, 100, 200, 100), (60, 120, 200, 121), (60, 140, 60, 160), (60, 140, 200, 140), (60, 160, 200, 160),
        (200, 140, 200, 160), (300, 100, 400, 100), (400, 100, 400, 150),
    ]  # fmt: skip


def test_slanted_lines_and_circles_are_no_rules(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.content += ["60 600 m 200 650 l S", "100 500 m 100 527 78 550 50 550 c 22 550 0 527 0 500 c S"]
    assert _rules(_taken_in(tmp_path, sheet)) == []


def test_a_shade_is_an_area_with_a_colour_other_than_white(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.content += [
        f"0.9 g 60 {HEIGHT - 120} 140 20 re f", f"1 g 60 {HEIGHT - 160} 140 20 re f",
        f"1 1 1 rg 60 {HEIGHT - 200} 140 20 re f", f"0.8 0.9 1 rg 60 {HEIGHT - 240} 140 20 re B",
    ]  # fmt: skip
    content = _taken_in(tmp_path, sheet)
    assert [(round(box.top), round(box.bottom)) for box in content.fills] == [(100, 120), (220, 240)]
    assert len(content.rules) == 4


def test_lines_shades_and_text_in_a_form_within_a_form_are_taken_in_at_their_place(tmp_path: Path) -> None:
    inner = b"0.5 w 0 0 m 100 0 l S 0.9 g 0 10 100 20 re f 0 g BT /F1 10 Tf 1 0 0 1 5 12 Tm <91d1> Tj ET"
    outer = b"q 1 0 0 1 20 0 cm /Inner Do Q"
    form = b"<</Type/XObject/Subtype/Form/BBox[0 0 600 900]/Resources<<%s>>/Length %d>>\nstream\n%s\nendstream"
    sheet = Sheet(content=["q 1 0 0 1 40 700 cm /Outer Do Q"])
    path = tmp_path / "form.pdf"
    made = pdf_bytes(
        [sheet],
        more=[
            form % (b"/XObject<</Inner 12 0 R>>", len(outer), outer),
            form % (b"/Font 3 0 R", len(inner), inner),
        ],
    )
    path.write_bytes(made.replace(b"/P 4 0 R", b"/Outer 11 0 R /P 4 0 R"))
    content = _content(path)
    assert _rules(content) == [(60, 142, 160, 142)]
    assert [(round(box.x0), round(box.top), round(box.x1)) for box in content.fills] == [(60, 112, 160)]
    assert [(char.text, round(char.x0), round(char.bottom)) for char in content.chars] == [("金", 65, 131)]


def test_a_page_is_the_same_whether_it_stayed_open_or_is_opened_again(tmp_path: Path) -> None:
    sheets = [Sheet().grid([60, 200], [100, 125], [[f"{number},234.56"]]).text(60, 60, "本金" * 20) for number in range(4)]
    path = write_pdf(tmp_path / "four.pdf", *sheets)
    with OpenPdf(path) as kept, OpenPdf(path) as anew:
        pages = pass_over(kept, keep=True).pages
        for number, known in enumerate(pages, 1):
            with kept.page(number) as one, anew.page(number) as other:
                assert page_content(one, known) == page_content(other, known)

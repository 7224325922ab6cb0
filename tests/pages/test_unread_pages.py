"""A page that was not read is a question, never silence; one that holds nothing wanted is named."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.extract import recognise_pages as sight
from dealproof.extract.document import extract_document, wanted_of
from dealproof.interpret.read import interpret_document
from dealproof.mappings.labels import load_labels
from dealproof.settings.limits import Limits
from tests.doubles.pdfs import HEIGHT, WIDTH, Sheet, write_pdf

LABELS = load_labels(Path(__file__).parents[2] / "mappings" / "labels")
BODY = Sheet().text(60, 100, "云帆2025年第一期微小企业贷款资产支持证券").text(60, 130, "受托机构报告（第3期）")
SCAN = Sheet().picture(0, 0, WIDTH, HEIGHT)


@pytest.fixture
def _nothing_recognises(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sight, "is_installed", lambda: False)


def _problems(tmp_path: Path, *sheets: Sheet) -> list[tuple[int, str]]:
    extract = extract_document(write_pdf(tmp_path / "report.pdf", *sheets), LABELS)
    return [(problem.page, problem.message) for problem in extract.problems]


@pytest.mark.usefixtures("_nothing_recognises")
def test_without_a_recogniser_scanned_pages_are_named_with_what_to_install(tmp_path: Path) -> None:
    extract = extract_document(write_pdf(tmp_path / "report.pdf", BODY, SCAN, SCAN), LABELS)
    (problem,) = extract.problems
    assert problem.page == 2
    assert problem.message.startswith("2 of 3 pages are images")
    assert problem.message.endswith("(pages 2, 3).")
    assert "dealproof[ocr]" in problem.remedy


@pytest.mark.usefixtures("_nothing_recognises")
def test_pages_with_a_lying_text_layer_are_named(tmp_path: Path) -> None:
    ((page, message),) = _problems(tmp_path, BODY, BODY, Sheet().unknown(60, 100, "ABCDE" * 15))
    assert page == 3
    assert "cannot be trusted (pages 3)" in message


@pytest.mark.usefixtures("_nothing_recognises")
def test_a_scan_from_end_to_end_without_a_recogniser_is_partial_and_a_question(tmp_path: Path) -> None:
    read = interpret_document(extract_document(write_pdf(tmp_path / "report.pdf", SCAN, SCAN), LABELS), LABELS)
    assert (read.status, read.pages_ocr, read.pages_unread) == ("partial", 2, 2)
    assert [problem.code for problem in read.problems] == ["missing_table"]


def test_what_waited_for_a_recogniser_is_wanted_once_there_is_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sight, "is_installed", lambda: False)
    extract = extract_document(write_pdf(tmp_path / "report.pdf", BODY, SCAN), LABELS)
    assert wanted_of(True, extract, LABELS) == ()
    monkeypatch.setattr(sight, "is_installed", lambda: True)
    assert wanted_of(True, extract, LABELS) == (2,)


def test_more_scanned_pages_than_may_be_recognised_are_a_question(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "report.pdf", BODY, SCAN, SCAN, SCAN)
    extract = extract_document(file, LABELS, Limits(ocr_pages=1))
    assert [problem.message for problem in extract.problems] == [
        "2 of 4 pages are images and too many to be recognised (pages 3, 4)."
    ]
    assert [page.read_by for page in extract.pages] == ["text", "ocr", "unread", "unread"]


def test_a_page_whose_picture_shows_no_table_is_left_and_named_in_the_message(tmp_path: Path) -> None:
    file = write_pdf(tmp_path / "report.pdf", BODY, BODY, BODY, SCAN)
    read = interpret_document(extract_document(file, LABELS), LABELS)
    assert (read.pages_ocr, read.pages_unread, read.problems) == (1, 1, ())
    assert read.message == "Not recognised: page 4 (its picture shows no table)."


def test_of_what_is_no_deal_document_no_picture_is_recognised_but_those_that_may_bear_its_title(tmp_path: Path) -> None:
    other = Sheet().text(60, 100, "某某公司2025年年度报告").text(60, 130, "财务报表附注")
    extract = extract_document(write_pdf(tmp_path / "x.pdf", SCAN, other, SCAN), LABELS)
    assert [page.read_by for page in extract.pages] == ["ocr", "text", "unread"]
    assert extract.pages[2].left_because == "the document is no deal document"


def test_pictures_of_a_document_that_turns_out_to_be_a_deal_document_are_wanted(tmp_path: Path) -> None:
    other = Sheet().text(60, 100, "某某公司2025年年度报告").text(60, 130, "财务报表附注")
    extract = extract_document(write_pdf(tmp_path / "x.pdf", other, other, SCAN), LABELS)
    assert wanted_of(False, extract, LABELS) == ()
    assert wanted_of(True, extract, LABELS) == (3,)


def test_a_document_whose_pages_are_all_text_raises_none(tmp_path: Path) -> None:
    assert _problems(tmp_path, BODY, BODY) == []


def test_pictures_whose_cover_says_nothing_sure_are_a_question_and_not_just_unsupported(tmp_path: Path) -> None:
    read = interpret_document(extract_document(write_pdf(tmp_path / "x.pdf", SCAN, SCAN), LABELS), LABELS)
    assert (read.status, [problem.code for problem in read.problems]) == ("partial", ["missing_table"])

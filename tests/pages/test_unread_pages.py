"""A page that was not read is a question, never silence."""

from __future__ import annotations

from pathlib import Path

from dealproof.extract import extract_document
from dealproof.mappings.labels import load_labels
from tests.doubles.pdfs import HEIGHT, WIDTH, Sheet, write_pdf

LABELS = load_labels(Path(__file__).parents[2] / "mappings" / "labels")
BODY = Sheet().text(60, 100, "受托机构报告")


def _problems(tmp_path: Path, *sheets: Sheet) -> list[tuple[int, str]]:
    extract = extract_document(write_pdf(tmp_path / "report.pdf", *sheets), LABELS)
    return [(problem.page, problem.message) for problem in extract.problems]


def test_scanned_pages_are_named(tmp_path: Path) -> None:
    scan = Sheet().picture(0, 0, WIDTH, HEIGHT)
    assert _problems(tmp_path, BODY, scan, scan) == [(2, "2 of 3 pages are images without text (pages 2, 3).")]


def test_pages_with_a_lying_text_layer_are_named(tmp_path: Path) -> None:
    ((page, message),) = _problems(tmp_path, BODY, BODY, Sheet().unknown(60, 100, "ABCDE" * 15))
    assert page == 3
    assert "cannot be trusted (pages 3)" in message


def test_a_document_whose_pages_are_all_text_raises_none(tmp_path: Path) -> None:
    assert _problems(tmp_path, BODY, BODY) == []

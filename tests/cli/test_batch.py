"""Many files: what one file does to its process is its own affair."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from dealproof import batch
from dealproof.interpret.result import Interpretation
from dealproof.settings import Settings, build_settings
from tests.doubles.pdfs import Sheet, write_pdf

ROOT = Path(__file__).parents[2]


def dies_of_a_file(path: Path, settings: Settings) -> Interpretation:
    """Stands for a PDF library that crashes; runs in the worker process."""
    if "deadly" in path.name:
        os._exit(139)
    return batch.read_file(path, settings)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return build_settings({"workspace": tmp_path / "work", "mappings": ROOT / "mappings", "jobs": 2}, {}, tmp_path)


def test_a_file_that_kills_its_process_costs_that_file_alone(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(batch, "_in_worker", dies_of_a_file)
    names = ["a.pdf", "deadly.pdf", "b.pdf", "c.pdf"]
    files = [write_pdf(tmp_path / name, Sheet().text(50, 50, f"年度报告 {name}")) for name in names]
    read = {document.source.file_name: document for document in batch.read_files(files, settings)}
    assert {name: document.status for name, document in read.items()} == {
        "a.pdf": "unsupported", "deadly.pdf": "failed", "b.pdf": "unsupported", "c.pdf": "unsupported",
    }  # fmt: skip
    assert "deadly.pdf" in read["deadly.pdf"].message


def test_a_known_file_under_a_new_name_is_reported_under_that_name(tmp_path: Path, settings: Settings) -> None:
    old = write_pdf(tmp_path / "old.pdf", Sheet().text(50, 50, "年度报告"))
    batch.read_file(old, settings)
    new = old.rename(tmp_path / "new.pdf")
    assert batch.read_file(new, settings).source.file_name == "new.pdf"


def test_an_error_that_nobody_foresaw_costs_that_file_alone(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("no rows")

    monkeypatch.setattr(batch, "_through_store", broken)
    document = batch.read_file(tmp_path / "odd.pdf", settings)
    assert document.status == "failed"
    assert document.message.startswith("odd.pdf: reading it met an unexpected error (bug, ZeroDivisionError: no rows).")
    (trace,) = (settings.workspace / "errors").iterdir()
    assert "in broken" in trace.read_text(encoding="utf-8")


def test_two_empty_files_are_two_failures(tmp_path: Path, settings: Settings) -> None:
    for name in ("one.pdf", "two.pdf"):
        (tmp_path / name).touch()
    ids = {batch.read_file(tmp_path / name, settings).source.document_id for name in ("one.pdf", "two.pdf")}
    assert len(ids) == 2

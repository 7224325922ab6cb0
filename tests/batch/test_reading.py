"""One file at a time, as a worker reads it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from dealproof.pages.open import identify
from dealproof.runs import reading
from dealproof.runs.inputs import Input, find_inputs
from dealproof.runs.log import log_to_file
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import close_store, open_store
from dealproof.store.extracts import all_extracts
from dealproof.store.locks import claim_document
from tests.doubles.pdfs import Sheet, write_pdf

ROOT = Path(__file__).parents[2]


@pytest.fixture
def settings(tmp_path: Path) -> Iterator[Settings]:
    made = build_settings({"workspace": tmp_path / "work", "mappings": ROOT / "mappings", "jobs": 2}, {}, tmp_path)
    yield made
    close_store(made)


def at(path: Path) -> Input:
    (found,) = find_inputs([str(path)])
    return found


def test_a_known_file_under_a_new_name_is_not_opened_and_reported_under_that_name(
    tmp_path: Path, settings: Settings
) -> None:
    old = write_pdf(tmp_path / "old.pdf", Sheet().text(50, 50, "年度报告"))
    first = reading.read_one(at(old), settings)
    again = reading.read_one(at(old.rename(tmp_path / "new.pdf")), settings)
    assert (first.state, again.state) == ("read", "known")
    assert again.source.file_name == "new.pdf"
    (extract,) = all_extracts(open_store(settings))
    assert extract.source.file_name == "new.pdf"


def test_an_error_that_nobody_foresaw_costs_that_file_alone_and_its_trace_is_in_the_log(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError("no rows")

    monkeypatch.setattr(reading, "_read", broken)
    (tmp_path / "odd.pdf").touch()
    log = tmp_path / "log.jsonl"
    log_to_file(str(log))
    try:
        outcome = reading.read_one(at(tmp_path / "odd.pdf"), settings)
    finally:
        log_to_file("")
    assert (outcome.state, outcome.code) == ("failed", "bug")
    assert outcome.message.startswith("odd.pdf: reading it met an unexpected error (bug, ZeroDivisionError: no rows).")
    told = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    assert any("in broken" in line.get("exc_info", "") and line["file"].endswith("odd.pdf") for line in told)


def test_two_empty_files_are_two_failures(tmp_path: Path, settings: Settings) -> None:
    for name in ("one.pdf", "two.pdf"):
        (tmp_path / name).touch()
    ids = {reading.read_one(at(tmp_path / name), settings).document_id for name in ("one.pdf", "two.pdf")}
    assert len(ids) == 2


def test_a_file_that_another_program_is_reading_is_put_off(tmp_path: Path, settings: Settings) -> None:
    path = write_pdf(tmp_path / "a.pdf", Sheet().text(50, 50, "年度报告"))
    with claim_document(open_store(settings), identify(path).document_id) as mine:
        assert mine
        assert reading.read_one(at(path), settings).state == "busy"
    assert reading.read_one(at(path), settings).state == "read"


def test_invalid_labels_do_not_stop_the_reading_but_nothing_is_understood(tmp_path: Path, settings: Settings) -> None:
    folder = tmp_path / "mappings" / "labels"
    folder.mkdir(parents=True)
    (folder / "tranches.csv").write_text("no,such,columns\n", encoding="utf-8")
    wrong = build_settings({"workspace": settings.workspace, "mappings": tmp_path / "mappings"}, {}, tmp_path)
    path = write_pdf(tmp_path / "a.pdf", Sheet().text(50, 50, "年度报告"))
    assert reading.read_one(at(path), wrong).state == "read"
    assert len(list(all_extracts(open_store(settings)))) == 1
    assert reading.read_one(at(path), settings).state == "known"


def test_invalid_labels_that_are_those_of_the_program_do_not_stop_the_reading_either(
    tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / "mappings"
    shutil.copytree(settings.mappings, own)
    rows = own / "labels" / "performance.csv"
    rows.write_text(rows.read_text(encoding="utf-8") + "cumulative_default_rate,违约占比,,\n", encoding="utf-8")
    monkeypatch.setattr("dealproof.runs.reading.shipped_mappings", lambda: own)
    wrong = build_settings({"workspace": settings.workspace, "mappings": own}, {}, tmp_path)
    path = write_pdf(tmp_path / "a.pdf", Sheet().text(50, 50, "年度报告"))
    assert reading.read_one(at(path), wrong).state == "read"
    assert len(list(all_extracts(open_store(settings)))) == 1

"""A program or library that reads PDFs was replaced: what was read before is read again, and nothing is lost meanwhile."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pypdfium2
import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.errors import ExitCode, StoreError
from dealproof.interpret.version import extractor_key
from dealproof.settings.settings import build_settings
from dealproof.store import extracts
from dealproof.store.database import close_store

ROOT = Path(__file__).parents[2]
REPORT, NOTICE = "澄江受托机构报告2.pdf", "发行结果公告（和悦）.pdf"
SCAN = ROOT / "tests" / "golden" / "scans" / "P0202406210000000003.pdf"


class Desk:
    """Two files in two folders, read; then the store as an earlier program would have left it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.report, self.notice = folder / "2024" / REPORT, folder / "2025" / NOTICE
        for path in (self.report, self.notice):
            path.parent.mkdir()
            shutil.copy2(ROOT / "samples" / path.name, path)

    def command(self, *words: str | Path) -> Result:
        places = ("--workspace", self.folder / "work", "--mappings", ROOT / "mappings")
        out = () if words[0] in ("status", "questions") else ("--out", self.folder / "out")
        return CliRunner().invoke(app, [str(word) for word in (*words, *places, *out)], env={"DEALPROOF_JOBS": "1"})

    def sql(self, statement: str) -> list[tuple[str, ...]]:
        with closing(sqlite3.connect(self.folder / "work" / "store.sqlite")) as connection, connection:
            return connection.execute(statement).fetchall()

    def upgrade(self) -> None:
        """What is stored becomes that of an earlier extractor."""
        self.sql(f"UPDATE extracts SET extractor = replace(extractor, '{extractor_key()}', 'abcdefabcdef')")
        for table in ("facts", "generations"):
            self.sql(f"UPDATE {table} SET generation = replace(generation, '{extractor_key()}', 'abcdefabcdef')")

    def dataset(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / "out").iterdir()}

    def extractors(self) -> set[str]:
        return {str(key) for (key,) in self.sql("SELECT extractor FROM extracts")}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = Desk(tmp_path)
    assert desk.command("run", tmp_path / "2024", tmp_path / "2025").exit_code == 0
    yield desk
    close_store(build_settings({"workspace": tmp_path / "work"}, {}, tmp_path))


def test_until_everything_was_read_again_the_last_dataset_stays_and_status_says_so(desk: Desk) -> None:
    before = desk.dataset()
    desk.upgrade()
    assert "2 must be read again: the program or a library that reads PDFs changed" in desk.command("status").output
    for command in ("build", "questions"):
        failed = desk.command(command).exception
        assert isinstance(failed, StoreError)
        assert failed.exit_code == ExitCode.STORE
        assert "2 documents, such as " in failed.message
        assert failed.remedy == f"dealproof run {desk.report.parent} {desk.notice.parent}"
    assert desk.dataset() == before


def test_the_next_run_reads_everything_again_and_gives_the_same_dataset(desk: Desk) -> None:
    before = desk.dataset()
    desk.upgrade()
    result = desk.command("run", desk.report.parent, desk.notice.parent)
    assert result.exit_code == 0
    assert "(2 read)" in result.output
    assert desk.dataset() == before
    assert "must be read again" not in desk.command("status").output
    assert desk.command("build").exit_code == 0
    assert desk.dataset() == before


def test_a_build_says_which_folder_is_left_when_only_one_was_read_again(desk: Desk) -> None:
    desk.upgrade()
    desk.command("run", desk.notice.parent)
    failed = desk.command("build").exception
    assert isinstance(failed, StoreError)
    assert REPORT in failed.message
    assert failed.remedy == f"dealproof run {desk.report.parent}"


def test_a_dataset_of_only_these_files_needs_no_others_to_be_read_again(desk: Desk) -> None:
    desk.upgrade()
    result = desk.command("run", desk.notice.parent, "--only-these")
    assert result.exit_code == 0, result.output
    documents = desk.dataset()["documents.csv"].decode("utf-8-sig")
    assert NOTICE in documents
    assert REPORT not in documents


def test_a_document_whose_pdf_is_gone_keeps_its_deal_and_is_read_again_once_it_is_back(desk: Desk) -> None:
    before = desk.dataset()
    desk.upgrade()
    desk.report.rename(desk.folder / REPORT)
    assert desk.command("run", desk.notice.parent).exit_code == 0
    assert desk.command("build").exit_code == 0
    assert desk.dataset() == before
    assert "1 stand as an earlier version read them, since their PDFs are gone" in desk.command("status").output
    assert f"{extractor_key()}~abcdefa" in desk.extractors()
    (desk.folder / REPORT).rename(desk.report)
    assert "1 read" in desk.command("run", desk.report.parent).output
    assert "earlier version" not in desk.command("status").output
    assert desk.command("build").exit_code == 0
    assert desk.dataset() == before


def test_an_upgrade_that_is_taken_back_costs_no_reading(desk: Desk) -> None:
    desk.upgrade()
    desk.command("run", desk.report.parent, desk.notice.parent)
    assert desk.extractors() == {"abcdefabcdef", extractor_key()}
    desk.sql(f"DELETE FROM extracts WHERE extractor = '{extractor_key()}'")
    desk.sql(f"DELETE FROM facts WHERE generation LIKE 'v{extractor_key()}%'")
    desk.sql(f"UPDATE extracts SET extractor = replace(extractor, 'abcdefabcdef', '{extractor_key()}')")
    desk.sql(f"UPDATE facts SET generation = replace(generation, 'abcdefabcdef', '{extractor_key()}')")
    assert "(2 known)" in desk.command("run", desk.report.parent, desk.notice.parent).output


def test_what_extractors_read_that_are_long_gone_is_forgotten(desk: Desk) -> None:
    desk.sql("INSERT INTO extracts SELECT document_id, 'long gone', stamp, file_name, pages, content FROM extracts")
    assert desk.command("build").exit_code == 0
    assert desk.extractors() == {extractor_key()}


@pytest.fixture
def scanned(desk: Desk) -> Desk:
    pytest.importorskip("rapidocr")
    with pypdfium2.PdfDocument(SCAN) as whole:
        page = pypdfium2.PdfDocument.new()
        page.import_pages(whole, pages=[1])
        page.save(desk.notice.parent / SCAN.name)
    assert desk.command("run", desk.report.parent, desk.notice.parent).exit_code == 0
    return desk


def test_another_recogniser_reads_only_pages_again_that_are_pictures(scanned: Desk) -> None:
    assert len({key for key in scanned.extractors() if "+" in key}) == 1
    scanned.sql("UPDATE extracts SET extractor = substr(extractor, 1, 13) || 'fedcba9' WHERE extractor LIKE '%+%'")
    assert "1 must be read again" in scanned.command("status").output
    assert "1 read, 2 known" in scanned.command("run", scanned.report.parent, scanned.notice.parent).output


def test_without_a_recogniser_what_was_recognised_before_stays(scanned: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(extracts, "is_installed", lambda: False)
    assert "must be read again" not in scanned.command("status").output

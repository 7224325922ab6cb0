"""An analyst edits a row and builds: only what the row concerns is done again, and the bytes are those of a fresh build.

That nothing was interpreted is seen on extracts whose inside was wiped out: whoever wants to read one cannot.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.settings.settings import build_settings
from dealproof.store.database import close_store, open_store
from dealproof.store.extracts import all_extracts, save_extract

ROOT = Path(__file__).parents[2]


class Office:
    """A workspace with the samples read, mapping files to edit, and nothing else: the PDFs are out of reach."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.work, self.mappings = folder / "work", folder / "mappings"

    def command(self, *words: str, out: str = "out", jobs: int = 1) -> Result:
        places = ["--workspace", str(self.work), "--mappings", str(self.mappings), "--out", str(self.folder / out)]
        return CliRunner().invoke(app, [*words, *places], env={"DEALPROOF_JOBS": str(jobs)})

    def check(self) -> Result:
        return CliRunner().invoke(app, ["mappings", "check", "--mappings", str(self.mappings)])

    def build(self, out: str = "out", jobs: int = 1) -> dict[str, bytes]:
        result = self.command("build", out=out, jobs=jobs)
        assert result.exit_code == 0, result.output
        return self.dataset(out)

    def dataset(self, out: str = "out") -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / out).iterdir()}

    def add_row(self, name: str, row: str) -> None:
        path = self.mappings / name
        path.write_text(f"{path.read_text(encoding='utf-8').rstrip()}\n{row}\n", encoding="utf-8")

    def sql(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Look into the store, or harm it, behind the program's back."""
        with closing(sqlite3.connect(self.work / "store.sqlite")) as connection, connection:
            return connection.execute(statement, values).fetchall()

    def facts(self) -> dict[str, int]:
        """The place of each row of facts in its table; a row that is written again gets a new one."""
        rows = self.sql("SELECT document_id || generation, rowid, stamp, length(content) FROM facts")
        return {name: hash(rest) for name, *rest_ in rows for rest in [tuple(rest_)]}

    def forget_kept(self) -> None:
        """Leave nothing of what was built, so that the next build looks at facts."""
        shutil.rmtree(self.work / "kept")

    def forget_facts(self) -> None:
        self.sql("DELETE FROM facts")

    def wipe_extracts(self) -> None:
        """Make every extract unreadable but leave what it is recognised by."""
        self.sql("UPDATE extracts SET content = x'00'")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Office:
    office = Office(tmp_path_factory.mktemp("office"))
    shutil.copytree(ROOT / "mappings", office.mappings)
    assert office.command("run", str(ROOT / "samples"), jobs=2).exit_code == 0
    return office


@pytest.fixture
def office(stocked: Office, tmp_path: Path) -> Iterator[Office]:
    shutil.copytree(stocked.folder, tmp_path / "office", copy_function=shutil.copy2)
    yield Office(tmp_path / "office")
    close_store(build_settings({"workspace": tmp_path / "office" / "work"}, {}, tmp_path))


def test_a_run_stores_facts_and_a_build_reads_no_extract(office: Office) -> None:
    told, before = office.dataset(), office.facts()
    assert [(len(before),)] == office.sql("SELECT count(*) FROM extracts")
    assert len(before) > 16
    office.wipe_extracts()
    assert office.build() == told
    assert office.facts() == before


def test_with_and_without_stored_facts_and_in_any_number_of_processes_the_bytes_are_the_same(office: Office) -> None:
    told = office.dataset()
    for jobs in (1, 2):
        office.forget_facts()
        assert office.build(jobs=jobs) == told
        assert office.build(jobs=jobs) == told


def test_a_changed_label_row_interprets_again(office: Office) -> None:
    before = office.dataset()
    for name, header in (("triggers.csv", "field,label,match,note\n"), ("fields.csv", "")):
        rows = office.mappings / "labels" / name
        kept = [line for line in rows.read_text(encoding="utf-8").splitlines(keepends=True) if not line.startswith("triggers,")]
        rows.write_text(header or "".join(kept), encoding="utf-8")
    changed = office.build()
    assert changed["triggers.csv"] != before["triggers.csv"]
    office.forget_facts()
    assert office.build() == changed


MISSPELT = {
    "performance.csv": ("cumulative_default_pct", "cumulative_default_rate", "[field]"),
    "pool_stats.csv": ("principal_balance", "principal_balanse", "Did you mean principal_balance?"),
    "documents.csv": ("trustee_report", "trustee_rpt", "Did you mean trustee_report?"),
}


@pytest.mark.parametrize("name", MISSPELT)
def test_a_misspelt_field_is_refused_and_the_last_dataset_stays(office: Office, name: str) -> None:
    right, wrong, told = MISSPELT[name]
    path, before = office.mappings / "labels" / name, office.dataset()
    kept = path.read_bytes()
    path.write_text(path.read_text(encoding="utf-8").replace(f"\n{right},", f"\n{wrong},"), encoding="utf-8")
    for words in (("build",), ("mappings", "check")):
        result = office.command(*words) if words == ("build",) else office.check()
        said = f"{result.output}{result.exception or ''}"
        assert getattr(result.exception, "exit_code", result.exit_code) == 5
        assert f"labels/{name}:" in said
        assert told in said
    assert office.dataset() == before
    path.write_bytes(kept)
    assert office.build() == before


def test_labels_that_are_changed_back_find_their_facts_again(office: Office) -> None:
    before, kept = office.dataset(), (office.mappings / "labels" / "triggers.csv").read_bytes()
    office.add_row("labels/triggers.csv", "-,从未见过的标签,exact,test")
    assert office.build() == before
    (office.mappings / "labels" / "triggers.csv").write_bytes(kept)
    office.wipe_extracts()
    assert office.build() == before


def test_a_mapping_file_that_acts_when_building_leaves_the_facts_alone(office: Office) -> None:
    told, before = office.dataset(), office.facts()
    office.wipe_extracts()
    office.add_row("expectations.csv", "issue_result,deals.legal_maturity,must,,test")
    changed = office.build()
    assert changed["coverage.csv"] != told["coverage.csv"]
    assert changed["evidence.csv"] == told["evidence.csv"]
    assert office.facts() == before


def test_damaged_facts_are_made_anew(office: Office) -> None:
    told = office.dataset()
    ((victim, whole),) = office.sql("SELECT document_id, content FROM facts ORDER BY document_id LIMIT 1")
    office.sql("UPDATE facts SET content = ? WHERE document_id = ?", whole[: len(whole) // 2], victim)
    office.forget_kept()
    assert office.build() == told
    assert office.sql("SELECT content FROM facts WHERE document_id = ?", victim) == [(whole,)]


def test_facts_of_an_extract_that_was_read_again_are_not_used(office: Office) -> None:
    before, store = office.facts(), open_store(build_settings({"workspace": office.work}, {}, office.folder))
    extract = next(extract for extract in all_extracts(store) if extract.tables)
    save_extract(store, replace(extract, tables=()))
    told = office.build()
    changed = {name[:64] for name, stamp in office.facts().items() if before[name] != stamp}
    assert changed == {extract.source.document_id}
    office.forget_facts()
    assert office.build() == told


def test_a_damaged_extract_is_told_and_not_passed_over(office: Office) -> None:
    ((victim,),) = office.sql("SELECT min(document_id) FROM extracts")
    office.sql("UPDATE extracts SET content = substr(content, 1, 40) WHERE document_id = ?", victim)
    office.forget_facts()
    result = office.command("build")
    assert result.exit_code == 0
    assert f"document {victim[:16]}… in the workspace is damaged" in result.stderr


def test_an_unchanged_folder_is_settled_without_building_and_a_touched_export_is_written_again(office: Office) -> None:
    told = office.dataset()
    assert office.command("run", str(ROOT / "samples")).exit_code == 0
    office.wipe_extracts()
    office.sql("UPDATE facts SET content = x'00'")
    again = office.command("run", str(ROOT / "samples"))
    assert again.exit_code == 0
    assert "Nothing changed" in again.stderr
    assert office.dataset() == told
    (office.folder / "out" / "tranches.csv").write_text("spoilt", encoding="utf-8")
    assert office.command("run", str(ROOT / "samples")).exit_code == 0
    assert office.dataset() == told
    office.forget_kept()
    (office.folder / "out" / "tranches.csv").write_text("spoilt", encoding="utf-8")
    assert "damaged" in office.command("run", str(ROOT / "samples")).stderr


def test_export_writes_what_build_writes(office: Office) -> None:
    assert office.command("export", out="again").exit_code == 0
    assert office.dataset("again") == office.build()


def test_an_empty_workspace_says_what_to_do_first(tmp_path: Path) -> None:
    office = Office(tmp_path)
    shutil.copytree(ROOT / "mappings", office.mappings)
    result = office.command("build")
    assert getattr(result.exception, "exit_code", None) == 2
    assert "dealproof run" in str(result.exception)

"""The dataset is that of the store: a run adds to it, and what leaves it is said first."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.settings.settings import build_settings
from dealproof.store.database import close_store

ROOT = Path(__file__).parents[2]
REPORT, RESULT, NOTICE = "澄江受托机构报告3.pdf", "发行结果公告（和悦）.pdf", "P0202506260000000009.pdf"
#: Deals of these samples; the notice speaks of the deal of the result.
CHENGJIANG, HEYUE = "澄江2024-1", "和悦2025-1"


class Desk:
    """Two drop folders, a workspace, one dataset."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out, self.work = folder, folder / "out", folder / "work"

    def drop(self, week: str, name: str, sample: str = "", more: bytes = b"") -> Path:
        """Put a sample into a folder; `more` at its end makes it another file that says the same."""
        (self.folder / week).mkdir(exist_ok=True)
        place = self.folder / week / name
        place.write_bytes((ROOT / "samples" / (sample or name)).read_bytes() + more)
        return place

    def say(self, *words: object, out: str = "out", work: str = "work", typed: str | None = None) -> Result:
        places = ["--mappings", str(ROOT / "mappings"), "--workspace", str(self.folder / work)]
        where = ["--out", str(self.folder / out)] if out else []
        jobs = {"DEALPROOF_JOBS": "1", "DEALPROOF_OUT": str(self.out)}
        return CliRunner().invoke(app, [*map(str, words), *places, *where], env=jobs, input=typed)

    def run(self, week: str, *options: str, **places: str) -> Result:
        return self.say("run", self.folder / week, *options, **places)

    def table(self, name: str, out: str = "out") -> list[dict[str, str]]:
        with (self.folder / out / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))

    def deals(self, out: str = "out") -> set[str]:
        return {row["deal_id"] for row in self.table("documents", out)}

    def dataset(self, out: str = "out") -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in (self.folder / out).iterdir()}


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.drop("week1", REPORT)
    made.drop("week2", RESULT)
    yield made
    for work in ("work", "other"):
        close_store(build_settings({"workspace": tmp_path / work}, {}, tmp_path))


def error_of(result: Result) -> tuple[int, str]:
    return getattr(result.exception, "exit_code", -1), str(result.exception)


def test_a_run_of_another_folder_adds_its_deals_and_writes_what_build_writes(desk: Desk) -> None:
    assert desk.run("week1").exit_code == 0
    assert desk.run("week2").exit_code == 0
    assert desk.deals() == {CHENGJIANG, HEYUE}
    told = desk.dataset()
    assert desk.say("build", out="built").exit_code == 0
    assert desk.dataset("built") == told


def test_a_pdf_that_was_archived_keeps_its_deal(desk: Desk) -> None:
    desk.drop("week1", RESULT)
    desk.run("week1")
    before = len(desk.table("evidence"))
    (desk.folder / "week1" / RESULT).unlink()
    assert desk.run("week1").exit_code == 0
    assert desk.deals() == {CHENGJIANG, HEYUE}
    assert len(desk.table("evidence")) == before


def test_a_file_replaced_under_its_name_is_one_document_the_newer_and_the_older_gives_no_values(desk: Desk) -> None:
    desk.run("week1")
    ((older, values),) = [(row["document_id"], len(desk.table("evidence"))) for row in desk.table("documents")]
    desk.drop("week1", REPORT, more=b"\n% second printing\n")
    said = desk.run("week1").stderr
    assert f"REPLACED  {REPORT}" in said
    rows = {row["document_id"]: row for row in desk.table("documents")}
    (newer,) = rows.keys() - {older}
    assert rows[newer]["supersedes"] == older
    assert "earlier file of the same name" in rows[newer]["message"]
    assert "no longer count" in rows[older]["message"]
    assert {row["document_id"] for row in desk.table("evidence") if row["document_id"] in rows} == {newer}
    assert len(desk.table("evidence")) == values
    assert {row["document_id"] for table in ("questions", "coverage") for row in desk.table(table)} <= {newer, ""}
    told = desk.dataset()
    assert desk.say("build", out="built").exit_code == 0
    assert desk.dataset("built") == told
    assert "REPLACED" not in desk.run("week1").stderr


def test_a_replaced_file_that_is_handed_in_under_another_name_counts_again(desk: Desk) -> None:
    desk.run("week1")
    desk.drop("week1", REPORT, RESULT)
    desk.run("week1")
    assert {row["deal_id"] for row in desk.table("deals")} == {HEYUE}
    desk.drop("week1", "earlier.pdf", REPORT)
    desk.run("week1")
    assert {row["deal_id"] for row in desk.table("deals")} == {HEYUE, CHENGJIANG}
    assert {row["supersedes"] for row in desk.table("documents")} == {""}


def test_a_replacement_that_cannot_be_read_leaves_the_values_of_the_earlier_file(desk: Desk) -> None:
    desk.run("week1")
    before = {(row["key"], row["column"], row["text"]) for row in desk.table("evidence")}
    (desk.folder / "week1" / REPORT).write_bytes(b"%PDF-1.4 broken")
    failed = desk.run("week1")
    assert failed.exit_code == 4
    assert "what was read of the earlier file stays in the dataset" in failed.stderr
    assert {(row["key"], row["column"], row["text"]) for row in desk.table("evidence")} == before
    assert sorted(row["status"] for row in desk.table("documents")) == ["failed", "ok"]
    desk.drop("week1", REPORT, more=b"\n% mended\n")
    assert desk.run("week1").exit_code == 0
    (newer,) = [row for row in desk.table("documents") if row["supersedes"]]
    assert len(desk.table("documents")) == 2
    assert "failed" not in {row["status"] for row in desk.table("documents")}
    assert {row["document_id"] for row in desk.table("evidence") if row["page"]} == {newer["document_id"]}


def test_only_these_says_what_leaves_before_it_does_and_the_next_run_brings_it_back(desk: Desk) -> None:
    desk.run("week1")
    desk.run("week2")
    values = sum(row["document_id"] != "" and row["key"].startswith(CHENGJIANG) for row in desk.table("evidence"))
    said = desk.run("week2", "--only-these").stderr.splitlines()
    first = next(place for place, line in enumerate(said) if "leave the dataset" in line)
    last = next(place for place, line in enumerate(said) if line.startswith("Dataset in "))
    assert first < last
    assert any(REPORT in line and CHENGJIANG in line and str(values)[:1] in line for line in said[first:last])
    assert f"Nothing would be left of 1 deals: {CHENGJIANG}" in said[first + 2]
    assert desk.deals() == {HEYUE}
    desk.run("week2")
    assert desk.deals() == {CHENGJIANG, HEYUE}


def test_forget_asks_first_and_takes_a_document_out_of_store_and_dataset(desk: Desk) -> None:
    desk.run("week1")
    desk.run("week2")
    assert error_of(desk.say("forget", REPORT)) == (2, "Nothing was forgotten, since nobody could be asked. Say --yes.")
    assert "Nothing was forgotten" in desk.say("forget", REPORT, typed="n\n").stderr
    assert desk.deals() == {CHENGJIANG, HEYUE}
    done = desk.say("forget", REPORT, typed="y\n")
    assert done.exit_code == 0
    assert f"Nothing would be left of 1 deals: {CHENGJIANG}" in done.stderr
    assert "still lies there" in done.stderr
    assert desk.deals() == {HEYUE}
    desk.run("week2")
    assert desk.deals() == {HEYUE}
    desk.run("week1")
    assert desk.deals() == {CHENGJIANG, HEYUE}


def test_forget_takes_a_path_a_folder_or_an_id_and_refuses_what_it_does_not_know(desk: Desk) -> None:
    desk.drop("week2", NOTICE)
    desk.run("week1")
    desk.run("week2")
    ids = {row["file_name"]: row["document_id"] for row in desk.table("documents")}
    assert error_of(desk.say("forget", "nowhere.pdf"))[0] == 2
    assert desk.say("forget", desk.folder / "week2" / NOTICE, "--yes").exit_code == 0
    assert {row["file_name"] for row in desk.table("documents")} == {REPORT, RESULT}
    assert desk.say("forget", ids[REPORT][:12], "--yes").exit_code == 0
    assert {row["file_name"] for row in desk.table("documents")} == {RESULT}
    assert desk.say("forget", desk.folder / "week2", "--yes").exit_code == 0
    assert desk.table("documents") == []


def test_a_dataset_as_of_a_day_never_takes_the_place_of_todays(desk: Desk) -> None:
    desk.run("week1")
    told = desk.dataset()
    for command in ("build", "export"):
        code, words = error_of(desk.say(command, "--as-of", "2020-01-01"))
        assert (code, "holds the dataset of today" in words) == (2, True)
        assert desk.say(command, "--as-of", "2020-01-01", out="").exit_code == 0
        assert desk.dataset() == told
        assert desk.table("deals", "out-as-of-2020-01-01") == []
    assert desk.say("build", "--as-of", "2020-01-02", out="out-as-of-2020-01-01").exit_code == 0


def test_a_workspace_that_was_removed_ends_with_6_and_leaves_the_last_dataset(desk: Desk) -> None:
    desk.run("week1")
    desk.run("week2")
    told = desk.dataset()
    shutil.rmtree(desk.work)
    for command in (("build",), ("export",), ("run", desk.folder / "week2")):
        code, words = error_of(desk.say(*command))
        assert (code, CHENGJIANG in words, "stays as it was" in words) == (6, True, True)
        assert desk.dataset() == told
    assert desk.run("week1").exit_code == 0
    assert desk.dataset() == told


def test_another_workspace_does_not_take_deals_from_a_dataset_unless_it_is_said(desk: Desk) -> None:
    desk.run("week1")
    code, words = error_of(desk.run("week2", work="other"))
    assert code == 6
    assert "--only-these" in words
    assert desk.deals() == {CHENGJIANG}
    assert desk.run("week2", "--only-these", work="other").exit_code == 0
    assert desk.deals() == {HEYUE}

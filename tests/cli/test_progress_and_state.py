"""What the program says of itself is true: how far it is, what is missing, what failed, and which step is due."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof import api
from dealproof.cli import progress
from dealproof.cli.app import app
from dealproof.dataset import build as building
from dealproof.runs import by_parts, worker
from dealproof.runs.inputs import Input
from dealproof.runs.outcome import InHand, Outcome
from dealproof.runs.plan import Plan
from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import close_store
from tests.doubles import readers
from tests.doubles.pdfs import Sheet, write_pdf

ROOT = Path(__file__).parents[2]
BROKEN = b"%PDF-1.4 broken"
#: A circular whose pool is printed in a way that no label knows: it is read in part.
PARTIAL = ROOT / "samples" / "real_taihe.pdf"


class Office:
    """A drop folder, a workspace, and the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.inbox = folder, folder / "inbox"
        self.inbox.mkdir()

    @property
    def settings(self) -> Settings:
        return build_settings({"workspace": self.folder / "work", "mappings": ROOT / "mappings"}, {}, self.folder)

    @property
    def words(self) -> list[str]:
        """`run` with its places."""
        out = ["--out", str(self.folder / "out"), "--jobs", "1", "--workspace", str(self.folder / "work")]
        return ["run", str(self.inbox), *out, "--mappings", str(ROOT / "mappings")]

    def run(self, *options: str) -> Result:
        return CliRunner().invoke(app, [*self.words, *options])

    def say(self, *words: str) -> Result:
        places = ["--workspace", str(self.folder / "work"), "--mappings", str(ROOT / "mappings")]
        return CliRunner().invoke(app, [*words, *places])

    def drop(self, name: str, content: bytes | None = None) -> Path:
        path = self.inbox / name
        path.parent.mkdir(exist_ok=True)
        if content is None:
            return write_pdf(path, Sheet().text(50, 50, f"年度报告 {name}"))
        path.write_bytes(content)
        return path

    def documents(self) -> dict[str, dict[str, str]]:
        with (self.folder / "out" / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
            return {row["file_name"]: row for row in csv.DictReader(handle)}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    close_store(made.settings)


# --- progress


def item(name: str, size: int) -> Input:
    return Input(f"/in/{name}", f"/in/{name}", name, size, 1)


def test_the_line_tells_pages_done_and_left_the_time_left_and_the_slowest_file() -> None:
    now = [0.0]
    told = progress.Progress(2, quiet=True, clock=lambda: now[0])
    small, big, scan = item("small.pdf", 100_000), item("big.pdf", 900_000), item("scan.pdf", 400_000)
    told.planned(Plan((small, big, scan), ()))
    now[0] = 20.0
    told.done(Outcome(small, "read", "0" * 64, 100_000, pages=10))
    told.working([InHand(big, 20.0, 120, 30), InHand(scan, 5.0)])
    # 10 pages read and 30 of the big file; of that 90 are left, and 40 of the scan, by the size of pages so far
    assert told.line == (
        "1 of 3 files, 40 pages done, about 130 left, about 65 s left; longest in hand: big.pdf (20 s, 30 of 120 pages)"
    )


def test_somebody_without_a_terminal_hears_of_a_single_file_while_it_is_read(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert progress.EVERY <= 30
    monkeypatch.setattr(progress, "EVERY", 0.5)
    monkeypatch.setattr(worker, "read_one", readers.read_one)
    office.drop("slow-1.pdf")
    lines = [line for line in office.run().stderr.splitlines() if "longest in hand" in line]
    assert lines
    assert lines[0].startswith("0 of 1 files, 0 pages done, about 1 left, time left not known yet")
    assert "slow-1.pdf" in lines[0]


def slow(build: Callable[..., object]) -> Callable[..., object]:
    def slow_build(*arguments: object, **named: object) -> object:
        time.sleep(0.8)
        return build(*arguments, **named)

    return slow_build


@pytest.mark.parametrize(
    "words", [("build", "--out", "out"), ("export", "--to", "absbox", "--out", "absbox"), ("questions",), ("report",)]
)
def test_somebody_without_a_terminal_hears_of_a_long_build_whoever_waits_for_it(
    office: Office, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...]
) -> None:
    monkeypatch.chdir(office.folder)
    office.drop("a.pdf")
    office.run()
    shutil.rmtree(office.folder / "work" / "kept")
    monkeypatch.setattr(progress, "EVERY", 0.2)
    for module, name in ((building, "build_dataset"), (by_parts, "part_rows")):
        monkeypatch.setattr(module, name, slow(getattr(module, name)))
    said = office.say(*words).stderr
    assert "building the dataset of 1 documents, for" in said


RUN = """
from dealproof.runs import by_parts, worker
from tests.doubles import readers
worker.read_one = readers.read_one
from dealproof.cli.app import main
main()
"""


def test_status_counts_as_a_run_of_another_process_goes(office: Office) -> None:
    for number in range(4):
        office.drop(f"slow-{number}.pdf")
    run = subprocess.Popen([sys.executable, "-c", RUN, *office.words], cwd=ROOT, stderr=subprocess.PIPE)
    seen: list[int] = []
    said: list[str] = []
    while run.poll() is None:
        for known in api.status(office.settings).runs:
            if known.state == "running" and known.done and known.done not in seen:
                seen.append(known.done)
                said.append(office.say("status").stdout)
        time.sleep(0.2)
    run.communicate()
    assert seen == sorted(seen)
    assert len([done for done in seen if 0 < done < 4]) >= 2
    assert f"running: {seen[0]} of 4 files done, {seen[0]} read, 0 failed" in said[0]
    assert [known.done for known in api.status(office.settings).runs] == [4]


# --- the report, and what is missing


def test_a_document_read_in_part_says_what_is_missing_in_the_report_and_in_the_dataset(office: Office) -> None:
    office.drop("circular.pdf", PARTIAL.read_bytes())
    for _ in range(2):  # also where it was known already and nothing changed
        office.run()
        row = office.documents()["circular.pdf"]
        assert (row["status"], row["message"]) == ("partial", "Nothing was read for pool_stats.principal_balance.")
        page = max((office.folder / "work" / "runs").glob("*.html"), key=lambda path: path.stat().st_mtime_ns)
        text = page.read_text(encoding="utf-8")
        assert "Read in part: what is missing" in text
        assert "Nothing was read for pool_stats.principal_balance." in text
        record = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
        assert [(line["status"], line["message"]) for line in record["lines"]] == [("partial", row["message"])]


# --- what is no document


def test_what_systems_and_offices_leave_beside_files_is_no_failure(office: Office) -> None:
    office.drop("a.pdf")
    for litter in ("._a.pdf", "~$a.pdf", "__MACOSX/a.pdf"):
        office.drop(litter, b"litter")
    result = office.run()
    assert result.exit_code == 0
    assert set(office.documents()) == {"a.pdf"}
    assert "not read" not in result.stderr


def test_other_files_of_the_folder_are_named_once(office: Office) -> None:
    office.drop("a.pdf")
    for other in ("说明.docx", "all.zip", "sub/list.xlsx", ".hidden", "~$说明.docx"):
        office.drop(other, b"other")
    said = office.run().stderr
    assert said.count("3 other files are not read: all.zip, list.xlsx, 说明.docx") == 1
    assert said.count("说明.docx") == 1


def test_the_dataset_and_the_workspace_in_the_folder_are_no_other_files(office: Office) -> None:
    office.drop("a.pdf")
    places = ["--out", str(office.inbox / "out"), "--workspace", str(office.inbox / "work")]
    for _ in range(2):
        said = CliRunner().invoke(
            app, ["run", str(office.inbox), *places, "--mappings", str(ROOT / "mappings"), "--jobs", "1"]
        )
        assert "not read" not in said.stderr
    close_store(build_settings({"workspace": office.inbox / "work"}, {}, office.folder))


# --- failures


def test_a_file_that_failed_earlier_is_named_by_every_run_until_somebody_says_that_they_know(office: Office) -> None:
    office.drop("good.pdf")
    office.drop("bad.pdf", BROKEN)
    assert office.run().exit_code == 3
    (office.folder / "other").mkdir()
    office.drop("../other/fine.pdf")
    for place in (office.inbox, office.folder / "other"):
        later = CliRunner().invoke(app, ["run", str(place), *office.words[2:]])
        assert later.exit_code == 3
        assert "FAILED EARLIER  bad.pdf: the PDF is damaged or cut off" in later.stderr
        assert "Next: dealproof failures" in later.stderr.splitlines()[-1]
    said = office.say("failures", "--dismiss", "bad.pdf", "--by", "王敏", "--reason", "新版已到")
    assert "dismissed: bad.pdf" in said.stderr
    later = office.run()
    assert later.exit_code == 0
    assert "FAILED" not in later.stderr
    assert office.documents()["bad.pdf"]["status"] == "failed"
    (line,) = office.say("failures").stdout.splitlines()
    assert "dismissed by 王敏 on 20" in line
    assert line.endswith("新版已到")
    assert "1 files (1 of them dismissed)" in office.say("status").stdout


def test_a_dismissed_failure_whose_file_changes_is_live_again(office: Office) -> None:
    office.drop("good.pdf")
    office.drop("bad.pdf", BROKEN)
    office.run()
    office.say("failures", "--dismiss", str(office.inbox / "bad.pdf"), "--by", "王敏")
    assert office.run().exit_code == 0
    office.drop("bad.pdf", BROKEN + b" in another way")
    assert office.run().exit_code == 3
    assert "dismissed by" not in office.say("failures").stdout


def test_a_failure_that_nobody_knows_cannot_be_dismissed(office: Office) -> None:
    office.drop("good.pdf")
    office.run()
    said = office.say("failures", "--dismiss", "good.pdf")
    assert getattr(said.exception, "exit_code", None) == 2
    assert "No file that failed is named good.pdf" in str(said.exception)


# --- the step that is due


def test_the_last_line_names_the_step_that_is_due_as_a_command_that_works(office: Office) -> None:
    office.drop("a.pdf")
    assert office.run().stderr.splitlines()[-1].endswith("Nothing is due.")
    office.drop("circular.pdf", PARTIAL.read_bytes())
    last = office.run().stderr.splitlines()[-1]
    where = f"--workspace {office.folder / 'work'} --mappings {ROOT / 'mappings'}"
    assert last.endswith(f"Next: dealproof questions {where}")
    assert CliRunner().invoke(app, last.partition("dealproof ")[2].split()).exit_code == 0
    office.drop("bad.pdf", BROKEN)
    assert office.run().stderr.splitlines()[-1].endswith(f"Next: dealproof failures {where}")

"""The week of an ops person: new files, known files, broken files, mended files, and being told about each."""

from __future__ import annotations

import csv
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import openpyxl
import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.pages.ocr import engine, find_lines, runtime
from tests.doubles.pdfs import Sheet, write_pdf

ROOT = Path(__file__).parents[2]
BROKEN = b"%PDF-1.4 broken"


class Office:
    """A drop folder, a workspace, and the command line."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.inbox = folder, folder / "inbox"
        self.inbox.mkdir()

    @property
    def places(self) -> list[str]:
        return ["--workspace", str(self.folder / "work"), "--mappings", str(ROOT / "mappings")]

    def run(self, *options: str, places: list[str] | None = None) -> Result:
        where = [str(self.inbox)] if places is None else places
        out = ["--out", str(self.folder / "out"), "--jobs", "1"]
        return CliRunner().invoke(app, ["run", *where, *out, *self.places, *options])

    def say(self, *words: str) -> Result:
        return CliRunner().invoke(app, [*words, *self.places])

    def drop(self, name: str, content: bytes | None = None) -> Path:
        path = self.inbox / name
        if content is None:
            return write_pdf(path, Sheet().text(50, 50, f"年度报告 {name}"))
        path.write_bytes(content)
        return path

    def documents(self) -> dict[str, str]:
        with (self.folder / "out" / "documents.csv").open(encoding="utf-8-sig") as handle:
            return {row["file_name"]: row["status"] for row in csv.DictReader(handle)}


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return Office(tmp_path)


def test_a_nightly_job_over_known_files_says_little_and_names_what_still_fails(office: Office) -> None:
    office.drop("good.pdf")
    assert office.run().exit_code == 0
    assert office.run().exit_code == 0
    office.drop("bad.pdf", BROKEN)
    assert office.run().exit_code == 3
    tonight = office.run()
    assert tonight.exit_code == 3
    assert "Nothing changed" in tonight.stderr
    assert "1 known, 1 failed earlier" in tonight.stderr
    assert len(tonight.stderr.splitlines()) <= 4
    assert office.documents() == {"good.pdf": "unsupported", "bad.pdf": "failed"}


def test_a_quiet_run_says_nothing_but_failures(office: Office) -> None:
    office.drop("good.pdf")
    assert office.run("--quiet").stderr == ""
    office.drop("bad.pdf", BROKEN)
    assert {line.split()[0] for line in office.run("-q").stderr.splitlines()} == {"FAILED", "failed:"}


def test_a_mended_file_under_the_same_name_is_no_failure_any_more(office: Office) -> None:
    office.drop("good.pdf")
    office.drop("bad.pdf", BROKEN)
    office.run()
    office.drop("bad.pdf")
    assert office.run().exit_code == 0
    assert office.documents()["bad.pdf"] == "unsupported"
    assert "0 files failed" in office.say("failures").stderr


def test_a_broken_file_that_was_taken_away_is_forgotten(office: Office) -> None:
    office.drop("good.pdf")
    office.drop("bad.pdf", BROKEN)
    office.run()
    (office.inbox / "bad.pdf").unlink()
    assert office.run().exit_code == 0
    assert office.documents() == {"good.pdf": "unsupported"}
    assert office.say("failures").stdout == ""


def test_a_renamed_file_is_the_same_document_and_not_read_again(office: Office) -> None:
    office.drop("old.pdf").rename(office.inbox / "first.pdf")
    office.run()
    (office.inbox / "first.pdf").rename(office.inbox / "second.pdf")
    again = office.run()
    assert "(1 known)" in again.stderr
    assert office.documents() == {"second.pdf": "unsupported"}


def test_a_copy_is_the_same_document(office: Office) -> None:
    shutil.copy(office.drop("a.pdf"), office.inbox / "b.pdf")
    assert "1 of them copies of others" in office.run().stderr
    assert office.documents() == {"a.pdf": "unsupported"}


def test_a_touched_file_is_known_by_its_content(office: Office) -> None:
    os.utime(office.drop("a.pdf"), (1, 1))
    office.run()
    os.utime(office.inbox / "a.pdf", (2, 2))
    assert "(1 known)" in office.run().stderr


def test_failures_say_what_why_and_what_to_do_on_one_line_each(office: Office) -> None:
    office.drop("bad.pdf", BROKEN)
    office.drop("empty.pdf", b"")
    assert office.run().exit_code == 4
    lines = office.say("failures").stdout.splitlines()
    assert [line.split("\t")[1:3] for line in lines] == [
        ["unreadable", "bad.pdf: the PDF is damaged or cut off: its end is missing."],
        ["unreadable", "empty.pdf: the file is empty."],
    ]
    sheet = office.folder / "failures.xlsx"
    office.say("failures", "--export", str(sheet))
    rows = list(openpyxl.load_workbook(sheet).active.values)
    assert rows[0][:3] == ("location", "file_name", "code")
    assert [row[1] for row in rows[1:]] == ["bad.pdf", "empty.pdf"]


def test_failed_files_alone_are_tried_again_and_new_ones_wait(office: Office) -> None:
    office.drop("good.pdf")
    office.drop("bad.pdf", BROKEN)
    office.run()
    office.drop("bad.pdf")
    office.drop("new.pdf")
    assert office.run("--failed-only", places=[]).exit_code == 0
    assert office.documents() == {"good.pdf": "unsupported", "bad.pdf": "unsupported"}
    assert "No file has failed" in str(office.run("--failed-only", places=[]).exception)


def test_a_dry_run_names_what_it_would_read_and_reads_nothing(office: Office) -> None:
    office.drop("known.pdf")
    office.run()
    office.drop("new.pdf")
    dry = office.run("--dry-run")
    assert dry.stdout == f"read    {office.inbox / 'new.pdf'}\n"
    assert "1 files would be read, 1 are known" in dry.stderr
    assert office.documents() == {"known.pdf": "unsupported"}


def test_status_tells_documents_failures_questions_and_runs(office: Office) -> None:
    shutil.copy(min((ROOT / "samples").glob("*.pdf")), office.inbox)
    office.drop("bad.pdf", BROKEN)
    office.run()
    told = json.loads(office.say("status", "--json").stdout)
    assert told["counts"]["documents"] == told["counts"]["files"] == 1
    assert [problem["file_name"] for problem in told["problems"]] == ["bad.pdf"]
    assert [(run["state"], run["read"], run["failed"]) for run in told["runs"]] == [("done", 1, 1)]
    words = office.say("status").stdout
    assert "Failed     1 files: dealproof failures" in words
    assert "Questions" in words


def test_the_run_report_names_every_failed_file_and_every_file_read(office: Office) -> None:
    office.drop("<good> & 好.pdf")
    office.drop("bad.pdf", BROKEN)
    office.run()
    (page,) = (office.folder / "work" / "runs").glob("*.html")
    (record,) = (office.folder / "work" / "runs").glob("*.json")
    told = json.loads(record.read_text(encoding="utf-8"))
    assert told["counts"] == {"read": 1, "failed": 1}
    assert {line["file_name"]: line["state"] for line in told["lines"]} == {
        "<good> & 好.pdf": "read",
        "bad.pdf": "failed",
    }
    text = page.read_text(encoding="utf-8")
    assert "&lt;good&gt; &amp; 好.pdf" in text
    assert "damaged or cut off" in text
    assert "://" not in text


def test_the_log_of_a_run_is_json_lines_in_the_workspace(office: Office) -> None:
    office.drop("a.pdf")
    office.run()
    (log,) = (office.folder / "work" / "logs").iterdir()
    (line,) = map(json.loads, log.read_text(encoding="utf-8").splitlines())
    assert line["file"] == str(office.inbox / "a.pdf")
    assert (line["level"], line["state"], line["pages"]) == ("INFO", "read", 1)


def test_an_invalid_label_file_ends_with_5_but_what_is_new_was_read_and_the_dataset_stays(office: Office) -> None:
    office.drop("old.pdf")
    office.run()
    wrong = office.folder / "mappings"
    shutil.copytree(ROOT / "mappings", wrong)
    (wrong / "labels" / "tranches.csv").write_text("no,such,columns\n", encoding="utf-8")
    office.drop("new.pdf")
    command = [
        "run",
        str(office.inbox),
        "--out",
        str(office.folder / "out"),
        "--workspace",
        str(office.folder / "work"),
    ]
    result = CliRunner().invoke(app, [*command, "--mappings", str(wrong)])
    assert getattr(result.exception, "exit_code", None) == 5
    assert office.documents() == {"old.pdf": "unsupported"}
    assert "(2 known)" in office.run().stderr
    assert office.documents() == {"old.pdf": "unsupported", "new.pdf": "unsupported"}


@pytest.mark.parametrize("file", ["perfomance.csv", "performance.csv"])
def test_a_run_with_a_misnamed_or_misspelt_label_file_ends_with_5_and_loses_nothing(office: Office, file: str) -> None:
    office.drop("old.pdf")
    office.run()
    wrong = office.folder / "mappings"
    shutil.copytree(ROOT / "mappings", wrong)
    rows = wrong / "labels" / "performance.csv"
    rows.write_text(rows.read_text(encoding="utf-8").replace("\nprepayment_pct,", "\nprepayment,"), encoding="utf-8")
    rows.rename(wrong / "labels" / file)
    office.drop("new.pdf")
    places = ["--out", str(office.folder / "out"), "--workspace", str(office.folder / "work")]
    result = CliRunner().invoke(app, ["run", str(office.inbox), *places, "--mappings", str(wrong)])
    assert getattr(result.exception, "exit_code", None) == 5
    assert f"labels/{file}" in str(result.exception)
    assert office.documents() == {"old.pdf": "unsupported"}
    assert "(2 known)" in office.run().stderr
    assert office.documents() == {"old.pdf": "unsupported", "new.pdf": "unsupported"}


def test_doctor_finds_nothing_broken_here_and_says_what_is_broken_there(office: Office) -> None:
    well = office.say("doctor")
    assert well.exit_code == 0, well.stdout
    assert "broken" not in well.stdout
    (office.folder / "file").write_text("in the way")
    ill = CliRunner().invoke(app, ["doctor", "--json", "--workspace", str(office.folder / "file")])
    assert ill.exit_code == 6
    assert {check["name"] for check in json.loads(ill.stdout) if check["state"] == "broken"} == {"store", "workspace"}


@pytest.mark.parametrize(("missing", "said"), [((), ""), (("openvino",), "pip install openvino")])
def test_doctor_says_what_runs_the_recogniser_and_what_would_be_faster(
    missing: tuple[str, ...], said: str, office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("rapidocr", *runtime.RUNTIMES):
        pytest.importorskip(name)
    for name in missing:
        monkeypatch.setitem(sys.modules, name, None)
    made = (runtime.runtime, find_lines._detector, engine._recogniser)
    for one in made:
        one.cache_clear()
    try:
        checks = json.loads(office.say("doctor", "--json").stdout)
    finally:
        for one in made:
            one.cache_clear()
    (check,) = (check for check in checks if check["name"] == "OCR")
    assert f" on {runtime.RUNTIMES[len(missing)]} " in check["found"]
    assert (check["state"], "12,345.67" in check["found"]) == ("ok", True)
    assert said in check["remedy"]
    assert bool(check["remedy"]) == bool(said)


def test_limits_of_one_file_come_from_a_pattern_of_its_name(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pdf(office.inbox / "long-全文.pdf", *[Sheet().text(50, 50, "年度报告") for _ in range(4)])
    write_pdf(office.inbox / "long.pdf", *[Sheet().text(50, 50, "年度报告书") for _ in range(4)])
    (office.folder / "dealproof.toml").write_text('pages = 3\n[files."*全文*.pdf"]\npages = 4\n', encoding="utf-8")
    monkeypatch.chdir(office.folder)
    office.run()
    assert office.documents() == {"long-全文.pdf": "unsupported", "long.pdf": "failed"}
    assert "more than the 3 that are read" in office.say("failures").stdout
    assert office.run("--pages", "5").exit_code == 0
    assert office.documents()["long.pdf"] == "unsupported"


@pytest.mark.skipif(os.name != "posix", reason="signals")
def test_a_watched_folder_takes_a_file_once_it_has_stopped_growing(office: Office) -> None:
    whole = write_pdf(office.folder / "a.pdf", Sheet().text(50, 50, "年度报告")).read_bytes()
    command = [sys.executable, "-c", WATCH, "run", str(office.inbox), "--watch", "--out", str(office.folder / "out")]
    watch = subprocess.Popen([*command, *office.places], stderr=subprocess.PIPE, text=True)
    growing = office.inbox / "growing.pdf"
    try:
        for size in range(0, len(whole), max(1, len(whole) // 8)):
            growing.write_bytes(whole[:size])
            time.sleep(0.15)
            assert not (office.folder / "out").exists()
        growing.write_bytes(whole)
        give_up = time.monotonic() + 60
        while not (office.folder / "out").exists() and time.monotonic() < give_up:
            time.sleep(0.1)
        assert office.documents() == {"growing.pdf": "unsupported"}
    finally:
        watch.send_signal(signal.SIGINT)
        _, said = watch.communicate(timeout=60)
    assert watch.returncode == 130
    assert "Traceback" not in said


#: The command line with a shorter wait between two looks at the folder.
WATCH = "from dealproof.cli import run; run.PERIOD = 0.5; from dealproof.cli.app import main; main()"

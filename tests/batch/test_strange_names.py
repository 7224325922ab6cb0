"""A file's name is a stranger's text: it cannot forge a line, colour a terminal or turn around what is shown."""

from __future__ import annotations

import csv
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.pages.open import identify
from dealproof.runs.inputs import find_inputs
from dealproof.settings.settings import build_settings
from dealproof.store.database import close_store
from dealproof.text import printable

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "samples" / "发行结果公告（和悦）.pdf"
#: A name that forges a line of success, one that colours, one that shows `fdp.exe` backwards, one with a line separator.
FORGED = "a\nFAILED  b.pdf: nothing to do.pdf"
NAMES = {
    FORGED: r"a\nFAILED  b.pdf: nothing to do.pdf",
    "\x1b[31mred\x1b[0m.pdf": r"\u001b[31mred\u001b[0m.pdf",
    "报告\u202efdp.pdf": r"报告\u202efdp.pdf",
    "x\u2028y\r\tz\x9b.pdf": r"x\u2028y\r\tz\u009b.pdf",
    "[bold][red]x[.pdf": "[bold][red]x[.pdf",
}
#: Characters that no output may hold as they are.
OBEYED = "\x1b\u202e\u2028\x9b\r"


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """One readable file of a forged name, unreadable ones of all the others, and a file that is no PDF."""
    folder = tmp_path / "inbox"
    folder.mkdir()
    (folder / "note\nFAILED  b.pdf\u202e.txt").touch()
    for name in NAMES:
        if name == FORGED:
            shutil.copyfile(SAMPLE, folder / name)
        else:
            (folder / name).write_bytes(b"no PDF: " + name.encode())
    return folder


def command(tmp_path: Path, *words: str) -> Result:
    places = ["--workspace", str(tmp_path / "work"), "--mappings", str(ROOT / "mappings")]
    return CliRunner().invoke(app, [*words, *places], env={"DEALPROOF_JOBS": "1"})


@pytest.mark.parametrize(("name", "shown"), NAMES.items())
def test_a_name_is_shown_on_one_line_as_what_it_is(tmp_path: Path, name: str, shown: str) -> None:
    assert printable(name) == shown
    (tmp_path / name).write_bytes(b"%PDF-1.4\n%%EOF\n")
    (item,) = find_inputs([str(tmp_path)])
    assert item.name == identify(tmp_path / name).file_name == shown
    assert Path(item.place).name == name


def test_chinese_names_stay_as_they_are() -> None:
    name = "《安泰2024-1》受托机构报告（第３期） v1.2 – 终稿.pdf"
    assert printable(name) == name


def test_no_output_of_a_run_can_be_forged_by_a_name(tmp_path: Path, inbox: Path) -> None:
    dry = command(tmp_path, "run", str(inbox), "--dry-run")
    assert len(dry.stdout.splitlines()) == len(NAMES)
    assert all(line.startswith("read    ") for line in dry.stdout.splitlines())
    ran = command(tmp_path, "run", str(inbox), "--out", str(tmp_path / "out"))
    assert [line for line in ran.stderr.splitlines() if line.startswith("FAILED  b.pdf")] == []
    assert r"FAILED  \u001b[31mred\u001b[0m.pdf: " in ran.stderr
    listed = command(tmp_path, "failures")
    assert len(listed.stdout.splitlines()) == len(NAMES) - 1
    assert all(len(line.split("\t")) >= 4 for line in listed.stdout.splitlines())
    for said in (dry, ran, listed, command(tmp_path, "status"), command(tmp_path, "questions")):
        assert not set(OBEYED) & set(said.output), said.output
    close_store(build_settings({"workspace": tmp_path / "work"}, {}, tmp_path))


def test_neither_dataset_nor_report_log_or_sheet_can_be_forged_by_a_name(tmp_path: Path, inbox: Path) -> None:
    command(tmp_path, "run", str(inbox), "--out", str(tmp_path / "out"))
    sheet = tmp_path / "failures.csv"
    command(tmp_path, "failures", "--export", str(sheet))
    with (tmp_path / "out" / "documents.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert {row["file_name"] for row in csv.DictReader(handle)} == set(NAMES.values())
    with sheet.open(encoding="utf-8-sig", newline="") as handle:
        failed = list(csv.DictReader(handle))
    assert {row["file_name"] for row in failed} == set(NAMES.values()) - {NAMES[FORGED]}
    assert all(row["location"].endswith(row["file_name"]) for row in failed)
    logs = list((tmp_path / "work").rglob("*.jsonl"))
    reports = [*(tmp_path / "work").rglob("*.html"), *(tmp_path / "work").rglob("run-*.json")]
    assert logs
    assert len(reports) == 2
    for path in (*logs, *reports, sheet, *(tmp_path / "out").glob("*.csv")):
        text = path.read_bytes().decode()
        assert not set(OBEYED) & set(text.replace("\r\n", "\n")), path
    lines = [json.loads(line) for log in logs for line in log.read_text(encoding="utf-8").splitlines()]
    assert {Path(line["file"]).name for line in lines if line.get("state")} == set(NAMES)
    close_store(build_settings({"workspace": tmp_path / "work"}, {}, tmp_path))


def test_a_file_of_a_forged_name_is_found_again(tmp_path: Path, inbox: Path) -> None:
    command(tmp_path, "run", str(inbox), "--out", str(tmp_path / "out"))
    again = command(tmp_path, "run", str(inbox), "--out", str(tmp_path / "out"))
    assert "1 known" in again.stderr
    assert f"{len(NAMES) - 1} failed" in again.stderr
    retried = command(tmp_path, "run", "--failed-only", "--out", str(tmp_path / "out"))
    assert retried.stderr.count("FAILED  ") == len(NAMES) - 1
    close_store(build_settings({"workspace": tmp_path / "work"}, {}, tmp_path))


def test_an_error_of_a_command_names_a_forged_path_on_one_line(tmp_path: Path) -> None:
    line = [
        sys.executable,
        "-m",
        "dealproof.cli.app",
        "run",
        str(tmp_path / FORGED),
        "--workspace",
        str(tmp_path / "w"),
    ]
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert [row for row in done.stderr.splitlines() if row.startswith("FAILED")] == []
    assert NAMES[FORGED] in done.stderr

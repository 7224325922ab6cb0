"""A person reads the questions, answers some in a spreadsheet, and the dataset remembers."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.errors import ExitCode
from dealproof.mappings.sheet import read_sheet

ROOT = Path(__file__).parents[2]


class Desk:
    """A workspace with the samples read; one report reprints a default rate that the earlier report printed otherwise."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mappings = folder, folder / "mappings"

    def command(self, *words: str) -> Result:
        return CliRunner().invoke(
            app, [*words, "--mappings", str(self.mappings), "--workspace", str(self.folder / "work")]
        )

    def questions(self, state: str = "open") -> list[dict[str, str]]:
        assert self.command("build", "--out", str(self.folder / "out")).exit_code == 0
        with (self.folder / "out" / "questions.csv").open(encoding="utf-8-sig", newline="") as handle:
            return [row for row in csv.DictReader(handle) if row["state"] == state]


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("answers"))
    shutil.copytree(ROOT / "mappings", desk.mappings)
    assert desk.command("run", str(ROOT / "samples"), "--out", str(desk.folder / "out")).exit_code == 0
    return desk


@pytest.fixture
def desk(stocked: Desk, tmp_path: Path) -> Desk:
    shutil.copytree(stocked.folder, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def failed_check(desk: Desk) -> dict[str, str]:
    (question,) = [row for row in desk.questions() if row["kind"] == "failed_check"]
    return question


def test_one_answer_corrects_the_value_for_every_build_to_come(desk: Desk) -> None:
    question = failed_check(desk)
    result = desk.command(
        "answer", question["question_id"][:8], "--value", "0.27", "--by", "王敏", "--reason", "page 2"
    )
    assert result.exit_code == 0, result.output
    assert not [row for row in desk.questions() if row["kind"] in ("failed_check", "restatement")]
    told = desk.command("why", question["table"], question["key"], question["column"]).output
    assert "value: 0.27" in told
    assert "printed 0.26; page 2 (王敏" in told


def test_questions_go_out_to_a_spreadsheet_and_come_back_filled_in(desk: Desk) -> None:
    question = failed_check(desk)
    sheet = desk.folder / "questions.xlsx"
    assert desk.command("questions", "--export", str(sheet)).exit_code == 0
    book = load_workbook(sheet)
    rows = book.worksheets[0]
    names = [cell.value for cell in rows[1]]
    for row in rows.iter_rows(min_row=2):
        cells = dict(zip(names, row, strict=True))
        if cells["question_id"].value == question["question_id"]:
            cells["answer"].value, cells["right_value"].value = "corrected", 0.27
        elif cells["kind"].value == "missing_table":
            cells["answer"].value, cells["reason"].value = "dismissed", "the excerpt does not have it"
        elif cells["kind"].value == "low_confidence":
            cells["answer"].value, cells["reason"].value = "dismissed", "its glyphs cannot be read on screen either"
    book.save(sheet)
    result = desk.command("answer", "--file", str(sheet), "--by", "王敏")
    assert "1 corrections and" in result.output, result.output
    assert {row["kind"] for row in desk.questions()} <= {"restatement"} or not desk.questions()
    assert desk.questions("dismissed")
    again = desk.command("answer", "--file", str(sheet), "--by", "李雷")
    assert "0 corrections and 0 answers added" in again.output


def test_wrong_answers_are_listed_and_nothing_is_written(desk: Desk) -> None:
    question = failed_check(desk)
    sheet = desk.folder / "answers.csv"
    sheet.write_text(
        "answer,right_value,reason,decided_by,question_id\n"
        f"corrected,,,王敏,{question['question_id']}\n"
        f"corrected,zero point two,,王敏,{question['question_id']}\n"
        "confirmed,,,王敏,nosuch\n",
        encoding="utf-8",
    )
    before = {path.name: path.read_bytes() for path in desk.mappings.glob("*.csv")}
    result = desk.command("answer", "--file", str(sheet))
    told = str(result.exception)
    assert "answers.csv:2 [right_value]" in told
    assert "answers.csv:4 [question_id]: there is no question 'nosuch'" in told
    assert "no number" in told
    assert {path.name: path.read_bytes() for path in desk.mappings.glob("*.csv")} == before


def test_a_contradicting_answer_is_refused(desk: Desk) -> None:
    question = failed_check(desk)
    assert desk.command("answer", question["question_id"], "--value", "0.27", "--by", "王敏").exit_code == 0
    rows = list(read_sheet(desk.mappings / "corrections.csv").rows)
    assert [row["right_value"] for row in rows] == ["0.27"]
    result = desk.command("answer", question["question_id"], "--value", "0.28", "--by", "李雷")
    assert result.exception is not None
    assert list(read_sheet(desk.mappings / "corrections.csv").rows) == rows


def test_questions_are_listed_with_their_place_and_suggestion(desk: Desk) -> None:
    told = desk.command("questions", "--kind", "failed_check").output
    assert "P0202409180000000006.pdf page 2" in told
    assert "suggested: 0.27" in told


def test_a_gate_ends_with_its_own_code_until_the_questions_are_answered(desk: Desk) -> None:
    gate = ("build", "--out", str(desk.folder / "out"), "--fail-on", "error")
    assert desk.command(*gate).exit_code == ExitCode.GATE
    for question in [row for row in desk.questions() if row["severity"] == "error"]:
        desk.command("answer", question["question_id"], "--dismiss", "--by", "王敏")
    assert desk.command(*gate).exit_code == ExitCode.DONE
    assert desk.command("build", "--out", str(desk.folder / "out"), "--fail-on", "everything").exception is not None

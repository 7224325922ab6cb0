"""A person reads the questions, answers some in a spreadsheet, and the dataset remembers."""

from __future__ import annotations

import csv
import re
import shutil
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.errors import ExitCode, UsageError
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

    def values(self, table: str) -> list[dict[str, str]]:
        assert self.command("build", "--out", str(self.folder / "out")).exit_code == 0
        with (self.folder / "out" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))


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


@pytest.mark.parametrize("ending", ["xlsx", "csv"])
def test_a_letter_filled_into_the_sheet_chooses_its_value(desk: Desk, ending: str) -> None:
    question = failed_check(desk)
    sheet = desk.folder / f"questions.{ending}"
    assert desk.command("questions", "--export", str(sheet)).exit_code == 0
    rows = list(read_sheet(sheet).rows)
    asked = next(row for row in rows if row["question_id"] == question["question_id"])
    assert asked["held"] == "0.26"
    assert asked["candidates"].split("\n")[1] == "B = 0.27 @ no page (as if by a wrong digit)"
    assert asked["candidates"].startswith("A = 0.26 @ P0202409180000000006.pdf page 2 ")
    names = [*asked.cells]
    with (desk.folder / "filled.csv").open("w", encoding="utf-8-sig", newline="") as handle:
        filled = csv.DictWriter(handle, names, extrasaction="ignore")
        filled.writeheader()
        filled.writerow({**asked.cells, "answer": "b"})
    told = desk.command("answer", "--file", str(desk.folder / "filled.csv"), "--by", "王敏")
    assert "1 corrections and 0 answers added" in told.output, told.output
    assert not [row for row in desk.questions() if row["kind"] == "failed_check"]


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


def test_an_answer_given_again_replaces_the_earlier_one_and_says_so(desk: Desk) -> None:
    question = failed_check(desk)
    assert desk.command("answer", question["question_id"], "--value", "0.27", "--by", "王敏").exit_code == 0
    result = desk.command("answer", question["question_id"], "--value", "0.28", "--by", "李雷")
    assert "taken back: corrected to 0.27 of performance.value" in result.stderr
    assert "(by 王敏, " in result.stderr
    assert "corrections.csv:2 is a comment now" in result.stderr
    (row,) = read_sheet(desk.mappings / "corrections.csv").rows
    assert (row["right_value"], row["decided_by"], row.line) == ("0.28", "李雷", 3)
    assert question["value"] == row["printed_value"]


def test_answers_are_listed_and_taken_back_also_after_a_build(desk: Desk) -> None:
    question = failed_check(desk)
    short = question["question_id"][:8]
    desk.command("answer", short, "--value", "0.27", "--by", "王敏", "--reason", "page 2", "--on", "2031-06-01")
    assert not [row for row in desk.questions() if row["kind"] == "failed_check"]
    listed = desk.command("questions", "--answered")
    (line,) = listed.stdout.splitlines()
    assert line.split("\t")[:4] == [short, "2031-06-01", "王敏", "corrected to 0.27"]
    assert line.endswith("corrections.csv:2\tpage 2")
    undone = desk.command("answer", short, "--undo", "--by", "李雷")
    assert "corrected to 0.27" in undone.stderr
    assert failed_check(desk) == question
    assert desk.command("questions", "--answered").stdout == ""
    assert "2031-06-01" in (desk.mappings / "corrections.csv").read_text(encoding="utf-8-sig"), "the trace stays"


def test_an_answer_that_opens_questions_says_which_and_why(desk: Desk) -> None:
    question = failed_check(desk)
    assert "1 closed" in desk.command("answer", question["question_id"], "--value", "0.27", "--by", "王敏").stderr
    told = desk.command("answer", question["question_id"], "--value", "7.5", "--by", "王敏").stderr
    assert re.search(r"Open questions: \d+ before, \d+ now", told)
    new = [line for line in told.splitlines() if line.startswith("  new: ")]
    assert new
    assert all(", because " in line for line in new)
    assert any("is 7.5 now and was 0.27" in line for line in new)


@pytest.mark.parametrize(
    ("option", "value", "known"),
    [
        ("--kind", "failed_checks", "Did you mean failed_check?"),
        ("--severity", "fatal", "error, info, warning"),
        ("--table", "tranche", "Did you mean tranches?"),
        ("--deal", "泰和2019", "Known: "),
    ],
)
def test_a_filter_that_nothing_can_fit_is_refused_with_what_there_is(
    desk: Desk, option: str, value: str, known: str
) -> None:
    result = desk.command("questions", option, value)
    assert isinstance(result.exception, UsageError)
    assert result.exception.exit_code == ExitCode.USAGE
    assert known in result.exception.remedy


@pytest.mark.parametrize(
    "words",
    [
        ("questions", "--answered", "--kind", "conflict"),
        ("answer", "--file", "q.csv", "--confirm", "--by", "王敏"),
        ("answer", "3fa2b1c0", "--confirm", "--dismiss", "--by", "王敏"),
        ("answer", "--undo", "--by", "王敏"),
        ("answer", "3fa2b1c0", "--undo"),
        ("answer", "3fa2b1c0", "--undo", "--by", "王敏"),
    ],
    ids=" ".join,
)
def test_options_that_do_not_fit_together_or_lead_nowhere_are_refused(desk: Desk, words: tuple[str, ...]) -> None:
    assert isinstance(desk.command(*words).exception, UsageError)


def without_the_rate(desk: Desk) -> None:
    """Take the average rate out of what the analysts' files say of the pool, at its cut-off and in a period."""
    path = desk.mappings / "labels" / "fields.csv"
    rows = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    kept = [row for row in rows if not row.startswith(("pool_stats,wa_rate_pct,", "performance,pool_wa_rate_pct,"))]
    assert len(kept) < len(rows)
    path.write_text("".join(kept), encoding="utf-8")


def test_a_label_is_asked_once_and_answered_with_the_field_that_it_means(desk: Desk) -> None:
    known = desk.values("pool_stats")
    without_the_rate(desk)
    labels = [row for row in desk.questions() if row["kind"] == "unknown_label"]
    (question,) = [row for row in labels if not row["cause"] and "加权平均贷款年利率" in row["value"]]
    assert sum(row["cause"] == question["question_id"] for row in labels) == 4
    assert "of 5 cells of 5 documents" in question["prompt"]
    less = desk.values("pool_stats")

    refused = desk.command("answer", question["question_id"], "--field", "wa_rate", "--by", "王敏")
    assert "no field 'wa_rate'" in str(refused.exception)
    assert "wa_rate_pct" in str(refused.exception)

    told = desk.command("answer", question["question_id"], "--field", "wa_rate_pct", "--by", "王敏")
    assert "and 1 labels added" in told.stderr
    assert not [row for row in desk.questions() if row["value"] == question["value"]]
    back = [row for row in desk.values("pool_stats") if row not in less]
    assert {row["metric"] for row in back} == {"wa_rate_pct"}
    assert all(row in known for row in back)

    assert desk.command("answer", question["question_id"], "--undo", "--by", "王敏").exit_code == 0
    assert question in desk.questions()


def test_a_word_is_asked_once_and_answered_with_its_parts_for_all_labels_that_wait_for_it(desk: Desk) -> None:
    known = desk.values("pool_stats")
    path = desk.mappings / "labels" / "words.csv"
    rows = path.read_text(encoding="utf-8-sig").splitlines(keepends=True)
    path.write_text("".join(row for row in rows if "剩余" not in row), encoding="utf-8")
    for name in ("pool_stats", "performance", "columns"):
        file = desk.mappings / "labels" / f"{name}.csv"
        kept = [row for row in file.read_text(encoding="utf-8-sig").splitlines(keepends=True) if "剩余" not in row]
        file.write_text("".join(kept), encoding="utf-8")
    (question,) = [row for row in desk.questions() if row["column"] == "words"]
    assert question["value"] == "剩余"
    assert "labels wait for it" in question["prompt"]
    less = desk.values("pool_stats")

    refused = desk.command("answer", question["question_id"], "--field", "wa_rate_pct", "--by", "王敏")
    assert "'wa_rate_pct' is no part" in str(refused.exception)

    told = desk.command("answer", question["question_id"], "--field", "state:remaining", "--by", "王敏")
    assert "and 1 labels added" in told.stderr
    assert "Values in" in told.stderr
    assert not [row for row in desk.questions() if row["column"] == "words"]
    back = [row for row in desk.values("pool_stats") if row not in less]
    assert "wa_remaining_term_years" in {row["metric"] for row in back}
    assert all(row in known for row in back)

    assert desk.command("answer", question["question_id"], "--undo", "--by", "王敏").exit_code == 0
    assert question in desk.questions()


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

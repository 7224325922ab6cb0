"""Analysts' files as they come from people, from the command line to the dataset."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.errors import ExitCode, MappingError

ROOT = Path(__file__).parents[2]
FILES = ("澄江发行说明书.pdf", "澄江受托机构报告2.pdf", "澄江受托机构报告3.pdf")
DEAL = "澄江2024-1"
HEADER = "document_id,deal_id,table,key,column,printed_value,right_value,adds,reason,decided_by,decided_on,note"
CHINESE = "文件标识,交易标识,表,键,列,原值,正确值,新增,理由,决定人,日期,备注,跟进"


class Desk:
    """A workspace with a circular and two reports of one deal read, and mapping files of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mappings, self.out = folder, folder / "mappings", folder / "out"

    def command(self, *words: str) -> Result:
        stored = (
            ()
            if words[0] == "who" or words[:2] == ("mappings", "check")
            else ("--workspace", str(self.folder / "work"))
        )
        return CliRunner().invoke(app, [*words, "--mappings", str(self.mappings), *stored])

    def build(self) -> Result:
        return self.command("build", "--out", str(self.out))

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.out / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))

    def correct(self, *rows: str, header: str = HEADER) -> None:
        (self.mappings / "corrections.csv").write_text("\n".join((header, *rows, "")), encoding="gb18030")

    def files(self) -> dict[str, bytes]:
        return {path.name: path.read_bytes() for path in sorted(self.mappings.glob("*.csv"))}


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("files"))
    shutil.copytree(ROOT / "mappings", desk.mappings)
    places = [str(ROOT / "samples" / name) for name in FILES]
    assert desk.command("run", *places, "--out", str(desk.out)).exit_code == 0
    return desk


@pytest.fixture
def desk(stocked: Desk, tmp_path: Path) -> Desk:
    shutil.copytree(stocked.folder, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def report_of(desk: Desk) -> str:
    return next(row["document_id"] for row in desk.rows("documents") if row["kind"] == "trustee_report")


def test_a_tranche_and_a_period_are_added_and_shown_with_who_and_why(desk: Desk) -> None:
    period = f"performance,{DEAL}|4|cumulative_default_pct||{report_of(desk)}"
    desk.correct(
        f",,tranches,{DEAL}|优先C,amount,,50000000,yes,p. 3 lists it,王敏,2025/3/1,",
        f",,tranches,{DEAL}|优先C,expected_maturity,,2026年1月26日,是,p. 3,王敏,45717,",
        f",,{period},value,,0.140,TRUE,told by the trustee,王敏,2025-3-1,",
    )
    before = len(desk.rows("tranches"))
    assert desk.build().exit_code in (0, ExitCode.GATE)
    (tranche,) = [row for row in desk.rows("tranches") if row["tranche"] == "优先C"]
    assert (tranche["amount"], tranche["expected_maturity"]) == ("50000000", "2026-01-26")
    assert len(desk.rows("tranches")) == before + 1
    (figure,) = [row for row in desk.rows("performance") if row["period_no"] == "4"]
    assert (figure["value"], figure["unit"]) == ("0.140", "percent")
    told = desk.command("why", "tranches", f"{DEAL}|优先C", "amount").output
    assert "corrections.csv:2; not printed; p. 3 lists it (王敏, 2025-03-01)" in told
    shown = {(row["key"], row["status"]) for row in desk.rows("evidence") if row["status"] == "corrected"}
    assert shown == {(f"{DEAL}|优先C", "corrected"), (period.partition(",")[2], "corrected")}


def test_a_mistyped_key_is_refused_and_the_last_dataset_stays(desk: Desk) -> None:
    before = {path.name: path.read_bytes() for path in desk.out.iterdir()}
    desk.correct(f",,tranches,{DEAL}|优选A,amount,812000000,813000000,,,王敏,,")
    result = desk.build()
    assert isinstance(result.exception, MappingError)
    assert f"corrections.csv:2 [key]: no row of tranches has the key {DEAL}|优选A. Did you mean {DEAL}|优先A?" in str(
        result.exception
    )
    assert {path.name: path.read_bytes() for path in desk.out.iterdir()} == before


def test_a_dataset_as_of_a_day_asks_about_rows_of_later_documents(desk: Desk) -> None:
    """In 1999 no document of the deal was published."""
    desk.correct(f",,tranches,{DEAL}|优先A,repayment,,过手摊还,,,王敏,,")
    early = desk.command("build", "--out", str(desk.folder / "early"), "--as-of", "1999年1月1日")
    assert early.exit_code == 0, early.output


def test_a_workbook_beside_the_corrections_is_named_by_check_and_build(desk: Desk) -> None:
    shutil.copy(desk.mappings / "corrections.csv", desk.mappings / "corrections.xlsx")
    result = desk.command("mappings", "check")
    assert result.exit_code == ExitCode.MAPPING_INVALID
    assert result.stdout.startswith("corrections.xlsx: this file is not read: corrections.csv counts.")
    words = desk.build().stderr
    assert (
        "NOT READ  corrections.xlsx: this file is not read: corrections.csv counts. If yours is the newer one" in words
    )
    (desk.mappings / "corrections.csv").unlink()
    refused = desk.build().exception
    assert isinstance(refused, MappingError)
    assert "corrections.csv is missing" in str(refused)


def question(desk: Desk) -> dict[str, str]:
    """A question about a figure of the dataset, and a correction of another by somebody who writes Chinese headers."""
    desk.correct(f",,tranches,{DEAL}|优先A,amount,812000000,确认,,,王敏,,,看一下", header=CHINESE)
    assert desk.build().exit_code == 0
    return next(row for row in desk.rows("questions") if row["state"] == "open" and row["column"] and row["value"])


def test_a_sheet_of_answers_in_chinese_is_taken_and_headers_stay_as_they_stand(desk: Desk) -> None:
    asked = question(desk)
    sheet = desk.folder / "答复.csv"
    sheet.write_text(f"编号;答案;正确值;理由\n{asked['question_id']};更正;77;看过原文\n", encoding="utf-16")
    result = desk.command("answer", "--file", str(sheet), "--by", "王敏", "--on", "2025年3月1日")
    assert result.exit_code == 0, (result.output, result.exception)
    lines = (desk.mappings / "corrections.csv").read_text(encoding="utf-8-sig").splitlines()
    assert lines[0] == f"{CHINESE},问题编号"
    assert lines[1].endswith("看一下")
    cells = dict(zip(lines[0].split(","), lines[2].split(","), strict=True))
    assert cells["问题编号"] == asked["question_id"]
    assert (cells["键"], cells["列"], cells["正确值"], cells["决定人"]) == (asked["key"], asked["column"], "77", "王敏")
    assert cells["日期"] == "2025-03-01"


@pytest.mark.parametrize("header", ["question_id,anwser", "编号,答復", "question id,right value,answr"])
def test_a_sheet_with_a_renamed_column_is_refused_and_nothing_is_written(desk: Desk, header: str) -> None:
    sheet = desk.folder / "answers.csv"
    sheet.write_text(f"{header}\nabc,confirmed,confirmed\n", encoding="utf-8")
    before = desk.files()
    result = desk.command("answer", "--file", str(sheet), "--by", "王敏")
    assert isinstance(result.exception, MappingError)
    assert "answers.csv:1 [" in str(result.exception)
    assert desk.files() == before


def test_a_sheet_of_names_in_chinese_is_taken_over(desk: Desk) -> None:
    sheet = desk.folder / "names.csv"
    sheet.write_text(
        "判断,原文名称,法定全称,类型,角色,起始日\n新机构,远岫民营银行,远岫民营银行股份有限公司,民营银行,不限,2025/3/1\n",
        encoding="gb18030",
    )
    result = desk.command("mappings", "apply", str(sheet), "--by", "王敏", "--on", "2025.3.1")
    assert result.exit_code == 0, (result.output, result.exception)
    alias = (desk.mappings / "aliases.csv").read_text(encoding="utf-8-sig").splitlines()[-1]
    assert ",2025-03-01,," in alias
    assert alias.startswith("new_entity,远岫民营银行,")
    listed = (desk.mappings / "institutions.csv").read_text(encoding="utf-8-sig").splitlines()[-1]
    assert "远岫民营银行股份有限公司,,private_bank" in listed


@pytest.mark.parametrize(
    "header", ["decison,mention,institution_id", "决定,机构标识", "decision,mentoin,institution_id"]
)
def test_a_sheet_of_names_with_a_renamed_column_adds_nothing(desk: Desk, header: str) -> None:
    sheet = desk.folder / "names.csv"
    sheet.write_text(f"{header}\nalias,甲行,I001\n", encoding="utf-8")
    before = desk.files()
    result = desk.command("mappings", "apply", str(sheet), "--by", "王敏")
    assert isinstance(result.exception, MappingError)
    assert "names.csv:1 [" in str(result.exception)
    assert desk.files() == before


@pytest.mark.parametrize("day", ["2025/3/1", "2025-3-1", "2025.3.1", "2025年3月1日", "45717"])
def test_options_take_a_day_however_it_is_written(desk: Desk, day: str) -> None:
    """All documents are of early 2024: they were published by March 2025."""
    then = Desk(desk.folder)
    then.out = desk.folder / "then"
    assert then.command("build", "--out", str(then.out), "--as-of", day).exit_code == 0
    assert len(then.rows("documents")) == len(FILES)
    assert desk.command("who", "工行", "--date", day).exit_code == 0


@pytest.mark.parametrize(
    "words", [("build", "--as-of"), ("who", "工行", "--date"), ("answer", "x", "--dismiss", "--on")]
)
@pytest.mark.parametrize("day", ["03/01/2025", "2025-02-30", "下周"])
def test_options_refuse_what_is_no_day_or_could_be_two(desk: Desk, words: tuple[str, ...], day: str) -> None:
    result = desk.command(*words, day)
    assert result.exit_code == ExitCode.USAGE
    assert "Write it as 2025-05-26." in result.stderr

"""An analyst's week: names that lead to nobody are written out, filled in, taken over, and the dataset follows."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.errors import ExitCode
from dealproof.mappings.sheet import read_sheet, write_records

ROOT = Path(__file__).parents[2]
#: Stands in the samples; the test takes it out of the list.
GONE = "浙江网商银行股份有限公司"


class Desk:
    """A workspace with the samples read, and mapping files in which one institution is missing."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mappings = folder, folder / "mappings"

    def command(self, *words: str) -> Result:
        places = ("--mappings", str(self.mappings), "--workspace", str(self.folder / "work"))
        return CliRunner().invoke(app, [*words, *places])

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.folder / "out" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))

    def build(self) -> None:
        assert self.command("build", "--out", str(self.folder / "out")).exit_code == 0

    def fill(self, file: Path, **cells: str) -> None:
        """Write into the row of the missing institution, as a person does in a spreadsheet."""
        sheet = read_sheet(file)
        at = sheet.columns.index("mention")
        records = [
            tuple(cells.get(name, cell) for name, cell in zip(sheet.columns, record, strict=True))
            if record[at] == GONE
            else record
            for record in sheet.records
        ]
        write_records(file, records)


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    shutil.copytree(ROOT / "mappings", desk.mappings)
    listed = desk.mappings / "institutions.csv"
    records = read_sheet(listed).records
    bank = next(record[0] for record in records if GONE in record)
    write_records(listed, [record for record in records if record[0] != bank])
    for name in ("aliases.csv", "provider_classes.csv"):
        path = desk.mappings / name
        write_records(path, [record for record in read_sheet(path).records if bank not in record])
    assert desk.command("run", str(ROOT / "samples"), "--out", str(desk.folder / "out")).exit_code == 0
    return desk


@pytest.fixture
def desk(stocked: Desk, tmp_path: Path) -> Desk:
    shutil.copytree(stocked.folder, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def test_a_name_that_leads_to_nobody_is_one_question_with_five_candidates(desk: Desk) -> None:
    (question,) = [row for row in desk.rows("questions") if row["kind"] == "unmatched_name"]
    assert question["value"] == GONE
    assert question["suggestions"].count("(") >= 5
    assert {row["match"] for row in desk.rows("parties") if row["name"] == GONE} == {"unmatched"}


def test_a_new_institution_is_added_and_the_dataset_follows(desk: Desk) -> None:
    file = desk.folder / "names.csv"
    assert desk.command("mappings", "suggest", str(file)).exit_code == 0
    (open_name,) = read_sheet(file).rows
    assert open_name["mention"] == GONE
    assert open_name["amount"]
    desk.fill(file, decision="new_entity", kind="private_bank", reason="牌照名单")
    result = desk.command("mappings", "apply", str(file), "--by", "王敏")
    assert result.exit_code == 0, result.output
    assert f"{GONE}: nobody -> {GONE}" in result.output
    desk.build()
    assert {row["match"] for row in desk.rows("parties") if row["name"] == GONE} == {"reviewed"}
    assert GONE in {row["legal_name"] for row in desk.rows("institutions")}
    assert not [row for row in desk.rows("questions") if row["kind"] == "unmatched_name"]


def test_taking_a_sheet_over_twice_changes_nothing_the_second_time(desk: Desk) -> None:
    file = desk.folder / "names.csv"
    desk.command("mappings", "suggest", str(file))
    desk.fill(file, decision="new_entity")
    desk.command("mappings", "apply", str(file), "--by", "王敏")
    before = {path.name: path.read_bytes() for path in desk.mappings.glob("*.csv")}
    result = desk.command("mappings", "apply", str(file), "--by", "李雷", "--on", "2030-01-01")
    assert "0 decisions and 0 institutions added, 1 stood there already" in result.output
    assert {path.name: path.read_bytes() for path in desk.mappings.glob("*.csv")} == before


@pytest.mark.parametrize("answer", ["never", "unsure", "ignore"])
def test_a_name_that_was_answered_is_not_asked_again(desk: Desk, answer: str) -> None:
    file = desk.folder / "names.csv"
    desk.command("mappings", "suggest", str(file))
    desk.fill(file, decision=answer)
    desk.command("mappings", "apply", str(file), "--by", "王敏")
    assert desk.command("mappings", "suggest", str(desk.folder / "next.csv")).exit_code == 0
    assert list(read_sheet(desk.folder / "next.csv").rows) == []
    desk.build()
    assert not [row for row in desk.rows("questions") if row["kind"] == "unmatched_name"]
    assert {row["match"] for row in desk.rows("parties") if row["name"] == GONE} == {"unmatched"}


def test_a_contradiction_is_refused_and_nothing_is_written(desk: Desk) -> None:
    file = desk.folder / "names.csv"
    desk.command("mappings", "suggest", str(file))
    desk.fill(file, decision="alias", institution_id="I001", canonical_name="中国银行股份有限公司")
    before = {path.name: path.read_bytes() for path in desk.mappings.glob("*.csv")}
    result = desk.command("mappings", "apply", str(file), "--by", "王敏")
    assert result.exception is not None
    assert "names.csv:2 [canonical_name]: I001 is 中国工商银行股份有限公司" in str(result.exception)
    assert {path.name: path.read_bytes() for path in desk.mappings.glob("*.csv")} == before


def test_answers_are_not_overwritten_by_a_new_list_of_names(desk: Desk) -> None:
    file = desk.folder / "names.csv"
    desk.command("mappings", "suggest", str(file))
    desk.fill(file, decision="unsure")
    result = desk.command("mappings", "suggest", str(file))
    assert "holds answers" in str(result.exception)


def test_nobody_signs_means_nothing_is_taken_over(desk: Desk) -> None:
    file = desk.folder / "names.csv"
    desk.command("mappings", "suggest", str(file))
    desk.fill(file, decision="unsure")
    assert "nobody signs for it" in str(desk.command("mappings", "apply", str(file)).exception)


def test_a_mistake_in_a_mapping_file_leaves_the_last_dataset_alone(desk: Desk) -> None:
    before = (desk.folder / "out" / "parties.csv").read_bytes()
    path = desk.mappings / "aliases.csv"
    path.write_text(path.read_text(encoding="utf-8-sig") + "maybe,某行,I001\n", encoding="utf-8-sig")
    result = desk.command("build", "--out", str(desk.folder / "out"))
    assert getattr(result.exception, "exit_code", 0) == ExitCode.MAPPING_INVALID
    assert (desk.folder / "out" / "parties.csv").read_bytes() == before
    checked = CliRunner().invoke(app, ["mappings", "check", "--mappings", str(desk.mappings)])
    assert checked.exit_code == ExitCode.MAPPING_INVALID
    assert "[decision]: 'maybe' is unknown." in checked.output


def test_rows_that_never_fired_are_listed_and_those_that_fired_are_not(desk: Desk) -> None:
    path = desk.mappings / "aliases.csv"
    rows = f"never,{GONE},,,,,,,,,王敏,,\nalias,无人提起之名,I001,,,,,,,,王敏,,\n"
    path.write_text(path.read_text(encoding="utf-8-sig") + rows, encoding="utf-8-sig")
    listed = desk.command("mappings", "unused", "--file", "aliases.csv").output
    assert "无人提起之名" in listed
    assert GONE not in listed


def test_a_document_may_be_given_to_another_deal(desk: Desk) -> None:
    name = next(row["file_name"] for row in desk.rows("documents") if row["deal_id"] == "瑞穗2025-1")
    path = desk.mappings / "deals.csv"
    path.write_text(path.read_text(encoding="utf-8-sig") + f",{name},,瑞穗2031-9,改正,王敏,,\n", encoding="utf-8-sig")
    desk.build()
    assert "瑞穗2031-9" in {row["deal_id"] for row in desk.rows("deals")}
    assert {row["deal_id"] for row in desk.rows("documents") if row["file_name"] == name} == {"瑞穗2031-9"}


def who(*words: str) -> str:
    result = CliRunner().invoke(app, ["who", *words, "--mappings", str(ROOT / "mappings")])
    assert result.exit_code == 0, result.output
    return result.output


def test_who_says_whose_a_name_is_and_why() -> None:
    told = who("外贸信托")
    assert "中国对外经济贸易信托有限公司" in told
    assert "short_name" in told


def test_who_shows_the_nearest_where_nobody_is_certain() -> None:
    told = who("平安担保")
    assert "nobody" in told
    assert "平安【普惠融资】担保【有限公司】" in told


def test_who_follows_a_merger_by_date() -> None:
    assert "国泰海通证券股份有限公司" in who("海通证券股份有限公司", "--date", "2025-12-31")
    assert "I185" in who("海通证券股份有限公司", "--date", "2024-12-31")


def test_analysts_make_their_own_copy_of_the_files_and_it_is_never_overwritten(tmp_path: Path) -> None:
    own = tmp_path / "mappings"
    words = ["mappings", "init", str(own), "--mappings", str(ROOT / "mappings")]
    assert CliRunner().invoke(app, words).exit_code == 0
    assert (own / "aliases.csv").read_bytes() == (ROOT / "mappings" / "aliases.csv").read_bytes()
    assert "holds files already" in str(CliRunner().invoke(app, words).exception)


def test_nothing_is_decided_in_the_files_that_the_next_version_replaces(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dealproof.api.mappings.packaged_mappings", lambda: desk.mappings)
    file = desk.folder / "names.csv"
    desk.command("mappings", "suggest", str(file))
    result = desk.command("mappings", "apply", str(file), "--by", "王敏")
    assert "dealproof mappings init" in str(result.exception)

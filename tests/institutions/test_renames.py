"""An analyst renames an institution: the new name is known at once, and documents with the old one stay its own."""

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
OLD, NEW, ID = "华润深国投信托有限公司", "华润远山信托有限公司", "I116"


class Desk:
    """A workspace with one document of the trust, and mapping files to edit."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.mappings = folder, folder / "mappings"

    def command(self, *words: str, workspace: bool = True) -> Result:
        places = ["--mappings", str(self.mappings)]
        places += ["--workspace", str(self.folder / "work")] if workspace else []
        return CliRunner().invoke(app, [*words, *places])

    def build(self) -> None:
        assert self.command("build", "--out", str(self.folder / "out")).exit_code == 0

    def rows(self, table: str) -> list[dict[str, str]]:
        with (self.folder / "out" / f"{table}.csv").open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))

    def who(self, name: str, *words: str) -> str:
        return self.command("who", name, *words, workspace=False).output

    def rename(self, former: str = "") -> None:
        """Write the new name over the old one, as in a spreadsheet, and `former` behind the former names."""
        path = self.mappings / "institutions.csv"
        sheet = read_sheet(path)
        at, behind = sheet.columns.index("legal_name"), sheet.columns.index("former_names")
        records = []
        for record in sheet.records:
            cells = list(record)
            if cells[0] == ID:
                cells[at] = NEW
                cells[behind] = "|".join(filter(None, [cells[behind], former]))
            records.append(tuple(cells))
        write_records(path, records)

    def decide(self, **cells: str) -> None:
        path = self.mappings / "aliases.csv"
        sheet = read_sheet(path)
        write_records(path, [*sheet.records, tuple(cells.get(name, "") for name in sheet.columns)])


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    desk = Desk(tmp_path_factory.mktemp("desk"))
    shutil.copytree(ROOT / "mappings", desk.mappings)
    (desk.folder / "in").mkdir()
    shutil.copy(ROOT / "samples" / "澄江受托机构报告2.pdf", desk.folder / "in")
    assert desk.command("run", str(desk.folder / "in"), "--out", str(desk.folder / "out")).exit_code in (0, 3)
    return desk


@pytest.fixture
def desk(stocked: Desk, tmp_path: Path) -> Desk:
    shutil.copytree(stocked.folder, tmp_path / "desk")
    return Desk(tmp_path / "desk")


def test_a_rename_is_followed_at_once_by_who_and_by_build(desk: Desk) -> None:
    before = {row["institution_id"]: row["legal_name"] for row in desk.rows("institutions")}
    assert before[ID] == OLD
    desk.rename(former=f"{OLD}（至2031-05-26）")
    for name in (NEW, OLD, "华润信托", f"{NEW}（“华润信托”）", f"{OLD}北京分公司"):
        assert f"{ID}  {NEW}" in desk.who(name), name
    assert "outside that time" in desk.who(OLD, "--date", "2032-01-01")
    desk.build()
    assert {row["institution_id"]: row["legal_name"] for row in desk.rows("institutions")} == {**before, ID: NEW}
    (trustee,) = [row for row in desk.rows("parties") if row["name"] == OLD]
    assert (trustee["institution_id"], trustee["match"]) == (ID, "alias")


def test_a_rename_whose_old_name_is_a_decision_is_followed_too(desk: Desk) -> None:
    desk.rename()
    desk.decide(decision="former_name", mention=OLD, institution_id=ID, canonical_name=NEW, decided_by="王敏")
    assert f"{ID}  {NEW}" in desk.who(NEW)
    assert f"{ID}  {NEW}" in desk.who(OLD)
    desk.build()
    assert NEW in {row["legal_name"] for row in desk.rows("institutions")}


def test_a_rename_that_forgets_the_old_name_is_one_mistake_and_told_how_to_record_it(desk: Desk) -> None:
    desk.rename()
    result = desk.command("mappings", "check", workspace=False)
    assert result.exit_code == ExitCode.MAPPING_INVALID
    (mistake,) = [line for line in result.output.splitlines() if "canonical_name" in line]
    assert f"{OLD}（至2025-05-26）" in mistake
    assert "former_names of its row (institutions.csv:" in mistake


def test_a_merger_leads_to_the_successor_from_its_day_on(desk: Desk) -> None:
    desk.decide(decision="merged_into", mention=OLD, institution_id="I126", valid_from="2031-01-01", decided_by="王敏")
    assert f"{ID}  {OLD}" in desk.who(OLD, "--date", "2030-12-31")
    assert "I126  中信信托有限责任公司" in desk.who(OLD, "--date", "2031-01-01")

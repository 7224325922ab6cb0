"""A dataset that was built is kept: who asks for the same again does not wait for a build, and after any change nobody gets
what was kept before it."""

from __future__ import annotations

import csv
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.api.stored import stored_documents
from dealproof.cli.app import app
from dealproof.dataset import build
from dealproof.dataset.part_rows import Prepared
from dealproof.errors import MappingError
from dealproof.export.write import write_export
from dealproof.mappings.load import Registry, load_registry
from dealproof.runs import by_parts, kept
from dealproof.runs.kept_files import FOLDER
from dealproof.runs.registry import registry_of
from dealproof.settings.settings import build_settings
from dealproof.store.database import close_store
from dealproof.store.serialize import unpack

ROOT = Path(__file__).parents[2]
REPORT, RESULT = "澄江受托机构报告3.pdf", "发行结果公告（和悦）.pdf"


class Desk:
    """A drop folder, mapping files of its own, a workspace, a dataset."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.inbox, self.mappings = folder, folder / "in", folder / "mappings"

    def say(self, *words: object, work: str = "work") -> Result:
        places = ["--mappings", str(self.mappings), "--workspace", str(self.folder / work)]
        result = CliRunner().invoke(app, [*map(str, words), *places], env={"DEALPROOF_JOBS": "1"}, input="y\n")
        assert result.exit_code == 0, result.output or result.exception
        return result

    def build(self, out: str = "out", work: str = "work") -> dict[str, bytes]:
        self.say("build", "--out", self.folder / out, work=work)
        return {path.name: path.read_bytes() for path in (self.folder / out).iterdir()}

    def build_from_nothing(self) -> dict[str, bytes]:
        """The same store, with nothing kept beside it."""
        shutil.copytree(self.folder / "work", self.folder / "bare", ignore=shutil.ignore_patterns(FOLDER))
        return self.build("bare-out", "bare")

    def build_at_once(self) -> dict[str, bytes]:
        """The same documents as one part, with nothing kept."""
        settings = build_settings({"workspace": self.folder / "work", "mappings": self.mappings}, {}, self.folder)
        dataset = build.build_as_one(stored_documents(settings), load_registry(self.mappings))
        write_export(dataset, self.folder / "at-once")
        return {path.name: path.read_bytes() for path in (self.folder / "at-once").iterdir()}

    def table(self, name: str) -> list[dict[str, str]]:
        with (self.folder / "out" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as handle:
            return list(csv.DictReader(handle))

    def add_row(self, file: str, row: str) -> None:
        path = self.mappings / file
        path.write_text(path.read_text(encoding="utf-8-sig").rstrip("\r\n") + f"\n{row}\n", encoding="utf-8")


@pytest.fixture(scope="module")
def stocked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a desk, and a copy of it: the store knows files by their places, so that every test must work there."""
    folder = tmp_path_factory.mktemp("kept")
    desk = Desk(folder / "desk")
    desk.folder.mkdir()
    shutil.copytree(ROOT / "mappings", desk.mappings)
    desk.inbox.mkdir()
    for name in (REPORT, RESULT):
        shutil.copy(ROOT / "samples" / name, desk.inbox)
    desk.say("run", desk.inbox, "--out", desk.folder / "out")
    close_store(build_settings({"workspace": desk.folder / "work"}, {}, desk.folder))
    desk.folder.rename(folder / "whole")
    return folder


@pytest.fixture
def desk(stocked: Path, tmp_path: Path) -> Iterator[Desk]:
    shutil.copytree(stocked / "whole", stocked / "desk")
    made = Desk(stocked / "desk")
    yield made
    for work in ("work", "bare"):
        close_store(build_settings({"workspace": made.folder / work}, {}, tmp_path))
    shutil.rmtree(made.folder)


@pytest.fixture
def no_build(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("built anew")

    monkeypatch.setattr(build, "build_dataset", refuse)
    monkeypatch.setattr(by_parts, "part_rows", refuse)


def test_whoever_asks_for_what_was_built_last_waits_for_no_build(desk: Desk, no_build: None) -> None:
    before = {path.name: path.read_bytes() for path in (desk.folder / "out").iterdir()}
    (row, *_) = desk.table("tranches")
    assert desk.build() == before
    assert "open questions" in desk.say("questions").stderr
    assert row["amount"] in desk.say("why", "tranches", f"{row['deal_id']}|{row['tranche']}", "amount").stdout


def test_a_dataset_comes_back_as_it_was_kept_to_the_order_of_its_columns(desk: Desk, tmp_path: Path) -> None:
    from dealproof.api.stored import current

    settings = build_settings({"workspace": desk.folder / "work", "mappings": desk.mappings}, {}, tmp_path)
    recalled = current(settings)
    shutil.rmtree(desk.folder / "work" / FOLDER)
    made = current(settings)
    assert recalled == made
    assert [[list(row) for row in rows] for rows in recalled.tables.values()] == [
        [list(row) for row in rows] for rows in made.tables.values()
    ]


def new_document(desk: Desk) -> None:
    shutil.copy(ROOT / "samples" / "澄江受托机构报告2.pdf", desk.inbox)
    desk.say("run", desk.inbox, "--out", desk.folder / "out")


def another_under_the_same_name(desk: Desk) -> None:
    shutil.copy(ROOT / "samples" / "澄江受托机构报告2.pdf", desk.inbox / REPORT)
    desk.say("run", desk.inbox, "--out", desk.folder / "out")


def another_name(desk: Desk) -> None:
    (desk.inbox / REPORT).rename(desk.inbox / "第3期.pdf")
    desk.say("run", desk.inbox, "--out", desk.folder / "out")


def forgotten(desk: Desk) -> None:
    desk.say("forget", RESULT, "--out", desk.folder / "out")


def deal_row(desk: Desk) -> None:
    (row,) = [row for row in desk.table("documents") if row["file_name"] == RESULT]
    columns = (desk.mappings / "deals.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    cells = {"document_id": row["document_id"], "deal_id": "和悦2025-9"}
    cells |= {"decided_by": "王敏", "decided_on": "2026-11-01", "reason": "its cover"}
    desk.add_row("deals.csv", ",".join(cells.get(name, "") for name in columns))


def institution_row(desk: Desk) -> None:
    path = desk.mappings / "institutions.csv"
    used = desk.table("institutions")[0]
    text = path.read_text(encoding="utf-8-sig")
    lines = [line for line in text.splitlines() if line.startswith(f"{used['institution_id']},")]
    path.write_text(text.replace(lines[0], lines[0].replace(used["kind"], "other")), encoding="utf-8")


def correction(desk: Desk) -> None:
    row = desk.table("tranches")[0]
    columns = (desk.mappings / "corrections.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    cells = {"table": "tranches", "key": f"{row['deal_id']}|{row['tranche']}", "column": "amount", "right_value": "123000000"}
    cells |= {"decided_by": "王敏", "decided_on": "2026-11-01", "reason": "page 1", "deal_id": row["deal_id"]}
    desk.add_row("corrections.csv", ",".join(cells.get(name, "") for name in columns))


def label(desk: Desk) -> None:
    path = desk.mappings / "labels" / "performance.csv"
    text = path.read_text(encoding="utf-8-sig")
    path.write_text(text.replace("cumulative_default_pct,累计违约率,,", "-,累计违约率,,left aside here"), encoding="utf-8")


def answer(desk: Desk) -> None:
    row = desk.table("questions")[0]
    desk.say("answer", row["question_id"], "--dismiss", "--reason", "no matter", "--by", "王敏")


def alias(desk: Desk) -> None:
    name, other = desk.table("parties")[0]["name"], desk.table("institutions")[-1]["institution_id"]
    desk.add_row("aliases.csv", f"alias,{name},{other},,*,*,,,王敏,,its cover,2026-11-01,")


def expectation(desk: Desk) -> None:
    desk.add_row("expectations.csv", "issue_result,triggers,should,,王敏 wants it")


def correction_without_a_row(desk: Desk) -> None:
    """Which key comes near is a matter of all deals."""
    columns = (desk.mappings / "corrections.csv").read_text(encoding="utf-8-sig").splitlines()[0].split(",")
    cells = {"table": "tranches", "key": "无名2025-1|优先", "column": "amount", "right_value": "1", "deal_id": "无名2025-1"}
    cells |= {"decided_by": "王敏", "decided_on": "2026-11-01", "reason": "page 1"}
    desk.add_row("corrections.csv", ",".join(cells.get(name, "") for name in columns))


CHANGES: list[Callable[[Desk], None]] = [
    new_document, another_under_the_same_name, another_name, forgotten, deal_row, institution_row, correction, label, answer, alias,
    expectation, correction_without_a_row,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_a_change_the_dataset_has_the_bytes_of_one_built_from_nothing(
    desk: Desk, change: Callable[[Desk], None]
) -> None:
    before = desk.build()
    change(desk)
    after = desk.build()
    assert after == desk.build_from_nothing()
    assert after == desk.build_at_once()
    assert after != before


@pytest.fixture
def deals_built(monkeypatch: pytest.MonkeyPatch) -> list[set[str]]:
    """The deals of each part that is built."""
    built: list[set[str]] = []
    build_part = by_parts.part_rows

    def noted(part: Prepared, *rest: object, **more: object) -> object:
        built.append({document.profile.deal_id for document in part.documents} - {""})
        return build_part(part, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(by_parts, "part_rows", noted)
    return built


def test_of_a_new_report_its_own_deal_is_built_and_no_other(desk: Desk, deals_built: list[set[str]]) -> None:
    new_document(desk)
    (report,) = {row["deal_id"] for row in desk.table("documents") if row["file_name"] == REPORT}
    assert [deals for deals in deals_built if deals] == [{report}]


def test_of_a_correction_its_own_deal_is_built_and_of_an_answer_the_deal_that_asked(desk: Desk, deals_built: list[set[str]]) -> None:
    correction(desk)
    desk.build()
    assert deals_built == [{desk.table("tranches")[0]["deal_id"]}]
    deals_built.clear()
    answer(desk)
    desk.build()
    (asked,) = {row["deal_id"] for row in desk.table("documents") if row["document_id"] == desk.table("questions")[0]["document_id"]}
    assert all(deals == {asked} for deals in deals_built)


def test_of_an_alias_the_deals_that_print_the_name_are_built_and_no_other(desk: Desk, deals_built: list[set[str]]) -> None:
    alias(desk)
    printed = {row["deal_id"] for row in desk.table("parties") if row["name"] == desk.table("parties")[0]["name"]}
    desk.build()
    assert [deals for deals in deals_built if deals] == [{deal} for deal in sorted(printed)]
    assert printed < {row["deal_id"] for row in desk.table("deals")}
    deals_built.clear()
    desk.add_row("institutions.csv", "# a remark at the end, which no name is about")
    desk.build()
    assert deals_built == []


def test_an_edit_that_is_taken_back_costs_no_build(desk: Desk, deals_built: list[set[str]]) -> None:
    before, rows = desk.build(), (desk.mappings / "corrections.csv").read_bytes()
    correction(desk)
    desk.build()
    (desk.mappings / "corrections.csv").write_bytes(rows)
    deals_built.clear()
    assert desk.build() == before
    assert deals_built == []


@pytest.mark.parametrize("damage", ["gone", "cut", "no shelf", "rows of it gone", "rows of it damaged"])
def test_parts_that_are_damaged_are_built_anew(desk: Desk, damage: str) -> None:
    before = desk.build()
    shutil.rmtree(desk.folder / "out")
    shelf = desk.folder / "work" / FOLDER / "parts.sqlite"
    if damage == "gone":
        shelf.unlink()
    elif damage == "cut":
        shelf.write_bytes(shelf.read_bytes()[:5000])
    elif damage == "no shelf":
        shelf.write_bytes(b"no such thing" * 1000)
    else:
        with closing(sqlite3.connect(shelf)) as connection, connection:
            connection.execute("DELETE FROM parts" if damage == "rows of it gone" else "UPDATE parts SET heavy = x'00', light = x'01'")
    assert desk.build() == before
    assert desk.say("questions").exit_code == 0


@pytest.mark.parametrize("damage", ["cut", "of another key", "of another program"])
def test_a_kept_dataset_that_is_damaged_or_foreign_is_built_anew_and_kept_again(desk: Desk, damage: str) -> None:
    before = desk.build()
    (place,) = (desk.folder / "work" / FOLDER).glob("dataset-*.z")
    whole = place.read_bytes()
    key, _, packed = whole.partition(b"\n")
    damaged = {
        "cut": whole[:-20],
        "of another key": key[::-1] + b"\n" + packed,
        "of another program": key + b"\n" + b"no such thing",
    }
    place.write_bytes(damaged[damage])
    assert desk.build() == before
    assert place.read_bytes() == whole


def test_a_stray_workbook_is_refused_although_a_dataset_is_kept(desk: Desk) -> None:
    desk.build()
    (desk.mappings / "corrections.csv").rename(desk.mappings / "corrections.xlsx")
    result = CliRunner().invoke(
        app, ["questions", "--mappings", str(desk.mappings), "--workspace", str(desk.folder / "work")]
    )
    assert "corrections.xlsx" in str(result.exception)


def test_only_the_datasets_kept_last_stay(desk: Desk) -> None:
    for number in range(kept.KEPT + 2):
        desk.add_row("institutions.csv", f"# remark {number}")
        desk.build()
    assert len(list((desk.folder / "work" / FOLDER).glob("dataset-*.z"))) == kept.KEPT


def test_the_analysts_files_come_back_as_they_were_read_and_any_edit_is_seen(desk: Desk, tmp_path: Path) -> None:
    settings = build_settings({"workspace": tmp_path / "work", "mappings": desk.mappings}, {}, tmp_path)
    assert registry_of(settings) == load_registry(desk.mappings)
    assert not settings.workspace.exists()  # who only asks for a name leaves no folder behind
    settings.workspace.mkdir()
    assert registry_of(settings) == load_registry(desk.mappings)
    assert registry_of(settings) == load_registry(desk.mappings)  # the second time from what was kept
    (place,) = (settings.workspace / FOLDER).glob("registry-*.z")
    institution_row(desk)
    assert registry_of(settings) == load_registry(desk.mappings) != unpack(Registry, place.read_bytes().partition(b"\n")[2])


def test_analysts_files_with_a_mistake_are_refused_every_time(desk: Desk, tmp_path: Path) -> None:
    settings = build_settings({"workspace": tmp_path / "work", "mappings": desk.mappings}, {}, tmp_path)
    desk.add_row("aliases.csv", "某某,no such id")
    for _ in range(2):
        with pytest.raises(MappingError):
            registry_of(settings)


@pytest.mark.parametrize("damaged", [b"", b"{}", b"no key\n", None])
def test_a_kept_list_that_is_damaged_is_read_anew(desk: Desk, tmp_path: Path, damaged: bytes | None) -> None:
    settings = build_settings({"workspace": tmp_path / "work", "mappings": desk.mappings}, {}, tmp_path)
    settings.workspace.mkdir()
    told = registry_of(settings)
    (place,) = (settings.workspace / FOLDER).glob("registry-*.z")
    whole = place.read_bytes()
    place.write_bytes(whole[:-9] if damaged is None else damaged)
    assert registry_of(settings) == told
    assert place.read_bytes() == whole

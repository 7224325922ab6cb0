"""A dataset that was built is kept: who asks for the same again does not wait for a build, and after any change nobody gets
what was kept before it."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.dataset import build
from dealproof.errors import MappingError
from dealproof.mappings.load import Registry, load_registry
from dealproof.runs import kept
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
        assert result.exit_code == 0, result.output
        return result

    def build(self, out: str = "out", work: str = "work") -> dict[str, bytes]:
        self.say("build", "--out", self.folder / out, work=work)
        return {path.name: path.read_bytes() for path in (self.folder / out).iterdir()}

    def build_from_nothing(self) -> dict[str, bytes]:
        """The same store, with nothing kept beside it."""
        shutil.copytree(self.folder / "work", self.folder / "bare", ignore=shutil.ignore_patterns(FOLDER))
        return self.build("bare-out", "bare")

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


CHANGES: list[Callable[[Desk], None]] = [
    new_document, another_under_the_same_name, another_name, forgotten, deal_row, institution_row, correction, label,
]  # fmt: skip


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_a_change_the_dataset_has_the_bytes_of_one_built_from_nothing(
    desk: Desk, change: Callable[[Desk], None]
) -> None:
    before = desk.build()
    change(desk)
    after = desk.build()
    assert after == desk.build_from_nothing()
    assert after != before


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

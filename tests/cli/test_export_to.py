"""`dealproof export --to absbox`: the samples as a cash-flow engine takes them, once persons have stated what they lack."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.settings.settings import build_settings
from dealproof.store.database import close_store

ROOT = Path(__file__).parents[2]
Command = Callable[..., Result]


@pytest.fixture(scope="module")
def command(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Command]:
    """A command in a workspace that has read the samples."""
    folder = tmp_path_factory.mktemp("office")

    def call(*words: str, mappings: Path = ROOT / "mappings") -> Result:
        places = ["--workspace", str(folder / "work"), "--mappings", str(mappings)]
        return CliRunner().invoke(app, [*words, *places], env={"DEALPROOF_JOBS": "2"})

    assert call("run", str(ROOT / "samples"), "--out", str(folder / "out")).exit_code == 0
    yield call
    close_store(build_settings({"workspace": folder / "work"}, {}, folder))


@pytest.fixture
def stated(tmp_path: Path) -> Path:
    """Mapping files with the corrections that the document shows."""
    text = (ROOT / "docs" / "absbox.md").read_text(encoding="utf-8")
    header, *rows = re.findall(r"^    ((?:table|tranches|pool_distributions),.+)$", text, re.MULTILINE)
    folder = tmp_path / "mappings"
    shutil.copytree(ROOT / "mappings", folder)
    (folder / "corrections.csv").write_text("\n".join([header, *rows, ""]), encoding="utf-8")
    return folder


def test_what_the_samples_lack_is_counted_and_listed_and_nothing_is_written(command: Command, tmp_path: Path) -> None:
    result = command("export", "--to", "absbox", "--out", str(tmp_path / "abs"))
    assert result.exit_code == 0
    assert "0 deals written, 13 lack something" in result.stderr
    assert "lack tranches.coupon_pct" in result.stderr
    assert result.stdout == ""
    with (tmp_path / "abs" / "missing.csv").open(encoding="utf-8-sig", newline="") as handle:
        rows = list(csv.DictReader(handle))
    assert {(row["wanted"], row["key"]) for row in rows if row["deal_id"] == "禾盈2024-2"} == {
        ("pool_distributions.repayment", "禾盈2024-2|2024-03-01|repayment|"),
        ("tranches.coupon_pct", "禾盈2024-2|优先A1"),
        ("tranches.coupon_pct", "禾盈2024-2|优先A2"),
        ("tranches.coupon_pct", "禾盈2024-2|优先B"),
        ("tranches.repayment", "禾盈2024-2|优先A1"),
    }


def test_a_deal_is_written_once_persons_have_stated_what_it_lacked(
    command: Command, stated: Path, tmp_path: Path
) -> None:
    result = command("export", "--to", "absbox", "--out", str(tmp_path / "abs"), mappings=stated)
    assert "1 deal written, 12 lack something" in result.stderr
    file = json.loads((tmp_path / "abs" / "禾盈2024-2.json").read_text(encoding="utf-8"))
    assert file["deal"]["dates"]["payFreq"] == ["DayOfMonth", 26]
    assert file["deal"]["pool"]["assets"][0][2] == {
        "currentBalance": 2700006400,
        "currentRate": 0.0543,
        "remainTerm": 13,
        "status": "current",
    }
    coupon, _ = file["provenance"]["/bonds/优先A1/rate"]
    assert [place["status"] for place in coupon["evidence"]] == ["corrected"]
    assert len(file["paid"]) == 12
    (question,) = file["questions"]  # a check ties the pool's balance to the default rate that does not fit
    assert (question["kind"], question["table"]) == ("failed_check", "performance")
    absbox = pytest.importorskip("absbox", reason="AbsBox is not installed")
    sent = absbox.mkDeal(file["deal"]).json
    assert list(sent["contents"]["bonds"]) == ["优先A1", "优先A2", "优先B", "次级"]


def test_reports_published_later_count_for_nothing_as_of_a_day(command: Command, stated: Path, tmp_path: Path) -> None:
    places = ("--out", str(tmp_path / "abs"), "--as-of", "2024-07-31")
    assert "0 deals written" in command("export", "--to", "absbox", *places, mappings=stated).stderr
    sheet = (tmp_path / "abs" / "missing.csv").read_text(encoding="utf-8-sig")
    assert re.search("^禾盈2024-2,.*two consecutive periods", sheet, re.MULTILINE)


def test_a_dataset_is_never_overwritten_and_nonsense_is_refused(command: Command, tmp_path: Path) -> None:
    assert command("export", "--out", str(tmp_path / "out")).exit_code == 0
    for words, told in (
        (["--to", "absbox", "--out", str(tmp_path / "out")], "no input for AbsBox"),
        (["--to", "excel"], "--to excel is unknown"),
        (["--to", "absbox", "--format", "csv"], "--format says nothing"),
    ):
        result = command("export", *words)
        assert getattr(result.exception, "exit_code", None) == 2
        assert told in str(result.exception)

"""`dealproof report`: from PDFs that were read to the review of a year, with what it lacks said on the way."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app

ROOT = Path(__file__).parents[2]
#: The circular of 禾盈2024-2 and a report on it, and the circular of a deal of 2025.
FILES = ("P0202405090000000001.pdf", "P0202409180000000006.pdf", "嘉禾普惠计划说明书.pdf")


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workspace in which a few samples were read, with mapping files of its own."""
    folder = tmp_path_factory.mktemp("desk")
    shutil.copytree(ROOT / "mappings", folder / "mappings")
    read = _command(
        folder, "run", *(str(ROOT / "samples" / name) for name in FILES), "--jobs", "1", "--out", str(folder / "out")
    )
    assert read.exit_code == 0, read.output
    return folder


def _told(result: Result) -> str:
    """What a command says to people, without the progress that a slow machine lets it print."""
    return "".join(line for line in result.stderr.splitlines(keepends=True) if not line.startswith("drawing"))


def _command(folder: Path, *words: str) -> Result:
    places = ["--workspace", str(folder / "work"), "--mappings", str(folder / "mappings")]
    return CliRunner().invoke(app, [*words, *places])


def _numbers(folder: Path, metric: str, year: str) -> dict[str, str]:
    with (folder / "metrics.csv").open(encoding="utf-8-sig") as file:
        return next(row for row in csv.DictReader(file) if row["metric"] == metric and row["year"] == year)


def test_the_last_year_with_a_deal_is_reviewed_unless_another_is_named(desk: Path) -> None:
    last, named = (_command(desk, "report", *words, "--out", str(desk / "last")) for words in ((), ("--year", "2024")))
    assert (last.exit_code, named.exit_code) == (0, 0), last.output + named.output
    assert _told(last).startswith("2025: 1 deal of micro_loan")
    assert _told(named).startswith("2024: 1 deal of micro_loan")
    assert named.stderr.splitlines()[-1].endswith("review.html")


def test_what_the_reference_file_lacks_is_said_and_comes_once_it_is_there(desk: Path) -> None:
    out = desk / "share"
    first = _command(desk, "report", "--year", "2024", "--out", str(out))
    assert "numbers are not given" in first.stderr
    assert _numbers(out, "issuance.amount", "2024")["share_pct"] == ""
    file = desk / "mappings" / "market_reference.csv"
    before = file.read_bytes()
    file.write_bytes(before + "issuance_amount,all,2024,,,100,亿元,某数据商,2025-01-15,\r\n".encode())
    second = _command(desk, "report", "--year", "2024", "--out", str(out))
    file.write_bytes(before)
    assert second.exit_code == 0, second.output
    assert _numbers(out, "issuance.amount", "2024")["share_pct"] == "27.00"


def test_every_deal_of_the_page_leads_to_the_file_it_was_read_from(desk: Path) -> None:
    _command(desk, "report", "--year", "2024", "--out", str(desk / "page"))
    page = (desk / "page" / "review.html").read_text(encoding="utf-8")
    assert (ROOT / "samples" / FILES[0]).as_uri() in page


def test_a_mistake_in_the_reference_file_stops_the_review_and_is_named(desk: Path) -> None:
    file = desk / "mappings" / "market_reference.csv"
    before = file.read_bytes()
    file.write_bytes(before + "stock,all,2024,,,many,亿元,某数据商,2025-01-15,\r\n".encode())
    result = CliRunner().invoke(app, ["mappings", "check", "--mappings", str(desk / "mappings")])
    stopped = _command(desk, "report", "--out", str(desk / "none"))
    file.write_bytes(before)
    assert "market_reference.csv:2" in result.output
    assert stopped.exit_code != 0
    assert not (desk / "none").exists()


def test_a_class_without_a_deal_and_a_word_that_is_no_class_are_told_apart(desk: Path) -> None:
    empty, wrong = (
        _command(desk, "report", "--universe", name, "--out", str(desk / "none")) for name in ("lease", "leese")
    )
    assert "No deal of class lease" in str(empty.exception)
    assert "--universe leese makes no sense" in str(wrong.exception)


def test_a_review_may_end_within_the_year_and_says_so(desk: Path) -> None:
    part = _command(desk, "report", "--until", "2025-03-31", "--out", str(desk / "part"))
    assert part.exit_code == 0, part.output
    assert _told(part).startswith("2025-03-31: 0 deals")
    assert "截至 2025-03-31" in (desk / "part" / "review.html").read_text(encoding="utf-8")
    wrong = _command(desk, "report", "--until", "2025-03-31", "--year", "2024", "--out", str(desk / "none"))
    assert "does not lie in --year 2024" in str(wrong.exception)

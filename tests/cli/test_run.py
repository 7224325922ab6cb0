"""What an ops person sees: exit codes, last lines, and that one bad file costs one line."""

from __future__ import annotations

import csv
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app

ROOT = Path(__file__).parents[2]
SAMPLES = ROOT / "samples"


def run(tmp_path: Path, *paths: Path, options: tuple[str, ...] = ()) -> Result:
    out = ["--out", str(tmp_path / "out"), "--workspace", str(tmp_path / "work"), "--mappings", str(ROOT / "mappings")]
    return CliRunner().invoke(app, ["run", *map(str, paths), *out, "--jobs", "1", *options])


def rows(tmp_path: Path, table: str) -> list[dict[str, str]]:
    with (tmp_path / "out" / f"{table}.csv").open(encoding="utf-8-sig") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture
def report() -> Path:
    return next(path for path in sorted(SAMPLES.glob("*.pdf")) if path.stat().st_size > 0)


def test_a_good_file_gives_a_dataset_and_exit_code_0(tmp_path: Path, report: Path) -> None:
    result = run(tmp_path, report)
    assert result.exit_code == 0
    assert result.stdout == ""
    assert result.stderr.splitlines()[-1].startswith("Dataset in ")
    assert len(rows(tmp_path, "documents")) == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.pdf", b"", "is empty"),
        ("letter.pdf", b"Dear Sir, this is no PDF.", "is not a PDF"),
        ("cut.pdf", b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "damaged or cut off"),
    ],
)
def test_a_bad_file_is_named_in_one_plain_sentence(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    bad = tmp_path / name
    bad.write_bytes(content)
    result = run(tmp_path, bad)
    assert result.exit_code == 4
    first = result.stderr.splitlines()[0]
    assert name in first
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert rows(tmp_path, "documents")[0]["status"] == "failed"


def test_one_bad_file_stops_no_other(tmp_path: Path, report: Path) -> None:
    folder = tmp_path / "incoming"
    folder.mkdir()
    (folder / "good.pdf").write_bytes(report.read_bytes())
    (folder / "bad.pdf").write_bytes(b"%PDF-1.4 broken")
    (folder / "x.pdf").mkdir()
    result = run(tmp_path, folder)
    assert result.exit_code == 3
    assert sorted(row["status"] for row in rows(tmp_path, "documents"))[0] == "failed"
    assert any(
        row["file_name"] == "good.pdf" and row["status"] in ("ok", "partial") for row in rows(tmp_path, "documents")
    )


def test_a_path_that_does_not_exist_is_a_usage_error(tmp_path: Path) -> None:
    result = run(tmp_path, tmp_path / "nowhere")
    assert getattr(result.exception, "exit_code", None) == 2


def test_a_known_file_is_not_opened_again(tmp_path: Path, report: Path) -> None:
    first = run(tmp_path, report)
    before = {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()}
    log = "SELECT read, failed, files FROM runs ORDER BY started_at"
    second = run(tmp_path, report)
    assert (first.exit_code, second.exit_code) == (0, 0)
    with closing(sqlite3.connect(tmp_path / "work" / "store.sqlite")) as store:
        assert store.execute(log).fetchall() == [(1, 0, 1), (0, 0, 1)]
    assert {p.name: p.read_bytes() for p in (tmp_path / "out").iterdir()} == before


def test_an_export_is_rebuilt_without_any_pdf(tmp_path: Path, report: Path) -> None:
    copy = tmp_path / "copy.pdf"
    copy.write_bytes(report.read_bytes())
    run(tmp_path, copy)
    before = (tmp_path / "out" / "evidence.csv").read_bytes()
    copy.unlink()
    options = [
        "--out",
        str(tmp_path / "again"),
        "--workspace",
        str(tmp_path / "work"),
        "--mappings",
        str(ROOT / "mappings"),
    ]
    result = CliRunner().invoke(app, ["export", *options])
    assert result.exit_code == 0
    assert (tmp_path / "again" / "evidence.csv").read_bytes() == before


def test_schema_explains_a_table_in_both_languages() -> None:
    result = CliRunner().invoke(app, ["schema", "tranches"])
    assert result.exit_code == 0
    assert "coupon_pct" in result.stdout
    assert "档次" in result.stdout


@pytest.mark.parametrize(("table", "word", "english", "chinese"), [
    ("pool_stats", "avg_borrower_balance", "Average balance of a borrower", "户均余额"),
    ("performance", "seriously_delinquent_pct", "Serious delinquency rate (%)", "严重拖欠率（%）"),
    ("documents", "offering_circular", "Describes the deal", "发行说明书、募集说明书、计划说明书"),
])  # fmt: skip
def test_schema_says_in_both_languages_what_each_metric_and_kind_of_document_is(
    table: str, word: str, english: str, chinese: str
) -> None:
    line = next(line for line in CliRunner().invoke(app, ["schema", table]).stdout.splitlines() if word in line)
    assert english in line
    assert chinese in line


def test_schema_lists_the_words_that_a_column_may_hold() -> None:
    assert "definition: 30+, 60+, 90+, 180+" in CliRunner().invoke(app, ["schema", "performance"]).stdout


def test_inspect_shows_page_and_printed_text(tmp_path: Path, report: Path) -> None:
    image = tmp_path / "page.png"
    result = CliRunner().invoke(
        app, ["inspect", str(report), "--mappings", str(ROOT / "mappings"), "--image", str(image), "--explain"]
    )
    assert result.exit_code == 0
    assert report.name in result.stdout
    assert image.read_bytes()[:4] == b"\x89PNG"

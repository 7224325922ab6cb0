"""Workbook, tables and folder of a review."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pyarrow.parquet as pq
import pytest

from dealproof.errors import UsageError
from dealproof.market_review.dossier import Dossier
from dealproof.market_review.figures import BY_NUMBER, FIGURES
from dealproof.market_review.notes import notes
from dealproof.market_review.workbook import write_workbook
from dealproof.market_review.write import write_review
from dealproof.metrics.model import Line, Review


def test_excel_charts_are_native_with_titles_axes_and_data(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "review.xlsx")
    for figure in FIGURES:
        sheet = book[f"图{figure.number} Fig {figure.number}"]
        assert len(sheet._charts) == 1
        chart = sheet._charts[0]
        assert chart.title is not None
        assert chart.x_axis.title is not None
        assert chart.y_axis.title is not None
        assert chart.series
        for series in chart.series:
            values = series.val.numRef.f if series.val is not None else series.yVal.numRef.f
            assert sheet.title in values
            assert _filled(sheet, values)


def test_lying_charts_are_bars_over_time_are_columns_and_dots_are_scatters(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "review.xlsx")
    kinds = {
        figure.number: type(book[f"图{figure.number} Fig {figure.number}"]._charts[0]).__name__ for figure in FIGURES
    }
    assert {kinds[number] for number in (1, 2, 3, 5, 10, 13, 16)} == {"BarChart"}
    assert {kinds[number] for number in (7, 17, 18, 19)} == {"ScatterChart"}


def test_the_share_of_the_market_is_a_line_of_its_own(folder: Path) -> None:
    with zipfile.ZipFile(folder / "review.xlsx") as archive:
        texts = [archive.read(name).decode() for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(texts) == len(FIGURES)
    assert sum("lineChart" in text for text in texts) == 1


def test_the_workbook_lists_every_proof_with_its_page(deals: Mapping[str, Dossier], folder: Path) -> None:
    sheet = openpyxl.load_workbook(folder / "review.xlsx")["产品 Deals"]
    assert sheet.max_row - 1 == sum(len(dossier.proofs) for dossier in deals.values())
    assert sheet["H2"].hyperlink is not None


def test_the_same_review_gives_the_same_workbook(
    review: Review, deals: Mapping[str, Dossier], folder: Path, tmp_path: Path
) -> None:
    write_workbook(review, deals, tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == (folder / "review.xlsx").read_bytes()


def test_tables_hold_a_row_for_each_result_with_exact_values(review: Review, folder: Path) -> None:
    content = (folder / "metrics.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(content.decode("utf-8-sig").splitlines()))
    table = pq.read_table(folder / "metrics.parquet").to_pylist()
    assert len(rows) == len(table) == len(review.results)
    for row, told, result in zip(rows, table, review.results, strict=True):
        assert row["metric"] == told["metric"] == result.metric
        assert result.value.value is None or Decimal(row["value"]) == Decimal(told["value"]) == result.value.value
        assert told["n"] == result.n


def test_tables_say_why_a_share_is_missing_and_which_kind_a_change_is(folder: Path) -> None:
    rows = list(csv.DictReader((folder / "metrics.csv").read_text(encoding="utf-8-sig").splitlines()))
    amount = next(row for row in rows if row["metric"] == "issuance.amount" and row["year"] == "2025")
    mean = next(row for row in rows if row["metric"] == "defaults.mean" and row["year"] == "2025")
    assert amount["share_pct"] == ""
    assert amount["problem"] == "the reference file has no total issuance of 2025"
    assert (amount["change_kind"], mean["change_kind"]) == ("percent", "points")


def test_a_folder_with_other_files_is_left_alone(review: Review, deals: Mapping[str, Dossier], tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("mine")
    with pytest.raises(UsageError, match=r"letter\.txt"):
        write_review(review, deals, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def _filled(sheet: openpyxl.worksheet.worksheet.Worksheet, reference: str) -> bool:
    """Whether the cells that a chart draws hold figures."""
    area = reference.rpartition("!")[2].replace("$", "")
    cells = sheet[area]
    rows = cells if isinstance(cells, tuple) else ((cells,),)
    return any(isinstance(cell.value, int | float) for row in rows for cell in row)


def test_amounts_of_the_workbook_are_named_as_they_stand_there_not_in_billions(folder: Path) -> None:
    book = openpyxl.load_workbook(folder / "review.xlsx")
    chart = book["图2 Fig 2"]._charts[0]
    named = "".join(run.t for paragraph in chart.y_axis.title.tx.rich.p for run in paragraph.r or [])
    assert named == "金额（亿元） Amount (CNY 100 m)"


def test_a_picture_alone_says_what_is_counted_of_what_and_from_where(folder: Path) -> None:
    picture = (folder / "figures" / "fig02.svg").read_text(encoding="utf-8")
    for head in ("口径：", "占比分母：", "资料来源："):
        assert head in picture


def test_the_reference_curve_names_its_source_or_is_said_to_be_missing(review: Review) -> None:
    curve = (
        Line(
            "",
            {
                "date": date(2025, 1, 15),
                "tenor": "1Y",
                "rate_pct": Decimal("1.7"),
                "origin": "market_reference.csv:3: 某数据商, 2026-01-15",
            },
        ),
    )
    known, unknown = (replace(review, lines={**review.lines, "curve": lines}) for lines in (curve, ()))
    told = {note.head.zh: note.text.zh for note in notes(BY_NUMBER[7], known)}
    assert "某数据商, 2026-01-15" in told["资料来源"]
    assert any(
        "market_reference.csv" in note.text.zh for note in notes(BY_NUMBER[7], unknown) if note.head.zh == "无法给出"
    )

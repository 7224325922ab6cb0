"""A sheet larger than anything that people fill in is refused at once; what a workbook holds is read as Excel shows it."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

import psutil
import pytest
from openpyxl import Workbook

from dealproof.errors import MappingError
from dealproof.mappings.answers import given_answers
from dealproof.mappings.excel import SHEET_ROWS
from dealproof.mappings.sheet import read_sheet

#: Memory that a refusal may take at most: a sheet that is read as a whole takes gigabytes.
MEGABYTES = 400
SHEET = "xl/worksheets/sheet1.xml"
NS = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def workbook(path: Path, rows: str | bytes, dimension: str = "A1:B2") -> Path:
    """A workbook whose first sheet has this content, as another program may write it."""
    empty = io.BytesIO()
    Workbook().save(empty)
    body = rows if isinstance(rows, bytes) else rows.encode()
    head = f'<worksheet {NS}><dimension ref="{dimension}"/><sheetData>'.encode()
    with zipfile.ZipFile(empty) as source, zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = head + body + b"</sheetData></worksheet>" if name == SHEET else source.read(name)
            target.writestr(name, content)
    return path


def line(number: int, *cells: str) -> str:
    inside = "".join(
        f'<c r="{chr(65 + place)}{number}" t="inlineStr"><is><t>{cell}</t></is></c>' for place, cell in enumerate(cells)
    )
    return f'<row r="{number}">{inside}</row>'


def many_rows_csv(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    path.write_text("question_id,answer\n" + "abc,confirmed\n" * 600_000, encoding="utf-8")
    return path


def many_rows_workbook(tmp_path: Path) -> Path:
    rows = line(1, "question_id", "answer") + "<row><c/></row>" * 600_000
    return workbook(tmp_path / "answers.xlsx", rows)


def one_row_far_below(tmp_path: Path) -> Path:
    rows = line(1, "question_id", "answer") + line(1_048_576, "abc", "confirmed")
    return workbook(tmp_path / "answers.xlsx", rows, "A1:XFD1048576")


def bomb(tmp_path: Path) -> Path:
    return workbook(tmp_path / "answers.xlsx", b" " * (150 << 20))


def endless_row(tmp_path: Path) -> Path:
    return workbook(tmp_path / "answers.xlsx", line(1, "question_id", "answer") + f"<row>{'<c/>' * 5_000_000}</row>")


def fat_csv(tmp_path: Path) -> Path:
    path = tmp_path / "answers.csv"
    with path.open("wb") as file:
        file.write(b"question_id,answer\n")
        file.truncate(3 << 30)
    return path


@pytest.mark.parametrize("make", [many_rows_csv, many_rows_workbook, one_row_far_below, endless_row, bomb, fat_csv])
def test_a_sheet_larger_than_people_fill_in_is_refused_at_once(tmp_path: Path, make) -> None:  # type: ignore[no-untyped-def]
    path = make(tmp_path)
    process = psutil.Process()
    before = process.memory_info().rss
    with pytest.raises(MappingError, match="is larger than any sheet that people fill in") as refused:
        given_answers(path)
    assert process.memory_info().rss - before < MEGABYTES << 20
    assert "Copy the filled rows to a new sheet" in refused.value.remedy


def test_a_sheet_of_the_longest_allowed_length_is_read(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text("question_id,answer\n" + "abc,confirmed\n" * (SHEET_ROWS - 1), encoding="utf-8")
    assert len(given_answers(path)) == SHEET_ROWS - 1


def test_what_a_workbook_says_of_its_size_does_not_matter(tmp_path: Path) -> None:
    rows = line(1, "question_id", "answer") + line(7, "abc", "confirmed")
    (row,) = given_answers(workbook(tmp_path / "answers.xlsx", rows, "A1:XFD1048576"))
    assert (row["question_id"], row.line) == ("abc", 7)


def test_numbers_of_a_workbook_are_read_as_excel_shows_them(tmp_path: Path) -> None:
    book = Workbook()
    page = book.active
    page.append(["question_id", "answer", "right_value"])  # type: ignore[union-attr]
    values = (0.1 + 0.2, 3250000.0, 1e-05, 0.0026, True, datetime(2025, 3, 1), 45717, 100)
    for number, value in enumerate(values, start=2):
        page.append([f"q{number}", "更正", value])  # type: ignore[union-attr]
    page["C5"].number_format = "0.00%"  # type: ignore[index]
    book.save(tmp_path / "a.xlsx")
    assert [row["right_value"] for row in given_answers(tmp_path / "a.xlsx")] == [
        "0.3", "3250000", "0.00001", "0.26%", "true", "2025-03-01", "45717", "100",
    ]  # fmt: skip


def test_an_id_that_a_workbook_holds_as_number_is_refused(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["question_id", "answer"])  # type: ignore[union-attr]
    book.active.append([1234567890123456, "confirmed"])  # type: ignore[union-attr]
    book.save(tmp_path / "a.xlsx")
    with pytest.raises(MappingError, match=r"a\.xlsx:2 \[question_id\]: 1\.23456789012346E\+15") as refused:
        given_answers(tmp_path / "a.xlsx")
    assert "Format the column as text" in refused.value.remedy


MAGIC = {"a workbook under the name of a CSV": b"PK\x03\x04rest", "an old workbook": b"\xd0\xcf\x11\xe0rest"}


@pytest.mark.parametrize("name", MAGIC)
def test_a_workbook_under_the_name_of_a_csv_is_named_as_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "answers.csv").write_bytes(MAGIC[name])
    with pytest.raises(MappingError, match="workbook"):
        read_sheet(tmp_path / "answers.csv")


@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0rest", b"a,b\n1,2\n", b"PK\x03\x04broken", b""])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "answers.xlsx").write_bytes(content)
    with pytest.raises(MappingError, match=r"answers\.xlsx is"):
        read_sheet(tmp_path / "answers.xlsx")


def test_a_sheet_in_chinese_is_a_sheet_of_answers(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(
        "编号,答案,正确值,理由,决定人,日期\nq1,更正,0.26,见第4页,王敏,2025/3/1\nq2,确认,,,王敏,\nq3,忽略,,,,\nq4,,,还没看,,\n",
        encoding="gb18030",
    )
    rows = given_answers(tmp_path / "a.csv")
    assert [(row["question_id"], row["answer"], row["decided_on"]) for row in rows] == [
        ("q1", "corrected", "2025-03-01"),
        ("q2", "confirmed", ""),
        ("q3", "dismissed", ""),
    ]


@pytest.mark.parametrize("header", ["question_id,anwser", "question_id,reason", "问题,答案"])
def test_a_sheet_without_its_columns_is_refused_not_taken_as_empty(tmp_path: Path, header: str) -> None:
    (tmp_path / "a.csv").write_text(f"{header}\nq1,confirmed\n", encoding="utf-8")
    with pytest.raises(MappingError, match=r"a\.csv:1 \["):
        given_answers(tmp_path / "a.csv")

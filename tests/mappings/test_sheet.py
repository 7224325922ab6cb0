"""Files as Excel leaves them come in whole, and go out so that Excel shows them right."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from dealproof.errors import MappingError, StoreError
from dealproof.mappings.sheet import (
    append_rows,
    no_formula,
    read_sheet,
    unguarded,
    write_records,
    write_sheet,
)

TEXT = "institution_id,legal_name\r\n000123,浙江泰隆商业银行股份有限公司\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("ending", ["\n", "\r\n"])
def test_what_excel_saves_is_read_in_any_of_its_encodings(tmp_path: Path, encoding: str, ending: str) -> None:
    path = tmp_path / "institutions.csv"
    path.write_bytes(TEXT.replace("\r\n", ending).encode(encoding))
    (row,) = read_sheet(path).rows
    assert dict(row.cells) == {"institution_id": "000123", "legal_name": "浙江泰隆商业银行股份有限公司"}
    assert row.line == 2


def test_bytes_of_no_encoding_are_refused_with_their_line(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_bytes("a,b\n1,中\n".encode() + b"\xff\xff,x\n")
    with pytest.raises(MappingError, match=r"aliases\.csv:3"):
        read_sheet(path)


def test_lines_are_those_that_excel_shows_beside_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text('# remark\nmention,note\n\n工行,"two\nlines"\n建行,\n', encoding="utf-8")
    assert [(row["mention"], row.line) for row in read_sheet(path).rows] == [("工行", 4), ("建行", 5)]


def test_comments_blank_rows_unknown_columns_and_order_survive_a_rewrite(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text("# ours\nmention,ours,decision\n工行,keep me,alias\n\n建行,,never\n", encoding="gb18030")
    write_records(path, append_rows(read_sheet(path), [{"mention": "农行", "decision": "alias"}]))
    content = path.read_bytes()
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.decode("utf-8-sig").split("\r\n") == [
        "# ours",
        "mention,ours,decision",
        "工行,keep me,alias",
        "",
        "建行,,never",
        "农行,,alias",
        "",
    ]


def test_a_half_written_file_never_replaces_a_good_one(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    write_sheet(path, ("mention",), [{"mention": "工行"}])
    before = path.read_bytes()

    def breaks() -> list[str]:
        raise RuntimeError("the disk went away")

    with pytest.raises(RuntimeError):
        write_records(path, (breaks() for _ in range(1)))
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["aliases.csv"]


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be written"):
        write_sheet(tmp_path / "file" / "aliases.csv", ("mention",), [])


@pytest.mark.parametrize("cell", ["=1+1", "+86 10", "-cmd|'/c calc'", "@SUM(A1)", "\t=1"])
def test_a_cell_that_looks_like_a_formula_cannot_become_one(cell: str) -> None:
    assert no_formula(cell).startswith("'")


@pytest.mark.parametrize("cell", ["-0.5", "+3", "-1,234.50", "12%", "", "泰隆", "I001"])
def test_numbers_and_names_stay_as_they_are(cell: str) -> None:
    assert no_formula(cell) == cell


@given(st.text())
def test_a_guarded_cell_comes_back_as_it_was(cell: str) -> None:
    assert unguarded(no_formula(cell)) == cell


@given(
    st.lists(st.lists(st.text(st.characters(blacklist_categories=["Cs", "Cc"])), min_size=2, max_size=2), min_size=1)
)
def test_records_written_are_the_records_read(
    tmp_path_factory: pytest.TempPathFactory, records: list[list[str]]
) -> None:
    path = tmp_path_factory.mktemp("sheet") / "x.csv"
    write_records(path, [("a", "b"), *records])
    assert [tuple(map(unguarded, record)) for record in read_sheet(path).records[1:]] == [tuple(r) for r in records]


def test_a_workbook_is_read_as_text(tmp_path: Path) -> None:
    book = Workbook()
    book.active.append(["mention", "decided_on", "institution_id"])  # type: ignore[union-attr]
    from datetime import datetime

    book.active.append(["工行", datetime(2026, 11, 23), "000123"])  # type: ignore[union-attr]
    book.save(tmp_path / "names.xlsx")
    (row,) = read_sheet(tmp_path / "names.xlsx").rows
    assert dict(row.cells) == {"mention": "工行", "decided_on": "2026-11-23", "institution_id": "000123"}


def test_a_filled_cell_whose_column_the_file_lacks_gets_one(tmp_path: Path) -> None:
    path = tmp_path / "aliases.csv"
    path.write_text("mention,decision\n工行,alias\n", encoding="utf-8")
    write_records(path, append_rows(read_sheet(path), [{"mention": "农行", "valid_from": "2025-03-01", "note": ""}]))
    assert path.read_text(encoding="utf-8-sig").splitlines() == [
        "mention,decision,valid_from",
        "工行,alias",
        "农行,,2025-03-01",
    ]


def test_cells_that_are_guarded_against_formulas_are_guarded_once_however_often_the_file_is_written(
    tmp_path: Path,
) -> None:
    path = tmp_path / "s.csv"
    write_sheet(path, ("mention", "decision"), [{"mention": "-", "decision": "=1+1"}])
    once = path.read_bytes()
    for _ in range(3):
        write_records(path, append_rows(read_sheet(path), []))
    assert path.read_bytes() == once
    assert [dict(row.cells) for row in read_sheet(path).rows] == [{"mention": "-", "decision": "=1+1"}]

from __future__ import annotations

import json
import random
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof import contract
from dealproof.dataset.build import Dataset, build_dataset
from dealproof.dataset.format_values import short_digest, write
from dealproof.errors import UsageError
from dealproof.export.write import write_export
from dealproof.mappings.load import Registry
from dealproof.model.interpretation import Interpretation

from .conftest import DEAL, document, say, tranche


def documents() -> list[Interpretation]:
    reports = [
        document(
            f"r{period}.pdf",
            "trustee_report",
            (
                say("performance", (DEAL, str(period), "pool_closing_balance", ""), "value", Decimal("1E+8")),
                say("tranche_payments", (DEAL, "优先A", str(period)), "principal_paid", Decimal("0.00")),
                say("tranches", (DEAL, "优先A"), "amount", Decimal(700 + period)),
            ),
            on=date(2031, 1, period),
            period_no=period,
        )
        for period in range(1, 12)
    ]
    return [
        document("offer.pdf", facts=(tranche("优先A", "800.10"), tranche("次级", "200"))),
        *reports,
    ]


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture
def dataset(registry: Registry) -> Dataset:
    return build_dataset(documents(), registry)


@pytest.mark.parametrize("fmt", ["csv", "parquet", "xlsx"])
def test_the_order_of_documents_does_not_change_a_byte(fmt: str, tmp_path: Path, registry: Registry) -> None:
    shuffled = documents()
    random.Random(7).shuffle(shuffled)
    for name, given_documents in (("one", documents()), ("two", shuffled)):
        write_export(build_dataset(given_documents, registry), tmp_path / name, fmt)  # type: ignore[arg-type]
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_a_csv_export_has_every_table_with_the_columns_of_the_contract(dataset: Dataset, tmp_path: Path) -> None:
    write_export(dataset, tmp_path / "out")
    for spec in contract.tables():
        header = (tmp_path / "out" / f"{spec.name}.csv").read_bytes().split(b"\n")[0].decode("utf-8-sig")
        assert header == ",".join(spec.column_names)


def test_rows_are_ordered_by_key_with_periods_as_numbers(dataset: Dataset) -> None:
    periods = [row["period_no"] for row in dataset.rows("performance")]
    assert periods == [str(period) for period in range(1, 12)]


def test_missing_is_empty_and_nought_is_nought(dataset: Dataset) -> None:
    payment = dataset.rows("tranche_payments")[0]
    assert payment["principal_paid"] == "0"
    assert payment["interest_paid"] == ""


@given(st.decimals(allow_nan=False, allow_infinity=False), st.sampled_from(["yuan", "percent", ""]))
def test_a_decimal_is_written_exactly_and_never_with_an_exponent(value: Decimal, unit: str) -> None:
    text = write(value, unit)
    assert "E" not in text.upper()
    assert Decimal(text) == value
    assert text != "-0"


def test_percentages_keep_their_printed_digits() -> None:
    assert write(Decimal("0.940"), "percent") == "0.940"
    assert write(Decimal("1004341200.00"), "yuan") == "1004341200"


def test_the_package_describes_every_column_in_two_languages(dataset: Dataset, tmp_path: Path) -> None:
    write_export(dataset, tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    described = {resource["name"]: resource for resource in package["resources"]}
    for spec in contract.tables():
        fields = described[spec.name]["schema"]["fields"]
        assert [field["name"] for field in fields] == list(spec.column_names)
        assert all(field["type"] and field["description"] and field["description_zh"] for field in fields)
        assert (tmp_path / "out" / described[spec.name]["path"]).exists()


@pytest.mark.parametrize("fmt", ["csv", "parquet", "xlsx"])
def test_the_package_tells_versions_time_and_what_every_file_was_when_it_was_written(
    fmt: str, dataset: Dataset, tmp_path: Path
) -> None:
    import hashlib

    from dealproof import __version__

    write_export(dataset, tmp_path / "out", fmt)  # type: ignore[arg-type]
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    assert (package["version"], package["contract_version"]) == (__version__, contract.version())
    assert package["created"] == "2031-01-11T00:00:00Z"  # the newest document, at whatever hour it is built
    for resource in package["resources"]:
        content = (tmp_path / "out" / resource["path"]).read_bytes()
        assert (resource["bytes"], resource["hash"]) == (
            len(content),
            f"sha256:{hashlib.sha256(content).hexdigest()}",
        )


def links(folder: Path) -> set[tuple[str, str, str]]:
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return {
        (resource["name"], link["fields"][0], link["reference"]["resource"])
        for resource in package["resources"]
        for link in resource["schema"].get("foreignKeys", ())
    }


def test_every_table_of_facts_refers_to_its_deal_and_document(dataset: Dataset, tmp_path: Path) -> None:
    write_export(dataset, tmp_path / "out")
    found = links(tmp_path / "out")
    for spec in contract.tables():
        for name, other in (("deal_id", "deals"), ("document_id", "documents")):
            if name in spec.column_names and spec.name != other:
                assert (spec.name, name, other) in found
    assert ("documents", "supersedes", "") in found
    assert ("parties", "institution_id", "institutions") in found


def test_a_foreign_key_that_does_not_hold_is_not_claimed(dataset: Dataset, tmp_path: Path) -> None:
    tranches = dataset.rows("tranches")
    orphan = {**tranches[-1], "deal_id": "某处2031-9"}
    dataset = Dataset(MappingProxyType({**dataset.tables, "tranches": (*tranches, orphan)}))
    write_export(dataset, tmp_path / "out")
    found = links(tmp_path / "out")
    assert ("tranches", "deal_id", "deals") not in found
    assert ("performance", "deal_id", "deals") in found


def test_parquet_holds_exact_money_real_dates_and_nulls(dataset: Dataset, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    write_export(dataset, tmp_path / "out", "parquet")
    amounts = pq.read_table(tmp_path / "out" / "tranches.parquet")["amount"]
    assert str(amounts.type).startswith("decimal128")
    assert sorted(amounts.to_pylist()) == [Decimal(200), Decimal("800.10")]
    files = pq.read_table(tmp_path / "out" / "documents.parquet").to_pylist()
    assert {row["report_date"] for row in files} == {None, *(date(2031, 1, day) for day in range(1, 12))}


def test_missing_is_null_in_every_column_of_every_parquet_table_and_typed_columns_stay_typed(
    dataset: Dataset, tmp_path: Path
) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    types = {"string": pa.types.is_string, "integer": pa.types.is_int64, "date": pa.types.is_date32}
    types |= {"decimal": pa.types.is_decimal128, "boolean": pa.types.is_boolean}
    for name, content in (("full", dataset), ("empty", build_dataset(()))):
        write_export(content, tmp_path / name, "parquet")
        for spec in contract.tables():
            table = pq.read_table(tmp_path / name / f"{spec.name}.parquet")
            for column in spec.columns:
                assert types[column.type](table.schema.field(column.name).type), (spec.name, column.name)
                found = table[column.name].to_pylist()
                missing = [row[column.name] == "" for row in content.rows(spec.name)]
                assert [value is None for value in found] == missing, (spec.name, column.name)
    codes = pq.read_table(tmp_path / "full" / "tranches.parquet")["security_code"]
    assert codes.null_count == len(dataset.rows("tranches")) > 0


def test_dates_in_a_workbook_are_dates_but_a_date_that_is_part_of_a_key_is_the_text_its_evidence_names(
    tmp_path: Path,
) -> None:
    from datetime import datetime

    from openpyxl import load_workbook

    facts = (
        say("deals", (DEAL,), "closing_date", "2031-03-01"),
        say("deals", (DEAL,), "cutoff_date", "1899-12-31"),
        say("pool_stats", (DEAL, "2031-01-31", "loan_count", ""), "value", Decimal(5)),
    )
    write_export(build_dataset([document("o.pdf", facts=facts, on=date(2031, 2, 1))]), tmp_path / "out", "xlsx")
    book = load_workbook(tmp_path / "out" / "dataset.xlsx")

    def cell(table: str, column: str) -> tuple[object, str]:
        place = contract.table(table).column_names.index(column) + 1
        found = book[table].cell(2, place)
        return found.value, found.number_format

    assert cell("deals", "closing_date") == (datetime(2031, 3, 1), "yyyy-mm-dd")
    assert cell("documents", "report_date") == (datetime(2031, 2, 1), "yyyy-mm-dd")
    assert cell("deals", "cutoff_date")[0] == "1899-12-31"  # a spreadsheet has no such day
    assert cell("pool_stats", "as_of") == ("2031-01-31", "@")
    keys = {row[1].value for row in book["evidence"].iter_rows(min_row=2) if row[0].value == "pool_stats"}
    assert keys == {f"{DEAL}|2031-01-31|loan_count|"}


@pytest.mark.parametrize("code", ["082580711", "123456789012345678", "1E5", "2031-1", "0.10"])
def test_a_code_of_digits_is_text_in_a_workbook_and_stays_so_when_somebody_edits_the_cell(
    code: str, tmp_path: Path
) -> None:
    from openpyxl import load_workbook

    fact = say("tranches", (DEAL, "优先A"), "security_code", code)
    write_export(build_dataset([document("o.pdf", facts=(fact,))]), tmp_path / "out", "xlsx")
    sheet = load_workbook(tmp_path / "out" / "dataset.xlsx")["tranches"]
    found = sheet.cell(2, contract.table("tranches").column_names.index("security_code") + 1)
    assert (found.value, found.data_type, found.number_format) == (code, "s", "@")


def test_a_large_figure_is_shown_with_all_its_digits_in_a_workbook(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    facts = (
        tranche("优先A", "123456789012.5"),
        say("pool_stats", (DEAL, "2031-01-31", "principal_balance", ""), "value", Decimal(123456789012)),
        say("pool_stats", (DEAL, "2031-01-31", "wa_rate_pct", ""), "value", Decimal("5.89")),
    )
    write_export(build_dataset([document("o.pdf", facts=facts)]), tmp_path / "out", "xlsx")
    book = load_workbook(tmp_path / "out" / "dataset.xlsx")
    amount = book["tranches"].cell(2, contract.table("tranches").column_names.index("amount") + 1)
    assert (amount.value, amount.number_format) == (123456789012.5, "#,##0.00")
    place = contract.table("pool_stats").column_names.index("value") + 1
    formats = {
        book["pool_stats"].cell(row, place).value: book["pool_stats"].cell(row, place).number_format for row in (2, 3)
    }
    assert formats == {123456789012: "#,##0.00", 5.89: "General"}


def test_a_number_of_forty_digits_leaves_its_parquet_column_a_number(tmp_path: Path) -> None:
    import pyarrow as pa
    import pyarrow.parquet as pq

    facts = (tranche("优先A", "1" * 40 + ".25"), tranche("次级", "200"))
    write_export(build_dataset([document("o.pdf", facts=facts)]), tmp_path / "out", "parquet")
    amounts = pq.read_table(tmp_path / "out" / "tranches.parquet")["amount"]
    assert pa.types.is_decimal256(amounts.type)
    assert set(amounts.to_pylist()) == {Decimal("1" * 40 + ".25"), Decimal(200)}


def test_our_own_ids_are_never_taken_for_numbers_by_a_spreadsheet() -> None:
    names = [short_digest(str(number)) for number in range(20_000)]
    assert not [name for name in names if re.fullmatch(r"\d+(e\d+)?", name)]
    assert [name for name in names if name.startswith("x")]  # those that would have been
    assert len(set(names)) == len(names)


def test_every_csv_of_an_export_opens_as_chinese_in_a_spreadsheet_by_a_double_click(
    dataset: Dataset, tmp_path: Path
) -> None:
    write_export(dataset, tmp_path / "out")
    for path in (tmp_path / "out").glob("*.csv"):
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path.name
    assert pd.read_csv(tmp_path / "out" / "deals.csv").columns[0] == "deal_id"


def test_a_workbook_shows_printed_text_as_text_never_as_a_formula(tmp_path: Path) -> None:
    key = (DEAL, "trustee", '=HYPERLINK("x")')
    dataset = build_dataset([document("a.pdf", facts=(say("parties", key, "name", key[2]),))])
    write_export(dataset, tmp_path / "out", "xlsx")
    frame = pd.read_excel(tmp_path / "out" / "dataset.xlsx", sheet_name="parties", dtype=str)
    assert frame["name"].tolist() == [key[2]]


def test_printed_text_that_no_format_can_hold_is_cleaned(tmp_path: Path) -> None:
    fact = say("tranches", (DEAL, "优先A"), "amount", Decimal(1), "1\x00\x0b\ud800\r\n元")
    dataset = build_dataset([document("a.pdf", facts=(fact,))])
    for fmt in ("csv", "parquet", "xlsx"):
        write_export(dataset, tmp_path / fmt, fmt)  # type: ignore[arg-type]
    assert [row["text"] for row in dataset.rows("evidence") if row["column"] == "amount"] == ["1\n元"]


def test_a_box_has_two_decimals(dataset: Dataset) -> None:
    row = next(row for row in dataset.rows("evidence") if row["column"] == "amount")
    assert (row["x0"], row["top"], row["x1"], row["bottom"]) == ("10.00", "20.13", "110.50", "32.00")


def test_a_new_export_replaces_the_old_one_as_a_whole(dataset: Dataset, tmp_path: Path) -> None:
    write_export(dataset, tmp_path / "out", "csv")
    write_export(dataset, tmp_path / "out", "xlsx")
    assert sorted(contents(tmp_path / "out")) == ["datapackage.json", "dataset.xlsx"]
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_a_folder_with_other_peoples_files_is_left_alone(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    with pytest.raises(UsageError, match=r"thesis\.docx"):
        write_export(dataset, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.docx"]


def test_an_export_that_fails_half_way_leaves_the_old_one(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_export(dataset, tmp_path / "out")
    before = contents(tmp_path / "out")

    def full_disk(*_: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("dealproof.export.write.package_text", full_disk)
    with pytest.raises(Exception, match="No space left"):
        write_export(dataset, tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_frames_have_the_columns_of_the_contract_and_only_text(dataset: Dataset) -> None:
    frames = dataset.frames()
    assert list(frames) == [spec.name for spec in contract.tables()]
    for spec in contract.tables():
        assert list(frames[spec.name].columns) == list(spec.column_names)
    assert frames["tranches"].map(lambda value: isinstance(value, str)).all(axis=None)

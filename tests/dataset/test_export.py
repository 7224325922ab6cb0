from __future__ import annotations

import json
import random
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof import contract
from dealproof.dataset.build import Dataset, build_dataset
from dealproof.dataset.export import write_export
from dealproof.dataset.printed import write
from dealproof.errors import UsageError
from dealproof.interpret.result import Interpretation
from dealproof.mappings.load import Registry

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
        header = (tmp_path / "out" / f"{spec.name}.csv").read_bytes().split(b"\n")[0].decode("utf-8")
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


def test_parquet_holds_exact_money_real_dates_and_nulls(dataset: Dataset, tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    write_export(dataset, tmp_path / "out", "parquet")
    amounts = pq.read_table(tmp_path / "out" / "tranches.parquet")["amount"]
    assert str(amounts.type).startswith("decimal128")
    assert sorted(amounts.to_pylist()) == [Decimal(200), Decimal("800.10")]
    files = pq.read_table(tmp_path / "out" / "documents.parquet").to_pylist()
    assert {row["report_date"] for row in files} == {None, *(date(2031, 1, day) for day in range(1, 12))}


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

    monkeypatch.setattr("dealproof.dataset.export.package_text", full_disk)
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

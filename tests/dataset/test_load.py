"""An export says the same in every format, and a broken one is refused in words."""

from __future__ import annotations

import json
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dealproof import contract
from dealproof.dataset.build import Dataset, build_dataset
from dealproof.errors import UsageError
from dealproof.export.diff import compare
from dealproof.export.load import load_export
from dealproof.export.write import Format, write_export

from .conftest import DEAL, document, say, tranche

FORMATS: tuple[Format, ...] = get_args(Format)


def small_dataset() -> Dataset:
    offer = document(
        "offer.pdf",
        facts=(
            tranche("优先A", "1004341200.55", "1,004,341,200.55\n元", page=7),
            tranche("次级", "123456789012345678.9"),
            say("tranches", (DEAL, "优先A"), "coupon_pct", Decimal("3.15")),
            say("deals", (DEAL,), "revolving", True),
            say("deals", (DEAL,), "closing_date", "2031-03-09"),
            say("deals", (DEAL,), "legal_maturity", "1900-02-28"),
            say("pool_stats", (DEAL, "2031-01-31", "loan_count", ""), "value", Decimal(5)),
            say("tranches", (DEAL, "次级"), "security_code", "0825807110000000001"),
            say("parties", (DEAL, "trustee", '=1+1,"远岫"'), "name", '=1+1,"远岫"'),
        ),
        on=date(2031, 3, 1),
        revolving=True,
    )
    return build_dataset([offer])


@pytest.mark.parametrize("fmt", FORMATS)
def test_an_export_comes_back_as_the_dataset_that_was_written(fmt: Format, tmp_path: Path) -> None:
    dataset = small_dataset()
    write_export(dataset, tmp_path / "out", fmt)
    assert load_export(tmp_path / "out").tables == dataset.tables


def test_csv_keeps_the_printed_digits_of_a_percentage_the_other_formats_its_number(tmp_path: Path) -> None:
    fact = say("tranches", (DEAL, "优先A"), "coupon_pct", Decimal("3.10"))
    read = {}
    for fmt in FORMATS:
        write_export(build_dataset([document("o.pdf", facts=(fact,))]), tmp_path / fmt, fmt)
        read[fmt] = load_export(tmp_path / fmt).rows("tranches")[0]["coupon_pct"]
    assert read == {"csv": "3.10", "parquet": "3.1", "xlsx": "3.1"}


@settings(max_examples=15, deadline=None)
@given(st.decimals(allow_nan=False, allow_infinity=False, places=6) | st.decimals(-99, 99, places=13), st.text())
def test_whatever_is_printed_is_the_same_in_all_formats(value: Decimal, text: str) -> None:
    fact = say("tranches", (DEAL, "优先A"), "amount", value, text)
    dataset = build_dataset([document("o.pdf", facts=(fact,))])
    for fmt in FORMATS:
        with tempfile.TemporaryDirectory() as folder:
            write_export(dataset, Path(folder) / "out", fmt)
            read = load_export(Path(folder) / "out")
        assert compare(dataset, read).changes == ()
        assert read.rows("evidence") == dataset.rows("evidence")


def refusal(folder: Path) -> UsageError:
    with pytest.raises(UsageError) as refused:
        load_export(folder)
    assert refused.value.remedy
    return refused.value


def test_a_folder_that_is_no_export_is_refused(tmp_path: Path) -> None:
    (tmp_path / "thesis.docx").write_text("years of work")
    assert "does not exist" in refusal(tmp_path / "nowhere").message
    assert "is a file" in refusal(tmp_path / "thesis.docx").message
    assert "is no export" in refusal(tmp_path).message


@pytest.mark.parametrize(
    ("fmt", "name"), [("csv", "evidence.csv"), ("parquet", "tranches.parquet"), ("xlsx", "dataset.xlsx")]
)
def test_a_file_that_was_cut_off_or_lost_is_named(fmt: Format, name: str, tmp_path: Path) -> None:
    write_export(small_dataset(), tmp_path / "out", fmt)
    file = tmp_path / "out" / name
    file.write_bytes(file.read_bytes()[: file.stat().st_size * 2 // 3])
    assert name in refusal(tmp_path / "out").message
    file.unlink()
    assert f"{name} is missing" in refusal(tmp_path / "out").message


def test_a_damaged_package_is_named(tmp_path: Path) -> None:
    write_export(small_dataset(), tmp_path / "out")
    (tmp_path / "out" / "datapackage.json").write_text('{"resources": [')
    assert "datapackage.json cannot be read" in refusal(tmp_path / "out").message


def test_a_package_never_leads_out_of_its_folder(tmp_path: Path) -> None:
    write_export(small_dataset(), tmp_path / "out")
    package = tmp_path / "out" / "datapackage.json"
    told = json.loads(package.read_text(encoding="utf-8"))
    told["resources"][0]["path"] = "../documents.csv"
    package.write_text(json.dumps(told))
    assert "names ../documents.csv" in refusal(tmp_path / "out").message


def test_a_row_that_is_missing_or_stands_twice_is_no_change_but_damage(tmp_path: Path) -> None:
    write_export(small_dataset(), tmp_path / "out")
    file = tmp_path / "out" / "tranches.csv"
    header, first, second = file.read_text(encoding="utf-8-sig").splitlines()
    file.write_text(f"{header}\n{first}\n", encoding="utf-8")
    assert "has 1 rows of tranches, but 2 were written" in refusal(tmp_path / "out").message
    file.write_text(f"{header}\n{second}\n{second}\n", encoding="utf-8")
    assert "two rows of tranches with the key" in refusal(tmp_path / "out").message


@pytest.mark.parametrize(("fmt", "name"), [("csv", "tranches.csv"), ("xlsx", "dataset.xlsx")])
def test_an_export_that_somebody_saved_again_is_refused_not_compared(fmt: Format, name: str, tmp_path: Path) -> None:
    write_export(small_dataset(), tmp_path / "out", fmt)
    file = tmp_path / "out" / name
    if fmt == "csv":
        file.write_text(file.read_text(encoding="utf-8-sig").replace("1004341200.55", "1.00E+09"), encoding="utf-8-sig")
    else:
        from openpyxl import load_workbook

        book = load_workbook(file)
        book["tranches"].cell(2, 6).value = 5
        book.save(file)
    assert f"{name} is not as it was written" in refusal(tmp_path / "out").message


def test_an_export_from_before_packages_told_hashes_is_still_read(tmp_path: Path) -> None:
    write_export(small_dataset(), tmp_path / "out")
    package = tmp_path / "out" / "datapackage.json"
    told = json.loads(package.read_text(encoding="utf-8"))
    for resource in told["resources"]:
        del resource["hash"], resource["bytes"]
    package.write_text(json.dumps(told))
    assert load_export(tmp_path / "out").tables == small_dataset().tables


def test_an_export_of_another_version_says_which_columns_differ(tmp_path: Path) -> None:
    write_export(small_dataset(), tmp_path / "out")
    file = tmp_path / "out" / "tranches.csv"
    file.write_text(file.read_text(encoding="utf-8-sig").replace("coupon_pct", "coupon", 1), encoding="utf-8")
    message = refusal(tmp_path / "out").message
    assert "missing: coupon_pct; unknown: coupon" in message


def test_an_empty_dataset_is_an_export_too(tmp_path: Path) -> None:
    for fmt in FORMATS:
        write_export(build_dataset(()), tmp_path / fmt, fmt)
        assert load_export(tmp_path / fmt).tables == {spec.name: () for spec in contract.tables()}

"""Labels that begin like formulas: harmless in a spreadsheet, and every key still meets its evidence."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import get_args

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof import contract
from dealproof.dataset.build import Dataset, build_dataset
from dealproof.dataset.guarded import guarded_key, unguarded_key
from dealproof.export.diff import compare
from dealproof.export.load import load_export
from dealproof.export.write import Format, write_export
from dealproof.mappings.corrections import Correction
from dealproof.mappings.load import NOTHING
from dealproof.model.evidence import Problem
from dealproof.workbench.why import look_up

from .conftest import DEAL, document, document_id, say

FORMATS: tuple[Format, ...] = get_args(Format)
LINES = ("-其他", "=合计", "+税收返还", "@托管费", "--小计", "'-押金", "支出|-其他", "=SUM(A1:A9)")
#: Negative numbers as they are printed are no formulas.
BUCKETS = ("-30", "=逾期", "other:-展期", "1-30")
REPORT = document_id("r.pdf")


def report() -> Dataset:
    """A report whose account lines, tranche and buckets begin so, with a doubt about every line."""
    tranche = "-优先A"
    facts = [
        *(say("cash_flows", (DEAL, "3", "income", line), "amount", Decimal(7), f"{line} 7.00") for line in LINES),
        *(say("delinquency", (DEAL, "3", bucket), "balance", Decimal(5)) for bucket in BUCKETS),
        say("tranches", (DEAL, tranche), "amount", Decimal(100)),
        say("tranche_payments", (DEAL, tranche, "3"), "opening_balance", Decimal(100)),
        say("tranche_payments", (DEAL, tranche, "3"), "principal_paid", Decimal(30)),
        say("tranche_payments", (DEAL, tranche, "3"), "closing_balance", Decimal(60)),
    ]
    doubts = [
        Problem(
            "low_confidence", "warning", "interpret", "Sure?", document_id=REPORT, page=1, table="cash_flows",
            key="|".join((DEAL, "3", "income", line, REPORT)), column="amount", value="7",
        )
        for line in LINES
    ]  # fmt: skip
    return build_dataset([document("r.pdf", "trustee_report", tuple(facts), period_no=3, problems=tuple(doubts))])


def read_as_others_do(folder: Path, table: str) -> list[dict[str, str]]:
    """A table as a program reads it that knows nothing of us."""
    if (folder / f"{table}.csv").exists():
        with (folder / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    if (folder / "dataset.xlsx").exists():
        frame = pd.read_excel(folder / "dataset.xlsx", table, dtype=str, keep_default_na=False)
    else:
        frame = pd.read_parquet(folder / f"{table}.parquet").astype(object)
    return [{name: "" if pd.isna(v) else str(v) for name, v in row.items()} for row in frame.to_dict("records")]


@pytest.mark.parametrize("fmt", FORMATS)
def test_keys_that_begin_like_formulas_meet_their_evidence_questions_and_checks_in_every_format(
    fmt: Format, tmp_path: Path
) -> None:
    write_export(report(), tmp_path / "out", fmt)
    keys = {
        table: {
            "|".join(row[name] for name in contract.table(table).key)
            for row in read_as_others_do(tmp_path / "out", table)
        }
        for table in ("cash_flows", "delinquency", "tranches", "tranche_payments")
    }
    assert [len(found) for found in keys.values()] == [len(LINES), len(BUCKETS), 1, 1]
    proved = {(row["table"], row["key"]) for row in read_as_others_do(tmp_path / "out", "evidence")}
    for table, found in keys.items():
        assert {key for name, key in proved if name == table} == found
    asked = {row["key"] for row in read_as_others_do(tmp_path / "out", "questions") if row["table"] == "cash_flows"}
    assert asked == keys["cash_flows"]
    tied = [
        (table, key)
        for row in read_as_others_do(tmp_path / "out", "checks")
        for table, key, _ in json.loads(row["cells"])
        if table in keys
    ]
    assert tied
    assert all(key in keys[table] for table, key in tied)


@pytest.mark.parametrize("fmt", FORMATS)
def test_keys_that_begin_like_formulas_come_back_from_every_format(fmt: Format, tmp_path: Path) -> None:
    dataset = report()
    write_export(dataset, tmp_path / "out", fmt)
    assert load_export(tmp_path / "out").tables == dataset.tables
    assert compare(dataset, load_export(tmp_path / "out")).changes == ()


def test_no_cell_of_a_csv_export_is_a_formula(tmp_path: Path) -> None:
    write_export(report(), tmp_path / "out")
    for spec in contract.tables():
        for row in read_as_others_do(tmp_path / "out", spec.name):
            for name, cell in row.items():
                number = cell.lstrip("-").replace(".", "", 1).isdigit()
                assert not cell.startswith(("=", "+", "-", "@")) or number, (spec.name, name, cell)


@pytest.mark.parametrize("line", LINES)
def test_the_key_as_a_csv_export_shows_it_leads_to_the_cell(line: str) -> None:
    key = "|".join((DEAL, "3", "income", line, REPORT))
    for written in (key, guarded_key(key)):
        known = look_up(report(), "cash_flows", written, "amount")
        assert (known.key, known.value) == (key, "7")
        assert [row["text"] for row in known.evidence] == [f"{line} 7.00"]


@pytest.mark.parametrize("line", LINES)
def test_a_correction_with_the_key_as_a_csv_export_shows_it_corrects_the_cell_and_settles_its_question(
    line: str,
) -> None:
    key = "|".join((DEAL, "3", "income", line, REPORT))
    facts = (say("cash_flows", (DEAL, "3", "income", line), "amount", Decimal(7)),)
    doubt = Problem(
        "low_confidence",
        "warning",
        "interpret",
        "Sure?",
        document_id=REPORT,
        table="cash_flows",
        key=key,
        column="amount",
    )
    fix = Correction(
        REPORT, "", "cash_flows", guarded_key(key), "amount", "7", "8", "", "王敏", "", "corrections.csv:2"
    )
    dataset = build_dataset(
        [document("r.pdf", "trustee_report", facts, problems=(doubt,))], replace(NOTHING, corrections=(fix,))
    )
    (row,) = dataset.rows("cash_flows")
    assert (row["line"], row["amount"]) == (line, "8")
    assert [row["state"] for row in dataset.rows("questions")] == ["answered"]


@given(st.lists(st.text(st.sampled_from("=-+@'|其a1\t")), min_size=1, max_size=4))
def test_a_joined_key_is_guarded_as_its_parts_are(parts: list[str]) -> None:
    assert guarded_key("|".join(parts)) == "|".join(map(guarded_key, parts))
    assert unguarded_key(guarded_key("|".join(parts))) == "|".join(parts)

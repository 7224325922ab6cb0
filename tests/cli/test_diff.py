"""`dealproof diff` as people and spreadsheets meet it."""

from __future__ import annotations

import csv
import io
import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from dealproof.cli.app import app
from dealproof.dataset.build import build_dataset
from dealproof.export.write import write_export
from dealproof.model.evidence import Fact
from tests.dataset.conftest import DEAL, document, say, tranche


def diff(*words: object) -> Result:
    return CliRunner().invoke(app, ["diff", *map(str, words)])


def table(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


def party(name: str) -> Fact:
    return say("parties", (DEAL, "trustee", name), "name", name)


@pytest.fixture
def exports(tmp_path: Path) -> tuple[Path, Path]:
    """Last week's export, and this week's with one more document and a corrected amount."""
    report = document("report.pdf", "trustee_report", (tranche("优先B", "5", page=2), party("=cmd|' /C calc'!A0")))
    first = document(
        "offer.pdf", facts=(tranche("优先A", "800"), say("tranches", (DEAL, "优先A"), "repayment", "-0.5"))
    )
    second = document("offer.pdf", facts=(tranche("优先A", "790"),))
    write_export(build_dataset([first]), tmp_path / "a", "csv")
    write_export(build_dataset([second, report]), tmp_path / "b", "xlsx")
    return tmp_path / "a", tmp_path / "b"


def test_the_text_shows_before_after_and_cause_and_the_summary_goes_to_people(exports: tuple[Path, Path]) -> None:
    result = diff(*exports, "--table", "tranches")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert lines[0] == "tranches  1 added, 1 changed"
    assert any("amount" in line and "800 → 790" in line for line in lines)
    assert any("row added" in line and "report.pdf is new among the documents" in line for line in lines)
    assert result.stderr.strip() == "1 row added, 0 removed, 1 changed in 1 table"


def test_documents_are_named_by_their_files(exports: tuple[Path, Path]) -> None:
    shown = diff(*exports, "--table", "parties").stdout
    assert "report.pdf" in shown
    assert document("report.pdf").source.document_id not in shown


def test_without_a_difference_stdout_is_empty(exports: tuple[Path, Path]) -> None:
    result = diff(exports[0], exports[0])
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "No difference.\n")


def test_csv_has_a_row_for_every_cell(exports: tuple[Path, Path]) -> None:
    rows = table(diff(*exports, "--format", "csv").stdout)
    assert list(rows[0]) == ["table", "key", "change", "column", "before", "after", "cause"]
    amount = next(row for row in rows if row["key"] == f"{DEAL}|优先A" and row["column"] == "amount")
    assert (amount["change"], amount["before"], amount["after"]) == ("changed", "800", "790")
    assert all(row["cause"] for row in rows)


def test_no_cell_becomes_a_formula_and_negative_numbers_stay_numbers(tmp_path: Path) -> None:
    def of(*facts: Fact) -> Path:
        folder = tmp_path / str(len(facts))
        write_export(build_dataset([document("o.pdf", facts=facts)]), folder)
        return folder

    key = (DEAL, "1", "net_loss", "")
    facts = (
        say("performance", key, "value", Decimal("-5.25")),
        say("tranches", (DEAL, "=1+1"), "tranche_name", "@SUM(A1)"),
        say("tranches", (DEAL, "=1+1"), "repayment", "-2+3"),
    )
    rows = table(diff(of(), of(*facts), "--format", "csv", "--table", "tranches", "--table", "performance").stdout)
    after = {row["column"]: row["after"] for row in rows}
    assert (after["value"], after["tranche_name"], after["repayment"]) == ("-5.25", "'@SUM(A1)", "'-2+3")


def test_json_keeps_causes_as_data(exports: tuple[Path, Path]) -> None:
    records = json.loads(diff(*exports, "--format", "json", "--table", "tranches").stdout)
    added = next(record for record in records if record["change"] == "added")
    assert added["key"] == {"deal_id": DEAL, "tranche": "优先B"}
    assert [(cause["kind"], cause["file_name"]) for cause in added["causes"]] == [("document", "report.pdf")]


def test_json_knows_every_table(exports: tuple[Path, Path]) -> None:
    records = json.loads(diff(*exports, "--format", "json").stdout)
    party_row = next(record for record in records if record["table"] == "parties")
    assert set(party_row["key"]) == {"deal_id", "role", "name", "document_id"}


def test_what_the_limit_leaves_out_is_counted(exports: tuple[Path, Path]) -> None:
    everything = diff(*exports, "--limit", "0").stdout
    limited = diff(*exports, "--limit", "1").stdout
    assert "more line" not in everything
    assert "more lines; --limit 0 shows all." in limited.splitlines()[-1]
    assert len(limited.splitlines()) < len(everything.splitlines())


def test_csv_and_json_know_no_limit(exports: tuple[Path, Path]) -> None:
    for form in ("csv", "json"):
        assert diff(*exports, "--format", form, "--limit", "1").stdout == diff(*exports, "--format", form).stdout


@pytest.mark.parametrize("words", [("--table", "tranchs"), ("--table", "evidence"), ("--format", "pdf")])
def test_what_does_not_exist_is_usage(exports: tuple[Path, Path], words: tuple[str, str]) -> None:
    result = diff(*exports, *words)
    assert getattr(result.exception, "exit_code", None) == 2


def test_a_folder_that_is_no_export_is_usage(exports: tuple[Path, Path], tmp_path: Path) -> None:
    result = diff(exports[0], tmp_path)
    assert getattr(result.exception, "exit_code", None) == 2
    assert "is no export" in str(result.exception)

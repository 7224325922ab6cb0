"""The sample documents against their gold, which the program that sets the documents writes from its own figures.

`*` in the gold leaves a cell open, `|` parts equal spellings, an empty cell says that nothing is printed.
"""

from __future__ import annotations

import csv
import json
from decimal import Decimal, InvalidOperation
from pathlib import Path

import pytest

from dealproof import contract
from dealproof.dataset.build import Dataset, build_as_one, build_dataset
from dealproof.export.write import write_export
from dealproof.extract.document import extract_document
from dealproof.interpret.context import Context
from dealproof.interpret.dates import date_hits
from dealproof.interpret.mentions import FIELDS, fields_of, mentions
from dealproof.interpret.read import interpret_document
from dealproof.interpret.read_tables import read_tables
from dealproof.mappings.labels import Labels, load_labels
from dealproof.mappings.load import load_registry
from dealproof.model.extract import Extract
from dealproof.model.interpretation import Interpretation
from dealproof.text import squeeze
from tests.doubles.programs import benchmark

ROOT = Path(__file__).parents[2]
GOLD = ROOT / "samples" / "gold"
#: Tables whose key is printed or counted; names of other tables' keys are judged by people, not by equality.
EXACT = (
    "documents", "deals", "tranches", "pool_stats", "pool_distributions", "performance", "delinquency",
    "revolving_purchases", "tranche_payments", "triggers",
)  # fmt: skip


@pytest.fixture(scope="module")
def labels() -> Labels:
    return load_labels(ROOT / "mappings" / "labels")


@pytest.fixture(scope="module")
def readings(labels: Labels) -> list[tuple[Extract, Interpretation]]:
    """What stands in every sample, and what it means."""
    extracts = [extract_document(path, labels) for path in sorted((ROOT / "samples").glob("*.pdf"))]
    return [(extract, interpret_document(extract, labels)) for extract in extracts]


@pytest.fixture(scope="module")
def dataset(readings: list[tuple[Extract, Interpretation]]) -> Dataset:
    return build_dataset([read for _, read in readings], load_registry(ROOT / "mappings"))


def test_deals_built_each_by_itself_give_the_dataset_of_all_at_once(
    readings: list[tuple[Extract, Interpretation]], dataset: Dataset
) -> None:
    assert build_as_one([read for _, read in readings], load_registry(ROOT / "mappings")) == dataset


def _gold(table: str) -> list[dict[str, str]]:
    with (GOLD / f"{table}.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _plain(text: str) -> str:
    try:
        return str(Decimal(text).normalize())
    except InvalidOperation:
        return squeeze(text)


def _key(row: dict[str, str], table: str) -> tuple[str, ...]:
    return tuple(_plain(row[column]) for column in contract.table(table).key)


@pytest.mark.parametrize("table", EXACT)
def test_every_printed_value_is_delivered_and_no_other(dataset: Dataset, table: str) -> None:
    delivered = {_key(row, table): row for row in dataset.rows(table)}
    faults: list[str] = []
    for gold in _gold(table):
        row = delivered.get(_key(gold, table))
        if row is None:
            faults.append(f"missing row {_key(gold, table)}")
            continue
        for column, wanted in gold.items():
            if column.startswith("_") or wanted == "*" or column in (gold["_optional"] or "").split("|"):
                continue
            if _plain(row[column]) not in {_plain(spelling) for spelling in wanted.split("|")}:
                faults.append(f"{_key(gold, table)} {column}: wanted {wanted!r}, delivered {row[column]!r}")
    assert not faults, "\n".join(faults[:20])


#: The gold lists the states of triggers, not the thresholds that a plan prints without a period.
@pytest.mark.parametrize("table", [table for table in EXACT if table != "triggers"])
def test_no_row_is_invented(dataset: Dataset, table: str) -> None:
    assert {_key(row, table) for row in dataset.rows(table)} - {_key(row, table) for row in _gold(table)} == set()


def _as_printed(table: str, key: str) -> str:
    """The key without what the build decided: the gold of the samples knows names, not ids."""
    return "|".join(key.split("|")[: len(contract.table(table).key) - len(contract.table(table).decided)])


def test_every_value_proves_its_printed_text(dataset: Dataset) -> None:
    proofs = {
        (row["table"], _as_printed(row["table"], row["key"]), row["column"], row["document_id"]): row
        for row in dataset.rows("evidence")
    }
    seen = 0
    for gold in _gold("evidence"):
        key = "|".join(part.split("=", 1)[1] for part in gold["key"].split(";"))
        proof = proofs.get((gold["table"], key, gold["column"], gold["document_id"]))
        if proof is not None:
            seen += 1
            assert squeeze(gold["text"]) in squeeze(proof["text"]), gold
    assert seen > 200


def test_the_reprinted_rate_that_was_changed_is_a_question(dataset: Dataset) -> None:
    asked = [row for row in dataset.rows("questions") if row["kind"] in ("restatement", "conflict")]
    assert any(row["table"] == "performance" and row["column"] in ("cumulative_default_pct", "value") for row in asked)


def test_no_field_that_gold_finds_in_a_document_counts_as_not_disclosed_and_what_is_not_found_is_asked(
    dataset: Dataset, tmp_path: Path
) -> None:
    write_export(dataset, tmp_path / "out")
    assert benchmark("coverage").main(GOLD, tmp_path / "out", ROOT / "samples") == 0
    states = {row["state"] for row in dataset.rows("coverage")}
    assert {"disclosed", "not_disclosed", "not_found", "not_applicable"} <= states


def test_every_foreign_key_of_the_contract_holds_for_the_samples(dataset: Dataset, tmp_path: Path) -> None:
    write_export(dataset, tmp_path / "out")
    package = json.loads((tmp_path / "out" / "datapackage.json").read_text(encoding="utf-8"))
    claimed = {
        (resource["name"], link["fields"][0])
        for resource in package["resources"]
        for link in resource["schema"].get("foreignKeys", ())
    }
    wanted = {(spec.name, column.name) for spec in contract.tables() for column in spec.references}
    assert claimed == wanted
    assert len(wanted) > 25


def test_a_field_whose_reading_is_lost_is_still_spoken_of(
    readings: list[tuple[Extract, Interpretation]], labels: Labels
) -> None:
    """Each field of each sample is taken away in turn: the document must give away that it states it."""
    expected = [item for item in load_registry(ROOT / "mappings").expectations if item.need != "exclusion"]
    tried, lost = 0, []
    for extract, read in readings:
        ctx = Context(extract, read.profile, labels, date_hits(extract.pages, labels))
        tables = [(entry.table, bool(entry.kind)) for entry in read_tables(ctx) if not entry.is_foreign]
        for field in [item.field for item in expected if item.kind == read.profile.kind and item.field in FIELDS]:
            left = tuple(fact for fact in read.facts if field not in fields_of(fact))
            if len(left) < len(read.facts):
                tried += 1
                spoken = {item.field for item in mentions(extract, tables, left)}
                lost += [] if field in spoken else [f"{extract.source.file_name}: {field}"]
    assert lost == []
    assert tried > 80

"""docs/glossary.md explains words that the program really uses, at places that are there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dealproof import contract

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src" / "dealproof"
ROWS = [
    [cell.strip() for cell in line.strip("| ").split(" | ")]
    for line in (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| term ")
]
#: Clauses in prose, which no label leads to.
PROSE = {"现金流支付机制"}
PLACES = [place for row in ROWS for place in re.findall(r"`([^`]+)`", row[3])]


def is_there(place: str) -> bool:
    if "/" in place:
        return (SOURCE / place).exists()
    table, _, column = place.partition(".")
    column, _, word = column.partition("=")
    specs = {spec.name: spec for spec in contract.tables()}
    if table not in specs or (column and column not in specs[table].column_names):
        return False
    return not word or word in specs[table].column(column).vocabulary


@pytest.mark.parametrize("place", PLACES)
def test_a_table_column_metric_or_module_that_the_glossary_names_exists(place: str) -> None:
    assert is_there(place)


@pytest.mark.parametrize(
    "place", ["tranche", "tranches.name", "deals.market=otc", "performance.metric=wa_rate_pct", "kinds/pool.py"]
)
def test_a_place_that_does_not_exist_is_noticed(place: str) -> None:
    assert not is_there(place)


def test_every_word_has_chinese_an_explanation_of_few_sentences_and_a_place() -> None:
    for row in ROWS:
        assert len(row) == 4, row
        assert re.search(r"[一-鿿]", row[1]), row
        assert 1 <= len(re.findall(r"[.:;](?:\s|$)", row[2])) <= 4, row
        assert "`" in row[3], row


def test_the_words_that_a_programmer_must_know_are_some_forty_and_each_stands_once() -> None:
    terms = [row[0] for row in ROWS]
    assert len(set(terms)) == len(terms)
    assert 40 <= len(terms) <= 60


@pytest.mark.parametrize("table", [spec.name for spec in contract.tables()])
def test_every_table_of_the_dataset_is_met_in_the_glossary(table: str) -> None:
    assert any(place.partition(".")[0] == table for place in PLACES)


def test_chinese_terms_are_those_of_the_documents_or_of_the_program() -> None:
    files = [*SOURCE.rglob("*.py"), *(ROOT / "mappings").rglob("*.csv"), ROOT / "README.md"]
    known = "\n".join(path.read_text(encoding="utf-8") for path in files)
    assert [row[1] for row in ROWS if row[1] not in known and row[1] not in PROSE] == []

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dealproof import contract
from dealproof.contract import TableSpec
from dealproof.contract.document_kinds import KINDS
from dealproof.contract.metrics import METRICS

CONTRACT_TEXT = Path(__file__).parents[2] / ".." / "shared" / "DATASET.md"


@pytest.mark.parametrize("spec", contract.tables(), ids=lambda spec: spec.name)
def test_a_table_says_each_column_once_with_the_key_first(spec: TableSpec) -> None:
    names = spec.column_names
    assert len(set(names)) == len(names)
    assert spec.key == names[: len(spec.key)]
    assert spec.key


@pytest.mark.parametrize("spec", contract.tables(), ids=lambda spec: spec.name)
def test_every_column_is_described_in_english_and_chinese(spec: TableSpec) -> None:
    for column in spec.columns:
        assert column.en.endswith(".")
        assert re.search("[\u4e00-\u9fff]", column.zh)


@pytest.mark.parametrize("spec", contract.tables(), ids=lambda spec: spec.name)
def test_the_ending_of_a_name_tells_the_unit(spec: TableSpec) -> None:
    for column in spec.columns:
        assert column.name.endswith("_pct") == (column.unit == "percent")
        assert not column.name.endswith("_date") or column.type == "date"


#: Columns that the written contract does not have; it allows to add.
ADDED = {
    "documents": ["pages_unread"],
    "evidence": ["confidence"],
    "institutions": ["provider_group"],
    "performance": ["denominator"],
    "questions": ["x0", "top", "x1", "bottom", "held", "candidates", "cause"],
}


def test_a_vocabulary_admits_its_words_and_what_is_missing_but_nothing_else() -> None:
    bucket = contract.table("delinquency").column("bucket")
    assert bucket.allows("1-30")
    assert bucket.allows("")
    assert bucket.allows("other:诉讼中")
    assert not bucket.allows("other:")
    assert not bucket.allows("1~30")


def test_a_table_that_does_not_exist_is_an_error() -> None:
    with pytest.raises(KeyError):
        contract.table("deal")


@pytest.mark.skipif(not CONTRACT_TEXT.exists(), reason="the written contract is not at hand")
def test_tables_and_columns_begin_as_the_written_contract_says_and_only_named_ones_were_added() -> None:
    rows = re.findall(r"^\| `(\w+)` \| [^|]+ \| ([\w, ]+) \|$", CONTRACT_TEXT.read_text(encoding="utf-8"), re.M)
    written = {name: [column.strip() for column in columns.split(",")] for name, columns in rows}
    ours = {spec.name: list(spec.column_names) for spec in contract.tables()}
    assert written == {name: ours[name][: len(columns)] for name, columns in written.items()}
    added = {name: columns[len(written.get(name, ())) :] for name, columns in ours.items()}
    assert {name: columns for name, columns in added.items() if columns} == ADDED


@pytest.mark.skipif(not CONTRACT_TEXT.exists(), reason="the written contract is not at hand")
def test_every_word_of_a_vocabulary_stands_in_the_written_contract() -> None:
    text = CONTRACT_TEXT.read_text(encoding="utf-8")
    ours_alone = {"answered", "dismissed", "open", "error", "warning", "info", "initial", "initial_plus_purchases"}
    ours_alone |= {
        "cell",
        "row_label",
        "column_header",
        "title",
        "unit_line",
        "footnote",
        "section",
        "default",
    }
    ours_alone |= {record.name for record in (*KINDS, *METRICS)}  # these may grow, see below
    words = {word for spec in contract.tables() for column in spec.columns for word in column.vocabulary}
    assert {word for word in words - ours_alone if f"`{word}`" not in text} == set()


@pytest.mark.skipif(not CONTRACT_TEXT.exists(), reason="the written contract is not at hand")
@pytest.mark.parametrize(("table", "column"), [("documents", "kind"), ("pool_stats", "metric"), ("performance", "metric")])
def test_no_kind_and_no_metric_of_the_written_contract_is_renamed_or_dropped(table: str, column: str) -> None:
    (listed,) = re.findall(rf"`{table}\.{column}`: ((?:`\w+`,?\s+)*`\w+`)\.", CONTRACT_TEXT.read_text(encoding="utf-8"))
    written = re.findall(r"`(\w+)`", listed)
    ours = contract.table(table).column(column).vocabulary
    assert len(written) > 7
    assert [word for word in ours if word in written] == written

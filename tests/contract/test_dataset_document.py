"""docs/dataset.md, the written promise, and the contract in code say the same; neither can change alone."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from dealproof import contract
from dealproof.cli.dataset_page import refreshed
from dealproof.contract import ColumnSpec, TableSpec
from dealproof.contract.document_kinds import KINDS
from dealproof.dataset.source_rank import rank
from tests.dataset.conftest import document

TEXT = (Path(__file__).parents[2] / "docs" / "dataset.md").read_text(encoding="utf-8")
TABLES = dict(re.findall(r"^\| `(\w+)` \| [^|]+ \| ([\w*, ]+) \|$", TEXT, re.MULTILINE))
WORDS = {
    place: re.findall(r"`([^`]+)`", words) for place, words in re.findall(r"^\| `(\w+\.\w+)` \| (.+) \|$", TEXT, re.MULTILINE)
}
LISTED = [(spec, column) for spec in contract.tables() for column in spec.columns if column.vocabulary]


def written(columns: str) -> tuple[list[str], list[str]]:
    """The columns of a row of the page, and those of them that it marks as key."""
    names = columns.split(", ")
    return [name.strip("*") for name in names], [name.strip("*") for name in names if name.startswith("**")]


def test_the_page_has_the_tables_of_the_dataset_in_their_order() -> None:
    assert list(TABLES) == [spec.name for spec in contract.tables()]


@pytest.mark.parametrize("spec", contract.tables(), ids=lambda spec: spec.name)
def test_columns_and_key_of_a_table_are_those_of_the_page(spec: TableSpec) -> None:
    assert written(TABLES[spec.name]) == (list(spec.column_names), list(spec.key))


def test_the_page_has_a_row_for_every_column_of_few_words_and_no_other() -> None:
    assert list(WORDS) == [f"{spec.name}.{column.name}" for spec, column in LISTED]


@pytest.mark.parametrize(("spec", "column"), LISTED, ids=lambda item: item.name)
def test_the_words_of_a_column_are_those_of_the_page(spec: TableSpec, column: ColumnSpec) -> None:
    prefixes = [f"{prefix}…" for prefix in column.open_prefixes]
    assert WORDS[f"{spec.name}.{column.name}"] == [*column.vocabulary, *prefixes]


@pytest.mark.parametrize("place", WORDS)
def test_a_word_stands_beside_the_chinese_one(place: str) -> None:
    (row,) = re.findall(rf"^\| `{re.escape(place)}` \| (.+) \|$", TEXT, re.MULTILINE)
    assert [part for part in row.split(" · ") if not re.fullmatch(r"`\d+[-+\d]*`|`[^`]+` .*[一-鿿].*", part)] == []


def test_documents_rank_as_the_page_says() -> None:
    (told,) = re.findall(r"corrects another \(更正\), then:\s+((?:`\w+`,?\s*)+)\.", TEXT)
    ranked = sorted((kind.name for kind in KINDS), key=lambda kind: rank(document("a.pdf", kind, ())))
    assert re.findall(r"`(\w+)`", told) == ranked
    corrected = document("a.pdf", "other", (), title="关于受托机构报告的更正公告")
    assert rank(corrected) < rank(document("a.pdf", ranked[0], ()))


def test_kinds_metrics_and_ranks_stand_on_the_page_as_their_records_say() -> None:
    assert refreshed(TEXT) == TEXT, "python -m dealproof.cli.dataset_page docs/dataset.md"


def test_a_word_that_is_wrong_on_the_page_is_written_anew_and_nothing_else_is_touched() -> None:
    wrong = TEXT.replace("`wa_rate_pct`", "`wa_rate`").replace("`issue_result`, `offering_circular`,", "`offering_circular`,")
    assert wrong != TEXT
    assert refreshed(wrong) == TEXT

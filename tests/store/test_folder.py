"""What is stored comes back as it was, or not at all."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dealproof.document import Extract
from dealproof.errors import StoreError
from dealproof.evidence import Box, Evidence, Fact, Problem, Source
from dealproof.interpret.frame import Profile
from dealproof.interpret.result import Interpretation
from dealproof.pagetext import Line, PageText
from dealproof.store.folder import FolderStore
from dealproof.store.serialize import from_json, to_json
from dealproof.tables.model import Cell, Table

text = st.text(max_size=12)
number = st.floats(allow_nan=False, allow_infinity=False, width=32)
boxes = st.builds(Box, number, number, number, number)
cells = st.builds(
    Cell, text, st.just(0), st.just(0), st.just(1), st.just(1), st.integers(1, 9), boxes, text, doubt=text
)
tables = st.builds(
    Table, st.tuples(cells), st.just(1), st.just(1), st.tuples(st.integers(1, 9)), boxes, title=text, section=st.tuples(text)
)  # fmt: skip
sources = st.builds(Source, text, text, st.text("0123456789abcdef", min_size=64, max_size=64), st.integers(0))
pages = st.builds(
    PageText, st.integers(1, 9), number, number, st.lists(st.builds(Line, text, boxes), max_size=3).map(tuple),
    st.sampled_from(["native", "scanned", "lying"]), st.lists(text, max_size=2).map(tuple),
)  # fmt: skip
problems = st.builds(
    Problem, text, st.sampled_from(["error", "warning", "info"]), st.just("extract"), text, box=st.none() | boxes
)  # fmt: skip
extracts = st.builds(
    Extract, sources, st.lists(pages, max_size=2).map(tuple), st.lists(tables, max_size=2).map(tuple), st.tuples(problems)
)  # fmt: skip
values = (
    st.decimals(allow_nan=False, allow_infinity=False)
    | st.text(max_size=12)
    | st.booleans()
    | st.integers(-(10**20), 10**20)
)
facts = st.builds(
    Fact, text, st.lists(st.tuples(text, text), max_size=3).map(tuple), text, values,
    evidence=st.none() | st.builds(Evidence, text, st.integers(1, 9), boxes, text),
)  # fmt: skip
profiles = st.builds(
    Profile, report_date=st.none() | st.dates(), period_no=st.none() | st.integers(1, 99), revolving=st.none() | st.booleans()
)  # fmt: skip
interpretations = st.builds(
    Interpretation, sources, st.integers(0, 900), st.integers(0, 9), profiles, st.lists(facts, max_size=3).map(tuple)
)  # fmt: skip


def _through_json(value: object) -> Any:
    return from_json(type(value), json.loads(json.dumps(to_json(value))))


@given(extracts)
def test_an_extract_comes_back_as_it_was(extract: Extract) -> None:
    assert _through_json(extract) == extract


@given(interpretations)
def test_facts_come_back_with_the_type_and_digits_of_their_value(interpretation: Interpretation) -> None:
    back = _through_json(interpretation)
    assert back == interpretation
    assert [repr(fact.value) for fact in back.facts] == [repr(fact.value) for fact in interpretation.facts]


def test_a_printed_zero_keeps_its_digits() -> None:
    fact = Fact("performance", (), "value", Decimal("0.00"))
    assert str(_through_json(fact).value) == "0.00"


def test_a_date_is_no_text_after_its_return() -> None:
    assert _through_json(Profile(report_date=date(2024, 8, 26))).report_date == date(2024, 8, 26)


def test_what_has_no_place_in_a_store_is_refused() -> None:
    with pytest.raises(TypeError, match="set cannot be stored"):
        to_json({1})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=10)
@given(extracts)
def test_the_store_gives_back_what_it_was_given(tmp_path: Path, extract: Extract) -> None:
    store = FolderStore(tmp_path)
    store.save(extract)
    assert store.load(extract.source.document_id) == extract


def test_a_half_written_file_counts_as_absent(tmp_path: Path) -> None:
    store, extract = FolderStore(tmp_path), Extract(Source("a.pdf", "a.pdf", "0" * 64, 1), (), ())
    store.save(extract)
    stored = next(tmp_path.rglob("*.json.gz"))
    stored.write_bytes(stored.read_bytes()[:-9])
    assert store.load("0" * 64) is None
    assert list(store.all()) == []


def test_the_extract_of_another_document_counts_as_absent(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    store.save(Extract(Source("a.pdf", "a.pdf", "0" * 64, 1), (), ()))
    stored = next(tmp_path.rglob("*.json.gz"))
    stored.rename(stored.with_name("1" * 64 + ".json.gz"))
    assert store.load("1" * 64) is None


def test_a_workspace_that_cannot_be_written_is_told_in_a_sentence(tmp_path: Path) -> None:
    in_the_way = tmp_path / "work"
    in_the_way.write_text("a file where the folder should be")
    with pytest.raises(StoreError, match="cannot be written"):
        FolderStore(in_the_way).save(Extract(Source("a.pdf", "a.pdf", "0" * 64, 1), (), ()))

"""What is stored comes back as it was, or not at all."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof.model.evidence import QUESTION_KINDS, TROUBLES, Box, Evidence, Fact, Problem, Source
from dealproof.model.extract import Extract
from dealproof.model.interpretation import Interpretation
from dealproof.model.page import Line, PageText
from dealproof.model.profile import Profile
from dealproof.model.table import Cell, Table
from dealproof.store.serialize import from_json, pack, stamp, to_json, unpack

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
codes = st.sampled_from(sorted(QUESTION_KINDS | TROUBLES))
problems = st.builds(
    Problem, codes, st.sampled_from(["error", "warning", "info"]), st.just("extract"), text, box=st.none() | boxes
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


@given(extracts)
def test_what_is_packed_comes_back_and_the_same_value_gives_the_same_bytes(extract: Extract) -> None:
    content = pack(extract)
    assert unpack(Extract, content) == extract
    assert pack(extract) == content
    assert stamp(content) == stamp(pack(extract))


@given(extracts, st.integers(0, 10_000))
def test_damaged_content_counts_as_absent(extract: Extract, place: int) -> None:
    content = pack(extract)
    assert unpack(Extract, content[: place % len(content)]) is None


def test_json_of_something_else_counts_as_absent() -> None:
    assert unpack(Extract, pack(Profile(report_date=date(2024, 8, 26)))) is None

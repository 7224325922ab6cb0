"""What a recogniser confuses is undone only where the grammar of figures leaves one way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof.values.confusions import grouped, mend_figure, mend_range, separators
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed

AMOUNTS = st.decimals(Decimal("1000"), Decimal("99999999999"), places=2)


@pytest.mark.parametrize(("seen", "meant"), [
    ("1.234.567.89", "1,234,567.89"),
    ("5,717:69", "5,717.69"),
    ("1，234；567·89", "1,234,567.89"),
    ("1O,000.00", "10,000.00"),
    ("3,l80,000.00", "3,180,000.00"),
    ("-4.572.80", "-4,572.80"),
    ("13.000.00万元", "13,000.00万元"),  # with its unit
    ("135,995.336.91.", "135,995,336.91"),  # a speck behind it
    ("32  .  480  .  00", "32,480.00"),  # full-width print, whose signs stand apart
    ("0  .  00", "0.00"),
    ("0.000Q", "0.0000"),
])  # fmt: skip
def test_a_dot_for_a_comma_and_a_letter_for_a_digit_are_mended(seen: str, meant: str) -> None:
    assert mend_figure(seen) == meant


@pytest.mark.parametrize("seen", [
    "1.234",  # a number as it stands: one and a bit
    "12:5", "2024:10", "12,34", "BBB", "SO", "OOO,OOO", "优先A1", "AAA", "1,234.5O6", "", "-", "2024/10/31",
    "1,234\n567",
    "1 23,456.78",  # two figures of two columns
    "1.2B", "2.0S", "A.00O",
])  # fmt: skip
def test_what_could_be_two_figures_or_none_is_left_as_it_is(seen: str) -> None:
    assert mend_figure(seen) is None


@pytest.mark.parametrize(("seen", "meant"), [
    ("规模为180.000.00万元，", "规模为180,000.00万元，"),
    ("1,319.896.30", "1,319,896.30"),
    ("1.234.567.8901", "1,234,567.8901"),
    ("1.234", "1.234"), ("5,806", "5,806"),  # either sign makes a figure
    ("1.234.567", "1.234.567"), ("2024.10.31", "2024.10.31"), ("1.10.2", "1.10.2"), ("1,234.567.89.1", "1,234.567.89.1"),
])  # fmt: skip
def test_in_a_line_only_figures_that_can_be_written_one_way_get_their_signs(seen: str, meant: str) -> None:
    assert grouped(seen) == meant


@pytest.mark.parametrize(("seen", "meant"), [
    ("逾期1·30天", "逾期1-30天"), ("90·180天(含)", "90-180天(含)"), ("(4.00%.5.00%]", "(4.00%,5.00%]"), ("61·90日", "61-90日"),
    ("逾期31-60天", None), ("(4.00%,5.00%]", None), ("4.00%", None), ("3·15", None), ("第1·2期", "第1-2期"),
])  # fmt: skip
def test_a_dot_in_a_range_is_its_hyphen_or_comma(seen: str, meant: str | None) -> None:
    assert mend_range(seen) == meant


def test_the_signs_that_grammar_tells_are_named_with_the_digits_of_their_figure() -> None:
    assert separators("共1,234.50元，1.234") == {2: (1, 3, 4, 5, 7, 8), 6: (1, 3, 4, 5, 7, 8)}


@given(AMOUNTS)
def test_a_figure_that_was_read_rightly_is_never_touched(amount: Decimal) -> None:
    assert mend_figure(f"{amount:,.2f}") is None


@given(AMOUNTS, st.data())
def test_whatever_separators_were_seen_the_digits_stay(amount: Decimal, data: st.DataObject) -> None:
    printed = f"{amount:,.2f}"
    seen = "".join(data.draw(st.sampled_from(".,:;'·")) if char in ",." else char for char in printed)
    mended = mend_figure(seen)
    if mended is not None:
        read = parse_number(mended)
        assert isinstance(read, Parsed)
        assert read.value == amount

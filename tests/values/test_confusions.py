"""What a recogniser confuses is undone only where the grammar of figures leaves one way."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof.values.confusions import mend_figure
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
])  # fmt: skip
def test_a_dot_for_a_comma_and_a_letter_for_a_digit_are_mended(seen: str, meant: str) -> None:
    assert mend_figure(seen) == meant


@pytest.mark.parametrize("seen", [
    "1.234",  # a number as it stands: one and a bit
    "12:5", "2024:10", "12,34", "BBB", "SO", "OOO,OOO", "优先A1", "AAA", "1,234.5O6", "", "-", "2024/10/31",
    "1,234\n567",
])  # fmt: skip
def test_what_could_be_two_figures_or_none_is_left_as_it_is(seen: str) -> None:
    assert mend_figure(seen) is None


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

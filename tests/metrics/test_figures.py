"""How figures are rounded, and what changes and shares mean."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dealproof.metrics.measures import change_of, number, percent_of, rounded


@pytest.mark.parametrize(
    ("exact", "printed"),
    [("58.645", "58.65"), ("-16.875", "-16.88"), ("95.22499", "95.22"), ("0.005", "0.01"), ("-0.004", "0.00")],
)
def test_half_is_rounded_away_from_zero_as_published_reviews_do(exact: str, printed: str) -> None:
    assert number(Decimal(exact), 2).printed == printed


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6),
    st.integers(0, 4),
)
def test_rounding_never_moves_a_figure_by_more_than_half_a_digit(value: Decimal, decimals: int) -> None:
    assert abs(rounded(value, decimals) - value) <= Decimal(1).scaleb(-decimals) / 2


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4))
def test_rounding_is_even_handed_about_the_sign(value: Decimal) -> None:
    assert rounded(-value, 2) == -rounded(value, 2)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=12))
def test_shares_of_all_parts_add_up_to_a_hundred(parts: list[int]) -> None:
    shares = [percent_of(Decimal(part), Decimal(sum(parts))) for part in parts]
    assert abs(sum(shares) - 100) < Decimal("1e-20")


def test_a_change_in_percent_is_not_one_in_percentage_points() -> None:
    assert change_of(Decimal("0.94"), Decimal("0.74"), "points") == Decimal("0.20")
    assert rounded(change_of(Decimal("0.94"), Decimal("0.74"), "percent"), 2) == Decimal("27.03")


def test_a_rise_is_printed_with_its_plus() -> None:
    assert number(Decimal("7.2"), 2, signed=True).printed == "+7.20"
    assert number(Decimal("-0.001"), 2, signed=True).printed == "0.00"

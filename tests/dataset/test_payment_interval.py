"""How often a deal pays, for the inputs of an engine and for market reviews alike."""

from __future__ import annotations

from datetime import date, timedelta

from dealproof.dataset.payment_interval import payment_interval


def test_a_deal_that_pays_every_quarter_pays_three_months_apart_whatever_holidays_move() -> None:
    found = payment_interval({1: date(2031, 1, 27), 2: date(2031, 4, 26), 3: date(2031, 7, 26)})
    assert found.months == {3}
    assert found.shortest == timedelta(days=89)


def test_payments_of_periods_that_are_not_consecutive_tell_the_time_between_two_but_no_months() -> None:
    found = payment_interval({2: date(2031, 1, 26), 5: date(2031, 10, 26)})
    assert found.months == frozenset()
    assert found.shortest == timedelta(days=91)


def test_a_deal_that_turns_from_monthly_to_quarterly_shows_both() -> None:
    found = payment_interval({1: date(2031, 1, 26), 2: date(2031, 2, 26), 3: date(2031, 5, 26)})
    assert found.months == {1, 3}
    assert found.shortest == timedelta(days=31)


def test_one_payment_and_payments_against_the_order_of_their_periods_tell_no_interval() -> None:
    assert payment_interval({1: date(2031, 1, 26)}).shortest is None
    assert payment_interval({1: date(2031, 4, 26), 2: date(2031, 1, 26)}).shortest is None

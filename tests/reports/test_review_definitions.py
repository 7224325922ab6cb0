"""Dots of unlike definitions look unlike."""

from __future__ import annotations

from dealproof.market_review.drawing import draw
from dealproof.market_review.figures import BY_NUMBER
from dealproof.metrics.review import review_of
from tests.metrics.market import Market


def _rates(*denominators: str) -> Market:
    market = Market()
    for number, denominator in enumerate(denominators, start=1):
        deal = f"乙2025-{number}"
        market.deal(deal, "credit_abs", amount="1000", originator="I2", provider="").tranche(
            deal, "优先", "1000", "AAAsf", expected_maturity="2027-01-26"
        )
        market.payment(deal, "优先", "2025-12-26", "900").rate_of_default(
            deal, "2025-11-30", f"0.{number}0", denominator
        )
    return market


def test_rates_over_unlike_denominators_are_dots_of_unlike_kinds() -> None:
    review = review_of(_rates("initial_plus_purchases", "initial").dataset(), 2025)
    for number in (17, 18):
        assert len({mark.series for mark in draw(BY_NUMBER[number], review).marks}) == 2


def test_each_mean_has_the_look_of_its_own_dots() -> None:
    drawn = draw(BY_NUMBER[17], review_of(_rates("initial_plus_purchases", "initial").dataset(), 2025))
    assert {mark.series for mark in drawn.lines} == {mark.series for mark in drawn.marks}


def test_rates_of_one_definition_are_not_told_apart() -> None:
    drawn = draw(BY_NUMBER[17], review_of(_rates("initial_plus_purchases", "initial_plus_purchases").dataset(), 2025))
    assert [mark.series.zh for mark in drawn.marks] == ["2025 年末", "2025 年末"]

"""Coupons (票面利率): the yield of the day, a spread of the market, of the term and of the grade.

The spread of each market is set so that the simple mean of its top-graded securities of 2025 with a term up to a year and
a half is the published one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from samples.market.curve import yield_on
from samples.market.model import Deal, Tranche
from samples.market.solve_tranches import TOP

#: Means in hundredths of a percent.
_MEANS = {"credit_abs": 179, "abn": 199, "exchange_abs": 204}
_GRADES = {
    TOP: 0.0, "AA+sf": 0.34, "AA-sf": 0.75, "A+sf": 0.98, "Asf": 1.22, "A-sf": 1.45, "BBB+sf": 1.80, "BBBsf": 2.10,
}  # fmt: skip
_PER_YEAR = 0.11
_SHORT_DAYS = 548

Place = tuple[int, int]


def with_coupons(deals: Sequence[Deal], random: Random) -> list[Deal]:
    """Give every rated security a coupon with two places."""
    noise = [random.uniform(-0.05, 0.05) for _ in deals]
    raw = {
        (i, n): yield_on(deal.closing) + _PER_YEAR * (tranche.months / 12 - 1) + _GRADES[tranche.rating] + noise[i]
        for i, deal in enumerate(deals)
        for n, tranche in enumerate(deal.tranches)
        if tranche.rating
    }
    coupons: dict[Place, int] = {}
    for market, mean in _MEANS.items():
        places = [place for place in raw if deals[place[0]].market == market]
        measured = [(i, n) for i, n in places if is_measured(deals[i], deals[i].tranches[n])]
        spread = mean / 100 - sum(raw[place] for place in measured) / len(measured)
        coupons |= {place: round((raw[place] + spread) * 100) for place in places}
        _settle(coupons, measured, mean, random)
    return [
        replace(
            deal,
            tranches=tuple(
                replace(tranche, coupon=Decimal(coupons[i, n]) / 100) if tranche.rating else tranche
                for n, tranche in enumerate(deal.tranches)
            ),
        )
        for i, deal in enumerate(deals)
    ]


def is_measured(deal: Deal, tranche: Tranche) -> bool:
    """Whether a security counts in the mean: top grade, of 2025, up to a year and a half from closing to maturity."""
    return deal.year == 2025 and tranche.rating == TOP and (tranche.expected - deal.closing).days <= _SHORT_DAYS


def _settle(coupons: dict[Place, int], measured: Sequence[Place], mean: int, random: Random) -> None:
    """Move single coupons by a hundredth of a percent until the mean is met exactly."""
    gap = mean * len(measured) - sum(coupons[place] for place in measured)
    for place in random.sample(list(measured), min(abs(gap), len(measured))):
        coupons[place] += 1 if gap > 0 else -1

"""Series, numbers (期), managers and agencies of deals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from random import Random

from samples.market.model import Deal

#: Series of the credit market by bank; elsewhere every pair of originator and provider has one of its own.
_CREDIT_SERIES = {
    "I004": "飞驰建普",
    "I018": "恒惠融丰",
    "I019": "渤惠致远",
    "I039": "杭联共惠",
    "I017": "浙惠臻瑞",
    "I022": "苏惠和融",
    "I024": "甬惠远航",
}
_FIRST = "睿澄星嘉和瑞泓锦皓煦卓朗熙沐晟霁"
_SECOND = "晨鸿泽航悦禾穗润远熠衡舟岚渝"
MANAGERS = {
    "I179": "中信证券", "I180": "中信建投", "I182": "华泰资管", "I184": "国泰海通", "I187": "光证资管", "I188": "招商证券",
    "I190": "平安证券", "I191": "天风证券",
}  # fmt: skip
LIANHE = "I215"
_CREDIT_AGENCIES = (LIANHE, "I220")
_AGENCIES = (LIANHE, "I218", "I222", "I221", "I224")


def with_names(deals: Sequence[Deal], random: Random) -> list[Deal]:
    """Name and number the deals, which are in the order of closing within market and year."""
    words = [first + second for second in _SECOND for first in _FIRST]
    series: dict[tuple[str, str, str], str] = {}
    numbers: Counter[tuple[str, int]] = Counter()
    found: list[Deal] = []
    for deal in deals:
        if deal.market == "credit_abs":
            name = _CREDIT_SERIES[deal.provider]
        else:
            name = series.setdefault((deal.market, deal.originator, deal.provider), words[len(series)])
        numbers[name, deal.year] += 1
        found.append(_named(deal, name, numbers[name, deal.year], random))
    return found


def _named(deal: Deal, series: str, number: int, random: Random) -> Deal:
    """Two agencies rate in the credit market, one elsewhere; what one agency tracks it has rated before."""
    agency = LIANHE if deal.observed.tracked else random.choice(_AGENCIES)
    agencies = _CREDIT_AGENCIES if deal.market == "credit_abs" else (agency,)
    return replace(deal, series=series, number=number, manager=random.choice(sorted(MANAGERS)), agencies=agencies)

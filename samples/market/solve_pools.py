"""Pools at the cut-off date (资产池) and later purchases (循环购买)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import ROUND_HALF_UP, Decimal
from random import Random

from samples.market.calendar import month_on
from samples.market.cells import UNIT
from samples.market.model import Deal, Pool, Purchase

#: By class of provider: rates in hundredths of a percent, balance of a loan in yuan, contract terms in tenths of a month.
_RANGES = {
    "商业银行": ((425, 590), (280_000, 900_000), (110, 340)),
    "民营银行": ((760, 1290), (31_000, 118_000), (95, 175)),
    "互联网平台": ((980, 1720), (14_000, 88_000), (70, 145)),
    "融资担保公司": ((1190, 1640), (78_000, 196_000), (180, 345)),
    "小贷公司": ((1250, 1790), (24_000, 97_000), (90, 220)),
    "财产险公司": ((890, 1380), (60_000, 172_000), (160, 330)),
}
#: The lowest rate of the credit market in 2025, and how many other deals of that year print none.
_LOWEST = Decimal("4.11")
_WITHOUT_RATE = 5
#: Balances are multiples of this many yuan, so that they are exact in every printed unit.
_STEP = 10_000
#: The day of the month on which pools buy; it lies before the day of the month of every observed closing.
_PURCHASE_DAY = 5


def with_pools(deals: Sequence[Deal], classes: Mapping[str, str], random: Random) -> list[Deal]:
    """Give every deal its pool and the purchases that are known of it."""
    lowest = next(i for i, deal in enumerate(deals) if deal.market == "credit_abs" and deal.year == 2025)
    private = [i for i, deal in enumerate(deals) if deal.market != "credit_abs" and deal.year == 2025]
    silent = set(random.sample(private, _WITHOUT_RATE))
    found: list[Deal] = []
    for i, deal in enumerate(deals):
        pool = _pool(deal, classes[deal.provider], random)
        rate = _LOWEST if i == lowest else None if i in silent else pool.rate
        pool = replace(
            pool, rate=rate, least_rate=min(pool.least_rate, _LOWEST - 1) if i == lowest else pool.least_rate
        )
        found.append(replace(deal, pool=pool, purchases=tuple(_purchases(deal, pool, random))))
    return found


def _pool(deal: Deal, kind: str, random: Random) -> Pool:
    rates, loans, terms = _RANGES[kind]
    balance = int(deal.units * UNIT * random.uniform(1.0, 1.03)) // _STEP * _STEP + _STEP
    count = max(40, int(balance / random.uniform(*loans)))
    contract = Decimal(random.randint(*terms)) / 10
    rate = Decimal(random.randint(*rates)) / 100
    return Pool(
        balance=balance,
        contract_amount=int(balance * random.uniform(1.05, 1.5)) // _STEP * _STEP,
        loans=count,
        borrowers=int(count * random.uniform(0.72, 0.98)),
        contract_months=contract,
        remaining_months=_tenth(contract * Decimal(random.randint(52, 86)) / 100),
        rate=rate,
        least_rate=_tenth(rate * Decimal("0.7")),
        greatest_rate=_tenth(rate * Decimal("1.35")),
    )


def _tenth(value: Decimal) -> Decimal:
    return value.quantize(Decimal("0.1"), ROUND_HALF_UP)


def _purchases(deal: Deal, pool: Pool, random: Random) -> list[Purchase]:
    """Monthly purchases that add up to the known multiple of the initial balance, to the yuan."""
    known = deal.observed
    if known.multiple is None:
        return []
    total = int(known.multiple * pool.balance)
    weights = [random.uniform(0.8, 1.2) for _ in range(known.rounds)]
    bought, found = 0, []
    for n, weight in enumerate(weights, start=1):
        amount = total - bought if n == known.rounds else int(total * weight / sum(weights)) // _STEP * _STEP
        bought += amount
        found.append(Purchase(n, month_on(deal.closing, n, _PURCHASE_DAY), amount, bought))
    return found

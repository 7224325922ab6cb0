"""The deals whose default rates (累计违约率) and revolving purchases (循环购买) are known: the samples of the review.

Rates are those of the last report of a year. Age decides them: 0.055 to 0.06 points a month for banks, more for platforms.
A deal that revolves buys every month from the month after closing. The last rows print purchases but nobody tracks them,
so that they belong to no sample. All amounts of a deal follow from these rows.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from samples.market.model import Observation


@dataclass(frozen=True, slots=True)
class Observed:
    """A row of the table: which cell the deal comes from, when it closed, how long it revolves, what is known of it."""

    market: str
    provider: str
    closing: date
    revolving_months: int
    observation: Observation


#: key, market, provider, closing, months of the revolving period, rate 2024, rate 2025, rounds, multiple, years of tracking
_TABLE = """
c1 credit_abs   I004 2023-09-12  0 0.86 1.38  0 -    -
c2 credit_abs   I024 2023-11-08  0 0.76 1.30  0 -    -
c3 credit_abs   I024 2024-02-06 12 0.57 1.21 12 2.60 -
c4 credit_abs   I004 2024-03-07  0 0.52 1.17  0 -    -
c5 credit_abs   I017 2024-04-09 12 0.46 1.12 12 2.25 -
c6 credit_abs   I004 2024-05-10  0 0.40 1.08  0 -    -
c7 credit_abs   I004 2024-12-05  0 -    0.71  0 -    -
c8 credit_abs   I018 2025-03-11 12 -    0.52  9 1.35 -
c9 credit_abs   I004 2025-07-08  0 -    0.27  0 -    -
c10 credit_abs  I004 2025-10-14  0 -    0.00  0 -    -
r1 credit_abs   I019 2025-10-10 12 -    -     2 1.01 -
z1 credit_abs   I004 2023-01-11  0 1.23 -     0 -    -
z2 credit_abs   I024 2023-04-13  0 1.12 -     0 -    -
e1 exchange_abs I048 2024-02-21 12 0.57 1.19 12 3.12 2024,2025
e2 exchange_abs I048 2024-04-11 12 0.46 1.10 12 2.95 2024,2025
e3 exchange_abs I047 2024-05-16 12 0.40 1.06 12 2.74 2024,2025
e4 exchange_abs I048 2024-09-12 12 -    0.86 12 2.51 2025
e5 exchange_abs I049 2024-11-07 12 -    0.76 12 2.30 2025
e6 exchange_abs I048 2025-02-20 12 -    0.57 10 1.85 2025
e7 exchange_abs I047 2024-08-08 12 -    -    12 2.12 2025
e8 exchange_abs I048 2025-01-16 12 -    -    11 1.52 2025
e9 exchange_abs I050 2025-04-10 12 -    -     8 1.32 2025
p1 exchange_abs I066 2024-03-14 12 0.77 1.72 12 3.67 2024,2025
p2 exchange_abs I075 2024-05-22 12 0.48 1.57 12 2.60 2024,2025
p3 exchange_abs I066 2024-11-14 12 -    1.12 12 1.98 2025
p4 exchange_abs I075 2025-03-06 12 -    0.77  9 1.38 2025
a1 abn          I048 2025-01-09  0 -    0.64  0 -    2025
a2 abn          I075 2024-12-12  0 -    1.02  0 -    2025
a3 abn          I066 2025-05-15  0 -    0.48  0 -    2025
y1 abn          I075 2023-05-18  0 1.35 -     0 -    2024
y2 exchange_abs I048 2023-04-20  6 1.15 -     6 1.64 2024
u1 exchange_abs I066 2025-04-17 12 -    -     8 1.41 -
u2 exchange_abs I048 2025-06-12 12 -    -     6 1.18 -
u3 abn          I048 2025-02-13 12 -    -    10 1.73 -
u4 abn          I075 2025-03-20  6 -    -     6 0.94 -
u5 exchange_abs I089 2025-05-22  9 -    -     7 0.61 -
"""
#: Deals of this table that are paid back before the end of 2025.
REPAID = ("z1", "z2", "y1", "y2")


def observed() -> tuple[Observed, ...]:
    """The rows of the table."""
    return tuple(_rows())


def _rows() -> Iterator[Observed]:
    for line in _TABLE.strip().splitlines():
        key, market, provider, closing, months, rate_2024, rate_2025, rounds, multiple, tracked = line.split()
        rates = tuple((year, Decimal(text)) for year, text in ((2024, rate_2024), (2025, rate_2025)) if text != "-")
        years = () if tracked == "-" else tuple(int(year) for year in tracked.split(","))
        known = Observation(key, rates, int(rounds), None if multiple == "-" else Decimal(multiple), years)
        yield Observed(market, provider, date.fromisoformat(closing), int(months), known)

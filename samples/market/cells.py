"""Who issued how much where: the market cut into cells of year, market, kind of originator and asset provider.

The sums of these cells are the published figures (`published.csv`); how a cell is cut is invented. Amounts are in 亿元.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

#: One unit of all amounts of the plan is a million yuan: a hundredth of 亿元, so that nothing is ever rounded.
UNIT = 1_000_000
PER_YI = 100


@dataclass(frozen=True, slots=True)
class Cell:
    """`deals` deals of one provider with one kind of originator: `bank` and `self` (the provider), or `trust`."""

    year: int
    market: str
    origin: str
    provider: str
    deals: int
    units: int


#: provider: ABN self, exchange self, ABN trust, exchange trust; each `deals amount`.
_PRIVATE_MARKETS = (("abn", "self"), ("exchange_abs", "self"), ("abn", "trust"), ("exchange_abs", "trust"))
_PRIVATE_2025 = """
I048 - - 52/630.00 26/305.00
I047 - - 4/28.00 4/26.00
I049 - - 2/12.00 2/12.00
I050 - - 1/6.00 2/13.00
I051 - - 1/6.98 2/14.00
I052 - - 1/7.00 1/6.02
I055 - - 1/6.00 1/7.00
I062 - - 1/5.00 1/7.00
I057 - - 1/5.00 -
I054 - - - 1/6.00
I075 2/9.00 6/34.50 9/49.00 6/37.00
I066 2/21.00 8/98.46 10/72.12 6/58.42
I068 - 4/28.00 - -
I070 1/10.00 5/56.00 4/34.00 2/20.00
I078 - 5/40.00 4/20.00 1/6.00
I077 - - 5/30.00 3/22.00
I073 - - 5/39.00 1/9.00
I076 - - 3/14.00 2/10.00
I079 - - 2/10.00 1/5.00
I080 - 2/14.00 1/6.00 1/6.00
I083 - 2/16.00 3/16.00 -
I089 - - 6/34.00 22/124.54
I091 - - 1/3.20 2/6.44
I093 - - - 1/3.00
I094 - - 1/3.00 1/3.00
I084 2/6.00 6/18.00 - -
I086 - 3/9.00 - -
I088 - 2/6.00 - -
I087 - 1/3.00 - -
"""
_PRIVATE_2024 = """
I048 - - 28/340.00 12/200.00
I047 - - 6/32.00 5/34.00
I049 - - 3/14.00 2/12.00
I050 - - 2/9.00 2/13.02
I051 - - 3/13.00 2/13.00
I052 - - 1/4.00 1/6.00
I055 - - 1/4.00 1/6.00
I062 - - 1/4.00 -
I075 2/18.00 12/70.00 8/72.00 12/66.99
I066 2/26.00 12/84.00 5/53.00 9/47.00
I068 - 4/24.00 - -
I078 - 6/34.00 2/20.00 4/16.00
I079 - - 1/10.00 3/10.00
I080 - 2/12.00 1/11.00 3/10.99
I083 - 5/20.00 1/10.00 3/12.00
I022 - - - 1/3.96
I089 - - 8/110.00 38/200.32
I091 - - - 4/14.00
I094 - - 1/4.00 3/8.00
I084 2/14.68 8/18.16 - -
I086 - 4/9.00 - -
I088 - 2/5.00 - -
"""
#: Credit ABS, where the bank that gave the loans is the originator: provider, deals, amount.
_CREDIT = {
    2025: "I004 6/496.19 I018 1/28.00 I019 1/24.76 I039 1/17.50 I017 1/20.00",
    2024: "I004 8/540.00 I017 1/30.00 I022 1/32.72 I024 2/45.00",
    2023: "I004 2/120.00 I024 2/40.00",
}
#: A few deals of 2023, of which samples of default rates need the age.
_PRIVATE_2023 = """
I075 - - 1/12.00 -
I048 - - - 1/10.00
"""

PROVIDERS_ONLY_BEFORE = ("I054", "I057", "I093")
"""Providers of 2025 without a deal of 2024: the reference file counts deals of theirs in 2023."""

NEW_IN_2025 = ("I018", "I019", "I039", "I070", "I076", "I077", "I073", "I087")

TRUSTS = (
    "I111", "I112", "I113", "I116", "I125", "I126", "I128", "I131", "I139", "I143", "I145", "I160", "I163", "I166",
)  # fmt: skip
"""The trust companies (信托公司) that originate; the first three are the largest of 2025."""


def cells() -> tuple[Cell, ...]:
    """All cells, in a fixed order."""
    found: list[Cell] = []
    for year, text in _CREDIT.items():
        words = text.split()
        found += [_cell(year, "credit_abs", "bank", *pair) for pair in zip(words[::2], words[1::2], strict=True)]
    for year, table in ((2025, _PRIVATE_2025), (2024, _PRIVATE_2024), (2023, _PRIVATE_2023)):
        found += _private(year, table)
    return tuple(found)


def _private(year: int, table: str) -> Iterator[Cell]:
    for line in table.split("\n"):
        provider, *columns = line.split() or [""]
        for (market, origin), text in zip(_PRIVATE_MARKETS, columns, strict=False):
            if text != "-":
                yield _cell(year, market, origin, provider, text)


def _cell(year: int, market: str, origin: str, provider: str, text: str) -> Cell:
    deals, amount = text.split("/")
    return Cell(year, market, origin, provider, int(deals), int(Decimal(amount) * PER_YI))

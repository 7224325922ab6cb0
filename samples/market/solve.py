"""Deals from cells: amounts, originators, which are observed, which revolve, when they close and pay."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from random import Random

from samples.market.calendar import month_on, working_day
from samples.market.cells import TRUSTS, Cell, cells
from samples.market.model import Deal
from samples.market.observed import Observed, observed
from samples.market.split import round_parts, subset

#: Millions of yuan of the three largest trusts of 2025: 17.34, 13.45 and 12.15 percent of all.
_LARGEST = (46_786, 36_290, 32_782)
#: By how much these may be off without another hundredth of a percent being printed.
_SLACK = 10
#: How many deals of 2025 revolve, by group: those of trusts, and of platforms on their own but for factoring.
_REVOLVING_2025 = {"trust": 146, "platform": 30}
_MICROLOAN = ("I084", "I086", "I087", "I088")
_FACTORING = "I068"
#: How many deals of 2025 close by the end of June, by market.
_FIRST_HALF = {"abn": 62, "exchange_abs": 60, "credit_abs": 4}
_HALF = date(2025, 6, 30)


def drafts(random: Random) -> list[Deal]:
    """All deals without tranches and pools, in order of year, market, closing."""
    deals = [deal for cell in cells() for deal in _of_cell(cell, random)]
    deals = _observe(deals)
    deals = _with_originators(deals, random)
    deals = _with_revolving(deals, random)
    deals = _with_closings(deals, random)
    deals = [_with_days(deal, random) for deal in deals]
    return sorted(deals, key=lambda deal: (deal.year, deal.market, deal.closing, deal.provider, deal.units))


def _of_cell(cell: Cell, random: Random) -> Iterable[Deal]:
    average = cell.units // cell.deals
    step = 50 if average > 600 else 10
    for units in round_parts(cell.units, cell.deals, random, step):
        yield Deal(cell.year, cell.market, cell.origin, cell.provider, units)


def _observe(deals: Sequence[Deal]) -> list[Deal]:
    """Give each row of the table of observations a deal of its provider, market and year; pools of trusts only."""
    found = list(deals)
    for row in observed():
        place = next(i for i, deal in enumerate(found) if _suits(deal, row))
        found[place] = replace(
            found[place], observed=row.observation, closing=row.closing, revolving_months=row.revolving_months
        )
    return found


def _suits(deal: Deal, row: Observed) -> bool:
    own = (deal.market, deal.provider, deal.year) == (row.market, row.provider, row.closing.year)
    return own and not deal.observed.key and deal.origin != "self"


def _with_originators(deals: Sequence[Deal], random: Random) -> list[Deal]:
    """Banks and lenders originate their own; trusts share the rest, in 2025 the largest three with fixed amounts."""
    found = [deal if deal.origin == "trust" else replace(deal, originator=deal.provider) for deal in deals]
    open_2025 = [i for i, deal in enumerate(found) if deal.origin == "trust" and deal.year == 2025]
    for trust, target in zip(TRUSTS, _LARGEST, strict=False):
        chosen = subset([found[i].units for i in open_2025], target, _SLACK, random)
        for place in chosen:
            found[open_2025[place]] = replace(found[open_2025[place]], originator=trust)
        open_2025 = [i for n, i in enumerate(open_2025) if n not in chosen]
    for n, i in enumerate(open_2025):
        found[i] = replace(found[i], originator=TRUSTS[3 + n % (len(TRUSTS) - 3)])
    return [deal if deal.originator else replace(deal, originator=random.choice(TRUSTS)) for deal in found]


def _with_revolving(deals: Sequence[Deal], random: Random) -> list[Deal]:
    """Which deals revolve: in 2025 as many of each group as were counted, in other years two of three."""
    found = list(deals)
    groups: dict[str, list[int]] = defaultdict(list)
    for i, deal in enumerate(found):
        if not deal.observed.key:
            groups[_group(deal)].append(i)
    for name, places in groups.items():
        known = sum(1 for deal in found if deal.observed.key and _group(deal) == name and deal.revolving_months)
        count = _REVOLVING_2025[name] - known if name in _REVOLVING_2025 else _revolving_count(name, len(places))
        for i in random.sample(places, count):
            found[i] = replace(found[i], revolving_months=random.choice((3, 3, 6, 6, 9, 12)))
    return found


def _group(deal: Deal) -> str:
    if deal.year != 2025:
        return f"earlier {deal.origin}"
    if deal.origin == "bank":
        return "construction" if deal.provider == "I004" else "bank"
    if deal.origin == "trust":
        return "trust"
    return "microloan" if deal.provider in _MICROLOAN else "factoring" if deal.provider == _FACTORING else "platform"


def _revolving_count(name: str, deals: int) -> int:
    if name in ("bank", "microloan"):
        return deals
    return deals * 2 // 3 if name in ("earlier trust", "earlier self") else 0


def _with_closings(deals: Sequence[Deal], random: Random) -> list[Deal]:
    """Spread the closings over the year; in 2025 the halves of the year have as many deals of each market as they had."""
    found = list(deals)
    groups: dict[tuple[int, str], list[int]] = defaultdict(list)
    for i, deal in enumerate(found):
        groups[deal.year, deal.market].append(i)
    for (year, market), places in groups.items():
        free = [i for i in places if not found[i].observed.key]
        random.shuffle(free)
        if market == "credit_abs" and year == 2025:
            free.sort(key=lambda i: found[i].provider != "I004")
        done = sum(1 for i in places if found[i].observed.key and found[i].closing <= _HALF)
        early = max(0, _FIRST_HALF[market] - done) if year == 2025 else len(free) // 2
        for n, i in enumerate(free):
            half, of = (n, early) if n < early else (n - early, len(free) - early)
            start = date(year, 1, 4) if n < early else date(year, 7, 2)
            found[i] = replace(found[i], closing=_within(start, half, of, market, random))
    return found


def _within(start: date, n: int, of: int, market: str, random: Random) -> date:
    """The n-th of so many days spread over half a year. Banks' last deals of the year close late in it."""
    day = start + timedelta(days=int((n + random.random()) * 174 / of))
    return working_day(max(day, date(day.year, 11, 18)) if market == "credit_abs" and n >= 1 and day.month > 8 else day)


def _with_days(deal: Deal, random: Random) -> Deal:
    """The days around the closing. What is observed, and most else, pays every month."""
    late_bank = (
        deal.market == "credit_abs" and deal.revolving_months > 0 and not deal.observed.key and deal.year == 2025
    )
    every = 1 if deal.observed.key else 3 if late_bank else random.choice((1, 1, 1, 3))
    at = random.choice((20, 22, 26, 28))
    wait = 3 if every == 3 else 1 if deal.closing.day < 18 or deal.observed.key else 2
    cutoff = month_on(deal.closing, -random.choice((1, 1, 2)), 1) - timedelta(days=1)
    return replace(
        deal, every=every, cutoff=cutoff, announced=deal.closing - timedelta(days=random.randint(4, 9)),
        first_payment=month_on(deal.closing, wait, at),
    )  # fmt: skip

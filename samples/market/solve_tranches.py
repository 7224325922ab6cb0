"""How deals are cut into securities (分层): numbers and amounts by grade, names, terms.

In 2025 the numbers of securities and the amounts of each grade are those that were counted; in other years they are
invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from random import Random

from samples.market.calendar import month_on, months_between
from samples.market.model import Deal, Tranche
from samples.market.observed import REPAID
from samples.market.split import apportion

TOP, SECOND = "AAAsf", "AA+sf"
#: Securities of 2025 with a grade below AA+, by grade: none is rated AA.
_LOW_2025 = {"AA-sf": 8, "A+sf": 8, "Asf": 36, "A-sf": 5, "BBB+sf": 14, "BBBsf": 23}
#: Millions of yuan of 2025 by layer; the top grade takes the rest of each deal, which is 2317.90 亿元.
_UNITS_2025 = {"second": 7_532, "low": 4_091, "unrated": 26_400}
_TOP_2025, _SECOND_2025, _UNRATED_2025 = 354, 213, 282
#: Deals with two securities of the second grade, two of lower grades, three of the top grade.
_TWO_SECOND, _TWO_LOW, _THREE_TOP = 4, 4, 6
#: Deals whose only middle layer has a low grade.
_LOW_ONLY = 20
#: Deals of 2024 that are still outstanding at the end of 2025 beside those observed.
_LONG_2024 = 36
#: Deals of the first third of 2025 that are paid back within the year.
_SHORT_2025 = 26
_YEAR_END = date(2025, 12, 31)
#: Months from closing to the last senior maturity; none is near a year and a half, where term bands part.
_TERMS = (9, 10, 11, 12, 12, 13, 14, 15, 16, 20, 21, 22, 24, 26)
_FORBIDDEN = (17, 18, 19)


@dataclass(frozen=True, slots=True)
class Shape:
    """How many securities of each layer a deal has; `low` holds the grades below AA+."""

    top: int = 1
    second: int = 1
    low: tuple[str, ...] = ()
    unrated: int = 1


def with_tranches(deals: Sequence[Deal], random: Random) -> list[Deal]:
    """Give every deal its securities, maturities and legal maturity."""
    year = [i for i, deal in enumerate(deals) if deal.year == 2025]
    shapes = dict(zip(year, _shapes([deals[i] for i in year], random), strict=True))
    shapes |= {i: _earlier_shape(deal, random) for i, deal in enumerate(deals) if i not in shapes}
    amounts = dict(zip(year, _amounts([deals[i] for i in year], [shapes[i] for i in year], random), strict=True))
    amounts |= {i: _earlier_amounts(deal, shapes[i], random) for i, deal in enumerate(deals) if i not in amounts}
    long = _long(deals, random)
    return [
        _dated(replace(deal, tranches=tuple(_named(shapes[i], amounts[i]))), i in long, random)
        for i, deal in enumerate(deals)
    ]


def _shapes(deals: Sequence[Deal], random: Random) -> list[Shape]:
    """Deal out the securities of 2025: large deals are cut more finely at the top, any deal may have lower layers."""
    places = list(range(len(deals)))
    random.shuffle(places)
    finely = sorted(places, key=lambda i: -deals[i].units)[: _TOP_2025 - len(deals) - _THREE_TOP]
    top = dict.fromkeys(finely, 2) | dict.fromkeys(finely[10 : 10 + _THREE_TOP], 3)
    plain = [i for i in places if deals[i].market != "credit_abs" and not deals[i].observed.key]
    without = set(plain[: len(deals) - (_SECOND_2025 - _TWO_SECOND)])
    with_second = [i for i in places if i not in without]
    second = dict.fromkeys(with_second, 1) | dict.fromkeys(with_second[:_TWO_SECOND], 2)
    grades = [grade for grade, count in _LOW_2025.items() for _ in range(count)]
    random.shuffle(grades)
    lower = [*sorted(without)[:_LOW_ONLY], *with_second[_TWO_SECOND:]]
    holders = [*lower[: len(grades) - _TWO_LOW], *lower[:_TWO_LOW]]
    low: dict[int, list[str]] = {}
    for i, grade in zip(holders, grades, strict=True):
        low.setdefault(i, []).append(grade)
    double = set(places[: _UNRATED_2025 - len(deals)])
    return [
        Shape(top.get(i, 1), second.get(i, 0), tuple(sorted(low.get(i, ()), key=_rank)), 2 if i in double else 1)
        for i in range(len(deals))
    ]


def _rank(grade: str) -> int:
    return list(_LOW_2025).index(grade)


def _earlier_shape(deal: Deal, random: Random) -> Shape:
    low = (random.choice(("Asf", "A+sf", "BBB+sf")),) if random.random() < 0.2 or 2025 in deal.observed.tracked else ()
    second = 1 if deal.observed.key or random.random() < 0.8 else 0
    return Shape(2 if deal.units > 2000 else 1, second, low, 1)


def _amounts(deals: Sequence[Deal], shapes: Sequence[Shape], random: Random) -> list[list[int]]:
    """Amounts of each deal's securities in the order of its shape; every layer of the market has its own total."""
    parts: dict[str, list[tuple[int, float]]] = {"second": [], "low": [], "unrated": []}
    for i, (deal, shape) in enumerate(zip(deals, shapes, strict=True)):
        for layer, count in (("second", shape.second), ("low", len(shape.low)), ("unrated", shape.unrated)):
            parts[layer] += [(i, deal.units * random.uniform(0.6, 1.4) / count) for _ in range(count)]
    found: list[list[int]] = [[] for _ in deals]
    for layer, items in parts.items():
        cut = apportion(_UNITS_2025[layer], [weight for _, weight in items], 2)
        for (i, _), units in zip(items, cut, strict=True):
            found[i].append(units)
    return [
        [*_top(deal.units - sum(lower), shape.top, random), *lower]
        for deal, shape, lower in zip(deals, shapes, found, strict=True)
    ]


def _top(units: int, count: int, random: Random) -> list[int]:
    """The top grade in one, two or three securities, all but the last in tens of millions."""
    firsts = [int(units * random.uniform(0.3, 0.42)) // 10 * 10 for _ in range(count - 1)]
    return [*firsts, units - sum(firsts)]


def _earlier_amounts(deal: Deal, shape: Shape, random: Random) -> list[int]:
    lower = [
        max(2, int(deal.units * share * random.uniform(0.8, 1.2)))
        for share, count in ((0.035, shape.second), (0.02, len(shape.low)), (0.1, shape.unrated))
        for _ in range(count)
    ]
    return [*_top(deal.units - sum(lower), shape.top, random), *lower]


def _named(shape: Shape, amounts: Sequence[int]) -> Iterator[Tranche]:
    """Names as deals give them: 优先 alone, 优先A and 优先B, 优先A1 and 优先A2, 中间 for low grades, 次级A and 次级B."""
    letter = "A" if shape.second or shape.top > 1 else ""
    names = [("优先" + letter, "senior", TOP, shape.top), ("优先B", "mezzanine", SECOND, shape.second)]
    rest = iter(amounts)
    for name, seniority, rating, count in names:
        for n in range(count):
            yield Tranche(name + (str(n + 1) if count > 1 else ""), seniority, next(rest), rating)
    for n, grade in enumerate(shape.low):
        middle = "优先C" if shape.second == 2 else "中间"
        yield Tranche(middle + ("AB"[n] if len(shape.low) > 1 else ""), "mezzanine", next(rest), grade)
    for n in range(shape.unrated):
        yield Tranche("次级" + ("AB"[n] if shape.unrated > 1 else ""), "subordinated", next(rest), "")


def _long(deals: Sequence[Deal], random: Random) -> set[int]:
    """The deals that are outstanding at the end of 2025."""
    earlier = [i for i, deal in enumerate(deals) if deal.year == 2024 and not deal.observed.key]
    observed = {i for i, deal in enumerate(deals) if deal.observed.key and deal.observed.key not in REPAID}
    late = [i for i in earlier if deals[i].closing.month > 3]
    early = [i for i, deal in enumerate(deals) if _may_be_short(deal)]
    this_year = {i for i, deal in enumerate(deals) if deal.year == 2025} - set(random.sample(early, _SHORT_2025))
    return this_year | observed | set(random.sample(late, _LONG_2024))


def _may_be_short(deal: Deal) -> bool:
    private = deal.year == 2025 and deal.market != "credit_abs" and not deal.observed.key
    return private and deal.closing.month < 5 and deal.revolving_months <= 3


def _dated(deal: Deal, long: bool, random: Random) -> Deal:
    """Give the securities their expected maturities: seniors one after the other, then the layers below.

    A revolving period that a short deal has no room for ends a month before the first security matures.
    """
    to_end = months_between(deal.closing, _YEAR_END)
    below = len(deal.tranches) - sum(1 for tranche in deal.tranches if tranche.seniority == "senior")
    least = deal.revolving_months + 3
    if long:
        least = max(least, to_end + 1 - below if deal.year < 2025 or not deal.observed.key else to_end + 2)
        terms = [term for term in _TERMS if term >= least] or [max(least, 20)]
        last = min(random.choice(terms), random.choice(terms))
    else:
        latest = to_end - below - deal.every
        last = latest if deal.observed.key else max(3, min(latest, least + random.randint(0, 4)))
    last = 20 if last in _FORBIDDEN else last
    seniors = [tranche for tranche in deal.tranches if tranche.seniority == "senior"]
    months = [_earlier_term(last, len(seniors) - 1 - n, deal.revolving_months) for n in range(len(seniors))]
    while len(months) < len(deal.tranches):
        months.append(months[-1] + 1)
    if long:
        months[-1] = max(months[-1], to_end + 1)
    months = [_on_payment(term, deal.every) for term in months]
    at = deal.first_payment.day
    dated = tuple(
        replace(tranche, months=term, expected=month_on(deal.closing, term, at))
        for tranche, term in zip(deal.tranches, months, strict=True)
    )
    revolving = min(deal.revolving_months, months[0] - 1)
    return replace(
        deal, tranches=dated, revolving_months=revolving, legal=month_on(dated[-1].expected, random.choice((24, 36)))
    )


def _on_payment(term: int, every: int) -> int:
    """The term that ends on a payment date: securities of deals that pay each quarter mature in quarters."""
    if every == 1:
        return term
    term = -(-term // every) * every
    return term + every if term in _FORBIDDEN else term


def _earlier_term(last: int, steps: int, revolving: int) -> int:
    """The term of a senior security that matures before the last one: after the revolving period, off the forbidden terms."""
    term = max(last - 4 * steps, revolving + 2 if revolving else 4, 3)
    return min(last, 16 if term in _FORBIDDEN else term)

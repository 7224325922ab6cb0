"""How often a deal pays: worked out from the payments at hand, never taken for granted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from dealproof.export.absbox.exact_json import Json

#: Payments move behind holidays; the longest (国庆 beside 中秋, 春节 with a weekend) take so many days.
_LONGEST_HOLIDAY = 10
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Payment dates as a pattern of AbsBox; without `pattern`, `why` says what stands in the way."""

    pattern: Json = None
    months: int = 0
    day: int = 0
    why: str = ""


def rhythm(first: date, paid: Mapping[int, date]) -> Rhythm:
    """The pattern of payment dates from the first payment date and the payments of periods known by number.

    Two payments of consecutive periods give the interval, and every date must fit it. The day is the earliest day of a
    month on which a payment fell: later ones are taken for payments moved behind a holiday.
    """
    dates = sorted({first, *paid.values()})
    if dates[0] < first:
        return Rhythm(why=f"a payment of {dates[0]} comes before the first payment date {first}")
    steps = {
        _month(paid[later]) - _month(paid[sooner]) for sooner, later in pairwise(sorted(paid)) if later == sooner + 1
    }
    if not steps:
        return Rhythm(why="the payment dates of two consecutive periods are not known")
    if len(steps) > 1:
        return Rhythm(why=f"payments come {' and '.join(map(str, sorted(steps)))} months apart")
    months, day = steps.pop(), min(found.day for found in dates)
    if months < 1 or _MONTHS % months:
        return Rhythm(why=f"payments come {months} months apart, which makes no yearly pattern")
    stray = [found for found in dates if found.day - day > _LONGEST_HOLIDAY or (_month(found) - _month(first)) % months]
    if stray:
        return Rhythm(why=f"a payment of {stray[0]} does not fit payments every {months} months on day {day}")
    return Rhythm(_pattern(first, months, day), months, day)


def _month(day: date) -> int:
    return day.year * _MONTHS + day.month - 1


def _pattern(first: date, months: int, day: int) -> Json:
    if months == 1:
        return ["DayOfMonth", day]
    in_year = sorted((first.month - 1 + step) % _MONTHS + 1 for step in range(0, _MONTHS, months))
    yearly: list[Json] = [["MonthDayOfYear", month, day] for month in in_year]
    return yearly[0] if len(yearly) == 1 else ["+", *yearly]

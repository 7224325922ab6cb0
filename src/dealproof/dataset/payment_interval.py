"""How often a deal pays: worked out from the payments at hand, never taken for granted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations

MONTHS_OF_A_YEAR = 12


@dataclass(frozen=True, slots=True)
class PaymentInterval:
    """The time between two payments (兑付) of a deal, as far as its payments tell.

    `shortest` follows from the closest pair of payments, None where no two are known or none comes after the other.
    `months` are the calendar months between payments of consecutive periods: one number where the deal pays regularly,
    several where it does not, none where no two consecutive payments are known.
    """

    shortest: timedelta | None
    months: frozenset[int]


def payment_interval(paid: Mapping[int, date]) -> PaymentInterval:
    """How often a deal pays, from the payment days of the periods that are known, by their numbers."""
    pairs = [(later - sooner, paid[sooner], paid[later]) for sooner, later in combinations(sorted(paid), 2)]
    return PaymentInterval(
        min(((later - sooner) / periods for periods, sooner, later in pairs if later > sooner), default=None),
        frozenset(month(later) - month(sooner) for periods, sooner, later in pairs if periods == 1),
    )


def month(day: date) -> int:
    """The month of a day, counted through the years."""
    return day.year * MONTHS_OF_A_YEAR + day.month - 1

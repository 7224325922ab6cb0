"""Arithmetic of the ledger: amounts in 亿元, shares and changes in percent, means."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from samples.market.model import Deal, Tranche

Figures = dict[str, Decimal]
_MILLIONS_PER_YI = Decimal(100)


def amount(items: Iterable[Deal | Tranche]) -> Decimal:
    """What deals or securities amount to, in 亿元."""
    return sum((Decimal(item.units) for item in items), Decimal(0)) / _MILLIONS_PER_YI


def share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """A part of the whole in percent."""
    return Decimal(part) / Decimal(whole) * 100


def change(now: Decimal | int, before: Decimal | int) -> Decimal:
    """The change on a year before in percent."""
    return (Decimal(now) / Decimal(before) - 1) * 100


def mean(values: Sequence[Decimal]) -> Decimal:
    """The simple mean."""
    return sum(values, Decimal(0)) / len(values)

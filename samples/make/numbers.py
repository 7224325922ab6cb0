"""Figures that tie: amounts in yuan as Decimals, shares rounded half up, parts that add up to their whole."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from random import Random

CENT = Decimal("0.01")


def rounded(value: Decimal, step: str = "0.01") -> Decimal:
    """Round half up to a printed unit."""
    return value.quantize(Decimal(step), ROUND_HALF_UP)


def share(part: Decimal | int, whole: Decimal | int) -> Decimal:
    """A share in percent with two places."""
    return rounded(Decimal(part) / Decimal(whole) * 100)


def split(whole: Decimal, parts: int, random: Random, step: str = "0.01") -> list[Decimal]:
    """Cut a whole into parts that add up to it exactly."""
    weights = [Decimal(random.randint(20, 100)) for _ in range(parts)]
    found = [rounded(whole * w / sum(weights), step) for w in weights[:-1]]
    return [*found, whole - sum(found, Decimal(0))]


def split_count(whole: int, parts: int, random: Random) -> list[int]:
    """Cut a count into parts that add up to it."""
    return [int(part) for part in split(Decimal(whole), parts, random, "1")]


def money(value: Decimal, unit: int = 1, places: int = 2) -> str:
    """Print an amount in a unit (1, 10_000, 100_000_000) with thousands commas."""
    return f"{rounded(value / unit, '1' if places == 0 else '0.' + '0' * (places - 1) + '1'):,}"


def printed(value: Decimal, unit: int = 1, places: int = 2) -> Decimal:
    """The amount in yuan that the printed form stands for."""
    return Decimal(money(value, unit, places).replace(",", "")) * unit


def percent(value: Decimal, sign: bool = False) -> str:
    """Print a share with two places, with or without its sign."""
    return f"{rounded(value)}" + ("%" if sign else "")


def full_width(text: str) -> str:
    """Print ASCII as full-width characters."""
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def total(parts: Sequence[Decimal]) -> Decimal:
    """Add up."""
    return sum(parts, Decimal(0))

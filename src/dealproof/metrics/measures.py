"""Measures over lines, and numbers as printed. Half is rounded up, away from zero, as market reviews do (0.125 is 0.13)."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, localcontext

from dealproof.metrics.model import Line, Metric, Number, Unit, Value, Words

#: What one of a unit is in the unit of the view's column.
SCALES: dict[Unit, Decimal] = {"yi_yuan": Decimal(100_000_000)}
_HUNDRED = Decimal(100)
_PRECISION = 60


def rounded(value: Decimal, decimals: int) -> Decimal:
    """Round half up (half away from zero) to a number of decimals; never gives a negative zero."""
    found = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return found if found else abs(found)


def number(value: Decimal, decimals: int, *, signed: bool = False) -> Number:
    """A figure with its printed form; `signed` prints the plus of a change."""
    printed = rounded(value, decimals)
    return Number(value, f"{printed:+f}" if signed and printed else f"{printed:f}")


def nothing(zh: str, en: str) -> Number:
    """A figure that cannot be given, and why."""
    return Number(None, "", Words(zh, en))


def measured(metric: Metric, lines: Sequence[Line]) -> Decimal | None:
    """The measure of a metric over lines, in the metric's unit; None where no line holds what is measured."""
    if metric.measure == "count":
        return Decimal(len(lines))
    values = [line.values.get(metric.of) for line in lines]
    if metric.measure == "distinct":
        return Decimal(len({value for value in values if value is not None}))
    figures = [value for value in map(decimal, values) if value is not None]
    if not figures:
        return Decimal(0) if metric.measure == "sum" else None
    with localcontext(prec=_PRECISION):
        return _of(metric, figures, lines) / SCALES.get(metric.unit, Decimal(1))


def _of(metric: Metric, figures: list[Decimal], lines: Sequence[Line]) -> Decimal:
    if metric.measure == "sum":
        return sum(figures, Decimal(0))
    if metric.measure == "minimum":
        return min(figures)
    if metric.measure == "maximum":
        return max(figures)
    if not metric.weight:
        return sum(figures, Decimal(0)) / len(figures)
    weights = [decimal(line.values.get(metric.weight)) or Decimal(0) for line in lines]
    return sum((figure * weight for figure, weight in zip(figures, weights, strict=True)), Decimal(0)) / sum(weights)


def percent_of(part: Decimal, whole: Decimal) -> Decimal:
    """A part in percent of a whole that is not zero."""
    with localcontext(prec=_PRECISION):
        return part / whole * _HUNDRED


def change_of(value: Decimal, base: Decimal, kind: str) -> Decimal:
    """A change in percent of the base, or in percentage points."""
    with localcontext(prec=_PRECISION):
        return value - base if kind == "points" else (value / base - 1) * _HUNDRED


def decimal(value: Value) -> Decimal | None:
    """A column's value as a figure, or None where it holds none."""
    if isinstance(value, bool) or value is None:
        return None
    return value if isinstance(value, Decimal) else Decimal(value) if isinstance(value, int) else None

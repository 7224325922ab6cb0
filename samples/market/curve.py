"""The yield that coupons follow: one-year commercial paper of the top grade (中债中短期票据 AAA 1Y), invented."""

from __future__ import annotations

from bisect import bisect_right
from datetime import date

#: Slightly up in the first quarter, down until the middle of the year, calm after. Percent.
POINTS = (
    ("2025-01-02", "1.69"), ("2025-01-17", "1.74"), ("2025-02-07", "1.80"), ("2025-02-21", "1.89"),
    ("2025-03-07", "1.96"), ("2025-03-21", "1.97"), ("2025-04-04", "1.91"), ("2025-04-18", "1.83"),
    ("2025-05-09", "1.76"), ("2025-05-23", "1.73"), ("2025-06-06", "1.71"), ("2025-06-20", "1.68"),
    ("2025-07-04", "1.65"), ("2025-07-18", "1.66"), ("2025-08-01", "1.67"), ("2025-08-15", "1.69"),
    ("2025-09-05", "1.70"), ("2025-09-19", "1.71"), ("2025-10-10", "1.70"), ("2025-10-24", "1.69"),
    ("2025-11-07", "1.68"), ("2025-11-21", "1.69"), ("2025-12-05", "1.70"), ("2025-12-19", "1.69"),
)  # fmt: skip
_DAYS = [date.fromisoformat(day).toordinal() for day, _ in POINTS]
_YIELDS = [float(value) for _, value in POINTS]


def yield_on(day: date) -> float:
    """The yield of a day in percent: between points in a straight line; before 2025 it falls from 2.60 by a point in two years."""
    at = day.toordinal()
    if at < _DAYS[0]:
        return _YIELDS[0] + (_DAYS[0] - at) / 730
    right = min(bisect_right(_DAYS, at), len(_DAYS) - 1)
    left = right - 1
    share = min(1.0, (at - _DAYS[left]) / (_DAYS[right] - _DAYS[left]))
    return _YIELDS[left] + share * (_YIELDS[right] - _YIELDS[left])

"""Days of the market: months on, payment dates, working days."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def month_on(day: date, months: int, at: int = 0) -> date:
    """The day `months` later, on day `at` of that month (on the same day, or its last one, without it)."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    return date(year, month + 1, min(at or day.day, monthrange(year, month + 1)[1]))


def months_between(first: date, last: date) -> int:
    """Calendar months from one day's month to another's."""
    return (last.year - first.year) * 12 + last.month - first.month


def working_day(day: date) -> date:
    """The day itself, or the Monday after a weekend."""
    return day + timedelta(days=(7 - day.weekday()) if day.weekday() > 4 else 0)


def payment_dates(first: date, every: int, until: date) -> list[date]:
    """Payment dates from the first up to and including `until`."""
    found: list[date] = []
    while (day := month_on(first, every * len(found))) <= until:
        found.append(day)
    return found

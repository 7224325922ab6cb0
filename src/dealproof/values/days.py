"""A day as people and spreadsheets write it: `2025-03-01`, `2025/3/1`, `2025年3月1日`, `45717` (days since 1899-12-30).

Stricter than `values/dates`: there a document is read, which may say more than a day; here somebody fills in one cell.
"""

from __future__ import annotations

import re
from datetime import date, timedelta

from dealproof.values.dates import parse_date
from dealproof.values.parsed import Parsed, Refused

#: Day 0 of a spreadsheet, and the days that a number may mean: those from 1990 to 2099.
_DAY_ZERO = date(1899, 12, 30)
_SERIALS = range((date(1990, 1, 1) - _DAY_ZERO).days, (date(2100, 1, 1) - _DAY_ZERO).days)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_TIME = re.compile(r"[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_YEAR_LAST = re.compile(r"\d{1,2}[-/.]\d{1,2}[-/.]\d{2,4}")
HOW = "Write it as 2025-05-26."


def read_day(text: str) -> Parsed[date] | Refused:
    """Read the day in a cell or an option; a time of the day is left out.

    What could be two days (`03/01/2025`), or is in no calendar (`2025-02-30`), is refused.
    """
    body = _TIME.sub("", text.strip())
    if serial := _SERIAL.fullmatch(body):
        days = int(serial[1])
        if days in _SERIALS:
            return Parsed(_DAY_ZERO + timedelta(days=days), text)
        return Refused(text, f"{text!r} is no date from 1990 to 2099")
    if _YEAR_LAST.fullmatch(body):
        return Refused(text, f"{text!r} may be two dates: it does not begin with the year")
    read = parse_date(body)
    if isinstance(read, Parsed) and not read.flags:
        return Parsed(read.value, text)
    reason = read.reason if isinstance(read, Refused) and "calendar" in read.reason else ""
    return Refused(text, f"{text!r} is no date" + (f": {reason}" if reason else ""))

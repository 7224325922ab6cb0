"""Printed dates and periods: `2019/10/26`, `2026 年 8 月 17 日`, `二〇二五年二月二十日`, `August 20, 2027`."""

from __future__ import annotations

import calendar
import re
from datetime import date
from functools import lru_cache

from dealproof.text import LOWERED, MARKS, fold, squeeze
from dealproof.values.nothing import parse_nothing
from dealproof.values.numbers import chinese_int
from dealproof.values.parsed import Nothing, Parsed, Refused

_CN = "[零〇○一二三四五六七八九十]"
_MONTHS = {name.lower(): i for i, name in enumerate(calendar.month_name) if name}
_DIGIT_DATE = r"(?P<y>(?:19|20)\d{2})\s*(?:年|[-/.])\s*(?P<m>\d{1,2})\s*(?:月|[-/.])\s*(?P<d>\d{1,2})\s*日?"
_COMPACT = r"(?P<cy>20\d{2})(?P<cm>0[1-9]|1[0-2])(?P<cd>0[1-9]|[12]\d|3[01])"
_CHINESE = rf"(?P<ny>[二一]\s*[零〇○九](?:\s*{_CN}){{2}})\s*年\s*(?P<nm>{_CN}{{1,3}})\s*月\s*(?P<nd>{_CN}{{1,3}})\s*日"
_ENGLISH = rf"(?P<em>{'|'.join(_MONTHS)})\s+(?P<ed>\d{{1,2}}),?\s+(?P<ey>(?:19|20)\d{{2}})"
#: `24年8月20日`: between 年, 月 and 日 two digits can only be the year of this century.
_SHORT = r"(?<![\d.,第])(?P<sy>[12]\d|3\d)\s*年\s*(?P<sm>\d{1,2})\s*月\s*(?P<sd>\d{1,2})\s*日"
#: The last day of a year or month: 2024年末, 2024年6月末.
_LAST = r"(?<!\d)(?P<ly>(?:19|20)\d{2})\s*年\s*(?:(?P<lm>\d{1,2})\s*月\s*|度)?[末底](?![一二三四五六七八九十\d])"
_DATE = re.compile(rf"(?:{_CHINESE}|{_DIGIT_DATE}|(?<!\d){_COMPACT}(?!\d)|{_SHORT}|{_ENGLISH}|{_LAST})", re.IGNORECASE)
_FLAGS = {
    "含该日": "inclusive", "含当日": "inclusive", "含": "inclusive", "不含该日": "exclusive", "不含": "exclusive",
    "不含当日": "exclusive", "预计": "expected", "预期": "expected", "24:00": "end_of_day", "0:00": "start_of_day",
    "00:00": "start_of_day", "遇节假日顺延": "adjusted", "如遇非工作日顺延": "adjusted", "顺延": "adjusted", "24时": "end_of_day",
}  # fmt: skip
_TAIL = re.compile(
    r"^(?:\((?P<b>[^()]*)\)|(?P<t>24:00|0:00|00:00|24时|\d{1,2}:\d{2}(?::\d{2})?)"
    rf"|(?P<n>\d|[{MARKS}{LOWERED}]+)$|(?P<w>[,，。;；]|止|起))"
)
_MONTH = re.compile(r"((?:19|20)\d{2})\s*(?:年|[-/.])\s*(\d{1,2})\s*月?份?")
_QUARTER = re.compile(r"(?P<y>20\d\d)年?度?(?:第?(?P<q>[一二三四1-4])季度?|[Qq](?P<p>[1-4])|(?P<h>[上下])半年度?)")
_BETWEEN = re.compile(
    r"^\s*(?:\([^()]*\)|24:00|0:00|00:00|24时)?\s*(?:起|开始)?\s*(?:\([^()]*\))?\s*(?:至|到|[-~—–－～至])\s*"
)


@lru_cache(maxsize=16_384)
def parse_date(text: str) -> Parsed[date] | Nothing | Refused:
    """Read one date with its flags; a glued footnote digit (`2024年4月10日1`) is set aside and flagged."""
    nothing = parse_nothing(text)
    if nothing is not None:
        return nothing
    folded = fold(text).strip()
    start = re.match(r"^(?:预计|预期|自|于|截至|为)?\s*", folded)
    offset = start.end() if start else 0
    match = _DATE.match(folded, offset)
    if match is None:
        return Refused(text, "not a date")
    found = _build(match)
    if found is None:
        return Refused(text, "no such day in the calendar")
    rest = squeeze(folded[match.end() :])
    flags = ["expected"] if folded[:offset].strip() in ("预计", "预期") else []
    while rest:
        tail = _TAIL.match(rest)
        if tail is None:
            return Refused(text, "text behind the date")
        if tail.group("b") is not None:
            flags.append(next((flag for word, flag in _FLAGS.items() if word in tail.group("b")), "remark"))
        elif tail.group("t"):
            flags.append("end_of_day" if tail.group("t").startswith("24") else "start_of_day")
        elif tail.group("n"):
            flags.append("footnote")
        rest = rest[tail.end() :]
    return Parsed(found, text, tuple(flags))


def find_dates(text: str) -> list[tuple[date, int, int]]:
    """Return every date in a text with its start and end position in `text.fold(text)`."""
    folded = fold(text)
    found: list[tuple[date, int, int]] = []
    for match in _DATE.finditer(folded):
        day = _build(match)
        if day is not None:
            found.append((day, match.start(), match.end()))
    return found


def parse_month(text: str) -> Parsed[tuple[int, int]] | Refused:
    """Read `2025年5月` as (2025, 5)."""
    match = _MONTH.fullmatch(fold(text).strip())
    if match is None or not 1 <= int(match.group(2)) <= 12:
        return Refused(text, "not a month")
    return Parsed((int(match.group(1)), int(match.group(2))), text)


def parse_quarter(text: str) -> Parsed[tuple[date, date]] | Refused:
    """Read a quarter or half of a year (`2024年第三季度`, `2025Q1`, `2024年下半年`) as its first and last day."""
    match = _QUARTER.fullmatch(squeeze(text))
    if match is None:
        return Refused(text, "not a quarter")
    year, number = int(match["y"]), chinese_int(match["q"] or match["p"] or "")
    last = 3 * number if number else 6 if match["h"] == "上" else 12
    first = last - (2 if number else 5)
    return Parsed((date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])), text)


@lru_cache(maxsize=16_384)
def parse_period(text: str) -> Parsed[tuple[date, date]] | Nothing | Refused:
    """Read a span of days: `2024/5/1-2024/5/31`, `2025-06-01至2025-06-30`, `自…起（含该日）至…止`."""
    nothing = parse_nothing(text)
    if nothing is not None:
        return nothing
    folded = squeeze(text)
    dates = find_dates(folded)
    if len(dates) == 1 and (short := re.search(r"(?:至|到|-|~)(\d{1,2})月(\d{1,2})日", folded[dates[0][2] :])):
        first, month, day = dates[0][0], int(short.group(1)), int(short.group(2))
        second = _day(first.year + ((month, day) < (first.month, first.day)), month, day)
        if second:
            return Parsed((first, second), text)
    if len(dates) != 2:
        return Refused(text, "not a period of two dates")
    between = folded[dates[0][2] : dates[1][1]]
    if not re.fullmatch(r"(?:\([^()]*\)|24:00|0?0:00|(?:24|二十四|0|零|〇)[时点]整?)*起?(?:\([^()]*\))?(?:开始)?,?(?:至|到|-|~|--)", between):
        return Refused(text, "two dates without a span between them")
    if dates[0][0] > dates[1][0]:
        return Refused(text, "a period that ends before it starts")
    return Parsed((dates[0][0], dates[1][0]), text)


def _build(match: re.Match[str]) -> date | None:
    g = match.groupdict()
    if g.get("ny"):
        year = chinese_int(squeeze(g["ny"]))
        month, day = chinese_int(g["nm"]), chinese_int(g["nd"])
        return _day(year, month, day) if year and month and day else None
    if g.get("y"):
        return _day(int(g["y"]), int(g["m"]), int(g["d"]))
    if g.get("cy"):
        return _day(int(g["cy"]), int(g["cm"]), int(g["cd"]))
    if g.get("ly"):
        year, month = int(g["ly"]), int(g["lm"] or 12)
        return _day(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None
    if g.get("sy"):
        return _day(2000 + int(g["sy"]), int(g["sm"]), int(g["sd"]))
    return _day(int(g["ey"]), _MONTHS[g["em"].lower()], int(g["ed"]))


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None

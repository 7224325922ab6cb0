"""Dates with a label, wherever they are printed: cover, prose, key-value tables.

A label of `mappings/labels/dates.csv` directly before a date says what the date is. Labels and dates may be broken
over two lines. Rows with field `-` are labels that must not be taken (上一支付日).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Box
from dealproof.model.page import PageText
from dealproof.text import as_printed, label_key, squeeze
from dealproof.values.dates import find_dates, parse_period
from dealproof.values.parsed import Parsed

_HAS_DATE = re.compile(r"(?:19|20)\d{2}[年\-/.]|二[零〇○]|20\d{6}(?!\d)|[1-3]\d年\d{1,2}月")
_LINK = r"(?:\((?!19|20)[^()]{0,20}\)|“[^”]{0,10}”)*(?:预计)?(?:为|是|系|即|指|:|：|\||,)*(?:预计)?(?:为|自|从)?(?:人民币)?$"
_LINK_PATTERN = re.compile("^" + _LINK)
#: Words before a label that make it another date: of another period, or of another matter.
_ANOTHER = re.compile(
    r"(?:(?:上|前|下|后|每|最后)(?:一|1)?(?:个|次|期)?|各个?|预期|估值|评估|定价|审计|跟踪|利率|统计|调整|静态池|财务|权益登记)(?:的)?$"
)
#: What a date is called that is that of payment only where no other is.
_STANDS_IN = re.compile("信托核算日")
#: Longest stretch of words between a label and its date.
REACH = 26


@dataclass(frozen=True, slots=True)
class DateHit:
    """One labelled date. For `period` both `day` (first) and `until` (last) are set."""

    field: str
    day: date
    until: date | None
    page: int
    box: Box
    text: str
    label_row: str


def date_hits(pages: Sequence[PageText], labels: Labels) -> tuple[DateHit, ...]:
    """Return all labelled dates in reading order."""
    pattern = _label_pattern(labels)
    hits = [hit for page in pages for hit in _page_hits(page, pattern, labels)]
    named = {hit.field for hit in hits if not _STANDS_IN.match(squeeze(hit.text))}
    return tuple(hit for hit in hits if hit.field not in named or not _STANDS_IN.match(squeeze(hit.text)))


def _label_pattern(labels: Labels) -> re.Pattern[str]:
    keys = sorted(labels.keys("dates"), key=len, reverse=True)
    return re.compile("|".join(re.escape(key) for key in keys) or r"(?!)")


def _page_hits(page: PageText, pattern: re.Pattern[str], labels: Labels) -> Iterator[DateHit]:
    texts = [squeeze(line.text) for line in page.lines]
    for index, own in enumerate(texts):
        following = texts[index + 1] if index + 1 < len(texts) else ""
        window = own + following
        if not _HAS_DATE.search(window) or not pattern.search(own + following[:8]):
            continue
        for match in pattern.finditer(window):
            if match.start() >= len(own):
                break
            hit = _read(window, match, labels)
            if hit is None:
                continue
            field, days, end, row = hit
            box = page.lines[index].box
            if end > len(own):
                box = box.union(page.lines[index + 1].box)
            printed = as_printed((line.text for line in page.lines[index : index + 2]), match.start(), end)
            yield DateHit(field, days[0], days[1], page.number, box, printed, row)


def _read(window: str, match: re.Match[str], labels: Labels) -> tuple[str, tuple[date, date | None], int, str] | None:
    row = labels.find("dates", match.group())
    if row is None or row.field == IGNORED or _ANOTHER.search(window[: match.start()]):
        return None
    rest = window[match.end() :]
    dates = find_dates(rest[:80])
    if not dates or dates[0][1] > REACH or not _LINK_PATTERN.fullmatch(rest[: dates[0][1]]):
        return None
    if row.field in ("period", "period_start", "period_end") and len(dates) >= 2:
        span = parse_period(rest[dates[0][1] : dates[1][2]])
        if isinstance(span, Parsed):
            field = "period" if row.field == "period" else row.field
            return field, (span.value[0], span.value[1]), match.end() + dates[1][2], row.where
    if row.field == "period":
        return None
    return row.field, (dates[0][0], None), match.end() + dates[0][2], row.where


def first_of(hits: Sequence[DateHit], field: str) -> DateHit | None:
    """The first hit of a field in reading order."""
    return next((hit for hit in hits if hit.field == field), None)


def label_in(labels: Labels, text: str) -> str:
    """The date field that a label in a table means, without remarks such as （预计）; '' when it is none."""
    bare = re.sub(r"\((?:预计|预期|含该日|不含该日|含|不含|如有)\)", "", label_key(text))
    return labels.field("dates", bare)

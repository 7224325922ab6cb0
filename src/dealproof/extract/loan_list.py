"""Lists of single loans (逐笔贷款清单, 资产清单): hundreds of pages on which each row is one loan and nothing is wanted.

A list gives itself away by what stands in its rows, in any layout: an identifier of one form in row after row that never
comes twice, a caption that says what it is over rows that are numbered through, or numbers that no wanted table reaches.
It goes on while its numbers do.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from string import ascii_letters, digits

from dealproof.model.page import PageText
from dealproof.text import common_start, squeeze
from dealproof.values.dates import find_dates

#: Identifiers of one form, or numbered rows, from which a page counts as one of a list.
LEAST_ROWS = 8
#: Numbered rows from which a page goes on with the list of the page before.
LEAST_MORE = 3
#: No wanted table numbers so many rows: ten years of months.
MOST_WANTED = 120
_CAPTION = re.compile(
    r"(?:资产|贷款|债权|借款|合同|应收账款|租赁|入池)\S{0,6}(?:清单|明细|列表)|逐笔|(?:loan|asset|receivables?|contract)(?:level|byloan|tape|schedule|list)"
)
_OTHER_CAPTION = re.compile(r"分布|区间|占比")
_LONGEST_CAPTION = 40
_SENTENCE = re.compile(r"[。；]")
#: A letter-and-digit code, or a long number, also with masked places (`6222****1234`).
_IDENTIFIER = re.compile(r"(?<![\w*.,-])(?=[\w*-]*\d)[A-Za-z0-9*][A-Za-z0-9*_-]{6,}(?![\w*.,%])", re.ASCII)
_SERIAL = re.compile(r"(?:No\.?\s*)?(\d{1,6})(?=\s|$|[.、])")
#: Every digit as one sign and every letter as another; runs of a sign count once.
_SIGNS = str.maketrans({**dict.fromkeys(digits, "9"), **dict.fromkeys(ascii_letters, "A")})
_REPEATED = re.compile(r"([9A*])\1+")
_LEAST_DIGITS, _PLAIN_NUMBER, _COMMON = 6, 10, 3
_DIGIT = re.compile(r"\d")
_BROKEN_ROW = 20


@dataclass(frozen=True, slots=True)
class LoanList:
    """The lines of a page, from `first` to `last` (0-based, both in), that belong to a list of single loans.

    `serial` is the number of its last row, 0 where rows are not numbered.
    """

    first: int
    last: int
    serial: int


def loan_lists(pages: Sequence[PageText]) -> Mapping[int, LoanList]:
    """Return where lists of single loans stand, by page number."""
    found: dict[int, LoanList] = {}
    for page in pages:
        if not page.is_readable or not page.lines:
            continue
        if own := loan_list(page, found.get(page.number - 1)):
            found[page.number] = own
    return found


def loan_list(page: PageText, before: LoanList | None) -> LoanList | None:
    """Where a list of single loans stands on a page; `before` is that of the page before."""
    rows = _identified([line.text for line in page.lines]) or _numbered(page, before)
    return _extent(page, rows) if rows else None


def without_loan_list(page: PageText, own: LoanList | None) -> PageText:
    """The page with only the lines that belong to no list of single loans."""
    return page if own is None else replace(page, lines=page.lines[: own.first] + page.lines[own.last + 1 :])


def further(texts: Sequence[str], before: LoanList) -> LoanList | None:
    """The list as it goes on over these lines; None where they neither number further rows nor bear identifiers of one form."""
    if not before.serial:
        return LoanList(0, len(texts) - 1, 0) if _identified(texts) else None
    rows = _run(texts, before.serial + 1, 0)
    return LoanList(0, len(texts) - 1, rows[-1][1]) if len(rows) >= LEAST_MORE else None


def _identified(texts: Sequence[str]) -> list[int]:
    """The lines with an identifier, where enough of them have one of the same form and none comes twice."""
    places: dict[str, list[tuple[int, str]]] = {}
    met = [(index, code) for index, text in enumerate(texts) for code in _IDENTIFIER.findall(text)]
    if len(met) < LEAST_ROWS:
        return []
    for index, code in met:
        if not find_dates(code):
            places.setdefault(_form(code), []).append((index, code))
    for form, alike in sorted(places.items(), key=lambda item: -len(item[1])):
        codes = [code for _, code in alike]
        if len(alike) >= LEAST_ROWS and len(set(codes)) == len(codes) and _are_identifiers(form, codes):
            return sorted({index for index, _ in alike})
    return []


def _form(text: str) -> str:
    return _REPEATED.sub(r"\1", text.translate(_SIGNS))


def _are_identifiers(form: str, texts: Sequence[str]) -> bool:
    """Whether texts of one form are codes and neither amounts nor periods: letters or masked places among many digits, or
    long numbers that begin alike."""
    if "*" in form:
        return True
    if "A" in form:
        return all(len(_DIGIT.findall(text)) >= _LEAST_DIGITS for text in texts)
    return form == "9" and min(map(len, texts)) >= _PLAIN_NUMBER and len(common_start(texts)) >= _COMMON


def _numbered(page: PageText, before: LoanList | None) -> list[int]:
    """The lines numbered through that go on with the list of the page before, or stand under a caption of one."""
    texts = [line.text for line in page.lines]
    if before is not None and before.serial:
        more = _run(texts, before.serial + 1, 0)
        if len(more) >= LEAST_MORE or (more and more[0][0] <= LEAST_MORE):
            return [index for index, _ in more]
    for index, text in enumerate(texts):
        if _is_caption(squeeze(text).lower()) and len(rows := _run(texts, 1, index + 1)) >= LEAST_ROWS:
            return [place for place, _ in rows]
    starts = (int(match.group(1)) for text in texts if (match := _SERIAL.match(text.strip())))
    first = next((number for number in starts if number > MOST_WANTED), 0)
    rows = _run(texts, first, 0) if first else []
    return [place for place, _ in rows] if len(rows) >= LEAST_ROWS else []


def _is_caption(text: str) -> bool:
    is_short = len(text) <= _LONGEST_CAPTION and not _SENTENCE.search(text)
    return is_short and bool(_CAPTION.search(text)) and not _OTHER_CAPTION.search(text)


def _run(texts: Sequence[str], number: int, start: int) -> list[tuple[int, int]]:
    """Lines from `start` that are numbered `number`, `number + 1` and so on, each with its number."""
    rows: list[tuple[int, int]] = []
    for index, text in enumerate(texts[start:], start=start):
        match = _SERIAL.match(text.strip())
        if match and int(match.group(1)) == number:
            rows.append((index, number))
            number += 1
    return rows


def _extent(page: PageText, rows: Sequence[int]) -> LoanList:
    """The rows with their header above, and the rest of a last row that is printed over several lines."""
    first = rows[0]
    step = Counter(after - before for before, after in pairwise(rows)).most_common(1)
    last = min(rows[-1] + (step[0][0] - 1 if step else 0), len(page.lines) - 1)
    while last > rows[-1] and not _DIGIT.search(page.lines[last].text):
        last -= 1
    if first and _is_piece(page, first - 1):
        first -= 1
    while first and not _DIGIT.search(page.lines[first - 1].text) and not _SENTENCE.search(page.lines[first - 1].text):
        first -= 1
    while last + 1 < len(page.lines) and _is_piece(page, last + 1):
        last += 1
    serials = Counter(
        int(match.group(1)) for line in page.lines[first : last + 1] if (match := _SERIAL.match(line.text.strip()))
    )
    return LoanList(first, last, _last_serial(serials))


def _is_piece(page: PageText, index: int) -> bool:
    text = page.lines[index].text.strip()
    return len(text) <= _BROKEN_ROW and bool(_DIGIT.search(text))


def _last_serial(serials: Counter[int]) -> int:
    """The highest number that follows on another; 0 where rows are not numbered through."""
    return max((number for number in serials if number - 1 in serials), default=0)

"""Which pages hold nothing but further rows of a list of single loans, told by their bare text before anything is measured.

Every line must be of a form that a row of the list had on an earlier page, or repeat its header, the running header or the
number of the page. At the first line that does neither, such as a total or what follows the list, the page is read like any
other.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from dealproof.extract.loan_list import LoanList, further, loan_list
from dealproof.model.page import PageText
from dealproof.text import squeeze

_LINES = re.compile(r"[\r\n]+")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_LETTERS, _IDEOGRAPHS = re.compile(r"[A-Za-z]+"), re.compile(r"[一-龥]+")
_WHOLE = re.compile(r"\d+")
#: Numbers from which the form of a line is that of a row where a number, or a word, comes first; with fewer it must have no word.
_AFTER_NUMBER, _AFTER_WORD = 2, 3


class LoanSkimmer:
    """Follows a list of single loans from page to page, as `dealproof.pages.skim.Skimmer` asks."""

    def __init__(self) -> None:
        self._list: LoanList | None = None
        self._forms: frozenset[str] = frozenset()
        self._repeated: Mapping[str, Sequence[int]] = {}

    def goes_on(self, text: str) -> bool:
        """Whether every line of a text is a row of the list on the page before, or is repeated from there."""
        if self._list is None:
            return False
        rows: list[str] = []
        others: list[str] = []
        for line in _lines(text):
            (rows if _form(line) in self._forms else others).append(line)
        if not all(self._is_repeated(line) for line in others):
            return False
        more = further(rows, self._list)
        if more is None:
            return False
        self._list = more
        self._repeated = {**self._repeated, **_patterns(others)}
        return True

    def saw(self, page: PageText, text: str) -> None:
        """Take note of a page that was read: the list on it, and the forms of the list's rows."""
        self._list = loan_list(page, self._list)
        if self._list is None:
            self._forms = frozenset()
            return
        within = {squeeze(line.text) for line in page.lines[self._list.first : self._list.last + 1]}
        outside = {squeeze(line.text) for line in page.lines} - within
        lines = _lines(text)
        rows = (form for line in lines if squeeze(line) not in outside and _is_of_a_row(form := _form(line)))
        self._forms |= frozenset(rows)
        self._repeated = _patterns(line for line in lines if _form(line) not in self._forms)

    def _is_repeated(self, line: str) -> bool:
        """Whether a line stood on the page before, but for a number that is one higher, as that of the page."""
        numbers = _numbers(line)
        before = self._repeated.get(_pattern(line))
        return before is not None and all(now - then in (0, 1) for now, then in zip(numbers, before, strict=True))


def _lines(text: str) -> list[str]:
    return [line.strip() for line in _LINES.split(text) if line.strip()]


def _form(line: str) -> str:
    """A line with every number, word and run of letters as one sign."""
    return _IDEOGRAPHS.sub("中", _LETTERS.sub("A", _NUMBER.sub("9", line)))


def _is_of_a_row(form: str) -> bool:
    numbers = form.count("9")
    return numbers >= (_AFTER_NUMBER if form[0] == "9" else _AFTER_WORD) or (numbers > 0 and "中" not in form)


def _pattern(line: str) -> str:
    return _WHOLE.sub("#", line)


def _patterns(lines: Iterable[str]) -> dict[str, Sequence[int]]:
    return {_pattern(line): _numbers(line) for line in lines}


def _numbers(line: str) -> list[int]:
    return [int(number) for number in _WHOLE.findall(line)]

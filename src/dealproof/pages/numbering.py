"""Page numbers, told from figures that happen to stand at the foot of a page: page numbers count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from dealproof.model.page import Line
from dealproof.text import squeeze

#: Forms that can be nothing but a page number.
_SURE = re.compile(
    r"^(?:-+(\d{1,4})-+|第(\d{1,4})页(?:[,，/]?共\d{1,4}页)?|page(\d{1,4})(?:of\d{1,4})?)$", re.IGNORECASE
)
#: Forms that are a page number when they count from page to page.
_LIKELY = re.compile(r"^(?:(\d{1,4})|(\d{1,4})/\d{1,4}|[A-Z]-?(\d{1,3}))$")
_ROMAN = re.compile(r"^(?=[ivxl])(x{0,3}|xl|l?x{0,3})(ix|iv|v?i{0,3})$")
_DIGITS = {"i": 1, "v": 5, "x": 10, "l": 50}


def page_numbers(candidates: Sequence[Sequence[Line]]) -> list[list[Line]]:
    """Of the outermost lines of every page, those that are page numbers.

    A bare number counts when it is the page's own, or when it keeps its distance from the page's own on another page.
    """
    distances: Counter[tuple[str, int]] = Counter()
    for page, lines in enumerate(candidates, 1):
        for kind, number in {found for line in lines if (found := _read(line.text)) is not None}:
            distances[kind, number - page] += 1
    return [
        [line for line in lines if _is_number(line.text, page, distances)] for page, lines in enumerate(candidates, 1)
    ]


def _is_number(text: str, page: int, distances: Counter[tuple[str, int]]) -> bool:
    if _SURE.match(squeeze(text)):
        return True
    found = _read(text)
    if found is None:
        return False
    kind, number = found
    return (kind == "digits" and number == page) or distances[kind, number - page] >= 2


def _read(text: str) -> tuple[str, int] | None:
    plain = squeeze(text)
    if match := _LIKELY.match(plain):
        kind = "letter" if match.group(3) else "digits"
        return kind, int(next(group for group in match.groups() if group))
    if _ROMAN.match(plain):
        return "roman", _roman(plain)
    return None


def _roman(text: str) -> int:
    values = [_DIGITS[char] for char in text]
    return sum(-v if v < max(values[i:]) else v for i, v in enumerate(values))

"""What is one whole value by its look: a figure with its unit, a date, a dash for none. Nothing is known yet of its meaning."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from dealproof.text import squeeze

_VALUE = re.compile(
    r"[-+(（]?[$€£¥￥]?(?:\d{1,3}(?:[,，]\d{3})+|\d+)(?:\.\d+)?[)）]?(?:%|％|元|万元|亿元|笔|户|个|年|月|天|日|BP|bp)?"
    r"|(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|[-–—/]{1,2}|N/?A"
)
_DAY = re.compile(r"(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_YEAR = re.compile(r"(?:19|20)\d{2}年?")


def is_value(text: str) -> bool:
    """Whether a text is one whole value and nothing else."""
    return _VALUE.fullmatch(squeeze(text)) is not None


def is_year(text: str) -> bool:
    """Whether a text may as well be a year in a header."""
    return _YEAR.fullmatch(squeeze(text)) is not None


def is_day(text: str) -> bool:
    """Whether a text is one whole date and nothing else."""
    return _DAY.fullmatch(squeeze(text)) is not None


def is_name(text: str) -> bool:
    """Whether a text may name a row or a group of rows: it is no value, or a year."""
    return bool(squeeze(text)) and (not is_value(text) or is_year(text))


def name_rows(texts: Sequence[str]) -> bool:
    """Whether texts name the rows of a column, by words or by counting them up or down."""
    if len(texts) > 1 and all(squeeze(text).isdecimal() for text in texts):
        return {int(squeeze(below)) - int(squeeze(above)) for above, below in pairwise(texts)} in ({1}, {-1})
    return all(is_name(text) for text in texts)

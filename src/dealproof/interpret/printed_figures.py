"""Which parts of a printed text are figures that a dataset could want: neither dates nor numbers of clauses, pages,
telephones and codes, and what is left of a text without them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from dealproof.text import fold
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed

_DATE = re.compile(
    r"(?:19|20)\d\d\s*(?:年\s*(?:\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?|度|末|初|底)?|[-./]\d{1,2}(?:[-./]\d{1,2})?(?![\d,]))|\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|(?<!\d)(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)"
)
#: Numbers that count or name things and measure nothing.
_NAMING = re.compile(
    r"第\s*\d+(?:[-.]\d+)*\s*[一-龥]?|[〔\[(]\s*(?:19|20)\d\d\s*[〕\])](?:第?\s*\d+\s*号)?|\d+\s*号|(?<!\d)0\d{2,3}-\d{7,8}|(?:邮编|电话|传真|代码)[:：]?\s*[\d-]+"
    r"|(?<![\d.])\d{6,}\.(?:SH|SZ|IB|BJ)|(?:表|图|附件|附表|注|章|节)\s*\d+(?:[-.]\d+)*|(?<![A-Za-z])[A-Za-z]+[-_]?\d[\dA-Za-z_-]*|\d+(?!bps?\b|CNY|RMB|USD)[A-Za-z]\w*"
)
_NUMBERING = re.compile(r"^\s*[(（]?\d{1,2}(?:\.\d{1,2})*\s*[)）、.．:：](?!\d)|^\s*[1-9]\d?(?:\.[1-9]\d?)+(?![\d.])(?=\s*[一-龥])(?!\s*(?:[十百千]?[万亿]|元|[年月日天岁倍笔户个期次人]))")
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_MEASURED = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d+|\d+(?=\s*(?:[%‰]|bps?\b|个?基点|[十百千]?[万亿]|[十百千]?元|笔|户))|(?<=合同)\d+(?=份)|\d+(?=份(?:融资)?(?:租赁)?合同)|[百千]分之[零〇一二三四五六七八九十百点\d.]+|(?<=率为)[0零](?!,?\d|[.%‰零一二三四五六七八九十])|(?<=率均为)[0零](?!,?\d|[.%‰零一二三四五六七八九十])"
)
_UNITS = re.compile(
    r"人民币|美元|港元|[十百千]?[万亿]?元|[万亿]|[%‰]|bps?|个?基点|百分点|个?月|[笔户份张个家条件人次期年月日天倍岁分]|CNY|RMB|USD|[¥￥$]",
    re.IGNORECASE,
)
_PIECE_OF_DATE = re.compile(r"\d{1,2}[月日]")
_WORD = re.compile(r"[A-Za-z一-龥]")


@lru_cache(maxsize=65_536)
def plain(text: str) -> str:
    """A text without its dates and without the numbers that name clauses, laws, telephones, tables and codes."""
    return _NUMBERING.sub(" ", _NAMING.sub(" ", _DATE.sub(" ", fold(text))))


@lru_cache(maxsize=16_384)
def blanked(text: str) -> str:
    """A folded text of which dates and the numbers that name things are blanks, every other letter at its place."""
    blank = text
    for pattern in (_DATE, _NAMING, _NUMBERING):
        blank = pattern.sub(lambda match: " " * len(match.group()), blank)
    return blank


def counted(text: str) -> int:
    """The numbers of a cell, dates as one each; what names a thing is none."""
    body = fold(text)
    dates = len(_DATE.findall(body))
    return dates + len(_NUMBER.findall(plain(text)))


def measured(text: str) -> Iterator[re.Match[str]]:
    """The figures of a text that measure something: with a unit, with decimals, or grouped by thousands."""
    return _MEASURED.finditer(text)


@lru_cache(maxsize=65_536)
def is_bare(text: str) -> bool:
    """Whether a text holds figures or dates and nothing else but their units."""
    rest = _UNITS.sub("", plain(text))
    return bool(_NUMBER.search(fold(text))) and not _WORD.search(rest)


@lru_cache(maxsize=65_536)
def is_date(text: str) -> bool:
    """Whether a text holds dates, or the end of one, and no other figure."""
    body = fold(text).strip()
    if _PIECE_OF_DATE.fullmatch(body):
        return True
    return bool(_DATE.search(body)) and not _NUMBER.search(_DATE.sub(" ", body))


_SCALES = {"百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000}
_SCALE = re.compile(r"\s*([百千]?)([万亿]?)元?")


def amount(figure: str, behind: str) -> Decimal | None:
    """What a figure is worth with the unit of money that may follow it, in yuan; None where it is no plain number."""
    number = parse_number(figure)
    if not isinstance(number, Parsed):
        return None
    match = _SCALE.match(behind)
    factor = 1
    for word in match.groups() if match else ():
        factor *= _SCALES.get(word, 1)
    return number.value * factor

"""Printed numbers. The whole string is a number or it is refused; a prefix is never taken for the whole.

Footnote marks in brackets or raised are set aside and flagged; a plain digit behind a number is never dropped
(docs/domain.md#numbers).
"""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache

from dealproof.text import LOWERED, MARKS, fold, squeeze
from dealproof.values.nothing import parse_nothing
from dealproof.values.parsed import Nothing, Parsed, Refused

_MARK = re.compile(rf"(?:\((?:注|Note)\s*\d*\)|[\[【〔]\d{{1,2}}[\]】〕]|注\d{{1,2}}|[{MARKS}{LOWERED}⑴-⑽➀-➉❶-❿⓵-⓾]+|(?<=\d)[*※#†‡]+)$")
_GROUPED = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_PLAIN = re.compile(r"\d+(?:\.\d+)?|\.\d+")
#: How a sign is printed before a figure; all but + make it negative.
SIGN = "[-+△▲负]"
_SPACED = re.compile(r"\d{1,3}(?: \d{3})+(?:\.\d+)?")
#: Thousands parted by dots with a comma before the decimals, and by apostrophes: no other figure is written so.
_EUROPEAN = re.compile(r"\d{1,3}(?:\.\d{3})+,\d{1,2}")
_SWISS = re.compile(r"\d{1,3}(?:'\d{3})+\.\d{1,2}|\d{1,3}(?:'\d{3}){2,}")
#: A negative figure of an account: in brackets, or with the sign behind it.
_IN_BRACKETS = re.compile(r"\(\s*(?P<figure>[¥￥$]?\s*[\d,.\s]+)\)")
_SIGN_BEHIND = re.compile(r"(?P<figure>[¥￥$]?\s*\d[\d,]*\.\d{2})\s*-")
_DIGITS = {c: i for i, c in enumerate("零壹贰叁肆伍陆柒捌玖")} | {c: i for i, c in enumerate("〇一二三四五六七八九")}
_DIGITS |= {"两": 2, "○": 0, "O": 0}
_TENS = {"拾": 10, "十": 10, "佰": 100, "百": 100, "仟": 1000, "千": 1000}
_CAPITAL = re.compile(r"[零〇○一二两三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿元圆角分整正]+")


@lru_cache(maxsize=16_384)
def parse_number(text: str, *, accounting: bool = False) -> Parsed[Decimal] | Nothing | Refused:
    """Read a number such as `1,234.50`, `－3.2`, `48,245(注1)`.

    With `accounting`, `(1,234)` and `1,234.00-` are negative; without, both are refused (they may be an interval).
    """
    nothing = parse_nothing(text)
    if nothing is not None:
        return nothing
    body, marked = _without_mark(text)
    body = fold(body).strip()
    negative = False
    if accounting and (account := _IN_BRACKETS.fullmatch(body) or _SIGN_BEHIND.fullmatch(body)):
        body, negative = account["figure"].strip(), True
    sign = re.match(rf"{SIGN}\s*", body)
    if sign:
        negative ^= sign.group().strip() != "+"
        body = body[sign.end() :]
    body = re.sub(r"^[¥￥$]\s*", "", body)
    figure = _figure(body)
    if figure is None:
        return Refused(text, "not a number")
    return Parsed(-figure if negative else figure, text, ("footnote",) if marked else ())


def _without_mark(text: str) -> tuple[str, bool]:
    """Cut a footnote mark off before folding, since folding would turn a raised 2 into a plain one."""
    stripped = text.strip().translate(str.maketrans("（）［］", "()[]"))
    shorter = _MARK.sub("", stripped).strip()
    return (shorter, True) if shorter and shorter != stripped else (stripped, False)


def _figure(body: str) -> Decimal | None:
    if _SPACED.fullmatch(body):
        return Decimal(body.replace(" ", ""))
    joined = re.sub(r"\s+", "", body) if re.search(r"[,.\d]\n[,.\d]", body) else body
    joined = re.sub(r"(?<=[\d,.]) (?=[,.])|(?<=[,.]) (?=\d)", "", joined)
    if _GROUPED.fullmatch(joined) or _PLAIN.fullmatch(joined):
        return Decimal(joined.replace(",", ""))
    if _EUROPEAN.fullmatch(joined):
        return Decimal(joined.replace(".", "").replace(",", "."))
    if _SWISS.fullmatch(apart := joined.replace("’", "'")):
        return Decimal(apart.replace("'", ""))
    return None


def parse_count(text: str) -> Parsed[Decimal] | Nothing | Refused:
    """Read a whole number; a fraction is refused."""
    read = parse_number(text)
    if isinstance(read, Parsed) and read.value != read.value.to_integral_value():
        return Refused(text, "a count with a fraction")
    return read


def decimals(text: str) -> int:
    """Number of printed digits behind the decimal point of the first figure in `text`."""
    body = fold(text)
    if european := _EUROPEAN.search(body):
        return len(european.group().partition(",")[2])
    match = re.search(r"\d[\d,']*(?:\.(\d+))?", body)
    return len(match.group(1) or "") if match else 0


_ROMAN = re.compile(r"X{0,3}(?:IX|IV|V?I{0,3})")
_CIRCLED = {char: number for number, char in enumerate("①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳", start=1)}
_ROMAN_DIGITS = {"I": 1, "V": 5, "X": 10}


def roman_int(text: str) -> int | None:
    """Read `III`, `Ⅳ`, `XII`, up to 39; None when the text is no Roman number."""
    body = squeeze(text).upper()
    if not body or not _ROMAN.fullmatch(body):
        return None
    digits = [_ROMAN_DIGITS[char] for char in body]
    return sum(-own if own < after else own for own, after in zip(digits, [*digits[1:], 0], strict=True))


def chinese_int(text: str) -> int | None:
    """Read `十一`, `二十三`, `一百零二`, `12`, `Ⅳ`, `④`; None when the text is no whole number."""
    body = squeeze(text)
    if (roman := roman_int(body)) is not None:
        return roman
    if body in _CIRCLED:
        return _CIRCLED[body]
    if body.isdecimal():
        return int(body)
    if not body or any(c not in _DIGITS and c not in _TENS for c in body):
        return None
    if len(body) > 1 and all(c in _DIGITS for c in body):
        return int("".join(str(_DIGITS[c]) for c in body))
    return _section(body)


def _section(body: str) -> int:
    total = digit = 0
    for char in body:
        if char in _TENS:
            total += (digit or 1) * _TENS[char]
            digit = 0
        else:
            digit = _DIGITS[char]
    return total + digit


def parse_capital(text: str) -> Parsed[Decimal] | Refused:
    """Read an amount in capital numerals, in yuan: `人民币壹佰亿元整` is 10,000,000,000."""
    body = squeeze(text).removeprefix("人民币").replace("圆", "元")
    if not body or not _CAPITAL.fullmatch(body) or not any(c in _DIGITS or c in _TENS for c in body):
        return Refused(text, "not an amount in capital numerals")
    whole, _, rest = body.rstrip("整正").partition("元")
    value = Decimal(_large(whole))
    for char, unit in re.findall(r"(\w)([角分])", rest):
        value += Decimal(_DIGITS.get(char, 0)) / (10 if unit == "角" else 100)
    return Parsed(value, text)


def _large(body: str) -> int:
    if "亿" in body:
        head, _, tail = body.rpartition("亿")
        return _large(head) * 10**8 + (_large(tail) if tail else 0)
    if "万" in body:
        head, _, tail = body.rpartition("万")
        return _large(head) * 10**4 + (_large(tail) if tail else 0)
    return _section(body.strip("零〇")) if body.strip("零〇") else 0

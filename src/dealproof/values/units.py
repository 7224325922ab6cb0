"""Units of money, shares, terms and counts, as printed in cells, labels, headers and 单位 lines (docs/domain.md#units)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from dealproof.text import LOWERED, MARKS, fold, squeeze
from dealproof.values.numbers import SIGN


@dataclass(frozen=True, slots=True)
class Unit:
    """`kind`: money, pct, term, count, age, score, multiple. `factor` leads to yuan, percent, years or one."""

    kind: str
    factor: Decimal
    text: str


_MONEY = {
    "元": 1,
    "千元": 1000,
    "仟元": 1000,
    "万元": 10**4,
    "十万元": 10**5,
    "百万元": 10**6,
    "千万元": 10**7,
    "亿元": 10**8,
    "百亿元": 10**10,
    "万亿元": 10**12,
}
#: How other currencies are printed, by their codes; 元 alone may be any, and in this market is the yuan.
_CURRENCIES = {
    "USD": ("美元", "美金", "usd"), "HKD": ("港元", "港币", "hkd"), "EUR": ("欧元", "eur"), "JPY": ("日元", "日圆", "jpy"),
    "GBP": ("英镑", "gbp"), "SGD": ("新加坡元", "新元", "sgd"), "AUD": ("澳元", "aud"), "CAD": ("加元", "cad"),
    "CHF": ("瑞士法郎", "chf"), "TWD": ("新台币", "twd"), "MOP": ("澳门元", "mop"), "KRW": ("韩元", "krw"),
}  # fmt: skip
_SCALES = ("", "千", "万", "十万", "百万", "千万", "亿", "百亿")
_FOREIGN = {
    f"{scale}{word}": Unit("money", Decimal(_MONEY[f"{scale}元"]), f"{scale}{word}")
    for words in _CURRENCIES.values()
    for word in words
    for scale in _SCALES
}
_CODES = {word: code for code, words in _CURRENCIES.items() for word in words}
_KIND_OF_MONEY = re.compile(rf"币种?(?:单位)?(?:[:：]|为)({'|'.join(_CODES)}|人民币)", re.IGNORECASE)
_TABLE: dict[str, Unit] = {
    **_FOREIGN,
    **{word: Unit("money", Decimal(factor), word) for word, factor in _MONEY.items()},
    **{f"人民币{word}": Unit("money", Decimal(factor), word) for word, factor in _MONEY.items()},
    **{word[:-1]: Unit("money", Decimal(factor), word) for word, factor in _MONEY.items() if word in ("万元", "亿元")},
    "rmb": Unit("money", Decimal(1), "元"),
    "%": Unit("pct", Decimal(1), "%"),
    **dict.fromkeys(("百分点", "个百分点"), Unit("pct", Decimal(1), "百分点")),
    "‰": Unit("pct", Decimal("0.1"), "‰"),
    "千分比": Unit("pct", Decimal("0.1"), "千分比"),
    **dict.fromkeys(("bp", "bps"), Unit("pct", Decimal("0.01"), "bp")),
    **dict.fromkeys(("基点", "个基点"), Unit("pct", Decimal("0.01"), "基点")),
    "%/年": Unit("pct", Decimal(1), "%"),
    **dict.fromkeys(("年", "years", "year"), Unit("term", Decimal(1), "年")),
    **dict.fromkeys(("月", "个月", "months", "month"), Unit("term", Decimal(12), "月")),
    **dict.fromkeys(("天", "日", "days", "day"), Unit("term", Decimal(365), "天")),
    **{
        word: Unit("count", Decimal(1), word)
        for word in ("笔", "户", "份", "张", "个", "家", "条", "件", "人", "次", "期", "位", "名", "辆", "套", "单", "宗")
    },
    "万笔": Unit("count", Decimal(10**4), "万笔"),
    "万户": Unit("count", Decimal(10**4), "万户"),
    "岁": Unit("age", Decimal(1), "岁"),
    "分": Unit("score", Decimal(1), "分"),
    "倍": Unit("multiple", Decimal(1), "倍"),
}
_WORDS = "|".join(sorted((re.escape(w) for w in _TABLE), key=len, reverse=True))
_IN_BRACKETS = re.compile(r"[(\[]([^()\[\]]{1,24})[)\]]")
_CELL = re.compile(
    rf"(?P<number>{SIGN}?\s*[¥￥$]?\s*[\d,.\s]*\d)\s*(?P<unit>{_WORDS})(?P<mark>(?:\((?:注)?\d{{0,2}}\)|\[\d\]|[{MARKS}{LOWERED}])+)?",
    re.IGNORECASE,
)
#: A unit without brackets at the end of a label.
_TAIL = re.compile(
    r"(?:(?<=[一-龥]/)(?:(?:人民币)?(?:百|千|万|亿)?元|%|‰)|(?<=数/)[笔户份个人]|(?<=[限龄期]/)(?:年|个?月|天)|(?<=金额|余额|规模|本金|利息)(?:人民币)?(?:百万|千万|万|亿)?元|(?<=[率差比例])(?:%|‰|bps?|个?基点|千分比))$",
    re.IGNORECASE,
)
#: How a note says in a sentence in which unit amounts are printed: 金额均以万元列示, 以人民币元为单位.
_SENTENCE = re.compile(r"以((?:人民币)?(?:[千万亿百十]{0,2})元)(?:为单位|列示|填列|计(?:价|量)?(?![息提划])|表示)")
#: A unit line that is said again in English: 单位：人民币元 (Unit: RMB Yuan).
_IN_ENGLISH = re.compile(r"(?<=[元一-龥%])\(?(?:amounts?)?units?:[^()]*\)?$", re.IGNORECASE)
_SPLIT = re.compile(r"[、,，;；/]|和|及|或")
_MEASURES = "金额|货币|币种|数量|比例|占比|期限|余额|利率|单位|本金|份额|笔数|户数"
_PREFIX = re.compile(rf"^(?:{_MEASURES})*[:：]?")
#: A unit line that names each measure with its unit, without the word: 金额：元；占比：%.
_EACH = re.compile(rf"\(?((?:(?:{_MEASURES})[:：](?:人民币)?(?:[百千]?[万亿]?元|%|‰|[笔户份年月天])[;,、/]?)+)\)?")


@lru_cache(maxsize=16_384)
def split_unit(text: str) -> tuple[str, Unit | None]:
    """Cut a unit off the end of a cell: `150,500万元` → (`150,500`, 万元). The text itself when there is none."""
    folded = fold(text).strip()
    match = _CELL.fullmatch(folded) or _CELL.fullmatch(squeeze(text))
    if match is None:
        return text, None
    return match.group("number") + (match.group("mark") or ""), _TABLE[match.group("unit").lower()]


@lru_cache(maxsize=16_384)
def find_units(text: str) -> tuple[Unit, ...]:
    """Return all units that a label, header or unit line names, in printed order.

    A label names its unit in brackets (`贷款笔数（笔）`); a unit line names several (`单位：万元、月、%`).
    """
    kind = _KIND_OF_MONEY.search(squeeze(text))
    folded = _KIND_OF_MONEY.sub("", _IN_ENGLISH.sub("", squeeze(text))).rstrip(",;、")
    found: list[Unit] = []
    line = _SENTENCE.search(folded) or _EACH.fullmatch(folded) or re.search(r"单位(?:[:：]|(?:均|都|一律|统一)?(?:为|是))?([^。]+)", folded) or re.fullmatch(r"()((?:人民币)?(?:万|亿)?元)", folded)
    if line:
        found += _listed(line.group(line.lastindex or 1).strip("()[] "))
    for inner in _IN_BRACKETS.findall(folded):
        found += [unit for unit in _listed(inner) if unit not in found]
    if not found and (tail := _TAIL.search(folded)):
        found += _listed(tail.group())
    if kind is not None and kind.group(1).lower() in _CODES:
        found = [_in_currency(unit, kind.group(1).lower()) for unit in found]
    return tuple(found)


def names_each_unit(text: str) -> bool:
    """Whether a squeezed line names the unit of each measure and says nothing else: 金额：元；占比：%."""
    return bool(_EACH.fullmatch(squeeze(text)))


def _in_currency(unit: Unit, word: str) -> Unit:
    """The unit of a line that names the kind of money apart: `单位：万元 币种：美元`."""
    return _FOREIGN.get(unit.text.removesuffix("元") + word, unit) if unit.kind == "money" else unit


def with_currency(unit: Unit, texts: Iterable[str]) -> Unit:
    """The unit in the foreign currency that one of the texts names, where the unit itself names none: 万元 under 币种：美元."""
    if unit.kind != "money" or unit.text.startswith("人民币") or foreign_currency(unit.text):
        return unit
    for text in texts:
        kind = _KIND_OF_MONEY.search(squeeze(text))
        words = [kind.group(1).lower()] if kind else [found.text for found in find_units(text)]
        word = next((each for each in sorted(_CODES, key=len, reverse=True) for own in words if own.lower().endswith(each)), "")
        if word:
            return _in_currency(unit, word)
    return unit


def foreign_currency(unit_text: str) -> str:
    """The code of the foreign currency that a printed unit names, '' where it names none: `万美元` is USD."""
    return next((_CODES[word] for word in sorted(_CODES, key=len, reverse=True) if unit_text.lower().endswith(word)), "")


def _listed(text: str) -> list[Unit]:
    body = _PREFIX.sub("", text)
    units: list[Unit] = []
    for part in _SPLIT.split(body.replace("%/年", "%")):
        word = _PREFIX.sub("", part).strip().lower()
        word = re.sub(r"^(?:为|以|in)|(?:计|表示)$", "", word)
        if word in _TABLE and _TABLE[word] not in units:
            units.append(_TABLE[word])
        elif "百元面额" in word or "面额" in word:
            return []
    return units


def to_years(number: Decimal, unit: Unit) -> Decimal:
    """Turn a term into years: as printed when in years, else rounded to 4 places, half up."""
    if unit.factor == 1:
        return number
    return (number / unit.factor).quantize(Decimal("0.0001"), ROUND_HALF_UP).normalize()

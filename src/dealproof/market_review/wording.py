"""Numbers in words: with their unit, and with percent and percentage points (百分点) told apart."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import ROUND_HALF_UP, Decimal

from dealproof.metrics.catalog import BY_ID
from dealproof.metrics.model import ChangeKind, Metric, Number, Result, Unit, Words
from dealproof.metrics.vocabulary import column_words, words

#: What stands behind a figure of each unit.
UNITS: Mapping[Unit, Words] = {
    "deals": Words(" 单", " deals"),
    "securities": Words(" 支", " securities"),
    "institutions": Words(" 家", " institutions"),
    "classes": Words(" 类", " classes"),
    "actions": Words(" 支次", " actions"),
    "yi_yuan": Words(" 亿元", " bn"),
    "wan_yuan": Words(" 万元", " × CNY 10 k"),
    "percent": Words("%", "%"),
    "years": Words(" 年", " years"),
    "times": Words(" 倍", "×"),
}
#: Names of units for axes and column headings.
UNIT_NAMES: Mapping[Unit, Words] = {
    "deals": Words("单", "deals"),
    "securities": Words("支", "securities"),
    "institutions": Words("家", "institutions"),
    "classes": Words("类", "classes"),
    "actions": Words("支次", "actions"),
    "yi_yuan": Words("亿元", "CNY 100 m"),
    "wan_yuan": Words("万元", "CNY 10 k"),
    "percent": Words("%", "%"),
    "years": Words("年", "years"),
    "times": Words("倍", "times"),
}
_CHANGE: Mapping[ChangeKind, Words] = {
    "percent": Words("%", "%"),
    "points": Words(" 个百分点", " percentage points"),
}
_ONE = {
    " deals": " deal",
    " securities": " security",
    " institutions": " institution",
    " classes": " class",
    " actions": " action",
}


def metric_of(result: Result) -> Metric:
    """The metric of a result. Raises KeyError where the catalogue does not have it."""
    return BY_ID[result.metric]


def known(number: Number | None) -> Decimal | None:
    """The value in full, or None where there is none."""
    return None if number is None or number.problem is not None else number.value


def value_words(result: Result) -> Words:
    """The figure with its unit, or why there is none."""
    number, unit = result.value, UNITS[metric_of(result).unit]
    if number.problem is not None or number.value is None:
        return number.problem or Words("无数据", "no value")
    en = _ONE.get(unit.en, unit.en) if number.value == 1 else unit.en
    plain = number_words(result)
    return Words(f"{plain.zh}{unit.zh}", f"{plain.en}{en}")


def number_words(result: Result) -> Words:
    """The figure without its unit as each language writes it: 12.34 亿元 are CNY 1.234 bn, which moves only the point."""
    printed = result.value.printed
    if metric_of(result).unit != "yi_yuan" or not printed:
        return Words(printed, printed)
    return Words(printed, f"CNY {Decimal(printed.replace(',', '')).scaleb(-1):f}")


def share_words(result: Result) -> Words | None:
    """The share in percent, or why it cannot be told; None where the metric has none."""
    number = result.share
    if number is None:
        return None
    if number.problem is not None or number.value is None:
        return number.problem or Words("无数据", "no value")
    return Words(f"{number.printed}%", f"{number.printed}%")


def change_words(result: Result) -> Words | None:
    """The change against the year before with its sign and kind, or why there is none; None where the metric has none."""
    number, kind = result.change, metric_of(result).change
    if number is None or kind is None:
        return None
    if number.problem is not None or number.value is None:
        return number.problem or Words("无数据", "no value")
    text = signed(number)
    return Words(text + _CHANGE[kind].zh, text + _CHANGE[kind].en)


def signed(number: Number) -> str:
    """A change as printed with its sign; a true minus, so that no hyphen is taken for one."""
    plain = number.printed.lstrip("+-−")
    if number.value is None or number.value == 0 or not plain.strip("0."):
        return plain
    return f"{'+' if number.value > 0 else '−'}{plain}"


def group_words(result: Result, but: tuple[str, ...] = ()) -> Words:
    """The members of a result's group, joined; columns in `but` are left away."""
    parts = [words(column, value) for column, value in result.group if column not in but]
    return Words(" · ".join(part.zh for part in parts), " · ".join(part.en for part in parts))


def group_text(result: Result) -> str:
    """The group for machines: `market=abn; originator_type=信托公司`."""
    return "; ".join(f"{column}={value}" for column, value in result.group)


def result_id(result: Result) -> str:
    """What a link to a number names: metric, year and members. Stable as long as these are."""
    return ":".join((result.metric, str(result.year), *(value for _, value in result.group)))


def columns_words(metric: Metric) -> Words:
    """The grouping columns of a metric, joined."""
    names = [column_words(column) for column in metric.by]
    return Words(" × ".join(name.zh for name in names), " × ".join(name.en for name in names))


def places(value: Decimal, decimals: int) -> str:
    """A figure rounded half up to a number of places."""
    return f"{value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):f}"


def joined(parts: tuple[Words, ...], zh: str = "；", en: str = "; ") -> Words:
    """Several texts as one."""
    return Words(zh.join(part.zh for part in parts), en.join(part.en for part in parts))

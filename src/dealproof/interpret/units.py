"""The unit of a figure, and where it was read: cell, row label, column header, title, unit line, footnote, section.

The levels are trusted in that order. Two levels that name different units are a conflict: the value follows the
more trusted level and the conflict is reported, never settled in silence (docs/domain.md#units).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from dealproof.text import squeeze
from dealproof.values.nothing import parse_nothing
from dealproof.values.numbers import parse_capital, parse_number
from dealproof.values.parsed import Nothing, Parsed, Refused
from dealproof.values.units import Unit, find_units, split_unit, to_years, with_currency

_KIND = {
    "money": "money",
    "pct": "pct",
    "count": "count",
    "years": "term",
    "age": "age",
    "score": "score",
    "multiple": "multiple",
}
#: The unit in which the dataset gives each quantity; money in yuan where no other currency is printed.
CANONICAL = {
    "money": "CNY",
    "pct": "percent",
    "count": "count",
    "years": "years",
    "age": "years",
    "score": "score",
    "multiple": "multiple",
}
_CURRENCY = re.compile(r"(?:RMB|CNY|USD|US\$|HKD|人民币|[¥￥$])\s*", re.IGNORECASE)
_LEVELS = ("row_label", "column_header", "title", "unit_line", "footnote", "section")


@dataclass(frozen=True, slots=True)
class UnitSources:
    """Texts that may name the unit of a cell, in order of trust after the cell itself."""

    row_label: str = ""
    column_header: str = ""
    title: str = ""
    unit_line: str = ""
    footnote: str = ""
    section: str = ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in the contract's unit. `conflict` names two levels that disagree, or is empty; `otherwise` is what the figure
    would be in the other units that are named, each with its unit as printed."""

    value: Decimal
    unit: str
    unit_text: str
    unit_from: str
    conflict: str = ""
    otherwise: tuple[tuple[Decimal, str], ...] = ()


def read_figure(text: str, quantity: str, sources: UnitSources) -> Figure | Nothing | Refused:
    """Read a cell as money (yuan), pct, count, years, age, score or multiple.

    Money without any unit is taken as yuan with `unit_from` = default; the caller asks. A share without a sign
    under a label of a share is a percentage as printed; ratios are not rescaled.
    """
    nothing = parse_nothing(text)
    if nothing is not None:
        return nothing
    if quantity == "money" and (capital := _in_capitals(text)) is not None:
        return capital
    number_text, own = split_unit(text)
    currency = _CURRENCY.match(number_text.strip())
    if currency and _KIND[quantity] == "money":
        number_text = number_text.strip()[currency.end() :]
        own = own or Unit("money", Decimal(1), currency.group().strip())
    read = parse_number(number_text)
    if not isinstance(read, Parsed):
        return Refused(text, read.reason if isinstance(read, Refused) else "no number")
    wanted = _KIND[quantity]
    if own is not None and own.kind != wanted and not _compatible(own, wanted):
        return Refused(text, f"unit {own.text} where {quantity} is wanted")
    named = _named(wanted, sources)
    if own is not None and own.kind == wanted:
        chosen, level = own, "cell"
    elif named:
        level, chosen = named[0]
    else:
        chosen, level = _default(quantity), "default" if quantity in ("money", "years") else ""
    chosen = with_currency(chosen, (getattr(sources, each) for each in _LEVELS)) if wanted == "money" and level else chosen
    if quantity == "count" and read.value * chosen.factor % 1:
        return Refused(text, "a count with a fraction")
    conflict = _conflict(chosen, level, named)
    if level in ("", "default"):
        conflict = _ambiguity(wanted, sources)
    figure = _figure(read.value, quantity, chosen, level, conflict)
    return replace(figure, otherwise=_otherwise(read.value, quantity, figure, sources)) if conflict else figure


def _in_capitals(text: str) -> Figure | Refused | None:
    """An amount in the numerals of contracts, alone or with its digits: 人民币捌亿贰仟万元整（820,000,000.00元）."""
    body = squeeze(text)
    match = re.fullmatch(r"(?:人民币)?([零〇壹贰叁肆伍陆柒捌玖拾佰仟万亿元圆角分整正]{3,})(?:\((?:小写|即|rmb|cny)?[:：]?(?:人民币)?(?:rmb|cny)?[¥￥]?([\d,.]+(?:元|万元|亿元)?)\))?", body, re.IGNORECASE)
    words = parse_capital(match.group(1)) if match else None
    if match is None or not isinstance(words, Parsed):
        return None
    if match.group(2):
        digits, unit = split_unit(match.group(2))
        number = parse_number(digits)
        if not isinstance(number, Parsed) or number.value * (unit.factor if unit else 1) != words.value:
            return Refused(text, "words and digits that differ")
    return Figure(words.value, CANONICAL["money"], "元", "cell")


def _otherwise(number: Decimal, quantity: str, figure: Figure, sources: UnitSources) -> tuple[tuple[Decimal, str], ...]:
    """What the figure would be in every other unit that a level names, each value once."""
    units = [
        unit
        for level in _LEVELS
        if level != "section"
        for unit in find_units(getattr(sources, level))
        if unit.kind == _KIND[quantity]
    ]
    found = {(read := _figure(number, quantity, unit, "", "")).value: read.unit_text for unit in reversed(units)}
    return tuple((value, text) for value, text in found.items() if value != figure.value)


def _compatible(own: Unit, wanted: str) -> bool:
    """`40.06岁`/`40年` for an age, `3期` for a term count; `分` and counts share plain numbers."""
    return {own.kind, wanted} <= {"count", "score", "age"} and own.kind == "count"


def _named(wanted: str, sources: UnitSources) -> list[tuple[str, Unit]]:
    found: list[tuple[str, Unit]] = []
    for level in _LEVELS:
        units = [unit for unit in find_units(getattr(sources, level)) if unit.kind == wanted]
        if len({unit.factor for unit in units}) == 1:
            found.append((level, units[0]))
    return found


def _ambiguity(wanted: str, sources: UnitSources) -> str:
    """A level that names two different units for one kind of quantity, where no other level says which holds."""
    for level in _LEVELS:
        units = [unit for unit in find_units(getattr(sources, level)) if unit.kind == wanted]
        if len({unit.factor for unit in units}) > 1:
            return f"{level} names {' and '.join(unit.text for unit in units)}"
    return ""


def _default(quantity: str) -> Unit:
    return Unit(_KIND[quantity], Decimal(1), "")


def _conflict(chosen: Unit, level: str, named: list[tuple[str, Unit]]) -> str:
    """Two levels that name different units; a section's own unit line speaks of other tables too and is left out."""
    for other_level, unit in named:
        if unit.factor != chosen.factor and other_level != "section":
            return f"{level} says {chosen.text or '?'}, {other_level} says {unit.text}"
    return ""


def _figure(number: Decimal, quantity: str, unit: Unit, level: str, conflict: str) -> Figure:
    if quantity == "years":
        return Figure(to_years(number, unit), "years", unit.text, level, conflict)
    return Figure(number * unit.factor, CANONICAL[quantity], unit.text, level, conflict)


def is_percent_label(text: str) -> bool:
    """Whether a label or header speaks of a share or rate."""
    return any(word in squeeze(text) for word in ("%", "占比", "比例", "率", "百分比"))


MONTHS, _DAYS = 12, 365
_MONTHLY = re.compile(r"月利率|月息|月化|月费率|(?:%|‰|百分比|率)\)?/月|\((?:每)?月\)|每月|permonth|monthly")
_DAILY = re.compile(r"日利率|日息|日化|(?:%|‰|百分比|率)\)?/[日天]|\((?:每)?[日天]\)|每[日天]|perday|daily")


def rates_a_year(label: str) -> int:
    """How many of the rates that a label speaks of make a year's: 12 for 月利率, 365 for 日利率, else 1."""
    text = squeeze(label).lower()
    if re.search(r"年利率|年化|/年|annual|peryear", text):
        return 1
    return MONTHS if _MONTHLY.search(text) else _DAYS if _DAILY.search(text) else 1

"""How figures are printed: unit, place of the unit, separators, signs, digits and words for nothing."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from samples.compose.model import Fact, Figure

UNITS = {"元": Decimal(1), "万元": Decimal(10**4), "亿元": Decimal(10**8)}
PLACES = {"元": 2, "万元": 2, "亿元": 4}
#: Factor from years to the unit in which a term is printed.
TERMS = {"年": Decimal(1), "月": Decimal(12), "天": Decimal(365)}
FULL = str.maketrans("0123456789.,%", "０１２３４５６７８９．，％")


@dataclass(frozen=True)
class Forms:
    """`place` of the money's unit: line, header, label, cell. `percent`: where the percent sign stands: cell, header."""

    unit: str
    place: str
    percent: str
    thousands: bool = True
    full_width: bool = False
    negative: str = "-"
    missing: str = "-"
    term: str = "年"
    brackets: tuple[str, str] = ("（", "）")
    dates: str = "slash"

    def name(self) -> str:
        """The trait."""
        if self.full_width:
            return "full-width digits"
        if self.unit == "亿元":
            return "亿"
        return "thousands" if self.thousands else "no thousands"


def choose(chance: random.Random, is_matrix: bool) -> Forms:
    """Forms by chance."""
    places = ("line", "line", "header", "header", "cell") if is_matrix else ("line", "label", "label", "cell")
    return Forms(
        unit=chance.choice(("元", "元", "万元", "万元", "亿元")), place=chance.choice(places),
        percent=chance.choice(("cell", "header")), thousands=chance.random() < 0.85, full_width=chance.random() < 0.06,
        negative=chance.choice("-("), missing=chance.choice(("-", "—", "/", "--", "", "不适用")), term=chance.choice(("年", "年", "月", "天")),
        brackets=chance.choice((("（", "）"), ("(", ")"))), dates=chance.choice(("slash", "iso", "chinese")),
    )  # fmt: skip


def unit_of(sort: str, forms: Forms, counted: str = "笔") -> str:
    """The unit in which a figure is printed, empty where it has none."""
    return {"money": forms.unit, "pct": "%", "count": counted, "years": forms.term}.get(sort, "")


def printed_day(day: date, how: str) -> str:
    """A date as reports print it."""
    if how == "slash":
        return f"{day.year}/{day.month}/{day.day}"
    return day.isoformat() if how == "iso" else f"{day.year}年{day.month}月{day.day}日"


def printed(figure: Figure, forms: Forms) -> tuple[str, Fact | None]:
    """A figure's text without its unit, and what the dataset must hold of it."""
    value, fact = figure.value, figure.fact
    if value is None:
        return forms.missing, None
    if isinstance(value, str):
        return value, replace(fact, value=value) if fact else None
    if isinstance(value, date):
        return printed_day(value, forms.dates), replace(fact, value=value.isoformat()) if fact else None
    factor, places = _scale(figure, forms)
    shown = (value * factor).quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)
    text = f"{abs(shown):,.{places}f}" if forms.thousands else f"{abs(shown):.{places}f}"
    if shown < 0:
        text = f"({text})" if forms.negative == "(" else f"-{text}"
    if forms.full_width:
        text = text.translate(FULL)
    return text, replace(fact, value=_held(figure, shown, factor)) if fact else None


def with_unit(text: str, figure: Figure, forms: Forms, in_cell: bool) -> str:
    """The text of a cell; `in_cell` puts units other than that of money behind the figure as well."""
    if figure.value is None or isinstance(figure.value, (str, date)):
        return text
    if figure.sort == "money" and forms.place == "cell":
        return text + forms.unit
    if figure.sort == "pct" and forms.percent == "cell":
        return text + ("％" if forms.full_width else "%")
    return text + unit_of(figure.sort, forms, figure.counted) if in_cell and figure.sort in ("count", "years") else text


def label_unit(sort: str, forms: Forms, place: str) -> str:
    """What stands behind a label (`place` header or label) for the unit of its figures."""
    if sort == "money" and forms.place == place:
        return f"{forms.brackets[0]}{forms.unit}{forms.brackets[1]}"
    if sort == "pct" and forms.percent == "header":
        return f"{forms.brackets[0]}%{forms.brackets[1]}"
    return ""


def _scale(figure: Figure, forms: Forms) -> tuple[Decimal, int]:
    if figure.sort == "money":
        return 1 / UNITS[forms.unit], PLACES[forms.unit]
    if figure.sort == "years":
        return TERMS[forms.term], {"年": 2, "月": 2, "天": 0}[forms.term]
    return Decimal(1), 0 if figure.sort == "count" else 2


def _held(figure: Figure, shown: Decimal, factor: Decimal) -> str:
    if figure.sort == "money":
        held = shown / factor
    elif figure.sort == "years":
        held = (shown / factor).quantize(Decimal("0.0001"), ROUND_HALF_UP)
    else:
        held = shown
    return plain(held)


def plain(value: Decimal) -> str:
    """A number as the dataset writes it: no exponent, no trailing zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

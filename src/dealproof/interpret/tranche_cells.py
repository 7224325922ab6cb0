"""What one cell of a tranche says: an amount, a share, a rate or its sort, a day, a code, a way of repayment."""

from __future__ import annotations

import re
from decimal import Decimal

from dealproof.interpret.context import Context
from dealproof.interpret.fact_builder import Key, Notebook
from dealproof.interpret.rating_columns import read_ratings
from dealproof.interpret.units import UnitSources
from dealproof.model.table import Cell
from dealproof.text import squeeze, unmarked
from dealproof.values.dates import parse_date
from dealproof.values.nothing import parse_nothing
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import Tranche
from dealproof.values.units import split_unit

_FIXED, _FLOATING, _NONE = (
    re.compile("固定(?:利率|资金成本)?|fixed"),
    re.compile("浮动|floating"),
    re.compile(r"(?:无|不设置?|未设置?)(?:票面|固定|预期|期间|约定|参考)*(?:年)?(?:化)?(?:利率|收益率?|利息|资金成本)(?!上限|下限|调整)|零息|不计息|不付息|^无(?![一-龥])"),
)
_CODE = re.compile(r"[A-Z]{0,4}\d{5,12}[A-Z]{0,2}(?:\.[A-Z]{2,4})?")
_WORDS = re.compile(r"[^\d%.]*(?:\d{1,2}(?:个月|年|期)[^\d%.]*)?")


def read_field(
    column: str, cell: Cell, tranche: Tranche, key: Key, header: str, sources: UnitSources, book: Notebook, ctx: Context
) -> Decimal | None:
    """Read one cell of a tranche; the amount is given back."""
    if column == "amount":
        return book.figure(key, column, cell, "money", sources)
    if column == "share_pct":
        book.figure(key, column, cell, "pct", sources)
    elif column in ("rate", "rate_type"):
        _rate(column, cell, key, sources, book)
    elif column in ("expected_maturity", "legal_maturity"):
        _date(column, cell, key, book)
    elif column == "rating":
        read_ratings(header, cell, tranche, book, ctx)
    elif column not in ("tranche_name", "short_name") and parse_nothing(cell.text) is None:
        _words(column, cell, key, book)
    return None


def _rate(column: str, cell: Cell, key: Key, sources: UnitSources, book: Notebook) -> None:
    """A rate column holds a number or a type; a dash under it means that the tranche has none."""
    text = squeeze(cell.text).lower()
    number_text, _ = split_unit(text)
    if isinstance(parse_number(number_text), Parsed):
        book.figure(key, "coupon_pct", cell, "pct", sources)
        return
    kinds = [
        kind for kind, pattern in (("none", _NONE), ("fixed", _FIXED), ("floating", _FLOATING)) if pattern.search(text)
    ]
    if kinds:
        book.value(key, "rate_type", cell, kinds[0])
    elif text and parse_nothing(cell.text) is not None:
        if "次级" in dict(key).get("tranche", "") or "劣后" in dict(key).get("tranche", ""):
            book.value(key, "rate_type", cell, "none")
    elif text:
        book.ask(
            "low_confidence", f"{cell.text.strip()!r} is neither a rate nor a type of rate.", cell, key, "rate_type"
        )


def _words(column: str, cell: Cell, key: Key, book: Notebook) -> None:
    """A code or a way of repayment; text that runs into a neighbour's figure is refused."""
    text = unmarked(cell.text)
    pattern = _CODE if column == "security_code" else _WORDS
    if pattern.fullmatch(text):
        book.value(key, column, cell, text)
    else:
        book.ask("low_confidence", f"{cell.text.strip()!r} is no {column}.", cell, key, column)


def _date(column: str, cell: Cell, key: Key, book: Notebook) -> None:
    read_date = parse_date(cell.text)
    if isinstance(read_date, Parsed):
        book.value(key, column, cell, read_date.value.isoformat())
    elif parse_nothing(cell.text) is None:
        book.ask("low_confidence", f"{cell.text.strip()!r} is no date.", cell, key, column)

"""Lists of dates (日期概况): labels with dates in two or four columns. The exact cell is the proof."""

from __future__ import annotations

import re

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.dates import label_in
from dealproof.interpret.fact_builder import Notebook, deal_key
from dealproof.interpret.layout import pairs
from dealproof.model.table import Table
from dealproof.text import label_key
from dealproof.values.dates import parse_date, parse_period
from dealproof.values.parsed import Parsed

NAME = "dates"
_DEAL_FIELDS = frozenset(("cutoff_date", "closing_date", "first_payment_date", "legal_maturity"))


def _is_label(ctx: Context, text: str) -> bool:
    bare = re.sub(r"\((?:预计|预期|含该日|不含该日|含|不含|如有)\)", "", label_key(text))
    return ctx.labels.find("dates", bare) is not None


def claim(table: Table, ctx: Context) -> float:
    """Two known labels or more with dates beside them."""
    found = [
        pair
        for pair in pairs(table, lambda text: _is_label(ctx, text))
        if pair.values and _is_date(pair.values[0][1].text)
    ]
    return 0.85 if len(found) >= 2 else 0.0


def _is_date(text: str) -> bool:
    return isinstance(parse_date(text), Parsed) or isinstance(parse_period(text), Parsed)


def read(table: Table, ctx: Context) -> Reading:
    """Dates of the deal become facts; dates of the period are part of the document's profile."""
    book = Notebook(ctx, "deals")
    for pair in pairs(table, lambda text: _is_label(ctx, text)):
        book.use(pair.label)
        for _, cell in pair.values:
            book.use(cell)
        field = label_in(ctx.labels, pair.label.text)
        if field in _DEAL_FIELDS and pair.values:
            day = parse_date(pair.values[0][1].text)
            if isinstance(day, Parsed):
                book.value(deal_key(ctx), field, pair.values[0][1], day.value.isoformat())
    return book.done()

"""Lists of dates (日期概况): labels with dates in two or four columns. The exact cell is the proof."""

from __future__ import annotations

import re
from datetime import date

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.dates import is_own_day, label_in
from dealproof.interpret.fact_builder import Key, Notebook, deal_key
from dealproof.interpret.layout import pairs
from dealproof.model.table import Cell, Table
from dealproof.text import fold, label_key, squeeze
from dealproof.values.dates import find_dates, parse_date, parse_period
from dealproof.values.parsed import Nothing, Parsed, Refused

NAME = "dates"
_DEAL_FIELDS = frozenset(("cutoff_date", "closing_date", "first_payment_date", "legal_maturity"))
_DOCUMENT_FIELDS = frozenset(("report_date", "payment_date", "period", "period_start", "period_end"))


#: What makes of the day before a remark one that may be another: 2030年7月26日或全部清偿之日（孰早）.
_OPEN = re.compile(r"或|孰|较早|较晚|变更|调整[为至]|提前|延长|延期|展期|之前|之后|以前|以后|不早于|不晚于|暂定")
_REMARK = re.compile(r"[,;。(]")


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
        if field in _DEAL_FIELDS and pair.values and is_own_day(field, pair.label.text, ctx.profile.kind_record):
            day = _day(pair.values[0][1].text)
            if isinstance(day, Parsed):
                book.value(deal_key(ctx), field, pair.values[0][1], day.value.isoformat())
            elif isinstance(day, Refused):
                _ask(book, deal_key(ctx), field, pair.values[0][1], "deals")
        elif field in _DOCUMENT_FIELDS and pair.values and not _tells_the_first(pair.values[0][1], ctx) and _is_unread(field, pair.values[0][1].text, ctx):
            own = (("document_id", ctx.document_id),)
            _ask(book, own, "period_end" if field == "period" else field, pair.values[0][1], "documents")
    return book.done()


def _day(text: str) -> Parsed[date] | Nothing | Refused:
    """A day, or the only day of a cell that goes on with a remark which leaves it as it is: 2030年7月26日，该日并非实际到期日."""
    read_whole = parse_date(text)
    body = fold(text).strip()
    dates = find_dates(body)
    if not isinstance(read_whole, Refused) or len(dates) != 1 or dates[0][1]:
        return read_whole
    remark = squeeze(body[dates[0][2] :])
    return Parsed(dates[0][0], text) if _REMARK.match(remark) and not _OPEN.search(remark) else read_whole


def _tells_the_first(cell: Cell, ctx: Context) -> bool:
    """Whether days of payment to come are listed by their first, which a paper about an issue states of its deal."""
    return ctx.profile.kind_record.at_issue and re.search(r"首个|首次|首期|第一个", cell.text) is not None


def _is_unread(field: str, text: str, ctx: Context) -> bool:
    """Whether a date of the document is printed in a form that nobody reads, and is not known from elsewhere."""
    known = getattr(ctx.profile, "period_end" if field == "period" else field)
    return known is None and any(isinstance(read(text), Refused) for read in (parse_date, parse_period)) and not _is_date(text)


def _ask(book: Notebook, key: Key, field: str, cell: Cell, table: str) -> None:
    if re.search(r"\d", cell.text):
        book.ask("low_confidence", f"{cell.text.strip()!r} cannot be read as {field}.", cell, key, field, table)

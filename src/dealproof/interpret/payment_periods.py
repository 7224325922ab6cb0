"""Of which period a payment is where a paper tells of several: by the number of its row or of its caption (第2次分配), or by its day."""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.interpret.context import Context
from dealproof.interpret.layout import Matrix, text_of
from dealproof.interpret.tranche_blocks import line_cell, named_by
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.dates import find_dates, parse_date
from dealproof.values.numbers import chinese_int
from dealproof.values.parsed import Parsed

_PAYMENT_NO = re.compile(r"(?:总)?第([一二三四五六七八九十百\d]{1,4})(?:期|次)(?:的)?(?:收益)?(?:分配|兑付|付息|支付)?")
_CAPTIONED = re.compile(r"第([一二三四五六七八九十百\d]{1,4})(?:期|次)(?:的)?(?:收益|本息|证券)?(?:分配|兑付|付息|支付)")


def captioned_payment(table: Table, ctx: Context) -> tuple[int | None, Cell | None]:
    """The number and the line with the day of the payment that the caption of a table names in a paper that bears no number; else
    the number of the report, and no line."""
    if not ctx.profile.bears_no_number:
        return ctx.profile.period_no, None
    for text in (table.title, *table.section[-1:]):
        if numbers := {chinese_int(each) for each in _CAPTIONED.findall(squeeze(text))} - {None}:
            return (numbers.pop() if len(numbers) == 1 else None), (line_cell(table, ctx, text) if find_dates(squeeze(text)) else None)
    return ctx.profile.period_no, None


def listed_payments(grid: Matrix, column: int, of: Sequence[int], ctx: Context) -> dict[int, tuple[int | None, Cell | None]] | None:
    """Of a table in which tranches stand in several rows, one a payment: the number of the period of each row that tells it, with the
    cell of its day; where none does, the rows of this report's own day. None where each tranche stands but once. `of` are the columns
    of what was paid."""
    filled = [(at, row) for at, row in enumerate(grid.body) if any(text_of(row[index]) for index in of)]
    names = {at: tranche.name for at, row in filled if (tranche := named_by(row[column])) is not None}
    if len(set(names.values())) == len(names):
        return None
    days = {at: _day_of(grid.body[at], grid, ctx) for at in names}
    numbers = {at: next((chinese_int(match[1]) for cell in grid.body[at] if (match := _PAYMENT_NO.fullmatch(text_of(cell)))), None) for at in names}
    if all(numbers.values()) and len({(names[at], numbers[at]) for at in names}) == len(names):
        return {at: (numbers[at], days[at]) for at in names}
    own = ctx.profile.payment_date
    of_own_day: dict[int, tuple[int | None, Cell | None]] = {
        at: (ctx.profile.period_no, cell) for at, cell in days.items()
        if own is not None and cell is not None and isinstance(day := parse_date(cell.text), Parsed) and day.value == own
    }  # fmt: skip
    return of_own_day if len({names[at] for at in of_own_day}) == len(of_own_day) else {}


def _day_of(row: Sequence[Cell | None], grid: Matrix, ctx: Context) -> Cell | None:
    """The day of payment in a row: the one under that name, else the only day of the row; a row may begin with that of its interest."""
    dated = [(at, cell) for at, cell in enumerate(row) if cell is not None and isinstance(parse_date(cell.text), Parsed)]
    named = [cell for at, cell in dated if ctx.labels.field("dates", grid.inner(at)) == "payment_date"]
    days = named or [cell for _, cell in dated]
    return days[0] if len(days) == 1 else None

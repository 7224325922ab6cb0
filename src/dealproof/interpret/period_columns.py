"""Histories of performance: one row (or one column) a period, ascending or descending, often over several pages."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from datetime import date

from dealproof.contract.metrics import BY_DAYS_PAST_DUE, QUANTITY, performance_metric
from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Notebook, document_key
from dealproof.interpret.layout import Matrix, matrix, text_of, transposed, unit_sources
from dealproof.model.table import Cell, Table
from dealproof.text import label_key, squeeze
from dealproof.values.dates import parse_date, parse_month, parse_period, parse_quarter
from dealproof.values.numbers import chinese_int
from dealproof.values.parsed import Parsed

_GROUP = "performance"
_PERIOD = re.compile(r"(?:总)?第?([零〇一二三四五六七八九十百\d]{1,4})(?:期|个?(?:收款|报告|归集|计算|计息|回收|统计)期间?)?")
_NUMBERED = re.compile(r"(?:20\d\d年度?)?(?:总)?第[零〇一二三四五六七八九十百\d]{1,4}(?:期|个?(?:收款|报告|归集|计算|计息)期间?)")
_STATED = re.compile(r"(30|60|90|180)(?:天|日)?(?:\+|以上)")


def history_claim(table: Table, ctx: Context) -> float:
    """A column of period numbers or dates and a column with a metric, over rows that start with a period."""
    return max(_claim(table, ctx), _claim(transposed(table), ctx))


def is_of_own_periods(table: Table, ctx: Context) -> bool:
    """Whether a history has one row for each period of the deal so far, up to the reported one, whatever stands over it: 历史表现
    may be the performance of other loans, whose months are others or more."""
    number, own = ctx.profile.period_no, ctx.profile.period_end
    if number is None or own is None or not history_claim(table, ctx):
        return False
    for view in (table, transposed(table)):
        grid = matrix(view)
        fields = _fields(grid, ctx, view)
        ends = [span[1] for row in grid.body if (span := _dates(row, fields)) is not None and span[1] is not None]
        if len(ends) == len(set(ends)) == number > 1 and max(ends) == own:
            return True
    return False


def _claim(table: Table, ctx: Context) -> float:
    grid = matrix(table)
    fields = _fields(grid, ctx, table)
    if not any(performance_metric(field) for field in fields.values()):
        return 0.0
    if ("period_no" not in fields.values() and "period_dates" not in fields.values()) or _has_labels_inside(grid, ctx):
        return 0.0
    rows = [row for row in grid.body if _number(row, fields) is not None or _dates(row, fields) is not None]
    if not rows or len(rows) < 0.6 * len(grid.body) or _is_longer_than_the_deal(rows, fields, ctx):
        return 0.0
    wanted = set(fields.values()) & BY_DAYS_PAST_DUE
    return 0.95 if wanted else 0.5


def _is_longer_than_the_deal(rows: Sequence[Sequence[Cell | None]], fields: dict[int, str], ctx: Context) -> bool:
    """Whether months without numbers are more than the deal has periods, or do not end with this report's: then they are
    those of another pool."""
    if any(_number(row, fields) is not None for row in rows):
        return False
    months = [row for row in rows if _is_of_calendar(row)]
    number, own = ctx.profile.period_no, ctx.profile.period_end
    if not months:
        return False
    ends = [span[1] for row in months if (span := _dates(row, fields)) is not None]
    return number is None or own is None or len(months) > number or own not in ends


def _is_of_calendar(row: Sequence[Cell | None]) -> bool:
    """Whether a row is that of a month, a quarter or a half of a year, without days."""
    return any(_is_calendar(text_of(cell)) for cell in row)


def _has_another_length(span: tuple[date | None, date | None], ctx: Context) -> bool:
    """Whether a row spans more or fewer months than the reported period: its figures are no other period's of the deal."""
    start, end = ctx.profile.period_start, ctx.profile.period_end
    if start is None or end is None or span[0] is None or span[1] is None:
        return False
    return round(((end - start).days + 1) / 30.4) != round(((span[1] - span[0]).days + 1) / 30.4)


def read_history(table: Table, ctx: Context) -> Reading:
    """Read every period of a history; rows whose period cannot be told are questions."""
    book = Notebook(ctx, _GROUP)
    turned = _claim(table, ctx) < _claim(transposed(table), ctx)
    view = transposed(table) if turned else table
    grid = matrix(view)
    fields = _fields(grid, ctx, view)
    told = [(_number(row, fields), _dates(row, fields)) for row in grid.body]
    odd = _out_of_order(told)
    for at, (row, (number, span)) in enumerate(zip(grid.body, told, strict=True)):
        if number is None and span is not None and not (_is_of_calendar(row) and _has_another_length(span, ctx)):
            number = _number_by_date(span, ctx)
        if number is None:
            _ask(row, book)
            continue
        if at in odd:
            _ask_odd(row, number, book)
            continue
        _read_row(view, grid, row, fields, number, span, ctx, book)
    return book.done(turned=turned)


def _out_of_order(rows: Sequence[tuple[int | None, tuple[date | None, date | None] | None]]) -> set[int]:
    """Rows whose number is further from those of both rows beside them than months lie between: a digit too many, or a mark."""
    known = [(at, number, span[1]) for at, (number, span) in enumerate(rows) if number is not None and span is not None and span[1] is not None]
    odd: set[int] = set()
    for place, (at, number, end) in enumerate(known):
        beside = known[max(0, place - 1) : place] + known[place + 1 : place + 2]
        apart = [abs(number - other) > max(1, abs((end.year - day.year) * 12 + end.month - day.month)) for _, other, day in beside]
        if apart and all(apart):
            odd.add(at)
    return odd


def _ask_odd(row: Sequence[Cell | None], number: int, book: Notebook) -> None:
    """Ask about a row whose period cannot be its number; nothing of it is taken."""
    filled = [cell for cell in row if cell is not None and text_of(cell)]
    for cell in filled:
        book.use(cell)
    place = next((cell for cell in filled if str(number) in text_of(cell)), filled[0])
    book.ask("low_confidence", f"Period {number} does not follow from those beside it.", place)


def _fields(grid: Matrix, ctx: Context, table: Table) -> dict[int, str]:
    fields: dict[int, str] = {}
    of_rates = any("累计违约率" in squeeze(text) for text in (table.title, *table.section[-1:]))
    for index in range(len(grid.columns)):
        if of_rates and label_key(grid.inner(index)) == "违约率":
            fields[index] = "cumulative_default_pct"  # the caption says which
            continue
        field = ctx.labels.field(_GROUP, grid.inner(index)) or ctx.labels.field(_GROUP, grid.header_text(index))
        if not field and ctx.labels.field("pool_stats", grid.inner(index)) == "principal_balance":
            field = "pool_closing_balance"  # of each period's end
        if performance_metric(field) or field in ("period_no", "period_dates"):
            fields[index] = field
    if fields and 0 not in fields and not {"period_no", "period_dates"} & set(fields.values()) and _are_numbered(grid):
        fields = {0: "period_no", **fields}
    elif fields and 0 not in fields and not {"period_no", "period_dates"} & set(fields.values()) and _are_of_calendar(grid):
        fields = {0: "period_dates", **fields}
    return fields


def _are_of_calendar(grid: Matrix) -> bool:
    """Whether the first cells of all rows are months, quarters or spans of days, each another, whatever stands over them; two
    of them are this period beside the one before."""
    first = [text for row in grid.body if (text := text_of(row[0]))]
    return 2 < len(first) == len(set(first)) and all(_is_calendar(text) or isinstance(parse_period(text), Parsed) for text in first)


def _is_calendar(text: str) -> bool:
    return isinstance(parse_month(text), Parsed) or isinstance(parse_quarter(text), Parsed)


def _are_numbered(grid: Matrix) -> bool:
    """Whether the first cells of all rows are numbers of reports (第4期, 第5期), whatever stands over them."""
    first = [text for row in grid.body if (text := text_of(row[0]))]
    return len(first) > 1 and all(_NUMBERED.fullmatch(text) for text in first)


def _has_labels_inside(grid: Matrix, ctx: Context) -> bool:
    """Whether a row holds labels of its own: then it is no row of a history, but labels with values side by side."""
    return any(
        sum(1 for cell in row if cell is not None and not re.search(r"\d", cell.text) and ctx.labels.field(_GROUP, cell.text)) > 1
        for row in grid.body
    )


def _number(row: Sequence[Cell | None], fields: dict[int, str]) -> int | None:
    for index, field in fields.items():
        if field in ("period_no", "period_dates"):
            match = _PERIOD.fullmatch(re.sub(r"^20\d\d年度?", "", text_of(row[index])))
            if match:
                return chinese_int(match.group(1))
    return None


def _dates(row: Sequence[Cell | None], fields: dict[int, str]) -> tuple[date | None, date | None] | None:
    """Start and end of a row's period; a lone date is its end."""
    for index, field in fields.items():
        if field not in ("period_dates", "period_no"):
            continue
        text = text_of(row[index])
        span = parse_period(text)
        if isinstance(span, Parsed):
            return span.value
        end = parse_date(text)
        if isinstance(end, Parsed):
            return None, end.value
        month = parse_month(text)
        if isinstance(month, Parsed):
            year, number = month.value
            return date(year, number, 1), date(year, number, monthrange(year, number)[1])
        quarter = parse_quarter(text)
        if isinstance(quarter, Parsed):
            return quarter.value
    return None


def _number_by_date(span: tuple[date | None, date | None], ctx: Context) -> int | None:
    """Count periods back from this report's own, when the steps between them are whole months."""
    own, number, end = ctx.profile.period_end, ctx.profile.period_no, span[1]
    if own is None or number is None or end is None:
        return None
    if end == own:
        return number
    start = ctx.profile.period_start
    months = (own.year - end.year) * 12 + own.month - end.month
    length = 1 if start is None else max(1, round(((own - start).days + 1) / 30.4))
    return number - months // length if months > 0 and months % length == 0 and number > months // length else None


def _read_row(
    view: Table, grid: Matrix, row: Sequence[Cell | None], fields: dict[int, str], number: int,
    span: tuple[date | None, date | None] | None, ctx: Context, book: Notebook,
) -> None:  # fmt: skip
    reprinted = number != ctx.profile.period_no
    for index, field in fields.items():
        cell, metric = row[index], performance_metric(field)
        if cell is None or metric is None:
            if cell is not None:
                book.use(cell)
            continue
        header = grid.header_text(index)
        stated = _STATED.search(squeeze(header)) if metric in BY_DAYS_PAST_DUE else None
        definition = f"{stated.group(1)}+" if stated else (ctx.profile.default_definition if metric in BY_DAYS_PAST_DUE else "")
        key = document_key(ctx, period_no=number, metric=metric, definition=definition)
        if book.figure(key, "value", cell, QUANTITY[metric], unit_sources(view, "", header)) is None:
            continue
        book.value(key, "reprinted", cell, reprinted)
        for column, day in zip(("period_start", "period_end"), span or (None, None), strict=True):
            if day is not None and reprinted:
                book.value(key, column, cell, day.isoformat())


def _ask(row: Sequence[Cell | None], book: Notebook) -> None:
    first = next((cell for cell in row if cell is not None and cell.text.strip()), None)
    if first is not None and any(cell is not None and re.search(r"\d", cell.text) for cell in row[1:]):
        if squeeze(first.text) in ("合计", "总计"):
            return
        book.ask_label(f"Row {first.text.strip()!r} of a history has no period that can be told.", first)

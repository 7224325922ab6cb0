"""Status of the pool at the period's end (资产池状态): counts and balances by days past due.

Rows such as 拖欠30天以上 are cumulative and overlap with the buckets; they are kept under their printed label
(docs/domain.md#status-buckets).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.contract.delinquency import BUCKETS
from dealproof.contract.metrics import QUANTITY
from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Notebook, document_key
from dealproof.interpret.layout import Matrix, matrix, text_of, transposed, unit_sources
from dealproof.interpret.periods import is_past_or_other, period_of
from dealproof.interpret.share_columns import COLUMNS, contradicted, doubled, unknown_columns, value_columns
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.buckets import parse_status_bucket
from dealproof.values.dates import parse_date
from dealproof.values.parsed import Parsed

NAME = "delinquency"
_INCLUDED = re.compile(r"\((?:不)?含(?:\d+天)?\)|（(?:不)?含）")
_OTHER = re.compile(
    r"^(?:其中[:：])?(?:严重)?(?:拖欠|逾期|超过|回购|赎回|替换|展期|重组|核销|诉讼|拍卖|受理|经处置|处置|其他|关注|次级"
    r"|可疑|损失|清仓|不合格|宽限|提前|到期|结清|已)|^\d{1,3}(?:天|日)?(?:-|~|至|到|以上|\+)"
)
#: More than M3 where M3 stands beside it; alone it may hold M3 too.
_M3_AND_MORE = re.compile(r"M3(?:\+|以上)", re.IGNORECASE)
_OF_STATUS = re.compile(r"^(?:资产|贷款|债权)?(?:逾期|拖欠)?(?:状态|状况|期限|天数|账龄|情况|分类)(?:分类)?$")
_FEW, _SEVERAL = 2, 3
_AMOUNT = re.compile(r"[\d,]+\.\d{2,6}")
_BORROWERS_BY_LOANS = re.compile(r"[一-龥]{0,6}(?:户数|人数)\((?:单位:)?[笔份件]\)|[一-龥]{0,6}(?:笔数|份数)\((?:单位:)?[户人]\)")
_MONTH = re.compile(r"(?:(?:19|20)\d\d年)?(\d{1,2})月(?!\d|\d日)")
_COLUMN = {
    "count": "count",
    "count_share_pct": "count_share_pct",
    "amount": "balance",
    "amount_share_pct": "balance_share_pct",
}
_QUANTITY = {"count": "count", "count_share_pct": "pct", "amount": "money", "amount_share_pct": "pct"}


def claim(table: Table, ctx: Context) -> float:
    """Three status rows (or columns) or more, among them a current or early bucket, with value columns; reports only."""
    return max(_claim(table, ctx), _claim(transposed(table), ctx))


def _claim(table: Table, ctx: Context) -> float:
    grid = matrix(table)
    texts = [text_of(label) for _, label in _rows(grid)]
    every = {b for text in texts if (b := _bucket(text) or _answered(text, ctx))}
    found = {b for b in every if not b.startswith("other:")}
    if len(every) < (_FEW if _of_statuses(grid) else _SEVERAL) or len(found) < 2 or not found & {"current", "1-30", "31-60"}:
        return 0.0
    columns = _columns(grid, ctx)
    if not columns:
        return 0.5 if unknown_columns(grid, ctx, columns, _others(grid, ctx)) else 0.0
    return 0.95


def _of_statuses(grid: Matrix) -> bool:
    """Whether the head of the first column says that it holds statuses: a table may print only those that changed."""
    return bool(grid.columns and grid.columns[0] and _OF_STATUS.search(grid.header_text(0)))


def read(table: Table, ctx: Context) -> Reading:
    """Read the columns of this period's end."""
    turned = _claim(table, ctx) < _claim(transposed(table), ctx)
    return _read(transposed(table) if turned else table, ctx).done(turned=turned)


def _read(table: Table, ctx: Context) -> Notebook:
    book = Notebook(ctx, NAME)
    grid = matrix(table)
    columns = _columns(grid, ctx)
    rivals = doubled(grid, columns, ctx, _others(grid, ctx))
    for share in contradicted(grid, columns):
        head = grid.header[-1][share] if grid.header else None
        book.ask(
            "failed_check", f"Column {grid.header_text(share)} does not fit its values.", head or table.cells[0],
            column=_COLUMN[columns[share]],
        )  # fmt: skip
    for head in unknown_columns(grid, ctx, columns, _others(grid, ctx)):
        book.ask_label(f"Column {head.text.strip()!r} of a table of statuses is not known.", head, COLUMNS)
    for head in _of_borrowers_or_loans(grid):
        book.ask("unit_unclear", f"{head.text.strip()!r} counts borrowers by its name and loans by its unit.", head, column="count")
    has_m3 = any(_bucket(text_of(label)) == "61-90" for _, label in _rows(grid))
    for row, label in _rows(grid):
        bucket = _bucket(text_of(label)) or _answered(text_of(label), ctx)
        if not bucket or (_M3_AND_MORE.fullmatch(text_of(label)) and not has_m3):
            book.ask_label(f"Status {label.text.strip()!r} is not known.", label)
            continue
        book.use(label)
        key = document_key(ctx, period_no=ctx.profile.period_no, bucket=bucket)
        for index, field in columns.items():
            cell = row[index]
            if cell is None:
                continue
            sources = unit_sources(table, "", grid.header_text(index))
            read_value = book.figure(key, _COLUMN[field], cell, _QUANTITY[field], sources)
            either = [
                (other, grid.header_text(at))
                for at in (index, *(i for i, own in rivals.items() if own == index))
                if (other := row[at]) is not None
            ]
            book.ask_column(key, _COLUMN[field], _QUANTITY[field], either, sources)
            if bucket == "total" and field == "count" and read_value is not None:
                again = document_key(ctx, period_no=ctx.profile.period_no, metric="pool_loan_count", definition="")
                book.figure(again, "value", cell, QUANTITY["pool_loan_count"], sources, table="performance")
    return book


def _of_borrowers_or_loans(grid: Matrix) -> list[Cell]:
    """Heads that count borrowers by their name and loans by their unit (户数（笔）), or the other way round."""
    heads = [next((cell for row in reversed(grid.header) if (cell := row[at]) is not None and text_of(cell)), None) for at in range(1, len(grid.columns))]
    return list(dict.fromkeys(head for head in heads if head is not None and _BORROWERS_BY_LOANS.fullmatch(text_of(head))))


def _rows(grid: Matrix) -> list[tuple[Sequence[Cell | None], Cell]]:
    """The rows with their statuses. These stand in the first column, or in the second where the first only groups them (正常类,
    逾期类); a total may then stand in the first."""
    known = [
        sum(1 for row in grid.body if isinstance(parse_status_bucket(text_of(row[at])), Parsed))
        for at in range(min(2, len(grid.columns)))
    ]
    at = 1 if len(known) > 1 and known[1] > known[0] else 0
    labelled = ((row, row[at] if text_of(row[at]) else row[0]) for row in grid.body)
    return [(row, label) for row, label in labelled if label is not None and text_of(label)]


def _answered(text: str, ctx: Context) -> str:
    """The bucket that the analysts' row for a status leads to."""
    field = ctx.labels.field(NAME, text)
    return field if field in BUCKETS else ""


def _columns(grid: Matrix, ctx: Context) -> dict[int, str]:
    return value_columns(grid, ctx, _others(grid, ctx)) or _of_the_day(grid, ctx)


def _of_the_day(grid: Matrix, ctx: Context) -> dict[int, str]:
    """The balances of the period's end, where columns are called by nothing but days and hold amounts."""
    days = {i: text for i in range(1, len(grid.columns)) if isinstance(parse_date(text := grid.header_text(i)), Parsed)}
    own = [i for i, text in days.items() if isinstance(day := parse_date(text), Parsed) and day.value == ctx.profile.period_end]
    if len(own) != 1 or len(days) != len(grid.columns) - 1:
        return {}
    amounts = [text_of(row[own[0]]) for row in grid.body]
    return {own[0]: "amount"} if all(_AMOUNT.fullmatch(text) for text in amounts if text) else {}


def _others(grid: Matrix, ctx: Context) -> frozenset[int]:
    """Columns that do not speak of the period's end; where a group of columns says that it does, all other groups."""
    headers = {i: grid.header_text(i) for i in range(1, len(grid.columns))}
    groups = [i for i in headers if len(grid.columns[i]) > 1 and period_of(headers[i]) == "own"]
    months = {i: int(match.group(1)) for i, text in headers.items() if (match := _MONTH.match(text))}
    end = ctx.profile.period_end
    levels = ((i, level) for i in headers for level in grid.columns[i])
    days = {i: day.value for i, level in levels if isinstance(day := parse_date(level), Parsed)}
    past = {i for i, day in days.items() if end in days.values() and day != end}
    past |= {i for i, month in months.items() if end is not None and end.month in months.values() and month != end.month}
    return frozenset(
        i for i, text in headers.items() if i in past or is_past_or_other(text) or (groups and period_of(text) != "own")
    )


def _bucket(text: str) -> str:
    read_bucket = parse_status_bucket(text)
    if isinstance(read_bucket, Parsed):
        return read_bucket.value
    plain = _INCLUDED.sub("", squeeze(text))
    again = parse_status_bucket(plain)
    if isinstance(again, Parsed):
        return again.value
    return f"other:{squeeze(text)}" if _OTHER.search(plain) else ""

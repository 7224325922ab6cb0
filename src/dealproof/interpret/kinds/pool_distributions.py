"""Distributions of the pool (按X分布): buckets with amount, count and their shares; the total row only checks."""

from __future__ import annotations

import re
from decimal import Decimal

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Notebook, deal_key
from dealproof.interpret.layout import Matrix, matrix, text_of, unit_sources
from dealproof.interpret.periods import is_past_or_other
from dealproof.interpret.share_columns import (
    COLUMNS,
    body_rows,
    contradicted,
    doubled,
    label_column,
    number,
    proven_totals,
    unknown_columns,
    value_columns,
)
from dealproof.model.table import Table
from dealproof.text import squeeze, unmarked
from dealproof.values.buckets import parse_bucket, parse_status_bucket
from dealproof.values.dates import find_dates
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import is_total_label

NAME = "pool_distributions"
_COLUMNS = {"count": ("count", "count"), "count_share_pct": ("count_share_pct", "pct"), "amount": ("amount", "money"),
            "amount_share_pct": ("amount_share_pct", "pct")}  # fmt: skip
_CAPTION = re.compile(r"分布|构成|分类|集中度|前十大|前五大")
#: What else a pool is spread over, which the contract has no word for.
_SPREAD = re.compile(r"职业|学历|教育程度|婚姻|性别|户籍|工作年限|信用评分|评分|信用等级|内部评级|新旧|新车|品牌|车型|车龄|能源类型|首付|价值比|抵押率|ltv|成数|渠道|场景|产品类型|产品名称|客户类型|(?:借款人|承租人|债务人|企业|贷款|房屋|房产|抵押物|租赁物|租赁|债权|资产|利率|合同)(?:类型|性质|规模|种类|面积)|动力类型|[一-龥]{2}(?:类型|方式|种类|性质|结构)$|所有制|支付频率|还款频率|逾期期限|逾期天数|未逾期", re.IGNORECASE)
#: The number before a caption, and letters of the longest.
_NUMBER, _LONGEST_CAPTION = re.compile(r"(?:图表|表|图)?(?:\([\d一二三四五六七八九十]+\)|\d+(?:[-.]\d+)*[、.:：]?|[一二三四五六七八九十]+[、.])"), 20
_NUMBERED = re.compile(
    r"^(?:图表|表|图)?[\d一二三四五六七八九十\-.、:：()]+|(?:入池)?(?:资产池|资产|贷款|基础资产|按|分布|情况|统计|区间|表|的|各|单位.*$)+"
)


def claim(table: Table, ctx: Context) -> float:
    """Two value columns with a share among them, over named buckets; a caption or first header names the dimension."""
    grid = matrix(table)
    columns = value_columns(grid, ctx, _others(grid, ctx))
    rows = body_rows(grid)
    known = len(columns) >= 2 and any("share" in field for field in columns.values())
    named = "分布" in squeeze(table.title) and bool(unknown_columns(grid, ctx, columns, _others(grid, ctx)))
    if len(rows) < 2 or not (known or named):
        return 0.0
    status = sum(1 for row in rows if isinstance(parse_status_bucket(text_of(row[0])), Parsed))
    if status >= 3 and ctx.profile.kind_record.is_periodic:
        return 0.0
    dimension = _dimension(table, grid, ctx)
    if not dimension:
        return 0.0
    at = label_column(grid)
    buckets = sum(1 for row in rows if isinstance(parse_bucket(text_of(row[at])), Parsed))
    if dimension.startswith("other:") and not (_CAPTION.search(squeeze(table.title)) or _SPREAD.search(dimension) or buckets >= 2):
        return 0.0
    return 0.8 if known else 0.4


def read(table: Table, ctx: Context) -> Reading:
    """Read every bucket in printed order."""
    book = Notebook(ctx, NAME)
    grid = matrix(table)
    columns = value_columns(grid, ctx, _others(grid, ctx))
    dimension, as_of = _dimension(table, grid, ctx), _as_of(table, ctx)
    if not as_of:
        book.ask(
            "conflict", f"The date of the distribution {table.title!r} is not known.", table.cells[0], column="as_of"
        )
        return book.done()
    for unknown in unknown_columns(grid, ctx, columns, _others(grid, ctx)):
        book.ask_label(f"Column {unknown.text.strip()!r} of a distribution is not known.", unknown, COLUMNS)
    rivals = doubled(grid, columns, ctx, _others(grid, ctx))
    for share in contradicted(grid, columns):
        head = grid.header[-1][share] if grid.header else None
        book.ask(
            "failed_check", f"Column {grid.header_text(share)} does not fit its values.", head or table.cells[0],
            column=columns[share],
        )  # fmt: skip
    sums: dict[int, Decimal] = dict.fromkeys(columns, Decimal(0))
    position = 0
    at, proven = label_column(grid), proven_totals(grid)
    for number_of_row, row in enumerate(grid.body):
        label = row[at]
        if label is None or not (text_of(label) or text_of(row[0])):
            continue
        book.use(label)
        if number_of_row in proven:
            for cell in row:
                book.use(cell)
            continue
        if is_total_label(text_of(label)) or is_total_label(text_of(row[0])):
            _check_total(row, columns, sums, book)
            continue
        position += 1
        key = deal_key(ctx, as_of=as_of, dimension=dimension, bucket=_bucket_text(label.text))
        book.value(key, "position", label, position)
        _bounds(key, label.text, label, book)
        for index, field in columns.items():
            cell = row[index]
            if cell is not None:
                column, quantity = _COLUMNS[field]
                sources = unit_sources(table, "", grid.header_text(index))
                book.figure(key, column, cell, quantity, sources)
                either = [
                    (other, grid.header_text(at))
                    for at in (index, *(i for i, own in rivals.items() if own == index))
                    if (other := row[at]) is not None
                ]
                book.ask_column(key, column, quantity, either, sources)
                sums[index] += number(cell) or Decimal(0)
    return book.done()


def _others(grid: Matrix, ctx: Context) -> frozenset[int]:
    """Columns of a report that do not speak of the period's end; a circular speaks of the cut-off date alone."""
    if not ctx.profile.kind_record.is_periodic:
        return frozenset()
    return frozenset(i for i in range(1, len(grid.columns)) if is_past_or_other(grid.header_text(i)))


def _dimension(table: Table, grid: Matrix, ctx: Context) -> str:
    """The dimension named by the first header, else by the caption; `other:<caption>` where a caption says 分布."""
    for text in (grid.inner(label_column(grid)), squeeze(table.title)):
        field = ctx.labels.field(NAME, text)
        if field:
            return field
    title, head = squeeze(table.title), grid.inner(label_column(grid))
    if _CAPTION.search(title) or (_SPREAD.search(title) and (_SPREAD.search(head) or (head and squeeze(head) in title))):
        return f"other:{_NUMBERED.sub('', title) or title}"
    if not _SPREAD.search(head):
        return ""
    is_caption = _NUMBER.match(title) and len(title) <= _LONGEST_CAPTION
    return f"other:{(_NUMBERED.sub('', title) if is_caption else '') or squeeze(head)}"


def _as_of(table: Table, ctx: Context) -> str:
    dates = {d for text in (table.title, table.lead) for d, _, _ in find_dates(text)}
    if len(dates) == 1:
        return next(iter(dates)).isoformat()
    profile = ctx.profile
    day = profile.period_end if profile.kind_record.is_periodic else profile.cutoff_date
    return day.isoformat() if day else ""


def _bucket_text(text: str) -> str:
    return unmarked(text).replace("［", "[").replace("］", "]")


def _bounds(key: tuple[tuple[str, str], ...], text: str, cell: object, book: Notebook) -> None:
    read_bucket = parse_bucket(text)
    if isinstance(read_bucket, Parsed):
        for column, bound in (("lower", read_bucket.value.lower), ("upper", read_bucket.value.upper)):
            if bound is not None:
                book.value(key, column, cell, bound)  # type: ignore[arg-type]  # always a Cell


def _check_total(row: object, columns: dict[int, str], sums: dict[int, Decimal], book: Notebook) -> None:
    """Amounts and counts must add up to the total row within half a printed unit a row."""
    for index, field in columns.items():
        cell = row[index]  # type: ignore[index]  # a row of the grid
        total = number(cell)
        book.use(cell)
        if total is None or "share" in field:
            continue
        tolerance = Decimal("0.01") * 40 if field == "amount" else Decimal(0)
        if abs(total - sums[index]) > tolerance:
            book.ask(
                "failed_check",
                f"The rows add up to {sums[index]}, the total row says {total}.",
                cell,
                column=_COLUMNS[field][0],
            )

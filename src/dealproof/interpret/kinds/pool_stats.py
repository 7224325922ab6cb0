"""Statistics of the pool (资产池总体特征): labels with values, in two or four columns, with a unit column, or with
several dates side by side.

In a trustee report the column of the period's end gives the period's `performance` too. Where a column of the period's
beginning (期初) stands beside it, the table tells what became of the pool: it is `performance` and no statistics.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from dealproof.contract.metrics import AT_BEGIN, AT_END, QUANTITY, PerformanceMetric, PoolMetric, pool_metric
from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Notebook, deal_key, document_key
from dealproof.interpret.layout import Matrix, Pair, date_in, is_figure, matrix, pairs, text_of, unit_sources
from dealproof.interpret.periods import period_of
from dealproof.mappings.fields import IGNORED, JOINT
from dealproof.mappings.labels import LabelRow
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.buckets import parse_status_bucket
from dealproof.values.dates import find_dates
from dealproof.values.parsed import Parsed

NAME = "pool_stats"
_CUTOFF = re.compile(r"初始起算日|封包日|基准日|初始|入池时|设立时|发行时")
_CUTOFF_LABEL = re.compile(r"(?:截至)?(?:初始起算日|起算日|封包日|基准日)|初始(?:资产池|未偿|本金|入池)")
_BEGIN, _CLOSE = re.compile(r"期间?初(?!始)|季度?初"), re.compile(r"期间?末|季度?末")
#: The day up to which a rating report follows the pool, and the one of the report before it.
_FOLLOWED, _BEFORE = re.compile(r"跟踪(?:评级)?(?:基准|截止)日"), re.compile(r"上(?:一)?次|前(?:一)?次|上期|前期")
_STATED_DAY = re.compile(r"(?<![上前]次)(?<!上期)跟踪(?:评级)?(?:基准|截止)日(?:期)?(?:为|是|系|:|即)?(?=(?:19|20)\d\d)")
#: The day by which the loans of a purchase were chosen, and a pool that no purchase has changed.
_BOUGHT_DAY = re.compile(
    r"(?<!上次)(?<!首次)(?<!前次)(?<!下次)(?<!历次)(?:(?:持续|循环)购买|本次购买|新增入池|购买资产|新购买资产)(?:资产)?(?:的)?(?:基准日|封包日|起算日)(?:期)?(?:为|是|系|:|即)?"
    r"(?=(?:19|20)\d\d)"
)
_OF_THE_FIRST_POOL = re.compile(r"初始|设立时|发行时")
_SCOPE = re.compile(
    r"(?:微小企业|小微企业|个人经营性?|小型企业|微型企业|个体工商户|小微企业主|消费|新车|二手车)(?:贷款)?"
)
_DAY_LABEL = re.compile(r"(?:统计|数据|基准|截[至止]|跟踪|资产池)?(?:基准|截[至止])?(?:日期?|时点)")
#: Contracts are counted apart where loans are counted too; else 合同笔数 is how many loans there are.
_CONTRACT = re.compile("合同")
_NO_SCOPE = re.compile(
    r"数值|数据|项目|指标|内容|合计|总计|整体|全部|特征|单位|^(?:total|all|aggregate)$|^$", re.IGNORECASE
)


def claim(table: Table, ctx: Context) -> float:
    """Several known labels with figures. In a report only where dates of the pool stand over the columns."""
    found = {
        ctx.labels.field(NAME, pair.label.text)
        for pair in pairs(table, lambda text: ctx.labels.find(NAME, text) is not None)
        if pair.values and any(re.search(r"\d", cell.text) for _, cell in pair.values)
    } - {""}
    if len(found) < (2 if ctx.profile.kind_record.is_periodic else 1):
        return 0.0
    score = min(1.0, 0.35 + 0.12 * len(found))
    if ctx.profile.kind_record.is_periodic:
        grid = matrix(table)
        return score if any(_CUTOFF.search(grid.header_text(i)) for i in range(len(grid.columns))) else score * 0.6
    return score


def read(table: Table, ctx: Context) -> Reading:
    """Read every known label; a label of a wanted table that nobody knows is a question."""
    book = Notebook(ctx, NAME)
    grid = matrix(table)
    known = list(pairs(table, lambda text: _row_of(text, ctx) is not None))
    counts_loans = any(_is_count_of_loans(pair, ctx) and not _CONTRACT.search(pair.label.text) for pair in known)
    for pair in known:
        if counts_loans and _is_count_of_loans(pair, ctx) and _CONTRACT.search(pair.label.text):
            for cell in (pair.label, *(cell for _, cell in pair.values)):
                book.use(cell)
        else:
            _read_pair(table, grid, pair, ctx, book)
    for row in _days_below(grid):
        for day in row:
            book.use(day)
    _ask_unknown(table, known, ctx, book)
    return book.done()


def _row_of(text: str, ctx: Context) -> LabelRow | None:
    """What a label means; in a pool of bad loans 不良贷款 are simply its loans."""
    row = ctx.labels.find(NAME, text)
    if row is None and ctx.profile.asset_class == "npl" and "不良" in text:
        row = ctx.labels.find(NAME, text.replace("不良", ""))
    return row


def _is_count_of_loans(pair: Pair, ctx: Context) -> bool:
    row = _row_of(pair.label.text, ctx)
    return row is not None and row.field == "loan_count"


def _read_pair(table: Table, grid: Matrix, pair: Pair, ctx: Context, book: Notebook) -> None:
    row = _row_of(pair.label.text, ctx)
    book.use(pair.label)
    for index, cell in pair.values:
        book.use(cell)
        if row is None or row.field == IGNORED or not re.search(r"\d", cell.text):
            continue
        if _is_status(grid, ctx) and _read_status(table, grid, pair, index, cell, ctx, row.field, row.where, book):
            continue
        as_of = None if _is_of_a_status(grid, index, cell) else _as_of(table, grid, index, cell, pair.label.text, ctx)
        if as_of is None:
            continue
        day, is_end = as_of
        scope = _scope(table, grid, index, cell, len(pair.values) > 1)
        for metric, text in _parts(row.field, cell, book):
            sources = unit_sources(table, pair.label.text, grid.header_text(index), pair.unit)
            key = deal_key(ctx, as_of=day, metric=metric, scope=scope)
            book.figure(key, "value", cell, QUANTITY[metric], sources, label_rows=(row.where,), text=text)
            if is_end and not scope and metric in AT_END:
                own = AT_END[metric]
                again = document_key(ctx, period_no=ctx.profile.period_no, metric=own, definition="")
                book.figure(
                    again,
                    "value",
                    cell,
                    QUANTITY[own],
                    sources,
                    label_rows=(row.where,),
                    table="performance",
                    text=text,
                )


def _is_of_a_status(grid: Matrix, index: int, cell: Cell) -> bool:
    """Whether a column speaks of the loans of one status (逾期1-30天) only."""
    bucket = parse_status_bucket(grid.inner(index)) if cell.row >= grid.first_row else None
    return isinstance(bucket, Parsed) and bucket.value != "total"


def _is_status(grid: Matrix, ctx: Context) -> bool:
    """Whether columns of the period's beginning and of its end stand side by side."""
    headers = [grid.header_text(index) for index in range(1, len(grid.columns))]
    return ctx.profile.kind_record.is_periodic and all(
        any(pattern.search(header) for header in headers) for pattern in (_BEGIN, _CLOSE)
    )


def _read_status(
    table: Table, grid: Matrix, pair: Pair, index: int, cell: Cell, ctx: Context, field: str, where: str, book: Notebook
) -> bool:
    """Note a figure of the period's beginning or end as performance; False for any other column or metric."""
    header = grid.header_text(index) if cell.row >= grid.first_row else ""
    metrics: Mapping[PoolMetric, PerformanceMetric] = (
        AT_BEGIN if _BEGIN.search(header) else AT_END if _CLOSE.search(header) else {}
    )
    own = pool_metric(field)
    metric = metrics.get(own) if own is not None else None
    if metric is None:
        return False
    key = document_key(ctx, period_no=ctx.profile.period_no, metric=metric, definition="")
    sources = unit_sources(table, pair.label.text, header, pair.unit)
    book.figure(key, "value", cell, QUANTITY[metric], sources, label_rows=(where,), table="performance")
    return True


def _parts(field: str, cell: Cell, book: Notebook) -> list[tuple[PoolMetric, str]]:
    """A label of two metrics (最短/最长) has its two values in one cell, in the label's order."""
    metrics = [metric for part in field.split(JOINT) if (metric := pool_metric(part)) is not None]
    if len(metrics) == 1:
        return [(metrics[0], cell.text)]
    values = [part for part in re.split(r"[/~～—]|至|(?<=[\d%年月天])-", squeeze(cell.text)) if part]
    if len(values) != len(metrics):
        book.ask("low_confidence", f"{cell.text.strip()!r} does not hold {len(metrics)} values.", cell, column=field)
        return []
    tail = re.search(r"[^\d.,]+$", values[-1])
    return [
        (m, v if re.search(r"[^\d.,]$", v) or tail is None else v + tail.group())
        for m, v in zip(metrics, values, strict=True)
    ]


def _as_of(table: Table, grid: Matrix, index: int, cell: Cell, label: str, ctx: Context) -> tuple[str, bool] | None:
    """The date that a value speaks of, and whether it is the end of the reported period; None for other dates."""
    profile = ctx.profile
    header = grid.header_text(index) if cell.row >= grid.first_row else ""
    cutoff = profile.cutoff_date.isoformat() if profile.cutoff_date else ""
    end = profile.period_end.isoformat() if profile.period_end else ""
    if day := date_in(header) or (_day_below(grid, index) if cell.row >= grid.first_row else ""):
        return day, bool(end) and day == end
    if _FOLLOWED.search(header):
        tracked = "" if _BEFORE.search(header) else _the_day(ctx, _STATED_DAY)
        return (tracked, False) if tracked else None
    period = period_of(header)
    at_cutoff = period == "begin" and _CUTOFF.search(header) and not _BEGIN.search(header)
    if at_cutoff or (period in ("own", "") and _CUTOFF_LABEL.match(squeeze(label))):
        return cutoff, False
    if period in ("previous", "begin", "other"):
        return None
    if profile.kind_record.is_periodic:
        return (end, True) if period == "own" or not _CUTOFF.search(squeeze(table.title)) else (cutoff, False)
    dates = {d for text in (table.title, table.lead) for d, _, _ in find_dates(text)}
    undated = _the_day(ctx, _BOUGHT_DAY) if profile.kind_record.is_of_purchases and not _OF_THE_FIRST_POOL.search(squeeze(table.title)) else cutoff
    return (next(iter(dates)).isoformat() if len(dates) == 1 else undated), False


def _days_below(grid: Matrix) -> list[Sequence[Cell | None]]:
    """The rows that say nothing but the day of each column (日期 | 2024-04-30 | 2025-04-30)."""
    return [row for row in grid.body if _DAY_LABEL.fullmatch(text_of(row[0])) and len(row) > 1 and all(date_in(text_of(cell)) for cell in row[1:])]


def _day_below(grid: Matrix, index: int) -> str:
    days = {date_in(text_of(row[index])) for row in _days_below(grid)}
    return days.pop() if len(days) == 1 and index else ""


def _the_day(ctx: Context, words: re.Pattern[str]) -> str:
    """The one day that a paper states behind some words (跟踪基准日为2024年5月31日); '' where it states none or several."""
    texts = [squeeze(page.text) for page in ctx.extract.pages]
    days = {found[0][0].isoformat() for text in texts for match in words.finditer(text) if (found := find_dates(text[match.end() : match.end() + 12]))}
    return days.pop() if len(days) == 1 else ""


def _scope(table: Table, grid: Matrix, index: int, cell: Cell, several: bool) -> str:
    """The part of the pool that a column or table speaks of; empty for the whole pool.

    Where one label has `several` values, a header that is neither a date nor the whole names its part.
    """
    header = grid.header_text(index) if cell.row >= grid.first_row else ""
    dated = bool(period_of(header) or _CUTOFF.search(header) or find_dates(header))
    if several and header and not _NO_SCOPE.search(header) and not dated:
        return header
    for text in (header, squeeze(table.title)):
        match = _SCOPE.search(text)
        if match and not re.search(r"证券|信托|计划|票据|资产池", text) and not _NO_SCOPE.search(text):
            return match.group()
    return ""


def _ask_label(label: Cell, book: Notebook) -> None:
    book.ask_label(f"Label {label.text.strip()!r} of a pool table is not known.", label)


def _ask_beside_known(row: Sequence[Cell | None], book: Notebook) -> None:
    """Ask for the label before a figure in a row of several labels with values, of which another one is known."""
    is_used = [cell is not None and (cell.row, cell.col) in book.used for cell in row]
    if not any(is_used):
        return
    for index, (label, figure) in enumerate(pairwise(row)):
        if label is None or figure is None or label is figure or is_used[index] or is_used[index + 1]:
            continue
        before = row[index - 1] if index else None
        starts = before is None or is_figure(text_of(before)) or is_used[index - 1]
        if starts and is_figure(text_of(figure)) and text_of(label) and not re.search(r"^\d", squeeze(label.text)):
            _ask_label(label, book)


def _ask_unknown(table: Table, known: list[Pair], ctx: Context, book: Notebook) -> None:
    """A row with a figure behind a label that nobody knows must not fall on the floor."""
    headed = matrix(table).first_row
    for number, row in enumerate(table.grid()):
        _ask_beside_known(row, book)
        label = row[0]
        if (
            label is None
            or (number < headed and len({text_of(c) for c in row[1:]}) > 1 and date_in(text_of(row[-1])))
            or (label.row, label.col) in book.used
            or any(c is not None and (c.row, c.col) in book.used for c in row)
        ):
            continue
        figure = next((c for c in row[1:] if c is not None and c is not label and re.search(r"\d", c.text)), None)
        if figure is not None and not re.search(r"\d{4}年|^\d", squeeze(label.text)):
            _ask_label(label, book)

"""Performance of the pool: balances, new and cumulative defaults, default rates, delinquency and prepayment rates.

A key-value table speaks of this period; a history table reprints every period so far, which stay apart from the
period's own report (`reprinted`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.contract.metrics import (
    BY_DAYS_PAST_DUE,
    CUMULATIVE,
    QUANTITY,
    TELLING,
    PerformanceMetric,
    performance_metric,
)
from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Key, Notebook, document_key
from dealproof.interpret.layout import Matrix, Pair, is_figure, matrix, pairs, text_of, unit_sources
from dealproof.interpret.period_columns import history_claim, read_history
from dealproof.interpret.periods import own_columns, period_of
from dealproof.interpret.units import UnitSources, is_percent_label
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import LabelRow
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.buckets import parse_status_bucket
from dealproof.values.dates import find_dates, parse_month
from dealproof.values.parsed import Parsed
from dealproof.values.units import find_units

NAME = "performance"
#: The column of the whole pool beside those of its parts.
_WHOLE = re.compile(r"(?:资产池|全部资产|全部|整体)?(?:合计|总计|整体|全部|汇总)|资产池")
_ACCOUNT = re.compile(r"账户|专户|收入账|本金账|账面|收支|资金(?:收付|流水|划付)")
_BALANCES: frozenset[PerformanceMetric] = frozenset(("pool_opening_balance", "pool_closing_balance"))
_PAID_OUT = re.compile(r"(?:证券|票据|本息|收益|各档)(?:的)?(?:本息|本金|利息|收益)?(?:兑付|偿付|分配|付息|还本)")
_PAID = frozenset(("principal_paid", "interest_paid"))
#: Words by which a balance is the pool's even in a table of securities, and in one of accounts.
_OF_LOANS = re.compile(r"资产|贷款|债权|池")
_OF_POOL = re.compile(rf"{_OF_LOANS.pattern}|本金|本息")
#: From when something is cumulative, and how many levels a head of period and quantity has.
_SINCE, _TWO_HEADS = re.compile(r"^自[^起]{2,10}起(?:至[^累]{2,10})?(?=累计)"), 2
_UNIT = re.compile(r"\([^()]*\)$")
_AMONG, _PRINCIPAL, _WITH_INTEREST = re.compile(r"^其中[:：]?"), re.compile(r"未偿(?:还)?本金(?!利?息|和|及)(?:总)?(?:余额|金额|额)"), re.compile(r"本息|本金(?:及|和)?利息|息费")
_SO_FAR = re.compile(r"(?:截[至止](?:本期|报告期|期)?末)?累计(?:数|值|金额|额|情况)?")
#: The letter or formula by which a list of amounts that add up calls a row: F=A-B-C-D-E.
_SERIAL = re.compile(r"[A-Za-z](?:=[-+A-Za-z()]+)?|")
_OF_MONEY = re.compile(r"[额款]|本金|规模|本息|amount|balance", re.IGNORECASE)
_STATED = re.compile(r"(30|60|90|180)(?:天|日)?(?:\+|以上)")


def claim(table: Table, ctx: Context) -> float:
    """Known labels of a report, or a history of periods."""
    if (score := history_claim(table, ctx)) > 0:
        return score
    fields = {ctx.labels.field(NAME, pair.label.text) for pair in _pairs(table, ctx) if _figures(pair)}
    fields |= {row.field for _, _, row in _crossings(table, matrix(table), ctx)}
    found = {metric for field in fields if (metric := performance_metric(field)) is not None}
    if _is_of_accounts(table) or _is_of_securities(table, ctx):
        found -= _BALANCES
    if not found:
        return 0.0
    if not found & TELLING:
        return 0.2 + 0.1 * len(found)
    return min(1.0, 0.45 + 0.1 * len(found))


def read(table: Table, ctx: Context) -> Reading:
    """Read a history or a key-value table."""
    if history_claim(table, ctx) > 0:
        return read_history(table, ctx)
    book = Notebook(ctx, NAME)
    grid = matrix(table)
    known = list(_pairs(table, ctx))
    for pair in known:
        _read_pair(table, grid, pair, ctx, book)
    for label, cell, row in _crossings(table, grid, ctx):
        _read_crossing(table, grid, label, cell, row, ctx, book)
    _ask_unknown(table, ctx, book)
    return book.done()


def _pairs(table: Table, ctx: Context) -> list[Pair]:
    return list(pairs(table, lambda text: ctx.labels.find(NAME, text) is not None))


def _is_of_accounts(table: Table) -> bool:
    """Whether a table tells what accounts hold: its opening and closing balances are no balances of the pool."""
    heads = (squeeze(cell.text) for cell in table.cells if cell.row <= 1 or cell.col == 0)
    return any(_ACCOUNT.search(text) for text in (squeeze(table.title), *map(squeeze, table.section[-1:]), *heads))


def _is_balance_of_pool(table: Table, label: str, ctx: Context) -> bool:
    if _is_of_securities(table, ctx):
        return _OF_LOANS.search(label) is not None
    return not _is_of_accounts(table) or _OF_POOL.search(label) is not None


def _is_of_securities(table: Table, ctx: Context) -> bool:
    """Whether a table tells what holders are paid: its balances are those of securities (证券), not of the pool.

    It says so by a label; a heading says so of a table without figures of defaults.
    """
    labels = {cell.text for cell in table.cells}
    if any(ctx.labels.field("tranche_payments", text) in _PAID for text in labels):
        return True
    heads = map(squeeze, (table.title, *table.section[-1:]))
    return any(_PAID_OUT.search(text) for text in heads) and not any(
        performance_metric(ctx.labels.field(NAME, text)) in TELLING - _BALANCES for text in labels
    )


def _crossings(table: Table, grid: Matrix, ctx: Context) -> list[tuple[Cell, Cell, LabelRow]]:
    """Figures that neither their row nor their column names, but both together do (违约金额 under 累计): the label, the cell,
    and what the two say. Labels of statistics of the pool say enough alone."""
    found = []
    has_principal = any(_PRINCIPAL.search(text_of(cell)) for row in grid.body for cell in row[:1])
    for row in grid.body:
        label = next((cell for cell in row if cell is not None and cell.text.strip() and not is_figure(cell.text)), None)
        if label is None or ctx.labels.find(NAME, label.text) is not None or ctx.labels.field("pool_stats", label.text) not in ("", IGNORED):
            continue
        if has_principal and _WITH_INTEREST.search(squeeze(label.text)):
            continue  # the balance is that of principal where both are told
        words = _AMONG.sub("", squeeze(label.text))
        for index, cell in enumerate(row):
            header = grid.inner(index)
            if cell is None or cell is label or not header or not re.search(r"\d", cell.text) or is_figure(header):
                continue
            if period_of(header) in ("previous", "other") or ctx.labels.find(NAME, header) is not None:
                continue
            both = ctx.labels.find(NAME, _UNIT.sub("", header) + words) or _under_two_heads(grid, index, label, ctx)
            if both is not None and performance_metric(both.field) is not None:
                found.append((label, cell, both))
    return found


def _under_two_heads(grid: Matrix, index: int, label: Cell, ctx: Context) -> LabelRow | None:
    """What a label says between the period over it and the quantity under that (自信托生效日起累计 over 金额)."""
    heads = [_UNIT.sub("", text) for text in grid.columns[index]]
    if len(heads) != _TWO_HEADS or not re.fullmatch(r"金额|余额|本金|本金金额", heads[1]) or period_of(heads[0]) in ("previous", "other"):
        return None
    return ctx.labels.find(NAME, f"{_SINCE.sub('', heads[0])}{label.text}{heads[1]}")


def _read_crossing(
    table: Table, grid: Matrix, label: Cell, cell: Cell, row: LabelRow, ctx: Context, book: Notebook
) -> None:
    metric = performance_metric(row.field)
    if metric is not None:
        book.use(label)
        header = grid.header_text(cell.col)
        sources = unit_sources(table, label.text, header)
        book.figure(period_key(ctx, metric, f"{header}{label.text}"), "value", cell, QUANTITY[metric], sources, label_rows=(row.where,))


def _figures(pair: Pair) -> bool:
    return any(re.search(r"\d", cell.text) for _, cell in pair.values)


def _read_pair(table: Table, grid: Matrix, pair: Pair, ctx: Context, book: Notebook) -> None:
    row = ctx.labels.find(NAME, pair.label.text)
    metric = performance_metric(row.field) if row is not None else None
    if metric in _BALANCES and not _is_balance_of_pool(table, squeeze(pair.label.text), ctx):
        return
    book.use(pair.label)
    for _, cell in pair.values:
        book.use(cell)
    if row is None or metric is None:
        return
    if find_dates(pair.label.text) and not _ends_now(pair.label.text, ctx):
        book.ask("low_confidence", "The label speaks of another day than this report's.", pair.label, column=metric)
        return
    chosen = _of_own_period(grid, pair, metric, ctx, book)
    if not chosen:
        return
    if metric in BY_DAYS_PAST_DUE and not _STATED.search(squeeze(pair.label.text)) and _are_definitions(grid, chosen):
        for at, other in chosen:
            own = period_key(ctx, metric, _header(grid, at, other))
            for head in grid.header:
                book.use(head[at])
            book.figure(own, "value", other, QUANTITY[metric], unit_sources(table, pair.label.text, "", pair.unit), label_rows=(row.where,))
        return
    index, cell = chosen[0]
    key = period_key(ctx, metric, pair.label.text)
    header = _header(grid, index, cell)
    sources = unit_sources(table, pair.label.text, header, pair.unit)
    if book.figure(key, "value", cell, QUANTITY[metric], sources, label_rows=(row.where,)) is not None:
        places = [(other, _header(grid, at, other)) for at, other in chosen]
        book.ask_column(key, "value", QUANTITY[metric], places, sources)
        _ask_about_quantity(book, cell, pair.label.text, sources)
    if metric == "period_default_amount":
        _read_cumulated(table, grid, pair, ctx, book, row)


def _read_cumulated(table: Table, grid: Matrix, pair: Pair, ctx: Context, book: Notebook, row: LabelRow) -> None:
    """What is new defaults under 本期 is all defaults under 累计."""
    found = [(at, cell) for at, cell in pair.values if _SO_FAR.fullmatch(_UNIT.sub("", _header(grid, at, cell)))]
    if len(found) == 1:
        at, cell = found[0]
        key = period_key(ctx, "cumulative_default_amount", pair.label.text)
        book.figure(key, "value", cell, QUANTITY["cumulative_default_amount"], unit_sources(table, pair.label.text, _header(grid, at, cell), pair.unit), label_rows=(row.where,))


def _are_definitions(grid: Matrix, chosen: Sequence[tuple[int, Cell]]) -> bool:
    """Whether the columns are the days past due that make a default (30+, 90+), each another."""
    stated = [match.group(1) for i, cell in chosen if (match := _STATED.search(_header(grid, i, cell)))]
    return len(chosen) > 1 and len(set(stated)) == len(chosen)


def _of_own_month(grid: Matrix, chosen: list[tuple[int, Cell]], ctx: Context) -> list[tuple[int, Cell]]:
    """Of columns that are months the one in which the period ends; the latest first where a document has no period."""
    read = [(parse_month(_header(grid, i, cell)), i, cell) for i, cell in chosen]
    months = [(month.value, i, cell) for month, i, cell in read if isinstance(month, Parsed)]
    if len(months) < 2 or len(months) < len(chosen):
        return chosen
    end = ctx.profile.period_end
    own = [(i, cell) for month, i, cell in months if end is not None and month == (end.year, end.month)]
    if len(own) == 1 or ctx.profile.kind_record.is_periodic:
        return own if len(own) == 1 else chosen
    return [(i, cell) for _, i, cell in sorted(months, key=lambda item: item[0], reverse=True)]


def _ask_about_quantity(book: Notebook, cell: Cell, label: str, sources: UnitSources) -> None:
    """A label that names no quantity (累计违约) over a unit line of money and shares may be either."""
    fact = book.facts[-1]
    unit_from = fact.evidence.unit_from if fact.evidence is not None else ""
    if fact.unit != "CNY" or unit_from in ("cell", "row_label", "column_header") or _OF_MONEY.search(squeeze(label)):
        return
    further = " ".join((sources.title, sources.unit_line, sources.footnote, sources.section))
    if any(unit.kind == "pct" for unit in find_units(further)):
        book.ask(
            "unit_unclear", f"{squeeze(label)} may be an amount or a share; an amount was taken.", cell, fact.key, "value",
            value=str(fact.value), alike="amount or share",
        )  # fmt: skip


def _of_own_period(
    grid: Matrix, pair: Pair, metric: PerformanceMetric, ctx: Context, book: Notebook
) -> list[tuple[int, Cell]]:
    """The values of a label whose columns speak of the reported period; of dated columns those that end with it."""
    headers = [_header(grid, index, cell) for index, cell in pair.values]
    chosen = [pair.values[at] for at in own_columns(headers, cumulative=metric in CUMULATIVE)]
    dated = [(i, c) for i, c in chosen if find_dates(grid.header_text(i))]
    if len(dated) > 1:
        chosen = [(i, c) for i, c in dated if _ends_now(grid.header_text(i), ctx)]
        if not chosen:
            book.ask("low_confidence", "No column speaks of this report's own period.", pair.label, column=metric)
    chosen = _of_own_month(grid, chosen, ctx)
    whole = [(i, c) for i, c in chosen if _WHOLE.fullmatch(_header(grid, i, c))]
    if len(whole) == 1 and len(chosen) > 2:
        chosen = whole
    if QUANTITY[metric] != "pct":
        chosen = [(i, c) for i, c in chosen if not is_percent_label(_header(grid, i, c))] or chosen
    return chosen


def _header(grid: Matrix, index: int, cell: Cell) -> str:
    return grid.header_text(index) if cell.row >= grid.first_row else ""


def _ends_now(header: str, ctx: Context) -> bool:
    """Whether the last date of a header is the end of this report's period."""
    days = [day for day, _, _ in find_dates(header)]
    return bool(days) and max(days) == ctx.profile.period_end


def period_key(ctx: Context, metric: PerformanceMetric, label: str, period_no: int | None = None) -> Key:
    """The key of a figure of this document; the definition is that of the label, else that of the document."""
    number = ctx.profile.period_no if period_no is None else period_no
    return document_key(ctx, period_no=number, metric=metric, definition=definition_of(ctx, metric, label))


def definition_of(ctx: Context, metric: PerformanceMetric, label: str) -> str:
    """Days past due that make a default, as the label says, else as the document defines it."""
    if metric not in BY_DAYS_PAST_DUE:
        return ""
    stated = _STATED.search(squeeze(label))
    return f"{stated.group(1)}+" if stated else ctx.profile.default_definition


def _ask_unknown(table: Table, ctx: Context, book: Notebook) -> None:
    for row in table.grid()[matrix(table).first_row :]:
        label = next((cell for cell in row if cell is not None and not _SERIAL.fullmatch(text_of(cell))), None)
        if label is None or any(c is not None and (c.row, c.col) in book.used for c in row):
            continue
        if any(c is not None and re.search(r"\d", c.text) for c in row[1:]) and not re.search(
            r"^\d|\d{4}年", squeeze(label.text)
        ):
            if isinstance(parse_status_bucket(label.text), Parsed):
                continue  # a row of another table that was not parted from this one: the ledger asks about them together
            book.ask_label(f"Label {label.text.strip()!r} of a performance table is not known.", label)

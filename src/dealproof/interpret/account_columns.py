"""Which columns of a table hold which account: the labels of its lines and the amounts of this and the last period.

Two accounts often stand side by side in one table; the head of each group of columns names its account.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dealproof.interpret.account_lines import CODE, account_of_line, is_balance_of_pool, is_fee, line_of
from dealproof.interpret.context import Context
from dealproof.interpret.layout import Matrix, is_figure, text_of
from dealproof.interpret.periods import own_columns, period_of
from dealproof.interpret.scope import stated_spans
from dealproof.mappings.fields import IGNORED
from dealproof.model.table import Table
from dealproof.text import squeeze
from dealproof.values.tranches import is_total_label

#: The label file of accounts and their lines.
LABELS = "cash_flows"
ACCOUNTS = ("income", "principal", "fees")
_UNIT = re.compile(r"\([^()]*\)$")
_DUE, _PAID = re.compile(r"应[付收计支]|计划|预算|计提"), re.compile(r"实[付收际]|已[付收支]|支付|付款")
_NOT_PAID = re.compile(r"(?:未|欠|待)(?:付|支付|收|划付)|结存|结转|余额(?!.*[变增减])")
_COLLECTED = re.compile(
    r"(?:正常|按期|按时|计划内|提前|拖欠|逾期|违约)(?:后)?(?:贷款|资产|债权)?(?:的)?(?:回收|还款|偿还|回款|结清|收回|清偿|归还)|(?:回收|收回|处置)(?:款|收入)"
)
#: What borrowers pay beside principal, in the head of one column.
_INTEREST = r"(?:利息|息费)(?:(?:及|和|与|、)(?:其他|其它|费用|罚息|违约金|手续费))*"
#: A head that says that the lines are receipts, not of which account.
_RECEIPTS = re.compile(r"(?:收入|流入|收款|回收款?)(?:的)?(?:项目|科目|内容|明细|来源)?")
_OUTFLOW = re.compile(r"(?:资金|现金流?|账户)?(?:流出|支出|付款|使用|运用|分配)(?:项目|科目|内容|明细)?")


@dataclass(frozen=True, slots=True)
class AccountColumns:
    """Columns that belong to one account: the line labels and the amounts of this and the last period.

    `rivals` are further columns that may speak of this period; `accounts` is the column that names the account of each row.
    Where there is neither, each line names its own (提前还款本金, 提前还款利息). With `only_fees` lines that are no fees are left."""

    account: str
    label: int
    current: int | None
    previous: int | None
    rivals: tuple[int, ...] = ()
    accounts: int | None = None
    only_fees: bool = False


def account_columns(table: Table, grid: Matrix, ctx: Context) -> list[AccountColumns]:
    """The columns of each account of a table; none where no head, caption or line names one."""
    if (grouped := _group_by_rows(grid, ctx)) is not None:
        return [grouped]
    if split := _principal_and_interest(grid, ctx) or _by_columns(grid, ctx) or _by_lines(grid, ctx):
        return split
    heads = [(i, _account(grid, i, table, ctx)) for i in range(len(grid.columns))]
    starts = [(i, account) for i, account in heads if account]
    groups: list[AccountColumns] = []
    for at, (start, account) in enumerate(starts):
        stop = starts[at + 1][0] if at + 1 < len(starts) else len(grid.columns)
        fields = {i: _period(grid, i, ctx) for i in range(start + 1, stop)}
        current = [i for i, f in fields.items() if f == "current"]
        current = _paid([current[at] for at in own_columns([grid.header_text(i) for i in current])] or current, grid)
        previous = next((i for i, f in fields.items() if f == "previous"), None)
        if not fields.keys() - {start + 1} and not grid.header_text(start + 1):
            current = [start + 1]  # a list of lines with amounts and no header
        if current or previous is not None:
            only_fees = account == "fees" and not any(ctx.labels.field(LABELS, text) == account for text in grid.columns[start])
            groups.append(AccountColumns(account, start, next(iter(current), None), previous, tuple(current[1:]), only_fees=only_fees))
    return groups or _fees_among_others(grid, ctx)


def _fees_among_others(grid: Matrix, ctx: Context) -> list[AccountColumns]:
    """The fees of a table that lists receipts, fees and payments of one account one below the other (科目 | 本期 | 上期)."""
    listed = [at for at in range(len(grid.columns)) if sum(is_fee(line_of(text_of(row[at]))) for row in grid.body) > 1]
    label = listed[0] if len(listed) == 1 else 0
    head = grid.inner(label)
    if not listed or (head and ctx.labels.field(LABELS, head) != "item" and not _OUTFLOW.fullmatch(head)):
        return []
    periods = {i: ctx.labels.field(LABELS, grid.inner(i)) for i in range(label + 1, len(grid.columns))}
    current, previous = ([i for i, period in periods.items() if period == wanted] for wanted in ("current", "previous"))
    if len(current) != 1 or len(previous) > 1:
        return []
    return [AccountColumns("fees", label, current[0], previous[0] if previous else None, only_fees=True)]


def _paid(columns: Sequence[int], grid: Matrix) -> list[int]:
    """Of columns of what was due and what was paid those of what was paid."""
    paid = [i for i in columns if _PAID.search(grid.header_text(i)) and not _DUE.search(grid.header_text(i))]
    return paid if paid and all(i in paid or _DUE.search(grid.header_text(i)) for i in columns) else list(columns)


def _principal_and_interest(grid: Matrix, ctx: Context) -> list[AccountColumns]:
    """Collections by their source with one column of principal and one of interest, for this period and perhaps the last: the two are
    their accounts."""
    periods = {i: period_of("".join(grid.columns[i][:-1])) for i in range(1, len(grid.columns))}
    heads = {i: _UNIT.sub("", grid.inner(i) if periods[i] else grid.header_text(i)) for i in periods}
    found = {
        name: [i for i, head in heads.items() if re.fullmatch(rf"(?:本期|当期)?(?:回收|收回|收到|回款)?(?:的)?{word}(?:金额|部分|回收款|收入|回款|流入)?", head)]
        for name, word in (("principal", "本金"), ("income", _INTEREST))
    }
    lines = [text_of(row[0]) for row in grid.body]
    collected = [line for line in lines if _COLLECTED.search(line)]
    own = {name: [i for i in columns if periods[i] in ("own", "")] for name, columns in found.items()}
    previous = {name: [i for i in columns if periods[i] == "previous"] for name, columns in found.items()}
    if any(len(columns) != 1 for columns in own.values()) or any(len(columns) > 1 for columns in previous.values()) or len(collected) < 2:
        return []
    return [AccountColumns(name, 0, own[name][0], next(iter(previous[name]), None)) for name in found]


def _by_columns(grid: Matrix, ctx: Context) -> list[AccountColumns]:
    """Lines with a column for each account (收入分账户 | 本金分账户), or one group of columns for each."""
    columns: dict[str, list[int]] = {}
    for index in range(1, len(grid.columns)):
        named = [field for text in grid.columns[index] if (field := ctx.labels.field(LABELS, text)) in ACCOUNTS]
        if len(set(named)) != 1 or not any(is_figure(text_of(row[index])) for row in grid.body):
            return []
        columns.setdefault(named[0], []).append(index)
    if len(columns) < 2 or any(is_figure(text_of(row[0])) for row in grid.body):
        return []
    groups = []
    for account, found in columns.items():
        own = found if len(found) == 1 else [i for i in found if _period(grid, i, ctx) == "current"]
        previous = [i for i in found if i not in own and _period(grid, i, ctx) == "previous"]
        if len(own) != 1 or len(previous) > 1:
            return []
        groups.append(AccountColumns(account, 0, own[0], previous[0] if previous else None))
    return groups


def _by_lines(grid: Matrix, ctx: Context) -> list[AccountColumns]:
    """Collections of which every line says itself whether it is principal or interest."""
    lines = [line for row in grid.body if not is_balance_of_pool(line := line_of(text_of(row[0])))]
    known = [line for line in lines if ctx.labels.field(LABELS, line) == "line"]
    if len(known) < 2 or not all(account_of_line(line) for line in lines) or not any(account_of_line(line) == "principal" for line in known):
        return []
    periods = {i: _period(grid, i, ctx) for i in range(1, len(grid.columns))}
    found = [i for i, period in periods.items() if period == "current"]
    current = [found[at] for at in own_columns([grid.header_text(i) for i in found])] or found
    previous = next((i for i, period in periods.items() if period == "previous"), None)
    return [AccountColumns("", 0, current[0], previous, tuple(current[1:]))] if current else []


def _group_by_rows(grid: Matrix, ctx: Context) -> AccountColumns | None:
    """The columns of a table whose first column names the account of the rows beside it."""
    names = list(dict.fromkeys(text for row in grid.body if (text := text_of(row[0])) and not is_total_label(text)))
    if len(grid.columns) < 3 or len(names) < 2 or any(ctx.labels.field(LABELS, name) not in ACCOUNTS for name in names):
        return None
    periods = {i: _period(grid, i, ctx) for i in range(2, len(grid.columns))}
    found = [i for i, period in periods.items() if period == "current"]
    current = [found[at] for at in own_columns([grid.header_text(i) for i in found])] or found
    previous = next((i for i, period in periods.items() if period == "previous"), None)
    return AccountColumns("", 1, next(iter(current), None), previous, tuple(current[1:]), 0) if current or previous is not None else None


def _account(grid: Matrix, column: int, table: Table, ctx: Context) -> str:
    """The account that starts at a column: named by its head, or by the caption where the head says 项目."""
    caption = _account_of_caption(table, ctx)
    fields = [ctx.labels.field(LABELS, CODE.sub("", text)) for text in (grid.inner(column), grid.header_text(column), *grid.columns[column])]
    if fields[0] == "income" and _RECEIPTS.fullmatch(grid.inner(column)) and caption == "principal":
        return caption  # 收入项目 under 本金账: what that account received
    if fields[0] in ACCOUNTS:
        return fields[0]
    if named := next((field for field in fields if field in ACCOUNTS), ""):
        return "" if any(is_figure(text_of(row[column])) for row in grid.body) and fields[0] != "item" else named
    if "item" in fields or _RECEIPTS.fullmatch(grid.inner(column)) or (not grid.inner(column) and column == 0):
        return caption
    return caption if column == 0 and not grid.columns[0] else ""


def _account_of_caption(table: Table, ctx: Context) -> str:
    for text in (table.title, *reversed(table.section[-2:])):
        key = re.sub(r"^(?:\([^)]*\)|[一二三四五六七八九十\d]+[、.]|表[\d\-]+)", "", squeeze(text))
        key = re.sub(r"(?:情况|明细|表|收支情况|分配情况)+$", "", key)
        field = ctx.labels.field(LABELS, key)
        if field in ACCOUNTS:
            return field
        found = [
            name for name, words in (("income", "收入账"), ("principal", "本金账"), ("fees", "费用")) if words in key
        ]
        if len(found) == 1:
            return found[0]
    return ""


def _period(grid: Matrix, column: int, ctx: Context) -> str:
    for text in (grid.inner(column), grid.header_text(column)):
        row = ctx.labels.find(LABELS, text)
        if row is not None and row.field in ("current", "previous", IGNORED):
            return row.field
    if _NOT_PAID.search(grid.header_text(column)):
        return ""
    if spans := stated_spans(grid.header_text(column)):
        last, first = max(day for _, day in spans), ctx.profile.period_start
        return "current" if last == ctx.profile.period_end else "previous" if first and last == first - timedelta(days=1) else ""
    period = period_of(grid.header_text(column))
    if period in ("previous", "other"):
        return "previous" if period == "previous" else ""
    return "current" if period == "own" or "金额" in grid.header_text(column) else ""

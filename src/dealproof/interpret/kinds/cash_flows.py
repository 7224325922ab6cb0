"""Money in and out: 收入账 (income), 本金账 (principal), 费用支出 (fees), each line with this and the last period.

Two accounts often stand side by side in one table; the head of each group of columns names its account. The
balances of trust accounts are known and left aside (docs/domain.md#accounts).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from dealproof.interpret.account_negatives import proven_negatives
from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Notebook, document_key
from dealproof.interpret.layout import Matrix, is_figure, matrix, text_of, transposed, unit_sources
from dealproof.interpret.periods import own_columns, period_of
from dealproof.interpret.scope import stated_spans
from dealproof.mappings.fields import IGNORED
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze, without_english
from dealproof.values.nothing import parse_nothing
from dealproof.values.tranches import is_total_label

NAME = "cash_flows"
_ACCOUNTS = ("income", "principal", "fees")
_CODE = re.compile(r"^(?:[A-Z]\d{1,2}[:：.]|\d{1,2}[、.．]|\(\d{1,2}\)|[一二三四五六七八九十]+、|其中[:：])")
_UNIT = re.compile(r"\([^()]*\)$")
_DUE, _PAID = re.compile(r"应[付收计支]|计划|预算|计提"), re.compile(r"实[付收际]|已[付收支]|支付|付款")
_NOT_PAID = re.compile(r"(?:未|欠|待)(?:付|支付|收|划付)|结存|结转|余额(?!.*[变增减])")
_COLLECTED = re.compile(
    r"(?:正常|按期|按时|计划内|提前|拖欠|逾期|违约)(?:后)?(?:贷款|资产|债权)?(?:的)?(?:回收|还款|偿还|回款|结清|收回|清偿|归还)|(?:回收|收回|处置)(?:款|收入)"
)
#: What borrowers pay beside principal, in the head of one column.
_INTEREST = r"(?:利息|息费)(?:(?:及|和|与|、)(?:其他|其它|费用|罚息|违约金|手续费))*"
_BOTH = re.compile(r"本息|未偿本金|本金利息|贷款本金余额")
#: A head that says that the lines are receipts, not of which account.
_RECEIPTS = re.compile(r"(?:收入|流入|收款|回收款?)(?:的)?(?:项目|科目|内容|明细|来源)?")
_FEE, _NO_FEE = re.compile(r"税|费|报酬|佣金"), re.compile(r"余额|收入|退[还回]|返还|可分配|剩余|结余|未支付|应付|消费|息费|转入|账户")
_LESS = re.compile(r"^(?:减|扣除|扣减)[:：]")
_OUTFLOW = re.compile(r"(?:资金|现金流?|账户)?(?:流出|支出|付款|使用|运用|分配)(?:项目|科目|内容|明细)?")
_BALANCES = re.compile(r"期初余额|期末余额")
_OF_POOL = re.compile(
    r"(?:本|当|报告|收款|计算)?(?:期间|期)?(?:期初|期末|初|末)(?:未偿)?(?:资产池|基础资产|入池资产|入池贷款|贷款|债权|资产)(?:的)?(?:剩余|未偿)?(?:本金|本息)?(?:余额|总额|规模)?"
    r"|(?:资产池|基础资产|入池资产|入池贷款|贷款|债权)(?:的)?(?:期初|期末)(?:剩余|未偿)?(?:本金|本息)?(?:余额|总额|规模)?"
    r"|(?:期初|期末)(?:剩余)?未偿(?:本金|本息)(?:余额|总额)?"
)


@dataclass(frozen=True, slots=True)
class _Group:
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


def claim(table: Table, ctx: Context) -> float:
    """A head that names an account, and a column of amounts."""
    grid = matrix(_upright(table, ctx))
    if _is_balances(grid, ctx):
        return 0.9
    groups = _groups(table, grid, ctx)
    if not groups:
        return 0.0
    named = any(g.accounts is not None or not g.account or ctx.labels.field(NAME, grid.inner(g.label)) in _ACCOUNTS for g in groups)
    return 0.9 if named else 0.6


def read(table: Table, ctx: Context) -> Reading:
    """Read every line of every account; account balances give no facts."""
    book = Notebook(ctx, NAME)
    view = _upright(table, ctx)
    grid = matrix(view)
    if _is_balances(grid, ctx):
        for cell in view.cells:
            book.use(cell)
        return book.done(turned=view is not table)
    for group in _groups(view, grid, ctx):
        _read_group(view, grid, group, ctx, book)
    return book.done(turned=view is not table)


def _upright(table: Table, ctx: Context) -> Table:
    """The table with its lines below one another, also where they head its columns (税收 | 受托机构报酬 | 合计 over one row)."""
    heads = [text_of(cell) for cell in table.grid()[0]]
    lines = [text for text in heads if text and ctx.labels.field(NAME, text) == "line"]
    if table.n_rows > 3 or len(lines) < 2 or len(lines) < 0.6 * sum(1 for text in heads if text):
        return table
    turned = transposed(table)
    return turned if not _groups(table, matrix(table), ctx) and _groups(turned, matrix(turned), ctx) else table


def _is_balances(grid: Matrix, ctx: Context) -> bool:
    heads = [ctx.labels.find(NAME, grid.inner(i)) for i in range(len(grid.columns))]
    named = any(row is not None and row.field == IGNORED and "账户" in row.label for row in heads)
    return named and any(_BALANCES.search(grid.header_text(i)) for i in range(len(grid.columns)))


def _groups(table: Table, grid: Matrix, ctx: Context) -> list[_Group]:
    if (grouped := _group_by_rows(grid, ctx)) is not None:
        return [grouped]
    if split := _principal_and_interest(grid, ctx) or _by_columns(grid, ctx) or _by_lines(grid, ctx):
        return split
    heads = [(i, _account(grid, i, table, ctx)) for i in range(len(grid.columns))]
    starts = [(i, account) for i, account in heads if account]
    groups: list[_Group] = []
    for at, (start, account) in enumerate(starts):
        stop = starts[at + 1][0] if at + 1 < len(starts) else len(grid.columns)
        fields = {i: _period(grid, i, ctx) for i in range(start + 1, stop)}
        current = [i for i, f in fields.items() if f == "current"]
        current = _paid([current[at] for at in own_columns([grid.header_text(i) for i in current])] or current, grid)
        previous = next((i for i, f in fields.items() if f == "previous"), None)
        if not fields.keys() - {start + 1} and not grid.header_text(start + 1):
            current = [start + 1]  # a list of lines with amounts and no header
        if current or previous is not None:
            only_fees = account == "fees" and not any(ctx.labels.field(NAME, text) == account for text in grid.columns[start])
            groups.append(_Group(account, start, next(iter(current), None), previous, tuple(current[1:]), only_fees=only_fees))
    return groups or _fees_among_others(grid, ctx)


def _fees_among_others(grid: Matrix, ctx: Context) -> list[_Group]:
    """The fees of a table that lists receipts, fees and payments of one account one below the other (科目 | 本期 | 上期)."""
    listed = [at for at in range(len(grid.columns)) if sum(is_fee(_line(text_of(row[at]))) for row in grid.body) > 1]
    label = listed[0] if len(listed) == 1 else 0
    head = grid.inner(label)
    if not listed or (head and ctx.labels.field(NAME, head) != "item" and not _OUTFLOW.fullmatch(head)):
        return []
    periods = {i: ctx.labels.field(NAME, grid.inner(i)) for i in range(label + 1, len(grid.columns))}
    current, previous = ([i for i, period in periods.items() if period == wanted] for wanted in ("current", "previous"))
    if len(current) != 1 or len(previous) > 1:
        return []
    return [_Group("fees", label, current[0], previous[0] if previous else None, only_fees=True)]


def _paid(columns: Sequence[int], grid: Matrix) -> list[int]:
    """Of columns of what was due and what was paid those of what was paid."""
    paid = [i for i in columns if _PAID.search(grid.header_text(i)) and not _DUE.search(grid.header_text(i))]
    return paid if paid and all(i in paid or _DUE.search(grid.header_text(i)) for i in columns) else list(columns)


def _principal_and_interest(grid: Matrix, ctx: Context) -> list[_Group]:
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
    return [_Group(name, 0, own[name][0], next(iter(previous[name]), None)) for name in found]


def _by_columns(grid: Matrix, ctx: Context) -> list[_Group]:
    """Lines with a column for each account (收入分账户 | 本金分账户), or one group of columns for each."""
    columns: dict[str, list[int]] = {}
    for index in range(1, len(grid.columns)):
        named = [field for text in grid.columns[index] if (field := ctx.labels.field(NAME, text)) in _ACCOUNTS]
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
        groups.append(_Group(account, 0, own[0], previous[0] if previous else None))
    return groups


def _by_lines(grid: Matrix, ctx: Context) -> list[_Group]:
    """Collections of which every line says itself whether it is principal or interest."""
    lines = [line for row in grid.body if not is_balance_of_pool(line := _line(text_of(row[0])))]
    known = [line for line in lines if ctx.labels.field(NAME, line) == "line"]
    if len(known) < 2 or not all(_account_of_line(line) for line in lines) or not any(_account_of_line(line) == "principal" for line in known):
        return []
    periods = {i: _period(grid, i, ctx) for i in range(1, len(grid.columns))}
    found = [i for i, period in periods.items() if period == "current"]
    current = [found[at] for at in own_columns([grid.header_text(i) for i in found])] or found
    previous = next((i for i, period in periods.items() if period == "previous"), None)
    return [_Group("", 0, current[0], previous, tuple(current[1:]))] if current else []


def _account_of_line(line: str) -> str:
    """The account of a collection by its own words; '' where they name both or neither."""
    words = _BOTH.sub("", line)
    is_principal, is_interest = "本金" in words, "利息" in words or "息费" in words
    return "" if is_principal == is_interest else "principal" if is_principal else "income"


def _group_by_rows(grid: Matrix, ctx: Context) -> _Group | None:
    """The columns of a table whose first column names the account of the rows beside it."""
    names = list(dict.fromkeys(text for row in grid.body if (text := text_of(row[0])) and not is_total_label(text)))
    if len(grid.columns) < 3 or len(names) < 2 or any(ctx.labels.field(NAME, name) not in _ACCOUNTS for name in names):
        return None
    periods = {i: _period(grid, i, ctx) for i in range(2, len(grid.columns))}
    found = [i for i, period in periods.items() if period == "current"]
    current = [found[at] for at in own_columns([grid.header_text(i) for i in found])] or found
    previous = next((i for i, period in periods.items() if period == "previous"), None)
    return _Group("", 1, next(iter(current), None), previous, tuple(current[1:]), 0) if current or previous is not None else None


def _account(grid: Matrix, column: int, table: Table, ctx: Context) -> str:
    """The account that starts at a column: named by its head, or by the caption where the head says 项目."""
    caption = _account_of_caption(table, ctx)
    fields = [ctx.labels.field(NAME, _CODE.sub("", text)) for text in (grid.inner(column), grid.header_text(column), *grid.columns[column])]
    if fields[0] == "income" and _RECEIPTS.fullmatch(grid.inner(column)) and caption == "principal":
        return caption  # 收入项目 under 本金账: what that account received
    if fields[0] in _ACCOUNTS:
        return fields[0]
    if named := next((field for field in fields if field in _ACCOUNTS), ""):
        return "" if any(is_figure(text_of(row[column])) for row in grid.body) and fields[0] != "item" else named
    if "item" in fields or _RECEIPTS.fullmatch(grid.inner(column)) or (not grid.inner(column) and column == 0):
        return caption
    return caption if column == 0 and not grid.columns[0] else ""


def _account_of_caption(table: Table, ctx: Context) -> str:
    for text in (table.title, *reversed(table.section[-2:])):
        key = re.sub(r"^(?:\([^)]*\)|[一二三四五六七八九十\d]+[、.]|表[\d\-]+)", "", squeeze(text))
        key = re.sub(r"(?:情况|明细|表|收支情况|分配情况)+$", "", key)
        field = ctx.labels.field(NAME, key)
        if field in _ACCOUNTS:
            return field
        found = [
            name for name, words in (("income", "收入账"), ("principal", "本金账"), ("fees", "费用")) if words in key
        ]
        if len(found) == 1:
            return found[0]
    return ""


def _period(grid: Matrix, column: int, ctx: Context) -> str:
    for text in (grid.inner(column), grid.header_text(column)):
        row = ctx.labels.find(NAME, text)
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


def _read_group(table: Table, grid: Matrix, group: _Group, ctx: Context, book: Notebook) -> None:
    account = group.account
    seen: set[str] = set()
    negatives = _negatives(grid, group)
    _ask_rivals(grid, group, book)
    lines = [_line(text_of(row[group.label])) for row in grid.body]
    nothing_else = all(is_fee(line) or is_total_label(line) for line in lines if line)  # else the total is not that of the fees
    for row in grid.body:
        label = _label(row, group)
        line = _line(text_of(label))
        if not group.account and group.accounts is None and (named := _account_of_line(line)):
            account, seen = named, seen if named == account else set()
        if group.accounts is not None and (own := ctx.labels.field(NAME, text_of(row[group.accounts]))) and own != account:
            account, seen = own, set()
        if label is None or not line or not account or (group.accounts is None and is_balance_of_pool(line)) or (group.only_fees and not is_fee(line) and not (nothing_else and is_total_label(line))):
            continue
        book.use(label)
        if ctx.labels.field(NAME, line) in _ACCOUNTS and not _has_amount(row, group):
            account, seen = ctx.labels.field(NAME, line), set()
            group = _regrouped(row, group, ctx)
            continue
        key = document_key(ctx, period_no=ctx.profile.period_no, account=account, line=line)
        if _are_several(label, ctx):
            book.ask("low_confidence", "Several lines stand in one cell, and one amount beside them.", label, key, "amount")
            continue
        if line in seen and _has_amount(row, group):
            book.ask("conflict", f"Line {line} stands twice in account {account}.", label, key, "amount")
            continue
        seen.add(line)
        for column, index in (("amount", group.current), ("previous_amount", group.previous)):
            cell = row[index] if index is not None else None
            if cell is not None and index is not None:
                sources = unit_sources(table, label.text, _header(grid, group, index))
                book.figure(key, column, cell, "money", sources, text=negatives.get((cell.row, cell.col)))


def _label(row: Sequence[Cell | None], group: _Group) -> Cell | None:
    """The label of a line; of a total the word that stands before the column of labels."""
    own = row[group.label]
    return own if text_of(own) else next((cell for cell in row[: group.label] if is_total_label(text_of(cell))), own)


def _are_several(label: Cell, ctx: Context) -> bool:
    """Whether a cell holds the labels of several lines, one below the other."""
    lines = [squeeze(line) for line in label.text.split("\n")]
    return len(lines) > 1 and all(ctx.labels.field(NAME, line) == "line" for line in lines)


def _negatives(grid: Matrix, group: _Group) -> dict[tuple[int, int], str]:
    """The figures of a group that its totals prove to be negative, as plain text."""
    found: dict[tuple[int, int], str] = {}
    for index in (group.current, group.previous):
        if index is not None:
            found |= proven_negatives((text_of(row[group.label]), row[index]) for row in grid.body)
    return found


def _ask_rivals(grid: Matrix, group: _Group, book: Notebook) -> None:
    """Two columns of amounts without a word of their period are a question, asked at the first line where they differ."""
    for row in grid.body:
        own = row[group.current] if group.current is not None else None
        if own is not None and any(text_of(row[index]) not in ("", text_of(own)) for index in group.rivals):
            message = f"{len(group.rivals) + 1} columns may hold this period's amounts; the first was taken."
            book.ask("low_confidence", message, own, column="amount")
            return


def _regrouped(row: Sequence[Cell | None], group: _Group, ctx: Context) -> _Group:
    """A second header inside a table may name its columns anew."""
    fields = {
        i: ctx.labels.field(NAME, text_of(cell)) for i, cell in enumerate(row) if i > group.label and cell is not None
    }
    if not set(fields.values()) & {"current", "previous"}:
        return group
    current = next((i for i, field in fields.items() if field == "current"), None)
    return _Group(group.account, group.label, current, next((i for i, f in fields.items() if f == "previous"), None))


def _header(grid: Matrix, group: _Group, index: int) -> str:
    """Header texts that may name the unit: the column's own, else that of the group's head."""
    return grid.header_text(index) + " " + grid.header_text(group.label)


def _line(text: str) -> str:
    return without_english(_LESS.sub("", _CODE.sub("", text)).rstrip(":"))


def is_balance_of_pool(line: str) -> bool:
    """Whether a line is what the pool holds before or after the period, and no money that came in."""
    return _OF_POOL.fullmatch(line) is not None


def is_fee(line: str) -> bool:
    """Whether a line is a fee or tax by its own words (保管费, 受托机构报酬, 增值税及附加)."""
    return bool(_FEE.search(line)) and not _NO_FEE.search(line)


def _has_amount(row: Sequence[Cell | None], group: _Group) -> bool:
    cells = [row[i] for i in (group.current, group.previous) if i is not None]
    return any(
        cell is not None and (is_figure(cell.text) or (cell.text.strip() and parse_nothing(cell.text)))
        for cell in cells
    )

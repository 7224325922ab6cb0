"""Money in and out: 收入账 (income), 本金账 (principal), 费用支出 (fees), each line with this and the last period.

Two accounts often stand side by side in one table; the head of each group of columns names its account. The
balances of trust accounts are known and left aside (docs/domain.md#accounts).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from dealproof.interpret.account_columns import ACCOUNTS, LABELS, AccountColumns, account_columns
from dealproof.interpret.account_lines import account_of_line, is_balance_of_pool, is_fee, line_of
from dealproof.interpret.account_negatives import proven_negatives
from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Notebook, document_key
from dealproof.interpret.layout import Matrix, is_figure, matrix, text_of, transposed, unit_sources
from dealproof.mappings.fields import IGNORED
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.nothing import parse_nothing
from dealproof.values.tranches import is_total_label

NAME = LABELS
_BALANCES = re.compile(r"期初余额|期末余额")


def claim(table: Table, ctx: Context) -> float:
    """A head that names an account, and a column of amounts."""
    grid = matrix(_upright(table, ctx))
    if _is_balances(grid, ctx):
        return 0.9
    groups = account_columns(table, grid, ctx)
    if not groups:
        return 0.0
    named = any(g.accounts is not None or not g.account or ctx.labels.field(NAME, grid.inner(g.label)) in ACCOUNTS for g in groups)
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
    for group in account_columns(view, grid, ctx):
        _read_group(view, grid, group, ctx, book)
    return book.done(turned=view is not table)


def _upright(table: Table, ctx: Context) -> Table:
    """The table with its lines below one another, also where they head its columns (税收 | 受托机构报酬 | 合计 over one row)."""
    heads = [text_of(cell) for cell in table.grid()[0]]
    lines = [text for text in heads if text and ctx.labels.field(NAME, text) == "line"]
    if table.n_rows > 3 or len(lines) < 2 or len(lines) < 0.6 * sum(1 for text in heads if text):
        return table
    turned = transposed(table)
    return turned if not account_columns(table, matrix(table), ctx) and account_columns(turned, matrix(turned), ctx) else table


def _is_balances(grid: Matrix, ctx: Context) -> bool:
    heads = [ctx.labels.find(NAME, grid.inner(i)) for i in range(len(grid.columns))]
    named = any(row is not None and row.field == IGNORED and "账户" in row.label for row in heads)
    return named and any(_BALANCES.search(grid.header_text(i)) for i in range(len(grid.columns)))


def _read_group(table: Table, grid: Matrix, group: AccountColumns, ctx: Context, book: Notebook) -> None:
    account = group.account
    seen: set[str] = set()
    negatives = _negatives(grid, group)
    _ask_rivals(grid, group, book)
    lines = [line_of(text_of(row[group.label])) for row in grid.body]
    nothing_else = all(is_fee(line) or is_total_label(line) for line in lines if line)  # else the total is not that of the fees
    for row in grid.body:
        label = _label(row, group)
        line = line_of(text_of(label))
        if not group.account and group.accounts is None and (named := account_of_line(line)):
            account, seen = named, seen if named == account else set()
        if group.accounts is not None and (own := ctx.labels.field(NAME, text_of(row[group.accounts]))) and own != account:
            account, seen = own, set()
        if label is None or not line or not account or (group.accounts is None and is_balance_of_pool(line)) or (group.only_fees and not is_fee(line) and not (nothing_else and is_total_label(line))):
            continue
        book.use(label)
        if ctx.labels.field(NAME, line) in ACCOUNTS and not _has_amount(row, group):
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


def _label(row: Sequence[Cell | None], group: AccountColumns) -> Cell | None:
    """The label of a line; of a total the word that stands before the column of labels."""
    own = row[group.label]
    return own if text_of(own) else next((cell for cell in row[: group.label] if is_total_label(text_of(cell))), own)


def _are_several(label: Cell, ctx: Context) -> bool:
    """Whether a cell holds the labels of several lines, one below the other."""
    lines = [squeeze(line) for line in label.text.split("\n")]
    return len(lines) > 1 and all(ctx.labels.field(NAME, line) == "line" for line in lines)


def _negatives(grid: Matrix, group: AccountColumns) -> dict[tuple[int, int], str]:
    """The figures of a group that its totals prove to be negative, as plain text."""
    found: dict[tuple[int, int], str] = {}
    for index in (group.current, group.previous):
        if index is not None:
            found |= proven_negatives((text_of(row[group.label]), row[index]) for row in grid.body)
    return found


def _ask_rivals(grid: Matrix, group: AccountColumns, book: Notebook) -> None:
    """Two columns of amounts without a word of their period are a question, asked at the first line where they differ."""
    for row in grid.body:
        own = row[group.current] if group.current is not None else None
        if own is not None and any(text_of(row[index]) not in ("", text_of(own)) for index in group.rivals):
            message = f"{len(group.rivals) + 1} columns may hold this period's amounts; the first was taken."
            book.ask("low_confidence", message, own, column="amount")
            return


def _regrouped(row: Sequence[Cell | None], group: AccountColumns, ctx: Context) -> AccountColumns:
    """A second header inside a table may name its columns anew."""
    fields = {
        i: ctx.labels.field(NAME, text_of(cell)) for i, cell in enumerate(row) if i > group.label and cell is not None
    }
    if not set(fields.values()) & {"current", "previous"}:
        return group
    current = next((i for i, field in fields.items() if field == "current"), None)
    return AccountColumns(group.account, group.label, current, next((i for i, f in fields.items() if f == "previous"), None))


def _header(grid: Matrix, group: AccountColumns, index: int) -> str:
    """Header texts that may name the unit: the column's own, else that of the group's head."""
    return grid.header_text(index) + " " + grid.header_text(group.label)


def _has_amount(row: Sequence[Cell | None], group: AccountColumns) -> bool:
    cells = [row[i] for i in (group.current, group.previous) if i is not None]
    return any(
        cell is not None and (is_figure(cell.text) or (cell.text.strip() and parse_nothing(cell.text)))
        for cell in cells
    )

"""Tranche tables (证券基本情况): name, amount, share, coupon or its type, repayment, maturities, code, ratings.

Rows are tranches, or columns are (the table is then turned), or each tranche has a block of labels and values. The total
row is the issue size. 票面利率 may hold a type in words or a number; 计划发行总额 is planned and is not the amount.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import pairwise

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Key, Notebook, deal_key
from dealproof.interpret.layout import Matrix, matrix, text_of, transposed, unit_sources
from dealproof.interpret.rating_columns import read_ratings_in_words
from dealproof.interpret.tranche_blocks import Block, blocks_by_label, blocks_of, named_by, owned_label
from dealproof.interpret.tranche_cells import read_field
from dealproof.interpret.tranche_columns import faces_of, fields_of, name_column, unlike_amounts
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze, unmarked
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import Tranche, is_total_label, parse_tranche

NAME = "tranches"
_NUMBERED = re.compile(r"^(?:\([一二三四五六七八九十\d]+\)|[一二三四五六七八九十]+[、.]|\d+[、.])")
#: A paper that sets one cell right: 优先A2级预期到期日 | 2026年12月26日 | 2027年1月26日.
_CORRECTS = re.compile("更正|勘误|修订")
_BLOCK_CLAIM = 0.9
_KNOWN = frozenset(
    (
        "amount",
        "share_pct",
        "rate",
        "rate_type",
        "repayment",
        "expected_maturity",
        "legal_maturity",
        "rating",
        "security_code",
    )
)


def claim(table: Table, ctx: Context) -> float:
    """Tranche names in a column, an amount column and one more known column make a tranche table; so do blocks."""
    if _is_of_blocks(table, ctx):
        return _BLOCK_CLAIM
    best = max((_claim(view, ctx) for view in (table, transposed(table))), default=0.0)
    return best or (_BLOCK_CLAIM if any(_is_known(block, ctx) for block in _blocks(table, ctx)) else 0.0)


def _claim(table: Table, ctx: Context) -> float:
    grid = matrix(table, lambda text: ctx.labels.find(NAME, text) is not None)
    fields = fields_of(grid, ctx)
    column = name_column(grid, fields)
    if column is None or not _KNOWN & set(fields.values()):
        return 0.0
    payments = sum(1 for i in range(len(grid.columns)) if ctx.labels.field("tranche_payments", grid.inner(i)))
    known = len(_KNOWN & set(fields.values()))
    if not payments and "rating" in fields.values() and ctx.profile.kind_record.is_of_agency:
        return min(1.0, 0.5 + 0.1 * known)
    if payments > known or "amount" not in fields.values():
        return 0.0 if payments or known < 2 else 0.5
    return min(1.0, 0.6 + 0.1 * known)


def read(table: Table, ctx: Context) -> Reading:
    """Read the table in the view in which it is a tranche table, else as blocks."""
    if _is_of_blocks(table, ctx) or max(_claim(table, ctx), _claim(transposed(table), ctx)) <= 0:
        return _read_blocks(table, ctx)
    turned = _claim(table, ctx) < _claim(transposed(table), ctx)
    view = transposed(table) if turned else table
    grid = matrix(view, lambda text: ctx.labels.find(NAME, text) is not None)
    fields = _of_the_issue(fields_of(grid, ctx), ctx)
    names_at = name_column(grid, fields)
    book = Notebook(ctx, NAME)
    if names_at is None:
        return book.done(turned=turned)
    for index in faces_of(grid):
        for cell in filter(None, [each[index] for each in grid.body]):
            book.use(cell)
    if (head := unlike_amounts(grid, fields, ctx)) is not None:
        book.ask("alternative_sizes", "Two columns give the size of each tranche and differ; none was taken.", head, column="amount")
        fields = {index: name for index, name in fields.items() if name != "amount"}
    amounts: list[Decimal] = []
    seen: set[str] = set()
    for row in grid.body:
        name_cell = row[names_at]
        if any(is_total_label(text_of(cell)) for cell in row[: names_at + 1]):
            _read_total(view, grid, row, fields, amounts, book, ctx)
            break
        tranche = named_by(name_cell)
        if name_cell is None or tranche is None:
            _ask_unknown(row, book)
            continue
        if tranche.name in seen:
            book.ask(
                "conflict",
                f"The table names tranche {tranche.name} twice.",
                name_cell,
                deal_key(ctx, tranche=tranche.name),
            )
        seen.add(tranche.name)
        _read_row(view, grid, row, fields, name_cell, tranche, amounts, book, ctx)
    return book.done(turned=turned)


def _of_the_issue(fields: dict[int, str], ctx: Context) -> dict[int, str]:
    """The columns without shares of what is left, which reports print beside balances and not beside amounts at issue."""
    kind = ctx.profile.kind_record
    is_left = "amount" not in fields.values() and (kind.is_periodic or kind.is_tracking)
    return {index: name for index, name in fields.items() if not (is_left and name == "share_pct")}


def _blocks(table: Table, ctx: Context) -> list[Block]:
    """The blocks of a table in which each tranche has labels with values, or labels of its own."""
    own = blocks_by_label(table, lambda text: ctx.labels.field(NAME, text) in _KNOWN)
    return own if len(own) > 1 or (own and _CORRECTS.search(ctx.profile.title)) else blocks_of(
        table, ctx, lambda text: ctx.labels.find(NAME, text) is not None,
        lambda text: ctx.labels.field(NAME, text) in ("tranche_name", "short_name"),
    )  # fmt: skip


def _is_known(block: Block, ctx: Context) -> bool:
    """Whether a block is a tranche's: an amount with another known field (or of a label that names the tranche itself), or
    three known fields."""
    if block.pairs and block.owner.cell.box == block.pairs[0].label.box:
        own = {ctx.labels.field(NAME, pair.label.text) for pair in block.pairs if pair.values}
        return "amount" in own or (_CORRECTS.search(ctx.profile.title) is not None and bool(own & _KNOWN))
    fields = {ctx.labels.field(NAME, pair.label.text) for pair in block.pairs if pair.values} & _KNOWN
    return len(fields) >= (2 if "amount" in fields else 3)


def _is_of_blocks(table: Table, ctx: Context) -> bool:
    """Whether rows across a table name several tranches, each over labels with values: their names are no column's."""
    return sum(_is_known(block, ctx) and block.is_across for block in _blocks(table, ctx)) > 1


def _read_blocks(table: Table, ctx: Context) -> Reading:
    """Read every block; a label that stands twice in one is a question."""
    book = Notebook(ctx, NAME)
    for row in table.grid():
        for head, words in pairwise(row):
            if head is not None and words is not None and ctx.labels.field(NAME, head.text) == "rating" and read_ratings_in_words(words, book, ctx):
                book.use(head)
    for block in _blocks(table, ctx):
        tranche = block.owner.tranche
        key = deal_key(ctx, tranche=tranche.name)
        _read_name(key, block.owner.cell, tranche, book)
        seen: set[str] = set()
        for pair in block.pairs:
            book.use(pair.label)
            for _, cell in pair.values:
                book.use(cell)
            field = ctx.labels.field(NAME, pair.label.text)
            if not field or not pair.values or (field == "rate" and "rate" in seen):
                continue
            if field in seen and field != "rating":
                book.ask("conflict", f"The block of tranche {tranche.name} states {field} twice.", pair.label, key, field)
                continue
            seen.add(field)
            label, cell = pair.label.text, pair.values[0][1]
            read_field(field, cell, tranche, key, squeeze(label), unit_sources(table, label, "", pair.unit), book, ctx)
    return book.done()


def _ask_unknown(row: Sequence[Cell | None], book: Notebook) -> None:
    first = next((cell for cell in row if cell is not None and cell.text.strip()), None)
    if (
        first is not None
        and any(re.search(r"\d", text_of(cell)) for cell in row)
        and not re.match(r"^(?:注|\()", text_of(first))
    ):
        book.ask_label(f"Row {first.text.strip()!r} of a tranche table is no known tranche.", first)


def _read_row(
    view: Table, grid: Matrix, row: Sequence[Cell | None], fields: dict[int, str], name_cell: Cell, tranche: Tranche,
    amounts: list[Decimal], book: Notebook, ctx: Context,
) -> None:  # fmt: skip
    key = deal_key(ctx, tranche=tranche.name)
    _read_name(key, name_cell, tranche, book)
    for index, column in fields.items():
        cell = row[index]
        if cell is not None:
            header = grid.header_text(index)
            amount = read_field(column, cell, tranche, key, header, unit_sources(view, "", header), book, ctx)
            amounts += [amount] if amount is not None else []


def _read_name(key: Key, cell: Cell, tranche: Tranche, book: Notebook) -> None:
    """Note the name and the class of a tranche; of a caption the name without its number."""
    printed = _NUMBERED.sub("", unmarked(cell.text))
    if (owned := owned_label(printed, lambda text: len(text) > 1)) is not None:
        printed = printed.removesuffix(owned[1]).removesuffix("的")
    if isinstance(parse_tranche(printed), Parsed):
        book.value(key, "tranche_name", cell, printed)
    if tranche.seniority:
        book.value(key, "seniority", cell, tranche.seniority)
    else:
        book.ask("conflict", f"The class of tranche {tranche.name} is not told by its name.", cell, key, "seniority")


def _read_total(
    view: Table, grid: Matrix, row: Sequence[Cell | None], fields: dict[int, str], amounts: Sequence[Decimal], book: Notebook,
    ctx: Context,
) -> None:  # fmt: skip
    index = next((i for i, name in fields.items() if name == "amount"), None)
    cell = row[index] if index is not None else None
    if cell is None or index is None:
        return
    key = deal_key(ctx)
    total = book.figure(
        key, "total_amount", cell, "money", unit_sources(view, "", grid.header_text(index)), table="deals"
    )
    if total is not None and amounts and sum(amounts) != total:
        book.ask(
            "failed_check",
            f"The tranches add up to {sum(amounts)}, the total row says {total}.",
            cell,
            key,
            "total_amount",
            "deals",
        )

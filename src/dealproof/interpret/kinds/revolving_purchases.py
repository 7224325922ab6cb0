"""Revolving purchases (持续购买 = 循环购买): number, date, balance bought, cumulative and initial amounts.

The price paid (支付对价) is not the balance bought. Whether an amount is principal or discounted principal and
interest is said by the label; where it is not said, `amount_basis` stays empty (docs/domain.md#revolving-purchases).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from dealproof.interpret.context import Context, Reading
from dealproof.interpret.fact_builder import Key, Notebook, document_key
from dealproof.interpret.layout import Matrix, Pair, matrix, pairs, text_of, transposed, unit_sources
from dealproof.interpret.share_columns import number
from dealproof.mappings.fields import IGNORED
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.dates import parse_date
from dealproof.values.nothing import parse_nothing
from dealproof.values.numbers import chinese_int
from dealproof.values.parsed import Parsed

NAME = "revolving_purchases"
_BASIS = {"principal": "principal", "discounted": "discounted", "interest_too": "principal_and_interest", "amount": ""}
_NUMBER = re.compile(r"(?:20\d\d年度?)?第?([零〇一二三四五六七八九十百\d]{1,3})(?:次|期|批|轮|笔)?(?:循环|持续)?(?:购买)?")
#: A column of dates is that of the purchases unless its header names another day.
_ANOTHER_DAY = re.compile(
    r"封包|基准|起算|支付|兑付|分配|到期|计算|截止|期末|期初|公告|报告|起息|起始|成立|设立|生效|初始|回收|归集|收款|统计|上期|下期|预计"
)
_DAY = re.compile(r"日|时间|date", re.IGNORECASE)
_RANK = ("principal", "discounted", "interest_too", "amount")


def claim(table: Table, ctx: Context) -> float:
    """A purchase date or number beside an amount bought."""
    grid = matrix(table)
    if any(_is_list(_fields(each, ctx)) for each in (grid, _turned(table, grid, ctx))) and _speaks(table, grid):
        return 0.95
    found = {ctx.labels.field(NAME, pair.label.text) for pair in _pairs(table, ctx)}
    return 0.85 if found & set(_RANK) and "purchase_date" in found else 0.0


def _speaks(table: Table, grid: Matrix) -> bool:
    words = "".join(
        [
            squeeze(table.title),
            *map(squeeze, table.section),
            squeeze(table.lead),
            *(grid.header_text(i) for i in range(len(grid.columns))),
        ]
    )
    return bool(re.search(r"循环|持续购买|购买", words))


def read(table: Table, ctx: Context) -> Reading:
    """Read one row a purchase, or the pairs of a notice."""
    book = Notebook(ctx, NAME)
    grid = matrix(table)
    fields = _fields(grid, ctx)
    turned = _turned(table, grid, ctx)
    if _is_list(fields):
        _read_rows(table, grid, fields, ctx, book)
    elif _is_list(across := _fields(turned, ctx)):
        _read_rows(transposed(table), turned, across, ctx, book)
        return book.done(turned=True)
    else:
        _read_pairs(table, ctx, book)
    return book.done()


def _is_list(fields: dict[int, str]) -> bool:
    found = set(fields.values())
    return bool(found & set(_RANK) and found & {"purchase_date", "purchase_no"})


def _turned(table: Table, grid: Matrix, ctx: Context) -> Matrix:
    """The table with its purchases below one another, where two or more stand side by side; else as it is."""
    turned = transposed(table)
    across = Matrix(tuple((text,) if (text := text_of(cell)) else () for cell in turned.grid()[0]), (tuple(turned.grid()[0]),), tuple(map(tuple, turned.grid()[1:])), 1)
    fields = _fields(across, ctx)
    days = [_day(row, fields) for row in across.body]
    return across if len(days) > 1 and all(days) else grid


def _pairs(table: Table, ctx: Context) -> list[Pair]:
    return list(pairs(table, lambda text: ctx.labels.find(NAME, text) is not None))


def _fields(grid: Matrix, ctx: Context) -> dict[int, str]:
    """Field by column; of several amounts bought the one whose basis is said wins."""
    fields: dict[int, str] = {}
    for index in range(len(grid.columns)):
        row = ctx.labels.find(NAME, grid.inner(index)) or ctx.labels.find(NAME, grid.header_text(index))
        if row is not None and row.field != IGNORED and row.field not in fields.values():
            fields[index] = row.field
    if "purchase_date" not in fields.values() and (day := _column_of_days(grid, fields, ctx)) is not None:
        fields = dict(sorted({**fields, day: "purchase_date"}.items()))
    best = next((name for name in _RANK if name in fields.values()), "")
    return {i: name for i, name in fields.items() if name not in _RANK or name == best}


def _column_of_days(grid: Matrix, fields: dict[int, str], ctx: Context) -> int | None:
    """The only column without a known header under which nothing but dates stands: 日期, 时间, 入池日."""
    found = []
    for index in range(len(grid.columns)):
        header = grid.header_text(index)
        if index in fields or not _DAY.search(header) or _ANOTHER_DAY.search(header) or ctx.labels.find(NAME, grid.inner(index)):
            continue
        rows = [row[index] for row in grid.body if text_of(row[index]) and parse_nothing(text_of(row[index])) is None]
        if rows and all(cell is not None and isinstance(parse_date(cell.text), Parsed) for cell in rows):
            found.append(index)
    return found[0] if len(found) == 1 else None


def _read_rows(table: Table, grid: Matrix, fields: dict[int, str], ctx: Context, book: Notebook) -> None:
    numbered = "purchase_no" in fields.values()
    ordered = sorted(filter(None, (_day(row, fields) for row in grid.body)))
    if not numbered and _goes_on(grid, fields):
        book.ask(
            "low_confidence", "The purchases are not numbered, and others came before them: their numbers are not printed here.",
            table.cells[0], column="purchase_no",
        )  # fmt: skip
        return
    if not numbered and ordered and not _adds_up_from_the_first(grid, fields):
        book.ask(
            "low_confidence", "The purchases are not numbered; they were counted by date.", table.cells[0],
            column="purchase_no",
        )  # fmt: skip
    for row in grid.body:
        day = _day(row, fields)
        number = _purchase_no(row, fields) if numbered else (ordered.index(day) + 1 if day else None)
        if number is None:
            continue
        key = document_key(ctx, purchase_no=number)
        for index, field in fields.items():
            cell = row[index]
            if cell is not None:
                _read_cell(key, field, cell, unit_sources(table, "", grid.header_text(index)), book)


def _goes_on(grid: Matrix, fields: dict[int, str]) -> bool:
    """Whether more was bought so far than the rows tell: the first of them by date is not the first purchase."""
    place = {name if name not in _RANK else "bought": i for i, name in fields.items()}
    if not {"bought", "cumulative_amount"} <= set(place):
        return False
    dated = sorted((day, at) for at, row in enumerate(grid.body) if (day := _day(row, fields)))
    amount, so_far = (number(grid.body[dated[0][1]][place[name]]) for name in ("bought", "cumulative_amount")) if dated else (None, None)
    return amount is not None and so_far is not None and so_far > amount * Decimal("1.001")


def _adds_up_from_the_first(grid: Matrix, fields: dict[int, str]) -> bool:
    """Whether what was bought so far is the sum of the rows, in their order: then the first row is the first purchase."""
    bought = next((i for i, name in fields.items() if name in _RANK), None)
    so_far = next((i for i, name in fields.items() if name == "cumulative_amount"), None)
    days = [_day(row, fields) for row in grid.body if _day(row, fields)]
    if bought is None or so_far is None or days != sorted(days):
        return False
    total = Decimal(0)
    for row in grid.body:
        if not _day(row, fields):
            continue
        amount, cumulative = number(row[bought]), number(row[so_far])
        if amount is None or cumulative is None or abs(total + amount - cumulative) > Decimal("0.015") * len(days):
            return False
        total = cumulative
    return True


def _day(row: Sequence[Cell | None], fields: dict[int, str]) -> str:
    for index, field in fields.items():
        day = parse_date(text_of(row[index])) if field == "purchase_date" else None
        if isinstance(day, Parsed):
            return day.value.isoformat()
    return ""


def _purchase_no(row: Sequence[Cell | None], fields: dict[int, str]) -> int | None:
    for index, field in fields.items():
        match = _NUMBER.fullmatch(text_of(row[index])) if field == "purchase_no" else None
        if match:
            return chinese_int(match.group(1))
    return None


def _read_cell(key: Key, field: str, cell: Cell, sources: object, book: Notebook) -> None:
    if field == "purchase_date":
        day = parse_date(cell.text)
        if isinstance(day, Parsed):
            book.value(key, "purchase_date", cell, day.value.isoformat())
    elif field in _RANK:
        read_value = book.figure(key, "purchase_amount", cell, "money", sources)  # type: ignore[arg-type]  # UnitSources
        if read_value is not None and _BASIS[field]:
            book.value(key, "amount_basis", cell, _BASIS[field])
    elif field in ("cumulative_amount", "initial_amount"):
        book.figure(key, field, cell, "money", sources)  # type: ignore[arg-type]  # UnitSources
    else:
        book.use(cell)


def _read_pairs(table: Table, ctx: Context, book: Notebook) -> None:
    known = _pairs(table, ctx)
    number = next(
        (
            chinese_int(match.group(1))
            for pair in known
            if ctx.labels.field(NAME, pair.label.text) == "purchase_no" and pair.values
            and (match := _NUMBER.fullmatch(squeeze(pair.values[0][1].text)))
        ),
        None,
    )  # fmt: skip
    if number is None:
        title = re.search(
            r"第([零〇一二三四五六七八九十百\d]{1,3})(?:次|期)?(?:循环|持续)购买",
            squeeze(table.title + ctx.profile.title),
        )
        number = chinese_int(title.group(1)) if title else None
    if number is None:
        book.ask(
            "low_confidence",
            "The number of this purchase is not printed where it was looked for.",
            table.cells[0],
            column="purchase_no",
        )
        return
    key = document_key(ctx, purchase_no=number)
    for pair in known:
        field = ctx.labels.field(NAME, pair.label.text)
        if pair.values and field:
            _read_cell(key, field, pair.values[0][1], unit_sources(table, pair.label.text, "", pair.unit), book)

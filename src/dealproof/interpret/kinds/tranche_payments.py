"""Payments on the securities (证券兑付): opening balance, principal, interest, closing balance of each tranche.

Three layouts: one row a tranche, one column a tranche, or one block of labels and values a tranche with its name
as caption. Figures per 100 of face value stand beside the amounts and are left aside on purpose.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from dealproof.interpret.context import Context, Reading, key_of
from dealproof.interpret.dates import first_of
from dealproof.interpret.fact_builder import Key, Notebook, deal_key, document_key
from dealproof.interpret.layout import Matrix, Pair, is_figure, matrix, text_of, transposed, unit_sources
from dealproof.interpret.payment_periods import captioned_payment, listed_payments
from dealproof.interpret.periods import own_columns, period_of
from dealproof.interpret.share_columns import number
from dealproof.interpret.tranche_blocks import Block, blocks_of, named_by
from dealproof.interpret.units import UnitSources
from dealproof.mappings.fields import IGNORED
from dealproof.model.evidence import Evidence, Fact
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.dates import find_dates
from dealproof.values.tranches import Tranche, is_total_label

NAME = "tranche_payments"
_FIELDS = frozenset(("opening_balance", "principal_paid", "interest_paid", "closing_balance"))
_COUPON = frozenset(("利率", "年利率", "票面利率", "票面年利率", "执行利率", "票面利率%", "发行利率", "债券利率", "证券利率", "本计息期债券利率", "本期票面利率", "本期利率"))
#: The size of a tranche at issue, printed beside its payments.
_ISSUED = re.compile(r"(?:初始|发行时?)(?:发行)?(?:本金)?(?:金额|规模|总额|面值|余额)|初始本金")
_TWO_LEVELS = 2
#: A column of what stood before or after a payment, in words that do not say of what, and what may make it per unit.
_SIDE = r"(?:本期|本次|当期)?(?:本息|本金)?(?:兑付|分配|偿付|支付|还本|付息|派付)(?:之)?"
_PER_UNIT = re.compile(r"每|[/／](?:份|张|手)|百元|单位(?!:|：)|面值|面额|净值|per")
_NO_FACE_VALUE = Decimal(10_000)
#: What was paid, of principal or interest: the difference of the balances says which.
_PAID = re.compile(r"(?:本期|本次|当期|报告期内?)?(?:偿付|兑付|支付|偿还|分配|归还|摊还)(?:金额|额|总额)?")
_PRINCIPAL = ("本金", "还本")
_OF_INTEREST = re.compile(r"利息|付息|收益")
_DUE = re.compile(r"(?:本期|本次|当期|此次)?应(?:付|还|兑付|支付|分配|偿付|派付)(?:的)?(?P<of>本金|利息|收益)(?:金额|总额|额)?")
_NOTICE = re.compile(r"(?:付息|兑付|兑息|派息|还本|分配|支付)[^。]{0,8}(?:公告|通知)")
_PER_HUNDRED = re.compile(r"百元|/百|面额本金值")


def claim(table: Table, ctx: Context) -> float:
    """At least two of the four amounts, and tranche names in rows, columns or the caption; reports only."""
    table = _without_per_hundred(table)
    if _blocks(table, ctx):
        return 0.95
    return max(_matrix_claim(table, ctx), _matrix_claim(transposed(table), ctx), _interest_claim(table, ctx))


def _interest_claim(table: Table, ctx: Context) -> float:
    """A table of nothing but the interest paid on tranches, under a caption that says so."""
    grid = matrix(table)
    of_interest = _OF_INTEREST.search(squeeze(table.title)) and set(_columns(grid, ctx, _around(table))) == {"interest_paid"}
    return 0.6 if of_interest and _name_column(grid) is not None else 0.0


def read(table: Table, ctx: Context) -> Reading:
    """Read the table in the layout in which it is a payment table."""
    table = _without_per_hundred(table)
    book = Notebook(ctx, NAME)
    if blocks := _blocks(table, ctx):
        _read_blocks(table, blocks, ctx, book)
        return book.done()
    turned = _matrix_claim(table, ctx) < _matrix_claim(transposed(table), ctx)
    _read_matrix(transposed(table) if turned else table, ctx, book)
    return book.done(turned=turned)


def _without_per_hundred(table: Table) -> Table:
    """The table with no text in its columns per 100 of face value that stand beside those of the whole under one tranche."""
    grid = matrix(table)
    if len(grid.header) < _TWO_LEVELS:
        return table
    outer = {i: texts[0] for i, texts in enumerate(grid.columns) if len(texts) >= _TWO_LEVELS}
    gone = {i for i, name in outer.items() if _PER_HUNDRED.search(grid.inner(i)) and sum(1 for other in outer.values() if other == name) > 1}
    head = max((cell.row for row in grid.header for cell in row if cell is not None), default=0)
    if not gone:
        return table
    cells = [replace(cell, text="") if cell.col in gone and cell.row >= head and cell.col_span == 1 else cell for cell in table.cells]
    kept = [cell for cell in cells if not (cell.row == head and cell.col_span == 1 and cell.row > 0 and cell.col in outer)]
    names = [replace(cell, row_span=head - cell.row + 1) if cell.row < head and cell.row + cell.row_span <= head and cell.col in outer else cell for cell in kept]
    return replace(table, cells=tuple(names))


def _field(ctx: Context, text: str) -> str:
    if _PER_HUNDRED.search(squeeze(text)):
        return ""
    row = ctx.labels.find(NAME, text)
    if row is None or row.field == IGNORED:
        return _due(text) if _NOTICE.search(ctx.profile.title) else ""
    return row.field


def _due(text: str) -> str:
    """What falls due by a label (本次应付利息); the notice of a payment says so of what it pays."""
    match = _DUE.fullmatch(re.sub(r"\([^()]*\)$", "", squeeze(text)))
    return "" if match is None else "principal_paid" if match["of"] == "本金" else "interest_paid"


def _matrix_claim(table: Table, ctx: Context) -> float:
    grid = matrix(table)
    fields = set(_columns(grid, ctx, _around(table))) & _FIELDS
    named = _name_column(grid)
    return 0.5 + 0.12 * len(fields) if len(fields) >= 2 and named is not None else 0.0


def _name_column(grid: Matrix) -> int | None:
    for index in range(min(3, len(grid.columns))):
        cells = [row[index] for row in grid.body]
        if any(map(named_by, cells)) and all(named_by(cell) or is_total_label(text_of(cell)) or not text_of(cell) for cell in cells):
            return index
    return None


def _read_matrix(table: Table, ctx: Context, book: Notebook) -> None:
    grid = matrix(table)
    column = _name_column(grid)
    if column is None:
        return
    columns = _columns(grid, ctx, _around(table))
    listed = listed_payments(grid, column, [places[0] for places in columns.values()], ctx)
    if listed is not None and not listed:
        _ask_which(grid, column, book)
        return
    for at, row in enumerate(grid.body):
        if listed is not None and at not in listed:
            continue
        tranche = named_by(row[column])
        if tranche is None:
            _ask_nameless(row, column, {places[0]: field for field, places in columns.items()}, book)
            continue
        number, day = listed[at] if listed is not None else captioned_payment(table, ctx)
        day = day or next((row[i] for i in range(len(grid.columns)) if ctx.labels.field("dates", grid.inner(i)) == "payment_date" and is_figure(text_of(row[i]))), None)
        key = document_key(ctx, tranche=tranche.name, period_no=number)
        _payment_date(ctx, key, book, day)
        for field, (index, *others) in columns.items():
            cell = row[index]
            if cell is not None:
                sources = unit_sources(table, "", grid.header_text(index))
                book.figure(key, field, cell, "money", sources)
                rivals = [(other, grid.header_text(at)) for at in (index, *others) if (other := row[at]) is not None]
                book.ask_column(key, field, "money", rivals, sources)
        for index in range(len(grid.columns)):
            cell = row[index]
            inner = re.sub(r"\(.*\)", "", grid.inner(index))
            if cell is not None and inner in _COUPON:
                _coupon(ctx, tranche, cell, unit_sources(table, "", grid.header_text(index)), book)
            elif cell is not None and _ISSUED.fullmatch(inner) and re.search(r"\d", cell.text):
                book.figure(deal_key(ctx, tranche=tranche.name), "amount", cell, "money", unit_sources(table, "", grid.header_text(index)), table="tranches")


def _ask_which(grid: Matrix, column: int, book: Notebook) -> None:
    """A list of payments of several periods that does not say which: they are no payments of one period."""
    first = next((row[column] for row in grid.body if row[column] is not None), None)
    for row in grid.body:
        for cell in row:
            book.use(cell)
    if first is not None:
        book.ask("low_confidence", "The table lists several payments of each tranche, without the numbers of their periods.", first, column="period_no")


def _ask_nameless(row: Sequence[Cell | None], column: int, fields: Mapping[int, str], book: Notebook) -> None:
    """Figures beside an empty name belong to a tranche that nobody can tell: a broken amount, a merged name."""
    if text_of(row[column]):
        return
    for index, field in fields.items():
        cell = row[index]
        if cell is not None and is_figure(cell.text.rstrip(",，")) and (cell.row, cell.col) not in book.used:
            book.use(cell)
            book.ask("low_confidence", f"{cell.text.strip()!r} stands beside no tranche.", cell, column=field, alike="no tranche")


def _coupon(ctx: Context, tranche: Tranche, cell: Cell, sources: UnitSources, book: Notebook) -> None:
    """A coupon printed beside the payments belongs to the tranche."""
    if tranche.seniority:
        book.value(deal_key(ctx, tranche=tranche.name), "seniority", cell, tranche.seniority, table="tranches")
    if re.search(r"\d", cell.text):
        book.figure(deal_key(ctx, tranche=tranche.name), "coupon_pct", cell, "pct", sources, table="tranches")
    elif re.search(r"无票面利率|无固定利率|零息", squeeze(cell.text)):
        book.value(deal_key(ctx, tranche=tranche.name), "rate_type", cell, "none", table="tranches")


def _around(table: Table) -> str:
    """What the caption and the lines around a table say."""
    return squeeze("".join((table.title, table.lead, table.unit_line)))


def _columns(grid: Matrix, ctx: Context, around: str) -> dict[str, list[int]]:
    """The columns of each field, the one of the reported period first; several where the headers do not say which that is."""
    places: dict[str, list[int]] = {}
    for index in range(len(grid.columns)):
        field = _field(ctx, grid.inner(index)) or _field(ctx, grid.header_text(index))
        if field in _FIELDS and period_of(_outer(grid, index)) not in ("previous", "other"):
            places.setdefault(field, []).append(index)
    places = {**places, **_balances(grid, places, around)}
    places = {**places, **_proven(grid, places)}
    own = {
        field: [found[at] for at in own_columns([_outer(grid, index) for index in found])] or found
        for field, found in places.items()
    }
    return dict(sorted(own.items(), key=lambda item: item[1][0]))


def _balances(grid: Matrix, places: Mapping[str, Sequence[int]], around: str) -> dict[str, list[int]]:
    """Columns called nothing but 兑付前 and 兑付后 are balances where they differ by the principal paid in every row, and nothing
    in any header or caption, nor their size, allows that they are per unit of face value."""
    words = around + "".join(grid.header_text(index) for index in range(len(grid.columns)))
    bare = {index: re.sub(r"\([^()]*\)$", "", grid.inner(index)) for index in range(len(grid.columns))}
    before, after = ([index for index, text in bare.items() if re.fullmatch(_SIDE + side, text)] for side in "前后")
    paid = places.get("principal_paid", ())
    if _PER_UNIT.search(words) or (len(before), len(after), len(paid)) != (1, 1, 1) or {"opening_balance", "closing_balance"} & set(places):
        return {}
    sizes = [size for row in grid.body if (size := number(row[before[0]])) is not None]
    is_whole = re.search("[万亿]", words) is not None or max(sizes, default=Decimal(0)) > _NO_FACE_VALUE
    return {"opening_balance": before, "closing_balance": after} if is_whole and _is_difference(grid, before[0], paid[0], after[0]) else {}


def _proven(grid: Matrix, places: Mapping[str, Sequence[int]]) -> dict[str, list[int]]:
    """Columns called nothing but 本金 and 利息 between the balances before and after: the first is what was paid where it is
    the difference of the two in every row, and then so is the second."""
    if not {"opening_balance", "closing_balance"} <= set(places) or any(len(places[name]) > 1 for name in ("opening_balance", "closing_balance")):
        return {}
    before, after = places["opening_balance"][0], places["closing_balance"][0]
    bare = {index: re.sub(r"\([^()]*\)$", "", grid.inner(index)) for index in range(len(grid.columns)) if len(grid.columns[index]) == 1}
    found: dict[str, list[int]] = {}
    principal = [index for index, text in bare.items() if text in _PRINCIPAL or _PAID.fullmatch(text) or _due(text) == "principal_paid"]
    is_said = len(principal) == 1 and bare[principal[0]] in _PRINCIPAL  # and so may be nothing at all
    if "principal_paid" not in places and len(principal) == 1 and _is_difference(grid, before, principal[0], after, is_said):
        found["principal_paid"] = principal
    interest = [index for index, text in bare.items() if text in ("利息", "付息", "收益") or _due(text) == "interest_paid"]
    if "interest_paid" not in places and len(interest) == 1 and "principal_paid" in {*places, *found}:
        found["interest_paid"] = interest
    return found


def _is_difference(grid: Matrix, before: int, paid: int, after: int, may_be_nothing: bool = False) -> bool:
    rows = [tuple(number(row[index]) for index in (before, paid, after)) for row in grid.body]
    whole = [(one, part, rest) for one, part, rest in rows if one is not None and part is not None and rest is not None]
    return any(part or may_be_nothing for _, part, _ in whole) and all(one - part == rest for one, part, rest in whole)


def _outer(grid: Matrix, index: int) -> str:
    return "".join(grid.columns[index][:-1])


def _blocks(table: Table, ctx: Context) -> list[Block]:
    """The blocks of a table in which each tranche has labels with values, if one of them holds two payments or more."""

    def is_name(text: str) -> bool:
        return ctx.labels.field("tranches", text) in ("tranche_name", "short_name")

    if any(sum(1 for cell in dict.fromkeys(row) if named_by(cell)) > 1 for row in table.grid()):
        return []  # tranches side by side
    found = blocks_of(table, ctx, lambda text: is_name(text) or ctx.labels.find(NAME, text) is not None, is_name)
    fields = [{_field(ctx, pair.label.text) for pair in block.pairs} & _FIELDS for block in found]
    return found if any(len(each) >= 2 for each in fields) else []


def _read_blocks(table: Table, blocks: Sequence[Block], ctx: Context, book: Notebook) -> None:
    grid = matrix(table)
    for block in blocks:
        for pair in block.pairs:
            _read_pair(table, grid, pair, block.owner.tranche, ctx, book)


def _read_pair(table: Table, grid: Matrix, pair: Pair, owner: Tranche, ctx: Context, book: Notebook) -> None:
    book.use(pair.label)
    field = _field(ctx, pair.label.text)
    if pair.values and squeeze(pair.label.text).rstrip(":") in _COUPON:
        _coupon(ctx, owner, pair.values[0][1], unit_sources(table, pair.label.text, "", pair.unit), book)
        return
    if field not in _FIELDS or not pair.values:
        for _, cell in pair.values:
            book.use(cell)
        return
    number, day = captioned_payment(table, ctx)
    key = document_key(ctx, tranche=owner.name, period_no=number)
    chosen = _of_own_period(grid, pair)
    sources = unit_sources(table, pair.label.text, chosen[0][1] if chosen else "", pair.unit)
    if chosen and book.figure(key, field, chosen[0][0], "money", sources) is not None:
        book.ask_column(key, field, "money", chosen, sources)
    _payment_date(ctx, key, book, day)


def _of_own_period(grid: Matrix, pair: Pair) -> list[tuple[Cell, str]]:
    """The values of a label in the columns of the reported period, each with its header; columns per 100 of face value
    are none."""
    headers = [grid.header_text(i) if cell.row >= grid.first_row else "" for i, cell in pair.values]
    return [(pair.values[at][1], headers[at]) for at in own_columns(headers) if not _PER_HUNDRED.search(headers[at])]


def _payment_date(ctx: Context, key: Key, book: Notebook, day: Cell | None = None) -> None:
    """The payment date is printed once in the report, and holds for every tranche; of a payment among several beside it."""
    if day is not None:
        if len(found := find_dates(squeeze(day.text))) == 1 and not any(f.key == key and f.column == "payment_date" for f in book.facts):
            book.value(key, "payment_date", day, found[0][0].isoformat())
        return
    is_own = set(key_of(period_no=ctx.profile.period_no)) <= set(key)  # the day of the report is none of a payment before it
    hit = first_of(ctx.hits, "payment_date") if is_own else None
    if hit is None or any(f.key == key and f.column == "payment_date" for f in book.facts):
        return
    proof = Evidence(ctx.document_id, hit.page, hit.box, hit.text, reader="text")
    book.facts.append(Fact(NAME, key, "payment_date", hit.day.isoformat(), evidence=proof, label_rows=(hit.label_row,)))

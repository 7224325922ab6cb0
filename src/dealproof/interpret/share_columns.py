"""Columns of counts, amounts and their shares, where the label 占比 stands twice.

Whose share a column is follows from its header, else from the column it stands behind; arithmetic has the last
word: share x total must give the value.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from decimal import Decimal

from dealproof.interpret.context import Context
from dealproof.interpret.layout import Matrix, text_of
from dealproof.interpret.units import is_percent_label
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import LabelRow
from dealproof.model.table import Cell
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import is_total_label
from dealproof.values.units import split_unit

#: The label file that says what columns of figures are.
COLUMNS = "columns"
#: The month of which a column speaks, before what it is called: 3月末余额, 2025年3月占比.
_MONTH = re.compile(r"^(?:(?:19|20)\d\d年)?(?:\d{1,2}|十[一二]|[一二三四五六七八九十])月(?:份|末|底)?(?:的)?(?=[一-龥(])")
#: What a column of shares says of the whole; half a printed unit of a share.
_WHOLE = frozenset((Decimal(100), Decimal(1)))
_ROUNDING = Decimal("0.005")
#: Figures and columns that a table needs at least for its total to be told by arithmetic.
_LEAST_ROWS, _LEAST_COLUMNS = 3, 2


def value_columns(grid: Matrix, ctx: Context, skip: frozenset[int]) -> dict[int, str]:
    """Field (count, count_share_pct, amount, amount_share_pct) by column; at most one column a field."""
    fields: dict[int, str] = {}
    loose: list[int] = []
    for index in range(1, len(grid.columns)):
        if index in skip:
            continue
        row = _named(grid, index, ctx)
        field = "" if row is None or row.field == IGNORED else row.field
        if field == "share":
            loose.append(index)
        elif field and field not in fields.values():
            fields[index] = field
    return _with_shares(grid, fields, loose)


def unknown_columns(grid: Matrix, ctx: Context, fields: dict[int, str], skip: frozenset[int]) -> list[Cell]:
    """Heads of columns of figures that no label row knows, where the table has no amount or no number yet: one of them
    may be what is missing."""
    if {"count", "amount"} <= set(fields.values()):
        return []
    found = []
    for index in range(1, len(grid.columns)):
        head = next((row[index] for row in reversed(grid.header) if text_of(row[index])), None)
        if index in skip or index in fields or head is None or _is_known(grid, index, ctx):
            continue
        if any(number(row[index]) is not None for row in grid.body):
            found.append(head)
    return list(dict.fromkeys(found))


def _is_known(grid: Matrix, index: int, ctx: Context) -> bool:
    return _named(grid, index, ctx) is not None


def _named(grid: Matrix, index: int, ctx: Context) -> LabelRow | None:
    """What a column is called, whatever month its header names."""
    texts = [grid.inner(index), grid.header_text(index)]
    return next((row for text in (*texts, *(_MONTH.sub("", text) for text in texts)) if text and (row := ctx.labels.find(COLUMNS, text))), None)


def doubled(grid: Matrix, fields: dict[int, str], ctx: Context, skip: frozenset[int]) -> dict[int, int]:
    """Columns with the count or the amount of another column that was taken, each with that one, and other figures than it."""
    found: dict[int, int] = {}
    for index in range(1, len(grid.columns)):
        row = _named(grid, index, ctx)
        wanted = row.field if row is not None and row.field in ("count", "amount") else None
        own = next((i for i, field in fields.items() if field == wanted), None)
        if own is None or index == own or index in skip or own > index:
            continue
        if any(number(row[own]) != number(row[index]) for row in grid.body):
            found[index] = own
    return found


def _with_shares(grid: Matrix, fields: dict[int, str], loose: list[int]) -> dict[int, str]:
    """Give each plain 占比 column its value column: by arithmetic where that is clear, else the nearest one before it."""
    owners = {field: index for index, field in fields.items() if field in ("count", "amount")}
    free = {name: at for name, at in owners.items() if f"{name}_share_pct" not in fields.values()}
    chosen: dict[int, str] = {}
    for share in loose:
        left = {name: at for name, at in free.items() if name not in chosen.values()}
        best = _owner(grid, share, left, {*fields, *loose})
        if best:
            chosen[share] = best
    merged = {**fields, **{share: f"{name}_share_pct" for share, name in chosen.items()}}
    return dict(sorted(_checked(grid, merged).items()))


def _owner(grid: Matrix, share: int, owners: dict[str, int], known: set[int]) -> str:
    """The value column of a plain share column: the one that most rows fit, else the nearest before it, unless a column of
    figures that nobody knows stands between: then the share may be of that."""
    fits = {name: fit for name, at in owners.items() if 2 * (fit := _fit(grid, at, share)) >= _tried(grid, at, share)}
    clear = [name for name, fit in fits.items() if fit and all(fit > other for n, other in fits.items() if n != name)]
    if clear:
        return clear[0]
    strange = {i for i in range(1, share) if i not in known and any(number(row[i]) is not None for row in grid.body)}
    before = [name for name, at in owners.items() if at < share and not any(at < i for i in strange)]
    return max(before, key=lambda name: owners[name], default="")


def _tried(grid: Matrix, values: int, shares: int) -> int:
    """Number of rows whose share can be tried."""
    return sum(1 for row in _parts(grid) if number(row[values]) and number(row[shares]))


def contradicted(grid: Matrix, fields: dict[int, str]) -> list[int]:
    """Share columns of which no row fits the values that they are taken for, though three rows could be tried."""
    place = {field: index for index, field in fields.items()}
    found = []
    for name in ("count", "amount"):
        value, share = place.get(name), place.get(f"{name}_share_pct")
        if value is None or share is None:
            continue
        tried = [row for row in _parts(grid) if number(row[value]) and number(row[share])]
        if len(tried) >= 3 and _fit(grid, value, share) == 0:
            found.append(share)
    return found


def _checked(grid: Matrix, fields: dict[int, str]) -> dict[int, str]:
    """Swap the two share columns where arithmetic says so beyond doubt."""
    place = {field: index for index, field in fields.items()}
    if not {"count", "amount", "count_share_pct", "amount_share_pct"} <= set(place):
        return fields
    straight = _fit(grid, place["count"], place["count_share_pct"]) + _fit(
        grid, place["amount"], place["amount_share_pct"]
    )
    crossed = _fit(grid, place["count"], place["amount_share_pct"]) + _fit(
        grid, place["amount"], place["count_share_pct"]
    )
    if crossed > straight and straight == 0:
        swap = {"count_share_pct": "amount_share_pct", "amount_share_pct": "count_share_pct"}
        return {index: swap.get(field, field) for index, field in fields.items()}
    return fields


def _parts(grid: Matrix) -> list[Sequence[Cell | None]]:
    proven = proven_totals(grid)
    return [row for at, row in enumerate(grid.body) if not is_total_label(text_of(row[0])) and at not in proven]


def proven_totals(grid: Matrix) -> frozenset[int]:
    """Rows of the body that arithmetic shows to be the total, whatever they are called and wherever they stand: a column of
    shares says 100 there, and in every column of figures the other rows add up to what it says."""
    columns = {index: [number(row[index]) for row in grid.body] for index in range(1, len(grid.columns))}
    named = [at for at, row in enumerate(grid.body) if is_total_label(text_of(row[0]))]
    filled = {i: each for i, each in columns.items() if sum(value is not None for value in each) >= _LEAST_ROWS}
    shares = [values for index, values in filled.items() if is_percent_label(grid.header_text(index))]
    return frozenset(
        at
        for at in range(len(grid.body))
        if len(filled) >= _LEAST_COLUMNS
        and any(values[at] in _WHOLE for values in shares)
        and all(_is_sum(values, at, named) for values in filled.values())
    )


def _is_sum(values: Sequence[Decimal | None], at: int, named: Sequence[int]) -> bool:
    """Whether a figure is the sum of the others of its column, but for what rounding hides; named totals are no parts."""
    own = values[at]
    parts = [value for row, value in enumerate(values) if row != at and row not in named and value is not None]
    return own is not None and bool(own) and len(parts) > 1 and abs(sum(parts, Decimal(0)) - own) <= _ROUNDING * len(parts)


def _fit(grid: Matrix, values: int, shares: int) -> int:
    """Number of rows whose share of the total (as printed, else the sum) fits the printed share."""
    numbers = [(number(row[values]), number(row[shares])) for row in _parts(grid)]
    proven = proven_totals(grid)
    printed = [number(row[values]) for at, row in enumerate(grid.body) if is_total_label(text_of(row[0])) or at in proven]
    total = next((t for t in printed if t), None) or sum((v for v, _ in numbers if v is not None), Decimal(0))
    if not total:
        return 0
    return sum(1 for v, s in numbers if v is not None and s and _is_share(v / total, s))


def _is_share(part: Decimal, share: Decimal) -> bool:
    """Whether a printed share is that part of the whole, as a percentage or as a fraction."""
    return abs(part * 100 - share) <= Decimal("0.011") or (share <= 1 and abs(part - share) <= Decimal("0.00011"))


def number(cell: Cell | None) -> Decimal | None:
    """The bare number printed in a cell, whatever its unit."""
    if cell is None:
        return None
    read = parse_number(split_unit(cell.text)[0])
    return read.value if isinstance(read, Parsed) else None


def body_rows(grid: Matrix) -> list[Sequence[Cell | None]]:
    """Rows with a label in the first column."""
    return [row for row in grid.body if text_of(row[0])]


def label_column(grid: Matrix) -> int:
    """The column with the names of the rows: the first, or the second where the first only numbers the rows."""
    numbered = [text_of(row[0]) for row in grid.body if not is_total_label(text_of(row[0]))]
    counted = bool(numbered) and all(text.isdigit() for text in numbered)
    return 1 if counted and len(grid.columns) > 2 and grid.inner(0) in ("", "序号", "排名", "编号", "no.", "No.") else 0

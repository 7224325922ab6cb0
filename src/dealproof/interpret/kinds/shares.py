"""Columns of counts, amounts and their shares, where the label 占比 stands twice.

Whose share a column is follows from its header, else from the column it stands behind; arithmetic has the last
word: share x total must give the value.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from dealproof.interpret.frame import Context
from dealproof.interpret.layout import Matrix, text_of
from dealproof.mappings.labels import IGNORED
from dealproof.tables.model import Cell
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import is_total_label
from dealproof.values.units import split_unit

_GROUP = "columns"


def value_columns(grid: Matrix, ctx: Context, skip: frozenset[int]) -> dict[int, str]:
    """Field (count, count_share_pct, amount, amount_share_pct) by column; at most one column a field."""
    fields: dict[int, str] = {}
    last = ""
    for index in range(1, len(grid.columns)):
        if index in skip:
            continue
        row = ctx.labels.find(_GROUP, grid.inner(index)) or ctx.labels.find(_GROUP, grid.header_text(index))
        field = "" if row is None or row.field == IGNORED else row.field
        if field in ("count", "amount"):
            last = field
        if field == "share":
            field = f"{last}_share_pct" if last else ""
        if field and field not in fields.values():
            fields[index] = field
    return _checked(grid, fields)


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


def _fit(grid: Matrix, values: int, shares: int) -> int:
    """Number of rows whose share of the sum fits the printed share."""
    rows = [row for row in grid.body if not is_total_label(text_of(row[0]))]
    numbers = [(number(row[values]), number(row[shares])) for row in rows]
    total = sum((v for v, _ in numbers if v is not None), Decimal(0))
    if not total:
        return 0
    return sum(
        1 for v, s in numbers if v is not None and s is not None and abs(v / total * 100 - s) <= Decimal("0.011")
    )


def number(cell: Cell | None) -> Decimal | None:
    """The bare number printed in a cell, whatever its unit."""
    if cell is None:
        return None
    read = parse_number(split_unit(cell.text)[0])
    return read.value if isinstance(read, Parsed) else None


def body_rows(grid: Matrix) -> list[Sequence[Cell | None]]:
    """Rows with a label in the first column."""
    return [row for row in grid.body if text_of(row[0])]

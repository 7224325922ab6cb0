"""Figures of an account that are printed as accountants print what is negative: `(1,056.20)`, `1,056.20-`.

Brackets may mean an interval or an aside as well, and a sign behind a figure may be a dash. Such a figure is taken as negative
where the total of its account says so, and is asked where none does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from dealproof.model.table import Cell
from dealproof.text import squeeze
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed, Refused

_TOTAL = re.compile(r"合计|总计|小计|共计|总额|total", re.IGNORECASE)
Place = tuple[int, int]


def proven_negatives(lines: Iterable[tuple[str, Cell | None]]) -> dict[Place, str]:
    """The figures of one column of an account that only as negative ones add up to the total below them, as `-1,056.20` by
    row and column. `lines` are labels with the cells of the column, from the top down."""
    proven: dict[Place, str] = {}
    since_total: list[Cell] = []
    account: list[Cell] = []
    for label, cell in lines:
        if cell is None:
            continue
        if _value(cell) is None and not re.search(r"\d", cell.text):  # the head of another account
            since_total, account = [], []
            continue
        if not _TOTAL.search(squeeze(label)):
            since_total.append(cell)
            account.append(cell)
            continue
        for parts in (since_total, account):
            if _adds_up(parts, cell):
                proven |= {(part.row, part.col): plain for part in parts if (plain := _as_negative(part))}
        since_total = []
    return proven


def _adds_up(parts: Iterable[Cell], total: Cell) -> bool:
    values = [_value(cell) for cell in (*parts, total)]
    read = [value for value in values if value is not None]
    return len(read) == len(values) and sum(read[:-1], Decimal(0)) == read[-1]


def _value(cell: Cell) -> Decimal | None:
    """The printed number without a unit, nothing as 0; None for whatever is no bare number."""
    read = parse_number(cell.text, accounting=True)
    if isinstance(read, Refused):
        return None
    return read.value if isinstance(read, Parsed) else Decimal(0)


def _as_negative(cell: Cell) -> str:
    """`-1,056.20` of `(1,056.20)`; '' of a figure that is read as it stands."""
    if isinstance(parse_number(cell.text), Parsed):
        return ""
    read = parse_number(cell.text, accounting=True)
    return f"{read.value:f}" if isinstance(read, Parsed) else ""

"""A total below a page break that the rows on both sides of it add up to: proof that they are one table.

Columns may be of other widths on the next page, and its header may be missing. No other table can have that total by chance.
"""

from __future__ import annotations

from decimal import Decimal

from dealproof.model.table import Table
from dealproof.text import squeeze
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed

_TOTALS = frozenset(("合计", "总计", "总额", "全部", "共计", "total"))
#: Half a printed unit of a share.
_ROUNDING = Decimal("0.005")
#: Columns that must add up, and a total of so many digits, since small counts may agree by chance.
_COLUMNS, _DIGITS = 2, 4


def total_proves(above: Table, below: Table) -> bool:
    """Whether the last row of `below` is the total of its other rows and those of `above`, in every column of figures."""
    upper, lower = above.texts(), below.texts()
    if len(lower) < 2 or squeeze(lower[-1][0]).lower() not in _TOTALS:
        return False
    if all(_number(text) is None for text in lower[0][1:]):
        return False  # a header: the rows below it are a table of their own
    totals = [_number(text) for text in lower[-1]]
    rows = [[_number(text) for text in row] for row in (*upper, *lower[:-1])]
    tried, large = 0, False
    for column, total in enumerate(totals):
        if total is None or column == 0:
            continue
        parts = [value for row in rows if (value := row[column]) is not None]
        is_of_both = any(row[column] is not None for row in rows[: len(upper)])
        if not is_of_both or abs(sum(parts, Decimal(0)) - total) > _ROUNDING * len(parts):
            return False
        tried += 1
        large = large or len(total.as_tuple().digits) >= _DIGITS
    return tried >= _COLUMNS and large


def _number(text: str) -> Decimal | None:
    read = parse_number(text.strip().removesuffix("%"))
    return read.value if isinstance(read, Parsed) else None

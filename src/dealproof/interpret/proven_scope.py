"""Tables whose own sums prove that they are this deal's pool, whatever their caption leaves open.

全部资产余额分布 may be the whole book of a lender. Where its column adds up, to the digit, to the balance that the document
states for this pool, it is a distribution of this pool.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from dealproof.interpret.context import TableReading
from dealproof.interpret.layout import Matrix, matrix, text_of
from dealproof.interpret.share_columns import number
from dealproof.model.table import Table
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed
from dealproof.values.tranches import is_total_label
from dealproof.values.units import split_unit

#: Balances that a document states for its pool as a whole.
_OF_THE_POOL = frozenset({"principal_balance", "pool_closing_balance"})
#: A balance of fewer digits may be met by chance.
_DIGITS = 6


def balances_stated(entries: Iterable[TableReading]) -> frozenset[Decimal]:
    """The figures, as printed, that the tables of a document state as the balance of its whole pool."""
    found = set()
    for fact in (fact for entry in entries for fact in entry.reading.facts):
        key = dict(fact.key)
        if key.get("metric") in _OF_THE_POOL and not key.get("scope") and fact.evidence is not None:
            read = parse_number(split_unit(fact.evidence.text)[0])
            if isinstance(read, Parsed) and len(read.value.as_tuple().digits) >= _DIGITS:
                found.add(read.value)
    return frozenset(found)


def adds_up_to(table: Table, balances: frozenset[Decimal]) -> bool:
    """Whether a column of a table, total row apart, adds up to one of these balances, and its total row says so too."""
    grid = matrix(table)
    return bool(balances) and any(_sum(grid, index) in balances for index in range(1, len(grid.columns)))


def _sum(grid: Matrix, index: int) -> Decimal | None:
    parts = [number(row[index]) for row in grid.body if not is_total_label(text_of(row[0]))]
    totals = [number(row[index]) for row in grid.body if is_total_label(text_of(row[0]))]
    if len(parts) < 2 or any(part is None for part in parts):
        return None
    whole = sum((part for part in parts if part is not None), Decimal(0))
    printed = next((total for total in totals if total is not None), whole)
    half_a_unit = Decimal("0.5").scaleb(min(int(printed.as_tuple().exponent), 0))
    return printed if abs(whole - printed) <= half_a_unit * len(parts) else None

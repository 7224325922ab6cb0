"""Whether two printed values say the same: equal, or equal once the finer is rounded to the coarser print."""

from __future__ import annotations

import re
from decimal import Decimal

from dealproof.dataset.readings import Reading
from dealproof.text import squeeze

#: What one printed unit may be worth: money units, thousandths and basis points, months and days in years.
_FACTORS = (
    *(Decimal(n) for n in (1, 1000, 10_000, 1_000_000, 10_000_000, 100_000_000, 100)),
    *(Decimal(n) for n in ("0.1", "0.01")),
    *(Decimal(1) / n for n in (12, 365, 360)),
)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
_SLACK = Decimal("0.00006")

#: Columns whose wording may differ without the meaning differing: the name of a deal or tranche is printed
#: long and short, and the key of the row was already formed from it.
_FREE_WORDING = {("deals", "deal_name"), ("tranches", "tranche_name")}
#: The order of printing belongs to a document; two documents may differ.
_ORDER = {("tranches", "position"), ("pool_distributions", "position")}
_NEVER_COMPARED = frozenset(_FREE_WORDING | _ORDER)
_PREFIX_ENOUGH = {("tranches", "repayment")}


def agree(one: Reading, other: Reading) -> bool:
    """Whether two readings of the same cell can both be right."""
    if (one.table, one.column) in _NEVER_COMPARED:
        return True
    if isinstance(one.value, Decimal) and isinstance(other.value, Decimal):
        difference = abs(one.value - other.value)
        return not difference or difference <= max(step(one), step(other)) / 2
    first, second = squeeze(one.printed).lower(), squeeze(other.printed).lower()
    if (one.table, one.column) in _PREFIX_ENOUGH:
        return first.startswith(second) or second.startswith(first)
    return first == second


def step(item: Reading) -> Decimal:
    """Return the worth of the last printed digit, in the unit of the value: 100 for `100,434.12` in 万元.

    Where the printed text does not show the number (a derived value, capitals), the value's own last digit.
    """
    value = item.value
    if not isinstance(value, Decimal):
        return Decimal(1)
    text = squeeze(item.evidence.text) if item.evidence else ""
    for match in _NUMBER.finditer(text):
        digits = match.group().replace(",", "")
        for factor in _FACTORS:
            if digits and abs(Decimal(digits) * factor - abs(value)) <= _slack(factor):
                decimals = len(digits.partition(".")[2])
                return factor.scaleb(-decimals)
    exponent = value.as_tuple().exponent
    return Decimal(1).scaleb(min(int(exponent), 0)) if isinstance(exponent, int) else Decimal(1)


def _slack(factor: Decimal) -> Decimal:
    return _SLACK if factor < 1 else Decimal(0)

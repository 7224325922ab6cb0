"""How large the figures of this market can be: what lies outside is no rare deal but a misread unit or a lost point.

The bounds are wide on purpose: the smallest and the largest deal ever sold lie well inside. Money in yuan, shares and
rates in percent, terms in years. Nothing (0) is always possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from dealproof.contract.metrics import METRICS, PERFORMANCE, POOL


@dataclass(frozen=True, slots=True)
class MarketBounds:
    """`least` and `most` that one figure can be, and the `peak` that the largest of one kind in a table reaches at least: a
    tranche may be nearly repaid, but not all of them at once."""

    least: Decimal
    most: Decimal
    peak: Decimal = Decimal(0)

    def hold(self, value: Decimal) -> bool:
        """Whether a figure can be as large as this; its sign does not matter."""
        return not value or self.least <= abs(value) <= self.most


def _bounds(least: str, most: str, peak: str = "0") -> MarketBounds:
    return MarketBounds(Decimal(least), Decimal(most), Decimal(peak))


#: By table and column, or by table and metric where the column is `value`.
BOUNDS: Mapping[tuple[str, str], MarketBounds] = {
    ("deals", "total_amount"): _bounds("1e7", "1e11"),
    ("tranches", "amount"): _bounds("1e5", "5e10", "1e7"),
    ("tranches", "coupon_pct"): _bounds("0.3", "24"),
    ("tranche_payments", "opening_balance"): _bounds("1", "5e10", "1e6"),
    ("tranche_payments", "principal_paid"): _bounds("0", "5e10"),
    ("tranche_payments", "interest_paid"): _bounds("0", "5e9"),
    ("tranche_payments", "closing_balance"): _bounds("0", "5e10"),
    ("cash_flows", "previous_amount"): _bounds("0", "2e11"),
    ("cash_flows", "amount"): _bounds("0", "2e11"),
    ("delinquency", "balance"): _bounds("0", "2e11", "1e6"),
    ("delinquency", "count"): _bounds("1", "1e9"),
    ("pool_distributions", "amount"): _bounds("0", "4e11", "1e6"),
    ("pool_distributions", "count"): _bounds("1", "1e9"),
    ("revolving_purchases", "purchase_amount"): _bounds("0", "1e11"),
    ("revolving_purchases", "cumulative_amount"): _bounds("0", "2e12"),
    ("revolving_purchases", "initial_amount"): _bounds("1e6", "2e11"),
    **{("pool_stats", item.name): _bounds(*item.bounds) for item in POOL if item.bounds},
    **{("performance", item.name): _bounds(*item.bounds) for item in PERFORMANCE if item.bounds},
}

#: Rates that borrowers and investors pay: by convention a year's, in percent.
INTEREST_RATES = frozenset({"coupon_pct", *(item.name for item in METRICS if item.is_interest)})


def market_bounds(table: str, name: str) -> MarketBounds | None:
    """The bounds of a column or metric; None where the market sets none."""
    return BOUNDS.get((table, name))

"""How large the figures of this market can be: what lies outside is no rare deal but a misread unit or a lost point.

The bounds are wide on purpose: the smallest and the largest deal ever sold lie well inside. Money in yuan, shares and
rates in percent, terms in years. Nothing (0) is always possible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


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


_POOL = _bounds("1e6", "2e11")
_LOAN = _bounds("100", "5e9")
_TERM = _bounds("0", "40")
_LOAN_RATE = _bounds("1", "40")

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
    ("pool_stats", "principal_balance"): _POOL,
    ("pool_stats", "contract_amount"): _bounds("1e6", "4e11"),
    ("pool_stats", "avg_loan_balance"): _LOAN,
    ("pool_stats", "avg_borrower_balance"): _LOAN,
    ("pool_stats", "max_loan_balance"): _bounds("1000", "1e10"),
    ("pool_stats", "min_loan_balance"): _bounds("0", "1e10"),
    ("pool_stats", "avg_contract_amount"): _LOAN,
    ("pool_stats", "max_contract_amount"): _bounds("1000", "1e10"),
    ("pool_stats", "loan_count"): _bounds("1", "1e9"),
    ("pool_stats", "borrower_count"): _bounds("1", "1e9"),
    ("pool_stats", "wa_rate_pct"): _LOAN_RATE,
    ("pool_stats", "max_rate_pct"): _LOAN_RATE,
    ("pool_stats", "min_rate_pct"): _bounds("0", "40"),
    ("pool_stats", "wa_contract_term_years"): _TERM,
    ("pool_stats", "wa_remaining_term_years"): _TERM,
    ("pool_stats", "wa_seasoning_years"): _TERM,
    ("pool_stats", "max_remaining_term_years"): _TERM,
    ("pool_stats", "min_remaining_term_years"): _TERM,
    ("pool_stats", "max_contract_term_years"): _TERM,
    ("pool_stats", "min_contract_term_years"): _TERM,
    ("pool_stats", "wa_borrower_age_years"): _bounds("18", "80"),
    ("pool_stats", "wa_ltv_pct"): _bounds("1", "200"),
    ("performance", "cumulative_default_pct"): _bounds("0", "60"),
    ("performance", "delinquent_pct"): _bounds("0", "100"),
    ("performance", "seriously_delinquent_pct"): _bounds("0", "100"),
    ("performance", "prepayment_pct"): _bounds("0", "100"),
    ("performance", "cumulative_default_amount"): _bounds("0", "1e11"),
    ("performance", "period_default_amount"): _bounds("0", "5e10"),
    ("performance", "cumulative_recovery_amount"): _bounds("0", "1e11"),
    ("performance", "pool_opening_balance"): _POOL,
    ("performance", "pool_closing_balance"): _POOL,
    ("performance", "initial_pool_balance"): _POOL,
    ("performance", "pool_loan_count"): _bounds("1", "1e9"),
    ("performance", "pool_wa_rate_pct"): _LOAN_RATE,
    ("performance", "pool_wa_remaining_term_years"): _TERM,
}

#: Rates that borrowers and investors pay: by convention a year's, in percent.
INTEREST_RATES = frozenset({"coupon_pct", "wa_rate_pct", "max_rate_pct", "min_rate_pct", "pool_wa_rate_pct"})


def market_bounds(table: str, name: str) -> MarketBounds | None:
    """The bounds of a column or metric; None where the market sets none."""
    return BOUNDS.get((table, name))

"""What kind of quantity each metric of the contract is, and how pool statistics speak of performance."""

from __future__ import annotations

from collections.abc import Mapping

from dealproof.contract.performance import PerformanceMetric
from dealproof.contract.pool_stats import PoolMetric

Metric = PoolMetric | PerformanceMetric


def _all(quantity: str, *metrics: Metric) -> dict[Metric, str]:
    return dict.fromkeys(metrics, quantity)


#: Quantity by metric of `pool_stats` and `performance` (see interpret.units.read_figure).
QUANTITY: Mapping[Metric, str] = {
    **_all(
        "money",
        "principal_balance", "contract_amount", "avg_loan_balance", "avg_borrower_balance", "max_loan_balance",
        "min_loan_balance", "avg_contract_amount", "max_contract_amount", "cumulative_default_amount",
        "period_default_amount", "cumulative_recovery_amount", "pool_opening_balance", "pool_closing_balance",
        "initial_pool_balance",
    ),
    **_all("count", "loan_count", "borrower_count", "pool_loan_count"),
    **_all(
        "years",
        "wa_contract_term_years", "wa_remaining_term_years", "wa_seasoning_years", "max_remaining_term_years",
        "min_remaining_term_years", "max_contract_term_years", "min_contract_term_years",
        "pool_wa_remaining_term_years",
    ),
    **_all(
        "pct",
        "wa_rate_pct", "max_rate_pct", "min_rate_pct", "wa_ltv_pct", "wa_dti_pct", "top1_borrower_pct",
        "top5_borrower_pct", "top10_borrower_pct", "secured_pct", "pass_class_pct", "cumulative_default_pct",
        "delinquent_pct", "seriously_delinquent_pct", "prepayment_pct", "pool_wa_rate_pct",
    ),
    **_all("score", "wa_credit_score"),
    **_all("age", "wa_borrower_age_years"),
}  # fmt: skip

#: The same figure at the end of a reported period, as `performance` names it.
AS_PERFORMANCE: Mapping[PoolMetric, PerformanceMetric] = {
    "principal_balance": "pool_closing_balance",
    "loan_count": "pool_loan_count",
    "wa_rate_pct": "pool_wa_rate_pct",
    "wa_remaining_term_years": "pool_wa_remaining_term_years",
}

#: And at its beginning.
AT_BEGIN: Mapping[PoolMetric, PerformanceMetric] = {"principal_balance": "pool_opening_balance"}

#: Metrics whose meaning depends on how many days past due make a default.
DEFINED: frozenset[PerformanceMetric] = frozenset(
    ("cumulative_default_pct", "cumulative_default_amount", "period_default_amount")
)

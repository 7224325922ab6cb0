"""Table `pool_stats`: figures of a pool at a date, resolved among documents."""

from __future__ import annotations

from typing import Literal, get_args

from dealproof.contract.spec import DEAL_ID, TableSpec, day, number, text, word

PoolMetric = Literal[
    "principal_balance",
    "contract_amount",
    "loan_count",
    "borrower_count",
    "avg_loan_balance",
    "avg_borrower_balance",
    "max_loan_balance",
    "min_loan_balance",
    "avg_contract_amount",
    "max_contract_amount",
    "wa_contract_term_years",
    "wa_remaining_term_years",
    "wa_seasoning_years",
    "max_remaining_term_years",
    "min_remaining_term_years",
    "max_contract_term_years",
    "min_contract_term_years",
    "wa_rate_pct",
    "max_rate_pct",
    "min_rate_pct",
    "wa_credit_score",
    "wa_borrower_age_years",
    "wa_ltv_pct",
    "wa_dti_pct",
    "top1_borrower_pct",
    "top5_borrower_pct",
    "top10_borrower_pct",
    "secured_pct",
    "pass_class_pct",
]
METRICS: tuple[PoolMetric, ...] = get_args(PoolMetric)

AS_OF = day("as_of", "Date that the figure speaks of.", "统计时点。", key=True)


def pool_metric(word: str) -> PoolMetric | None:
    """The metric that a word of the vocabulary names; None for any other word."""
    return next((metric for metric in METRICS if metric == word), None)


TABLE = TableSpec(
    "pool_stats",
    "deal × as-of date × metric × scope",
    "Figures of the asset pool at a date.",
    "资产池统计指标。",
    (
        DEAL_ID,
        AS_OF,
        word("metric", "What is measured.", "指标。", METRICS, key=True),
        text(
            "scope",
            "Sub-pool or alternative; empty for the whole pool.",
            "子池或备选方案；整体为空。",
            key=True,
        ),
        number("value", "The figure, in `unit`.", "数值，单位见 unit 列。"),
        text("unit", "Unit of the figure.", "数值单位。"),
    ),
    resolved=True,
)

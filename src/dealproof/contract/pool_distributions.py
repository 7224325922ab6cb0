"""Table `pool_distributions`: how a pool is spread over buckets, resolved among documents."""

from __future__ import annotations

from dealproof.contract.pool_stats import AS_OF
from dealproof.contract.spec import DEAL_ID, TableSpec, money, number, percent, text, whole, word

DIMENSIONS = (
    "balance",
    "contract_amount",
    "rate",
    "contract_term",
    "remaining_term",
    "seasoning",
    "region",
    "industry",
    "borrower_age",
    "borrower_income",
    "credit_limit",
    "guarantee",
    "repayment",
    "loan_class",
    "purpose",
)

TABLE = TableSpec(
    "pool_distributions",
    "deal × as-of date × dimension × bucket",
    "How the asset pool is spread over buckets of one dimension.",
    "资产池分布。",
    (
        DEAL_ID,
        AS_OF,
        word("dimension", "What the buckets divide.", "分布维度。", DIMENSIONS, key=True, prefixes=("other:",)),
        text("bucket", "Bucket as printed, normalised.", "区间或类别（规范化原文）。", key=True),
        whole("position", "Order of printing, from 1.", "列示顺序，自 1 起。"),
        number("lower", "Lower bound in the printed unit.", "区间下限（原文单位）。"),
        number("upper", "Upper bound in the printed unit; empty if open.", "区间上限（原文单位）；无上限为空。"),
        money("amount", "Principal balance in the bucket.", "区间内本金余额。"),
        percent("amount_share_pct", "Share of the pool by balance.", "金额占比。"),
        whole("count", "Loans in the bucket.", "区间内笔数。", "count"),
        percent("count_share_pct", "Share of the pool by count.", "笔数占比。"),
    ),
    resolved=True,
)

"""Pools at the cut-off date (封包日): average balance, contract term and rate. Deals are counted in bands, never averaged."""

from __future__ import annotations

from dealproof.metrics.model import Metric, Where, Words

_BALANCE = Words(
    "未偿本金余额除以贷款笔数；以披露值为准，未披露时由余额与笔数计算",
    "balance by number of loans, as disclosed, else worked out",
)
_TERM = Words("加权平均合同期限，以本金余额为权重（披露值）", "contract term weighted by balance, as disclosed")
_RATE = Words("加权平均年利率，以本金余额为权重（披露值）", "annual rate weighted by balance, as disclosed")

METRICS = (
    Metric(
        "pools.balance_sample", Words("笔均余额样本单数", "Deals with an average balance"), _BALANCE, "pools", "count", "deals",
        needs=("average_balance",),
    ),
    Metric(
        "pools.count_by_balance", Words("资产池笔均余额分布", "Deals by average loan balance"), _BALANCE, "pools", "count", "deals",
        by=("market", "balance_band"), needs=("market", "average_balance"),
    ),
    Metric(
        "pools.count_by_balance_and_class", Words("资产池笔均余额分布（资产提供方）", "Deals by average loan balance and class of provider"), _BALANCE,
        "pools", "count", "deals", by=("provider_class", "balance_band"), needs=("provider_class", "average_balance"),
    ),
    Metric(
        "pools.term_sample", Words("合同期限样本单数", "Deals with a contract term"), _TERM, "pools", "count", "deals", needs=("contract_term_years",),
    ),
    Metric(
        "pools.count_by_term", Words("资产池加权平均合同期限分布", "Deals by weighted average contract term"), _TERM, "pools", "count", "deals",
        by=("market", "term_band"), needs=("market", "contract_term_years"),
    ),
    Metric(
        "pools.count_by_term_and_class", Words("资产池加权平均合同期限分布（资产提供方）", "Deals by contract term and class of provider"), _TERM,
        "pools", "count", "deals", by=("provider_class", "term_band"), needs=("provider_class", "contract_term_years"),
    ),
    Metric(
        "pools.longest_term", Words("最长加权平均合同期限", "Longest weighted average contract term"), _TERM, "pools", "maximum", "years", 2,
        "contract_term_years", needs=("contract_term_years",),
    ),
    Metric(
        "pools.rate_sample", Words("加权平均年利率样本单数", "Deals with a weighted average rate"), _RATE, "pools", "count", "deals", needs=("rate_pct",),
    ),
    Metric(
        "pools.count_by_rate", Words("资产池加权平均年利率分布（市场）", "Deals by weighted average rate and market"), _RATE, "pools", "count", "deals",
        by=("market", "rate_band"), needs=("market", "rate_pct"),
    ),
    Metric(
        "pools.count_by_rate_and_class", Words("资产池加权平均年利率分布（资产提供方）", "Deals by weighted average rate and class of provider"), _RATE,
        "pools", "count", "deals", by=("provider_class", "rate_band"), needs=("provider_class", "rate_pct"),
    ),
    Metric(
        "pools.lowest_rate", Words("各市场最低加权平均年利率", "Lowest weighted average rate by market"), _RATE, "pools", "minimum", "percent", 2,
        "rate_pct", by=("market",), needs=("market", "rate_pct"),
    ),
    Metric(
        "pools.long_terms", Words("加权平均合同期限达到 3 年的单数", "Deals with a contract term of 3 years or more"), _TERM, "pools", "count", "deals",
        where=(Where("contract_term_years", "at least", "3"),), needs=("contract_term_years",),
    ),
)  # fmt: skip

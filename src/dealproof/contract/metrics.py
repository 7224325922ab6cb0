"""The metrics of `pool_stats` and `performance`, each stated once: its names, what it measures, how it is tied to others.

A new metric is a word of its `Literal`, a record here, and rows in `mappings/labels/` that know its labels.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

#: What is measured: it decides which printed units fit, and in which unit the dataset holds the figure.
Quantity = Literal["money", "count", "years", "pct", "score", "age"]

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
PerformanceMetric = Literal[
    "cumulative_default_pct",
    "cumulative_default_amount",
    "period_default_amount",
    "cumulative_recovery_amount",
    "pool_opening_balance",
    "pool_closing_balance",
    "initial_pool_balance",
    "delinquent_pct",
    "seriously_delinquent_pct",
    "prepayment_pct",
    "pool_loan_count",
    "pool_wa_rate_pct",
    "pool_wa_remaining_term_years",
]
Metric = PoolMetric | PerformanceMetric


@dataclass(frozen=True, slots=True)
class PoolRecord:
    """One metric of `pool_stats`, of a whole pool or of a part of it (`scope`).

    `adds_up`: the column of `pool_distributions` whose buckets add up to it, '' where parts do not add up. `mean_of`: the
    total and the number whose quotient it is. `above` and `below`: metrics of the same pool that it is never smaller, or
    never greater than; every such pair is said once. `at_end` and `at_begin`: the same figure at the end, or the
    beginning, of a reported period, as `performance` names it.

    `bounds`: the least and the most that it can be in this market (`market_bounds.py`), None where the market sets none.
    `is_interest`: it is a rate that borrowers pay, by convention a year's. `is_pool_balance`: what is owed in the whole pool.
    """

    name: PoolMetric
    quantity: Quantity
    zh: str
    en: str
    adds_up: Literal["", "amount", "count"] = ""
    mean_of: tuple[PoolMetric, PoolMetric] | None = None
    above: tuple[PoolMetric, ...] = ()
    below: tuple[PoolMetric, ...] = ()
    at_end: PerformanceMetric | None = None
    at_begin: PerformanceMetric | None = None
    bounds: tuple[str, str] | None = None
    is_interest: bool = False
    is_pool_balance: bool = False


@dataclass(frozen=True, slots=True)
class PerformanceRecord:
    """One metric of `performance`.

    `is_telling`: a table that has it is about performance, whatever else stands in it. `by_days_past_due`: it means nothing
    without the days past due that make a default (`definition`). `is_cumulative`: it counts from the set-up of the deal.
    `status_total`: the column of `delinquency` whose statuses add up to it. `bounds`, `is_interest` and `is_pool_balance`
    are as with `PoolRecord`.
    """

    name: PerformanceMetric
    quantity: Quantity
    zh: str
    en: str
    is_telling: bool = False
    by_days_past_due: bool = False
    is_cumulative: bool = False
    status_total: Literal["", "balance", "count"] = ""
    bounds: tuple[str, str] | None = None
    is_interest: bool = False
    is_pool_balance: bool = False


_POOL_SIZE, _LOAN_SIZE, _TERM, _LOAN_RATE = ("1e6", "2e11"), ("100", "5e9"), ("0", "40"), ("1", "40")

POOL: tuple[PoolRecord, ...] = (
    PoolRecord(
        "principal_balance", "money", "本金余额", "Principal balance",
        adds_up="amount", below=("contract_amount",), at_end="pool_closing_balance", at_begin="pool_opening_balance",
        bounds=_POOL_SIZE, is_pool_balance=True,
    ),
    PoolRecord("contract_amount", "money", "合同金额", "Contract amount", bounds=("1e6", "4e11")),
    PoolRecord(
        "loan_count", "count", "贷款笔数", "Number of loans", adds_up="count", at_end="pool_loan_count",
        bounds=("1", "1e9"),
    ),
    PoolRecord(
        "borrower_count", "count", "借款人户数", "Number of borrowers", adds_up="count", below=("loan_count",),
        bounds=("1", "1e9"),
    ),
    PoolRecord(
        "avg_loan_balance", "money", "笔均余额", "Average balance of a loan",
        mean_of=("principal_balance", "loan_count"), above=("min_loan_balance",), below=("max_loan_balance",),
        bounds=_LOAN_SIZE,
    ),
    PoolRecord(
        "avg_borrower_balance", "money", "户均余额", "Average balance of a borrower",
        mean_of=("principal_balance", "borrower_count"),
        bounds=_LOAN_SIZE,
    ),
    PoolRecord("max_loan_balance", "money", "单笔最高余额", "Greatest balance of a loan", bounds=("1000", "1e10")),
    PoolRecord("min_loan_balance", "money", "单笔最低余额", "Smallest balance of a loan", bounds=("0", "1e10")),
    PoolRecord(
        "avg_contract_amount", "money", "笔均合同金额", "Average contract amount",
        mean_of=("contract_amount", "loan_count"), below=("max_contract_amount",),
        bounds=_LOAN_SIZE,
    ),
    PoolRecord("max_contract_amount", "money", "单笔最高合同金额", "Greatest contract amount", bounds=("1000", "1e10")),
    PoolRecord(
        "wa_contract_term_years", "years", "加权平均合同期限（年）", "Weighted average contract term (years)",
        above=("min_contract_term_years",), below=("max_contract_term_years",),
        bounds=_TERM,
    ),
    PoolRecord(
        "wa_remaining_term_years", "years", "加权平均剩余期限（年）", "Weighted average remaining term (years)",
        above=("min_remaining_term_years",), below=("max_remaining_term_years", "wa_contract_term_years"),
        at_end="pool_wa_remaining_term_years",
        bounds=_TERM,
    ),
    PoolRecord("wa_seasoning_years", "years", "加权平均账龄（年）", "Weighted average seasoning (years)", bounds=_TERM),
    PoolRecord("max_remaining_term_years", "years", "最长剩余期限（年）", "Longest remaining term (years)", bounds=_TERM),
    PoolRecord("min_remaining_term_years", "years", "最短剩余期限（年）", "Shortest remaining term (years)", bounds=_TERM),
    PoolRecord("max_contract_term_years", "years", "最长合同期限（年）", "Longest contract term (years)", bounds=_TERM),
    PoolRecord("min_contract_term_years", "years", "最短合同期限（年）", "Shortest contract term (years)", bounds=_TERM),
    PoolRecord(
        "wa_rate_pct", "pct", "加权平均年利率（%）", "Weighted average rate (%)",
        above=("min_rate_pct",), below=("max_rate_pct",), at_end="pool_wa_rate_pct",
        bounds=_LOAN_RATE, is_interest=True,
    ),
    PoolRecord("max_rate_pct", "pct", "最高年利率（%）", "Highest rate (%)", bounds=_LOAN_RATE, is_interest=True),
    PoolRecord("min_rate_pct", "pct", "最低年利率（%）", "Lowest rate (%)", bounds=("0", "40"), is_interest=True),
    PoolRecord("wa_credit_score", "score", "加权平均信用评分", "Weighted average credit score"),
    PoolRecord(
        "wa_borrower_age_years", "age", "借款人加权平均年龄（岁）", "Weighted average age of borrowers (years)",
        bounds=("18", "80"),
    ),
    PoolRecord("wa_ltv_pct", "pct", "加权平均抵押率（%）", "Weighted average loan to value (%)", bounds=("1", "200")),
    PoolRecord("wa_dti_pct", "pct", "加权平均收入债务比（%）", "Weighted average debt to income (%)"),
    PoolRecord("top1_borrower_pct", "pct", "最大借款人占比（%）", "Share of the largest borrower (%)", below=("top5_borrower_pct",)),
    PoolRecord(
        "top5_borrower_pct", "pct", "前五大借款人占比（%）", "Share of the five largest borrowers (%)",
        below=("top10_borrower_pct",),
    ),
    PoolRecord("top10_borrower_pct", "pct", "前十大借款人占比（%）", "Share of the ten largest borrowers (%)"),
    PoolRecord("secured_pct", "pct", "有担保贷款占比（%）", "Share of secured loans (%)"),
    PoolRecord("pass_class_pct", "pct", "正常类贷款占比（%）", "Share of loans classed as pass (%)"),
)  # fmt: skip

PERFORMANCE: tuple[PerformanceRecord, ...] = (
    PerformanceRecord(
        "cumulative_default_pct", "pct", "累计违约率（%）", "Cumulative default rate (%)",
        is_telling=True, by_days_past_due=True, is_cumulative=True,
        bounds=("0", "60"),
    ),
    PerformanceRecord(
        "cumulative_default_amount", "money", "累计违约金额", "Cumulative defaults",
        is_telling=True, by_days_past_due=True, is_cumulative=True,
        bounds=("0", "1e11"),
    ),
    PerformanceRecord(
        "period_default_amount", "money", "当期新增违约金额", "New defaults of the period",
        is_telling=True, by_days_past_due=True,
        bounds=("0", "5e10"),
    ),
    PerformanceRecord(
        "cumulative_recovery_amount", "money", "累计回收金额", "Cumulative recoveries", is_cumulative=True,
        bounds=("0", "1e11"),
    ),
    PerformanceRecord(
        "pool_opening_balance", "money", "期初资产池余额", "Pool balance at the beginning", is_telling=True,
        bounds=_POOL_SIZE, is_pool_balance=True,
    ),
    PerformanceRecord(
        "pool_closing_balance", "money", "期末资产池余额", "Pool balance at the end",
        is_telling=True, status_total="balance",
        bounds=_POOL_SIZE, is_pool_balance=True,
    ),
    PerformanceRecord(
        "initial_pool_balance", "money", "初始资产池余额", "Initial pool balance",
        bounds=_POOL_SIZE, is_pool_balance=True,
    ),
    PerformanceRecord("delinquent_pct", "pct", "拖欠率（%）", "Delinquency rate (%)", bounds=("0", "100")),
    PerformanceRecord(
        "seriously_delinquent_pct", "pct", "严重拖欠率（%）", "Serious delinquency rate (%)",
        bounds=("0", "100"),
    ),
    PerformanceRecord("prepayment_pct", "pct", "早偿率（%）", "Prepayment rate (%)", bounds=("0", "100")),
    PerformanceRecord(
        "pool_loan_count", "count", "期末贷款笔数", "Number of loans at the end", status_total="count",
        bounds=("1", "1e9"),
    ),
    PerformanceRecord(
        "pool_wa_rate_pct", "pct", "期末加权平均年利率（%）", "Weighted average rate at the end (%)",
        bounds=_LOAN_RATE, is_interest=True,
    ),
    PerformanceRecord(
        "pool_wa_remaining_term_years", "years", "期末加权平均剩余期限（年）", "Weighted average remaining term at the end (years)",
        bounds=_TERM,
    ),
)  # fmt: skip

METRICS: tuple[PoolRecord | PerformanceRecord, ...] = (*POOL, *PERFORMANCE)

#: What the records say, as readers and identities look it up.
QUANTITY: Mapping[Metric, Quantity] = {item.name: item.quantity for item in METRICS}
AT_END: Mapping[PoolMetric, PerformanceMetric] = {item.name: item.at_end for item in POOL if item.at_end}
AT_BEGIN: Mapping[PoolMetric, PerformanceMetric] = {item.name: item.at_begin for item in POOL if item.at_begin}
TELLING: frozenset[PerformanceMetric] = frozenset(item.name for item in PERFORMANCE if item.is_telling)
CUMULATIVE: frozenset[PerformanceMetric] = frozenset(item.name for item in PERFORMANCE if item.is_cumulative)
POOL_BALANCES: frozenset[Metric] = frozenset(item.name for item in METRICS if item.is_pool_balance)
BY_DAYS_PAST_DUE: frozenset[PerformanceMetric] = frozenset(item.name for item in PERFORMANCE if item.by_days_past_due)
PERCENTAGES: frozenset[str] = frozenset(name for name, quantity in QUANTITY.items() if quantity == "pct")
_POOL: Mapping[str, PoolMetric] = {item.name: item.name for item in POOL}
_PERFORMANCE: Mapping[str, PerformanceMetric] = {item.name: item.name for item in PERFORMANCE}


def pool_metric(word: str) -> PoolMetric | None:
    """The metric of `pool_stats` that a word names; None for any other word."""
    return _POOL.get(word)


def performance_metric(word: str) -> PerformanceMetric | None:
    """The metric of `performance` that a word names; None for any other word."""
    return _PERFORMANCE.get(word)

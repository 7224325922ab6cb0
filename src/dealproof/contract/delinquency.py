"""Table `delinquency`: the pool by days past due, per period and document."""

from __future__ import annotations

from dealproof.contract.spec import DEAL_ID, DOCUMENT_ID, PERIOD_NO, TableSpec, money, percent, whole, word

BUCKETS = (
    "current",
    "1-30",
    "31-60",
    "61-90",
    "91-120",
    "121-150",
    "151-180",
    "90+",
    "180+",
    "default",
    "prepaid",
    "matured",
    "total",
)

TABLE = TableSpec(
    "delinquency",
    "deal × period × status bucket × document",
    "The pool by payment status at the end of a period.",
    "期末资产状态分布。",
    (
        DEAL_ID,
        PERIOD_NO,
        word("bucket", "Days past due or status.", "逾期区间或状态。", BUCKETS, key=True, prefixes=("other:",)),
        DOCUMENT_ID,
        whole("count", "Loans in the bucket.", "笔数。", "count"),
        percent("count_share_pct", "Share of all loans by count.", "笔数占比。"),
        money("balance", "Principal balance in the bucket.", "本金余额。"),
        percent("balance_share_pct", "Share of the pool by balance.", "余额占比。"),
    ),
)

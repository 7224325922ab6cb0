"""Coupons at issue (票面利率). Means are simple, over tranches with a fixed coupon; terms run from set-up to expected maturity."""

from __future__ import annotations

from dealproof.metrics.model import Metric, Where, Words

_FIXED = Where("floating", "is", False)
_RATED = Where("rating", "known")
_AAA = Where("rating", "is", "AAAsf")
_SIMPLE = Words(
    "非浮动利率证券（未说明利率类型的计入）票面利率的简单平均；期限为设立日至预期到期日；双评级不一致时取较低者",
    "simple mean of coupons that are not said to float; term from set-up to expected maturity; the lower of two ratings",
)
_NEEDS = ("coupon_pct", "rating", "market")

METRICS = (
    Metric(
        "coupons.points", Words("各证券票面利率", "Coupon of each tranche"), _SIMPLE, "tranches", "mean", "percent", 2, "coupon_pct",
        where=(_RATED, _FIXED), by=("closing_date", "rating", "market", "deal_id", "tranche"),
        needs=(*_NEEDS, "closing_date"),
    ),
    Metric(
        "coupons.aaa_by_month", Words("AAAsf 证券各月平均票面利率", "Mean AAAsf coupon by month"), _SIMPLE, "tranches", "mean", "percent", 2,
        "coupon_pct", where=(_RATED, _FIXED, _AAA), by=("month",), needs=(*_NEEDS, "month"),
    ),
    Metric(
        "coupons.aaa_within_18_months", Words("1.5 年期以内 AAAsf 证券平均票面利率", "Mean coupon of AAAsf tranches of at most 1.5 years"),
        _SIMPLE, "tranches", "mean", "percent", 2, "coupon_pct", where=(_RATED, _FIXED, _AAA, Where("term_years", "at most", "1.5")),
        by=("market",), needs=(*_NEEDS, "term_years"),
    ),
    Metric(
        "coupons.aaa_by_market_and_term", Words("AAAsf 证券平均票面利率（市场 × 期限）", "Mean AAAsf coupon by market and term"), _SIMPLE,
        "tranches", "mean", "percent", 2, "coupon_pct", where=(_RATED, _FIXED, _AAA), by=("market", "term_band"),
        needs=(*_NEEDS, "term_band"),
    ),
    Metric(
        "coupons.by_rating_and_market", Words("平均票面利率（级别 × 市场）", "Mean coupon by rating and market"), _SIMPLE, "tranches", "mean",
        "percent", 2, "coupon_pct", where=(_RATED, _FIXED), by=("rating", "market"), needs=_NEEDS,
    ),
    Metric(
        "coupons.by_market_rating_and_term", Words("平均票面利率（市场 × 级别 × 期限）", "Mean coupon by market, rating and term"), _SIMPLE, "tranches",
        "mean", "percent", 2, "coupon_pct", where=(_RATED, _FIXED), by=("market", "rating", "term_band"),
        needs=(*_NEEDS, "term_band"),
    ),
)  # fmt: skip

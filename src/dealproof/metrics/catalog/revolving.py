"""Revolving structures (循环购买) and multiples: cumulative purchases over the initial purchase amount.

The sample of multiples: revolving deals outstanding at the year's end that disclose their purchases, public ones all, private
ones where a rating agency tracked them in the year. Amounts on unlike bases are not averaged together.
"""

from __future__ import annotations

from dealproof.metrics.model import Metric, Share, Where, Words

_REVOLVING = (Where("revolving", "is", True),)
_STRUCTURE = Words("设置循环购买结构的产品", "deals that buy further assets")
_SAMPLE = Words(
    "循环购买倍数＝累计循环购买金额/初始购买资产金额；年末存续的信贷 ABS 及当年有跟踪评级报告的交易所 ABS；简单平均；民营银行计入银行",
    "cumulative purchases over the initial amount; credit ABS outstanding at the year's end and exchange ABS with a tracking report of the year; simple mean; private banks count as banks",
)
_MARKETS = (Where("market", "in", ("credit_abs", "exchange_abs")),)
_NEEDS = ("multiple", "amount_basis")

METRICS = (
    Metric(
        "revolving.count", Words("设循环购买结构单数", "Revolving deals"), _STRUCTURE, "deals", "count", "deals", where=_REVOLVING,
        share=Share(Words("全部产品", "all deals")), needs=("revolving",),
    ),
    Metric(
        "revolving.count_by_market", Words("各市场循环购买结构单数", "Revolving deals by market"), _STRUCTURE, "deals", "count", "deals", where=_REVOLVING,
        by=("market",), share=Share(Words("全部循环购买产品", "all revolving deals"), where=_REVOLVING), needs=("revolving", "market"),
    ),
    Metric(
        "revolving.trusts_and_platforms", Words("信托公司与互联网平台发起的循环购买单数", "Revolving deals originated by trusts and platforms"), _STRUCTURE,
        "deals", "count", "deals", where=(*_REVOLVING, Where("originator_type", "in", ("信托公司", "互联网平台"))),
        share=Share(Words("全部循环购买产品", "all revolving deals"), where=_REVOLVING), needs=("revolving", "originator_type"),
    ),
    Metric(
        "multiples.sample", Words("循环购买倍数样本单数", "Deals in the sample of multiples"), _SAMPLE, "purchases", "count", "deals", where=_MARKETS,
        by=("market",), needs=_NEEDS, sample=True, back=1,
    ),
    Metric(
        "multiples.mean", Words("循环购买倍数均值", "Mean revolving multiple"), _SAMPLE, "purchases", "mean", "times", 2, "multiple", where=_MARKETS,
        needs=_NEEDS, same=("amount_basis",), sample=True,
    ),
    Metric(
        "multiples.mean_by_group", Words("循环购买倍数均值（资产提供方）", "Mean revolving multiple by group of provider"), _SAMPLE, "purchases", "mean",
        "times", 2, "multiple", where=_MARKETS, by=("provider_group",), needs=(*_NEEDS, "provider_group"), same=("amount_basis",), sample=True,
    ),
    Metric(
        "multiples.mean_by_class", Words("循环购买倍数均值（资产提供方细分类）", "Mean revolving multiple by fine class of provider"), _SAMPLE, "purchases",
        "mean", "times", 2, "multiple", where=_MARKETS, by=("provider_class",), needs=(*_NEEDS, "provider_class"), same=("amount_basis",),
        sample=True,
    ),
    Metric(
        "multiples.highest", Words("循环购买倍数最高值", "Highest revolving multiple"), _SAMPLE, "purchases", "maximum", "times", 2, "multiple",
        where=_MARKETS, needs=_NEEDS, same=("amount_basis",), sample=True,
    ),
    Metric(
        "multiples.lowest", Words("循环购买倍数最低值", "Lowest revolving multiple"), _SAMPLE, "purchases", "minimum", "times", 2, "multiple",
        where=_MARKETS, needs=_NEEDS, same=("amount_basis",), sample=True,
    ),
    Metric(
        "multiples.points", Words("各产品循环购买倍数", "Revolving multiple of each deal"), _SAMPLE, "purchases", "mean", "times", 2, "multiple",
        where=_MARKETS, by=("rounds", "provider_group", "phase", "purchase_months", "amount_basis", "deal_id"), needs=(*_NEEDS, "rounds", "provider_group"), sample=True,
        back=1,
    ),
)  # fmt: skip

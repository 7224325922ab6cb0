"""Issuance (发行) by year, market and originator (发起机构/原始权益人). A deal belongs to the year in which it was set up."""

from __future__ import annotations

from dealproof.metrics.model import Metric, Share, Where, Words

ALL_DEALS = Words("全部同类产品", "all deals of the class")
_COUNT = Words("当年设立（起息）的产品单数", "deals set up in the year")
_AMOUNT = Words("当年设立产品的全部证券发行金额之和，含次级", "sum of all tranches, subordinated ones included")
_BY_TYPE = Words(
    "发起机构（原始权益人）按机构类型归类；信托公司作为原始权益人时归信托公司",
    "by the kind of the legal originator; a trust company counts as such",
)

METRICS = (
    Metric(
        "issuance.count", Words("发行单数", "Deals issued"), _COUNT, "deals", "count", "deals",
        change="percent", history="issuance_count", back=5,
    ),
    Metric(
        "issuance.count_by_market", Words("各市场发行单数", "Deals issued by market"), _COUNT, "deals", "count", "deals",
        by=("market",), share=Share(ALL_DEALS), change="percent", needs=("market",), history="issuance_count", back=5,
    ),
    Metric(
        "issuance.amount", Words("发行规模", "Amount issued"), _AMOUNT, "deals", "sum", "yi_yuan", 2, "amount",
        share=Share(Words("资产支持证券发行总规模", "issuance of all asset-backed securities"), series="issuance_amount"),
        change="percent", needs=("amount",), history="issuance_amount", back=5,
    ),
    Metric(
        "issuance.amount_by_market", Words("各市场发行规模", "Amount issued by market"), _AMOUNT, "deals", "sum", "yi_yuan", 2, "amount",
        by=("market",), share=Share(ALL_DEALS), change="percent", needs=("amount", "market"), history="issuance_amount", back=5,
    ),
    Metric(
        "issuance.average_size", Words("单均发行规模", "Average size of a deal"),
        Words("发行规模除以单数，按发起机构是否商业银行分组（简单平均）", "amount by number of deals, for banks as originators and all others (simple mean)"),
        "deals", "mean", "yi_yuan", 2, "amount", by=("originator_is_bank",), needs=("amount", "originator_is_bank"),
    ),
    Metric(
        "originators.number", Words("发起机构/原始权益人家数", "Originators"),
        Words("当年产品涉及的发起机构法人家数，同一法人计一次", "legal entities that originate deals of the year, each once"),
        "originators", "distinct", "institutions", of="originator", needs=("originator",),
    ),
    Metric(
        "originators.count_by_type", Words("各类发起机构发行单数", "Deals by type of originator"), _BY_TYPE, "deals", "count", "deals",
        by=("originator_type",), share=Share(ALL_DEALS), needs=("originator_type",),
    ),
    Metric(
        "originators.amount_by_type", Words("各类发起机构发行规模", "Amount by type of originator"), _BY_TYPE, "deals", "sum", "yi_yuan", 2, "amount",
        by=("originator_type",), share=Share(ALL_DEALS), needs=("amount", "originator_type"),
    ),
    Metric(
        "originators.count_by_market_and_type", Words("各市场各类发起机构发行单数", "Deals by market and type of originator"), _BY_TYPE,
        "deals", "count", "deals", by=("market", "originator_type"), share=Share(ALL_DEALS), needs=("market", "originator_type"),
    ),
    Metric(
        "originators.amount_by_market_and_type", Words("各市场各类发起机构发行规模", "Amount by market and type of originator"), _BY_TYPE,
        "deals", "sum", "yi_yuan", 2, "amount", by=("market", "originator_type"), share=Share(ALL_DEALS),
        needs=("amount", "market", "originator_type"),
    ),
    Metric(
        "originators.amount_by_trust", Words("各信托公司发行规模", "Amount by trust company"),
        Words("发起机构为信托公司的产品，按信托公司合计；占比分母为全部产品发行规模", "deals originated by trust companies, a row each; the share is of all deals"),
        "deals", "sum", "yi_yuan", 2, "amount", where=(Where("originator_type", "is", "信托公司"),), by=("originator",),
        share=Share(ALL_DEALS), needs=("amount",),
    ),
    Metric(
        "originators.amount_by_bank_series", Words("商业银行各系列发行规模", "Amount by series of the banks"),
        Words("发起机构为商业银行的产品，按系列名称合计；占比分母为全部产品发行规模", "deals originated by banks, by series; the share is of all deals"),
        "deals", "sum", "yi_yuan", 2, "amount", where=(Where("originator_is_bank", "is", True),), by=("series",),
        share=Share(ALL_DEALS), needs=("amount",),
    ),
)  # fmt: skip

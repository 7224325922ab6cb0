"""Asset providers (资产提供方): whose customers the loans of the pool are, looking through trusts.

A deal with several providers of one class counts in that class; with providers of unlike classes in none.
"""

from __future__ import annotations

from dealproof.metrics.catalog.issuance import ALL_DEALS
from dealproof.metrics.model import Metric, Share, Where, Words

_CLASS = Words(
    "穿透至资产提供方，按 provider_classes.csv 的细分类（民营银行单列）归类",
    "by the fine class of the asset provider in provider_classes.csv, private banks apart",
)
_PROVIDER = Words("穿透至资产提供方法人", "by the asset provider's legal entity")
_NEW = Words(
    "当年为资产提供方、此前年度的文件与参考数据中均无其产品的机构",
    "providers of the year of whom neither earlier documents nor the reference file know a deal",
)

METRICS = (
    Metric(
        "providers.classes", Words("资产提供方类别数", "Classes of asset providers"), _CLASS, "deals", "distinct", "classes",
        of="provider_class", needs=("provider_class",),
    ),
    Metric(
        "providers.count_by_class", Words("各类资产提供方发行单数", "Deals by class of asset provider"), _CLASS, "deals", "count", "deals",
        by=("provider_class",), share=Share(ALL_DEALS), change="percent", needs=("provider_class",), history="issuance_count",
    ),
    Metric(
        "providers.amount_by_class", Words("各类资产提供方发行规模", "Amount by class of asset provider"), _CLASS, "deals", "sum", "yi_yuan", 2,
        "amount", by=("provider_class",), share=Share(ALL_DEALS), change="percent", needs=("amount", "provider_class"),
        history="issuance_amount",
    ),
    Metric(
        "providers.count_by_provider", Words("各资产提供方发行单数", "Deals by asset provider"), _PROVIDER, "deals", "count", "deals",
        by=("provider",), share=Share(ALL_DEALS), change="percent", needs=("provider",), history="issuance_count",
    ),
    Metric(
        "providers.amount_by_provider", Words("各资产提供方发行规模", "Amount by asset provider"), _PROVIDER, "deals", "sum", "yi_yuan", 2,
        "amount", by=("provider",), share=Share(ALL_DEALS), change="percent", needs=("amount", "provider"), history="issuance_amount",
    ),
    Metric(
        "providers.new", Words("新增资产提供方发行单数", "Deals of new asset providers"), _NEW, "deals", "count", "deals",
        where=(Where("provider_is_new", "is", True),), by=("provider",), needs=("provider",),
    ),
    Metric(
        "providers.new_number", Words("新增资产提供方家数", "New asset providers"), _NEW, "deals", "distinct", "institutions",
        of="provider", where=(Where("provider_is_new", "is", True),), needs=("provider",),
    ),
    Metric(
        "providers.amount_by_market_and_class", Words("各市场内资产提供方发行规模", "Amount by class of provider within a market"), _CLASS,
        "deals", "sum", "yi_yuan", 2, "amount", by=("market", "provider_class"),
        share=Share(Words("该市场发行规模", "all deals of the market"), within=("market",)), needs=("amount", "market", "provider_class"),
    ),
)  # fmt: skip

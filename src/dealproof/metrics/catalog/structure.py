"""Tranches (分层) and ratings (信用等级) at issue. Tracking ratings count under rating actions, never here."""

from __future__ import annotations

from dealproof.metrics.model import Metric, Share, Where, Words

_TRANCHES = Words("当年产品的全部证券支数，含次级", "all tranches of the deals of the year")
_RATED = (Where("rating", "known"),)
_AT_ISSUE = Words(
    "发行时具有信用等级的证券；双评级不一致时取较低者；占比分母为有评级证券",
    "tranches rated at issue; the lower of two ratings; the share is of rated tranches",
)
_ALL_RATED = Words("有评级证券", "rated tranches")

METRICS = (
    Metric(
        "structure.count_by_structure", Words("各分层结构单数", "Deals by structure"),
        Words("按层级归类，同层的多支证券（A1、A2）合并", "by classes of tranches; several securities of a class (A1, A2) count as one"),
        "deals", "count", "deals", by=("structure",), share=Share(Words("全部产品", "all deals")), needs=("structure",),
    ),
    Metric(
        "structure.split_classes", Words("同一层级设多支证券的单数", "Deals that split a class into several securities"),
        Words("优先A1、A2 等同层多支", "A1 and A2 beside each other"), "deals", "count", "deals", where=(Where("split", "is", True),),
        share=Share(Words("全部产品", "all deals")), needs=("structure",),
    ),
    Metric("structure.securities", Words("证券支数", "Securities"), _TRANCHES, "tranches", "count", "securities"),
    Metric(
        "ratings.count", Words("有评级证券支数", "Rated securities"), _AT_ISSUE, "tranches", "count", "securities", where=_RATED,
        share=Share(Words("全部证券支数", "all securities")),
    ),
    Metric(
        "ratings.amount", Words("有评级证券规模", "Amount of rated securities"), _AT_ISSUE, "tranches", "sum", "yi_yuan", 2, "amount", where=_RATED,
        share=Share(Words("全部证券规模", "amount of all securities")), needs=("amount",),
    ),
    Metric(
        "ratings.count_by_rating", Words("各信用等级证券支数", "Securities by rating"), _AT_ISSUE, "tranches", "count", "securities", where=_RATED,
        by=("rating",), share=Share(_ALL_RATED, where=_RATED),
    ),
    Metric(
        "ratings.amount_by_rating", Words("各信用等级证券规模", "Amount by rating"), _AT_ISSUE, "tranches", "sum", "yi_yuan", 2, "amount", where=_RATED,
        by=("rating",), share=Share(_ALL_RATED, where=_RATED), needs=("amount",),
    ),
    Metric(
        "ratings.actions", Words("跟踪评级调整支数", "Rating actions"),
        Words("当年跟踪评级报告中的等级与同一机构此前等级相比", "ratings in tracking reports of the year against the same agency's rating before"),
        "rating_actions", "count", "actions", by=("direction",), needs=("direction",), sample=True,
    ),
)  # fmt: skip

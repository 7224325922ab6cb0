"""The nineteen figures of a market review, as data. A new figure is one entry here and, for a new kind, a chart.

Titles may hold {universe}, {first} (the first year shown), {last} (the year before) and {year}.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dealproof.metrics.model import Words

#: years: stacked bars over years with totals and a line of shares. nested: bars in sections. ranked: bars by size, one for
#: each metric. panels: bars of several columns side by side. coupons, ranks, points: dots.
Kind = Literal["years", "nested", "ranked", "panels", "coupons", "ranks", "points"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure.

    `metrics` are drawn in order; `also` are told beside the figure but not drawn (totals, samples, means). `x` is the grouping
    column along the axis of categories or positions, `colour` that of colour and shape, `facet` that of sections or
    panels. `axis` names the axis of categories, `measure` that of values, each with its unit. `most` is how many
    categories are drawn at most, the largest first.
    """

    number: int
    title: Words
    kind: Kind
    metrics: tuple[str, ...]
    axis: Words
    measure: Words
    x: str = ""
    colour: str = ""
    facet: str = ""
    also: tuple[str, ...] = ()
    most: int = 0
    notes: tuple[Words, ...] = ()


_YEARS = Words("年份", "Year")
_COUNT = Words("单数（单）", "Deals")
#: What pictures measure; English ones in billions.
AMOUNT = Words("金额（亿元）", "Amount (CNY bn)")
_SECURITIES = Words("支数（支）", "Securities")
_COUPON = Words("票面利率（%）", "Coupon (%)")
_DEFAULTS = Words("90+ 累计违约率（%）", "90+ cumulative default rate (%)")
_BANDS = Words(
    "区间界限由本工具设定，图中数字为产品单数",
    "the edges of the bands are this program's; figures are numbers of deals",
)
_MARKETS = Words(
    "交易所ABS 指企业资产支持证券，信贷ABS 指信贷资产支持证券，ABN 指资产支持票据",
    "exchange ABS are corporate ABS (企业资产支持证券), credit ABS are 信贷资产支持证券, ABN are 资产支持票据",
)
_SHARES = Words("占比为占全部同类产品的比例", "shares are of all deals of the class")

FIGURES: tuple[Figure, ...] = (
    Figure(
        1, Words("{first}—{year} 年{universe} 发行单数：各市场与合计", "{universe}: deals issued {first}–{year}, by market and in total"), "years",
        ("issuance.count_by_market", "issuance.count"), _YEARS, _COUNT, x="year", colour="market",
        notes=(_MARKETS, Words("括号内为当年各市场占比", "in brackets the share of the market in the year")),
    ),
    Figure(
        2, Words("{first}—{year} 年{universe} 发行规模及其在全部资产支持证券中的占比", "{universe}: amount issued {first}–{year} and its share of all ABS"), "years",
        ("issuance.amount_by_market", "issuance.amount"), _YEARS, AMOUNT, x="year", colour="market",
        notes=(_MARKETS, Words("括号内为当年各市场占比，折线为占全部资产支持证券的比例", "in brackets the share of the market in the year; the line is the share of all ABS")),
    ),
    Figure(
        3, Words("{year} 年{universe} 发行单数：市场与发起机构类型", "{universe} {year}: deals by market and type of originator"), "nested",
        ("originators.count_by_market_and_type",), Words("市场与发起机构类型", "Market and type of originator"), _COUNT, x="originator_type",
        facet="market", also=("issuance.count_by_market", "originators.count_by_type"), notes=(_SHARES,),
    ),
    Figure(
        4, Words("{year} 年{universe} 发行规模：市场与发起机构类型", "{universe} {year}: amount by market and type of originator"), "nested",
        ("originators.amount_by_market_and_type",), Words("市场与发起机构类型", "Market and type of originator"), AMOUNT, x="originator_type",
        facet="market", also=("issuance.amount_by_market", "originators.amount_by_type"), notes=(_SHARES,),
    ),
    Figure(
        5, Words("{year} 年各类资产提供方的规模占比与单数占比", "Share of each class of asset provider {year}, by amount and by deals"), "ranked",
        ("providers.amount_by_class", "providers.count_by_class"), Words("资产提供方类别", "Class of asset provider"), Words("占比（%）：深色为规模占比，浅色为单数占比", "Share (%): dark by amount, light by deals"),
        x="provider_class", also=("providers.classes",), notes=(_SHARES,),
    ),
    Figure(
        6, Words("{year} 年各资产提供方发行规模、单数与同比", "Asset providers {year}: amount, deals and change on {last}"), "ranked",
        ("providers.amount_by_provider",), Words("资产提供方", "Asset provider"), AMOUNT, x="provider", also=("providers.count_by_provider", "providers.new"),
        most=20,
    ),
    Figure(
        7, Words("{year} 年证券票面利率与参考收益率曲线", "Coupons of {year} and the reference curve"), "coupons", ("coupons.points",),
        Words("设立日", "Date of set-up"), _COUPON, x="closing_date", colour="rating", also=("coupons.aaa_by_month",),
    ),
    Figure(
        8, Words("{year} 年 AAAsf 证券平均票面利率：期限与市场", "Mean coupon of AAAsf tranches {year}, by term and market"), "nested",
        ("coupons.aaa_by_market_and_term",), Words("期限与市场", "Term and market"), _COUPON, x="market", facet="term_band",
        also=("coupons.aaa_within_18_months",),
    ),
    Figure(
        9, Words("{year} 年{universe} 分层结构", "{universe} {year}: structures of tranches"), "ranked", ("structure.count_by_structure",),
        Words("分层结构", "Structure"), _COUNT, x="structure", also=("structure.split_classes", "structure.securities"), most=16,
    ),
    Figure(
        10, Words("{year} 年各信用等级证券支数及占比", "Securities by rating {year}"), "ranked", ("ratings.count_by_rating",), Words("信用等级", "Rating"),
        _SECURITIES, x="rating", also=("ratings.count",),
    ),
    Figure(
        11, Words("{year} 年各信用等级证券规模及占比", "Amount by rating {year}"), "ranked", ("ratings.amount_by_rating",), Words("信用等级", "Rating"), AMOUNT,
        x="rating", also=("ratings.amount",),
    ),
    Figure(
        12, Words("{year} 年资产池笔均余额分布：各市场", "Average loan balance of pools {year}, by market"), "panels", ("pools.count_by_balance",),
        Words("笔均余额", "Average balance"), _COUNT, x="balance_band", facet="market", also=("pools.balance_sample",), notes=(_BANDS,),
    ),
    Figure(
        13, Words("{year} 年资产池加权平均合同期限分布：各市场", "Weighted average contract term of pools {year}, by market"), "panels", ("pools.count_by_term",),
        Words("加权平均合同期限", "Contract term"), _COUNT, x="term_band", facet="market", also=("pools.term_sample", "pools.longest_term"), notes=(_BANDS,),
    ),
    Figure(
        14, Words("{year} 年资产池加权平均年利率分布：各市场", "Weighted average rate of pools {year}, by market"), "panels", ("pools.count_by_rate",),
        Words("加权平均年利率", "Annual rate"), _COUNT, x="rate_band", facet="market", also=("pools.rate_sample", "pools.lowest_rate"), notes=(_BANDS,),
    ),
    Figure(
        15, Words("{year} 年资产池加权平均年利率分布：各类资产提供方", "Weighted average rate of pools {year}, by class of asset provider"), "panels",
        ("pools.count_by_rate_and_class",), Words("资产提供方类别", "Class of asset provider"), _COUNT, x="provider_class", facet="rate_band",
        also=("pools.rate_sample",), notes=(_BANDS,),
    ),
    Figure(
        16, Words("{first}—{year} 年末{universe} 存续规模及其在全部资产支持证券中的占比", "{universe} outstanding at year-ends {first}–{year} and share of all ABS"),
        "years", ("outstanding.amount",), _YEARS, AMOUNT, x="year", also=("outstanding.deals",),
    ),
    Figure(
        17, Words("{last} 年末与 {year} 年末存续产品的 90+ 累计违约率", "90+ cumulative default rates of deals outstanding at the ends of {last} and {year}"), "ranks",
        ("defaults.points", "defaults.mean"), Words("产品，按违约率由低到高", "Deals, from lowest to highest"), _DEFAULTS, colour="year",
        also=("defaults.sample", "defaults.lowest", "defaults.highest", "defaults.below_150", "defaults.older_than_18_months"),
    ),
    Figure(
        18, Words("{year} 年末 90+ 累计违约率与存续期：资产提供方分类", "90+ cumulative default rate and age at the end of {year}, by group of provider"), "points",
        ("defaults.points",), Words("存续期（月）", "Age (months)"), _DEFAULTS, x="age_months", colour="provider_group", also=("defaults.mean_by_group",),
    ),
    Figure(
        19, Words("{last} 年与 {year} 年循环购买倍数", "Revolving multiples {last} and {year}"), "points", ("multiples.points",),
        Words("循环期数（期）", "Rounds of purchase"), Words("循环购买倍数（倍）", "Multiple (×)"), x="rounds", colour="provider_group", facet="year",
        also=("multiples.sample", "multiples.mean", "multiples.mean_by_group", "multiples.highest", "multiples.lowest"),
        notes=(Words("已进入摊还期的产品，横轴为实际循环期数", "for deals that amortise, the rounds that took place"),),
    ),
)  # fmt: skip
BY_NUMBER = {figure.number: figure for figure in FIGURES}

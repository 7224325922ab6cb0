"""What members of groups are called in Chinese and English, and the order in which they stand.

A member that is not listed (a provider, a month, a structure) is shown as it is, behind those that are listed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from dealproof.contract.metrics import METRICS
from dealproof.metrics.model import Words

#: Names of grouping columns.
COLUMNS: Mapping[str, Words] = {
    "market": Words("发行市场", "Market"),
    "originator_type": Words("发起机构类型", "Type of originator"),
    "originator_is_bank": Words("发起机构是否商业银行", "Originated by a bank"),
    "originator": Words("发起机构", "Originator"),
    "series": Words("系列", "Series"),
    "provider": Words("资产提供方", "Asset provider"),
    "provider_class": Words("资产提供方类别", "Class of asset provider"),
    "provider_group": Words("资产提供方分类", "Group of asset provider"),
    "rating": Words("信用等级", "Rating"),
    "closing_date": Words("设立日", "Set-up"),
    "month": Words("月份", "Month"),
    "tranche": Words("证券", "Tranche"),
    "deal_id": Words("产品", "Deal"),
    "term_band": Words("期限", "Term"),
    "balance_band": Words("笔均余额", "Average balance"),
    "rate_band": Words("年利率", "Annual rate"),
    "structure": Words("分层结构", "Structure"),
    "placement": Words("发行方式", "Placement"),
    "basis": Words("分母口径", "Denominator"),
    "age_months": Words("存续月数", "Age in months"),
    "rounds": Words("循环期数", "Rounds"),
    "phase": Words("所处阶段", "Phase"),
    "amount_basis": Words("金额口径", "Basis of amounts"),
    "purchase_months": Words("循环购买月数", "Months of purchases"),
    "direction": Words("调整方向", "Direction"),
}

_CLASSES: Mapping[str, Words] = {
    "信托公司": Words("信托公司", "Trust companies"),
    "商业银行": Words("商业银行", "Commercial banks"),
    "民营银行": Words("民营银行", "Private banks"),
    "互联网平台": Words("互联网平台", "Internet platforms"),
    "融资担保公司": Words("融资担保公司", "Guarantee companies"),
    "小贷公司": Words("小贷公司", "Microloan companies"),
    "财产险公司": Words("财产险公司", "Property insurers"),
    "商业保理公司": Words("商业保理公司", "Factoring companies"),
    "消费金融公司": Words("消费金融公司", "Consumer finance"),
    "银行": Words("银行", "Banks"),
    "平台": Words("平台", "Platforms"),
    "bank": Words("银行", "Banks"),
    "platform": Words("互联网平台", "Internet platforms"),
    "其他": Words("其他", "Others"),
    "other": Words("其他", "Others"),
}

#: Ratings on the scale of structured finance, the best first.
RATINGS = (
    "AAAsf", "AA+sf", "AAsf", "AA-sf", "A+sf", "Asf", "A-sf", "BBB+sf", "BBBsf", "BBB-sf", "BB+sf", "BBsf", "BB-sf", "B+sf", "Bsf",
    "B-sf", "CCCsf", "CCsf", "Csf", "Dsf",
)  # fmt: skip

_BASES: Mapping[str, Words] = {
    "whole": Words("初始资产池（含循环购买资产，如有）", "initial pool and purchases, if any"),
    "initial": Words("初始资产池", "initial pool"),
    "initial_pool": Words("初始资产池", "initial pool"),
    "initial_plus_purchases": Words("初始资产池＋循环购买资产", "initial pool and purchases"),
    "unverified": Words("口径未经验证", "denominator not verified"),
    "principal": Words("本金", "principal"),
    "principal_and_interest": Words("本息", "principal and interest"),
    "discounted": Words("折现价款", "discounted price"),
    "not_stated": Words("口径未披露", "basis not stated"),
}

#: Members by grouping column; the order here is the order in figures.
MEMBERS: Mapping[str, Mapping[str, Words]] = {
    "market": {
        "abn": Words("ABN", "ABN"),
        "exchange_abs": Words("交易所ABS", "Exchange ABS"),
        "credit_abs": Words("信贷ABS", "Credit ABS"),
        "foreign": Words("境外", "Foreign"),
    },
    "originator_type": _CLASSES,
    "provider_class": _CLASSES,
    "provider_group": _CLASSES,
    "originator_is_bank": {"true": Words("商业银行", "Banks"), "false": Words("其他机构", "Others")},
    "rating": {rating: Words(rating, rating) for rating in RATINGS},
    "placement": {"public": Words("公募", "Public"), "private": Words("私募", "Private")},
    "phase": {"revolving": Words("循环期", "Revolving"), "amortising": Words("摊还期", "Amortising")},
    "basis": _BASES,
    "amount_basis": _BASES,
    "direction": {
        "upgrade": Words("上调", "Upgrades"),
        "affirmed": Words("维持", "Affirmed"),
        "downgrade": Words("下调", "Downgrades"),
    },
    "role": {
        "originator": Words("发起机构/原始权益人", "Originator"),
        "asset_provider": Words("资产提供方", "Asset provider"),
        "servicer": Words("资产服务机构", "Servicer"),
        "guarantor": Words("担保人", "Guarantor"),
    },
    "metric": {item.name: Words(item.zh, item.en) for item in METRICS},
    "universe": {
        "micro_loan": Words("小微贷款 ABS", "Micro-loan ABS"),
        "consumer_loan": Words("消费贷款 ABS", "Consumer-loan ABS"),
        "auto_loan": Words("汽车贷款 ABS", "Auto-loan ABS"),
        "lease": Words("租赁 ABS", "Lease ABS"),
        "credit_card": Words("信用卡 ABS", "Credit-card ABS"),
        "residential_mortgage": Words("个人住房抵押贷款 ABS", "Residential-mortgage ABS"),
        "npl": Words("不良资产 ABS", "NPL ABS"),
        "receivable": Words("应收账款 ABS", "Receivables ABS"),
        "corporate_loan": Words("企业贷款 ABS", "Corporate-loan ABS"),
        "other": Words("其他 ABS", "Other ABS"),
    },
}
#: Layers of a structure in English, short so that a structure fits beside its bar; longer names first.
_LAYERS = (("次优先", "2nd Sr "), ("优先", "Sr "), ("中间", "Mez "), ("夹层", "Mez "), ("次级", "Sub "))
#: Columns whose members are numbers in a row.
_COUNTED: Mapping[str, Words] = {"period_no": Words("期", "period"), "purchase_no": Words("次购买", "purchase")}
_MISSING = Words("未披露", "Not stated")
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


def column_words(column: str) -> Words:
    """What a grouping column is called."""
    return COLUMNS.get(column, Words(column, column))


def words(column: str, value: str) -> Words:
    """What a member of a group is called; a missing one (empty) is called not stated."""
    if not value:
        return _MISSING
    if column in _COUNTED:
        return Words(f"第 {value} {_COUNTED[column].zh}", f"{_COUNTED[column].en} {value}")
    if column.endswith("_band"):
        return Words(value, _band_in_english(value))
    if column == "structure":
        return Words(value, " + ".join(_layer_in_english(layer) for layer in value.split("+")))
    return MEMBERS.get(column, {}).get(value, Words(value, value))


def in_order(column: str, values: Iterable[str]) -> tuple[str, ...]:
    """Distinct members in the order of figures: as listed, bands by their edges, others as they come; missing last."""
    listed = list(MEMBERS.get(column, {}))
    place = (
        _edge
        if column.endswith("_band")
        else (lambda value: (listed.index(value) if value in listed else len(listed), 0))
    )
    return tuple(sorted(dict.fromkeys(values), key=lambda value: (not value, place(value))))


def _edge(band: str) -> tuple[float, int]:
    """The lower edge of a band, and whether it lies below (−1), at (0) or above (1) that edge."""
    found = _NUMBER.search(band)
    return (float(found.group()) if found else float("inf"), -1 if band[:1] in "≤<" else 1 if band[:1] == ">" else 0)


def _band_in_english(band: str) -> str:
    """`1–5万元` is `10–50k CNY`; years and percent keep their figures."""
    if band.endswith("万元"):
        return _NUMBER.sub(lambda found: f"{float(found.group()) * 10:g}", band.removesuffix("万元")) + "k CNY"
    return band.replace("年", " yr")


def _layer_in_english(layer: str) -> str:
    """`优先A` is `Sr A`."""
    return next((f"{en}{layer.removeprefix(zh)}".strip() for zh, en in _LAYERS if layer.startswith(zh)), layer)

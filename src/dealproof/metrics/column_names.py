"""What the columns of the views are called where a person reads why a deal was left out."""

from __future__ import annotations

from dealproof.metrics.model import LeftOut, Line, Words

COLUMNS: dict[str, Words] = {
    "amount": Words("发行金额", "amount"),
    "market": Words("发行市场", "market"),
    "originator": Words("发起机构", "originator"),
    "originator_type": Words("发起机构类型", "type of originator"),
    "originator_is_bank": Words("发起机构类型", "type of originator"),
    "provider": Words("（唯一）资产提供方", "(single) asset provider"),
    "provider_class": Words("资产提供方分类", "class of asset provider"),
    "provider_group": Words("资产提供方分类", "class of asset provider"),
    "provider_is_new": Words("此前年度的完整记录", "complete record of earlier years"),
    "revolving": Words("是否循环购买", "whether it is revolving"),
    "structure": Words("分层结构", "structure"),
    "split": Words("分层结构", "structure"),
    "floating": Words("利率类型", "rate type"),
    "coupon_pct": Words("票面利率", "coupon"),
    "rating": Words("信用等级", "rating"),
    "closing_date": Words("设立日", "set-up date"),
    "month": Words("设立日", "set-up date"),
    "term_years": Words("预期期限", "expected term"),
    "term_band": Words("预期期限", "expected term"),
    "average_balance": Words("笔均余额", "average balance"),
    "contract_term_years": Words("加权平均合同期限", "weighted average contract term"),
    "rate_pct": Words("利率", "rate"),
    "balance": Words("年末余额", "balance at the year's end"),
    "basis": Words("违约率分母口径", "denominator of the rate"),
    "age_months": Words("存续月数", "age"),
    "multiple": Words("循环购买倍数", "multiple"),
    "amount_basis": Words("循环购买金额口径", "basis of the amounts"),
    "rounds": Words("循环期数", "rounds"),
    "direction": Words("此前信用等级", "earlier rating"),
}


def without(line: Line, column: str) -> LeftOut:
    """Why a line that lacks a column is left out."""
    name = COLUMNS[column]
    return LeftOut(line.deal_id, line.why or Words(f"无{name.zh}", f"no {name.en}"))

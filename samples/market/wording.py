"""How each market words its documents, and how one document looks: tables of words, no figures."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from samples.market.model import Deal

ASSETS = {
    "credit_abs": "微小企业贷款资产支持证券",
    "abn": "小微贷款定向资产支持票据",
    "exchange_abs": "小微贷款资产支持专项计划",
}
CIRCULAR = {"credit_abs": "发行说明书", "abn": "募集说明书", "exchange_abs": "计划说明书"}
REPORT = {"credit_abs": "受托机构报告", "abn": "资产运营报告", "exchange_abs": "资产管理报告"}
SECURITY = {"credit_abs": "资产支持证券", "abn": "资产支持票据", "exchange_abs": "资产支持证券"}
SIGNED = {"credit_abs": "发行说明书公布日期", "abn": "募集说明书签署日期", "exchange_abs": "计划说明书签署日"}
CLOSING = {
    "credit_abs": ("信托设立日", "信托生效日"),
    "abn": ("信托设立日", "信托成立日"),
    "exchange_abs": ("专项计划设立日", "专项计划成立日"),
}
CUTOFF = {"credit_abs": ("初始起算日",), "abn": ("初始起算日", "初始基准日"), "exchange_abs": ("封包日", "基准日")}
FIRST = {
    "credit_abs": ("首个支付日", "第一个支付日"),
    "abn": ("首个兑付日", "首次兑付日"),
    "exchange_abs": ("首个兑付日", "首次分配日"),
}
LEGAL = {"credit_abs": ("法定到期日", "法定最终到期日"), "abn": ("法定到期日",), "exchange_abs": ("法定到期日",)}
PAYMENT = {"credit_abs": "本期支付日", "abn": "本期兑付日", "exchange_abs": "本次分配日"}

#: Tables of the documents: style of lines, and the units in which amounts stay exact, with their places.
STYLES = ("ruled", "three", "zebra", "rows", "open", "dashed")
UNITS = (("元", 1, 2), ("万元", 10_000, 2), ("亿元", 100_000_000, 2))
_NAMES = ("证券名称", "档次", "层级", "证券分层", "品种")
_AMOUNTS = ("发行金额", "发行规模", "金额", "规模")
_SHARES = ("占比", "规模占比", "分层占比")
_RATES = ("票面利率", "票面利率", "发行利率", "票面年利率")
_MATURITIES = ("预期到期日", "预计到期日")
_REPAYMENTS = ("还本方式", "偿付方式", "本金偿付方式")
_ROLES = (("角色", "机构名称"), ("机构职责", "机构名称"), ("参与机构", "机构全称"), ("机构类型", "名称"))
_NO_RATING = ("无评级", "未予评级", "NR", "—")
_NO_COUPON = ("—", "无票面利率", "-")

PROVIDER = ("资产提供方", "底层资产提供方", "资产提供机构")
TAIL = (
    "风险揭示", "交易结构", "投资者保护机制", "信息披露安排", "税务事项", "持有人会议", "各方权利与义务", "备查文件", "账户与资金划付",
    "争议解决",
)  # fmt: skip
NUMERALS = "零一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class Look:
    """How the documents of one deal look. `pages` is how long its circular is meant to be."""

    style: str
    unit: tuple[str, int, int]
    name: str
    amount: str
    share: str
    rate: str
    maturity: str
    repayment: str
    roles: tuple[str, str]
    closing: str
    cutoff: str
    first: str
    legal: str
    provider: str
    no_rating: str
    no_coupon: str
    dated: str
    term: str
    turned: bool
    percent_in_header: bool
    dates_in_table: bool
    four_columns: bool
    parties_first: bool
    chinese_number: bool
    distributions: int
    pages: int


def look(deal: Deal) -> Look:
    """The look of a deal's documents, from its name alone, so that it never changes."""
    random = Random(deal.deal_id)
    pick, market = random.choice, deal.market
    return Look(
        style=pick(STYLES), unit=pick(UNITS), name=pick(_NAMES), amount=pick(_AMOUNTS), share=pick(_SHARES), rate=pick(_RATES),
        maturity=pick(_MATURITIES), repayment=pick(_REPAYMENTS), roles=pick(_ROLES), closing=pick(CLOSING[market]),
        cutoff=pick(CUTOFF[market]), first=pick(FIRST[market]), legal=pick(LEGAL[market]), provider=pick(PROVIDER),
        no_rating=pick(_NO_RATING), no_coupon=pick(_NO_COUPON), dated=pick(("chinese", "iso", "slashed")),
        term=pick(("月", "年", "天")), turned=random.random() < 0.2, percent_in_header=random.random() < 0.5,
        dates_in_table=random.random() < 0.5, four_columns=random.random() < 0.5, parties_first=random.random() < 0.4,
        chinese_number=random.random() < 0.5, distributions=random.choice((1, 2, 2, 3)) if deal.year == 2025 else 0,
        pages=random.choice((3, 3, 4, 4, 4, 5, 5, 6, 7, 8)) if deal.year == 2025 else 3,
    )  # fmt: skip

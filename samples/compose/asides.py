"""Tables that stand in deal documents and state nothing of the contract: any fact that is read from them is wrong."""

from __future__ import annotations

import random
from datetime import timedelta
from decimal import Decimal

from samples.compose.contents import NONE
from samples.compose.deal import Deal, cents
from samples.compose.model import Column, Figure, Matrix, Row

FINANCE = (
    ("资产项目", ("货币资金", "发放贷款及垫款", "交易性金融资产", "固定资产", "递延所得税资产")), ("负债项目", ("短期借款", "应付职工薪酬", "应交税费", "其他应付款")),
    ("损益项目", ("营业收入", "营业成本", "信用减值损失", "投资收益", "净利润")),
)  # fmt: skip
EVENTS = (
    ("加速清偿事件", "受托机构未能在支付日后五个工作日内足额支付优先级证券利息", "未发生"), ("违约事件", "法定到期日后仍未清偿全部优先级证券本金", "未发生"),
    ("权利完善事件", "贷款服务机构的主体信用等级低于约定级别，或者出现解任事件", "未触发"), ("个别通知事件", "因贷款服务机构的原因导致借款人未按约定还款", "未触发"),
    ("提前终止循环购买", "连续三个收款期间内剩余可用资金占资产池余额的比例超过约定", "未发生"),
)  # fmt: skip
PARTIES = (
    ("法律顾问", "北京某某律师事务所", "北京市朝阳区建国门外大街甲6号中环世贸中心D座11层", "010-65000001"), ("审计机构", "某某会计师事务所（特殊普通合伙）", "上海市黄浦区延安东路222号30楼", "021-61000002"),
    ("后备服务机构", "某某普惠科技有限公司", "深圳市南山区粤海街道科技园路9号", "0755-86000003"), ("评估机构", "某某资产评估有限公司", "杭州市西湖区文三路478号", "0571-87000004"),
)  # fmt: skip


def finance(chance: random.Random, deal: Deal) -> Matrix:
    """The servicer's accounts, with negative figures and nothing in places."""
    years = [deal.closing.year - n for n in range(chance.choice((2, 3, 4)))]
    columns = tuple(Column(("财务数据", "审计数据" if n else "最新数据", f"{year}年{chance.choice(('末', '度'))}")) for n, year in enumerate(years))
    rows = []
    for group, lines in FINANCE:
        for line in lines[: chance.randint(2, len(lines))]:
            figures = []
            for _ in years:
                value = cents(Decimal(chance.randint(10**7, 10**12)) / 100)
                value = -value if chance.random() < 0.15 else value
                figures.append(Figure("money", None if chance.random() < 0.1 else value))
            rows.append(Row(line, tuple(figures), group))
    return Matrix("finance", "资产服务机构主要财务数据", "项目", columns, tuple(rows), "类别")


def static_pool(chance: random.Random, deal: Deal) -> Matrix:
    """Default rates of other loans by month of origination: a triangle."""
    width, height = chance.randint(5, 9), chance.randint(6, 14)
    columns = tuple(Column(("表现期", "各期累计逾期率", f"第{n}期"), "pct") for n in range(1, width + 1))
    rows = []
    for number in range(height):
        day = deal.cutoff - timedelta(days=31 * (height - number) + 300)
        shown = min(width, height - number + 1)
        rate, figures = Decimal(0), []
        for place in range(width):
            rate += Decimal(chance.randint(0, 40)) / 100
            figures.append(Figure("pct", rate) if place < shown else NONE)
        rows.append(Row(f"{day.year}年{day.month}月", tuple(figures), f"{day.year}年"))
    return Matrix("static pool", "发起机构静态池累计逾期率", "放款月份", columns, tuple(rows), "年度")


def forecast(chance: random.Random, deal: Deal) -> Matrix:
    """Cash flows that are expected, many rows."""
    columns = (
        Column(("时间", "时间", "计算日"), "date"), Column(("现金流预测", "预计应收", "预计应收本金")), Column(("现金流预测", "预计应收", "预计应收利息")),
        Column(("现金流预测", "合计", "预计合计")),
    )  # fmt: skip
    rows = []
    for number in range(1, chance.randint(8, 40)):
        principal, interest = (cents(Decimal(chance.randint(10**7, 10**10)) / 100) for _ in range(2))
        day = deal.payment + timedelta(days=30 * number)
        rows.append(Row(str(number), (Figure("date", day), Figure("money", principal), Figure("money", interest), Figure("money", principal + interest)), f"{day.year}年"))
    return Matrix("forecast", "未来现金流预测", "期数", columns, tuple(rows), "年度")


def events(chance: random.Random, deal: Deal) -> Matrix:
    """Events and whether they happened: text that wraps."""
    chosen = chance.sample(EVENTS, chance.randint(3, 5))
    rows = tuple(Row(name, (Figure("text", words), Figure("text", state)), "事件") for name, words, state in chosen)
    return Matrix("events", "重大事项说明", "事项", (Column(("约定", "约定", "说明"), "text"), Column(("约定", "约定", "情况"), "text")), rows)


def addresses(chance: random.Random, deal: Deal) -> Matrix:
    """Other institutions: text that wraps."""
    chosen = chance.sample(PARTIES, chance.randint(3, 4))
    rows = tuple(Row(role, tuple(Figure("text", text) for text in rest), "机构") for role, *rest in chosen)
    columns = tuple(Column(("联系方式", "联系方式", word), "text") for word in ("名称", "联系地址", "联系电话"))
    return Matrix("addresses", "其他中介机构联系方式", "类型", columns, rows)

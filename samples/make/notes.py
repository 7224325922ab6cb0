"""The operation report of an ABN, and an annual report that is no ABS."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from samples.make import common as c
from samples.make import deals
from samples.make.gold import ANY, Gold
from samples.make.model import FEES, Deal, Period
from samples.make.numbers import money, percent, printed, total
from samples.make.paper import caption, document, heading, page_break, prose, table, unit
from samples.make.produced import Sample

W, Y = 10_000, 100_000_000


def samples(gold: Gold) -> Iterator[Sample]:
    """An operation report of an ABN, and a document that is no ABS at all."""
    abn = deals.abn_micro()
    yield abn_report(gold, abn, abn.periods[2])
    yield annual_report(gold)


def abn_report(gold: Gold, deal: Deal, period: Period) -> Sample:
    """Units in row labels, 亿元 beside 万元, accounts as a matrix of periods and parts, a unit conflict-free mix."""
    file = "瑞穗运营报告3.pdf"
    report = period.payment - timedelta(days=7)
    paid = c.payments(deal, period)
    rows = [
        [
            "层级",
            "发行规模（亿元）",
            "期初本金余额（万元）",
            "本期还本（万元）",
            "本期付息（元）",
            "期末本金余额（万元）",
        ]
    ]
    rows += [[t.printed, money(t.amount, Y), money(a, W), money(p, W), money(i), money(z, W)] for t, a, p, i, z in paid]
    fees = [
        ["费用名称", "金额（元）"],
        *([n, money(a)] for n, a in zip(FEES, period.fees, strict=True)),
        ["合计", money(total(period.fees))],
    ]
    body = (
        f'<h1>{deal.name}<br>资产运营报告</h1><p class="center">{period.end.year}年度第{period.number}期</p><p class="center">披露日期：{c.chinese(report, " ")}</p>' + page_break()
        + heading("一、概况") + f"<p>本期报告期间为{c.chinese(period.start)}至{c.chinese(period.end)}，本次兑付日为{c.chinese(period.payment)}。信托设立日为{c.chinese(deal.closing)}。</p>"
        + table([["机构职责", "机构名称"], *deal.parties[:5]], "rows") + heading("二、资产运营") + table([["项目", "本期"], ["期初资产池未偿本金余额（亿元）", money(period.opening, Y, 6)], ["期末资产池未偿本金余额（亿元）", money(period.closing, Y, 6)], ["本期新增违约金额（万元）", money(period.new_default, W)], ["累计违约金额（万元）", money(period.cum_default, W)], ["累计违约率（%）", percent(period.cdr)]], "rows")
        + "<p>注：违约指逾期超过90天；累计违约率=累计违约金额/（初始资产池余额+累计循环购买金额）。</p>" + heading("三、循环购买")
        + table([["序号", "循环购买日", "购买资产本金余额（元）", "累计购买金额（元）"], *([str(p.number), c.chinese(p.payment), money(p.purchase), money(p.cum_purchase)] for p in deal.periods[: period.number])], "rows")
        + heading("四、票据兑付") + table(rows, "rows") + heading("五、费用") + table(fees, "rows") + heading("六、重大事项") + table([["触发事件", "是否发生"], ["违约事件", "未发生"], ["提前终止循环购买事件", "未发生"]], "rows") + prose(0, 6)
    )  # fmt: skip
    c.document(gold, file, deal, "trustee_report", period, report)
    c.deal_row(gold, file, deal, closing_date=deal.closing, revolving=True)
    c.tranche_rows(gold, file, deal, ("amount",))
    c.payment_rows(
        gold, file, deal, period, [(t, printed(a, W), printed(p, W), i, printed(z, W)) for t, a, p, i, z in paid]
    )
    for metric, value in (
        ("pool_opening_balance", printed(period.opening, Y, 6)),
        ("pool_closing_balance", printed(period.closing, Y, 6)),
    ):
        c.performance_row(gold, file, deal, period.number, metric, value)
    for metric, amount in (
        ("period_default_amount", printed(period.new_default, W)),
        ("cumulative_default_amount", printed(period.cum_default, W)),
        ("cumulative_default_pct", period.cdr),
    ):
        c.performance_row(gold, file, deal, period.number, metric, amount, "90+")
    for p in deal.periods[: period.number]:
        gold.add(
            "revolving_purchases",
            file,
            deal_id=deal.deal_id,
            purchase_no=p.number,
            period_no=ANY,
            purchase_date=p.payment,
            purchase_amount=p.purchase,
            amount_basis="principal",
            cumulative_amount=p.cum_purchase,
        )
    c.cash_rows(
        gold,
        file,
        deal,
        period.number,
        "fees",
        [*((n, None, a) for n, a in zip(FEES, period.fees, strict=True)), ("合计", None, total(period.fees))],
    )
    for roles, name in deal.parties[:5]:
        for role in dict.fromkeys(c.ROLES[r] for r in roles.split("/")):
            gold.add(
                "parties", file, deal_id=deal.deal_id, role=role, name=name, institution_id=name, match=ANY, score=ANY
            )
    for event in ("违约事件", "提前终止循环购买事件"):
        gold.add("triggers", file, deal_id=deal.deal_id, trigger=event, period_no=period.number, breached=False)
    return Sample(file, "chromium", document(body), "abn", deal.deal_id, "trustee_report", period.number)


def annual_report(gold: Gold) -> Sample:
    """A company's annual report: 资产支持证券 is mentioned, but nothing is a deal."""
    file = "年度报告2024.pdf"
    body = (
        '<h1>某小额贷款有限公司<br>2024年年度报告</h1><p class="center">二〇二五年四月二十日</p>' + page_break() + heading("一、经营情况") + "<p>报告期内，公司作为资产服务机构参与了若干资产支持证券项目。</p>" + prose(1, 3)
        + caption("主要财务数据") + unit("单位：亿元、%") + table([["项目", "2024年末", "2023年末"], ["资产总额", "812.40", "790.11"], ["贷款余额", "640.02", "618.70"], ["不良贷款率", "1.62", "1.70"], ["累计违约率", "2.31", "2.44"]], "ruled")
    )  # fmt: skip
    c.document(gold, file, None, "other")
    return Sample(file, "weasyprint", document(body), "none", "", "other")

"""Trustee reports (受托机构报告, 资产管理报告, 资产运营报告) and tracking reports (跟踪评级报告)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from samples.make.common import chinese
from samples.make.numbers import money, percent, total
from samples.make.paper import caption, document, heading, page_break, prose, table, unit
from samples.market.model import Report, Tracking
from samples.market.papers_common import AGENCY_SHORT, Paper, day, deal_name, issued, party_rows, printed_name, wan
from samples.market.wording import PAYMENT, REPORT, Look, look

_EVENTS = {
    "credit_abs": ("加速清偿事件", "违约事件", "贷款服务机构解任事件"),
    "abn": ("加速清偿事件", "违约事件", "权利完善事件"),
    "exchange_abs": ("提前摊还事件", "违约事件", "权利完善事件"),
}
DAYS_BEFORE = 4
"""Days between a report and the payment that it announces."""


def report_file(report: Report) -> str:
    """The file name of a trustee report."""
    return f"{report.deal.deal_id}{REPORT[report.deal.market]}{report.number}.pdf"


def tracking_file(item: Tracking) -> str:
    """The file name of a tracking report."""
    return f"{item.deal.deal_id}跟踪评级报告{item.year}.pdf"


def trustee_report(report: Report, names: Mapping[str, str]) -> Paper:
    """The report of one period: payments, pool, where disclosed default rate and purchases, events."""
    deal, looks = report.deal, look(report.deal)
    kind = REPORT[deal.market]
    name = deal_name(deal, looks, names)
    issued_on = report.payment - timedelta(days=DAYS_BEFORE)
    body = (
        f'<h1 style="margin-top:20mm">{name}<br>{kind}</h1><p class="center">（总第{report.number}期）</p>'
        f'<p class="center">报告日期：{chinese(issued_on)}</p>' + heading("一、基本情况") + _dates(report, looks)
        + table([looks.roles, *party_rows(deal, looks, names)[:3]], looks.style) + heading("二、证券兑付") + _payments(report, looks)
        + page_break() + heading("三、资产池情况") + _pool(report, looks) + _purchases(report, looks) + heading("四、重大事件")
        + table([["触发事件", "本期是否发生"], *([event, "否"] for event in _EVENTS[deal.market])], looks.style)
        + prose(report.number, 4 + report.number % 9)
    )  # fmt: skip
    path = f"{report.payment.year}/{deal.market}/{report_file(report)}"
    return Paper(path, document(body, size=8.0))


def _dates(report: Report, looks: Look) -> str:
    rows = [
        ["收款期间", f"{chinese(report.start)}至{chinese(report.end)}"], [PAYMENT[report.deal.market], chinese(report.payment)],
        [looks.closing, chinese(report.deal.closing)],
    ]  # fmt: skip
    return table([["项目", "内容"], *rows], looks.style)


def _payments(report: Report, looks: Look) -> str:
    rows = [
        [
            printed_name(p.tranche, report.deal),
            *(money(Decimal(value)) for value in (p.opening, p.principal, p.interest, p.closing)),
        ]
        for p in report.payments
    ]
    sums = [
        money(total([Decimal(getattr(p, field)) for p in report.payments]))
        for field in ("opening", "principal", "interest", "closing")
    ]
    head = ["证券名称", "期初本金余额", "本期兑付本金", "本期兑付利息", "期末本金余额"]
    return unit("金额单位：人民币元") + table([head, *rows, ["合计", *sums]], looks.style)


def _pool(report: Report, looks: Look) -> str:
    rows = [
        ["期初资产池未偿本金余额（万元）", wan(report.pool_opening)], ["期末资产池未偿本金余额（万元）", wan(report.pool_closing)],
    ]  # fmt: skip
    note = ""
    if report.default_rate is not None:
        assert report.deal.pool is not None
        rows += [
            ["初始起算日资产池未偿本金余额（万元）", wan(report.deal.pool.balance)], ["累计违约金额（万元）", wan(report.default_amount)],
            ["累计违约率（%）", percent(report.default_rate)],
        ]  # fmt: skip
        base = "初始起算日资产池余额与累计购买金额之和" if report.purchases else "初始起算日资产池余额"
        note = f"<p>注：违约贷款指逾期超过90天的贷款；上表的比率以{base}为基数。</p>"
    return caption("资产池主要指标") + table([["指标", "数值"], *rows], looks.style) + note


def _purchases(report: Report, looks: Look) -> str:
    """Every purchase so far, in principal, beside the initial balance."""
    if not report.purchases:
        return ""
    assert report.deal.pool is not None
    initial = wan(report.deal.pool.balance)
    rows = [[str(p.number), day(looks, p.day), wan(p.amount), wan(p.cumulative), initial] for p in report.purchases]
    head = ["循环购买次数", "循环购买日", "购买资产本金余额", "累计循环购买金额", "初始资产池未偿本金余额"]
    return caption("循环购买情况") + unit("单位：万元") + table([head, *rows], looks.style)


def tracking_report(item: Tracking, names: Mapping[str, str]) -> Paper:
    """The agency's yearly report: grade before and now of each security that is still outstanding."""
    deal, looks = item.deal, look(item.deal)
    name = deal_name(deal, looks, names)
    agency = AGENCY_SHORT[item.agency]
    rows = [
        [printed_name(tranche, deal), issued(looks, tranche.units), day(looks, tranche.expected), before, after]
        for tranche, before, after in item.grades
    ]
    head = [
        looks.name,
        f"发行规模（{looks.unit[0]}）",
        looks.maturity,
        f"上次评级结果（{agency}）",
        f"本次评级结果（{agency}）",
    ]
    body = (
        f'<h1 style="margin-top:20mm">{name}<br>{item.year}年跟踪评级报告</h1><p class="center">信用评级机构：{names[item.agency]}</p>'
        f'<p class="center">报告日期：{chinese(item.day)}</p>' + heading("一、跟踪评级结果")
        + table([head, *rows], looks.style) + heading("二、评级观点") + prose(deal.number, 8)
    )  # fmt: skip
    return Paper(f"{item.year}/{deal.market}/{tracking_file(item)}", document(body, size=8.0))

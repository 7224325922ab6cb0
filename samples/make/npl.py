"""Credit ABS of bad loans."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from samples.make import common as c
from samples.make import deals
from samples.make.gold import ANY, Gold
from samples.make.model import Deal
from samples.make.numbers import money
from samples.make.paper import document, heading, page_break, prose, table
from samples.make.produced import Sample

AGENCIES = ("联合资信评估股份有限公司", "中债资信评估有限责任公司")
W = 10_000


def samples(gold: Gold) -> Iterator[Sample]:
    """A trustee report on recoveries."""
    yield npl_report(gold, deals.npl())


def npl_report(gold: Gold, deal: Deal) -> Sample:
    """Non-performing loans: recoveries, no default rate, tranches as rows."""
    file = "P0202503180000000031.pdf"
    from datetime import date

    period_start, period_end, payment, report = (
        date(2025, 2, 1),
        date(2025, 2, 28),
        date(2025, 3, 26),
        date(2025, 3, 18),
    )
    opening, closing = Decimal("1101220118.40"), Decimal("1079045632.77")
    rows = [["证券档次", "期初本金余额（元）", "本期兑付本金（元）", "本期付息（元）", "本息合计（元）", "期末本金余额（元）"],
            ["优先档", "131,200,000.00", "8,200,000.00", "248,021.92", "8,448,021.92", "123,000,000.00"], ["次级档", "60,000,000.00", "0.00", "0.00", "0.00", "60,000,000.00"],
            ["合计", "191,200,000.00", "8,200,000.00", "248,021.92", "8,448,021.92", "183,000,000.00"]]  # fmt: skip
    body = (
        f'<h1>{deal.trust}<br>受托机构报告</h1><p class="center">2025年第2期（总第5期）</p><p class="center">报告日期：{c.chinese(report)}</p>' + page_break()
        + heading("一、日期") + table([["信托生效日", c.chinese(deal.closing)], ["本收款期间期初日", c.chinese(period_start)], ["本收款期间期末日", c.chinese(period_end)], ["本期支付日", c.chinese(payment)]], "three", 0)
        + heading("二、证券兑付") + table(rows, "three") + heading("三、资产池情况")
        + table([["项目", "数值"], ["期初未偿本息费余额（元）", money(opening)], ["期末未偿本息费余额（元）", money(closing)], ["累计回收金额（元）", "141,020,334.18"]], "three")
        + heading("四、费用") + table([["费用项目", "金额（元）"], ["税收", "21,004.15"], ["处置费用", "566,310.20"], ["合计", "587,314.35"]], "three") + prose(6, 4)
    )  # fmt: skip
    gold.add(
        "documents",
        file,
        file_name=file,
        kind="trustee_report",
        market=deal.market,
        deal_id=deal.deal_id,
        title=ANY,
        report_date=report,
        period_no=5,
        period_start=period_start,
        period_end=period_end,
        payment_date=payment,
        pages=ANY,
        pages_ocr=ANY,
        status=ANY,
        message=ANY,
    )
    c.deal_row(gold, file, deal, closing_date=deal.closing)
    for name, a, p, i, z in (
        ("优先", 131_200_000, 8_200_000, "248021.92", 123_000_000),
        ("次级", 60_000_000, 0, 0, 60_000_000),
    ):
        gold.add(
            "tranche_payments",
            file,
            deal_id=deal.deal_id,
            tranche=name,
            period_no=5,
            payment_date=payment,
            opening_balance=a,
            principal_paid=p,
            interest_paid=i,
            closing_balance=z,
        )
    for metric, value in (
        ("pool_opening_balance", opening),
        ("pool_closing_balance", closing),
        ("cumulative_recovery_amount", "141020334.18"),
    ):
        c.performance_row(gold, file, deal, 5, metric, value)
    c.cash_rows(
        gold,
        file,
        deal,
        5,
        "fees",
        [
            ("税收", None, Decimal("21004.15")),
            ("处置费用", None, Decimal("566310.20")),
            ("合计", None, Decimal("587314.35")),
        ],
    )
    gold.coverage.append((deal.deal_id, file, "5", "performance.cumulative_default_pct", "not_applicable"))
    return Sample(file, "weasyprint", document(body), "npl", deal.deal_id, "trustee_report", 5)

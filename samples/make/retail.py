"""Other credit ABS documents: rating report, auto loans, announcements, bad loans."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from samples.make import common as c
from samples.make import deals
from samples.make.gold import ANY, Gold
from samples.make.model import Deal
from samples.make.numbers import money, percent, share, total
from samples.make.paper import caption, document, heading, page_break, prose, table
from samples.make.produced import Sample

AGENCIES = ("联合资信评估股份有限公司", "中债资信评估有限责任公司")
W = 10_000


def samples(gold: Gold) -> Iterator[Sample]:
    """A rating report, an auto report, two announcements and a report on bad loans."""
    yield micro_rating_report(gold, deals.credit_micro())
    yield auto_report(gold, deals.auto_loan())
    yield revolving_notice(gold, deals.consumer())
    yield issue_result(gold, deals.consumer())


def micro_rating_report(gold: Gold, deal: Deal) -> Sample:
    """A rating report: 票面利率 holds a type, one rating column, pool statistics with a unit column."""
    file = "禾盈信用评级报告.pdf"
    rows = [["证券名称", "金额(万元)", "总量占比(%)", "票面利率", "信用等级"]]
    rows += [
        [
            t.printed,
            money(t.amount, W),
            percent(share(t.amount, deal.issue)),
            "固定利率" if t.rate_type == "fixed" else "-",
            t.rating[1] if t.rating else "未予评级",
        ]
        for t in deal.tranches
    ]
    rows += [["合计", money(deal.issue, W), "100.00", "-", "-"]]
    stats = [
        ["指标", "单位", "数值"],
        ["未偿本金余额", "万元", money(deal.balance, W)],
        ["贷款笔数", "笔", f"{deal.loans:,}"],
        ["加权平均贷款年利率", "%", "5.43"],
        ["加权平均剩余期限", "月", "13.07"],
    ]
    body = (
        f'<h1>{deal.name}<br>信用评级报告</h1><p class="center">评级机构：中债资信评估有限责任公司</p><p class="center">报告日期：{c.chinese(deal.announced)}</p>' + page_break()
        + heading("一、评级结果") + table(rows, "three") + prose(1, 4) + heading("二、基础资产") + f"<p>初始起算日为{c.chinese(deal.cutoff)}。</p>" + caption("资产池概况") + table(stats, "three") + prose(4, 4)
        + heading("三、压力测试") + table([["情景", "累计违约率（%）"], ["基准情景", "2.05"], ["压力情景", "5.60"]], "three")
    )  # fmt: skip
    c.document(gold, file, deal, "rating_report", report=deal.announced)
    c.deal_row(gold, file, deal, cutoff_date=deal.cutoff, total_amount=deal.issue)
    c.tranche_rows(gold, file, deal, ("amount", "share_pct"))
    for tranche in deal.tranches:
        if tranche.rating:
            gold.add(
                "ratings",
                file,
                deal_id=deal.deal_id,
                tranche=tranche.name,
                agency_id=AGENCIES[1],
                rating=tranche.rating[1],
                rating_date=ANY,
            )
    gold.add(
        "parties",
        file,
        deal_id=deal.deal_id,
        role="rating_agency",
        name=AGENCIES[1],
        institution_id=AGENCIES[1],
        match=ANY,
        score=ANY,
    )
    for metric, value in (
        ("principal_balance", Decimal(money(deal.balance, W).replace(",", "")) * W),
        ("loan_count", deal.loans),
        ("wa_rate_pct", "5.43"),
        ("wa_remaining_term_years", "1.0892"),
    ):
        gold.add(
            "pool_stats", file, deal_id=deal.deal_id, as_of=deal.cutoff, metric=metric, scope="", value=value, unit=ANY
        )
    return Sample(file, "chromium", document(body), "rating", deal.deal_id, "rating_report")


def auto_report(gold: Gold, deal: Deal) -> Sample:
    """A history of 32 periods over pages with its header on the first page only; blocks for each tranche."""
    file = "auto_202411.pdf"
    period = deal.periods[-1]
    report = period.payment - timedelta(days=4)
    paid = c.payments(deal, period)
    blocks = "".join(
        caption(f"{t.printed}资产支持证券")
        + table([["期初本金余额（元）", money(a), "每百元兑付前本金值（元）", money(a / t.amount * 100, 1, 4)], ["本次兑付本金（元）", money(p), "本次付息金额（元）", money(i)], ["期末本金余额（元）", money(z), "票面利率", f"{t.coupon}%" if t.coupon else "无票面利率"]], "rows", 0)
        for t, a, p, i, z in paid
    )  # fmt: skip
    history = [["期数", "收款期间截止日", "累计违约率（%）", "严重拖欠率（%）"]]
    rates = {p.number: (p.cdr, share(p.status[3].amount, p.closing)) for p in deal.periods}
    history += [
        [str(p.number), p.end.isoformat(), percent(rates[p.number][0]), percent(rates[p.number][1])]
        for p in deal.periods
    ]
    table_html = table(history, "rows", 1).replace("<thead>", "<tbody>").replace("</thead>", "</tbody>")
    status = [["状态", "余额（万元）", "占比（%）", "笔数", "占比（%）"]]
    whole, loans = total([x.amount for x in period.status]), sum(x.count for x in period.status)
    names = ("正常贷款", "拖欠1至30天", "拖欠31至60天", "拖欠61至90天", "违约贷款")
    status += [
        [n, money(x.amount, W), percent(share(x.amount, whole)), f"{x.count:,}", percent(share(x.count, loans))]
        for n, x in zip(names, period.status, strict=True)
    ]
    status += [["总计", money(whole, W), "100.00", f"{loans:,}", "100.00"]]
    body = (
        f'<h1>{deal.trust}<br>受托机构月度报告</h1><p class="center">（第{period.number}期）</p><p class="center">报告日：{c.chinese(report)}</p>' + page_break()
        + heading("第一部分 基本信息") + table([["收款期间期初日", c.slashed(period.start), "收款期间期末日", c.slashed(period.end)], ["支付日", c.slashed(period.payment), "信托生效日", c.slashed(deal.closing)]], "rows", 0)
        + table([["角色", "机构全称"], *deal.parties], "rows") + heading("第二部分 本息兑付") + blocks + heading("第三部分 资产池") + caption("表1 资产池概况")
        + table([["项目", "本期", "上期"], ["期初未偿本金余额（万元）", money(period.opening, W), "-"], ["期末未偿本金余额（万元）", money(period.closing, W), "-"], ["累计违约率（%）", percent(period.cdr), "-"]], "rows")
        + caption("表2 资产池状态") + table(status, "rows") + caption("表3 各期累计违约率") + table_html + "<p>注：逾期超过90天的贷款认定为违约贷款。</p>" + prose(3, 5)
    )  # fmt: skip
    c.document(gold, file, deal, "trustee_report", period, report)
    c.deal_row(gold, file, deal, closing_date=deal.closing)
    c.tranche_rows(gold, file, deal, ("coupon_pct",))
    for t in deal.tranches:
        if not t.coupon:
            gold.add("tranches", file, deal_id=deal.deal_id, tranche=t.name, rate_type="none")
    c.payment_rows(gold, file, deal, period, paid)
    for bucket, line in zip(("current", "1-30", "31-60", "61-90", "default"), period.status, strict=True):
        gold.add("delinquency", file, deal_id=deal.deal_id, period_no=period.number, bucket=bucket, count=line.count, count_share_pct=share(line.count, loans),
                 balance=Decimal(money(line.amount, W).replace(",", "")) * W, balance_share_pct=share(line.amount, whole))  # fmt: skip
    gold.add(
        "delinquency",
        file,
        deal_id=deal.deal_id,
        period_no=period.number,
        bucket="total",
        count=loans,
        count_share_pct=100,
        balance=Decimal(money(whole, W).replace(",", "")) * W,
        balance_share_pct=100,
    )
    for p in deal.periods:
        c.performance_row(
            gold, file, deal, p.number, "cumulative_default_pct", rates[p.number][0], "90+", p is not period
        )
        c.performance_row(
            gold, file, deal, p.number, "seriously_delinquent_pct", rates[p.number][1], "", p is not period
        )
    for metric, value in (("pool_opening_balance", period.opening), ("pool_closing_balance", period.closing)):
        c.performance_row(gold, file, deal, period.number, metric, Decimal(money(value, W).replace(",", "")) * W)
    c.performance_row(gold, file, deal, period.number, "pool_loan_count", loans)
    c.party_rows(gold, file, deal)
    return Sample(file, "chromium", document(body), "auto", deal.deal_id, "trustee_report", period.number)


def revolving_notice(gold: Gold, deal: Deal) -> Sample:
    """One page that announces a purchase, in label-value form with the price beside the balance."""
    file = "P0202506260000000009.pdf"
    period = deal.periods[1]
    body = (
        f'<p class="center" style="font-size:15pt">{deal.trust}<br>第2次持续购买公告</p>' + prose(2, 1)
        + table([["项目", "内容"], ["持续购买日", c.chinese(period.payment)], ["本次持续购买次数", "第2次"], ["购买资产未偿本金余额（元）", money(period.purchase)], ["支付对价（元）", money(period.purchase * Decimal("0.99"))], ["累计持续购买金额（元）", money(period.cum_purchase)], ["初始资产池未偿本金余额（元）", money(deal.balance)]], "dashed")
        + f'<p class="center">{deal.parties[0][1]}</p><p class="center">{c.chinese(period.payment)}</p>'
    )  # fmt: skip
    gold.add(
        "documents",
        file,
        file_name=file,
        kind="revolving_notice",
        market=deal.market,
        deal_id=deal.deal_id,
        title=ANY,
        report_date=ANY,
        period_no=ANY,
        period_start=ANY,
        period_end=ANY,
        payment_date=ANY,
        pages=ANY,
        pages_ocr=ANY,
        status=ANY,
        message=ANY,
    )
    gold.add(
        "deals",
        file,
        deal_id=deal.deal_id,
        deal_name=f"{deal.name}|{deal.trust}",
        market=deal.market,
        asset_class=deal.asset_class,
        currency="CNY",
        revolving=ANY,
        alternative_sizes=ANY,
    )
    gold.add(
        "revolving_purchases",
        file,
        deal_id=deal.deal_id,
        purchase_no=2,
        period_no=ANY,
        purchase_date=period.payment,
        purchase_amount=period.purchase,
        amount_basis="principal",
        cumulative_amount=period.cum_purchase,
        initial_amount=deal.balance,
    )
    return Sample(file, "weasyprint", document(body), "notice", deal.deal_id, "revolving_notice")


def issue_result(gold: Gold, deal: Deal) -> Sample:
    """Planned beside actual amounts, coupon as a number, one rating column."""
    file = "发行结果公告（和悦）.pdf"
    rows = [["证券名称", "证券代码", "计划发行总额", "实际发行总额", "票面利率（%）", "发行价格（元）", "预期到期日"]]
    rows += [
        [
            t.printed,
            t.code,
            money(t.amount + 10_000_000, W) + "万元",
            money(t.amount, W) + "万元",
            t.coupon or "-",
            "100.00",
            c.chinese(t.expected),
        ]
        for t in deal.tranches
    ]
    body = (
        f'<p class="center" style="font-size:15pt">{deal.name}<br>发行结果公告</p>' + f"<p>{deal.name}已于近日完成簿记建档，现将发行结果公告如下：</p>" + table(rows, "ruled")
        + f'<p class="center">{deal.parties[0][1]}</p><p class="center">{c.chinese(deal.closing)}</p>'
    )  # fmt: skip
    c.document(gold, file, deal, "issue_result", report=deal.closing)
    gold.add(
        "deals",
        file,
        deal_id=deal.deal_id,
        deal_name=f"{deal.name}|{deal.trust}",
        market=deal.market,
        asset_class=deal.asset_class,
        currency="CNY",
        alternative_sizes=ANY,
    )
    c.tranche_rows(gold, file, deal, ("amount", "coupon_pct", "expected_maturity", "security_code"))
    for t in deal.tranches:
        if not t.coupon:
            gold.add("tranches", file, deal_id=deal.deal_id, tranche=t.name, rate_type=ANY)
    return Sample(file, "chromium", document(body), "notice", deal.deal_id, "issue_result")

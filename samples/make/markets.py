"""Documents of the exchange market and of ABN, and one that is no deal document."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from html import unescape

from samples.make import common as c
from samples.make import deals
from samples.make.gold import ANY, Gold
from samples.make.model import Deal, Period
from samples.make.numbers import money, percent, printed, share, total
from samples.make.paper import caption, document, heading, page_break, prose, table, unit
from samples.make.produced import Sample

W, Y = 10_000, 100_000_000


def samples(gold: Gold) -> Iterator[Sample]:
    """All documents of these markets."""
    exchange, abn = deals.exchange_micro(), deals.abn_micro()
    yield plan_circular(gold, exchange)
    yield plan_report(gold, exchange, exchange.periods[1])
    yield abn_circular(gold, abn)


def plan_circular(gold: Gold, deal: Deal) -> Sample:
    """Zebra tables without lines, key-value in four columns, unit only in a merged title row, watermark."""
    file = "嘉禾普惠计划说明书.pdf"
    count = 8
    rows: list[list[object]] = [
        [("表一 资产支持证券要素（单位：万元）", count, 1)],
        ["证券简称", "层级", "代码", "规模", "占比", "还本方式", "预期到期日", "评级（中诚信国际）"],
    ]
    rows += [
        [
            f"嘉禾2{'ABC'[i]}",
            t.printed,
            t.code,
            money(t.amount, W),
            percent(share(t.amount, deal.issue), True),
            t.repayment,
            t.expected.isoformat(),
            "/".join(t.rating) or "NR",
        ]
        for i, t in enumerate(deal.tranches)
    ]
    rows += [["合计", "", "", money(deal.issue, W), "100.00%", "", "", ""]]
    stats = [
        ["未偿本金余额", money(deal.balance, W) + "万元", "资产笔数", f"{deal.loans:,}笔"], ["借款人数量", f"{deal.borrowers:,}户", "笔均余额", money(deal.balance / deal.loans, W) + "万元"],
        ["加权平均合同期限", "328天", "加权平均剩余期限", "241天"], ["加权平均年化利率", "11.87%", "单笔资产最高年化利率", "18.00%"], ["最大单一借款人占比", "0.06%", "前五大借款人占比", "0.24%"],
    ]  # fmt: skip
    region = deal.distribution(["广东省", "江苏省", "浙江省", "山东省", "其他"], 3)
    terms = deal.distribution(["30天（含）以内", "30-90天（含）", "90-180天（含）", "180天以上"], 4)
    body = (
        f'<h1>{deal.name}</h1><p class="center">计 划 说 明 书</p><p class="center">计划管理人：{deal.parties[2][1]}</p>' + page_break() + heading("一、证券基本情况")
        + f"<p>本计划说明书签署日为{c.chinese(deal.announced)}。专项计划设立日预计为{c.chinese(deal.closing)}，封包日为{c.chinese(deal.cutoff)}，首次分配日为{c.chinese(deal.first_payment)}，法定到期日为{c.chinese(deal.legal)}。循环购买期为自专项计划设立日起9个月。</p>"
        + table(rows, "zebra", 2) + heading("二、参与机构") + table([["参与机构", "机构名称", "住所"], *([a, b, "北京市西城区"] for a, b in deal.parties)], "zebra") + prose(1, 4)
        + heading("三、基础资产") + f"<p>截至{c.chinese(deal.cutoff)}，入池资产情况如下：</p>" + caption("入池资产概况") + table(stats, "zebra", 0)
        + caption("借款人地区分布") + _distribution(region, "地区") + caption("剩余期限分布") + _distribution(terms, "剩余期限")
        + heading("四、触发机制") + table([["存续期间", "累计违约率阈值"], ["第一年", "3.00%"], ["第二年", "6.00%"]], "zebra") + heading("五、资产服务机构财务状况")
        + table([["项目", "2024年末", "2023年末"], ["资产总额", "912.40", "880.11"], ["累计违约率（自营）", "2.80", "2.66"]], "zebra") + heading("六、释义") + "<p>违约资产指逾期超过60日的资产。</p>" + prose(3, 6)
    )  # fmt: skip
    c.document(gold, file, deal, "offering_circular")
    c.deal_row(
        gold, file, deal, announcement_date=deal.announced, cutoff_date=deal.cutoff, closing_date=deal.closing, first_payment_date=deal.first_payment,
        legal_maturity=deal.legal, total_amount=deal.issue, revolving=True, revolving_months=9,
    )  # fmt: skip
    c.tranche_rows(gold, file, deal, ("amount", "share_pct", "repayment", "expected_maturity", "security_code"))
    c.rating_rows(gold, file, deal, ("中诚信国际信用评级有限责任公司",))
    c.party_rows(gold, file, deal)
    values = {
        "principal_balance": printed(deal.balance, W), "loan_count": deal.loans, "borrower_count": deal.borrowers, "avg_loan_balance": printed(deal.balance / deal.loans, W),
        "wa_contract_term_years": "0.8986", "wa_remaining_term_years": "0.6603", "wa_rate_pct": "11.87", "max_rate_pct": "18.00", "top1_borrower_pct": "0.06", "top5_borrower_pct": "0.24",
    }  # fmt: skip
    for metric, value in values.items():
        gold.add(
            "pool_stats", file, deal_id=deal.deal_id, as_of=deal.cutoff, metric=metric, scope="", value=value, unit=ANY
        )
    c.distribution_rows(gold, file, deal, "region", region, W)
    c.distribution_rows(gold, file, deal, "remaining_term", terms, W)
    return Sample(
        file, "weasyprint", document(body, deal.name, watermark="内部资料"), "plan", deal.deal_id, "offering_circular"
    )


def _distribution(lines: tuple, label: str, style: str = "zebra") -> str:  # type: ignore[type-arg]
    whole, loans = total([x.amount for x in lines]), sum(x.count for x in lines)
    rows = [[label, "本金余额（万元）", "占比（%）", "笔数（笔）", "占比（%）"]]
    rows += [
        [x.label, money(x.amount, W), percent(share(x.amount, whole)), f"{x.count:,}", percent(share(x.count, loans))]
        for x in lines
    ]
    return table([*rows, ["合计", money(whole, W), "100.00", f"{loans:,}", "100.00"]], style)


def plan_report(gold: Gold, deal: Deal, period: Period) -> Sample:
    """Two header levels (本期末 / 上期末), 60+ definition, purchases with discount, borderless lists."""
    file = "zcgl_2025Q3.pdf"
    report = period.payment - timedelta(days=6)
    previous = deal.periods[0]
    whole, loans = total([x.amount for x in period.status]), sum(x.count for x in period.status)
    before, loans_before = total([x.amount for x in previous.status]), sum(x.count for x in previous.status)
    names = ("正常资产", "逾期1-30日", "逾期31-60日", "逾期61-90日", "违约资产")
    rows: list[list[object]] = [
        [("资产状态", 1, 2), ("本期末", 4, 1), ("上期末", 4, 1)],
        ["笔数", "笔数占比", "金额（元）", "金额占比"] * 2,
    ]
    rows += [
        [n, f"{x.count:,}", percent(share(x.count, loans), True), money(x.amount), percent(share(x.amount, whole), True), f"{y.count:,}", percent(share(y.count, loans_before), True), money(y.amount), percent(share(y.amount, before), True)]
        for n, x, y in zip(names, period.status, previous.status, strict=True)
    ]  # fmt: skip
    rows += [
        [
            "合计",
            f"{loans:,}",
            "100.00%",
            money(whole),
            "100.00%",
            f"{loans_before:,}",
            "100.00%",
            money(before),
            "100.00%",
        ]
    ]
    paid = c.payments(deal, period)
    pay = [
        ["证券名称", "期初本金余额", "本期兑付本金", "本期兑付收益", "期末本金余额"],
        *([t.printed, money(a), money(p), money(i), money(z)] for t, a, p, i, z in paid),
    ]
    pay += [["合计", *(money(total([Decimal(row[k]) for row in paid])) for k in (1, 2, 3, 4))]]
    buys = [
        [
            "购买次数",
            "循环购买日期",
            "入池资产本金余额（万元）",
            "购买价款（万元）",
            "折价率",
            "累计循环购买金额（万元）",
        ]
    ]
    shown = deal.periods[: period.number]
    buys += [
        [
            str(p.number),
            p.payment.isoformat(),
            money(p.purchase, W),
            money(p.purchase * Decimal("0.985"), W),
            "98.50%",
            money(p.cum_purchase, W),
        ]
        for p in shown
    ]
    body = (
        f'<h1>{deal.name}<br>资产管理报告</h1><p class="center">（第{period.number}期）</p><p class="center">报告期间：{c.chinese(period.start)}至{c.chinese(period.end)}</p><p class="center">出具日期：{c.chinese(report)}</p>' + page_break()
        + heading("一、基本情况") + table([["本次分配日", c.chinese(period.payment), "专项计划设立日", c.chinese(deal.closing)]], "plain", 0)
        + table([["角色", "名称"], *deal.parties[:4]], "three") + heading("二、基础资产") + caption("（一）资产池情况")
        + table([["期初资产池余额", money(period.opening, W) + "万元"], ["期末资产池余额", money(period.closing, W) + "万元"], ["期末资产笔数", f"{loans:,}笔"], ["累计60+违约率", percent(period.cdr, True)], ["累计60+违约金额", money(period.cum_default, W) + "万元"], ["本期新增60+违约金额", money(period.new_default, W) + "万元"]], "plain", 0)
        + caption("（二）资产状态") + table(rows, "three", 2, "small") + caption("（三）循环购买") + table(buys, "three") + heading("三、分配") + unit("金额单位：人民币元") + table(pay, "three")
        + heading("四、事件") + table([["事件名称", "报告期内是否发生"], ["提前摊还事件", "未发生"], ["违约事件", "未发生"], ["权利完善事件", "未发生"]], "three") + prose(4, 7)
    )  # fmt: skip
    c.document(gold, file, deal, "trustee_report", period, report)
    c.deal_row(gold, file, deal, closing_date=deal.closing, revolving=True)
    c.payment_rows(gold, file, deal, period, paid)
    c.status_rows(gold, file, deal, period)
    for metric, value in (
        ("pool_opening_balance", printed(period.opening, W)),
        ("pool_closing_balance", printed(period.closing, W)),
        ("pool_loan_count", loans),
    ):
        c.performance_row(gold, file, deal, period.number, metric, value)
    for metric, amount in (
        ("cumulative_default_pct", period.cdr),
        ("cumulative_default_amount", printed(period.cum_default, W)),
        ("period_default_amount", printed(period.new_default, W)),
    ):
        c.performance_row(gold, file, deal, period.number, metric, amount, "60+")
    for p in shown:
        gold.add(
            "revolving_purchases",
            file,
            deal_id=deal.deal_id,
            purchase_no=p.number,
            period_no=ANY,
            purchase_date=p.payment,
            purchase_amount=printed(p.purchase, W),
            amount_basis="principal",
            cumulative_amount=printed(p.cum_purchase, W),
        )
    for roles, name in deal.parties[:4]:
        for role in dict.fromkeys(c.ROLES[r] for r in roles.split("/")):
            gold.add(
                "parties", file, deal_id=deal.deal_id, role=role, name=name, institution_id=name, match=ANY, score=ANY
            )
    for event in ("提前摊还事件", "违约事件", "权利完善事件"):
        gold.add("triggers", file, deal_id=deal.deal_id, trigger=event, period_no=period.number, breached=False)
    return Sample(file, "chromium", document(body, size=7.5), "plan", deal.deal_id, "trustee_report", period.number)


def abn_circular(gold: Gold, deal: Deal) -> Sample:
    """Landscape pages, a transposed tranche table, vertically merged first column, letters set apart."""
    file = "20250214001.pdf"
    t = deal.tranches
    rows = [
        ["要素", *(x.printed for x in t)], ["票据简称", *(f"25瑞穗ABN001{x.name}" for x in t)], ["发行金额（亿元）", *(money(x.amount, Y) for x in t)], ["占比", *(percent(share(x.amount, deal.issue), True) for x in t)],
        ["信用等级（东方金诚）", *("/".join(x.rating) or "无评级" for x in t)], ["利率类型", *("固定利率" if x.rate_type == "fixed" else "无固定利率" for x in t)], ["预期到期日", *(c.chinese(x.expected) for x in t)],
    ]  # fmt: skip
    stats: list[list[object]] = [
        ["类别", "项目", "数值"], [("规模", 1, 4), "资产池未偿本金余额（亿元）", money(deal.balance, Y, 4)], ["借据笔数（笔）", f"{deal.loans:,}"], ["借款人户数（户）", f"{deal.borrowers:,}"], ["单笔平均本金余额（元）", money(deal.balance / deal.loans)],
        [("期限", 1, 2), "加权平均合同期限（天）", "286.40"], ["单笔贷款最短/最长剩余期限（天）", "8/361"], [("利率", 1, 2), "加权平均年利率（%）", "12.08"], ["单笔贷款最低/最高年利率（%）", "6.80/17.90"],
    ]  # fmt: skip
    ages = deal.distribution(["0&lt;X≤30", "30&lt;X≤40", "40&lt;X≤50", "X&gt;50"], 5)
    body = (
        f'<h1>{deal.name}</h1><p class="center" style="letter-spacing:8pt">募集说明书</p>' + table([["注册金额", "人民币60亿元"], ["本期发行金额", "人民币15.00亿元"]], "ruled", 0) + page_break()
        + heading("第一章 发行条款") + f"<p>本募集说明书签署日期：{c.chinese(deal.announced)}；初始基准日：{c.chinese(deal.cutoff)}；信托设立日：{c.chinese(deal.closing)}；首个兑付日：{c.chinese(deal.first_payment)}；法定到期日：{c.chinese(deal.legal)}。</p>"
        + "<p>自信托设立日起12个月为循环购买期，循环购买期届满后进入摊还期。</p>" + caption("票据要素") + table(rows, "ruled") + heading("第二章 发行有关机构") + table([["机构职责", "机构名称"], *deal.parties], "ruled")
        + heading("第三章 基础资产") + caption("基础资产特征") + table(stats, "ruled") + caption("借款人年龄分布") + _distribution(ages, "借款人年龄（岁）", "ruled") + prose(2, 6)
        + heading("第四章 现金流预测") + caption("现金流归集表") + unit("单位：万元") + table([["期数", "期末日", "期初本金余额", "应收本金", "期末本金余额"], ["1", "2025/4/30", "150,000.20", "12,500.02", "137,500.18"]], "ruled")
    )  # fmt: skip
    c.document(gold, file, deal, "offering_circular")
    c.deal_row(
        gold,
        file,
        deal,
        announcement_date=deal.announced,
        cutoff_date=deal.cutoff,
        closing_date=deal.closing,
        first_payment_date=deal.first_payment,
        legal_maturity=deal.legal,
        total_amount=deal.issue,
        revolving=True,
        revolving_months=12,
    )
    c.tranche_rows(gold, file, deal, ("amount", "share_pct", "rate_type", "expected_maturity"))
    c.rating_rows(gold, file, deal, ("东方金诚国际信用评估有限公司",))
    c.party_rows(gold, file, deal)
    values = {
        "principal_balance": printed(deal.balance, Y, 4), "loan_count": deal.loans, "borrower_count": deal.borrowers, "avg_loan_balance": printed(deal.balance / deal.loans), "wa_contract_term_years": "0.7847",
        "min_remaining_term_years": "0.0219", "max_remaining_term_years": "0.989", "wa_rate_pct": "12.08", "min_rate_pct": "6.80", "max_rate_pct": "17.90",
    }  # fmt: skip
    for metric, value in values.items():
        gold.add(
            "pool_stats", file, deal_id=deal.deal_id, as_of=deal.cutoff, metric=metric, scope="", value=value, unit=ANY
        )
    c.distribution_rows(gold, file, deal, "borrower_age", ages, W, {x.label: unescape(x.label) for x in ages})
    return Sample(file, "weasyprint", document(body, landscape=True), "abn", deal.deal_id, "offering_circular")

"""Documents of the credit market: a micro-loan series, an auto deal with a long history, consumer, NPL, a rating report."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from samples.make import common as c
from samples.make import deals
from samples.make.gold import ANY, Gold
from samples.make.model import FEES, INCOME, PRINCIPAL, Deal, Period
from samples.make.numbers import full_width, money, percent, share, total
from samples.make.paper import caption, document, heading, page_break, prose, table, unit
from samples.make.produced import Sample

AGENCIES = ("联合资信评估股份有限公司", "中债资信评估有限责任公司")
W = 10_000


def samples(gold: Gold) -> Iterator[Sample]:
    """The circular and three trustee reports of one deal."""
    deal = deals.credit_micro()
    yield micro_circular(gold, deal)
    for number in (4, 5, 6):
        yield micro_report(gold, deal, deal.periods[number - 1])


def micro_circular(gold: Gold, deal: Deal) -> Sample:
    """Ruled tables in 万元, justified cells, full-width figures, a row cut by the page, traps of every kind."""
    file = "P0202405090000000001.pdf"
    tranches = [
        [t.printed, full_width(money(t.amount, W)) if t.name == "优先B" else money(t.amount, W), percent(share(t.amount, deal.issue)), t.repayment,
         "固定利率" if t.rate_type == "fixed" else "无票面利率", c.slashed(t.expected), c.slashed(deal.legal), "/".join(t.rating) or "未予评级"]
        for t in deal.tranches
    ]  # fmt: skip
    head = [
        "证券档次",
        "发行规模（万元）",
        "分层 比例（%）",
        "本金偿付方式",
        "利率形式",
        "预计到期日",
        "法定最终到期日",
        "信用等级（联合资信/中债资信）",
    ]
    rows = [head, *tranches, ["总计", money(deal.issue, W), "100.00", "-", "-", "-", "-", "-"]]
    average = deal.balance / deal.loans
    stats = [
        ["资产池未偿本金余额（万元）", money(deal.balance, W), "贷款笔数（笔）", f"{deal.loans:,}"],
        ["借款人户数（户）", f"{deal.borrowers:,}", "单笔贷款平均本金余额（万元）", money(average, W)],
        ["加权平均贷款合同期限（月）", "19.31", "加权平均贷款剩余期限（月）", "13.07"],
        ["加权平均贷款年利率（%）", "5.43", "单笔贷款最高年利率（%）", "8.90"],
        ["单笔贷款最低年利率（%）", "3.15", "前十名借款人集中度（%）", "1.27"],
    ]
    industry = deal.distribution(["制造业", "批发和零售业", "住宿和餐饮业", "建筑业", "农、林、牧、渔业", "其他"], 1)
    rates = deal.distribution(["（3.00%，4.00%］", "（4.00%，5.00%］", "（5.00%，6.00%］", "6.00%以上"], 2)
    body = (
        f'<h1>{deal.name}</h1><p class="center" style="font-size:16pt">发 行 说 明 书</p><p class="center">发起机构：{deal.parties[0][1]}</p>'
        f'<p class="center">{c.numerals(deal.announced)}</p>' + page_break() + heading("重要提示")
        + f"<p>本《发行说明书》公布日期为{c.chinese(deal.announced)}。资产池初始起算日为{c.chinese(deal.cutoff)}，信托生效日为{c.chinese(deal.closing)}（含该日），"
        f"首个支付日为{c.chinese(deal.first_payment)}，法定最终到期日为{c.chinese(deal.legal)}。本期证券采用静态池结构，资产池为静态池，信托存续期间不会购买其他资产。</p>"
        + prose(0, 2) + heading("第一章 本期证券概要") + f"<p>本期证券发行规模共{money(deal.issue, W)}万元，各档次如下：</p>" + caption("表1 各档证券情况") + table(rows, "ruled")
        + heading("第二章 当事人") + table([["角色", "机构名称"], *deal.parties], "ruled") + prose(2, 3)
        + heading("第三章 资产池") + f"<p>截至初始起算日（{c.chinese(deal.cutoff)}），资产池情况见下表：</p>" + caption("表2 资产池总体特征") + table(stats, "ruled", 0)
        + caption("表3 资产池行业分布") + _distribution(industry, "借款人行业", "余额（万元）", W) + caption("表4 资产池利率分布") + _distribution(rates, "年利率", "余额（万元）", W)
        + heading("第四章 合格标准") + "<p>（1）单笔贷款未偿本金余额不超过人民币500万元；（2）贷款年利率不低于3.00%；（3）加权平均贷款剩余期限不超过36个月。</p>"
        + heading("第五章 历史数据") + caption("静态池累计违约率（%）")
        + table([["放款月份", "发放金额（万元）", "第1月", "第3月", "第6月", "第12月"], ["2022年1月", "88,120.44", "0.05", "0.21", "0.46", "0.88"], ["2022年2月", "91,004.10", "0.06", "0.24", "0.51", "0.93"]], "ruled")
        + heading("第六章 现金流分析") + caption("预计现金流（零违约零早偿）") + unit("单位：万元")
        + table([["期数", "期末", "期初本金余额", "应收本金", "期末本金余额"], ["1", "2024/7/31", "270,000.64", "20,000.00", "250,000.64"], ["2", "2024/8/31", "250,000.64", "20,000.00", "230,000.64"]], "ruled")
        + caption("压力情景下的累计违约率") + table([["情景", "累计违约率（%）", "回收率（%）"], ["基准情景", "2.10", "30.00"], ["压力情景一", "4.20", "20.00"]], "ruled")
        + heading("第七章 释义") + "<p>“违约贷款”系指任何一笔贷款的本金或利息超过90日未偿还，或服务机构认定为损失的贷款。</p>" + prose(5, 6)
    )  # fmt: skip
    c.document(gold, file, deal, "offering_circular")
    c.deal_row(
        gold, file, deal, announcement_date=deal.announced, cutoff_date=deal.cutoff, closing_date=deal.closing, first_payment_date=deal.first_payment,
        legal_maturity=deal.legal, total_amount=deal.issue, revolving=False,
    )  # fmt: skip
    c.tranche_rows(
        gold, file, deal, ("amount", "share_pct", "rate_type", "repayment", "expected_maturity", "legal_maturity")
    )
    c.rating_rows(gold, file, deal, AGENCIES)
    c.party_rows(gold, file, deal)
    values = {
        "principal_balance": Decimal(money(deal.balance, W).replace(",", "")) * W, "loan_count": deal.loans, "borrower_count": deal.borrowers,
        "avg_loan_balance": Decimal(money(average, W).replace(",", "")) * W, "wa_contract_term_years": "1.6092", "wa_remaining_term_years": "1.0892",
        "wa_rate_pct": "5.43", "max_rate_pct": "8.90", "min_rate_pct": "3.15", "top10_borrower_pct": "1.27",
    }  # fmt: skip
    for metric, value in values.items():
        gold.add(
            "pool_stats", file, deal_id=deal.deal_id, as_of=deal.cutoff, metric=metric, scope="", value=value, unit=ANY
        )
    c.distribution_rows(gold, file, deal, "industry", industry, W)
    c.distribution_rows(gold, file, deal, "rate", rates, W)
    gold.coverage.append((deal.deal_id, file, "", "revolving_purchases", "not_applicable"))
    return Sample(
        file, "weasyprint", document(body, deal.name + "发行说明书"), "credit", deal.deal_id, "offering_circular"
    )


def _distribution(lines: tuple[object, ...], label: str, amount: str, scale: int, style: str = "ruled") -> str:
    whole = total([line.amount for line in lines])  # type: ignore[attr-defined]
    loans = sum(line.count for line in lines)  # type: ignore[attr-defined]
    rows = [[label, "笔数", "占比", amount, "占比"]]
    rows += [
        [
            x.label,
            f"{x.count:,}",
            percent(share(x.count, loans), True),
            money(x.amount, scale),
            percent(share(x.amount, whole), True),
        ]
        for x in lines
    ]  # type: ignore[attr-defined]
    return table([*rows, ["合计", f"{loans:,}", "100.00%", money(whole, scale), "100.00%"]], style)


def micro_report(gold: Gold, deal: Deal, period: Period) -> Sample:
    """Transposed payments beside per-100 figures, three dates of statistics, history newest first."""
    file = f"P02024{period.payment.month:02d}180000000{period.number:03d}.pdf"
    report = period.payment - timedelta(days=5)
    paid = c.payments(deal, period)
    pay = [
        ["项目", *(t.printed for t, *_ in paid)],
        ["本期期初本金余额（元）", *(money(x) for _, x, *_ in paid)], ["本期每百元面额兑付本金金额（元）", *(money(p / t.amount * 100, 1, 4) for t, _, p, *_ in paid)],
        ["本期兑付本金（元）", *(money(p) for _, _, p, *_ in paid)], ["本期兑付利息（元）", *(money(i) for *_, i, _ in paid)],
        ["本期期末本金余额（元）", *(money(x) for *_, x in paid)],
    ]  # fmt: skip
    loans = sum(line.count for line in period.status)
    whole = total([line.amount for line in period.status])
    status = [["贷款状态", "笔数（笔）", "笔数占比（%）", "未偿本金余额（元）", "余额占比（%）"]]
    status += [
        [x.label, f"{x.count:,}", percent(share(x.count, loans)), money(x.amount), percent(share(x.amount, whole))]
        for x in period.status
    ]
    status += [["合计", f"{loans:,}", "100.00", money(whole), "100.00"]]
    shown = [p for p in deal.periods if p.number <= period.number][::-1]
    restated = {p.number: p.cdr for p in shown}
    if period.number == 6:
        restated[4] = restated[4] - Decimal("0.01")
        gold.questions.append(
            (
                deal.deal_id,
                file,
                "restatement|conflict",
                "performance",
                "cumulative_default_pct|value",
                "4",
                "period 4 is reprinted one hundredth lower",
            )
        )
    history = [["期数", "收款期间", "当期新增违约金额（元）", "累计违约金额（元）", "累计违约率（%）"]]
    history += [
        [
            f"第{p.number}期",
            f"{c.slashed(p.start)}至{c.slashed(p.end)}",
            money(p.new_default),
            money(p.cum_default),
            percent(restated[p.number]),
        ]
        for p in shown
    ]
    previous = deal.periods[period.number - 2]
    stats = [
        ["统计项目", "上期期末", "本期期末", "初始起算日"],
        ["未偿本金余额（元）", money(previous.closing), money(period.closing), money(deal.balance)],
        ["贷款笔数（笔）", f"{sum(x.count for x in previous.status):,}", f"{loans:,}", f"{deal.loans:,}"],
        ["加权平均贷款剩余期限（年）", "0.91", "0.86", "1.09"], ["加权平均贷款年利率（%）", "5.41", "5.40", "5.43"],
    ]  # fmt: skip
    income = [
        ["收入账", "本期", "上期"],
        *([label, money(a), money(b)] for label, a, b in zip(INCOME, period.income, previous.income, strict=True)),
        ["合计", money(total(period.income)), money(total(previous.income))],
    ]
    principal = [
        ["本金账", "本期", "上期"],
        *(
            [label, money(a), money(b)]
            for label, a, b in zip(PRINCIPAL, period.principal, previous.principal, strict=True)
        ),
        ["合计", money(total(period.principal)), money(total(previous.principal))],
    ]
    fees = [
        ["费用项目", "本期支付金额（元）"],
        *([label, money(a)] for label, a in zip(FEES, period.fees, strict=True)),
        ["合计", money(total(period.fees))],
    ]
    body = (
        f'<h1>{deal.trust}<br>受托机构报告</h1><p class="center">{period.end.year}年度第{period.number}期（总第{period.number}期）</p>'
        f'<p class="center">受托机构：{deal.parties[1][1]}</p><p class="center">报告日期：{c.chinese(report, " ")}</p>' + page_break()
        + heading("一、重要日期") + table([["收款期间", f"{c.chinese(period.start)}至{c.chinese(period.end)}"], ["本次支付日", c.chinese(period.payment)], ["初始起算日", c.chinese(deal.cutoff)], ["上一支付日", c.chinese(previous.payment)]], "open", 0)
        + heading("二、参与机构") + table([["机构类型", "名称", "联系电话"], *([a, b, "021-12345678"] for a, b in deal.parties[:3])], "open")
        + heading("三、证券兑付") + table(pay, "open") + heading("四、资产池状况") + caption("（一）贷款状态") + table(status, "open")
        + caption("（二）历史累计违约率") + table(history, "open") + "<p>注：违约贷款指逾期超过90天的贷款。</p>"
        + caption("（三）主要指标") + table([["指标", "数值"], ["期初资产池未偿本金余额（元）", money(period.opening)], ["期末资产池未偿本金余额（元）", money(period.closing)], ["累计违约率（%）", percent(period.cdr)], ["累计违约贷款回收金额（元）", money(period.cum_recovery)]], "open")
        + caption("（四）资产池统计") + table(stats, "open") + heading("五、现金流") + unit("单位：元") + table(income, "open") + table(principal, "open") + table(fees, "open")
        + heading("六、触发事件") + table([["触发事件", "本期是否发生"], ["加速清偿事件", "否"], ["违约事件", "否"], ["贷款服务机构解任事件", "否"]], "open") + prose(period.number, 8)
    )  # fmt: skip
    c.document(gold, file, deal, "trustee_report", period, report)
    c.deal_row(gold, file, deal, cutoff_date=deal.cutoff)
    gold_report(gold, file, deal, period, paid, previous)
    for p in shown:
        again = p.number != period.number
        for metric, value in (
            ("cumulative_default_pct", restated[p.number]),
            ("cumulative_default_amount", p.cum_default),
            ("period_default_amount", p.new_default),
        ):
            c.performance_row(gold, file, deal, p.number, metric, value, "90+", again)
    c.performance_row(gold, file, deal, period.number, "cumulative_recovery_amount", period.cum_recovery)
    for metric, value in (("pool_wa_rate_pct", "5.40"), ("pool_wa_remaining_term_years", "0.86")):
        c.performance_row(gold, file, deal, period.number, metric, value)
    for as_of, balance, count, rate, term in (
        (period.end, period.closing, loans, "5.40", "0.86"),
        (deal.cutoff, None, deal.loans, "5.43", None),
    ):
        for metric, value in (
            ("principal_balance", balance),
            ("loan_count", count),
            ("wa_rate_pct", rate),
            ("wa_remaining_term_years", term),
        ):
            if value is not None:
                gold.add(
                    "pool_stats",
                    file,
                    deal_id=deal.deal_id,
                    as_of=as_of,
                    metric=metric,
                    scope="",
                    value=value,
                    unit=ANY,
                )
    for roles, name in deal.parties[:3]:
        for role in dict.fromkeys(c.ROLES[r] for r in roles.split("/")):
            gold.add(
                "parties", file, deal_id=deal.deal_id, role=role, name=name, institution_id=name, match=ANY, score=ANY
            )
    for event in ("加速清偿事件", "违约事件", "贷款服务机构解任事件"):
        gold.add("triggers", file, deal_id=deal.deal_id, trigger=event, period_no=period.number, breached=False)
    return Sample(file, "weasyprint", document(body), "credit", deal.deal_id, "trustee_report", period.number)


def gold_report(gold: Gold, file: str, deal: Deal, period: Period, paid: list, previous: Period | None) -> None:  # type: ignore[type-arg]
    """Answers that every report of this market prints: payments, status, balances, accounts."""
    c.payment_rows(gold, file, deal, period, paid)
    c.status_rows(gold, file, deal, period)
    c.performance_row(gold, file, deal, period.number, "pool_opening_balance", period.opening)
    c.performance_row(gold, file, deal, period.number, "pool_closing_balance", period.closing)
    c.performance_row(gold, file, deal, period.number, "pool_loan_count", sum(x.count for x in period.status))
    for account, labels, now, before in (
        ("income", INCOME, period.income, previous.income if previous else None),
        ("principal", PRINCIPAL, period.principal, previous.principal if previous else None),
    ):
        lines = [(label, before[i] if before else None, now[i]) for i, label in enumerate(labels)]
        c.cash_rows(
            gold, file, deal, period.number, account, [*lines, ("合计", total(before) if before else None, total(now))]
        )
    c.cash_rows(
        gold,
        file,
        deal,
        period.number,
        "fees",
        [*((label, None, a) for label, a in zip(FEES, period.fees, strict=True)), ("合计", None, total(period.fees))],
    )

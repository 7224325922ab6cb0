"""A deal whose documents set plain figures awkwardly: what the eye reads without effort and a text layer tells otherwise.

Look-alike code points, glyphs without meaning, letters drawn twice, spaced apart, from right to left, on end or one below
the other, raised marks, pages of changing size, turned and cropped.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from samples.make import awkward_paper as paper
from samples.make import common as c
from samples.make.gold import ANY, Gold
from samples.make.model import Deal, Line, Period, Tranche, periods
from samples.make.numbers import full_width, money, percent, share, total
from samples.make.paper import caption, document, heading, page_break, print_pdf, prose, table
from samples.make.produced import Sample

AGENCIES = ("联合资信评估股份有限公司",)
W = 10_000
#: Ideographs that some producers write with the code of the radical that looks alike.
RADICALS = {unicodedata.normalize("NFKC", chr(code)): chr(code) for code in range(0x2F00, 0x2FD6)}
STYLE = """<style>
.twice { position:relative } .twice span { position:absolute; left:0.35pt; top:0; white-space:nowrap }
.bold { font-weight:bold } .apart { letter-spacing:4pt } .justify { text-align-last:justify } sup { font-size:60%; line-height:0; vertical-align:super }
.onend { writing-mode:vertical-rl; text-orientation:sideways; margin:0 auto }
</style>"""


def samples(gold: Gold) -> Iterator[Sample]:
    """A circular and two reports."""
    deal = awkward_deal()
    yield circular(gold, deal)
    yield report_in_type(gold, deal, deal.periods[1])
    yield report_in_glyphs(gold, deal, deal.periods[2])


def awkward_deal() -> Deal:
    """A static micro-loan deal with two rated tranches."""
    deal = Deal(
        "澄江2024-1", "澄江2024年第一期微小企业贷款资产支持证券", "澄江2024年第一期微小企业贷款资产证券化信托", "credit_abs", "micro_loan",
        date(2024, 1, 1), date(2024, 3, 12), date(2024, 3, 26), date(2024, 5, 26), date(2028, 11, 26),
        (
            Tranche("优先A", "优先A级", "senior", Decimal("812000000"), "fixed", "2.31", "过手摊还", date(2025, 6, 26), ("AAAsf",)),
            Tranche("优先B", "优先B级", "mezzanine", Decimal("64000000"), "fixed", "2.75", "过手摊还", date(2025, 9, 26), ("AA+sf",)),
            Tranche("次级", "次级", "subordinated", Decimal("124000000"), "none", "", "过手摊还", date(2026, 8, 26)),
        ),
        Decimal("1000003127.46"), 3184, 2907,
        (("发起机构/贷款服务机构", "浙江泰隆商业银行股份有限公司"), ("受托机构/发行人", "华润深国投信托有限公司"), ("资金保管机构", "浙商银行股份有限公司")),
        seed=29,
    )  # fmt: skip
    return replace(deal, periods=periods(deal, 3))


def radical(text: str) -> str:
    """Every ideograph that has a look-alike among the radicals as that radical."""
    return "".join(RADICALS.get(char, char) for char in text)


def twice(text: str) -> str:
    """Fake bold: the text, and the text again a little to the right."""
    return f'<span class="twice">{text}<span>{text}</span></span>'


def raised(text: str, mark: int) -> str:
    """A text with the mark of a footnote."""
    return f"{text}<sup>{mark}</sup>"


def _kind(kind: str, text: str) -> str:
    return f'<div class="{kind}">{text}</div>'


def circular(gold: Gold, deal: Deal) -> Sample:
    """Labels on end and one letter below the other; a cropped page; a page turned as a whole."""
    file = "澄江发行说明书.pdf"
    tranches = [
        [t.printed, money(t.amount, W), percent(share(t.amount, deal.issue)), t.repayment, "固定利率" if t.rate_type == "fixed" else "无票面利率",
         c.slashed(t.expected), c.slashed(deal.legal), "/".join(t.rating) or "未予评级"]
        for t in deal.tranches
    ]  # fmt: skip
    head = [
        "证券档次",
        "发行规模（万元）",
        "分层比例（%）",
        "本金偿付方式",
        "利率形式",
        "预计到期日",
        "法定最终到期日",
        "信用等级（联合资信）",
    ]
    tranches = [head, *tranches, ["合计", money(deal.issue, W), "100.00", "-", "-", "-", "-", "-"]]
    average = deal.balance / deal.loans
    size = [["资产池未偿本金余额（万元）", money(deal.balance, W)], ["贷款笔数（笔）", f"{deal.loans:,}"],
            ["借款人户数（户）", f"{deal.borrowers:,}"], ["单笔贷款平均本金余额（万元）", money(average, W)]]  # fmt: skip
    price = [
        ["加权平均贷款年利率（%）", "5.87"],
        ["单笔贷款最高年利率（%）", "9.20"],
        ["单笔贷款最低年利率（%）", "3.35"],
    ]
    stats: list[list[object]] = [
        [("规<br>模<br>情<br>况", 1, len(size)), *size[0]], *size[1:],
        [(_kind("onend", "利率情况"), 1, len(price)), *price[0]], *price[1:],
    ]  # fmt: skip
    industry = deal.distribution(["制造业", "批发和零售业", "住宿和餐饮业", "建筑业", "其他"], 1)
    body = (
        STYLE + f'<h1>{deal.name}</h1><p class="center" style="font-size:16pt">发行说明书</p><p class="center">发起机构：{deal.parties[0][1]}</p>'
        f'<p class="center">{c.chinese(deal.announced)}</p>' + page_break() + heading("第一章 本期证券概要")
        + f"<p>本《发行说明书》公布日期为{c.chinese(deal.announced)}。资产池初始起算日为{c.chinese(deal.cutoff)}，信托生效日为{c.chinese(deal.closing)}，"
        f"首个支付日为{c.chinese(deal.first_payment)}，法定最终到期日为{c.chinese(deal.legal)}。本期证券采用静态池结构，信托存续期间不会购买其他资产。</p>"
        + f"<p>本期证券发行规模共{money(deal.issue, W)}万元，各档次如下：</p>" + caption("表1 各档证券情况") + table(tranches, "ruled")
        + heading("第二章 当事人") + table([["角色", "机构名称"], *deal.parties], "ruled") + prose(1, 2) + page_break()
        + heading("第三章 资产池") + f"<p>截至初始起算日（{c.chinese(deal.cutoff)}），资产池情况见下表：</p>" + caption("表2 资产池总体特征") + table(stats, "ruled", 0)
        + prose(3, 2) + page_break()
        + "<p>资产池未偿本金余额、贷款笔数按借款人行业的分布如下：</p>" + caption("表3 资产池行业分布") + table(distribution(industry), "ruled") + prose(5, 2)
    )  # fmt: skip
    c.document(gold, file, deal, "offering_circular")
    c.deal_row(
        gold, file, deal, announcement_date=deal.announced, cutoff_date=deal.cutoff, closing_date=deal.closing, first_payment_date=deal.first_payment,
        legal_maturity=deal.legal, total_amount=deal.issue, revolving=False,
    )  # fmt: skip
    columns = ("amount", "share_pct", "rate_type", "repayment", "expected_maturity", "legal_maturity")
    c.tranche_rows(gold, file, deal, columns)
    c.rating_rows(gold, file, deal, AGENCIES)
    c.party_rows(gold, file, deal)
    values = {
        "principal_balance": Decimal(money(deal.balance, W).replace(",", "")) * W, "loan_count": deal.loans, "borrower_count": deal.borrowers,
        "avg_loan_balance": Decimal(money(average, W).replace(",", "")) * W, "wa_rate_pct": "5.87", "max_rate_pct": "9.20", "min_rate_pct": "3.35",
    }  # fmt: skip
    for metric, value in values.items():
        gold.add(
            "pool_stats", file, deal_id=deal.deal_id, as_of=deal.cutoff, metric=metric, scope="", value=value, unit=ANY
        )
    c.distribution_rows(gold, file, deal, "industry", industry, W)
    gold.coverage.append((deal.deal_id, file, "", "revolving_purchases", "not_applicable"))
    html = paper.with_slugs(document(body))

    def draw(target: Path) -> None:
        print_pdf(html, target, "chromium")
        paper.crop_and_turn(target, crop=range(4), turn=3)

    return Sample(file, "chromium", html, "awkward", deal.deal_id, "offering_circular", draw=draw)


def distribution(lines: tuple[Line, ...]) -> list[list[str]]:
    """A distribution in 万元 with its total."""
    whole, loans = total([line.amount for line in lines]), sum(line.count for line in lines)
    rows = [[x.label, f"{x.count:,}", percent(share(x.count, loans), True), money(x.amount, W), percent(share(x.amount, whole), True)] for x in lines]  # fmt: skip
    head = ["借款人行业", "笔数", "占比", "余额（万元）", "占比"]
    return [head, *rows, ["合计", f"{loans:,}", "100.00%", money(whole, W), "100.00%"]]


def report_in_type(gold: Gold, deal: Deal, period: Period) -> Sample:
    """Radicals for ideographs, full-width figures, raised marks, fake bold, letters apart; the paper grows on page 3."""
    file = "澄江受托机构报告2.pdf"
    paid = c.payments(deal, period)
    pay = [
        [radical(text) for text in ("证券档次", "期初本金余额（元）", "本期兑付本金（元）", "本期兑付利息（元）", "期末本金余额（元）")],
        *([radical(t.printed), full_width(money(a)), full_width(money(p)), full_width(money(i)), full_width(money(z))] for t, a, p, i, z in paid),
    ]  # fmt: skip
    loans, whole = sum(line.count for line in period.status), total([line.amount for line in period.status])
    status = [["贷款状态", "笔数（笔）", "笔数占比（%）", "未偿本金余额（元）", "余额占比（%）"]]
    status += [
        [_kind("justify", " ".join(x.label)) if x.label in ("正常", "违约") else x.label, raised(f"{x.count:,}", 1), percent(share(x.count, loans)),
         f'<span class="apart">{money(x.amount)}</span>' if x.label == "违约" else raised(money(x.amount), 2), percent(share(x.amount, whole))]
        for x in period.status
    ]  # fmt: skip
    status += [[_kind("justify", "合 计"), *(twice(text) for text in (f"{loans:,}", "100.00", money(whole), "100.00"))]]
    facts = [
        [radical("指标"), "数值"], [raised("期初资产池未偿本金余额（元）", 3), twice(money(period.opening))],
        ["期末资产池未偿本金余额（元）", raised(money(period.closing), 3)], [raised("累计违约率（%）", 4), raised(percent(period.cdr), 5)],
        ["累计违约贷款回收金额（元）", f'<span class="bold">{money(period.cum_recovery)}</span>'],
    ]  # fmt: skip
    body = (
        STYLE + paper.GROWING + cover(deal, period) + heading("一、重要日期") + table([[radical(text) for text in row] for row in dates(deal, period)], "open", 0)
        + heading("二、证券兑付") + table(pay, "ruled") + prose(2, 9) + heading("三、资产池状况") + caption("（一）贷款状态") + table(status, "ruled")
        + "<p>注1：笔数以贷款合同计。注2：以人民币计。</p>" + caption("（二）主要指标") + table(facts, "three") + prose(4, 3)
    )  # fmt: skip
    report_rows(gold, file, deal, period)
    c.payment_rows(gold, file, deal, period, paid)
    c.status_rows(gold, file, deal, period)
    figures = {
        "pool_opening_balance": period.opening, "pool_closing_balance": period.closing, "cumulative_default_pct": period.cdr,
        "cumulative_recovery_amount": period.cum_recovery, "pool_loan_count": loans,
    }  # fmt: skip
    for metric, value in figures.items():
        c.performance_row(gold, file, deal, period.number, metric, value)
    return Sample(file, "weasyprint", document(body), "awkward", deal.deal_id, "trustee_report", period.number)


def cover(deal: Deal, period: Period) -> str:
    """The cover of a report."""
    return (
        f'<h1>{deal.trust}<br>受托机构报告</h1><p class="center">{period.end.year}年度第{period.number}期（总第{period.number}期）</p>'
        f'<p class="center">受托机构：{deal.parties[1][1]}</p><p class="center">报告日期：{c.chinese(reported(period))}</p>' + page_break()
    )  # fmt: skip


def reported(period: Period) -> date:
    """The day of a report."""
    return period.payment - timedelta(days=5)


def dates(deal: Deal, period: Period) -> list[list[str]]:
    """The dates of a report."""
    return [
        ["收款期间", f"{c.chinese(period.start)}至{c.chinese(period.end)}"],
        ["本次支付日", c.chinese(period.payment)],
        ["初始起算日", c.chinese(deal.cutoff)],
    ]


def report_rows(gold: Gold, file: str, deal: Deal, period: Period) -> None:
    """What both reports say of themselves and their deal."""
    c.document(gold, file, deal, "trustee_report", period, reported(period))
    c.deal_row(gold, file, deal, cutoff_date=deal.cutoff)


def report_in_glyphs(gold: Gold, deal: Deal, period: Period) -> Sample:
    """Letters drawn from right to left; the figures of one column in glyphs whose codes mean nothing."""
    file = "澄江受托机构报告3.pdf"
    paid = c.payments(deal, period)
    pay = [["证券档次", "期初本金余额（元）", "本期兑付本金（元）", "本期兑付利息（元）", "期末本金余额（元）"]]
    pay += [[t.printed, *(money(figure) for figure in figures)] for t, *figures in paid]
    facts = [
        ["指标", "数值"], ["期初资产池未偿本金余额（元）", money(period.opening)],
        ["期末资产池未偿本金余额（元）", paper.private(money(period.closing))], ["累计违约率（%）", paper.private(percent(period.cdr))],
    ]  # fmt: skip
    report_rows(gold, file, deal, period)
    c.payment_rows(gold, file, deal, period, paid)
    c.performance_row(gold, file, deal, period.number, "pool_opening_balance", period.opening)
    for metric in ("pool_closing_balance", "cumulative_default_pct"):
        note = "the glyphs of this figure have no known meaning"
        gold.questions.append(
            (deal.deal_id, file, "low_confidence", "performance", f"{metric}|value", str(period.number), note)
        )

    def draw(target: Path) -> None:
        pages = [
            paper.Page([deal.trust + "受托机构报告", f"{period.end.year}年度第{period.number}期（总第{period.number}期）",
                        f"受托机构：{deal.parties[1][1]}", f"报告日期：{c.chinese(reported(period))}"], []),
            paper.Page(["一、重要日期"], dates(deal, period)),
            paper.Page(["二、证券兑付"], pay),
            paper.Page(["三、资产池状况"], facts),
        ]  # fmt: skip
        paper.draw_from_the_right(pages, target)

    return Sample(file, "fpdf2", "", "awkward", deal.deal_id, "trustee_report", period.number, draw=draw)

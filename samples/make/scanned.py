"""Documents that come scanned, wholly or in part: what is printed is known, but no text says it, or a text that lies."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from samples.make import common as c
from samples.make import deals
from samples.make.gold import ANY, Gold
from samples.make.model import FEES, Deal, Period, periods
from samples.make.numbers import money, percent, printed, share, total
from samples.make.paper import caption, document, heading, page_break, print_pdf, table, unit
from samples.make.produced import Sample
from samples.make.scan import Scan, paste_table, scan_pdf

W = 10_000
Draw = Callable[[Path, Path], None]


def samples(gold: Gold) -> Iterator[Sample]:
    """A sealed report, a sealed announcement, a report with one scanned page, a pasted table, a layer that lies."""
    sealed, mixed, layered = _deal("穗丰2024-1", "一", 31), _deal("云岭2024-2", "二", 37), _deal("江渡2024-1", "一", 41)
    seal = sealed.parties[1][1]
    office = Scan(
        dpi=150, skew=1.1, seal=seal, seal_at=(0.7, 0.42), date_stamp="2024年9月21日", date_at=(0.76, 0.9), blur=0.5, noise=4.0,
        dust=25, paper=246, shade=0.1, jpeg=58, seed=3,
    )  # fmt: skip
    yield _taken(report(gold, "P0202409210000000006.pdf", sealed, sealed.periods[5], "ruled", 1), "all", scan=office)
    notice = Scan(
        dpi=200, skew=-0.6, seal=seal, seal_at=(0.66, 0.3), blur=0.5, noise=3.0, dust=15, paper=249, jpeg=55, seed=4
    )
    yield _taken(issue_result(gold, "发行结果公告（穗丰）.pdf", sealed), "all", scan=notice)
    half = Scan(dpi=200, skew=0.4, grey=True, noise=3.0, blur=0.4, jpeg=55, pages=(2,), seed=5)
    yield _taken(report(gold, "P0202406210000000003.pdf", mixed, mixed.periods[2], "three", W), "2", scan=half)
    pasted = partial(paste_table, number=2, scan=Scan(dpi=160, jpeg=70, seed=6))
    yield _taken(report(gold, "P0202407210000000004.pdf", mixed, mixed.periods[3], "ruled", 1), "2", draw=pasted)
    lying = Scan(dpi=160, skew=-0.3, grey=True, hidden_text=0.12, noise=3.0, jpeg=55, seed=7)
    yield _taken(report(gold, "江渡受托报告5.pdf", layered, layered.periods[4], "ruled", 1), "all", scan=lying)


def _taken(sample: Sample, pages: str, scan: Scan | None = None, draw: Draw | None = None) -> Sample:
    """The sample as it comes out of the scanner, or out of `draw`."""

    def made(target: Path) -> None:
        with TemporaryDirectory() as folder:
            native = Path(folder) / sample.file
            print_pdf(sample.html, native, sample.producer)
            if draw is not None:
                draw(native, target)
            else:
                scan_pdf(native, target, scan or Scan())

    return replace(sample, draw=made, scanned_pages=pages)


def _deal(deal_id: str, issue: str, seed: int) -> Deal:
    """A micro-loan deal in the credit market with figures of its own."""
    series, base = deal_id[:2], deals.credit_micro()
    name = f"{series}{deal_id[2:6]}年第{issue}期微小企业贷款"
    factor = Decimal(seed) / 40
    bonds = tuple(
        replace(t, amount=(t.amount * factor).quantize(Decimal(1)), code=f"0824{seed}{place:02d}.IB", coupon=f"{Decimal(t.coupon) + place + Decimal('0.07')}" if t.coupon else "")
        for place, t in enumerate(base.tranches, start=1)
    )  # fmt: skip
    balance = total([t.amount for t in bonds]) + Decimal(f"{seed * 113}.{seed}")
    deal = replace(
        base, deal_id=deal_id, name=name + "资产支持证券", trust=name + "资产证券化信托", tranches=bonds, balance=balance, seed=seed,
        periods=(),
    )  # fmt: skip
    return replace(deal, periods=periods(deal, 6))


def report(gold: Gold, file: str, deal: Deal, period: Period, style: str, scale: int) -> Sample:
    """Two pages: dates, parties and payments; then the state of the pool, defaults, key figures, fees, events.

    Balances of the pool are printed in units of `scale` yuan.
    """
    signed, paid = period.payment - timedelta(days=5), c.payments(deal, period)
    word = "万元" if scale == W else "元"
    pay = [["证券名称", "期初本金余额（元）", "本期兑付本金（元）", "本期兑付利息（元）", "期末本金余额（元）"]]
    pay += [[t.printed, money(a), money(p), money(i), money(z)] for t, a, p, i, z in paid]
    loans, whole = sum(x.count for x in period.status), total([x.amount for x in period.status])
    status = [["贷款状态", "笔数（笔）", "笔数占比（%）", f"未偿本金余额（{word}）", "余额占比（%）"]]
    status += [[x.label, f"{x.count:,}", percent(share(x.count, loans)), money(x.amount, scale), percent(share(x.amount, whole))] for x in period.status]  # fmt: skip
    status += [["合计", f"{loans:,}", "100.00", money(whole, scale), "100.00"]]
    shown = [p for p in deal.periods if p.number <= period.number][::-1]
    history = [["期数", "收款期间截止日", "累计违约金额（元）", "累计违约率（%）"]]
    history += [[f"第{p.number}期", c.slashed(p.end), money(p.cum_default), percent(p.cdr)] for p in shown]
    facts = [["指标", "数值"], [f"期初资产池未偿本金余额（{word}）", money(period.opening, scale)], [f"期末资产池未偿本金余额（{word}）", money(period.closing, scale)], ["累计违约率（%）", percent(period.cdr)]]  # fmt: skip
    fees = [["费用项目", "金额"], *([n, money(a)] for n, a in zip(FEES, period.fees, strict=True)), ["合计", money(total(period.fees))]]  # fmt: skip
    body = (
        f'<p class="center" style="font-size:16pt">{deal.trust}<br>受托机构报告</p><p class="center">{period.end.year}年度第{period.number}期（总第{period.number}期）</p><p class="center">报告日期：{c.chinese(signed)}</p>'
        + heading("一、重要日期") + table([["收款期间", f"{c.chinese(period.start)}至{c.chinese(period.end)}"], ["本次支付日", c.chinese(period.payment)], ["信托设立日", c.chinese(deal.closing)]], style, 0)
        + heading("二、参与机构") + table([["机构类型", "名称"], *deal.parties[:3]], style) + heading("三、证券兑付") + table(pay, style) + page_break()
        + heading("四、资产池状况") + caption("（一）贷款状态") + table(status, style) + caption("（二）历史累计违约率") + table(history, style) + "<p>注：违约贷款指逾期超过90天的贷款。</p>"
        + caption("（三）主要指标") + table(facts, style) + heading("五、费用支出") + unit("单位：元") + table(fees, style) + heading("六、触发事件") + table([["触发事件", "本期是否发生"], ["加速清偿事件", "否"], ["违约事件", "否"]], style)
    )  # fmt: skip
    c.document(gold, file, deal, "trustee_report", period, signed)
    c.deal_row(gold, file, deal, closing_date=deal.closing)
    c.payment_rows(gold, file, deal, period, paid)
    _pool_rows(gold, file, deal, period, scale)
    for p in shown:
        for metric, value in (("cumulative_default_pct", p.cdr), ("cumulative_default_amount", p.cum_default)):
            c.performance_row(gold, file, deal, p.number, metric, value, "90+", p.number != period.number)
    spent = [(name, None, amount) for name, amount in zip(FEES, period.fees, strict=True)]
    c.cash_rows(gold, file, deal, period.number, "fees", [*spent, ("合计", None, total(period.fees))])
    c.party_rows(gold, file, replace(deal, parties=deal.parties[:3]))
    for event in ("加速清偿事件", "违约事件"):
        gold.add("triggers", file, deal_id=deal.deal_id, trigger=event, period_no=period.number, breached=False)
    return Sample(file, "weasyprint", document(body), "scanned", deal.deal_id, "trustee_report", period.number)


def _pool_rows(gold: Gold, file: str, deal: Deal, period: Period, scale: int) -> None:
    """The state of the pool and its balances, rounded as they are printed."""
    rounded = tuple(replace(x, amount=printed(x.amount, scale)) for x in period.status)
    loans, whole = sum(x.count for x in period.status), total([x.amount for x in period.status])
    names = ("current", "1-30", "31-60", "61-90", "default")
    for bucket, line, exact in zip(names, rounded, period.status, strict=True):
        gold.add(
            "delinquency", file, deal_id=deal.deal_id, period_no=period.number, bucket=bucket, count=line.count,
            count_share_pct=share(line.count, loans), balance=line.amount, balance_share_pct=share(exact.amount, whole),
        )  # fmt: skip
    gold.add(
        "delinquency", file, deal_id=deal.deal_id, period_no=period.number, bucket="total", count=loans, count_share_pct=100,
        balance=printed(whole, scale), balance_share_pct=100,
    )  # fmt: skip
    for metric, value in (("pool_opening_balance", period.opening), ("pool_closing_balance", period.closing)):
        c.performance_row(gold, file, deal, period.number, metric, printed(value, scale))
    c.performance_row(gold, file, deal, period.number, "pool_loan_count", loans)


def issue_result(gold: Gold, file: str, deal: Deal) -> Sample:
    """One page with a seal over the figures; tranches as columns, amounts with their unit in the cell."""
    rows = [
        ["证券名称", *(t.printed for t in deal.tranches)], ["证券代码", *(t.code for t in deal.tranches)],
        ["实际发行总额", *(money(t.amount, W) + "万元" for t in deal.tranches)], ["票面利率（%）", *(t.coupon or "-" for t in deal.tranches)],
        ["预期到期日", *(c.chinese(t.expected) for t in deal.tranches)],
    ]  # fmt: skip
    day = date(2024, 5, 24)
    body = (
        f'<p class="center" style="font-size:15pt">{deal.name}<br>发行结果公告</p><p>{deal.name}已于近日完成簿记建档，现将发行结果公告如下：</p>'
        + table(rows, "ruled", 1) + f"<p>受托机构：{deal.parties[1][1]}</p>" + f'<p class="center">{c.chinese(day)}</p>'
    )  # fmt: skip
    c.document(gold, file, deal, "issue_result", report=day)
    c.deal_row(gold, file, deal)
    c.tranche_rows(gold, file, deal, ("amount", "coupon_pct", "expected_maturity", "security_code"))
    gold.add("tranches", file, deal_id=deal.deal_id, tranche="次级", rate_type=ANY)
    c.party_rows(gold, file, replace(deal, parties=(("受托机构", deal.parties[1][1]),)))
    return Sample(file, "chromium", document(body), "notice", deal.deal_id, "issue_result")

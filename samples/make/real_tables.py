"""Five tables as real documents print them, and sizes that stand in prose only; each in a small circular of its own.

Line breaks inside headers, spaces inside words, shares that add up to 100.01 and one rating under two agencies are
those of the real documents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from samples.make.gold import ANY, Gold
from samples.make.paper import document, heading, page_break, prose, table
from samples.make.produced import Sample

NONE = ""


@dataclass(frozen=True)
class Real:
    """One real table: rows as printed, and what they mean."""

    file: str
    deal_id: str
    name: str
    kind: str
    kind_title: str
    asset_class: str
    rows: Sequence[Sequence[str]]
    lead: str
    facts: dict[str, str]
    tranches: Sequence[dict[str, str]]
    ratings: Sequence[tuple[str, str, str]]
    producer: str = "weasyprint"
    style: str = "ruled"


def _t(name: str, seniority: str, **values: str) -> dict[str, str]:
    return {"tranche": name, "seniority": seniority, "tranche_name": ANY, **values}


REAL = (
    Real(
        "real_taihe.pdf", "泰和2019-1", "泰和2019年第一期微小企业贷款资产支持证券", "offering_circular", "发行说明书", "micro_loan",
        [["", "发行金额<br>（人民币元）", "分层比 例(%)", "发行利率", "预期到期日", "评级<br>（新世纪资信/中债资信）"],
         ["优先A级资产支持证券", "3,180,000,000.00", "76.29", "固定利率", "2019/10/26", "AAAsf/AAAsf"], ["优先B级资产支持证券", "370,000,000.00", "8.88", "固定利率", "2019/10/26", "AA+sf /AAsf"],
         ["次级资产支持证券", "618,520,000.00", "14.84", "无票面利率", "2020/7/26", "无评级"], ["总计", "4,168,520,000.00", "100.00", "", "", ""]],
        "信托生效日2019年4月10日(含该日)，第一个本息兑付日是2019年7月26日，本《发行说明书》的公布日期为2019年3月28日。",
        {"total_amount": "4168520000", "closing_date": "2019-04-10", "first_payment_date": "2019-07-26", "announcement_date": "2019-03-28"},
        (_t("优先A", "senior", amount="3180000000", share_pct="76.29", rate_type="fixed", expected_maturity="2019-10-26"),
         _t("优先B", "mezzanine", amount="370000000", share_pct="8.88", rate_type="fixed", expected_maturity="2019-10-26"),
         _t("次级", "subordinated", amount="618520000", share_pct="14.84", rate_type="none", expected_maturity="2020-07-26")),
        (("优先A", "新世纪资信", "AAAsf"), ("优先A", "中债资信", "AAAsf"), ("优先B", "新世纪资信", "AA+sf"), ("优先B", "中债资信", "AAsf")),
    ),
    Real(
        "real_jiangsu.pdf", "苏元2014-1", "苏元2014年第一期信贷资产支持证券", "offering_circular", "发行说明书", "corporate_loan",
        [["", "发行金额<br>（人民币）", "发行<br>利率", "预期到期日", "法定到期日", "评级<br>（中债资<br>信）", "评级<br>（中诚信）"],
         ["优先A档资产支持证券", "150,500万元", "浮动利<br>率", "2016年1月26日", "2019年2月17日", "AAA", "AAA"], ["优先B档资产支持证券", "32,190万元", "浮动利<br>率", "2016年7月26日", "2019年2月17日", "AA", "AA"],
         ["次级档资产支持证券", "31,400万元", "无票面利率", "2017年1月26日", "2019年2月17日", "无评级", "无评级"], ["总计", "214,090万元", "", "", "", "", ""]],
        "", {"total_amount": "2140900000"},
        (_t("优先A", "senior", amount="1505000000", rate_type="floating", expected_maturity="2016-01-26", legal_maturity="2019-02-17"),
         _t("优先B", "mezzanine", amount="321900000", rate_type="floating", expected_maturity="2016-07-26", legal_maturity="2019-02-17"),
         _t("次级", "subordinated", amount="314000000", rate_type="none", expected_maturity="2017-01-26", legal_maturity="2019-02-17")),
        (("优先A", "中债资信", "AAA"), ("优先A", "中诚信", "AAA"), ("优先B", "中债资信", "AA"), ("优先B", "中诚信", "AA")), "chromium", "open",
    ),
    Real(
        "real_xinrong.pdf", "欣荣2019-1", "欣荣2019年第一期个人汽车抵押贷款资产支持证券", "offering_circular", "发行说明书", "auto_loan",
        [["分级情况", "联合资信/中<br>债资信评级", "金额<br>（元）", "分层<br>比例", "利率类型", "还本方式", "支付频率", "预期到期日"],
         ["优先 A 级", "AAAsf<br>/AAAsf", "1,760,000,000.00", "86.47%", "浮动利率", "过手型", "按月支付", "2020/11/26"], ["优先 B 级", "AA+sf<br>/AA+sf", "120,000,000.00", "5.90%", "浮动利率", "过手型", "按月支付", "2020/12/26"],
         ["次级", "-", "155,364,040.11", "7.63%", "-", "-", "-", "2021/4/26"], ["合计", "-", "2,035,364,040.11", "100.00%", "", "", "", ""]],
        "注:求和不等于 100.00%主要系四舍五入导致。", {"total_amount": "2035364040.11"},
        (_t("优先A", "senior", amount="1760000000", share_pct="86.47", rate_type="floating", repayment="过手型", expected_maturity="2020-11-26"),
         _t("优先B", "mezzanine", amount="120000000", share_pct="5.90", rate_type="floating", repayment="过手型", expected_maturity="2020-12-26"),
         _t("次级", "subordinated", amount="155364040.11", share_pct="7.63", rate_type=ANY, expected_maturity="2021-04-26")),
        (("优先A", "联合资信", "AAAsf"), ("优先A", "中债资信", "AAAsf"), ("优先B", "联合资信", "AA+sf"), ("优先B", "中债资信", "AA+sf")), "weasyprint", "three",
    ),
    Real(
        "real_zhencui.pdf", "臻粹2026-2", "臻粹2026年第二期不良资产支持证券", "offering_circular", "发行说明书", "npl",
        [["证券名称", "发行金额（万<br>元）", "规模占比", "还本方式", "利率类型", "预期到期日", "法定到期日", "评级（中债资信/<br>中诚信）"],
         ["优先档", "13,200.00", "72.53%", "过手", "固定利率", "2028/2/23", "2032/4/23", "AAAsf/AAAsf"], ["次级档", "5,000.00", "27.47%", "过手", "无票面利率", "2029/4/23", "2032/4/23", "无评级"],
         ["总计", "18,200.00", "100.00%", "-", "", "", "", ""]],
        "", {"total_amount": "182000000"},
        (_t("优先", "senior", amount="132000000", share_pct="72.53", rate_type="fixed", repayment="过手", expected_maturity="2028-02-23", legal_maturity="2032-04-23"),
         _t("次级", "subordinated", amount="50000000", share_pct="27.47", rate_type="none", repayment="过手", expected_maturity="2029-04-23", legal_maturity="2032-04-23")),
        (("优先", "中债资信", "AAAsf"), ("优先", "中诚信", "AAAsf")), "chromium", "ruled",
    ),
    Real(
        "real_jianyuan.pdf", "建元2018-17", "建元2018年第十七期个人住房抵押贷款资产支持证券", "rating_report", "信用评级报告", "residential_mortgage",
        [["证券名称", "金额(万元)", "总量占比(%)", "票面利率", "信用等级"], ["优先A-1档", "480,000.00", "35.92", "浮动利率", "AAAsf"], ["优先A-2档", "692,000.00", "51.78", "浮动利率", "AAAsf"],
         ["次级档", "164,417.42", "12.30", "-", "未予评级"], ["合计", "1,336,417.42", "100.00", "-", "-"]],
        "评级机构：中债资信评估有限责任公司", {"total_amount": "13364174200"},
        (_t("优先A1", "senior", amount="4800000000", share_pct="35.92", rate_type="floating"), _t("优先A2", "senior", amount="6920000000", share_pct="51.78", rate_type="floating"),
         _t("次级", "subordinated", amount="1644174200", share_pct="12.30", rate_type=ANY)),
        (("优先A1", "中债资信评估有限责任公司", "AAAsf"), ("优先A2", "中债资信评估有限责任公司", "AAAsf")), "weasyprint", "rows",
    ),
)  # fmt: skip


def samples(gold: Gold) -> Iterator[Sample]:
    """The five tables and the prose."""
    for real in REAL:
        yield _sample(gold, real)
    yield _prose(gold)


def _sample(gold: Gold, real: Real) -> Sample:
    split = ""
    if real.deal_id == "欣荣2019-1":
        split = "<p style='break-after:page'>本期证券发行总金额:2,035,364,040.</p><p style='text-indent:0'>11 元，由受托机构以信托财产为限支付。</p>"
    body = (
        f'<h1 style="margin-top:10mm">{real.name}<br>{real.kind_title}</h1>' + (f"<p>{real.lead}</p>" if real.kind == "rating_report" else "") + table(real.rows, real.style)
        + (f"<p>{real.lead}</p>" if real.lead and real.kind != "rating_report" else "") + prose(3, 2) + split + page_break() + heading("第一章 风险") + prose(1, 5)
    )  # fmt: skip
    _gold(gold, real)
    return Sample(real.file, real.producer, document(body), "real", real.deal_id, real.kind)


def _gold(gold: Gold, real: Real) -> None:
    gold.add(
        "documents",
        real.file,
        file_name=real.file,
        kind=real.kind,
        market="credit_abs",
        deal_id=real.deal_id,
        title=ANY,
        report_date=ANY,
        pages=ANY,
        pages_ocr=ANY,
        status=ANY,
        message=ANY,
    )
    gold.add(
        "deals",
        real.file,
        deal_id=real.deal_id,
        deal_name=real.name,
        market="credit_abs",
        asset_class=real.asset_class,
        currency="CNY",
        alternative_sizes=ANY,
        **real.facts,
    )
    for position, tranche in enumerate(real.tranches, start=1):
        gold.add("tranches", real.file, deal_id=real.deal_id, position=position, **tranche)
    for name, agency, rating in real.ratings:
        gold.add(
            "ratings", real.file, deal_id=real.deal_id, tranche=name, agency_id=agency, rating=rating, rating_date=ANY
        )
    if real.kind == "rating_report":
        agency = "中债资信评估有限责任公司"
        gold.add(
            "parties",
            real.file,
            deal_id=real.deal_id,
            role="rating_agency",
            name=agency,
            institution_id=agency,
            match=ANY,
            score=ANY,
        )


def _prose(gold: Gold) -> Sample:
    """Tranche sizes in sentences, and a date in Chinese numerals."""
    file, deal = "real_prose.pdf", "建元2020-8"
    sizes = (
        ("优先A1", "优先 A-1 档", "180,000.00", "1800000000"),
        ("优先A2", "优先 A-2 档", "738,800.00", "7388000000"),
        ("次级", "次级档", "105,514.00", "1055140000"),
    )
    words = "，".join(
        f"{printed}{'资产支持证券' if name != '次级' else '证券'}发行规模为 {amount} 万元"
        for name, printed, amount, _ in sizes
    )
    body = (
        '<h1 style="margin-top:20mm">建元2020年第八期个人住房抵押贷款资产支持证券<br>发行办法</h1><p class="center">二〇二〇年九月十日</p>'
        + page_break() + f"<p>{words}，发行规模共 1,024,314.00 万元。</p>" + prose(2, 4)
    )  # fmt: skip
    gold.add(
        "documents",
        file,
        file_name=file,
        kind="issue_announcement",
        market="credit_abs",
        deal_id=deal,
        title=ANY,
        report_date=ANY,
        pages=ANY,
        pages_ocr=ANY,
        status=ANY,
        message=ANY,
    )
    gold.add(
        "deals",
        file,
        deal_id=deal,
        deal_name="建元2020年第八期个人住房抵押贷款资产支持证券",
        market="credit_abs",
        asset_class="residential_mortgage",
        currency="CNY",
        total_amount="10243140000",
        alternative_sizes=ANY,
    )
    for position, (name, _, _, amount) in enumerate(sizes, start=1):
        gold.add(
            "tranches",
            file,
            deal_id=deal,
            tranche=name,
            tranche_name=ANY,
            seniority="subordinated" if name == "次级" else "senior",
            position=position,
            amount=amount,
        )
    return Sample(file, "weasyprint", document(body), "real", deal, "issue_announcement")

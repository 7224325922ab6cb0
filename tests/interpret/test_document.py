"""What a document is, from the words of its first pages."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.dataset.source_rank import is_correction
from dealproof.interpret.document import document_facts, profile_document
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Source
from dealproof.model.interpretation import Interpretation
from dealproof.model.profile import Profile
from tests.interpret.tables import LABELS, document_of, values_of

DEAL = "云帆2025年第二期微小企业贷款资产支持证券"
TRUST = "云帆2025年第二期微小企业贷款资产证券化信托"


def profile(*pages: str) -> Profile:
    return profile_document(document_of(*pages), LABELS)


def facts(*pages: str, table: str = "deals") -> dict[str, object]:
    extract = document_of(*pages)
    found = document_facts(extract, LABELS, profile_document(extract, LABELS)).facts
    return {fact.column: fact.value for fact in found if fact.table == table}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (f"{DEAL}\n发 行 说 明 书", "offering_circular"),
        (f"发行说明书\n{DEAL}", "offering_circular"),
        (f"{DEAL}发行公告", "issue_announcement"),
        (f"{DEAL}\n发行办法", "issue_announcement"),
        (f"{DEAL}簿记建档发行结果公告", "issue_result"),
        (f"{TRUST}\n受托机构月度报告（第3期）", "trustee_report"),
        ("中信证券-云帆2025年第2期小微贷款资产支持专项计划\n收益分配报告", "trustee_report"),
        ("云帆2025年度第二期小微贷款资产支持票据\n资产运营报告", "trustee_report"),
        (f"{TRUST}\n持续购买公告（第三次）", "revolving_notice"),
        (f"{DEAL}\n信用评级报告", "rating_report"),
        (f"{DEAL}\n2025年跟踪评级报告", "rating_tracking"),
        (f"{DEAL}\n第五次收益分配公告", "trustee_report"),
        (f"关于{DEAL}\n2025年付息兑付的公告", "trustee_report"),
        (f"{TRUST}\n清算报告", "trustee_report"),
        (f"{TRUST}\n资金保管报告（2025年第二季度）", "trustee_report"),
        ("中信证券-云帆2025年第2期小微贷款资产支持专项计划\n2025年度托管报告", "trustee_report"),
        ("中信证券-云帆5号资产支持专项计划\n2024年年度报告", "trustee_report"),
        ("中信证券-云帆2025年第2期小微贷款资产支持专项计划\n月度服务报告（第5期）", "trustee_report"),
        (f"{DEAL}\n2025年5月投资者报告", "trustee_report"),
        (f"{TRUST}\n清算审计报告", "other"),
        (f"{DEAL}\n持有人大会决议公告", "other"),
    ],
)
def test_the_title_says_the_kind(title: str, kind: str) -> None:
    assert profile(f"{title}\n二〇二五年三月一日").kind == kind


@pytest.mark.parametrize(
    ("line", "stated"),
    [("基准日：2025年8月31日", None), ("本次购买资产封包日：2025年8月31日", None), ("初始起算日：2025年1月1日", "2025-01-01")],
)
def test_the_day_by_which_loans_were_bought_is_not_that_of_the_first_pool(line: str, stated: str | None) -> None:
    assert facts(f"{TRUST}\n持续购买公告（第三次）\n{line}").get("cutoff_date") == stated


def test_a_correction_is_of_the_kind_that_it_corrects() -> None:
    found = profile(f"关于{TRUST}受托机构报告（第3期）的更正公告")
    assert (found.kind, found.period_no, found.deal_name) == ("trustee_report", 3, TRUST)


@pytest.mark.parametrize(
    "text",
    [
        "某某城市建设投资集团有限公司2025年面向专业投资者公开发行\n公司债券（第一期）\n募集说明书",
        "某某集团有限公司2025年度第一期中期票据募集说明书\n发行人已发行云帆2023年度第一期资产支持票据",
        "微小企业贷款资产支持证券信息披露指引（2018版）\n受托机构报告应当披露下列信息",
        "不动产投资信托基金（REITs）业务办法",
        "某某银行股份有限公司\n2024年度报告",
        "2025年小微贷款ABS回顾与展望",
    ],
)
def test_what_is_no_deal_document_is_other_and_gives_no_deal(text: str) -> None:
    found = profile(text)
    assert (found.kind, found.deal_id) == ("other", "")


def test_the_deal_is_named_by_series_year_and_number() -> None:
    found = profile(f"{TRUST}\n受托机构报告")
    assert (found.deal_id, found.market, found.asset_class) == ("云帆2025-2", "credit_abs", "micro_loan")


def test_a_letterhead_above_the_name_is_not_part_of_it() -> None:
    assert profile(f"联合资信评估股份有限公司\n{DEAL}\n信用评级报告").deal_name == DEAL


@pytest.mark.parametrize("number", ["大公报SF【2025】017号", "联合〔2025〕6218号", "信评委函字[2025]跟踪2217号", "编号：CCXI-20250108"])
def test_the_number_of_a_paper_above_the_name_is_not_part_of_it(number: str) -> None:
    name = "中山证券-链融2025年第6期供应链应收账款资产支持专项计划"
    found = profile_document(document_of(f"{number}\n{name}\n信用评级报告"), LABELS)
    assert (found.deal_id, found.deal_name) == ("链融2025-6", name)


@pytest.mark.parametrize("first", ["屹驰2025-12", "招商资管-屹驰2025年第12期", "屹驰2025年第十二期"])
def test_a_name_whose_first_line_ends_with_its_number_is_no_number_of_a_paper(first: str) -> None:
    assert profile(f"{first}\n个人汽车贷款资产支持证券\n信用评级报告").deal_id == "屹驰2025-12"


def test_the_name_of_an_abn_keeps_its_institution() -> None:
    name = "华能贵诚信托有限公司2025年度云帆第二期小微贷款资产支持票据"
    found = profile(f"{name}\n募集说明书")
    assert (found.deal_name, found.deal_id, found.market) == (name, "云帆2025-2", "abn")


def test_a_kind_below_parties_and_sizes_on_the_cover_is_still_found() -> None:
    parties = "\n".join(f"第{n}行封面文字" for n in range(20))
    assert profile(f"{DEAL}\n{parties}\n发行说明书").kind == "offering_circular"


def test_the_total_number_of_a_report_wins_over_its_number_in_the_year() -> None:
    assert profile(f"{TRUST}\n受托机构报告\n2025年第2期（总第9期）").period_no == 9


def test_a_number_on_a_line_of_its_own_is_the_reports_and_one_behind_the_name_the_deals() -> None:
    own = profile("天风-云帆授信付款资产支持专项计划\n（第三期）\n收益分配报告")
    assert (own.deal_id, own.period_no) == ("云帆授信付款", 3)
    deal = profile("天风-云帆授信付款资产支持专项计划（第三期）\n收益分配报告\n（第六次）")
    assert (deal.deal_id, deal.period_no) == ("云帆授信付款3", 6)


def test_the_number_of_the_deal_is_never_the_number_of_the_report() -> None:
    assert profile(f"{TRUST}\n受托机构年度报告").period_no is None


def test_a_prospectus_in_english_is_a_foreign_circular() -> None:
    found = profile("Prospectus\nSeries 2024-6 Asset Backed Notes\nAcme Master Trust\nIssuing Entity")
    assert (found.kind, found.market, found.currency, found.deal_id) == (
        "offering_circular",
        "foreign",
        "USD",
        "AcmeMasterTrust2024-6",
    )


def test_dates_of_the_report_come_from_labels_and_never_from_the_last_period() -> None:
    found = profile(
        f"{TRUST}\n受托机构报告\n报告日期：二〇二五年九月二十日",
        "上一支付日 2025年8月26日\n本期支付日 2025年9月26日\n收款期间：2025年8月1日（含）至2025年8月31日（含）",
    )
    assert found.report_date == date(2025, 9, 20)
    assert found.payment_date == date(2025, 9, 26)
    assert (found.period_start, found.period_end) == (date(2025, 8, 1), date(2025, 8, 31))


def test_a_date_alone_on_the_cover_is_the_day_of_the_circular() -> None:
    assert facts(f"{DEAL}\n发行说明书\n2025年3月18日")["announcement_date"] == "2025-03-18"


def test_a_labelled_day_of_publication_wins_over_the_cover() -> None:
    text = f"{DEAL}\n发行说明书\n2025年3月18日\n本发行说明书的公布日期为2025年3月20日。"
    assert facts(text)["announcement_date"] == "2025-03-20"
    assert facts(f"{DEAL}\n发行说明书\n公告日期：2025年3月20日")["announcement_date"] == "2025-03-20"


def test_the_day_of_another_report_is_not_that_of_the_circular() -> None:
    assert facts(f"{DEAL}\n发行说明书\n2025年3月18日\n审计报告出具日期：2024年4月20日")["announcement_date"] == "2025-03-18"


@pytest.mark.parametrize("sentence", [
    "本期证券于2025年7月11日设立。", "专项计划已于2025年7月11日成立。", "募集资金已全部到账，本专项计划于2025年7月11日正式设立。",
])  # fmt: skip
def test_the_day_of_the_beginning_is_told_of_securities_and_plans(sentence: str) -> None:
    found = document_facts(extract := document_of("云帆2025年第一期微小企业贷款资产支持证券\n发行公告", sentence), LABELS, profile_document(extract, LABELS))
    assert [str(fact.value) for fact in found.facts if fact.column == "closing_date"] == ["2025-07-11"]


RESULT = "云帆2025年第一期微小企业贷款资产支持证券\n发行结果公告"


@pytest.mark.parametrize(("lines", "day"), [
    ("起息日 2025年7月11日 2025年7月11日", ["2025-07-11"]), ("本期证券起息日为2025-07-11。", ["2025-07-11"]),
    ("起息日：2025年7月11日\n信托生效日：2025年7月10日", ["2025-07-10"]),
    ("优先档起息日：2025年7月11日\n次级档起息日：2025年7月12日", []), ("本期起息日：2025年7月11日", []), ("计息期起息日：2025年7月11日", []),
])  # fmt: skip
def test_interest_begins_on_the_day_of_the_set_up_where_the_result_of_an_issue_names_no_other(lines: str, day: list[str]) -> None:
    extract = document_of(RESULT, lines)
    found = document_facts(extract, LABELS, profile_document(extract, LABELS))
    assert [str(fact.value) for fact in found.facts if fact.column == "closing_date"] == day


def test_deal_dates_are_read_from_sentences() -> None:
    found = facts(
        f"{DEAL}\n发行说明书",
        "资产池的初始起算日（封包日）为2025年1月1日0:00，信托生效日为2025年3月14日。\n法定到期日为2030年1月26日。",
    )
    assert found["cutoff_date"] == "2025-01-01"
    assert found["closing_date"] == "2025-03-14"
    assert found["legal_maturity"] == "2030-01-26"


def test_the_issue_size_is_in_yuan_whatever_unit_is_printed() -> None:
    assert facts(f"{DEAL}\n发行说明书\n发行规模共1,024,314.00万元")["total_amount"] == Decimal("10243140000")


def test_every_fact_of_a_document_has_a_place() -> None:
    extract = document_of(f"{DEAL}\n发行说明书\n发行总金额：30.00亿元\n2025年3月18日")
    found = document_facts(extract, LABELS, profile_document(extract, LABELS)).facts
    assert values_of(found, "deals", "total_amount") == {"云帆2025-2": Decimal("3000000000")}
    assert all(fact.evidence is not None and fact.evidence.page == 1 for fact in found)


def test_a_title_that_an_analyst_leaves_aside_names_no_kind() -> None:
    title = f"{DEAL}发行公告"
    found = LABELS.find("documents", title)
    assert found is not None
    group = replace(LABELS.groups["documents"], loose=lambda key: replace(found, field=IGNORED))
    spared = Labels({**LABELS.groups, "documents": group})
    assert profile_document(document_of(title), LABELS).kind == "issue_announcement"
    assert profile_document(document_of(title), spared).kind == "other"


def test_the_first_date_alone_on_a_cover_is_its_day_and_the_last_under_a_signature() -> None:
    dates = "2025年3月18日\n正文\n2025年3月20日"
    assert profile(f"{DEAL}\n发行说明书\n{dates}").report_date == date(2025, 3, 18)
    assert profile(f"{DEAL}簿记建档发行结果公告\n{dates}").report_date == date(2025, 3, 20)


@pytest.mark.parametrize(("vehicle", "market"), [
    ("资产支持证券", "credit_abs"), ("资产支持票据", "abn"), ("资产支持商业票据", "abn"), ("资产支持专项计划", "exchange_abs"),
])  # fmt: skip
def test_the_vehicle_says_the_market(vehicle: str, market: str) -> None:
    assert profile(f"云帆2025年第二期小微贷款{vehicle}\n募集说明书").market == market


@pytest.mark.parametrize("remark", ["（更正后）", "(更正版)", "【修订稿】", "更正公告", "（更新后）", "补正"])
def test_a_line_of_the_title_block_that_says_corrected_is_part_of_the_title(remark: str) -> None:
    found = profile(f"{TRUST}\n受托机构报告\n2025年第3期（总第7期）\n{remark}\n受托机构：乙信托有限公司")
    assert (found.kind, found.period_no) == ("trustee_report", 7)
    assert is_correction(Interpretation(Source("x.pdf", "x.pdf", "d" * 64, 1), 5, 5, found))


def test_a_sentence_about_corrections_makes_no_correction() -> None:
    found = profile(f"{TRUST}\n受托机构报告\n2025年第3期（总第7期）\n如有更正，以更正公告为准。")
    assert not is_correction(Interpretation(Source("x.pdf", "x.pdf", "d" * 64, 1), 5, 5, found))

"""What documents tell in sentences instead of tables: payments, purchases, days of maturity, parties, lists of labels."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.model.interpretation import Interpretation
from tests.interpret.reports import figures
from tests.interpret.reports import read as read_report
from tests.interpret.tables import LABELS, document_of, table_of

NOTICE = "澄江2024年第一期微小企业贷款资产证券化信托\n第七次持续购买公告\n"
CIRCULAR = "云帆2025年第一期微小企业贷款资产支持证券\n发行办法\n"
PAID = "优先A级资产支持证券：分配前本金余额390,000,000.00元，本次分配本金10,000,000.00元，本次分配收益2,681,400.00元，分配后本金余额380,000,000.00元。"


def told(found: Interpretation, table: str) -> dict[str, str]:
    """Values by the second part of the key and the column."""
    return {f"{fact.key[1][1]}.{fact.column}": str(fact.value) for fact in found.facts if fact.table == table}


@pytest.mark.parametrize("number", ["", "（一）", "1、"])
def test_a_sentence_tells_the_payments_of_the_tranche_that_it_names(number: str) -> None:
    assert told(read_report("四、收益分配", number + PAID), "tranche_payments") == {
        "优先A.opening_balance": "390000000.00", "优先A.principal_paid": "10000000.00", "优先A.interest_paid": "2681400.00",
        "优先A.closing_balance": "380000000.00", "优先A.payment_date": "2024-06-26",
    }  # fmt: skip


@pytest.mark.parametrize("joined", ["、", "，", "和"])
def test_the_word_for_paying_that_stands_once_holds_for_the_tranches_that_are_listed_behind_it(joined: str) -> None:
    found = told(read_report("四、收益分配", f"本次派发优先A级收益1,072.076万元{joined}优先B级收益132.39万元。"), "tranche_payments")
    assert (found["优先A.interest_paid"], found["优先B.interest_paid"]) == ("10720760.000", "1323900.00")


@pytest.mark.parametrize("payer", ["专项计划于", "管理人已于", "信托于"])
def test_what_was_paid_on_a_day_has_that_day(payer: str) -> None:
    sentence = f"报告期内，{payer}2024年6月25日兑付优先A级收益528.33万元、优先B级收益81.20万元，未兑付本金。"
    assert told(read_report("四、证券兑付", sentence), "tranche_payments") == {
        "优先A.interest_paid": "5283300.00", "优先A.payment_date": "2024-06-25", "优先B.interest_paid": "812000.00", "优先B.payment_date": "2024-06-25",
    }  # fmt: skip


@pytest.mark.parametrize("sentence", [
    "专项计划于2024年5月25日兑付优先A级收益100.00万元。专项计划于2024年6月25日兑付优先A级收益90.00万元。",
    "专项计划于2024年5月25日兑付优先A级收益100.00万元。专项计划于2024年6月25日兑付优先A级本金90.00万元。", "专项计划于2024年6月25日预计兑付优先A级收益90.00万元。",
])  # fmt: skip
def test_payments_of_several_days_are_not_one_payment(sentence: str) -> None:
    assert told(read_report("四、证券兑付", sentence), "tranche_payments") == {}


@pytest.mark.parametrize("when", ["截至报告期末", "截至2024年5月31日", "报告期末", "截止本收款期间末"])
def test_a_balance_of_a_tranche_at_the_end_of_the_period_is_its_closing_balance(when: str) -> None:
    found = told(read_report("四、证券兑付", f"{when}，优先A级本金余额85,000.00万元，次级本金余额8,000.00万元。"), "tranche_payments")
    assert (found["优先A.closing_balance"], found["次级.closing_balance"]) == ("850000000.00", "80000000.00")


@pytest.mark.parametrize("when", ["截至上一报告期末", "截至2024年4月30日", "截至专项计划设立日", "报告期初", "目前规模为"])
def test_a_balance_of_another_day_is_no_closing_balance(when: str) -> None:
    assert told(read_report("四、证券兑付", f"{when}，优先A级本金余额85,000.00万元。"), "tranche_payments") == {}


@pytest.mark.parametrize("sentence", [
    "本次兑付每份优先A级本金20.00元、收益1.24元。", "本次每份优先A级派发本金20.00元，收益1.24元。", "兑付优先A级每百元面值本金20.00元和收益1.24元。",
    "优先A级每张资产支持证券派发收益1.24元，本金20.00元。", "每份优先A级资产支持证券面值100元，本次兑付本金100元，派发收益2.35元（含税）。",
    "优先A级：单位面值100元，本次兑付本金20元，兑付后单位面值80元。", "优先A级资产支持证券（每份）：分配本金20.00元，分配收益1.24元，分配后本金余额80.00元。",
    "优先A级资产支持证券本次兑付本金20.00元，支付收益1.24元。", "优先A级（面值10,000元）本次兑付本金2,000.00元。", "优先A级预计兑付本金20.00万元、收益1.24万元。",
])  # fmt: skip
def test_what_is_per_security_or_foreseen_stays_so_for_what_is_listed_behind_it(sentence: str) -> None:
    assert told(read_report("四、收益分配", sentence), "tranche_payments") == {}


def test_an_income_that_nobody_says_was_paid_is_no_payment() -> None:
    assert told(read_report("四、收益分配", "本次兑付费用10.00元；优先B级收益132.39万元。"), "tranche_payments") == {}


@pytest.mark.parametrize("sentence", [
    "优先A级、优先B级资产支持证券合计兑付本金10,000,000.00元。", "本期兑付本金10,000,000.00元。",
    "优先A级资产支持证券每百元兑付本金10.0000元。", "优先A级资产支持证券累计兑付本金10,000,000.00元。",
    "优先A级资产支持证券上期兑付本金10,000,000.00元。", "优先A级资产支持证券预计兑付本金10,000,000.00元。",
    "优先A级资产支持证券计划兑付本金10,000,000.00元。", "若优先A级资产支持证券兑付本金10,000,000.00元，则提前终止。",
    "淮安2023年第二期微小企业贷款资产支持证券优先A级兑付本金10,000,000.00元。",
])  # fmt: skip
def test_payments_of_nobody_or_of_another_are_not_taken(sentence: str) -> None:
    assert told(read_report("四、收益分配", sentence), "tranche_payments") == {}


def test_two_sentences_that_differ_give_no_payment_and_are_asked() -> None:
    other = PAID.replace("本次分配本金10,000,000.00元", "本次分配本金20,000,000.00元")
    found = read_report("四、收益分配", PAID, other)
    assert told(found, "tranche_payments") == {}
    (asked,) = [problem for problem in found.problems if problem.code == "conflict"]
    assert {candidate.value for candidate in asked.candidates} == {"10000000.00", "20000000.00"}


def test_a_notice_tells_its_purchase() -> None:
    text = (
        "一、本次持续购买日：2025年2月26日；购买基准日：2025年2月20日。\n"
        "二、本次持续购买的资产未偿本金余额为人民币118,230,500.00元，支付对价人民币118,000,000.00元。\n"
        "截至本次持续购买日，累计持续购买资产未偿本金余额人民币842,116,300.00元。"
    )
    found = interpret_document(document_of(NOTICE + text), LABELS)
    assert told(found, "revolving_purchases") == {
        "7.purchase_date": "2025-02-26", "7.purchase_amount": "118230500.00", "7.amount_basis": "principal",
        "7.cumulative_amount": "842116300.00",
    }  # fmt: skip
    assert not any(fact.column == "cutoff_date" for fact in found.facts)


@pytest.mark.parametrize("sentence", [
    "报告期内，受托机构于2024年6月20日完成第4次循环购买，新增基础资产未偿本金1.3210亿元，自设立以来累计循环购买5.0421亿元。",
    "本期持续购买日为2024年6月20日（第4次），持续购买本金132,100,000.00元，累计持续购买本金504,210,000.00元。",
])  # fmt: skip
def test_a_report_tells_the_purchase_of_its_period(sentence: str) -> None:
    found = told(read_report("四、循环购买", sentence), "revolving_purchases")
    assert found["4.purchase_date"] == "2024-06-20"
    assert float(found["4.purchase_amount"]) == 132_100_000
    assert float(found["4.cumulative_amount"]) == 504_210_000


@pytest.mark.parametrize("sentence", [
    "本期循环购买资产本金132,100,000.00元。", "第3次循环购买本金100,000,000.00元，第4次循环购买本金132,100,000.00元。",
    "预计于2024年7月进行第5次循环购买，拟购买本金132,100,000.00元。",
])  # fmt: skip
def test_a_purchase_without_one_number_or_to_come_is_not_taken(sentence: str) -> None:
    assert told(read_report("四、循环购买", sentence), "revolving_purchases") == {}


def test_days_of_maturity_stand_in_a_sentence() -> None:
    text = "优先A-1档证券的预期到期日为2026年1月26日，优先B档证券的预期到期日为2026年10月26日，法定到期日均为2029年4月26日。"
    found = told(interpret_document(document_of(CIRCULAR + text), LABELS), "tranches")
    assert found == {
        "优先A1.expected_maturity": "2026-01-26", "优先B.expected_maturity": "2026-10-26",
        "优先A1.legal_maturity": "2029-04-26", "优先B.legal_maturity": "2029-04-26",
    }  # fmt: skip


@pytest.mark.parametrize("line", [
    "期末加权平均年利率：5.92%", "期末加权平均年利率................5.92%", "期末加权平均年利率……………5.92%",
])  # fmt: skip
def test_a_list_of_labels_and_figures_speaks_of_the_pool_that_its_lines_name(line: str) -> None:
    dots = "期初资产池未偿本金余额................931,712,913.89元"
    found = figures(read_report("四、运行情况", dots, "期末贷款笔数................2,381笔", line))
    assert found["pool_wa_rate_pct"] == "5.92"
    assert found["pool_opening_balance"] == "931712913.89"


def test_default_amounts_before_a_rate_make_no_condition_of_it() -> None:
    assert figures(read_report("资产池累计违约金额2,360,580.75元，累计违约率0.26%。"))["cumulative_default_pct"] == "0.26"
    assert "cumulative_default_pct" not in figures(read_report("支付违约金时，累计违约率0.26%。"))


def test_what_is_counted_may_stand_behind_its_number() -> None:
    text = "云帆2025年第一期微小企业贷款资产支持证券\n信用评级报告\n第一章 基础资产\n截至2025年1月1日（资产池封包日），入池资产共涉及21,233笔贷款、18,920户借款人，加权平均合同期限12.00个月。"
    found = {fact.key[2][1]: str(fact.value) for fact in interpret_document(document_of(text), LABELS).facts if fact.table == "pool_stats"}
    assert found == {"loan_count": "21233", "borrower_count": "18920", "wa_contract_term_years": "1"}


TERMS = ["• 发行规模：7.00亿元", "• 占比：76.92%", "• 利率类型：固定利率", "• 预期到期日：2026年6月26日", "• 信用评级：联合资信AAAsf"]


@pytest.mark.parametrize("name", ["优先A档资产支持证券", "（一）优先A档资产支持证券", "优先A档"])
def test_a_circular_lists_the_terms_of_a_tranche_under_its_name(name: str) -> None:
    text = "\n".join(["云帆2025年第一期微小企业贷款资产支持证券", "发行说明书", "第一章 基本要素", name, *TERMS, "第二章 风险提示", "• 发行规模：9.00亿元"])
    found = interpret_document(document_of(text), LABELS)
    assert told(found, "tranches") == {
        "优先A.amount": "700000000.00", "优先A.seniority": "senior", "优先A.share_pct": "76.92", "优先A.rate_type": "fixed",
        "优先A.expected_maturity": "2026-06-26",
    }  # fmt: skip
    assert [(fact.key[2][1], fact.value) for fact in found.facts if fact.table == "ratings"] == [("联合资信", "AAAsf")]


def test_terms_that_stand_twice_under_one_name_are_not_taken() -> None:
    text = "\n".join(["云帆2025年第一期微小企业贷款资产支持证券", "发行说明书", "第一章 基本要素", "优先A档", *TERMS, "• 发行规模：8.00亿元"])
    assert told(interpret_document(document_of(text), LABELS), "tranches") == {}


def test_what_a_rate_is_called_may_stand_behind_what_it_is() -> None:
    text = "截至本收款期间末，累计违约贷款未偿本金余额4,029,029.65元，占初始起算日资产池未偿本金余额的比例（即累计违约率）为0.23%。"
    assert figures(read_report(text))["cumulative_default_pct"] == "0.23"


def test_a_lead_sentence_holds_for_the_items_of_its_list() -> None:
    cover = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第四章 资产池信息\n"
    items = "（1）入池贷款笔数为2,871笔；\n（2）加权平均贷款年利率为4.92%。"
    own = f"{cover}截至初始起算日（2025年6月1日），资产池基本情况如下：\n{items}"
    found = {fact.key[2][1]: str(fact.value) for fact in interpret_document(document_of(own), LABELS).facts if fact.table == "pool_stats"}
    assert found == {"loan_count": "2871", "wa_rate_pct": "4.92"}
    for other in ("截至2024年12月31日，发起机构全部贷款情况如下：", "静态池情况如下：", "压力情景如下："):
        text = f"{cover}初始起算日：2025年6月1日\n{other}\n{items}"
        assert not [fact for fact in interpret_document(document_of(text), LABELS).facts if fact.table == "pool_stats"]


@pytest.mark.parametrize("name", ["优先A级资产支持证券", "1、优先A级证券"])
def test_a_report_lists_the_payments_of_a_tranche_under_its_name(name: str) -> None:
    items = ("• 期初未偿本金：49,500.00万元", "• 本期偿还本金：7,200.00万元", "• 期末未偿本金：42,300.00万元")
    found = told(read_report("四、证券偿付", name, *items, "五、其他", "• 本期偿还本金：1.00万元"), "tranche_payments")
    assert (found["优先A.opening_balance"], found["优先A.principal_paid"], found["优先A.closing_balance"]) == (
        "495000000.00", "72000000.00", "423000000.00",
    )  # fmt: skip


STATUSES = "正常贷款余额712,000.00元，占比97.40%；逾期1-30天贷款余额7,000.00元，占比0.96%；逾期31-60天贷款余额12,000.00元，占比1.64%。"


@pytest.mark.parametrize("heading", [
    "四、现金流预测", "四、压力情景", "四、静态池信息", "四、发起机构全部贷款情况", "四、禾盈2023年第一期微小企业贷款资产支持证券", "四、上一收款期间情况",
])  # fmt: skip
def test_what_stands_under_a_heading_of_another_matter_is_not_told(heading: str) -> None:
    purchase = "受托机构于2024年6月20日完成第4次循环购买，新增基础资产未偿本金132,100,000.00元。"
    found = read_report(heading, PAID, STATUSES, purchase, "优先A级资产支持证券", "• 本期偿还本金：7,200.00万元")
    assert not [fact for fact in found.facts if fact.table in ("tranche_payments", "delinquency", "revolving_purchases")]


@pytest.mark.parametrize(("after", "more"), [
    ("加权平均账龄为6.00个月。", {"wa_seasoning_years": "0.5"}),
    ("发起机构同类贷款的加权平均利率为6.10%。加权平均账龄为6.00个月。", {}),
    ("\n1、加权平均账龄为6.00个月。", {}),
])  # fmt: skip
def test_what_follows_in_the_same_paragraph_goes_on_with_day_and_pool(after: str, more: dict[str, str]) -> None:
    text = f"云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第二章 资产池\n资产池初始起算日为2025年2月1日，未偿本金余额合计118,000.00万元；加权平均年利率为5.66%。{after}"
    found = {fact.key[2][1]: str(fact.value) for fact in interpret_document(document_of(text), LABELS).facts if fact.table == "pool_stats"}
    assert found == {"principal_balance": "1180000000.00", "wa_rate_pct": "5.66", **more}


LISTED = "正常贷款余额712,000,000.00元；逾期1-30天贷款余额7,798,024.46元；逾期31-60天贷款余额1,798,024.46元。"


def test_two_lists_of_statuses_that_differ_give_none_and_are_asked() -> None:
    assert [fact.table for fact in read_report("三、逾期情况", LISTED).facts].count("delinquency") == 3
    found = read_report("三、逾期情况", LISTED, LISTED.replace("712,", "700,"))
    assert [fact.table for fact in found.facts].count("delinquency") == 0
    assert any("712,000,000.00" in problem.message for problem in found.problems)


SIZES = (
    "（一）优先A档资产支持证券：面值7.00亿元，占比70.00%，采用固定利率，预期到期日为2026年6月26日；",
    "（二）次级档资产支持证券：面值3.00亿元，占比30.00%，无票面利率，预期到期日为2027年6月26日。",
)


@pytest.mark.parametrize("word", ["面值", "规模", "发行规模", "发行金额为人民币", "资产支持证券的发行规模为"])
def test_an_announcement_tells_size_share_rate_and_last_day_of_each_tranche(word: str) -> None:
    text = "\n".join(["云帆2025年第一期微小企业贷款资产支持证券", "发行公告", *(line.replace("面值", word) for line in SIZES)])
    assert told(interpret_document(document_of(text), LABELS), "tranches") == {
        "优先A.amount": "700000000.00", "优先A.seniority": "senior", "优先A.share_pct": "70.00", "优先A.rate_type": "fixed",
        "优先A.expected_maturity": "2026-06-26", "次级.amount": "300000000.00", "次级.seniority": "subordinated",
        "次级.share_pct": "30.00", "次级.rate_type": "none", "次级.expected_maturity": "2027-06-26",
    }  # fmt: skip


def test_a_size_told_twice_with_two_figures_is_not_taken() -> None:
    text = "\n".join(["云帆2025年第一期微小企业贷款资产支持证券", "发行公告", *SIZES, "优先A档资产支持证券发行规模8.00亿元。"])
    assert "优先A.amount" not in told(interpret_document(document_of(text), LABELS), "tranches")


def test_a_rate_before_the_sale_is_not_taken_from_a_sentence() -> None:
    text = "\n".join(["云帆2025年第一期微小企业贷款资产支持证券", "发行公告", "优先A档资产支持证券：面值7.00亿元，票面利率2.10%。"])
    assert told(interpret_document(document_of(text), LABELS), "tranches") == {"优先A.amount": "700000000.00", "优先A.seniority": "senior"}


def test_of_a_correction_only_what_it_puts_in_the_place_of_the_error_is_a_payment() -> None:
    sentence = "原披露“优先B档本期支付利息211,560.00元”，现更正为“优先B档本期支付利息215,160.00元”。"
    assert told(read_report("四、收益分配", sentence), "tranche_payments")["优先B.interest_paid"] == "215160.00"


@pytest.mark.parametrize("sentence", [
    "优先B档本期支付利息211,560.00元有误，应为215,160.00元。", "原披露优先B档本期支付利息211,560.00元，现更正为215,160.00元。",
    "优先B档本期支付利息211,560.00元更正为215,160.00元。", "更正前：优先B档本期支付利息211,560.00元。",
    "更正为“优先B档本期支付利息1.00元”，又更正为“优先B档本期支付利息2.00元”。",
])  # fmt: skip
def test_a_correction_that_does_not_quote_what_holds_gives_no_payment(sentence: str) -> None:
    assert told(read_report("四、收益分配", sentence), "tranche_payments") == {}


STATISTICS = [["指标", "数据"], ["资产笔数", "146,208笔"], ["未偿本金余额", "102,550.38万元"], ["加权平均年利率", "18.62%"]]


@pytest.mark.parametrize(("caption", "taken"), [
    ("截至封包日2025年7月10日，拟入池基础资产统计特征如下：", True), ("拟证券化资产概况", True), ("拟转让的基础资产概况", True),
    ("拟循环购买的基础资产概况", False), ("拟购买资产包概况", False),
])  # fmt: skip
def test_the_assets_to_enter_the_pool_of_a_plan_are_its_pool(caption: str, taken: bool) -> None:
    text = f"云帆2025年第一期微小企业贷款资产支持专项计划\n计划说明书\n第四章 基础资产情况\n封包日：2025年7月10日\n{caption}"
    found = interpret_document(document_of(text, tables=[table_of(STATISTICS, title=caption)]), LABELS)
    assert {dict(fact.key)["metric"] for fact in found.facts if fact.table == "pool_stats"} == ({"loan_count", "principal_balance", "wa_rate_pct"} if taken else set())

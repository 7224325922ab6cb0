"""Sentences that speak of figures, names and days which are not this deal's, not this period's, or hold no more: none is taken."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.model.interpretation import Interpretation

from .reports import COVER, figures
from .reports import read as read_report
from .tables import LABELS, document_of

ISSUE = "云帆2025年第一期微小企业贷款资产支持证券"
PURCHASE = "澄江2024年第一期微小企业贷款资产证券化信托\n第七次持续购买公告\n"
A, B = "甲乙资信评估股份有限公司", "丙丁信用评级有限公司"


def facts(found: Interpretation, table: str) -> set[tuple[str, str, str]]:
    """What a table holds: the part of the key that is not the deal's, the column, the value."""
    return {("|".join(part for name, part in fact.key if name not in ("deal_id", "document_id", "period_no")), fact.column, str(fact.value)) for fact in found.facts if fact.table == table}


def announced(*lines: str, kind: str = "发行公告") -> Interpretation:
    return interpret_document(document_of(f"{ISSUE}\n{kind}", "\n".join(("第一章 证券概况", *lines))), LABELS)


def circular(sentence: str) -> Interpretation:
    return interpret_document(document_of(f"{ISSUE}\n发行说明书", f"第一章 证券概况\n初始起算日：2025年1月1日\n第二章 资产池\n{sentence}"), LABELS)


def paid(sentence: str) -> set[tuple[str, str, str]]:
    return {each for each in facts(read_report("四、兑付情况", sentence), "tranche_payments") if each[1] != "payment_date"}


def fees(sentence: str) -> set[tuple[str, str, str]]:
    return facts(read_report("五、费用", sentence), "cash_flows")


@pytest.mark.parametrize("sentence", [
    "优先A级每百元面值兑付本金10.25元，兑付利息0.35元。", "优先A级每份证券兑付本金10.25元，兑付利息0.35元。", "优先A级每张兑付利息0.35元。",
    "按每百元面值计算，优先A级兑付利息0.35元。", "优先A级单位证券兑付本金10.25元，支付利息0.35元。",
])  # fmt: skip
def test_what_one_note_was_paid_is_not_what_the_tranche_was_paid(sentence: str) -> None:
    assert paid(sentence) == set()


@pytest.mark.parametrize("sentence", [
    "优先A级自成立以来共兑付本金300,000,000.00元，兑付利息20,000,000.00元。", "优先A级累计兑付本金300,000,000.00元，支付利息20,000,000.00元。",
    "优先A级历次兑付本金300,000,000.00元，兑付利息20,000,000.00元。", "存续期内，优先A级兑付利息20,000,000.00元。",
])  # fmt: skip
def test_what_was_paid_so_far_is_not_what_was_paid_in_the_period(sentence: str) -> None:
    assert paid(sentence) == set()


def test_what_was_paid_this_time_is_read_behind_what_was_paid_so_far() -> None:
    assert paid("优先A级累计兑付本金300,000,000.00元，本次兑付利息1,000,000.00元。") == {("优先A", "interest_paid", "1000000.00")}


@pytest.mark.parametrize("sentence", [
    "优先A级兑付本金10,000,000.00元尚未支付。", "优先A级兑付本金10,000,000.00元暂缓支付。", "更正前：优先A级兑付本金10,000,000.00元。",
    "原公告优先A级兑付本金10,000,000.00元有误。", "优先A级兑付本金10,000,000.00元，应更正为11,000,000.00元。", "因工作人员误写，优先A级兑付本金10,000,000.00元应为11,000,000.00元。",
])  # fmt: skip
def test_a_payment_that_was_not_made_or_was_corrected_is_not_read(sentence: str) -> None:
    assert paid(sentence) == set()


def test_what_holds_after_a_correction_is_read() -> None:
    assert paid("更正后：优先A级兑付本金11,000,000.00元。") == {("优先A", "principal_paid", "11000000.00")}


@pytest.mark.parametrize("sentence", [
    "报告期内支付的律师费50,000.00元由发起机构承担。", "报告期内发起机构支付评级费50,000.00元。", "报告期内管理人垫付审计费50,000.00元，并支付托管费20.00元。",
    "报告期内借款人支付手续费120,000.00元。", "本期原始权益人支付律师费50,000.00元。",
    "每期支付受托报酬50,000.00元。", "每次支付兑付手续费500.00元。", "本期支付每户催收费50.00元。", "年度支付审计费50,000.00元。", "本年度支付管理费120.00万元。",
    "本期支付上期递延的服务费50,000.00元。", "本期支付上期受托报酬50,000.00元。", "本期未支付管理费120.00万元。", "报告期内暂缓支付管理费120.00万元。", "报告期内免除支付管理费120.00万元。",
    "2024年1月1日至2024年5月31日，支付管理费120.00万元。", "截至2024年5月31日共支付管理费120.00万元。", "信托成立至今支付管理费120.00万元。", "报告期内支付管理费120.00万元，更正为121.00万元。",
])  # fmt: skip
def test_a_fee_that_another_bears_that_is_of_another_time_or_that_was_not_paid_is_none_of_the_period(sentence: str) -> None:
    assert fees(sentence) == set()


@pytest.mark.parametrize("lead", ["", "其中，", "截至本报告期末，", "报告期末资产池情况：", "资产池质量良好。截至2024年5月31日，"])
def test_balances_by_status_are_those_of_the_whole_pool(lead: str) -> None:
    assert len(_statuses(lead)) == 3


@pytest.mark.parametrize("lead", ["抵押类贷款中，", "抵押贷款中，", "浙江地区：", "单笔最大：", "入池时，", "循环购买前，", "回购后，", "新增贷款中，", "2022年发放的贷款中，"])
def test_balances_by_status_of_some_of_the_loans_or_of_another_day_are_not_the_pools(lead: str) -> None:
    assert _statuses(lead) == {}


def _statuses(lead: str) -> dict[str, str]:
    listed = "正常贷款余额860,000,000.00元，逾期1-30天贷款余额8,600,000.00元，逾期31-60天贷款余额3,000,000.00元。"
    return figures(read_report("四、贷款状态", lead + listed), "delinquency")


@pytest.mark.parametrize("sentence", [
    "本年累计违约金额为6,500,000.00元。", "本年度累计违约率为0.65%。", "本季度累计违约金额为6,500,000.00元。", "抵押贷款累计违约率为0.21%。",
    "截至本收款期间末，抵押贷款累计违约金额为1,200,000.00元。", "截至本收款期间末，汽车贷款累计违约率为0.21%。", "按户数统计，累计违约率为0.65%。",
])  # fmt: skip
def test_defaults_of_a_year_of_another_kind_of_loans_or_by_number_are_not_the_pools_so_far(sentence: str) -> None:
    assert {name for name in figures(read_report(sentence)) if "default" in name} == set()


def test_the_kind_of_loans_that_a_deal_is_of_may_be_said_again() -> None:
    cover = ("澄江2024年第一期个人住房抵押贷款资产证券化信托", *COVER[1:])
    assert figures(read_report("截至本收款期间末，抵押贷款累计违约率为0.21%。", cover=cover))["cumulative_default_pct"] == "0.21"


@pytest.mark.parametrize("loans", ["信用类贷款", "逾期贷款", "展期贷款", "循环贷款", "前十大借款人贷款", "抵押贷款", "浙江省贷款"])
def test_the_number_of_some_of_the_loans_is_not_that_of_the_pool(loans: str) -> None:
    assert "loan_count" not in {metric.split("|")[-2] for metric, _, _ in facts(circular(f"截至初始起算日，入池的{loans}共计418笔。"), "pool_stats")}


def test_the_number_of_all_loans_of_the_pool_is_read() -> None:
    assert {value for _, _, value in facts(circular("截至初始起算日，入池的小微企业贷款债权共计62,418笔。"), "pool_stats")} == {"62418"}


@pytest.mark.parametrize("sentence", [
    "本系列上一期优先A档证券发行规模7.00亿元，次级档证券发行规模3.00亿元。", "前期发行的优先A档证券发行规模7.00亿元，次级档证券发行规模3.00亿元。",
    "同类产品优先A档证券发行规模7.00亿元，次级档证券发行规模3.00亿元。", "优先A档证券规模5.00亿元至7.00亿元。", "截至2025年6月30日，优先A档证券规模5.00亿元。", "更正前，优先A档证券发行规模8.00亿元。",
    "原发行方案中优先A档证券发行规模8.00亿元，次级档证券发行规模2.00亿元，现调整为优先A档证券发行规模7.00亿元。",
])  # fmt: skip
def test_sizes_of_another_issue_of_a_range_or_of_another_day_are_not_those_at_issue(sentence: str) -> None:
    assert {each for each in facts(announced(sentence), "tranches") if each[1] == "amount"} == set()


@pytest.mark.parametrize("share", ["发起机构持有占比5.00%", "信用支持占比30.00%", "认购总额14.00亿元，占比20.00%", "其中自持0.35亿元，占5.00%"])
def test_the_share_of_something_else_is_not_that_of_the_tranche(share: str) -> None:
    assert {each for each in facts(announced(f"优先A档证券发行规模7.00亿元，{share}。"), "tranches") if each[1] == "share_pct"} == set()


@pytest.mark.parametrize("rate", ["指导票面利率2.85%", "上期票面利率2.85%", "参考票面利率2.85%", "第一年票面利率2.85%"])
def test_a_rate_that_guides_or_is_of_a_time_is_no_coupon(rate: str) -> None:
    assert {each for each in facts(announced(f"优先A档证券实际发行7.00亿元，{rate}。", kind="发行结果公告"), "tranches") if each[1] == "coupon_pct"} == set()


def test_the_size_of_a_tranche_is_not_that_of_the_issue() -> None:
    found = announced("优先A档证券票面利率为2.85%，发行规模7.00亿元。", kind="发行结果公告")
    assert {each for each in facts(found, "deals") if each[1] == "total_amount"} == set()


@pytest.mark.parametrize(("sentence", "found"), [
    (f"经{A}评定，上一期优先A档证券信用等级为AAAsf。", set()), (f"压力情景下，经{A}评定的优先A档证券信用等级为AAsf。", set()),
    (f"经{A}评定，优先A档证券信用等级为AAAsf（展望稳定）。", set()),
    (f"经{A}、{B}评定，优先A档证券信用等级为AAAsf/AA+sf。", {(f"优先A|{A}", "rating", "AAAsf"), (f"优先A|{B}", "rating", "AA+sf")}),
])  # fmt: skip
def test_ratings_of_another_issue_or_under_stress_are_not_those_at_issue(sentence: str, found: set[tuple[str, str, str]]) -> None:
    assert facts(announced(sentence), "ratings") == found


@pytest.mark.parametrize("sentence", [
    "甲集团有限公司作为发起机构股东。", "甲商贸有限公司作为委托人与乙银行股份有限公司签订委托贷款合同。", "甲商贸有限公司作为委托人委托乙银行股份有限公司发放贷款。",
    "甲银行股份有限公司作为托管银行参与多单资产证券化项目，经验丰富。", "甲证券股份有限公司作为主承销商累计发行资产证券化产品120单。", "甲信托有限公司作为受托机构累计管理规模1200亿元。",
    "近三年，甲信托有限公司作为受托机构发行了50单产品。", "持有人大会决议由甲银行股份有限公司担任资金保管机构之前，资金由乙银行股份有限公司保管。",
    "由甲资信评估股份有限公司评定的发起机构主体信用等级为AA+。", "发起机构主体评级由甲资信评估股份有限公司评级。", "上期证券经甲资信评估股份有限公司评级。",
    "前期证券在中国证券登记结算有限责任公司登记。", "基金份额在中国证券登记结算有限责任公司登记。", "质押股权在中国证券登记结算有限责任公司登记。",
    "甲科技有限公司作为贷款服务机构委托的催收机构。", "甲科技有限公司作为资产服务机构下属公司。", "甲信托有限公司作为底层信托的受托人。", "由甲信托有限公司作为受托人设立的底层资金信托。",
    "资金保管机构原由甲银行股份有限公司担任。", "受托机构由具备资格的信托有限公司担任。",
])  # fmt: skip
def test_a_company_that_has_a_role_elsewhere_or_none_is_no_party(sentence: str) -> None:
    assert facts(announced(sentence), "parties") == set()


@pytest.mark.parametrize("sentence", [
    "本次持续购买完成后，入池资产未偿本金余额1,020,000,000.00元。", "本次持续购买前，入池资产未偿本金余额920,000,000.00元。", "本次购买后资产池未偿本金余额1,020,000,000.00元。",
])  # fmt: skip
def test_the_pool_before_or_after_a_purchase_is_not_what_was_bought(sentence: str) -> None:
    found = interpret_document(document_of(PURCHASE + sentence), LABELS)
    assert {each for each in facts(found, "revolving_purchases") if each[1] == "purchase_amount"} == set()


@pytest.mark.parametrize(("sentence", "day"), [
    ("首个还本付息日为2024年2月26日。", None), ("原收益发放日为2024年6月25日。", None), ("原定本次支付日2024年6月25日。", None),
    ("淮安2023年第二期还本付息日为2024年2月26日。", None), ("本期还本付息日为2024年6月26日。", "2024-06-26"),
    ("澄江2024年第一期还本付息日为2024年6月26日。", "2024-06-26"),
])  # fmt: skip
def test_the_payment_day_of_another_deal_or_of_another_time_is_not_that_of_the_report(sentence: str, day: str | None) -> None:
    cover = "澄江2024年第一期微小企业贷款资产证券化信托\n受托机构报告\n2024年度第4期（总第4期）\n报告日期：2024年6月21日"
    found = interpret_document(document_of(cover, f"一、日期\n{sentence}"), LABELS).profile.payment_date
    assert (found.isoformat() if found else None) == day


@pytest.mark.parametrize("sentence", ["云帆2024年第一期的首次支付日为2024年7月26日。", "备选资产池基准日为2024年12月31日。", "原定信托成立日为2025年5月6日。"])
def test_a_day_of_another_deal_or_of_another_pool_is_none_of_the_deal(sentence: str) -> None:
    assert {each for each in facts(announced(sentence), "deals") if each[1] in ("cutoff_date", "closing_date", "first_payment_date")} == set()

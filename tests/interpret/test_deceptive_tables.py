"""Tables of figures, names and days that are not this deal's, not this period's or not the whole pool's: they are asked about or left, never taken."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.model.interpretation import Interpretation

from .reports import asked_words, figures
from .reports import read as read_report
from .tables import LABELS, document_of, table_of

ISSUE = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书"
PAID = [["证券", "期初余额（元）", "兑付本金（元）", "兑付利息（元）", "期末余额（元）"], ["优先A级", "1,000,000,000.00", "477,500,000.00", "23,500,000.00", "522,500,000.00"], ["优先B级", "200,000,000.00", "0.00", "9,900,000.00", "200,000,000.00"]]
FEES = [["项目", "金额（元）"], ["受托报酬", "200,000.00"], ["保管费", "100,000.00"], ["合计", "300,000.00"]]
POOL = [["指标", "数值"], ["未偿本金余额（万元）", "150,000.00"], ["贷款笔数", "3,200"], ["加权平均利率", "6.20%"]]
STATUS = [["状态", "笔数", "余额（元）", "余额占比"], ["正常", "2,000", "900,000,000.00", "99.00%"], ["逾期1-30天", "20", "6,000,000.00", "0.66%"], ["逾期31-60天", "12", "3,000,000.00", "0.34%"]]
PARTIES = [["角色", "机构名称"], ["受托机构", "甲信托有限公司"], ["资金保管机构", "乙银行股份有限公司"]]
ISSUED = [["证券", "发行金额（万元）", "票面利率"], ["优先A档", "70,000.00", "2.85%"], ["次级档", "30,000.00", "-"]]


def paper(rows: Sequence[Sequence[str]], *, section: str = "", title: str = "") -> Interpretation:
    """A circular with one table under a heading or a caption."""
    lines = f"第一章 证券概况\n初始起算日：2025年1月1日\n{section or '第二章 概况'}"
    return interpret_document(document_of(ISSUE, lines, tables=[table_of(rows, page=2, section=[section] if section else [], title=title)]), LABELS)


def tables(found: Interpretation) -> set[str]:
    return {fact.table for fact in found.facts} - {"deals"}


def parties(found: Interpretation) -> set[tuple[str, str]]:
    return {(dict(fact.key)["role"], str(fact.value)) for fact in found.facts if fact.table == "parties"}


@pytest.mark.parametrize("heading", ["四、证券累计兑付情况", "四、成立以来证券兑付情况", "四、设立以来累计分配情况"])
def test_payments_so_far_are_not_those_of_the_period(heading: str) -> None:
    found = read_report(heading, PAID)
    assert not figures(found, "tranche_payments")
    assert "tranche_payments" not in {fact.table for fact in found.facts}
    assert asked_words(found) == [heading]


def test_payments_of_the_period_are_read_under_a_plain_heading() -> None:
    assert "tranche_payments" in {fact.table for fact in read_report("四、证券兑付情况", PAID).facts}


@pytest.mark.parametrize("heading", ["四、累计税费支出", "四、发起机构承担的费用", "四、原始权益人支付的税费"])
def test_fees_so_far_and_those_that_others_bear_are_not_the_periods(heading: str) -> None:
    found = read_report(heading, FEES)
    assert "cash_flows" not in {fact.table for fact in found.facts}
    assert heading in asked_words(found)


@pytest.mark.parametrize("caption", ["其中抵押类贷款的状态如下：", "信用类贷款状态"])
def test_statuses_of_loans_of_one_sort_are_not_the_pools(caption: str) -> None:
    assert figures(read_report("四、资产状态", caption, STATUS), "delinquency") == {}


def test_a_column_of_loans_of_one_sort_is_not_the_pools() -> None:
    rows = [["指标", "全部贷款", "抵押类贷款"], ["未偿本金余额（万元）", "120,000.00", "20,000.00"], ["贷款笔数", "3,200", "320"]]
    assert "320" not in {str(fact.value) for fact in paper(rows, section="第二章 资产池概况").facts}


@pytest.mark.parametrize("heading", ["第二章 备选资产池", "第二章 备选池统计特征", "第二章 发起机构基本情况", "第二章 原始权益人概况"])
def test_loans_that_may_come_and_those_of_the_originator_are_not_the_pools(heading: str) -> None:
    assert "pool_stats" not in tables(paper(POOL, section=heading))


@pytest.mark.parametrize("heading", ["逾期贷款分布", "逾期贷款地区分布", "不良贷款行业分布"])
def test_a_distribution_of_some_of_the_loans_is_asked_about(heading: str) -> None:
    rows = [["地区", "笔数", "占比", "未偿本金余额（万元）"], ["浙江", "20", "50.00%", "200.00"], ["江苏", "12", "30.00%", "150.00"], ["福建", "8", "20.00%", "80.00"]]
    assert "pool_distributions" not in tables(paper(rows, title=heading))


def test_a_distribution_of_all_loans_is_read() -> None:
    rows = [["地区", "笔数", "占比", "未偿本金余额（万元）"], ["浙江", "20", "50.00%", "200.00"], ["江苏", "12", "30.00%", "150.00"], ["福建", "8", "20.00%", "80.00"]]
    assert "pool_distributions" in tables(paper(rows, title="贷款地区分布"))


@pytest.mark.parametrize("heading", ["第二章 前期发行情况", "第二章 历史发行情况", "第二章 上一期证券发行情况"])
def test_the_tranches_of_an_earlier_issue_are_not_those_at_issue(heading: str) -> None:
    assert "tranches" not in tables(paper(ISSUED, section=heading))


def test_the_tranches_at_issue_are_read() -> None:
    assert "tranches" in tables(paper(ISSUED, section="第二章 发行情况"))


@pytest.mark.parametrize("former", ["原机构", "变更前", "更换前机构"])
def test_of_a_party_that_was_changed_the_present_one_is_taken(former: str) -> None:
    rows = [["角色", former, "现机构"], ["受托机构", "甲信托有限公司", "乙信托有限公司"], ["资金保管机构", "甲银行股份有限公司", "乙银行股份有限公司"]]
    assert parties(paper(rows)) == {("trustee", "乙信托有限公司"), ("custodian", "乙银行股份有限公司")}


@pytest.mark.parametrize("head", ["股东", "第一大股东", "实际控制人", "关联方"])
def test_a_companys_owner_has_not_its_role(head: str) -> None:
    rows = [["机构", head, "持股比例"], ["受托机构", "甲集团有限公司", "51.00%"], ["发起机构", "乙投资有限公司", "21.00%"]]
    assert parties(paper(rows)) == set()


def test_the_auditor_of_a_party_is_not_that_party() -> None:
    rows = [["角色", "名称"], ["发起机构会计师", "甲会计师事务所（特殊普通合伙）"], ["发起机构第一大股东", "乙集团有限公司"]]
    assert {role for role, _ in parties(paper(rows))} & {"originator"} == set()


@pytest.mark.parametrize("heading", ["三、拟变更参与机构", "三、历任参与机构", "三、后备参与机构"])
def test_parties_to_come_and_former_ones_are_no_parties(heading: str) -> None:
    assert parties(read_report(heading, PARTIES)) == set()


def test_what_sets_off_an_event_is_its_threshold_and_not_what_warns_of_it() -> None:
    found = read_report("四、监测指标", [["指标", "预警值", "触发值"], ["累计违约率", "3.00%", "5.00%"], ["严重拖欠率", "4.00%", "6.00%"]])
    assert {str(fact.value) for fact in found.facts if fact.table == "triggers" and fact.column == "threshold"} == {"5.00", "6.00"}


@pytest.mark.parametrize("head", ["是否未发生", "是否未触发"])
def test_a_yes_to_what_did_not_occur_is_no_event(head: str) -> None:
    found = read_report("四、触发事件", [["事件", head], ["加速清偿事件", "是"], ["违约事件", "否"]])
    assert {fact for fact in found.facts if fact.table == "triggers" and fact.column == "breached"} == set()


@pytest.mark.parametrize("head", ["本年累计", "本年度累计", "年初至今"])
def test_what_was_recovered_in_the_year_is_not_what_was_recovered_so_far(head: str) -> None:
    found = figures(read_report("四、资产池表现", [["指标", "本期", head], ["新增违约金额（元）", "3,000,000.00", "13,000,000.00"], ["违约贷款回收金额（元）", "320,000.00", "1,320,000.00"]]))
    assert "1320000.00" not in found.values()
    assert found["period_default_amount"] == "3000000.00"


@pytest.mark.parametrize("label", ["首次信息披露日", "备选资产池基准日", "原定支付日"])
def test_a_day_of_another_matter_is_none_of_the_deals(label: str) -> None:
    found = interpret_document(document_of(f"{ISSUE}\n{label} 2025年4月20日"), LABELS)
    assert {fact.value for fact in found.facts if str(fact.value) == "2025-04-20"} == set()

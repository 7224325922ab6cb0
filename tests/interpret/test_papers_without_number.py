"""Papers of a period that bear no number of their own: yearly reports, notices of a payment, clearing reports."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.model.interpretation import Interpretation
from tests.interpret.reports import figures
from tests.interpret.reports import read as read_report
from tests.interpret.tables import LABELS, document_of

PLAN = "远宁租赁2023年第2期资产支持专项计划\n"


def read(*pages: str) -> Interpretation:
    return interpret_document(document_of(*pages), LABELS)


@pytest.mark.parametrize("title", [
    "2024年年度资产管理报告", "2025年半年度资产管理报告", "2025年第三季度资产管理报告", "清算报告", "2025年兑付兑息公告", "收益分配公告", "2025年8月资产服务报告",
])  # fmt: skip
def test_a_paper_of_a_kind_without_number_does_not_wait_for_one(title: str) -> None:
    found = read_report("四、资产池违约情况", "截至报告期末，累计违约率为1.56%。", cover=(PLAN.strip(), title, "报告日期：2025年4月28日"))
    assert found.profile.bears_no_number
    assert not found.profile.waits_for_number
    assert figures(found)["cumulative_default_pct"] == "1.56"


@pytest.mark.parametrize("more", [
    "本报告为总第六期报告。", "报告期数：6", "第6期兑付情况如下。", "本次为第三次分配。", "报告编号 No.6",
])  # fmt: skip
def test_a_number_that_was_not_understood_keeps_the_rows_waiting(more: str) -> None:
    assert read(f"{PLAN}2024年年度资产管理报告\n报告日期：2025年4月28日", f"重要提示\n{more}").profile.waits_for_number


def test_a_report_by_its_number_waits_where_it_prints_none() -> None:
    assert read(f"{PLAN}资产管理报告\n报告日期：2025年4月28日").profile.waits_for_number


def test_the_number_of_another_deal_is_not_that_of_the_paper() -> None:
    assert read(f"{PLAN}2024年年度资产管理报告\n原始权益人另发行了海惠2024年第六期资产支持专项计划。").profile.bears_no_number


@pytest.mark.parametrize("title", ["优先级资产支持证券2025年兑付兑息及摘牌公告", "兑付暨摘牌公告", "收益分配及终止公告"])
def test_a_notice_of_payment_and_delisting_is_one_of_payment(title: str) -> None:
    assert read(PLAN + title).profile.kind == "trustee_report"


def test_the_day_under_the_signature_is_that_of_a_report_without_a_cover() -> None:
    text = f"{PLAN}清算报告\n专项计划已于2025年4月26日终止，现将清算情况报告如下。\n特此报告。\n深圳远宁投资管理有限公司\n2025年5月30日"
    assert str(read(text).profile.report_date) == "2025-05-30"


def test_a_day_alone_on_the_last_line_that_nobody_signs_is_none_of_the_report() -> None:
    assert read(f"{PLAN}清算报告", "专项计划终止日\n2025年4月26日").profile.report_date is None


LAST = "截至信托终止日，资产池累计违约金额为人民币22,118,430.55元，累计违约率为1.05%。"


def test_a_clearing_report_speaks_of_the_end_of_the_deal() -> None:
    found = figures(read_report("四、资产池最终表现", LAST, cover=("穗盈2022年第二期微小企业贷款资产证券化信托", "清算报告", "2024年11月29日")))
    assert (found["cumulative_default_amount"], found["cumulative_default_pct"]) == ("22118430.55", "1.05")


def test_the_end_of_the_deal_is_not_the_end_of_the_period_of_any_other_report() -> None:
    assert "cumulative_default_pct" not in figures(read_report("四、资产池表现", LAST))

"""Events that sentences say did not occur, and fees that sentences say were paid."""

from __future__ import annotations

import pytest

from tests.interpret.reports import read


def events(*lines: str) -> dict[str, object]:
    return {dict(fact.key)["trigger"]: fact.value for fact in read("六、触发事件", *lines).facts if fact.table == "triggers"}


def fees(*lines: str) -> dict[str, str]:
    return {dict(fact.key)["line"]: str(fact.value) for fact in read("五、费用", *lines).facts if fact.table == "cash_flows"}


@pytest.mark.parametrize("sentence", [
    "报告期内，加速清偿事件、违约事件均未发生。", "报告期内未发生加速清偿事件，亦未触发违约事件。", "1、本收款期间内，未发生任何加速清偿事件或违约事件。",
    "截至报告期末，加速清偿事件和违约事件均未触发。", "加速清偿事件未发生；违约事件未发生。",
    "收款期间内，未发生加速清偿事件和违约事件，贷款服务机构未发生解任。", "本报告期未发生不合格基础资产赎回，亦未发生加速清偿事件、违约事件。",
])  # fmt: skip
def test_a_sentence_tells_which_events_did_not_occur(sentence: str) -> None:
    assert events(sentence) == {"加速清偿事件": False, "违约事件": False}


@pytest.mark.parametrize("sentence", [
    "若未发生加速清偿事件，则按下列顺序分配。", "未发生加速清偿事件的，收入按下列顺序分配：", "在未发生违约事件的情况下，按约定分配。",
    "上一报告期内，加速清偿事件未发生。", "报告期内，淮安2023年第二期微小企业贷款资产支持证券未发生违约事件。", "报告期内发生了加速清偿事件。",
    "未发生加速清偿事件，信托账户资金用于支付优先级本金。", "未发生违约事件：", "若贷款服务机构未发生解任，加速清偿事件未发生。", "在贷款服务机构未发生解任的情况下，未发生违约事件。", "除未发生资产赎回外，违约事件未发生。",
    "报告期内，违约事件未发生，但加速清偿事件已触发。",
])  # fmt: skip
def test_a_condition_or_another_period_tells_no_event(sentence: str) -> None:
    assert events(sentence) == {}


@pytest.mark.parametrize("sentence", [
    "报告期内，专项计划共支付管理费120.00万元、托管费24.00万元。", "本期支付管理费1,200,000.00元，支付托管费240,000.00元。", "报告期内列支管理费120万元和托管费24万元。",
])  # fmt: skip
def test_a_sentence_tells_the_fees_that_were_paid(sentence: str) -> None:
    assert {line: float(value) for line, value in fees(sentence).items()} == {"管理费": 1200000.0, "托管费": 240000.0}


@pytest.mark.parametrize("sentence", [
    "信托存续期间累计支付管理费120.00万元。", "本期应付管理费120.00万元，尚未支付。", "预计支付管理费120.00万元。", "若支付管理费120.00万元，则不足以兑付。",
    "上期支付管理费120.00万元。", "每年支付管理费120.00万元。", "本期支付费用合计120.00万元。",
    "原披露：本期支付管理费120.00万元，现更正为130.00万元。", "本期支付管理费120.00万元有误。",
])  # fmt: skip
def test_fees_that_are_due_foreseen_or_of_the_whole_time_are_not_taken(sentence: str) -> None:
    assert fees(sentence) == {}


def test_a_fee_of_which_two_sentences_differ_is_asked_with_both_places_and_the_others_are_taken() -> None:
    lines = ("本期支付管理费120.00万元、托管费24.00万元。", "本期支付管理费130.00万元。")
    assert set(fees(*lines)) == {"托管费"}
    (asked,) = [problem for problem in read(*lines).problems if problem.code == "conflict"]
    assert {candidate.value for candidate in asked.candidates} == {"1200000.00", "1300000.00"}


def test_fees_of_a_table_are_not_read_from_sentences_too() -> None:
    found = read([["费用支出", "本期（元）"], ["管理费", "1,200,000.00"]], "本期支付托管费24.00万元。")
    assert {dict(fact.key)["line"] for fact in found.facts if fact.table == "cash_flows"} == {"管理费"}

"""A paper about one deal that is of no known kind is read with the lowest rank and asked about; of rules, bonds and reviews of many
deals nothing is taken."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dealproof.interpret.read import interpret_document
from tests.interpret.tables import LABELS, document_of

NAMED = (
    "某某律师事务所\n关于臻禾2025年第一期微小企业贷款资产证券化项目的\n法律意见书",
    "甲信托有限责任公司关于鑫享2023年第六期个人消费贷款资产证券\n化信托发生加速清偿事件的公告",
    "乙证券-融微2025年第4期小额贷款资产支持专项计划\n现金流预测专项意见",
    "致持有人：\n丙租赁3期资产支持专项计划\n临时情况说明",
)
#: Papers from whose opening the name of the deal cannot be taken whole.
UNSURE = (
    "信托公告\n某某银行股份有限公司作为委托人设立杭盈2025年第二期个人经\n营性贷款资产证券化信托并签署了信托合同",
    "关于云帆2025年第一期微小企业贷款资产支持证券的\n法律意见书\n" + "某某银行曾发起云帆2024年第二期微小企业贷款资产支持证券。\n" * 2,
    "通知\n各位持有人，我公司作为受托机构管理的云帆2025年第一期微小企业贷款资产支持证券将召开会议",
)
#: Papers that are about no deal, or about many.
OTHERS = (
    "关于证券公司的年度报告\n本公司为臻禾2025年第一期微小企业贷款资产证券化信托提供服务",
    "某市城市建设投资集团有限公司\n公司债券募集说明书\n发行人曾设立云帆2025年第一期应收账款资产支持专项计划",
    "信贷资产证券化市场周报\n云帆2025年第一期微小企业贷款资产支持证券\n稻穗2025年第二期微小企业贷款资产支持证券",
    "资产支持证券信息披露管理办法\n云帆2025年第一期微小企业贷款资产支持证券",
    "食堂本周菜单",
)


@pytest.mark.parametrize("text", NAMED, ids=["opinion of lawyers", "notice of an event", "forecast", "letter"])
def test_a_paper_about_one_deal_is_read_and_asked_about(text: str) -> None:
    result = interpret_document(document_of(text), LABELS)
    assert (result.status, result.profile.kind) == ("ok", "other")
    assert [fact.column for fact in result.facts] == ["deal_name"]
    assert [(problem.code, problem.table, problem.column) for problem in result.problems] == [("low_confidence", "documents", "kind")]


@pytest.mark.parametrize("quotes", ["“”", "「」", "《》"])
def test_a_paper_whose_opening_quotes_the_name_of_its_deal_over_two_lines_is_of_that_deal(quotes: str) -> None:
    text = "信托公告\n某某银行股份有限公司作为委托人设立{}杭盈2025年第二期个人经\n营性贷款资产证券化信托{}并签署了信托合同".format(*quotes)
    found = interpret_document(document_of(text), LABELS).profile
    assert (found.kind, found.deal_id, found.market) == ("other", "杭盈2025-2", "credit_abs")


def test_an_opinion_of_lawyers_gives_sizes_and_days_of_its_deal() -> None:
    text = (
        "关于臻禾2025年第一期微小企业贷款资产证券化项目的\n法律意见书\n致：某某银行股份有限公司\n"
        "本期资产支持证券发行总规模为187,600万元，其中优先A级资产支持证券发行规模为150,000万元。\n初始起算日：2025年1月1日\n二〇二五年二月二十五日"
    )
    result = interpret_document(document_of(text), LABELS)
    stated = {(fact.table, fact.column): fact.value for fact in result.facts}
    assert result.profile.title == "臻禾2025年第一期微小企业贷款资产证券化项目的法律意见书"
    assert stated["deals", "total_amount"] == Decimal(1_876_000_000)
    assert stated["deals", "cutoff_date"] == "2025-01-01"
    assert result.profile.report_date == date(2025, 2, 25)


def test_a_paper_that_speaks_of_an_earlier_deal_beside_its_own_is_of_its_own() -> None:
    text = (
        "关于臻禾2025年第一期微小企业贷款资产证券化项目的\n法律意见书\n臻禾2025年第一期微小企业贷款资产证券化项目（以下简称本项目）由某某银行发起。\n"
        "某某银行曾发起臻禾2024年第二期微小企业贷款资产支持证券，规模20亿元。"
    )
    found = interpret_document(document_of(text), LABELS)
    assert (found.status, found.profile.deal_id) == ("ok", "臻禾2025-1")
    assert [fact.column for fact in found.facts] == ["deal_name"]


@pytest.mark.parametrize("text", UNSURE, ids=["name cut at a line", "another deal named as often", "name in a sentence"])
def test_a_paper_that_does_not_open_with_the_name_of_its_deal_is_not_left_in_silence(text: str) -> None:
    result = interpret_document(document_of(text), LABELS)
    assert (result.status, result.facts) == ("unsupported", ())
    assert [(problem.code, problem.table) for problem in result.problems] == [("missing_table", "documents")]


@pytest.mark.parametrize("text", OTHERS, ids=["yearly report", "bond", "review of many deals", "rules", "menu"])
def test_a_paper_about_no_deal_or_many_is_left_without_a_question(text: str) -> None:
    result = interpret_document(document_of(text), LABELS)
    assert (result.status, result.problems) == ("unsupported", ())

"""A paper that names one deal and is of no kind that is read is asked about; rules, bonds and reviews of many deals are not."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document
from tests.interpret.tables import LABELS, document_of

NAMED = (
    "某某律师事务所\n关于臻禾2025年第一期微小企业贷款资产证券化项目的\n法律意见书",
    "甲信托有限责任公司关于鑫享2023年第六期个人消费贷款资产证券\n化信托发生加速清偿事件的公告",
    "乙证券-融微2025年第4期小额贷款资产支持专项计划\n现金流预测专项意见",
    "致持有人：\n丙租赁3期资产支持专项计划\n临时情况说明",
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
def test_a_paper_that_names_a_deal_is_not_left_in_silence(text: str) -> None:
    result = interpret_document(document_of(text), LABELS)
    assert (result.status, result.facts) == ("unsupported", ())
    assert [(problem.code, problem.table) for problem in result.problems] == [("missing_table", "documents")]


@pytest.mark.parametrize("text", OTHERS, ids=["yearly report", "bond", "review of many deals", "rules", "menu"])
def test_a_paper_about_no_deal_or_many_is_left_without_a_question(text: str) -> None:
    result = interpret_document(document_of(text), LABELS)
    assert (result.status, result.problems) == ("unsupported", ())

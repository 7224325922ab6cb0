"""Figures and terms in sentences, which run over lines and pages."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealproof.interpret import prose
from tests.interpret.tables import document_of


def passages(*pages: str) -> list[prose.Passage]:
    return list(prose.passages(document_of(*pages).pages))


def total(*pages: str) -> list[Decimal]:
    return [item.amount for item in prose.amounts(passages(*pages)) if item.tranche is None]


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("发行总金额:2,035,364,040.11 元", "2035364040.11"),
        ("发行规模共 1,024,314.00 万元。", "10243140000"),
        ("本期发行金额 人民币10.00亿元", "1000000000"),
        ("本期资产支持证券发行规模为人民币壹佰亿元整。", "10000000000"),
        ("发行总额为人民币3,105,000,000.00元", "3105000000"),
        ("本期证券总规模为310,500.00万元", "3105000000"),
        ("专项计划目标募集规模为10亿元", "1000000000"),
    ],
)
def test_the_size_of_the_issue_is_read_in_yuan(text: str, amount: str) -> None:
    assert total(text) == [Decimal(amount)]


def test_a_size_on_its_own_line_does_not_belong_to_the_company_above() -> None:
    assert total("发起机构：甲汽车金融有限公司\n发行规模：人民币4,000,000,000元") == [Decimal(4000000000)]


def test_an_amount_broken_over_two_lines_is_one_amount() -> None:
    assert total("发行总金额:2,035,364,040.\n11 元") == [Decimal("2035364040.11")]


def test_an_amount_broken_over_two_pages_is_one_amount() -> None:
    assert total("发行总金额:2,035,364,040.", "11 元 某期证券") == [Decimal("2035364040.11")]


@pytest.mark.parametrize(
    "text",
    [
        "发行规模不超过10亿元",
        "注册总规模为50亿元",
        "发起机构累计发行规模为800亿元",
        "优先A级资产支持证券发行规模为10亿元",
        "截至报告日已发行总规模为300亿元",
        "发起机构2024年发行规模为800亿元",
    ],
)
def test_limits_and_other_issues_are_not_the_size_of_this_one(text: str) -> None:
    assert total(text) == []


def test_tranche_sizes_are_read_from_a_sentence() -> None:
    text = "其中，优先 A-1 档资产支持证券发行规模为 180,000.00 万元，次级档资产支持证券发行规模为 105,514.00 万元，发行规模共 285,514.00 万元。"
    found = {item.tranche.name: item.amount for item in prose.amounts(passages(text)) if item.tranche}
    assert found == {"优先A1": Decimal("1800000000"), "次级": Decimal("1055140000")}
    assert total(text) == [Decimal("2855140000")]


@pytest.mark.parametrize(
    "text",
    [
        "本次交易中的“资产池”将是一个静态池",
        "信托财产交付日后，“受托人”将不会购买其他资产进入本次交易“资产池”",
        "本期证券不设置持续购买期。",
        "本专项计划不涉及循环购买。",
    ],
)
def test_a_static_pool_is_declared_in_words(text: str) -> None:
    assert prose.static_pool(passages(text)) is not None


@pytest.mark.parametrize(
    "text",
    [
        "循环期届满后，受托人不再购买新的资产。",
        "本次评级采用静态池分析方法。",
        "发生加速清偿事件后不得购买新的基础资产。",
    ],
)
def test_the_end_of_purchases_does_not_make_a_pool_static(text: str) -> None:
    assert prose.static_pool(passages(text)) is None


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("自信托生效日起4个月内为持续购买期。", 4),
        ("循环购买期为专项计划设立日起12个月。", 12),
        ("本期票据循环期为12个月，摊还期为12个月。", 12),
        ("循环期为专项计划设立日起十二个月", 12),
    ],
)
def test_the_revolving_period_is_counted_in_months(text: str, months: int) -> None:
    found = prose.revolving_months(passages(text))
    assert found is not None
    assert found[0] == months


def test_the_length_of_the_amortisation_is_not_that_of_the_revolving_period() -> None:
    assert prose.revolving_months(passages("循环期届满后为摊还期，摊还期为12个月。")) is None


@pytest.mark.parametrize(
    ("text", "definition"),
    [
        ("违约贷款：指贷款的本金或利息逾期超过90日（含）的贷款", "90+"),
        ("“违约资产”系指借款人未按时足额偿付任何到期款项超过 60 日", "60+"),
        ("注：违约贷款为逾期30天以上的贷款", "30+"),
    ],
)
def test_what_default_means_is_read_from_its_definition(text: str, definition: str) -> None:
    found = prose.default_definition(passages(text))
    assert found is not None
    assert found[0] == definition


def test_the_proof_of_a_sentence_is_the_line_that_prints_it() -> None:
    item = prose.amounts(passages("某行文字\n发行规模共10.00亿元\n别的文字"))[0]
    assert item.found.text == "发行规模共10.00亿元"
    assert (item.found.page, item.found.box.top) == (1, 14.0)


@pytest.mark.parametrize("text", [
    "发起机构2024年\n发行规模为800亿元",
    "优先A级\n资产支持证券发行规模为10亿元",
    "发起机构累计\n发行规模为800亿元",
    "其中银行间市场发行规模为800亿元",
    "近年来小微贷款类产品发行规模为800亿元",
])  # fmt: skip
def test_a_size_whose_subject_stands_before_it_is_that_subjects(text: str) -> None:
    assert total(text) == []


def test_what_was_sold_of_the_whole_issue_is_its_size() -> None:
    assert total("成功发行了云帆2025年第一期微小企业贷款资产支持证券，实际发行总额120,350.00万元。") == [Decimal(1203500000)]


@pytest.mark.parametrize("text", ["优先A级计划发行总额6.55亿元，实际发行总额6.55亿元。", "其中优先级票据申购踊跃，实际发行总额6.55亿元，次级票据由发起机构自持。"])
def test_what_was_sold_of_one_tranche_is_not_the_size_of_the_issue(text: str) -> None:
    assert Decimal(655000000) not in total(text)

"""Terms of tranches that sentences and cells of words tell, in papers about an issue."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.model.interpretation import Interpretation

from .tables import LABELS, document_of, table_of

ANNOUNCED = "云帆2025年第一期微小企业贷款资产支持证券\n发行公告"
TOTAL = "1. 发行总额：人民币10.00亿元。"
A, B = "甲乙资信评估股份有限公司", "乙国际信用评级有限责任公司"


def read(*lines: str, kind: str = ANNOUNCED, rows: list[list[str]] | None = None) -> Interpretation:
    """A paper whose first page is its title; a list of terms has `rows`."""
    tables = [table_of([["要素", "内容"], *rows], page=2)] if rows else []
    return interpret_document(document_of(kind, "\n".join(("第一章 证券概况", *lines)), tables=tables), LABELS)


def tranches(found: Interpretation, column: str) -> dict[str, str]:
    return {dict(fact.key)["tranche"]: str(fact.value) for fact in found.facts if fact.table == "tranches" and fact.column == column}


def ratings(found: Interpretation) -> set[tuple[str, str, str]]:
    return {(dict(fact.key)["tranche"], dict(fact.key)["agency_id"], str(fact.value)) for fact in found.facts if fact.table == "ratings"}


@pytest.mark.parametrize("sentence", [
    "其中，优先A档7.00亿元，占比70.00%，次级档3.00亿元，占比30.00%。",
    "（1）优先A档证券发行规模7.00亿元，占70.00%；（2）次级档证券发行规模3.00亿元，占30.00%。",
    "优先A档证券面值7.00亿元，占发行总规模的比例为70.00%；次级档证券面值3.00亿元，占发行总规模的30.00%。",
])  # fmt: skip
def test_sizes_and_shares_of_several_tranches_stand_in_one_sentence(sentence: str) -> None:
    found = read(TOTAL, sentence)
    assert tranches(found, "amount") == {"优先A": "700000000.00", "次级": "300000000.00"}
    assert tranches(found, "share_pct") == {"优先A": "70.00", "次级": "30.00"}


def test_sizes_without_a_word_for_them_that_do_not_add_up_to_the_issue_are_asked() -> None:
    found = read(TOTAL, "其中，优先A档6.50亿元，次级档3.00亿元。")
    assert tranches(found, "amount") == {}
    assert [problem.column for problem in found.problems if "6.50亿元" in problem.message] == ["amount"]


def test_a_sentence_adds_terms_to_a_tranche_whose_size_a_table_states_alike() -> None:
    rows = table_of([["证券名称", "发行金额（万元）"], ["优先A档", "70,000.00"], ["次级档", "30,000.00"]], page=2)
    words = ["优先A档证券发行规模7.00亿元，占比70.00%。", "次级档证券发行规模3.50亿元，占比35.00%。"]
    found = interpret_document(document_of(ANNOUNCED, "\n".join(("第一章 证券概况", *words)), tables=[rows]), LABELS)
    assert tranches(found, "amount") == {"优先A": "700000000.00", "次级": "300000000.00"}
    assert tranches(found, "share_pct") == {"优先A": "70.00"}


@pytest.mark.parametrize("rows", [
    [["优先A级", "发行规模7.00亿元，占比70.00%"], ["次级", "发行规模3.00亿元，占比30.00%"]],
    [["发行总额及分层", "本期票据发行总额为人民币10.00亿元，分为两档：优先A级票据7.00亿元，占70.00%；次级票据3.00亿元，占30.00%。"]],
])  # fmt: skip
def test_a_list_of_terms_tells_sizes_in_words(rows: list[list[str]]) -> None:
    found = read(TOTAL, rows=[*rows, ["托管人", "甲银行股份有限公司"], ["管理人", "乙信托有限公司"]])
    assert tranches(found, "amount") == {"优先A": "700000000.00", "次级": "300000000.00"}
    assert tranches(found, "share_pct") == {"优先A": "70.00", "次级": "30.00"}


def test_a_cell_of_which_a_figure_is_not_understood_is_not_taken_in_part() -> None:
    rows = [["优先A级", "发行规模7.00亿元，信用支持30.00%"], ["次级", "发行规模3.00亿元"], ["托管人", "甲银行股份有限公司"], ["管理人", "乙信托有限公司"]]
    assert "优先A" not in tranches(read(TOTAL, rows=rows), "amount")


@pytest.mark.parametrize("sentence", [
    f"经{A}综合评定，优先A级资产支持证券的信用等级为AAAsf，优先B级资产支持证券的信用等级为AA+sf，次级不予评级。",
    f"由{A}进行信用评级。优先A级证券获得AAAsf，优先B级证券获得AA+sf。",
    f"（一）优先A级证券：面值6.00亿元，经{A}评定，信用等级为AAAsf；（二）优先B级证券：面值1.00亿元，信用等级为AA+sf。",
])  # fmt: skip
def test_a_sentence_tells_ratings_of_the_agency_that_it_or_the_document_names(sentence: str) -> None:
    assert ratings(read(sentence)) == {("优先A", A, "AAAsf"), ("优先B", A, "AA+sf")}


@pytest.mark.parametrize("sentence", [
    f"经{A}和{B}评定，优先A级证券的信用等级为AAAsf/AAAsf，优先B级证券的信用等级为AAsf/AA+sf。",
    f"经{A}与{B}综合评定，优先A级证券的信用等级均为AAAsf；优先B级证券的信用等级分别为AAsf（{A}）、AA+sf（{B}）。",
])  # fmt: skip
def test_ratings_of_two_agencies_go_with_their_agencies(sentence: str) -> None:
    assert ratings(read(sentence)) == {("优先A", A, "AAAsf"), ("优先A", B, "AAAsf"), ("优先B", A, "AAsf"), ("优先B", B, "AA+sf")}


@pytest.mark.parametrize("sentence", [
    f"经{A}和{B}评定，优先A级证券的信用等级为AAAsf。",
    "优先A级证券的信用等级为AAAsf。",
    f"由{A}进行评级。若优先A级证券的信用等级为AAsf，则触发加速清偿事件。",
    f"由{A}进行评级。优先A级证券的信用等级由AA+sf上调至AAAsf。",
    f"由{A}进行评级。优先A级证券的信用等级不低于AA+sf。",
    f"由{A}进行评级。优先A级证券的投资者应当投资AAAsf以上的产品。",
    f"由{A}进行评级。禾盈2022年第一期微小企业贷款资产支持证券优先A级证券的信用等级为AAAsf。",
    f"由{A}进行评级。优先A级证券的信用等级为AAAsf。优先A级证券的信用等级为AA+sf。",
])  # fmt: skip
def test_ratings_of_nobody_or_only_supposed_are_not_taken(sentence: str) -> None:
    assert ratings(read(sentence)) == set()


def test_a_column_of_ratings_belongs_to_the_agency_that_a_sentence_names() -> None:
    rows = table_of([["证券简称", "面值总额（元）", "评级"], ["优先A级", "700,000,000.00", "AAAsf"], ["次级", "300,000,000.00", "-"]], page=2)
    found = interpret_document(document_of(ANNOUNCED, f"一、证券概况\n本次证券由{A}进行评级。", tables=[rows]), LABELS)
    assert ratings(found) == {("优先A", A, "AAAsf")}


PARTIES = [["托管人", "甲银行股份有限公司"], ["管理人", "乙信托有限公司"]]
SIZES = "优先A档证券发行规模6.00亿元，优先B档证券发行规模1.00亿元，次级档证券发行规模3.00亿元。"


@pytest.mark.parametrize("sentence", [
    "利率：优先A档、优先B档均为固定利率，次级档无票面利率。", "优先级证券采用固定利率，次级档证券不设票面利率。",
    "优先A档和优先B档证券票面利率为固定利率；次级档不设票面利率。",
])  # fmt: skip
def test_a_sentence_tells_the_sort_of_rate_of_several_tranches(sentence: str) -> None:
    assert tranches(read(SIZES, sentence), "rate_type") == {"优先A": "fixed", "优先B": "fixed", "次级": "none"}


@pytest.mark.parametrize("sentence", ["优先A档为固定利率或浮动利率。", "若发行失败，优先A档为固定利率。", "禾盈2022年第一期微小企业贷款资产支持证券优先A档为固定利率。"])
def test_a_sort_of_rate_that_is_open_or_of_another_deal_is_not_taken(sentence: str) -> None:
    assert tranches(read(SIZES, sentence), "rate_type") == {}


def test_a_cell_lists_last_days_by_tranche() -> None:
    days = ["预期到期日", "优先A级：2026年11月26日；优先B级：2027年2月26日；次级：2027年8月26日。"]
    assert tranches(read(SIZES, rows=[days, *PARTIES]), "expected_maturity") == {"优先A": "2026-11-26", "优先B": "2027-02-26", "次级": "2027-08-26"}
    more = [days[0], days[1].replace("；次级", "，提前至2026年12月26日；次级")]
    assert tranches(read(SIZES, rows=[more, *PARTIES]), "expected_maturity") == {}


def test_a_notice_of_what_was_sold_tells_code_coupon_and_last_day_after_the_sizes() -> None:
    sizes = "其中优先A级资产支持证券募集51,000.00万元，次级资产支持证券募集9,000.00万元。"
    terms = "优先A级资产支持证券（简称“云帆12A”，代码143901）预期收益率为2.02%，预期到期日为2026年12月25日；次级资产支持证券（代码143903）不设预期收益率，预期到期日为2027年12月25日。"
    found = read(sizes, terms, kind="甲证券-云帆2025年第12期小微企业贷款资产支持专项计划\n成立公告")
    assert tranches(found, "amount") == {"优先A": "510000000.00", "次级": "90000000.00"}
    assert tranches(found, "security_code") == {"优先A": "143901", "次级": "143903"}
    assert tranches(found, "coupon_pct") == {"优先A": "2.02"}
    assert tranches(found, "expected_maturity") == {"优先A": "2026-12-25", "次级": "2027-12-25"}


def test_a_term_that_a_list_states_beside_the_tranche_is_taken_with_the_size() -> None:
    rows = [["优先A级票据", "7.00亿元，占比70.00%，固定利率，预期到期日2026年10月20日"], ["次级票据", "3.00亿元，占比30.00%，不设票面利率，预期到期日2027年10月20日"]]
    found = read(TOTAL, rows=[*rows, *PARTIES])
    assert tranches(found, "share_pct") == {"优先A": "70.00", "次级": "30.00"}
    assert tranches(found, "rate_type") == {"优先A": "fixed", "次级": "none"}
    assert tranches(found, "expected_maturity") == {"优先A": "2026-10-20", "次级": "2027-10-20"}


def test_a_rating_with_its_agency_behind_it_in_the_cell_is_that_agencys() -> None:
    rows = table_of([["证券名称", "发行金额（万元）", "票面利率", "信用评级"], ["优先级", "70,000.00", "2.05%", f"AAAsf（{A}）"], ["次级", "30,000.00", "不设票面利率", "-"]], page=2)
    found = interpret_document(document_of(ANNOUNCED, "一、证券概况", tables=[rows]), LABELS)
    assert ratings(found) == {("优先", A, "AAAsf")}
    assert tranches(found, "rate_type") == {"次级": "none"}


@pytest.mark.parametrize("sentence", [
    "假设优先A档发行规模为5.00亿元，测算如下。", "2023年第一期优先A档发行规模5.00亿元。", "历史项目优先A档发行规模5.00亿元，次级档1.00亿元。", "优先A档证券剩余规模5.00亿元，占比50.00%。",
])  # fmt: skip
def test_sizes_that_are_supposed_left_or_of_another_issue_are_not_taken(sentence: str) -> None:
    assert (tranches(read(TOTAL, sentence), "amount"), tranches(read(TOTAL, sentence), "share_pct")) == ({}, {})


@pytest.mark.parametrize(("other", "column", "said"), [
    ("本期证券中，优先A档证券发行规模7.20亿元，占比70.00%。", "amount", {"700000000.00", "720000000.00"}),
    ("优先A档证券发行规模7.00亿元，占比71.00%。", "share_pct", {"70.00", "71.00"}),
    ("优先A档资产支持证券采用浮动利率。", "rate_type", {"fixed", "floating"}),
    ("优先A档证券发行规模7.00亿元，预期到期日为2027年6月26日。", "expected_maturity", {"2026-06-26", "2027-06-26"}),
])  # fmt: skip
def test_a_term_that_two_sentences_tell_differently_is_asked_with_both_places_and_the_rest_is_taken(other: str, column: str, said: set[str]) -> None:
    first = "优先A档证券发行规模7.00亿元，占比70.00%，预期到期日为2026年6月26日，采用固定利率。"
    found = read(first, "次级档证券发行规模3.00亿元，占比30.00%。", other)
    asked = [problem for problem in found.problems if problem.code == "conflict" and problem.column == column]
    assert [{place.value for place in problem.candidates} for problem in asked] == [said]
    assert all(place.page and place.box for place in asked[0].candidates)
    assert "优先A" not in tranches(found, column)
    assert tranches(found, "share_pct")["次级"] == "30.00"


def test_what_is_said_of_a_class_gives_way_to_what_is_said_of_its_tranche() -> None:
    words = ["优先A1档证券发行规模5.00亿元，占比50.00%，采用固定利率。", "优先A2档证券发行规模2.00亿元，占比20.00%，采用浮动利率。", "优先档资产支持证券采用固定利率。"]
    found = read(*words, "次级档证券发行规模3.00亿元，占比30.00%。")
    assert tranches(found, "rate_type") == {"优先A1": "fixed", "优先A2": "floating"}
    assert not [problem for problem in found.problems if problem.code == "conflict"]


def test_a_size_that_two_sentences_print_to_different_digits_is_the_finer_one() -> None:
    found = read("优先A档证券发行规模70,012.00万元，占比70.00%。", "次级档证券发行规模3.00亿元，占比30.00%。", "优先A档证券发行规模7.00亿元，占比70%。")
    assert tranches(found, "amount")["优先A"] == "700120000.00"
    assert not [problem for problem in found.problems if problem.code == "conflict"]


def test_a_rating_that_two_sentences_tell_differently_is_asked_with_both_places() -> None:
    found = read(f"经{A}评定，优先A档证券的信用等级为AAAsf，优先B档证券的信用等级为AA+sf。", f"经{A}评定，优先B档证券的信用等级为AAsf。")
    asked = [problem for problem in found.problems if problem.code == "conflict" and problem.table == "ratings"]
    assert [{place.value for place in problem.candidates} for problem in asked] == [{"AA+sf", "AAsf"}]
    assert ratings(found) == {("优先A", A, "AAAsf")}


@pytest.mark.parametrize("sentence", [
    f"经{A}评定，优先A1级、优先A2级票据的信用等级均为AAAsf，次级票据不参与评级。",
    f"经{A}评定，优先A1级和优先A2级证券的信用等级分别为AAAsf和AAAsf。",
    f"{A}给予优先A1级、优先A2级证券的信用等级分别为AAAsf、AAAsf。",
])  # fmt: skip
def test_a_sentence_rates_several_tranches_together(sentence: str) -> None:
    assert ratings(read(sentence)) == {("优先A1", A, "AAAsf"), ("优先A2", A, "AAAsf")}


def test_ratings_told_respectively_go_with_the_tranches_in_their_order() -> None:
    found = read(f"经{A}评定，优先A级、优先B级证券的信用等级分别为AAAsf、AA+sf。")
    assert ratings(found) == {("优先A", A, "AAAsf"), ("优先B", A, "AA+sf")}


@pytest.mark.parametrize("sentence", [
    f"经{A}和{B}评定，优先A级和优先B级证券的信用等级分别为AAAsf和AA+sf。",  # of two tranches by two agencies: whose is which is not told
    f"经{A}评定，优先A级、优先B级和优先C级证券的信用等级分别为AAAsf和AA+sf。",
    f"经{A}评定，优先A级和优先B级证券的信用等级为AAAsf。",
])  # fmt: skip
def test_ratings_of_several_tranches_that_are_not_told_apart_are_given_to_none(sentence: str) -> None:
    assert ratings(read(sentence)) == set()


def test_both_agencies_rate_several_tranches_alike() -> None:
    found = read(f"经{A}和{B}评定，优先A1级及优先A2级证券的信用等级均为AAAsf/AA+sf。")
    assert ratings(found) == {(name, by, grade) for name in ("优先A1", "优先A2") for by, grade in ((A, "AAAsf"), (B, "AA+sf"))}

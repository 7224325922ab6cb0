"""Tables of tranches: amounts, shares, rates and maturities, each under the label that means it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealproof.dataset.build import build_dataset
from dealproof.interpret.context import Reading
from dealproof.interpret.kinds import tranches
from dealproof.interpret.read import interpret_document
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from dealproof.values.tranches import tranche_named
from tests.interpret.tables import LABELS, context_of, document_of, table_of, values_of

CIRCULAR = Profile(kind="offering_circular", market="credit_abs", deal_id="云帆2025-1")


def read(table: Table) -> Reading:
    context = context_of(profile=CIRCULAR)
    assert tranches.claim(table, context) > 0.3
    return tranches.read(table, context)


def amounts(reading: Reading) -> dict[str, object]:
    return {key.partition("|")[2]: value for key, value in values_of(reading.facts, "tranches", "amount").items()}


EXPECTED = {"优先A": Decimal(1505000000), "优先B": Decimal(200000000), "次级": Decimal(95000000)}


def test_the_unit_may_stand_in_the_header_the_title_the_unit_line_or_the_cell() -> None:
    rows = [["优先A档", "150,500"], ["优先B档", "20,000"], ["次级档", "9,500"]]
    header = table_of([["分层", "发行规模（万元）"], *rows])
    title = table_of([["分层", "发行规模"], *rows], title="表1 证券分层情况（万元）")
    line = table_of([["分层", "发行规模"], *rows], unit_line="单位：万元")
    cell = table_of([["分层", "发行规模"], *[[name, figure + "万元"] for name, figure in rows]])
    for table in (header, title, line, cell):
        assert amounts(read(table)) == EXPECTED


def test_two_units_for_one_amount_are_a_question() -> None:
    reading = read(table_of([["分层", "发行规模（万元）"], ["优先A档", "150,500元"], ["次级档", "9,500元"]]))
    assert "unit_unclear" in {problem.code for problem in reading.problems}


def test_an_amount_without_any_unit_is_a_question() -> None:
    reading = read(table_of([["分层", "发行规模"], ["优先A档", "150,500"], ["次级档", "9,500"]]))
    assert "unit_unclear" in {problem.code for problem in reading.problems}


def test_a_rate_type_under_the_label_of_a_coupon_is_no_coupon() -> None:
    reading = read(
        table_of(
            [["证券分层", "金额（元）", "票面利率"], ["优先A级", "100.00", "浮动利率"], ["次级", "20.00", "无票面利率"]]
        )
    )
    assert values_of(reading.facts, "tranches", "rate_type") == {
        "云帆2025-1|优先A": "floating",
        "云帆2025-1|次级": "none",
    }
    assert values_of(reading.facts, "tranches", "coupon_pct") == {}


def test_a_share_is_never_an_amount() -> None:
    reading = read(
        table_of([["分层", "发行金额（万元）", "占比"], ["优先A档", "80.00", "80.00%"], ["次级档", "20.00", "20.00%"]])
    )
    assert amounts(reading) == {"优先A": Decimal(800000), "次级": Decimal(200000)}
    assert list(values_of(reading.facts, "tranches", "share_pct").values()) == [Decimal("80.00"), Decimal("20.00")]


def test_the_total_row_is_the_size_of_the_deal_and_no_tranche() -> None:
    reading = read(
        table_of([["分层", "发行金额（万元）"], ["优先A档", "80.00"], ["次级档", "20.00"], ["合计", "100.00"]])
    )
    assert set(amounts(reading)) == {"优先A", "次级"}
    assert list(values_of(reading.facts, "deals", "total_amount").values()) == [Decimal(1000000)]


def test_a_label_broken_by_a_space_or_a_line_is_the_same_label() -> None:
    reading = read(
        table_of(
            [["分\n级", "发行金\n额（万元）", "分层比 例(%)"], ["优先 A 级", "80.00", "80"], ["次级", "20.00", "20"]]
        )
    )
    assert amounts(reading) == {"优先A": Decimal(800000), "次级": Decimal(200000)}


def test_a_transposed_table_says_the_same() -> None:
    reading = read(
        table_of(
            [
                ["证券分层", "优先A档", "优先B档", "次级档"],
                ["发行规模（万元）", "150,500", "20,000", "9,500"],
                ["法定到期日", "2030年1月26日", "2030年1月26日", "2030年1月26日"],
            ]
        )
    )
    assert amounts(reading) == EXPECTED
    assert set(values_of(reading.facts, "tranches", "legal_maturity").values()) == {"2030-01-26"}


def test_one_printed_rating_for_two_agencies_is_not_given_to_both() -> None:
    table = table_of(
        [
            ["证券分层", "发行金额（万元）", "中诚信国际评级", "中债资信评级"],
            ["优先A档", "80.00", "AAAsf", "AA+sf"],
            ["优先B档", "10.00", "AAsf", ""],
            ["次级档", "20.00", "未予评级", "未予评级"],
        ]
    )
    found = values_of(read(table).facts, "ratings", "rating")
    assert sorted(map(str, found.values())) == ["AA+sf", "AAAsf", "AAsf"]


def test_a_tracking_report_gives_the_grade_of_now_and_not_the_one_before() -> None:
    table = table_of(
        [
            ["证券名称", "发行规模（万元）", "上次评级结果（联合资信）", "本次评级结果（联合资信）"],
            ["优先A级", "80.00", "AAAsf", "AAAsf"],
            ["优先B级", "10.00", "AA+sf", "AAAsf"],
        ]
    )
    context = context_of(profile=Profile(kind="rating_tracking", market="abn", deal_id="云帆2025-1"))
    found = values_of(tranches.read(table, context).facts, "ratings", "rating")
    assert list(found.values()) == ["AAAsf", "AAAsf"]


def test_two_sizes_of_one_deal_in_one_circular_are_a_conflict() -> None:
    cover = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第一章 证券概况"
    one = table_of([["分层", "发行金额（万元）"], ["优先A档", "80,000.00"], ["次级档", "20,000.00"]])
    other = table_of([["分层", "发行金额（万元）"], ["优先A档", "90,000.00"], ["次级档", "30,000.00"]], page=2)
    read = interpret_document(document_of(cover, "第二章 证券概况", tables=(one, other)), LABELS)
    built = build_dataset([read])
    asked = [row for row in built.rows("questions") if row["kind"] in ("conflict", "alternative_sizes")]
    assert {row["key"] for row in asked} == {"云帆2025-1|优先A", "云帆2025-1|次级"}


@pytest.mark.parametrize(
    "heads", [("计划规模（万元）", "实际发行规模（万元）"), ("发行规模（万元）", "实际发行金额（万元）")]
)
def test_what_was_issued_counts_and_not_what_was_planned(heads: tuple[str, str]) -> None:
    reading = read(table_of([["分层", *heads], ["优先A档", "90.00", "80.00"], ["次级档", "30.00", "20.00"]]))
    assert amounts(reading) == {"优先A": Decimal(800000), "次级": Decimal(200000)}


def test_a_tranche_that_a_table_names_twice_is_a_question() -> None:
    rows = [["分层", "发行金额（万元）"], ["优先A档", "80.00"], ["优先A级", "70.00"], ["次级档", "20.00"]]
    asked = read(table_of(rows)).problems
    assert ("conflict", "云帆2025-1|优先A") in {(problem.code, problem.key) for problem in asked}


def test_tranches_that_miss_the_printed_total_are_a_question() -> None:
    rows = [["分层", "发行金额（万元）"], ["优先A档", "80.00"], ["次级档", "20.00"], ["合计", "110.00"]]
    assert "failed_check" in {problem.code for problem in read(table_of(rows)).problems}


BLOCK = [
    ["证券简称", "云帆07{}", "证券代码", "26331{}.SH"],
    ["发行规模", "{}万元", "规模占比", "{}%"],
    ["利率类型", "固定利率", "还本方式", "过手摊还"],
    ["预期到期日", "2027年9月15日", "信用评级", "AAAsf"],
]


def _block(letter: str, number: str, amount: str, share: str) -> list[list[str]]:
    texts = iter((letter, number, amount, share))
    return [[cell.format(next(texts)) if "{}" in cell else cell for cell in row] for row in BLOCK]


@pytest.mark.parametrize(
    "caption",
    ["（1）优先A级资产支持证券", "1、优先A级资产支持证券基本情况", "2.1 优先A档", "优先A级资产支持证券", "（一）优先A级证券发行要素",
     "◆ 优先A级证券", "● 优先A档", "※优先A级资产支持证券基本情况"],
)
def test_a_block_of_labels_and_values_speaks_of_the_tranche_in_its_caption(caption: str) -> None:
    for table in (
        table_of(_block("A", "0", "62,000.00", "88.57"), title=caption),
        table_of(_block("A", "0", "62,000.00", "88.57"), section=("二、证券概况", caption)),
        table_of([[caption, "", "", ""], *_block("A", "0", "62,000.00", "88.57")]),
    ):
        reading = read(table)
        assert amounts(reading) == {"优先A": Decimal(620000000)}
        assert values_of(reading.facts, "tranches", "share_pct") == {"云帆2025-1|优先A": Decimal("88.57")}
        assert values_of(reading.facts, "tranches", "expected_maturity") == {"云帆2025-1|优先A": "2027-09-15"}
        assert values_of(reading.facts, "tranches", "security_code") == {"云帆2025-1|优先A": "263310.SH"}
        assert values_of(reading.facts, "tranches", "rate_type") == {"云帆2025-1|优先A": "fixed"}


def test_blocks_in_one_table_begin_where_a_row_or_a_name_says_so() -> None:
    senior, junior = _block("A", "0", "62,000.00", "88.57"), _block("C", "2", "8,000.00", "11.43")
    across = read(table_of([["优先A级", "", "", ""], *senior, ["次级", "", "", ""], *junior]))
    named = read(table_of([["证券名称", "优先A级", "计息方式", "固定利率"], *senior, ["证券名称", "次级", "计息方式", "无票面利率"], *junior]))
    for reading in (across, named):
        assert amounts(reading) == {"优先A": Decimal(620000000), "次级": Decimal(80000000)}
        assert values_of(reading.facts, "tranches", "security_code")["云帆2025-1|次级"] == "263312.SH"


def test_a_block_whose_caption_and_whose_own_name_differ_is_given_to_no_tranche() -> None:
    table = table_of([["证券名称", "次级", "发行规模", "100万元"], ["预期到期日", "2027年9月15日", "还本方式", "过手"]], title="（1）优先A级资产支持证券")
    assert tranches.claim(table, context_of(profile=CIRCULAR)) == 0


@pytest.mark.parametrize(
    "names",
    [
        ("云帆07A（优先A级）", "云帆07B（优先B级）", "云帆07C（次级）"),
        ("优先A级（25云帆1A）", "优先B级（25云帆1B）", "次级（25云帆1C）"),
        ("优先A级\n263310.SH", "优先B级\n263311.SH", "次级\n263312.SH"),
        ("优先A级/25云帆1A", "优先B级/25云帆1B", "次级/25云帆1C"),
        ("云帆2025年第一期优先A档", "云帆2025年第一期优先B档", "云帆2025年第一期次级档"),
    ],
)
def test_a_short_name_beside_the_name_of_a_tranche_says_the_same(names: tuple[str, ...]) -> None:
    rows = zip(names, ("150,500", "20,000", "9,500"), strict=True)
    assert amounts(read(table_of([["证券", "发行规模（万元）"], *map(list, rows)]))) == EXPECTED


@pytest.mark.parametrize("name", ["优先A级（25云帆1B）", "优先A级（优先B级）", "次级（云帆07A）", "优先A1级/25云帆A2", "优先A级（AAAsf）"])
def test_a_name_and_a_short_name_that_differ_name_no_tranche(name: str) -> None:
    assert tranche_named(name) is None


@pytest.mark.parametrize("name", ["优先A级", "优先A档", "次级档", "次级"])
def test_the_name_of_a_tranche_is_kept_as_it_is_printed(name: str) -> None:
    reading = read(table_of([["档次", "发行金额（元）", "票面利率"], [name, "100,000,000.00", "2.5%"], ["合计", "100,000,000.00", ""]]))
    assert list(values_of(reading.facts, "tranches", "tranche_name").values()) == [name]
def test_labels_may_begin_with_the_tranche_that_they_speak_of() -> None:
    rows = [
        ["发行总额", "人民币拾亿元整（RMB1,000,000,000.00元）"],
        ["优先A级发行规模", "人民币捌亿贰仟万元整（820,000,000.00元）"], ["次级发行规模", "人民币壹亿捌仟万元整（180,000,000.00元）"],
        ["优先A级预期到期日", "2026年9月20日"], ["次级预期到期日", "2027年3月20日"],
        ["信用等级", "优先A级AAAsf，次级未予评级（评级机构：甲资信评估股份有限公司）"],
    ]  # fmt: skip
    context = context_of()
    table = table_of(rows, title="发行条款")
    assert tranches.claim(table, context) > 0.3
    facts = tranches.read(table, context).facts
    assert values_of(facts, "tranches", "amount") == {"云帆2025-1|优先A": Decimal(820000000), "云帆2025-1|次级": Decimal(180000000)}
    assert values_of(facts, "tranches", "expected_maturity") == {"云帆2025-1|优先A": "2026-09-20", "云帆2025-1|次级": "2027-03-20"}
    assert [(fact.key[2][1], fact.value) for fact in facts if fact.table == "ratings"] == [("甲资信评估股份有限公司", "AAAsf")]


def test_words_and_digits_of_an_amount_that_differ_are_asked() -> None:
    rows = [["优先A级发行规模", "人民币捌亿贰仟万元整（280,000,000.00元）"], ["次级发行规模", "人民币壹亿捌仟万元整（180,000,000.00元）"]]
    reading = tranches.read(table_of(rows), context_of())
    assert list(values_of(reading.facts, "tranches", "amount")) == ["云帆2025-1|次级"]
    assert [problem.code for problem in reading.problems] == ["low_confidence"]


def test_shares_of_what_is_left_are_no_shares_of_the_issue() -> None:
    rows = [["证券", "期末余额（万元）", "占比", "信用等级"], ["优先A级", "33,120.00", "60.24%", "AAAsf"], ["次级", "21,850.00", "39.76%", "NR"]]
    assert values_of(tranches.read(table_of(rows), context_of()).facts, "tranches", "share_pct") == {}


@pytest.mark.parametrize("across", [["优先A级资产支持证券", "", "", ""], ["优先A级资产支持证券"] * 4])
def test_a_row_that_names_a_tranche_names_what_stands_below_it_and_nothing_above(across: list[str]) -> None:
    rows = [across, ["发行规模（元）", "420", "规模占比", "70%"], ["发行利率", "3.2%", "预期到期日", "2026/10/15"],
            ["次级资产支持证券", "次级资产支持证券", "", ""], ["发行规模（元）", "180", "规模占比", "30%"], ["发行利率", "-", "预期到期日", "2027/4/13"]]  # fmt: skip
    reading = read(table_of(rows))
    assert amounts(reading) == {"优先A": Decimal(420), "次级": Decimal(180)}
    assert set(values_of(reading.facts, "tranches", "share_pct").values()) == {Decimal(70), Decimal(30)}


@pytest.mark.parametrize("head", ["级别", "证券级别"])
def test_a_column_called_level_that_holds_ratings_is_one_of_ratings(head: str) -> None:
    rows = table_of([["证券", "金额（亿元）", head], ["优先A档", "14.80", "AAAsf"], ["优先B档", "1.30", "AA+sf"], ["次级档", "2.40", "NR"]])
    found = interpret_document(document_of("云帆2025年第一期微小企业贷款资产支持证券\n信用评级报告\n甲乙资信评估股份有限公司", tables=[rows]), LABELS)
    assert {(dict(fact.key)["tranche"], fact.value) for fact in found.facts if fact.table == "ratings"} == {("优先A", "AAAsf"), ("优先B", "AA+sf")}


def test_a_column_called_level_that_names_tranches_is_that_of_names() -> None:
    assert amounts(read(table_of([["级别", "金额（万元）", "占比"], ["优先A", "80.00", "80.00%"], ["次级", "20.00", "20.00%"]]))) == {
        "优先A": Decimal(800000), "次级": Decimal(200000),
    }  # fmt: skip


def test_a_row_of_levels_names_the_tranche_whose_short_name_does_not() -> None:
    rows = [["证券名称", "25云帆1优先A", "25云帆1优先B", "25云帆1C"], ["证券分层", "优先A档", "优先B档", "次级档"], ["实际发行额（万元）", "10.00", "2.00", "3.00"], ["发行利率（%）", "1.95", "2.18", "-"]]
    assert amounts(read(table_of(rows))) == {"优先A": Decimal(100000), "优先B": Decimal(20000), "次级": Decimal(30000)}


def test_a_row_of_levels_against_the_short_names_does_not_name_the_tranches() -> None:
    rows = [["证券名称", "25云帆1优先A", "25云帆1优先B", "25云帆1C"], ["证券分层", "优先B档", "优先A档", "次级档"], ["实际发行额（万元）", "10.00", "2.00", "3.00"], ["发行利率（%）", "1.95", "2.18", "-"]]
    assert amounts(read(table_of(rows))) == {"优先A": Decimal(100000), "优先B": Decimal(20000)}

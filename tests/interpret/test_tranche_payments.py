"""Payments on the tranches: amounts of this period, in whichever layout they stand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealproof.interpret.context import Reading
from dealproof.interpret.kinds import tranche_payments
from dealproof.model.table import Table
from tests.interpret.reports import read as read_report
from tests.interpret.tables import context_of, table_of, values_of

PERIODS = [
    ("上期", "本期"), ("前期", "本期"), ("前一期", "本期"), ("上月", "本月"), ("上季度", "本季度"), ("上收款期间", "本收款期间"),
    ("上个计息期", "本计息期"), ("上年同期", "本期"), ("预测", "实际"), ("Previous", "Current"),
]  # fmt: skip


def read(table: Table) -> Reading:
    context = context_of()
    assert tranche_payments.claim(table, context) > 0.3
    return tranche_payments.read(table, context)


def column(reading: Reading, name: str) -> dict[str, object]:
    return {key.split("|")[1]: value for key, value in values_of(reading.facts, "tranche_payments", name).items()}


@pytest.mark.parametrize(("other", "own"), PERIODS)
def test_payments_of_another_period_are_never_taken_for_this_ones(other: str, own: str) -> None:
    inner = ["证券", "兑付本金（元）", "兑付利息（元）", "兑付本金（元）", "兑付利息（元）"]
    rows = [["优先A档", "1", "2", "3", "4"], ["次级档", "5", "6", "7", "8"]]
    later = read(table_of([["证券", other, other, own, own], inner, *rows]))
    assert column(later, "principal_paid") == {"优先A": Decimal(3), "次级": Decimal(7)}
    assert column(later, "interest_paid") == {"优先A": Decimal(4), "次级": Decimal(8)}
    first = read(table_of([["证券", own, own, other, other], inner, *rows]))
    assert column(first, "principal_paid") == {"优先A": Decimal(1), "次级": Decimal(5)}
    assert later.problems == first.problems == ()


@pytest.mark.parametrize(("other", "own"), PERIODS)
def test_in_the_block_of_a_tranche_too_only_this_period_counts(other: str, own: str) -> None:
    rows = [["兑付本金（元）", "1", "2"], ["兑付利息（元）", "3", "4"], ["期末余额（元）", "5", "6"]]
    reading = read(table_of([["项目", other, own], *rows], title="优先A档"))
    values = [column(reading, name)["优先A"] for name in ("principal_paid", "interest_paid", "closing_balance")]
    assert values == [Decimal(2), Decimal(4), Decimal(6)]
    assert reading.problems == ()


def test_of_columns_that_name_no_period_the_first_is_taken_and_asked() -> None:
    rows = [["兑付本金（元）", "1", "2"], ["兑付利息（元）", "3", "4"]]
    block = read(table_of([["项目", "甲", "乙"], *rows], title="优先A档"))
    assert column(block, "principal_paid") == {"优先A": Decimal(1)}
    assert {problem.code for problem in block.problems} == {"low_confidence"}
    inner = ["证券", "兑付本金（元）", "兑付利息（元）", "兑付本金（元）", "兑付利息（元）"]
    wide = read(table_of([["证券", "甲", "甲", "乙", "乙"], inner, ["优先A档", "1", "2", "3", "4"]]))
    assert column(wide, "principal_paid") == {"优先A": Decimal(1)}
    assert {problem.column for problem in wide.problems} == {"principal_paid", "interest_paid"}


def test_the_total_of_all_tranches_is_no_tranche() -> None:
    table = [
        ["证券", "兑付本金（元）", "兑付利息（元）"],
        ["优先A档", "1", "2"],
        ["次级档", "5", "6"],
        ["合计", "6", "8"],
    ]
    assert set(column(read(table_of(table)), "principal_paid")) == {"优先A", "次级"}


def test_opening_and_closing_balance_are_not_exchanged() -> None:
    table = [["证券", "期初余额（元）", "兑付本金（元）", "期末余额（元）"], ["优先A档", "100", "30", "70"]]
    reading = read(table_of(table))
    values = [column(reading, name)["优先A"] for name in ("opening_balance", "principal_paid", "closing_balance")]
    assert values == [Decimal(100), Decimal(30), Decimal(70)]


def test_payments_of_the_period_before_alone_are_none_of_this_one() -> None:
    inner = ["证券", "兑付本金（元）", "兑付利息（元）"]
    reading = tranche_payments.read(table_of([["证券", "上期", "上期"], inner, ["优先A档", "1", "2"]]), context_of())
    assert column(reading, "principal_paid") == {}


def test_amounts_per_hundred_of_face_value_in_a_block_are_no_payment() -> None:
    rows = [["每百元面额兑付本金（元）", "10.00"], ["兑付本金（元）", "1000"], ["兑付利息（元）", "20"]]
    assert column(read(table_of(rows, title="优先A档")), "principal_paid") == {"优先A": Decimal(1000)}


@pytest.mark.parametrize("note", ["注：上表金额单位均为万元。", "注：金额均以万元列示", "注：以上金额以人民币万元为单位"])
def test_a_note_below_gives_the_unit_that_no_header_names(note: str) -> None:
    rows = [["证券档次", "期初本金余额", "本期兑付本金", "期末本金余额"], ["优先A级", "77,952.00", "3,248.00", "74,704.00"]]
    reading = tranche_payments.read(table_of(rows, notes=(note,)), context_of())
    assert {fact.value for fact in reading.facts if fact.column == "closing_balance"} == {Decimal("747040000.00")}
    assert not [item for item in reading.problems if item.code == "unit_unclear"]


def test_of_the_columns_of_a_tranche_the_one_per_hundred_is_left_aside() -> None:
    rows = [
        ["", "优先A级", "优先A级", "次级", "次级"], ["", "总额（元）", "每百元", "总额（元）", "每百元"],
        ["兑付前本金", "975,000.00", "75.0000", "250,000.00", "100.0000"], ["兑付本金", "78,000.00", "6.0000", "0.00", "0.0000"],
        ["兑付后本金", "897,000.00", "69.0000", "250,000.00", "100.0000"],
    ]  # fmt: skip
    context = context_of()
    table = table_of(rows, title="证券兑付", unit_line="单位：元")
    assert tranche_payments.claim(table, context) > 0.3
    facts = tranche_payments.read(table, context).facts
    found = values_of(facts, "tranche_payments", "principal_paid")
    assert {key.split("|")[1]: str(value) for key, value in found.items()} == {"优先A": "78000.00", "次级": "0.00"}


def test_tranches_side_by_side_are_no_block_of_the_first() -> None:
    rows = [
        ["证券名称", "优先A-2档", "次级档"], ["证券代码", "2389442", "2389444"], ["本期兑付前余额（元）", "88.00", "210.00"],
        ["本期兑付本金（元）", "44.00", "0.00"], ["本期兑付后余额（元）", "44.00", "210.00"],
    ]  # fmt: skip
    reading = tranche_payments.read(table_of(rows), context_of())
    assert [str(value) for value in values_of(reading.facts, "tranche_payments", "closing_balance").values()] == ["44.00", "210.00"]
    assert reading.problems == ()


@pytest.mark.parametrize(("header", "is_issued"), [("发行规模（元）", True), ("初始本金（元）", True), ("规模（元）", False), ("期末规模（元）", False)])
def test_only_a_header_that_says_so_gives_the_size_at_issue_beside_payments(header: str, is_issued: bool) -> None:
    rows = [["证券", header, "本期兑付本金（元）", "期末本金余额（元）"], ["优先A级", "500", "10", "400"], ["次级", "100", "0", "100"]]
    assert bool(values_of(read(table_of(rows)).facts, "tranches", "amount")) is is_issued


@pytest.mark.parametrize("head", ["本期偿付金额", "本次兑付金额", "支付额", "报告期内分配金额"])
def test_an_amount_that_lowers_the_balance_in_every_row_is_principal(head: str) -> None:
    heads = ["档次", "期初余额（元）", head, "期末余额（元）"]
    reading = read(table_of([heads, ["优先A档", "800.00", "250.00", "550.00"], ["次级档", "100.00", "0.00", "100.00"]], title="本金（元）"))
    assert column(reading, "principal_paid") == {"优先A": Decimal("250.00"), "次级": Decimal("0.00")}


@pytest.mark.parametrize("rows", [
    [["优先A档", "800.00", "250.00", "560.00"], ["次级档", "100.00", "0.00", "100.00"]], [["优先A档", "800.00", "0.00", "800.00"], ["次级档", "100.00", "0.00", "100.00"]],
])  # fmt: skip
def test_an_amount_that_the_balances_do_not_prove_is_not_principal(rows: list[list[str]]) -> None:
    reading = read(table_of([["档次", "期初余额（元）", "本期偿付金额", "期末余额（元）"], *rows], title="证券兑付"))
    assert column(reading, "principal_paid") == {}


def test_a_table_of_nothing_but_interest_is_one_of_payments_and_what_was_due_is_left() -> None:
    rows = [["优先A档", "2.15%", "28", "1,429,750.00", "1,429,700.00", "50.00"], ["次级档", "—", "28", "0.00", "0.00", "0.00"]]
    reading = read(table_of([["档次", "年利率", "计息天数", "本期应付利息", "本期实付利息", "欠付利息"], *rows], title="2.2利息（元）", unit_line="单位：元"))
    assert column(reading, "interest_paid") == {"优先A": Decimal("1429700.00"), "次级": Decimal("0.00")}


def test_payments_below_the_sizes_of_tranches_that_stand_side_by_side_are_read_too() -> None:
    rows = [["票据名称", "优先A级", "优先B级"], ["票据代码", "082480112", "082480113"], ["发行总额（万元）", "45,000.00", "3,000.00"], ["票面利率", "2.48%", "3.05%"],
            ["预期到期日", "2025年5月21日", "2025年5月21日"], ["本次兑付本金（万元）", "45,000.00", "3,000.00"], ["本次兑付后余额（万元）", "0.00", "0.00"]]  # fmt: skip
    found = read_report("一、本期票据基本情况", rows)
    assert {fact.key[1][1]: str(fact.value) for fact in found.facts if fact.column == "principal_paid"} == {"优先A": "450000000.00", "优先B": "30000000.00"}
    assert {fact.key[1][1]: str(fact.value) for fact in found.facts if fact.column == "amount" and fact.table == "tranches"} == {"优先A": "450000000.00", "优先B": "30000000.00"}


@pytest.mark.parametrize("unit", ["每份分配金额（元）", "每张分配金额（元）", "每百元分配金额（元）", "单位分配金额（元/份）"])
def test_amounts_per_security_beside_the_totals_are_never_taken(unit: str) -> None:
    rows = [["证券", unit, unit, "分配总额（元）", "分配总额（元）", "分配后本金余额（元）"], ["证券", "本金", "收益", "本金", "收益", "分配后本金余额（元）"],
            ["优先A级", "20.00", "1.2400", "124,000,000.00", "7,688,000.00", "496,000,000.00"], ["次级", "0.00", "0.0000", "0.00", "0.00", "50,000,000.00"]]  # fmt: skip
    reading = read_report("二、分配方案", rows)
    found = {(fact.key[1][1], fact.column): str(fact.value) for fact in reading.facts if fact.table == "tranche_payments"}
    assert not {"20.00", "1.2400"} & set(found.values())
    assert found.get(("优先A", "principal_paid"), "124000000.00") == "124000000.00"
    assert found[("优先A", "closing_balance")] == "496000000.00"


@pytest.mark.parametrize(("before", "after"), [("兑付前", "兑付后"), ("本次分配前", "本次分配后"), ("偿付前（元）", "偿付后（元）"), ("报告期初", "报告期末")])
def test_what_stood_before_and_after_a_payment_are_balances_where_they_differ_by_it(before: str, after: str) -> None:
    rows = [["优先A级", "300,000,000.00", "60,000,000.00", "1,875,000.00", "240,000,000.00"], ["次级", "95,000,000.00", "0.00", "0.00", "95,000,000.00"]]
    reading = read(table_of([["级别", before, "兑付本金（元）", "兑付利息（元）", after], *rows], title="证券兑付情况", unit_line="单位：元"))
    assert column(reading, "opening_balance") == {"优先A": Decimal("300000000.00"), "次级": Decimal("95000000.00")}
    assert column(reading, "closing_balance") == {"优先A": Decimal("240000000.00"), "次级": Decimal("95000000.00")}


PER_UNIT = [["优先A级", "100.00", "20.00", "1.24", "80.00"], ["次级", "100.00", "0.00", "0.00", "100.00"]]
WHOLE = [["优先A级", "300,000,000.00", "60,000,000.00", "1,875,000.00", "240,000,000.00"], ["次级", "95,000,000.00", "0.00", "0.00", "95,000,000.00"]]


@pytest.mark.parametrize(("title", "heads", "rows"), [
    ("证券兑付情况", ["级别", "兑付前", "兑付本金", "兑付利息", "兑付后"], PER_UNIT),
    ("每份证券的分配", ["级别", "分配前", "分配本金（元）", "分配收益（元）", "分配后"], WHOLE),
    ("证券兑付情况", ["级别", "兑付前（元/百元）", "兑付本金", "兑付利息", "兑付后（元/百元）"], WHOLE),
    ("证券兑付情况（元/张）", ["级别", "兑付前", "兑付本金（元）", "兑付利息（元）", "兑付后"], WHOLE),
    ("单位面值变动", ["级别", "兑付前", "兑付本金（元）", "兑付利息（元）", "兑付后"], WHOLE),
    ("证券兑付情况", ["级别", "兑付前", "兑付本金（元）", "兑付利息（元）", "兑付后"], [[*WHOLE[0][:4], "250,000,000.00"], WHOLE[1]]),
])  # fmt: skip
def test_what_may_be_per_unit_of_face_value_or_is_not_proven_is_no_balance(title: str, heads: list[str], rows: list[list[str]]) -> None:
    context = context_of()
    reading = tranche_payments.read(table_of([heads, *rows], title=title, unit_line="单位：元"), context)
    assert column(reading, "opening_balance") == column(reading, "closing_balance") == {}


@pytest.mark.parametrize(("paid", "principal"), [("本金", {"优先A": Decimal("0.00"), "次级": Decimal("0.00")}), ("本期偿付金额", {})])
def test_where_nothing_of_the_principal_was_paid_only_a_column_that_says_principal_is_proven_by_the_balances(
    paid: str, principal: dict[str, Decimal]
) -> None:
    rows = [["优先A级", "300,000,000.00", "0.00", "1,875,000.00", "300,000,000.00"], ["次级", "95,000,000.00", "0.00", "0.00", "95,000,000.00"]]
    reading = read(table_of([["级别", "兑付前余额", paid, "利息", "兑付后余额"], *rows], title="证券兑付情况", unit_line="单位：元"))
    assert column(reading, "principal_paid") == principal

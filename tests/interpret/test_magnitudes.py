"""Figures that cannot be as large as they read: asked at the cell, and held back until a person has chosen."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pytest

from dealproof.interpret.read import interpret_document
from dealproof.model.evidence import Fact, Problem
from dealproof.model.interpretation import Interpretation

from .tables import LABELS, document_of, table_of

CIRCULAR = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书"
REPORT = (
    "云帆2025年第一期微小企业贷款资产证券化信托\n受托机构报告\n2025年度第4期（总第4期）\n收款期间 2025年5月1日至2025年5月31日\n"
    "本次支付日 2025年6月26日\n初始起算日 2025年1月1日"
)


def read_pages(cover: str, rows: Sequence[Sequence[str]], unit_line: str = "") -> Interpretation:
    return interpret_document(document_of(cover, "资产池情况", tables=(table_of(rows, unit_line=unit_line, page=2),)), LABELS)


def facts_of(read: Interpretation, table: str, kind: str) -> list[Fact]:
    """The facts of a column or metric, in the order of printing."""
    return [fact for fact in read.facts if fact.table == table and kind in (fact.column, dict(fact.key).get("metric"))]


def asked(read: Interpretation, table: str, kind: str) -> list[Problem]:
    return [
        item for item in read.problems
        if item.table == table and (item.column == kind or kind in item.key.split("|")) and item.code in ("unit_unclear", "low_confidence")
    ]  # fmt: skip


def values(read: Interpretation, table: str, kind: str) -> list[Decimal]:
    return [fact.value for fact in facts_of(read, table, kind) if isinstance(fact.value, Decimal)]


def performance(*rows: tuple[str, str]) -> Interpretation:
    return read_pages(REPORT, [("指标", "数值"), *rows])


BASE = ("初始资产池未偿本金余额（元）", "1,000,000,000.00")
DEFAULTED = ("累计违约金额（元）", "12,300,000.00")


@pytest.mark.parametrize("printed", ["0.0123", "0.01230", ".0123"])
def test_a_default_rate_that_is_its_amount_in_the_pool_is_the_fraction_that_arithmetic_shows(printed: str) -> None:
    read = performance(BASE, DEFAULTED, ("累计违约率", printed))
    assert values(read, "performance", "cumulative_default_pct") == [Decimal("1.23")]
    (fact,) = facts_of(read, "performance", "cumulative_default_pct")
    assert fact.origin == "derived"
    assert "fraction" in fact.derivation
    assert asked(read, "performance", "cumulative_default_pct") == []


def test_a_default_rate_without_a_sign_that_arithmetic_shows_to_be_a_percentage_is_no_question() -> None:
    read = performance(BASE, ("累计违约金额（元）", "3,700,000.00"), ("累计违约率", "0.37"))
    assert values(read, "performance", "cumulative_default_pct") == [Decimal("0.37")]
    assert asked(read, "performance", "cumulative_default_pct") == []


@pytest.mark.parametrize("rows", [(), (BASE,), (DEFAULTED,), (BASE, ("累计违约金额（元）", "77,000,000.00"))])
def test_a_rate_that_looks_like_a_fraction_waits_where_nothing_tells_its_scale(rows: tuple[tuple[str, str], ...]) -> None:
    read = performance(*rows, ("期末资产池未偿本金余额（元）", "800,000,000.00"), ("累计违约率", "0.0123"))
    assert values(read, "performance", "cumulative_default_pct") == []
    (question,) = asked(read, "performance", "cumulative_default_pct")
    assert [choice.value for choice in question.candidates] == ["0.0123", "1.23"]


def test_a_rate_below_one_with_two_decimals_and_no_sign_is_asked_and_shown() -> None:
    read = performance(("期末资产池未偿本金余额（元）", "800,000,000.00"), ("累计违约率", "0.37"))
    assert values(read, "performance", "cumulative_default_pct") == [Decimal("0.37")]
    assert len(asked(read, "performance", "cumulative_default_pct")) == 1


@pytest.mark.parametrize("printed", ["1.23", "12.30"])
def test_a_rate_above_one_is_a_percentage_without_its_sign(printed: str) -> None:
    read = performance(("期末资产池未偿本金余额（元）", "800,000,000.00"), ("累计违约率", printed))
    assert values(read, "performance", "cumulative_default_pct") == [Decimal(printed)]
    assert asked(read, "performance", "cumulative_default_pct") == []


@pytest.mark.parametrize("label", ["累计违约率（%）", "累计违约率"])
@pytest.mark.parametrize("cell", ["0.0123%", "0.02%"])
def test_a_small_rate_with_its_sign_is_what_it_says(label: str, cell: str) -> None:
    read = performance(("期末资产池未偿本金余额（元）", "800,000,000.00"), (label, cell))
    assert values(read, "performance", "cumulative_default_pct") == [Decimal(cell.rstrip("%"))]
    assert asked(read, "performance", "cumulative_default_pct") == []


def test_a_fraction_under_a_percent_sign_is_mended_by_its_amount_and_asked() -> None:
    read = performance(BASE, DEFAULTED, ("累计违约率（%）", "0.0123"))
    assert values(read, "performance", "cumulative_default_pct") == [Decimal("1.23")]
    (question,) = asked(read, "performance", "cumulative_default_pct")
    assert [choice.value for choice in question.candidates] == ["1.23", "0.0123"]


SHARES = [("优先A级", "60,000.00", "0.7059"), ("优先B级", "10,000.00", "0.1176"), ("次级", "15,000.00", "0.1765")]


@pytest.mark.parametrize(("head", "questions"), [("占比", 0), ("占比（%）", 3)])
def test_shares_that_add_up_to_one_are_fractions_whatever_their_header_says(head: str, questions: int) -> None:
    read = read_pages(CIRCULAR, [("证券档次", "发行规模（万元）", head), *SHARES])
    assert values(read, "tranches", "share_pct") == [Decimal("70.59"), Decimal("11.76"), Decimal("17.65")]
    assert len(asked(read, "tranches", "share_pct")) == questions


def test_shares_that_add_up_to_a_hundred_need_no_sign() -> None:
    rows = [(name, amount, str(Decimal(share) * 100)) for name, amount, share in SHARES]
    read = read_pages(CIRCULAR, [("证券档次", "发行规模（万元）", "占比"), *rows])
    assert values(read, "tranches", "share_pct") == [Decimal("70.59"), Decimal("11.76"), Decimal("17.65")]
    assert asked(read, "tranches", "share_pct") == []


@pytest.mark.parametrize("column", ["票面利率", "发行利率"])
def test_coupons_printed_as_fractions_wait(column: str) -> None:
    rows = [("优先A级", "60,000.00", "0.0262"), ("优先B级", "10,000.00", "0.0295"), ("次级", "15,000.00", "-")]
    read = read_pages(CIRCULAR, [("证券档次", "发行规模（万元）", column), *rows])
    assert values(read, "tranches", "coupon_pct") == []
    assert [q.candidates[1].value for q in asked(read, "tranches", "coupon_pct")] == ["2.62", "2.95"]


TRANCHES = [("优先A级", "8.12"), ("优先B级", "0.64"), ("次级", "1.24")]
TOO_LARGE = [("优先A级", "812,000,000.00"), ("优先B级", "64,000,000.00"), ("次级", "124,000,000.00")]


@pytest.mark.parametrize(("unit", "rows"), [("亿元", TOO_LARGE), ("万元", TOO_LARGE), ("元", TRANCHES), ("万元", TRANCHES)])
@pytest.mark.parametrize("place", ["column", "line"])
def test_a_unit_that_makes_tranches_larger_or_smaller_than_the_market_is_asked_for_all_of_them(
    unit: str, rows: list[tuple[str, str]], place: str
) -> None:
    head, line = ("发行规模", f"单位：{unit}") if place == "line" else (f"发行规模（{unit}）", "")
    read = read_pages(CIRCULAR, [("证券档次", head, "利率形式"), *((*row, "固定利率") for row in rows)], line)
    assert values(read, "tranches", "amount") == []
    questions = asked(read, "tranches", "amount")
    assert [question.key for question in questions] == [f"云帆2025-1|{name}" for name in ("优先A", "优先B", "次级")]
    assert "812000000" in [choice.value for choice in questions[0].candidates]


@pytest.mark.parametrize(("unit", "rows"), [("元", TOO_LARGE), ("亿元", TRANCHES)])
def test_a_unit_that_the_market_knows_is_no_question(unit: str, rows: list[tuple[str, str]]) -> None:
    read = read_pages(CIRCULAR, [("证券档次", f"发行规模（{unit}）", "利率形式"), *((*row, "固定利率") for row in rows)])
    assert values(read, "tranches", "amount") == [812_000_000, 64_000_000, 124_000_000]
    assert asked(read, "tranches", "amount") == []


def test_with_the_balances_that_cannot_be_waits_the_interest_that_could() -> None:
    rows = [
        ("证券档次", "期初本金余额", "本期兑付本金", "本期付息金额", "期末本金余额"),
        ("优先A级", "779,520,000.00", "32,480,000.00", "1,753.20", "747,040,000.00"),
        ("次级", "124,000,000.00", "0.00", "0.00", "124,000,000.00"),
    ]
    read = read_pages(REPORT, rows, "单位：万元")
    assert set(values(read, "tranche_payments", "interest_paid")) <= {0}
    assert values(read, "tranche_payments", "closing_balance") == []
    (question,) = asked(read, "tranche_payments", "interest_paid")
    assert [choice.value for choice in question.candidates] == ["1753.2"]


def test_a_marked_figure_outside_the_market_waits_alone() -> None:
    rows = [("证券档次", "发行规模（亿元）", "利率形式"), ("优先A级", "8.12", "固定利率"), ("次级", "12,400.00*", "无票面利率")]
    read = read_pages(CIRCULAR, rows)
    assert values(read, "tranches", "amount") == [812_000_000]
    (question,) = asked(read, "tranches", "amount")
    assert (question.key, "124000000" in [choice.value for choice in question.candidates]) == ("云帆2025-1|次级", True)


POOL = [("项目", "数值"), ("资产池未偿本金余额（万元）", "100,000.31"), ("贷款笔数（笔）", "3,184")]
CUT = CIRCULAR + "\n初始起算日 2025年1月1日"


@pytest.mark.parametrize("label", ["加权平均贷款利率（‰）", "加权平均利率（千分比）"])
@pytest.mark.parametrize("printed", ["5.20", "12.50"])
def test_a_loan_rate_in_permille_may_be_that_of_a_month_and_waits(label: str, printed: str) -> None:
    read = read_pages(CUT, [*POOL, (label, printed)])
    assert values(read, "pool_stats", "wa_rate_pct") == []
    (question,) = asked(read, "pool_stats", "wa_rate_pct")
    assert Decimal(printed) * 12 / 10 in [Decimal(choice.value) for choice in question.candidates]


@pytest.mark.parametrize(("label", "printed", "yearly"), [
    ("加权平均利率（月）（%）", "1.20", "14.4"), ("加权平均利率（%）", "0.52", "6.24"), ("加权平均年利率（%）", "0.0835", "8.35"),
])  # fmt: skip
def test_a_loan_rate_that_is_no_years_rate_waits(label: str, printed: str, yearly: str) -> None:
    read = read_pages(CUT, [*POOL, (label, printed)])
    assert values(read, "pool_stats", "wa_rate_pct") == []
    (question,) = asked(read, "pool_stats", "wa_rate_pct")
    assert Decimal(yearly) in [Decimal(choice.value) for choice in question.candidates]


@pytest.mark.parametrize("label", ["加权平均年利率（%）", "加权平均利率（%）"])
def test_a_years_rate_is_no_question(label: str) -> None:
    read = read_pages(CUT, [*POOL, (label, "8.35")])
    assert values(read, "pool_stats", "wa_rate_pct") == [Decimal("8.35")]
    assert asked(read, "pool_stats", "wa_rate_pct") == []


@pytest.mark.parametrize(("head", "line", "code"), [
    ("发行规模（万美元）", "", "USD"), ("发行规模", "单位：万港元", "HKD"), ("发行规模（万元）", "单位：万元 币种：美元", "USD"),
    ("发行金额（百万欧元）", "", "EUR"),
])  # fmt: skip
def test_a_foreign_currency_in_a_header_is_that_of_the_deal_and_asked(head: str, line: str, code: str) -> None:
    rows = [("证券档次", head, "利率形式"), ("优先A级", "8,120.00", "固定利率"), ("次级", "1,880.00", "无票面利率")]
    read = read_pages(CIRCULAR, rows, line)
    assert read.profile.currency == code
    assert {fact.unit for fact in facts_of(read, "tranches", "amount")} == {code}
    assert [item.value for item in read.problems if (item.table, item.column) == ("deals", "currency")] == [code]


@pytest.mark.parametrize("label", ["期末资产池余额（万美元）", "期末资产池余额（万港元）"])
def test_money_in_another_currency_than_the_deals_is_asked_at_its_cell(label: str) -> None:
    read = performance((label, "81,200.00"), ("累计违约率（%）", "0.35"))
    assert read.profile.currency == "CNY"
    (problem,) = asked(read, "performance", "pool_closing_balance")
    assert problem.code == "unit_unclear"


def test_a_line_that_names_the_currency_of_the_deal_is_asked() -> None:
    read = interpret_document(document_of(CIRCULAR, "币种：美元\n第一章 证券概况", tables=(
        table_of([("证券档次", "发行规模（万元）", "利率形式"), ("优先A级", "8,120.00", "固定利率"), ("次级", "1,880.00", "无票面利率")], page=2),
    )), LABELS)  # fmt: skip
    assert read.profile.currency == "USD"
    assert [item.value for item in read.problems if (item.table, item.column) == ("deals", "currency")] == ["USD"]


def history(*rates: str) -> Interpretation:
    rows = [(str(n), f"2025年{n}月1日至2025年{n}月28日", rate) for n, rate in enumerate(rates, start=1)]
    return read_pages(REPORT, [("期数", "收款期间", "累计违约率（%）"), *rows])


def test_a_digit_more_than_the_figures_of_its_column_have_is_asked_as_the_mark_of_a_note() -> None:
    read = history("0.05", "0.11", "0.191", "0.30")
    (question,) = asked(read, "performance", "cumulative_default_pct")
    assert (question.value, [choice.value for choice in question.candidates]) == ("0.191", ["0.191", "0.19"])


def test_a_lost_point_is_asked() -> None:
    read = history("1.05", "1.11", "1.19", "130")
    assert [q.candidates[1].value for q in asked(read, "performance", "cumulative_default_pct") if q.code == "low_confidence"] == ["1.30"] or (
        values(read, "performance", "cumulative_default_pct") == [Decimal("1.05"), Decimal("1.11"), Decimal("1.19")]
    )


@pytest.mark.parametrize("rates", [("0.05", "0.11", "0.19", "0.3"), ("0.05", "0.1", "0.2", "0.30"), ("0", "0.11", "0.19", "0.30")])
def test_decimals_that_a_spreadsheet_leaves_out_are_no_question(rates: tuple[str, ...]) -> None:
    assert asked(history(*rates), "performance", "cumulative_default_pct") == []


@pytest.mark.parametrize(("rates", "asked_of"), [
    (("0.05", "0.11", "1.90", "0.30", "0.37"), ["1.90"]), (("0.05", "0.11", "0.19", "0.03", "0.37"), ["0.03"]),
    (("0.50", "0.11", "0.19", "0.30", "0.37"), ["0.50"]), (("0.05", "0.11", "0.19", "0.30", "0.03"), ["0.03"]),
])  # fmt: skip
def test_a_cumulative_rate_that_falls_is_asked_at_the_figure_that_makes_it_fall(rates: tuple[str, ...], asked_of: list[str]) -> None:
    questions = asked(history(*rates), "performance", "cumulative_default_pct")
    assert set(asked_of) <= {question.value for question in questions}
    assert len(questions) <= 2


@pytest.mark.parametrize("rates", [("0.05", "0.11", "0.19", "0.30"), ("0.31", "0.30", "0.29", "0.28"), ("0.00", "0.00", "0.01", "0.00")])
def test_a_rate_that_purchases_thin_out_is_no_question(rates: tuple[str, ...]) -> None:
    assert asked(history(*rates), "performance", "cumulative_default_pct") == []


STATUSES = [
    ("正常", "5,600", "0.9722", "715,230,145.36", "0.9811"), ("逾期1-30天", "80", "0.0139", "7,290,000.00", "0.0100"),
    ("逾期31-60天", "35", "0.0061", "3,280,500.00", "0.0045"), ("逾期61-90天", "25", "0.0043", "1,822,500.00", "0.0025"),
    ("逾期90天以上", "20", "0.0035", "1,376,854.64", "0.0019"), ("合计", "5,760", "1.0000", "729,000,000.00", "1.0000"),
]  # fmt: skip


def test_shares_of_statuses_that_add_up_to_one_are_fractions_without_any_question() -> None:
    read = read_pages(REPORT, [("资产状态", "笔数", "笔数占比", "未偿本金余额（元）", "金额占比"), *STATUSES])
    assert values(read, "delinquency", "balance_share_pct")[:2] == [Decimal("98.11"), Decimal("1.00")]
    assert values(read, "delinquency", "count_share_pct")[-1] == 100
    assert read.problems == ()


@pytest.mark.parametrize(("defaulted", "questions"), [("12,300,000.00", 0), ("21,000,000.00", 1)])
def test_a_default_rate_in_permille_is_asked_unless_its_amount_confirms_it(defaulted: str, questions: int) -> None:
    read = performance(BASE, ("累计违约金额（元）", defaulted), ("累计违约率（‰）", "12.30"))
    assert values(read, "performance", "cumulative_default_pct") == [Decimal("1.23")]
    assert len(asked(read, "performance", "cumulative_default_pct")) == questions


@pytest.mark.parametrize(("unit", "printed"), [("亿元", "20,000.00"), ("元", "20.00")])
def test_buckets_in_a_unit_that_the_market_rules_out_wait(unit: str, printed: str) -> None:
    rows = [("贷款余额（万元）", "笔数", f"金额（{unit}）", "金额占比（%）"), ("(0,10]", "100", printed, "40.00"), ("(10,30]", "400", printed, "60.00")]
    read = read_pages(CUT, rows)
    assert values(read, "pool_distributions", "amount") == []
    assert values(read, "pool_distributions", "count") == [100, 400]


def test_with_the_pool_that_cannot_be_so_small_wait_its_averages() -> None:
    rows = [
        ("项目", "数值"), ("资产池未偿本金余额", "100,000.31"), ("贷款笔数（笔）", "3,184"), ("单笔贷款平均本金余额", "314.10"),
        ("加权平均年利率（%）", "8.35"),
    ]  # fmt: skip
    read = read_pages(CUT, rows, "单位：元")
    assert values(read, "pool_stats", "principal_balance") == values(read, "pool_stats", "avg_loan_balance") == []
    assert values(read, "pool_stats", "loan_count") == [3184]

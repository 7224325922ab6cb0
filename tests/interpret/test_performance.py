"""Performance of the pool, this period's and reprinted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.interpret.context import Reading
from dealproof.interpret.kinds import performance
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from tests.interpret.tables import context_of, table_of, values_of

REPORT = Profile(
    kind="trustee_report", market="credit_abs", deal_id="云帆2025-1", period_no=3, period_start=date(2025, 6, 1),
    period_end=date(2025, 6, 30), cutoff_date=date(2025, 1, 31), default_definition="90+",
)  # fmt: skip


def read(table: Table) -> Reading:
    context = context_of(profile=REPORT)
    assert performance.claim(table, context) > 0.3
    return performance.read(table, context)


def column(reading: Reading, name: str = "value") -> dict[str, object]:
    """Values by `period|metric|definition`."""
    return {"|".join(k.split("|")[1:4]): v for k, v in values_of(reading.facts, "performance", name).items()}


def test_two_definitions_of_default_side_by_side_stay_apart() -> None:
    reading = read(
        table_of([["期数", "累计30+违约率", "累计90+违约率"], ["2", "0.40%", "0.10%"], ["3", "0.50%", "0.20%"]])
    )
    assert column(reading)["3|cumulative_default_pct|30+"] == Decimal("0.50")
    assert column(reading)["3|cumulative_default_pct|90+"] == Decimal("0.20")


def test_only_the_own_period_of_a_history_is_no_reprint() -> None:
    reading = read(
        table_of(
            [
                ["期数", "收款期间", "累计违约率"],
                ["3", "2025/6/1-2025/6/30", "0.5%"],
                ["2", "2025/5/1-2025/5/31", "0.4%"],
                ["1", "2025/4/1-2025/4/30", "-"],
            ]
        )
    )
    assert column(reading, "reprinted") == {
        "3|cumulative_default_pct|90+": False,
        "2|cumulative_default_pct|90+": True,
    }
    assert column(reading, "period_end")["2|cumulative_default_pct|90+"] == "2025-05-31"


def test_periods_known_by_date_alone_are_counted_back_from_the_own_one() -> None:
    reading = read(
        table_of(
            [["收款期间截止日", "累计违约率（%）"], ["2025-06-30", "0.5"], ["2025-05-31", "0.4"], ["2025-04-30", "0.1"]]
        )
    )
    assert [key.split("|")[0] for key in column(reading)] == ["3", "2", "1"]


def test_a_date_outside_the_rhythm_of_periods_is_a_question() -> None:
    reading = read(
        table_of(
            [["收款期间截止日", "累计违约率（%）"], ["2025-06-30", "0.5"], ["2025-05-31", "0.4"], ["2024-01-15", "9"]]
        )
    )
    assert Decimal(9) not in column(reading).values()
    assert [problem.code for problem in reading.problems] == ["unknown_label"]


def test_periods_may_stand_in_columns() -> None:
    reading = read(
        table_of([["期数", "第2期", "第3期"], ["累计违约率", "0.2%", "0.3%"], ["新增违约金额（万元）", "2", "3"]])
    )
    assert column(reading)["2|period_default_amount|90+"] == Decimal(20000)


def test_a_threshold_is_no_performance() -> None:
    reading = read(table_of([["项目", "本期", "上期"], ["累计违约率", "0.2%", "0.1%"], ["累计违约率阈值", "5%", "5%"]]))
    assert column(reading) == {"3|cumulative_default_pct|90+": Decimal("0.2")}


def test_the_cumulative_overdue_rate_is_not_the_default_rate() -> None:
    reading = read(table_of([["指标", "本期末"], ["累计违约率", "0.3%"], ["累计逾期率", "4%"]]))
    assert list(column(reading).values()) == [Decimal("0.3")]


@pytest.mark.parametrize(
    "rows",
    [
        [["期末本金余额（万元）", "62,640.00", "本期支付利息（万元）", "0.00"]],
        [["期初本金余额", "100.00"], ["本次还本", "10.00"], ["期末本金余额", "90.00"]],
        [["项目", "优先级"], ["期末余额（元）", "62,640,000.00"], ["本期兑付利息", "20,000.00"]],
    ],
)
def test_balances_beside_what_holders_are_paid_are_no_balances_of_the_pool(rows: list[list[str]]) -> None:
    assert performance.claim(table_of(rows), context_of(profile=REPORT)) == 0
    assert performance.claim(table_of(rows[:1] * 2, title="资产支持证券本息兑付情况"), context_of(profile=REPORT)) == 0


def test_in_a_table_of_securities_a_balance_that_names_the_pool_is_the_pools() -> None:
    reading = read(table_of([["资产池期末余额（元）", "100.00"], ["累计违约率", "0.3%"], ["本期支付利息（元）", "20.00"]]))
    assert column(reading)["3|pool_closing_balance|"] == Decimal("100.00")


def test_an_unknown_row_of_a_performance_table_is_a_question() -> None:
    reading = read(table_of([["指标", "本期末"], ["累计违约率", "0.3%"], ["本期神秘指标", "4%"]]))
    assert [problem.code for problem in reading.problems] == ["unknown_label"]


def test_terms_in_numbers_of_instalments_are_not_guessed() -> None:
    reading = read(table_of([["指标", "本期末"], ["累计违约率", "0.3%"], ["加权平均剩余期数", "10.5期"]]))
    assert [problem.code for problem in reading.problems] == ["low_confidence"]


def test_of_dated_columns_the_one_of_the_own_period_is_taken_wherever_it_stands() -> None:
    reading = read(
        table_of(
            [
                ["指标", "2025/5/1-2025/5/31", "2025/6/1-2025/6/30"],
                ["累计违约率", "0.4%", "0.5%"],
                ["严重拖欠率", "0.2%", "0.1%"],
            ]
        )
    )
    assert list(column(reading).values()) == [Decimal("0.5"), Decimal("0.1")]


def test_a_label_with_a_day_is_of_this_period_only_if_the_day_is_its_end() -> None:
    def rate_as_of(day: str) -> Reading:
        rows = [
            [f"截至{day}累计违约率（%）", "0.37"],
            ["期末未偿本金余额（元）", "900"],
            ["期初未偿本金余额（元）", "1000"],
        ]
        return read(table_of(rows))

    assert column(rate_as_of("2025年6月30日"))["3|cumulative_default_pct|90+"] == Decimal("0.37")
    past = rate_as_of("2025年3月31日")
    assert set(column(past)) == {"3|pool_closing_balance|", "3|pool_opening_balance|"}
    assert [(p.code, p.column) for p in past.problems] == [("low_confidence", "cumulative_default_pct")]


def test_a_limit_of_the_default_rate_and_a_number_of_recoveries_are_no_figures_of_the_pool() -> None:
    rows = [
        ["期末未偿本金余额（元）", "900"], ["累计违约率触发比率（%）", "5.00"], ["违约贷款累计回收笔数（笔）", "3"],
        ["上期加权平均贷款年利率（%）", "4.9"], ["静态池加权平均贷款年利率（%）", "4.7"],
    ]  # fmt: skip
    reading = read(table_of(rows))
    assert set(column(reading)) == {"3|pool_closing_balance|"}
    assert {p.value for p in reading.problems} == {"违约贷款累计回收笔数(笔)", "上期加权平均贷款年利率(%)"}


OTHERS = [
    "上期", "上期末", "前期", "前一期", "上月", "上月末", "上季度末", "上一报告期", "上收款期间", "上个计息期", "截至上次报告日",
    "上年末", "年初", "去年同期", "期初", "初始起算日", "封包日", "设立日", "较上期增减", "环比变动", "预测值", "Previous",
]  # fmt: skip


@pytest.mark.parametrize("other", OTHERS)
@pytest.mark.parametrize("own", ["本期", "本期末", "期末"])
@pytest.mark.parametrize("own_first", [True, False])
def test_columns_of_another_period_are_never_taken_for_this_ones(other: str, own: str, own_first: bool) -> None:
    heads, rate, balance = [own, other], ["0.3%", "0.2%"], ["90", "100"]
    order = (0, 1) if own_first else (1, 0)
    rows = [["项目", *heads], ["累计违约率", *rate], ["期末资产池余额（元）", *balance]]
    reading = read(table_of([[row[0], *(row[1 + i] for i in order)] for row in rows]))
    assert list(column(reading).values()) == [Decimal("0.3"), Decimal(90)]
    assert reading.problems == ()


@pytest.mark.parametrize("own", ["本月", "本季度末", "本次", "本收款期间", "当期", "报告期末", "截至报告日", "Current"])
def test_the_column_that_names_this_period_goes_before_one_that_names_none(own: str) -> None:
    reading = read(table_of([["项目", "数值", own], ["累计违约率", "0.2%", "0.3%"]]))
    assert list(column(reading).values()) == [Decimal("0.3")]
    assert reading.problems == ()


@pytest.mark.parametrize("head", [["项目", "甲", "乙"], ["项目", "2025年3月", "2025年4月"], None])
def test_of_columns_that_name_no_period_the_first_is_taken_and_asked(head: list[str] | None) -> None:
    rows = [["期末资产池余额（元）", "90", "80"], ["累计违约率", "0.2%", "0.3%"]]
    reading = read(table_of([head, *rows] if head else rows))
    assert list(column(reading).values()) == [Decimal(90), Decimal("0.2")]
    asked = [problem for problem in reading.problems if problem.code == "low_confidence"]
    assert [problem.value for problem in asked] == ["90", "0.2"]
    assert [[candidate.value for candidate in problem.candidates] for problem in asked] == [
        ["90", "80"],
        ["0.2", "0.3"],
    ]
    assert len({problem.alike for problem in asked}) == 1


def test_two_columns_that_say_the_same_are_no_question() -> None:
    assert read(table_of([["项目", "甲", "乙"], ["累计违约率", "0.2%", "0.2%"]])).problems == ()


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
def test_a_cumulative_figure_stands_in_the_cumulative_column_and_a_periods_in_the_other(order: tuple[int, int]) -> None:
    rows = [["项目", "本期", "累计"], ["新增违约金额（元）", "5", "50"], ["累计违约金额（元）", "5", "50"]]
    reading = read(table_of([[row[0], *(row[i] for i in order)] for row in rows]))
    values = column(reading)
    assert values["3|period_default_amount|90+"] == Decimal(5)
    assert values["3|cumulative_default_amount|90+"] == Decimal(50)


def test_the_share_beside_an_amount_is_not_the_amount() -> None:
    reading = read(
        table_of([["项目", "占比", "金额（元）"], ["期末资产池余额", "90.00", "900"], ["累计违约金额", "1", "9"]])
    )
    assert list(column(reading).values()) == [Decimal(900), Decimal(9)]
    assert reading.problems == ()


@pytest.mark.parametrize("printed", ["3.5‰", "0.35%", "35bp"])
def test_a_rate_in_per_mille_or_basis_points_is_kept_in_per_cent(printed: str) -> None:
    assert list(column(read(table_of([["指标", "本期末"], ["累计违约率", printed]]))).values()) == [Decimal("0.35")]


def test_periods_of_a_quarter_are_counted_back_by_quarters() -> None:
    rows = [["收款期间截止日", "累计违约率（%）"], ["2025-06-30", "0.5"], ["2025-03-31", "0.4"], ["2024-12-31", "0.1"]]
    quarterly = replace(REPORT, period_start=date(2025, 4, 1))
    reading = performance.read(table_of(rows), context_of(profile=quarterly))
    assert [key.split("|")[0] for key in column(reading)] == ["3", "2", "1"]


@pytest.mark.parametrize("printed", ["3 .5.1%", "详见附件3", "0.3%-0.5%"])
def test_a_rate_that_cannot_be_read_is_a_question_and_no_value(printed: str) -> None:
    reading = read(table_of([["指标", "本期末"], ["累计违约率", printed], ["期末资产池余额（元）", "90"]]))
    assert list(column(reading).values()) == [Decimal(90)]
    assert [(problem.code, problem.value) for problem in reading.problems] == [("low_confidence", printed)]


@pytest.mark.parametrize("other", OTHERS)
def test_beside_a_column_of_another_period_the_one_that_names_none_is_this_ones(other: str) -> None:
    for heads, rates in ((["数值", other], ["0.3%", "0.2%"]), ([other, "数值"], ["0.2%", "0.3%"])):
        reading = read(table_of([["项目", *heads], ["累计违约率", *rates]]))
        assert list(column(reading).values()) == [Decimal("0.3")]
        assert reading.problems == ()


@pytest.mark.parametrize("other", OTHERS)
def test_a_figure_of_another_period_alone_is_none_of_this_one(other: str) -> None:
    assert column(read(table_of([["项目", other], ["累计违约率", "0.2%"]]))) == {}


@pytest.mark.parametrize("odd", ["47", "17", "第十七期", "第四十期"])
def test_a_period_whose_number_does_not_follow_from_those_beside_it_is_a_question_and_no_value(odd: str) -> None:
    rows = [["期次", "收款期间", "累计违约率"], [odd, "2025/06/01-2025/06/30", "0.3%"], ["2", "2025/05/01-2025/05/31", "0.2%"],
            ["1", "2025/04/01-2025/04/30", "0.1%"]]  # fmt: skip
    reading = read(table_of(rows))
    assert {key.split("|")[0] for key in column(reading)} == {"1", "2"}
    assert [problem.code for problem in reading.problems] == ["low_confidence"]


def test_a_history_may_leave_out_periods_and_have_quarters() -> None:
    rows = [["期次", "收款期间", "累计违约率"], ["1", "2024/01/01-2024/03/31", "0.1%"], ["2", "2024/04/01-2024/06/30", "0.2%"],
            ["5", "2025/01/01-2025/03/31", "0.3%"]]  # fmt: skip
    assert {key.split("|")[0] for key in column(read(table_of(rows)))} == {"1", "2", "5"}


QUARTER = replace(REPORT, period_start=date(2025, 4, 1))


@pytest.mark.parametrize("heads", [
    ("2024年第四季度", "2025年第一季度", "2025年第二季度"), ("2024年四季度", "2025年一季度", "2025年二季度"), ("2024Q4", "2025Q1", "2025Q2"), ("2024年Q4", "2025年Q1", "2025年Q2"),
])  # fmt: skip
@pytest.mark.parametrize("head", ["季度", "报告季度", "指标"])
@pytest.mark.parametrize("turned", [False, True])
def test_a_history_by_quarters_is_counted_back_from_the_reported_one(heads: tuple[str, ...], head: str, turned: bool) -> None:
    rows = [[head, "累计违约率"], *([name, rate] for name, rate in zip(heads, ("0.1%", "0.2%", "0.3%"), strict=True))]
    table = table_of([list(row) for row in zip(*rows, strict=True)] if turned else rows)
    context = context_of(profile=QUARTER)
    assert performance.claim(table, context) > 0.9
    found = column(performance.read(table, context))
    assert found == {f"{n}|cumulative_default_pct|90+": Decimal(f"0.{n}") for n in (1, 2, 3)}


@pytest.mark.parametrize("heads", [("2025年4月", "2025年5月", "2025年6月"), ("2024年第三季度", "2024年下半年", "2025年上半年")])
def test_months_or_halves_in_the_report_of_a_quarter_are_no_periods_of_the_deal(heads: tuple[str, ...]) -> None:
    table = table_of([["统计月份", "新增违约金额（元）"], *([name, "100.00"] for name in heads)])
    context = context_of(profile=QUARTER)
    if performance.claim(table, context):
        assert not [fact for fact in performance.read(table, context).facts if fact.column == "value" and dict(fact.key)["period_no"] != "3"]
    assert not column(performance.read(table, context))


def test_the_row_that_a_letter_names_is_asked_by_its_label() -> None:
    rows = [["序号", "项目", "金额（元）"], ["A", "期初资产池余额", "1,000.00"], ["B", "本期其他扣减", "100.00"], ["C=A-B", "期末资产池余额", "900.00"]]
    assert [problem.value for problem in read(table_of(rows)).problems] == ["本期其他扣减"]


@pytest.mark.parametrize(("begin", "end"), [("收款期间初", "收款期间末"), ("报告期间初", "报告期间末"), ("计算期间初", "计算期间末"), ("季初", "季末"), ("报告期初", "报告期末")])
@pytest.mark.parametrize("first", [True, False])
def test_the_beginning_of_a_period_is_never_taken_for_its_end(begin: str, end: str, first: bool) -> None:
    at = (1, 2) if first else (2, 1)
    lines = [["指标", begin, end], ["累计违约率", "0.10%", "0.20%"], ["加权平均利率", "5.10%", "5.00%"]]
    reading = read(table_of([[line[0], line[at[0]], line[at[1]]] for line in lines]))
    assert column(reading) == {"3|cumulative_default_pct|90+": Decimal("0.20"), "3|pool_wa_rate_pct|": Decimal("5.00")}
    assert not reading.problems

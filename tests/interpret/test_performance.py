"""Performance of the pool, this period's and reprinted."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from dealproof.interpret.frame import Profile, Reading
from dealproof.interpret.kinds import performance
from dealproof.tables.model import Table
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
    assert {p.value for p in reading.problems} == {"违约贷款累计回收笔数（笔）", "上期加权平均贷款年利率（%）"}

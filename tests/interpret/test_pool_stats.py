"""Statistics of the pool at a date."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.interpret.context import Reading
from dealproof.interpret.kinds import pool_stats
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from tests.interpret.tables import context_of, document_of, table_of, values_of

CIRCULAR = Profile(kind="offering_circular", market="credit_abs", deal_id="云帆2025-1", cutoff_date=date(2025, 1, 31))
REPORT = Profile(
    kind="trustee_report", market="credit_abs", deal_id="云帆2025-1", period_no=3, period_start=date(2025, 6, 1),
    period_end=date(2025, 6, 30), cutoff_date=date(2025, 1, 31), default_definition="90+",
)  # fmt: skip


def read(table: Table, profile: Profile = CIRCULAR) -> Reading:
    context = context_of(profile=profile)
    assert pool_stats.claim(table, context) > 0.3
    return pool_stats.read(table, context)


def column(reading: Reading) -> dict[str, object]:
    """Values by `as_of|metric|scope`."""
    return {key.partition("|")[2]: value for key, value in values_of(reading.facts, "pool_stats", "value").items()}


def test_two_values_in_one_cell_follow_the_order_of_the_label() -> None:
    values = column(read(table_of([["贷款笔数（笔）", "50"], ["单笔贷款最短/最长剩余期限", "10天/363天"]])))
    assert values["2025-01-31|min_remaining_term_years|"] == Decimal("0.0274")
    assert values["2025-01-31|max_remaining_term_years|"] == Decimal("0.9945")


def test_the_unit_may_have_a_column_of_its_own_on_either_side() -> None:
    left = column(read(table_of([["指标", "单位", "数值"], ["资产笔数", "笔", "5"], ["未偿本金余额", "万元", "12.5"]])))
    right = column(
        read(table_of([["指标", "数值", "单位"], ["资产笔数", "5", "笔"], ["未偿本金余额", "12.5", "万元"]]))
    )
    assert left == right
    assert left["2025-01-31|principal_balance|"] == Decimal(125000)


def test_months_and_days_become_years_and_years_stay_as_printed() -> None:
    table = table_of(
        [
            ["加权平均剩余期限（月）", "11"],
            ["加权平均合同期限（天）", "300"],
            ["加权平均账龄（年）", "0.50"],
        ]
    )
    assert list(column(read(table)).values()) == [Decimal("0.9167"), Decimal("0.8219"), Decimal("0.50")]


def test_each_column_of_a_report_speaks_of_its_own_date() -> None:
    reading = read(
        table_of(
            [
                ["项目", "本期期末", "上期期末", "初始起算日"],
                ["资产池未偿本金余额（万元）", "900", "950", "1000"],
                ["贷款笔数", "45", "47", "50"],
            ]
        ),
        REPORT,
    )
    assert column(reading) == {
        "2025-06-30|principal_balance|": Decimal(9000000),
        "2025-01-31|principal_balance|": Decimal(10000000),
        "2025-06-30|loan_count|": Decimal(45),
        "2025-01-31|loan_count|": Decimal(50),
    }


def test_the_period_end_gives_performance_as_well() -> None:
    reading = read(table_of([["项目", "初始起算日", "本期期末"], ["贷款笔数", "50", "45"], ["户数", "9", "8"]]), REPORT)
    assert list(values_of(reading.facts, "performance", "value").values()) == [Decimal(45)]


def test_dates_printed_over_the_columns_decide() -> None:
    table = table_of([["项目", "2025年6月30日", "2025年1月31日"], ["贷款笔数", "45", "50"], ["户数", "9", "10"]])
    reading = read(table, REPORT)
    assert column(reading)["2025-01-31|loan_count|"] == Decimal(50)
    assert column(reading)["2025-06-30|loan_count|"] == Decimal(45)
    assert not reading.problems


def test_parts_of_the_pool_stay_apart_from_the_whole() -> None:
    reading = read(
        table_of([["项目", "新车", "二手车", "合计"], ["贷款笔数", "6", "4", "10"], ["户数", "5", "4", "9"]])
    )
    values = column(reading)
    assert values["2025-01-31|loan_count|新车"] == Decimal(6)
    assert values["2025-01-31|loan_count|"] == Decimal(10)


def test_principal_with_interest_and_fees_is_not_the_principal() -> None:
    values = column(
        read(table_of([["未偿本息费余额（万元）", "12"], ["未偿本金余额（万元）", "10"], ["资产笔数", "5"]]))
    )
    assert values["2025-01-31|principal_balance|"] == Decimal(100000)


def test_a_category_merged_over_rows_is_no_label() -> None:
    table = table_of(
        [["类别", "项目", "数值"], ["期限", "加权平均账龄（年）", "0.5"], [None, "加权平均剩余期限（年）", "1.5"]]
    )
    assert list(column(read(table)).values()) == [Decimal("0.5"), Decimal("1.5")]


def test_money_without_any_unit_is_a_question() -> None:
    reading = read(table_of([["未偿本金余额", "12,345.67"], ["贷款笔数", "5"]]))
    assert [problem.code for problem in reading.problems] == ["unit_unclear"]


def test_an_unknown_figure_of_a_pool_table_is_a_question() -> None:
    reading = read(table_of([["贷款笔数", "5"], ["神秘指标", "7"]]))
    assert [problem.code for problem in reading.problems] == ["unknown_label"]


def test_each_unknown_label_of_a_row_with_several_is_asked() -> None:
    rows = [["贷款笔数（笔）", "50", "某某系数", "1.25"], ["某某比值", "0.40", "借款人户数（户）", "48"]]
    reading = read(table_of(rows))
    assert sorted(problem.value for problem in reading.problems) == ["某某比值", "某某系数"]


def test_english_labels_are_known() -> None:
    values = column(
        read(table_of([["Number of Receivables", "50,000"], ["Weighted Average Remaining Term", "20.5 months"]]))
    )
    assert list(values.values()) == [Decimal(50000), Decimal("1.7083")]


def test_a_range_of_rates_is_read_as_its_two_ends() -> None:
    values = column(read(table_of([["贷款笔数", "5"], ["贷款利率区间", "3.5%-12.0%"]])))
    assert values["2025-01-31|min_rate_pct|"] == Decimal("3.5")
    assert values["2025-01-31|max_rate_pct|"] == Decimal("12.0")


def test_a_label_that_names_the_cut_off_speaks_of_that_day_also_in_a_report() -> None:
    rows = [
        ["初始起算日资产池未偿本金余额（元）", "1000"],
        ["贷款笔数（笔）", "50"],
        ["加权平均贷款年利率（%）", "5.1"],
    ]
    values = column(read(table_of(rows), REPORT))
    assert values["2025-01-31|principal_balance|"] == Decimal(1000)
    assert values["2025-06-30|loan_count|"] == Decimal(50)


def test_a_table_of_a_part_of_the_pool_is_not_of_the_whole() -> None:
    rows = [["项目", "数值"], ["贷款笔数", "6"], ["户数", "5"]]
    assert column(read(table_of(rows, title="表4 新车贷款"))) == {
        "2025-01-31|loan_count|新车贷款": Decimal(6),
        "2025-01-31|borrower_count|新车贷款": Decimal(5),
    }


@pytest.mark.parametrize(
    ("other", "own"), [("前期", "本期"), ("上月末", "本月末"), ("上年末", "期末"), ("上收款期间", "本收款期间")]
)
def test_the_pool_of_another_period_is_not_the_pool_of_this_one(other: str, own: str) -> None:
    for heads, at in (([other, own], 1), ([own, other], 0)):
        rows = [["项目", *heads], ["资产池未偿本金余额（元）", "900", "800"], ["贷款笔数", "45", "40"]]
        reading = read(table_of(rows), REPORT)
        assert column(reading) == {
            "2025-06-30|principal_balance|": Decimal((900, 800)[at]),
            "2025-06-30|loan_count|": Decimal((45, 40)[at]),
        }


def test_contracts_are_counted_as_loans_only_where_loans_are_not_counted_beside_them() -> None:
    alone = [["项目", "数值"], ["合同笔数（笔）", "13,240"], ["未偿本金余额（万元）", "174,000.39"]]
    assert column(read(table_of(alone)))["2025-01-31|loan_count|"] == Decimal(13240)
    assert column(read(table_of([*alone, ["贷款笔数（笔）", "13,502"]])))["2025-01-31|loan_count|"] == Decimal(13502)


def test_in_a_pool_of_bad_loans_the_bad_loans_are_its_loans() -> None:
    rows = [["项目", "数值"], ["不良贷款笔数（笔）", "8,120"], ["未偿本金余额（万元）", "116,300.00"]]
    assert column(read(table_of(rows), replace(CIRCULAR, asset_class="npl")))["2025-01-31|loan_count|"] == Decimal(8120)
    assert "2025-01-31|loan_count|" not in column(read(table_of(rows)))


@pytest.mark.parametrize("label", ["日期", "统计时点", "截至日期", "数据日期"])
def test_a_row_of_days_tells_of_which_day_each_column_speaks(label: str) -> None:
    rows = [["", "初始基准日", "上次跟踪基准日", "本次跟踪基准日"], [label, "2023-09-30", "2024年4月30日", "2025.04.30"], ["合同笔数", "402", "377", "265"]]
    found = read(table_of(rows), replace(CIRCULAR, kind="rating_tracking"))
    assert column(found) == {"2023-09-30|loan_count|": 402, "2024-04-30|loan_count|": 377, "2025-04-30|loan_count|": 265}
    assert found.problems == ()


def test_a_row_of_which_a_cell_is_no_day_tells_no_days() -> None:
    rows = [["", "甲", "乙"], ["日期", "2023-09-30", "设立日"], ["合同笔数", "402", "377"]]
    assert not any(key.startswith("2023-09-30") for key in column(read(table_of(rows))))


@pytest.mark.parametrize(("begin", "end"), [("收款期间初", "收款期间末"), ("报告期间初", "报告期间末"), ("季初", "季末"), ("报告期初", "报告期末")])
@pytest.mark.parametrize("unit", ["（万元）", ""])
def test_the_pool_at_the_beginning_and_the_end_of_a_period_is_its_performance_and_no_part_of_a_pool(begin: str, end: str, unit: str) -> None:
    table = table_of([["统计项目", begin, end], [f"资产池余额{unit}", "1,000.00", "900.00"], ["贷款笔数", "20", "18"]], unit_line="" if unit else "单位：万元")
    reading = pool_stats.read(table, context_of(profile=REPORT))
    assert not column(reading)
    own = {key.split("|")[2]: value for key, value in values_of(reading.facts, "performance", "value").items()}
    assert own == {"pool_opening_balance": Decimal(10_000_000), "pool_closing_balance": Decimal(9_000_000), "pool_loan_count": Decimal(18)}


NOTICE = "云帆2025年第一期消费贷款资产支持证券\n第3次持续购买情况报告\n初始起算日：2025年1月31日\n"
BOUGHT = table_of([["指标", "数值"], ["贷款笔数（笔）", "61,882"], ["加权平均年利率", "15.82%"]], title="二、新增入池资产特征")


@pytest.mark.parametrize("line", ["持续购买基准日 2025年7月10日", "本次购买的基准日为2025年7月10日。", "循环购买资产封包日：2025-07-10", "新增入池资产起算日为2025年7月10日"])
def test_what_was_bought_is_told_as_of_the_day_by_which_it_was_chosen(line: str) -> None:
    context = context_of(document_of(NOTICE + line))
    assert context.profile.kind == "revolving_notice"
    assert column(pool_stats.read(BOUGHT, context)) == {"2025-07-10|loan_count|": Decimal(61882), "2025-07-10|wa_rate_pct|": Decimal("15.82")}


@pytest.mark.parametrize("line", ["", "上次持续购买基准日为2025年6月10日", "持续购买基准日 2025年7月10日\n持续购买基准日 2025年6月10日"])
def test_what_was_bought_is_never_the_pool_of_the_first_cutoff(line: str) -> None:
    found = column(pool_stats.read(BOUGHT, context_of(document_of(NOTICE + line))))
    assert not any(key.startswith("2025-01-31") or key.startswith("2025-0") for key in found)


def test_the_first_pool_in_a_notice_of_a_purchase_keeps_its_cutoff() -> None:
    context = context_of(document_of(NOTICE + "持续购买基准日 2025年7月10日"))
    first = replace(BOUGHT, title="三、初始资产池特征")
    assert set(column(pool_stats.read(first, context))) == {"2025-01-31|loan_count|", "2025-01-31|wa_rate_pct|"}

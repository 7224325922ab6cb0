"""The pool by days past due."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.interpret.context import Reading
from dealproof.interpret.kinds import delinquency
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from dealproof.values.buckets import parse_status_bucket
from dealproof.values.parsed import Parsed
from tests.interpret.reports import figures
from tests.interpret.reports import read as read_report
from tests.interpret.tables import context_of, table_of, values_of

REPORT = Profile(
    kind="trustee_report", market="credit_abs", deal_id="云帆2025-1", period_no=3, period_start=date(2025, 6, 1),
    period_end=date(2025, 6, 30), cutoff_date=date(2025, 1, 31), default_definition="90+",
)  # fmt: skip


def read(table: Table) -> Reading:
    context = context_of(profile=REPORT)
    assert delinquency.claim(table, context) > 0.3
    return delinquency.read(table, context)


def column(reading: Reading, name: str) -> dict[str, object]:
    return {key.split("|")[2]: value for key, value in values_of(reading.facts, "delinquency", name).items()}


def test_cumulative_rows_do_not_enter_the_partition() -> None:
    reading = read(
        table_of(
            [
                ["状态", "笔数", "余额（元）"],
                ["正常贷款", "90", "900"],
                ["拖欠30天以上", "9", "90"],
                ["拖欠60天以上", "5", "50"],
                ["拖欠90天以上", "1", "10"],
            ]
        )
    )
    assert set(column(reading, "count")) == {"current", "other:拖欠30天以上", "other:拖欠60天以上", "90+"}


def test_a_share_printed_before_its_value_is_matched_by_arithmetic() -> None:
    reading = read(
        table_of(
            [
                ["逾期期限", "占比", "金额（元）", "占比", "笔数"],
                ["正常", "90.00%", "900", "50.00%", "5"],
                ["逾期1-30天", "6%", "60", "30%", "3"],
                ["逾期31-60天", "4%", "40", "20%", "2"],
                ["合计", "100%", "1000", "100%", "10"],
            ]
        )
    )
    assert column(reading, "balance_share_pct")["1-30"] == Decimal(6)
    assert column(reading, "count_share_pct")["1-30"] == Decimal(30)


def test_shares_that_fit_no_value_are_a_question() -> None:
    reading = read(
        table_of(
            [
                ["逾期期限", "金额（元）", "占比"],
                ["正常", "900", "1.5%"],
                ["逾期1-30天", "60", "2.5%"],
                ["逾期31-60天", "40", "3.5%"],
                ["合计", "1000", "100%"],
            ]
        )
    )
    assert [problem.code for problem in reading.problems] == ["failed_check"]


def test_only_the_columns_of_this_period_are_taken() -> None:
    reading = read(
        table_of(
            [
                ["资产状态", "上期末", "上期末", "本期末", "本期末"],
                ["资产状态", "笔数", "金额（万元）", "笔数", "金额（万元）"],
                ["未逾期", "120", "99", "100", "90.5"],
                ["逾期1-30天", "7", "7", "6", "6"],
                ["逾期31-60天", "7", "7", "5", "5"],
            ]
        )
    )
    assert column(reading, "count") == {"current": Decimal(100), "1-30": Decimal(6), "31-60": Decimal(5)}
    assert column(reading, "balance")["current"] == Decimal(905000)


def test_statuses_mean_the_same_however_they_are_written() -> None:
    reading = read(
        table_of(
            [
                ["状态", "笔数", "金额（元）"],
                ["正常还款", "9", "9"],
                ["逾期30天以内（含）", "8", "8"],
                ["M2", "7", "7"],
                ["拖欠61至90天", "6", "6"],
                ["违约贷款", "5", "5"],
            ]
        )
    )
    assert list(column(reading, "count")) == ["current", "1-30", "31-60", "61-90", "default"]


def test_an_empty_bucket_gives_no_value() -> None:
    reading = read(
        table_of(
            [
                ["状态", "笔数", "金额（元）"],
                ["正常", "9", "9"],
                ["逾期1-30天", "-", "-"],
                ["逾期31-60天", "0", "0.00"],
            ]
        )
    )
    assert "1-30" not in column(reading, "count")
    assert column(reading, "count")["31-60"] == 0


STATUSES = [["正常", "900"], ["逾期1-30天", "60"], ["逾期31-60天", "40"], ["合计", "1000"]]


def test_a_status_table_whose_columns_nobody_knows_is_asked_about_and_not_lost() -> None:
    reading = read(table_of([["状态", "某某口径余额值（元）"], *STATUSES]))
    assert column(reading, "balance") == {}
    asked = [(p.code, p.table, p.column, p.value) for p in reading.problems]
    assert asked == [("unknown_label", "delinquency", "columns", "某某口径余额值(元)")]


def test_a_column_that_nobody_knows_is_asked_about_where_the_amount_is_missing() -> None:
    rows = [[name, "5", value] for name, value in STATUSES]
    assert [p.value for p in read(table_of([["状态", "笔数", "某某口径余额值（元）"], *rows])).problems] == [
        "某某口径余额值(元)"
    ]
    known = [[name, "5", value, value] for name, value in STATUSES]
    assert read(table_of([["状态", "笔数", "余额（元）", "某某口径余额值（元）"], *known])).problems == ()


def test_a_column_of_the_period_before_or_of_averages_is_not_asked_about() -> None:
    rows = [[name, value, value] for name, value in STATUSES]
    assert read(table_of([["状态", "余额（元）", "上期末余额（元）"], *rows])).problems == ()
    assert read(table_of([["状态", "余额（元）", "户均余额（元）"], *rows])).problems == ()
    assert column(read(table_of([["状态", "期初余额（元）", "期末余额（元）"], *rows])), "balance")["1-30"] == Decimal(
        60
    )


@pytest.mark.parametrize(("other", "own"), [
    ("上期末", "本期末"), ("前期", "本期"), ("上月末", "本月末"), ("年初", "期末"), ("上年同期", "本期"), ("初始起算日", "报告期末"),
    ("预测", "实际"),
])  # fmt: skip
def test_balances_of_another_period_are_never_taken_for_this_ones(other: str, own: str) -> None:
    rows = [["未逾期", "120", "99"], ["逾期1-30天", "7", "6"], ["逾期31-60天", "8", "5"]]
    for first, second, at in ((other, own, 2), (own, other, 1)):
        reading = read(table_of([["资产状态", f"{first}余额（元）", f"{second}余额（元）"], *rows]))
        assert list(column(reading, "balance").values()) == [Decimal(row[at]) for row in rows]
        assert reading.problems == ()


def test_of_two_groups_of_columns_the_one_that_names_this_period_is_taken() -> None:
    rows = [
        ["未逾期", "120", "1200", "99", "990"],
        ["逾期1-30天", "7", "70", "6", "60"],
        ["逾期31-60天", "8", "80", "5", "50"],
    ]
    heads = [["状态", "合同", "合同", "本期末", "本期末"], ["状态", "笔数", "余额（元）", "笔数", "余额（元）"]]
    reading = read(table_of([*heads, *rows]))
    assert list(column(reading, "count").values()) == [Decimal(99), Decimal(6), Decimal(5)]
    assert list(column(reading, "balance").values()) == [Decimal(990), Decimal(60), Decimal(50)]


def test_of_two_balances_without_a_period_the_first_is_taken_and_asked() -> None:
    rows = [["未逾期", "120", "99"], ["逾期1-30天", "7", "6"], ["逾期31-60天", "8", "5"]]
    reading = read(table_of([["资产状态", "贷款余额（元）", "资产余额（元）"], *rows]))
    assert list(column(reading, "balance").values()) == [Decimal(120), Decimal(7), Decimal(8)]
    assert [problem.code for problem in reading.problems] == ["low_confidence"] * 3
    assert {(problem.key.split("|")[2], problem.column) for problem in reading.problems} == {
        ("current", "balance"), ("1-30", "balance"), ("31-60", "balance"),
    }  # fmt: skip


@pytest.mark.parametrize("repeated", [False, True])
def test_shares_under_each_others_labels_are_put_right_by_arithmetic(repeated: bool) -> None:
    heads = ["笔数", "笔数占比", "余额（元）", "余额占比"]
    rows = [
        ["正常", "5", "90%", "900", "50%"],
        ["逾期1-30天", "3", "6%", "60", "30%"],
        ["逾期31-60天", "2", "4%", "40", "20%"],
    ]
    total = [["合计", "10", "100%", "1000", "100%"]] if repeated else []
    reading = read(table_of([["逾期期限", *heads], *rows, *total]))
    assert column(reading, "count_share_pct")["1-30"] == Decimal(30)
    assert column(reading, "balance_share_pct")["1-30"] == Decimal(6)
    assert reading.problems == ()


def test_shares_that_fit_their_labels_stay_where_they_are() -> None:
    rows = [
        ["正常", "5", "50%", "900", "90%"],
        ["逾期1-30天", "3", "30%", "60", "6%"],
        ["逾期31-60天", "2", "20%", "40", "4%"],
    ]
    reading = read(table_of([["逾期期限", "笔数", "笔数占比", "余额（元）", "余额占比"], *rows]))
    assert column(reading, "count_share_pct")["1-30"] == Decimal(30)
    assert column(reading, "balance_share_pct")["1-30"] == Decimal(6)


def test_stages_m1_to_m3_are_buckets() -> None:
    rows = [
        ["M0（未逾期）", "90"],
        ["M1（逾期1-30天）", "5"],
        ["M2（逾期31-60天）", "3"],
        ["M3（逾期61-90天）", "2"],
        ["合计", "100"],
    ]
    reading = read(table_of([["状态", "笔数"], *rows]))
    assert set(column(reading, "count")) == {"current", "1-30", "31-60", "61-90", "total"}
    assert reading.problems == ()


def test_a_status_that_nobody_knows_is_a_question_and_no_bucket() -> None:
    rows = [["正常", "9", "9"], ["逾期1-30天", "8", "8"], ["逾期31-60天", "7", "7"], ["神秘状态", "3", "3"]]
    reading = read(table_of([["状态", "笔数", "金额（元）"], *rows]))
    assert list(column(reading, "count")) == ["current", "1-30", "31-60"]
    assert [(problem.code, problem.value) for problem in reading.problems] == [("unknown_label", "神秘状态")]


@pytest.mark.parametrize(("names", "bucket"), [(("M0", "M1", "M2", "M3", "M3+"), True), (("M0", "M1", "M2", "M3以上"), False), (("M0", "M1", "M2", "M3+"), False)])
def test_more_than_m3_is_past_ninety_days_only_where_m3_stands_beside_it(names: tuple[str, ...], bucket: bool) -> None:
    rows = [["账龄", "余额（元）"], *([name, str(10 * (5 - at))] for at, name in enumerate(names))]
    reading = delinquency.read(table_of(rows), context_of())
    found = {key.split("|")[2] for key in values_of(reading.facts, "delinquency", "balance")}
    assert ("90+" in found) == bucket
    assert bool(reading.problems) != bucket


def test_of_groups_of_columns_called_by_their_days_the_one_of_the_periods_end_is_taken() -> None:
    rows = [["未逾期", "900", "90%", "920", "92%"], ["逾期1-30天", "60", "6%", "50", "5%"], ["逾期31-60天", "40", "4%", "30", "3%"]]
    names = ["状态", "余额（元）", "占比", "余额（元）", "占比"]
    single = table_of([["状态", "2025年3月31日", "2025年3月31日", "2025年6月30日", "2025年6月30日"], names, *rows])
    merged = [replace(cell, col_span=2) for cell in single.cells if cell.row == 0 and cell.col in (1, 3)]
    table = replace(single, cells=(*(cell for cell in single.cells if cell.row or not cell.col), *merged))
    reading = read(table)
    assert list(column(reading, "balance").values()) == [Decimal(920), Decimal(50), Decimal(30)]
    assert not reading.problems


@pytest.mark.parametrize(("status", "bucket"), [("关注（逾期1-30天）", "1-30"), ("关注类(逾期31-60天)", "31-60"), ("次级类贷款（拖欠61-90天）", "61-90"), ("不良（逾期90天以上）", "90+")])
def test_a_class_of_loans_with_its_days_past_due_is_the_bucket_of_these_days(status: str, bucket: str) -> None:
    parsed = parse_status_bucket(status)
    assert isinstance(parsed, Parsed)
    assert parsed.value == bucket


def test_days_that_are_no_bucket_make_no_class_precise() -> None:
    assert not isinstance(parse_status_bucket("关注（逾期15-45天）"), Parsed)


def test_of_a_table_that_prints_only_the_statuses_that_were_corrected_what_holds_is_read() -> None:
    rows = [["逾期期限", "更正前笔数", "更正前余额（元）", "更正后笔数", "更正后余额（元）"], ["逾期1-30天", "41", "7,720,110.00", "43", "7,902,110.00"],
            ["逾期31-60天", "19", "3,010,222.15", "17", "2,828,222.15"]]  # fmt: skip
    assert figures(read_report("二、逾期情况", rows), "delinquency") == {"1-30": "7902110.00", "31-60": "2828222.15"}


def test_shares_behind_a_count_that_nobody_knows_are_not_those_of_the_balances() -> None:
    rows = [["状态", "户数/件数", "比例", "未偿本金（元）", "比例"], ["正常", "12,587", "97.74%", "976,300.00", "97.63%"], ["逾期1-30天", "93", "0.72%", "7,500.00", "0.75%"],
            ["逾期31-60天", "72", "0.56%", "5,500.00", "0.55%"], ["逾期61-90天", "126", "0.98%", "10,700.00", "1.07%"], ["合计", "12,878", "100.00%", "1,000,000.00", "100.00%"]]  # fmt: skip
    found = {fact.key[2][1]: str(fact.value) for fact in read_report("四、贷款状态", rows).facts if fact.column == "balance_share_pct"}
    assert found == {"current": "97.63", "1-30": "0.75", "31-60": "0.55", "61-90": "1.07", "total": "100.00"}

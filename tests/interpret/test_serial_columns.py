"""A column that only numbers the rows says nothing, in whatever table and at whatever place."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dealproof.interpret.read import ledger_of
from dealproof.interpret.serial_columns import serial_columns
from tests.interpret.reports import read, report
from tests.interpret.tables import LABELS, table_of

STATUS = (
    ("资产状态", "笔数", "未偿本金余额（元）"), ("正常", "5,600", "715,230,145.36"), ("逾期1-30天", "80", "7,290,000.00"),
    ("逾期31-60天", "35", "3,280,500.00"), ("合计", "5,715", "725,800,645.36"),
)  # fmt: skip
BALANCES = {
    "current": "715230145.36", "1-30": "7290000.00", "31-60": "3280500.00", "total": "725800645.36",
}  # fmt: skip


def balances(rows: Sequence[Sequence[str]]) -> dict[str, str]:
    found = read("四、资产池状态", rows)
    return {
        dict(fact.key)["bucket"]: str(fact.value)
        for fact in found.facts
        if fact.table == "delinquency" and fact.column == "balance"
    }


def numbered(header: str, numbers: Sequence[str]) -> list[list[str]]:
    return [[number, *row] for number, row in zip((header, *numbers), STATUS, strict=True)]


@pytest.mark.parametrize("header", ["序号", "编号", "行次", "No.", ""])
def test_statuses_behind_a_serial_number_are_read(header: str) -> None:
    assert balances(numbered(header, ("1", "2", "3", "4"))) == BALANCES


@pytest.mark.parametrize(
    "numbers", [("一", "二", "三", ""), ("1.", "2.", "3.", "-"), ("（1）", "（2）", "（3）", "（4）"), ("01", "02", "03", "04")]
)
def test_serial_numbers_of_any_form_are_no_labels(numbers: Sequence[str]) -> None:
    assert balances(numbered("序号", numbers)) == BALANCES


def test_a_total_that_stands_in_the_column_of_serial_numbers_is_the_total() -> None:
    rows = numbered("序号", ("1", "2", "3", "合计"))
    rows[-1][1] = ""
    assert balances(rows) == BALANCES


def test_a_second_serial_number_in_the_middle_of_a_row_is_no_second_value() -> None:
    rows = [
        ["序号", "项目", "数值", "序号", "项目", "数值"],
        ["1", "期初资产池未偿本金余额（元）", "900,000,000.00", "3", "累计违约金额（元）", "3,150,000.00"],
        ["2", "本期新增违约金额（元）", "620,000.00", "4", "累计违约率（%）", "0.35"],
    ]
    found = read("四、资产池表现", rows)
    values = {dict(fact.key)["metric"]: str(fact.value) for fact in found.facts if fact.table == "performance"}
    assert values["cumulative_default_amount"] == "3150000.00"
    assert values["period_default_amount"] == "620000.00"
    assert not [item for item in found.problems if item.table == "performance"]


def test_buckets_behind_a_serial_number_are_no_amounts() -> None:
    rows = [
        ["序号", "未偿本金余额（万元）", "笔数", "笔数占比（%）", "余额（万元）", "余额占比（%）"],
        ["1", "(0,10)", "3,000", "60.00", "30,000.00", "30.00"],
        ["2", "(10,30)", "2,000", "40.00", "70,000.00", "70.00"],
    ]
    found = read("未偿本金余额分布", rows)
    amounts = {dict(f.key)["bucket"]: str(f.value) for f in found.facts if f.table == "pool_distributions" and f.column == "amount"}
    assert amounts == {"(0,10)": "300000000.00", "(10,30)": "700000000.00"}


def test_the_number_of_a_purchase_is_no_serial_number() -> None:
    rows = [["序号", "购买日期", "购买本金（元）"], ["1", "2024年5月1日", "1,000,000.00"], ["2", "2024年5月20日", "2,000,000.00"]]
    assert not serial_columns(table_of(rows))


def test_the_number_of_a_period_is_no_serial_number() -> None:
    rows = [["期数", "收款期间", "累计违约率（%）"], ["1", "2024年4月", "0.05"], ["2", "2024年5月", "0.11"]]
    assert not serial_columns(table_of(rows))


def test_counts_that_happen_to_rise_by_one_are_no_serial_numbers() -> None:
    rows = [["笔数", "状态"], ["1", "正常"], ["2", "逾期"], ["3", "违约"]]
    assert not serial_columns(table_of(rows))


def test_no_figure_is_lost_where_rows_are_numbered() -> None:
    extract = report("四、资产池状态", numbered("序号", ("1", "2", "3", "4")))
    assert not [entry for entry in ledger_of(extract, LABELS).entries if entry.account in ("open", "asked")]

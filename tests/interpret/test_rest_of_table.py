"""One table may speak of dates, of the pool and of its defaults: each row is read by the kind that knows it."""

from __future__ import annotations

import pytest

from dealproof.interpret.read import ledger_of
from tests.interpret.reports import Block, figures, read, report
from tests.interpret.tables import LABELS

DEFAULTS = ["累计违约率（%）", "0.46"]
NEW = ["本期新增违约金额（元）", "620,000.00"]
POOL = ["资产池未偿本金余额（元）", "866,977,500.63"]


def mixed(*rows: list[str], header: str = "数值") -> list[list[str]]:
    return [["指标", header], *rows]


@pytest.mark.parametrize("place", [0, 1, 2])
def test_a_label_of_the_pool_in_a_table_of_defaults_is_read_wherever_it_stands(place: int) -> None:
    rows = [DEFAULTS, NEW]
    rows.insert(place, POOL)
    found = read("四、资产池表现", mixed(*rows))
    assert figures(found, "pool_stats")["principal_balance"] == "866977500.63"
    assert figures(found)["pool_closing_balance"] == "866977500.63"
    assert not [item for item in found.problems if item.code == "unknown_label"]


def test_columns_of_two_days_give_each_figure_its_day() -> None:
    rows = [["指标", "2024年4月30日", "2024年5月31日"], ["资产池未偿本金余额（元）", "931,712,913.89", "866,977,500.63"], ["累计违约率（%）", "0.31", "0.46"]]
    found = read("四、资产池表现", rows)
    balances = {dict(fact.key)["as_of"]: str(fact.value) for fact in found.facts if fact.table == "pool_stats"}
    assert balances == {"2024-04-30": "931712913.89", "2024-05-31": "866977500.63"}
    assert (figures(found)["cumulative_default_pct"], figures(found)["pool_closing_balance"]) == ("0.46", "866977500.63")


def test_a_day_over_a_column_is_its_header_and_asked_of_nobody() -> None:
    rows: Block = [["指标", "2024年4月30日", "2024年5月31日"], ["累计违约率（%）", "0.31", "0.46"], ["本期新增违约金额（元）", "1.00", "2.00"]]
    ledger = ledger_of(report("四、资产池表现", rows), LABELS)
    assert not [entry for entry in ledger.entries if entry.account == "asked"]
    assert [entry.rule for entry in ledger.entries if entry.text == "2024年4月30日"] == ["label"]


def test_defaults_in_a_table_of_dates_are_read() -> None:
    rows = mixed(["报告日期", "2024年6月21日"], ["本次支付日", "2024年6月26日"], DEFAULTS)
    assert figures(read("四、基本情况", rows))["cumulative_default_pct"] == "0.46"


def test_a_label_that_no_kind_knows_is_still_asked() -> None:
    found = read("四、资产池表现", mixed(DEFAULTS, NEW, ["信托财产净流量（元）", "5.00"]))
    assert [item.value for item in found.problems if item.code == "unknown_label"] == ["信托财产净流量(元)"]


@pytest.mark.parametrize("header", ["上期", "预测值", "全部贷款", "晨曦2023年第二期"])
def test_the_column_of_another_is_not_read_by_the_second_kind_either(header: str) -> None:
    found = read("四、资产池表现", mixed(DEFAULTS, NEW, POOL, header=header))
    assert "principal_balance" not in figures(found, "pool_stats")
    assert "cumulative_default_pct" not in figures(found)

"""Whole PDFs whose figures are printed in a misleading form: nothing wrong leaves them without a question at its cell."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

import pytest

from dealproof.dataset.build import Dataset, Row, build_dataset
from dealproof.extract.document import extract_document
from dealproof.interpret.read import interpret_document
from tests.doubles.pdfs import Sheet, write_pdf

from .tables import LABELS

REPORT = (
    "晨己2024年第一期微小企业贷款资产证券化信托", "受托机构报告", "2024年度第4期（总第4期）", "受托机构：华润深国投信托有限公司", "报告日期：2024年6月21日",
)  # fmt: skip
DATES = ("一、重要日期", "收款期间 2024年5月1日至2024年5月31日", "本次支付日 2024年6月26日", "初始起算日 2024年1月1日")


def circular(name: str = "晨己2024年第一期微小企业贷款资产支持证券") -> tuple[str, ...]:
    return name, "发行说明书", "发起机构：浙江泰隆商业银行股份有限公司", "2024年3月12日"


def build(
    folder: Path, cover: Sequence[str], lines: Sequence[str], rows: Sequence[Sequence[str]], note: str = ""
) -> Dataset:
    """A document of a cover and a page with lines over a ruled table."""
    front, page = Sheet(), Sheet()
    for number, line in enumerate(cover):
        front.text(120, 120 + 30 * number, line, size=14 if number < 2 else 10)
    for number, line in enumerate(lines):
        page.text(60, 60 + 20 * number, line)
    width = 480 / len(rows[0])
    top = 80 + 20 * len(lines)
    page.grid([60 + width * n for n in range(len(rows[0]) + 1)], [top + 24 * n for n in range(len(rows) + 1)], rows)
    if note:
        page.text(60, top + 24 * len(rows) + 8, note, size=8)
    path = write_pdf(folder / "x.pdf", front, page)
    return build_dataset([interpret_document(extract_document(path, LABELS), LABELS)])


def shown(dataset: Dataset, table: str, column: str, **where: str) -> list[str]:
    return [row[column] for row in dataset.rows(table) if row[column] and all(row[k] == v for k, v in where.items())]


def asked(dataset: Dataset, table: str, column: str, part: str = "") -> list[Row]:
    return [
        row for row in dataset.rows("questions")
        if (row["table"], row["column"]) == (table, column) and part in [*row["key"].split("|"), ""]
    ]  # fmt: skip


def test_a_default_rate_printed_as_a_fraction_is_read_by_its_amount(tmp_path: Path) -> None:
    rows = [("指标", "数值"), ("初始资产池未偿本金余额（元）", "1,000,000,000.00"), ("累计违约金额（元）", "12,300,000.00"), ("累计违约率", "0.0123")]
    dataset = build(tmp_path, REPORT, (*DATES, "三、资产池状况"), rows)
    assert shown(dataset, "performance", "value", metric="cumulative_default_pct") == ["1.23"]
    assert [row for row in dataset.rows("questions") if row["kind"] == "failed_check"] == []


@pytest.mark.parametrize("printed", ["0.0045", "0.021"])
def test_a_fraction_of_which_no_amount_is_printed_waits(tmp_path: Path, printed: str) -> None:
    rows = [("项目", "本期"), ("期末资产池未偿本金余额（元）", "866,977,500.63"), ("累计违约率", printed)]
    dataset = build(tmp_path, REPORT, (*DATES, "三、资产池状况"), rows)
    assert shown(dataset, "performance", "value", metric="cumulative_default_pct") == []
    assert len(asked(dataset, "performance", "value", "cumulative_default_pct")) == 1


def test_balances_under_a_unit_line_that_cannot_be_right_wait(tmp_path: Path) -> None:
    rows = [
        ("证券档次", "期初本金余额", "本期兑付本金", "期末本金余额"),
        ("优先A级", "779,520,000.00", "32,480,000.00", "747,040,000.00"), ("次级", "124,000,000.00", "0.00", "124,000,000.00"),
    ]  # fmt: skip
    dataset = build(tmp_path, REPORT, (*DATES, "二、证券兑付", "单位：万元"), rows)
    assert shown(dataset, "tranche_payments", "closing_balance") == []
    assert len(asked(dataset, "tranche_payments", "closing_balance")) == 2


def test_an_amount_whose_mark_leads_to_another_unit_waits_alone(tmp_path: Path) -> None:
    rows = [("证券档次", "发行规模（亿元）", "利率形式"), ("优先A级", "8.12", "固定利率"), ("次级", "12,400.00*", "无票面利率")]
    dataset = build(tmp_path, circular(), ("第一章 本期证券概要",), rows, "* 该行金额的计量单位与表头不同。")
    wrong = [value for value in shown(dataset, "tranches", "amount", tranche="次级") if Decimal(value) != 124_000_000]
    assert wrong == []
    assert shown(dataset, "tranches", "amount", tranche="优先A") == ["812000000"]


def test_loan_rates_of_a_month_are_no_years_rates(tmp_path: Path) -> None:
    rows = [
        ("项目", "数值"), ("资产池未偿本金余额（万元）", "100,000.31"), ("贷款笔数（笔）", "3,184"), ("加权平均贷款利率（‰）", "5.20"),
    ]  # fmt: skip
    dataset = build(tmp_path, circular(), ("第三章 资产池", "截至初始起算日（2024年1月1日），资产池情况见下表："), rows)
    assert shown(dataset, "pool_stats", "value", metric="wa_rate_pct") == []
    (question,) = asked(dataset, "pool_stats", "value", "wa_rate_pct")
    assert "6.24" in question["candidates"]


@pytest.mark.parametrize(("head", "code"), [("发行规模（万美元）", "USD"), ("发行金额（万港元）", "HKD")])
def test_a_deal_in_dollars_is_not_counted_in_yuan(tmp_path: Path, head: str, code: str) -> None:
    rows = [("证券档次", head, "利率形式"), ("优先A级", "8,120.00", "固定利率"), ("次级", "1,880.00", "无票面利率")]
    dataset = build(tmp_path, circular(), ("第一章 本期证券概要",), rows)
    assert shown(dataset, "deals", "currency") == [code]
    assert len(asked(dataset, "deals", "currency")) == 1
    assert shown(dataset, "tranches", "amount", tranche="优先A") == ["81200000"]


@pytest.mark.parametrize("name", [
    "晨申2024年第Ⅰ期微小企业贷款资产支持证券", "人民币100,000万元晨申2024年第一期微小企业贷款资产支持证券", "晨申2024年第壹期微小企业贷款资产支持证券",
])  # fmt: skip
def test_a_deal_has_one_key_however_its_title_is_set(tmp_path: Path, name: str) -> None:
    rows = [("证券档次", "发行规模（万元）", "利率形式"), ("优先A级", "50,000.00", "固定利率"), ("次级", "50,000.00", "无票面利率")]
    dataset = build(tmp_path, circular(name), ("第一章 本期证券概要",), rows)
    assert [row["deal_id"] for row in dataset.rows("deals")] == ["晨申2024-1"]
    assert shown(dataset, "tranches", "amount", deal_id="晨申2024-1") == ["500000000", "500000000"]


def test_an_amount_printed_above_the_title_is_no_part_of_the_name(tmp_path: Path) -> None:
    cover = ("人民币214,090万元", *circular("台融2023年第二期微小企业贷款资产支持证券"))
    rows = [("证券档次", "发行规模（万元）", "利率形式"), ("优先A级", "150,500.00", "固定利率"), ("次级", "63,590.00", "无票面利率")]
    dataset = build(tmp_path, cover, ("第一章 本期证券概要",), rows)
    assert [(row["deal_id"], row["deal_name"]) for row in dataset.rows("deals")] == [("台融2023-2", "台融2023年第二期微小企业贷款资产支持证券")]


def test_a_glued_digit_of_a_note_is_asked_at_its_cell(tmp_path: Path) -> None:
    rows = [
        ("资产状态", "笔数", "未偿本金余额（元）", "金额占比（%）"), ("正常", "5,600", "715,230,145.36", "98.11"), ("逾期1-30天", "80", "7,290,000.00", "1.001"),
        ("逾期31-60天", "35", "3,280,500.00", "0.45"), ("逾期61-90天", "25", "1,822,500.00", "0.25"), ("合计", "5,740", "727,623,145.36", "100.00"),
    ]  # fmt: skip
    dataset = build(tmp_path, REPORT, (*DATES, "三、资产池状态特征"), rows)
    (question,) = [row for row in asked(dataset, "delinquency", "balance_share_pct", "1-30") if row["kind"] == "low_confidence"]
    assert '"1.00"' in question["candidates"]


def test_amounts_broken_into_two_rows_are_asked_and_never_half_read(tmp_path: Path) -> None:
    rows = [
        ("证券档次", "期初本金余额（元）", "期末本金余额（元）"), ("", "779,520,", "747,040,"), ("优先A级", "", ""), ("", "000.00", "000.00"),
        ("次级", "124,000,000.00", "124,000,000.00"),
    ]  # fmt: skip
    dataset = build(tmp_path, REPORT, (*DATES, "二、证券兑付"), rows)
    assert set(shown(dataset, "tranche_payments", "closing_balance", tranche="优先A")) <= {"747040000"}
    assert shown(dataset, "tranche_payments", "closing_balance", tranche="优先A") or [
        row for row in dataset.rows("questions") if row["table"] == "tranche_payments"
    ]

"""Traps that published documents have set; each was seen in print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.interpret.kinds import pool_distributions, tranche_payments
from dealproof.interpret.read import interpret_document
from dealproof.model.evidence import Problem
from dealproof.model.profile import Profile
from tests.interpret.tables import LABELS, context_of, document_of, table_of, values_of

CIRCULAR = Profile(kind="offering_circular", market="credit_abs", deal_id="云帆2025-1", cutoff_date=date(2025, 1, 31))
REPORT = Profile(kind="trustee_report", market="credit_abs", deal_id="云帆2025-1", period_no=3)


def test_displayed_ratios_that_add_up_to_100_01_are_no_fault() -> None:
    table = table_of(
        [
            ["地区", "余额（万元）", "占比（%）"],
            ["浙江省", "50.00", "33.34"], ["江苏省", "50.00", "33.34"], ["其他", "49.97", "33.33"], ["合计", "149.97", "100.00"],
        ],
        title="借款人地区分布",
    )  # fmt: skip
    reading = pool_distributions.read(table, context_of(profile=CIRCULAR))
    assert len(values_of(reading.facts, "pool_distributions", "amount_share_pct")) == 3
    assert reading.problems == ()


def test_an_amount_per_hundred_yuan_of_face_value_is_no_payment() -> None:
    table = table_of(
        [
            ["证券", "本期兑付本金（元）", "每百元面额兑付本金（元）", "本期兑付利息（元）"],
            ["优先A档", "1,000.00", "10.00", "20.00"],
            ["次级档", "0.00", "0.00", "0.00"],
        ]
    )
    reading = tranche_payments.read(table, context_of(profile=REPORT))
    paid = values_of(reading.facts, "tranche_payments", "principal_paid")
    assert set(paid.values()) == {Decimal("1000.00"), Decimal("0.00")}


def test_a_scanned_signature_page_does_not_take_the_other_pages_along() -> None:
    cover = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第一章 证券概况"
    table = table_of([["分层", "发行金额（万元）"], ["优先A档", "80,000.00"], ["次级档", "20,000.00"]])
    native = document_of(cover, "（签章页）", tables=(table,))
    mixed = replace(
        native, pages=(native.pages[0], replace(native.pages[1], lines=(), quality="scanned", read_by="unread"))
    )
    read = interpret_document(mixed, LABELS)
    assert read.status != "unsupported"
    assert len(values_of(read.facts, "tranches", "amount")) == 2


def test_dollars_in_a_deal_of_yuan_are_a_question() -> None:
    cover = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第一章 证券概况"
    table = table_of([["分层", "发行规模"], ["优先A档", "$80.00"], ["次级档", "$20.00"]])
    asked = [
        p for p in interpret_document(document_of(cover, tables=(table,)), LABELS).problems if p.code == "unit_unclear"
    ]
    assert {p.key for p in asked} == {"云帆2025-1|优先A", "云帆2025-1|次级"}


COVER = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第一章 证券概况"


def test_a_figure_that_two_readers_read_differently_is_a_question_about_that_figure() -> None:
    table = table_of([["分层", "发行金额（万元）"], ["优先A档", "80.00"], ["次级档", "20.00"]])
    cells = [replace(cell, doubt="camelot reads '30.00'") if cell.text == "20.00" else cell for cell in table.cells]
    read = interpret_document(document_of(COVER, tables=(replace(table, cells=tuple(cells)),)), LABELS)
    (asked,) = [problem for problem in read.problems if problem.code == "low_confidence"]
    assert (asked.table, asked.key, asked.column) == ("tranches", "云帆2025-1|次级", "amount")
    assert "30.00" in asked.message


def test_what_could_not_be_read_of_a_document_is_told_with_what_could() -> None:
    table = table_of([["分层", "发行金额（万元）"], ["优先A档", "80.00"], ["次级档", "20.00"]])
    trouble = Problem("missing_table", "warning", "read", "A table on page 7 could not be read.", page=7)
    extract = replace(document_of(COVER, tables=(table,)), problems=(trouble,))
    assert trouble in interpret_document(extract, LABELS).problems


@pytest.mark.parametrize(("amount", "asked"), [("20.00", 0), ("", 1)])
def test_a_note_in_the_place_of_a_figure_is_a_doubt_only_where_no_figure_was_read(amount: str, asked: int) -> None:
    rows = [["分层", "发行金额（万元）"], ["优先A档", "80.00"], ["中间档", "10.00"], ["次级档", amount]]
    note = [["分层", "发行金额（万元）"], ["优先A档", "80.00"], ["次级档", "次级档由发起机构全部自持，不对外发行。"]]
    read = interpret_document(document_of(COVER, tables=(table_of(rows), table_of(note))), LABELS)
    assert len([problem for problem in read.problems if "cannot be read" in problem.message]) == asked


def test_two_units_for_a_figure_are_a_choice_between_the_values_that_each_gives() -> None:
    table = table_of([["分层", "发行金额（万元）"], ["优先A档", "80.00"], ["次级档", "20.00"]], unit_line="单位：元")
    read = interpret_document(document_of(COVER, tables=(table,)), LABELS)
    asked = [problem for problem in read.problems if problem.code == "unit_unclear"]
    assert [[each.value for each in problem.candidates] for problem in asked] == [["800000", "80"], ["200000", "20"]]
    assert {problem.alike for problem in asked} == {"column_header says 万元, unit_line says 元"}

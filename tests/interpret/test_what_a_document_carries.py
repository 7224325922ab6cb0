"""A kind of document carries some tables and not others: a circular that looks like a report reports nothing."""

from __future__ import annotations

from datetime import date

import pytest

from dealproof.contract.document_kinds import UNKNOWN_KIND, DocumentKind
from dealproof.interpret.context import Context
from dealproof.interpret.read_tables import read_tables
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from tests.interpret.tables import LABELS, document_of, table_of

STATUSES = table_of(
    [["状态", "笔数", "余额（元）"], ["正常贷款", "90", "900"], ["逾期1-30天", "9", "90"], ["逾期31-60天", "1", "10"]], title="资产池状态"
)
PURCHASES = table_of(
    [["次数", "持续购买日", "购买资产本金余额（万元）"], ["第1次", "2025/5/10", "100"], ["第2次", "2025/6/10", "110"]]
)
PAYMENTS = table_of(
    [
        ["证券", "期初本金余额（元）", "本期兑付本金（元）", "本期兑付利息（元）", "期末本金余额（元）"],
        ["优先A档", "5,000.00", "1,000.00", "20.00", "4,000.00"],
        ["次级档", "500.00", "0.00", "0.00", "500.00"],
    ]
)
REGIONS = table_of(
    [["地区", "余额（万元）", "占比（%）"], ["浙江省", "60.00", "60.00"], ["江苏省", "40.00", "40.00"]], title="借款人地区分布"
)


def read_as(table: Table, kind: DocumentKind) -> str:
    extract = document_of("", tables=(table,))
    profile = Profile(
        kind=kind, market="credit_abs", deal_id="云帆2025-1", period_no=3, period_end=date(2025, 6, 30),
        cutoff_date=date(2025, 1, 31),
    )  # fmt: skip
    (entry,) = read_tables(Context(extract, profile, LABELS))
    return entry.kind


@pytest.mark.parametrize(("table", "wanted", "reports", "others"), [
    (STATUSES, "delinquency", ["trustee_report", "rating_tracking"], ["offering_circular", "revolving_notice"]),
    (PURCHASES, "revolving_purchases", ["trustee_report", "revolving_notice"], ["offering_circular", "rating_report"]),
    (PAYMENTS, "tranche_payments", ["trustee_report"], ["offering_circular", "issue_result", "rating_tracking"]),
    (REGIONS, "pool_distributions", ["offering_circular", "trustee_report"], ["revolving_notice"]),
], ids=["statuses", "purchases", "payments", "regions"])  # fmt: skip
def test_a_table_is_read_in_documents_that_may_carry_it_and_taken_for_something_else_or_left_in_others(
    table: Table, wanted: str, reports: list[DocumentKind], others: list[DocumentKind]
) -> None:
    assert {kind: read_as(table, kind) for kind in reports} == dict.fromkeys(reports, wanted)
    assert wanted not in {read_as(table, kind) for kind in others}


def test_a_paper_of_no_known_kind_carries_nothing_of_a_period() -> None:
    read = {read_as(table, UNKNOWN_KIND) for table in (STATUSES, PURCHASES, PAYMENTS)}
    assert not read & {"delinquency", "revolving_purchases", "tranche_payments", "performance"}
    assert read_as(REGIONS, UNKNOWN_KIND) == "pool_distributions"

"""Distributions of the pool over buckets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from dealproof.interpret.context import Reading
from dealproof.interpret.kinds import pool_distributions
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from tests.interpret.tables import context_of, table_of, values_of

CIRCULAR = Profile(kind="offering_circular", market="credit_abs", deal_id="云帆2025-1", cutoff_date=date(2025, 1, 31))


def read(table: Table) -> Reading:
    context = context_of(profile=CIRCULAR)
    assert pool_distributions.claim(table, context) > 0.3
    return pool_distributions.read(table, context)


def column(reading: Reading, name: str) -> dict[str, object]:
    """Values by `dimension|bucket`."""
    found = values_of(reading.facts, "pool_distributions", name)
    return {"|".join(key.split("|")[2:]): value for key, value in found.items()}


def test_a_share_label_printed_twice_is_told_apart() -> None:
    reading = read(
        table_of(
            [
                ["剩余期限（月）", "金额（万元）", "占比（%）", "数量（笔）", "占比（%）"],
                ["(0，6]", "60", "60", "5", "50"],
                ["(6，12]", "40", "40", "5", "50"],
                ["合计", "100", "100", "10", "100"],
            ]
        )
    )
    assert column(reading, "amount_share_pct")["remaining_term|(0,6]"] == Decimal(60)
    assert column(reading, "count_share_pct")["remaining_term|(0,6]"] == Decimal(50)
    assert column(reading, "upper")["remaining_term|(0,6]"] == Decimal(6)


def test_the_total_row_is_no_bucket_and_the_row_of_others_is_one() -> None:
    reading = read(
        table_of(
            [
                ["地区", "余额（万元）", "占比"],
                ["浙江", "90", "90%"],
                ["其他", "10", "10%"],
                ["合计", "100", "100%"],
            ]
        )
    )
    assert column(reading, "position") == {"region|浙江": 1, "region|其他": 2}


def test_rows_that_miss_their_total_are_a_question() -> None:
    reading = read(
        table_of([["地区", "笔数", "占比"], ["浙江", "9", "90%"], ["江苏", "2", "10%"], ["合计", "10", "100%"]])
    )
    assert "failed_check" in [problem.code for problem in reading.problems]


def test_a_column_of_row_numbers_does_not_name_the_buckets() -> None:
    reading = read(
        table_of(
            [
                ["序号", "区间", "金额（万元）", "占比"],
                ["1", "5万元以下", "5", "5%"],
                ["2", "5万元以上", "95", "95%"],
            ],
            title="单笔贷款未偿本金余额分布",
        )
    )
    assert list(column(reading, "amount")) == ["balance|5万元以下", "balance|5万元以上"]


def test_a_dimension_out_of_the_list_keeps_its_printed_name() -> None:
    reading = read(
        table_of(
            [["职业", "余额（万元）", "占比"], ["教师", "60", "60%"], ["医生", "40", "40%"]], title="表3 借款人职业分布"
        )
    )
    assert list(column(reading, "amount")) == ["other:借款人职业|教师", "other:借款人职业|医生"]


BUCKETS = [["1年以内", "5", "50.00%", "500"], ["1-2年", "5", "50.00%", "500"], ["合计", "10", "100.00%", "1000"]]


def test_a_distribution_whose_amount_nobody_knows_is_asked_about() -> None:
    reading = read(table_of([["剩余期限", "笔数", "笔数占比", "某某口径余额值（元）"], *BUCKETS]))
    assert column(reading, "count") == {"remaining_term|1年以内": Decimal(5), "remaining_term|1-2年": Decimal(5)}
    asked = [(p.code, p.table, p.column, p.value) for p in reading.problems]
    assert asked == [("unknown_label", "pool_distributions", "columns", "某某口径余额值(元)")]


def test_a_distribution_none_of_whose_columns_is_known_is_asked_about_and_not_lost() -> None:
    rows = [[bucket, amount] for bucket, _, _, amount in BUCKETS]
    reading = read(table_of([["区间", "某某口径余额值（元）"], *rows], title="贷款剩余期限分布"))
    assert [p.value for p in reading.problems] == ["某某口径余额值(元)"]


def test_the_amounts_of_contracts_are_not_taken_for_balances() -> None:
    head = ["剩余期限", "笔数", "占比", "合同金额（元）", "未偿本金余额（元）"]
    rows = [[bucket, number, share, "9000", amount] for bucket, number, share, amount in BUCKETS]
    reading = read(table_of([head, *rows]))
    assert set(column(reading, "amount").values()) == {Decimal(500)}


def test_a_share_of_borrowers_is_no_share_of_loans() -> None:
    head = ["剩余期限", "户数（户）", "户数占比（%）", "金额（元）", "金额占比（%）"]
    rows = [[bucket, "3", "40", amount, "50"] for bucket, _, _, amount in BUCKETS[:2]]
    reading = read(table_of([head, *rows]))
    assert column(reading, "count_share_pct") == {}
    assert column(reading, "amount_share_pct")["remaining_term|1-2年"] == Decimal(50)


def test_the_spread_over_ratios_of_income_and_debt_is_none_over_incomes() -> None:
    rows = [[bucket, number, "50.00%", amount, "50.00%"] for bucket, number, _, amount in BUCKETS[:2]]
    reading = read(
        table_of([["区间", "笔数", "笔数占比", "余额（元）", "余额占比"], *rows], title="借款人收入债务比分布")
    )
    assert {key.split("|")[0] for key in column(reading, "amount")} == {"other:借款人收入债务比"}


@pytest.mark.parametrize(
    ("other", "own"), [("入池时", "期末"), ("上期末", "本期末"), ("初始起算日", "报告期末"), ("前期", "本期")]
)
def test_in_a_report_the_pool_of_the_periods_end_is_distributed(other: str, own: str) -> None:
    rows = [
        ["浙江", "90", "90%", "40", "80%"],
        ["江苏", "10", "10%", "10", "20%"],
        ["合计", "100", "100%", "50", "100%"],
    ]
    heads = [["地区", other, other, own, own], ["地区", "余额（元）", "占比", "余额（元）", "占比"]]
    report = Profile(
        kind="trustee_report", market="credit_abs", deal_id="云帆2025-1", period_no=3, period_end=date(2025, 6, 30)
    )
    reading = pool_distributions.read(table_of([*heads, *rows]), context_of(profile=report))
    assert column(reading, "amount") == {"region|浙江": Decimal(40), "region|江苏": Decimal(10)}
    assert column(reading, "amount_share_pct") == {"region|浙江": Decimal(80), "region|江苏": Decimal(20)}
    assert reading.problems == ()


def test_of_two_columns_of_amounts_the_first_is_taken_and_asked() -> None:
    rows = [["浙江", "90", "40", "90%"], ["江苏", "10", "10", "10%"]]
    reading = read(table_of([["地区", "贷款余额（元）", "余额（元）", "占比"], *rows]))
    assert len(column(reading, "amount")) == 2
    assert [problem.code for problem in reading.problems] == ["low_confidence"]  # 江苏 has the same figure in both
    assert [(problem.key.split("|")[-1], problem.column) for problem in reading.problems] == [("浙江", "amount")]


SHARES = [["制造业", "30", "30.00", "1,500.01", "25.00"], ["批发业", "50", "50.00", "3,000.00", "50.00"], ["其他", "20", "20.00", "1,500.00", "25.00"]]
WHOLE = ["100", "100.00", "6,000.01", "100.00"]
HEAD = ["行业", "笔数", "笔数占比（%）", "余额（万元）", "余额占比（%）"]


@pytest.mark.parametrize("label", ["全部", "资产池整体", "合计", "总计", "所有行业"])
@pytest.mark.parametrize("place", [0, 3, 1])
def test_the_row_that_the_others_add_up_to_is_the_total_whatever_its_name_and_place(label: str, place: int) -> None:
    rows = [*SHARES[:place], [label, *WHOLE], *SHARES[place:]]
    reading = read(table_of([HEAD, *rows]))
    assert set(column(reading, "amount")) == {"industry|制造业", "industry|批发业", "industry|其他"}
    assert column(reading, "position")["industry|其他"] == 3
    assert not reading.problems


def test_a_bucket_that_holds_half_of_everything_is_no_total() -> None:
    rows = [["甲", "1", "50.00", "5.00", "50.00"], ["乙", "1", "50.00", "5.00", "50.00"], ["丙", "0", "0.00", "0.00", "0.00"]]
    assert len(column(read(table_of([HEAD, *rows])), "amount")) == 3


def test_a_row_that_the_others_do_not_add_up_to_stays_a_bucket() -> None:
    rows = [["全部", "101", "100.00", "6,000.01", "100.00"], *SHARES]
    assert "industry|全部" in column(read(table_of([HEAD, *rows])), "amount")

"""Purchases of further assets."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealproof.interpret.context import Reading
from dealproof.interpret.kinds import revolving_purchases
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from tests.interpret.tables import context_of, table_of, values_of

REPORT = Profile(kind="trustee_report", market="credit_abs", deal_id="云帆2025-1", period_no=3)
NOTICE = Profile(
    kind="revolving_notice", market="exchange_abs", deal_id="云帆2025-1", title="云帆1期关于第二次循环购买的公告"
)


def read(table: Table, profile: Profile = REPORT) -> Reading:
    context = context_of(profile=profile)
    assert revolving_purchases.claim(table, context) > 0.3
    return revolving_purchases.read(table, context)


def column(reading: Reading, name: str) -> dict[str, object]:
    """Values by number of purchase."""
    return {key.split("|")[1]: v for key, v in values_of(reading.facts, "revolving_purchases", name).items()}


def test_the_price_paid_is_not_the_balance_bought() -> None:
    reading = read(
        table_of(
            [
                ["次数", "持续购买日", "支付对价（万元）", "购买资产本金余额（万元）", "循环购买倍数"],
                ["第1次", "2025/5/10", "99", "100", "0.1"],
                ["第2次", "2025/6/10", "109", "110", "0.2"],
            ]
        )
    )
    assert column(reading, "purchase_amount") == {"1": Decimal(1000000), "2": Decimal(1100000)}
    assert column(reading, "amount_basis") == {"1": "principal", "2": "principal"}


def test_a_discounted_amount_says_so() -> None:
    reading = read(table_of([["序号", "循环购买日", "资产折后本息余额（元）"], ["1", "2025年5月10日", "100"]]))
    assert column(reading, "amount_basis") == {"1": "discounted"}


def test_a_total_row_is_no_purchase() -> None:
    reading = read(table_of([["次数", "持续购买日", "入池本金（元）"], ["1", "2025/5/10", "100"], ["合计", "", "100"]]))
    assert list(column(reading, "purchase_amount")) == ["1"]


def test_a_notice_in_pairs_takes_its_number_from_the_title() -> None:
    reading = read(
        table_of(
            [
                ["循环购买日", "2025年5月10日"],
                ["购买资产未偿本金余额", "12,000.50万元"],
                ["支付对价", "12,000万元"],
            ]
        ),
        NOTICE,
    )
    assert column(reading, "purchase_amount") == {"2": Decimal("120005000.00")}
    assert column(reading, "purchase_date") == {"2": "2025-05-10"}


def test_a_notice_without_a_number_is_a_question() -> None:
    table = table_of([["循环购买日", "2025年5月10日"], ["购买资产未偿本金余额", "12万元"]])
    reading = read(table, Profile(kind="revolving_notice", deal_id="云帆2025-1"))
    assert not reading.facts
    assert [problem.column for problem in reading.problems] == ["purchase_no"]


def test_purchases_without_numbers_are_counted_by_date_and_asked_about() -> None:
    reading = read(
        table_of([["循环购买日", "入池本金（元）"], ["2025/6/10", "110"], ["2025/5/10", "100"]], title="循环购买")
    )
    assert column(reading, "purchase_amount") == {"2": Decimal(110), "1": Decimal(100)}
    assert [problem.column for problem in reading.problems] == ["purchase_no"]


@pytest.mark.parametrize(("label", "basis"), [
    ("购买资产本金余额（元）", "principal"), ("购买资产本息余额（元）", "principal_and_interest"),
])  # fmt: skip
def test_an_amount_bought_says_whether_interest_is_in_it(label: str, basis: str) -> None:
    reading = read(table_of([["次数", "持续购买日", label], ["第1次", "2025/5/10", "100"]]))
    assert column(reading, "purchase_amount") == {"1": Decimal(100)}
    assert column(reading, "amount_basis") == {"1": basis}


def test_purchases_without_a_number_are_counted_by_date_and_asked() -> None:
    reading = read(table_of([["持续购买日", "购买资产本金余额（元）"], ["2025/6/10", "110"], ["2025/5/10", "100"]]))
    assert column(reading, "purchase_amount") == {"1": Decimal(100), "2": Decimal(110)}
    assert [problem.column for problem in reading.problems] == ["purchase_no"]


def test_purchases_that_go_on_from_others_before_them_get_no_number() -> None:
    rows = [["循环购买日", "购买资产未偿本金余额（元）", "累计购买本金（元）"], ["2025-07-18", "88,201,330.10", "611,003,218.44"], ["2025-08-18", "90,117,204.66", "701,120,423.10"]]
    reading = read(table_of(rows, title="循环购买"))
    assert reading.facts == ()
    assert [(item.code, item.column) for item in reading.problems] == [("low_confidence", "purchase_no")]

"""Money in and out of the accounts, of this period and of the one before."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dealproof import contract
from dealproof.interpret.context import Reading
from dealproof.interpret.kinds import cash_flows
from dealproof.model.table import Table
from tests.interpret.tables import context_of, table_of, values_of


def read(table: Table) -> Reading:
    context = context_of()
    assert cash_flows.claim(table, context) > 0.3
    return cash_flows.read(table, context)


def column(reading: Reading, name: str) -> dict[str, object]:
    """Values by `account|line`."""
    found = values_of(reading.facts, "cash_flows", name)
    return {"|".join(key.split("|")[2:4]): value for key, value in found.items()}


@pytest.mark.parametrize(("before", "own"), [
    ("上期", "本期"), ("上期金额（元）", "本期金额（元）"), ("前期金额（元）", "本期金额（元）"), ("上月金额（元）", "本月金额（元）"),
    ("上收款期间", "本收款期间"), ("上个计息期", "本计息期"), ("前一期（元）", "本期（元）"), ("上季度金额", "本季度金额"),
])  # fmt: skip
def test_this_period_and_the_one_before_are_kept_apart(before: str, own: str) -> None:
    for heads, at in (([before, own], (1, 0)), ([own, before], (0, 1))):
        reading = read(
            table_of([["收入账", *heads], ["利息回收", "120", "99"], ["合计", "120", "99"]], unit_line="单位：元")
        )
        amounts = (Decimal(120), Decimal(99))
        assert set(column(reading, "amount").values()) == {amounts[at[0]]}
        assert set(column(reading, "previous_amount").values()) == {amounts[at[1]]}


@pytest.mark.parametrize("other", ["上年同期金额（元）", "较上期增减金额（元）", "预测金额（元）", "年初金额（元）"])
def test_what_is_neither_this_period_nor_the_one_before_is_left_aside(other: str) -> None:
    reading = read(table_of([["收入账", other, "本期金额（元）"], ["利息回收", "120", "99"], ["合计", "120", "99"]]))
    assert column(reading, "amount") == {"income|利息回收": Decimal(99), "income|合计": Decimal(99)}
    assert column(reading, "previous_amount") == {}


def test_two_columns_of_amounts_without_a_period_are_a_question() -> None:
    reading = read(
        table_of([["收入账", "甲金额（元）", "乙金额（元）"], ["利息回收", "120", "99"], ["合计", "120", "99"]])
    )
    assert [problem.code for problem in reading.problems] == ["low_confidence"]


def test_each_account_of_a_table_keeps_its_own_lines() -> None:
    rows = [
        ["收入账", "金额（元）", "本金账", "金额（元）"],
        ["利息回收", "12", "正常回收", "70"],
        ["其他收入", "3", "提前偿还", "30"],
        ["合计", "15", "合计", "100"],
    ]
    assert column(read(table_of(rows)), "amount") == {
        "income|利息回收": Decimal(12), "income|其他收入": Decimal(3), "income|合计": Decimal(15),
        "principal|正常回收": Decimal(70), "principal|提前偿还": Decimal(30), "principal|合计": Decimal(100),
    }  # fmt: skip


def test_a_line_that_stands_twice_in_an_account_is_a_question() -> None:
    reading = read(table_of([["收入账", "本期（元）"], ["其他", "1"], ["其他", "2"], ["合计", "3"]]))
    assert column(reading, "amount")["income|其他"] == Decimal(1)
    assert [problem.code for problem in reading.problems] == ["conflict"]


def test_a_label_that_holds_the_sign_between_parts_of_a_key_keeps_the_key_in_its_parts() -> None:
    rows = [["收入账", "上期", "本期"], ["利息|罚息回收", "120", "99"], ["合计", "120", "99"]]
    keys = [fact.key_text for fact in read(table_of(rows, unit_line="单位：元")).facts]
    assert any("利息｜罚息回收" in key for key in keys)
    assert {key.count("|") for key in keys} == {len(contract.table("cash_flows").key) - 1}


NEGATIVES = ["(1,056.20)", "（1,056.20）", "1,056.20-", "( 1,056.20 )"]


@pytest.mark.parametrize("printed", NEGATIVES)
def test_a_figure_in_brackets_is_negative_where_the_total_says_so(printed: str) -> None:
    rows = [["收入账", "本期（元）"], ["正常回收", "8,845,210.33"], ["其他收入", printed], ["合计", "8,844,154.13"]]
    reading = read(table_of(rows))
    assert column(reading, "amount")["income|其他收入"] == Decimal("-1056.20")
    assert not reading.problems


@pytest.mark.parametrize("printed", NEGATIVES)
@pytest.mark.parametrize("total", ["8,845,210.33", "8,846,266.53", ""])
def test_a_figure_in_brackets_that_no_total_proves_is_asked_and_not_taken(printed: str, total: str) -> None:
    rows = [["收入账", "本期（元）"], ["正常回收", "8,845,210.33"], ["其他收入", printed], ["合计", total]]
    reading = read(table_of(rows))
    assert "income|其他收入" not in column(reading, "amount")
    assert [problem.key.split("|")[3] for problem in reading.problems] == ["其他收入"]


def test_each_subtotal_proves_the_lines_above_it() -> None:
    rows = [
        ["收入账", "本期（元）"], ["利息回收", "100.00"], ["退款", "(20.00)"], ["小计", "80.00"], ["其他收入", "30.00"],
        ["手续费退回", "(5.00)"], ["合计", "105.00"],
    ]  # fmt: skip
    amounts = column(read(table_of(rows)), "amount")
    assert (amounts["income|退款"], amounts["income|手续费退回"]) == (Decimal("-20.00"), Decimal("-5.00"))


def test_the_total_of_one_account_proves_nothing_of_the_next() -> None:
    rows = [
        ["收入账", "本期（元）"], ["利息回收", "100.00"], ["合计", "100.00"], ["本金账", "本期（元）"], ["正常回收", "70.00"],
        ["退款", "(20.00)"],
    ]  # fmt: skip
    assert "principal|退款" not in column(read(table_of(rows)), "amount")


ACCOUNTS = [["正常回收", "2,630.62", "43,840.97"], ["提前偿还", "570.34", "11,405.74"], ["合计", "3,200.96", "55,246.71"]]


@pytest.mark.parametrize("head", [["", "收入分账户（元）", "本金分账户（元）"], ["科目", "收入账（元）", "本金账（元）"]])
def test_two_accounts_may_be_columns_beside_their_lines(head: list[str]) -> None:
    found = column(read(table_of([head, *ACCOUNTS], title="（二）现金流入")), "amount")
    assert found["income|正常回收"] == Decimal("2630.62")
    assert found["principal|合计"] == Decimal("55246.71")


@pytest.mark.parametrize("head", ["收入项目", "流入项目", "收入科目"])
@pytest.mark.parametrize("heading", ["4.2 本金账", "（二）本金账", "表4-2 本金账情况"])
def test_receipts_under_the_heading_of_the_principal_account_are_principal(head: str, heading: str) -> None:
    rows = [[head, "上次报告期", "本次报告期"], ["正常回收", "500.00", "400.00"], ["合计", "500.00", "400.00"]]
    for table in (table_of(rows, section=("四、信托账户", heading), unit_line="单位：元"), table_of(rows, title=heading, unit_line="单位：元")):
        assert column(read(table), "amount") == {"principal|正常回收": Decimal(400), "principal|合计": Decimal(400)}


def test_a_head_that_names_the_income_account_speaks_before_the_heading() -> None:
    rows = [["收入账", "上次报告期", "本次报告期"], ["正常回收", "5.00", "4.00"], ["合计", "5.00", "4.00"]]
    assert column(read(table_of(rows, title="本金账", unit_line="单位：元")), "amount") == {"income|正常回收": Decimal(4), "income|合计": Decimal(4)}


def test_two_accounts_side_by_side_may_have_a_head_over_each() -> None:
    rows = [["收入账", None, None, "本金账", None, None], ["科目", "上次报告期", "本次报告期"] * 2]
    rows[0] = ["收入账", "收入账", "收入账", "本金账", "本金账", "本金账"]
    found = read(table_of([*rows, ["正常回收", "120", "99", "正常回收", "500", "400"], ["合计", "120", "99", "合计", "500", "400"]], unit_line="单位：元"))
    assert column(found, "amount") == {
        "income|正常回收": Decimal(99), "income|合计": Decimal(99), "principal|正常回收": Decimal(400), "principal|合计": Decimal(400),
    }  # fmt: skip
    assert column(found, "previous_amount")["principal|合计"] == Decimal(500)


def test_lines_may_stand_over_one_row_of_amounts() -> None:
    rows = [["税收", "受托机构报酬", "资金保管机构报酬", "合计"], ["41,201.33", "22,010.02", "10,088.41", "73,299.76"]]
    found = column(read(table_of(rows, title="四、费用支出", unit_line="单位：元")), "amount")
    assert found == {
        "fees|税收": Decimal("41201.33"), "fees|受托机构报酬": Decimal("22010.02"), "fees|资金保管机构报酬": Decimal("10088.41"),
        "fees|合计": Decimal("73299.76"),
    }  # fmt: skip


@pytest.mark.parametrize("heads", [["项目", "累计", "本期"], ["项目", "本期", "累计"]])
def test_lines_that_name_principal_or_interest_belong_to_that_account(heads: list[str]) -> None:
    at = heads.index("本期")
    rows = [["计划内回收本金", "40"], ["提前还款本金", "11"], ["本金回收合计", "51"], ["利息回收合计", "3"]]
    body = [[line, *(amount if i == at else "999" for i in (1, 2))] for line, amount in rows]
    found = column(read(table_of([heads, *body], title="1. 现金流归集", unit_line="单位：元")), "amount")
    assert found == {
        "principal|计划内回收本金": Decimal(40), "principal|提前还款本金": Decimal(11), "principal|本金回收合计": Decimal(51),
        "income|利息回收合计": Decimal(3),
    }  # fmt: skip


@pytest.mark.parametrize("total", ["合计", "总计"])
def test_a_total_stands_before_the_column_of_lines_where_groups_have_one(total: str) -> None:
    by_account = table_of([["账户", "项目", "本期金额（元）"], ["收入账", "正常回收", "10"], ["本金账", "正常回收", "20"], [total, "", "20"]])
    assert column(read(by_account), "amount")[f"principal|{total}"] == Decimal(20)
    fees = table_of([["类别", "费用项目", "本期金额（元）"], ["服务费用", "审计费", "10"], ["税费", "增值税及附加", "2"], [total, "", "12"]])
    assert column(read(fees), "amount")[f"fees|{total}"] == Decimal(12)


def test_two_lines_in_one_cell_with_one_amount_beside_them_are_asked_and_not_taken() -> None:
    reading = read(table_of([["收入账", "本期金额（元）"], ["正常回收", "10"], ["拖欠回收\n违约回收", "20"], ["其他收入", "3"]]))
    assert set(column(reading, "amount")) == {"income|正常回收", "income|其他收入"}
    assert [problem.code for problem in reading.problems] == ["low_confidence"]


@pytest.mark.parametrize("head", ["收入项目", "收入科目", "收入"])
@pytest.mark.parametrize(("title", "account"), [("4.2 本金账", "principal"), ("表4 收入账明细", "income"), ("本金账户收支情况", "principal")])
def test_receipts_belong_to_the_account_that_the_caption_names(head: str, title: str, account: str) -> None:
    rows = [[head, "本期金额（元）"], ["正常回收", "70"], ["提前偿还", "30"], ["合计", "100"]]
    assert {key.split("|")[0] for key in column(read(table_of(rows, title=title)), "amount")} == {account}


def test_the_fees_of_an_account_that_lists_all_its_movements_are_read_and_nothing_else() -> None:
    rows = [["期初余额", "3,101,220.14", "3,440,910.02"], ["回收款", "40,238,779.49", "44,109,876.30"], ["税费", "120,716.34", "132,329.63"],
            ["受托机构报酬", "81,205.00", "86,110.00"], ["优先档利息", "302,535.00", "781,220.00"], ["费用退还", "11.00", "12.00"]]  # fmt: skip
    reading = read(table_of([["科目", "本期", "上期"], *rows], title="五、信托账户收支（元）"))
    assert column(reading, "amount") == {"fees|税费": Decimal("120716.34"), "fees|受托机构报酬": Decimal("81205.00")}


def test_what_is_no_fee_is_left_under_a_caption_that_speaks_of_fees_too() -> None:
    rows = [["终止日账户余额", "3,881,022.15"], ["清算期间利息收入", "1,204.66"], ["减：管理费", "40,000.00"], ["减：审计费", "30,000.00"], ["可分配金额", "3,812,226.81"]]
    reading = read(table_of([["项目", "金额"], *rows], title="五、清算财产及费用", unit_line="单位：元"))
    assert set(column(reading, "amount")) == {"fees|管理费", "fees|审计费"}


@pytest.mark.parametrize("head", ["现金流出", "资金支出项目", "支出"])
def test_the_fees_beside_what_came_in_are_read(head: str) -> None:
    rows = [["现金流入", "金额", head, "金额"], ["利息收入", "9,000.00", "税费", "402,118.20"], ["本金收入", "8,000.00", "受托机构报酬", "62,400.00"], ["合计", "17,000.00", "合计", "464,518.20"]]
    found = column(read(table_of(rows, title="六、本期现金流（单位：元）", unit_line="单位：元")), "amount")
    assert {"fees|税费": Decimal("402118.20"), "fees|受托机构报酬": Decimal("62400.00")}.items() <= found.items()
    assert not any("利息收入" in key or "本金收入" in key for key in found)
    assert found["fees|合计"] == Decimal("464518.20")


def test_the_total_of_fees_and_payments_is_not_that_of_the_fees() -> None:
    rows = [["流入", "金额", "流出", "金额"], ["回收款", "9,000.00", "税费", "118.20"], ["", "", "受托机构报酬", "400.00"], ["", "", "优先级本金", "8,000.00"], ["合计", "9,000.00", "合计", "8,518.20"]]
    found = column(read(table_of(rows, title="本期现金流", unit_line="单位：元")), "amount")
    assert found == {"fees|税费": Decimal("118.20"), "fees|受托机构报酬": Decimal("400.00")}


@pytest.mark.parametrize("head", ["利息及其他", "利息、罚息及其他", "利息和罚息", "息费及违约金", "利息收入"])
def test_what_borrowers_pay_beside_principal_is_the_income_of_a_collection(head: str) -> None:
    rows = [["回收款类型", "本金", head, "小计"], ["正常回收", "70.00", "7.00", "77.00"], ["提前偿还", "30.00", "3.00", "33.00"], ["合计", "100.00", "10.00", "110.00"]]
    found = column(read(table_of(rows, title="本季度收款情况", unit_line="单位：元")), "amount")
    assert found == {"principal|正常回收": Decimal(70), "income|正常回收": Decimal(7), "principal|提前偿还": Decimal(30), "income|提前偿还": Decimal(3),
                     "principal|合计": Decimal(100), "income|合计": Decimal(10)}  # fmt: skip

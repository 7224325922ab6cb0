"""The same figures in another arrangement are the same facts; who stands where tells whose figure it is."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dealproof.interpret.read import ledger_of
from dealproof.model.interpretation import Interpretation
from tests.interpret.reports import asked_words, read, report
from tests.interpret.tables import LABELS

Rows = Sequence[Sequence[str | None]]
CAPTION = {"tranche_payments": "二、证券兑付", "delinquency": "四、资产池状态", "performance": "四、资产池表现", "cash_flows": "六、现金流"}


def values(found: Interpretation, table: str) -> dict[tuple[str, ...], str]:
    """Figures by the parts of their key between deal and document, and the column."""
    named = {}
    for fact in found.facts:
        if fact.table == table and fact.column not in ("payment_date", "reprinted"):
            key = dict(fact.key)
            own = next(key[name] for name in ("tranche", "bucket", "line", "metric", "purchase_no") if name in key)
            named[own, fact.column] = str(fact.value)
    return named


def seen(rows: Rows, table: str) -> dict[tuple[str, ...], str]:
    return values(read(CAPTION[table], rows), table)  # type: ignore[arg-type]  # an empty place is the cell above


def turned(rows: Rows) -> list[list[str | None]]:
    return [list(column) for column in zip(*rows, strict=True)]


LABELLED = [
    ["项目", "数值"], ["期初资产池余额（元）", "900,000,000.00"], ["本期新增违约金额（元）", "620,000.00"], ["累计违约率（%）", "0.35"],
]  # fmt: skip
STATUS = [
    ["项目", "笔数", "余额（元）", "余额占比（%）"], ["正常", "5,600", "715,230,145.36", "98.54"], ["逾期1-30天", "80", "7,290,000.00", "1.00"],
    ["逾期31-60天", "35", "3,280,500.00", "0.45"], ["合计", "5,715", "725,800,645.36", "100.00"],
]  # fmt: skip
LINES = [
    ["账户", "项目", "本期（元）", "上期（元）"], ["收入账", "利息回收", "100.00", "90.00"], ["收入账", "其他收入", "5.00", "4.00"],
    ["本金账", "正常回收", "1,000.00", "900.00"], ["本金账", "提前偿还", "50.00", "40.00"],
]  # fmt: skip
ITEMS = [
    ["证券", "项目", "金额（元）"], ["优先A级", "期初本金余额", "779,520,000.00"], [None, "本期兑付本金", "32,480,000.00"],
    [None, "期末本金余额", "747,040,000.00"], ["次级", "期初本金余额", "124,000,000.00"], [None, "本期兑付本金", "0.00"],
    [None, "期末本金余额", "124,000,000.00"],
]  # fmt: skip
PAID = {
    ("优先A", "opening_balance"): "779520000.00", ("优先A", "principal_paid"): "32480000.00",
    ("优先A", "closing_balance"): "747040000.00", ("次级", "opening_balance"): "124000000.00", ("次级", "principal_paid"): "0.00",
    ("次级", "closing_balance"): "124000000.00",
}  # fmt: skip


@pytest.mark.parametrize(("rows", "table"), [(LABELLED, "performance"), (STATUS, "delinquency")], ids=["labels", "statuses"])
def test_a_table_that_lies_on_its_side_says_the_same(rows: Rows, table: str) -> None:
    assert seen(turned(rows), table) == seen(rows, table) != {}


def test_labels_over_a_single_row_of_values_need_no_header() -> None:
    assert seen(turned(LABELLED[1:]), "performance") == seen(LABELLED, "performance")


def test_no_figure_of_a_turned_table_is_lost() -> None:
    for rows, table in ((LABELLED, "performance"), (STATUS, "delinquency"), (turned(ITEMS), "tranche_payments")):
        extract = report(CAPTION[table], turned(rows))  # type: ignore[arg-type]  # an empty place is the cell above
        assert not [entry for entry in ledger_of(extract, LABELS).entries if entry.account == "open"]


@pytest.mark.parametrize("order", [("上期", "本期"), ("本期", "上期"), ("上期末", "本期末")])
def test_of_rows_that_are_periods_the_reported_one_is_taken(order: tuple[str, str]) -> None:
    figures = {"本": ("866,977,500.63", "0.35"), "上": ("931,712,913.89", "0.30")}
    rows = [["项目", "期末资产池余额（元）", "累计违约率（%）"], *([name, *figures[name[0]]] for name in order)]
    found = seen(rows, "performance")
    assert (found["pool_closing_balance", "value"], found["cumulative_default_pct", "value"]) == ("866977500.63", "0.35")


@pytest.mark.parametrize("names", [("浙江",), ("浙江", "江苏"), ("全部贷款",), ("澄江2023年第二期",), ("上期末",), ("预测值",)])
def test_rows_of_others_in_a_turned_table_are_not_the_pools(names: tuple[str, ...]) -> None:
    rows = [["项目", "期初资产池余额（元）", "累计违约率（%）"], *([name, "900,000,000.00", "0.35"] for name in names)]
    assert ("cumulative_default_pct", "value") not in seen(rows, "performance")


def test_of_statuses_as_columns_only_the_row_of_the_periods_end_is_taken() -> None:
    rows = [["项目", "正常", "逾期1-30天", "逾期31-60天"], ["上期末余额（元）", "815,000,000", "6,000,000", "3,000,000"], ["本期末余额（元）", "715,000,000", "7,000,000", "4,000,000"]]
    assert seen(rows, "delinquency") == {
        ("current", "balance"): "715000000", ("1-30", "balance"): "7000000", ("31-60", "balance"): "4000000",
    }  # fmt: skip


@pytest.mark.parametrize("fill", [None, "", "same"])
def test_one_figure_a_row_belongs_to_the_tranche_and_the_item_before_it(fill: str | None) -> None:
    rows = [[row[0] if row[0] is not None else fill, *row[1:]] for row in ITEMS]
    if fill == "same":
        rows = [rows[0], *([("优先A级" if index < 3 else "次级"), *row[1:]] for index, row in enumerate(rows[1:]))]
    found = read(CAPTION["tranche_payments"], rows)  # type: ignore[arg-type]  # an empty place is the cell above
    assert values(found, "tranche_payments") == PAID
    assert not [fact for fact in found.facts if fact.table == "tranches" and fact.column == "amount"]


def test_the_items_of_a_single_tranche_are_no_figures_of_the_pool() -> None:
    found = read(CAPTION["tranche_payments"], ITEMS[:4])  # type: ignore[arg-type]  # an empty place is the cell above
    assert values(found, "tranche_payments") == {key: value for key, value in PAID.items() if key[0] == "优先A"}
    assert ("pool_opening_balance", "value") not in values(found, "performance")


def test_of_two_columns_of_items_the_reported_period_is_taken_and_two_without_a_word_are_asked() -> None:
    before = [["证券", "项目", "上期（元）", "本期（元）"], *([row[0], row[1], "1.00", row[2]] for row in ITEMS[1:])]
    assert seen(before, "tranche_payments") == PAID
    unmarked = [["证券", "项目", "金额（元）", "金额（元）"], *before[1:]]
    found = read(CAPTION["tranche_payments"], unmarked)  # type: ignore[arg-type]  # an empty place is the cell above
    assert not values(found, "tranche_payments")
    assert [item.code for item in found.problems] == ["missing_table"]


def test_the_account_of_a_line_may_stand_in_a_column_of_its_own() -> None:
    found = read(CAPTION["cash_flows"], LINES)
    amounts = {(dict(f.key)["account"], dict(f.key)["line"]): str(f.value) for f in found.facts if f.column == "amount" and f.table == "cash_flows"}
    assert amounts == {
        ("income", "利息回收"): "100.00", ("income", "其他收入"): "5.00", ("principal", "正常回收"): "1000.00", ("principal", "提前偿还"): "50.00",
    }  # fmt: skip


@pytest.mark.parametrize("fill", [None, ""])
def test_statuses_behind_the_name_of_their_group_are_statuses(fill: str | None) -> None:
    rows = [["逾期分类", *STATUS[0]], ["正常类", *STATUS[1]], ["逾期类", *STATUS[2]], [fill, *STATUS[3]], ["合计", "", *STATUS[4][1:]]]
    assert seen(rows, "delinquency") == seen(STATUS, "delinquency")


@pytest.mark.parametrize("fill", [None, ""])
@pytest.mark.parametrize("other", ["上期", "预测", "全部贷款", "上年同期"])
@pytest.mark.parametrize("is_first", [True, False])
def test_labels_behind_the_name_of_another_period_or_pool_are_not_taken(fill: str | None, other: str, is_first: bool) -> None:
    own = [["本期", "期末资产池余额（元）", "866,977,500.63"], [fill, "累计违约率（%）", "0.35"]]
    foreign = [[other, "期末资产池余额（元）", "931,712,913.89"], [fill, "累计违约率（%）", "0.30"]]
    rows = [["期间", "指标", "数值"], *(foreign + own if is_first else own + foreign)]
    found = read(CAPTION["performance"], rows)  # type: ignore[arg-type]  # an empty place is the cell above
    told = [str(fact.value) for fact in found.facts if dict(fact.key).get("metric") == "cumulative_default_pct" and fact.column == "value"]
    assert told == ["0.35"]
    assert not asked_words(found)


def test_purchases_side_by_side_are_purchases() -> None:
    rows = [["项目", "第1次", "第2次"], ["循环购买日", "2024年5月10日", "2024年5月20日"], ["循环购买本金（元）", "1,000,000.00", "2,000,000.00"]]
    found = values(read("八、循环购买", rows), "revolving_purchases")
    assert {key: value for key, value in found.items() if key[1] == "purchase_amount"} == {
        ("1", "purchase_amount"): "1000000.00", ("2", "purchase_amount"): "2000000.00",
    }  # fmt: skip

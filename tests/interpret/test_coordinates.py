"""A figure means what its row and its column say together, whichever way the table is turned and whichever kind claims it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dealproof.model.interpretation import Interpretation
from tests.interpret.reports import read

CLOSING = "866977500.63"


def values(found: Interpretation, table: str) -> dict[str, str]:
    """The figures of a table by the telling parts of their key and their column."""
    told = {}
    for fact in found.facts:
        if fact.table == table and not (table == "performance" and str(fact.value) == CLOSING):
            parts = [part for name, part in fact.key if name not in ("deal_id", "document_id", "period_no", "as_of") and part]
            told[" ".join((*parts, fact.column))] = str(fact.value)
    return told


def of_metrics(found: Interpretation) -> dict[str, str]:
    return {name.removesuffix(" value"): value for name, value in values(found, "performance").items() if name.endswith(" value")}


def turned(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    return [list(column) for column in zip(*rows, strict=True)]


STATUS = [
    ["项目", "笔数（笔）", "未偿本金余额（万元）", "金额占比（%）"], ["正常", "1,000", "86,000.00", "99.20"], ["逾期1-30天", "5", "400.00", "0.46"],
    ["逾期31-60天", "3", "200.00", "0.23"], ["逾期61-90天", "1", "50.00", "0.06"], ["逾期90天以上", "1", "47.75", "0.05"],
]  # fmt: skip


def test_statuses_may_be_the_columns_of_a_table() -> None:
    upright, lying = read("四、逾期情况", STATUS), read("四、逾期情况", turned(STATUS))
    assert values(upright, "delinquency") == values(lying, "delinquency")
    assert values(lying, "delinquency")["1-30 balance"] == "4000000.00"
    assert not values(lying, "pool_stats")
    assert not lying.problems


def test_a_column_of_one_status_is_no_part_of_the_pool() -> None:
    found = read("四、资产池", [["项目", "逾期1-30天", "合计"], ["贷款笔数", "5", "1,010"], ["未偿本金余额（元）", "4,000,000.00", CLOSING]])
    assert {name for name in values(found, "pool_stats") if "逾期" in name} == set()


@pytest.mark.parametrize(("own", "running"), [("本期", "累计"), ("本报告期", "累计"), ("当期", "累计")])
def test_what_a_row_leaves_open_its_column_says(own: str, running: str) -> None:
    found = read("四、违约情况", [["项目", own, running], ["违约金额（元）", "1,000.00", "4,000.00"], ["违约率（%）", "0.10", "0.40"]])
    assert of_metrics(found) == {"period_default_amount": "1000.00", "cumulative_default_amount": "4000.00", "cumulative_default_pct": "0.40"}


def test_what_the_last_period_says_is_never_crossed_with_a_row() -> None:
    found = read("四、违约情况", [["项目", "上期累计", "累计"], ["违约金额（元）", "1,000.00", "4,000.00"], ["违约率（%）", "0.10", "0.40"]])
    assert of_metrics(found) == {"cumulative_default_amount": "4000.00", "cumulative_default_pct": "0.40"}


def test_columns_of_days_past_due_are_two_definitions() -> None:
    found = read("四、违约情况", [["项目", "30+", "90+"], ["累计违约率（%）", "0.80", "0.40"], ["累计违约金额（元）", "8,000.00", "4,000.00"]])
    assert of_metrics(found) == {
        "cumulative_default_pct 30+": "0.80", "cumulative_default_pct 90+": "0.40",
        "cumulative_default_amount 30+": "8000.00", "cumulative_default_amount 90+": "4000.00",
    }  # fmt: skip
    assert not found.problems


@pytest.mark.parametrize("whole", ["合计", "总计", "整体", "资产池合计"])
def test_of_the_parts_of_a_pool_and_the_whole_the_whole_speaks(whole: str) -> None:
    found = read("四、资产池", [["指标", "微小企业贷款", "个人经营性贷款", whole], ["累计违约率（%）", "0.30", "0.50", "0.40"]])
    assert of_metrics(found) == {"cumulative_default_pct": "0.40"}
    assert not found.problems


MONTHS = [["月份", "累计违约率"], ["2024年2月", "0.10%"], ["2024年3月", "0.20%"], ["2024年4月", "0.30%"], ["2024年5月", "0.40%"]]


@pytest.mark.parametrize("month", ["{}年{}月", "{}-{:0>2}", "{}/{}", "{}年{}月份"])
def test_the_periods_of_a_history_may_be_called_by_their_months(month: str) -> None:
    rows = [MONTHS[0], *[[month.format(2024, at), rate] for at, (_, rate) in enumerate(MONTHS[1:], start=2)]]
    for table in (rows, turned(rows)):
        found = read("四、历史累计违约率", table)
        told = {dict(fact.key)["period_no"]: str(fact.value) for fact in found.facts if fact.table == "performance" and fact.column == "value"}
        assert {number: told[number] for number in ("1", "2", "3")} == {"1": "0.10", "2": "0.20", "3": "0.30"}


def test_more_months_than_the_deal_has_periods_are_those_of_another_pool() -> None:
    earlier = [["2023年11月", "0.01%"], ["2023年12月", "0.02%"], ["2024年1月", "0.05%"]]
    found = read("四、历史累计违约率", [MONTHS[0], *earlier, *MONTHS[1:]])
    assert of_metrics(found) == {}
    assert any(problem.code == "missing_table" for problem in found.problems)


GROUPED = [
    ["账户", "项目", "本期（元）", "上期（元）"], ["收入账", "正常回收", "100.00", "90.00"], [None, "提前偿还", "10.00", "9.00"],
    ["本金账", "正常回收", "1,000.00", "900.00"], [None, "违约回收", "5.00", "4.00"],
]  # fmt: skip
CASH = {
    "income 正常回收 amount": "100.00", "income 提前偿还 amount": "10.00", "principal 正常回收 amount": "1000.00", "principal 违约回收 amount": "5.00",
    "income 正常回收 previous_amount": "90.00", "income 提前偿还 previous_amount": "9.00",
    "principal 正常回收 previous_amount": "900.00", "principal 违约回收 previous_amount": "4.00",
}  # fmt: skip


def test_the_account_of_a_line_may_stand_in_a_column_before_it() -> None:
    repeated = [[row[0] or GROUPED[at - 1][0], *row[1:]] for at, row in enumerate(GROUPED)]
    for rows in (GROUPED, repeated):
        assert values(read("五、现金流", rows), "cash_flows") == CASH  # type: ignore[arg-type]  # None runs on


def test_principal_and_interest_of_collections_are_two_accounts() -> None:
    found = read("五、回收情况", [
        ["来源", "本金（元）", "利息（元）", "合计（元）"], ["正常回收", "100.00", "10.00", "110.00"], ["提前还款", "50.00", "5.00", "55.00"],
    ])  # fmt: skip
    assert values(found, "cash_flows") == {
        "principal 正常回收 amount": "100.00", "principal 提前还款 amount": "50.00",
        "income 正常回收 amount": "10.00", "income 提前还款 amount": "5.00",
    }  # fmt: skip


def test_of_what_was_due_and_what_was_paid_the_payment_counts() -> None:
    for rows in (
        [["费用支出", "应付金额（元）", "实付金额（元）"], ["信托报酬", "100.00", "90.00"], ["保管费", "10.00", "9.00"]],
        [["费用支出", "实际支付金额（元）", "应付金额（元）"], ["信托报酬", "90.00", "100.00"], ["保管费", "9.00", "10.00"]],
    ):
        found = read("五、费用", rows)
        assert values(found, "cash_flows") == {"fees 信托报酬 amount": "90.00", "fees 保管费 amount": "9.00"}
        assert not found.problems


MIXED = [
    ["项目", "数值"], ["期初资产池余额（元）", "900,000,000.00"], ["累计违约率", "0.40%"], ["单笔贷款最高余额（元）", "3,000,000.00"],
    ["借款人户数", "905"], ["资产服务机构", "云帆银行股份有限公司"],
]  # fmt: skip


def test_a_table_may_serve_several_kinds() -> None:
    for rows in (MIXED, [MIXED[0], *reversed(MIXED[1:])]):
        found = read("四、资产池", rows)
        assert of_metrics(found) == {"pool_opening_balance": "900000000.00", "cumulative_default_pct": "0.40"}
        assert values(found, "pool_stats") == {"max_loan_balance value": "3000000.00", "borrower_count value": "905"}
        assert values(found, "parties") == {"servicer 云帆银行股份有限公司 name": "云帆银行股份有限公司"}
        assert not found.problems


def test_a_label_that_no_kind_knows_keeps_its_question() -> None:
    found = read("四、资产池", [*MIXED, ["资产池云雾指数", "3.50"]])
    assert [problem.value for problem in found.problems] == ["资产池云雾指数"]


TRACKING = ("澄江2024年第一期微小企业贷款资产支持证券", "2025年跟踪评级报告", "评级机构：联合资信评估股份有限公司", "2025年6月21日")


@pytest.mark.parametrize("before", ["上次评级", "前次评级结果", "上一次评级", "上年评级", "历史评级", "首次评级", "发行时评级"])
@pytest.mark.parametrize("now", ["本次评级", "本次跟踪评级结果", "本次评级结果", "跟踪评级结果"])
def test_of_a_rating_before_and_a_rating_now_the_one_now_counts(before: str, now: str) -> None:
    heads = ["证券", "发行规模（亿元）", before, now]
    rows = [["优先A级", "8.00", "AAsf", "AAAsf"], ["优先B级", "1.00", "Asf", "AA+sf"]]
    for table in ([heads, *rows], [[heads[0], heads[1], now, before], *[[a, b, d, c] for a, b, c, d in rows]]):
        found = read("四、评级结果", table, cover=TRACKING)
        assert {dict(fact.key)["tranche"]: fact.value for fact in found.facts if fact.table == "ratings"} == {"优先A": "AAAsf", "优先B": "AA+sf"}
        assert {dict(fact.key)["agency_id"] for fact in found.facts if fact.table == "ratings"} == {"联合资信评估股份有限公司"}


def test_the_lines_of_a_tranches_block_say_nothing_of_the_size_of_the_issue() -> None:
    cover = ("招商资管-澄江7号资产支持专项计划", "计划说明书", "2024年6月21日")
    block = [["发行规模", "62,000.00万元"], ["规模占比", "88.57%"], ["利率类型", "固定利率"], ["预期到期日", "2027年9月15日"]]
    report_of = read("（1）优先A级资产支持证券", block, cover=cover)
    assert values(report_of, "tranches")["优先A amount"] == "620000000.00"
    assert not values(report_of, "deals").get("total_amount")


@pytest.mark.parametrize("label", ["公告日", "公告日期", "报告日期"])
def test_a_report_is_of_the_day_on_which_it_was_published(label: str) -> None:
    cover = ("澄江2024年第一期微小企业贷款资产证券化信托", "受托机构报告", "2024年度第4期（总第4期）", f"{label}：2024年6月21日")
    assert str(read(cover=cover).profile.report_date) == "2024-06-21"


SIDE = [["期数", "累计违约率"] * 2, ["1", "0.10%", "3", "0.30%"], ["2", "0.20%", "4", "0.40%"]]


def test_a_table_set_in_two_columns_of_the_page_reads_like_one_below_the_other() -> None:
    found, plain = read("四、历史累计违约率", SIDE), read("四、历史累计违约率", [SIDE[0][:2], *[row[:2] for row in SIDE[1:]], *[row[2:] for row in SIDE[1:]]])
    assert [fact.value for fact in found.facts] == [fact.value for fact in plain.facts]
    assert not found.problems


def test_the_total_of_a_distribution_in_two_columns_stands_for_both() -> None:
    rows = [["地区", "余额（万元）", "占比"] * 2, ["江苏", "100.00", "50.00%", "浙江", "60.00", "30.00%"], ["上海", "40.00", "20.00%", "", "", ""],
            ["合计", "200.00", "100.00%", "", "", ""]]  # fmt: skip
    cover = ("澄江2024年第一期个人汽车贷款资产支持证券", "发行说明书", "2024年6月21日")
    found = read("贷款地区分布", rows, cover=cover)
    told = values(found, "pool_distributions")
    assert {name: told[f"region {name} amount"] for name in ("江苏", "上海", "浙江")} == {"江苏": "1000000.00", "上海": "400000.00", "浙江": "600000.00"}
    assert not any(problem.table == "pool_distributions" for problem in found.problems)


def test_two_accounts_beside_each_other_are_not_one() -> None:
    found = read("五、收支", [["收入账", "本期（元）", "本金账", "本期（元）"], ["正常回收", "1.00", "正常回收", "3.00"]])
    assert values(found, "cash_flows") == {"income 正常回收 amount": "1.00", "principal 正常回收 amount": "3.00"}


@pytest.mark.parametrize("title", ["五、信托账户", "五、专户资金情况", "五、资金收支情况"])
def test_what_an_account_holds_is_no_balance_of_the_pool(title: str) -> None:
    rows = [["", "收入账", "本金账", "合计"], ["期初余额（元）", "90,000,000.00", "800,000,000.00", "890,000,000.00"],
            ["期末余额（元）", "80,000,000.00", "700,000,000.00", "780,000,000.00"]]  # fmt: skip
    assert of_metrics(read(title, rows)) == {}
    assert of_metrics(read(title, [["项目", "金额（元）"], *[[row[0], row[3]] for row in rows[1:]]])) == {}


@pytest.mark.parametrize("rows", [
    [["是否发生违约事件", "否"], ["是否触发加速清偿事件", "是"]],
    [["事项", "本期情况"], ["违约事件", "未发生"], ["加速清偿事件", "已发生"]],
    [["序号", "事项", "本期情况"], ["1", "违约事件", "未发生"], ["2", "加速清偿事件", "发生"]],
])  # fmt: skip
def test_events_with_their_outcome_are_triggers_whatever_stands_over_them(rows: list[list[str]]) -> None:
    found = read("九、事件", rows)
    assert {dict(fact.key)["trigger"]: fact.value for fact in found.facts if fact.table == "triggers"} == {"违约事件": False, "加速清偿事件": True}
    assert not found.problems


@pytest.mark.parametrize(("head", "kept", "broken"), [("是否符合", "符合", "不符合"), ("是否达标", "是", "否"), ("是否触发", "否", "是")])
def test_a_limit_that_is_kept_is_no_breach_whichever_way_it_is_asked(head: str, kept: str, broken: str) -> None:
    found = read("九、监测", [["项目", "约定", "实际", head], ["累计违约率", "不超过5%", "0.40%", kept], ["严重拖欠率", "不超过3%", "3.10%", broken]])
    assert {name: value for name, value in values(found, "triggers").items() if "breached" in name} == {
        "累计违约率 breached": "False", "严重拖欠率 breached": "True",
    }  # fmt: skip
    assert values(found, "triggers")["累计违约率 threshold"] == "5"


WHOLE = [["项目", "小微企业贷款", "个人经营性贷款", "合计"], ["未偿本金余额（万元）", "59,879.25", "114,121.14", "174,000.39"], ["贷款笔数", "4,542", "8,698", "13,240"]]
CIRCULAR = ("澄江2024年第一期微小企业贷款资产支持证券", "发行说明书", "2024年6月21日")


def spread(*parts: str, total: str = "174,000.39") -> list[list[str]]:
    names = ("6%-8%", "8%-10%", "10%以上")
    return [["利率", "金额（万元）", "占比（%）"], *[[name, part, "33.33"] for name, part in zip(names, parts, strict=True)], ["合计", total, "100.00"]]


def test_a_distribution_that_adds_up_to_the_pool_is_the_pools_whatever_its_caption_leaves_open() -> None:
    parts = ("10,330.42", "60,784.96", "102,885.01")
    found = read("三、基础资产总体信息", WHOLE, "全部资产利率分布", spread(*parts), cover=CIRCULAR)
    assert values(found, "pool_distributions")["rate 8%-10% amount"] == "607849600.00"
    assert not any(problem.column == "sections" for problem in found.problems)


@pytest.mark.parametrize("total", ["5,174,000.39", "174,000.40"])
def test_a_distribution_of_another_size_is_still_asked(total: str) -> None:
    found = read("三、基础资产总体信息", WHOLE, "全部资产利率分布", spread("10,330.42", "60,784.96", "1,102,885.01", total=total), cover=CIRCULAR)
    assert not values(found, "pool_distributions")
    assert any(problem.column == "sections" for problem in found.problems)


PAID = [["档次", "利率", "兑付前余额（元）", "本金（元）", "利息（元）", "兑付后余额（元）"], ["优先A级", "2.11%", "100,000,000.00", "10,000,000.00", "2,540,000.00", "90,000,000.00"],
        ["次级", "无票面利率", "20,000,000.00", "0.00", "0.00", "20,000,000.00"]]  # fmt: skip


def test_what_is_called_principal_between_two_balances_was_paid_if_it_is_their_difference() -> None:
    told = values(read("二、证券兑付", PAID), "tranche_payments")
    assert (told["优先A principal_paid"], told["优先A interest_paid"], told["次级 principal_paid"]) == ("10000000.00", "2540000.00", "0.00")


def test_what_is_called_principal_and_is_no_difference_of_the_balances_is_no_payment() -> None:
    due = [PAID[0], [*PAID[1][:3], "15,000,000.00", *PAID[1][4:]], PAID[2]]
    found = read("二、证券兑付", due)
    assert not {name for name in values(found, "tranche_payments") if "_paid" in name}
    assert {"本金(元)", "利息(元)"} <= {problem.value for problem in found.problems}


def test_the_heading_of_the_next_group_that_a_page_break_left_in_a_label_is_no_part_of_it() -> None:
    rows = [["项目", "数值"], ["三、利率", ""], ["加权平均年利率", "12.50%"], ["最高年利率\n四、借款人", "17.80%"], ["加权平均年龄", "40.1岁"]]
    found = read("基础资产概况", rows, cover=CIRCULAR)
    assert values(found, "pool_stats")["max_rate_pct value"] == "17.80"
    assert not any(problem.code == "unknown_label" for problem in found.problems)


def test_of_columns_that_are_months_the_one_in_which_the_period_ends_counts() -> None:
    for heads, rates in ((("2024年3月", "2024年4月", "2024年5月"), ("0.30", "0.35", "0.40")), (("2024年5月", "2024年4月", "2024年3月"), ("0.40", "0.35", "0.30"))):
        found = read("四、资产池表现", [["指标", *heads], ["累计违约率（%）", *rates]])
        told = {dict(fact.key)["period_no"]: str(fact.value) for fact in found.facts if fact.column == "value"}
        own = max(int(number) for number in told)
        assert told == {str(own): "0.40", str(own - 1): "0.35", str(own - 2): "0.30"}
        assert {dict(fact.key)["period_no"] for fact in found.facts if fact.column == "reprinted" and fact.value is False} == {str(own)}
        assert not found.problems


def test_of_months_of_which_none_ends_the_period_the_latest_is_taken_and_asked() -> None:
    found = read("四、资产池表现", [["指标", "2025年3月", "2025年5月", "2025年4月"], ["累计违约率（%）", "0.30", "0.40", "0.35"]], cover=TRACKING)
    assert of_metrics(found) == {"cumulative_default_pct": "0.40"}
    assert "low_confidence" in {problem.code for problem in found.problems}

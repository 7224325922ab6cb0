"""The same figures of a period in the words of other authors: lists of statuses, rates of nothing, sums of a year, payments that fall due."""

from __future__ import annotations

import pytest

from dealproof.model.interpretation import Interpretation
from tests.interpret.reports import figures, read

PLAN = "远宁租赁2023年第2期资产支持专项计划"
YEAR = (PLAN, "2024年度资产管理报告", "报告日期：2025年4月28日")
OF_A_YEAR = ("报告期：2024年1月1日至2024年12月31日",)
LEASES = ("云帆租赁2024年第一期租赁资产支持证券", "受托机构报告", "2024年度第4期（总第4期）", "报告日期：2024年6月21日")
NOTICE = ("澄江2024年第一期微小企业贷款资产支持证券", "付息兑付公告（第4期）", "2024年6月21日")


def cells(found: Interpretation, table: str, column: str, part: int = 1) -> dict[str, str]:
    return {fact.key[part][1]: str(fact.value) for fact in found.facts if (fact.table, fact.column) == (table, column)}


@pytest.mark.parametrize("sentence", [
    "截至报告期末，正常贷款余额800.00万元，占比96.10%；逾期1-30天的基础资产未偿本金余额为20.00万元，占比2.40%；逾期31-60天的未偿本金余额为12.50万元，占比1.50%。",
    "截至报告期末，正常类贷款800.00万元（占比96.10%），逾期1-30天的贷款120笔、20.00万元，占期末资产池未偿本金余额的2.40%，逾期31-60天的贷款共8笔，对应未偿本金余额12.50万元，占比1.50%。",
    "截至报告期末，正常、逾期1-30天、逾期31-60天的贷款未偿本金余额分别为800.00万元、20.00万元和12.50万元，占比分别为96.10%、2.40%、1.50%。",
])  # fmt: skip
def test_statuses_are_read_from_sentences_in_whatever_order_they_name_count_balance_and_share(sentence: str) -> None:
    found = read("四、资产池状态", sentence)
    assert figures(found, "delinquency") == {"current": "8000000.00", "1-30": "200000.00", "31-60": "125000.00"}
    assert cells(found, "delinquency", "balance_share_pct", 2) == {"current": "96.10", "1-30": "2.40", "31-60": "1.50"}


@pytest.mark.parametrize("sentence", [
    "报告期内，正常还款200.00万元，提前还款30.00万元，逾期1-30天贷款回收12.00万元，违约贷款5.00万元。",
    "逾期1-30天、逾期31-60天、逾期61-90天的贷款余额分别为20.00万元和12.50万元。",
    "本期新增的贷款中，正常、逾期1-30天、逾期31-60天的贷款余额分别为800.00万元、20.00万元和12.50万元。",
])  # fmt: skip
def test_flows_and_lists_that_do_not_match_are_no_statuses(sentence: str) -> None:
    assert figures(read("四、资产池状态", sentence), "delinquency") == {}


@pytest.mark.parametrize("sentence", ["报告期内未新增违约资产，累计违约率为0。", "截至报告期末，基础资产未发生违约，累计违约率为零。", "截至报告期末，资产池累计违约率为0，未触发任何事件。"])
def test_a_rate_of_nothing_is_a_rate(sentence: str) -> None:
    assert figures(read("四、资产池违约情况", sentence))["cumulative_default_pct"] == "0"


@pytest.mark.parametrize("sentence", ["累计违约率为0.5以下。", "若累计违约率为0，则不触发。", "预计累计违约率为零。"])
def test_a_rate_of_nothing_that_is_only_supposed_is_none(sentence: str) -> None:
    assert "cumulative_default_pct" not in figures(read("四、资产池违约情况", sentence))


@pytest.mark.parametrize("since", ["自专项计划设立之日起至报告期末", "信托设立以来", "自信托生效日起", "自入池以来"])
def test_defaults_since_the_start_are_cumulative(since: str) -> None:
    assert figures(read("四、资产池违约情况", f"{since}，资产池累计违约率为1.12%，未达到加速清偿事件的触发阈值（8.00%）。"))["cumulative_default_pct"] == "1.12"


@pytest.mark.parametrize(("lease", "count"), [("存续租赁合同54笔", "54"), ("存续租赁合同3,882份", "3882"), ("存续租赁合同38份", "38")])
def test_leases_and_receivables_are_counted_as_loans(lease: str, count: str) -> None:
    assert figures(read("四、基础资产情况", f"截至2024年5月31日，{lease}，承租人51户，未偿本金余额866,977,500.63元。", cover=LEASES))["pool_loan_count"] == count


def test_rent_has_interest_in_it_and_is_no_balance_of_the_pool() -> None:
    assert "pool_closing_balance" not in {m: v for m, v in figures(read("四、基础资产情况", "截至2024年5月31日，未偿租金余额64,880.09万元。")).items() if v != "866977500.63"}


def test_a_roll_forward_of_the_pool_gives_its_balances_and_what_came_in() -> None:
    found = read("四、资产池变动情况（单位：元）", [
        ["项目", "金额"], ["一、期初资产池本金余额", "900,000,000.00"], ["减：计划内归还本金", "70,000,000.00"], ["提前清偿本金", "20,000,000.00"],
        ["违约贷款收回本金", "10,000,000.00"], ["二、期末资产池本金余额", "800,000,000.00"],
    ])  # fmt: skip
    assert figures(found)["pool_opening_balance"] == "900000000.00"
    assert cells(found, "cash_flows", "amount", 3) == {"计划内归还本金": "70000000.00", "提前清偿本金": "20000000.00", "违约贷款收回本金": "10000000.00"}


def test_new_defaults_under_the_column_of_all_so_far_are_cumulative() -> None:
    found = figures(read("四、违约情况", [["项目", "本期", "累计"], ["新增违约贷款未偿本金（元）", "4,335,303.80", "30,343,160.81"], ["违约贷款回收金额（元）", "0.00", "4,402,534.14"]]))
    assert (found["period_default_amount"], found["cumulative_default_amount"], found["cumulative_recovery_amount"]) == ("4335303.80", "30343160.81", "4402534.14")


def test_collections_by_their_source_have_a_column_for_principal_and_one_for_interest() -> None:
    found = read("四、当期回款", [
        ["回款类型", "本金（元）", "利息（元）", "合计（元）"], ["按期还款", "100.00", "10.00", "110.00"], ["提前结清", "30.00", "3.00", "33.00"],
        ["逾期还款", "20.00", "2.00", "22.00"], ["违约后回款", "5.00", "0.50", "5.50"],
    ])  # fmt: skip
    lines = {(fact.key[2][1], fact.key[3][1]): str(fact.value) for fact in found.facts if fact.table == "cash_flows"}
    assert lines[("principal", "违约后回款")] == "5.00"
    assert lines[("income", "按期还款")] == "10.00"


@pytest.mark.parametrize(("before", "now"), [("2023年末", "2024年末"), ("2023年12月末", "2024年12月末"), ("2023年底", "2024年底")])
def test_the_ends_of_two_years_are_days(before: str, now: str) -> None:
    found = read(
        "三、期末基础资产整体情况",
        [["指标", before, now], ["贷款笔数", "31,204", "16,882"], ["加权平均年利率（%）", "17.82", "17.75"], ["加权平均剩余期限（月）", "10.44", "5.02"]], cover=YEAR, dates=OF_A_YEAR,
    )  # fmt: skip
    rates = {fact.key[1][1]: str(fact.value) for fact in found.facts if fact.table == "pool_stats" and dict(fact.key)["metric"] == "wa_rate_pct"}
    assert all(dict(fact.key)["scope"] == "" for fact in found.facts if fact.table == "pool_stats")
    assert rates.get("2024-12-31", "17.75") == "17.75"
    assert rates.get("2023-12-31", "17.82") == "17.82"


@pytest.mark.parametrize(("principal", "interest"), [("本次应还本金（元）", "本次应付利息（元）"), ("应兑付本金（元）", "应兑付利息（元）"), ("本期应付本金（元）", "本期应付收益（元）")])
def test_what_falls_due_is_what_the_notice_of_a_payment_pays(principal: str, interest: str) -> None:
    rows = [["证券", principal, interest, "兑付后本金余额（元）"], ["优先A级", "72,000,000.00", "504,493.15", "144,000,000.00"], ["优先B级", "0.00", "462,027.40", "160,000,000.00"]]
    found = read("二、本次兑付", rows, cover=NOTICE)
    assert cells(found, "tranche_payments", "interest_paid") == {"优先A": "504493.15", "优先B": "462027.40"}
    assert "interest_paid" not in {fact.column for fact in read("二、证券兑付", rows).facts}


def test_what_fell_due_was_paid_where_the_balances_differ_by_it() -> None:
    rows = [["证券", "期初本金余额（元）", "应付本金（元）", "应付利息（元）", "期末本金余额（元）"], ["优先A级", "216,000.00", "72,000.00", "504.15", "144,000.00"]]
    assert cells(read("二、证券兑付", rows), "tranche_payments", "principal_paid") == {"优先A": "72000.00"}
    rows[1][-1] = "150,000.00"
    assert cells(read("二、证券兑付", rows), "tranche_payments", "principal_paid") == {}


PAYMENTS = [
    ["分配次数", "分配日", "证券", "分配本金（元）", "分配收益（元）"], ["第1次", "2024-03-20", "优先A级", "165,000,000.00", "6,145,000.00"],
    ["第2次", "2024-06-20", "优先A级", "148,000,000.00", "4,096,000.00"],
]


def test_payments_of_a_year_have_the_numbers_of_their_periods() -> None:
    found = read("三、收益分配", PAYMENTS, cover=YEAR, dates=OF_A_YEAR)
    assert cells(found, "tranche_payments", "principal_paid", 2) == {"1": "165000000.00", "2": "148000000.00"}
    assert cells(found, "tranche_payments", "payment_date", 2) == {"1": "2024-03-20", "2": "2024-06-20"}


def test_payments_of_a_year_without_numbers_are_asked_once_and_none_is_taken() -> None:
    found = read("三、收益分配", [row[1:] for row in PAYMENTS], cover=YEAR, dates=OF_A_YEAR)
    assert cells(found, "tranche_payments", "principal_paid") == {}
    assert len([item for item in found.problems if "several payments of each tranche" in item.message]) == 1


def test_a_yearly_report_that_tells_of_several_payments_bears_the_number_of_none() -> None:
    found = read("三、收益分配", PAYMENTS, cover=YEAR, dates=OF_A_YEAR)
    assert found.profile.bears_no_number


@pytest.mark.parametrize(("sentence", "day"), [
    ("本期证券将于2024年6月28日进行第4次付息兑付，现公告如下：", "2024-06-28"), ("受托机构已于2024年6月28日支付本期证券本息。", "2024-06-28"),
    ("第3次付息兑付已于2024年5月28日完成。", "None"), ("权益登记日为2024年6月27日。", "None"), ("受托机构已于2024年5月28日进行第3次付息兑付。", "None"),
])  # fmt: skip
def test_a_notice_tells_the_day_of_its_payment_in_a_sentence(sentence: str, day: str) -> None:
    assert str(read(sentence, cover=NOTICE, dates=()).profile.payment_date) == day


def test_fees_that_were_deducted_before_the_rest_was_paid_were_paid() -> None:
    found = read("五、分配", "扣除管理费40,000.00元、托管费8,000.00元及增值税及附加301,220.18元后，剩余资金用于分配证券本息。")
    assert cells(found, "cash_flows", "amount", 3) == {"管理费": "40000.00", "托管费": "8000.00", "增值税及附加": "301220.18"}


def test_taxes_that_were_handed_over_were_paid() -> None:
    found = read("五、费用", "本期从信托账户支付信托报酬46.50万元，缴纳增值税及附加58.77万元。")
    assert cells(found, "cash_flows", "amount", 3) == {"信托报酬": "465000.00", "增值税及附加": "587700.00"}


def test_fees_under_the_year_of_the_report_are_its_own() -> None:
    found = read("四、专项计划费用", [["费用", "2023年度（元）", "2024年度（元）"], ["管理费", "800.00", "900.00"], ["托管费", "100.00", "150.00"]], cover=YEAR, dates=OF_A_YEAR)
    assert cells(found, "cash_flows", "amount", 3) == {"管理费": "900.00", "托管费": "150.00"}
    assert cells(found, "cash_flows", "previous_amount", 3) == {"管理费": "800.00", "托管费": "100.00"}


def test_a_report_in_two_languages_has_its_number_events_and_lines_in_chinese() -> None:
    cover = ("澄江2024年第一期微小企业贷款资产支持证券", "月度投资人报告 Monthly Investor Report No. 4", "报告日 Report Date: 2024年6月21日")
    found = read("六、触发事件", [["事件 Event", "是否发生 Occurred?"], ["加速清偿事件 Accelerated Amortisation Event", "否 No"], ["违约事件 Event of Default", "是 Yes"]], cover=cover)
    assert (found.profile.kind, found.profile.period_no) == ("trustee_report", 4)
    assert cells(found, "triggers", "breached") == {"加速清偿事件": "False", "违约事件": "True"}


def test_heads_over_days_say_of_each_day_below_them_what_it_is() -> None:
    found = read("一、期间", "收款期间  计息期间  支付日", "2024-05-01至2024-05-31  2024-05-26至2024-06-25  2024-06-27", dates=()).profile
    assert (str(found.period_start), str(found.period_end), str(found.payment_date)) == ("2024-05-01", "2024-05-31", "2024-06-27")


def test_heads_over_fewer_days_than_heads_say_nothing() -> None:
    assert read("一、期间", "收款期间  计息期间  支付日", "2024-05-01至2024-05-31  2024-06-27", dates=()).profile.payment_date is None


def test_a_payment_has_the_day_of_its_own_row() -> None:
    rows = [["证券", "付息兑付日", "付息金额（元）", "兑付本金（元）"], ["优先A级", "2024-06-25", "645,000.00", "0.00"], ["优先B级", "2024-06-28", "78,000.00", "0.00"]]
    assert cells(read("二、证券兑付", rows), "tranche_payments", "payment_date") == {"优先A": "2024-06-25", "优先B": "2024-06-28"}


def test_tables_of_several_payments_have_the_numbers_of_their_captions() -> None:
    rows = [["证券品种", "期初规模（元）", "本金（元）", "收益（元）", "期末规模（元）"], ["优先A2级", "400,000,000.00", "0.00", "3,080,000.00", "400,000,000.00"]]
    found = read("（一）2024年2月26日第1次分配", rows, "（二）2024年5月27日第2次分配", rows, cover=YEAR, dates=OF_A_YEAR)
    assert cells(found, "tranche_payments", "payment_date", 2) == {"1": "2024-02-26", "2": "2024-05-27"}


def test_collections_of_two_periods_have_principal_and_interest_of_each() -> None:
    found = read("三、现金流归集（单位：元）", [
        ["回收类别", "上一收款期间", "上一收款期间", "本收款期间", "本收款期间"], [None, "本金", "利息", "本金", "利息"],
        ["计划内还款", "101.00", "11.00", "100.00", "10.00"], ["提前还款", "31.00", "3.10", "30.00", "3.00"], ["违约回收", "6.00", "0.60", "5.00", "0.50"],
    ])  # fmt: skip
    lines = {(fact.key[2][1], fact.key[3][1], fact.column): str(fact.value) for fact in found.facts if fact.table == "cash_flows"}
    assert (lines[("principal", "计划内还款", "amount")], lines[("income", "计划内还款", "previous_amount")]) == ("100.00", "11.00")


def test_the_items_before_a_list_of_statuses_make_no_second_list() -> None:
    found = read(
        "四、基础资产情况", "（一）循环购买：报告期内共购买6次。", "（二）资产质量：报告期末，基础资产中正常类余额800.00万元，占比96.10%；逾期1-30天余额20.00万元，占比2.40%；逾期31-60天余额12.50万元，占比1.50%。",
    )  # fmt: skip
    assert figures(found, "delinquency") == {"current": "8000000.00", "1-30": "200000.00", "31-60": "125000.00"}


@pytest.mark.parametrize("sentence", [
    "报告期内，信托财产承担的费用包括：管理费37.50万元、托管费7.50万元，以上费用均已支付。", "报告期内，专项计划账户支出合计54,610.02万元，其中：循环购买支出51,330.40万元，管理费支出37.50万元，托管费支出7.50万元。",
])  # fmt: skip
def test_fees_are_paid_where_the_word_for_it_stands_behind_them(sentence: str) -> None:
    assert cells(read("五、费用", sentence), "cash_flows", "amount", 3) == {"管理费": "375000.00", "托管费": "75000.00"}


@pytest.mark.parametrize("sentence", ["发起机构承担的费用包括：律师费10.00万元，以上费用均已支付。", "专项计划应承担的费用包括：管理费37.50万元，以上费用均未支付。"])
def test_fees_of_others_and_fees_not_paid_are_none(sentence: str) -> None:
    assert cells(read("五、费用", sentence), "cash_flows", "amount", 3) == {}


def test_bad_loans_with_interest_and_fees_have_a_column_for_each_day() -> None:
    found = figures(read("四、资产池概况", [["统计项", "初始起算日", "本期期初", "本期期末"], ["未偿本息费余额（元）", "3,911,204,118.40", "3,380,118,220.05", "866,977,500.63"], ["借款人户数", "118,004", "109,020", "104,611"]]))
    assert (found["initial_pool_balance"], found["pool_opening_balance"]) == ("3911204118.40", "3380118220.05")


@pytest.mark.parametrize("day", ["截至报告日", "截至本报告出具日", "截至公告披露日", "截至本报告出具日（2024年6月21日）"])
def test_a_figure_at_the_day_of_the_report_is_none_of_the_period(day: str) -> None:
    assert "cumulative_default_pct" not in figures(read("四、资产池违约情况", f"{day}，资产池累计违约率为1.95%。"))


@pytest.mark.parametrize("header", ["行业均值", "同业水平", "本系列平均", "可比产品"])
def test_a_figure_of_others_that_it_is_compared_with_is_none_of_this_deal(header: str) -> None:
    assert "cumulative_default_pct" not in figures(read("四、资产池违约情况", [["指标", header], ["累计违约率（%）", "2.40"]]))
    assert figures(read("四、资产池违约情况", [["指标", header, "本交易"], ["累计违约率（%）", "2.40", "1.93"]])).get("cumulative_default_pct", "1.93") == "1.93"


@pytest.mark.parametrize("caption", ["五、贷款状态（入池时）", "五、本期新增逾期情况", "五、封包日贷款状态", "五、逾期回收情况"])
def test_statuses_of_another_day_and_what_became_past_due_are_asked(caption: str) -> None:
    found = read(caption, [["状态", "笔数", "余额（元）"], ["正常", "900", "700,000,000.00"], ["逾期1-30天", "10", "6,000,000.00"], ["逾期31-60天", "5", "977,500.63"]])
    assert figures(found, "delinquency") == {}
    assert found.problems


@pytest.mark.parametrize(("header", "is_asked"), [("户数（笔）", True), ("笔数（户）", True), ("户数（户）", False), ("笔数（笔）", False)])
def test_a_column_whose_name_counts_borrowers_and_whose_unit_counts_loans_is_asked(header: str, is_asked: bool) -> None:
    found = read("五、贷款状态", [["状态", header, "余额（元）"], ["正常", "900", "860,000,000.00"], ["逾期1-30天", "10", "6,000,000.00"], ["逾期31-60天", "5", "977,500.63"]])
    assert any("by its unit" in item.message for item in found.problems) == is_asked


def test_what_was_not_paid_in_the_last_period_is_no_payment_of_it() -> None:
    found = read("七、费用", [["费用", "上期未付（元）", "本期支付（元）", "期末未付（元）"], ["管理费", "1,000.00", "100,000.00", "21,000.00"], ["托管费", "0.00", "24,000.00", "0.00"]])
    assert cells(found, "cash_flows", "amount", 3) == {"管理费": "100000.00", "托管费": "24000.00"}
    assert cells(found, "cash_flows", "previous_amount", 3) == {}


@pytest.mark.parametrize("sentence", ["对应贷款的累计违约率为1.95%。", "供应链贷款资产池的累计违约率为1.95%，未触发加速清偿事件。", "累计违约率为1.95%，未曾触发任何事件。"])
def test_words_that_only_look_like_conditions_are_none(sentence: str) -> None:
    assert figures(read("四、资产池违约情况", sentence)).get("cumulative_default_pct", "1.95") == "1.95"


def test_the_span_of_days_alone_on_the_cover_is_the_period_of_the_report() -> None:
    cover = (PLAN, "2024年度资产管理报告", "（2024年3月28日—2024年12月31日）", "2025年4月30日")
    found = read("三、其他", cover=cover, dates=()).profile
    assert (str(found.period_start), str(found.period_end)) == ("2024-03-28", "2024-12-31")
    assert str(read("三、其他", cover=cover, dates=OF_A_YEAR).profile.period_start) == "2024-01-01"


@pytest.mark.parametrize(("sentence", "day"), [
    ("2024年5月15日，专项计划完成第四次循环购买，购买基础资产未偿本金5,000.00万元。", "2024-05-15"), ("于2024年5月15日完成第四次循环购买，购买基础资产未偿本金5,000.00万元。", "2024-05-15"),
    ("2024年7月15日，专项计划拟进行第四次循环购买，购买基础资产未偿本金5,000.00万元。", ""),
])  # fmt: skip
def test_a_purchase_has_the_day_with_which_its_sentence_begins(sentence: str, day: str) -> None:
    assert cells(read("六、循环购买情况", sentence), "revolving_purchases", "purchase_date").get("4", "") == day


def test_statuses_behind_the_balance_of_the_whole_pool_are_its_own() -> None:
    found = read("四、基础资产情况", "截至计算日，资产池未偿本金余额866,977,500.63元，未结清笔数502笔；其中，正常资产未偿本金余额800.00万元，逾期1-30天20.00万元，逾期31-60天12.50万元，逾期61-90天3.00万元。")
    assert figures(found, "delinquency") == {"current": "8000000.00", "1-30": "200000.00", "31-60": "125000.00", "61-90": "30000.00"}


def test_the_money_of_a_payment_goes_to_the_holders_on_its_day() -> None:
    found = read("付息兑付资金由登记机构在2024年6月28日划付至持有人指定的银行账户。", cover=NOTICE, dates=())
    assert str(found.profile.payment_date) == "2024-06-28"


def test_a_caption_of_migration_over_the_balances_of_both_ends_is_that_of_statuses() -> None:
    rows = [["逾期阶段", "上期末余额（元）", "本期末余额（元）"], ["正常", "910,000,000.00", "700,000,000.00"], ["逾期1-30天", "5,000,000.00", "6,000,000.00"], ["逾期31-60天", "1,000.00", "977,500.63"]]
    assert figures(read("五、逾期迁徙", rows), "delinquency")["1-30"] == "6000000.00"


def test_the_balance_of_bad_loans_is_that_of_principal_where_both_are_told() -> None:
    found = figures(read("四、资产池概况", [
        ["项目", "初始起算日", "本报告期期初", "本报告期期末"], ["债权笔数（笔）", "48,245", "46,902", "46,377"],
        ["未偿本息费余额（元）", "1,402,338,120.77", "1,366,120,448.12", "1,349,870,015.33"], ["其中：未偿本金余额（元）", "1,120,408,331.20", "1,091,003,212.08", "866,977,500.63"],
    ]))  # fmt: skip
    assert (found["initial_pool_balance"], found["pool_opening_balance"], found["pool_closing_balance"]) == ("1120408331.20", "1091003212.08", "866977500.63")


@pytest.mark.parametrize("sentence", ["计入逾期60天以上的贷款后，累计违约率为2.40%。", "若计入逾期60天以上贷款，累计违约率为2.40%。", "逾期60天以上未计入违约。", "累计违约率不包括逾期60天以上的贷款。"])
def test_what_would_count_as_default_or_does_not_is_no_definition_of_it(sentence: str) -> None:
    assert read("四、资产池违约情况", sentence).profile.default_definition == ""


@pytest.mark.parametrize("sentence", ["违约贷款是指逾期超过60天的贷款。", "逾期超过60天的贷款计入违约贷款。", "若无特别说明，累计违约率不含回收。违约贷款系指拖欠超过60日的贷款。"])
def test_the_days_that_make_a_default_are_those_that_a_sentence_gives(sentence: str) -> None:
    assert read("四、资产池违约情况", sentence).profile.default_definition == "60+"


@pytest.mark.parametrize(
    ("heads", "days"),
    [(("计息起始日", "兑付日"), ("2024-03-20", "2024-06-20")), (("兑付日", "计息截止日"), ("2024-06-20", "2024-06-19"))],
)
def test_of_two_days_in_the_row_of_a_payment_the_one_under_its_name_is_that_of_the_payment(heads: tuple[str, str], days: tuple[str, str]) -> None:
    rows = [
        ["分配次数", "证券", *heads, "分配本金（元）", "分配收益（元）"],
        ["第1次", "优先A级", "2024-03-20", "2024-03-20", "152,000,000.00", "5,120,000.00"],
        ["第2次", "优先A级", *days, "148,000,000.00", "4,096,000.00"],
    ]
    found = read("四、分配情况", rows, cover=YEAR, dates=OF_A_YEAR)
    paid = {dict(fact.key)["period_no"]: fact.value for fact in found.facts if fact.table == "tranche_payments" and fact.column == "payment_date"}
    assert paid == {"1": "2024-03-20", "2": "2024-06-20"}


def test_a_numbered_payment_without_a_day_does_not_get_the_day_of_the_report() -> None:
    rows = [
        ["分配次数", "证券", "支付本金（元）", "支付利息（元）"],
        ["第1次", "优先A级", "152,000,000.00", "5,120,000.00"],
        ["第2次", "优先A级", "148,000,000.00", "4,096,000.00"],
    ]
    found = read("本次支付日 2024年6月20日", "四、分配情况", rows, cover=YEAR, dates=OF_A_YEAR)
    assert [fact.value for fact in found.facts if fact.table == "tranche_payments" and fact.column == "principal_paid"]
    assert not [fact for fact in found.facts if fact.table == "tranche_payments" and fact.column == "payment_date"]

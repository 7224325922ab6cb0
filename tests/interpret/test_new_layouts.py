"""Layouts of tables that issuers use and that say in their own way whose, of which period and in which unit figures are."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from dealproof.interpret.context import Context
from dealproof.interpret.kinds import performance, pool_stats, revolving_purchases
from dealproof.interpret.own_parts import own_part
from dealproof.interpret.read import interpret_document
from dealproof.interpret.read_tables import read_tables
from dealproof.mappings.fields import JOINT
from dealproof.model.profile import Profile
from dealproof.model.table import Table
from tests.interpret.reports import figures, read
from tests.interpret.tables import LABELS, context_of, document_of, table_of, values_of

JUNE = Profile(
    kind="trustee_report", market="credit_abs", deal_id="云帆2025-1", period_no=6, period_start=date(2025, 6, 1), period_end=date(2025, 6, 30)
)


def of(table: Table, profile: Profile = JUNE, text: str = "") -> Context:
    plain = context_of(document_of(text), profile)
    return replace(plain, extract=replace(plain.extract, tables=(table,)))


def performance_of(table: Table, profile: Profile = JUNE) -> dict[str, object]:
    """Values by period, metric and definition."""
    (entry,) = read_tables(of(table, profile))
    assert entry.reading.problems == ()
    found = values_of(entry.reading.facts, "performance", "value")
    return {"|".join(key.split("|")[1:4]).rstrip("|"): value for key, value in found.items()}


@pytest.mark.parametrize("names", [["第4期", "第5期", "第6期"], ["第4个收款期间", "第5个收款期间", "第6个收款期间"]])
def test_numbers_of_reports_over_columns_or_beside_rows_make_a_history(names: list[str]) -> None:
    rates = ["0.30%", "0.41%", "0.66%"]
    expected = {f"{n}|cumulative_default_pct": Decimal(rate[:-1]) for n, rate in zip((4, 5, 6), rates, strict=True)}
    across = [["指标", *names], ["累计违约率", *rates], ["累计违约金额（元）", "1", "2", "3"]]
    down = [["期间", "累计违约率"], *([name, rate] for name, rate in zip(names, rates, strict=True))]
    assert performance_of(table_of(down, title="累计违约率")) == expected
    assert expected.items() <= performance_of(table_of(across, title="累计表现")).items()


def test_labels_with_values_side_by_side_are_no_history() -> None:
    rows = [
        ["报告期间", "2025年6月1日至2025年6月30日", "报告日期", "2025年7月8日"],
        ["期初未偿本金余额（元）", "67,900.00", "期末未偿本金余额（元）", "68,422.30"], ["累计违约率（%）", "0.50", "累计回收金额（元）", "46.81"],
    ]  # fmt: skip
    found = performance_of(table_of(rows))
    assert found["6|pool_closing_balance"] == Decimal("68422.30")
    assert found["6|cumulative_default_pct"] == Decimal("0.50")


@pytest.mark.parametrize(("own", "other"), [("6月末余额（元）", "5月末余额（元）"), ("2025年6月余额（元）", "2025年5月余额（元）")])
def test_of_months_over_columns_that_of_the_periods_end_is_taken(own: str, other: str) -> None:
    statuses = (("正常", "95"), ("逾期1-30天", "3"), ("逾期31-60天", "2"), ("合计", "100"))
    for heads in ([own, other], [other, own]):
        rows = [[name, *(amount if head == own else "7" for head in heads)] for name, amount in statuses]
        (entry,) = read_tables(of(table_of([["逾期区间", *heads], *rows])))
        assert list(values_of(entry.reading.facts, "delinquency", "balance").values()) == [Decimal(95), Decimal(3), Decimal(2), Decimal(100)]


@pytest.mark.parametrize("heads", [["更正前", "更正后"], ["原披露数据", "更正后数据"], ["修改前", "修改后"]])
def test_of_a_correction_what_holds_after_it_is_taken(heads: list[str]) -> None:
    assert performance_of(table_of([["项目", *heads], ["累计违约率（%）", "0.92", "0.84"]])) == {"6|cumulative_default_pct": Decimal("0.84")}


def test_days_past_due_over_the_columns_part_the_definitions() -> None:
    rows = [["指标", "累计30+", "累计90+"], ["违约金额（元）", "200.00", "100.00"], ["违约率", "0.63%", "0.32%"]]
    assert performance_of(table_of(rows, title="逾期与违约")) == {
        "6|cumulative_default_amount|30+": Decimal(200), "6|cumulative_default_amount|90+": Decimal(100),
        "6|cumulative_default_pct|30+": Decimal("0.63"), "6|cumulative_default_pct|90+": Decimal("0.32"),
    }  # fmt: skip


def test_a_label_between_its_period_and_its_quantity_is_understood() -> None:
    rows = [
        ["项目", "本收款期间", "本收款期间", "自信托生效日起累计", "自信托生效日起累计"], ["项目", "笔数", "金额（元）", "笔数", "金额（元）"],
        ["违约贷款", "12", "573.00", "77", "4,100.00"], ["违约贷款回收", "5", "20.00", "31", "900.00"],
    ]  # fmt: skip
    context = of(table_of(rows))
    table = context.extract.tables[0]
    assert performance.claim(table, context) > 0.3
    found = values_of(performance.read(table, context).facts, "performance", "value")
    assert {key.split("|")[2]: value for key, value in found.items()} == {
        "period_default_amount": Decimal(573), "cumulative_default_amount": Decimal(4100), "cumulative_recovery_amount": Decimal(900),
    }  # fmt: skip


BOUGHT = [["循环购买日", "2025/03/17", "2025/04/16"], ["购买资产未偿本金（元）", "51.20", "55.00"], ["累计购买（元）", "51.20", "106.20"]]


def test_purchases_side_by_side_are_numbered_by_what_was_bought_so_far() -> None:
    context = of(table_of(BOUGHT, title="循环购买"))
    table = context.extract.tables[0]
    assert revolving_purchases.claim(table, context) > 0.3
    reading = revolving_purchases.read(table, context)
    found = values_of(reading.facts, "revolving_purchases", "purchase_amount")
    assert {key.split("|")[1]: value for key, value in found.items()} == {"1": Decimal("51.20"), "2": Decimal("55.00")}
    assert reading.problems == ()


def test_purchases_that_do_not_begin_with_the_first_are_asked() -> None:
    rows = [row if row[0] != "累计购买（元）" else ["累计购买（元）", "251.20", "306.20"] for row in BOUGHT]
    context = of(table_of(rows, title="循环购买"))
    assert [item.column for item in revolving_purchases.read(context.extract.tables[0], context).problems] == ["purchase_no"]


TRACKED = Profile(kind="rating_tracking", market="credit_abs", deal_id="云帆2025-1", cutoff_date=date(2023, 8, 1))


@pytest.mark.parametrize(("text", "days"), [
    ("本次跟踪基准日为2024年5月31日。", {"2024-05-31": 9, "2023-08-01": 20}), ("评级方法如下。", {"2023-08-01": 20}),
    ("上次跟踪基准日为2023年12月31日。", {"2023-08-01": 20}),
])  # fmt: skip
def test_the_day_up_to_which_a_pool_is_followed_is_not_its_cut_off_date(text: str, days: dict[str, int]) -> None:
    rows = [["指标", "本次跟踪基准日", "上次跟踪基准日", "初始起算日"], ["贷款笔数（笔）", "9", "12", "20"]]
    context = of(table_of(rows), TRACKED, text)
    found = values_of(pool_stats.read(context.extract.tables[0], context).facts, "pool_stats", "value")
    assert {key.split("|")[1]: value for key, value in found.items()} == days


@pytest.mark.parametrize(("head", "unit"), [("单位：人民币万元", 10_000), ("（单位：元）", 1)])
def test_the_head_of_a_page_may_name_the_unit_of_its_tables(head: str, unit: int) -> None:
    table = table_of([["项目", "数值"], ["期末资产池未偿本金余额", "42,300.00"]])
    plain = of(table, text=f"{head}\n受托机构报告")
    (entry,) = read_tables(plain)
    assert list(values_of(entry.reading.facts, "performance", "value").values()) == [Decimal(42300) * unit]


def test_a_first_header_may_name_the_unit_of_all_columns_but_not_that_of_its_own() -> None:
    rows = [["{}", "优先A档", "次级档"], ["期初本金余额", "10", "20"], ["本期兑付本金", "1", "0"], ["期末本金余额", "9", "20"]]
    def units(corner: str) -> set[str]:
        (entry,) = read_tables(of(table_of([[corner, *rows[0][1:]], *rows[1:]])))
        return {fact.evidence.unit_from for fact in entry.reading.facts if fact.evidence and fact.unit == "CNY"}

    assert units("项目（元）") == {"title"}
    assert units("项目") == {"default"}


def test_statuses_may_be_listed_in_sentences() -> None:
    text = "其中，正常贷款余额712,000.00元，占比97.40%；逾期1-30天贷款余额7,000.00元，占比0.96%；逾期31-60天贷款余额12,000.00元，占比1.64%。"
    assert figures(read("四、逾期情况", text), "delinquency") == {"current": "712000.00", "1-30": "7000.00", "31-60": "12000.00"}
    for other in (text.replace("其中", "截至上期末"), text.replace("正常", "预计正常"), "逾期1-30天贷款余额7,000.00元，占比0.96%。"):
        assert figures(read("四、逾期情况", other), "delinquency") == {}


def test_a_default_rate_that_only_a_table_of_indicators_prints_is_the_periods() -> None:
    watched = [["指标名称", "触发阈值", "本期值", "是否触发"], ["累计违约率", "7.00%", "0.73%", "否"], ["严重拖欠率", "4.00%", "0.52%", "否"]]
    found = figures(read("四、关键指标", watched))
    assert found["cumulative_default_pct"] == "0.73"
    assert "seriously_delinquent_pct" not in found
    stated = [["指标", "数值"], ["累计违约率（%）", "0.72"]]
    assert figures(read("四、违约", stated, "五、关键指标", watched))["cumulative_default_pct"] == "0.72"
    assert "cumulative_default_pct" not in figures(read("四、触发事件", watched))


@pytest.mark.parametrize(("label", "field"), [
    ("单笔最高/平均本金余额（元）", "max_loan_balance+avg_loan_balance"), ("贷款笔数/借款人户数", ""), ("合同总金额/本金余额", "contract_amount+principal_balance"),
    ("加权平均年利率/剩余期限", ""), ("单笔贷款最高/上期平均本金余额", ""),
])  # fmt: skip
def test_two_figures_of_one_type_may_share_a_label(label: str, field: str) -> None:
    assert LABELS.field("pool_stats", label) == field.replace("+", JOINT)


def test_heads_of_two_levels_say_together_what_a_column_of_a_tranche_is() -> None:
    rows = [
        ["证券分层", "发行规模", "发行规模", "到期日", "到期日", "信用评级", "信用评级"],
        ["证券分层", "金额（亿元）", "比例（%）", "预期", "法定", "中债资信", "东方金诚"],
        ["优先A档", "13.60", "87.18", "2026-05-26", "2029-05-26", "AAAsf", "AA+sf"], ["次级档", "2.00", "12.82", "2027-02-26", "2029-05-26", "-", "-"],
    ]  # fmt: skip
    circular = Profile(kind="offering_circular", market="credit_abs", deal_id="云帆2025-1")
    (entry,) = read_tables(of(table_of(rows), circular))
    facts = entry.reading.facts
    assert values_of(facts, "tranches", "expected_maturity")["云帆2025-1|优先A"] == "2026-05-26"
    assert values_of(facts, "tranches", "legal_maturity")["云帆2025-1|次级"] == "2029-05-26"
    assert {fact.key[2][1]: fact.value for fact in facts if fact.table == "ratings"} == {"中债资信": "AAAsf", "东方金诚": "AA+sf"}


@pytest.mark.parametrize("days", [["2025年6月30日", "2025年5月31日"], ["2025-05-31", "2025-06-30"]])
def test_statuses_beside_days_are_those_of_the_periods_end(days: list[str]) -> None:
    own = [("6" in day[4:8] and "30" in day[-4:]) for day in days].index(True)
    amounts = [["95.00", "3.00", "2.00", "100.00"], ["70.00", "3.00", "2.00", "75.00"]]
    rows = [[day, *(amounts[0] if at == own else amounts[1])] for at, day in enumerate(days)]
    table = table_of([["期末", "正常", "逾期1-30天", "逾期31-60天", "合计"], *rows], title="余额（元）")
    (entry,) = read_tables(of(table))
    assert [str(value) for value in values_of(entry.reading.facts, "delinquency", "balance").values()] == amounts[0]
    assert entry.reading.problems == ()


def test_a_sentence_tells_what_was_sold() -> None:
    text = "云帆2025年第一期微小企业贷款资产支持证券\n发行结果公告\n其中，优先A档实际发行12.00亿元，票面利率1.85%；次级档实际发行2.40亿元，无票面利率。"
    found = interpret_document(document_of(text), LABELS).facts
    assert values_of(found, "tranches", "amount") == {"云帆2025-1|优先A": Decimal("1200000000"), "云帆2025-1|次级": Decimal("240000000")}
    assert values_of(found, "tranches", "coupon_pct") == {"云帆2025-1|优先A": Decimal("1.85")}
    for other in ("优先A档拟发行12.00亿元。", "优先A档发行规模不超过12.00亿元。", "优先A档、次级档实际发行14.40亿元。"):
        planned = interpret_document(document_of(f"云帆2025年第一期微小企业贷款资产支持证券\n发行结果公告\n{other}"), LABELS)
        assert values_of(planned.facts, "tranches", "amount") == {}


def test_a_unit_line_that_belongs_to_the_first_table_of_a_page_names_no_unit_of_the_next() -> None:
    first = table_of([["项目", "数值"], ["累计违约金额", "1.00"]], unit_line="单位：万元")
    second = table_of([["项目", "数值"], ["期末资产池未偿本金余额", "42,300.00"]])
    plain = of(first, text="单位：万元\n受托机构报告")
    assert own_part(second, replace(plain, extract=replace(plain.extract, tables=(first, second)))).table.section_unit == ""
    assert own_part(second, replace(plain, extract=replace(plain.extract, tables=(second,)))).table.section_unit == "单位：万元"

"""Every figure of a document ends as a fact, as ignored by a named rule, or inside a question: there is nothing else."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dealproof.interpret.printed_figures import plain
from dealproof.interpret.read import interpret_document, ledger_of
from dealproof.model.evidence import Problem
from dealproof.model.extract import Extract
from dealproof.model.ledger import sums_of
from dealproof.model.table import Table
from dealproof.text import squeeze
from tests.doubles.accounts import unaccounted
from tests.interpret.tables import LABELS, document_of, table_of

REPORT = "云帆2025年第一期微小企业贷款资产支持证券\n受托机构报告\n2025年第3期"
CIRCULAR = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第一章 证券概况"


def account(*pages: str, tables: tuple[Table, ...] = ()) -> tuple[dict[str, str], list[Problem]]:
    """What became of every printed figure, by its text, and the questions of the document."""
    extract = document_of(*pages, tables=tables)
    told = {entry.text: entry.rule or entry.account for entry in ledger_of(extract, LABELS).entries}
    return told, list(questions(extract))


def questions(extract: Extract) -> tuple[Problem, ...]:
    return interpret_document(extract, LABELS).problems


def test_an_unknown_column_of_a_known_table_is_asked_by_its_header_once() -> None:
    table = table_of(
        [
            ["次数", "循环购买日", "购买金额（元）", "购入后池余额（元）"],
            ["1", "2025/2/26", "1,000,000.00", "91,000,000.00"],
            ["2", "2025/3/26", "2,000,000.00", "92,000,000.00"],
        ],
        title="循环购买情况",
    )
    told, asked = account(REPORT, "循环购买情况", tables=(table,))
    assert told["1,000,000.00"] == "fact"
    assert told["91,000,000.00"] == told["92,000,000.00"] == "asked"
    assert [(item.code, item.value) for item in asked if "池余额" in item.value] == [("unknown_label", "购入后池余额(元)")]


def test_a_column_that_a_label_row_leaves_is_ignored_by_that_rule_and_not_asked() -> None:
    table = table_of(
        [
            ["证券", "期初余额（元）", "支付本金（元）", "支付利息（元）", "期末余额（元）", "备注"],
            ["优先A档", "600,000.00", "100,000.00", "5,000.00", "500,000.00", "123.45"],
        ],
        title="证券兑付情况",
    )
    told, asked = account(REPORT, "证券兑付情况", tables=(table,))
    assert told["123.45"] == "label row"
    assert [item for item in asked if "备注" in item.value] == []


@pytest.mark.parametrize("heading", ["六、资产的其他分析", "附表九 补充信息", ""])
def test_a_table_that_no_kind_knows_is_one_question_with_place_size_heading_and_looks(heading: str) -> None:
    table = table_of(
        [
            ["甲类项目", "乙类项目", "丙类项目"],
            ["东部", "1,234.50", "40.00"],
            ["西部", "2,345.60", "35.50"],
            ["北部", "3,456.70", "24.50"],
        ],
        title=heading,
    )
    told, asked = account(REPORT, f"{heading}\n资产池未偿本金余额如下", tables=(table,))
    found = [item for item in asked if "4 rows by 3 columns" in item.message]
    assert len(found) == 1
    assert "6 of 6 figures" in found[0].message
    assert "1,234.50 (东部 / 乙类项目)" in found[0].message
    assert "adds up to 100" in found[0].message
    assert squeeze(heading) in found[0].message
    assert found[0].box is not None
    assert told["1,234.50"] == "asked"


def test_a_rate_in_a_sentence_that_nobody_reads_is_asked_with_its_words() -> None:
    _, asked = account(REPORT, "截至本收款期间末，资产池累计违约率约为0.87%，较上期有所上升。")
    found = [item for item in asked if item.box is not None and item.code == "missing_table"]
    assert [(item.table, item.page) for item in found] == [("performance", 2)]
    assert "累计违约率约为0.87%" in found[0].message


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("当累计违约率超过4.50%时，将触发加速清偿事件。", "condition"),
        ("入池贷款的年利率不低于3.00%。", "condition"),
        ("若累计违约率达到5.00%，则循环购买期提前终止。", "condition"),
        ("在基准情景下，预计累计违约率为2.10%。", "forecast"),
        ("假设累计违约率为2.10%，优先级证券仍可足额兑付。", "forecast"),
        ("公司的注册资本为6,500.00万股，员工约1,200.5人。", "nothing wanted"),
        ("累计违约率系指违约贷款金额占初始余额100.00%的比例。", "definition"),
    ],
)
def test_limits_forecasts_and_what_speaks_of_nothing_wanted_are_left_by_a_rule_with_a_name(sentence: str, rule: str) -> None:
    told, asked = account(REPORT, sentence)
    assert set(told.values()) == {rule}
    assert [item for item in asked if item.box is not None] == []


def test_a_figure_is_said_elsewhere_only_where_its_field_was_read() -> None:
    table = table_of([["项目", "金额（元）"], ["期末未偿本金余额", "968,355,110.62"], ["累计违约率（%）", "0.35"]], title="资产池表现")
    told, _ = account(REPORT, "资产池表现\n\n本期末资产池余额为968,355,110.62元。", tables=(table,))
    assert [rule for text, rule in told.items() if "968,355,110.62元" in text] == ["said elsewhere"]
    told, asked = account(REPORT, "资产池表现\n\n本期末资产池余额为968,355,110.62元。")
    assert [rule for text, rule in told.items() if "968,355,110.62元" in text] == ["asked"]
    assert any("968,355,110.62" in item.message for item in asked)


def test_the_same_amount_in_another_column_of_payments_is_not_said_elsewhere() -> None:
    """What is owed before and after a payment of nothing is the same figure and another value."""
    table = table_of(
        [
            ["证券", "期初余额（元）", "支付本金（元）", "支付利息（元）", "尚欠投资者（元）"],
            ["优先A档", "600,000.00", "0.00", "5,000.00", "600,000.00"],
        ],
        title="证券兑付情况",
    )
    _, asked = account(REPORT, "证券兑付情况", tables=(table,))
    assert [item.value for item in asked if item.code == "unknown_label"] == ["尚欠投资者(元)"]


def test_a_figure_beside_the_cells_of_a_table_is_asked() -> None:
    """A rule that is missing at the right side makes a table narrower than it is printed."""
    page = "五、历史累计违约率\n\n期数  收款期间  累计违约率（%）\n1  2025年1月  0.05\n2  2025年2月  0.11"
    extract = document_of(REPORT, page)
    lines = extract.pages[1].lines
    rows = [["期数", "收款期间", "累计违约率（%）"], ["1", "2025年1月", ""], ["2", "2025年2月", ""]]
    narrow = table_of(rows, title="五、历史累计违约率", page=2)
    cells = tuple(replace(cell, box=replace(lines[cell.row + 1].box, x1=60.0)) for cell in narrow.cells)
    extract = replace(extract, tables=(replace(narrow, cells=cells),))
    assert unaccounted(extract, LABELS) == []
    assert any("0.05" in item.message for item in questions(extract) if item.box is not None)


def test_an_amount_of_nothing_before_words_is_a_figure_and_no_number_of_a_clause() -> None:
    assert "0.00" in plain("0.00 本次付息金额（元）")
    assert "3.2" not in plain("3.2 本次付息情况")


def test_a_role_whose_institution_was_not_read_is_asked() -> None:
    table = table_of(
        [
            ["日期", "", "内容"],
            ["归集期间", "", "2025-03-01至2025-03-31"],
            ["支付日", "", "2025-04-26"],
            ["报告日期", "", "2025-04-20"],
            ["资金保管机构", "", "杭州银行股份有限公司"],
        ],
        title="基本信息",
    )
    told, asked = account(REPORT, "基本信息", tables=(table,))
    assert told["杭州银行股份有限公司"] == "asked"
    assert [item.table for item in asked if item.box is not None and item.code == "missing_table"] == ["parties"]


def test_two_outcomes_in_one_cell_are_not_one_event() -> None:
    table = table_of([["触发事件", "是否发生"], ["加速清偿事件\n违约事件", "未发生\n未发生"]], title="触发事件")
    told, asked = account(REPORT, "触发事件", tables=(table,))
    assert told["未发生\n未发生"] == "asked"
    assert [item.table for item in asked if item.box is not None and item.code == "missing_table"] == ["triggers"]


@pytest.mark.parametrize("caption", ["静态池累计违约率（%）", "资产池预计现金流归集表", "压力情景下的累计违约率"])
def test_what_is_not_this_deals_own_is_ignored_and_so_is_the_rest_of_it_over_the_page(caption: str) -> None:
    first = table_of([["月份", "第1月", "第2月"], ["2022年1月", "0.01", "0.02"]], title=caption)
    rest = table_of([["2022年2月", "0.03", "0.04"], ["2022年3月", "0.05", "0.06"]], page=2)
    told, _ = account(CIRCULAR, "（续）", tables=(first, rest))
    assert {told[figure] for figure in ("0.01", "0.04", "0.06")} == {"foreign section"}


@pytest.mark.parametrize("name", ["注册金额", "注册额度"])
def test_the_amount_that_was_registered_is_neither_read_nor_asked(name: str) -> None:
    table = table_of([[name, "人民币60亿元"], ["本期发行金额", "人民币15.00亿元"]])
    told, asked = account(CIRCULAR, tables=(table,))
    assert told["人民币60亿元"] == "label row"
    assert not any("60亿" in item.message or item.value == name for item in asked)


def test_the_sums_of_a_ledger_count_every_figure_once() -> None:
    table = table_of(
        [["项目", "金额（元）"], ["期末未偿本金余额", "968,355,110.62"], ["未知的金额", "12,345.67"]], title="资产池表现"
    )
    extract = document_of(REPORT, "资产池表现", tables=(table,))
    sums = interpret_document(extract, LABELS).figures
    assert (sums.fact, sums.asked, sums.open) == (1, 1, 0)
    assert sums == sums_of(ledger_of(extract, LABELS).entries)
    assert sums.is_closed


@pytest.mark.parametrize("line", ["公告发布时间：2025年4月20日", "发行说明书公告时间为2025年4月20日", "本报告披露时间 2025-04-20"])
def test_a_day_behind_the_words_of_a_wanted_date_is_asked_where_it_was_not_read(line: str) -> None:
    found = [item for item in account(REPORT, line)[1] if item.box is not None and item.code == "missing_table"]
    assert [(item.table, item.page) for item in found] == [("documents", 2)]


def test_a_day_that_was_read_is_not_asked_where_it_is_printed_again() -> None:
    _, asked = account(REPORT, "报告日期：2025年4月20日\n\n本次披露日期：2025年4月20日")
    assert [item for item in asked if item.box is not None and item.code == "missing_table"] == []


STATUSES = [["资产状态", "未偿本金余额（元）", "笔数"], ["正常", "60,000,000.00", "6,000"], ["逾期1-30天", "40,000,000.00", "4,000"]]


@pytest.mark.parametrize("total", ["合计", "总计", "合计（元）"])
def test_a_total_cut_off_from_its_table_is_asked_though_the_rows_add_up_to_it(total: str) -> None:
    rows = table_of(STATUSES, title="资产池逾期情况", page=2)
    cut = table_of([[total, "100,000,000.00", "10,000"]], page=3)
    told, _ = account(REPORT, "资产池逾期情况", "附注", tables=(rows, cut))
    assert told["100,000,000.00"] == told["10,000"] == "asked"
    told, _ = account(REPORT, "资产池逾期情况", f"{total}  100,000,000.00  10,000", tables=(rows,))
    assert {rule for text, rule in told.items() if "100,000,000.00" in text} == {"asked"}

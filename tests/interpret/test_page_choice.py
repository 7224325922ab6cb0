"""A page is read with care because it can hold a wanted table, or goes on with one; never because its neighbour was."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from dealproof.extract.choose_pages import choose_pages
from dealproof.extract.loan_list import loan_lists
from dealproof.interpret.read import interpret_document, ledger_of
from tests.interpret.tables import LABELS, document_of

CIRCULAR = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书\n第一章 证券概况"
HEADER = "序号  合同编号  贷款本金余额（元）  贷款利率（%）  加权平均剩余期限（天）  借款人地区"
WANTED = "资产池特征\n贷款笔数  5,120笔\n未偿本金余额  98,765.43万元\n加权平均贷款利率  6.50%\n加权平均剩余期限  1.20年"
ROWS = 24

Row = Callable[[int], str]

#: A row of a list of single loans as different producers print it, by its number.
LOANS: dict[str, Row] = {
    "codes": lambda n: f"{n}  XW2023{n * 7919:08d}  {n * 1000 + 500},000.00  {4 + n % 5}.31  {80 + n}  浙江省",
    "codes on a line of their own": lambda n: f"HT-{n * 7919:08d}\n{n}  152,000.00  4.31  83  云南省\n2023/7/26发放",
    "long numbers": lambda n: f"{n}  33010120230{n * 7919:07d}  152,000.00  4.31  83  江苏省",
    "masked numbers": lambda n: f"{n}  6222****{n * 37 % 10000:04d}  152,000.00  4.31  83  江苏省",
    "codes first and no serial": lambda n: f"JK{n * 104729:09d}  {n},152.00  4.31  83  安徽省",
}
CAPTIONS = ("附件一 资产清单", "附录二 入池贷款明细表", "基础资产逐笔信息", "Schedule 1: Loan Level Data")


def pages_of(row: Row, pages: int, head: str = "", first: int = 1) -> list[str]:
    """A list of loans over several pages; only the first has its caption and header."""
    texts = []
    for page in range(pages):
        rows = [row(number) for number in range(first + page * ROWS, first + (page + 1) * ROWS)]
        texts.append("\n".join([head, *rows] if page == 0 and head else rows))
    return texts


def chosen(*pages: str) -> list[int]:
    return [choice.page for choice in choose_pages(document_of(*pages).pages, LABELS)]


@pytest.mark.parametrize("caption", CAPTIONS)
@pytest.mark.parametrize("row", LOANS.values(), ids=LOANS)
def test_a_list_of_single_loans_is_not_read_with_care_whoever_printed_it(row: Row, caption: str) -> None:
    assert chosen(CIRCULAR, WANTED, *pages_of(row, 6, f"{caption}\n{HEADER}")) == [2]


@pytest.mark.parametrize("caption", CAPTIONS)
def test_a_list_without_identifiers_is_known_by_its_caption_and_goes_on_while_its_numbers_do(caption: str) -> None:
    pages = pages_of(lambda n: f"{n}  张某  152,000.00  4.31  83  云南省", 6, f"{caption}\n{HEADER}")
    assert chosen(CIRCULAR, WANTED, *pages) == [2]
    assert sorted(loan_lists(document_of(CIRCULAR, WANTED, *pages).pages)) == [3, 4, 5, 6, 7, 8]


def test_rows_numbered_beyond_any_wanted_table_are_a_list_under_any_caption() -> None:
    pages = pages_of(lambda n: f"{n}  李某  152,000.00  4.31  83  云南省", 8, f"附表\n{HEADER}")
    assert set(loan_lists(document_of(*pages).pages)) >= {6, 7, 8}


def test_a_wanted_table_before_or_behind_a_list_on_the_same_page_is_read() -> None:
    pages = pages_of(LOANS["codes"], 3, f"{WANTED}\n附件一 资产清单\n{HEADER}")
    pages[-1] += f"\n{WANTED}"
    assert chosen(CIRCULAR, *pages) == [2, 4]


@pytest.mark.parametrize(
    "rows",
    [
        [f"{n}  2024年{n % 12 + 1}月1日至2024年{n % 12 + 1}月28日  0.{n:02d}  {n},000.00" for n in range(1, 80)],
        [f"{n}  2024{n % 12 + 1:02d}28  0.{n:02d}  1{n:02d}000000.00" for n in range(1, 61)],
        [f"{n}  {place}  1{n:02d}  3.{n:02d}  {n},120,000.00  3.{n:02d}" for n, place in enumerate("京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川黔滇藏陕甘青宁新", 1)],
        [f"{n}  1520000{n:02d}  98765432{n:02d}  0.35" for n in range(1, 30)],
    ],
    ids=["history of 79 periods", "history with compact dates", "31 provinces with serial numbers", "plain amounts"],
)  # fmt: skip
def test_long_wanted_tables_are_no_list_of_loans(rows: list[str]) -> None:
    head = "累计违约率  期数  未偿本金余额  贷款笔数  加权平均利率"
    halves = [[head, *rows[: len(rows) // 2]], rows[len(rows) // 2 :]]
    pages = ["\n".join(half) for half in halves]
    assert loan_lists(document_of(CIRCULAR, *pages).pages) == {}
    assert chosen(CIRCULAR, *pages) == [2, 3]


def test_a_page_that_goes_on_with_a_static_pool_is_left_and_one_that_goes_on_with_the_own_pool_is_read() -> None:
    rows = "\n".join(f"2022年{month}月  0.{month:02d}  0.{month + 1:02d}" for month in range(1, 10))
    own = f"{WANTED}\n资产池特征续\n累计违约率  月份\n{rows}"
    foreign = f"{WANTED}\n静态池情况\n{rows}"
    assert chosen(CIRCULAR, own, rows) == [2, 3]
    assert chosen(CIRCULAR, foreign, rows) == [2]


def test_the_ledger_names_the_rule_by_which_a_list_of_loans_was_left_and_nothing_is_asked() -> None:
    extract = document_of(CIRCULAR, *pages_of(LOANS["codes"], 5, f"附件一 资产清单\n{HEADER}"))
    entries = [entry for entry in ledger_of(extract, LABELS).entries if entry.page > 1]
    assert {entry.rule for entry in entries} == {"loan list"}
    assert {entry.page for entry in entries} == {2, 3, 4, 5, 6}
    assert [item for item in interpret_document(extract, LABELS).problems if item.page > 1] == []


HEADERS = [
    "借款人行业  笔数  笔数占比（%）  余额（万元）  余额占比（%）", "省份  余额（万元）  占比  户数", "抵押物类型  金额占比  金额  笔数",
]  # fmt: skip


@pytest.mark.parametrize("header", HEADERS)
def test_a_header_of_amounts_and_shares_speaks_for_a_page_that_has_no_other_words(header: str) -> None:
    row = "  ".join(["浙江", *["14.04"] * (header.count("  ") - 1), "832"])
    page = f"第三章 资产池\n情况如下：\n{header}\n{row}\n{row}"
    assert chosen(CIRCULAR, page) == [2]
    assert "header" in next(choice.why for choice in choose_pages(document_of(CIRCULAR, page).pages, LABELS))


@pytest.mark.parametrize("text", [
    "行业  笔数  占比\n见下文  另行说明  不适用", "笔数占比、余额占比与户数均以本表为准，占比合计为百分之百。\n832  14.04  26.13", "姓名  证件号码  地址\n张某  330101  浙江省",
])  # fmt: skip
def test_words_of_shares_without_a_table_below_them_speak_for_no_page(text: str) -> None:
    assert chosen(CIRCULAR, f"第三章 资产池\n{text}") == []


def test_a_table_that_goes_on_behind_a_picture_is_read_on() -> None:
    rows = "\n".join(["浙江  832  26.13  14,042.60  14.04"] * 3)
    assert chosen(CIRCULAR, f"第三章 资产池\n{HEADERS[0]}\n{rows}", "", rows) == [2, 4]


def test_rows_whose_labels_are_known_by_their_parts_speak_for_a_page() -> None:
    rows = "第三节 证券兑付\n单位：人民币元\n兑付前本金  975,000,000.00  75.0000\n兑付本金  78,000,000.00  6.0000\n兑付后本金  897,000,000.00  69.0000"
    assert chosen(rows) == [1]
    assert chosen("第三节 参与机构简介\n员工人数  1,200\n网点数量  36\n成立年份  1996") == []


def test_a_new_heading_ends_what_is_not_wanted_at_the_foot_of_a_page() -> None:
    first = "期初资产池余额  931,712,913.89\n期末资产池余额  866,977,500.63\n{}\n2025年2月  1,000.00\n{}\n档次  计划值  实际值"
    second = "优先档  60,001,000.00  60,000,000.00\n次级档  1,000.00  0.00"
    assert chosen(first.format("叁、未来现金流预测", "肆、兑付"), second) == [1, 2]
    assert chosen(first.format("叁、未来现金流预测", "2025年3月  1,000.00"), second) == [1]

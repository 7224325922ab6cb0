"""Rows of single loans are left out before a document is interpreted; what says whose figures follow stays."""

from __future__ import annotations

from dealproof.interpret.loan_pages import without_loans
from tests.interpret.tables import document_of

ROWS = [f"{n}  XW2023{n * 7919:08d}  {n * 1000 + 500},000.00  4.31  浙江省" for n in range(1, 25)]
COVER = "云帆2025年第一期微小企业贷款资产支持证券\n发行说明书"


def test_captions_above_and_headings_between_rows_of_loans_stay() -> None:
    page = "\n".join(["静态池历史数据", "序号  合同编号  余额（元）  利率  地区", *ROWS[:12], "二、资产池情况", *ROWS[12:], "本页无其他内容。"])
    found = without_loans(document_of(COVER, page))
    assert [line.text for line in found.extract.pages[1].lines] == [
        "静态池历史数据", "序号  合同编号  余额（元）  利率  地区", "二、资产池情况", "本页无其他内容。",
    ]  # fmt: skip
    assert len(found.pages[2][0].lines) == len(ROWS) + 4


def test_a_document_without_such_a_list_is_left_as_it_is() -> None:
    extract = document_of(COVER, "资产池特征\n贷款笔数  5,120笔")
    assert without_loans(extract).extract is extract

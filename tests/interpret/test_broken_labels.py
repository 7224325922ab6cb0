"""A label broken over two rows is one label: the words tell, where no line parts the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from dealproof.interpret.broken_labels import with_whole_labels
from tests.interpret.tables import LABELS, table_of


def rows_of(*rows: Sequence[str], style: str = "borderless") -> list[list[str]]:
    table = with_whole_labels(replace(table_of(rows), style=style), LABELS)
    return [[text.replace("\n", "") for text in row] for row in table.texts()]


HEAD = ["指标", "数值"]


@pytest.mark.parametrize(("head", "tail", "whole"), [
    ("累计违约贷款", "回收金额（元）", "累计违约贷款回收金额（元）"), ("累计违约金额", "（元）", "累计违约金额（元）"),
    ("加权平均剩余", "期限（月）", "加权平均剩余期限（月）"), ("累计违约", "率（%）", "累计违约率（%）"),
])  # fmt: skip
@pytest.mark.parametrize("is_value_above", [False, True])
def test_a_label_that_wraps_into_a_second_row_is_one_label(head: str, tail: str, whole: str, is_value_above: bool) -> None:
    above, below = ("9.00", "") if is_value_above else ("", "9.00")
    found = rows_of(HEAD, [head, above], [tail, below], ["累计违约率（%）", "0.1"])
    assert found == [HEAD, [whole, "9.00"], ["累计违约率（%）", "0.1"]]


@pytest.mark.parametrize("tail", ["本金余额（元）", "未偿本金余额"])
def test_a_label_of_its_own_to_which_a_figure_is_lacking_is_no_second_piece(tail: str) -> None:
    rows = (["期末资产池未偿", "9.00"], [tail, ""])
    assert rows_of(HEAD, *rows) == [HEAD, *rows]


def test_the_second_piece_may_mean_something_else_alone_where_the_first_has_no_figure() -> None:
    found = rows_of(HEAD, ["期末资产池未偿", ""], ["本金余额（元）", "9.00"])
    assert found == [HEAD, ["期末资产池未偿本金余额（元）", "9.00"]]


@pytest.mark.parametrize(("head", "tail", "whole"), [("逾期31-", "60天", "逾期31-60天"), ("逾期90天", "以上", "逾期90天以上")])
def test_a_status_that_a_page_break_cuts_is_one_status(head: str, tail: str, whole: str) -> None:
    status = ["状态", "笔数", "余额（元）"]
    assert rows_of(status, [head, "", ""], [tail, "35", "3,280,500.00"], style="ruled")[1:] == [[whole, "35", "3,280,500.00"]]


def test_a_label_that_begins_in_the_header_goes_to_its_figure() -> None:
    found = rows_of(["指标\n期末资产池未偿", "数值"], ["本金余额（元）", "866,977,500.63"])
    assert found == [HEAD, ["期末资产池未偿本金余额（元）", "866,977,500.63"]]


@pytest.mark.parametrize("rows", [
    (["优先A级", ""], ["期初本金余额（元）", "9.00"]),  # a heading over a label that is known
    (["其中：", ""], ["累计违约率（%）", "0.1"]),
    (["静态池", ""], ["累计违约率（%）", "0.1"]),
    (["上期", ""], ["累计违约率（%）", "0.1"]),
    (["预计", ""], ["累计违约率（%）", "0.1"]),
    (["累计违约金额（元）", "9.00"], ["累计违约率（%）", "0.1"]),
    (["累计违约金额（元）", ""], ["回收金额（元）", ""]),
])  # fmt: skip
def test_rows_that_are_no_pieces_of_a_label_stay_apart(rows: tuple[list[str], ...]) -> None:
    assert rows_of(HEAD, *rows) == [HEAD, *rows]


def test_between_lines_a_known_label_without_a_figure_takes_nothing_from_the_row_below() -> None:
    rows = (["累计违约贷款", ""], ["回收金额（元）", "9.00"])
    assert rows_of(HEAD, *rows, style="ruled") == [HEAD, *rows]


def test_merged_cells_beside_a_broken_label_keep_their_rows() -> None:
    table = replace(table_of([["状态", "笔数", "说明"], ["逾期31-", "", "见注"], ["60天", "35", None], ["正常", "9", ""]]), style="ruled")
    assert with_whole_labels(table, LABELS).texts() == table.texts()

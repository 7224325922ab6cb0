"""Levels of a header over rules that leave out the first column, columns that only the header names below a break."""

from __future__ import annotations

import pytest

from dealproof.tables.readers.aligned import read_aligned
from tests.tables.test_aligned import tables_of
from tests.tables.typeset import Sheet


def test_a_level_over_a_rule_that_leaves_out_the_first_column_belongs_to_the_header() -> None:
    sheet = Sheet().bar(100).text(380, 106, "资产池情况", "middle").bar(120, x0=200)
    sheet.text(90, 126, "行业").text(290, 126, "笔数情况", "middle").text(460, 126, "金额情况", "middle").bar(140, x0=200)
    names = ((250, "笔数"), (330, "笔数占比"), (420, "本金余额"), (500, "金额占比"))
    sheet.row(146, *((x, "middle", name) for x, name in names)).bar(160)
    for index, name in enumerate(("制造业", "建筑业", "批发业", "采矿业")):
        top = 166 + 20 * index
        sheet.row(top, (70, "left", name), *((x, "middle", f"{index}{x // 100}.40") for x, _ in names)).bar(top + 14)
    (table,) = tables_of(sheet)
    over = next(cell for cell in table.cells if cell.text == "资产池情况")
    assert (over.row, over.col, over.col_span) == (0, 1, 4)
    assert (table.n_rows, table.n_cols) == (7, 5)


def test_a_column_of_groups_that_only_the_header_names_below_a_break_is_a_column() -> None:
    sheet = Sheet().bar(60).row(64, (70, "left", "年度"), (130, "left", "期数"), (230, "left", "计算日"), (400, "right", "金额")).bar(80)
    for index in range(4):
        sheet.row(84 + 18 * index, (140, "middle", f"1{index}"), (230, "left", f"2024-0{index + 1}-09"), (400, "right", f"5,00{index}.00"))
    (table,) = tables_of(sheet)
    assert table.n_cols == 4
    assert table.texts()[1] == ["", "10", "2024-01-09", "5,000.00"]


@pytest.mark.parametrize("post", [True, False])
@pytest.mark.parametrize("labels", [("正常回收", "提前偿还", "合计"), ("广东", "江苏", "合计")])
def test_a_name_set_in_the_middle_beside_the_labels_that_begin_at_the_edge_is_that_of_their_column(post: bool, labels: tuple[str, ...]) -> None:
    sheet = Sheet()
    for number, label in enumerate(("收入账", *labels, "本金账", labels[0])):
        y, is_name = 84 + 20 * number, label.endswith("账")
        values = ("上次报告期", "本次报告期") if is_name else ("4,672,342.79", "7,989,852.03")
        sheet.row(y, (130, "middle", label) if is_name else (62, "left", label), (300, "middle", values[0]), (420, "middle", values[1]))
    for number in range(len(labels) + 4):
        sheet.bar(80 + 20 * number, 60, 480)
    if post:
        sheet.post(200, 80, 140 + 20 * len(labels))
    (found,) = read_aligned(sheet.content(), [], frozenset())
    assert found.table.texts()[:2] == [["收入账", "上次报告期", "本次报告期"], [labels[0], "4,672,342.79", "7,989,852.03"]]

"""Headers of several levels, columns that nearly touch, labels beside several rows: in tables without a grid."""

from __future__ import annotations

from dealproof.model.evidence import Box
from dealproof.model.table import Cell
from dealproof.tables.group_labels import with_group_labels
from dealproof.tables.readers.aligned import read_aligned
from tests.tables.typeset import Sheet


def _texts(sheet: Sheet) -> list[list[str]]:
    (found,) = read_aligned(sheet.content(), [], frozenset())
    return found.table.texts()


def _body(sheet: Sheet, top: float) -> Sheet:
    for number, (name, *figures) in enumerate((["正常", "9,700", "97.00%", "480.00", "97.10%"], ["违约", "300", "3.00%", "14.30", "2.90%"])):
        sheet.text(60, top + 20 * number, name)
        for x, figure in zip((200, 290, 400, 490), figures, strict=True):
            sheet.text(x, top + 20 * number, figure, "right")
    return sheet


def test_two_headings_share_out_the_columns_below_them() -> None:
    sheet = Sheet().bar(95, 55, 500).bar(145, 55, 500).bar(190, 55, 500)
    sheet.row(100, (215, "middle", "笔数情况"), (415, "middle", "金额情况")).text(60, 112, "状态")
    sheet.row(125, (180, "middle", "笔数"), (265, "middle", "占比"), (370, "middle", "余额"), (465, "middle", "占比"))
    table = _texts(_body(sheet, 150))
    assert table[0] == ["状态", "笔数情况", "笔数情况", "金额情况", "金额情况"]
    assert table[1] == ["状态", "笔数", "占比", "余额", "占比"]


def test_three_levels_of_headings_stand_over_one_another() -> None:
    sheet = Sheet().bar(175, 55, 500).bar(245, 55, 500).bar(290, 55, 500)
    sheet.text(315, 180, "本期末", "middle").text(60, 202, "状态")
    sheet.row(202, (215, "middle", "笔数情况"), (415, "middle", "金额情况"))
    sheet.row(225, (180, "middle", "笔数"), (265, "middle", "占比"), (370, "middle", "余额"), (465, "middle", "占比"))
    table = _texts(_body(sheet, 250))
    assert [row[1] for row in table[:3]] == ["本期末", "笔数情况", "笔数"]
    assert [row[4] for row in table[:3]] == ["本期末", "金额情况", "占比"]


def test_headers_that_nearly_touch_are_cut_where_a_column_ends() -> None:
    sheet = Sheet().bar(95, 55, 290).bar(120, 55, 290).bar(160, 55, 290)
    sheet.text(60, 102, "状态").text(150, 102, "贷款笔数合计").text(211, 102, "贷款余额合计")
    for number, (name, count, amount) in enumerate((("正常", "9,700", "480.00"), ("违约", "300", "14.30"), ("合计", "10,000", "494.30"))):
        sheet.text(60, 125 + 12 * number, name).text(200, 125 + 12 * number, count, "right").text(270, 125 + 12 * number, amount, "right")
    assert _texts(sheet)[0] == ["状态", "贷款笔数合计", "贷款余额合计"]


def test_a_header_with_a_blank_beside_a_figure_is_not_cut() -> None:
    sheet = Sheet().bar(95, 55, 500).bar(120, 55, 500).bar(160, 55, 500)
    sheet.text(60, 102, "情景").text(180, 102, "优先 A 级本金偿付比例")
    for number, row in enumerate((("基准", "1.92", "100.00"), ("压力一", "3.65", "100.00"), ("压力二", "5.10", "98.00"))):
        for x, text, align in zip((60, 150, 290), row, ("left", "right", "right"), strict=True):
            sheet.text(x, 125 + 12 * number, text, align)
    sheet.text(110, 102, "违约率")
    assert _texts(sheet)[0] == ["情景", "违约率", "优先 A 级本金偿付比例"]


def test_cells_that_nearly_touch_are_told_by_the_values_beside_the_gap() -> None:
    sheet = Sheet()
    rows = (("2023-04-16", "6,881", "5,849.93万元"), ("2023-05-14", "4,721", "4,517.65万元"), ("2023-06-11", "3,259", "5,567.52万元"), ("2023-07-09", "3,684", "4,654.48万元"))
    for number, (day, count, amount) in enumerate(rows):
        sheet.text(100, 100 + 20 * number, day, "left").text(178, 100 + 20 * number, count, "right").text(240, 100 + 20 * number, amount, "right")
    assert _texts(sheet) == [list(row) for row in rows]


def test_a_unit_behind_a_blank_stays_with_its_figure() -> None:
    sheet = Sheet()
    for number, (name, amount) in enumerate((("期初余额", "5,849.93"), ("期末余额", "4,517.65"), ("本期回收", "1,332.28"))):
        sheet.text(60, 100 + 20 * number, name).text(280, 100 + 20 * number, amount, "right").text(282.5, 100 + 20 * number, "万元")
    assert [row[1] for row in _texts(sheet)] == ["5,849.93 万元", "4,517.65 万元", "1,332.28 万元"]


def test_a_group_named_in_the_middle_of_its_rows_stands_beside_each_of_them() -> None:
    sheet = Sheet().row(80, (60, "left", "账户"), (150, "left", "项目"), (340, "right", "金额"))
    rows = (("正常回收", "706.03"), ("提前偿还", "515.77"), ("拖欠回收", "12.00"), ("税收", "5.10"), ("审计费", "2.20"))
    for number, (name, amount) in enumerate(rows):
        sheet.text(150, 100 + 20 * number, name).text(340, 100 + 20 * number, amount, "right")
    sheet.text(60, 120, "收入账").text(60, 170, "费用账")
    assert [row[0] for row in _texts(sheet)[1:]] == ["收入账", "收入账", "收入账", "费用账", "费用账"]


def test_a_label_is_not_carried_into_rows_without_one_where_figures_follow_it() -> None:
    sheet = Sheet().row(80, (60, "left", "批次"), (240, "right", "笔数"), (340, "right", "金额"))
    rows = (("首次", "100", "706.03"), ("", "20", "515.77"), ("", "30", "12.00"), ("", "40", "18.00"))
    for number, (name, count, amount) in enumerate(rows):
        sheet.text(60, 100 + 20 * number, name).text(240, 100 + 20 * number, count, "right").text(340, 100 + 20 * number, amount, "right")
    assert [row[0] for row in _texts(sheet)[1:]] == ["首次", "", "", ""]


def test_a_header_glued_into_one_line_names_the_columns_of_the_figures_below_it() -> None:
    sheet = Sheet().text(60, 86, "档次").text(110, 86, "期初余额合计").text(171, 86, "本期兑付本金").text(232, 86, "期末余额合计")
    for number, row in enumerate((("优先A级", "600.00", "120.00", "480.00"), ("优先B级", "100.00", "0.00", "100.00"), ("次级", "150.00", "0.00", "150.00"))):
        for x, text, align in zip((60, 165, 228, 290), row, ("left", "right", "right", "right"), strict=True):
            sheet.text(x, 100 + 16 * number, text, align)
    assert _texts(sheet)[0] == ["档次", "期初余额合计", "本期兑付本金", "期末余额合计"]


def test_headers_without_any_gap_are_cut_behind_the_brackets_of_their_units() -> None:
    sheet = Sheet().text(60, 86, "档次").text(110, 86, "期初余额（元）本期兑付（元）期末余额（元）")
    for number, row in enumerate((("优先A级", "600.00", "120.00", "480.00"), ("优先B级", "100.00", "0.00", "100.00"), ("次级", "150.00", "0.00", "150.00"))):
        for x, text, align in zip((60, 170, 240, 310), row, ("left", "right", "right", "right"), strict=True):
            sheet.text(x, 100 + 16 * number, text, align)
    assert _texts(sheet)[0] == ["档次", "期初余额（元）", "本期兑付（元）", "期末余额（元）"]


def test_a_name_in_a_row_of_its_own_is_no_label_of_rows_above_it() -> None:
    """Nothing beside it tells where its row lies: the table is read as it stands."""
    rows = {1: "正常回收", 2: "提前偿还", 3: "其他收入", 5: "拖欠回收", 6: "违约回收"}
    cells = [Cell(text, row, 1, 1, 1, 1, Box(150, 20 * row, 200, 20 * row + 10), "text") for row, text in rows.items()]
    alone = Cell("收入账", 4, 0, 1, 1, 1, Box(50, 80, 90, 90), "text")
    assert sorted(with_group_labels([*cells, alone], 1), key=lambda c: c.row) == sorted([*cells, alone], key=lambda c: c.row)


def test_headings_set_at_the_left_edge_of_their_columns_share_them_out_by_that_edge() -> None:
    sheet = Sheet().bar(95, 55, 560).bar(132, 190, 560).bar(190, 55, 560)
    sheet.row(102, (190, "left", "上期期末"), (330, "left", "本期期末")).text(60, 112, "状态")
    sheet.row(120, (190, "left", "笔数"), (240, "left", "本金"), (330, "left", "笔数"), (380, "left", "占比"), (430, "left", "本金"), (520, "left", "占比"))
    for number, name in enumerate(("正常", "违约")):
        sheet.text(60, 140 + 20 * number, name)
        for x, figure in zip((220, 320, 360, 420, 510, 555), ("6,259", "1,290,879.15", "5,848", "97.56%", "1,175,576.33", "97.54%"), strict=True):
            sheet.text(x, 140 + 20 * number, figure, "right")
    table = _texts(sheet)
    assert table[0] == ["状态", *["上期期末"] * 2, *["本期期末"] * 4]
    assert table[1] == ["状态", "笔数", "本金", "笔数", "占比", "本金", "占比"]

"""Headers of several levels: which texts are one cell, over which columns each stands, in which rows."""

from __future__ import annotations

from dealproof.tables.header_parts import Drawn
from dealproof.tables.header_tree import header_nodes
from dealproof.tables.lines import visual_lines
from dealproof.tables.readers.aligned import read_aligned
from dealproof.tables.readers.framed import read_framed
from tests.tables.typeset import Sheet

#: Left and right bounds of five columns.
SLOTS = [(60.0, 150.0), (150.0, 240.0), (240.0, 330.0), (330.0, 420.0), (420.0, 510.0)]
NOTHING = Drawn()


def _places(sheet: Sheet, drawn: Drawn = NOTHING) -> dict[str, tuple[int, int, int, int]]:
    """Row, rows, first and last column of each text of a header."""
    nodes, _ = header_nodes(visual_lines(sheet.content().chars), SLOTS, drawn)
    return {"".join(s.text for s in n.segments): (n.row, n.row_span, n.first, n.last) for n in nodes}


def _named(sheet: Sheet, y: float) -> Sheet:
    return sheet.row(y, (195, "middle", "笔数"), (285, "middle", "占比一"), (375, "middle", "余额"), (465, "middle", "占比二"))


def test_a_label_at_half_height_takes_both_levels_beside_it() -> None:
    sheet = _named(Sheet().row(100, (240, "middle", "笔数情况"), (420, "middle", "金额情况")).text(105, 110, "状态", "middle"), 120)
    places = _places(sheet)
    assert places["状态"] == (0, 2, 0, 0)
    assert places["笔数情况"] == (0, 1, 1, 2)
    assert places["占比二"] == (1, 1, 4, 4)


def test_a_heading_over_all_columns_but_the_first_stands_over_headings() -> None:
    sheet = Sheet().text(330, 100, "资产池情况", "middle").row(120, (105, "middle", "状态"), (240, "middle", "笔数情况"), (420, "middle", "金额情况"))
    places = _places(_named(sheet, 140))
    assert places["资产池情况"] == (0, 1, 1, 4)
    assert places["状态"] == (0, 3, 0, 0)


def test_a_heading_in_the_middle_of_two_levels_takes_both() -> None:
    sheet = Sheet().text(240, 100, "发行要素", "middle").text(420, 110, "偿付安排", "middle")
    sheet.row(120, (105, "middle", "证券档次"), (195, "middle", "规模"), (285, "middle", "利率"))
    places = _places(_named(sheet, 140))
    assert places["偿付安排"] == (0, 2, 3, 4)
    assert places["发行要素"] == (0, 1, 1, 2)
    assert places["规模"] == (1, 1, 1, 1)


def test_lines_as_near_as_those_of_a_wrapped_text_are_one_name_and_lines_as_far_apart_as_rows_are_levels() -> None:
    near = _named(Sheet().row(100, (105, "middle", "证券")).row(112, (105, "middle", "档次")), 106)
    assert _places(near)["证券档次"] == (0, 1, 0, 0)
    apart = Sheet().text(330, 100, "财务数据", "middle").row(120, (195, "middle", "最新"), (285, "middle", "审计"), (375, "middle", "上年"), (465, "middle", "前年"))
    assert _places(_named(apart, 140))["最新"] == (1, 1, 1, 1)


def test_a_level_line_between_two_near_lines_parts_them() -> None:
    sheet = Sheet().row(100, (105, "middle", "利息")).row(114, (105, "middle", "付息"))
    assert _places(sheet, Drawn(((112.0, 60.0, 150.0),)))["利息"] == (0, 1, 0, 0)
    assert _places(sheet)["利息付息"] == (0, 1, 0, 0)


def test_a_level_line_over_a_column_shows_that_a_heading_stands_above_it() -> None:
    # The middle of 金额情况 is nearer to that of its first column alone than to that of both.
    sheet = _named(Sheet().row(100, (240, "middle", "笔数情况"), (390, "middle", "金额情况")).text(105, 110, "状态", "middle"), 120)
    drawn = Drawn(tuple((115.0, left, right) for left, right in SLOTS[1:]))
    assert _places(sheet, drawn)["金额情况"] == (0, 1, 3, 4)


def test_an_upright_line_that_stops_below_a_heading_tells_how_far_it_reaches() -> None:
    sheet = _named(Sheet().row(100, (240, "middle", "笔数情况"), (390, "middle", "金额情况")).text(105, 110, "状态", "middle"), 120)
    uprights = ((150.0, 95.0, 135.0), (240.0, 115.0, 135.0), (330.0, 95.0, 135.0), (420.0, 115.0, 135.0))
    places = _places(sheet, Drawn((), uprights))
    assert (places["笔数情况"], places["金额情况"]) == ((0, 1, 1, 2), (0, 1, 3, 4))


def _body(sheet: Sheet, top: float, count: int = 3) -> Sheet:
    for number, name in zip(range(count), ("正常", "逾期", "违约"), strict=False):
        sheet.text(70, top + 20 * number, name)
        for x, figure in zip((225, 315, 405, 495), (f"9,70{number}", "97.00%", f"480.0{number}", "97.10%"), strict=True):
            sheet.text(x, top + 20 * number, figure, "right")
    return sheet


def test_a_rule_under_all_columns_but_a_narrow_first_one_is_inside_the_header() -> None:
    sheet = Sheet().bar(95, 62, 500).bar(115, 88, 500).bar(135, 62, 500).bar(200, 62, 500)
    sheet.row(100, (240, "middle", "笔数情况"), (420, "middle", "金额情况")).text(75, 110, "状态", "middle")
    (found,) = read_aligned(_body(_named(sheet, 120), 145).content(), [], frozenset())
    assert found.table.texts()[0] == ["状态", "笔数情况", "笔数情况", "金额情况", "金额情况"]
    assert found.table.texts()[2][0] == "正常"


def test_a_single_heading_above_a_table_without_rules_belongs_to_its_header() -> None:
    sheet = Sheet().text(330, 80, "资产池情况", "middle").text(300, 40, "资产池逾期情况表", "middle").text(75, 90, "状态", "middle")
    (found,) = read_aligned(_body(_named(sheet, 100), 120).content(), [], frozenset())
    assert found.table.texts()[0] == ["状态", *["资产池情况"] * 4]
    assert found.table.texts()[1] == ["状态", "笔数", "占比一", "余额", "占比二"]


def test_a_caption_right_above_a_table_without_rules_is_no_level_of_its_header() -> None:
    sheet = Sheet().text(280, 80, "资产池情况", "middle").text(75, 100, "状态", "middle")
    (found,) = read_aligned(_body(_named(sheet, 100), 120).content(), [], frozenset())
    assert found.table.texts()[0] == ["状态", "笔数", "占比一", "余额", "占比二"]


def test_a_header_that_touches_its_neighbour_left_of_the_middle_of_its_column_is_cut() -> None:
    sheet = Sheet().bar(95, 55, 400).bar(115, 55, 400).bar(180, 55, 400)
    sheet.text(60, 100, "期数").text(240, 100, "收款期间", "right").text(240.8, 100, "累计违约金额")
    for number, (period, days, amount) in enumerate((("8", "2024/01/01-2024/01/31", "1,932,000.53"), ("7", "2023/12/01-2023/12/31", "932,000.53"), ("6", "2023/11/01-2023/11/30", "32,000.53"))):
        sheet.row(120 + 20 * number, (60, "left", period), (240, "right", days), (350, "right", amount))
    (found,) = read_aligned(sheet.content(), [], frozenset())
    assert found.table.texts()[0] == ["期数", "收款期间", "累计违约金额"]


def test_uprights_alone_tell_the_levels_of_a_header_and_its_rows() -> None:
    sheet = _named(Sheet().row(103, (240, "middle", "笔数情况"), (420, "middle", "金额情况")).text(105, 113, "状态", "middle"), 123)
    for x in (60, 150, 330, 510):
        sheet.post(x, 98, 200)
    for x in (240, 420):
        sheet.post(x, 118, 200)
    content = _body(sheet, 143).content()
    framed = read_framed(content)
    (found,) = read_aligned(content, [table.box for table in framed.tables], frozenset(), framed=framed)
    assert found.table.texts()[0] == ["状态", "笔数情况", "笔数情况", "金额情况", "金额情况"]
    assert [row[0] for row in found.table.texts()[2:]] == ["正常", "逾期", "违约"]


def test_a_letter_on_an_upright_line_belongs_to_the_word_that_it_goes_on_with() -> None:
    sheet = Sheet().bar(95, 60, 300).bar(115, 60, 300).bar(135, 60, 300)
    for x in (60, 130, 176, 300):
        sheet.post(x, 95, 135)
    sheet.row(100, (65, "left", "状态"), (171, "right", "规模占比"), (171.8, "left", "发行利率"))
    sheet.row(120, (65, "left", "优先档"), (170, "right", "68.00%"), (290, "right", "3.66%"))
    (table,) = read_framed(sheet.content()).tables
    assert table.texts()[0] == ["状态", "规模占比", "发行利率"]


def test_a_header_without_upright_lines_whose_texts_stand_at_three_heights_has_two_levels() -> None:
    sheet = Sheet().bar(95, 60, 300).bar(135, 60, 300).bar(155, 60, 300).bar(175, 60, 300)
    sheet.post(60, 95, 175).post(300, 95, 175).post(140, 135, 175).post(220, 135, 175)
    sheet.text(220, 100, "各期金额", "middle").text(100, 110, "收入账", "middle").row(120, (180, "middle", "上次报告期"), (260, "middle", "本次报告期"))
    for y, row in ((140, ("正常回收", "433.56", "421.96")), (160, ("提前偿还", "578.99", "12.00"))):
        sheet.row(y, (65, "left", row[0]), (215, "right", row[1]), (295, "right", row[2]))
    (table,) = read_framed(sheet.content()).tables
    assert table.texts()[:2] == [["收入账", "各期金额", "各期金额"], ["收入账", "上次报告期", "本次报告期"]]

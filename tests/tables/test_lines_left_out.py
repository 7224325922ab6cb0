"""Tables whose lines do not tell everything: what is not drawn is told by the text."""

from __future__ import annotations

import pytest

from dealproof.model.table import Table
from dealproof.tables.readers.aligned import read_aligned
from dealproof.tables.readers.framed import read_framed
from tests.tables.typeset import Sheet, grid

XS = [60.0, 200.0, 330.0, 460.0]
STATUS = [["资产状态", "笔数", "余额"], ["正常", "9,700", "480.00"], ["逾期1-30天", "90", "5.50"], ["合计", "9,790", "485.50"]]


def _tables(sheet: Sheet) -> list[Table]:
    content = sheet.content()
    framed = read_framed(content)
    aligned = read_aligned(content, [table.box for table in framed.tables], frozenset(), framed=framed)
    return sorted([*framed.tables, *(found.table for found in aligned)], key=lambda table: table.box.top)


def _texts(sheet: Sheet) -> list[list[list[str]]]:
    return [table.texts() for table in _tables(sheet)]


def _rows(sheet: Sheet, top: float, rows: list[list[str]], pitch: float = 20.0) -> Sheet:
    """Rows of texts in the middle of the columns, without lines."""
    for number, row in enumerate(rows):
        for text, left, right in zip(row, XS, XS[1:], strict=False):
            sheet.text((left + right) / 2, top + pitch * number + 5, text, "middle")
    return sheet


def _posts(sheet: Sheet, top: float, bottom: float, xs: list[float] = XS) -> Sheet:
    for x in xs:
        sheet.post(x, top, bottom)
    return sheet


def test_rows_stacked_in_one_ruled_cell_are_rows() -> None:
    sheet = _posts(_rows(Sheet(), 100, STATUS), 100, 180)
    for y in (100, 120, 180):
        sheet.bar(y, XS[0], XS[-1])
    assert _texts(sheet) == [STATUS]


def test_a_row_of_words_among_stacked_values_is_a_row_of_its_own() -> None:
    rows = [["项目", "内容", "说明"], ["收款期间", "2025年1月", "见上"], ["期末笔数", "9,700", "已核对"], ["期末余额", "480.00", "已核对"]]
    sheet = _posts(_rows(Sheet(), 100, rows), 100, 180)
    for y in (100, 120, 180):
        sheet.bar(y, XS[0], XS[-1])
    assert _texts(sheet) == [rows]


@pytest.mark.parametrize("wrapped", [("江苏某某国际信托", "有限责任公司"), ("2,780,520,", "000.00")])
def test_a_text_that_wraps_in_its_ruled_cell_is_one_cell(wrapped: tuple[str, str]) -> None:
    sheet = grid(Sheet(), XS, [100, 120, 150], [["项目", "数值", "备注"], ["甲", "", "无"]])
    for number, text in enumerate(wrapped):
        sheet.text(265, 123 + 12 * number, text, "middle")
    ((_, row),) = _texts(sheet)
    assert row == ["甲", "\n".join(wrapped), "无"]


def test_figures_that_wrap_in_all_columns_of_a_ruled_row_are_one_row() -> None:
    sheet = grid(Sheet(), XS, [100, 120, 150], [["未偿本金余额", "本金", "利息"], ["", "", ""]])
    for number, texts in enumerate((("10万元-20万元", "10,172.7", "1,320.5"), ("（含）", "7万元", "0万元"))):
        for x, text in zip((130, 265, 395), texts, strict=True):
            sheet.text(x, 123 + 12 * number, text, "middle")
    ((_, row),) = _texts(sheet)
    assert row == ["10万元-20万元\n（含）", "10,172.7\n7万元", "1,320.5\n0万元"]


def test_tables_that_touch_are_two_where_a_header_begins_other_columns() -> None:
    sheet = grid(Sheet(), XS, [100, 120, 140], STATUS[:2])
    grid(sheet, [60, 260, 460], [140, 160, 180], [["项目", "金额"], ["期末余额", "480.00"]])
    assert _texts(sheet) == [STATUS[:2], [["项目", "金额"], ["期末余额", "480.00"]]]


def test_a_row_that_is_merged_in_part_does_not_end_its_table() -> None:
    sheet = grid(Sheet(), XS, [100, 120, 140], STATUS[:2])
    sheet.bar(160, 60, 460).post(60, 140, 160).post(200, 140, 160).post(460, 140, 160)
    sheet.text(130, 145, "备注", "middle").text(330, 145, "以上数据未经审计", "middle")
    (table,) = _texts(sheet)
    assert table[2] == ["备注", "以上数据未经审计", "以上数据未经审计"]


@pytest.mark.parametrize("drawn", [XS[1:2], XS, XS[1:-1]], ids=["the first upright line", "all", "the inner ones"])
def test_columns_are_told_by_the_text_where_upright_lines_are_left_out(drawn: list[float]) -> None:
    sheet = _posts(_rows(Sheet(), 100, STATUS), 100, 180, drawn)
    assert _texts(sheet) == [STATUS]


def test_a_table_of_which_only_the_header_is_framed_keeps_its_header() -> None:
    sheet = _posts(_rows(Sheet(), 100, STATUS), 100, 120).bar(100, XS[0], XS[-1]).bar(120, XS[0], XS[-1])
    assert _texts(sheet) == [STATUS]


def test_a_table_of_which_only_the_body_is_framed_keeps_its_header() -> None:
    sheet = _posts(_rows(Sheet(), 100, STATUS), 120, 180)
    for y in (120, 140, 160, 180):
        sheet.bar(y, XS[0], XS[-1])
    (table,) = _texts(sheet)[-1:]
    assert table[-3:] == STATUS[1:]


def test_a_box_with_nothing_but_a_header_rule_is_read_by_its_text() -> None:
    sheet = _posts(_rows(Sheet(), 100, STATUS), 100, 180, [XS[0], XS[-1]])
    for y in (100, 120, 180):
        sheet.bar(y, XS[0], XS[-1])
    assert _texts(sheet) == [STATUS]


def test_a_title_inside_the_frame_covers_all_columns() -> None:
    sheet = _posts(_rows(Sheet(), 120, STATUS), 120, 200)
    for y in (100, 120, 140, 160, 180, 200):
        sheet.bar(y, XS[0], XS[-1])
    sheet.post(XS[0], 100, 120).post(XS[-1], 100, 120).text(260, 105, "资产池逾期情况", "middle")
    (table,) = _texts(sheet)
    assert table == [["资产池逾期情况"] * 3, *STATUS]


def test_the_ground_of_a_chart_and_its_axis_are_no_table() -> None:
    sheet = Sheet()
    for y in range(100, 300, 20):
        sheet.bar(y, 100, 500)
    for x in (100, 200, 300, 400, 500):
        sheet.post(x, 100, 280)
    sheet.text(250, 105, "累计违约率", "middle").text(250, 205, "3.5%", "middle")
    sheet.row(290, *((x, "middle", str(year)) for x, year in zip((150, 250, 350, 450), range(2021, 2025), strict=True)))
    assert _texts(sheet) == []


def test_a_list_of_notes_with_marks_is_no_table() -> None:
    sheet = Sheet().row(100, (60, "left", "注1:"), (110, "left", "以上金额均为人民币,四舍五入后的结果"))
    sheet.row(120, (60, "left", "注2:"), (110, "left", "逾期天数按照贷款合同约定的还款日计算"))
    assert _texts(sheet) == []


@pytest.mark.parametrize("label", [("期初未偿本金余额（万", "元）"), ("期初未偿", "本金余额")])
def test_a_label_that_wraps_beside_a_figure_between_its_lines_is_one_row(label: tuple[str, str]) -> None:
    xs = [60.0, 200.0, 280.0, 420.0, 500.0]
    sheet = grid(Sheet(), xs, [100, 120, 156], [["加权平均剩余期限（月）", "10.66", "循环购买是否正常", "是"], ["", "67,900.00", "", "68,422.30"]])
    for number, text in enumerate(label):
        sheet.text(66, 124 + 18 * number, text).text(286, 124 + 18 * number, text)
    ((_, row),) = _texts(sheet)
    assert row == ["\n".join(label), "67,900.00", "\n".join(label), "68,422.30"]


def test_a_line_that_closes_the_bracket_of_the_line_above_it_goes_on_beside_figures_level_with_the_first() -> None:
    xs = [60.0, 200.0, 280.0, 420.0, 500.0]
    sheet = grid(Sheet(), xs, [100, 120, 156], [["加权平均剩余期限（月）", "10.66", "循环购买是否正常", "是"], ["", "", "", ""]])
    sheet.text(66, 124, "期初余额（万").text(66, 142, "元）").text(240, 124, "67,900.00", "middle")
    sheet.text(286, 124, "期末余额（万").text(286, 142, "元）").text(460, 124, "68,422.30", "middle")
    ((_, row),) = _texts(sheet)
    assert row == ["期初余额（万\n元）", "67,900.00", "期末余额（万\n元）", "68,422.30"]


def test_names_that_stand_in_one_band_with_values_of_their_own_are_rows() -> None:
    sheet = grid(Sheet(), XS, [100, 120, 160], [["受托机构的全称", "联系人", "传真号码"], ["", "", ""]])
    for number, row in enumerate((("甲信托", "张某", "010-1"), ("乙银行", "李某", "010-2"))):
        for x, text in zip((130, 265, 395), row, strict=True):
            sheet.text(x, 123 + 18 * number, text, "middle")
    ((_, *rows),) = _texts(sheet)
    assert rows == [["甲信托", "张某", "010-1"], ["乙银行", "李某", "010-2"]]


@pytest.mark.parametrize("days", [("2025年9月30日", "2025年6月30日"), ("2025-09-30", "2025-06-30"), ("2025年", "2024年")])
def test_days_over_several_columns_are_a_level_of_the_header_below_them(days: tuple[str, str]) -> None:
    xs = [60.0, 180.0, 260.0, 340.0, 420.0, 500.0]
    rows = [["正常", "55,122.93", "97.59%", "60,620.61", "97.78%"], ["合计", "56,485.36", "100%", "62,000.00", "100%"]]
    sheet = grid(Sheet(), xs, [120, 140, 160, 180], [["", "余额", "占比", "余额", "占比"], *rows]).bar(100, 60, 500)
    for x in (60, 180, 340, 500):
        sheet.post(x, 100, 120)
    sheet.rules = [rule for rule in sheet.rules if not (rule.is_horizontal and rule.top == 120)]
    sheet.bar(120, 180, 500).text(120, 115, "逾期状态", "middle").text(260, 105, days[0], "middle").text(420, 105, days[1], "middle")
    (table,) = _texts(sheet)
    assert table == [
        ["逾期状态", days[0], days[0], days[1], days[1]],
        ["逾期状态", "余额", "占比", "余额", "占比"],
        *rows,
    ]


def test_the_day_of_a_row_above_a_row_of_more_columns_is_a_value() -> None:
    sheet = grid(Sheet(), [60, 200, 460], [100, 120], [["报告日期", "2025年9月30日"]])
    rows = [["资产状态", "笔数", "余额"], ["正常", "9,700", "480.00"], ["合计", "9,700", "480.00"]]
    grid(sheet, XS, [120, 140, 160, 180], rows)
    assert _texts(sheet) == [[["报告日期", "2025年9月30日"]], rows]

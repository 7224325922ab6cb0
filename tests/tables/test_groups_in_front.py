"""A column of group labels in front of a table, where lines or their absence tell which rows a label names."""

from __future__ import annotations

from dealproof.tables.readers.aligned import read_aligned
from dealproof.tables.readers.framed import read_framed
from tests.tables.typeset import Sheet

ROWS = (("未偿本金余额", "80,207.45"), ("合同总金额", "109,884.21"), ("借款人户数", "43,204"), ("加权平均期限", "1.55"), ("最长期限", "3.00"))


def _ruled_rows(sheet: Sheet, middle: int, short: int) -> Sheet:
    """Five rows from 100 on, 20 high; the rules between rows of a group begin at `short`, groups end under row `middle`."""
    for number in range(len(ROWS) + 1):
        sheet.bar(100 + 20 * number, 60 if number in (0, middle, len(ROWS)) else short, 420)
    for number, (name, value) in enumerate(ROWS):
        sheet.row(105 + 20 * number, (150, "left", name), (410, "right", value))
    return sheet


def _aligned(sheet: Sheet) -> list[list[str]]:
    (found,) = read_aligned(sheet.content(), [], frozenset())
    return found.table.texts()


def test_rules_that_begin_behind_a_label_show_the_rows_that_it_names() -> None:
    sheet = _ruled_rows(Sheet(), 3, 140).text(70, 125, "金额特征").text(70, 175, "期限特征")
    assert [row[0] for row in _aligned(sheet)] == ["金额特征"] * 3 + ["期限特征"] * 2


def test_a_label_that_nearly_touches_the_name_beside_it_is_cut_where_the_rules_begin() -> None:
    sheet = _ruled_rows(Sheet(), 3, 146).text(104, 125, "金额特征").text(104, 175, "期限特征")
    assert _aligned(sheet)[1] == ["金额特征", "合同总金额", "109,884.21"]


def test_a_label_wrapped_over_two_lines_beside_ruled_rows_is_one_label() -> None:
    sheet = _ruled_rows(Sheet(), 3, 140).text(70, 118, "笔数与金").text(70, 132, "额特征").text(70, 175, "期限特征")
    assert [row[0] for row in _aligned(sheet)] == ["笔数与金\n额特征"] * 3 + ["期限特征"] * 2


def test_rules_under_a_heading_over_some_columns_are_no_group_column() -> None:
    sheet = Sheet().bar(100, 60, 420).text(280, 105, "本期末", "middle").bar(120, 140, 420)
    sheet.row(125, (70, "left", "状态"), (220, "middle", "笔数"), (350, "middle", "金额")).bar(140, 60, 420)
    for number, (name, count, amount) in enumerate((("正常", "9,700", "480.00"), ("逾期", "300", "20.00"))):
        sheet.row(145 + 20 * number, (70, "left", name), (240, "right", count), (400, "right", amount))
    sheet.bar(180, 60, 420)
    assert _aligned(sheet)[-1] == ["逾期", "300", "20.00"]


def test_years_that_group_counted_rows_stand_beside_each_of_them() -> None:
    sheet = Sheet().row(80, (60, "left", "年度"), (150, "left", "期次"), (340, "right", "违约率"))
    for number, rate in enumerate(("0.01%", "0.04%", "0.07%", "0.09%", "0.12%")):
        sheet.text(160, 100 + 20 * number, str(number + 1), "middle").text(340, 100 + 20 * number, rate, "right")
    sheet.text(60, 120, "2024年").text(60, 170, "2025年")
    assert [row[0] for row in _aligned(sheet)[1:]] == ["2024年"] * 3 + ["2025年"] * 2


def _boxed(sheet: Sheet, ys: tuple[float, ...], xs: tuple[float, ...]) -> Sheet:
    for x in xs:
        sheet.post(x, ys[0], ys[-1])
    for y in ys:
        sheet.bar(y, xs[0], xs[-1])
    return sheet


def test_a_label_at_the_top_of_a_ruled_cell_names_all_rows_stacked_beside_it() -> None:
    sheet = _boxed(Sheet(), (100, 160, 200), (60, 140, 300, 420))
    for number, (name, value) in enumerate(ROWS):
        sheet.row(105 + 20 * number, (150, "left", name), (410, "right", value))
    sheet.text(70, 105, "金额特征").text(70, 165, "期限特征")
    (table,) = read_framed(sheet.content()).tables
    assert [row[0] for row in table.texts()] == ["金额特征"] * 3 + ["期限特征"] * 2


def test_a_total_where_an_upright_line_ends_stands_over_both_columns() -> None:
    sheet = Sheet()
    for x, bottom in ((60, 180), (100, 160), (260, 180), (420, 180)):
        sheet.post(x, 100, bottom)
    for y in (100, 120, 180):
        sheet.bar(y, 60, 420)
    sheet.row(105, (80, "middle", "序号"), (180, "middle", "档次"), (340, "middle", "金额"))
    sheet.row(125, (80, "middle", "1"), (110, "left", "优先A级"), (410, "right", "600.00"))
    sheet.row(145, (80, "middle", "2"), (110, "left", "次级"), (410, "right", "100.00"))
    sheet.row(165, (110, "middle", "合计"), (410, "right", "700.00"))
    (table,) = read_framed(sheet.content()).tables
    assert table.texts()[-1] == ["合计", "合计", "700.00"]


def _framed_pairs(sheet: Sheet, top: float, rows: list[tuple[str, str]], post: float) -> Sheet:
    """Rows 20 high between rules and left and right of an upright line, under a row that the upright line leaves out."""
    for number in range(len(rows) + 2):
        sheet.bar(top + 20 * number, 60, 420)
    sheet.post(post, top + 20, top + 20 * (len(rows) + 1))
    for number, (name, value) in enumerate(rows):
        sheet.row(top + 25 + 20 * number, (70, "left", name), (410, "right", value))
    return sheet


def test_blocks_whose_names_interrupt_the_upright_line_are_one_table() -> None:
    sheet = _framed_pairs(Sheet(), 100, [("期初余额", "600.00"), ("还本", "20.00")], 240).text(70, 105, "优先A级")
    _framed_pairs(sheet, 160, [("期初余额", "100.00"), ("还本", "0.00")], 240).text(70, 165, "次级")
    (table,) = read_framed(sheet.content()).tables
    assert [row[0] for row in table.texts()] == ["优先A级", "期初余额", "还本", "次级", "期初余额", "还本"]


def test_a_title_between_tables_of_the_same_columns_parts_them() -> None:
    sheet = _framed_pairs(Sheet(), 100, [("利率", "余额"), ("10%以下", "20.00")], 240)
    _framed_pairs(sheet, 160, [("剩余期限", "余额"), ("1年以内", "100.00")], 240).text(70, 165, "剩余期限分布情况")
    assert len(read_framed(sheet.content()).tables) == 2


def test_numbered_rows_of_words_stacked_in_one_cell_are_rows() -> None:
    sheet = _boxed(Sheet(), (100, 120, 170), (60, 100, 260, 420))
    sheet.row(105, (80, "middle", "序号"), (180, "middle", "名称"), (340, "middle", "职责"))
    for number, (name, duty) in enumerate((("某某银行", "资金保管"), ("某某信托", "受托管理"))):
        sheet.row(125 + 22 * number, (80, "middle", str(number + 1)), (110, "left", name), (270, "left", duty))
    (table,) = read_framed(sheet.content()).tables
    assert table.texts()[1:] == [["1", "某某银行", "资金保管"], ["2", "某某信托", "受托管理"]]


def test_lines_that_fill_every_column_of_a_cell_apart_are_rows_though_only_some_are_values() -> None:
    sheet = _boxed(Sheet(), (100, 120, 160), (60, 160, 240, 340, 420))
    sheet.row(105, (70, "left", "优先级"), (170, "left", "2.10%"), (250, "left", "方式"), (410, "right", "过手"))
    sheet.row(125, (70, "left", "发行金额"), (170, "left", "317,830.00"), (250, "left", "占比"), (410, "right", "37.00%"))
    sheet.row(145, (70, "left", "票面利率"), (170, "left", "无票面利率"), (250, "left", "偿付方式"), (410, "right", "到期还本"))
    (table,) = read_framed(sheet.content()).tables
    assert [row[0] for row in table.texts()] == ["优先级", "发行金额", "票面利率"]


def test_a_name_that_wraps_in_one_column_of_a_row_parts_no_row() -> None:
    sheet = _boxed(Sheet(), (100, 120, 160), (60, 160, 420))
    sheet.row(105, (70, "left", "机构名称"), (410, "right", "金额"))
    sheet.text(70, 123, "中国某某贸易信托").text(70, 145, "有限公司").text(410, 134, "317,830.00", "right")
    (table,) = read_framed(sheet.content()).tables
    assert table.texts()[1] == ["中国某某贸易信托\n有限公司", "317,830.00"]

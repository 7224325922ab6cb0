"""Tables without a full grid: three-line, zebra, borderless, rows ruled only."""

from __future__ import annotations

import pytest

from dealproof.model.table import Table
from dealproof.tables.readers.aligned import read_aligned
from dealproof.tables.readers.framed import read_framed
from tests.tables.typeset import Sheet

HEADER = ((80, "left", "期数"), (260, "middle", "收款期间截止日"), (500, "right", "累计违约率(%)"))


def tables_of(sheet: Sheet, gutters: tuple[float, ...] = ()) -> list[Table]:
    return [found.table for found in read_aligned(sheet.content(), [], frozenset(), gutters)]


def test_a_three_line_table_is_read_by_its_white_gutters() -> None:
    sheet = Sheet().bar(98).row(102, *HEADER).bar(116)
    sheet.row(120, (85, "left", "1"), (260, "middle", "2025-03-31"), (500, "right", "0.00"))
    sheet.row(138, (85, "left", "2"), (260, "middle", "2025-04-30"), (500, "right", "0.04")).bar(152)
    (table,) = tables_of(sheet)
    assert table.texts() == [
        ["期数", "收款期间截止日", "累计违约率(%)"],
        ["1", "2025-03-31", "0.00"],
        ["2", "2025-04-30", "0.04"],
    ]


def test_a_borderless_key_value_table_of_four_columns_keeps_neighbours_apart() -> None:
    sheet = Sheet()
    sheet.row(
        100,
        (60, "left", "期初未偿本金余额"),
        (288, "right", "526,172.33"),
        (294, "left", "加权平均贷款利率"),
        (530, "right", "5.91"),
    )
    sheet.row(
        118, (60, "left", "期末贷款笔数"), (288, "right", "15,061"), (294, "left", "累计违约率"), (530, "right", "0.12")
    )
    (table,) = tables_of(sheet)
    assert table.texts()[0] == ["期初未偿本金余额", "526,172.33", "加权平均贷款利率", "5.91"]


def test_a_centred_header_over_one_row_left_by_a_page_break_stands_over_its_columns() -> None:
    sheet = Sheet().row(780, (140, "middle", "参与机构"), (380, "middle", "机构全称"))
    sheet.row(798, (60, "left", "原始权益人"), (205, "left", "重庆市美佳小额贷款有限公司"))
    (table,) = tables_of(sheet)
    assert table.texts() == [["参与机构", "机构全称"], ["原始权益人", "重庆市美佳小额贷款有限公司"]]


def test_a_wrapped_cell_is_one_cell_and_its_row_one_row() -> None:
    sheet = (
        Sheet().bar(98).row(102, (70, "left", "证券名称"), (300, "right", "金额"), (400, "left", "利率类型")).bar(116)
    )
    sheet.row(122, (70, "left", "优先A档"), (300, "right", "300,000.00"), (400, "left", "固定利率"))
    sheet.text(400, 142, "无票面利").row(148, (70, "left", "次级档"), (300, "right", "61,240.50")).text(
        400, 154, "率"
    ).bar(170)
    (table,) = tables_of(sheet)
    assert table.texts()[2] == ["次级档", "61,240.50", "无票面利\n率"]


def test_a_sub_heading_row_stays_a_row_of_its_own() -> None:
    sheet = Sheet()
    for y in (98, 116, 134, 152, 170, 188):
        sheet.bar(y)
    sheet.row(102, (70, "left", "贷款笔数"), (500, "right", "7,421")).row(
        120, (70, "left", "合同金额"), (500, "right", "3,777.00")
    )
    sheet.text(70, 138, "期限特征").row(156, (70, "left", "加权平均账龄"), (500, "right", "0.44"))
    sheet.row(174, (70, "left", "最长期限"), (500, "right", "2.98"))
    (table,) = tables_of(sheet)
    assert [row[0] for row in table.texts()] == ["贷款笔数", "合同金额", "期限特征", "加权平均账龄", "最长期限"]


def test_a_title_between_two_tables_belongs_to_neither() -> None:
    sheet = Sheet()
    for top, name in ((98, "区间"), (190, "利率")):
        sheet.bar(top).row(top + 4, (70, "left", name), (300, "right", "余额"), (500, "right", "占比"))
        sheet.bar(top + 18).row(top + 22, (70, "left", "一档"), (300, "right", "1,000.00"), (500, "right", "50.00"))
        sheet.bar(top + 36).row(
            top + 40, (70, "left", "二档"), (300, "right", "1,000.00"), (500, "right", "50.00")
        ).bar(top + 54)
    sheet.text(300, 168, "资产池年利率分布", "middle")
    first, second = tables_of(sheet)
    assert [first.texts()[0][0], second.texts()[0][0]] == ["区间", "利率"]
    assert first.n_rows == second.n_rows == 3


def test_a_header_over_two_columns_stands_above_both() -> None:
    sheet = Sheet().bar(98).row(102, (250, "middle", "本期末"), (440, "middle", "上期末"))
    sheet.row(
        118,
        (70, "left", "状态"),
        (200, "middle", "笔数"),
        (300, "middle", "金额"),
        (390, "middle", "笔数"),
        (490, "middle", "金额"),
    ).bar(132)
    sheet.row(
        136,
        (70, "left", "正常"),
        (215, "right", "97"),
        (320, "right", "480.00"),
        (405, "right", "99"),
        (510, "right", "490.00"),
    )
    sheet.row(
        154,
        (70, "left", "合计"),
        (215, "right", "97"),
        (320, "right", "480.00"),
        (405, "right", "99"),
        (510, "right", "490.00"),
    ).bar(170)
    (table,) = tables_of(sheet)
    assert table.texts()[0] == ["状态", "本期末", "本期末", "上期末", "上期末"]
    assert table.texts()[1] == ["状态", "笔数", "金额", "笔数", "金额"]


def test_prose_is_no_table() -> None:
    sheet = Sheet()
    for n in range(6):
        sheet.text(60, 100 + 16 * n, "受托机构应于每个支付日前三个工作日披露当期报告，投资者可以查阅。")
    assert tables_of(sheet) == []


def test_amounts_and_percentages_aligned_to_different_sides_are_one_column() -> None:
    sheet = Sheet().bar(98).row(102, (70, "left", "项目"), (400, "middle", "本期")).bar(116)
    sheet.row(120, (70, "left", "累计违约金额"), (400, "middle", "481,033.31元"))
    sheet.row(138, (70, "left", "累计违约率"), (528, "right", "0.04%"))
    sheet.row(156, (70, "left", "期末余额"), (400, "middle", "1,007,496,287.46元")).bar(172)
    (table,) = tables_of(sheet)
    assert table.n_cols == 2
    assert table.texts()[2] == ["累计违约率", "0.04%"]


def test_a_lone_total_row_is_read_with_the_columns_of_the_page_before() -> None:
    sheet = Sheet(number=2).row(60, (70, "left", "合计"), (300, "right", "1,000.00"), (500, "right", "100.00"))
    (table,) = tables_of(sheet, (150.0, 350.0))
    assert table.texts() == [["合计", "1,000.00", "100.00"]]


WIDE = ((80, "left", "审计机构"), (260, "middle", "某某会计师事务所"), (500, "right", "010-65000001"))


def test_rows_of_words_under_a_framed_header_belong_to_it() -> None:
    sheet = Sheet().row(103, (80, "left", "类型"), (260, "middle", "名称"), (500, "right", "联系电话"))
    for y in (100, 118):
        sheet.bar(y, 60, 510)
    for x in (60, 160, 360, 510):
        sheet.post(x, 100, 118)
    sheet.row(125, *WIDE).row(143, (80, "left", "法律顾问"), (260, "middle", "某某律师事务所"), (500, "right", "010-65000002"))
    framed = read_framed(sheet.content())
    (found,) = read_aligned(sheet.content(), [table.box for table in framed.tables], frozenset(), framed=framed)
    assert [row[0] for row in found.table.texts()] == ["类型", "审计机构", "法律顾问"]


def test_a_header_printed_again_under_another_name_of_its_rows_is_a_header() -> None:
    sheet = Sheet()
    for number, (name, rows) in enumerate((("收入账", ("1.00", "2.00")), ("本金账", ("3.00", "4.00")))):
        top = 100 + 74 * number
        sheet.text(380, top, "各期金额", "middle").text(60, top + 7, name).row(top + 14, (330, "middle", "上期金额"), (440, "middle", "本期金额"))
        sheet.bar(top - 3, 60, 470).bar(top + 28, 60, 470)
        for row, value in enumerate(rows):
            sheet.row(top + 34 + 20 * row, (60, "left", f"回收{row}"), (360, "right", value), (470, "right", value))
    (table,) = tables_of(sheet.bar(246, 60, 470))
    assert [row[:2] for row in table.texts()][4:6] == [["本金账", "各期金额"], ["本金账", "上期金额"]]


def test_a_lone_row_under_a_repeated_header_and_a_word_for_it_goes_on_from_the_page_before() -> None:
    above = tables_of(Sheet().row(700, *HEADER).row(720, (85, "left", "1"), (260, "middle", "2025-03-31"), (500, "right", "0.00")))
    sheet = Sheet(2).text(60, 70, "（续表）").row(90, *HEADER).row(110, (85, "left", "2"), (260, "middle", "2025-04-30"), (500, "right", "0.04"))
    found = read_aligned(sheet.content(), [], frozenset(), (150, 380), table_above=above[0])
    assert [each.table.texts()[-1] for each in found] == [["2", "2025-04-30", "0.04"]]


def test_a_total_below_an_empty_row_belongs_to_the_rows_that_it_sums() -> None:
    sheet = Sheet().bar(98).row(102, *HEADER).bar(116)
    for number, rate in enumerate(("0.01", "0.02", "0.03")):
        sheet.row(120 + 18 * number, (85, "left", f"第{number}期"), (260, "middle", "2025-03-31"), (500, "right", rate)).bar(134 + 18 * number)
    sheet.bar(188).row(192, (80, "left", "合计"), (260, "middle", "2025-03-31"), (500, "right", "0.06")).bar(206)
    assert [table.texts()[-1][0] for table in tables_of(sheet)] == ["合计"]


def test_a_name_that_reaches_under_the_values_beside_it_takes_none_of_them() -> None:
    sheet = Sheet().row(100, (100, "middle", "期数"), (225, "right", "第9期"), (300, "right", "第10期"))
    sheet.row(120, (60, "left", "本期新增违约本金（亿元）"), (212, "right", "0.0102"), (300, "right", "0.0003"))
    for number, name in enumerate(("累计违约本金", "累计违约率")):
        sheet.row(140 + 20 * number, (60, "left", name), (212, "right", f"0.053{number}"), (300, "right", f"0.054{number}"))
    (table,) = tables_of(sheet)
    assert table.texts()[1] == ["本期新增违约本金（亿元）", "0.0102", "0.0003"]


def test_whole_values_that_nearly_touch_stand_in_columns_of_their_own() -> None:
    sheet = Sheet().row(100, (100, "middle", "档次"), (225, "right", "优先级"), (300, "right", "次级"))
    sheet.row(120, (60, "left", "期初余额"), (225, "right", "26390000.00元")).text(226.5, 120, "2030000000.00元")
    for number, name in enumerate(("本期还本", "本期付息")):
        sheet.row(140 + 20 * number, (60, "left", name), (225, "right", f"0.0{number}元"), (300, "right", f"0.1{number}元"))
    (table,) = tables_of(sheet)
    assert table.texts()[1] == ["期初余额", "26390000.00元", "2030000000.00元"]


@pytest.mark.parametrize("label", [("总计", "Total"), ("次级档", "Equity")])
def test_a_figure_between_the_two_lines_of_its_label_stands_in_one_row_with_it(label: tuple[str, str]) -> None:
    xs = (180, 250, 330, 420, 500)
    sheet = Sheet().bar(98).text(70, 102, "证券").row(102, *((x, "right", name) for x, name in zip(xs, ("金额", "占比", "利率", "到期日", "评级"), strict=True)))
    sheet.bar(116)
    for number, name in enumerate(("优先A档", "优先B档")):
        texts = ("180,000.00", "76.60%", "3.1%", "2026/04/26", "AAA")
        sheet.text(70, 120 + 18 * number, name).row(120 + 18 * number, *((x, "right", text) for x, text in zip(xs, texts, strict=True)))
    sheet.text(70, 156, label[0]).row(163.6, (180, "right", "235,000.00"), (250, "right", "100.00%")).text(70, 171.2, label[1]).bar(190)
    (table,) = tables_of(sheet)
    assert table.texts()[3:] == [["\n".join(label), "235,000.00", "100.00%", "", "", ""]]


def test_figures_that_wrap_around_the_line_of_their_name_are_whole() -> None:
    sheet = Sheet().bar(98).row(102, (70, "left", "证券档次"), (300, "right", "期初本金余额"), (440, "right", "期末本金余额")).bar(116)
    for y, name, parts in ((122, "优先A级", ("779,520,", "747,040,")), (152, "次级", ("124,000,", "124,000,"))):
        sheet.text(70, y + 6.5, name)
        for x, part in zip((300, 440), parts, strict=True):
            sheet.text(x, y, part, "right").text(x, y + 13, "000.00", "right")
    (table,) = tables_of(sheet.bar(180))
    assert table.texts()[1:] == [
        ["优先A级", "779,520,\n000.00", "747,040,\n000.00"], ["次级", "124,000,\n000.00", "124,000,\n000.00"],
    ]  # fmt: skip


PARAGRAPH = "报告期内各业务参与人未发生变更，管理人、托管人及资产服务机构均按照约定履行义务，"


@pytest.mark.parametrize("heading", ["第二章　业务参与人履约情况", "二、业务参与人履约情况", "业务参与人履约情况", ""])
def test_prose_between_two_tables_whose_rows_are_ruled_alike_is_no_row_of_theirs(heading: str) -> None:
    sheet = Sheet()
    for place, cells in enumerate((("证券代码", "199201.SH", "199202.SH"), ("票面利率", "3.05%", "3.28%"), ("存续状态", "摘牌", "存续"))):
        sheet.bar(98 + 20 * place).row(103 + 20 * place, (60, "left", cells[0]), (280, "middle", cells[1]), (460, "middle", cells[2]))
    sheet.bar(158)
    for place, text in enumerate(filter(None, heading.split("　"))):
        sheet.text(60 + 50 * place, 175, text)
    sheet.text(80, 200, PARAGRAPH).text(60, 216, PARAGRAPH).text(60, 232, "未发生变更。")
    for place, cells in enumerate((("租金", "51,022.94"), ("违约金", "95.08"), ("合计", "51,118.02"))):
        sheet.bar(250 + 20 * place).row(255 + 20 * place, (60, "left", cells[0]), (460, "right", cells[1]))
    first, second = tables_of(sheet.bar(310))
    assert first.texts()[-1] == ["存续状态", "摘牌", "存续"]
    assert second.texts()[0] == ["租金", "51,022.94"]

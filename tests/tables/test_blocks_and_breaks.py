"""Blocks of tight columns, labels that wrap where no rules part the rows, and what a page break cuts off from its table."""

from __future__ import annotations

from itertools import pairwise

import pytest

from dealproof.model.table import Table
from dealproof.tables.join import Part, join_parts
from dealproof.tables.read_tables import _page_parts
from tests.tables.typeset import Sheet, grid


def _tables(*sheets: Sheet) -> list[Table]:
    pages = {sheet.number: sheet.page_text() for sheet in sheets}
    parts: list[Part] = []
    for sheet in sheets:
        parts += _page_parts(sheet.content(), pages, parts[-1] if parts else None, {}, [])
    return join_parts(parts, pages)


def _texts(*sheets: Sheet) -> list[list[str]]:
    (table,) = _tables(*sheets)
    return [[text.replace("\n", "") for text in row] for row in table.texts()]


@pytest.mark.parametrize("rate", ["无票面利率", "-", "2.44%"])
def test_a_row_of_words_between_two_of_values_in_one_ruled_cell_is_a_row(rate: str) -> None:
    xs = (60, 140, 260, 340, 420)
    sheet = Sheet().bar(80, 60, 420).bar(160, 60, 420).text(70, 85, "次级档")
    for x in (60, 420):
        sheet.post(x, 80, 160)
    for x in xs[1:-1]:
        sheet.post(x, 100, 160)
    for number, row in enumerate((("发行规模", "10.2050亿元", "规模占比", "13.00%"), ("票面利率", rate, "偿付方式", "到期还本"), ("预计到期日", "2024年12月20日"))):
        sheet.row(105 + 20 * number, *((x + 10, "left", text) for x, text in zip(xs, row, strict=False)))
    assert [row[1] for row in _texts(sheet)[1:]] == ["10.2050亿元", rate, "2024年12月20日"]


@pytest.mark.parametrize("gap", [2.5, 3.0, 4.0])
def test_a_figure_that_nearly_touches_the_label_behind_it_is_a_cell_of_its_own(gap: float) -> None:
    sheet = Sheet()
    for number, (label, value, other, share) in enumerate(
        (("发行规模", "16.0800", "分层比例", "60.00%"), ("发行利率", "3.04%", "还本方式", "过手"), ("发行规模", "9.1120", "分层比例", "34.00%"), ("发行利率", "3.58%", "还本方式", "过手"))
    ):
        sheet.bar(80 + 20 * number, 60, 420)
        sheet.row(85 + 20 * number, (65, "left", label), (206 - gap if "%" in value else 200, "right", value), (206, "left", other), (410, "right", share))
    assert [row[1] for row in _texts(sheet.bar(160, 60, 420))] == ["16.0800", "3.04%", "9.1120", "3.58%"]


@pytest.mark.parametrize("unit", ["（万元）", "(元)", ""])
def test_labels_that_nearly_touch_their_figures_in_blocks_under_titles_are_parted_from_them(unit: str) -> None:
    sheet, y = Sheet(), 150.0
    label = f"期初本金余额{unit}"
    for title in ("优先A级", "优先B级", "次级"):
        sheet.text(60, y, title)
        for name, value in ((label, "452,124.00"), ("期末本金余额" + unit, "327,382.99")):
            y += 20
            sheet.row(y, (60, "left", name), (66 + 10 * len(label), "left", value), (420, "right", "806.39"))
        y += 20
    rows = _texts(sheet)
    assert [row[0] for row in rows] == [title if at == 0 else name for title in ("优先A级", "优先B级", "次级") for at, name in enumerate(("", label, "期末本金余额" + unit))]
    assert [row[1] for row in rows if row[0] == label] == ["452,124.00"] * 3


def _wrapped(sheet: Sheet, y: float, first: str, value: str, second: str) -> float:
    """A row whose label takes two lines around its value."""
    sheet.text(70, y, first).text(200, y + 6, value, "right").text(70, y + 12, second)
    return y + 30


def test_rows_of_labels_that_wrap_between_a_rule_above_and_a_rule_below_are_one_table() -> None:
    sheet, y = Sheet().bar(150, 60, 210).text(65, 155, "金额特征"), 175.0
    for first, value, second in (("未偿本金余", "5,133.61万元", "额总额"), ("合同总金额", "719,953.64", "（万元）"), ("单笔最高本", "208.24万元", "金余额")):
        y = _wrapped(sheet, y, first, value, second)
    rows = _texts(sheet.bar(y, 60, 210))
    assert rows == [["金额特征", ""], ["未偿本金余额总额", "5,133.61万元"], ["合同总金额（万元）", "719,953.64"], ["单笔最高本金余额", "208.24万元"]]


def test_a_sentence_between_the_rules_of_a_page_is_no_row_of_the_table_below_it() -> None:
    sheet = Sheet().bar(150, 60, 400).bar(260, 60, 400).text(80, 160, "本期收款期间内未发生影响证券本息兑付的重大事项").text(60, 175, "各项服务按照合同约定履行。")
    for number, (name, value) in enumerate((("贷款笔数", "17,665"), ("借款人户数", "14,485"), ("最高年利率", "15.42%"))):
        sheet.row(200 + 20 * number, (70, "left", name), (390, "right", value))
    assert _texts(sheet) == [["贷款笔数", "17,665"], ["借款人户数", "14,485"], ["最高年利率", "15.42%"]]


def test_the_rest_of_two_labels_on_one_line_is_no_row() -> None:
    sheet, y = Sheet().bar(75, 60, 500), 80.0
    for first, one, second, other in (("加权平均贷款合同期限", "2.39", "加权平均剩余期限", "1.71"), ("单笔贷款最低年利率", "5.36", "单笔贷款最高年利率", "15.42")):
        sheet.row(y, (70, "left", first), (270, "right", one), (290, "left", second), (490, "right", other))
        sheet.row(y + 12, (70, "left", "（年）"), (290, "left", "（年）"))
        y += 32
    sheet.row(y, (70, "left", "贷款笔数"), (270, "right", "17,665"), (290, "left", "借款人户数"), (490, "right", "14,485"))
    assert [row[0] for row in _texts(sheet.bar(y + 15, 60, 500))] == ["加权平均贷款合同期限（年）", "单笔贷款最低年利率（年）", "贷款笔数"]


def test_the_first_line_of_a_label_beside_the_figures_of_the_first_row_is_no_header() -> None:
    sheet, y = Sheet().bar(75, 60, 210), 80.0
    for first, second, value in (("单笔贷款平", "均本金余额", "0.0026"), ("加权平均贷", "款合同期限", "3.99"), ("前十大借款", "人占比", "2.20")):
        sheet.text(70, y, first).row(y + 12, (70, "left", second), (200, "right", value)).text(70, y + 24, "(年)").bar(y + 39, 60, 210)
        y += 44
    assert [row[0] for row in _texts(sheet)] == ["单笔贷款平均本金余额(年)", "加权平均贷款合同期限(年)", "前十大借款人占比(年)"]


FEES = [["序号", "费用名称", "金额"], ["1", "审计费", "68.76"], ["2", "税收", "38.62"], ["3", "评级费", "4.21"]]


@pytest.mark.parametrize("label", ["合计", "总计"])
def test_a_total_alone_on_the_next_page_whose_label_stands_over_two_columns_ends_the_table(label: str) -> None:
    first = grid(Sheet(), [60, 100, 220, 300], [700.0, 720.0, 740.0, 760.0, 780.0], FEES)
    second = grid(Sheet(2), [60, 220, 300], [60.0, 80.0], [[label, "111.59"]])
    assert _texts(first, second)[-1] == [label, label, "111.59"]


def test_a_row_of_a_table_of_its_own_on_the_next_page_is_no_total() -> None:
    first = grid(Sheet(), [60, 100, 220, 300], [700.0, 720.0, 740.0, 760.0, 780.0], FEES)
    second = grid(Sheet(2), [60, 220, 300], [60.0, 80.0, 100.0], [["指标", "数值"], ["违约率", "0.12"]])
    assert len(_tables(first, second)) == 2


GROUPED = [["笔数特征", ""], ["贷款笔数", "17,665"], ["期限特征", ""], ["加权平均期限", "2.39"]]


def _grouped(sheet: Sheet, top: float, rows: list[list[str]]) -> Sheet:
    """Rows in a frame; an upright line parts those with a value."""
    for number, (label, value) in enumerate(rows):
        y = top + 20 * number
        sheet.bar(y, 60, 300).text(65, y + 5, label).text(295, y + 5, value, "right")
        if value:
            sheet.post(200, y, y + 20)
    for x in (60, 300):
        sheet.post(x, top, top + 20 * len(rows))
    return sheet.bar(top + 20 * len(rows), 60, 300)


def test_the_name_of_a_group_alone_at_the_foot_of_a_page_heads_its_rows_on_the_next() -> None:
    first = _grouped(Sheet(), 700, GROUPED).text(65, 785, "集中度特征")
    second = _grouped(Sheet(2), 60, [["前十大借款人占比", "1.96"]])
    assert [row[0] for row in _texts(first, second)] == [*(row[0] for row in GROUPED), "集中度特征", "前十大借款人占比"]


def test_the_name_of_a_group_alone_at_the_top_of_a_page_heads_the_rows_below_it() -> None:
    first = _grouped(Sheet(), 700, GROUPED)
    second = _grouped(Sheet(2).text(65, 60, "集中度特征"), 75, [["前十大借款人占比", "1.96"], ["前五大借款人占比", "0.96"]])
    assert [row[0] for row in _texts(first, second)][4:] == ["集中度特征", "前十大借款人占比", "前五大借款人占比"]


@pytest.mark.parametrize("line", ["表3 集中度", "本期未发生其他事项。", "单位：万元"])
def test_a_caption_or_a_sentence_at_the_top_of_a_page_is_no_name_of_a_group(line: str) -> None:
    first = _grouped(Sheet(), 700, GROUPED)
    second = _grouped(Sheet(2).text(65, 60, line), 75, [["前十大借款人占比", "1.96"], ["前五大借款人占比", "0.96"]])
    assert not any(line in text for table in _tables(first, second) for row in table.texts() for text in row)


@pytest.mark.parametrize("groups", [(5, 1), (2, 2), (3, 2)])
def test_a_total_below_groups_that_have_none_is_that_of_the_table(groups: tuple[int, int]) -> None:
    sheet, y = Sheet().row(80, (70, "left", "类别"), (150, "left", "费用名称"), (400, "right", "金额")), 100.0
    for name, count in zip(("服务费用", "税费"), groups, strict=True):
        sheet.text(70, y, name)
        for number in range(count):
            sheet.row(y, (150, "left", f"{name}之{'一二三四五'[number]}"), (400, "right", "10.44"))
            y += 20
    rows = _texts(sheet.row(y, (160, "left", "合计"), (400, "right", "62.64")))
    assert [row[0] for row in rows[1:]] == ["服务费用"] * groups[0] + ["税费"] * groups[1] + ["合计"]
    assert rows[-1][1] == "合计"


@pytest.mark.parametrize("names", [("循环购买日", "购买笔数", "入池本金", "支付对价"), ("计算日", "应收本金", "应收利息", "合计金额")])
def test_names_of_columns_that_nearly_touch_over_a_row_of_values_head_their_columns(names: tuple[str, ...]) -> None:
    sheet, x = Sheet(), 100.0
    sheet.text(60, 80, "次数")
    for name in names:
        sheet.text(x, 80, name)
        for row in range(4):
            sheet.text(60, 100 + 20 * row, str(row + 1)).text(x + 10 * len(name), 100 + 20 * row, f"{row + 3}.12", "right")
        x += 10 * len(name) + 6
    assert _texts(sheet)[0] == ["次数", *names]


def test_a_title_in_the_middle_of_a_header_of_two_levels_stands_over_all_columns() -> None:
    xs = [60, 130, 230, 330, 430]
    sheet = Sheet().text(245, 85, "各期累计逾期率一览", "middle").bar(80, 60, 430).text(280, 105, "表现期", "middle").text(95, 115, "放款月份", "middle")
    sheet.row(125, *(((a + b) / 2, "middle", f"第{n}期") for n, (a, b) in enumerate(pairwise(xs[1:]), 1))).bar(140, 60, 430)
    for number in range(3):
        sheet.row(145 + 20 * number, (95, "middle", f"2023年{number + 1}月"), *((b - 5, "right", "0.12") for b in xs[2:]))
    rows = _texts(sheet.bar(205, 60, 430))
    assert rows[0] == ["各期累计逾期率一览"] * 4
    assert rows[1] == ["放款月份", "表现期", "表现期", "表现期"]
    assert rows[2] == ["放款月份", "第1期", "第2期", "第3期"]

"""Rows that hold no figure, or none that is whole: beside rows in one ruled cell, and where a page breaks."""

from __future__ import annotations

import pytest

from dealproof.tables.join import Part, join_parts
from dealproof.tables.readers.aligned import read_aligned
from dealproof.tables.readers.framed import column_edges, read_framed
from tests.tables.typeset import Sheet, grid, width_of


def _boxed(sheet: Sheet, heights: list[float], places: list[float]) -> Sheet:
    for y in heights:
        sheet.bar(y, places[0], places[-1])
    for x in places:
        sheet.post(x, heights[0], heights[-1])
    return sheet


@pytest.mark.parametrize(("first", "second"), [("未发生", "未触发"), ("0755-86000003", "021-61000002"), ("是", "否")])
def test_words_for_what_did_not_happen_and_telephone_numbers_part_the_rows_of_one_ruled_cell(first: str, second: str) -> None:
    sheet = _boxed(Sheet(), [100, 160, 190], [60, 150, 380, 500])
    for y, name, text, told in ((108, "提前终止循环", "剩余可用资金占比超过约定", first), (138, "违约", "未能足额支付利息", second), (170, "清偿", "未能支付", first)):
        sheet.row(y, (65, "left", name), (160, "left", text), (390, "left", told))
    (table,) = read_framed(sheet.content()).tables
    assert [row[0] for row in table.texts()] == ["提前终止循环", "违约", "清偿"]


@pytest.mark.parametrize("column", [0, 1])
def test_names_as_far_apart_as_rows_are_rows_though_no_value_stands_beside_them(column: int) -> None:
    sheet = _boxed(Sheet(), [80, 100, 200], [60, 150, 300, 420]).row(85, (70, "left", "账户"), (160, "left", "项目"), (310, "left", "金额"))
    values = ("875.97", "581.44", "", "372.24", "")
    for number, (name, value) in enumerate(zip(("正常回收", "提前偿还", "拖欠回收", "违约回收", "其他收入"), values, strict=True)):
        sheet.row(105 + 20 * number, (70 + 90 * column, "left", name), (410, "right", value))
    if column:
        sheet.text(70, 145, "收入账")
    (table,) = read_framed(sheet.content()).tables
    assert [(row[column], row[2]) for row in table.texts()[1:]] == list(zip(("正常回收", "提前偿还", "拖欠回收", "违约回收", "其他收入"), values, strict=True))


@pytest.mark.parametrize("mark", ["（注1）", "（注12）"])
def test_a_value_with_the_mark_of_a_note_that_reaches_over_a_gutter_stays_in_its_column(mark: str) -> None:
    middle = 236 + width_of("96.47%" + mark) / 2
    sheet = Sheet().row(80, (60, "left", "状态"), (225, "right", "笔数"), (middle, "middle", "占比"))
    for number, name in enumerate(("正常", "拖欠", "违约", "核销", "结清", "回购", "其他", "待定", "未定")):
        sheet.row(100 + 20 * number, (60, "left", name), (225, "right", "9,700"), (middle, "middle", "96.47%" + (mark if name == "违约" else "")))
    (found,) = read_aligned(sheet.content(), [], frozenset())
    assert [(cell.col, cell.col_span) for cell in found.table.cells if cell.text == "96.47%" + mark] == [(2, 1)]


def _joined(first: Sheet, second: Sheet) -> list[list[list[str]]]:
    parts: list[Part] = []
    for sheet in (first, second):
        above = parts[-1] if parts else None
        framed = read_framed(sheet.content())
        parts += [Part(table, tuple(column_edges(table))) for table in framed.tables]
        hint, table_above = (above.columns, above.table) if above and above.table.style != "ruled" else ((), None)
        taken = [table.box for table in framed.tables]
        parts += [Part(each.table, each.gutters) for each in read_aligned(sheet.content(), taken, frozenset(), hint, framed=framed, table_above=table_above)]
    return [table.texts() for table in join_parts(parts, {sheet.number: sheet.page_text() for sheet in (first, second)})]


def _block(sheet: Sheet, top: float, title: str, size: str, rate: str, way: str, shift: float = 0.0) -> Sheet:
    sheet.text(60 - shift, top, title)
    sheet.row(top + 20, (60 - shift, "left", "发行规模"), (225, "right", size), (260, "left", "占比"), (380 + shift, "right", "8.00"))
    return sheet.row(top + 40, (60 - shift, "left", "票面利率"), (225, "right", rate), (260, "left", "还本方式"), (380 + shift, "right", way))


def test_a_row_of_words_at_the_top_of_a_page_goes_on_where_the_table_above_has_its_labels() -> None:
    first = _block(_block(Sheet(1), 680, "优先级", "149,650.00", "2.34", "过手"), 740, "中间级", "10,000.00", "3.00", "过手")
    second = Sheet(2).text(60, 60, "次级").row(80, (60, "left", "发行规模"), (225, "right", "18,450.00"), (260, "left", "占比"), (380, "right", "9.00"))
    second.row(100, (60, "left", "票面利率"), (225, "right", "无票面利率"), (260, "left", "还本方式"), (380, "right", "到期还本"))
    (table,) = _joined(first, second)
    assert table[-1] == ["票面利率", "无票面利率", "还本方式", "到期还本"]


def _blocks(number: int, titles: list[str], top: float, places: list[float], labels: tuple[str, str]) -> Sheet:
    sheet = Sheet(number)
    heights = [top + 20 * row for row in range(2 * len(titles) + 1)]
    for y in heights:
        sheet.bar(y, places[0], places[-1])
    for row, title in enumerate(titles):
        y = heights[2 * row]
        sheet.text(places[0] + 5, y + 5, title)
        sheet.row(y + 25, *((x + 5, "left", text) for x, text in zip(places, (labels[0], "31,680.00", labels[1], "58.85"), strict=False)))
        for x in places[1:-1]:
            sheet.post(x, y + 20, y + 40)
    return sheet.post(places[0], heights[0], heights[-1]).post(places[-1], heights[0], heights[-1])


def test_a_block_below_a_page_break_belongs_to_the_blocks_above_though_its_columns_are_wider() -> None:
    first = _blocks(1, ["优先A级", "优先B级"], 700, [60, 160, 240, 330, 400], ("期初余额", "兑付利息"))
    second = _blocks(2, ["次级"], 60, [60, 180, 270, 370, 450], ("期初余额", "兑付利息"))
    assert [len(table) for table in _joined(first, second)] == [6]


def test_a_block_with_other_labels_below_a_page_break_is_a_table_of_its_own() -> None:
    first = _blocks(1, ["金额特征", "期限特征"], 700, [60, 160, 240, 330, 400], ("未偿本金", "合同金额"))
    second = _blocks(2, ["次级"], 60, [60, 180, 270, 370, 450], ("发行规模", "占比数额"))
    assert [len(table) for table in _joined(first, second)] == [4, 2]


def test_the_label_of_a_header_inside_a_table_that_is_printed_on_both_pages_is_one() -> None:
    places = [60.0, 200.0, 350.0, 500.0]
    first = grid(Sheet(1), places, [700, 720, 740, 760], [["收入账", "上期", "本期"], ["正常回收", "1.00", "2.00"], ["本金账", "首个期间", "末个期间"]])
    second = grid(Sheet(2), places, [60, 80, 100], [["本金账", "上一收款期间", "本收款期间"], ["正常回收", "3.00", "4.00"]])
    (table,) = _joined(first, second)
    assert [row[0] for row in table] == ["收入账", "正常回收", "本金账", "本金账", "正常回收"]
    framed = [read_framed(sheet.content()).tables[0] for sheet in (first, second)]
    (whole,) = join_parts([Part(t, tuple(column_edges(t))) for t in framed], {s.number: s.page_text() for s in (first, second)})
    assert [cell.row_span for cell in whole.cells if cell.text == "本金账"] == [2]


@pytest.mark.parametrize("wrapped", [("主承销商/簿记管理", "人"), ("资金保管机构及支付", "代理机构")], ids=["one letter left", "a word left"])
@pytest.mark.parametrize("place", [1, 2, 3])
def test_a_label_that_wraps_among_ruled_rows_of_words_leaves_every_value_beside_its_own_label(wrapped: tuple[str, str], place: int) -> None:
    rows = [("发起机构", "甲消费金融股份有限公司"), ("资产服务机构", "甲消费金融股份有限公司"), ("登记机构", "乙登记结算有限责任公司"), ("发行规模", "15.00亿元")]
    sheet, top = Sheet().bar(80, 60, 420), 80.0
    for number, (name, value) in enumerate(rows):
        if number == place:
            sheet.text(70, top + 7.7, wrapped[0]).text(170, top + 16, "丁银行股份有限公司").text(70, top + 24.3, wrapped[1]).bar(top + 42, 60, 420)
            top += 42
        sheet.row(top + 8, (70, "left", name), (170, "left", value)).bar(top + 26, 60, 420)
        top += 26
    (found,) = read_aligned(sheet.content(), [], frozenset())
    told = [[cell.replace("\n", "") for cell in row] for row in found.table.texts()]
    assert told == [*map(list, rows[:place]), ["".join(wrapped), "丁银行股份有限公司"], *map(list, rows[place:])]

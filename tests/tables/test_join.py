"""Tables over page breaks."""

from __future__ import annotations

import pytest

from dealproof.model.page import PageText
from dealproof.model.table import Table
from dealproof.tables import join
from dealproof.tables.captions import with_caption
from dealproof.tables.damage import Defect
from dealproof.tables.join import Part, join_parts
from dealproof.tables.readers.aligned import read_aligned
from dealproof.tables.readers.framed import column_edges, read_framed
from tests.tables.typeset import Sheet, grid

XS = [60.0, 200.0, 350.0, 500.0]
HEADER = ["期数", "累计违约金额", "累计违约率(%)"]


def joined(*sheets: Sheet) -> list[list[list[str]]]:
    return [table.texts() for table in tables_of(*sheets)]


def tables_of(*sheets: Sheet) -> list[Table]:
    """The tables of the sheets, joined, with what stands around them."""
    parts = [Part(table, tuple(column_edges(table))) for sheet in sheets for table in read_framed(sheet.content()).tables]
    pages: dict[int, PageText] = {sheet.number: sheet.page_text() for sheet in sheets}
    tables = join_parts(parts, pages)
    return [with_caption(table, pages, tables) for table in tables]


def test_a_repeated_header_is_dropped() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [HEADER, ["1", "0.00", "0.00"]])
    second = grid(Sheet(2), XS, [60, 80, 100], [HEADER, ["2", "10.00", "0.09"]])
    assert joined(first, second) == [[HEADER, ["1", "0.00", "0.00"], ["2", "10.00", "0.09"]]]


def test_a_missing_header_is_no_hindrance() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [HEADER, ["1", "0.00", "0.00"]])
    second = grid(Sheet(2), XS, [60, 80], [["2", "10.00", "0.09"]])
    assert joined(first, second) == [[HEADER, ["1", "0.00", "0.00"], ["2", "10.00", "0.09"]]]


def test_only_the_total_may_be_left_for_the_next_page() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [["区间", "余额", "占比"], ["(0,5]", "778.52", "100.00"]])
    second = grid(Sheet(2), XS, [60, 80], [["合计", "778.52", "100.00"]])
    assert joined(first, second)[0][-1] == ["合计", "778.52", "100.00"]


def test_a_row_cut_by_the_page_break_is_one_row() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [["机构", "金额", "占比"], ["中国对外经济贸", "88.00", "12.00"]])
    second = grid(Sheet(2), XS, [60, 80, 100], [["易信托有限公司", "", ""], ["建信信托", "5.00", "1.00"]])
    assert joined(first, second)[0][1:] == [
        ["中国对外经济贸\n易信托有限公司", "88.00", "12.00"],
        ["建信信托", "5.00", "1.00"],
    ]


CUT = [["机构", "金额", "占比"], ["中国对外经济贸", "88.00", "12.00"]]
REST = ["易信托有限公司", "", ""]


def test_the_rest_of_a_cut_row_may_be_all_of_the_table_on_the_next_page() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], CUT)
    second = grid(Sheet(2), XS, [60, 80], [REST]).text(60, 90, "注：金额单位为万元。")
    (table,) = tables_of(first, second)
    assert table.texts()[1:] == [["中国对外经济贸\n易信托有限公司", "88.00", "12.00"]]
    assert (table.pages, table.notes) == ((1, 2), ("注：金额单位为万元。",))


def test_a_name_cut_by_two_page_breaks_is_one_name() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], CUT)
    second = grid(Sheet(2), XS, [60, 780], [["易信托有限公司", "", ""]])
    third = grid(Sheet(3), XS, [60, 80, 100], [["（贷款服务机构）", "", ""], ["建信信托", "5.00", "1.00"]])
    assert joined(first, second, third)[0][1:] == [
        ["中国对外经济贸\n易信托有限公司\n（贷款服务机构）", "88.00", "12.00"],
        ["建信信托", "5.00", "1.00"],
    ]


def test_a_header_repeated_above_nothing_adds_nothing() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [HEADER, ["1", "0.00", "0.00"]])
    second = grid(Sheet(2), XS, [60, 80], [HEADER]).text(60, 90, "注：以上为截至报告期末数据。")
    (table,) = tables_of(first, second)
    assert table.texts() == [HEADER, ["1", "0.00", "0.00"]]
    assert table.notes == ("注：以上为截至报告期末数据。",)


def test_a_part_that_cannot_be_joined_costs_itself_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bool:
        raise IndexError("no such row")

    sheets = [grid(Sheet(number), XS, [740, 760, 780], CUT) for number in (1, 2)]
    parts = [Part(table, tuple(column_edges(table))) for sheet in sheets for table in read_framed(sheet.content()).tables]
    monkeypatch.setattr(join, "continues", fails)
    defects: list[Defect] = []
    assert join_parts(parts, {}, defects) == [parts[0].table]
    assert defects == [Defect(2, parts[1].table.box, "IndexError: no such row")]


def test_a_table_with_a_caption_of_its_own_is_another_table() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [HEADER, ["1", "0.00", "0.00"]])
    second = grid(Sheet(2).text(250, 40, "按利率分布"), XS, [60, 80], [["2", "10.00", "0.09"]])
    assert len(joined(first, second)) == 2


def test_text_below_a_table_closes_it() -> None:
    first = grid(Sheet(1), XS, [700, 720, 740], [HEADER, ["1", "0.00", "0.00"]]).text(60, 780, "以上数据截至本期期末。")
    second = grid(Sheet(2), XS, [60, 80], [["2", "10.00", "0.09"]])
    assert len(joined(first, second)) == 2


def test_a_table_of_other_columns_on_the_next_page_is_another_table() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [HEADER, ["1", "0.00", "0.00"]])
    fewer = grid(Sheet(2), [60.0, 250.0, 500.0], [60, 80], [["2", "10.00"]])
    assert len(joined(first, fewer)) == 2
    shifted = grid(Sheet(2), [60.0, 120.0, 420.0, 500.0], [60, 80], [["甲", "乙", "丙"]])
    assert len(joined(first, shifted)) == 2


def test_a_table_two_pages_on_is_another_table() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [HEADER, ["1", "0.00", "0.00"]])
    third = grid(Sheet(3), XS, [60, 80], [["2", "10.00", "0.09"]])
    assert len(joined(first, Sheet(2), third)) == 2


def test_a_header_is_dropped_only_where_it_is_the_same() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [HEADER, ["1", "0.00", "0.00"]])
    other = grid(Sheet(2), XS, [60, 80, 100], [["期数", "新增违约金额", "新增违约率(%)"], ["2", "10.00", "0.09"]])
    assert joined(first, other)[0][2] == ["期数", "新增违约金额", "新增违约率(%)"]


GROUPED = [["金额特征", "", ""], ["资产池余额（万元）", "802.07", "1"], ["期限特征", "", ""], ["最长期限（年）", "3.00", "1"]]


def test_the_name_of_a_group_at_the_top_of_a_page_is_no_rest_of_the_row_before() -> None:
    first = grid(Sheet(1), XS, [700, 720, 740, 760, 780], GROUPED)
    second = grid(Sheet(2), XS, [60, 80, 100], [["利率特征", "", ""], ["最高利率（%）", "9.00", "1"]])
    (table,) = joined(first, second)
    assert table[3:] == [["最长期限（年）", "3.00", "1"], ["利率特征", "", ""], ["最高利率（%）", "9.00", "1"]]


def test_a_text_below_a_line_that_had_room_for_more_is_no_rest_of_it() -> None:
    rows = [["机构", "金额", "占比"], ["中国对外经济贸易信托有限公司", "88.00", "12.00"], ["建信信托", "5.00", "1.00"]]
    first = grid(Sheet(1), XS, [720, 740, 760, 780], rows)
    second = grid(Sheet(2), XS, [60, 80, 100], [["其他机构", "", ""], ["平安信托", "4.00", "1.00"]])
    assert [row[0] for row in joined(first, second)[0]][2:] == ["建信信托", "其他机构", "平安信托"]


def test_a_group_whose_first_row_alone_stands_above_the_break_names_the_rows_below() -> None:
    first, second = Sheet(1), Sheet(2)
    for sheet, ys, short in ((first, (700, 720, 740, 760, 780), (720,)), (second, (60, 80, 100), (80,))):
        for y in ys:
            sheet.bar(y, XS[1] if y in short else XS[0], XS[-1])
        for x in XS:
            sheet.post(x, ys[0], ys[-1])
    first.text(70, 715, "2024年").row(705, (210, "left", "11"), (480, "right", "0.5")).row(725, (210, "left", "12"), (480, "right", "0.6"))
    first.row(745, (70, "left", "2025年"), (210, "left", "13"), (480, "right", "0.7"))
    first.row(765, (70, "left", "2026年"), (210, "left", "14"), (480, "right", "0.8"))
    second.row(65, (210, "left", "15"), (480, "right", "0.9")).row(85, (210, "left", "16"), (480, "right", "1.0"))
    assert [row[0] for row in joined(first, second)[0]][2:] == ["2025年", "2026年", "2026年", "2026年"]


OTHER_XS = [70.0, 230.0, 330.0, 520.0]


def test_rows_that_count_on_join_though_the_columns_are_of_other_widths() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [["期数", "计算日", "应收本金"], ["7", "2025-03-31", "10.00"]])
    second = grid(Sheet(2), OTHER_XS, [60, 80], [["8", "2025-04-30", "20.00"]])
    assert [row[0] for row in joined(first, second)[0]] == ["期数", "7", "8"]


def test_values_of_other_kinds_in_columns_of_other_widths_are_another_table() -> None:
    first = grid(Sheet(1), XS, [740, 760, 780], [["期数", "计算日", "应收本金"], ["7", "2025-03-31", "10.00"]])
    second = grid(Sheet(2), OTHER_XS, [60, 80], [["优先级", "20.00", "3.10%"]])
    assert len(joined(first, second)) == 2


def test_a_header_alone_at_the_foot_of_a_page_heads_the_rows_of_the_next() -> None:
    first = grid(Sheet(1), XS, [760, 780], [HEADER])
    second = grid(Sheet(2), [60.0, 240.0, 380.0, 500.0], [60, 80, 100], [["1", "0.00", "0.00"], ["2", "10.00", "0.09"]])
    assert joined(first, second) == [[HEADER, ["1", "0.00", "0.00"], ["2", "10.00", "0.09"]]]


def test_a_merged_label_cut_by_the_page_break_stands_beside_the_rows_of_both_pages() -> None:
    first, second = Sheet(1), Sheet(2)
    first.row(725, (70, "left", "类别"), (210, "left", "项目"), (480, "right", "数值"))
    first.text(70, 755, "期限").row(745, (210, "left", "加权平均"), (480, "right", "0.5"))
    first.row(765, (210, "left", "最长"), (480, "right", "1.5"))
    second.row(65, (210, "left", "最短"), (480, "right", "0.1")).row(85, (210, "left", "平均"), (480, "right", "0.2"))
    for sheet, ys in ((first, (720, 740, 760, 780)), (second, (60, 80, 100))):
        for y in ys:
            sheet.bar(y, XS[1] if y in (760, 80) else XS[0], XS[-1])
        for x in XS:
            sheet.post(x, ys[0], ys[-1])
    (table,) = joined(first, second)
    assert table[1:] == [
        ["期限", "加权平均", "0.5"], ["期限", "最长", "1.5"], ["期限", "最短", "0.1"], ["期限", "平均", "0.2"],
    ]  # fmt: skip


STATUS = [["状态", "笔数", "余额（元）"], ["正常", "5,600", "715,230,145.36"], ["逾期1-30天", "80", "7,290,000.00"]]
REMAINING = [["逾期31-60天", "35", "3,280,500.00"], ["合计", "5,715", "725,800,645.36"]]
WIDER = [60.0, 150.0, 300.0, 500.0]


def test_a_total_that_both_parts_add_up_to_joins_them_though_the_columns_are_of_other_widths() -> None:
    first = grid(Sheet(1), XS, [720, 740, 760, 780], STATUS)
    second = grid(Sheet(2), WIDER, [60, 80, 100], REMAINING)
    assert joined(first, second) == [[*STATUS, *REMAINING]]


@pytest.mark.parametrize("rest", [
    [REMAINING[0], ["合计", "5,715", "725,800,646.36"]],  # does not add up
    [REMAINING[0], ["合计", "35", "3,280,500.00"]],  # a total of its own part alone
    [["资产", "数量", "金额"], *REMAINING],  # a header of its own
    [REMAINING[0], ["逾期61-90天", "5,715", "725,800,645.36"]],  # no total
])  # fmt: skip
def test_parts_of_other_widths_that_no_total_joins_stay_apart(rest: list[list[str]]) -> None:
    first = grid(Sheet(1), XS, [720, 740, 760, 780], STATUS)
    second = grid(Sheet(2), WIDER, [60 + 20 * row for row in range(len(rest) + 1)], rest)
    assert joined(first, second) == [STATUS, rest]


def test_a_table_goes_on_behind_a_picture_where_its_total_says_so_and_not_behind_a_page_with_text() -> None:
    first = grid(Sheet(1), XS, [720, 740, 760, 780], STATUS)
    second = grid(Sheet(3), XS, [60, 80, 100], REMAINING)
    parts = [Part(table, tuple(column_edges(table))) for sheet in (first, second) for table in read_framed(sheet.content()).tables]
    pages = {1: first.page_text(), 2: Sheet(2).page_text(), 3: second.page_text()}
    assert [table.texts() for table in join_parts(parts, pages)] == [[*STATUS, *REMAINING]]
    written = Sheet(2)
    written.text(60, 100, "二、其他情况")
    assert len(join_parts(parts, {**pages, 2: written.page_text()})) == 2
    assert len(join_parts(parts, {1: pages[1], 3: pages[3]})) == 2


def unframed(*sheets: Sheet) -> list[list[list[str]]]:
    """The tables without upright lines of the sheets, joined."""
    found = [(sheet, read_aligned(sheet.content(), [], frozenset())) for sheet in sheets]
    parts = [Part(each.table, each.gutters, each.is_lone_header) for _, aligned in found for each in aligned]
    return [table.texts() for table in join_parts(parts, {sheet.number: sheet.page_text() for sheet in sheets})]


PAID = ["档次", "计划兑付本金（元）", "实际兑付本金（元）", "兑付利息（元）"]
PAID_ROWS = [["优先档", "60,000,000.00", "60,000,000.00", "958,333.33"], ["次级档", "1,000.00", "0.00", "0.00"]]


def _row(sheet: Sheet, y: float, texts: list[str]) -> Sheet:
    sheet.text(66, y, texts[0])
    for x, text in zip((240, 380, 520), texts[1:], strict=True):
        sheet.text(x, y, text, "right")
    return sheet


def _body_on_the_next_page() -> Sheet:
    second = Sheet(2).bar(60)
    for number, texts in enumerate(PAID_ROWS):
        _row(second, 65 + 18 * number, texts)
    return second.bar(101)


def test_a_header_between_rules_at_the_foot_of_a_page_heads_the_rows_of_the_next() -> None:
    first = Sheet(1).text(63, 730, "肆、兑付").bar(756)
    _row(first, 761, PAID).bar(776)
    assert unframed(first, _body_on_the_next_page()) == [[PAID, *PAID_ROWS]]


def test_a_header_at_the_foot_of_a_page_is_no_table_where_the_next_begins_with_text() -> None:
    first = Sheet(1).bar(756)
    _row(first, 761, PAID).bar(776)
    second = _body_on_the_next_page().text(63, 30, "五、其他事项")
    assert PAID not in [row for table in unframed(first, second) for row in table]
    assert unframed(first) == []


def test_the_last_row_alone_at_the_top_of_a_page_with_a_rule_below_it_belongs_to_the_table_before() -> None:
    rows = [["统计项", "统计结果"], ["资产笔数", "52,311笔"], ["笔均余额", "1.91万元"], ["单笔最长剩余期限", "360天"]]
    first, second = Sheet(1).bar(720), Sheet(2)
    for number, (name, value) in enumerate(rows[:3]):
        first.text(66, 725 + 18 * number, name).text(381, 725 + 18 * number, value)
    first.bar(740)
    second.text(66, 65, rows[3][0]).text(381, 65, rows[3][1]).bar(80).text(63, 100, "5.2 未偿本金余额分布")
    (upper,) = read_aligned(first.content(), [], frozenset())
    (lower,) = read_aligned(second.content(), [], frozenset(), upper.gutters, table_above=upper.table)
    pages = {sheet.number: sheet.page_text() for sheet in (first, second)}
    (table,) = join_parts([Part(each.table, each.gutters) for each in (upper, lower)], pages)
    assert table.texts() == rows


ROLES = [["角色", "名称"], ["发起机构", "甲银行"], ["受托机构", "乙信托"], ["资金保管机构", "丙银行"], ["法律顾问", "丁律师事务所"]]


def test_a_table_of_words_is_no_header_of_figures_on_the_next_page() -> None:
    first = grid(Sheet(1), [60.0, 200.0, 500.0], [680, 700, 720, 740, 760, 780], ROLES)
    second = grid(Sheet(2), [60.0, 300.0, 500.0], [60, 80, 100], [["未偿本金余额", "725,800,645.36"], ["贷款笔数", "5,715"]])
    assert joined(first, second) == [ROLES, [["未偿本金余额", "725,800,645.36"], ["贷款笔数", "5,715"]]]


def test_labels_and_values_by_turns_go_on_with_columns_of_other_widths() -> None:
    upper = [["贷款笔数", "5,715", "借款人户数", "5,600"], ["平均余额", "12.30", "最高余额", "100.00"]]
    lower = [["加权利率", "5.92%", "最高利率", "9.60%"]]
    first = grid(Sheet(1), [60.0, 160.0, 280.0, 380.0, 500.0], [740, 760, 780], upper)
    second = grid(Sheet(2), [60.0, 200.0, 300.0, 420.0, 500.0], [60, 80], lower)
    assert joined(first, second) == [[*upper, *lower]]
    headed = grid(Sheet(2), [60.0, 200.0, 300.0, 420.0, 500.0], [60, 80, 100], [["项目", "金额", "项目", "占比"], *lower])
    assert len(joined(first, headed)) == 2

"""Tables over page breaks."""

from __future__ import annotations

from dealproof.pagetext import PageText
from dealproof.tables.join import Part, join_parts
from dealproof.tables.readers.ruled import column_edges, read_ruled
from tests.tables.typeset import Sheet, grid

XS = [60.0, 200.0, 350.0, 500.0]
HEADER = ["期数", "累计违约金额", "累计违约率(%)"]


def joined(*sheets: Sheet) -> list[list[list[str]]]:
    parts = [Part(table, tuple(column_edges(table))) for sheet in sheets for table in read_ruled(sheet.content())]
    pages: dict[int, PageText] = {sheet.number: sheet.page_text() for sheet in sheets}
    return [table.texts() for table in join_parts(parts, pages)]


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

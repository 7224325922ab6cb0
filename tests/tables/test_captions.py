"""What stands around a table: its title, its unit, its notes, and not those of its neighbours."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dealproof.model.evidence import Box
from dealproof.model.page import Line, PageText
from dealproof.model.table import Cell, Table
from dealproof.tables.captions import with_caption
from dealproof.tables.readers.aligned import read_aligned
from tests.tables.typeset import Sheet

WIDTH, HEIGHT = 595.0, 842.0


def page(number: int = 1, **lines: tuple[float, str]) -> PageText:
    """A page of lines (top, text)."""
    printed = sorted(lines.values())
    boxes = (Line(text, Box(60, top, 60 + 8 * len(text), top + 10)) for top, text in printed)
    return PageText(number, WIDTH, HEIGHT, tuple(boxes))


def table(top: float, bottom: float, number: int = 1) -> Table:
    """A table of one cell between two heights."""
    box = Box(60, top, 500, bottom)
    return Table((Cell("1", 0, 0, 1, 1, number, box, "ruled"),), 1, 1, (number,), box)


def captioned(own: Table, *pages: PageText, others: tuple[Table, ...] = ()) -> Table:
    return with_caption(own, {each.number: each for each in pages}, others)


def test_the_unit_line_right_above_a_table_is_its_own() -> None:
    found = captioned(table(100, 200), page(a=(70, "表1 证券分层情况"), b=(85, "单位：万元")))
    assert (found.title, found.unit_line) == ("表1 证券分层情况", "单位：万元")


def test_title_and_unit_on_one_line_are_told_apart() -> None:
    found = captioned(table(100, 200), page(a=(85, "表1 证券分层情况    单位：万元")))
    assert (found.title, found.unit_line) == ("表1 证券分层情况", "单位：万元")


def test_the_title_and_the_unit_of_the_table_above_are_not_this_ones() -> None:
    above = table(100, 120)
    lines = page(a=(70, "表1 证券分层情况"), b=(85, "单位：万元"), c=(140, "表2 期限分布"))
    found = captioned(table(160, 300), lines, others=(above,))
    assert (found.title, found.unit_line) == ("表2 期限分布", "")
    bare = captioned(table(160, 300), page(a=(70, "表1 证券分层情况"), b=(85, "单位：万元")), others=(above,))
    assert (bare.title, bare.unit_line) == ("", "")


def test_a_unit_far_above_speaks_of_something_else() -> None:
    found = captioned(table(300, 400), page(a=(85, "单位：万元")))
    assert (found.title, found.unit_line) == ("", "")


def test_the_caption_of_a_table_that_opens_a_page_stands_at_the_foot_of_the_page_before() -> None:
    first = page(1, a=(100, "正文。"), b=(800, "表3 行业分布"), c=(815, "单位：元"))
    found = captioned(table(50, 200, number=2), first, page(2))
    assert (found.title, found.unit_line) == ("表3 行业分布", "单位：元")


def test_notes_below_a_table_are_its_own_up_to_the_next_table() -> None:
    lines = page(a=(210, "注：单位为万元"), b=(330, "注：另一张表的注"))
    own, below = table(100, 200), table(230, 320)
    assert captioned(own, lines, others=(below,)).notes == ("注：单位为万元",)
    assert captioned(replace(own), lines).notes[0] == "注：单位为万元"


def beside(x0: float, x1: float) -> Table:
    """A table of one cell between two sides, 100 to 200 down the page."""
    box = Box(x0, 100, x1, 200)
    return Table((Cell("1", 0, 0, 1, 1, 1, box, "ruled"),), 1, 1, (1,), box)


@pytest.mark.parametrize("captions", [("上期末", "本期末"), ("优先A级", "优先B级"), ("本期末（2024年5月31日）", "上期末（2024年4月30日）")])
def test_tables_side_by_side_have_each_its_own_piece_of_the_line_above(captions: tuple[str, str]) -> None:
    tables = (beside(60, 280), beside(300, 520))
    lines = page(a=(70, "三、贷款状态"), b=(85, "        ".join(captions)))
    assert tuple(captioned(own, lines, others=tables).title for own in tables) == captions


@pytest.mark.parametrize("line", ["表1 证券分层情况    单位：万元", "本期末", "一    二    三"])
def test_a_line_that_has_no_piece_for_each_table_stands_over_all_of_them(line: str) -> None:
    tables = (beside(60, 280), beside(300, 520))
    found = [captioned(own, page(b=(85, line)), others=tables) for own in tables]
    assert (found[0].title, found[0].unit_line) == (found[1].title, found[1].unit_line)


def test_a_table_below_another_is_not_beside_it() -> None:
    own = table(100, 200)
    found = captioned(own, page(b=(85, "本期末    上期末")), others=(own, table(104, 120), table(300, 320)))
    assert "上期末" in found.title


@pytest.mark.parametrize("name", ["资产状态分布（单位：万元、笔）", "逾期情况表(单位：元)", "账户资金情况（金额单位：人民币元）"])
def test_the_name_of_a_table_with_its_unit_behind_it_is_no_row_of_the_table_above(name: str) -> None:
    sheet = Sheet()
    for number, (label, value) in enumerate((("期初余额", "61,000.85"), ("期末余额", "61,171.76"), ("违约金额", "26.96"))):
        sheet.row(80 + 14 * number, (60, "left", label), (400, "right", value))
    sheet.text(180, 128, name).row(138, (60, "left", "状态"), (300, "right", "余额"), (400, "right", "占比"))
    sheet.row(152, (60, "left", "正常"), (300, "right", "60,039.72"), (400, "right", "98.15")).row(166, (60, "left", "违约"), (300, "right", "203.20"), (400, "right", "0.33"))
    tables = [found.table.texts() for found in read_aligned(sheet.content(), [], frozenset())]
    assert [table[0] for table in tables] == [["期初余额", "61,000.85"], ["状态", "余额", "占比"]]


def test_a_unit_line_that_reaches_into_the_header_as_lines_of_scans_do_is_that_of_the_table() -> None:
    lines = Line("基础资产表现（单位：万元）", Box(60, 89.8, 180, 103.1))
    found = with_caption(table(99.8, 300.0), {1: PageText(1, WIDTH, HEIGHT, (lines,))}, [])
    assert "万元" in found.unit_line + found.title

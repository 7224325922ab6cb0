"""Rows of one text over all columns: titles of blocks and groups, notes at the foot, and captions that are none."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from dealproof.tables.readers.aligned import read_aligned
from dealproof.tables.readers.framed import read_framed
from tests.tables.typeset import Sheet

PAIRS = (("期初本金余额", "5,000.00", "本期兑付本金", "100.00"), ("本期付息金额", "20.00", "期末本金余额", "4,900.00"))


def _block(sheet: Sheet, y: float, title: str, labels: float = 65) -> Sheet:
    """A title and two rows of two labels with a value each; every row is 20 points high."""
    sheet.text(65, y + 5, title)
    for number, (first, amount, second, other) in enumerate(PAIRS, 1):
        sheet.row(y + 5 + 20 * number, (labels, "left", first), (270, "right", amount), (labels + 240, "left", second), (500, "right", other))
    return sheet


def _firsts(sheet: Sheet) -> list[list[str]]:
    """The first column of each table."""
    content = sheet.content()
    framed = read_framed(content)
    found = [*framed.tables, *(a.table for a in read_aligned(content, [t.box for t in framed.tables], frozenset(), framed=framed))]
    return [[row[0] for row in table.texts()] for table in sorted(found, key=lambda table: table.box.top)]


BLOCKS = ["优先A级", "期初本金余额", "本期付息金额", "次级", "期初本金余额", "本期付息金额"]


def _bars(sheet: Sheet, heights: Sequence[float]) -> Sheet:
    for y in heights:
        sheet.bar(y, 60, 505)
    return sheet


def test_the_title_of_the_first_block_between_level_lines_is_its_first_row() -> None:
    sheet = _block(_block(_bars(Sheet(), range(100, 221, 20)), 100, "优先A级"), 160, "次级")
    assert _firsts(sheet) == [BLOCKS]


def test_the_title_of_the_first_block_without_lines_is_told_by_that_of_the_others() -> None:
    assert _firsts(_block(_block(Sheet(), 100, "优先A级"), 160, "次级")) == [BLOCKS]


def test_a_title_stands_before_labels_that_are_centred() -> None:
    assert _firsts(_block(_block(Sheet(), 100, "优先A级", 85), 160, "次级", 85)) == [BLOCKS]


def test_a_title_where_upright_lines_stop_ties_the_blocks_together() -> None:
    sheet = _block(_block(_bars(Sheet(), range(100, 221, 20)), 100, "优先A级"), 160, "次级")
    for top in (120, 180):
        for x in (180, 290, 400):
            sheet.post(x, top, top + 40)
    assert _firsts(sheet) == [BLOCKS]


@pytest.mark.parametrize("shift", [-6.0, 6.0])
def test_a_caption_that_is_not_in_the_middle_between_two_tables_does_not_tie_them_together(shift: float) -> None:
    sheet = _bars(Sheet(), (120, 140, 160, 188, 208, 228))
    for top in (120, 188):
        for number, row in enumerate(PAIRS):
            sheet.row(top + 5 + 20 * number, (65, "left", row[0]), (270, "right", row[1]), (305, "left", row[2]), (500, "right", row[3]))
        for x in (180, 290, 400):
            sheet.post(x, top, top + 40)
    sheet.text(65, 169 + shift, "次级资产支持证券")
    assert len(_firsts(sheet)) == 2


def test_cells_that_are_shaded_boxes_parted_by_white_make_a_grid() -> None:
    sheet = Sheet().shade(60.6, 100.6, 504.4, 119.4)
    for top in (120, 140):
        for left, right in ((60, 180), (180, 290), (290, 400), (400, 505)):
            sheet.shade(left + 0.6, top + 0.6, right - 0.6, top + 19.4)
    (table,) = read_framed(_block(sheet, 100, "优先A级").content()).tables
    assert table.texts() == [["优先A级"] * 4, list(PAIRS[0]), list(PAIRS[1])]


def test_shades_behind_lines_of_text_in_shaded_cells_are_no_cells() -> None:
    sheet = Sheet()
    for top in (120, 140):
        for left, right in ((60, 180), (180, 290), (290, 400), (400, 505)):
            sheet.shade(left + 0.6, top + 0.6, right - 0.6, top + 19.4).shade(left + 4, top + 0.8, right - 4, top + 19.2)
    assert read_framed(_block(sheet, 100, "优先A级").content()).tables == []


def test_the_name_of_a_group_below_a_framed_header_does_not_end_the_table() -> None:
    sheet = _bars(Sheet(), range(100, 201, 20))
    for x in (180, 290, 400):
        sheet.post(x, 100, 120)
    sheet.row(105, (65, "left", "证券档次"), (200, "left", "期初余额"), (310, "left", "本期还本"), (420, "left", "期末余额"))
    sheet.text(65, 125, "优先级证券")
    for number, name in enumerate(("优先A级", "优先B级", "次级")):
        sheet.row(145 + 20 * number, (65, "left", name), (280, "right", "5,000.00"), (390, "right", "100.00"), (500, "right", "4,900.00"))
    assert _firsts(sheet) == [["证券档次", "优先级证券", "优先A级", "优先B级", "次级"]]


def test_rows_of_words_that_fill_all_columns_of_a_frame_are_no_header_of_what_follows() -> None:
    sheet = _bars(Sheet(), (100, 120, 140))
    for x in (60, 180, 400, 505):
        sheet.post(x, 100, 140)
    for y, event in ((105, "加速清偿事件"), (125, "权利完善事件")):
        sheet.row(y, (65, "left", event), (190, "left", "受托机构未能足额支付证券利息"), (420, "left", "未发生"))
    sheet.row(150, (65, "left", "期次"), (190, "left", "累计违约金额"), (420, "left", "违约率"))
    for number in range(3):
        sheet.row(170 + 20 * number, (65, "left", str(number + 1)), (280, "right", "100.00"), (470, "right", "0.10%"))
    assert _firsts(sheet)[0] == ["加速清偿事件", "权利完善事件"]


def test_a_note_between_level_lines_at_the_foot_is_the_last_row() -> None:
    sheet = _block(_bars(Sheet(), range(100, 181, 20)), 100, "优先A级").text(65, 165, "注：合计数可能略有差异")
    assert _firsts(sheet) == [["优先A级", "期初本金余额", "本期付息金额", "注：合计数可能略有差异"]]

"""Tables drawn with ruling lines."""

from __future__ import annotations

from dealproof.tables.readers.framed import read_framed
from tests.tables.typeset import Sheet, grid


def test_a_full_grid_gives_one_cell_for_each_box() -> None:
    sheet = grid(Sheet(), [60, 200, 400], [100, 120, 140], [["贷款笔数", "7,421"], ["累计违约率", "0.26"]])
    (table,) = read_framed(sheet.content()).tables
    assert table.texts() == [["贷款笔数", "7,421"], ["累计违约率", "0.26"]]


def test_a_header_merged_over_two_columns_covers_both_places_of_the_grid() -> None:
    sheet = Sheet()
    for y in (100, 120, 140, 160):
        sheet.bar(y, 60 if y != 120 else 200, 500)
    for x, top in ((60, 100), (200, 100), (350, 120), (500, 100)):
        sheet.post(x, top, 160)
    sheet.text(350, 105, "本期末", "middle").row(125, (240, "left", "笔数"), (400, "left", "金额"))
    sheet.row(145, (70, "left", "正常"), (300, "right", "9,700"), (480, "right", "480.00"))
    (table,) = read_framed(sheet.content()).tables
    assert table.texts()[0] == ["", "本期末", "本期末"]
    assert table.texts()[2] == ["正常", "9,700", "480.00"]


def test_a_label_merged_over_rows_stands_beside_each_of_them() -> None:
    sheet = Sheet()
    for y, x0 in ((100, 60), (120, 160), (140, 60)):
        sheet.bar(y, x0, 400)
    for x in (60, 160, 280, 400):
        sheet.post(x, 100, 140)
    sheet.text(90, 115, "规模").row(105, (170, "left", "借据笔数"), (390, "right", "31,000"))
    sheet.row(125, (170, "left", "借款人户数"), (390, "right", "28,830"))
    (table,) = read_framed(sheet.content()).tables
    assert [row[0] for row in table.texts()] == ["规模", "规模"]


def test_a_grid_open_at_left_and_right_keeps_its_outer_columns() -> None:
    sheet = Sheet()
    for y in (100, 120, 140):
        sheet.bar(y, 60, 500)
    for x in (200, 350):
        sheet.post(x, 100, 140)
    sheet.row(105, (70, "left", "档次"), (220, "left", "金额"), (370, "left", "占比"))
    sheet.row(125, (70, "left", "优先A"), (340, "right", "318,000.00"), (490, "right", "76.29"))
    (table,) = read_framed(sheet.content()).tables
    assert table.texts()[1] == ["优先A", "318,000.00", "76.29"]


def test_shaded_cells_draw_no_lines_of_a_grid() -> None:
    sheet = Sheet().shade(60, 100, 500, 120).row(105, (70, "left", "档次"), (220, "left", "金额"))
    assert read_framed(sheet.content()).tables == []

"""Tables of which few lines are drawn: what a group's label names, and columns that one upright line leaves untold."""

from __future__ import annotations

import pytest

from dealproof.tables.join import Part, join_parts
from dealproof.tables.readers.aligned import read_aligned
from dealproof.tables.readers.framed import read_framed
from tests.tables.typeset import Sheet

INCOME = (("正常回收", "61.03"), ("提前偿还", "837.13"), ("拖欠回收", "848.07"), ("合计", "1,746.23"))
PRINCIPAL = (("正常回收", "757.72"), ("提前偿还", "24.95"), ("合计", "782.67"))


def _read(sheet: Sheet) -> list[list[str]]:
    framed = read_framed(sheet.content())
    tables = [*framed.tables, *(found.table for found in read_aligned(sheet.content(), [t.box for t in framed.tables], frozenset(), framed=framed))]
    (table,) = tables
    return table.texts()


@pytest.mark.parametrize(("first", "second"), [(INCOME, PRINCIPAL), (PRINCIPAL, INCOME), (INCOME, INCOME)])
def test_labels_of_groups_that_only_the_rules_above_their_totals_leave_out_name_their_own_rows(
    first: tuple[tuple[str, str], ...], second: tuple[tuple[str, str], ...]
) -> None:
    rows = [*first, *second]
    sheet = Sheet().bar(80, 60, 420).row(85, (70, "left", "账户"), (150, "left", "项目"), (410, "right", "本期金额")).bar(100, 60, 420)
    for number, (name, value) in enumerate(rows):
        sheet.row(105 + 20 * number, (150, "left", name), (410, "right", value))
        if name == "合计":
            sheet.bar(100 + 20 * number, 140, 420)
    sheet.text(70, 105, "收入账").text(70, 105 + 20 * len(first), "本金账").bar(100 + 20 * len(rows), 60, 420)
    assert [row[0] for row in _read(sheet)[1:]] == ["收入账"] * len(first) + ["本金账"] * len(second)


def _joined(first: Sheet, second: Sheet) -> list[list[str]]:
    parts: list[Part] = []
    for sheet in (first, second):
        above = parts[-1] if parts else None
        found = read_aligned(sheet.content(), [], frozenset(), above.columns if above else (), table_above=above.table if above else None)
        parts += [Part(each.table, each.gutters) for each in found]
    (table,) = join_parts(parts, {sheet.number: sheet.page_text() for sheet in (first, second)})
    return table.texts()


def test_a_groups_total_alone_on_the_next_page_stands_among_the_rows_of_its_group() -> None:
    first = Sheet(1).row(600, (70, "left", "账户"), (150, "left", "项目"), (410, "right", "本期金额"))
    rows = [*INCOME, *PRINCIPAL[:-1]]
    for number, (name, value) in enumerate(rows):
        first.row(620 + 20 * number, (150, "left", name), (410, "right", value))
    first.text(70, 620, "收入账").text(70, 620 + 20 * len(INCOME), "本金账")
    second = Sheet(2).row(60, (150, "left", "合计"), (410, "right", "782.67"))
    assert _joined(first, second)[-1] == ["本金账", "合计", "782.67"]


def test_a_total_alone_on_the_next_page_stands_over_the_serial_and_the_name() -> None:
    first = Sheet(1).row(700, (70, "left", "序号"), (150, "left", "费用名称"), (410, "right", "金额"))
    for number, (name, value) in enumerate((("审计费", "15.06"), ("跟踪评级费", "16.29"), ("税收", "9.99"))):
        first.row(720 + 20 * number, (80, "middle", str(number + 1)), (150, "left", name), (410, "right", value))
    second = Sheet(2).row(60, (80, "middle", "合计"), (410, "right", "41.34"))
    assert _joined(first, second)[-1] == ["合计", "合计", "41.34"]


def _first_upright(sheet: Sheet, heights: list[float], at: float, right: float) -> Sheet:
    for y in heights:
        sheet.bar(y, 60, right)
    return sheet.post(at, heights[0], heights[-1])


def test_columns_a_hair_apart_are_parted_in_a_frame_with_its_first_upright_line_alone() -> None:
    sheet = _first_upright(Sheet(), [80, 100, 120, 140, 160], 140, 260)
    sheet.row(85, (70, "left", "放款月份"), (145, "left", "第1期"), (175, "left", "第2期"))
    sheet.row(105, (70, "left", "2021年2月"), (145, "left", "0.39%"), (173, "left", "0.78%"), (201, "left", "0.93%"))
    sheet.row(125, (70, "left", "2021年3月"), (145, "left", "0.10%"), (173, "left", "0.50%"), (201, "left", "0.81%"))
    sheet.row(145, (70, "left", "2021年4月"), (145, "left", "0.15%"), (173, "left", "0.38%"), (201, "left", "0.64%"))
    assert _read(sheet)[1][1:] == ["0.39%", "0.78%", "0.93%"]


def test_blanks_between_thousands_part_no_columns() -> None:
    sheet = _first_upright(Sheet(), [100, 120, 140, 160, 180], 200, 400)
    for number, value in enumerate(("850 120 000.00", "729 000 000.00", "611 620 000.00", "103 150 000.00")):
        sheet.row(105 + 20 * number, (70, "left", f"第{number + 1}期余额"), (390, "right", value))
    assert [len(row) for row in _read(sheet)] == [2] * 4


def test_phrases_side_by_side_in_most_ruled_rows_are_columns_though_one_of_them_wraps() -> None:
    sheet = _first_upright(Sheet(), [80, 100, 160, 220, 280], 100, 530)
    sheet.row(85, (70, "left", "序号"), (140, "left", "事项"), (300, "left", "说明"), (480, "left", "情况"))
    for number, name in enumerate(("违约事件", "加速清偿事件", "权利完善事件")):
        y = 105 + 60 * number
        sheet.row(y, (80, "middle", str(number + 1)), (120, "left", name), (240, "left", "法定到期日后仍未清偿全部优先级证券"), (470, "left", "未发生"))
        sheet.text(240, y + 12, "本金及其利息且持续五个工作日以上未能").text(240, y + 24, "补足相应款项")
    assert _read(sheet)[1][1] == "违约事件"
    assert len(_read(sheet)[1]) == 4


def test_a_name_wider_than_the_count_below_it_still_parts_that_from_the_year_in_front() -> None:
    sheet = Sheet().row(80, (55, "left", "年度"), (97, "middle", "期数"), (160, "middle", "收款期间"), (400, "right", "违约率"))
    for number in range(6):
        sheet.row(100 + 20 * number, (97, "middle", str(number + 1)), (109, "left", f"2023/0{number + 1}/01-2023/0{number + 1}/28"), (400, "right", "0.10"))
    sheet.text(60, 100, "2023年").text(60, 160, "2024年")
    assert [row[:2] for row in _read(sheet)[1:]] == [["2023年" if number < 4 else "2024年", str(number)] for number in range(1, 7)]


def test_a_word_spaced_apart_over_two_columns_of_a_frame_is_one_heading() -> None:
    places = (60, 140, 220, 320, 420)
    sheet = Sheet()
    for y, begin in ((80, 60), (100, 220), (120, 60), (140, 60), (160, 60)):
        sheet.bar(y, begin, 420)
    for x in places:
        sheet.post(x, 100 if x == 320 else 80, 160)
    sheet.text(70, 90, "次数").text(150, 90, "日期").text(307, 85, "本").text(322, 85, "期")
    sheet.row(105, (230, "left", "入池本金"), (330, "left", "支付对价"))
    for number, day in enumerate(("2023-03-12", "2023-06-12")):
        sheet.row(125 + 20 * number, (80, "left", str(number + 1)), (150, "left", day), (310, "right", "0.8241"), (410, "right", "0.8118"))
    assert ["".join(text.split()) for text in _read(sheet)[0]] == ["次数", "日期", "本期", "本期"]


@pytest.mark.parametrize("short", [("法定到期日后仍未清偿",), ("法定到期日后仍未清偿", "未按约定还款")])
def test_a_long_text_that_nearly_touches_the_next_column_does_not_run_into_it(short: tuple[str, ...]) -> None:
    sheet = Sheet().bar(80, 60, 420).row(85, (70, "left", "事项"), (150, "left", "说明"), (310, "left", "情况")).bar(100, 60, 420)
    long = ("受托机构未能在五个工作日内支付", "主体信用等级低于约定级别的时候")  # 15 letters of 10 points: they end at 300
    texts = [*short, *long]
    for number, text in enumerate(texts):
        sheet.row(105 + 20 * number, (70, "left", f"事件{number}"), (153, "left", text), (309, "left", "未发生"))
    sheet.bar(100 + 20 * len(texts), 60, 420)
    assert [row[1:] for row in _read(sheet)[1:]] == [[text, "未发生"] for text in texts]


@pytest.mark.parametrize("labels", [("本期兑付|前本金余|额", "本期支付|利息"), ("本期支付|利息", "本期兑付|前本金余|额")])
def test_a_label_of_three_lines_keeps_its_last_line_and_the_name_of_the_next_block_its_own_row(labels: tuple[str, str]) -> None:
    sheet, y = Sheet().bar(75, 60, 420), 80.0
    for name in ("优先档资产支持证券", "次级档资产支持证券"):
        sheet.text(70, y, name)
        y += 18
        for label in labels:
            first, *rest = label.split("|")
            sheet.row(y, (70, "left", first), (260, "right", "1,320,550,000.00"), (290, "left", "期末未偿本金余额"), (420, "right", "955,549,980.00"))
            for line in rest:
                y += 12.8
                sheet.text(70, y, line)
            y += 18
    names = [row[0].replace("\n", "") for row in _read(sheet.bar(y, 60, 420))]
    whole = [label.replace("|", "") for label in labels]
    assert names == ["优先档资产支持证券", *whole, "次级档资产支持证券", *whole]

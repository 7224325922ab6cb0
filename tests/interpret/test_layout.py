"""Which of the first rows of a table are its header."""

from __future__ import annotations

from dataclasses import replace

from dealproof.interpret.layout import matrix
from dealproof.model.table import Table
from tests.interpret.tables import table_of

NAMES = ["状态", "余额（元）", "占比", "余额（元）", "占比"]
ROW = ["未逾期", "900", "90%", "920", "92%"]


def merged(rows: list[list[str]], places: dict[tuple[int, int], int]) -> Table:
    """A table in which the cells at these places (row, column) reach over so many columns."""
    table = table_of(rows)
    hidden = {(row, col + n) for (row, col), span in places.items() for n in range(1, span)}
    cells = [replace(cell, col_span=places.get((cell.row, cell.col), 1)) for cell in table.cells]
    return replace(table, cells=tuple(cell for cell in cells if (cell.row, cell.col) not in hidden))


def test_days_merged_over_columns_that_the_row_below_names_are_the_upper_level_of_a_header() -> None:
    days = ["状态", "2025年3月31日", "", "2025年6月30日", ""]
    grid = matrix(merged([days, NAMES, ROW], {(0, 1): 2, (0, 3): 2}))
    assert [len(grid.header), len(grid.body)] == [2, 1]
    assert grid.header_text(3) == "2025年6月30日余额(元)"


def test_a_day_merged_as_the_value_of_a_label_is_no_header() -> None:
    rows = [["报告日期", "2025年6月30日", "", ""], ["受托机构", "云海信托", "资产服务机构", "云帆小贷"], ["期初余额", "900", "期末余额", "800"]]
    grid = matrix(merged(rows, {(0, 1): 3}))
    assert len(grid.header) < 2


def test_days_in_columns_of_their_own_are_values() -> None:
    rows = [["项目", "起始日", "终止日"], ["收款期间", "2025年3月1日", "2025年6月30日"], ["说明", "见上", "见上"]]
    assert len(matrix(table_of(rows)).header) == 1

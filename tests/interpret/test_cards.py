"""Tiles that hold a label and its figure, and tables that only look alike."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from dealproof.interpret.read_tables import read_tables
from dealproof.interpret.unfolded import unfolded
from tests.interpret.tables import context_of, table_of, values_of


@pytest.mark.parametrize("rows", [
    [["期末未偿本金余额\n178,760.83万元", "", "累计违约率\n0.38%"]],
    [["178,760.83万元\n期末未偿本金余额", "", "0.38%\n累计违约率"]],
    [["期末未偿本金余额：178,760.83万元"], ["累计违约率：0.38%"]],
])  # fmt: skip
def test_a_label_and_its_figure_in_one_cell_are_told_apart(rows: list[list[str]]) -> None:
    table = table_of(rows, title="核心指标")
    plain = context_of()
    (entry,) = read_tables(replace(plain, extract=replace(plain.extract, tables=(table,))))
    found = values_of(entry.reading.facts, "performance", "value")
    assert sorted(found.values()) == [Decimal("0.38"), Decimal("1787608300.00")]
    assert all(place in {(cell.row, cell.col) for cell in table.cells} for place in entry.reading.used)


def test_a_table_whose_cells_wrap_is_left_as_it_is() -> None:
    table = table_of([["项目", "金额\n（万元）"], ["期末\n余额", "1,200.00"], ["累计\n违约", "3.00"]])
    assert unfolded(table).table is table

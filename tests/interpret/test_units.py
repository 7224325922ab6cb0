"""The unit of a figure: the level nearest to it is trusted most, and two that differ are a question."""

from __future__ import annotations

from decimal import Decimal
from itertools import combinations

import pytest

from dealproof.interpret.units import Figure, UnitSources, read_figure
from dealproof.values.parsed import Refused

#: From the most trusted level to the least.
LEVELS = ("row_label", "column_header", "title", "unit_line", "footnote", "section")


def figure(text: str, quantity: str, **levels: str) -> Figure:
    read = read_figure(text, quantity, UnitSources(**levels))
    assert isinstance(read, Figure)
    return read


@pytest.mark.parametrize(("near", "far"), list(combinations(LEVELS, 2)))
@pytest.mark.parametrize(
    ("one", "other", "factor"), [("万元", "元", 10_000), ("元", "万元", 1), ("亿元", "百万元", 100_000_000)]
)
def test_of_two_levels_the_nearer_one_gives_the_unit(near: str, far: str, one: str, other: str, factor: int) -> None:
    read = figure("12.5", "money", **{near: f"单位：{one}", far: f"单位：{other}"})
    assert (read.value, read.unit_from, read.unit_text) == (Decimal("12.5") * factor, near, one)


@pytest.mark.parametrize("level", LEVELS)
def test_the_unit_in_the_cell_goes_before_every_other(level: str) -> None:
    read = figure("12.5万元", "money", **{level: "单位：元"})
    assert (read.value, read.unit_from) == (Decimal(125_000), "cell")


@pytest.mark.parametrize(
    ("near", "far"), list(combinations(("row_label", "column_header", "title", "unit_line", "footnote"), 2))
)
def test_two_levels_that_differ_are_a_question(near: str, far: str) -> None:
    assert figure("12.5", "money", **{near: "单位：万元", far: "单位：元"}).conflict
    assert figure("12.5", "money", **{near: "单位：万元", far: "单位：人民币万元"}).conflict == ""


def test_the_unit_line_of_another_table_of_the_section_is_no_contradiction() -> None:
    assert figure("12.5", "money", unit_line="单位：万元", section="单位：元").conflict == ""


def test_a_unit_of_another_kind_says_nothing_of_the_figure() -> None:
    read = figure("12.5", "pct", unit_line="单位：万元", column_header="占比（%）")
    assert (read.value, read.unit_from, read.conflict) == (Decimal("12.5"), "column_header", "")


def test_per_mille_in_a_header_is_kept_in_per_cent() -> None:
    assert figure("3.5", "pct", column_header="累计违约率（‰）").value == Decimal("0.35")
    assert figure("3.5‰", "pct", column_header="累计违约率（%）").conflict


@pytest.mark.parametrize(
    ("quantity", "header"), [("pct", "违约率（%/‰）"), ("money", "余额（元/万元）"), ("years", "期限（月/年）")]
)
def test_a_header_with_two_units_for_one_figure_is_a_question(quantity: str, header: str) -> None:
    assert figure("3.5", quantity, column_header=header).conflict
    assert figure("3.5", quantity, column_header=header, row_label=header.replace("/", "）（")).conflict


def test_one_unit_said_nearer_settles_a_header_with_two() -> None:
    assert figure("3.5", "pct", row_label="违约率（‰）", column_header="比例（%/‰）").value == Decimal("0.35")


@pytest.mark.parametrize(("printed", "quantity"), [
    ("80万元", "pct"), ("80%", "money"), ("12.5年", "pct"), ("35笔", "money"), ("80%", "count"), ("80元", "years"), ("3.5‰", "years"),
])  # fmt: skip
def test_a_figure_with_the_unit_of_another_quantity_is_refused(printed: str, quantity: str) -> None:
    assert isinstance(read_figure(printed, quantity, UnitSources()), Refused)

"""A cell of the dataset is one thing, whoever speaks of it."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from dealproof.model.cell import DatasetCell

PART = st.text(st.characters(exclude_characters="|", exclude_categories=["Cs"]), max_size=6)


@given(st.lists(PART, min_size=1, max_size=5))
def test_a_cell_read_back_from_where_evidence_names_it_is_the_same_cell(parts: list[str]) -> None:
    cell = DatasetCell("pool_stats", tuple(parts), "value")
    row = dict(zip(("table", "key", "column"), cell.named, strict=True))
    assert DatasetCell.told_by(row) == cell == cell.as_told


def test_a_cell_whose_label_holds_the_sign_between_parts_is_found_as_it_is_told() -> None:
    read = DatasetCell("cash_flows", ("远岫2031-1", "3", "income", "支出|-其他"), "amount")
    told = DatasetCell.of_text("cash_flows", "远岫2031-1|3|income|支出|-其他", "amount")
    assert read != told
    assert read.as_told == told
    assert read.named == told.named

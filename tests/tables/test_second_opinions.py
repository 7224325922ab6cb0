"""Tables that do not add up as we read them are shown to other programs; what these see decides only with arithmetic."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from dealproof.model.evidence import Box
from dealproof.model.table import Table
from dealproof.tables.readers.framed import read_framed
from dealproof.tables.readers.proposals import Proposal, ProposedCell, Proposer
from dealproof.tables.second_opinions import DOUBT, View, sums_of, with_second_opinions
from tests.tables.typeset import Sheet, grid

XS, YS = [60.0, 200.0, 330.0, 460.0], [100.0, 120.0, 140.0, 160.0, 180.0]
RIGHT = [["状态", "笔数", "余额"], ["正常", "9,700", "480.00"], ["逾期", "90", "5.50"], ["合计", "9,790", "485.50"]]
OTHERWISE_WRONG = [["状态", "笔数", "余额"], ["正常", "97", "8.00"], ["逾期", "90", "5.50"], ["合计", "9,790", "485.50"]]
WRONG = [["状态", "笔数", "余额"], ["正常", "970", "48.00"], ["逾期", "90", "5.50"], ["合计", "9,790", "485.50"]]


def _table(rows: list[list[str]]) -> Table:
    (table,) = read_framed(grid(Sheet(), XS, YS, rows).content()).tables
    return table


def _proposal(rows: list[list[str]], box: Box | None = None) -> Proposal:
    cells = tuple(
        ProposedCell(text, row, col, Box(XS[col], YS[row], XS[col + 1], YS[row + 1]))
        for row, texts in enumerate(rows)
        for col, text in enumerate(texts)
    )
    return Proposal("camelot.lattice", 1, box or Box(60, 100, 460, 180), cells, len(rows), 3)


def _seen(*proposals: Proposal) -> tuple[list[int], View]:
    asked: list[int] = []

    def ask(path: Path, numbers: Sequence[int], proposers: Sequence[Proposer]) -> Mapping[int, Sequence[Proposal]]:
        asked.extend(numbers)
        return {1: proposals}

    return asked, ask


def test_a_grid_under_which_the_columns_add_up_takes_the_place_of_one_under_which_none_does_and_is_asked() -> None:
    _, ask = _seen(_proposal(RIGHT))
    (table,) = with_second_opinions(Path("a.pdf"), [_table(WRONG)], ask)
    assert table.texts() == RIGHT
    assert {cell.doubt for cell in table.cells} == {DOUBT}


@pytest.mark.parametrize(
    "proposal", [_proposal(OTHERWISE_WRONG), _proposal(RIGHT, Box(60, 100, 460, 400))], ids=["as wrong as ours", "at another place"]
)
def test_a_grid_that_proves_nothing_changes_nothing(proposal: Proposal) -> None:
    _, ask = _seen(proposal)
    (table,) = with_second_opinions(Path("a.pdf"), [_table(WRONG)], ask)
    assert table.texts() == WRONG


def test_nobody_is_asked_where_a_column_adds_up_or_nothing_can_be_added() -> None:
    no_total = [*RIGHT[:3], ["备注", "无", "无"]]
    asked, ask = _seen(_proposal(RIGHT))
    with_second_opinions(Path("a.pdf"), [_table(RIGHT), _table(no_total)], ask)
    assert asked == []


def test_groups_with_sums_of_their_own_are_not_held_against_the_total() -> None:
    rows = [["状态", "笔数", "余额"], ["正常", "9,700", "480.00"], ["小计", "9,700", "480.00"], ["合计", "9,700", "480.00"]]
    assert sums_of(_table(rows)).tried == 0

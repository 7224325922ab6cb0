"""Rows of a table of labels with values that another kind knows: one table may state dates, the pool and its defaults.

The kind that is surest reads the table; the rows that say nothing to it are given to the other kinds of labels with values,
as a table of their own under the same header. What is known to none of them stays with the first, which asks.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from dealproof.interpret.context import Context, KindReader, Reading
from dealproof.interpret.layout import is_figure, matrix, text_of
from dealproof.interpret.own_parts import OwnPart, reduced
from dealproof.interpret.period_columns import history_claim
from dealproof.interpret.scope_of_table import against_kind
from dealproof.mappings.fields import IGNORED
from dealproof.model.evidence import Problem
from dealproof.model.table import Cell, Table

#: Kinds whose rows stand for themselves: a label, and its values beside it.
_OF_ROWS = ("performance", "pool_stats", "dates")
#: Those that are asked for the rows of the others, in this order: a report speaks of its period first.
_ASKED = ("performance", "pool_stats")


@dataclass(frozen=True, slots=True)
class _Share:
    """The rows of a table that one kind knows, with what it read of them."""

    rows: tuple[int, ...]
    reading: Reading


def with_rest(part: OwnPart, name: str, reading: Reading, kinds: Sequence[KindReader], ctx: Context) -> Reading:
    """The reading of a table by the kind `name`, with what other kinds read of the rows that it left."""
    if name not in _OF_ROWS or history_claim(part.table, ctx):
        return reading
    for kind in sorted((kind for kind in kinds if kind.NAME in _ASKED and name != kind.NAME), key=lambda k: _ASKED.index(k.NAME)):
        share = _share(part, kind, reading, ctx)
        if share is not None:
            reading = _together(part.table, reading, share)
    return reading


def _share(part: OwnPart, kind: KindReader, reading: Reading, ctx: Context) -> _Share | None:
    table = part.table
    grid, head = table.grid(), matrix(table).first_row
    wanted = tuple(
        index
        for index in range(head, table.n_rows)
        if _is_left(grid[index], reading) and _is_known(grid[index], kind.NAME, ctx)
    )
    if not wanted or against_kind(replace(part, table=table), kind.NAME, ctx):
        return None
    rows = (*range(head), *wanted)
    read = kind.read(reduced(table, rows, range(table.n_cols)), ctx)
    if not read.facts:
        return None
    used = frozenset((rows[row], col) for row, col in read.used if row < len(rows))
    return _Share(wanted, replace(read, used=used))


def _is_left(row: Sequence[Cell | None], reading: Reading) -> bool:
    """Whether a row has a figure, and nothing of it was understood."""
    has_figure = any(cell is not None and re.search(r"\d", cell.text) for cell in row[1:])
    return has_figure and not any(cell is not None and (cell.row, cell.col) in reading.used for cell in row)


def _is_known(row: Sequence[Cell | None], group: str, ctx: Context) -> bool:
    label = text_of(row[0])
    known = ctx.labels.find(group, label) if label and not is_figure(label) else None
    return known is not None and known.field != IGNORED


def _together(table: Table, reading: Reading, share: _Share) -> Reading:
    """Both readings as one, without questions about labels that the second kind knows."""
    grid = table.grid()
    labels = {(cell.page, cell.box) for row in share.rows if (cell := grid[row][0]) is not None}

    def is_answered(problem: Problem) -> bool:
        return problem.code == "unknown_label" and problem.box is not None and (problem.page, problem.box) in labels

    kept = tuple(problem for problem in reading.problems if not is_answered(problem))
    return Reading(
        (*reading.facts, *share.reading.facts), (*kept, *share.reading.problems), reading.used | share.reading.used
    )

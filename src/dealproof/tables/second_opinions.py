"""Where a total row stands and no column adds up to it, the grid may be wrong: other programs are asked how they see the table.

pdfplumber and camelot read the bare page with their own detection. A proposal is taken only where arithmetic proves it and not
ours, and then every cell of it is asked: a person sees the page before a figure of it is used.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.tables.readers.proposals import PROPOSERS, Proposal, Proposer, proposals
from dealproof.text import squeeze
from dealproof.values.numbers import parse_number
from dealproof.values.parsed import Parsed

View = Callable[[Path, Sequence[int], Sequence[Proposer]], Mapping[int, Sequence[Proposal]]]
_TOTALS = frozenset(("合计", "总计", "共计", "total"))
_PARTIAL = frozenset(("小计", "subtotal"))
#: Columns that must be tried, and rows above a total, before sums say anything; half a printed unit of a share.
_COLUMNS, _ROWS, _ROUNDING = 2, 2, Decimal("0.005")
#: Share of our table that a proposal must cover, and of the proposal that must lie in it.
_SAME_PLACE = 0.7
_log = logging.getLogger(__name__)
DOUBT = "no column of this table adds up to its total as we read it; the grid is that of another program, under which they do"


@dataclass(frozen=True, slots=True)
class Sums:
    """How many columns of figures stand above a total row, and how many of them add up to it."""

    tried: int = 0
    right: int = 0


def sums_of(table: Table) -> Sums:
    """The sums of a table whose last row is its total; nothing is tried where there is none, or where groups have their own."""
    rows = table.texts()
    if len(rows) <= _ROWS or _label(rows[-1]) not in _TOTALS or any(_label(row) in _PARTIAL | _TOTALS for row in rows[:-1]):
        return Sums()
    tried = right = 0
    for column, total in enumerate(_number(text) for text in rows[-1]):
        parts = [value for row in rows[:-1] if (value := _number(row[column])) is not None]
        if column and total is not None and len(parts) >= _ROWS:
            tried += 1
            right += abs(sum(parts, Decimal(0)) - total) <= _ROUNDING * len(parts)
    return Sums(tried, right)


def with_second_opinions(path: Path, tables: Sequence[Table], view: View = proposals) -> list[Table]:
    """The tables, with the grid of another program in place of one of a single page under which no column adds up.

    How many tables were asked about, and how many got another grid, is logged.
    """
    open_ones = [table for table in tables if is_open(table)]
    if not open_ones:
        return list(tables)
    seen = view(path, sorted({table.pages[0] for table in open_ones}), PROPOSERS)
    found: dict[int, Table] = {}
    for table in open_ones:
        better = next((made for each in seen.get(table.pages[0], ()) if (made := _in_place_of(table, each)) is not None), None)
        if better is not None:
            found[id(table)] = better
    _log.info("%d tables were shown to other programs, %d got another grid", len(open_ones), len(found), extra={"file": str(path)})
    return [found.get(id(table), table) for table in tables]


def is_open(table: Table) -> bool:
    """Whether arithmetic speaks against the grid of a table of one page: columns can be tried, and none adds up."""
    sums = sums_of(table) if len(table.pages) == 1 else Sums()
    return sums.tried >= _COLUMNS and not sums.right


def stands_at(proposal: Proposal, table: Table) -> bool:
    """Whether a proposal is of the same place of the page as a table."""
    return _area(_common(table.box, proposal.box)) >= _SAME_PLACE * max(_area(table.box), _area(proposal.box))


def _in_place_of(table: Table, proposal: Proposal) -> Table | None:
    """The table in the grid of a proposal, where it stands at the same place and most columns add up under it."""
    if not stands_at(proposal, table):
        return None
    cells = tuple(
        Cell(cell.text, cell.row, cell.col, 1, 1, proposal.page, cell.box, proposal.proposer, doubt=DOUBT)
        for cell in proposal.cells
    )
    made = replace(
        table, cells=cells, n_rows=proposal.n_rows, n_cols=proposal.n_cols, box=proposal.box, readers=(proposal.proposer,)
    )
    sums = sums_of(made)
    return made if sums.tried >= _COLUMNS and 2 * sums.right > sums.tried else None


def _common(one: Box, other: Box) -> Box:
    return Box(
        max(one.x0, other.x0), max(one.top, other.top), min(one.x1, other.x1), min(one.bottom, other.bottom)
    )


def _area(box: Box) -> float:
    return max(box.x1 - box.x0, 0.0) * max(box.bottom - box.top, 0.0)


def _label(row: Sequence[str]) -> str:
    return next((squeeze(text).lower() for text in row if text.strip()), "")


def _number(text: str) -> Decimal | None:
    read = parse_number(squeeze(text).removesuffix("%"))
    return read.value if isinstance(read, Parsed) else None

"""What a failed check may propose: a correction only where no other mend does as well, and a missing row among the mends.

Parts that fall short of their total in several columns at once want a row, not a correction; and while something of the
table was not read, no figure of it is blamed for what that would explain.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from dealproof.dataset.format_values import write
from dealproof.dataset.readings import Reading
from dealproof.model.cell import DatasetCell
from dealproof.model.evidence import Problem
from dealproof.reconcile.blame import Doubt, Suspect
from dealproof.reconcile.equations import Sum
from dealproof.reconcile.identity import Checked

#: Documents and tables of which something was printed and not read.
Unread = frozenset[tuple[str, str]]
_NOT_READ = frozenset({"unknown_label", "unit_unclear", "low_confidence"})


def unread_parts(problems: Iterable[Problem], chosen: Mapping[DatasetCell, Reading]) -> Unread:
    """The tables of documents in which a doubt stands where the dataset shows no value."""
    shown = {cell.named for cell in chosen}
    return frozenset(
        (item.document_id, item.table)
        for item in problems
        if item.code in _NOT_READ and item.document_id and (item.table, item.key, item.column) not in shown
    )


def spared(problem: Problem, doubt: Doubt, chosen: Mapping[DatasetCell, Reading], unread: Unread) -> Problem:
    """Return the question of a failed check without blame that may fall on a healthy figure."""
    short = [found for item in doubt.failing if (found := _short(item)) is not None]
    if not short:
        return problem if _is_only_mend(doubt.suspects) else replace(problem, suggestions=(), candidates=())
    wanting = ", ".join(dict.fromkeys(f"{each.column} {write(each.by)}" for each in short))
    beside = any((chosen[cell].document_id, each.table) in unread for each in short for cell in each.cells[:1])
    if beside or len({each.column for each in short}) > 1:
        why = "a row of this table was not read, or is missing here" if beside else "a row is missing here"
        told, _, _ = problem.message.partition(" Likeliest:")
        return replace(
            problem, message=f"{told} As it seems {why}: the rows fall short of the total by {wanting}.",
            remedy="Look at the page for a row that is not in the dataset before any figure is corrected.",
            table=short[0].table, key=short[0].cells[0][1][0], column="", value=wanting, suggestions=(), candidates=(),
        )  # fmt: skip
    return replace(problem, message=f"{problem.message} Or a row is missing here: {wanting} is wanting.", suggestions=())


@dataclass(frozen=True, slots=True)
class _Short:
    """Rows of one column whose sum falls short of its total, and by how much."""

    table: str
    column: str
    by: Decimal
    cells: tuple[DatasetCell, ...]


def _short(item: Checked) -> _Short | None:
    shape = item.tie.shape
    if not item.fails or not isinstance(shape, Sum) or item.residual is None or item.residual >= 0:
        return None
    cells = tuple(cell for factor, cell in shape.left if factor == 1)
    places = {(table, column) for table, _, column in cells}
    if len(cells) < max(2, len(shape.left)) or len(places) != 1:
        return None
    ((table, column),) = places
    return _Short(table, column, -item.residual, cells)


def _is_only_mend(suspects: tuple[Suspect, ...]) -> bool:
    """Whether nobody else explains as much as the first suspect."""
    if len(suspects) < 2:
        return True
    first, second = suspects[:2]
    return (first.weight, bool(first.mistake)) != (second.weight, bool(second.mistake))

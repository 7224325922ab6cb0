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
from dealproof.reconcile.equations import Share, Sum
from dealproof.reconcile.identity import Checked

#: A table and the keys of the rows that are added up.
_Rows = tuple[str, frozenset[tuple[str, ...]]]
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


def blameless(
    questions: Iterable[tuple[Problem, Doubt]], chosen: Mapping[DatasetCell, Reading], unread: Unread
) -> list[Problem]:
    """Return the questions of failed checks without blame that may fall on a healthy figure; columns that want the same row
    are one question."""
    asked = list(questions)
    wanting: dict[_Rows, dict[str, Decimal]] = {}
    for _, doubt in asked:
        for each in _short_of_a_row(doubt):
            wanting.setdefault(each.rows, {})[each.column] = each.by
    found: dict[_Rows | int, Problem] = {}
    for number, (problem, doubt) in enumerate(asked):
        short = _short_of_a_row(doubt)
        if not short:
            found[number] = problem if _is_only_mend(doubt.suspects) else replace(problem, suggestions=(), candidates=())
            continue
        rows, columns = short[0].rows, wanting[short[0].rows]
        beside = (chosen[short[0].cell].document_id, rows[0]) in unread
        if beside or len(columns) > 1:
            found.setdefault(rows, _for_a_row(problem, rows, columns, beside))
        else:
            told = f"{problem.message} Or a row is missing here: {_listed(columns)} is wanting."
            found[number] = replace(problem, message=told, suggestions=())
    return list(found.values())


def _for_a_row(problem: Problem, rows: _Rows, columns: Mapping[str, Decimal], beside: bool) -> Problem:
    """The question for the row that rows want, which names no figure."""
    why = "a row of this table was not read, or is missing here" if beside else "a row is missing here"
    failing, _, _ = problem.message.partition(" Likeliest:")
    return replace(
        problem, message=f"{failing} As it seems {why}: the rows fall short of their total by {_listed(columns)}.",
        remedy="Look at the page for a row that is not in the dataset before any figure is corrected.",
        table=rows[0], key=next(iter(rows[1]))[0], column="", value=_listed(columns), suggestions=(), candidates=(),
    )  # fmt: skip


def _listed(columns: Mapping[str, Decimal]) -> str:
    return ", ".join(f"{name} {write(by)}" for name, by in sorted(columns.items()))


@dataclass(frozen=True, slots=True)
class _Short:
    """Rows of one column whose sum falls short of its total, and by how much; `cell` is one of them."""

    rows: _Rows
    column: str
    by: Decimal
    cell: DatasetCell


def _short_of_a_row(doubt: Doubt) -> list[_Short]:
    """The sums of a doubt that fall short, if one row more would mend all that fails."""
    failing = [item for item in doubt.failing if item.tie.shape.is_equation]
    short = [found for item in failing if (found := _short(item)) is not None]
    others = [item for item in failing if _short(item) is None]
    return short if short and all(_is_share_of_rows(item) for item in others) else []


def _is_share_of_rows(item: Checked) -> bool:
    """Whether an identity divides by the sum of rows, which a missing row makes too small."""
    return isinstance(item.tie.shape, Share) and len(item.tie.shape.whole) > 1


def _short(item: Checked) -> _Short | None:
    shape = item.tie.shape
    if not item.fails or not isinstance(shape, Sum) or item.residual is None or item.residual >= 0:
        return None
    cells = [cell for factor, cell in shape.left if factor == 1]
    places = {(table, column) for table, _, column in cells}
    if len(cells) < max(2, len(shape.left)) or len(places) != 1:
        return None
    ((table, column),) = places
    return _Short((table, frozenset(key for _, key, _ in cells)), column, -item.residual, cells[0])


def _is_only_mend(suspects: tuple[Suspect, ...]) -> bool:
    """Whether nobody else explains as much as the first suspect."""
    if len(suspects) < 2:
        return True
    first, second = suspects[:2]
    return (first.weight, bool(first.mistake)) != (second.weight, bool(second.mistake))

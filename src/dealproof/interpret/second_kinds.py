"""Rows of a table that another kind of table knows than the one that read it.

A table of the pool's performance may hold its largest loan, the number of its borrowers, who its servicer is. What the kind
that claimed the table made no fact of is offered to the others; a label that nobody else knows keeps its question.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from dealproof.interpret.account_lines import is_balance_of_pool
from dealproof.interpret.context import Context, KindReader, Reading
from dealproof.interpret.layout import matrix
from dealproof.interpret.own_parts import OwnPart, reduced
from dealproof.interpret.period_columns import history_claim
from dealproof.interpret.scope_of_table import against_kind
from dealproof.model.table import Cell, Table
from dealproof.text import squeeze
from dealproof.values.tranches import tranche_named

#: Kinds of lists of labels with values, of which one table may hold several.
_LISTS = ("performance", "pool_stats", "triggers", "parties", "tranches")
_OF_THE_POOL = frozenset(("performance", "pool_stats"))
_PAYMENTS = "tranche_payments"
_FLOWS = "cash_flows"
_FIRST = frozenset((*_LISTS, "dates", _PAYMENTS, _FLOWS))
#: What payments to tranches that stand side by side may have among their rows: their codes, coupons, sizes.
_BESIDE_PAYMENTS = ("tranches",)
_LISTED = re.compile(r"^(?:[一二三四五六七八九十]{1,2}、|\([一二三四五六七八九十\d]+\)|\d{1,2}[、.]|[加减][:：])|[:：]?(?:\([^()]*\))?$")
_VALUE = re.compile(r"\d|[是否]|发生|触发|公司|银行")


def with_second_kinds(part: OwnPart, name: str, reading: Reading, kinds: Iterable[KindReader], ctx: Context) -> Reading:
    """The reading of a table with what the other kinds know of the rows that the first, called `name`, made nothing of."""
    table = part.table
    if name not in _FIRST or history_claim(table, ctx):
        return reading
    others: tuple[str, ...] = _BESIDE_PAYMENTS if name == _PAYMENTS else _LISTS
    if name == _FLOWS:
        others = ("performance",)
    if name == "tranches" and _has_tranches(table.grid()[: max(matrix(table).first_row, 1)]) and _PAYMENTS in ctx.profile.kind_record.tables:
        others = (*_LISTS, _PAYMENTS)
    for kind in (kind for kind in kinds if kind.NAME in others and name != kind.NAME):
        rows = _unread(table, reading)
        if not rows:
            break
        head = matrix(table).first_row
        if kind.NAME in _OF_THE_POOL and _has_tranches(table.grid()[: max(head, 1)]):
            continue
        known = [row for row in rows if _is_known(table, row, kind.NAME, ctx) and (name != _FLOWS or _is_of_pool(table, row))]
        kept = [*range(head), *known]
        if not known or against_kind(part, kind.NAME, ctx):
            continue
        if (found := kind.read(reduced(table, kept, range(table.n_cols)), ctx)).facts:
            reading = _joined(reading, found, kept, table)
    return reading


def _has_tranches(header: Sequence[Sequence[Cell | None]]) -> bool:
    """Whether columns are tranches: what stands under them is theirs and not the pool's."""
    return any(sum(cell is not None and tranche_named(cell.text) is not None for cell in row[1:]) > 1 for row in header)


def _unread(table: Table, reading: Reading) -> list[int]:
    """Rows below the header with a value, none of whose cells proves a fact."""
    proofs = {(proof.page, proof.box) for fact in reading.facts if (proof := fact.evidence) is not None}
    rows: list[int] = []
    grid = table.grid()
    for index in range(matrix(table).first_row, table.n_rows):
        cells = [cell for cell in grid[index] if cell is not None]
        if any((cell.page, cell.box) in proofs for cell in cells) or not any(_VALUE.search(cell.text) for cell in cells[1:]):
            continue
        rows.append(index)
    return rows


def _is_known(table: Table, row: int, kind: str, ctx: Context) -> bool:
    """Whether a kind has a field for a label of a row; for one of the pool's performance also for it and the head of a column together."""
    labels = _labels(table.grid()[row])
    if any(ctx.labels.field(kind, cell.text) for cell in labels):
        return True
    grid = matrix(table)
    return kind == "performance" and any(ctx.labels.field(kind, grid.inner(at) + cell.text) for cell in labels[:1] for at in range(1, len(grid.columns)))


def _is_of_pool(table: Table, row: int) -> bool:
    """Whether a row among flows of money is what the pool holds before or after them."""
    return any(is_balance_of_pool(_LISTED.sub("", squeeze(cell.text))) for cell in _labels(table.grid()[row]))


def _labels(row: Sequence[Cell | None]) -> list[Cell]:
    return [cell for cell in row if cell is not None and not re.search(r"\d[\d,.]*$", cell.text)]


def _joined(first: Reading, second: Reading, rows: Sequence[int], table: Table) -> Reading:
    """Both readings as one. A fact that the first has stands, and a label that the second understood is asked no more."""
    known = {(fact.table, fact.key, fact.column) for fact in first.facts}
    facts = [fact for fact in second.facts if (fact.table, fact.key, fact.column) not in known]
    proofs = {(proof.page, proof.box) for fact in facts if (proof := fact.evidence) is not None}
    grid = table.grid()
    understood = {
        (cell.page, cell.box)
        for row in rows
        for cell in grid[row]
        if cell is not None and any(each is not None and (each.page, each.box) in proofs for each in grid[row])
    }
    asked = [item for item in first.problems if item.code != "unknown_label" or (item.page, item.box) not in understood]
    doubts = [item for item in second.problems if item.code != "unknown_label"]
    used = {(rows[row], col) for row, col in second.used if row < len(rows)}
    return replace(first, facts=(*first.facts, *facts), problems=(*asked, *doubts), used=first.used | used)

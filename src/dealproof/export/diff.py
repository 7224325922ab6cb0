"""What changed between two datasets, cell by cell, each change with its causes. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Literal

from dealproof import contract
from dealproof.contract import ColumnSpec, TableSpec
from dealproof.dataset.dataset import Dataset
from dealproof.dataset.rows import in_order
from dealproof.errors import UsageError
from dealproof.export.diff_causes import Cause, Changed, Proofs, causes, identity, proofs
from dealproof.model.cell import Row

ChangeKind = Literal["added", "removed", "changed"]


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs. Every filled cell of an added or removed row is a change of its own.

    `key` holds the values of the table's `identity` columns: the key without what the build decided. `column` is empty for an added or removed row that has
    nothing but its key. A missing value is empty.
    """

    table: str
    key: tuple[str, ...]
    kind: ChangeKind
    column: str
    before: str
    after: str
    causes: tuple[Cause, ...]

    @property
    def key_text(self) -> str:
        """The key in one piece, as evidence and questions join theirs."""
        return "|".join(self.key)


@dataclass(frozen=True, slots=True)
class Difference:
    """All changes in the order of the contract, and the file name of every document of either dataset."""

    changes: tuple[Change, ...]
    file_names: Mapping[str, str]

    def rows(self) -> Counter[ChangeKind]:
        """How many rows were added, removed and changed."""
        return Counter(kind for _, _, kind in {(change.table, change.key, change.kind) for change in self.changes})


def comparable_tables() -> tuple[TableSpec, ...]:
    """The tables that are compared row by row: those whose key names one row."""
    return tuple(spec for spec in contract.tables() if spec.unique_key)


def compare(before: Dataset, after: Dataset, tables: Sequence[str] = ()) -> Difference:
    """Return what differs between two datasets, in all tables or in those named.

    Figures that are the same number (`0.26`, `0.260`) do not differ, since not every format keeps their digits.
    Raises UsageError for a table that does not exist or is not compared.
    """
    specs = [spec for spec in comparable_tables() if not tables or spec.name in tables]
    _refuse_unknown(tables)
    old, new = proofs(before), proofs(after)
    changes = tuple(
        change for spec in specs for change in _table(spec, before.rows(spec.name), after.rows(spec.name), old, new)
    )
    known = {**old.documents, **new.documents}
    return Difference(changes, MappingProxyType({name: row["file_name"] for name, row in sorted(known.items())}))


def _refuse_unknown(tables: Iterable[str]) -> None:
    names = [spec.name for spec in comparable_tables()]
    for table in tables:
        if table not in names:
            raise UsageError(f"There is no table {table!r} to compare.", f"Tables are: {', '.join(names)}.")


def _table(spec: TableSpec, before: Iterable[Row], after: Iterable[Row], old: Proofs, new: Proofs) -> Iterator[Change]:
    was, now = _by_key(spec, before), _by_key(spec, after)
    for row in in_order(spec, {**was, **now}.values()):
        key = _key(spec, row)
        yield from _row(spec, key, was.get(key, {}), now.get(key, {}), old, new)


def _row(spec: TableSpec, key: tuple[str, ...], was: Row, now: Row, old: Proofs, new: Proofs) -> Iterator[Change]:
    kind: ChangeKind = "changed" if was and now else "added" if now else "removed"
    columns = [
        column.name
        for column in spec.columns
        if column.name not in identity(spec) and not _same(column, was.get(column.name, ""), now.get(column.name, ""))
    ]
    for name in columns or ([""] if kind != "changed" else []):
        why = causes(Changed(spec, name, was, now), old, new)
        yield Change(spec.name, key, kind, name, was.get(name, ""), now.get(name, ""), why)


def _by_key(spec: TableSpec, rows: Iterable[Row]) -> dict[tuple[str, ...], Row]:
    return {_key(spec, row): row for row in rows}


def _key(spec: TableSpec, row: Row) -> tuple[str, ...]:
    return tuple(row[name] for name in identity(spec))


def _same(column: ColumnSpec, before: str, after: str) -> bool:
    if before == after or column.type not in ("integer", "decimal") or not before or not after:
        return before == after
    try:
        return Decimal(before) == Decimal(after)
    except InvalidOperation:
        return False  # at least one of them is no number, and they are not the same text

"""The contract as plain data, for whoever shows it to people."""

from __future__ import annotations

from dataclasses import dataclass

from dealproof import contract
from dealproof.contract import ColumnSpec, TableSpec
from dealproof.errors import UsageError


@dataclass(frozen=True, slots=True)
class ColumnDescription:
    """One column as people read it; `key` is `key` or empty, `vocabulary` the words joined with commas."""

    name: str
    type: str
    unit: str
    key: str
    en: str
    zh: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class TableDescription:
    """One table as people read it."""

    name: str
    row: str
    en: str
    zh: str
    resolved: bool
    columns: tuple[ColumnDescription, ...]


def describe(table: str = "") -> tuple[TableDescription, ...]:
    """Return the description of one table, or of all. Raises UsageError for a table that does not exist."""
    names = [spec.name for spec in contract.tables()]
    if table and table not in names:
        raise UsageError(f"There is no table {table!r}.", f"Tables are: {', '.join(names)}.")
    return tuple(_table(spec) for spec in contract.tables() if not table or spec.name == table)


def _table(spec: TableSpec) -> TableDescription:
    return TableDescription(
        spec.name,
        spec.row,
        spec.en,
        spec.zh,
        spec.resolved,
        tuple(_column(column) for column in spec.columns),
    )


def _column(column: ColumnSpec) -> ColumnDescription:
    words = (*column.vocabulary, *(f"{prefix}…" for prefix in column.open_prefixes))
    return ColumnDescription(
        column.name,
        column.type,
        column.unit,
        "key" if column.key else "",
        column.en,
        column.zh,
        ", ".join(words),
    )

"""The contract as plain data, for whoever shows it to people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dealproof import contract
from dealproof.contract import ColumnSpec, TableSpec
from dealproof.contract.document_kinds import KINDS
from dealproof.contract.metrics import PERFORMANCE, POOL
from dealproof.errors import UsageError

#: Vocabularies whose words are explained, by table and column.
_EXPLAINED: Mapping[tuple[str, str], Mapping[str, tuple[tuple[str, ...], str]]] = {
    ("documents", "kind"): {kind.name: (kind.zh, kind.en) for kind in KINDS},
    ("pool_stats", "metric"): {item.name: ((item.zh,), item.en) for item in POOL},
    ("performance", "metric"): {item.name: ((item.zh,), item.en) for item in PERFORMANCE},
}


@dataclass(frozen=True, slots=True)
class WordDescription:
    """One word of a vocabulary as people read it: its Chinese names and its meaning, empty where no record explains it."""

    word: str
    zh: tuple[str, ...] = ()
    en: str = ""


@dataclass(frozen=True, slots=True)
class ColumnDescription:
    """One column as people read it; `key` is `key` or empty, `words` are those that it may hold (any, where there are none)."""

    name: str
    type: str
    unit: str
    key: str
    en: str
    zh: str
    words: tuple[WordDescription, ...]


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
        tuple(_column(spec.name, column) for column in spec.columns),
    )


def _column(table: str, column: ColumnSpec) -> ColumnDescription:
    explained = _EXPLAINED.get((table, column.name), {})
    words = (*column.vocabulary, *(f"{prefix}…" for prefix in column.open_prefixes))
    return ColumnDescription(
        column.name,
        column.type,
        column.unit,
        "key" if column.key else "",
        column.en,
        column.zh,
        tuple(WordDescription(word, *explained.get(word, ((), ""))) for word in words),
    )

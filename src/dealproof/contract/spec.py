"""The words in which the contract is written: a table, its columns, and what a column may hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

ColumnType = Literal["string", "integer", "decimal", "date", "boolean"]


@dataclass(frozen=True, slots=True)
class ColumnSpec:
    """One column: its name, type and unit, what it means in English and Chinese, and the words it may hold.

    `unit` is yuan, percent, years, points (1/72 inch), count, months, or empty. An empty `vocabulary` means
    free values. A value may also start with one of `open_prefixes` (`other:…`), followed by what was printed.
    `refers` names the table whose key the column holds.
    """

    name: str
    type: ColumnType
    unit: str
    en: str
    zh: str
    key: bool = False
    vocabulary: tuple[str, ...] = ()
    open_prefixes: tuple[str, ...] = ()
    refers: str = ""

    def allows(self, value: str) -> bool:
        """Whether the vocabulary admits `value`; a missing value is always admitted."""
        if not value or not self.vocabulary or value in self.vocabulary:
            return True
        return any(value.startswith(prefix) and value != prefix for prefix in self.open_prefixes)


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table: what a row stands for, its columns with the key first, and how rows are ordered.

    `resolved` tables hold one row per thing, chosen among documents; all others keep what each document says.
    `unique_key` is false where several rows may share the key (several readings of one value in `evidence`).
    `order` overrides the key as the order of rows. `decided` are key columns that the build fills in, not the
    document: a row that differs in nothing else is the same row. `key` and `column_names` are the names of the key columns and
    of all columns in the order of the contract.
    """

    name: str
    row: str
    en: str
    zh: str
    columns: tuple[ColumnSpec, ...]
    resolved: bool = False
    unique_key: bool = True
    order: tuple[str, ...] = ()
    decided: tuple[str, ...] = ()

    key: tuple[str, ...] = field(init=False)
    column_names: tuple[str, ...] = field(init=False)
    _by_name: Mapping[str, ColumnSpec] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Work out once what is asked for every value of the dataset."""
        object.__setattr__(self, "key", tuple(column.name for column in self.columns if column.key))
        object.__setattr__(self, "column_names", tuple(column.name for column in self.columns))
        object.__setattr__(self, "_by_name", {column.name: column for column in self.columns})

    @property
    def references(self) -> tuple[ColumnSpec, ...]:
        """The columns that hold the key of another table, or of another row of this one."""
        return tuple(column for column in self.columns if column.refers and (column.name,) != self.key)

    def column(self, name: str) -> ColumnSpec:
        """Return one column by its name. Raises KeyError if the table has no such column."""
        try:
            return self._by_name[name]
        except KeyError:
            raise KeyError(f"{self.name} has no column {name}") from None


def text(name: str, en: str, zh: str, *, key: bool = False, refers: str = "") -> ColumnSpec:
    """A column of free text."""
    return ColumnSpec(name, "string", "", en, zh, key, refers=refers)


def word(
    name: str,
    en: str,
    zh: str,
    vocabulary: tuple[str, ...],
    *,
    key: bool = False,
    prefixes: tuple[str, ...] = (),
) -> ColumnSpec:
    """A column that holds one word of a vocabulary."""
    return ColumnSpec(name, "string", "", en, zh, key, vocabulary, prefixes)


def money(name: str, en: str, zh: str) -> ColumnSpec:
    """A column of money in yuan (or in the currency that `deals.currency` names)."""
    return ColumnSpec(name, "decimal", "yuan", en, zh)


def percent(name: str, en: str, zh: str) -> ColumnSpec:
    """A column in percent, with the digits as printed."""
    return ColumnSpec(name, "decimal", "percent", en, zh)


def number(name: str, en: str, zh: str, unit: str = "") -> ColumnSpec:
    """A column of exact decimals whose unit stands in another column, or in `unit`."""
    return ColumnSpec(name, "decimal", unit, en, zh)


def whole(name: str, en: str, zh: str, unit: str = "", *, key: bool = False) -> ColumnSpec:
    """A column of whole numbers."""
    return ColumnSpec(name, "integer", unit, en, zh, key)


def day(name: str, en: str, zh: str, *, key: bool = False) -> ColumnSpec:
    """A column of ISO dates."""
    return ColumnSpec(name, "date", "", en, zh, key)


def flag(name: str, en: str, zh: str) -> ColumnSpec:
    """A column of true or false."""
    return ColumnSpec(name, "boolean", "", en, zh)


DEAL_ID = text(
    "deal_id",
    "Key of the deal: series, year and issue number.",
    "交易标识：系列、年份与期号。",
    key=True,
    refers="deals",
)
DOCUMENT_ID = text(
    "document_id", "SHA-256 of the file's bytes.", "文件内容的 SHA-256 值。", key=True, refers="documents"
)
PERIOD_NO = whole("period_no", "Cumulative number of the report period.", "报告累计期数。", key=True)

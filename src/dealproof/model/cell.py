"""A cell and a row of the dataset: one type each, for whatever speaks of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

#: A row of a table as the dataset prints it: text by column, '' where nothing is stated.
Row = Mapping[str, str]
#: What stands between the parts of a key that is written as one text.
_BETWEEN = "|"


class DatasetCell(NamedTuple):
    """One cell of the dataset: its table, the values of the table's key columns in the order of the contract, its column.

    An empty column stands for the whole row. `evidence`, `questions`, `checks` and `corrections.csv` write the key as one
    text (`key_text`); read back from there (`of_text`, `told_by`) it is the same cell, as long as no part of its key holds
    the sign between parts itself. Cells of readings are therefore held against told ones as they would be told (`as_told`).
    """

    table: str
    key: tuple[str, ...]
    column: str

    @property
    def key_text(self) -> str:
        """The key as one text."""
        return _BETWEEN.join(self.key)

    @property
    def named(self) -> tuple[str, str, str]:
        """Table, key as one text, column: how files name the cell, and the order in which cells are listed."""
        return self.table, self.key_text, self.column

    @property
    def as_told(self) -> DatasetCell:
        """The cell as it is read back from a file that names it."""
        return DatasetCell.of_text(*self.named)

    @classmethod
    def of_text(cls, table: str, key: str, column: str) -> DatasetCell:
        """The cell whose key is written as one text."""
        return cls(table, tuple(key.split(_BETWEEN)), column)

    @classmethod
    def told_by(cls, row: Row) -> DatasetCell:
        """The cell that a row of `evidence`, `questions` or `corrections.csv` speaks of."""
        return cls.of_text(row["table"], row["key"], row["column"])


def by_name(cell: DatasetCell) -> tuple[str, str, str]:
    """The order in which cells are listed, for `sorted`."""
    return cell.named

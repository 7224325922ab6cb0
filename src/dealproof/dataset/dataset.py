"""The finished dataset, apart from how it is built: who only looks at one need not load what builds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import IO, TYPE_CHECKING

from dealproof import contract
from dealproof.model.cell import Row

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True, slots=True)
class Dataset:
    """The finished tables: every table of the contract, its rows in order, every value as text."""

    tables: MappingProxyType[str, tuple[Row, ...]]

    def rows(self, table: str) -> tuple[Row, ...]:
        """Return the rows of one table. Raises KeyError if the contract has no such table."""
        return self.tables[table]

    def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return len(self.tables[table])

    def finds_all(self, table: str, column: str, key: str) -> bool:
        """Whether every value of a column that refers to another table is the key of one of its rows; `key` is the column of
        that key."""
        known = {row[key] for row in self.rows(contract.table(table).column(column).refers)}
        return all(row[column] in known for row in self.rows(table) if row[column])

    def write_lines(self, opened: Callable[[str], IO[bytes]]) -> bool:
        """Write the lines of a CSV export, each table to the file that is `opened` for it, where they are at hand; else nothing,
        and return false."""
        return False

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return every table as a frame of text with the contract's columns; missing is the empty string."""
        import pandas as pd

        return {
            spec.name: pd.DataFrame(list(self.tables[spec.name]), columns=list(spec.column_names), dtype=object)
            for spec in contract.tables()
        }

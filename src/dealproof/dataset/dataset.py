"""The finished dataset, apart from how it is built: who only looks at one need not load what builds it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

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

    def frames(self) -> dict[str, pd.DataFrame]:
        """Return every table as a frame of text with the contract's columns; missing is the empty string."""
        import pandas as pd

        return {
            spec.name: pd.DataFrame(list(self.tables[spec.name]), columns=list(spec.column_names), dtype=object)
            for spec in contract.tables()
        }

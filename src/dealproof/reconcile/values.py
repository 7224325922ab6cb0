"""The figures of a dataset as identities see them: value, worth of the last printed digit, place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from dealproof import contract
from dealproof.contract.metrics import QUANTITY
from dealproof.model.cell import DatasetCell

#: Counts are printed whole; no rounding explains a difference.
EXACT_COLUMNS = frozenset({"count"})
EXACT_METRICS = frozenset(metric for metric, quantity in QUANTITY.items() if quantity == "count")


@dataclass(frozen=True, slots=True)
class Figure:
    """One value of the dataset. `step` is the worth of its last printed digit; 0 for a count."""

    cell: DatasetCell
    value: Decimal
    step: Decimal = Decimal(0)
    document_id: str = ""
    page: int = 0

    @property
    def half(self) -> Decimal:
        """The most that rounding can have changed."""
        return self.step / 2


@dataclass(frozen=True, slots=True)
class FigureRow:
    """One row of a table as identities see it: the values of its key columns by name, and its figures and texts by column."""

    key: tuple[str, ...]
    parts: Mapping[str, str]
    figures: Mapping[str, Figure]
    texts: Mapping[str, str] = field(default_factory=dict)


class Figures:
    """All figures, by cell and by row. `texts` are values that are no figures (dates, words) by cell."""

    def __init__(self, figures: Iterable[Figure], texts: Mapping[DatasetCell, str] | None = None) -> None:
        self.by_cell: dict[DatasetCell, Figure] = {figure.cell: figure for figure in figures}
        self._texts = dict(texts or {})
        rows: dict[str, dict[tuple[str, ...], tuple[dict[str, Figure], dict[str, str]]]] = {}
        for (table, key, column), figure in self.by_cell.items():
            rows.setdefault(table, {}).setdefault(key, ({}, {}))[0][column] = figure
        for (table, key, column), text in self._texts.items():
            rows.setdefault(table, {}).setdefault(key, ({}, {}))[1][column] = text
        self._rows = {
            table: tuple(
                FigureRow(key, dict(zip(contract.table(table).key, key, strict=True)), found, words)
                for key, (found, words) in sorted(members.items())
            )
            for table, members in rows.items()
        }

    def rows(self, table: str) -> tuple[FigureRow, ...]:
        """The rows of a table in the order of their keys."""
        return self._rows.get(table, ())

    def get(self, cell: DatasetCell) -> Figure | None:
        """One figure, or None."""
        return self.by_cell.get(cell)

    def replaced(self, changes: Mapping[DatasetCell, Decimal]) -> Figures:
        """The same figures with other values in some cells."""
        changed = (
            Figure(f.cell, changes.get(f.cell, f.value), f.step, f.document_id, f.page) for f in self.by_cell.values()
        )
        return Figures(changed, self._texts)


def grouped(rows: Iterable[FigureRow], *names: str) -> Iterator[tuple[tuple[str, ...], list[FigureRow]]]:
    """Rows by the values of some key columns, in the order in which these appear."""
    found: dict[tuple[str, ...], list[FigureRow]] = {}
    for row in rows:
        found.setdefault(tuple(row.parts[name] for name in names), []).append(row)
    yield from found.items()

"""Every value with where it comes from, gathered per cell of the dataset; a fact that fits no cell of the contract is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from dealproof import contract
from dealproof.contract import TableSpec
from dealproof.dataset.format_values import write
from dealproof.dataset.source_rank import Rank
from dealproof.model.cell import DatasetCell
from dealproof.model.evidence import Evidence, Fact, Origin, Problem, Value
from dealproof.model.interpretation import Interpretation


@dataclass(frozen=True, slots=True)
class Reading:
    """One statement of one value by one document. `place` is its turn among the document's statements."""

    table: str
    key: tuple[str, ...]
    column: str
    value: Value
    unit: str
    document_id: str
    rank: Rank
    place: int
    origin: Origin = "disclosed"
    derivation: str = ""
    evidence: Evidence | None = None

    @property
    def cell(self) -> DatasetCell:
        """The cell of the dataset that this reading speaks of."""
        return DatasetCell(self.table, self.key, self.column)

    @property
    def key_text(self) -> str:
        """The key as evidence and questions print it."""
        return self.cell.key_text

    @property
    def page(self) -> int:
        """The page it stands on, 0 where the value is derived."""
        return self.evidence.page if self.evidence else 0

    @property
    def printed(self) -> str:
        """The value as the dataset prints it."""
        return write(self.value, unit_of(self.table, self.column, self.unit))


def unit_of(table: str, column: str, unit: str) -> str:
    """Return the unit that governs how a value is printed: the contract's, else the fact's own."""
    spec = contract.table(table).column(column)
    return spec.unit or ("percent" if unit in ("percent", "pct", "%") else "")


def known(fact: Fact) -> bool:
    """Whether the contract has the table and column that a fact speaks of."""
    return contract.has_table(fact.table) and fact.column in contract.table(fact.table).column_names


def reading(fact: Fact, document_id: str, rank: Rank, place: int) -> Reading:
    """Return a fact as a reading of its document; the key is put in the contract's order."""
    spec = contract.table(fact.table)
    return Reading(
        fact.table,
        _key(spec, fact, document_id),
        fact.column,
        Decimal(fact.value) if _is_count(fact.value) else fact.value,
        fact.unit,
        document_id,
        rank,
        place,
        fact.origin,
        fact.derivation,
        fact.evidence,
    )


def by_cell(readings: Iterable[Reading]) -> dict[DatasetCell, list[Reading]]:
    """Group readings by the cell they speak of; within a cell they keep their order."""
    cells: dict[DatasetCell, list[Reading]] = {}
    for item in readings:
        cells.setdefault(item.cell, []).append(item)
    return cells


def of_table(readings: Iterable[Reading], table: str) -> Iterator[Reading]:
    """The readings of one table."""
    return (item for item in readings if item.table == table)


def _is_count(value: Value) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _key(spec: TableSpec, fact: Fact, document_id: str) -> tuple[str, ...]:
    parts = dict(fact.key)
    if "document_id" in spec.key:
        parts["document_id"] = parts.get("document_id") or document_id
    return tuple(write(parts.get(name, "")) for name in spec.key)


def misfits(document: Interpretation) -> list[Problem]:
    """Return a question for every fact outside the contract's columns or vocabularies."""
    problems: list[Problem] = []
    for fact in document.facts:
        if not known(fact):
            message = f"The value {write(fact.value)} was read for {fact.table}.{fact.column}, which is no column."
            problems.append(_question(document, fact, message))
            continue
        spec = contract.table(fact.table)
        said = {**dict(fact.key), fact.column: write(fact.value)}
        odd = [
            name for name, value in said.items() if name in spec.column_names and not spec.column(name).allows(value)
        ]
        if odd:
            listed = ", ".join(f"{name} {said[name]!r}" for name in odd)
            problems.append(_question(document, fact, f"{listed} is outside the vocabulary of {fact.table}."))
    return problems


def _question(document: Interpretation, fact: Fact, message: str) -> Problem:
    return Problem(
        "low_confidence",
        "warning",
        "build",
        message,
        "Compare with the page; if the value is right, the contract or the reader must learn it.",
        document_id=document.source.document_id,
        page=fact.evidence.page if fact.evidence else 0,
        table=fact.table,
        key=fact.key_text,
        column=fact.column,
        value=write(fact.value),
    )

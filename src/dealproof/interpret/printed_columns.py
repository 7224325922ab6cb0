"""Where facts stand in the tables of a document, so that figures printed under each other can be compared."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from dealproof.model.evidence import Box, Fact
from dealproof.model.table import Table

#: The part of a key that tells figures of one kind from others in the column `value`, or the tables of one page apart.
_KINDS = ("metric", "dimension", "account")


@dataclass(frozen=True, slots=True)
class Place:
    """A cell by the number of its table in the document, and its row and column there."""

    table: int
    row: int
    column: int


Places = Mapping[tuple[int, Box], Place]


def places_of(tables: Iterable[Table]) -> Places:
    """The place of every cell, by the page and box by which the proof of a fact names it."""
    return {
        (cell.page, cell.box): Place(number, cell.row, cell.col)
        for number, table in enumerate(tables)
        for cell in table.cells
    }


def place_of(fact: Fact, places: Places) -> Place | None:
    """The place of a fact; None for one from prose."""
    proof = fact.evidence
    return places.get((proof.page, proof.box)) if proof is not None else None


def kind_of(fact: Fact) -> str:
    """The column of a fact, or its metric where the column is `value`."""
    return dict(fact.key).get("metric", "") if fact.column == "value" else fact.column


def alike(fact: Fact) -> tuple[str, ...]:
    """What figures share that speak of the same quantity."""
    parts = dict(fact.key)
    return (fact.table, fact.column, *(parts.get(name, "") for name in _KINDS))

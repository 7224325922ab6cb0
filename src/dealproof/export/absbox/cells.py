"""Cells of a dataset with all that proves or doubts them, found by table, key and column."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dealproof import contract
from dealproof.dataset.build import Dataset, Row
from dealproof.export.absbox.exact_json import Json

Name = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of the dataset as text; `value` is empty where nothing is stated."""

    table: str
    key: str
    column: str
    value: str

    @property
    def name(self) -> Name:
        """Table, key columns joined by `|`, column: as `evidence` and `questions` name it."""
        return self.table, self.key, self.column


class Cells:
    """A dataset indexed once, so that thousands of cells can be asked for."""

    def __init__(self, dataset: Dataset) -> None:
        self._deals = {row["deal_id"]: row for row in dataset.rows("deals")}
        self._tables = {
            spec.name: _by_deal(dataset.rows(spec.name)) for spec in contract.tables() if spec.key[0] == "deal_id"
        }
        self._documents = {row["document_id"]: row for row in dataset.rows("documents")}
        self._evidence = _by_cell(dataset.rows("evidence"))
        self._questions = _by_cell(row for row in dataset.rows("questions") if row["state"] == "open")
        self._failing = _by_deal(row for row in dataset.rows("checks") if row["outcome"] == "fails")

    @property
    def deal_ids(self) -> tuple[str, ...]:
        """Every deal that any table of facts speaks of, in order."""
        return tuple(sorted(set(self._deals).union(*self._tables.values()) - {""}))

    def rows(self, table: str, deal_id: str) -> list[Row]:
        """The rows of a table that speak of a deal, in the order of the dataset."""
        return self._tables[table].get(deal_id, [])

    def cell(self, table: str, row: Row, column: str) -> Cell:
        """A cell of a row at hand."""
        return Cell(table, "|".join(row[name] for name in contract.table(table).key), column, row[column])

    def deal_cell(self, deal_id: str, column: str) -> Cell:
        """A cell of the table `deals`, empty where the deal has no row."""
        return Cell("deals", deal_id, column, self._deals.get(deal_id, {}).get(column, ""))

    def replaced_documents(self) -> frozenset[str]:
        """Documents in whose place a corrected one (更正) was published."""
        return frozenset(row["supersedes"] for row in self._documents.values() if row["supersedes"])

    def evidence(self, cell: Cell) -> list[Json]:
        """Every place that states the cell, the one a person corrected first, derived ones last."""
        rows = self._evidence.get(cell.name, [])
        ordered = sorted(rows, key=lambda row: (row["status"] != "corrected", row["status"] == "derived"))
        return [
            {
                "document_id": row["document_id"],
                "file_name": self._documents.get(row["document_id"], {}).get("file_name", ""),
                "page": int(row["page"]) if row["page"] else None,
                "text": row["text"],
                "status": row["status"],
                "derivation": row["derivation"],
            }
            for row in ordered
        ]

    def questions(self, used: Iterable[Cell]) -> list[Row]:
        """Open questions about cells, and those raised by a failing check that ties one of the cells to others."""
        names = {cell.name for cell in used}
        tied = {name for row in self._failing_of(names) for name in _tied(row)}
        rows = {
            row["question_id"]: row
            for name in sorted(names | tied)
            for row in self._questions.get(name, [])
            if name in names or row["kind"] == "failed_check"
        }
        return [rows[question] for question in sorted(rows)]

    def open_questions(self, cell: Cell, kind: str) -> list[Row]:
        """The open questions of one kind about one cell."""
        return [row for row in self._questions.get(cell.name, []) if row["kind"] == kind]

    def failing(self, deal_id: str, rule: str) -> list[Row]:
        """The checks of a rule that fail for a deal."""
        return [row for row in self._failing.get(deal_id, []) if row["rule"] == rule]

    def _failing_of(self, names: set[Name]) -> list[Row]:
        deals = {key.split("|")[0] for _, key, _ in names}
        return [row for deal in sorted(deals) for row in self._failing.get(deal, []) if names.intersection(_tied(row))]


def _tied(check: Row) -> list[Name]:
    return [(table, key, column) for table, key, column in json.loads(check["cells"])]


def _by_deal(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["deal_id"]].append(row)
    return dict(found)


def _by_cell(rows: Iterable[Row]) -> dict[Name, list[Row]]:
    found: dict[Name, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["table"], row["key"], row["column"]].append(row)
    return dict(found)

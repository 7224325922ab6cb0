"""Cells of a dataset with all that proves or doubts them, found by table, key and column."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from dealproof import contract
from dealproof.dataset.dataset import Dataset
from dealproof.dataset.rows import cell_of
from dealproof.export.absbox.exact_json import Json
from dealproof.model.cell import DatasetCell, Row


@dataclass(frozen=True, slots=True)
class StatedCell:
    """One cell of the dataset with its value as text, empty where nothing is stated."""

    cell: DatasetCell
    value: str


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

    def cell(self, table: str, row: Row, column: str) -> StatedCell:
        """A cell of a row at hand."""
        return StatedCell(cell_of(table, row, column), row[column])

    def deal_cell(self, deal_id: str, column: str) -> StatedCell:
        """A cell of the table `deals`, empty where the deal has no row."""
        value = self._deals.get(deal_id, {}).get(column, "")
        return StatedCell(DatasetCell("deals", (deal_id,), column), value)

    def replaced_documents(self) -> frozenset[str]:
        """Documents in whose place a corrected one (更正) was published."""
        return frozenset(row["supersedes"] for row in self._documents.values() if row["supersedes"])

    def evidence(self, cell: StatedCell) -> list[Json]:
        """Every place that states the cell, the one a person corrected first, derived ones last."""
        rows = self._evidence.get(cell.cell, [])
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

    def questions(self, used: Iterable[StatedCell]) -> list[Row]:
        """Open questions about cells, and those raised by a failing check that ties one of the cells to others."""
        cells = {item.cell for item in used}
        tied = {cell for row in self._failing_of(cells) for cell in _tied(row)}
        rows = {
            row["question_id"]: row
            for cell in cells | tied
            for row in self._questions.get(cell, [])
            if cell in cells or row["kind"] == "failed_check"
        }
        return [rows[question] for question in sorted(rows)]

    def open_questions(self, cell: StatedCell, kind: str) -> list[Row]:
        """The open questions of one kind about one cell."""
        return [row for row in self._questions.get(cell.cell, []) if row["kind"] == kind]

    def failing(self, deal_id: str, rule: str) -> list[Row]:
        """The checks of a rule that fail for a deal."""
        return [row for row in self._failing.get(deal_id, []) if row["rule"] == rule]

    def _failing_of(self, cells: set[DatasetCell]) -> list[Row]:
        deals = {cell.key[0] for cell in cells}
        return [row for deal in sorted(deals) for row in self._failing.get(deal, []) if cells.intersection(_tied(row))]


def _tied(check: Row) -> list[DatasetCell]:
    return [DatasetCell.of_text(*cell) for cell in json.loads(check["cells"])]


def _by_deal(rows: Iterable[Row]) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row["deal_id"]].append(row)
    return dict(found)


def _by_cell(rows: Iterable[Row]) -> dict[DatasetCell, list[Row]]:
    found: dict[DatasetCell, list[Row]] = defaultdict(list)
    for row in rows:
        found[DatasetCell.told_by(row)].append(row)
    return dict(found)

"""Everything that is known of one cell of the dataset: its proof, its checks, what is asked and what was decided."""

from __future__ import annotations

import json
from dataclasses import dataclass

from dealproof import contract
from dealproof.dataset.dataset import Dataset
from dealproof.dataset.guarded import unguarded_key
from dealproof.dataset.rows import key_of
from dealproof.errors import UsageError
from dealproof.model.cell import DatasetCell, Row

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class Known:
    """One cell: its value, the proof of it and of every other reading, its checks and its questions."""

    table: str
    key: str
    column: str
    value: str
    unit: str
    evidence: tuple[Row, ...]
    checks: tuple[Row, ...]
    questions: tuple[Row, ...]
    files: dict[str, str]


def look_up(dataset: Dataset, table: str, key: str, column: str) -> Known:
    """Return what is known of a cell; `key` may be any part of the key that only one row has.

    Raises UsageError naming what exists where table, column or key do not.
    """
    spec = next((spec for spec in contract.tables() if spec.name == table), None)
    if spec is None:
        raise UsageError(
            f"There is no table {table!r}.", f"Tables are: {', '.join(s.name for s in contract.tables())}."
        )
    if column not in spec.column_names:
        raise UsageError(f"{table} has no column {column!r}.", f"Columns are: {', '.join(spec.column_names)}.")
    row, full = _row(dataset, table, key)
    cell = DatasetCell.of_text(table, full, column)
    evidence = tuple(r for r in dataset.rows("evidence") if DatasetCell.told_by(r) == cell)
    own = spec.column(column)
    return Known(
        table,
        full,
        column,
        row[column],
        own.unit or row.get("unit", ""),
        tuple(sorted(evidence, key=lambda r: (r["status"] != "corrected", r["status"] == "derived"))),
        tuple(r for r in dataset.rows("checks") if [*cell.named] in json.loads(r["cells"])),
        tuple(r for r in dataset.rows("questions") if DatasetCell.told_by(r) == cell),
        {r["document_id"]: r["file_name"] for r in dataset.rows("documents")},
    )


def _row(dataset: Dataset, table: str, key: str) -> tuple[Row, str]:
    rows = {key_of(table, row): row for row in dataset.rows(table)}
    key = key if key in rows else unguarded_key(key)  # as a CSV export shows it
    if key in rows:
        return rows[key], key
    parts = [part for part in key.split("|") if part]
    found = [full for full in rows if all(part in full.split("|") for part in parts)]
    found = found or [full for full in rows if key in full]
    if len(found) == 1:
        return rows[found[0]], found[0]
    if not found:
        some = "\n  ".join(list(rows)[:_SHOWN])
        raise UsageError(f"{table} has no row {key!r}.", f"Its rows are:\n  {some}" if rows else "It has no rows.")
    more = f"\n  … and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    listed = "\n  ".join(found[:_SHOWN])
    raise UsageError(f"{len(found)} rows of {table} fit {key!r}.", f"Name one of:\n  {listed}{more}")

"""Rows as lines of a CSV export, and lines as the rows they were written from."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from dealproof.contract import TableSpec
from dealproof.dataset.guarded import guards, unguards
from dealproof.model.cell import Row


def csv_lines(spec: TableSpec, rows: Iterable[Row]) -> str:
    """Return the lines of rows, in the contract's columns, guarded against spreadsheets that look for formulas."""
    names, changes = spec.column_names, [(spec.column_names.index(name), change) for name, change in guards(spec)]
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    for row in rows:
        cells = [row[name] for name in names]
        for place, change in changes:
            if cells[place]:
                cells[place] = change(cells[place])
        writer.writerow(cells)
    return text.getvalue()


def csv_header(spec: TableSpec) -> str:
    """Return the line of the names of columns."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\n").writerow(spec.column_names)
    return text.getvalue()


def rows_of_lines(spec: TableSpec, lines: str, order: Sequence[str]) -> list[Row]:
    """Return the rows that lines were made of, with their columns in this order. Raises ValueError for other lines."""
    changes = unguards(spec)
    found: list[Row] = []
    for cells in csv.reader(io.StringIO(lines, newline="")):
        row = dict(zip(spec.column_names, cells, strict=True))
        for name, change in changes:
            if "'" in row[name]:
                row[name] = change(row[name])
        found.append({name: row[name] for name in order})
    return found

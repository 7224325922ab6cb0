"""Rows as a sheet for people."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dealproof.model.cell import Row


def write_rows(
    file: Path,
    columns: Sequence[str],
    rows: Sequence[Row],
    pictures: Mapping[int, Mapping[str, bytes]] | None = None,
) -> None:
    """Write rows: a workbook with pictures beside them where the name ends in .xlsx, else CSV."""
    from dealproof.export.workbook import write_table_sheet
    from dealproof.mappings.sheet import write_sheet

    if file.suffix.lower() == ".xlsx":
        write_table_sheet(file, columns, rows, pictures)
    else:
        write_sheet(file, columns, rows)

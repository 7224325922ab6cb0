"""Changes to the analysts' files that leave a trace: a row that is taken back stays where it stood, as a comment."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dealproof.mappings.sheet import COMMENT, Sheet, read_sheet

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change in one file of a mappings folder (`file` as `labels/pool_stats.csv`).

    `columns` are those that the file must have, `added` its new rows, `taken` says for each line (as Excel numbers them)
    that is taken back why, by whom and when.
    """

    file: str
    columns: tuple[str, ...]
    added: tuple[Row, ...] = ()
    taken: Mapping[int, str] | None = None


def edited(folder: Path, edit: Edit) -> Sheet:
    """Return the file as it stands after an edit; nothing is written.

    Columns that an older file lacks are added behind its own; lines keep their numbers. Raises MappingError for a file
    that cannot be read.
    """
    path = folder / edit.file
    sheet = read_sheet(path) if path.exists() else Sheet(path, edit.columns, (edit.columns,), 0)
    missing = tuple(name for name in edit.columns if name not in sheet.columns)
    columns = (*sheet.columns, *missing)
    records = list(sheet.records)
    if missing:
        header = records[sheet.header_at]
        records[sheet.header_at] = (*header, *[""] * (len(sheet.columns) - len(header)), *missing)
    for line, why in (edit.taken or {}).items():
        records[line - 1] = _as_comment(records[line - 1], why)
    added = [tuple(row.get(name, "") for name in columns) for row in edit.added]
    return Sheet(path, columns, (*records, *added), sheet.header_at)


def _as_comment(record: Sequence[str], why: str) -> tuple[str, ...]:
    first, *others = record
    return (f"{COMMENT} {why}: {first}", *others)

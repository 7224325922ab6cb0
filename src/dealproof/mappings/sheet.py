"""The analysts' files as Excel leaves them: read in any encoding Excel writes, rewritten without losing a cell.

Read: UTF-8 with or without BOM, GB18030 (what Excel saves as CSV in China), either line ending, and .xlsx.
Written: UTF-8 with BOM and CRLF, which Excel opens rightly by a double click. Comment rows (first cell starts with
`#`), blank rows, unknown columns and the order of rows survive a rewrite.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dealproof.errors import MappingError, StoreError

COMMENT = "#"
_FORMULA = re.compile(r"^'*[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?\d[\d,]*(?:\.\d+)?%?$")
_GUARDED = re.compile(r"^'(?='*[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One filled row: cells by column, stripped; `line` as Excel numbers rows (the header is 1)."""

    cells: Mapping[str, str]
    line: int

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of rows. `records` are all its records as they stand, header, comments and blank rows included."""

    path: Path
    columns: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    header_at: int

    @property
    def rows(self) -> Iterator[SheetRow]:
        """The filled rows, without header, comments and blank rows."""
        for place, record in enumerate(self.records):
            if place > self.header_at and any(record) and not record[0].startswith(COMMENT):
                cells = {name: unguarded(cell).strip() for name, cell in zip(self.columns, record, strict=False)}
                yield SheetRow(cells, place + 1)


def read_sheet(path: Path, content: bytes | None = None) -> Sheet:
    """Read a file of rows; `content` are its bytes where the caller has them already.

    Raises MappingError when it cannot be read, decoded, or has no header row.
    """
    try:
        content = path.read_bytes() if content is None else content
        workbook = path.suffix.lower() in (".xlsx", ".xlsm")
        records = _workbook(path, content) if workbook else _csv(path, content)
    except OSError as error:
        raise MappingError(f"{path} cannot be read ({error.strerror or error}).", "Restore the file.") from error
    header_at = next((i for i, r in enumerate(records) if any(r) and not r[0].startswith(COMMENT)), -1)
    if header_at < 0:
        raise MappingError(f"{path.name}: the header row is missing.", "Restore the row with the column names.")
    columns = tuple(name.strip().lstrip("\ufeff") for name in records[header_at])
    return Sheet(path, columns, tuple(records), header_at)


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a new file of rows, whole or not at all. Raises StoreError when the place cannot be written."""
    write_records(path, [tuple(columns), *(tuple(row.get(name, "") for name in columns) for row in rows)])


def append_rows(sheet: Sheet, rows: Iterable[Mapping[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the sheet's records with rows added behind; everything that stood there stays as it is."""
    added = tuple(tuple(row.get(name, "") for name in sheet.columns) for row in rows)
    return (*sheet.records, *added)


def write_records(path: Path, records: Iterable[Sequence[str]]) -> None:
    """Write records as UTF-8 with BOM; a half-written file never replaces a good one."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for record in records:
        writer.writerow([no_formula(cell) for cell in record])
    write_whole(path, ("\ufeff" + text.getvalue()).encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write bytes aside first, then put them in place. Raises StoreError when that fails."""
    aside = ""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(aside, path.stat().st_mode & 0o777 if path.exists() else 0o644)
        os.replace(aside, path)
    except OSError as error:
        Path(aside).unlink(missing_ok=True) if aside else None
        raise StoreError(f"{path} cannot be written ({error.strerror}).", "Close it in Excel and try again.") from error


def no_formula(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; numbers such as -0.5 stay as they are."""
    return f"'{cell}" if _FORMULA.match(cell) and not _NUMBER.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return the cell that `no_formula` was given."""
    return _GUARDED.sub("", cell)


def _csv(path: Path, content: bytes) -> list[tuple[str, ...]]:
    text = _decode(path, content)
    delimiter = "\t" if "\t" in text.split("\n", 1)[0] and "," not in text.split("\n", 1)[0] else ","
    try:
        return [tuple(record) for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)]
    except csv.Error as error:
        raise MappingError(f"{path.name} is no table ({error}).", "Save it from Excel as CSV UTF-8.") from error


def _decode(path: Path, content: bytes) -> str:
    furthest = 0
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    line = content[:furthest].count(b"\n") + 1
    raise MappingError(
        f"{path.name}:{line}: the characters are neither UTF-8 nor GB18030.", "Save it from Excel as CSV UTF-8."
    )


def _workbook(path: Path, content: bytes) -> list[tuple[str, ...]]:
    import zipfile

    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        return [tuple(_cell_text(cell) for cell in record) for record in sheet.iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError) as error:
        raise MappingError(f"{path.name} is no workbook ({error}).", "Save it again from Excel.") from error


def _cell_text(cell: object) -> str:
    from datetime import datetime

    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)

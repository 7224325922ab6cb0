"""The analysts' files as Excel leaves them: read in any encoding Excel writes, rewritten without losing a cell.

Read: UTF-8 with or without BOM, GB18030 (what Excel saves as CSV in China), UTF-16, any line ending, cells parted by
commas, semicolons or tabs, and .xlsx. A file of more rows or bytes than people fill in is refused before it is read.
Written: UTF-8 with BOM, commas and CRLF, which Excel opens rightly by a double click. Comment rows (first cell starts
with `#`), blank rows, unknown columns, headers as they stand and the order of rows survive a rewrite.
"""

from __future__ import annotations

import csv
import io
import os
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path

from dealproof.errors import MappingError, StoreError
from dealproof.mappings.cells import CellError, failed, read_cell
from dealproof.mappings.excel import SHEET_BYTES, SHEET_ROWS, TooBigError, read_workbook
from dealproof.mappings.layout import Layout

COMMENT = "#"
_FORMULA = re.compile(r"^'*[=+\-@\t\r]")
_NUMBER = re.compile(r"^[+-]?\d[\d,]*(?:\.\d+)?%?$")
_GUARDED = re.compile(r"^'(?='*[=+\-@\t\r])")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One filled row: cells by column, stripped; `line` as Excel numbers rows (the header is 1).

    `beyond` is what stands behind the last column of the header: a cell too many has pushed it there.
    """

    cells: Mapping[str, str]
    line: int
    beyond: str = ""

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of rows. `records` are all its records as they stand, header, comments and blank rows included.

    With a layout, `columns` are its names whatever the headers say, and cells are as the program writes them where
    they can be taken so (`usable_rows` tells of the others).
    """

    path: Path
    columns: tuple[str, ...]
    records: tuple[tuple[str, ...], ...]
    header_at: int
    layout: Layout | None = None

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers as they stand in the file."""
        return _headers(self.records[self.header_at]) if self.header_at < len(self.records) else self.columns

    @property
    def rows(self) -> Iterator[SheetRow]:
        """The filled rows, without header, comments and blank rows."""
        known = [self.layout.column(name) if self.layout else None for name in self.columns]
        for row in self.printed_rows:
            cells = dict(row.cells)
            for column in known:
                if column is not None and (text := cells[column.name]):
                    try:
                        cells[column.name] = read_cell(column, text)
                    except CellError:
                        continue  # stays as it stands: `usable_rows` refuses it
            yield SheetRow(cells, row.line, row.beyond)

    @property
    def printed_rows(self) -> Iterator[SheetRow]:
        """The filled rows, with every cell as it stands."""
        width = len(self.columns)
        for place, record in enumerate(self.records):
            if place > self.header_at and _is_filled(record) and not _is_comment(record):
                cells = dict(zip_longest(self.columns, [_cell(cell) for cell in record[:width]], fillvalue=""))
                yield SheetRow(cells, place + 1, next(filter(None, map(str.strip, record[width:])), ""))

    def laid_out(self, layout: Layout) -> Sheet:
        """The same sheet as a file of this layout."""
        return Sheet(self.path, tuple(map(layout.name, self.columns)), self.records, self.header_at, layout)


def _cell(text: str) -> str:
    return unguarded(text).strip() if text else text


def _is_filled(record: Iterable[str]) -> bool:
    return any(map(str.strip, record))


def _is_comment(record: Sequence[str]) -> bool:
    return record[0].startswith(COMMENT) and not (failed(record[0]) and any(record[1:]))


def _headers(record: Iterable[str]) -> tuple[str, ...]:
    return tuple(name.strip().lstrip("\ufeff") for name in record)


def read_sheet(path: Path, content: bytes | None = None, layout: Layout | None = None) -> Sheet:
    """Read a file of rows, as one of this layout; `content` are its bytes where the caller has them already.

    Raises MappingError when it cannot be read, decoded, is larger than anything that people fill in, or has no header row.
    """
    try:
        if content is None:
            _refuse_bytes(path, path.stat().st_size)
            content = path.read_bytes()
        workbook = path.suffix.lower() in (".xlsx", ".xlsm")
        records = read_workbook(path, content) if workbook else _csv(path, content)
    except OSError as error:
        raise MappingError(f"{path} cannot be read ({error.strerror or error}).", "Restore the file.") from error
    except TooBigError as error:
        raise _too_big(path, str(error)) from error
    header_at = next((i for i, r in enumerate(records) if _is_filled(r) and not r[0].startswith(COMMENT)), -1)
    if header_at < 0:
        raise MappingError(f"{path.name}: the header row is missing.", "Restore the row with the column names.")
    sheet = Sheet(path, _headers(records[header_at]), tuple(records), header_at)
    return sheet if layout is None else sheet.laid_out(layout)


def new_sheet(path: Path, layout: Layout) -> Sheet:
    """The sheet of a file that is not there yet."""
    return Sheet(path, layout.names, (layout.names,), 0, layout)


def _refuse_bytes(path: Path, size: int) -> None:
    if size > SHEET_BYTES:
        raise _too_big(path, f"{size >> 20} MB")


def _too_big(path: Path, size: str) -> MappingError:
    return MappingError(
        f"{path.name} is larger than any sheet that people fill in ({size}; at most {SHEET_ROWS:,} rows and "
        f"{SHEET_BYTES >> 20} MB are read).",
        "Copy the filled rows to a new sheet, or split it.",
    )


def write_sheet(path: Path, columns: Sequence[str], rows: Iterable[Mapping[str, str]]) -> None:
    """Write a new file of rows, whole or not at all. Raises StoreError when the place cannot be written."""
    write_records(path, [tuple(columns), *(tuple(row.get(name, "") for name in columns) for row in rows)])


def append_rows(sheet: Sheet, rows: Iterable[Mapping[str, str]]) -> tuple[tuple[str, ...], ...]:
    """Return the sheet's records with rows added behind, ready to be written; all that stood there stays as it is."""
    return _unguarded(extended(sheet, rows).records)


def extended(sheet: Sheet, rows: Iterable[Mapping[str, str]]) -> Sheet:
    """Return the sheet with rows added behind, and with a column for every filled cell that had none."""
    added = [dict(row) for row in rows]
    new = dict.fromkeys(name for row in added for name, cell in row.items() if cell and name not in sheet.columns)
    columns = (*sheet.columns, *new)
    records = list(sheet.records)
    if new:
        records[sheet.header_at] = (*sheet.records[sheet.header_at], *(_new_header(sheet, name) for name in new))
    records += [tuple(no_formula(row.get(name, "")) for name in columns) for row in added]
    return Sheet(sheet.path, columns, tuple(records), sheet.header_at, sheet.layout)


def _new_header(sheet: Sheet, name: str) -> str:
    """The header of a column that is added: Chinese where the others are."""
    column = sheet.layout.column(name) if sheet.layout else None
    in_chinese = any(not header.isascii() for header in sheet.headers if sheet.layout and sheet.layout.column(header))
    return column.zh[0] if column is not None and column.zh and in_chinese else name


def rewrite(sheet: Sheet) -> None:
    """Write a sheet to its file; a cell that stands there guarded against formulas is not guarded twice."""
    write_records(sheet.path, _unguarded(sheet.records))


def _unguarded(records: Iterable[Sequence[str]]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(unguarded, record)) for record in records)


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
    return _GUARDED.sub("", cell) if cell.startswith("'") else cell


def _csv(path: Path, content: bytes) -> list[tuple[str, ...]]:
    _refuse_bytes(path, len(content))
    if kind := next((name for magic, name in _WORKBOOKS.items() if content.startswith(magic)), ""):
        raise MappingError(f"{path.name} is {kind} under the name of a CSV file.", "Save it from Excel as CSV UTF-8.")
    text = _decode(path, content)
    delimiter, named = _delimiter(text)
    records: list[tuple[str, ...]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter):
            if len(records) == SHEET_ROWS:
                raise TooBigError(f"more than {SHEET_ROWS:,} rows")
            records.append(tuple(record))
    except csv.Error as error:
        raise MappingError(f"{path.name} is no table ({error}).", "Save it from Excel as CSV UTF-8.") from error
    if named:
        records[0] = ()
    return records


#: How the files begin that Excel saves under another format than was asked for.
_WORKBOOKS = {b"PK\x03\x04": "a workbook (.xlsx)", b"\xd0\xcf\x11\xe0": "an old or locked workbook (.xls)"}
_SEP = re.compile(r"^\ufeff?\"?sep=(.)\"?\s*$", re.IGNORECASE)


def _delimiter(text: str) -> tuple[str, bool]:
    """What parts the cells, by the header row, and whether the first line says so (`sep=;`)."""
    lines = [line for line in text.splitlines()[:200] if line.strip(' \t,;"')]
    named = _SEP.match(lines[0]) if lines else None
    if named:
        return named[1], True
    header = next((line for line in lines if not line.lstrip('"').startswith(COMMENT)), "")
    bare = re.sub(r'"[^"]*"', "", header)
    return max((",", ";", "\t"), key=bare.count), False


def _decode(path: Path, content: bytes) -> str:
    furthest = 0
    for encoding in _encodings(content):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError as error:
            furthest = max(furthest, error.start)
    line = content[:furthest].count(b"\n") + 1
    raise MappingError(
        f"{path.name}:{line}: the characters are neither UTF-8 nor GB18030.", "Save it from Excel as CSV UTF-8."
    )


def _encodings(content: bytes) -> tuple[str, ...]:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    if b"\0" in content[:2]:
        return ("utf-16-be",) if content[:1] == b"\0" else ("utf-16-le",)
    return ("utf-8-sig", "gb18030")

"""A workbook as text, cell by cell, as a CSV that Excel saved of it would read. Files come from strangers: what is larger
than anything that people fill in is refused before it is unpacked."""

from __future__ import annotations

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import Any

from dealproof.errors import MappingError

#: The most rows, and bytes once unpacked, of a sheet that people fill in; the longest list of institutions has 7,000 rows.
SHEET_ROWS, SHEET_BYTES = 100_000, 64 << 20
_CELLS_OF_A_ROW = 1_000
_ROW, _CELL = re.compile(rb"<(?:\w+:)?row[ />]"), re.compile(rb"<(?:\w+:)?c[ />]")
#: What the libraries raise when they meet a file that is cut off, overwritten or locked.
_DAMAGE = (
    ValueError, KeyError, IndexError, TypeError, AttributeError, SyntaxError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip
_OLD = b"\xd0\xcf\x11\xe0"
#: A spreadsheet's number is exact up to so many digits.
_EXACT_DIGITS = 15


class TooBigError(Exception):
    """More than people fill in; the message says how much."""


def read_workbook(path: Path, content: bytes) -> list[tuple[str, ...]]:
    """Return the rows of the first sheet. Raises MappingError for what is no workbook, TooBigError for what is too big."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    if content.startswith(_OLD):
        raise MappingError(
            f"{path.name} is an old or locked workbook.", "Save it from Excel as .xlsx without a password."
        )
    try:
        _refuse_big(content)
        sheet = load_workbook(io.BytesIO(content), read_only=True, data_only=True).worksheets[0]
        sheet.reset_dimensions()  # what the file says of its size may be wrong by a million rows
        return list(_rows(sheet))
    except (InvalidFileException, *_DAMAGE) as error:
        raise MappingError(f"{path.name} is no workbook ({error}).", "Save it again from Excel.") from error


def _refuse_big(content: bytes) -> None:
    """Count before anything is unpacked into memory: bytes as the archive states them, rows as they are written."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [part for part in archive.infolist() if part.filename.endswith((".xml", ".rels"))]
        size = sum(part.file_size for part in parts)
        if size > SHEET_BYTES:
            raise TooBigError(f"{size >> 20} MB unpacked")
        for part in parts:
            if part.filename.startswith("xl/worksheets/"):
                with archive.open(part) as file:
                    _refuse_rows(file.read())


def _refuse_rows(content: bytes) -> None:
    if sum(1 for _ in islice(_ROW.finditer(content), SHEET_ROWS + 1)) > SHEET_ROWS:
        raise TooBigError(f"more than {SHEET_ROWS:,} rows")
    for row in _ROW.split(content):
        if sum(1 for _ in islice(_CELL.finditer(row), _CELLS_OF_A_ROW + 1)) > _CELLS_OF_A_ROW:
            raise TooBigError(f"more than {_CELLS_OF_A_ROW:,} cells in a row")


def _rows(sheet: Any) -> Iterator[tuple[str, ...]]:
    for number, record in enumerate(sheet.iter_rows(), start=1):
        if number > SHEET_ROWS:
            raise TooBigError(f"more than {SHEET_ROWS:,} rows")
        yield tuple(_text(cell) for cell in record)


def _text(cell: Any) -> str:
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, int | float):
        return _number(value, percent="%" in (cell.number_format or ""))
    return str(value)


def _number(value: int | float, *, percent: bool) -> str:
    """A number with all digits that a spreadsheet knows; one that has more is shown with an exponent, and refused later.

    A cell that shows 0.26% holds 0.0026: it is given as it is shown.
    """
    exact = Decimal(f"{value:.{_EXACT_DIGITS}g}")
    if abs(exact) >= 10**_EXACT_DIGITS:
        return f"{value:.{_EXACT_DIGITS - 1}E}"
    plain = format(exact * 100 if percent else exact, "f")
    plain = plain.rstrip("0").rstrip(".") if "." in plain else plain
    return f"{plain}%" if percent else plain

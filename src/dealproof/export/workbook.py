"""All tables as one workbook, a sheet each, for people who work in a spreadsheet.

Dates are dates, except where they are part of a key (`as_of`): evidence and questions name rows by their keys as text, and a
date would not meet them. Text stays text also when somebody edits the cell: no code loses a nought, `1-30` is no day.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from dealproof import contract
from dealproof.contract import ColumnSpec
from dealproof.dataset.dataset import Dataset
from dealproof.mappings.sheet import write_whole

#: A spreadsheet keeps 15 digits of a number; longer ones stay text so that nothing is lost.
_EXACT_DIGITS = 15
#: Most characters a cell can hold.
_LONGEST = 32_767
#: Width of the column of pictures in characters, and points of row height a pixel of a picture takes.
_PICTURE_WIDTH, _POINTS_PER_PIXEL = 70, 0.75
#: Spreadsheets count days from here on alike; they take 1900 for a leap year.
_FIRST_DAY = date(1900, 3, 1)
_DATE_FORMAT, _TEXT_FORMAT, _MONEY_FORMAT = "yyyy-mm-dd", "@", "#,##0.00"
#: From here on a number without a format is shown as 1.23E+11.
_ROUNDED_IN_SIGHT = 10**11
_FIXED_TIME = datetime(2000, 1, 1)
_PROPERTIES = "docProps/core.xml"
_CHANGED = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")


def write_workbook(dataset: Dataset, path: Path) -> None:
    """Write the workbook; the same dataset gives the same bytes."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    for spec in contract.tables():
        sheet = book.create_sheet(spec.name)
        sheet.freeze_panes = "A2"
        sheet.append(list(spec.column_names))
        for row in dataset.rows(spec.name):
            sheet.append([_cell(sheet, column, row[column.name]) for column in spec.columns])
    save_without_times(book, path)


def save_without_times(book: Any, path: Path) -> None:
    """Save a workbook so that the same content gives the same bytes at any hour."""
    book.properties.created = book.properties.modified = _FIXED_TIME
    loose = path.with_suffix(".tmp")
    book.save(loose)
    _without_times(loose, path)
    loose.unlink()


def write_table_sheet(
    path: Path,
    columns: Sequence[str],
    rows: Iterable[Mapping[str, str]],
    pictures: Mapping[int, Mapping[str, bytes]] | None = None,
) -> None:
    """Write one table of text as a workbook for a person to fill in; the header stays in sight.

    `pictures` are PNGs by the number of the row, from 0, and by a letter that may be empty; those of a letter stand in a
    last column of their own (`picture`, `picture A`, `picture B`). Raises StoreError when the place cannot be written.
    """
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet("questions")
    sheet.freeze_panes = "A2"
    for place, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = 60 if name == "prompt" else 18
    letters = sorted({letter for found in (pictures or {}).values() for letter in found})
    beside = {letter: get_column_letter(len(columns) + 1 + place) for place, letter in enumerate(letters)}
    for column in beside.values():
        sheet.column_dimensions[column].width = _PICTURE_WIDTH
    sheet.append([*columns, *(f"picture {letter}".strip() for letter in letters)])
    for number, row in enumerate(rows):
        _put_pictures(sheet, number + 2, (pictures or {}).get(number, {}), beside)
        cells = [WriteOnlyCell(sheet, row.get(name, "")[:_LONGEST]) for name in columns]
        for cell in cells:
            cell.data_type = "s"
        sheet.append(cells)
    buffer = io.BytesIO()
    book.save(buffer)
    write_whole(path, buffer.getvalue())


def _put_pictures(sheet: Any, line: int, pictures: Mapping[str, bytes], beside: Mapping[str, str]) -> None:
    from openpyxl.drawing.image import Image

    highest = 0
    for letter, content in pictures.items():
        picture = Image(io.BytesIO(content))
        highest = max(highest, picture.height)
        sheet.add_image(picture, f"{beside[letter]}{line}")
    if highest:
        sheet.row_dimensions[line].height = highest * _POINTS_PER_PIXEL + 2


def _cell(sheet: Any, column: ColumnSpec, text: str) -> Any:
    from openpyxl.cell import WriteOnlyCell

    value = _value(column, text)
    if value is None:
        return None
    cell = WriteOnlyCell(sheet, value)
    if isinstance(value, str):
        cell.data_type = "s"  # text that starts with = is printed text, never a formula
        cell.number_format = _TEXT_FORMAT
    elif isinstance(value, date):
        cell.number_format = _DATE_FORMAT
    elif isinstance(value, Decimal) and (column.unit == "yuan" or abs(value) >= _ROUNDED_IN_SIGHT):
        cell.number_format = _MONEY_FORMAT
    return cell


def _value(column: ColumnSpec, text: str) -> str | Decimal | date | bool | None:
    if not text:
        return None
    try:
        if column.type in ("integer", "decimal"):
            number = Decimal(text)
            return number if len(number.as_tuple().digits) <= _EXACT_DIGITS else text
        if column.type == "date" and not column.key:
            day = date.fromisoformat(text)
            return day if day >= _FIRST_DAY and day.isoformat() == text else text
    except (ArithmeticError, ValueError):
        return text[:_LONGEST]
    if column.type == "boolean" and text in ("true", "false"):
        return text == "true"
    return text[:_LONGEST]


def _without_times(source: Path, target: Path) -> None:
    """Copy an archive with one fixed time for all members, and for the change that the library notes inside."""
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            if name == _PROPERTIES:
                content = _CHANGED.sub(rb"\g<1>" + _FIXED_TIME.isoformat().encode() + b"Z", content)
            new.writestr(zipfile.ZipInfo(name, _FIXED_TIME.timetuple()[:6]), content, zipfile.ZIP_DEFLATED)

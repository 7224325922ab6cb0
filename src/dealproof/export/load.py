"""An export back as the dataset it was written from, whatever its format."""

from __future__ import annotations

import csv
import json
import zipfile
import zlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dealproof import contract
from dealproof.contract import TableSpec
from dealproof.dataset.dataset import Dataset
from dealproof.dataset.format_values import write, write_coordinate, write_decimal
from dealproof.dataset.guarded import unguards
from dealproof.errors import UsageError
from dealproof.export.data_package import PACKAGE, Digest, Resource, file_digest
from dealproof.export.diff_causes import identity
from dealproof.model.cell import Row

_NAME_AN_EXPORT = "Name a folder that `dealproof run` or `dealproof export` wrote."
_WRITE_AGAIN = "Write the export again with `dealproof export`."
#: What the three libraries raise when they meet a file that is cut off, overwritten or locked.
_DAMAGE = (
    OSError,
    ValueError,
    KeyError,
    TypeError,
    AttributeError,
    SyntaxError,
    EOFError,
    NotImplementedError,
    csv.Error,
    zipfile.BadZipFile,
    zlib.error,
)

#: A header and its rows, all as text.
Grid = tuple[Sequence[str], Sequence[Sequence[str]]]


def load_export(folder: Path) -> Dataset:
    """Return the dataset that `write_export` put into `folder`.

    Parquet and workbooks hold numbers, not digits: zeros at the end of a percentage (`0.260`) do not come back.
    Nor does what a workbook's cell cannot hold, the end of a text of more than 32 767 characters.
    Raises UsageError if `folder` is no export, is damaged or was changed by hand, or was written by another version of the
    program.
    """
    resources = _resources(folder)
    grids: dict[str, Grid] = {}
    for file in sorted({told.path for told in resources.values()}):
        grids |= _read(folder / file, [name for name, told in resources.items() if told.path == file])
    tables = {spec.name: _rows(spec, grids[spec.name], folder, resources[spec.name]) for spec in contract.tables()}
    for file, digest in {told.path: told.digest for told in resources.values()}.items():
        if digest is not None and file_digest(folder / file) != digest:
            raise UsageError(
                f"{folder / file} is not as it was written.",
                f"Somebody saved it, or it is damaged; a spreadsheet changes figures and codes on the way. {_WRITE_AGAIN}",
            )
    return Dataset(MappingProxyType(tables))


def _resources(folder: Path) -> dict[str, Resource]:
    """Where every table stands, as the package tells it."""
    package = folder / PACKAGE
    if not folder.exists():
        raise UsageError(f"{folder} does not exist.", _NAME_AN_EXPORT)
    if not folder.is_dir():
        raise UsageError(f"{folder} is a file.", _NAME_AN_EXPORT)
    if not package.exists():
        raise UsageError(f"{folder} is no export: it has no {PACKAGE}.", _NAME_AN_EXPORT)
    try:
        listed = json.loads(package.read_text(encoding="utf-8"))["resources"]
        resources = {str(item["name"]): _resource(item) for item in listed}
    except _DAMAGE as error:
        raise _damaged(package, error) from error
    _refuse_other_names(package, "tables", resources, [spec.name for spec in contract.tables()])
    for told in resources.values():
        if Path(told.path).name != told.path or Path(told.path).suffix not in _READERS:
            raise UsageError(f"{package} names {told.path}, which is no file of an export.", _WRITE_AGAIN)
    return resources


def _resource(item: Mapping[str, Any]) -> Resource:
    sha256 = str(item.get("hash", "")).removeprefix("sha256:")
    return Resource(str(item["path"]), int(item["rows"]), Digest(int(item["bytes"]), sha256) if sha256 else None)


def _read(path: Path, tables: Sequence[str]) -> dict[str, Grid]:
    if not path.is_file():
        raise UsageError(f"{path} is missing, so the export is not complete.", _WRITE_AGAIN)
    try:
        return _READERS[path.suffix](path, tables)
    except _DAMAGE as error:
        raise _damaged(path, error) from error


def _rows(spec: TableSpec, grid: Grid, folder: Path, told: Resource) -> tuple[Row, ...]:
    header, lines = grid
    path = folder / told.path
    points = {column.name for column in spec.columns if column.unit == "points"}
    _refuse_other_names(path, f"columns in {spec.name}", header, spec.column_names)
    if len(lines) != told.rows:
        raise UsageError(
            f"{path} has {len(lines)} rows of {spec.name}, but {told.rows} were written.",
            f"It was cut off or changed by hand. {_WRITE_AGAIN}",
        )
    rows = tuple(dict(zip(header, line, strict=True)) for line in lines)
    for row in rows:
        row.update({name: write_coordinate(float(row[name])) for name in points if row[name]})
    _refuse_twins(spec, rows, path)
    return rows


def _refuse_other_names(path: Path, what: str, found: Iterable[str], wanted: Sequence[str]) -> None:
    names = list(found)
    missing = [name for name in wanted if name not in names]
    unknown = [name for name in names if name not in wanted]
    if missing or unknown or len(names) != len(wanted):
        told = [f"missing: {', '.join(missing)}"] * bool(missing) + [f"unknown: {', '.join(unknown)}"] * bool(unknown)
        raise UsageError(
            f"{path} has other {what} than this version of dealproof writes ({'; '.join(told) or 'one stands twice'}).",
            _WRITE_AGAIN,
        )


def _refuse_twins(spec: TableSpec, rows: Iterable[Row], path: Path) -> None:
    if not spec.unique_key:
        return
    seen: set[tuple[str, ...]] = set()
    for row in rows:
        key = tuple(row[name] for name in identity(spec))
        if key in seen:
            raise UsageError(f"{path} has two rows of {spec.name} with the key {'|'.join(key)}.", _WRITE_AGAIN)
        seen.add(key)


def _damaged(path: Path, error: Exception) -> UsageError:
    reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
    return UsageError(f"{path} cannot be read ({reason.splitlines()[0]}).", f"It may be damaged. {_WRITE_AGAIN}")


def _csv_file(path: Path, tables: Sequence[str]) -> dict[str, Grid]:
    with path.open(encoding="utf-8-sig", newline="") as handle:
        header, *lines = csv.reader(handle, strict=True)
    if any(len(line) != len(header) for line in lines):
        raise ValueError("a row has more or fewer cells than the header")
    changes = [(header.index(name), change) for name, change in unguards(contract.table(tables[0])) if name in header]
    for line in lines:
        for place, change in changes:
            line[place] = change(line[place])
    return {tables[0]: (header, lines)}


def _parquet_file(path: Path, tables: Sequence[str]) -> dict[str, Grid]:
    from pyarrow import parquet

    table = parquet.read_table(path)
    columns = [[_text(value) for value in column.to_pylist()] for column in table.columns]
    return {tables[0]: (table.column_names, list(zip(*columns, strict=True)))}


def _workbook(path: Path, tables: Sequence[str]) -> dict[str, Grid]:
    from openpyxl import load_workbook

    book = load_workbook(path, read_only=True)
    try:
        return {name: _sheet(book[name]) for name in tables}
    finally:
        book.close()


def _sheet(sheet: Any) -> Grid:
    header, *lines = ([_text(value) for value in row] for row in sheet.iter_rows(values_only=True))
    # empty cells at the end of a row are not stored
    return header, [[*line, *[""] * (len(header) - len(line))] for line in lines]


def _text(value: Any) -> str:
    """A value as the dataset prints it; a spreadsheet's number is exact, since only 15 digits were put there."""
    if isinstance(value, datetime):
        return value.date().isoformat()  # a spreadsheet knows no days without a time
    if isinstance(value, float):
        return write_decimal(Decimal(repr(value)), keep_zeros=False)
    return write(value)


_READERS: dict[str, Callable[[Path, Sequence[str]], dict[str, Grid]]] = {
    ".csv": _csv_file,
    ".parquet": _parquet_file,
    ".xlsx": _workbook,
}


def read_file(path: Path, tables: Sequence[str]) -> dict[str, Grid]:
    """Tables of one file of an export as text, whatever version wrote it. Raises UsageError where it cannot be read."""
    return _read(path, tables)

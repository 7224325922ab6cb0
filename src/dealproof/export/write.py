"""An export: a folder that is complete or not there."""

from __future__ import annotations

import codecs
from collections.abc import Callable
from itertools import islice
from pathlib import Path
from typing import IO, Literal

from dealproof import contract
from dealproof.contract import TableSpec
from dealproof.dataset.dataset import Dataset
from dealproof.errors import UsageError
from dealproof.export.atomic_folder import LITTER, put_folder
from dealproof.export.csv_rows import csv_header, csv_lines
from dealproof.export.data_package import PACKAGE, Resource, file_digest, package_text
from dealproof.model.cell import Row

Format = Literal["csv", "parquet", "xlsx"]

_WORKBOOK = "dataset.xlsx"
#: Rows that are written at a time.
_AT_ONCE = 10_000


def write_export(dataset: Dataset, folder: Path, fmt: Format = "csv") -> tuple[Path, ...]:
    """Write all tables and `datapackage.json` to `folder` and return the files written.

    An earlier export there is replaced as a whole, and only once the new one is complete; what a killed program left
    half done is cleared away. One program at a time may write to a folder. Raises UsageError if `folder` holds
    anything that is not an export, StoreError if it cannot be written.
    """
    _refuse_foreign_files(folder.resolve())
    return put_folder(folder, lambda fresh: _WRITERS[fmt](dataset, fresh))


def _refuse_foreign_files(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise UsageError(f"{target} is a file.", "Name a folder for the export.")
    ours = {PACKAGE, _WORKBOOK, *LITTER}
    ours |= {f"{spec.name}.{ending}" for spec in contract.tables() for ending in ("csv", "parquet")}
    foreign = sorted(path.name for path in target.iterdir() if path.name not in ours) if target.exists() else []
    if foreign:
        raise UsageError(
            f"{target} holds {foreign[0]}, which is not part of an export.", "Choose a new or empty folder."
        )


def _write_csv(dataset: Dataset, folder: Path) -> list[str]:
    def opened(table: str) -> IO[bytes]:
        handle = (folder / f"{table}.csv").open("wb")
        handle.write(codecs.BOM_UTF8 + csv_header(contract.table(table)).encode())  # a spreadsheet knows UTF-8 by the mark only
        return handle

    if not dataset.write_lines(opened):
        for spec in contract.tables():
            with opened(spec.name) as handle:
                rows = iter(dataset.rows(spec.name))
                while some := list(islice(rows, _AT_ONCE)):
                    handle.write(csv_lines(spec, some).encode())
    paths = {spec.name: f"{spec.name}.csv" for spec in contract.tables()}
    return [*paths.values(), _describe(dataset, folder, paths)]


def _write_parquet(dataset: Dataset, folder: Path) -> list[str]:
    from dealproof.export.parquet import write_table

    return _file_per_table(dataset, folder, "parquet", write_table)


def _write_xlsx(dataset: Dataset, folder: Path) -> list[str]:
    from dealproof.export.workbook import write_workbook

    write_workbook(dataset, folder / _WORKBOOK)
    return [_WORKBOOK, _describe(dataset, folder, {spec.name: _WORKBOOK for spec in contract.tables()})]


def _file_per_table(
    dataset: Dataset, folder: Path, ending: str, write: Callable[[TableSpec, tuple[Row, ...], Path], None]
) -> list[str]:
    paths = {spec.name: f"{spec.name}.{ending}" for spec in contract.tables()}
    for spec in contract.tables():
        write(spec, dataset.rows(spec.name), folder / paths[spec.name])
    return [*paths.values(), _describe(dataset, folder, paths)]


def _describe(dataset: Dataset, folder: Path, paths: dict[str, str]) -> str:
    written = {name: file_digest(folder / name) for name in set(paths.values())}
    resources = {table: Resource(path, dataset.count(table), written[path]) for table, path in paths.items()}
    (folder / PACKAGE).write_text(package_text(dataset, resources), encoding="utf-8", newline="\n")
    return PACKAGE


_WRITERS: dict[Format, Callable[[Dataset, Path], list[str]]] = {
    "csv": _write_csv,
    "parquet": _write_parquet,
    "xlsx": _write_xlsx,
}

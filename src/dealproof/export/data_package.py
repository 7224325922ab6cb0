"""`datapackage.json`: the contract as a Frictionless Data Package, so that other tools can read an export."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from dealproof import contract
from dealproof.contract import ColumnSpec, TableSpec
from dealproof.dataset.dataset import Dataset

PACKAGE = "datapackage.json"
_FRICTIONLESS_TYPES = {
    "string": "string",
    "integer": "integer",
    "decimal": "number",
    "date": "date",
    "boolean": "boolean",
}
_MEDIA_TYPES = {
    "csv": "text/csv",
    "parquet": "application/vnd.apache.parquet",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@dataclass(frozen=True, slots=True)
class Digest:
    """A file as it was written: its bytes counted, and their SHA-256."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Resource:
    """Where a table of an export stands: file, number of rows, what the file was when it was written.

    Exports of earlier versions do not tell the last.
    """

    path: str
    rows: int
    digest: Digest | None


def file_digest(path: Path) -> Digest:
    """Return what a file is now. Raises OSError where it cannot be read."""
    with path.open("rb") as handle:
        return Digest(path.stat().st_size, hashlib.file_digest(handle, "sha256").hexdigest())


def package(dataset: Dataset, resources: Mapping[str, Resource]) -> dict[str, Any]:
    """Return the package descriptor; `resources` tells of every table where it stands.

    `created` is the day of the newest document, so that the same inputs give the same bytes at any hour; it is left out
    where no document has a date. When the folder was written is known to the store (`dealproof status`).
    """
    days = sorted(row["report_date"] for row in dataset.rows("documents") if row["report_date"])
    return {
        "profile": "data-package",
        "name": "dealproof-dataset",
        "title": "Deal dataset of Chinese asset-backed securities",
        "version": version("dealproof"),
        "contract_version": contract.version(),
        **({"created": f"{days[-1]}T00:00:00Z"} if days else {}),
        "resources": [_resource(spec, resources[spec.name], dataset) for spec in contract.tables()],
    }


def package_text(dataset: Dataset, resources: Mapping[str, Resource]) -> str:
    """Return the package descriptor as JSON text."""
    return json.dumps(package(dataset, resources), ensure_ascii=False, indent=2) + "\n"


def _resource(spec: TableSpec, place: Resource, dataset: Dataset) -> dict[str, Any]:
    ending = place.path.rpartition(".")[2]
    resource: dict[str, Any] = {
        "name": spec.name,
        "path": place.path,
        "description": spec.en,
        "description_zh": spec.zh,
        "row": spec.row,
        "rows": place.rows,
        **({"bytes": place.digest.size, "hash": f"sha256:{place.digest.sha256}"} if place.digest else {}),
        "format": ending,
        "mediatype": _MEDIA_TYPES[ending],
        "schema": _schema(spec, dataset),
    }
    if ending == "csv":
        resource |= {"profile": "tabular-data-resource", "encoding": "utf-8"}
        resource["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "header": True}
    if ending == "xlsx":
        resource["dialect"] = {
            "header": True,
            "headerRows": [1],
            "sheetName": spec.name,  # as the standard says it
            "excel": {"sheet": spec.name},  # as its first reader says it
        }
    return resource


def _schema(spec: TableSpec, dataset: Dataset) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in spec.columns], "missingValues": [""]}
    if spec.unique_key:
        schema["primaryKey"] = list(spec.key)
    links = [_link(spec, column) for column in spec.references if _holds(spec, column, dataset)]
    return {**schema, "foreignKeys": links} if links else schema


def _link(spec: TableSpec, column: ColumnSpec) -> dict[str, Any]:
    """A reference in the words of the standard, where the empty name is the table itself."""
    resource = "" if column.refers == spec.name else column.refers
    return {"fields": [column.name], "reference": {"resource": resource, "fields": [_key_of(column.refers)]}}


def _holds(spec: TableSpec, column: ColumnSpec, dataset: Dataset) -> bool:
    """Whether every row finds its partner: a person's row may speak of a deal or document that is not at hand."""
    return dataset.finds_all(spec.name, column.name, _key_of(column.refers))


def _key_of(table: str) -> str:
    (name,) = contract.table(table).key
    return name


def _field(column: ColumnSpec) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FRICTIONLESS_TYPES[column.type],
        "description": column.en,
        "description_zh": column.zh,
    }
    if column.unit:
        field["unit"] = column.unit
    if column.vocabulary and column.open_prefixes:
        words = [*map(re.escape, column.vocabulary), *(f"{re.escape(p)}.+" for p in column.open_prefixes)]
        field["constraints"] = {"pattern": "|".join(words)}
    elif column.vocabulary:
        field["constraints"] = {"enum": list(column.vocabulary)}
    return field

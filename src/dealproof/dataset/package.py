"""`datapackage.json`: the contract as a Frictionless Data Package, so that other tools can read an export."""

from __future__ import annotations

import json
import re
from typing import Any

from dealproof import contract
from dealproof.contract import ColumnSpec, TableSpec

_FRICTIONLESS_TYPES = {
    "string": "string",
    "integer": "integer",
    "decimal": "number",
    "date": "date",
    "boolean": "boolean",
}


def package(paths: dict[str, str], row_counts: dict[str, int]) -> dict[str, Any]:
    """Return the package descriptor; `paths` and `row_counts` give file and number of rows per table."""
    return {
        "profile": "data-package",
        "name": "dealproof-dataset",
        "title": "Deal dataset of Chinese asset-backed securities",
        "resources": [_resource(spec, paths[spec.name], row_counts[spec.name]) for spec in contract.tables()],
    }


def package_text(paths: dict[str, str], row_counts: dict[str, int]) -> str:
    """Return the package descriptor as JSON text."""
    return json.dumps(package(paths, row_counts), ensure_ascii=False, indent=2) + "\n"


def _resource(spec: TableSpec, path: str, rows: int) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in spec.columns], "missingValues": [""]}
    if spec.unique_key:
        schema["primaryKey"] = list(spec.key)
    resource: dict[str, Any] = {
        "name": spec.name,
        "path": path,
        "description": spec.en,
        "description_zh": spec.zh,
        "row": spec.row,
        "rows": rows,
        "schema": schema,
    }
    if path.endswith(".csv"):
        resource |= {"profile": "tabular-data-resource", "format": "csv", "encoding": "utf-8"}
        resource["dialect"] = {"delimiter": ",", "lineTerminator": "\n", "header": True}
    if path.endswith(".xlsx"):
        resource["dialect"] = {"sheet": spec.name}
    return resource


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

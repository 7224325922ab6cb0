"""Texts of a CSV export that no spreadsheet takes for formulas, and back, so that every key still meets its evidence.

A key is guarded part by part, alone in its column as well as joined by `|`: `'-其他` in `cash_flows.line` is
`远岫2031-1|3|income|'-其他|…` in `evidence.key`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence

from dealproof.contract import ColumnSpec, TableSpec
from dealproof.mappings.sheet import no_formula, unguarded

Change = Callable[[str], str]

_MAY_START_A_FORMULA = re.compile(r"(?:^|\|)'*[=+\-@\t\r]")
#: The same in JSON, where a text begins after a quotation mark, and an escaped sign may be any.
_MAY_HOLD_A_FORMULA = re.compile(r"""["|]'*[=+\-@\\]""")


def guarded_key(key: str) -> str:
    """Return a key, or keys joined by `|`, whose parts no spreadsheet takes for formulas."""
    return "|".join(map(no_formula, key.split("|"))) if _MAY_START_A_FORMULA.search(key) else key


def unguarded_key(key: str) -> str:
    """Return the key that `guarded_key` was given."""
    return "|".join(map(unguarded, key.split("|"))) if "'" in key else key


def guards(spec: TableSpec) -> tuple[tuple[str, Change], ...]:
    """The columns of a table that a CSV export guards, each with how."""
    return tuple((column.name, _change(column, no_formula, guarded_key)) for column in _texts(spec))


def unguards(spec: TableSpec) -> tuple[tuple[str, Change], ...]:
    """The same columns, each with how its texts come back."""
    return tuple((column.name, _change(column, unguarded, unguarded_key)) for column in _texts(spec))


def _texts(spec: TableSpec) -> Sequence[ColumnSpec]:
    return [column for column in spec.columns if column.type == "string"]


def _change(column: ColumnSpec, text: Change, key: Change) -> Change:
    if column.name == "cells":
        return lambda value: _in_cells(value, key)
    return key if column.key or column.refers or column.name == "key" else text


def _in_cells(text: str, change: Change) -> str:
    """The JSON list of `checks.cells` with its keys changed."""
    if not _MAY_HOLD_A_FORMULA.search(text):
        return text
    cells = json.loads(text) if text else []
    changed = [[table, change(key), column] for table, key, column in cells]
    return text if changed == cells else json.dumps(changed, ensure_ascii=False)

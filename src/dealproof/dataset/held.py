"""What the dataset holds in cells that questions and evidence name."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dealproof import contract

Cell = tuple[str, str, str]


def held(tables: Mapping[str, Sequence[Mapping[str, str]]], cells: Iterable[Cell]) -> dict[Cell, str]:
    """Return the value of each cell (table, key as printed, column); empty where there is no such row or column."""
    found: dict[Cell, str] = {}
    rows: dict[str, dict[str, Mapping[str, str]]] = {}
    for table, key, column in cells:
        if table not in rows:
            names = contract.table(table).key if contract.has_table(table) else ()
            rows[table] = {"|".join(row[name] for name in names): row for row in tables.get(table, ())} if names else {}
        found[table, key, column] = rows[table].get(key, {}).get(column, "")
    return found

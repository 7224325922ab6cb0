"""Rows of the fact tables from the readings that were chosen."""

from __future__ import annotations

from collections.abc import Iterable

from dealproof import contract
from dealproof.contract import TableSpec
from dealproof.dataset.readings import CellKey, Reading

Row = dict[str, str]

#: Columns whose value is known for every row until another source says otherwise.
_DEFAULTS = {"parties": {"match": "unmatched"}}
_UNIT_BESIDE_VALUE = frozenset({"pool_stats", "performance"})


def fact_rows(chosen: dict[CellKey, Reading]) -> dict[str, list[Row]]:
    """Return the rows of every table that facts speak of, unordered."""
    rows: dict[tuple[str, tuple[str, ...]], Row] = {}
    for (table, key, column), item in chosen.items():
        row = rows.setdefault((table, key), _start(contract.table(table), key))
        row[column] = item.printed
        if column == "value" and table in _UNIT_BESIDE_VALUE:
            row["unit"] = row["unit"] or item.unit
    tables: dict[str, list[Row]] = {}
    for (table, _), row in rows.items():
        tables.setdefault(table, []).append(row)
    _number_anew(tables.get("tranches", []))
    return tables


def in_order(spec: TableSpec, rows: Iterable[Row]) -> tuple[Row, ...]:
    """Return rows in the order of the contract: by key, numbers by value, then by all other columns."""
    leading = spec.order or spec.key
    names = (*leading, *(name for name in spec.column_names if name not in leading))
    numeric = {column.name for column in spec.columns if column.type in ("integer", "decimal")}
    turns = [(name, name in numeric) for name in names]
    return tuple(
        sorted(rows, key=lambda row: [_by_value(row[name]) if is_number else row[name] for name, is_number in turns])
    )


def _start(spec: TableSpec, key: tuple[str, ...]) -> Row:
    row = dict.fromkeys(spec.column_names, "")
    row.update(_DEFAULTS.get(spec.name, {}))
    row.update(zip(spec.key, key, strict=True))
    return row


def _by_value(text: str) -> tuple[float, str]:
    """Missing first, numbers by value, everything else by its text."""
    if not text:
        return -1e300, text
    try:
        return float(text), text
    except ValueError:
        return 1e300, text


def _number_anew(rows: list[Row]) -> None:
    """Make positions unique within a deal where documents disagree about the tranches that exist."""
    deals: dict[str, list[Row]] = {}
    for row in rows:
        deals.setdefault(row["deal_id"], []).append(row)
    for members in deals.values():
        if len({row["position"] for row in members}) < len(members):
            members.sort(key=lambda row: (_by_value(row["position"]), row["tranche"]))
            for place, row in enumerate(members, start=1):
                row["position"] = str(place)

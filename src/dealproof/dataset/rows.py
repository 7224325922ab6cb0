"""Rows of the dataset: made from readings (the facts that were chosen, the evidence of all), put in order, looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from dealproof import contract
from dealproof.contract import TableSpec
from dealproof.dataset.format_values import clean, write, write_coordinate
from dealproof.dataset.readings import Reading
from dealproof.model.cell import DatasetCell, Row

#: A row that is being filled.
_Draft = dict[str, str]
#: Columns whose value is known for every row until another source says otherwise.
_DEFAULTS = {"parties": {"match": "unmatched"}}
_UNIT_BESIDE_VALUE = frozenset({"pool_stats", "performance"})


def fact_rows(chosen: dict[DatasetCell, Reading]) -> dict[str, list[_Draft]]:
    """Return the rows of every table that facts speak of, unordered."""
    rows: dict[tuple[str, tuple[str, ...]], _Draft] = {}
    for (table, key, column), item in chosen.items():
        row = rows.setdefault((table, key), _start(contract.table(table), key))
        row[column] = item.printed
        if column == "value" and table in _UNIT_BESIDE_VALUE:
            row["unit"] = row["unit"] or item.unit
    tables: dict[str, list[_Draft]] = {}
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


def _start(spec: TableSpec, key: tuple[str, ...]) -> _Draft:
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


def _number_anew(rows: list[_Draft]) -> None:
    """Make positions unique within a deal where documents disagree about the tranches that exist."""
    deals: dict[str, list[_Draft]] = {}
    for row in rows:
        deals.setdefault(row["deal_id"], []).append(row)
    for members in deals.values():
        if len({row["position"] for row in members}) < len(members):
            members.sort(key=lambda row: (_by_value(row["position"]), row["tranche"]))
            for place, row in enumerate(members, start=1):
                row["position"] = str(place)


def key_of(table: str, row: Row) -> str:
    """The key of a row of a table as one text."""
    return "|".join(row[name] for name in contract.table(table).key)


def cell_of(table: str, row: Row, column: str) -> DatasetCell:
    """A cell of a row at hand."""
    return DatasetCell.of_text(table, key_of(table, row), column)


def held(tables: Mapping[str, Sequence[Row]], cells: Iterable[DatasetCell]) -> dict[DatasetCell, str]:
    """Return the value of each cell; empty where there is no such row or column."""
    found: dict[DatasetCell, str] = {}
    rows: dict[str, dict[str, Row]] = {}
    for cell in cells:
        if cell.table not in rows:
            known = tables.get(cell.table, ()) if contract.has_table(cell.table) else ()
            rows[cell.table] = {key_of(cell.table, row): row for row in known}
        found[cell] = rows[cell.table].get(cell.key_text, {}).get(cell.column, "")
    return found



def evidence_rows(readings: Iterable[Reading]) -> list[Row]:
    """Return the proof of every reading; one place that proves a cell once is printed once."""
    rows = {tuple(row.values()): row for row in map(_row, readings)}
    return list(rows.values())


def _row(item: Reading) -> Row:
    proof = item.evidence
    return {
        "table": item.table,
        "key": item.key_text,
        "column": item.column,
        "document_id": item.document_id,
        "page": write(proof.page) if proof else "",
        "x0": write_coordinate(proof.box.x0) if proof else "",
        "top": write_coordinate(proof.box.top) if proof else "",
        "x1": write_coordinate(proof.box.x1) if proof else "",
        "bottom": write_coordinate(proof.box.bottom) if proof else "",
        "text": clean(proof.text) if proof else "",
        "unit_text": clean(proof.unit_text) if proof else "",
        "unit_from": proof.unit_from if proof else "",
        "reader": proof.reader if proof else "",
        "derivation": clean(item.derivation),
        "status": item.origin,
        "confidence": _confidence(item),
    }


def _confidence(item: Reading) -> str:
    """Of recognised text only; what the file spells out is not a matter of confidence."""
    proof = item.evidence
    return f"{proof.confidence:.3f}" if proof is not None and proof.reader == "ocr" else ""

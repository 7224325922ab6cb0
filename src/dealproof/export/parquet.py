"""One table as Parquet: exact decimals, real dates and booleans, and NULL for what is missing, text included."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from dealproof.contract import ColumnSpec, TableSpec
from dealproof.model.cell import Row

_PRECISION = 38
#: Places after the point that hold every printed figure; a column that needs more gets more.
_SCALE = 6

_READERS: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "decimal": Decimal,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def write_table(spec: TableSpec, rows: tuple[Row, ...], path: Path) -> None:
    """Write one table. A column whose values do not all fit its type is written as text."""
    import pyarrow as pa
    from pyarrow import parquet

    arrays = [_array(column, [row[column.name] for row in rows]) for column in spec.columns]
    parquet.write_table(pa.table(arrays, names=list(spec.column_names)), path, compression="zstd")


def _array(column: ColumnSpec, texts: list[str]) -> Any:
    import pyarrow as pa

    read = _READERS.get(column.type)
    if read is not None:
        try:
            values = [read(text) if text else None for text in texts]
            return pa.array(values, _arrow_type(column, values))
        except (ValueError, ArithmeticError, KeyError, pa.ArrowInvalid):
            pass  # the column holds something else, for instance a number with more than 76 digits
    return pa.array([text or None for text in texts], pa.string())


def _arrow_type(column: ColumnSpec, values: list[Any]) -> Any:
    import pyarrow as pa

    if column.type == "decimal":
        parts = [value.as_tuple() for value in values if value is not None]
        scale = max([_SCALE, *(-int(part.exponent) for part in parts)])
        whole = max((len(part.digits) + int(part.exponent) for part in parts), default=0)
        return pa.decimal128(_PRECISION, scale) if whole + scale <= _PRECISION else pa.decimal256(2 * _PRECISION, scale)
    return {"integer": pa.int64(), "date": pa.date32(), "boolean": pa.bool_()}[column.type]

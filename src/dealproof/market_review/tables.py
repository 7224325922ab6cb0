"""All results as one table, for spreadsheets and programs: `metrics.csv` and `metrics.parquet`."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

from dealproof.mappings.sheet import write_records
from dealproof.metrics.frames import RESULT_COLUMNS, results_frame
from dealproof.metrics.model import Review

CSV, PARQUET = "metrics.csv", "metrics.parquet"
_WHOLE = frozenset({"year", "n", "left_out"})


def write_tables(review: Review, folder: Path) -> tuple[Path, ...]:
    """Write both files; columns as in `results_frame`. Shares may be endless decimals, so exact values are text in Parquet."""
    import pyarrow as pa
    from pyarrow import parquet

    rows = [tuple(row) for row in results_frame(review).itertuples(index=False)]
    write_records(folder / CSV, [RESULT_COLUMNS, *(tuple(_text(value) for value in row) for row in rows)])
    arrays = [
        pa.array([row[at] for row in rows], pa.int64())
        if name in _WHOLE
        else pa.array([None if row[at] is None else _text(row[at]) for row in rows], pa.string())
        for at, name in enumerate(RESULT_COLUMNS)
    ]
    parquet.write_table(pa.table(arrays, names=list(RESULT_COLUMNS)), folder / PARQUET, compression="zstd")
    return folder / CSV, folder / PARQUET


def _text(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:f}" if isinstance(value, Decimal) else str(value)

"""The tables of a folder of PDFs as JSON: `tables.py FOLDER --json FILE [--reader dealproof|pdfplumber|...] [--jobs N]`.

The file holds, for each PDF, a list of `{"page", "cells": [{"row", "col", "row_span", "col_span", "text", "page"}], "box"}`; a
table that runs over pages stands once, at its first page. Prints what it cost; a file that cannot be read is told and has
no tables.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent))

from table_readers import READERS

Read = tuple[list[dict[str, Any]], float, str]


def read(path: Path, reader: str) -> Read:
    """The tables of one PDF, the seconds of the processor that they cost, and what went wrong, if anything did."""
    begin = time.process_time()
    try:
        grids, fault = [grid.as_dict() for grid in READERS[reader](path)], ""
    except ModuleNotFoundError:
        raise
    except Exception as error:  # noqa: BLE001  # other programs raise whatever they stumble over; the next file can be read
        grids, fault = [], f"{type(error).__name__}: {error}"
    return grids, time.process_time() - begin, fault


def main() -> None:
    """Read, write and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--json", type=Path, required=True, help="the file to write")
    parser.add_argument("--reader", choices=sorted(READERS), default="dealproof")
    parser.add_argument("--jobs", type=int, default=1, help="processes that read")
    given = parser.parse_args()
    paths = sorted(given.folder.glob("*.pdf"))
    with ProcessPoolExecutor(given.jobs) as pool:
        found = list(pool.map(partial(read, reader=given.reader), paths))
    given.json.write_text(
        json.dumps({path.name: tables for path, (tables, _, _) in zip(paths, found, strict=True)}, ensure_ascii=False),
        encoding="utf-8",
    )
    for path, (_, _, fault) in zip(paths, found, strict=True):
        if fault:
            print(f"{path.name}: {fault}", file=sys.stderr)
    spent = sum(seconds for _, seconds, _ in found)
    count = sum(len(tables) for tables, _, _ in found)
    print(f"{given.reader}: {len(paths)} files, {count} tables, {spent:.1f} s of the processor ({os.cpu_count()} cores)")


if __name__ == "__main__":
    main()

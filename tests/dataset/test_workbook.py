"""A workbook says the same at any hour."""

from __future__ import annotations

import time
from pathlib import Path

from dealproof.dataset.build import build_dataset
from dealproof.export.write import write_export


def test_two_workbooks_written_in_different_seconds_are_the_same_bytes(tmp_path: Path) -> None:
    dataset = build_dataset(())
    write_export(dataset, tmp_path / "one", "xlsx")
    time.sleep(1.1)
    write_export(dataset, tmp_path / "two", "xlsx")
    assert (tmp_path / "one" / "dataset.xlsx").read_bytes() == (tmp_path / "two" / "dataset.xlsx").read_bytes()

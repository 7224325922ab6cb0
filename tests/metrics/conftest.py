"""Reviews of the invented market, and reference files as analysts write them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from dealproof.mappings.reference import COLUMNS, MarketReference, load_reference

Reference = Callable[..., MarketReference]


@pytest.fixture
def reference(tmp_path: Path) -> Reference:
    """Write rows into a reference file and read it back."""

    def write(*rows: str) -> MarketReference:
        lines = [",".join(COLUMNS), *(f"{row},某数据商,2026-01-15," for row in rows)]
        (tmp_path / "market_reference.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        return load_reference(tmp_path)

    return write

"""A small market, printed and read once for all tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from samples.market.__main__ import main
from samples.market.printing import FONT, font_file

from dealproof import api
from dealproof.settings.settings import build_settings

#: How many deals of 2025 the small market has, about.
DEALS = 10


@pytest.fixture(scope="session")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dataset read from a small market, with the mappings made for it."""
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as missing:
        pytest.skip(f"WeasyPrint does not work here: {missing}")
    if font_file() is None:
        pytest.skip(f"{FONT} is not installed")
    room = tmp_path_factory.mktemp("market")
    assert main([str(room), "--only", str(DEALS), "--jobs", "2"]) == 0
    options = {"workspace": room / "work", "mappings": room / "mappings", "out": room / "out", "jobs": 2}
    api.run([str(room / "pdf")], build_settings(options, {}, room))
    return room / "out"

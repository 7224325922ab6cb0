"""What several rooms of the tests share: a workspace whose store is SQLite, then one whose store is PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dealproof.settings import Settings, build_settings
from dealproof.store.database import close_store
from tests.doubles.postgres import postgres_server, programs

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def new_database() -> Iterator[Callable[[], str]]:
    """Makes new databases on a real PostgreSQL server."""
    if programs() is None:
        pytest.skip("PostgreSQL is not installed")
    with postgres_server() as make:
        yield make


@pytest.fixture(params=["sqlite", "postgresql"])
def stocked(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings with an empty store of either kind."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("new_database")()
    options = {
        "workspace": tmp_path / "work",
        "mappings": ROOT / "mappings",
        "out": tmp_path / "out",
        "store": url,
        "jobs": 2,
    }
    settings = build_settings(options, {}, tmp_path)
    yield settings
    close_store(settings)

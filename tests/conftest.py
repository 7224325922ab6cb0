"""What several rooms of the tests share: a workspace whose store is SQLite, then one whose store is PostgreSQL.

The tests' door as well: where everything must be installed, a skip is a failure.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Generator, Iterator
from pathlib import Path
from typing import Any, TypeVar

import pytest
from hypothesis import settings

from dealproof.settings.settings import Settings, build_settings
from dealproof.store.database import close_store
from tests.doubles.postgres import postgres_server, programs
from tests.skips import NEED_ALL, is_lacking, refusal

ROOT = Path(__file__).parents[1]
#: How long an example takes is no matter of a test: it is measured in benchmarks/.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")
R = TypeVar("R", pytest.TestReport, pytest.CollectReport)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One worker more than the machine has cores: some tests wait for a clock or another process."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Files of tests go to workers whole, the dearest first; unless the command line asks for another way."""
    from tests.turns import BiggestFirst

    return BiggestFirst(config, log) if config.getoption("dist") == "load" else None


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    return _judged((yield))


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    return _judged((yield))


def _judged(report: R) -> R:
    """A skip for want of something, where nothing may be missing, as a failure."""
    if report.outcome == "skipped" and isinstance(report.longrepr, tuple):
        reason = str(report.longrepr[2])
        if is_lacking(reason, bool(os.environ.get(NEED_ALL))):
            report.outcome, report.longrepr = "failed", refusal(reason)
    return report


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

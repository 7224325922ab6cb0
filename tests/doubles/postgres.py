"""A real PostgreSQL server for tests: private, without a network port, gone at the end."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg

#: A server that is there already, as a URL; its user may make databases.
VARIABLE = "DEALPROOF_TEST_POSTGRES"
#: PostgreSQL refuses to run as root; Debian makes this user for it.
USER = "postgres"


def programs() -> Path | None:
    """The folder of PostgreSQL's server programs; None where it is not installed."""
    found = shutil.which("initdb")
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return Path(found).parent if found else debian[-1].parent if debian else None


@contextmanager
def postgres_server() -> Iterator[Callable[[], str]]:
    """Start a server; yields what makes a new, empty database and returns its URL."""
    given = os.environ.get(VARIABLE)
    if given:
        yield _maker(given.replace("postgresql+psycopg://", "postgresql://"))
        return
    where = programs()
    if where is None:
        raise RuntimeError("PostgreSQL is not installed")
    with tempfile.TemporaryDirectory(prefix="dpg", dir="/tmp") as name:
        folder = Path(name)
        user = _owner(folder)
        data = folder / "data"
        _do(user, where / "initdb", "-D", data, "-A", "trust", "-U", USER, "--no-sync")
        quick = f"-k {folder} -c listen_addresses='' -c fsync=off -c max_connections=60"
        _do(user, where / "pg_ctl", "-D", data, "-w", "-l", folder / "log", "-o", quick, "start")
        try:
            yield _maker(f"postgresql://{USER}@/postgres?host={folder}")
        finally:
            _do(user, where / "pg_ctl", "-D", data, "-m", "immediate", "stop")


def _owner(folder: Path) -> str | None:
    """Whom the server runs as: ourselves, unless we are root."""
    if os.geteuid() != 0:
        return None
    shutil.chown(folder, USER)
    return USER


def _do(user: str | None, *words: object) -> None:
    subprocess.run([*map(str, words)], user=user, check=True, stdout=subprocess.DEVNULL, cwd="/", timeout=120)


def _maker(server: str) -> Callable[[], str]:
    numbers = count(1)

    def make() -> str:
        name = f"test_{os.getpid()}_{next(numbers)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
        start, _, rest = server.partition("@")
        place, _, options = rest.partition("?")
        host = place.split("/")[0]
        return f"{start.replace('postgresql://', 'postgresql+psycopg://')}@{host}/{name}" + (
            f"?{options}" if options else ""
        )

    return make

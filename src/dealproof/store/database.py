"""One database, opened once a process: SQLite in the workspace by default, PostgreSQL by URL.

SQLite runs in WAL mode, so that who reads never waits for who writes. Every write is one short transaction that
takes the write lock at its first word; two programs at once wait for each other instead of failing.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import NoSuchModuleError, SQLAlchemyError

from dealproof.errors import EngineMissingError, StoreError
from dealproof.settings import Settings
from dealproof.store.url import masked, parsed, shown

FILE = "store.sqlite"
#: How long a write waits for another program's write before it gives up, in milliseconds.
PATIENCE = 120_000


@dataclass(frozen=True, slots=True)
class Store:
    """An open store: its engine, and the folder of the workspace (locks of a SQLite store live there)."""

    engine: Engine
    workspace: Path

    @property
    def name(self) -> str:
        """The store for people: a path, or a URL without a password."""
        return str(self.engine.url.database) if self.is_sqlite else shown(self.engine.url)

    @property
    def is_sqlite(self) -> bool:
        """Whether this is a file of one machine."""
        return self.engine.dialect.name == "sqlite"

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection for questions. Raises StoreError when the store does not answer."""
        with _told(self), self.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A connection whose changes become visible together at its end. Raises StoreError when they cannot."""
        with _told(self), self.engine.begin() as connection:
            yield connection


def open_store(settings: Settings) -> Store:
    """Open the store of the settings, made or brought up to date where necessary.

    Raises StoreError when it cannot be opened or is newer than this program, UsageError for a URL that makes no
    sense, EngineMissingError when the driver of the database is not installed.
    """
    return _open(settings.store, settings.workspace)


def close_store(settings: Settings) -> None:
    """Let go of the connections of this process."""
    _open(settings.store, settings.workspace).engine.dispose()
    _open.cache_clear()


@lru_cache(maxsize=4)
def _open(url: str, workspace: Path) -> Store:
    from dealproof.store.migrate import bring_up_to_date

    store = Store(_engine(_url(url, workspace)), workspace)
    if store.is_sqlite:
        _make_folder(Path(str(store.engine.url.database)).parent)
    bring_up_to_date(store)
    return store


def _url(url: str, workspace: Path) -> URL:
    if not url:
        return URL.create("sqlite", database=str(workspace / FILE))
    return parsed(url)


def _engine(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=not url.drivername.startswith("sqlite"))
    except (NoSuchModuleError, ModuleNotFoundError) as error:
        raise EngineMissingError(
            f"The driver of a store at {url.drivername}:// is not installed.",
            "For PostgreSQL install dealproof[postgres] and write postgresql+psycopg://…",
        ) from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where `_begin_sqlite` says, not where the driver guesses
    for pragma in (f"busy_timeout={PATIENCE}", "journal_mode=WAL", "synchronous=NORMAL"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The workspace {folder} cannot be written ({error.strerror}).",
            "Free space or choose another with --workspace.",
        ) from error


@contextmanager
def _told(store: Store) -> Iterator[None]:
    """Say in one sentence what the database said."""
    try:
        yield
    except SQLAlchemyError as error:
        remedy = (
            "Free space, check its permissions, or choose another with --workspace."
            if store.is_sqlite
            else "Check that the server runs and lets you in."
        )
        raise StoreError(f"The store {store.name} cannot be used ({in_words(store, error)}).", remedy) from harmless(
            store, error
        )


def in_words(store: Store, error: SQLAlchemyError) -> str:
    """What the database said, on one line and without a secret of the store's URL."""
    return masked(" ".join(str(getattr(error, "orig", None) or error).split()), store.engine.url)


def harmless(store: Store, error: SQLAlchemyError) -> SQLAlchemyError | None:
    """The error as the cause of ours, unless its words show a secret: `--debug` prints causes."""
    return error if masked(str(error), store.engine.url) == str(error) else None

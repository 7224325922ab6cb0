"""One database, opened once a process: SQLite in the workspace by default, PostgreSQL by URL.

SQLite runs in WAL mode, so that who reads never waits for who writes. Every write is one short transaction that
takes the write lock at its first word; two programs at once wait for each other instead of failing.
"""

from __future__ import annotations

import os
import sqlite3
import time
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.exc import NoSuchModuleError

from dealproof.errors import EngineMissingError, StoreError
from dealproof.settings.settings import Settings
from dealproof.store.connections import Store
from dealproof.store.migrate import bring_up_to_date
from dealproof.store.url import parsed

FILE = "store.sqlite"
#: How long a write waits for another program's write before it gives up, in milliseconds.
PATIENCE = 120_000
#: How often, and after how many seconds each time, the change of a new store's journal is tried again.
_TRIES, _PAUSE = 100, 0.1


def open_store(settings: Settings) -> Store:
    """Open the store of the settings, made or brought up to date where necessary.

    Raises StoreError when it cannot be opened, is newer than this program, or is another than the one that the settings
    are bound to; UsageError for a URL that makes no sense, EngineMissingError when the driver is not installed.
    """
    if settings.bound_to and _identity(settings) != settings.bound_to:
        raise StoreError(
            f"The workspace {settings.workspace} was removed while the program was at work.",
            "The last dataset stays as it was. Put the workspace back, or run again to read the files anew.",
        )
    store = _open(settings.store, settings.workspace)
    if _identity(settings) == store.identity:
        return store
    close_store(settings)  # the file went since this process opened it, or another one was put in its place
    return _open(settings.store, settings.workspace)


def bound(settings: Settings) -> Settings:
    """The settings bound to the store as it stands now: should its file go or become another, nobody makes a new one.

    A store on a server, or one that other machines see under other numbers, is not bound.
    """
    open_store(settings)
    return settings if settings.cluster else replace(settings, bound_to=_identity(settings))


def _identity(settings: Settings) -> str:
    return _identity_of(_url(settings.store, settings.workspace))


def _identity_of(url: URL) -> str:
    """What tells the file of a SQLite store from a new one in its place; nothing for a store on a server."""
    if not url.drivername.startswith("sqlite"):
        return ""
    try:
        told = os.stat(str(url.database))
    except OSError:
        return "gone"
    return f"{told.st_dev}:{told.st_ino}"


def close_store(settings: Settings) -> None:
    """Let go of the connections of this process."""
    _open(settings.store, settings.workspace).engine.dispose()
    _open.cache_clear()


@lru_cache(maxsize=4)
def _open(url: str, workspace: Path) -> Store:
    store = Store(_engine(_url(url, workspace)), workspace)
    if store.is_sqlite:
        _make_folder(Path(str(store.engine.url.database)).parent)
    bring_up_to_date(store)
    return replace(store, identity=_identity_of(store.engine.url))


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
    connection.execute(f"PRAGMA busy_timeout={PATIENCE}")
    _keep_a_journal_beside(connection)
    connection.execute("PRAGMA synchronous=NORMAL")


def _keep_a_journal_beside(connection: Any) -> None:
    """Of programs that open a new store at the same moment one changes its journal; the others are refused at once, whatever
    their patience."""
    for left in reversed(range(_TRIES)):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if not left or "locked" not in str(error):
                raise
            time.sleep(_PAUSE)


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

"""Who is reading which document: a claim that ends with the process that holds it, however that ends.

On PostgreSQL claims are advisory locks of a session, which the server lets go when the session dies; beside SQLite they
are locked files of the workspace, which the system lets go. So `kill -9` leaves no claim behind.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from dealproof.errors import StoreError
from dealproof.store.database import Store

#: Claims share this many files of the workspace; two documents in one file only wait for each other.
_FILES = 4096


@contextmanager
def claim(store: Store, name: str) -> Iterator[bool]:
    """Claim a name without waiting; yields whether it is ours."""
    with _advisory(store, name) if not store.is_sqlite else _locked_file(store, name, wait=False) as mine:
        yield mine


@contextmanager
def waiting_for(store: Store, name: str) -> Iterator[None]:
    """Hold a name that only one process holds at a time, for a short piece of work."""
    if store.is_sqlite:
        with _locked_file(store, name, wait=True):
            yield
        return
    with store.reading() as connection:
        connection.execute(text("SELECT pg_advisory_lock(:key)"), {"key": _key(name)})
        try:
            yield
        finally:
            connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _key(name)})


@contextmanager
def _advisory(store: Store, name: str) -> Iterator[bool]:
    with store.reading() as connection:
        mine = bool(connection.execute(text("SELECT pg_try_advisory_lock(:key)"), {"key": _key(name)}).scalar())
        try:
            yield mine
        finally:
            if mine:
                connection.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": _key(name)})


@contextmanager
def _locked_file(store: Store, name: str, wait: bool) -> Iterator[bool]:
    from filelock import FileLock, Timeout

    lock = FileLock(_path(store, name), timeout=-1 if wait else 0)
    try:
        lock.acquire()
    except Timeout:
        yield False
        return
    except OSError as error:
        raise StoreError(
            f"The workspace {store.workspace} cannot be written ({error.strerror}).",
            "Free space or choose another with --workspace.",
        ) from error
    try:
        yield True
    finally:
        lock.release()


def _path(store: Store, name: str) -> Path:
    folder = Path(str(store.engine.url.database)).parent / "locks"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The workspace {store.workspace} cannot be written ({error.strerror}).",
            "Free space or choose another with --workspace.",
        ) from error
    return folder / f"{_key(name) % _FILES:03x}.lock"


def _key(name: str) -> int:
    """A name as the signed 64-bit number that PostgreSQL locks."""
    return int.from_bytes(hashlib.sha256(f"dealproof {name}".encode()).digest()[:8], signed=True)

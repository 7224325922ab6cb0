"""Who is reading which document: a claim that ends with the process that holds it, however that ends.

On PostgreSQL claims are advisory locks of a session, which the server lets go when the session dies; beside SQLite they
are locked files of the workspace, which the system lets go. So `kill -9` leaves no claim behind.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sqlalchemy import text

from dealproof.errors import StoreError
from dealproof.store.connections import Store

#: Documents share this many files of the workspace; two of them in one file only wait for each other.
_FILES = 4096
_FOLDER = "locks"


@contextmanager
def claim(store: Store, name: str) -> Iterator[bool]:
    """Claim a name without waiting; yields whether it is ours."""
    file = f"{_key(name) % (1 << 64):016x}.lock"
    with _advisory(store, name) if not store.is_sqlite else _locked_file(store, file, wait=False) as mine:
        yield mine


@contextmanager
def claim_document(store: Store, document_id: str) -> Iterator[bool]:
    """Claim the reading of a document without waiting; yields whether it is ours.

    A claim is short. It never shares a file with a claim of another kind, which may be held for hours.
    """
    file = f"document-{_key(document_id) % _FILES:03x}.lock"
    with _advisory(store, document_id) if not store.is_sqlite else _locked_file(store, file, wait=False) as mine:
        yield mine


def close_inherited() -> None:
    """Let a process that was forked hold no claim of the one that forked it, which keeps it: a claim ends with one process."""
    folder = "/proc/self/fd"
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        with suppress(OSError):  # the look into the folder is one of its files
            place = Path(os.readlink(f"{folder}/{name}"))
            if place.suffix == ".lock" and place.parent.name == _FOLDER:
                os.close(int(name))


@contextmanager
def waiting_for(store: Store, name: str) -> Iterator[None]:
    """Hold a name that only one process holds at a time, for a short piece of work."""
    if store.is_sqlite:
        with _locked_file(store, f"{_key(name) % (1 << 64):016x}.lock", wait=True):
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
def _locked_file(store: Store, file: str, wait: bool) -> Iterator[bool]:
    from filelock import FileLock, Timeout

    lock = FileLock(_folder(store) / file, timeout=-1 if wait else 0)
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


def _folder(store: Store) -> Path:
    folder = Path(str(store.engine.url.database)).parent / _FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(
            f"The workspace {store.workspace} cannot be written ({error.strerror}).",
            "Free space or choose another with --workspace.",
        ) from error
    return folder


def _key(name: str) -> int:
    """A name as the signed 64-bit number that PostgreSQL locks."""
    return int.from_bytes(hashlib.sha256(f"dealproof {name}".encode()).digest()[:8], signed=True)

"""A store that is open: transactions, and what the database says in words for people, without a secret."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from dealproof.errors import StoreError
from dealproof.store.url import masked, shown


@dataclass(frozen=True, slots=True)
class Store:
    """An open store: its engine, the folder of the workspace (locks of a SQLite store live there), and which file it is."""

    engine: Engine
    workspace: Path
    identity: str = ""

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

"""The rows of parts of the documents, kept in the workspace under the key of all that they were made from.

It spares work and is never missed: what is damaged, cut or made from anything else counts as absent, and a shelf that cannot
be read is thrown away. Where there is no workspace it stands in memory.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from dealproof.runs.kept_files import FOLDER
from dealproof.settings.settings import Settings

_VERSION = 1
_FILE = "parts.sqlite"
_SCHEMA = """
CREATE TABLE IF NOT EXISTS parts(
    name TEXT NOT NULL, own TEXT NOT NULL, key TEXT NOT NULL, told BLOB NOT NULL, head TEXT NOT NULL, light BLOB NOT NULL,
    heavy BLOB NOT NULL,
    PRIMARY KEY(name, key)
);
CREATE TABLE IF NOT EXISTS cards(digest TEXT PRIMARY KEY, card TEXT NOT NULL) WITHOUT ROWID;
"""

Member = tuple[str, str]


class ShelfError(Exception):
    """What was kept cannot be read: it is made anew."""


@dataclass(frozen=True, slots=True)
class Kept:
    """One part as it is kept: the key of what is its own, the key of all that it was made from, what it tells, where its rows
    stand, and their text."""

    name: str
    own: str
    key: str
    told: bytes
    head: str
    light: bytes
    heavy: bytes


class Shelf:
    """Where parts are kept; every call opens the file anew, and none of them leaves it open."""

    def __init__(self, settings: Settings) -> None:
        self._path = settings.workspace / FOLDER / _FILE if settings.workspace.is_dir() else None
        self._memory = None if self._path is not None else _opened(":memory:")

    @property
    def folder(self) -> Path | None:
        """Where it stands; None for memory."""
        return None if self._path is None else self._path.parent

    def told(self) -> Iterator[tuple[str, str, str, bytes]]:
        """Of everything that is kept name, own key, key, and what it tells."""
        with self._reading() as connection:
            yield from connection.execute("SELECT name, own, key, told FROM parts")

    def heads(self, members: Sequence[Member]) -> list[str]:
        """Where the rows of parts stand. Raises ShelfError where one is not kept."""
        wanted = frozenset(members)
        with self._reading() as connection:
            rows = connection.execute("SELECT name, key, head FROM parts")
            found = {(name, key): head for name, key, head in rows if (name, key) in wanted}
        if len(found) < len(wanted):
            raise ShelfError("a part is not kept")
        return [found[member] for member in members]

    def texts(self, members: Iterable[Member], *, heavy: bool) -> Iterator[bytes]:
        """The light or the heavy text of parts, one after the other. Raises ShelfError where one is missing or damaged."""
        column = "heavy" if heavy else "light"
        with self._reading() as connection:
            for member in members:
                row = connection.execute(f"SELECT {column} FROM parts WHERE name = ? AND key = ?", member).fetchone()
                if row is None:
                    raise ShelfError(f"{member[0]} is not kept")
                yield zlib.decompress(row[0])

    def keep(self, found: Iterable[Kept]) -> None:
        """Keep parts."""
        rows = [
            (item.name, item.own, item.key, item.told, item.head, zlib.compress(item.light, 1), zlib.compress(item.heavy, 1))
            for item in found
        ]
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO parts VALUES(?, ?, ?, ?, ?, ?, ?)", rows)

    def renew(self, told: Sequence[tuple[str, str, bytes]]) -> None:
        """Keep anew what parts tell, by name and key."""
        if told:
            with self._writing() as connection:
                connection.executemany("UPDATE parts SET told = ? WHERE name = ? AND key = ?", [(t, n, k) for n, k, t in told])

    def leave(self, members: Iterable[Member]) -> None:
        """Let go of all parts but these."""
        wanted = frozenset(members)
        with self._reading() as connection:
            gone = [member for member in connection.execute("SELECT name, key FROM parts") if member not in wanted]
        if gone:
            with self._writing() as connection:
                connection.executemany("DELETE FROM parts WHERE name = ? AND key = ?", gone)

    def cards(self) -> dict[str, str]:
        """What is known of documents, by the digest of their facts."""
        with self._reading() as connection:
            return dict(connection.execute("SELECT digest, card FROM cards"))

    def keep_cards(self, cards: Mapping[str, str], current: Iterable[str]) -> None:
        """Keep what is known of documents; where most are of documents that are not `current`, these go."""
        wanted = frozenset(current)
        with self._writing() as connection:
            connection.executemany("INSERT OR REPLACE INTO cards VALUES(?, ?)", cards.items())
            known = [digest for (digest,) in connection.execute("SELECT digest FROM cards")]
            if len(known) > 4 * len(wanted) + 1000:
                gone = [(digest,) for digest in known if digest not in wanted]
                connection.executemany("DELETE FROM cards WHERE digest = ?", gone)

    def throw_away(self) -> None:
        """Let go of everything, so that it is made anew."""
        if self._path is not None:
            with suppress(OSError):
                self._path.unlink(missing_ok=True)
        else:
            self._memory = _opened(":memory:")

    @contextmanager
    def _reading(self) -> Iterator[sqlite3.Connection]:
        try:
            if self._memory is not None:
                yield self._memory
                return
            assert self._path is not None
            self._path.parent.mkdir(exist_ok=True)
            with closing(_opened(self._path)) as connection:
                yield connection
        except (sqlite3.Error, zlib.error, OSError) as error:
            raise ShelfError(str(error)) from error

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        with self._reading() as connection, connection:
            yield connection


def _opened(path: Path | str) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != _VERSION:
            connection.executescript("DROP TABLE IF EXISTS parts; DROP TABLE IF EXISTS cards;" + _SCHEMA)
            connection.execute(f"PRAGMA user_version = {_VERSION}")
            connection.commit()
        connection.execute("PRAGMA synchronous = OFF")  # what is lost is made anew
    except sqlite3.Error:
        connection.close()
        raise
    return connection

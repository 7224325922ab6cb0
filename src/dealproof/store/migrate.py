"""A new store gets the tables of today, an older one is brought up to date by Alembic, one of a newer version is refused.

A new store does not go through the migrations: loading Alembic takes longer than reading a short document. That both ways
lead to the same tables is held by a test.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Column, Connection, MetaData, String, Table, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from dealproof.errors import StoreError
from dealproof.store.connections import Store, harmless, in_words
from dealproof.store.locks import waiting_for
from dealproof.store.schema import HEAD, METADATA

_VERSION = "alembic_version"
#: Alembic's own table, as Alembic makes it.
_VERSIONS = Table(_VERSION, MetaData(), Column("version_num", String(32), primary_key=True))


def bring_up_to_date(store: Store) -> None:
    """Make or migrate the tables of a store. Raises StoreError when it is newer than this program."""
    if version_of(store) == HEAD:
        return
    with waiting_for(store, "schema"), store.writing() as connection:
        found = _version(connection)
        if found is None:
            with _told(store):
                _make(connection)
        elif found != HEAD:
            _migrate(store, connection, found)


def version_of(store: Store) -> str | None:
    """The version of a store's tables; None where there are none."""
    with store.reading() as connection:
        return _version(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSION}")).scalar()


def _make(connection: Connection) -> None:
    METADATA.create_all(connection, checkfirst=False)
    _VERSIONS.create(connection, checkfirst=False)
    connection.execute(_VERSIONS.insert(), {"version_num": HEAD})


def _migrate(store: Store, connection: Connection, found: str) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "dealproof:store/migrations")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found not in known:
        raise StoreError(
            f"The store {store.name} was made by a newer version of dealproof (tables {found}, this one knows {HEAD}).",
            "Update dealproof, or choose another place with --workspace or --store.",
        )
    config.attributes["connection"] = connection
    with _told(store):
        command.upgrade(config, "head")


@contextmanager
def _told(store: Store) -> Iterator[None]:
    try:
        yield
    except SQLAlchemyError as error:
        raise StoreError(
            f"The store {store.name} could not be brought up to date ({in_words(store, error)}).",
            "Nothing was changed in it; report it.",
        ) from harmless(store, error)

"""A store of an older version is brought up to date, one of a newer version is refused. Alembic does the work."""

from __future__ import annotations

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import SQLAlchemyError

from dealproof.errors import StoreError
from dealproof.store.connections import Store, harmless, in_words
from dealproof.store.locks import waiting_for
from dealproof.store.schema import HEAD

_VERSION = "alembic_version"


def bring_up_to_date(store: Store) -> None:
    """Make or migrate the tables of a store. Raises StoreError when it is newer than this program."""
    if version_of(store) == HEAD:
        return
    with waiting_for(store, "schema"), store.writing() as connection:
        found = _version(connection)
        if found != HEAD:
            _migrate(store, connection, found)


def version_of(store: Store) -> str | None:
    """The version of a store's tables; None where there are none."""
    with store.reading() as connection:
        return _version(connection)


def _version(connection: Connection) -> str | None:
    if not inspect(connection).has_table(_VERSION):
        return None
    return connection.execute(text(f"SELECT version_num FROM {_VERSION}")).scalar()


def _migrate(store: Store, connection: Connection, found: str | None) -> None:
    from alembic import command
    from alembic.config import Config
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", "dealproof:store/migrations")
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise StoreError(
            f"The store {store.name} was made by a newer version of dealproof (tables {found}, this one knows {HEAD}).",
            "Update dealproof, or choose another place with --workspace or --store.",
        )
    config.attributes["connection"] = connection
    try:
        command.upgrade(config, "head")
    except SQLAlchemyError as error:
        raise StoreError(
            f"The store {store.name} could not be brought up to date ({in_words(store, error)}).",
            "Nothing was changed in it; report it.",
        ) from harmless(store, error)

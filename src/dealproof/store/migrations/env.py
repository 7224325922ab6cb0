"""Alembic comes in here, with the connection that `store/migrate.py` opened."""

from __future__ import annotations

from alembic import context

from dealproof.store.schema import METADATA

context.configure(connection=context.config.attributes["connection"], target_metadata=METADATA)
with context.begin_transaction():
    context.run_migrations()

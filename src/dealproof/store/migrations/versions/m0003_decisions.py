"""What persons decide about files, which document took the place of which, how far a run is, and exports as of a day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what a dataset needs that never shrinks in silence."""
    op.add_column("problems", sa.Column("earlier", sa.String(64), nullable=False, server_default=""))
    op.add_column("runs", sa.Column("done", sa.Integer))
    op.add_column("exports", sa.Column("as_of", sa.String(10), nullable=False, server_default=""))
    op.create_table(
        "replaced",
        sa.Column("older", sa.String(64), primary_key=True),
        sa.Column("newer", sa.String(64), nullable=False),
        sa.Column("location", sa.Text, nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
    )
    op.create_index("ix_replaced_newer", "replaced", ["newer"])
    op.create_table(
        "dismissals",
        sa.Column("document_id", sa.String(64), primary_key=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
    )
    op.create_table(
        "forgotten",
        sa.Column("document_id", sa.String(64), primary_key=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )

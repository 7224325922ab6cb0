"""Files, extracts, facts: what a run must not do twice."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make the tables of a store that holds documents only."""
    op.create_table(
        "files",
        sa.Column("location", sa.Text, primary_key=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("modified", sa.BigInteger, nullable=False),
        sa.Column("document_id", sa.String(64), nullable=False),
    )
    op.create_index("ix_files_document_id", "files", ["document_id"])
    op.create_table(
        "extracts",
        sa.Column("document_id", sa.String(64), primary_key=True),
        sa.Column("extractor", sa.String(20), primary_key=True),
        sa.Column("stamp", sa.String(40), nullable=False),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "facts",
        sa.Column("document_id", sa.String(64), primary_key=True),
        sa.Column("generation", sa.String(120), primary_key=True),
        sa.Column("stamp", sa.String(40), nullable=False),
        sa.Column("outgrown", sa.Boolean, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )
    op.create_index("facts_by_generation", "facts", ["generation"])
    op.create_table(
        "generations",
        sa.Column("generation", sa.String(120), primary_key=True),
        sa.Column("used_at", sa.String(40), nullable=False),
    )

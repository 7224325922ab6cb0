"""Problems of files, the run log, and what each export was made from."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what `status`, `failures` and an unchanged folder are answered from."""
    op.create_table(
        "problems",
        sa.Column("location", sa.Text, primary_key=True),
        sa.Column("file_name", sa.Text, nullable=False),
        sa.Column("document_id", sa.String(64), nullable=False),
        sa.Column("size", sa.BigInteger, nullable=False),
        sa.Column("modified", sa.BigInteger, nullable=False),
        sa.Column("code", sa.String(40), nullable=False),
        sa.Column("message", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.Column("lasting", sa.Boolean, nullable=False),
        sa.Column("limits", sa.String(80), nullable=False),
        sa.Column("program", sa.String(40), nullable=False),
        sa.Column("at", sa.String(40), nullable=False),
    )
    op.create_index("ix_problems_document_id", "problems", ["document_id"])
    op.create_table(
        "runs",
        sa.Column("run_id", sa.String(40), primary_key=True),
        sa.Column("started_at", sa.String(40), nullable=False),
        sa.Column("ended_at", sa.String(40)),
        sa.Column("state", sa.String(20), nullable=False),
        sa.Column("program", sa.String(40), nullable=False),
        sa.Column("extractor", sa.String(20), nullable=False),
        sa.Column("interpreter", sa.String(40), nullable=False),
        sa.Column("labels", sa.String(80), nullable=False),
        sa.Column("files", sa.Integer),
        sa.Column("read", sa.Integer),
        sa.Column("failed", sa.Integer),
        sa.Column("seconds", sa.Float),
        sa.Column("report", sa.Text),
    )
    op.create_index("ix_runs_started_at", "runs", ["started_at"])
    op.create_table(
        "exports",
        sa.Column("target", sa.Text, primary_key=True),
        sa.Column("inputs", sa.String(80), nullable=False),
        sa.Column("files", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("written_at", sa.String(40), nullable=False),
    )

"""The tables of the store, as SQLAlchemy knows them; how they came about is told by `migrations/`.

Times are ISO 8601 in UTC. `content` is compressed JSON (`serialize.py`). Nothing in the store is pickled.
"""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Float, Index, Integer, LargeBinary, MetaData, String, Table, Text

#: The newest migration; a store that is at another one is brought to it, or refused if it is newer.
HEAD = "0003"

METADATA = MetaData()

#: Where which document lies. An unchanged size and time of change spares reading the bytes again.
FILES = Table(
    "files", METADATA,
    Column("location", Text, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),
    Column("document_id", String(64), nullable=False, index=True),
)  # fmt: skip

#: What was read of a document, by one version of the extractor.
EXTRACTS = Table(
    "extracts", METADATA,
    Column("document_id", String(64), primary_key=True),
    Column("extractor", String(20), primary_key=True),
    Column("stamp", String(40), nullable=False),
    Column("file_name", Text, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)  # fmt: skip

#: What one generation (extractor, interpreter, labels) understood of a document, and of which extract.
FACTS = Table(
    "facts", METADATA,
    Column("document_id", String(64), primary_key=True),
    Column("generation", String(120), primary_key=True),
    Column("stamp", String(40), nullable=False),
    Column("outgrown", Boolean, nullable=False),
    Column("content", LargeBinary, nullable=False),
)  # fmt: skip

#: When each generation of facts was used last.
GENERATIONS = Table(
    "generations", METADATA,
    Column("generation", String(120), primary_key=True),
    Column("used_at", String(40), nullable=False),
)  # fmt: skip

#: What stopped a file. It is not tried again as long as file, program and limits are the same, and `lasting`.
#: `earlier` is the document that was read at this place before.
PROBLEMS = Table(
    "problems", METADATA,
    Column("location", Text, primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("document_id", String(64), nullable=False, index=True),
    Column("size", BigInteger, nullable=False),
    Column("modified", BigInteger, nullable=False),
    Column("code", String(40), nullable=False),
    Column("message", Text, nullable=False),
    Column("remedy", Text, nullable=False),
    Column("lasting", Boolean, nullable=False),
    Column("limits", String(80), nullable=False),
    Column("program", String(40), nullable=False),
    Column("at", String(40), nullable=False),
    Column("earlier", String(64), nullable=False, server_default=""),
)  # fmt: skip

#: Documents whose place another one took: a file was replaced under its own name.
REPLACED = Table(
    "replaced", METADATA,
    Column("older", String(64), primary_key=True),
    Column("newer", String(64), nullable=False, index=True),
    Column("location", Text, nullable=False),
    Column("file_name", Text, nullable=False),
    Column("size", BigInteger, nullable=False),
)  # fmt: skip

#: Failures that a person knows of, by the content of the file: another content is another failure.
DISMISSALS = Table(
    "dismissals", METADATA,
    Column("document_id", String(64), primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("by", Text, nullable=False),
    Column("at", String(40), nullable=False),
    Column("reason", Text, nullable=False),
)  # fmt: skip

#: Documents that a person took out of the dataset, until they are handed in again.
FORGOTTEN = Table(
    "forgotten", METADATA,
    Column("document_id", String(64), primary_key=True),
    Column("file_name", Text, nullable=False),
    Column("at", String(40), nullable=False),
)  # fmt: skip

#: The run log: one row a run. `report` is JSON, the same as the report file; `done` counts while it goes on.
RUNS = Table(
    "runs", METADATA,
    Column("run_id", String(40), primary_key=True),
    Column("started_at", String(40), nullable=False, index=True),
    Column("ended_at", String(40)),
    Column("state", String(20), nullable=False),
    Column("program", String(40), nullable=False),
    Column("extractor", String(20), nullable=False),
    Column("interpreter", String(40), nullable=False),
    Column("labels", String(80), nullable=False),
    Column("files", Integer),
    Column("read", Integer),
    Column("failed", Integer),
    Column("seconds", Float),
    Column("report", Text),
    Column("done", Integer),
)  # fmt: skip

#: What each export was made from, so that an unchanged one is not made again; `as_of` is the day that it shows, empty for
#: the present.
EXPORTS = Table(
    "exports", METADATA,
    Column("target", Text, primary_key=True),
    Column("inputs", String(80), nullable=False),
    Column("files", Text, nullable=False),
    Column("summary", Text, nullable=False),
    Column("written_at", String(40), nullable=False),
    Column("as_of", String(10), nullable=False, server_default=""),
)  # fmt: skip

#: Facts of old generations are dropped together.
Index("facts_by_generation", FACTS.c.generation)

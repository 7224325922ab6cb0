"""What persons decide about files: failures they know of, documents they take out of the dataset."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import delete, or_, select

from dealproof.store.connections import Store
from dealproof.store.schema import DISMISSALS, EXTRACTS, FACTS, FILES, FORGOTTEN, PROBLEMS, REPLACED
from dealproof.store.upsert import upsert


@dataclass(frozen=True, slots=True)
class Dismissal:
    """A failure that a person knows of. It holds for this content: a file that changed is a new failure."""

    document_id: str
    file_name: str
    by: str
    at: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Forgotten:
    """A document that a person took out of the dataset."""

    document_id: str
    file_name: str
    at: str


def dismiss(store: Store, known: Sequence[Dismissal]) -> None:
    """Keep that a person knows of failures."""
    with store.writing() as connection:
        upsert(connection, DISMISSALS, [asdict(item) for item in known])


def dismissals(store: Store) -> dict[str, Dismissal]:
    """The failures that a person knows of, by document."""
    with store.reading() as connection:
        rows = connection.execute(select(DISMISSALS).order_by(DISMISSALS.c.document_id))
        return {row.document_id: Dismissal(**row._mapping) for row in rows}


def forget_documents(store: Store, some: Sequence[Forgotten]) -> None:
    """Take documents out of the store, with all that was read and understood of them, and keep that it was wanted."""
    gone = [item.document_id for item in some]
    with store.writing() as connection:
        for table in (EXTRACTS, FACTS, FILES, PROBLEMS, DISMISSALS):
            connection.execute(delete(table).where(table.c.document_id.in_(gone)))
        connection.execute(delete(REPLACED).where(or_(REPLACED.c.older.in_(gone), REPLACED.c.newer.in_(gone))))
        upsert(connection, FORGOTTEN, [asdict(item) for item in some])


def forgotten(store: Store) -> frozenset[str]:
    """Documents that a person took out of the dataset and nobody handed in since."""
    with store.reading() as connection:
        return frozenset(connection.execute(select(FORGOTTEN.c.document_id)).scalars())

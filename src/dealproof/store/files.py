"""Where documents lie, which took the place of which, and what stopped the files that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Literal

from sqlalchemy import Connection, delete, select

from dealproof.errors import Trouble
from dealproof.store.connections import Store
from dealproof.store.schema import FILES, FORGOTTEN, PROBLEMS, REPLACED
from dealproof.store.upsert import upsert

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class KnownFile:
    """A file that was read: `size` in bytes, `modified` in nanoseconds since 1970 as its folder tells them."""

    location: str
    file_name: str
    size: int
    modified: int
    document_id: str


@dataclass(frozen=True, slots=True)
class FileProblem:
    """Why a file could not be read. `lasting`: another try with the same file, program and limits would end the same.

    `earlier` is the document that was read at this place before; it stays in the dataset.
    """

    location: str
    file_name: str
    document_id: str
    size: int
    modified: int
    code: Trouble | Literal[""]
    message: str
    remedy: str
    lasting: bool
    limits: str
    program: str
    at: str
    earlier: str = field(default="", compare=False)

    def stands(self, limits: str, program: str) -> bool:
        """Whether trying again, within these limits and by this program, would end the same."""
        return self.lasting and self.limits == limits and self.program == program


@dataclass(frozen=True, slots=True)
class Replaced:
    """A document that is a file no more, since `newer` was put in its place under the same name."""

    older: str
    newer: str
    location: str
    file_name: str
    size: int


def known_files(store: Store) -> dict[str, KnownFile]:
    """All files that were read, by their location."""
    with store.reading() as connection:
        return {row.location: KnownFile(**row._mapping) for row in connection.execute(select(FILES))}


def file_problems(store: Store) -> dict[str, FileProblem]:
    """All files that could not be read, by their location, in the order of the locations."""
    with store.reading() as connection:
        rows = connection.execute(select(PROBLEMS).order_by(PROBLEMS.c.location))
        return {row.location: FileProblem(**row._mapping) for row in rows}


def problem_of(store: Store, document_id: str) -> FileProblem | None:
    """What stopped a file of this content, wherever it lies."""
    with store.reading() as connection:
        rows = connection.execute(
            select(PROBLEMS).where(PROBLEMS.c.document_id == document_id).order_by(PROBLEMS.c.location)
        )
        row = rows.first()
        return None if row is None else FileProblem(**row._mapping)


def note_files(store: Store, read: Sequence[KnownFile], stopped: Sequence[FileProblem]) -> None:
    """Keep what became of files: a location is either read or stopped, never both.

    Where a document was read before at the place of another one and lies nowhere else, it counts as replaced by it.
    """
    with store.writing() as connection:
        before = _read_before(connection, [*(item.location for item in read), *(item.location for item in stopped)])
        upsert(connection, FILES, [asdict(item) for item in read])
        upsert(connection, PROBLEMS, [{**asdict(item), "earlier": before.get(item.location, "")} for item in stopped])
        for table, others in ((PROBLEMS, read), (FILES, stopped)):
            gone = [item.location for item in others]
            connection.execute(delete(table).where(table.c.location.in_(gone)))
        _note_replaced(connection, read, before)


def replaced_documents(store: Store) -> dict[str, Replaced]:
    """Documents in whose place another one was put, by their id. One that lies somewhere after all is none."""
    with store.reading() as connection:
        lying = select(FILES.c.document_id)
        rows = connection.execute(select(REPLACED).where(REPLACED.c.older.not_in(lying)).order_by(REPLACED.c.older))
        return {row.older: Replaced(**row._mapping) for row in rows}


def _read_before(connection: Connection, locations: Sequence[str]) -> dict[str, str]:
    """The document that was read last at each of these places."""
    stopped = select(PROBLEMS.c.location, PROBLEMS.c.earlier).where(PROBLEMS.c.location.in_(locations))
    read = select(FILES.c.location, FILES.c.document_id).where(FILES.c.location.in_(locations))
    return {place: name for query in (stopped, read) for place, name in connection.execute(query).all() if name}


def _note_replaced(connection: Connection, read: Sequence[KnownFile], before: Mapping[str, str]) -> None:
    here = {item.document_id for item in read}
    connection.execute(delete(REPLACED).where(REPLACED.c.older.in_(here)))
    connection.execute(delete(FORGOTTEN).where(FORGOTTEN.c.document_id.in_(here)))
    pushed = {
        before[item.location]: item for item in read if before.get(item.location, "") not in ("", item.document_id)
    }
    lying = connection.execute(select(FILES.c.document_id).where(FILES.c.document_id.in_(pushed))).scalars()
    for document_id in set(lying):
        del pushed[document_id]
    rows = [
        Replaced(older, item.document_id, item.location, item.file_name, item.size) for older, item in pushed.items()
    ]
    upsert(connection, REPLACED, [asdict(row) for row in rows])


def forget_files(store: Store, locations: Iterable[str]) -> None:
    """Forget files that are there no more; what was read of them is kept, and stays in the dataset."""
    gone = sorted(locations)
    with store.writing() as connection:
        for first in range(0, len(gone), _AT_ONCE):
            some = gone[first : first + _AT_ONCE]
            connection.execute(delete(FILES).where(FILES.c.location.in_(some)))
            connection.execute(delete(PROBLEMS).where(PROBLEMS.c.location.in_(some)))

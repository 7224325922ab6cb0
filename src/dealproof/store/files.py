"""Where documents lie, and what stopped the files that could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Literal

from sqlalchemy import delete, select

from dealproof.errors import Trouble
from dealproof.store.database import Store
from dealproof.store.schema import FILES, PROBLEMS
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
    """Why a file could not be read. `lasting`: another try with the same file, program and limits would end the same."""

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

    def stands(self, limits: str, program: str) -> bool:
        """Whether trying again, within these limits and by this program, would end the same."""
        return self.lasting and self.limits == limits and self.program == program


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
    """Keep what became of files: a location is either read or stopped, never both."""
    with store.writing() as connection:
        upsert(connection, FILES, [asdict(item) for item in read])
        upsert(connection, PROBLEMS, [asdict(item) for item in stopped])
        for table, others in ((PROBLEMS, read), (FILES, stopped)):
            gone = [item.location for item in others]
            connection.execute(delete(table).where(table.c.location.in_(gone)))


def forget_files(store: Store, locations: Iterable[str]) -> None:
    """Forget files that are there no more; what was read of them is kept."""
    gone = sorted(locations)
    with store.writing() as connection:
        for first in range(0, len(gone), _AT_ONCE):
            some = gone[first : first + _AT_ONCE]
            connection.execute(delete(FILES).where(FILES.c.location.in_(some)))
            connection.execute(delete(PROBLEMS).where(PROBLEMS.c.location.in_(some)))

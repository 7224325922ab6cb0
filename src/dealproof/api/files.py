"""What persons decide about files: which failures they know of, and which documents leave the dataset."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from dealproof.errors import UsageError
from dealproof.export.present import Leaving, documents_of, leaving
from dealproof.runs.inputs import location_of
from dealproof.runs.many import stamped, utc_now
from dealproof.runs.publish import Aim, publish_stored
from dealproof.runs.session import RunReport, rebuilt
from dealproof.runs.watchers import NOBODY, Watchers
from dealproof.settings.settings import Settings
from dealproof.store.database import bound, open_store
from dealproof.store.decisions import Dismissal, Forgotten, dismissals, forget_documents
from dealproof.store.decisions import dismiss as keep_dismissed
from dealproof.store.facts import states
from dealproof.store.files import FileProblem, file_problems, known_files, replaced_documents

#: A document may be named by the beginning of its id, from so many letters on.
LEAST_ID = 8


@dataclass(frozen=True, slots=True)
class Stored:
    """A document or a failed file of the store under one of its names; `location` is empty where its file is gone."""

    document_id: str
    file_name: str
    location: str = ""

    def is_meant(self, word: str) -> bool:
        """Whether a person means it by a file name, a path, a folder above it, or the beginning of its id."""
        place = location_of(word)
        return (
            word == self.file_name
            or (bool(self.location) and f"{self.location}/".startswith(f"{place}/"))
            or (len(word) >= LEAST_ID and self.document_id.startswith(word.lower()))
        )


def failures(settings: Settings) -> tuple[FileProblem, ...]:
    """The files that could not be read when they were tried last, by their location."""
    return tuple(file_problems(open_store(settings)).values())


def known_failures(settings: Settings) -> dict[str, Dismissal]:
    """The failures that a person knows of, by document."""
    return dismissals(open_store(settings))


def dismiss(settings: Settings, words: Sequence[str], by: str, reason: str = "") -> tuple[FileProblem, ...]:
    """Keep that a person knows of these failures; return them. Raises UsageError where no failed file is meant."""
    found: dict[str, FileProblem] = {}
    problems = failures(settings)
    for word in words:
        meant = [item for item in problems if Stored(item.document_id, item.file_name, item.location).is_meant(word)]
        if not meant:
            raise UsageError(f"No file that failed is named {word}.", "See dealproof failures for their names.")
        found |= {item.location: item for item in meant}
    now = stamped(utc_now())
    kept = [Dismissal(item.document_id, item.file_name, by, now, reason) for item in found.values()]
    keep_dismissed(open_store(settings), kept)
    return tuple(found.values())


@dataclass(frozen=True, slots=True)
class Going:
    """What forgetting would do: the documents, what the present dataset would lose, and files that still lie in a folder,
    where the next run finds them again."""

    documents: tuple[Stored, ...]
    leaving: Leaving
    still_there: tuple[str, ...]


def going(settings: Settings, words: Sequence[str]) -> Going:
    """What would go if these files were forgotten. Raises UsageError where nothing stored is meant."""
    stored = list(_stored(settings))
    found: dict[str, Stored] = {}
    for word in words:
        meant = [item for item in stored if item.is_meant(word)]
        if not meant:
            raise UsageError(f"Nothing in the store is named {word}.", "Give a file name, a path, or a document id.")
        for item in meant:
            found.setdefault(item.document_id, item)
    there = (item.location for item in stored if item.document_id in found and os.path.exists(item.location))
    lost = leaving(settings.out, lambda row: row["document_id"] in found)
    return Going(tuple(found.values()), lost, tuple(sorted(there)))


def forget(settings: Settings, wanted: Going, watchers: Watchers = NOBODY) -> RunReport | None:
    """Take documents out of the store, and publish the dataset without them where there is one; None where there is none."""
    now = stamped(utc_now())
    settings = bound(settings)
    forget_documents(
        open_store(settings), [Forgotten(item.document_id, item.file_name, now) for item in wanted.documents]
    )
    if not documents_of(settings.out):
        return None
    return rebuilt(publish_stored(settings, Aim(now, watchers=watchers)), settings)


def _stored(settings: Settings) -> Iterator[Stored]:
    """Everything that the store knows, under every name; those that lie somewhere come first."""
    store = open_store(settings)
    for file in known_files(store).values():
        yield Stored(file.document_id, file.file_name, file.location)
    for problem in file_problems(store).values():
        yield Stored(problem.document_id, problem.file_name, problem.location)
    for old in replaced_documents(store).values():
        yield Stored(old.older, old.file_name)
    for document_id, state in states(store, "").items():
        yield Stored(document_id, state.file_name)

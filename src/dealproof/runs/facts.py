"""What is known of a stored document: its facts as they were kept, else interpreted anew and kept. No PDF is opened."""

from __future__ import annotations

import os
import shlex
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from dealproof.errors import StoreError
from dealproof.interpret.version import program_key
from dealproof.mappings.label_files import labels_key
from dealproof.mappings.labels_of_folder import labels_of
from dealproof.model.evidence import Source
from dealproof.model.extract import Extract
from dealproof.settings.settings import Settings
from dealproof.store import facts
from dealproof.store.database import open_store
from dealproof.store.extracts import (
    keep_earlier,
    keep_extract,
    load_extract,
    read_earlier,
    save_extract,
    stands_earlier,
)
from dealproof.store.facts import Understood
from dealproof.store.files import KnownFile, file_problems, known_files, replaced_documents

if TYPE_CHECKING:
    from dealproof.mappings.labels import Labels


def refuse_invalid_labels(settings: Settings) -> None:
    """Raise MappingError for label files with mistakes. They are only read where no generation of facts was used that was
    made with the very same: those had none."""
    if not facts.has_generation(open_store(settings), labels_key(settings.mappings / "labels")):
        labels_of(settings.mappings)


def sources_of(files: Mapping[str, KnownFile]) -> dict[str, Source]:
    """Every document under one name: of files of the same content the first by name and place."""
    found: dict[str, Source] = {}
    for item in sorted(files.values(), key=lambda file: (file.file_name, file.location)):
        found.setdefault(item.document_id, Source(item.location, item.file_name, item.document_id, item.size))
    return found


def stored_sources(settings: Settings) -> dict[str, Source | None]:
    """Every stored document, as `sources_at_hand`, for who makes a dataset of them.

    Raises StoreError while documents wait to be read again, because what reads has changed: without them a dataset would be
    another one. For those whose PDF is gone, what was read of them earlier stands.
    """
    waiting = waiting_to_be_read(settings)
    if waiting:
        raise _must_be_read(waiting, sources_of(known_files(open_store(settings))))
    return sources_at_hand(settings)


def sources_at_hand(settings: Settings) -> dict[str, Source | None]:
    """What is stored and need not be read again, in the order of the ids, under its name of today; None where its file is
    gone. A document in whose place another one was put keeps the name, and tells which that is (`replaced_by`)."""
    store = open_store(settings)
    named = sources_of(known_files(store))
    stored = facts.states(store, "")
    pushed = {
        item.older: Source(item.location, item.file_name, item.older, item.size, item.newer)
        for item in replaced_documents(store).values()
        if item.newer in stored
    }
    return {document_id: named.get(document_id, pushed.get(document_id)) for document_id in sorted(stored)}


def waiting_to_be_read(settings: Settings) -> dict[str, str]:
    """File names, by id, of stored documents that must be read again, because the program or a library that reads changed.

    Where the PDF is gone, the earlier reading is taken over until it is back; documents that today's program could not
    read are failures, and wait for nobody.
    """
    store = open_store(settings)
    earlier = read_earlier(store)
    if not earlier:
        return {}
    failed = {item.document_id for item in file_problems(store).values() if item.program == program_key()}
    here = {file.document_id for file in known_files(store).values() if _is_there(file.location)}
    gone = [document_id for document_id in earlier if document_id not in here and document_id not in failed]
    kept = {document_id for document_id in gone if keep_earlier(store, document_id)}
    return {document_id: name for document_id, name in earlier.items() if document_id not in kept | failed}


def _is_there(location: str) -> bool:
    return "://" in location or os.path.exists(location)


def _must_be_read(waiting: Mapping[str, str], named: Mapping[str, Source]) -> StoreError:
    first = next(iter(waiting.values()))
    many = f"{len(waiting)} documents, such as {first}, were" if len(waiting) > 1 else f"{first} was"
    message = (
        f"{many} read by an earlier version of the program or of a library that reads PDFs, and must be read again. "
        "Until then the last dataset stays."
    )
    folders = {_folder(named[document_id].path) for document_id in waiting if document_id in named}
    remedy = f"dealproof run {' '.join(shlex.quote(folder) for folder in sorted(folders))}"
    return StoreError(message, remedy if folders else "Put their PDFs back into a folder and run that.")


def _folder(location: str) -> str:
    return location.rpartition("/")[0] if "://" in location else os.path.dirname(location)


def stale(sources: Mapping[str, Source | None], settings: Settings) -> list[tuple[str, Source | None]]:
    """Of these documents the stored ones whose facts are not current, or bear another name than today's."""
    known = facts.states(open_store(settings), labels_key(settings.mappings / "labels"))
    return [
        (document_id, source)
        for document_id, source in sorted(sources.items())
        if (state := known.get(document_id)) is not None
        and (state.outgrown is None or (source is not None and state.file_name != source.file_name))
    ]


def recall_all(sources: Mapping[str, Source | None], settings: Settings) -> Iterator[tuple[str, Understood | None]]:
    """These documents in the order of their ids, with their facts where those are current and bear today's name."""
    found = facts.facts_of(open_store(settings), labels_key(settings.mappings / "labels"), list(sources))
    for document_id, known in found:
        yield document_id, _named(known, sources[document_id])


def recall(source: Source, settings: Settings) -> Understood | None:
    """What is known of a file under the name that it has now; None when it is not stored or not readable, or was read by
    an earlier version while it lay nowhere."""
    if stands_earlier(open_store(settings), source.document_id):
        return None
    known = facts.load_facts(open_store(settings), labels_key(settings.mappings / "labels"), source.document_id)
    return _named(known, source) or understand(source.document_id, source, settings)


def understand(document_id: str, source: Source | None, settings: Settings) -> Understood | None:
    """Interpret one stored document and keep its facts; None when it is not stored or not readable.

    With a `source` of another name, the extract takes that name: questions name the file as people know it.
    """
    found = load_extract(open_store(settings), document_id)
    if found is None:
        return None
    extract, stamp = found
    if source is not None and extract.source.file_name != source.file_name:
        extract = replace(extract, source=replace(source, replaced_by=""))
        stamp = keep_extract(open_store(settings), extract)
    return _named(_interpret_and_keep(extract, stamp, settings), source)


def remember(extract: Extract, settings: Settings) -> Understood:
    """Store what was just read of a PDF, interpret it and keep its facts."""
    return _interpret_and_keep(extract, save_extract(open_store(settings), extract), settings)


def forget_old(settings: Settings, now: str) -> None:
    """Let go of facts that other versions or other labels gave long ago."""
    facts.drop_old(open_store(settings), labels_key(settings.mappings / "labels"), now)


def _named(known: Understood | None, source: Source | None) -> Understood | None:
    """What is known if it was worked out under the name of `source`; nothing if under another."""
    if known is None or source is None:
        return known
    if known.interpretation.source.file_name != source.file_name:
        return None
    return replace(known, interpretation=replace(known.interpretation, source=source))


def _interpret_and_keep(extract: Extract, stamp: str, settings: Settings) -> Understood:
    labels = labels_of(settings.mappings)
    understood = _interpret(extract, labels)
    facts.save_facts(open_store(settings), labels.key, understood, stamp)
    return understood


def _interpret(extract: Extract, labels: Labels) -> Understood:
    from dealproof.extract.document import wanted_of
    from dealproof.interpret.read import interpret_document

    interpretation = interpret_document(extract, labels)
    return Understood(interpretation, wanted_of(interpretation.profile.is_of_deal, extract, labels))

"""What is known of a stored document: its facts as they were kept, else interpreted anew and kept. No PDF is opened."""

from __future__ import annotations

import logging
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from dealproof.document import Extract
from dealproof.errors import StoreError
from dealproof.evidence import Source
from dealproof.mappings.labels import Labels, labels_key, load_labels
from dealproof.settings import Settings
from dealproof.store.facts import FactStore, Understood
from dealproof.store.folder import FolderStore

_log = logging.getLogger(__name__)


def labels_of(mappings: Path) -> Labels:
    """Load the label files of a mappings folder, once as long as nobody edits them."""
    folder = mappings / "labels"
    return _labels(folder, labels_key(folder))


@lru_cache(maxsize=4)
def _labels(folder: Path, _key: str) -> Labels:
    return load_labels(folder)


def recall_all(settings: Settings) -> dict[str, Understood | None]:
    """Every stored document in the order of the ids, with its facts where these are current, else None."""
    store, facts = FolderStore(settings.workspace), _facts(settings)
    return {document_id: facts.load(document_id, store.stamp(document_id)) for document_id in store.ids()}


def recall(source: Source, settings: Settings) -> Understood | None:
    """What is known of a file, under the name that it has now; None when it is not stored or not readable."""
    store, document_id = FolderStore(settings.workspace), source.document_id
    stamp = store.stamp(document_id)
    known = _facts(settings).load(document_id, stamp)
    if known is None or known.interpretation.source.file_name != source.file_name:
        extract = store.load(document_id)
        if extract is None:
            return None
        if extract.source.file_name == source.file_name:
            known = _interpret_and_keep(extract, stamp, settings)
        else:  # questions name the file; what is kept bears the name under which the document was stored
            known = _interpret(replace(extract, source=source), labels_of(settings.mappings))
    return replace(known, interpretation=replace(known.interpretation, source=source))


def understand(document_id: str, settings: Settings) -> Understood | None:
    """Interpret one stored document and keep its facts; None when it is not stored or not readable."""
    store = FolderStore(settings.workspace)
    stamp = store.stamp(document_id)  # first: facts of an extract that is replaced meanwhile then count for nothing
    extract = store.load(document_id)
    return None if extract is None else _interpret_and_keep(extract, stamp, settings)


def remember(extract: Extract, settings: Settings) -> Understood:
    """Store what was just read of a PDF, interpret it and keep its facts."""
    return _interpret_and_keep(extract, FolderStore(settings.workspace).save(extract), settings)


def forget_old(settings: Settings) -> None:
    """Let go of facts that other versions or other labels gave long ago."""
    _facts(settings).drop_old()


def _facts(settings: Settings) -> FactStore:
    return FactStore(settings.workspace, labels_key(settings.mappings / "labels"))


def _interpret_and_keep(extract: Extract, stamp: str, settings: Settings) -> Understood:
    labels = labels_of(settings.mappings)
    understood = _interpret(extract, labels)
    try:
        FactStore(settings.workspace, labels.key).save(understood, stamp)
    except StoreError as error:  # a workspace that may only be read still gives a dataset, next time as slowly
        _log.warning("%s", error)
    return understood


def _interpret(extract: Extract, labels: Labels) -> Understood:
    from dealproof.extract import wanted_of_kind
    from dealproof.interpret.read import interpret_document

    interpretation = interpret_document(extract, labels)
    return Understood(interpretation, wanted_of_kind(interpretation.profile.kind, extract, labels))

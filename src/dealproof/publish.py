"""Documents understood in, an export out; nothing is done where nothing changed since the export was written.

An export is known by all that its bytes depend on: documents with their names and extracts, labels, mapping files,
program and format. Somebody who touched a file of it gets it written again.
"""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dealproof.batch.outcome import Outcome, failed_document
from dealproof.batch.stored import read_stored
from dealproof.dataset.build import Dataset, build_dataset
from dealproof.dataset.export import write_export
from dealproof.dataset.summary import Summary, summarize, summary_from
from dealproof.evidence import Source
from dealproof.interpret.result import Interpretation
from dealproof.interpret.version import program_key
from dealproof.mappings.labels import labels_key
from dealproof.mappings.load import load_registry
from dealproof.settings import Settings
from dealproof.store.database import Store, open_store
from dealproof.store.facts import Understood, generation, states
from dealproof.store.locks import waiting_for
from dealproof.store.runs import Exported, exports, forget_export, note_export


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: `dataset` is None where the export stood already. `outgrown`, `damaged` as in a run report."""

    summary: Summary
    written: tuple[Path, ...]
    dataset: Dataset | None = None
    outgrown: tuple[Source, ...] = ()
    damaged: tuple[str, ...] = ()
    undated: tuple[Source, ...] = ()


def publish(
    sources: Mapping[str, Source | None],
    failed: Sequence[Outcome],
    settings: Settings,
    now: str,
    as_of: date | None = None,
    log: str = "",
    unless_same: bool = False,
) -> Published:
    """Build the dataset of stored documents and of files that failed, and write the export.

    With `unless_same`, an export that was made from the very same is left as it is.
    """
    store = open_store(settings)
    target = str(settings.out.resolve())
    with waiting_for(store, f"export {target}"), _collector_at_rest():
        return _publish(store, target, sources, failed, settings, now, as_of, log, unless_same)


def _publish(
    store: Store,
    target: str,
    sources: Mapping[str, Source | None],
    failed: Sequence[Outcome],
    settings: Settings,
    now: str,
    as_of: date | None,
    log: str,
    unless_same: bool,
) -> Published:
    inputs = _inputs_key(store, sources, failed, settings, as_of)
    before = exports(store).get(target) if unless_same else None
    if before is not None and before.inputs == inputs and _files(settings.out) == before.files:
        return Published(summary_from(before.summary), tuple(settings.out / name for name in before.files))
    registry = load_registry(settings.mappings)
    known: list[Understood] = []
    damaged: list[str] = []
    for document_id, understood in read_stored(sources, settings, log):
        if understood is None:
            damaged.append(document_id)
        else:
            known.append(understood)
    documents = _in_order([*(item.interpretation for item in known), *map(failed_document, failed)])
    undated: tuple[Interpretation, ...] = ()
    if as_of is not None:
        from dealproof.dataset.as_of import known_on

        split = known_on(documents, as_of)
        documents, undated = list(split.documents), tuple(split.undated)
    everything = as_of is None and set(states(store, "")) <= set(sources)
    dataset = build_dataset(documents, registry, everything=everything)
    forget_export(store, target)
    written = write_export(dataset, settings.out, settings.format)
    summary = summarize(dataset)
    note_export(store, target, Exported(inputs, _files(settings.out), summary.as_dict(), now))
    return Published(
        summary, written, dataset,
        outgrown=tuple(item.interpretation.source for item in known if item.outgrown),
        damaged=tuple(damaged),
        undated=tuple(document.source for document in undated),
    )  # fmt: skip


@contextmanager
def _collector_at_rest() -> Iterator[None]:
    """A build makes millions of small values that all last: looking for garbage among them takes a third of its time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _in_order(documents: Iterable[Interpretation]) -> list[Interpretation]:
    return sorted(documents, key=lambda document: (document.source.file_name, document.source.document_id))


def _inputs_key(
    store: Store,
    sources: Mapping[str, Source | None],
    failed: Sequence[Outcome],
    settings: Settings,
    as_of: date | None,
) -> str:
    """Everything that the bytes of an export depend on."""
    labels = labels_key(settings.mappings / "labels")
    stamps = states(store, labels)
    digest = hashlib.sha256(f"{program_key()} {generation(labels)} {settings.format} {as_of}\n".encode())
    for path in sorted(settings.mappings.rglob("*.csv")):
        digest.update(f"{path.relative_to(settings.mappings).as_posix()}\n".encode() + path.read_bytes())
    for document_id, source in sorted(sources.items()):
        state = stamps.get(document_id)
        digest.update(f"{document_id} {source and source.file_name} {state and state.stamp}\n".encode())
    for outcome in sorted(failed, key=lambda item: (item.document_id, item.item.name)):
        digest.update(f"{outcome.document_id} {outcome.item.name} {outcome.sentence}\n".encode())
    return digest.hexdigest()


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """The files of an export with size and time of change."""
    if not folder.is_dir():
        return {}
    return {path.name: (told.st_size, told.st_mtime_ns) for path in sorted(folder.iterdir()) if (told := path.stat())}

"""The dataset of stored documents and failures: as it was kept, else built anew and kept."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from dealproof.dataset.dataset import Dataset
from dealproof.dataset.summary import figures_of
from dealproof.model.evidence import Source
from dealproof.model.interpretation import Interpretation
from dealproof.runs.facts import stale
from dealproof.runs.kept import Kept, inputs_key, keep, kept_key, recalled
from dealproof.runs.kept_dataset import Held, KeptDataset, Tables
from dealproof.runs.outcome import Outcome, failed_document
from dealproof.runs.part_blocks import head_from
from dealproof.runs.shelf import Shelf, ShelfError
from dealproof.runs.watchers import NOBODY, Watchers
from dealproof.settings.settings import Settings
from dealproof.store.database import open_store
from dealproof.store.facts import Understood, states


@dataclass(frozen=True, slots=True)
class Built:
    """A dataset with what became of the figures of its documents (`figures`, as in a summary). `outgrown`, `damaged` and
    `undated` as in a run report."""

    dataset: Dataset
    figures: Mapping[str, int]
    outgrown: tuple[Source, ...] = ()
    damaged: tuple[str, ...] = ()
    undated: tuple[Source, ...] = ()


def built(
    sources: Mapping[str, Source | None],
    failed: Sequence[Outcome],
    settings: Settings,
    as_of: date | None = None,
    watchers: Watchers = NOBODY,
    log: str = "",
) -> Built:
    """The dataset of these documents and failures; with `as_of` of those that were published by that day, never kept.

    Raises MappingError for mapping files with a mistake.
    """
    if as_of is not None:
        return _made(sources, failed, settings, as_of, watchers, log)
    shelf = Shelf(settings)
    key = _key(sources, failed, settings)
    if not stale(sources, settings) and (kept := recalled(settings, key)) is not None:
        known = _dataset(kept, shelf, sources, failed, settings)
        if known is not None:
            return Built(known, kept.figures, _named(kept.outgrown, sources))
    from dealproof.runs.in_parts import (  # takes long, for which nobody waits needlessly
        as_one_part,
        in_parts,
        keep_only,
    )

    made = in_parts(sources, failed, settings, shelf, watchers, log)
    if made is None:
        whole = _made(sources, failed, settings, None, watchers, log)
        outgrown = tuple(item.document_id for item in whole.outgrown)
        made = None if whole.damaged else as_one_part(whole.dataset, whole.figures, outgrown, shelf)
        if made is None:
            return whole
    # a rename gives a document another stamp, and another program may have changed the store meanwhile
    if _key(sources, failed, settings) == key:
        keep_only(shelf, keep(settings, key, made))
    dataset = _dataset(made, shelf, sources, failed, settings)
    return Built(dataset, made.figures, _named(made.outgrown, sources)) if dataset else _made(sources, failed, settings, None, NOBODY, "")


def _named(ids: Iterable[str], sources: Mapping[str, Source | None]) -> tuple[Source, ...]:
    return tuple(source for name in ids if (source := sources[name]) is not None)


def _dataset(
    kept: Kept, shelf: Shelf, sources: Mapping[str, Source | None], failed: Sequence[Outcome], settings: Settings
) -> Dataset | None:
    """The dataset of parts that are kept; None where one is not."""
    try:
        heads = shelf.heads(kept.members)
        parts = [Held(member, head_from(head)) for member, head in zip(kept.members, heads, strict=True)]
    except (ShelfError, ValueError, TypeError):
        return None
    return KeptDataset.of(Tables(shelf, parts, lambda: _made(sources, failed, settings, None, NOBODY, "").dataset))


def _key(sources: Mapping[str, Source | None], failed: Sequence[Outcome], settings: Settings) -> str:
    return kept_key(inputs_key(open_store(settings), sources, failed, settings), settings)


def _made(
    sources: Mapping[str, Source | None],
    failed: Sequence[Outcome],
    settings: Settings,
    as_of: date | None,
    watchers: Watchers,
    log: str,
) -> Built:
    from dealproof.dataset.build import build_dataset
    from dealproof.dataset.documents import known_on
    from dealproof.runs.registry import registry_of
    from dealproof.runs.stored import read_stored

    watchers.phase(f"understanding {len(sources)} documents")
    registry = registry_of(settings)
    known: list[Understood] = []
    damaged: list[str] = []
    with collector_at_rest():
        for document_id, understood in read_stored(sources, settings, log):
            if understood is None:
                damaged.append(document_id)
            else:
                known.append(understood)
        documents = _in_order([*(item.interpretation for item in known), *map(failed_document, failed)])
        undated: tuple[Interpretation, ...] = ()
        if as_of is not None:
            split = known_on(documents, as_of)
            documents, undated = list(split.documents), tuple(split.undated)
        watchers.phase(f"building the dataset of {len(documents)} documents")
        whole = as_of is None and not damaged and states(open_store(settings), "").keys() <= sources.keys()
        dataset = build_dataset(documents, registry, everything=whole)
    return Built(
        dataset,
        figures_of(documents),
        outgrown=tuple(item.interpretation.source for item in known if item.outgrown),
        damaged=tuple(damaged),
        undated=tuple(document.source for document in undated),
    )


@contextmanager
def collector_at_rest() -> Iterator[None]:
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

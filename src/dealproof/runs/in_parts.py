"""Stored documents and failures built part by part: which facts the store has of them, and what of that is kept."""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import asdict, replace

from dealproof.dataset.dataset import Dataset
from dealproof.dataset.parts import Card, card_of
from dealproof.mappings.label_files import labels_key
from dealproof.model.evidence import Source
from dealproof.model.interpretation import Interpretation
from dealproof.runs.by_parts import Known, PartBuilder
from dealproof.runs.facts import refuse_invalid_labels, stale, understand
from dealproof.runs.kept import Kept, program
from dealproof.runs.outcome import Outcome, failed_document
from dealproof.runs.part_blocks import head_text, packed
from dealproof.runs.registry import registry_of
from dealproof.runs.shelf import Kept as OnShelf
from dealproof.runs.shelf import Member, Shelf, ShelfError
from dealproof.runs.stored import refresh
from dealproof.runs.watchers import Watchers
from dealproof.settings.settings import Settings
from dealproof.store.database import open_store
from dealproof.store.facts import Understood, packed_facts, states
from dealproof.store.serialize import from_json, pack, unpack

#: The name of a part that is all documents.
ALL = "/all"
#: Mapping files that act on every part as a whole; rows of the others are taken with the part that they speak of.
_ACTING = ("expectations.csv",)
#: Those that lead names to institutions: a part is as it was where they say the same of its names.
_LISTS = ("institutions.csv", "aliases.csv")
_log = logging.getLogger(__name__)


class _ChangedError(Exception):
    """What the store holds is not what it held when the build began, or is damaged."""


def in_parts(
    sources: Mapping[str, Source | None], failed: Sequence[Outcome], settings: Settings, shelf: Shelf, watchers: Watchers, log: str
) -> Kept | None:
    """Build the dataset of these documents and failures part by part, and keep the parts; None where only all documents at
    once can be built, or some are damaged.

    Raises MappingError for mapping files with a mistake.
    """
    from dealproof.dataset.addressed import NeedsAllError

    watchers.phase(f"understanding {len(sources)} documents")
    refuse_invalid_labels(settings)
    refresh(stale(sources, settings), settings, log)
    for _ in range(2):
        try:
            return _built(sources, failed, settings, shelf, watchers)
        except _ChangedError as error:
            _log.warning("Documents are built all at once (%s).", error)
            return None
        except NeedsAllError as error:
            _log.info("Documents are built all at once: %s speaks of no row of its deal.", error)
            return None
        except ShelfError as error:
            _log.warning("What was kept cannot be used and is made anew (%s).", error)
            shelf.throw_away()
    return None


def _built(
    sources: Mapping[str, Source | None], failed: Sequence[Outcome], settings: Settings, shelf: Shelf, watchers: Watchers
) -> Kept:
    desk = _Desk(sources, {item.source.document_id: item for item in map(failed_document, failed)}, settings)
    cards = desk.cards(shelf)
    watchers.phase(f"building the dataset of {len(desk.known)} documents")
    lists = _files_key(settings, _LISTS)
    builder = PartBuilder(shelf, registry_of(settings), _files_key(settings, _ACTING), lists, desk.is_whole(), desk.known, desk.load)
    members = builder.build(cards)
    outgrown = tuple(name for name, state in desk.states.items() if name in sources and state.outgrown)
    return Kept(tuple(members), builder.figures(), outgrown)


def as_one_part(dataset: Dataset, figures: Mapping[str, int], outgrown: tuple[str, ...], shelf: Shelf) -> Kept | None:
    """Keep a dataset that only all documents at once could give, as one part; None where it cannot be kept."""
    made = packed(dataset.tables)
    key = hashlib.sha256(made.light + made.heavy).hexdigest()
    try:
        shelf.keep([OnShelf(ALL, "", key, b"", head_text(made.head), made.light, made.heavy)])
    except ShelfError as error:
        _log.warning("A dataset could not be kept for later use (%s).", error)
        return None
    return Kept(((ALL, key),), figures, outgrown)


def keep_only(shelf: Shelf, members: Iterable[Member]) -> None:
    """Let go of the parts of datasets that are not kept any more."""
    with suppress(ShelfError):  # they only take room
        shelf.leave(members)


def _files_key(settings: Settings, names: Iterable[str]) -> str:
    digest = hashlib.sha256(program().encode())
    for name in names:
        path = settings.mappings / name
        content = path.read_bytes() if path.is_file() else b""
        digest.update(f"\n{name} {len(content)}\n".encode() + content)
    return digest.hexdigest()


class _Desk:
    """The documents of a dataset as the store holds them: failures are documents too."""

    def __init__(self, sources: Mapping[str, Source | None], failed: Mapping[str, Interpretation], settings: Settings) -> None:
        self._sources, self._failed, self._settings = sources, failed, settings
        self._labels = labels_key(settings.mappings / "labels")
        self.states = states(open_store(settings), self._labels)
        self.known: dict[str, Known] = {}

    def is_whole(self) -> bool:
        """Whether no stored document is left out."""
        return self.states.keys() <= self._sources.keys()

    def cards(self, shelf: Shelf) -> list[Card]:
        """The cards of all documents; as they are kept, or made of facts. Raises _ChangedError for damaged documents."""
        kept, fresh = shelf.cards(), dict[str, str]()
        found: list[Card] = []
        for name, digest, content in self._packed(self._sources):
            told = kept.get(digest)
            if told is None:
                card = card_of(_glimpse(content))
                fresh[digest] = json.dumps(asdict(card), ensure_ascii=False)
            else:
                card = Card(**{**json.loads(told), "strange": tuple(json.loads(told)["strange"])})
            source = self._sources[name]
            self.known[name] = Known(digest, source)
            found.append(replace(card, file_name=source.file_name, replaced_by=source.replaced_by) if source else card)
        for name, document in self._failed.items():
            self.known[name] = Known(_digest(pack(document)), document.source)
            found.append(card_of(document))
        if fresh:
            shelf.keep_cards(fresh, (item.digest for item in self.known.values()))
        return found

    def load(self, names: Sequence[str]) -> list[Interpretation]:
        """Documents under their names of today. Raises _ChangedError where they are not what the cards were made of."""
        found = [self._failed[name] for name in names if name in self._failed]
        for name, digest, content in self._packed([name for name in names if name not in self._failed]):
            if digest != self.known[name].digest:
                raise _ChangedError(f"{name} was changed meanwhile")
            source, document = self._sources[name], _interpretation(content)
            found.append(replace(document, source=source) if source is not None else document)
        if len(found) < len(names):
            raise _ChangedError("documents went from the store meanwhile")
        return found

    def _packed(self, names: Iterable[str]) -> Iterable[tuple[str, str, bytes]]:
        wanted = list(names)
        missing = []
        for name, content in packed_facts(open_store(self._settings), self._labels, wanted):
            if content is None:
                missing.append(name)
            else:
                yield name, _digest(content), content
        for name in missing:
            if understand(name, self._sources[name], self._settings) is None:
                raise _ChangedError(f"{name} is damaged")
        for name, content in packed_facts(open_store(self._settings), self._labels, missing) if missing else ():
            if content is None:
                raise _ChangedError(f"the facts of {name} are not kept")
            yield name, _digest(content), content


def _interpretation(content: bytes) -> Interpretation:
    found = unpack(Understood, content)
    if found is None:
        raise _ChangedError("facts are damaged")
    return found.interpretation


def _glimpse(content: bytes) -> Interpretation:
    """As much of a document as its card needs: of facts and doubts their keys."""
    try:
        data = json.loads(zlib.decompress(content).decode(errors="surrogatepass"))["interpretation"]
        facts = [{"table": fact["table"], "key": fact["key"], "column": "", "value": ""} for fact in data["facts"]]
        doubts = [{name: doubt[name] for name in ("code", "severity", "stage", "message", "key")} for doubt in data["problems"]]
        return from_json(Interpretation, {**data, "facts": facts, "problems": doubts, "mentions": []})
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        raise _ChangedError("facts are damaged") from error


def _digest(content: bytes) -> str:
    return hashlib.blake2b(content, digest_size=16).hexdigest()

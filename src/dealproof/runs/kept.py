"""Which parts the dataset that was built last consists of, kept in the workspace under the key of all that it was built from.

Whoever asks for the same again (questions, why, a report, another format) gets it without a build. The key names everything
that a dataset depends on, so that what is kept is never wrong, only missing: one that is damaged, or made from anything
else, is built anew. Its rows stand on a shelf (`shelf.py`). Nothing is pickled.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dealproof.interpret.version import installed, program_key
from dealproof.mappings.label_files import labels_key
from dealproof.model.evidence import Source
from dealproof.runs.kept_files import read_every, read_kept, write_kept
from dealproof.runs.outcome import Outcome
from dealproof.runs.shelf import Member
from dealproof.settings.settings import Settings
from dealproof.store.connections import Store
from dealproof.store.facts import generation, states

_KIND = "dataset"
#: So many datasets are kept: of all documents, of those without failures, and what an edit that is taken back returns to.
KEPT = 4
#: Installed packages that a build rests on beside those that read: how names are compared and ranked.
_LIBRARIES = ("opencc", "pypinyin", "rapidfuzz")
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Kept:
    """The parts of a dataset, what became of the figures of its documents (as in a summary), and the documents of it that are
    `outgrown`, by their ids."""

    members: tuple[Member, ...]
    figures: Mapping[str, int]
    outgrown: tuple[str, ...] = ()


def program() -> str:
    """What a build rests on beside documents and mapping files."""
    return " ".join((program_key(), *installed(_LIBRARIES)))


def inputs_key(
    store: Store, sources: Mapping[str, Source | None], failed: Sequence[Outcome], settings: Settings, as_of: str = ""
) -> str:
    """Everything that a dataset depends on: documents with their names and extracts, failures, mapping files, program."""
    labels = labels_key(settings.mappings / "labels")
    stamps = states(store, labels)
    whole = stamps.keys() <= sources.keys()
    digest = hashlib.sha256(f"{program()} {generation(labels)} {as_of} {whole}\n".encode())
    for path in sorted(settings.mappings.rglob("*.csv")):
        digest.update(f"{path.relative_to(settings.mappings).as_posix()}\n".encode() + path.read_bytes())
    for document_id, source in sorted(sources.items()):
        state = stamps.get(document_id)
        digest.update(
            f"{document_id} {source and source.file_name} {source and source.replaced_by} {state and state.stamp}\n".encode()
        )
    for outcome in sorted(failed, key=lambda item: (item.document_id, item.item.name)):
        digest.update(f"{outcome.document_id} {outcome.item.name} {outcome.sentence}\n".encode())
    return digest.hexdigest()


def kept_key(inputs: str, settings: Settings) -> str:
    """The key of a dataset that is kept. Files in the mappings folder that are not read count by their names: some of them
    are refused (`corrections.xlsx`), which only a build does."""
    names = sorted(path.relative_to(settings.mappings).as_posix() for path in settings.mappings.rglob("*"))
    return hashlib.sha256("\n".join([inputs, *names]).encode(errors="surrogateescape")).hexdigest()


def recalled(settings: Settings, key: str) -> Kept | None:
    """The dataset that was kept under this key; None where there is none, or a damaged one."""
    content = read_kept(settings, _KIND, key)
    try:
        return None if content is None else _unpacked(content)
    except (ValueError, KeyError, TypeError) as error:
        _log.warning("A kept dataset is damaged and is built anew (%s).", error)
        return None


def keep(settings: Settings, key: str, kept: Kept) -> frozenset[Member]:
    """Keep a dataset; those that were kept longest ago go. Return the parts of all that are kept now."""
    told = {"members": kept.members, "figures": dict(kept.figures), "outgrown": kept.outgrown}
    text = json.dumps(told, ensure_ascii=False)
    checked = hashlib.sha256(text.encode()).hexdigest()
    write_kept(settings, _KIND, key, f"{checked}\n{text}".encode(), KEPT)
    members = set(kept.members)
    for content in read_every(settings, _KIND):
        try:
            members |= set(_unpacked(content).members)
        except (ValueError, KeyError, TypeError):
            continue
    return frozenset(members)


def _unpacked(content: bytes) -> Kept:
    """Raises ValueError for content that is not as it was written."""
    checked, _, text = content.partition(b"\n")
    if hashlib.sha256(text).hexdigest().encode() != checked:
        raise ValueError("it is not as it was written")
    data = json.loads(text)
    return Kept(tuple((name, key) for name, key in data["members"]), data["figures"], tuple(data["outgrown"]))

"""The dataset as it was built last, kept in the workspace under the key of all that it was built from.

Whoever asks for the same again (questions, why, a report, another format) gets it without a build. The key names everything
that a dataset depends on, so that what is kept is never wrong, only missing: one that is damaged, or made from anything
else, is built anew. It is compressed JSON, never pickled.
"""

from __future__ import annotations

import hashlib
import json
import logging
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from dealproof import contract
from dealproof.dataset.dataset import Dataset
from dealproof.interpret.version import installed, program_key
from dealproof.mappings.label_files import labels_key
from dealproof.model.cell import Row
from dealproof.model.evidence import Source
from dealproof.runs.kept_files import read_kept, write_kept
from dealproof.runs.outcome import Outcome
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
    """A dataset, what became of the figures of its documents (as in a summary), and the documents of it that are
    `outgrown`, by their ids."""

    dataset: Dataset
    figures: Mapping[str, int]
    outgrown: tuple[str, ...] = ()


def inputs_key(
    store: Store, sources: Mapping[str, Source | None], failed: Sequence[Outcome], settings: Settings, as_of: str = ""
) -> str:
    """Everything that a dataset depends on: documents with their names and extracts, failures, mapping files, program."""
    labels = labels_key(settings.mappings / "labels")
    stamps = states(store, labels)
    whole = stamps.keys() <= sources.keys()
    program = " ".join((program_key(), *installed(_LIBRARIES), generation(labels)))
    digest = hashlib.sha256(f"{program} {as_of} {whole}\n".encode())
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
    packed = read_kept(settings, _KIND, key)
    try:
        return None if packed is None else _unpacked(json.loads(zlib.decompress(packed).decode(errors="surrogatepass")))
    except (zlib.error, ValueError, KeyError, TypeError) as error:
        _log.warning("A kept dataset is damaged and is built anew (%s).", error)
        return None


def keep(settings: Settings, key: str, kept: Kept) -> None:
    """Keep a dataset; those that were kept longest ago go."""
    tables = {spec.name: _columns(kept.dataset.rows(spec.name)) for spec in contract.tables()}
    packer = zlib.compressobj(1)
    packed = [packer.compress(piece.encode(errors="surrogatepass")) for piece in _pieces(kept, tables)]
    write_kept(settings, _KIND, key, b"".join([*packed, packer.flush()]), KEPT)


def _columns(rows: Sequence[Row]) -> tuple[str, ...]:
    """The columns of a table in the order in which its rows have them."""
    orders = {tuple(row) for row in rows}
    if len(orders) > 1:
        raise ValueError(f"rows of one table have their columns in {len(orders)} orders")
    return next(iter(orders), ())


def _pieces(kept: Kept, tables: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """The JSON of a dataset, row by row: as one text it would take as much memory again."""
    yield f'{{"figures": {json.dumps(dict(kept.figures))}, "outgrown": {json.dumps(kept.outgrown)}, "tables": {{'
    for number, (name, columns) in enumerate(tables.items()):
        yield f'{", " if number else ""}"{name}": {{"columns": {json.dumps(columns)}, "rows": ['
        for place, row in enumerate(kept.dataset.rows(name)):
            yield f"{', ' if place else ''}{json.dumps(list(row.values()), ensure_ascii=False)}"
        yield "]}"
    yield "}}"


def _unpacked(data: Any) -> Kept:
    tables: dict[str, tuple[Row, ...]] = {}
    for spec in contract.tables():
        columns, rows = data["tables"][spec.name]["columns"], data["tables"][spec.name]["rows"]
        tables[spec.name] = tuple([dict(zip(columns, row, strict=True)) for row in rows])
    return Kept(Dataset(MappingProxyType(tables)), data["figures"], tuple(data["outgrown"]))

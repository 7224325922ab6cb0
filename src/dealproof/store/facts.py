"""Facts kept beside the extracts, so that a build interprets only what changed.

A folder per generation: version of the extractor, interpreter (its sources), content of the label files. Mapping files
that act when the dataset is built are no part of it. Facts count only beside the very extract they were made from.
"""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

from dealproof.document import EXTRACTOR_VERSION
from dealproof.interpret.result import Interpretation
from dealproof.interpret.version import interpreter_key
from dealproof.store.packed import ENDING, read_packed, write_packed
from dealproof.store.serialize import from_json

#: Generations that are kept: today's, and those to which an analyst returns who takes an edit back.
KEPT = 3


@dataclass(frozen=True, slots=True)
class Understood:
    """One document interpreted: its facts, and the pages that the same labels want read with care."""

    interpretation: Interpretation
    wanted_pages: tuple[int, ...]

    @property
    def outgrown(self) -> bool:
        """Whether pages are wanted that were not read when the document was."""
        return not set(self.wanted_pages) <= set(self.interpretation.careful_pages)


@dataclass(frozen=True, slots=True)
class _Stored:
    extract: str
    understood: Understood


class FactStore:
    """Facts under `<workspace>/facts/v<extractor>-<interpreter>-<labels>/<document id>.json.gz`."""

    def __init__(self, workspace: Path, labels_key: str) -> None:
        self._all = workspace / "facts"
        self._folder = self._all / f"v{EXTRACTOR_VERSION}-{interpreter_key()}-{labels_key}"

    def load(self, document_id: str, extract: str) -> Understood | None:
        """Return the facts made from the extract with this stamp; a damaged file counts as absent."""
        data = read_packed(self._path(document_id))
        try:
            stored = None if data is None else from_json(_Stored, data)
        except (ValueError, KeyError, TypeError, ArithmeticError):
            return None  # JSON, but no facts: as good as absent
        return stored.understood if stored is not None and stored.extract == extract else None

    def save(self, understood: Understood, extract: str) -> None:
        """Keep the facts made from the extract with this stamp. Raises StoreError when that cannot be written."""
        write_packed(self._path(understood.interpretation.source.document_id), _Stored(extract, understood))

    def drop_old(self) -> None:
        """Delete the generations that were not used for longest; a folder that stays costs space only."""
        if not self._folder.is_dir():
            return
        os.utime(self._folder)
        by_use = sorted(self._all.iterdir(), key=lambda path: (path != self._folder, -path.stat().st_mtime_ns))
        for path in by_use[KEPT:]:
            shutil.rmtree(path, ignore_errors=True)

    def _path(self, document_id: str) -> Path:
        return self._folder / f"{document_id}{ENDING}"

"""Extracts in a folder of compressed JSON files, one a document."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dealproof.document import EXTRACTOR_VERSION, Extract
from dealproof.store.packed import ENDING, read_packed, stamp, write_packed
from dealproof.store.serialize import from_json


class FolderStore:
    """Extracts under `<workspace>/extracts/v<version>/<document id>.json.gz`."""

    def __init__(self, workspace: Path) -> None:
        self._folder = workspace / "extracts" / f"v{EXTRACTOR_VERSION}"

    def load(self, document_id: str) -> Extract | None:
        """Return a stored extract; a file that cannot be read counts as absent and is made anew."""
        data = read_packed(self._path(document_id))
        try:
            extract = None if data is None else from_json(Extract, data)
        except (ValueError, KeyError, TypeError, ArithmeticError):
            return None  # JSON, but no extract: as good as absent
        return extract if extract is not None and extract.source.document_id == document_id else None

    def save(self, extract: Extract) -> str:
        """Write an extract whole or not at all; return its stamp. Raises StoreError when it cannot be written."""
        return write_packed(self._path(extract.source.document_id), extract)

    def all(self) -> Iterator[Extract]:
        """All readable extracts in the order of their document ids."""
        for document_id in self.ids():
            extract = self.load(document_id)
            if extract is not None:
                yield extract

    def ids(self) -> tuple[str, ...]:
        """The ids of all stored documents in order, readable or not."""
        return tuple(sorted(path.name.removesuffix(ENDING) for path in self._folder.glob(f"*{ENDING}")))

    def stamp(self, document_id: str) -> str:
        """Name the stored content of a document; another extract of it has another stamp."""
        return stamp(self._path(document_id))

    def _path(self, document_id: str) -> Path:
        return self._folder / f"{document_id}{ENDING}"

"""The store as a folder of compressed JSON files, one a document; written aside first, then put in place."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from pathlib import Path

from dealproof.document import EXTRACTOR_VERSION, Extract
from dealproof.errors import StoreError
from dealproof.store.serialize import from_json, to_json


class FolderStore:
    """Extracts under `<workspace>/extracts/v<version>/<document id>.json.gz`."""

    def __init__(self, workspace: Path) -> None:
        self._folder = workspace / "extracts" / f"v{EXTRACTOR_VERSION}"

    def load(self, document_id: str) -> Extract | None:
        """Return a stored extract; a file that cannot be read counts as absent and is made anew."""
        path = self._path(document_id)
        try:
            data = json.loads(gzip.decompress(path.read_bytes()))
            return from_json(Extract, data)
        except FileNotFoundError:
            return None
        except (OSError, ValueError, KeyError, EOFError, TypeError):
            # A half-written or foreign file is no proof of anything; reading the PDF again is always right.
            return None

    def save(self, extract: Extract) -> None:
        """Write an extract whole or not at all. Raises StoreError when the workspace cannot be written."""
        path = self._path(extract.source.document_id)
        aside = path.with_suffix(f".{os.getpid()}.tmp")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            aside.write_bytes(gzip.compress(json.dumps(to_json(extract), ensure_ascii=False).encode(), 3, mtime=0))
            aside.replace(path)
        except OSError as error:
            raise StoreError(
                f"The workspace {self._folder} cannot be written ({error.strerror}).",
                "Free space or choose another with --workspace.",
            ) from error

    def all(self) -> Iterator[Extract]:
        """All readable extracts in the order of their document ids."""
        for path in sorted(self._folder.glob("*.json.gz")):
            extract = self.load(path.name.removesuffix(".json.gz"))
            if extract is not None:
                yield extract

    def _path(self, document_id: str) -> Path:
        return self._folder / f"{document_id}.json.gz"

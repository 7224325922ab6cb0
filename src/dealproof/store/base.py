"""What the rest of the house asks of a store: extracts by document, and which file was which document."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from dealproof.document import Extract


class Store(Protocol):
    """Keeps extracts, so that a PDF is opened once. A folder of files for now."""

    def load(self, document_id: str) -> Extract | None:
        """Return the extract of a document if it was made by this version of the extractor."""
        ...

    def save(self, extract: Extract) -> None:
        """Keep an extract; an older one of the same document is replaced."""
        ...

    def all(self) -> Iterator[Extract]:
        """All extracts of this version, in the order of their document ids."""
        ...

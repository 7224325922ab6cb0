"""What the rest of the house asks of a store: extracts by document, and the facts that were made from them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from dealproof.document import Extract
from dealproof.store.facts import Understood


class Store(Protocol):
    """Keeps extracts, so that a PDF is opened once. A folder of files for now."""

    def load(self, document_id: str) -> Extract | None:
        """Return the extract of a document if it was made by this version of the extractor."""
        ...

    def save(self, extract: Extract) -> str:
        """Keep an extract and return its stamp; an older one of the same document is replaced."""
        ...

    def all(self) -> Iterator[Extract]:
        """All extracts of this version, in the order of their document ids."""
        ...

    def ids(self) -> tuple[str, ...]:
        """The ids of all stored documents in order, readable or not."""
        ...

    def stamp(self, document_id: str) -> str:
        """Name the stored content of a document; another extract of it has another stamp."""
        ...


class Facts(Protocol):
    """Keeps what today's interpreter understood with today's labels, so that it is worked out once."""

    def load(self, document_id: str, extract: str) -> Understood | None:
        """Return the facts of a document if they were made from the extract with this stamp."""
        ...

    def save(self, understood: Understood, extract: str) -> None:
        """Keep the facts made from the extract with this stamp."""
        ...

    def drop_old(self) -> None:
        """Forget facts that nobody is likely to ask for again."""
        ...

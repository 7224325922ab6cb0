"""One PDF that stays open while it is read, so that a page is parsed once for the fast pass and for the careful readers.

PDFium is not thread-safe: one thread reads one document at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from dealproof.pages.drawn import Drawing, drawing_of
from dealproof.pages.geometry import Frame, frame_of
from dealproof.pages.open import open_pdf
from dealproof.pages.seen import MAX_OBJECTS, Seen, may_have_layers, seen_text

#: Pages with so many characters together stay open between the fast pass and the careful readers; further ones are opened
#: again (a character costs about a kilobyte).
KEPT_CHARS = 20_000


@dataclass(slots=True)
class OpenPage:
    """A page as PDFium holds it, its frame, and once it was looked at what is seen of its text."""

    number: int
    handle: Any
    text_page: Any
    frame: Frame
    has_layers: bool
    _seen: Seen | None = None

    @property
    def seen(self) -> Seen:
        """Its text as a viewer shows it; looked for at the first call."""
        if self._seen is None:
            self._seen = seen_text(self.handle, self.text_page, self.frame, self.has_layers)
        return self._seen

    @property
    def drawing(self) -> Drawing:
        """What is drawn on it."""
        return self.seen.drawing or drawing_of(self.handle, self.has_layers, MAX_OBJECTS)

    def close(self) -> None:
        """Give back what PDFium holds of it."""
        if self._seen is not None and self._seen.text_page is not self.text_page:
            self._seen.text_page.close()
        self._seen = None
        self.text_page.close()
        self.handle.close()


class OpenPdf:
    """An open PDF; use as a context manager. Entering raises UnreadableFileError when the file cannot be opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._document: Any = None
        self._has_layers = False
        self._kept: dict[int, OpenPage] = {}
        self._room = KEPT_CHARS

    def __enter__(self) -> OpenPdf:
        self._document = open_pdf(self.path)
        self._has_layers = may_have_layers(self.path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for page in self._kept.values():
            page.close()
        self._kept.clear()
        self._document.close()

    def __len__(self) -> int:
        return len(self._document)

    @contextmanager
    def page(self, number: int, keep: bool = False) -> Iterator[OpenPage]:
        """The page with this number (1-based); closed afterwards, unless it is to be kept and there is room.

        Raises IndexError when there is no such page, pypdfium2.PdfiumError when it is damaged.
        """
        if not 1 <= number <= len(self):
            raise IndexError(f"{self.path.name} has no page {number}")
        page = self._kept.pop(number, None) or self._opened(number)
        try:
            yield page
        except BaseException:
            page.close()
            raise
        size = page.text_page.count_chars()
        if keep and size <= self._room:
            self._room -= size
            self._kept[number] = page
        else:
            page.close()

    def _opened(self, number: int) -> OpenPage:
        handle = self._document[number - 1]
        try:
            return OpenPage(number, handle, handle.get_textpage(), frame_of(handle), self._has_layers)
        except BaseException:
            handle.close()
            raise

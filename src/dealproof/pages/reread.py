"""An independent second reading: the text that PDFium finds inside a box.

Boxes go in as a viewer shows the page (points from the top left); rotation and crop are undone here.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from types import TracebackType
from typing import Any

from dealproof.evidence import Box

#: Pages kept open at once; a careful page is asked for many boxes in a row.
KEPT_PAGES = 4


class TextLayer:
    """The text layer of one open PDF; use as a context manager."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: Any = None
        self._open: OrderedDict[int, tuple[Any, Any, float, float]] = OrderedDict()

    def __enter__(self) -> TextLayer:
        import pypdfium2

        self._document = pypdfium2.PdfDocument(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._open:
            self._close(self._open.popitem()[1])
        self._document.close()

    def text_in(self, page: int, box: Box) -> str:
        """Return the text inside `box` of `page` (1-based)."""
        _, text, left, top = self._page(page)
        return str(text.get_text_bounded(left + box.x0, top - box.bottom, left + box.x1, top - box.top))

    def _page(self, number: int) -> tuple[Any, Any, float, float]:
        if number in self._open:
            self._open.move_to_end(number)
            return self._open[number]
        page = self._document[number - 1]
        left, _, _, top = page.get_bbox()
        entry = (page, page.get_textpage(), left, top)
        self._open[number] = entry
        if len(self._open) > KEPT_PAGES:
            self._close(self._open.popitem(last=False)[1])
        return entry

    @staticmethod
    def _close(entry: tuple[Any, Any, float, float]) -> None:
        entry[1].close()
        entry[0].close()

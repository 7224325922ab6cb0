"""An independent second reading: the text that PDFium finds inside a box.

Boxes go in as a viewer shows the page (points from the top left); rotation and crop are undone here.
"""

from __future__ import annotations

from collections import OrderedDict
from pathlib import Path
from types import TracebackType
from typing import Any

from dealproof.model.evidence import Box
from dealproof.pages.geometry import Frame, frame_of
from dealproof.pages.glyphs import LINE_END_HYPHEN
from dealproof.pages.open import open_pdf

#: Pages kept open at once; a careful page is asked for many boxes in a row.
KEPT_PAGES = 4


class TextLayer:
    """The text layer of one open PDF; use as a context manager, in one thread.

    Entering raises UnreadableFileError when the file cannot be opened.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._document: Any = None
        self._open: OrderedDict[int, tuple[Any, Any, Frame]] = OrderedDict()

    def __enter__(self) -> TextLayer:
        self._document = open_pdf(self._path)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        while self._open:
            self._close(*self._open.popitem()[1])
        self._document.close()

    def text_in(self, page: int, box: Box) -> str:
        """Return the text inside `box` of `page` (1-based). Raises IndexError when there is no such page."""
        _, text_page, frame = self._page(page)
        return str(text_page.get_text_bounded(*frame.printed_box(box))).replace(LINE_END_HYPHEN, "-")

    def _page(self, number: int) -> tuple[Any, Any, Frame]:
        if number in self._open:
            self._open.move_to_end(number)
            return self._open[number]
        if not 1 <= number <= len(self._document):
            raise IndexError(f"{self._path.name} has no page {number}")
        page = self._document[number - 1]
        entry = (page, page.get_textpage(), frame_of(page))
        self._open[number] = entry
        if len(self._open) > KEPT_PAGES:
            self._close(*self._open.popitem(last=False)[1])
        return entry

    @staticmethod
    def _close(page: Any, text_page: Any, _frame: Frame) -> None:
        text_page.close()
        page.close()

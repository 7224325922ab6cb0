"""Another parser of PDFs (pdfplumber), asked on pages whose fonts do not say what all of their characters mean.

Boxes go in as a viewer shows the page. It is loaded at the first question: few documents need it.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any, NamedTuple

from dealproof.model.evidence import Box
from dealproof.pages.geometry import cropped
from dealproof.tables.damage import raise_if_out_of_memory

_log = logging.getLogger(__name__)


class _Place(NamedTuple):
    text: str
    x: float
    y: float


class OtherParser:
    """The characters of a PDF by another parser, page by page as they are asked for."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._pages: dict[int, tuple[_Place, ...]] = {}

    def text_in(self, page: int, box: Box) -> str:
        """The characters whose middle lies inside `box` of `page` (1-based), in the order in which they are drawn."""
        if page not in self._pages:
            self._pages[page] = self._read(page)
        return "".join(
            each.text for each in self._pages[page] if box.x0 <= each.x <= box.x1 and box.top <= each.y <= box.bottom
        )

    def _read(self, number: int) -> tuple[_Place, ...]:
        import pdfplumber

        try:
            with pdfplumber.open(self._path, pages=[number]) as document:
                return tuple(_places(document.pages[0]))
        except Exception as error:  # noqa: BLE001  # damaged pages raise whatever the parser stumbles over
            raise_if_out_of_memory(error)
            _log.warning("page %d gave no second reading: %r", number, error, extra={"file": str(self._path)})
            return ()


def _places(page: Any) -> list[_Place]:
    _, shown = cropped(page.page_obj.mediabox, page.page_obj.cropbox, page.rotation)
    left, top = float(page.bbox[0]) + shown.x0, float(page.bbox[1]) + shown.top
    return [
        _Place(char["text"], (char["x0"] + char["x1"]) / 2 - left, (char["top"] + char["bottom"]) / 2 - top)
        for char in page.chars
    ]

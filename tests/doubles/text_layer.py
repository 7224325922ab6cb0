"""What PDFium finds inside a box of a page: a look at the text that knows nothing of how the program reads it."""

from __future__ import annotations

from dealproof.model.evidence import Box
from dealproof.pages.glyphs import LINE_END_HYPHEN
from dealproof.pages.opened import OpenPdf


class TextLayer(OpenPdf):
    """The text layer of one open PDF; use as a context manager."""

    def text_in(self, page: int, box: Box) -> str:
        """The text inside `box` of `page` (1-based), both as a viewer shows it."""
        with self.page(page) as opened:
            found = opened.text_page.get_text_bounded(*opened.frame.printed_box(box))
        return str(found).replace(LINE_END_HYPHEN, "-")

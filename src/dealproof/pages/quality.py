"""Whether the text layer of a page can be used: native, scanned, or lying."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any, Literal

from dealproof.pagetext import PageText

Quality = Literal["native", "scanned", "lying"]

#: With more characters than this the text speaks for itself and the drawing is not looked at.
SPARSE = 200
#: A page that is a picture may still carry this many characters of its own (a stamp, a line of a header).
FEW = 30
#: Share of the page that pictures cover when the page is a picture.
COVERED = 0.5
#: A page without any text but with this many drawn shapes is text turned into outlines.
SHAPES = 300
#: Share of characters without a known meaning from which no figure of the page can be trusted.
UNKNOWN = 0.3
#: Every so many characters one is asked whether its font says what it means.
SAMPLE = 16
#: Objects of a page that are looked at; a picture of a page comes in few strips.
MAX_OBJECTS = 2_000
_ODD = re.compile("[\ue000-\uf8ff\ufffd\uffff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_SPACE = re.compile(r"\s+")


def text_quality(text_page: Any, text: str) -> Quality:
    """`lying` when too many characters are private, control or unmapped ones, else `native`."""
    import pypdfium2.raw as raw

    dense = _SPACE.sub("", text)
    if len(_ODD.findall(dense)) > UNKNOWN * len(dense):
        return "lying"
    asked = [index for index in range(0, len(text), SAMPLE) if not text[index].isspace()]
    lost = sum(1 for index in asked if raw.FPDFText_HasUnicodeMapError(text_page.raw, index) == 1)
    return "lying" if len(asked) >= 3 and lost > UNKNOWN * len(asked) else "native"


def is_picture(page: Any, text: str, width: float, height: float) -> bool:
    """Whether a page with little text is covered by pictures, or is text turned into outlines."""
    letters = len(_SPACE.sub("", text))
    if letters > SPARSE:
        return False
    import pypdfium2.raw as raw

    covered, shapes = 0.0, 0
    for count, item in enumerate(page.get_objects(max_depth=3)):
        if count >= MAX_OBJECTS:
            break
        if item.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            covered += max(0.0, right - left) * max(0.0, top - bottom)
        elif item.type == raw.FPDF_PAGEOBJ_PATH:
            shapes += 1
    return covered >= COVERED * width * height or (letters == 0 and shapes >= SHAPES)


def with_scan_marked(page: PageText, picture: bool) -> PageText:
    """The page as `scanned` when it is a picture and no text of its own is left beside the furniture."""
    own = sum(len(_SPACE.sub("", line.text)) for line in page.lines)
    return replace(page, quality="scanned") if picture and own < FEW and page.quality == "native" else page

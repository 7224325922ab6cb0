"""Watermarks: slanted words, and words far larger and paler than the text around them."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from statistics import median
from typing import Any

from dealproof.pages.glyphs import Glyphs

#: A word this many times as high as the common line may be a watermark, when it is pale too.
LARGE = 2.2
#: From this lightness (0 black, 255 white), or below this opacity, a word is pale.
LIGHT, OPAQUE = 160, 128


def split_watermark(text_page: Any, words: Sequence[Glyphs]) -> tuple[list[Glyphs], list[str]]:
    """Return the words that belong to the page, and the texts that lie across it."""
    if not words:
        return [], []
    high = LARGE * median(word.height for word in words)
    body: list[Glyphs] = []
    slanted: list[str] = []
    large: list[str] = []
    for word in words:
        if word.turn is None:
            slanted.append(word.text)
        elif word.height > high and _is_pale(text_page, word.first):
            large.append(word.text)
        else:
            body.append(word)
    return body, [mark for mark in ("".join(slanted), "".join(large)) if mark]


def _is_pale(text_page: Any, index: int) -> bool:
    import pypdfium2.raw as raw

    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFText_GetFillColor(text_page.raw, index, red, green, blue, alpha):
        return False
    return alpha.value < OPAQUE or min(red.value, green.value, blue.value) >= LIGHT

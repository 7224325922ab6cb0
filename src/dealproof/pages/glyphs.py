"""The words of a page as PDFium finds them: text, box, direction. A run of characters without a space is one word.

Asking PDFium for every character's box costs more than parsing the page; the first and the last character of a
word tell its box unless they disagree, and then every character is asked for itself.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from dealproof.evidence import Box
from dealproof.pages.geometry import Frame, turned

_WORD = re.compile(r"\S+")
_HALVES = re.compile("[\ud800-\udfff]")
#: What PDFium makes of a hyphen at the end of a line.
LINE_END_HYPHEN = "\ufffe"
#: Part of the font size that a line of text takes above and below its baseline.
ASCENT, DESCENT = 0.88, 0.12
#: Shares of the height by which the ends of a word may stand above one another.
UNEVEN = 0.6


class Glyphs(NamedTuple):
    """A word laid level: `turn` says by how much it was turned as shown (None: slanted). Tens of thousands are
    made for one document, hence no dataclass."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    turn: int | None
    first: int

    @property
    def height(self) -> float:
        """Height of the printed line."""
        return self.bottom - self.top


def page_string(text_page: Any) -> str:
    """All characters of a page, one for one with PDFium's numbering (which counts the halves of rare ideographs).

    What has no known meaning is U+FFFD.
    """
    import pypdfium2.raw as raw

    count = text_page.count_chars()
    text = str(text_page.get_text_range()).replace(LINE_END_HYPHEN, "-") if count else ""
    if len(text) == count and "\x00" not in text:
        return text
    return "".join(_known(raw.FPDFText_GetUnicode(text_page.raw, index)) for index in range(count))


def _known(code: int) -> str:
    if code in (ord(LINE_END_HYPHEN), 2):
        return "-"
    return chr(code) if 0 < code <= 0x10FFFF else "\ufffd"


def read_glyphs(text_page: Any, text: str, frame: Frame) -> Iterator[Glyphs]:
    """Yield the words of `text` (as `page_string` gives it) in PDFium's order."""
    words = _words(text_page, text, frame)
    if not _HALVES.search(text):
        yield from words
        return
    for word in words:
        yield word._replace(text=word.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _words(text_page: Any, text: str, frame: Frame) -> Iterator[Glyphs]:
    import pypdfium2.raw as raw

    handle, rect, level = text_page.raw, raw.FS_RECTF(), frame.rotation == 0
    pointer = ctypes.byref(rect)
    for match in _WORD.finditer(text):
        first, last = match.start(), match.end() - 1
        if level and not raw.FPDFText_GetCharAngle(handle, first):
            glyphs = _level(raw, handle, match.group(), first, last, frame, rect, pointer)
            if glyphs is not None:
                yield glyphs
                continue
        yield from _any(raw, handle, match.group(), first, frame)


def _level(
    raw: Any, handle: Any, text: str, first: int, last: int, frame: Frame, rect: Any, pointer: Any
) -> Glyphs | None:
    """The word when its first and last character stand on one line from left to right."""
    if not raw.FPDFText_GetLooseCharBox(handle, first, pointer):
        return None
    left, right, top, bottom = rect.left, rect.right, rect.top, rect.bottom
    if last > first:
        if not raw.FPDFText_GetLooseCharBox(handle, last, pointer):
            return None
        uneven = abs(rect.top + rect.bottom - top - bottom) > UNEVEN * (rect.top - rect.bottom + top - bottom)
        if uneven or rect.right < right:
            return None
        right, top, bottom = rect.right, max(top, rect.top), min(bottom, rect.bottom)
    if right <= left or top <= bottom:
        return None
    return Glyphs(text, left - frame.left, frame.top - top, right - frame.left, frame.top - bottom, 0, first)


def _any(raw: Any, handle: Any, text: str, first: int, frame: Frame) -> Iterator[Glyphs]:
    """The characters of a word one by one, whatever their direction; neighbours on one line are joined again."""
    word: Glyphs | None = None
    for index, char in enumerate(text, first):
        made = _char(raw, handle, char, index, frame)
        if made is None:
            continue
        joined = word and _joined(word, made)
        if word is not None and joined is None:
            yield word
        word = joined or made
    if word is not None:
        yield word


def _joined(word: Glyphs, char: Glyphs) -> Glyphs | None:
    """Both as one word when `char` follows on the same line."""
    size = max(word.height, char.height)
    if word.turn != char.turn:
        return None
    on_line = abs(word.top + word.bottom - char.top - char.bottom) <= UNEVEN * size
    if word.turn is not None and not (on_line and -0.2 * size <= char.x0 - word.x1 <= size and char.x1 > word.x0):
        return None
    return Glyphs(
        word.text + char.text,
        min(word.x0, char.x0),
        min(word.top, char.top),
        max(word.x1, char.x1),
        max(word.bottom, char.bottom),
        word.turn,
        word.first,
    )


def _char(raw: Any, handle: Any, char: str, index: int, frame: Frame) -> Glyphs | None:
    matrix, left, right, bottom, top = raw.FS_MATRIX(), *(ctypes.c_double() for _ in range(4))
    if not raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top):
        return None
    if not raw.FPDFText_GetMatrix(handle, index, matrix):
        matrix.a, matrix.d = 1.0, 1.0
    turn = frame.turn(matrix.a, matrix.b)
    tight = frame.shown_box(left.value, bottom.value, right.value, top.value)
    laid = turned(tight, turn or 0, frame.width, frame.height)
    x, y = ctypes.c_double(), ctypes.c_double()
    if turn is None or not raw.FPDFText_GetCharOrigin(handle, index, x, y):
        return Glyphs(char, laid.x0, laid.top, laid.x1, laid.bottom, turn, index)
    size = raw.FPDFText_GetFontSize(handle, index) * math.hypot(matrix.a, matrix.b)
    start, base = frame.shown(x.value, y.value)
    origin = turned(Box(start, base, start, base), turn, frame.width, frame.height)
    wide = unicodedata.east_asian_width(char) in "WF"
    end = max(laid.x1, origin.x0 + size) if wide else laid.x1
    top_, bottom_ = origin.top - ASCENT * size, origin.top + DESCENT * size
    return Glyphs(char, min(laid.x0, origin.x0), min(laid.top, top_), end, max(laid.bottom, bottom_), turn, index)

"""The words of a page as PDFium finds them: text, box, direction. A run of characters without a space is one word.

Most words stand level and are laid together (`level_words.py`); of the others every character is asked for itself.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from typing import Any, NamedTuple

from dealproof.model.evidence import Box
from dealproof.pages.calls import number_of
from dealproof.pages.geometry import Frame, turned, turned_back
from dealproof.pages.level_words import EVEN, UNEVEN, level_words
from dealproof.pages.raised import LIFTED, SMALL, raised_marks

_WORD = re.compile(r"\S+")
_HALVES = re.compile("[\ud800-\udfff]")
#: Letters of a ligature have one place together.
_LIGATURE = re.compile("[A-Za-z]")
#: What PDFium makes of a hyphen at the end of a line.
LINE_END_HYPHEN = "\ufffe"
#: Text smaller than this is read by nobody (points).
TINY = 2.0
#: Part of the font size that a line of text takes above and below its baseline.
ASCENT, DESCENT = 0.88, 0.12


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
    def size(self) -> float:
        """What sizes are compared by."""
        return self.bottom - self.top

    @property
    def height(self) -> float:
        """Height of the printed line."""
        return self.bottom - self.top


class Part(NamedTuple):
    """One letter of a word laid level, its place taken from its share of the word."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float


def parts(word: Glyphs) -> Iterator[Part]:
    """The letters of a word, as if all wide ones and all narrow ones were alike."""
    shares = [2 if unicodedata.east_asian_width(char) in "WF" else 1 for char in word.text]
    step, at = (word.x1 - word.x0) / max(sum(shares), 1), word.x0
    for char, share in zip(word.text, shares, strict=True):
        yield Part(char, at, word.top, at + share * step, word.bottom)
        at += share * step


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


def read_glyphs(text_page: Any, text: str, frame: Frame, tiny: list[Glyphs] | None = None) -> Iterator[Glyphs]:
    """Yield the words of `text` (as `page_string` gives it) in PDFium's order, as far as they lie on the page.

    Words too small to be read are added to `tiny`.
    """
    width, height = frame.width, frame.height
    shown = [
        word
        for word in _words(text_page, text, frame)
        if (word.turn == 0 and word.x0 >= 0 <= word.top and word.x1 <= width and word.bottom <= height)
        or _is_seen(word, frame)
    ]
    small = [word for word in shown if word.height < TINY and word.turn is not None]
    if small:
        shown = [word for word in shown if word not in small]
        (tiny if tiny is not None else []).extend(small)
    words = _with_marks(text_page, shown, frame)
    if not _HALVES.search(text):
        yield from words
        return
    for word in words:
        yield word._replace(text=word.text.encode("utf-16", "surrogatepass").decode("utf-16", "replace"))


def _is_seen(word: Glyphs, frame: Frame) -> bool:
    box = Box(word.x0, word.top, word.x1, word.bottom)
    return frame.shows(turned_back(box, word.turn or 0, frame.width, frame.height))


def _with_marks(text_page: Any, words: list[Glyphs], frame: Frame) -> list[Glyphs]:
    """Small raised figures as the raised characters that they are, on the line of the word that they belong to."""
    for turn in {word.turn for word in words if word.turn is not None}:
        places = [place for place, word in enumerate(words) if word.turn == turn]
        for index, owner, _ in list(raised_marks([words[place] for place in places], least=0.0)):
            small, base = words[places[index]], words[places[owner]]
            mark = _surely_raised(text_page.raw, small, base, frame)
            if mark:
                words[places[index]] = small._replace(text=mark, top=base.top, bottom=base.bottom)
    return words


def _surely_raised(handle: Any, small: Glyphs, base: Glyphs, frame: Frame) -> str:
    """The raised mark, looked at closely: fonts differ in the room that they leave above and below a word."""
    import pypdfium2.raw as raw

    at = len(base.text) - 1 if base.x0 < small.x0 else 0
    owner = _char(raw, handle, base.text[at], base.first + at, frame)
    mark = _char(raw, handle, small.text[0], small.first, frame)
    if owner is None or mark is None:
        return ""
    mark = mark._replace(text=small.text, x1=mark.x0 + small.x1 - small.x0)
    return next((text for index, _, text in raised_marks([owner, mark]) if index == 1), "")


def _words(text_page: Any, text: str, frame: Frame) -> Iterator[Glyphs]:
    import pypdfium2.raw as raw

    handle = text_page.raw
    found = [(match.group(), match.start()) for match in _WORD.finditer(text)]
    laid = level_words(number_of(handle), found, frame) if frame.rotation == 0 else [None] * len(found)
    for (word, first), glyphs in zip(found, laid, strict=True):
        if glyphs is not None:
            yield Glyphs(*glyphs)
        else:
            yield from _any(raw, handle, word, first, frame)


def _any(raw: Any, handle: Any, text: str, first: int, frame: Frame) -> Iterator[Glyphs]:
    """The characters of a word one by one, whatever their direction; neighbours on one line are joined again."""
    word: Glyphs | None = None
    before: list[Glyphs] = []
    for index, char in enumerate(text, first):
        made = _char(raw, handle, char, index, frame)
        if made is None or not _is_seen(made, frame) or any(_is_again(made, other) for other in before):
            continue
        before = [*before[-2:], made]
        joined = word and _joined(word, made)
        if word is not None and joined is None:
            yield word
        word = joined or made
    if word is not None:
        yield word


def _is_again(char: Glyphs, other: Glyphs) -> bool:
    """Whether a character is drawn over another a second time (fake bold)."""
    near = EVEN * char.height
    same = char.text == other.text and char.turn == other.turn and not _LIGATURE.match(char.text)
    return same and abs(char.x0 - other.x0) < near and abs(char.top - other.top) < near


def _joined(word: Glyphs, char: Glyphs) -> Glyphs | None:
    """Both as one word when `char` follows on the same line."""
    size = max(word.height, char.height)
    if word.turn != char.turn:
        return None
    if word.turn is not None and min(word.height, char.height) <= SMALL * size:
        return None
    if word.turn is not None and _is_lifted(word, char, size):
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


def _is_lifted(word: Glyphs, char: Glyphs, size: float) -> bool:
    """Whether a digit stands on another height than the figure beside it."""
    apart = abs(word.top + word.bottom - char.top - char.bottom) / 2
    return apart >= LIFTED[0] * size and (word.text[-1] + char.text).isascii() and char.text.isdigit()


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

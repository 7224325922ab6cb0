"""The characters of an open page one by one, as the careful readers need them.

PDFium tells where the line of a character begins and ends, how large it is set and which way it runs. Its height is taken
from its size alone, since fonts differ in the room that they claim above and below: so all characters of one line and one
size stand on one height, whatever their fonts.
"""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from dealproof.pages.calls import Places, Rows, ask_all, number_of, pdfium
from dealproof.pages.geometry import Frame
from dealproof.pages.glyphs import ASCENT, DESCENT

#: Stands for a character that the font does not name.
UNKNOWN = "\ufffd"
#: Shares of the size over which the box of a character that is set from top to bottom runs at least, and by which its middle
#: stands beside its origin at most; and by which a box may fall short of what its font claims.
WIDE, CENTRED, CLAIM = 0.9, 0.1, 0.02
#: Control codes other than white space, which would vanish among the white space.
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


class Letter(NamedTuple):
    """One character in points from the top left of the page as shown; `turn` is its quarter turn as shown (None: slanted), `place` its
    place in the text of the page. Thousands are made for one page, hence no dataclass."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    turn: int | None
    place: int


class _Style(NamedTuple):
    """What all characters of one font, size and matrix have in common, in coordinates of the PDF: `em` is their size along the line,
    against the direction of reading if negative, `up` that across it; `claims` is what their font claims below and above their
    baseline at least, None where PDFium gives their ink alone."""

    turn: int | None
    is_mirrored: bool
    is_upright: bool
    em: float
    up: float
    claims: tuple[float, float] | None


class _Setting(NamedTuple):
    """What the characters of one text object have in common, in coordinates of the PDF. `across` is what they take above and
    below their baseline, None where each tells it for itself; `claimed` between which heights the box of a character with its name
    unchanged stands at least; `em` as of its style."""

    turn: int | None
    size: float
    is_mirrored: bool
    across: tuple[float, float] | None
    claimed: tuple[float, float]
    em: float
    is_upright: bool


def letters_of(text_page: Any, text: str, frame: Frame) -> Iterator[Letter]:
    """Yield the characters of a page other than white space, in PDFium's order.

    `text` is the text of the page as `glyphs.page_string` gives it, what is not to be read replaced by spaces.
    """
    reader = _Reader(text_page, frame)
    is_plain, shown_box, left, top = frame.rotation == 0, frame.shown_box, frame.left, frame.top
    for index, rect, setting, is_unknown in reader.characters([place for place, char in enumerate(text) if _is_letter(char)]):
        char = text[index]
        turn, size, is_mirrored, across, claimed, _, is_upright = setting
        if is_mirrored or is_unknown or ((char < " " or char > "~") and _NO_LETTER.match(char)):
            char = _whole(text, index) if "\ud800" <= char <= "\udbff" else UNKNOWN
        x0, y1, x1, y0 = rect
        if across is None:
            box = shown_box(x0, y0, x1, y1)
        elif is_upright:
            if y0 > claimed[0] or y1 < claimed[1]:
                x0, x1 = reader.along(index, char, (x0, x1), setting)
            if is_plain:
                yield Letter(char, x0 - left, top - across[1], x1 - left, top - across[0], size, turn, index)
                continue
            box = shown_box(x0, across[0], x1, across[1])
        else:
            if x0 > claimed[0] or x1 < claimed[1]:
                y0, y1 = reader.along(index, char, (y0, y1), setting)
            box = shown_box(across[0], y0, across[1], y1)
        yield Letter(char, box.x0, box.top, box.x1, box.bottom, size, turn, index)


def _is_letter(char: str) -> bool:
    """Whether a place of a text is a character of its own: no white space, and no second half of one."""
    return not (char.isspace() and not _NO_LETTER.match(char)) and not "\udc00" <= char <= "\udfff"


def _whole(text: str, index: int) -> str:
    """The ideograph whose first half stands at a place of the text."""
    return text[index : index + 2].encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:1]


class _Reader:
    """Asks PDFium about the characters of one page, all of them at once: a call by itself costs three times as much."""

    def __init__(self, text_page: Any, frame: Frame) -> None:
        self._handle, self._frame, self._call = number_of(text_page.raw), frame, pdfium()
        self._origin = Places(ctypes.c_double, 2)
        self._styles: dict[tuple[float, ...], _Style] = {}

    def characters(self, indexes: Sequence[int]) -> Iterator[tuple[int, tuple[float, ...], _Setting, bool]]:
        """Each character by its index with its box (left, top, right, bottom), what its text object has in common, and whether its
        font does not name it; none that PDFium cannot place."""
        call, every = self._call, repeat(self._handle)
        boxes = Rows(ctypes.c_float, len(indexes), 4)
        placed = ask_all(call.FPDFText_GetLooseCharBox, every, indexes, boxes.places[0])
        owners = ask_all(call.FPDFText_GetTextObject, every, indexes)
        unknown = ask_all(call.FPDFText_HasUnicodeMapError, every, indexes)
        rows = boxes.rows
        first: dict[int | None, int] = {}
        for at, owner in enumerate(owners):
            if placed[at] and owner not in first:
                first[owner] = at
        settings = self._settings(first, [indexes[at] for at in first.values()], [rows[at] for at in first.values()])
        for index, is_placed, rect, owner, error in zip(indexes, placed, rows, owners, unknown, strict=True):
            if is_placed and (setting := settings[owner]) is not None:
                yield index, rect, setting, error == 1

    def _settings(
        self, owners: Iterable[int | None], indexes: Sequence[int], rects: Sequence[tuple[float, ...]]
    ) -> dict[int | None, _Setting | None]:
        """What the characters of each text object have in common, told by one of them."""
        call, every = self._call, repeat(self._handle)
        origins, matrices = Rows(ctypes.c_double, len(indexes), 2), Rows(ctypes.c_float, len(indexes), 6)
        known = zip(
            ask_all(call.FPDFText_GetCharOrigin, every, indexes, *origins.places),
            ask_all(call.FPDFText_GetMatrix, every, indexes, matrices.places[0]),
            strict=True,
        )
        sizes = ask_all(call.FPDFText_GetFontSize, every, indexes)
        fonts = ask_all(call.FPDFTextObj_GetFont, owners)
        found: dict[int | None, _Setting | None] = {}
        for owner, told, origin, matrix, size, font, rect in zip(
            owners, known, origins.rows, matrices.rows, sizes, fonts, rects, strict=True
        ):
            found[owner] = self._setting((font or 0, size, *matrix[:4]), origin, rect) if all(told) else None
        return found

    def _setting(self, of: tuple[float, ...], origin: Sequence[float], rect: Sequence[float]) -> _Setting:
        if of not in self._styles:
            self._styles[of] = self._style(*of)
        turn, is_mirrored, is_upright, em, up, claims = self._styles[of]
        start, base = origin if is_upright else origin[::-1]
        near, far = (rect[0], rect[2]) if is_upright else (rect[3], rect[1])
        claimed = _claimed(base, up, claims)
        is_set_downwards = far - near > WIDE * abs(up) and abs((near + far) / 2 - start) < CENTRED * abs(up)
        if turn is None or is_set_downwards:
            return _Setting(turn, far - near, is_mirrored, None, claimed, em, is_upright)
        edges = base - DESCENT * up, base + ASCENT * up
        return _Setting(turn, abs(up), is_mirrored, edges if up > 0 else edges[::-1], claimed, em, is_upright)

    def _style(self, font: float, size: float, a: float, b: float, c: float, d: float) -> _Style:
        turn = self._frame.turn(a, b) if b or a <= 0 or self._frame.rotation else 0
        is_upright = abs(a) >= abs(b)
        em, up = (size * a, size * d) if is_upright else (size * b, size * c)
        return _Style(turn, a * d < b * c and turn != 0, is_upright, em, up, self._claims(int(font)))

    def _claims(self, font: int) -> tuple[float, float] | None:
        """How far a font says that its characters reach below and above their baseline, in sizes."""
        room = Places(ctypes.c_float, 2)
        self._call.FPDFFont_GetDescent(font, 1.0, room.places[0])
        self._call.FPDFFont_GetAscent(font, 1.0, room.places[1])
        descends, ascends = room.values
        return None if ascends == descends else (descends, ascends)

    def along(self, index: int, char: str, ink: tuple[float, float], setting: _Setting) -> tuple[float, float]:
        """Where a character begins and ends of which PDFium gives the ink alone, as it does of those that it names anew (the
        ideograph for a radical): a wide one takes its whole size."""
        is_wide = unicodedata.east_asian_width(char) in "WF"
        if not is_wide or not self._call.FPDFText_GetCharOrigin(self._handle, index, *self._origin.places):
            return ink
        start = self._origin.values[0 if setting.is_upright else 1]
        return min(start, start + setting.em), max(start, start + setting.em)


def _claimed(base: float, up: float, claims: tuple[float, float] | None) -> tuple[float, float]:
    """Between which heights a box stands at least, on a baseline; nowhere of a font without measures."""
    if claims is None:
        return -math.inf, math.inf
    one, other, room = base + claims[0] * up, base + claims[1] * up, CLAIM * abs(up)
    return (one + room, other - room) if one < other else (other + room, one - room)


def start_of(text_page: Any, letter: Letter, frame: Frame) -> tuple[float, float] | None:
    """Where a character starts on its baseline, as shown."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetCharOrigin(text_page.raw, letter.place, x, y) or not math.isfinite(x.value + y.value):
        return None
    return frame.shown(x.value, y.value)

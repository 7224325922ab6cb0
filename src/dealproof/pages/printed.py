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
from collections.abc import Iterator
from typing import Any, NamedTuple

from dealproof.pages.calls import Places, number_of, pdfium
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


class _Setting(NamedTuple):
    """What the characters of one text object have in common, in coordinates of the PDF. `across` is what they take above and
    below their baseline, None where each tells it for itself; `claimed` what their font claims there at least; `em` is
    their size along the line, against the direction of reading if negative."""

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
    reader, call = _Reader(text_page, frame), pdfium()
    handle, rect, pointer = reader.handle, reader.rect, ctypes.addressof(reader.rect)
    box_of, owner_of, is_unknown = call.FPDFText_GetLooseCharBox, call.FPDFText_GetTextObject, call.FPDFText_HasUnicodeMapError
    settings: dict[int | None, _Setting | None] = {}
    is_plain, shown_box, left, top = frame.rotation == 0, frame.shown_box, frame.left, frame.top
    for index, char in enumerate(text):
        if (char.isspace() and not _NO_LETTER.match(char)) or "\udc00" <= char <= "\udfff":
            continue
        if not box_of(handle, index, pointer):
            continue
        owner = owner_of(handle, index)
        if owner in settings:
            setting = settings[owner]
        else:
            setting = settings[owner] = reader.setting(index, owner)
        if setting is None:
            continue
        turn, size, is_mirrored, across, claimed, _, is_upright = setting
        if is_mirrored or is_unknown(handle, index) == 1 or ((char < " " or char > "~") and _NO_LETTER.match(char)):
            char = _whole(text, index) if "\ud800" <= char <= "\udbff" else UNKNOWN
        if across is None:
            box = shown_box(rect.left, rect.bottom, rect.right, rect.top)
        elif is_upright:
            start, end = rect.left, rect.right
            if rect.bottom > claimed[0] or rect.top < claimed[1]:
                start, end = reader.along(index, char, (start, end), setting)
            if is_plain:
                yield Letter(char, start - left, top - across[1], end - left, top - across[0], size, turn, index)
                continue
            box = shown_box(start, across[0], end, across[1])
        else:
            start, end = rect.bottom, rect.top
            if rect.left > claimed[0] or rect.right < claimed[1]:
                start, end = reader.along(index, char, (start, end), setting)
            box = shown_box(across[0], start, across[1], end)
        yield Letter(char, box.x0, box.top, box.x1, box.bottom, size, turn, index)


def _whole(text: str, index: int) -> str:
    """The ideograph whose first half stands at a place of the text."""
    return text[index : index + 2].encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:1]


class _Reader:
    """Asks PDFium about the characters of one page; `rect` is the box of the character that was asked last."""

    def __init__(self, text_page: Any, frame: Frame) -> None:
        import pypdfium2.raw as raw

        self.handle, self._frame, self._call = number_of(text_page.raw), frame, pdfium()
        self.rect = raw.FS_RECTF()
        self._matrix, self._origin = Places(ctypes.c_float, 6), Places(ctypes.c_double, 2)
        self._measures: dict[int, tuple[float, float]] = {}

    def setting(self, index: int, owner: int | None) -> _Setting | None:
        """What the characters of a text object have in common; the character with this index, one of them, was asked last."""
        call, rect = self._call, self.rect
        origin = self._origin_of(index)
        if origin is None or not call.FPDFText_GetMatrix(self.handle, index, self._matrix.places[0]):
            return None
        a, b, c, d, _, _ = self._matrix.values
        turn = self._frame.turn(a, b) if b or a <= 0 or self._frame.rotation else 0
        is_mirrored = a * d < b * c and turn != 0
        is_upright = abs(a) >= abs(b)
        size = call.FPDFText_GetFontSize(self.handle, index)
        along, up = (size * a, size * d) if is_upright else (size * b, size * c)
        start, base = origin if is_upright else origin[::-1]
        near, far = (rect.left, rect.right) if is_upright else (rect.bottom, rect.top)
        claimed = self._claimed(owner, base, up)
        is_set_downwards = far - near > WIDE * abs(up) and abs((near + far) / 2 - start) < CENTRED * abs(up)
        if turn is None or is_set_downwards:
            return _Setting(turn, far - near, is_mirrored, None, claimed, along, is_upright)
        edges = base - DESCENT * up, base + ASCENT * up
        across = edges if up > 0 else edges[::-1]
        return _Setting(turn, abs(up), is_mirrored, across, claimed, along, is_upright)

    def along(self, index: int, char: str, ink: tuple[float, float], setting: _Setting) -> tuple[float, float]:
        """Where a character begins and ends of which PDFium gives the ink alone, as it does of those that it names anew (the
        ideograph for a radical): a wide one takes its whole size."""
        origin = self._origin_of(index) if unicodedata.east_asian_width(char) in "WF" else None
        if origin is None:
            return ink
        start = origin[0] if setting.is_upright else origin[1]
        return min(start, start + setting.em), max(start, start + setting.em)

    def _origin_of(self, index: int) -> tuple[float, float] | None:
        if not self._call.FPDFText_GetCharOrigin(self.handle, index, *self._origin.places):
            return None
        x, y = self._origin.values
        return x, y

    def _claimed(self, owner: int | None, base: float, up: float) -> tuple[float, float]:
        """Between which heights the box of a character with its name unchanged stands at least; nowhere of a font without
        measures, of whose characters PDFium gives the ink alone."""
        font = self._call.FPDFTextObj_GetFont(owner) or 0
        if font not in self._measures:
            room = Places(ctypes.c_float, 2)
            self._call.FPDFFont_GetDescent(font, 1.0, room.places[0])
            self._call.FPDFFont_GetAscent(font, 1.0, room.places[1])
            self._measures[font] = (room.values[0], room.values[1])
        descends, ascends = self._measures[font]
        if ascends == descends:
            return -math.inf, math.inf
        one, other, room_ = base + descends * up, base + ascends * up, CLAIM * abs(up)
        return (one + room_, other - room_) if one < other else (other + room_, one - room_)


def start_of(text_page: Any, letter: Letter, frame: Frame) -> tuple[float, float] | None:
    """Where a character starts on its baseline, as shown."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetCharOrigin(text_page.raw, letter.place, x, y) or not math.isfinite(x.value + y.value):
        return None
    return frame.shown(x.value, y.value)

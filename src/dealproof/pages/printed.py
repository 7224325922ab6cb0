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
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any, NamedTuple

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
    import pypdfium2.raw as raw

    handle, rect = text_page.raw, raw.FS_RECTF()
    pointer, box_of, is_unknown, owner_of = ctypes.byref(rect), raw.FPDFText_GetLooseCharBox, raw.FPDFText_HasUnicodeMapError, _owner_of()
    number = handle if isinstance(handle, int) else ctypes.cast(handle, ctypes.c_void_p).value
    settings: dict[int, _Setting | None] = {}
    is_plain, shown_box, left, top = frame.rotation == 0, frame.shown_box, frame.left, frame.top
    for index, char in enumerate(text):
        if (char.isspace() and not _NO_LETTER.match(char)) or "\udc00" <= char <= "\udfff":
            continue
        owner = owner_of(number, index) or 0
        setting = settings[owner] if owner in settings else settings.setdefault(owner, _setting(raw, handle, index, frame))
        if setting is None or not box_of(handle, index, pointer):
            continue
        turn, size, is_mirrored, across, claimed, _, is_upright = setting
        if is_mirrored or is_unknown(handle, index) == 1 or _NO_LETTER.match(char):
            char = _whole(text, index) if "\ud800" <= char <= "\udbff" else UNKNOWN
        if across is None:
            box = shown_box(rect.left, rect.bottom, rect.right, rect.top)
        elif is_upright:
            start, end = rect.left, rect.right
            if rect.bottom > claimed[0] or rect.top < claimed[1]:
                start, end = _along(raw, handle, index, char, (start, end), setting)
            if is_plain:
                yield Letter(char, start - left, top - across[1], end - left, top - across[0], size, turn, index)
                continue
            box = shown_box(start, across[0], end, across[1])
        else:
            start, end = rect.bottom, rect.top
            if rect.left > claimed[0] or rect.right < claimed[1]:
                start, end = _along(raw, handle, index, char, (start, end), setting)
            box = shown_box(across[0], start, across[1], end)
        yield Letter(char, box.x0, box.top, box.x1, box.bottom, size, turn, index)


def _whole(text: str, index: int) -> str:
    """The ideograph whose first half stands at a place of the text."""
    return text[index : index + 2].encode("utf-16", "surrogatepass").decode("utf-16", "replace")[:1]


def _along(raw: Any, handle: Any, index: int, char: str, ink: tuple[float, float], setting: _Setting) -> tuple[float, float]:
    """Where a character begins and ends of which PDFium gives the ink alone, as it does of those that it names anew (the
    ideograph for a radical): a wide one takes its whole size."""
    x, y = ctypes.c_double(), ctypes.c_double()
    if unicodedata.east_asian_width(char) not in "WF" or not raw.FPDFText_GetCharOrigin(handle, index, x, y):
        return ink
    start = x.value if setting.is_upright else y.value
    return min(start, start + setting.em), max(start, start + setting.em)


def _setting(raw: Any, handle: Any, index: int, frame: Frame) -> _Setting | None:
    matrix, x, y, rect = raw.FS_MATRIX(), ctypes.c_double(), ctypes.c_double(), raw.FS_RECTF()
    known = (
        raw.FPDFText_GetMatrix(handle, index, matrix)
        and raw.FPDFText_GetCharOrigin(handle, index, x, y)
        and raw.FPDFText_GetLooseCharBox(handle, index, rect)
    )
    if not known:
        return None
    turn = frame.turn(matrix.a, matrix.b)
    is_mirrored = matrix.a * matrix.d < matrix.b * matrix.c and turn != 0
    is_upright = abs(matrix.a) >= abs(matrix.b)
    along, up = (matrix.a, matrix.d) if is_upright else (matrix.b, matrix.c)
    size = float(raw.FPDFText_GetFontSize(handle, index))
    base, start = (y.value, x.value) if is_upright else (x.value, y.value)
    claimed = _claimed(raw, handle, index, base, size, up)
    near, far = (rect.left, rect.right) if is_upright else (rect.bottom, rect.top)
    is_set_downwards = far - near > WIDE * abs(size * up) and abs((near + far) / 2 - start) < CENTRED * abs(size * up)
    if turn is None or is_set_downwards:
        return _Setting(turn, far - near, is_mirrored, None, claimed, size * along, is_upright)
    edges = base - DESCENT * size * up, base + ASCENT * size * up
    return _Setting(turn, abs(size * up), is_mirrored, (min(edges), max(edges)), claimed, size * along, is_upright)


def _claimed(raw: Any, handle: Any, index: int, base: float, size: float, up: float) -> tuple[float, float]:
    """Between which heights the box of a character with its name unchanged stands at least; nowhere of a font without
    measures, of whose characters PDFium gives the ink alone."""
    ascent, descent = ctypes.c_float(), ctypes.c_float()
    font = raw.FPDFTextObj_GetFont(raw.FPDFText_GetTextObject(handle, index))
    raw.FPDFFont_GetAscent(font, size, ascent)
    raw.FPDFFont_GetDescent(font, size, descent)
    if ascent.value == descent.value:
        return -math.inf, math.inf
    edges, room = (base + descent.value * up, base + ascent.value * up), CLAIM * abs(size * up)
    return min(edges) + room, max(edges) - room


@cache
def _owner_of() -> Callable[[int | None, int], int | None]:
    """PDFium's function that names the text object of a character, as a number that objects are told apart by."""
    import pypdfium2.raw as raw

    address = ctypes.cast(raw.FPDFText_GetTextObject, ctypes.c_void_p).value
    return ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)(address)  # type: ignore[arg-type]


def start_of(text_page: Any, letter: Letter, frame: Frame) -> tuple[float, float] | None:
    """Where a character starts on its baseline, as shown."""
    import pypdfium2.raw as raw

    x, y = ctypes.c_double(), ctypes.c_double()
    if not raw.FPDFText_GetCharOrigin(text_page.raw, letter.place, x, y) or not math.isfinite(x.value + y.value):
        return None
    return frame.shown(x.value, y.value)

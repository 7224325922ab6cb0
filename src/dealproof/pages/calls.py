"""PDFium's functions for the inner loops, called many thousand times a document.

They take handles and places as plain numbers (or as anything with an address), which costs a half to a seventh of a call
with typed pointers. They are the very functions of `pypdfium2.raw`, which says what each does.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Iterable
from functools import cache
from typing import Any

_NUMBER, _PLACE, _FLOAT = ctypes.c_int, ctypes.c_void_p, ctypes.c_float
#: Function → what it gives and what it takes.
_SIGNATURES: dict[str, tuple[Any, ...]] = {
    "FPDFPage_GetObject": (_PLACE, _PLACE, _NUMBER),
    "FPDFFormObj_GetObject": (_PLACE, _PLACE, ctypes.c_ulong),
    "FPDFPageObj_GetType": (_NUMBER, _PLACE),
    "FPDFPageObj_GetBounds": (_NUMBER, _PLACE, _PLACE, _PLACE, _PLACE, _PLACE),
    "FPDFPageObj_GetFillColor": (_NUMBER, _PLACE, _PLACE, _PLACE, _PLACE, _PLACE),
    "FPDFPageObj_GetMatrix": (_NUMBER, _PLACE, _PLACE),
    "FPDFPageObj_HasTransparency": (_NUMBER, _PLACE),
    "FPDFPageObj_GetClipPath": (_PLACE, _PLACE),
    "FPDFClipPath_CountPaths": (_NUMBER, _PLACE),
    "FPDFPageObj_CountMarks": (_NUMBER, _PLACE),
    "FPDFPageObj_GetMark": (_PLACE, _PLACE, ctypes.c_ulong),
    "FPDFPageObjMark_GetName": (_NUMBER, _PLACE, _PLACE, ctypes.c_ulong, _PLACE),
    "FPDFTextObj_GetTextRenderMode": (_NUMBER, _PLACE),
    "FPDFTextObj_GetFont": (_PLACE, _PLACE),
    "FPDFFont_GetAscent": (_NUMBER, _PLACE, _FLOAT, _PLACE),
    "FPDFFont_GetDescent": (_NUMBER, _PLACE, _FLOAT, _PLACE),
    "FPDFPath_GetDrawMode": (_NUMBER, _PLACE, _PLACE, _PLACE),
    "FPDFPath_CountSegments": (_NUMBER, _PLACE),
    "FPDFPath_GetPathSegment": (_PLACE, _PLACE, _NUMBER),
    "FPDFPathSegment_GetType": (_NUMBER, _PLACE),
    "FPDFPathSegment_GetPoint": (_NUMBER, _PLACE, _PLACE, _PLACE),
    "FPDFPathSegment_GetClose": (_NUMBER, _PLACE),
    "FPDFText_GetTextObject": (_PLACE, _PLACE, _NUMBER),
    "FPDFText_GetLooseCharBox": (_NUMBER, _PLACE, _NUMBER, _PLACE),
    "FPDFText_HasUnicodeMapError": (_NUMBER, _PLACE, _NUMBER),
    "FPDFText_GetMatrix": (_NUMBER, _PLACE, _NUMBER, _PLACE),
    "FPDFText_GetCharBox": (_NUMBER, _PLACE, _NUMBER, _PLACE, _PLACE, _PLACE, _PLACE),
    "FPDFText_GetCharOrigin": (_NUMBER, _PLACE, _NUMBER, _PLACE, _PLACE),
    "FPDFText_GetCharAngle": (_FLOAT, _PLACE, _NUMBER),
    "FPDFText_GetFontSize": (ctypes.c_double, _PLACE, _NUMBER),
    "FPDFText_GetFillColor": (_NUMBER, _PLACE, _NUMBER, _PLACE, _PLACE, _PLACE, _PLACE),
}


class _Calls:
    def __init__(self) -> None:
        import pypdfium2.raw as raw

        for name, (result, *arguments) in _SIGNATURES.items():
            setattr(self, name, ctypes.PYFUNCTYPE(result, *arguments)(number_of(getattr(raw, name))))


@cache
def pdfium() -> Any:
    """The functions by their names in PDFium."""
    return _Calls()


def number_of(handle: Any) -> int:
    """A handle (or a function) of `pypdfium2.raw` as a number."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def page_object(number: int) -> Any:
    """An object of a page as `pypdfium2.raw` takes it."""
    import pypdfium2.raw as raw

    return ctypes.cast(number, raw.FPDF_PAGEOBJECT)


class Rows:
    """Room for what PDFium writes of many things, a row of values of one kind for each; `places` are the addresses of each
    column. No ctypes array: each length would be a type of its own, made anew."""

    def __init__(self, kind: Any, count: int, width: int) -> None:
        size = ctypes.sizeof(kind)
        self._room = bytearray(max(1, count) * size * width)
        self._row, self._count, self._width, self._letter = size * width, count, width, kind._type_
        start = ctypes.addressof(ctypes.c_char.from_buffer(self._room))
        end = start + self._row * count
        self.places = tuple(range(start + size * column, end, self._row) for column in range(width))

    @property
    def array(self) -> Any:
        """What was written, as an array of rows that shares this room."""
        import numpy as np

        values = np.frombuffer(self._room, self._letter, self._count * self._width)
        return values.reshape(-1, self._width)

    @property
    def rows(self) -> list[tuple[Any, ...]]:
        """What was written."""
        written = memoryview(self._room)[: self._row * self._count]
        return list(struct.iter_unpack(f"{self._width}{self._letter}", written))


def ask_all(function: Any, *arguments: Iterable[Any]) -> list[Any]:
    """What a function of PDFium gives for each set of arguments; a call costs a third of one in a loop."""
    return list(map(function, *arguments))


class Places:
    """Room of one kind for what PDFium writes, with its places as numbers."""

    def __init__(self, kind: Any, count: int) -> None:
        self._room = (kind * count)()
        step = ctypes.sizeof(kind)
        self.places = tuple(ctypes.addressof(self._room) + step * index for index in range(count))

    @property
    def values(self) -> list[Any]:
        """What was written last."""
        return self._room[:]  # type: ignore[no-any-return]

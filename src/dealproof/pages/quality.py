"""What the text layer of a page is worth: native, scanned, mixed with pictures, or lying; and why, in words.

Costs next to nothing on a page of text: a few characters are asked, and the first and last drawn objects looked at.
"""

from __future__ import annotations

import ctypes
import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import repeat
from typing import Any

from dealproof.model.evidence import Box
from dealproof.model.page import Line, PageText, Quality
from dealproof.pages.calls import Rows, ask_all, number_of, page_object, pdfium
from dealproof.pages.geometry import Frame

#: With more characters than this the text speaks for itself; only pictures among the outermost objects are looked for.
SPARSE = 200
#: A page that is a picture may still carry this many characters of its own (a stamp, a line of a header).
FEW = 30
#: Share of the page that pictures cover when the page is a picture, and from which one picture may hold a table.
COVERED, PICTURE = 0.5, 0.04
#: A page without any text but with this many drawn shapes is text turned into outlines.
SHAPES = 300
#: Share of characters without a known meaning from which no figure of the page can be trusted; of control characters,
#: which no text has; and of signs of other alphabets, which stand for glyph numbers where a map is missing.
UNKNOWN, CONTROL, STRANGE = 0.3, 0.03, 0.15
#: Share of invisible characters from which the layer is not what the page shows.
INVISIBLE = 0.1
#: Share of characters whose ink stands elsewhere than their place from which no box can be trusted; and how far, in
#: font sizes.
ASTRAY, FAR = 0.3, 1.5
#: Every so many characters one is asked; the place of one in four of these.
SAMPLE, PLACED = 24, 3
#: Objects of a page that are looked at: all of a page that is sparse or has a hole in its text (points), the first and
#: last ones of any other. A picture of a page comes first (text was put over it) or last (it hides the text).
MAX_OBJECTS, OUTERMOST, HOLE = 1_500, 24, 90.0
_CONTROLS = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_STRANGERS = re.compile(
    "[\u00a1-\u00a4\u00a6\u00a8-\u00af\u00b4-\u00b6\u00b8-\u00d6\u00d8-\u02ff\u2020\u2021\u2044\ufb00-\ufb06]"
)
_ODD = re.compile("[\ue000-\uf8ff\ufffd\uffff\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")
_SPACE = re.compile(r"\s+")
_HIDDEN_MODE = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a page is and why. `pictures` are the places of pictures that may hold a table; `covered` is the share of
    the page that pictures cover; `is_outlines` is text turned into shapes, `lost` text of which no letter came."""

    quality: Quality = "native"
    reasons: tuple[str, ...] = ()
    pictures: tuple[Box, ...] = ()
    covered: float = 0.0
    is_outlines: bool = False


def judge(page: Any, text_page: Any, text: str, frame: Frame, lines: Sequence[Line]) -> Verdict:
    """Look at a page's characters and pictures. Whether little text is nobody's own, `settled` decides later."""
    dense = len(_SPACE.sub("", text))
    reasons: tuple[str, ...] = (*_unknown(text), *_asked(text_page, text))
    objects = _Objects(page, dense <= SPARSE or _has_hole(lines, frame.height))
    area = max(frame.width * frame.height, 1.0)
    boxes = [frame.shown_box(*bounds) for bounds in objects.pictures]
    pictures = tuple(box for box in boxes if _area(box) >= PICTURE * area)
    covered = min(1.0, sum(map(_area, boxes)) / area)
    if not dense and objects.texts:
        reasons = (*reasons, "its letters are set in a font that is neither in the file nor on this machine")
    if covered >= COVERED and dense > SPARSE and objects.has_picture_on_top:
        reasons = (*reasons, "a picture lies over its text")
    outlines = dense == 0 and objects.shapes >= SHAPES
    return Verdict("lying" if reasons else "native", reasons, pictures, covered, outlines)


def _has_hole(lines: Sequence[Line], height: float) -> bool:
    """Whether there is room for a picture of a table between the lines or below them."""
    bottom = 0.0
    for top, end in sorted((line.box.top, line.box.bottom) for line in lines):
        if top - bottom > HOLE and bottom > 0:
            return True
        bottom = max(bottom, end)
    return height - bottom > 3 * HOLE


def settled(page: PageText, verdict: Verdict) -> PageText:
    """The page with its quality, once it is known which of its lines are its own and not furniture."""
    if verdict.quality == "lying":
        return _marked(page, "lying", verdict.reasons)
    own = sum(len(_SPACE.sub("", line.text)) for line in page.lines)
    own += sum(len(_SPACE.sub("", text)) for text in page.furniture if verdict.covered >= COVERED)
    if verdict.is_outlines:
        return _marked(page, "scanned", ("its letters are drawn as shapes",))
    if verdict.covered >= COVERED and own < FEW:
        return _marked(page, "scanned", (f"a picture covers {verdict.covered:.0%} of it and it has no text",))
    if verdict.pictures:
        share = sum(map(_area, verdict.pictures)) / max(page.width * page.height, 1.0)
        return _marked(page, "mixed", (f"pictures cover {min(share, 1):.0%} of it beside its text",))
    return page


def _marked(page: PageText, quality: Quality, reasons: tuple[str, ...]) -> PageText:
    needs = quality in ("scanned", "lying")
    return replace(page, quality=quality, reasons=reasons, needs_ocr=needs, read_by="unread" if needs else "text")


def _area(box: Box) -> float:
    return max(0.0, box.x1 - box.x0) * max(0.0, box.bottom - box.top)


def _unknown(text: str) -> Iterator[str]:
    dense = _SPACE.sub("", text)
    for found, share, what in (
        (_ODD.findall(dense), UNKNOWN, "are private or control ones"),
        (_CONTROLS.findall(dense), CONTROL, "are control ones"),
        (_STRANGERS.findall(dense), STRANGE, "are signs that Chinese and English have not"),
    ):
        if len(found) > share * len(dense):
            yield f"{len(found)} of {len(dense)} characters {what}"
            return


def _asked(text_page: Any, text: str) -> Iterator[str]:
    """What a sample of the characters says of the layer."""
    handle, call = number_of(text_page.raw), pdfium()
    asked = [index for index in range(0, len(text), SAMPLE) if not text[index].isspace()]
    if len(asked) < 3:
        return
    lost = ask_all(call.FPDFText_HasUnicodeMapError, repeat(handle), asked).count(1)
    if lost > UNKNOWN * len(asked):
        yield f"the font does not say what {lost} of {len(asked)} sampled characters mean"
    owners = [owner for owner in ask_all(call.FPDFText_GetTextObject, repeat(handle), asked) if owner]
    hidden = ask_all(call.FPDFTextObj_GetTextRenderMode, owners).count(_HIDDEN_MODE)
    if hidden > INVISIBLE * len(asked):
        yield f"{hidden} of {len(asked)} sampled characters are invisible"
    placed = asked[::PLACED]
    astray = _astray(handle, placed)
    if len(placed) >= 3 and astray > ASTRAY * len(placed):
        yield f"{astray} of {len(placed)} sampled characters are drawn far from their place"


def _astray(handle: int, indexes: Sequence[int]) -> int:
    """How many of these characters have their ink far from the point at which the text puts them."""
    call, every = pdfium(), repeat(handle)
    boxes, starts, matrices = (
        Rows(kind, len(indexes), width) for kind, width in ((ctypes.c_double, 4), (ctypes.c_double, 2), (ctypes.c_float, 6))
    )
    known = zip(
        ask_all(call.FPDFText_GetCharBox, every, indexes, *boxes.places),
        ask_all(call.FPDFText_GetCharOrigin, every, indexes, *starts.places),
        ask_all(call.FPDFText_GetMatrix, every, indexes, matrices.places[0]),
        strict=True,
    )
    sizes = ask_all(call.FPDFText_GetFontSize, every, indexes)
    return sum(
        all(told) and _is_astray(*told_of)
        for told, *told_of in zip(known, boxes.rows, starts.rows, matrices.rows, sizes, strict=True)
    )


def _is_astray(box: Sequence[float], start: Sequence[float], matrix: Sequence[float], size: float) -> bool:
    left, right, bottom, top = box
    reach = FAR * max(size * math.hypot(matrix[0], matrix[1]), 1.0)
    across, along = (left + right) / 2 - start[0], (top + bottom) / 2 - start[1]
    return max(abs(across), abs(along)) > reach


class _Objects:
    """Pictures (left, bottom, right, top), shapes and texts among the objects of a page that are looked at."""

    def __init__(self, page: Any, every: bool) -> None:
        import pypdfium2.raw as raw

        self.pictures: list[tuple[float, float, float, float]] = []
        self.shapes = self.texts = 0
        self.has_picture_on_top = False
        count = raw.FPDFPage_CountObjects(page.raw)
        indexes = list(_looked_at(count, every))
        items = ask_all(pdfium().FPDFPage_GetObject, repeat(number_of(page.raw)), indexes)
        kinds = ask_all(pdfium().FPDFPageObj_GetType, items)
        self.shapes += kinds.count(raw.FPDF_PAGEOBJ_PATH)
        self.texts += kinds.count(raw.FPDF_PAGEOBJ_TEXT)
        for index, item, kind in zip(indexes, items, kinds, strict=True):
            if kind == raw.FPDF_PAGEOBJ_IMAGE:
                self._picture(raw, page_object(item))
                self.has_picture_on_top |= index == count - 1 > 0 and not pdfium().FPDFPageObj_HasTransparency(item)
            elif kind == raw.FPDF_PAGEOBJ_FORM and every:
                self._form(raw, page_object(item))

    def _picture(self, raw: Any, item: Any) -> None:
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if raw.FPDFPageObj_GetBounds(item, left, bottom, right, top):
            self.pictures.append((left.value, bottom.value, right.value, top.value))

    def _form(self, raw: Any, form: Any) -> None:
        """What a form holds counts by its own outline: its inner places are not those of the page."""
        count = min(raw.FPDFFormObj_CountObjects(form), MAX_OBJECTS)
        kinds = [raw.FPDFPageObj_GetType(raw.FPDFFormObj_GetObject(form, index)) for index in range(count)]
        self.shapes += kinds.count(raw.FPDF_PAGEOBJ_PATH)
        self.texts += kinds.count(raw.FPDF_PAGEOBJ_TEXT)
        if raw.FPDF_PAGEOBJ_IMAGE in kinds:
            self._picture(raw, form)


def _looked_at(count: int, every: bool) -> Iterator[int]:
    if every or count <= 2 * OUTERMOST:
        yield from range(min(count, MAX_OBJECTS))
        return
    yield from range(OUTERMOST)
    yield from range(count - OUTERMOST, count)

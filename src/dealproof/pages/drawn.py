"""What is drawn on a page, in the order in which it is drawn: texts, areas, pictures, thin strokes.

Boxes are those of the PDF (left, bottom, right, top, in points, before rotation), as PDFium gives them.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import repeat
from typing import Any, NamedTuple

from dealproof.pages.calls import Places, Rows, ask_all, number_of, page_object, pdfium

Bounds = tuple[float, float, float, float]
Matrix = tuple[float, float, float, float, float, float]
Colour = tuple[int, int, int]

#: A shape thinner than this is a stroke and covers nothing (points).
THIN = 2.4
#: A stroke at most so thick and at least so long may strike something out (points).
THICKEST, SHORTEST = 4.0, 2.0
#: Segments of a path that is a rectangle, at most.
RECTANGLE = 6
#: Forms within forms that are followed.
DEEPEST = 6
EVERYWHERE: Bounds = (-1e9, -1e9, 1e9, 1e9)
IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
#: The grey that PDFium gives for a pattern.
_PATTERN: Colour = (191, 191, 191)
#: Ways of drawing text of which nothing is seen: neither filled nor stroked, or a clipping path alone.
UNPAINTED = frozenset({3, 7})
#: Kinds of annotations that cover nothing: links, and marks that let the text through.
_LETS_THROUGH = frozenset({"link", "popup", "highlight", "underline", "squiggly", "strikeout", "text"})


class Form(NamedTuple):
    """What acts on everything in a form: its place on the page, the box that it is clipped to, transparency, and whether a
    viewer may be told not to show it."""

    matrix: Matrix
    clip: Bounds
    is_veiled: bool
    is_optional: bool


class DrawnText(NamedTuple):
    """One text object; thousands are made for one page, hence no dataclass. `order` counts all objects of the page, `form`
    is the matrix of the form that it stands in; `colour` is None where it is no plain one; `alpha` (0 to 255) is its own
    opacity, `is_veiled` says that more may act on it; `is_clipped` says that a clip path does."""

    order: int
    handle: int
    form: Form
    colour: Colour | None
    alpha: int
    mode: int
    is_veiled: bool
    is_clipped: bool


@dataclass(frozen=True, slots=True)
class Area:
    """Something that covers what was drawn before it, or stands behind what comes after; `colour` is None where it is not
    one opaque colour all over (a picture, a shading, an annotation)."""

    order: int
    box: Bounds
    colour: Colour | None
    is_picture: bool = False


class Shape(NamedTuple):
    """A path that is drawn: its number in PDFium, its box, and the matrix of the form that it stands in."""

    handle: int
    box: Bounds
    matrix: Matrix


@dataclass(slots=True)
class Drawing:
    """The objects of one page; `strokes` are thin shapes, and marks that strike text out, `shapes` all that is neither text
    nor picture."""

    texts: list[DrawnText] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    strokes: list[Bounds] = field(default_factory=list)
    shapes: list[Shape] = field(default_factory=list)


#: Where things are drawn that stand in no form.
PAGE = Form(IDENTITY, EVERYWHERE, False, False)


def drawing_of(page: Any, has_layers: bool, most: int) -> Drawing:
    """Everything drawn on a PDFium page, forms followed; nothing of a page of more than `most` objects.

    `has_layers`: whether the file has optional content, which a viewer may not show.
    """
    import pypdfium2.raw as raw

    walk = _Walk(raw, has_layers, most)
    count = raw.FPDFPage_CountObjects(page.raw)
    if count <= most:
        walk.all_of(number_of(page.raw), count, pdfium().FPDFPage_GetObject, PAGE, 0)
        walk.annotations(page.raw)
    return walk.found if walk.order <= most else Drawing()


def bounds_of(item: int, matrix: Matrix) -> Bounds | None:
    """The box around an object on the page; None where it has none."""
    room = _four_floats()
    if not pdfium().FPDFPageObj_GetBounds(item, *room.places):
        return None
    left, bottom, right, top = room.values
    return placed((left, bottom, right, top), matrix)


@cache
def _four_floats() -> Places:
    return Places(ctypes.c_float, 4)


def clip_of(item: int, matrix: Matrix) -> tuple[Bounds, bool]:
    """The box around what an object's own clip paths leave of the page, and whether they leave all of it."""
    import pypdfium2.raw as raw

    path = raw.FPDFPageObj_GetClipPath(page_object(item))
    whole, is_simple = EVERYWHERE, True
    x, y = ctypes.c_float(), ctypes.c_float()
    for number in range(max(0, raw.FPDFClipPath_CountPaths(path))):
        points = []
        for index in range(max(0, raw.FPDFClipPath_CountPathSegments(path, number))):
            if raw.FPDFPathSegment_GetPoint(raw.FPDFClipPath_GetPathSegment(path, number, index), x, y):
                points.append((x.value, y.value))
        xs, ys = [x for x, _ in points] or [0.0], [y for _, y in points] or [0.0]
        whole = common(whole, placed((min(xs), min(ys), max(xs), max(ys)), matrix))
        is_simple &= len(points) <= RECTANGLE
    return whole, is_simple


def direction_of(item: int, matrix: Matrix) -> tuple[float, float]:
    """The direction in which a text runs on the page."""
    import pypdfium2.raw as raw

    own = raw.FS_MATRIX()
    if not pdfium().FPDFPageObj_GetMatrix(item, ctypes.byref(own)):
        return 1.0, 0.0
    direction = times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
    return direction[0], direction[1]


class _Walk:
    def __init__(self, raw: Any, has_layers: bool, most: int) -> None:
        self.raw, self.has_layers, self.most = raw, has_layers, most
        self.call = pdfium()
        self.found = Drawing()
        self.order = 0
        self._colours, self._modes = Places(ctypes.c_uint, 4), Places(ctypes.c_int, 2)
        self._name, self._length = (ctypes.c_ushort * 8)(), ctypes.c_ulong()

    def all_of(self, holder: int, count: int, get: Callable[[int, int], int | None], form: Form, depth: int) -> None:
        raw = self.raw
        text, path = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
        items = ask_all(get, repeat(holder), range(min(count, self.most)))
        kinds = ask_all(self.call.FPDFPageObj_GetType, items)
        texts = iter(self._texts([item for item, kind in zip(items, kinds, strict=True) if kind == text], form))
        paths = iter(self._bounds([item for item, kind in zip(items, kinds, strict=True) if kind == path]))
        for item, kind in zip(items, kinds, strict=True):
            self.order += 1
            if self.order > self.most:
                return
            if item is None:
                continue
            if kind == text:
                self.found.texts.append(DrawnText(self.order, *next(texts)))
            elif kind == path:
                self._path(item, next(paths), form.matrix)
            elif kind == raw.FPDF_PAGEOBJ_FORM:
                self._form(item, form, depth)
            else:
                box = bounds_of(item, form.matrix)
                if box is not None:
                    self.found.areas.append(Area(self.order, box, None, kind == raw.FPDF_PAGEOBJ_IMAGE))

    def _form(self, item: int, outer: Form, depth: int) -> None:
        raw = self.raw
        if depth >= DEEPEST:
            return
        own = raw.FS_MATRIX()
        matrix = outer.matrix
        if self.call.FPDFPageObj_GetMatrix(item, ctypes.byref(own)):
            matrix = times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
        form = Form(
            matrix, common(outer.clip, clip_of(item, outer.matrix)[0]),
            outer.is_veiled or bool(self.call.FPDFPageObj_HasTransparency(item)), outer.is_optional or self._is_optional(item),
        )  # fmt: skip
        count = raw.FPDFFormObj_CountObjects(page_object(item))
        self.all_of(item, count, self.call.FPDFFormObj_GetObject, form, depth + 1)

    def _texts(self, items: list[int], form: Form) -> Iterator[tuple[int, Form, Colour | None, int, int, bool, bool]]:
        """What a `DrawnText` tells of each text beside its order."""
        call, stroke = self.call, self.raw.FPDF_TEXTRENDERMODE_STROKE
        room = Rows(ctypes.c_uint, len(items), 4)
        known = ask_all(call.FPDFPageObj_GetFillColor, items, *room.places)
        veiled = map(call.FPDFPageObj_HasTransparency, items)
        modes = map(call.FPDFTextObj_GetTextRenderMode, items)
        clips = map(call.FPDFClipPath_CountPaths, map(call.FPDFPageObj_GetClipPath, items))
        for item, is_known, told, veil, mode, clip in zip(items, known, room.rows, veiled, modes, clips, strict=True):
            colour, alpha = (None if told[:3] == _PATTERN else told[:3], told[3]) if is_known else (None, 255)
            if mode == stroke:
                colour = None
            own = form._replace(is_optional=True) if self.has_layers and self._is_optional(item) else form
            yield item, own, colour, alpha, mode, (alpha == 255 and bool(veil)) or form.is_veiled, clip > 0

    def _bounds(self, items: list[int]) -> Iterator[Bounds | None]:
        """The box around each of these in the coordinates of what holds it."""
        room = Rows(ctypes.c_float, len(items), 4)
        known = ask_all(self.call.FPDFPageObj_GetBounds, items, *room.places)
        return (box if is_known else None for is_known, box in zip(known, room.rows, strict=True))

    def _path(self, item: int, bounds: Bounds | None, matrix: Matrix) -> None:
        if bounds is None:
            return
        box = placed(bounds, matrix)
        self.found.shapes.append(Shape(item, box, matrix))
        wide, high = box[2] - box[0], box[3] - box[1]
        if min(wide, high) <= THICKEST and max(wide, high) >= SHORTEST:
            self.found.strokes.append(box)
        if min(wide, high) <= THIN:
            return
        if not self.call.FPDFPath_GetDrawMode(item, *self._modes.places) or not self._modes.values[0]:
            return
        colour, alpha = self._colour(item)
        plain = alpha == 255 and not self.call.FPDFPageObj_HasTransparency(item)
        plain = plain and self.call.FPDFPath_CountSegments(item) <= RECTANGLE
        self.found.areas.append(Area(self.order, box, colour if plain else None))

    def annotations(self, page: Any) -> None:
        """What annotations put over the page, and what they strike out."""
        raw = self.raw
        through = {getattr(raw, f"FPDF_ANNOT_{name.upper()}") for name in _LETS_THROUGH}
        for index in range(min(raw.FPDFPage_GetAnnotCount(page), self.most)):
            note = raw.FPDFPage_GetAnnot(page, index)
            rect = raw.FS_RECTF()
            if raw.FPDFAnnot_GetSubtype(note) == raw.FPDF_ANNOT_STRIKEOUT:
                self._strike_out(note)
            elif raw.FPDFAnnot_GetSubtype(note) not in through and raw.FPDFAnnot_GetRect(note, rect):
                self.order += 1
                box = _ordered(rect.left, rect.bottom, rect.right, rect.top)
                self.found.areas.append(Area(self.order, box, None))
            raw.FPDFPage_CloseAnnot(note)

    def _strike_out(self, note: Any) -> None:
        raw = self.raw
        quad = raw.FS_QUADPOINTSF()
        for index in range(min(raw.FPDFAnnot_CountAttachmentPoints(note), self.most)):
            if raw.FPDFAnnot_GetAttachmentPoints(note, index, quad):
                xs, ys = (quad.x1, quad.x2, quad.x3, quad.x4), (quad.y1, quad.y2, quad.y3, quad.y4)
                middle = (min(ys) + max(ys)) / 2
                self.found.strokes.append((min(xs), middle, max(xs), middle))

    def _colour(self, item: int) -> tuple[Colour | None, int]:
        if not self.call.FPDFPageObj_GetFillColor(item, *self._colours.places):
            return None, 255
        red, green, blue, alpha = self._colours.values
        colour = (red, green, blue)
        return None if colour == _PATTERN else colour, alpha

    def _is_optional(self, item: int) -> bool:
        if not self.has_layers:
            return False
        call = self.call
        for index in range(max(0, call.FPDFPageObj_CountMarks(item))):
            mark = call.FPDFPageObj_GetMark(item, index)
            told = call.FPDFPageObjMark_GetName(mark, self._name, ctypes.sizeof(self._name), ctypes.byref(self._length))
            if told and self._length.value == 6 and bytes(self._name)[:4].decode("utf-16-le") == "OC":
                return True
        return False


def _ordered(x0: float, y0: float, x1: float, y1: float) -> Bounds:
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def common(one: Bounds, other: Bounds) -> Bounds:
    return max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])


def times(first: Matrix, then: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u


def placed(box: Bounds, matrix: Matrix) -> Bounds:
    if matrix is IDENTITY:
        return box
    a, b, c, d, e, f = matrix
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (box[0], box[2]) for y in (box[1], box[3])]
    xs, ys = [x for x, _ in corners], [y for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)

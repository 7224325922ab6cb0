"""Ruling lines and shaded areas of a page, out of the shapes that are drawn on it."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from dealproof.model.evidence import Box
from dealproof.pages.calls import Places, pdfium
from dealproof.pages.drawn import Shape, placed, times
from dealproof.pages.geometry import Frame

#: A shape thinner than this is a ruling line, not a shaded area (points).
THIN = 2.0
#: Points by which the corners of a rectangle may be out of square.
SQUARE = 0.01
#: A shape of more pieces than this is a drawing; lines are not looked for in it.
MOST_PIECES = 5_000
#: From this part of full ink on (of 255) a colour is white.
WHITE = 254
Point = tuple[float, float]
#: Kinds of pieces of a path, as PDFium numbers them: a line to a point, a curve of three points, a new beginning.
_CURVE, _MOVE = 1, 2
#: Pieces of a rectangle, at most.
_FOUR_SIDES = 5


class Shapes(NamedTuple):
    """Ruling lines, each as the box of its ends, and shaded areas, in points from the top left of the page as shown."""

    lines: list[Box]
    fills: list[Box]


def shapes_of(drawn: Iterable[Shape], frame: Frame) -> Shapes:
    """Ruling lines are whatever is thin and the edges of outlined rectangles; white areas shade nothing."""
    call, modes = pdfium(), Places(ctypes.c_int, 2)
    found = Shapes([], [])
    for shape in drawn:
        if not call.FPDFPath_GetDrawMode(shape.handle, *modes.places):
            continue
        fill, stroke = modes.values
        count = call.FPDFPath_CountSegments(shape.handle)
        if count > MOST_PIECES:
            continue
        left, bottom, right, top = shape.box
        if not stroke and count <= _FOUR_SIDES and min(right - left, top - bottom) <= THIN:
            _add_line(found, frame.shown_box(left, bottom, right, top))
            continue
        is_shade = bool(fill) and not _is_white(shape.handle)
        for points in _runs(shape, count):
            _add(found, [frame.shown(*point) for point in points], is_shade, bool(stroke))
    return found


def _add(found: Shapes, points: Sequence[Point], is_shade: bool, is_outlined: bool) -> None:
    if len(points) == _FOUR_SIDES and _is_square(points):
        box = _around(points)
        if min(box.x1 - box.x0, box.bottom - box.top) <= THIN:
            _add_line(found, box)
            return
        if is_outlined:
            found.lines.extend(_around(side) for side in pairwise(points))
        if is_shade:
            found.fills.append(box)
        return
    for side in pairwise(points):
        _add_line(found, _around(side))


def _add_line(found: Shapes, box: Box) -> None:
    wide, high = box.x1 - box.x0, box.bottom - box.top
    if min(wide, high) <= THIN < max(wide, high):
        found.lines.append(box)


def _is_square(points: Sequence[Point]) -> bool:
    """Whether five points are the corners of a level rectangle, back to the first."""
    sides = [(abs(a[0] - b[0]) <= SQUARE, abs(a[1] - b[1]) <= SQUARE) for a, b in pairwise(points)]
    first, last = points[0], points[-1]
    closed = abs(first[0] - last[0]) <= SQUARE and abs(first[1] - last[1]) <= SQUARE
    upright, level = [side[0] for side in sides], [side[1] for side in sides]
    return closed and ((upright[0] and level[1] and upright[2] and level[3]) or (level[0] and upright[1] and level[2] and upright[3]))


def _around(points: Sequence[Point]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return Box(min(xs), min(ys), max(xs), max(ys))


def _runs(shape: Shape, count: int) -> Iterator[list[Point]]:
    """The points of each piece of a path that is drawn without lifting the pen; of curves the ends."""
    call, own, at = pdfium(), Places(ctypes.c_float, 6), Places(ctypes.c_float, 2)
    matrix = shape.matrix
    if call.FPDFPageObj_GetMatrix(shape.handle, own.places[0]):
        a, b, c, d, e, f = own.values
        matrix = times((a, b, c, d, e, f), matrix)
    run: list[Point] = []
    bends = 0
    for index in range(count):
        piece = call.FPDFPath_GetPathSegment(shape.handle, index)
        kind = call.FPDFPathSegment_GetType(piece)
        if not call.FPDFPathSegment_GetPoint(piece, *at.places):
            continue
        if kind == _MOVE and run:
            yield run
            run = []
        bends = bends + 1 if kind == _CURVE else 0
        if bends % 3:
            continue
        x, y = at.values
        run.append(placed((x, y, x, y), matrix)[:2])
        if call.FPDFPathSegment_GetClose(piece) and run[-1] != run[0]:
            run.append(run[0])
    if run:
        yield run


def _is_white(handle: int) -> bool:
    parts = Places(ctypes.c_uint, 4)
    if not pdfium().FPDFPageObj_GetFillColor(handle, *parts.places):
        return False
    *colour, alpha = parts.values
    return bool(min(colour) > WHITE or alpha == 0)

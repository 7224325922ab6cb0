"""What a viewer does not show is not read: text in the colour of its ground, covered, clipped, transparent, without ink.

What is drawn tells which texts may be unseen, at a few microseconds a text; most pages have none. Those are looked for in
the picture of the page: with them and without them. A character whose place looks the same both times is not seen, whatever
trick hides it.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import TYPE_CHECKING, Any

from dealproof.model.evidence import Box
from dealproof.model.page import Unseen
from dealproof.pages.calls import page_object, pdfium
from dealproof.pages.drawn import (
    EVERYWHERE,
    UNPAINTED,
    Area,
    Bounds,
    Colour,
    Drawing,
    DrawnText,
    bounds_of,
    clip_of,
    common,
    direction_of,
)
from dealproof.pages.geometry import Frame

if TYPE_CHECKING:
    import numpy as np

    Picture = np.ndarray[Any, np.dtype[Any]]

#: Pixels a point of the pictures that are compared; fewer for a sheet larger than this many points.
SCALE, LARGEST = 2.0, 2_000.0
#: Steps of 256 between text and ground that no reader sees, and below which a text is looked for in the picture.
UNSEEN_CONTRAST, LOW_CONTRAST = 32, 48
#: Text all of whose parts are below this is dark.
DARK = 96
#: Share of its height and width over which the ink of a seen character runs.
SPAN = 0.5
#: Texts that lie over other text are looked for one by one, up to so many of a page and so many texts drawn for it; the
#: others together.
MOST_ALONE, MOST_DRAWN = 400, 400_000
#: As many texts that lie by themselves are looked for one by one, more of them together.
FEW = 8
#: Points by which two things must overlap, and the share of the lower one's height.
OVERLAP, SHARE = 0.5, 0.25
_WHITE: Colour = (255, 255, 255)
_NO_INK = "it is drawn without ink"
_COLOUR = "it has the colour of what lies behind it"
_COVERED = "something is drawn over it"
_CUT = "it is cut off at the edge of its place"
_VEILED = "it is transparent"
_LAYER = "it stands on a layer that is not shown"


@dataclass(frozen=True, slots=True)
class Suspect:
    """A text that may be unseen: why, and whether what is known of it already says that it is."""

    text: DrawnText
    box: Bounds
    why: str
    is_sure: bool


def suspects(drawing: Drawing, frame: Frame) -> list[Suspect]:
    """The texts of a page that a viewer may not show, by what is drawn. Slanted ones are watermarks and never read."""
    found: list[Suspect] = []
    plain: list[tuple[DrawnText, Bounds]] = []
    tones = {(text.colour, text.alpha): text for text in drawing.texts}
    pale = {tone for tone, text in tones.items() if _is_pale(text, _WHITE, LOW_CONTRAST)}
    for text in drawing.texts:
        told = _by_itself(text)
        stands_free = not drawing.areas and not text.is_clipped and text.form.clip == EVERYWHERE
        if told is None and stands_free and (text.colour, text.alpha) not in pale:
            continue
        box = bounds_of(text.handle, text.form.matrix)
        if box is None or box[2] <= box[0] or box[3] <= box[1]:
            continue
        if told is not None:
            found.append(Suspect(text, box, *told))
            continue
        own, is_simple = clip_of(text.handle, text.form.matrix) if text.is_clipped else (EVERYWHERE, True)
        clip = common(text.form.clip, own)
        if not is_simple or not _lies_in(box, clip):
            found.append(Suspect(text, box, _CUT, not _overlap(box, clip)))
        else:
            plain.append((text, box))
    found += _by_areas(plain, drawing.areas)
    return sorted(
        (suspect for suspect in found if not _is_slanted(suspect.text, frame)), key=lambda suspect: suspect.text.order
    )


def _is_slanted(text: DrawnText, frame: Frame) -> bool:
    a, b = direction_of(text.handle, text.form.matrix)
    return frame.turn(a, b) is None


def _by_itself(text: DrawnText) -> tuple[str, bool] | None:
    if text.mode in UNPAINTED:
        return _NO_INK, True
    if text.form.is_optional:
        return _LAYER, False
    if text.is_veiled or text.alpha < UNSEEN_CONTRAST:
        return _VEILED, text.alpha < UNSEEN_CONTRAST
    if text.colour is None:
        return _COLOUR, False
    return None


def _by_areas(texts: Sequence[tuple[DrawnText, Bounds]], areas: Sequence[Area]) -> Iterator[Suspect]:
    """Texts that are covered, or have the colour of the area that they stand on."""
    import numpy as np

    if not texts:
        return
    boxes = np.array([box for _, box in texts])
    orders = np.array([text.order for text, _ in texts])
    ground = np.full(len(texts), -1)
    covered = np.full(len(texts), -1)
    middle = (boxes[:, :2] + boxes[:, 2:]) / 2
    for number, area in enumerate(areas):
        left, bottom, right, top = area.box
        behind = (middle[:, 0] > left) & (middle[:, 0] < right) & (middle[:, 1] > bottom) & (middle[:, 1] < top)
        ground[behind & (orders > area.order)] = number
        wide = np.minimum(boxes[:, 2], right) - np.maximum(boxes[:, 0], left)
        high = np.minimum(boxes[:, 3], top) - np.maximum(boxes[:, 1], bottom)
        covered[(wide > OVERLAP) & (high > OVERLAP) & (orders < area.order)] = number
    for (text, box), under, over in zip(texts, ground, covered, strict=True):
        colour = _WHITE if under < 0 else areas[under].colour
        if over >= 0:
            yield Suspect(text, box, _COVERED, areas[over].colour is not None and _lies_in(box, areas[over].box))
        elif colour is None or _is_pale(text, colour, LOW_CONTRAST) or _may_be_pattern(text, colour, under):
            yield Suspect(text, box, _COLOUR, colour is not None and _is_pale(text, colour, UNSEEN_CONTRAST))


def _is_pale(text: DrawnText, ground: Colour, contrast: int) -> bool:
    if text.colour is None:
        return True
    return max(abs(own - other) for own, other in zip(text.colour, ground, strict=True)) * text.alpha < contrast * 255


def _may_be_pattern(text: DrawnText, ground: Colour, area: int) -> bool:
    """Whether a coloured text stands on an area that is told to be white: PDFium says so of some patterns."""
    return area >= 0 and ground == _WHITE and text.colour is not None and max(text.colour) >= DARK


def _lies_in(inner: Bounds, outer: Bounds) -> bool:
    return (
        inner[0] >= outer[0] - OVERLAP and inner[1] >= outer[1] - OVERLAP
        and inner[2] <= outer[2] + OVERLAP and inner[3] <= outer[3] + OVERLAP
    )  # fmt: skip


def _overlap(one: Bounds, other: Bounds) -> bool:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    return wide > OVERLAP and high > SHARE * min(one[3] - one[1], other[3] - other[1])


@dataclass(frozen=True, slots=True)
class Mask:
    """Where a text shows: the pixels of a part of the picture that change with it."""

    left: int
    top: int
    scale: float
    ink: Picture

    def shows(self, box: Box) -> bool:
        """Whether ink runs over most of a place."""
        x0, x1 = (round(edge * self.scale) - self.left for edge in (box.x0, box.x1))
        y0, y1 = (round(edge * self.scale) - self.top for edge in (box.top, box.bottom))
        rows, columns = self.ink[max(y0, 0) : max(y1, y0 + 1, 0), max(x0, 0) : max(x1, x0 + 1, 0)].nonzero()
        return _runs_over(columns, x1 - x0) and _runs_over(rows, y1 - y0)


def _runs_over(places: Picture, size: int) -> bool:
    return len(places) > 0 and bool(places.max() - places.min() + 1 >= SPAN * size)


class Sight:
    """Looks for the suspects of one open page in its picture; takes what is wholly unseen off the page in memory."""

    def __init__(self, page: Any, frame: Frame, drawing: Drawing, suspected: Sequence[Suspect]) -> None:
        self._page, self._frame = page, frame
        self._scale = SCALE if max(frame.width, frame.height) <= LARGEST else 1.0
        self._suspects = {suspect.text.handle: suspect for suspect in suspected}
        self._masks: dict[int, Mask] = {}
        self._off: set[int] = set()
        self._look(drawing, suspected)

    def _look(self, drawing: Drawing, suspected: Sequence[Suspect]) -> None:
        import pypdfium2.raw as raw

        alone, together = _parted(drawing, suspected)
        if len(together) <= FEW:
            alone, together = [*together, *alone], []
        most = min(MOST_ALONE, max(FEW, MOST_DRAWN // len(drawing.texts)))
        alone, together = alone[:most], [*together, *alone[most:]]
        if together:
            box = reduce(_around, (suspect.box for suspect in together))
            mask = self._mask(together, box)
            self._masks.update((suspect.text.handle, mask) for suspect in together)
        for suspect in alone:
            mask = self._mask([suspect], suspect.box)
            self._masks[suspect.text.handle] = mask
            if not mask.ink.any() and _is_judged(suspect):
                raw.FPDFPageObj_SetIsActive(page_object(suspect.text.handle), False)

    def look(self, text_page: Any, text: str) -> list[tuple[int, Unseen]]:
        """The characters of suspects that no viewer shows, each with its number in the text of the page; texts of which
        nothing is seen are taken off the page as it lies in memory."""
        import pypdfium2.raw as raw

        handle, owner_of = text_page.raw, pdfium().FPDFText_GetTextObject
        found: list[tuple[int, Unseen]] = []
        shown: set[int] = set()
        for index, char in enumerate(text):
            address = 0 if char.isspace() else owner_of(handle, index)
            if address not in self._masks:
                continue
            suspect, glyph = self._suspects[address], glyph_at(handle, index, self._frame)
            if glyph is None or self._masks[address].shows(glyph[0]) or not (char.isascii() or _is_judged(suspect)):
                shown.add(address)
            else:
                found.append((index, Unseen(char, *glyph[1], glyph[0], suspect.why)))
                self._off.add(address)
        self._off -= shown
        for address in self._off:
            raw.FPDFPageObj_SetIsActive(page_object(address), False)
        return found

    def put_back(self) -> None:
        """Put everything on the page again."""
        import pypdfium2.raw as raw

        for suspect in self._suspects.values():
            raw.FPDFPageObj_SetIsActive(page_object(suspect.text.handle), True)

    def _mask(self, hidden: Sequence[Suspect], bounds: Bounds) -> Mask:
        """What changes inside a box when these texts are not drawn."""
        import numpy as np
        import pypdfium2.raw as raw

        box = self._frame.shown_box(*bounds)
        width, height = (max(1, round(edge * self._scale)) for edge in (self._frame.width, self._frame.height))
        left, top = _within(box.x0 * self._scale - 2, width), _within(box.top * self._scale - 2, height)
        right, bottom = _within(box.x1 * self._scale + 2, width) + 1, _within(box.bottom * self._scale + 2, height) + 1
        margins = (left, height - bottom, width - right, top)
        full = self._picture(margins)
        for suspect in hidden:
            raw.FPDFPageObj_SetIsActive(page_object(suspect.text.handle), False)
        bare = self._picture(margins)
        for suspect in hidden:
            raw.FPDFPageObj_SetIsActive(page_object(suspect.text.handle), True)
        change = np.maximum(full, bare) - np.minimum(full, bare)
        return Mask(left, top, self._scale, change.max(axis=2) >= UNSEEN_CONTRAST)

    def _picture(self, margins: tuple[int, int, int, int]) -> Picture:
        """The page as shown without margins of so many pixels (left, bottom, right, top)."""
        bitmap = self._page.render(scale=self._scale, crop=tuple(edge / self._scale for edge in margins))
        try:
            picture: Picture = bitmap.to_numpy().copy()
        finally:
            bitmap.close()
        return picture


def _within(place: float, size: int) -> int:
    return min(max(int(place), 0), size - 1)


def _around(one: Bounds, other: Bounds) -> Bounds:
    return min(one[0], other[0]), min(one[1], other[1]), max(one[2], other[2]), max(one[3], other[3])


def _parted(drawing: Drawing, suspected: Sequence[Suspect]) -> tuple[list[Suspect], list[Suspect]]:
    """Suspects that lie over or under other text, to be looked for one by one, and the others."""
    import numpy as np

    boxes = [bounds_of(text.handle, text.form.matrix) or (0.0, 0.0, 0.0, 0.0) for text in drawing.texts]
    every = np.array(boxes)
    tall = every[:, 3] - every[:, 1]
    alone: list[Suspect] = []
    together: list[Suspect] = []
    for suspect in suspected:
        left, bottom, right, top = suspect.box
        wide = np.minimum(every[:, 2], right) - np.maximum(every[:, 0], left)
        high = np.minimum(every[:, 3], top) - np.maximum(every[:, 1], bottom)
        touching = int(((wide > OVERLAP) & (high > SHARE * np.minimum(tall, top - bottom))).sum())
        (alone if touching > 1 else together).append(suspect)
    return alone, together


def _is_judged(suspect: Suspect) -> bool:
    """Whether the missing of ink says something: a font that is not in the file may lack on this machine alone. For letters
    and figures of ASCII PDFium has shapes of its own."""
    import pypdfium2.raw as raw

    if suspect.is_sure:
        return True
    font = raw.FPDFTextObj_GetFont(page_object(suspect.text.handle))
    return bool(font) and raw.FPDFFont_GetIsEmbedded(font) == 1


def glyph_at(handle: Any, index: int, frame: Frame) -> tuple[Box, tuple[float, float]] | None:
    """Where the ink of a character of a text page should be, and where the character starts, as shown."""
    import pypdfium2.raw as raw

    left, right, bottom, top, x, y = (ctypes.c_double() for _ in range(6))
    if not raw.FPDFText_GetCharBox(handle, index, left, right, bottom, top):
        return None
    if not raw.FPDFText_GetCharOrigin(handle, index, x, y):
        return None
    return frame.shown_box(left.value, bottom.value, right.value, top.value), frame.shown(x.value, y.value)

"""The text of a page without what no viewer shows."""

from __future__ import annotations

import ctypes
import mmap
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NamedTuple

from dealproof.model.evidence import Box
from dealproof.model.page import Unseen
from dealproof.pages.drawn import Bounds, Drawing, drawing_of
from dealproof.pages.geometry import Frame, turned_back
from dealproof.pages.glyphs import Glyphs, page_string, parts
from dealproof.pages.sight import Sight, glyph_at, suspects

#: A page with more drawn objects than this is a drawing; it is read as it stands.
MAX_OBJECTS = 60_000
#: From these shares of the page and of its text on, unseen text is the layer of a recogniser under or over a scan, of
#: which `quality` decides.
SCAN, LAYER = 0.5, 0.5
#: Points by which two drawings of one character may differ.
SAME = 1.0
TOO_SMALL = "it is too small to be read"
#: How a file names its optional content, and the head of a stream in which objects are packed.
_LAYERS, _PACKED = b"/OCProperties", re.compile(rb"/ObjStm.{0,1000}?stream\r?\n", re.DOTALL)


class Seen(NamedTuple):
    """A page's text as a viewer shows it: PDFium's text page, its characters one for one (unseen ones are spaces), what was
    left out, and what is drawn (None of a page without text, where nobody looked)."""

    text_page: Any
    text: str
    unseen: tuple[Unseen, ...] = ()
    drawing: Drawing | None = None

    @property
    def strokes(self) -> list[Bounds]:
        """All thin shapes of the page, in the coordinates of the PDF."""
        return self.drawing.strokes if self.drawing is not None else []


def characters_of(text_page: Any, words: Iterable[Glyphs], frame: Frame, why: str) -> Iterator[Unseen]:
    """The characters of words that are left out."""
    for word in words:
        for place, part in enumerate(parts(word)):
            box = turned_back(Box(part.x0, part.top, part.x1, part.bottom), word.turn or 0, frame.width, frame.height)
            found = glyph_at(text_page.raw, word.first + place, frame)
            place_, start = found if found is not None else (box, (box.x0, box.bottom))
            yield Unseen(part.text, *start, place_, why)


def may_have_layers(path: Path) -> bool:
    """Whether a file may hold optional content: it says so, openly or in a packed stream of objects, or such a stream
    cannot be looked into. Whoever asks has seen to it that no stream swells."""
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find(_LAYERS) >= 0:
            return True
        return any(_may_name_layers(data, match) for match in _PACKED.finditer(data))


def _may_name_layers(data: mmap.mmap, packed: re.Match[bytes]) -> bool:
    if b"/Predictor" in packed.group():
        return True
    end = data.find(b"endstream", packed.end())
    try:
        return _LAYERS in zlib.decompress(data[packed.end() : end if end >= 0 else len(data)].rstrip(b"\r\n"))
    except zlib.error:
        return True


def seen_text(page: Any, text_page: Any, frame: Frame, has_layers: bool) -> Seen:
    """Look at a page. Where something of it is unseen the text page is a new one, which the caller must close too."""
    text = page_string(text_page)
    if not text.strip():
        return Seen(text_page, text)
    drawing = drawing_of(page, has_layers, MAX_OBJECTS)
    suspected = suspects(drawing, frame)
    if not suspected:
        return Seen(text_page, text, drawing=drawing)
    sight = Sight(page, frame, drawing, suspected)
    unseen = [found for _, found in sight.look(text_page, text)]
    if not unseen or _is_layer_of_scan(len(unseen), text, drawing, frame):
        sight.put_back()
        return Seen(text_page, text, drawing=drawing)
    bare_page = page.get_textpage()
    bare = page_string(bare_page)
    hidden = {index for index, _ in sight.look(bare_page, bare)}
    bare = "".join(" " if index in hidden else char for index, char in enumerate(bare))
    return Seen(bare_page, bare, tuple(_without_twins(unseen, bare_page, bare, frame)), drawing)


def _is_layer_of_scan(unseen: int, text: str, drawing: Drawing, frame: Frame) -> bool:
    """Whether a picture is the page and the text a layer that nobody is meant to see."""
    if unseen < LAYER * len("".join(text.split())):
        return False
    pictures = [area.box for area in drawing.areas if area.is_picture]
    covered = sum((right - left) * (top - bottom) for left, bottom, right, top in pictures)
    return covered >= SCAN * frame.width * frame.height


def _without_twins(unseen: Iterable[Unseen], text_page: Any, text: str, frame: Frame) -> Iterator[Unseen]:
    """Unseen characters, but for those that are drawn again at the same place and seen."""
    import pypdfium2.raw as raw

    unseen = list(unseen)
    wanted = {found.text for found in unseen}
    x, y = ctypes.c_double(), ctypes.c_double()
    starts: dict[str, list[tuple[float, float]]] = defaultdict(list)
    for index, char in enumerate(text):
        if char in wanted and raw.FPDFText_GetCharOrigin(text_page.raw, index, x, y):
            starts[char].append(frame.shown(x.value, y.value))
    for found in unseen:
        if not any(abs(found.x - left) < SAME and abs(found.y - base) < SAME for left, base in starts[found.text]):
            yield found

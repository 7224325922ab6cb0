"""Page images with boxes drawn on them, for `dealproof inspect --image` and for questions that show their cell."""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.errors import UsageError
from dealproof.model.evidence import Box
from dealproof.pages.open import open_pdf

if TYPE_CHECKING:
    from PIL.Image import Image

#: Pixels per point: 2 gives 144 dpi, which shows small print.
SCALE = 2.0
#: A page image is at most this many pixels wide or high, however large the sheet is.
MAX_PIXELS = 8_000
#: Points left and right of, and above and below, a place that its picture shows.
AROUND = (60.0, 14.0)
COLOURS = {"table": (30, 120, 200), "fact": (20, 150, 60), "question": (210, 40, 40)}
_OTHER = (90, 90, 90)


def render_page(path: Path, page: int, scale: float = SCALE) -> bytes:
    """Return a page (1-based) as the bytes of a PNG, `scale` pixels a point (fewer for a huge sheet).

    Raises UnreadableFileError for a file that cannot be opened, UsageError for a page that does not exist.
    """
    return _render(path, page, scale)[0]


def draw_boxes(png: bytes, boxes: Sequence[tuple[str, Box]], scale: float = SCALE) -> bytes:
    """Return the PNG of a page with labelled boxes drawn on it: `table`, `fact`, `question`."""
    from PIL import Image as Images
    from PIL import ImageDraw

    image = Images.open(io.BytesIO(png)).convert("RGB")
    pen = ImageDraw.Draw(image)
    for kind, box in boxes:
        grow = 2 if kind == "table" else 0
        upper = (scale * (min(box.x0, box.x1) - grow), scale * (min(box.top, box.bottom) - grow))
        lower = (scale * (max(box.x0, box.x1) + grow), scale * (max(box.top, box.bottom) + grow))
        pen.rectangle((*upper, *lower), outline=COLOURS.get(kind, _OTHER), width=3 if kind == "question" else 2)
    return _png(image)


def cell_pictures(path: Path, places: Sequence[tuple[int, Box]]) -> list[bytes]:
    """PNGs of places (page from 1, box), each with what stands around it and the place itself framed.

    Raises what `render_page` raises.
    """
    from PIL import Image as Images

    pages: dict[int, tuple[bytes, float]] = {}
    made: list[bytes] = []
    for page, box in places:
        if page not in pages:
            pages = {page: _render(path, page, SCALE)}
        png, scale = pages[page]
        framed = Images.open(io.BytesIO(draw_boxes(png, [("question", box)], scale)))
        edges = (box.x0 - AROUND[0], box.top - AROUND[1], box.x1 + AROUND[0], box.bottom + AROUND[1])
        left, upper, right, lower = (round(edge * scale) for edge in edges)
        right, lower = min(max(right, 1), framed.width), min(max(lower, 1), framed.height)
        made.append(_png(framed.crop((min(max(left, 0), right - 1), min(max(upper, 0), lower - 1), right, lower))))
    return made


def draw_page(path: Path, page: int, boxes: Sequence[tuple[str, Box]], target: Path) -> None:
    """Write a PNG of one page (1-based) with labelled boxes to `target`; raises what `render_page` raises."""
    png, scale = _render(path, page, SCALE)
    target.write_bytes(draw_boxes(png, boxes, scale))


def _render(path: Path, page: int, scale: float) -> tuple[bytes, float]:
    document = open_pdf(path)
    try:
        if not 1 <= page <= len(document):
            raise UsageError(f"{path.name} has no page {page}.", f"It has {len(document)} pages.")
        sheet = document[page - 1]
        used = min(scale, MAX_PIXELS / max(*sheet.get_size(), 1.0))
        return _png(sheet.render(scale=used).to_pil().convert("RGB")), used
    finally:
        document.close()


def _png(image: Image) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()

"""Page images with boxes drawn on them, for `dealproof inspect --image` and for questions that show their cell."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from dealproof.errors import UsageError
from dealproof.evidence import Box
from dealproof.pages.open import open_pdf

#: Pixels per point: 2 gives 144 dpi, which shows small print.
SCALE = 2.0
COLOURS = {"table": (30, 120, 200), "fact": (20, 150, 60), "question": (210, 40, 40)}


def draw_page(path: Path, page: int, boxes: Sequence[tuple[str, Box]], target: Path) -> None:
    """Write a PNG of one page (1-based) with labelled boxes: `table`, `fact` or `question`.

    Raises UsageError when the page does not exist.
    """
    from PIL import ImageDraw

    document = open_pdf(path)
    try:
        if not 1 <= page <= len(document):
            raise UsageError(f"{path.name} has no page {page}.", f"It has {len(document)} pages.")
        image = document[page - 1].render(scale=SCALE).to_pil().convert("RGB")
    finally:
        document.close()
    pen = ImageDraw.Draw(image)
    for kind, box in boxes:
        grow = 2 if kind == "table" else 0
        edges = [
            SCALE * (box.x0 - grow),
            SCALE * (box.top - grow),
            SCALE * (box.x1 + grow),
            SCALE * (box.bottom + grow),
        ]
        pen.rectangle(edges, outline=COLOURS[kind], width=3 if kind == "question" else 2)
    image.save(target, "PNG")

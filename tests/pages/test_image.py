"""The page as a picture."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from dealproof.errors import UsageError
from dealproof.model.evidence import Box
from dealproof.pages.fast import read_pages
from dealproof.pages.image import draw_boxes, draw_page, render_page
from tests.doubles.pdfs import Sheet, write_pdf


def _picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


@pytest.mark.parametrize("sheet", [
    Sheet().text(200, 300, "证券证券", size=40),
    Sheet(crop=(50, 60, 500, 700)).text(200, 300, "证券证券", size=40),
    Sheet(rotate=90).text(200, 600, "证券证券", size=40, angle=90),
    Sheet(rotate=270, crop=(50, 60, 500, 700)).text(200, 200, "证券证券", size=40, angle=270),
    Sheet(rotate=180).text(400, 600, "证券证券", size=40, angle=180),
])  # fmt: skip
def test_the_box_of_a_line_lies_on_its_ink(tmp_path: Path, sheet: Sheet) -> None:
    path = write_pdf(tmp_path / "a.pdf", sheet)
    page = read_pages(path)[0]
    picture = _picture(render_page(path, 1, 1.0)).convert("L")
    assert abs(picture.width - page.width) <= 1
    left, top, right, bottom = picture.point(lambda grey: 255 if grey < 128 else 0).getbbox() or (0, 0, 0, 0)
    box = page.lines[0].box
    assert box.x0 - 6 <= left
    assert right <= box.x1 + 6
    assert box.top - 6 <= top
    assert bottom <= box.bottom + 6
    assert right - left > 0.6 * (box.x1 - box.x0)


def test_boxes_are_drawn_where_they_are_and_the_rest_is_left(tmp_path: Path) -> None:
    png = render_page(write_pdf(tmp_path / "a.pdf", Sheet()), 1, 2.0)
    drawn = _picture(draw_boxes(png, [("question", Box(100, 200, 300, 250)), ("fact", Box(300, 500, 100, 400))], 2.0))
    assert drawn.getpixel((300, 400)) == (210, 40, 40)
    assert drawn.getpixel((300, 800)) == (20, 150, 60)
    assert drawn.getpixel((300, 450)) == (255, 255, 255)


def test_a_page_image_is_written_and_a_wrong_page_refused(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", Sheet())
    draw_page(path, 1, [], tmp_path / "a.png")
    assert _picture((tmp_path / "a.png").read_bytes()).size == (1190, 1684)
    with pytest.raises(UsageError, match="no page 2"):
        draw_page(path, 2, [], tmp_path / "b.png")


def test_a_sheet_as_large_as_a_wall_does_not_fill_the_memory(tmp_path: Path) -> None:
    path = write_pdf(tmp_path / "a.pdf", Sheet(width=14_000, height=14_000))
    assert max(_picture(render_page(path, 1, 10)).size) <= 8_001

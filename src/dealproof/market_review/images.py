"""Figures as pictures: a PNG and an SVG each, Chinese as published reviews have them and English beside.

What is counted, of what, what was left out and where it is from is printed in the picture, which may be all that a reader sees.
"""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

from dealproof.market_review.charts import chart, png, svg
from dealproof.market_review.figures import FIGURES, Figure
from dealproof.market_review.notes import PRINTED, notes
from dealproof.market_review.style import FONT, LANGUAGES, SOFT, Canvas, broken
from dealproof.metrics.model import Review

FOLDER = "figures"
_SVG = "http://www.w3.org/2000/svg"
#: Size of the letters of notes, their distance from line to line, and the margin around them.
_SIZE, _STEP, _MARGIN = 10, 15, 12


def write_images(review: Review, folder: Path) -> tuple[Path, ...]:
    """Write `figures/fig01.png`, `fig01.svg` and so on, English ones as `fig01-en`. Raises EngineMissingError without a Chinese font."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for figure in FIGURES:
        for language in LANGUAGES:
            canvas = Canvas(language)
            picture = with_lines(svg(chart(figure, review, canvas)), note_lines(figure, review, canvas))
            name = f"fig{figure.number:02d}{'' if language == 'zh' else '-en'}"
            (place / f"{name}.png").write_bytes(png(picture))
            (place / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")
            written += [place / f"{name}.png", place / f"{name}.svg"]
    return tuple(written)


def note_lines(figure: Figure, review: Review, canvas: Canvas) -> list[str]:
    """The notes that a picture bears, in lines that fit below it."""
    say = canvas.language
    between = "：" if say == "zh" else ": "
    told = [note for note in notes(figure, review) if note.head in PRINTED]
    texts = [f"{getattr(note.head, say)}{between}{getattr(note.text, say)}" for note in told]
    return [line for text in texts for line in broken(text, canvas.width - 2 * _MARGIN, _SIZE)]


def with_lines(picture: str, lines: list[str]) -> str:
    """An SVG made taller, with lines of text below what it shows."""
    ElementTree.register_namespace("", _SVG)
    root = ElementTree.fromstring(picture)
    width, height = (float(root.attrib[name]) for name in ("width", "height"))
    taller = height + _STEP * len(lines) + _MARGIN
    root.set("height", f"{taller:g}")
    root.set("viewBox", f"0 0 {width:g} {taller:g}")
    ElementTree.SubElement(root, f"{{{_SVG}}}rect", {"y": f"{height:g}", "width": f"{width:g}", "height": f"{taller - height:g}", "fill": "#ffffff"})  # fmt: skip
    for place, line in enumerate(lines, start=1):
        style = {"x": f"{_MARGIN}", "y": f"{height + _STEP * place - 3:g}", "font-family": FONT, "font-size": f"{_SIZE}px", "fill": SOFT}  # fmt: skip
        ElementTree.SubElement(root, f"{{{_SVG}}}text", style).text = line
    return ElementTree.tostring(root, encoding="unicode")

"""Figures as pictures: a PNG and an SVG each, Chinese as published reviews have them and English beside."""

from __future__ import annotations

from pathlib import Path

from dealproof.metrics.model import Review
from dealproof.reports.review.charts import chart, png, svg
from dealproof.reports.review.figures import FIGURES
from dealproof.reports.review.look import LANGUAGES, Canvas

FOLDER = "figures"


def write_images(review: Review, folder: Path) -> tuple[Path, ...]:
    """Write `figures/fig01.png`, `fig01.svg` and so on, English ones as `fig01-en`. Raises EngineMissingError without a Chinese font."""
    place = folder / FOLDER
    place.mkdir(parents=True, exist_ok=True)
    written = []
    for figure in FIGURES:
        for language in LANGUAGES:
            picture = svg(chart(figure, review, Canvas(language)))
            name = f"fig{figure.number:02d}{'' if language == 'zh' else '-en'}"
            (place / f"{name}.png").write_bytes(png(picture))
            (place / f"{name}.svg").write_text(picture, encoding="utf-8", newline="\n")
            written += [place / f"{name}.png", place / f"{name}.svg"]
    return tuple(written)

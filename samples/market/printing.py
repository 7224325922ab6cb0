"""PDFs from papers, several at a time, with a font cut down once to the letters of the whole market."""

from __future__ import annotations

import logging
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from samples.market.papers_common import Paper

#: The font of all documents.
FONT = "WenQuanYi Zen Hei"
_FAMILY = "Market"
_OLD_FAMILIES = ('"WenQuanYi Zen Hei"', '"Noto Serif CJK SC"')


def font_file() -> Path | None:
    """Where the font lies, by fontconfig; None where it is not installed."""
    if shutil.which("fc-list") is None:
        return None
    found = subprocess.run(["fc-list", f":family={FONT}", "file"], capture_output=True, text=True, check=True).stdout
    files = sorted(line.strip().removesuffix(":") for line in found.splitlines() if line.strip())
    return Path(files[0]) if files else None


def print_all(papers: Sequence[Paper], folder: Path, jobs: int) -> Iterator[Path]:
    """Print every paper below the folder; yields each file when it is there. Raises FileNotFoundError without the font."""
    with TemporaryDirectory() as room:
        font = _cut(papers, Path(room) / "market.ttf")
        for paper in papers:
            (folder / paper.path).parent.mkdir(parents=True, exist_ok=True)
        with ProcessPoolExecutor(jobs) as workers:
            tasks = [(paper, folder / paper.path, font) for paper in papers]
            yield from workers.map(_print, tasks, chunksize=8)


def _cut(papers: Sequence[Paper], target: Path) -> Path:
    """The font with the letters of these papers only: a whole Chinese font costs more than the page it is for."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    own = font_file()
    if own is None:
        raise FileNotFoundError(
            f"The font {FONT} is needed to print the market; install it, for example fonts-wqy-zenhei."
        )
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    options = subset.Options()
    options.layout_features, options.hinting = [], False
    options.drop_tables += ["BDF ", "FFTM"]
    font = TTFont(own, fontNumber=0)
    cutter = subset.Subsetter(options)
    cutter.populate(text="".join(sorted(set().union(*(paper.html for paper in papers)) | set("0123456789"))))
    cutter.subset(font)
    font.save(target)
    return target


def _print(task: tuple[Paper, Path, Path]) -> Path:
    import weasyprint

    paper, target, font = task
    html = paper.html
    for family in _OLD_FAMILIES:
        html = html.replace(family, f'"{_FAMILY}"')
    face = f"@font-face{{font-family:{_FAMILY};src:url({font.as_uri()})}}"
    html = html.replace("<style>", f"<style>{face}", 1)
    weasyprint.HTML(string=html).write_pdf(str(target), font_config=_fonts())
    return target


@cache
def _fonts() -> Any:
    """One configuration a process: the font is then loaded once."""
    from weasyprint.text.fonts import FontConfiguration

    return FontConfiguration()

"""What the first screen of the READMEs shows, made again: `python -m samples.first_screen [FOLDER]`.

Reads the circular and the rating report of one sample deal, puts rows of its `tranches.csv` and a `dealproof why` answer into README.md and README.zh.md, and
draws their page. With FOLDER it also prints a small invented market there, reads and reviews it, and takes one figure of the review
(two minutes; wants `dealproof[samples,report]`).
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PIL import Image, ImageChops

from dealproof.api import build_dataset, read_document
from dealproof.cli.why import lines_of
from dealproof.workbench.why import look_up

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
READMES = ("README.md", "README.zh.md")
#: The circular that is shown and the page of it that holds the tranches; the other sample that states them; the cell asked for.
SAMPLE, PAGE, OTHER, CELL = (
    "P0202405090000000001.pdf",
    2,
    "禾盈信用评级报告.pdf",
    ("tranches", "禾盈2024-2|优先B", "amount"),
)
#: The columns of `tranches.csv` that fit beside a picture.
SHOWN = ("tranche", "amount", "share_pct", "expected_maturity")
#: About so many deals of 2025 has the market, and this figure of its review is shown, in Chinese and in English.
DEALS, FIGURES = 40, ("fig17", "fig17-en")
#: Colours and width of pictures, and what is left of the white around a page (pixels): small files that can still be read.
_COLOURS, _WIDTH, _WHITE = 32, 1191, 24
_COMMAND = "from dealproof.cli.app import main; main()"


def outputs() -> dict[str, tuple[str, ...]]:
    """What the program gives for the deal today: lines for READMEs by the name of their block."""
    mappings = ROOT / "mappings"
    dataset = build_dataset((read_document(ROOT / "samples" / name, mappings) for name in (SAMPLE, OTHER)), mappings)
    rows = (",".join(row[name] for name in SHOWN) for row in dataset.rows("tranches"))
    answer = tuple(f"    {line}" for line in lines_of(look_up(dataset, *CELL)))
    return {"tranches.csv": ("```", ",".join(SHOWN), *rows, "```"), "why": answer}


def block(text: str, name: str) -> tuple[str, ...]:
    """The lines that a README shows between the marks of a block. Raises ValueError where it has no such block."""
    lines = text.splitlines()
    start = lines.index(f"<!-- {name} -->")
    return tuple(line for line in lines[start + 1 : lines.index(f"<!-- end of {name} -->", start)] if line)


def with_blocks(text: str, made: Mapping[str, Sequence[str]]) -> str:
    """A README whose blocks show what was made. Raises ValueError where it lacks one of them."""
    for name, shown in made.items():
        before, rest = text.split(f"<!-- {name} -->\n")
        _, after = rest.split(f"<!-- end of {name} -->\n")
        text = "\n".join((f"{before}<!-- {name} -->", "", *shown, "", f"<!-- end of {name} -->\n")) + after
    return text


def draw_the_page() -> None:
    """Draw the page of the sample with the boxes of its tables and values, as `dealproof inspect` does."""
    target = PICTURES / "page.png"
    _dealproof("inspect", ROOT / "samples" / SAMPLE, "--page", PAGE, "--image", target, "--mappings", ROOT / "mappings")
    with Image.open(target) as picture:
        page = picture.convert("RGB")
    left, top, right, bottom = ImageChops.invert(page).getbbox() or (0, 0, *page.size)
    _write_small(page.crop((left - _WHITE, top - _WHITE, right + _WHITE, bottom + _WHITE)), target)


def review_a_market(folder: Path) -> None:
    """Print, read and review a small invented market in `folder`, and take a figure of its review."""
    stored = ("--workspace", folder / "workspace", "--mappings", folder / "mappings")
    _python("-m", "samples.market", folder, "--only", DEALS)
    _dealproof("run", folder / "pdf", "--out", folder / "out", *stored)
    _dealproof("report", "--year", 2025, "--out", folder / "review", *stored)
    for name in FIGURES:
        with Image.open(folder / "review" / "figures" / f"{name}.png") as picture:
            _write_small(picture.convert("RGB"), PICTURES / f"{name}.png")


def main(words: Sequence[str]) -> None:
    """Make pictures and outputs again; the market's figure where a folder is named."""
    PICTURES.mkdir(exist_ok=True)
    made = outputs()
    for name in READMES:
        file = ROOT / name
        file.write_text(with_blocks(file.read_text(encoding="utf-8"), made), encoding="utf-8", newline="\n")
    draw_the_page()
    if words:
        review_a_market(Path(words[0]).resolve())


def _write_small(picture: Image.Image, target: Path) -> None:
    width = min(_WIDTH, picture.width)
    small = picture.resize((width, round(picture.height * width / picture.width)), Image.Resampling.LANCZOS)
    small.quantize(_COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)


def _dealproof(*words: object) -> None:
    _python("-c", _COMMAND, *words)


def _python(*words: object) -> None:
    subprocess.run([sys.executable, *map(str, words)], cwd=ROOT, check=True)


if __name__ == "__main__":
    main(sys.argv[1:])

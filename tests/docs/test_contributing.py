"""CONTRIBUTING.md leads to places that exist; LICENSE names what is not ours."""

from __future__ import annotations

import ctypes
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pypdfium2
import pypdfium2.raw as pdfium

ROOT = Path(__file__).parents[2]
LICENCE = (ROOT / "LICENSE").read_text(encoding="utf-8")
FOLDERS = ("src/", "docs/", "tests/", "mappings/", "samples/", "benchmarks/", "lock/", ".ci/")


def test_every_place_that_contributing_names_exists() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = [
        word for word in re.findall(r"`([^`\s]+)`", text) if word.startswith(FOLDERS) or word.endswith((".md", ".toml"))
    ]
    assert len(named) > 30
    assert [word for word in named if not (ROOT / word).exists()] == []


def test_the_set_up_is_the_one_of_the_readme() -> None:
    set_up = "python3 -m venv .venv && .venv/bin/pip install -c lock/constraints.txt -e '.[test]'"
    for name in ("README.md", "CONTRIBUTING.md"):
        assert set_up in (ROOT / name).read_text(encoding="utf-8"), name


def test_the_licence_says_what_the_package_says() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert "Private :: Do Not Upload" in project["classifiers"]
    assert "license" not in project
    assert "No licence is granted." in LICENCE
    assert "No warranty." in LICENCE


def test_no_font_file_is_shipped_and_every_embedded_font_is_named_in_the_licence() -> None:
    folders = [ROOT / "samples", ROOT / "tests", ROOT / "src", ROOT / "mappings"]
    assert [
        path for folder in folders for kind in ("ttf", "ttc", "otf", "woff*") for path in folder.rglob(f"*.{kind}")
    ] == []
    named = _plain(LICENCE)
    fonts = {font for folder in folders for path in sorted(folder.rglob("*.pdf")) for font in _fonts(path)}
    assert len(fonts) > 3
    assert [font for font in sorted(fonts) if _plain(re.sub(r"-?(Bold|Medium)$", "", font)) not in named] == []


def _plain(text: str) -> str:
    return re.sub(r"[\s-]", "", text).lower()


def _fonts(path: Path) -> Iterator[str]:
    """Names of the fonts that the pages of a PDF use, without the mark of a subset; glyphs that are drawings have none."""
    for page in pypdfium2.PdfDocument(path):
        for item in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(item.raw)
            name = ctypes.create_string_buffer(pdfium.FPDFFont_GetBaseFontName(font, None, 0))
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            if shown := name.value.decode().rpartition("+")[2]:
                yield shown

"""docs/mappings.md names every column of the analysts' files, and every word, as the program reads them in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.mappings import answers
from dealproof.mappings.files import LAYOUTS as FILES
from dealproof.mappings.files import layout_of
from dealproof.mappings.layout import Layout, spelling

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "mappings.md").read_text(encoding="utf-8")
LAYOUTS = {
    "答复表 sheet of answers": answers.SHEET,
    **{f"`{layout.file}`".replace("`labels`", "`labels/*.csv`"): layout for layout in FILES},
}


def headers(layout: Layout) -> str:
    return " · ".join(f"`{column.name}` {column.zh[0]}" for column in layout.columns)


def words(layout: Layout) -> str:
    """Columns of few words, each word with the Chinese ones that mean it."""
    told = []
    for column in layout.columns:
        chinese: dict[str, list[str]] = {}
        for word, meant in column.words.items():
            if not word.isascii() and spelling(meant) != word:
                chinese.setdefault(meant, []).append(word)
        if chinese:
            told.append(f"{column.zh[0]}：" + "，".join(f"`{word}` {'/'.join(same)}" for word, same in chinese.items()))
    return "；".join(told)


@pytest.mark.parametrize("file", LAYOUTS)
def test_the_chinese_headers_of_a_file_are_documented(file: str) -> None:
    assert f"| {file} | {headers(LAYOUTS[file])} |" in TEXT


@pytest.mark.parametrize("file", [file for file, layout in LAYOUTS.items() if words(layout)])
def test_the_chinese_words_of_a_file_are_documented(file: str) -> None:
    assert f"| {file} | {words(LAYOUTS[file])} |" in TEXT


@pytest.mark.parametrize("file", sorted(path.relative_to(ROOT / "mappings").as_posix() for path in (ROOT / "mappings").rglob("*.csv")))
def test_every_mapping_file_has_a_description_and_a_line_in_the_documents(file: str) -> None:
    layout = layout_of(file)
    shown = "labels/*.csv" if file.startswith("labels/") and layout.file != file else file
    assert f"| `{shown}` | {layout.row} |" in TEXT


@pytest.mark.parametrize("layout", FILES, ids=lambda layout: layout.file)
def test_a_description_names_the_columns_that_say_what_a_row_is_about(layout: Layout) -> None:
    assert layout.key
    assert {*layout.key, *(layout.span or ())} <= set(layout.names)

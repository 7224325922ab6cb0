"""docs/mappings.md names every column of the analysts' files, and every word, as the program reads them in Chinese."""

from __future__ import annotations

from pathlib import Path

import pytest

from dealproof.mappings import (
    aliases,
    answers,
    classes,
    corrections,
    deals,
    expectations,
    institutions,
    labels,
    reference,
    vocabulary,
)
from dealproof.mappings.layout import Layout, spelling

TEXT = (Path(__file__).parents[2] / "docs" / "mappings.md").read_text(encoding="utf-8")
LAYOUTS = {
    "答复表 sheet of answers": answers.SHEET,
    "`labels/*.csv`": labels.LAYOUT,
    **{f"`labels/{file}`": layout for file, layout in vocabulary.LAYOUTS.items()},
    **{f"`{m.FILE}`": m.LAYOUT for m in (institutions, aliases, classes, expectations, deals, corrections, answers, reference)},
}  # fmt: skip


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

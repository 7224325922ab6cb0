"""docs/cli.md says what the commands are today."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from dealproof.cli.app import app
from dealproof.cli.reference import reference

PAGE = Path(__file__).parents[2] / "docs" / "cli.md"


def test_the_page_of_commands_is_what_the_commands_give() -> None:
    assert PAGE.read_text(encoding="utf-8") == reference(), "python -m dealproof.cli.reference > docs/cli.md"


def test_every_command_and_option_that_help_shows_stands_in_the_page() -> None:
    page = reference()
    for words in ([], ["run"], ["answer"], ["mappings"], ["mappings", "apply"]):
        section = page.split(f"## {' '.join(['dealproof', *words])}\n")[1].split("\n## ")[0]
        shown = CliRunner().invoke(app, [*words, "--help"], env={"COLUMNS": "200", "TERM": "dumb"}).stdout
        options = set(re.findall(r"^  (?:-\w, )?(--[a-z-]+)", shown, re.MULTILINE)) - {"--help"}
        assert [option for option in options if f"`{option}" not in section] == [], words


def test_the_page_depends_on_no_terminal_and_names_no_place_of_this_machine(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = reference()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "40")
    monkeypatch.setenv("HOME", str(tmp_path))
    assert reference() == before
    assert str(Path.home()) not in before
    assert str(PAGE.parents[1]) not in before


def test_every_option_has_words() -> None:
    rows = [line for line in reference().splitlines() if line.startswith("| `")]
    assert len(rows) > 100
    assert [row for row in rows if row.split(" | ")[1].strip(" |") == ""] == []

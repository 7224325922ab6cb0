"""The documents say what the program does."""

from __future__ import annotations

import re
from pathlib import Path

from typer.testing import CliRunner

from dealproof.cli.app import app
from dealproof.errors import ExitCode

ROOT = Path(__file__).parents[2]


def _doc(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_every_exit_code_is_documented_once() -> None:
    listed = [int(code) for code in re.findall(r"^\| (\d+) \|", _doc("docs/exit-codes.md"), re.MULTILINE)]
    assert listed == [code.value for code in ExitCode]


def test_every_room_of_the_house_stands_in_the_architecture() -> None:
    text = _doc("docs/architecture.md")
    rooms = [path.stem for path in (ROOT / "src" / "dealproof").iterdir() if path.suffix == ".py" or path.is_dir()]
    assert [room for room in rooms if not room.startswith("__") and f"`{room}" not in text] == []


def test_ci_runs_the_command_that_the_readme_gives() -> None:
    command = next(line.strip() for line in _doc("README.md").splitlines() if line.strip().endswith("-m pytest -n auto"))
    packed = _doc(".ci/run").replace("install -q", "install")
    assert command in packed


def test_the_readme_names_whatever_ci_installs_for_the_full_run() -> None:
    steps = _doc(".ci/run")
    packages = {name for some in re.findall(r"wanted\+=\(([^)]*)\)", steps) for name in some.replace('"', "").split()}
    packages = packages - {"fonts-wqy-$font", "python3-venv"} | {"fonts-wqy-zenhei", "fonts-wqy-microhei"}
    named = set(_doc("README.md").split("apt-get install ")[1].split("\n\n")[0].replace("\\", "").split())
    assert named == packages


def test_every_command_that_the_readme_shows_exists() -> None:
    commands = {"run", "build", "inspect", "export", "diff", "schema", "who", "mappings", "questions", "why"}
    assert commands <= set(re.findall(r"dealproof ([a-z]+) ", _doc("README.md")))
    for name in commands:
        assert CliRunner().invoke(app, [name, "--help"]).exit_code == 0


def test_help_opens_with_one_sentence_and_shows_examples() -> None:
    for words in ([], ["run"], ["build"], ["inspect"], ["export"], ["diff"], ["schema"]):
        shown = CliRunner().invoke(app, [*words, "--help"]).stdout
        assert re.search(r"Usage: .*\n\n  [A-Z][^\n]+", shown)
        assert "Example" in shown

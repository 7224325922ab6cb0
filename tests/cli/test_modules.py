"""Whoever looks for a command finds it under its name."""

from __future__ import annotations

import pytest
from typer.main import get_command

from dealproof.cli.app import app

COMMANDS = [(name, command.callback) for name, command in get_command(app).commands.items()]  # type: ignore[attr-defined]


@pytest.mark.parametrize(("name", "callback"), [each for each in COMMANDS if each[0] != "mappings"])
def test_a_command_stands_in_the_module_of_its_name(name: str, callback: object) -> None:
    assert callback.__module__ == f"dealproof.cli.{name}"


def test_the_commands_of_mappings_stand_in_one_module() -> None:
    inner = get_command(app).commands["mappings"].commands  # type: ignore[attr-defined]
    assert {command.callback.__module__ for command in inner.values()} == {"dealproof.cli.mappings"}

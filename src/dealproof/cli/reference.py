"""`docs/cli.md`, made from the commands themselves: `python -m dealproof.cli.reference > docs/cli.md`.

A test holds the page against what this writes.
"""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from typing import Any

import typer
from typer.main import get_command

from dealproof.cli.app import app

_TOP = """# 命令一览 · Commands

本页由程序生成，勿手工修改 · Made by `python -m dealproof.cli.reference > docs/cli.md`; do not edit.
退出码见 `exit-codes.md`，提示见 `errors.md` · Exit codes stand in `exit-codes.md`, messages in `errors.md`.
"""


def reference() -> str:
    """The page: every command with what it does, an example, its arguments and its options."""
    commands = list(_commands("dealproof", get_command(app)))
    index = [f"| [`{name}`](#{name.replace(' ', '-')}) | {_says(command)[0]} |" for name, command in commands[1:]]
    parts = [_TOP, "\n".join(["| command | what it does |", "|---|---|", *index, ""])]
    parts += [_section(name, command) for name, command in commands]
    return "\n".join(parts)


def _commands(name: str, command: Any) -> Iterator[tuple[str, Any]]:
    """A command and all below it. Typer's classes of commands are no part of its interface, hence Any."""
    yield name, command
    for word, inner in getattr(command, "commands", {}).items():
        if not inner.hidden:
            yield from _commands(f"{name} {word}", inner)


def _says(command: Any) -> list[str]:
    """The paragraphs of a command's help, each in one line; the first says what it does."""
    text = inspect.cleandoc(command.help or "").split("\f")[0]
    return [" ".join(part.split()) for part in text.split("\n\n") if "Example" not in part]


def _examples(command: Any) -> list[str]:
    """The lines of a command's help that can be typed."""
    lines = (line.strip().removeprefix("Example:").strip() for line in (command.help or "").splitlines())
    return [line for line in lines if line.startswith("dealproof ")]


def _section(name: str, command: Any) -> str:
    arguments = [item for item in command.params if item.param_type_name == "argument"]
    options = [item for item in command.params if item.param_type_name == "option" and not item.hidden]
    shape = " ".join(
        [name, *(["COMMAND"] if hasattr(command, "commands") else []), *map(_argument, arguments), "[OPTIONS]"]
    )
    lines = [f"## {name}", "", *(part + "\n" for part in _says(command)), f"    {shape}"]
    if examples := _examples(command):
        lines += ["", "Example:" if len(examples) == 1 else "Examples:", "", *(f"    {line}" for line in examples)]
    rows = [(_argument(item), item) for item in arguments] + [(_option(item), item) for item in options]
    if rows:
        lines += ["", "| argument or option | what it says |", "|---|---|"]
        lines += [f"| `{shown}` | {' '.join((item.help or '').split())} |" for shown, item in rows]
    return "\n".join([*lines, ""])


def _argument(item: Any) -> str:
    shown = item.name.upper().rstrip("_") + ("..." if item.nargs == -1 else "")
    return shown if item.required else f"[{shown}]"


def _option(item: Any) -> str:
    names = ", ".join([*item.opts, *item.secondary_opts])
    return names if item.is_flag else f"{names} {item.metavar or item.name.upper().rstrip('_')}"


if __name__ == "__main__":
    typer.echo(reference(), nl=False)

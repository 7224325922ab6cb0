"""What several commands share: options, and the settings built from them at the door."""

from __future__ import annotations

import logging
import os
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from dealproof.api import RunReport
    from dealproof.settings.settings import Settings


def turn_debug_on(show: bool) -> bool:
    """Turn details on. Never off: `dealproof --debug run …` and `dealproof run … --debug` mean the same."""
    if show:
        logging.getLogger().setLevel(logging.DEBUG)
        logging.getLogger("dealproof").setLevel(logging.DEBUG)
    return show


def given_day(text: str) -> datetime:
    """A day given as an option, however it is written. Raises BadParameter for what is none, or could be two."""
    from dealproof.values.days import HOW, read_day
    from dealproof.values.parsed import Refused

    day = read_day(text)
    if isinstance(day, Refused):
        raise typer.BadParameter(f"{day.reason}. {HOW}")
    return datetime.combine(day.value, time())


def given_iso_day(text: str) -> str:
    """The same as ISO date; nothing stays nothing."""
    return given_day(text).date().isoformat() if text else ""


Out = Annotated[Path | None, typer.Option(help="Folder for the dataset (default: out).")]
Format = Annotated[str | None, typer.Option("--format", help="csv, parquet or xlsx (default: csv).")]
Mappings = Annotated[Path | None, typer.Option(help="Folder with the mapping files (default: ./mappings).")]
Workspace = Annotated[Path | None, typer.Option(help="Folder for what was read already (default: .dealproof).")]
StoreUrl = Annotated[
    str | None,
    typer.Option(
        "--store",
        help="URL of the store, such as postgresql+psycopg://user@host/name (default: SQLite in the workspace).",
    ),
]
AsOf = Annotated[
    datetime | None,
    typer.Option(
        "--as-of", parser=given_day, metavar="DAY", help="Only what was published by this day, such as 2025-06-30."
    ),
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on", help="End with exit code 8 while questions of this severity or worse are open: error, warning."
    ),
]
Debug = Annotated[bool, typer.Option("--debug", callback=turn_debug_on, help="Show tracebacks and details.")]


def as_of_folder(out: Path, day: date) -> Path:
    """The folder beside the present dataset for one as of a day."""
    return out.with_name(f"{out.name}-as-of-{day.isoformat()}")


def settings_of(**options: object) -> Settings:
    """Return the settings: options, then environment, then `dealproof.toml`, then defaults."""
    from dealproof.settings.settings import build_settings

    return build_settings(options, os.environ, Path())


def gate(report: RunReport, fail_on: str) -> int:
    """The exit code of the gate: 8 while questions of the severity or worse are open."""
    waiting = report.summary.severities
    return ExitCode.GATE if any(waiting.get(severity) for severity in _worse(fail_on)) else ExitCode.DONE


def _worse(fail_on: str) -> tuple[str, ...]:
    """The severities at which the gate closes. Raises UsageError for another word."""
    worse: dict[str, tuple[str, ...]] = {"": (), "error": ("error",), "warning": ("error", "warning")}
    if fail_on not in worse:
        raise UsageError(f"--fail-on {fail_on} makes no sense.", "Say error or warning.")
    return worse[fail_on]

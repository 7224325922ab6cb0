"""What several commands share: options, and the settings built from them at the door."""

from __future__ import annotations

import logging
import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from dealproof.settings import Settings


def turn_debug_on(show: bool) -> bool:
    """Turn details on. Never off: `dealproof --debug run …` and `dealproof run … --debug` mean the same."""
    if show:
        logging.getLogger().setLevel(logging.DEBUG)
        logging.getLogger("dealproof").setLevel(logging.DEBUG)
    return show


Out = Annotated[Path | None, typer.Option(help="Folder for the dataset (default: out).")]
Format = Annotated[str | None, typer.Option("--format", help="csv, parquet or xlsx (default: csv).")]
Mappings = Annotated[Path | None, typer.Option(help="Folder with the mapping files (default: ./mappings).")]
Workspace = Annotated[Path | None, typer.Option(help="Folder for what was read already (default: .dealproof).")]
AsOf = Annotated[
    datetime | None,
    typer.Option("--as-of", formats=["%Y-%m-%d"], help="Only what was published by this day, such as 2025-06-30."),
]
FailOn = Annotated[
    str,
    typer.Option(
        "--fail-on", help="End with exit code 8 while questions of this severity or worse are open: error, warning."
    ),
]
Debug = Annotated[bool, typer.Option("--debug", callback=turn_debug_on, help="Show tracebacks and details.")]


def settings_of(**options: object) -> Settings:
    """Return the settings: options, then environment, then `dealproof.toml`, then defaults."""
    from dealproof.settings import build_settings

    return build_settings(options, os.environ, Path())

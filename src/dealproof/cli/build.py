"""`dealproof build`: the dataset made again from what is stored, after a mapping file was edited."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

import typer

from dealproof.cli.common import (
    AsOf,
    Debug,
    FailOn,
    Format,
    Mappings,
    Out,
    StoreUrl,
    Workspace,
    as_of_folder,
    gate,
    settings_of,
)

if TYPE_CHECKING:
    from dealproof.api import RunReport


def build(
    out: Out = None,
    format_: Format = None,
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    as_of: AsOf = None,
    fail_on: FailOn = "",
    debug: Debug = False,
) -> None:
    """Build the dataset again after a mapping file was edited; no PDF is opened. One as of a day goes to a folder of its own.

    Example: dealproof build --out out
    """
    rebuilt = rebuild(as_of, out=out, format=format_, mappings=mappings, workspace=workspace, store=store)
    raise typer.Exit(gate(rebuilt, fail_on))


def rebuild(as_of: datetime | None, **options: object) -> RunReport:
    """Build and write the dataset, tell on stderr what became of it, and return the report; `options` are settings."""
    from dealproof import api
    from dealproof.cli.progress import Progress
    from dealproof.cli.render import closing_summary

    settings = settings_of(**options)
    day = as_of.date() if as_of else None
    if day is not None and options.get("out") is None:
        settings = replace(settings, out=as_of_folder(settings.out, day))
    with Progress(settings.jobs) as progress:
        rebuilt = api.rebuild(settings, day, progress.watchers)
    closing_summary(rebuilt, settings)
    return rebuilt

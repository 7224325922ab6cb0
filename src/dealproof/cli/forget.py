"""`dealproof forget`: documents leave store and dataset, once a person has heard what goes with them."""

from __future__ import annotations

from typing import Annotated

import typer

from dealproof.cli.common import Debug, Format, Mappings, Out, StoreUrl, Workspace, settings_of
from dealproof.errors import UsageError


def forget(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="File names, paths, folders, or document ids.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    out: Out = None,
    format_: Format = None,
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """Take documents out of the store and the dataset; says first what goes.

    Example: dealproof forget 2024年第3期报告.pdf
    """
    from dealproof import api
    from dealproof.cli.progress import Progress
    from dealproof.cli.render import closing_summary, going_lines, say

    settings = settings_of(out=out, format=format_, mappings=mappings, workspace=workspace, store=store)
    wanted = api.going(settings, files)
    going_lines(wanted)
    if not yes and not _confirmed(len(wanted.documents)):
        say("Nothing was forgotten.")
        return
    with Progress(settings.jobs) as progress:
        report = api.forget(settings, wanted, progress.watchers)
    say(f"{len(wanted.documents)} documents forgotten.")
    if report is not None:
        closing_summary(report, settings)


def _confirmed(number: int) -> bool:
    try:
        return typer.confirm(f"Forget {number} documents?", err=True)
    except typer.Abort as error:  # nobody is there to answer
        raise UsageError("Nothing was forgotten, since nobody could be asked.", "Say --yes.") from error

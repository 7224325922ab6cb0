"""`dealproof export`: the dataset in another format or place, or inputs for other programs."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.build import rebuild
from dealproof.cli.common import AsOf, Debug, Format, Mappings, Out, StoreUrl, Workspace, as_of_folder, settings_of
from dealproof.errors import UsageError

if TYPE_CHECKING:
    from dealproof.settings.settings import Settings

#: Programs that `--to` knows. Each has a folder of its own name, so that no dataset is overwritten.
PROGRAMS = ("absbox",)
_LACKS_TOLD = 10


def export(
    out: Out = None,
    format_: Format = None,
    to: Annotated[
        str, typer.Option(help="Write inputs for another program instead: absbox (default folder: absbox).")
    ] = "",
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    as_of: AsOf = None,
    debug: Debug = False,
) -> None:
    """Write the dataset again in another format or place; no PDF is opened.

    Example: dealproof export --out dataset --format parquet
    """
    if to:
        _send(to, out, format_, as_of, settings_of(mappings=mappings, workspace=workspace, store=store))
        return
    rebuild(as_of, out=out, format=format_, mappings=mappings, workspace=workspace, store=store)


def _send(to: str, out: Path | None, format_: str | None, as_of: datetime | None, settings: Settings) -> None:
    """Write the inputs and say on stderr how many deals were written and what the others lack."""
    from dealproof import api
    from dealproof.cli.progress import Progress
    from dealproof.cli.render import say

    if to not in PROGRAMS:
        raise UsageError(f"--to {to} is unknown.", f"Use one of {', '.join(PROGRAMS)}.")
    if format_ is not None:
        raise UsageError(f"--format says nothing with --to {to}, which has a format of its own.", "Leave it out.")
    day = as_of.date() if as_of else None
    own = Path(to) if day is None else as_of_folder(Path(to), day)
    with Progress(settings.jobs) as progress:
        report = api.export_absbox(settings, out or own, day, progress.watchers)
    written = len(report.written)
    say(f"{written} deal{'s' * (written != 1)} written, {len(report.incomplete)} lack something")
    for wanted, number in report.lacks[:_LACKS_TOLD]:
        say(f"  {number:>4} lack {wanted}")
    if len(report.lacks) > _LACKS_TOLD:
        say(f"  … and {len(report.lacks) - _LACKS_TOLD} more")
    say(f"Inputs for AbsBox in {report.folder}; what is missing, deal by deal: {report.folder / 'missing.csv'}")

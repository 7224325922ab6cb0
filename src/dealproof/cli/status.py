"""`dealproof status`: what is in the store, what failed, what waits for a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug, Mappings, StoreUrl, Workspace, settings_of

if TYPE_CHECKING:
    from dealproof.api import StoreStatus


def status(
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """Say what is in the store, what failed, and what waits for a person.

    Example: dealproof status
    """
    from dealproof import api

    found = api.status(settings_of(mappings=mappings, workspace=workspace, store=store))
    if as_json:
        typer.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
        return
    for line in _lines(found):
        typer.echo(line)


def _lines(found: StoreStatus) -> list[str]:
    counts = found.counts
    lines = [
        f"Store      {found.store}",
        f"Documents  {counts['documents']} ({counts['pages']} pages) from {counts['files']} files",
    ]
    if counts["stale"]:
        lines.append(f"           {counts['stale']} are interpreted again at the next build: labels or program changed")
    if counts["outgrown"]:
        lines.append(f"           {counts['outgrown']} are read again at the next run: labels want more pages of them")
    if counts["replaced"]:
        lines.append(f"           {counts['replaced']} give no values: a newer file of the same name took their place")
    if counts["waiting"]:
        lines.append(
            f"           {counts['waiting']} must be read again: the program or a library that reads PDFs changed; the last dataset stays"
        )
    if counts["earlier"]:
        lines.append(f"           {counts['earlier']} stand as an earlier version read them, since their PDFs are gone")
    known = f" ({counts['dismissed']} of them dismissed)" if counts["dismissed"] else ""
    lines.append(f"Failed     {len(found.problems)} files{known}" + (": dealproof failures" if found.problems else ""))
    for export in found.exports:
        lines.append(
            f"Dataset    {export['target']} of {export['written_at'][:16]}{_as_of(export)}: {export['deals']} deals, {export['values']} values"
        )
        lines.append(
            f"Questions  {export['questions']} open" + (": dealproof questions" if export["questions"] else "")
        )
    for run in found.runs:
        going = f"{run.done or 0} of {run.files or 0} files done, " if run.state == "running" else ""
        counted = f"{going}{run.read or 0} read, {run.failed or 0} failed" + ("" if going else f" of {run.files or 0}")
        took = "" if run.seconds is None else f", {run.seconds:.1f} s"
        lines.append(f"Run        {run.run_id}  {run.state}: {counted}{took}")
    return lines


def _as_of(export: Mapping[str, object]) -> str:
    return f" as of {export['as_of']}" if export["as_of"] else ""

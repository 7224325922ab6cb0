"""`dealproof failures`: the files that could not be read, and those that somebody knows of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dealproof.cli.common import Debug, Mappings, StoreUrl, Workspace, settings_of


def failures(
    export: Annotated[Path | None, typer.Option("--export", help="Write them as a sheet (.xlsx or .csv).")] = None,
    dismiss: Annotated[
        list[str] | None,
        typer.Option(
            "--dismiss", metavar="FILE", help="Say that you know of this one, by name or path; may be given again."
        ),
    ] = None,
    by: Annotated[str, typer.Option(help="Who knows of it (default: the name you are logged in with).")] = "",
    reason: Annotated[str, typer.Option(help="Why it may stay unread.")] = "",
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """List the files that could not be read: what, why, and what to do. Runs name them until somebody dismisses them.

    Example: dealproof failures --dismiss 旧报告.pdf --by 王敏 --reason "replaced by the new one"
    """
    from dealproof import api
    from dealproof.cli.render import say, tell

    settings = settings_of(mappings=mappings, workspace=workspace, store=store)
    if dismiss:
        for problem in api.dismiss(settings, dismiss, by or _who(), reason):
            say(f"dismissed: {problem.message} It counts as a failure again when the file changes.")
        return
    problems, known = api.failures(settings), api.known_failures(settings)
    if export is not None:
        api.export_failures(problems, export, known)
        say(f"{len(problems)} failures in {export}")
        return
    for problem in problems:
        told = known.get(problem.document_id)
        words = "" if told is None else f"dismissed by {told.by or 'somebody'} on {told.at[:10]} {told.reason}".rstrip()
        tell(problem.location, problem.code, problem.message, problem.remedy, *([words] if words else []))
    dismissed = sum(problem.document_id in known for problem in problems)
    say(
        f"{len(problems)} files failed"
        + (f", {dismissed} of them dismissed." if dismissed else ".")
        + (" Try them again: dealproof run --failed-only" if len(problems) > dismissed else "")
    )


def _who() -> str:
    import getpass

    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a system without accounts
        return ""

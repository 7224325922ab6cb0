"""`dealproof doctor`: does everything that a run needs work here?"""

from __future__ import annotations

import json
from typing import Annotated

import typer

from dealproof.cli.common import Debug, Mappings, Out, StoreUrl, Workspace, settings_of


def doctor(
    as_json: Annotated[bool, typer.Option("--json", help="The same as JSON.")] = False,
    out: Out = None,
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """Check the installation: packages, fonts, store, write access, mapping files.

    Example: dealproof doctor
    """
    from dealproof import api

    checks = api.doctor(settings_of(out=out, mappings=mappings, workspace=workspace, store=store))
    if as_json:
        typer.echo(json.dumps([check.as_dict() for check in checks], ensure_ascii=False, indent=1))
    else:
        for check in checks:
            typer.echo(
                f"{check.state:<8}{check.name:<14}{check.found}"
                + (f"\n{'':22}→ {check.remedy}" if check.remedy else "")
            )
    raise typer.Exit(next((check.exit_code for check in checks if check.state == "broken"), 0))

"""`dealproof mappings …`: what analysts do with the mapping files."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dealproof.cli.common import Debug, Mappings, Workspace, given_iso_day, settings_of
from dealproof.errors import ExitCode

mappings_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Check, extend and clean the analysts' mapping files."
)


@mappings_app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Folder to make.")] = Path("mappings"),
    mappings: Mappings = None,
    debug: Debug = False,
) -> None:
    """Copy the mapping files that came with the program to a folder of your own, to edit them there.

    Example: dealproof mappings init
    """
    from dealproof import api

    number = api.own_mappings(settings_of(mappings=mappings), folder)
    found = "found without --mappings" if folder == Path("mappings") else f"used with --mappings {folder}"
    typer.echo(f"{number} files in {folder}; from here they are {found}", err=True)


@mappings_app.command()
def check(mappings: Mappings = None, debug: Debug = False) -> None:
    """List every mistake in the mapping files: file, line, column, and what to do.

    Example: dealproof mappings check
    """
    from dealproof import api

    settings = settings_of(mappings=mappings)
    findings = api.check_mappings(settings)
    for finding in findings:
        typer.echo(str(finding))
    words = f"{len(findings)} mistakes" if findings else "no mistake"
    typer.echo(f"{words} in {settings.mappings}", err=True)
    raise typer.Exit(ExitCode.MAPPING_INVALID if findings else ExitCode.DONE)


@mappings_app.command()
def suggest(
    file: Annotated[Path, typer.Argument(help="CSV to write; opens in Excel by a double click.")] = Path("names.csv"),
    mappings: Mappings = None,
    workspace: Workspace = None,
    debug: Debug = False,
) -> None:
    """Write the names that lead to nobody, biggest amount first, as a sheet to fill in.

    Example: dealproof mappings suggest names.csv
    """
    from dealproof import api

    number = api.suggest(settings_of(mappings=mappings, workspace=workspace), file)
    typer.echo(f"{number} open names in {file}", err=True)
    if number:
        typer.echo(f"Fill in decision and institution_id, then: dealproof mappings apply '{file}'", err=True)


@mappings_app.command()
def apply(
    file: Annotated[Path, typer.Argument(help="The sheet, filled in (CSV or Excel).")],
    by: Annotated[str, typer.Option(help="Who decided, where the sheet does not say.")] = "",
    on: Annotated[
        str, typer.Option(parser=given_iso_day, metavar="DAY", help="Day of the decision (default: today).")
    ] = "",
    mappings: Mappings = None,
    workspace: Workspace = None,
    debug: Debug = False,
) -> None:
    """Take the filled-in rows of a sheet over; contradictions are refused and nothing is written.

    Example: dealproof mappings apply names.csv --by 王敏
    """
    from datetime import date

    from dealproof import api

    settings = settings_of(mappings=mappings, workspace=workspace)
    report = api.apply(settings, file, by, on or date.today().isoformat())
    for name, before, after in report.flips:
        typer.echo(f"{name}: {before} -> {after}")
    applied = report.applied
    typer.echo(
        f"{len(applied.decisions)} decisions and {len(applied.institutions)} institutions added, "
        f"{applied.known} stood there already. "
        + (
            f"Next: dealproof build (files changed: {', '.join(p.name for p in report.written)})"
            if report.written
            else ""
        ),
        err=True,
    )


@mappings_app.command()
def unused(
    file: Annotated[str, typer.Option(help="Only rows of this file, such as aliases.csv.")] = "",
    mappings: Mappings = None,
    workspace: Workspace = None,
    debug: Debug = False,
) -> None:
    """List mapping rows that never fired on the stored documents.

    Example: dealproof mappings unused --file aliases.csv
    """
    from collections import Counter

    from dealproof import api

    rows = [
        row for row in api.unused(settings_of(mappings=mappings, workspace=workspace)) if row.where.startswith(file)
    ]
    for row in rows:
        typer.echo(f"{row.where}  {row.says}" + ("  (decided by a person)" if row.by_person else ""))
    files = Counter(row.where.rpartition(":")[0] for row in rows)
    words = ", ".join(f"{number} in {name}" for name, number in sorted(files.items())) or "every row fired"
    typer.echo(f"Rows that never fired: {words}", err=True)

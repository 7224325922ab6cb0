"""`dealproof questions`: what waits for a person, or what was answered."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug, Mappings, StoreUrl, Workspace, settings_of
from dealproof.errors import UsageError

if TYPE_CHECKING:
    from dealproof.model.cell import Row
    from dealproof.settings.settings import Settings


@dataclass(frozen=True, slots=True)
class _Filters:
    """Which questions are wanted; an empty filter lets everything through."""

    deal: str = ""
    kind: str = ""
    severity: str = ""
    table: str = ""
    children: bool = False


def questions(
    deal: Annotated[str, typer.Option(help="Only this deal, such as 泰和2019-1.")] = "",
    kind: Annotated[str, typer.Option(help="Only this kind, such as failed_check.")] = "",
    severity: Annotated[str, typer.Option(help="Only error, warning or info.")] = "",
    table: Annotated[str, typer.Option(help="Only questions about this table.")] = "",
    limit: Annotated[int, typer.Option(min=0, help="Most questions shown; 0 shows all.")] = 20,
    children: Annotated[
        bool, typer.Option("--children", help="Also those that hang under others and close with them.")
    ] = False,
    answered: Annotated[
        bool, typer.Option("--answered", help="What was answered instead: by whom, when and where it stands.")
    ] = False,
    export_: Annotated[Path | None, typer.Option("--export", help="Write a sheet to fill in (.xlsx or .csv).")] = None,
    pictures: Annotated[
        Path | None, typer.Option(help="Write a PNG of each place asked about into this folder.")
    ] = None,
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """List what waits for a person, most valuable first, or what was answered.

    Example: dealproof questions --severity error --export questions.xlsx
    """
    settings = settings_of(mappings=mappings, workspace=workspace, store=store)
    wanted = _Filters(deal, kind, severity, table, children)
    if answered:
        if wanted != _Filters() or export_ or pictures:
            raise UsageError("--answered lists all answers.", "Leave the other options out.")
        _show_answered(settings)
        return
    _show(settings, wanted, limit, export_, pictures)


def _show(settings: Settings, wanted: _Filters, limit: int, export: Path | None, pictures: Path | None) -> None:
    """Print open questions on stdout, or write them as a sheet to fill in; `pictures` takes a PNG of each place."""
    from dealproof import api
    from dealproof.cli.progress import Progress

    with Progress(settings.jobs) as progress:
        found = api.open_questions(settings, **asdict(wanted), watchers=progress.watchers)
    if pictures is not None:
        _draw(settings, found, pictures)
    if export is not None:
        api.export_questions(settings, found, export)
        typer.echo(f"{_counted(found)} in {export}", err=True)
        typer.echo(
            "Fill in answer (a letter, corrected, confirmed, dismissed) or right_value, then: "
            f"dealproof answer --file '{export}'",
            err=True,
        )
        return
    for row in found[: limit or None]:
        _print(row)
    rest = len(found) - limit if limit and len(found) > limit else 0
    more = f"; {rest} more with --limit 0" if rest else ""
    typer.echo(f"{_counted(found)}{more}", err=True)


def _show_answered(settings: Settings) -> None:
    """Print what was answered on stdout: question, day, person, answer, place of the row, reason."""
    from dealproof import api

    found = api.answered_questions(settings)
    for item in found:
        about = "  ".join(filter(None, (f"{item.cell.table}.{item.cell.column}".strip("."), item.cell.key_text)))
        typer.echo("\t".join((item.question_id[:8] or "by hand", item.decided_on, item.decided_by, item.what, about,
                              item.where, item.reason)))  # fmt: skip
    typer.echo(f"{len(found)} answers; take one back with: dealproof answer ID --undo --by NAME", err=True)


def _counted(found: Sequence[Row]) -> str:
    hung = sum(int(row["children"]) for row in found if not row["cause"])
    asked = sum(not row["cause"] for row in found)
    return f"{asked} open questions" + (f" (and {hung} that close with them)" if hung else "")


def _draw(settings: Settings, found: Sequence[Row], folder: Path) -> None:
    from dealproof import api

    folder.mkdir(parents=True, exist_ok=True)
    made = api.question_pictures(settings, found)
    for number, pictures in made.items():
        for letter, png in pictures.items():
            name = "-".join(filter(None, (found[number]["question_id"][:8], letter)))
            (folder / f"{name}.png").write_bytes(png)
    count = sum(map(len, made.values()))
    typer.echo(f"{count} pictures in {folder}, named by their questions", err=True)


def _print(row: Row) -> None:
    place = " ".join(filter(None, (row["file_name"], f"page {row['page']}" if row["page"] else "")))
    under = f"  under {row['cause'][:8]}" if row["cause"] else ""
    typer.echo(f"{row['question_id'][:8]}  {row['severity']}  {row['kind']}  {row['deal_id']}  {place}{under}")
    if row["table"]:
        value = row["held"] or row["value"] or "(nothing)"
        typer.echo(f"  {row['table']}.{row['column'] or '-'}  {row['key']}  = {value}")
    typer.echo(f"  {row['prompt']}")
    for line in filter(None, row["candidates_in_words"].split("\n")):
        typer.echo(f"  {line}")
    if row["suggestions"]:
        typer.echo(f"  suggested: {'  '.join(json.loads(row['suggestions']))}")
    if int(row["children"]):
        typer.echo(f"  {row['children']} more close with it: dealproof questions --children")

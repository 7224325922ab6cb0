"""`dealproof questions` and `dealproof answer`: what waits for a person, and what the person says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import typer

from dealproof import api
from dealproof.dataset.inbox import open_questions
from dealproof.dataset.settle import Given
from dealproof.errors import UsageError
from dealproof.mappings.answers import given_answers
from dealproof.settings import Settings


def show(
    settings: Settings, deal: str, kind: str, severity: str, table: str, limit: int, export: Path | None,
    pictures: Path | None,
) -> None:  # fmt: skip
    """Print open questions on stdout, or write them as a sheet to fill in; `pictures` takes a PNG of each place."""
    found = open_questions(api.current(settings), deal=deal, kind=kind, severity=severity, table=table)
    if pictures is not None:
        pictures.mkdir(parents=True, exist_ok=True)
        made = api.question_pictures(settings, found)
        for number, png in made.items():
            (pictures / f"{found[number]['question_id'][:8]}.png").write_bytes(png)
        typer.echo(f"{len(made)} pictures in {pictures}, named by their questions", err=True)
    if export is not None:
        api.export_questions(settings, found, export)
        typer.echo(f"{len(found)} open questions in {export}", err=True)
        typer.echo(
            f"Fill in answer (corrected, confirmed, dismissed), then: dealproof answer --file '{export}'", err=True
        )
        return
    for row in found[: limit or None]:
        _print(row)
    rest = len(found) - limit if limit and len(found) > limit else 0
    more = f"; {rest} more with --limit 0" if rest else ""
    typer.echo(f"{len(found)} open questions{more}", err=True)


def _print(row: dict[str, str]) -> None:
    place = " ".join(filter(None, (row["file_name"], f"page {row['page']}" if row["page"] else "")))
    typer.echo(f"{row['question_id'][:8]}  {row['severity']}  {row['kind']}  {row['deal_id']}  {place}")
    if row["table"]:
        typer.echo(f"  {row['table']}.{row['column'] or '-'}  {row['key']}  = {row['value'] or '(nothing)'}")
    typer.echo(f"  {row['prompt']}")
    if row["suggestions"]:
        typer.echo(f"  suggested: {'  '.join(json.loads(row['suggestions']))}")


def take(
    settings: Settings, question: str, file: Path | None, given: tuple[str, str], reason: str, by: str, on: str
) -> None:
    """Take one answer, or those of a filled-in sheet. `given` is the answer and the right value."""
    if (file is None) == (not question):
        raise UsageError("Name one question, or a file with --file.", "See dealproof questions.")
    if file is not None:
        answers, source = _of_file(file, by, on), file.name
    else:
        answers, source = [Given(question, *given, reason, by, on, 0)], question
    settled, written = api.answer(settings, answers, source)
    files = ", ".join(path.name for path in written)
    typer.echo(
        f"{len(settled.corrections)} corrections and {len(settled.answers)} answers added, {settled.known} stood there "
        f"already." + (f" Next: dealproof build (files changed: {files})" if files else ""),
        err=True,
    )


def _of_file(file: Path, by: str, on: str) -> Sequence[Given]:
    return [
        Given(
            row["question_id"],
            row["answer"] or ("corrected" if row["right_value"] else ""),
            row["right_value"],
            row["reason"],
            row["decided_by"] or by,
            row["decided_on"] or on,
            row.line,
            row.cells,
        )
        for row in given_answers(file)
    ]

"""`dealproof questions` and `dealproof answer`: what waits for a person, and what the person says."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import typer

from dealproof import api
from dealproof.errors import UsageError
from dealproof.mappings.answers import given_answers
from dealproof.settings.settings import Settings
from dealproof.workbench.decisions import Decision
from dealproof.workbench.effect import Since
from dealproof.workbench.wanted_rows import Given

#: So many new questions are told after an answer; `dealproof questions` lists all.
_TOLD = 10


@dataclass(frozen=True, slots=True)
class Filters:
    """Which questions are wanted; an empty filter lets everything through."""

    deal: str = ""
    kind: str = ""
    severity: str = ""
    table: str = ""
    children: bool = False


def show(settings: Settings, wanted: Filters, limit: int, export: Path | None, pictures: Path | None) -> None:
    """Print open questions on stdout, or write them as a sheet to fill in; `pictures` takes a PNG of each place."""
    found = api.open_questions(settings, **asdict(wanted))
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


def show_answered(settings: Settings) -> None:
    """Print what was answered on stdout: question, day, person, answer, place of the row, reason."""
    found = api.answered_questions(settings)
    for item in found:
        about = "  ".join(filter(None, (f"{item.cell[0]}.{item.cell[2]}".strip("."), item.cell[1])))
        typer.echo("\t".join((item.question_id[:8] or "by hand", item.decided_on, item.decided_by, item.what, about,
                              item.where, item.reason)))  # fmt: skip
    typer.echo(f"{len(found)} answers; take one back with: dealproof answer ID --undo --by NAME", err=True)


def _counted(found: Sequence[dict[str, str]]) -> str:
    hung = sum(int(row["children"]) for row in found if not row["cause"])
    asked = sum(not row["cause"] for row in found)
    return f"{asked} open questions" + (f" (and {hung} that close with them)" if hung else "")


def _draw(settings: Settings, found: Sequence[dict[str, str]], folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    made = api.question_pictures(settings, found)
    for number, pictures in made.items():
        for letter, png in pictures.items():
            name = "-".join(filter(None, (found[number]["question_id"][:8], letter)))
            (folder / f"{name}.png").write_bytes(png)
    count = sum(map(len, made.values()))
    typer.echo(f"{count} pictures in {folder}, named by their questions", err=True)


def _print(row: dict[str, str]) -> None:
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


def answered_by_words(
    *, value: str, choose: str, confirm: bool, dismiss: bool, field: str, undo: bool
) -> list[tuple[str, str]]:
    """What options say: the answer and the right value; one pair for each option that was given."""
    said = (
        (value, ("corrected", value)), (choose, (choose, "")), (confirm, ("confirmed", "")), (dismiss, ("dismissed", "")),
        (field, ("corrected", field)), (undo, ("undo", "")),
    )  # fmt: skip
    return [words for given, words in said if given]


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
    _tell(api.answer(settings, answers, source))


def take_back(settings: Settings, question: str, by: str, on: str) -> None:
    """Take an answer back and tell what stood there."""
    if not question:
        raise UsageError("Name the question.", "See dealproof questions --answered.")
    _tell(api.take_back(settings, question, by, on))


def _tell(done: api.Answered) -> None:
    """Say on stderr what answers changed, and what that did to the open questions."""
    settled = done.settled
    for item in settled.taken:
        typer.echo(f"taken back: {_decision(item)}", err=True)
    labels = f" and {settled.labels} labels" if settled.labels else ""
    files = ", ".join(path.name for path in done.written)
    typer.echo(
        f"{settled.corrections} corrections and {settled.answers} answers{labels} added, {settled.known} stood there "
        f"already." + (f" Next: dealproof build (files changed: {files})" if files else ""),
        err=True,
    )
    if done.since is not None:
        _tell_since(done.since)


def _decision(item: Decision) -> str:
    about = f" of {item.cell[0]}.{item.cell[2]} {item.cell[1]}" if item.cell[0] else ""
    return f"{item.what}{about} (by {item.decided_by}, {item.decided_on}); {item.where} is a comment now"


def _tell_since(since: Since) -> None:
    came = f", {len(since.came)} new" if since.came else ""
    typer.echo(f"Open questions: {since.before} before, {since.after} now ({since.closed} closed{came}).", err=True)
    for row, reason in since.came[:_TOLD]:
        about = f"{row['table']}.{row['column'] or '-'} {row['key']}" if row["table"] else row["document_id"][:8]
        typer.echo(f"  new: {row['question_id'][:8]} {row['kind']} {about}, {reason}", err=True)
    if len(since.came) > _TOLD:
        typer.echo(f"  … and {len(since.came) - _TOLD} more new ones: dealproof questions", err=True)
    for row in since.unmoved:
        typer.echo(f"  still open: {row['question_id'][:8]} {row['kind']}: {row['prompt']}", err=True)


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

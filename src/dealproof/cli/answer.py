"""`dealproof answer`: what a person says to a question, or to a sheet of them; what that did to the open questions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug, Mappings, StoreUrl, Workspace, given_iso_day, settings_of
from dealproof.errors import UsageError

if TYPE_CHECKING:
    from dealproof.api import Answered
    from dealproof.settings.settings import Settings
    from dealproof.workbench.decisions import Decision
    from dealproof.workbench.effect import Since
    from dealproof.workbench.wanted_rows import Given

#: So many new questions are told after an answer; `dealproof questions` lists all.
_TOLD = 10


def answer(
    question: Annotated[str, typer.Argument(help="Id of a question, or its beginning.")] = "",
    value: Annotated[str, typer.Option(help="The right value, as the dataset prints it; - for nothing.")] = "",
    choose: Annotated[str, typer.Option(help="The letter of the right value: A, B, …")] = "",
    confirm: Annotated[bool, typer.Option("--confirm", help="The value that the dataset holds is right.")] = False,
    dismiss: Annotated[bool, typer.Option("--dismiss", help="The question does not matter.")] = False,
    field: Annotated[str, typer.Option(help="The field that a label means; - if it does not matter.")] = "",
    undo: Annotated[bool, typer.Option("--undo", help="Take the answer back; its row stays as a comment.")] = False,
    file: Annotated[Path | None, typer.Option(help="A sheet of questions, filled in (Excel or CSV).")] = None,
    reason: Annotated[str, typer.Option(help="Why.")] = "",
    by: Annotated[str, typer.Option(help="Who decides.")] = "",
    on: Annotated[
        str, typer.Option(parser=given_iso_day, metavar="DAY", help="Day of the decision (default: today).")
    ] = "",
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    debug: Debug = False,
) -> None:
    """Answer a question; the answer is kept in the mapping files and never asked for again. Answering again replaces it.

    Example: dealproof answer 3fa2b1c0 --value 0.26 --reason "page 4 prints 0.26" --by 王敏
    """
    from datetime import date

    settings = settings_of(mappings=mappings, workspace=workspace, store=store)
    day = on or date.today().isoformat()
    said = _words(value=value, choose=choose, confirm=confirm, dismiss=dismiss, field=field, undo=undo)
    if file is None and len(said) != 1:
        raise UsageError(
            "Say one of --value, --choose, --confirm, --dismiss, --field and --undo.", "See dealproof answer --help."
        )
    if file is not None and said:
        raise UsageError("The answers of a sheet stand in it.", "Leave the other answer out, or name one question.")
    if said and said[0][0] == "undo":
        _take_back(settings, question, by, day)
        return
    _take(settings, question, file, said[0] if said else ("", ""), reason, by, day)


def _words(
    *, value: str, choose: str, confirm: bool, dismiss: bool, field: str, undo: bool
) -> list[tuple[str, str]]:
    """What options say: the answer and the right value; one pair for each option that was given."""
    said = (
        (value, ("corrected", value)), (choose, (choose, "")), (confirm, ("confirmed", "")), (dismiss, ("dismissed", "")),
        (field, ("corrected", field)), (undo, ("undo", "")),
    )  # fmt: skip
    return [words for given, words in said if given]


def _take(
    settings: Settings, question: str, file: Path | None, given: tuple[str, str], reason: str, by: str, on: str
) -> None:
    """Take one answer, or those of a filled-in sheet. `given` is the answer and the right value."""
    from dealproof import api
    from dealproof.workbench.wanted_rows import Given

    if (file is None) == (not question):
        raise UsageError("Name one question, or a file with --file.", "See dealproof questions.")
    if file is not None:
        answers, source = _of_file(file, by, on), file.name
    else:
        answers, source = [Given(question, *given, reason, by, on, 0)], question
    _tell(api.answer(settings, answers, source))


def _take_back(settings: Settings, question: str, by: str, on: str) -> None:
    """Take an answer back and tell what stood there."""
    from dealproof import api

    if not question:
        raise UsageError("Name the question.", "See dealproof questions --answered.")
    _tell(api.take_back(settings, question, by, on))


def _tell(done: Answered) -> None:
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
    about = f" of {item.cell.table}.{item.cell.column} {item.cell.key_text}" if item.cell.table else ""
    return f"{item.what}{about} (by {item.decided_by}, {item.decided_on}); {item.where} is a comment now"


def _tell_since(since: Since) -> None:
    came = f", {len(since.came)} new" if since.came else ""
    typer.echo(f"Open questions: {since.before} before, {since.after} now ({since.closed} closed{came}).", err=True)
    values = since.values
    if values.new or values.changed or values.gone:
        tables = ", ".join(f"{table} {number}" for table, number in values.tables)
        where = f" ({tables})" if tables else ""
        typer.echo(
            f"Values in {values.documents} documents: {values.new} new{where}, {values.changed} changed, {values.gone} gone.", err=True
        )
    for row, reason in since.came[:_TOLD]:
        about = f"{row['table']}.{row['column'] or '-'} {row['key']}" if row["table"] else row["document_id"][:8]
        typer.echo(f"  new: {row['question_id'][:8]} {row['kind']} {about}, {reason}", err=True)
    if len(since.came) > _TOLD:
        typer.echo(f"  … and {len(since.came) - _TOLD} more new ones: dealproof questions", err=True)
    for row in since.unmoved:
        typer.echo(f"  still open: {row['question_id'][:8]} {row['kind']}: {row['prompt']}", err=True)


def _of_file(file: Path, by: str, on: str) -> Sequence[Given]:
    from dealproof.mappings.answers import given_answers
    from dealproof.workbench.wanted_rows import Given

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

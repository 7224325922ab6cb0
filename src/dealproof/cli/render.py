"""All printing of results: the closing summary to stderr, data to stdout."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from dealproof.api import RunReport
    from dealproof.settings import Settings


def closing_summary(report: RunReport, settings: Settings) -> None:
    """Failures first, then counts, then what waits for a person, then the next command."""
    for document in report.failed:
        typer.echo(f"FAILED  {document.message}", err=True)
    states = Counter(row["status"] for row in report.dataset.rows("documents"))
    counts = ", ".join(f"{states[name]} {name}" for name in ("ok", "partial", "unsupported", "failed") if states[name])
    pages = sum(document.pages for document in report.documents)
    typer.echo(f"{len(report.documents)} files, {pages} pages: {counts or 'nothing to read'}", err=True)
    values = len(report.dataset.rows("evidence"))
    questions = [row for row in report.dataset.rows("questions") if row["state"] == "open"]
    deals = len(report.dataset.rows("deals"))
    typer.echo(f"{deals} deals, {values} values with proof, {len(questions)} open questions", err=True)
    for kind, number in Counter(row["kind"] for row in questions).most_common():
        typer.echo(f"  {number:>4} {kind}", err=True)
    for source in report.outgrown:
        typer.echo(f"  {source.file_name}: today's labels want pages that were not read; run it again", err=True)
    for document_id in report.damaged:
        typer.echo(
            f"  document {document_id[:16]}… in the workspace is damaged and missing; run its PDF again", err=True
        )
    for source in report.undated:
        typer.echo(f"  {source.file_name} bears no date and is left out of a dataset as of a day", err=True)
    typer.echo(f"Dataset in {settings.out} ({settings.format}). Next: {_next(report)}", err=True)


def _next(report: RunReport) -> str:
    """The command that brings most: reading what is missing, else the document with most questions, else the columns."""
    if report.outgrown:
        return f"dealproof run '{report.outgrown[0].path}'"
    waiting = (row for row in report.dataset.rows("questions") if row["state"] == "open")
    asked = Counter(row["document_id"] for row in waiting if row["document_id"])
    paths = {document.source.document_id: document.source.path for document in report.documents}
    for document_id, _ in asked.most_common():
        if document_id in paths:
            return f"dealproof inspect '{paths[document_id]}' --explain"
    if report.failed:
        return f"dealproof run '{report.failed[0].source.path}', once it is mended"
    return "dealproof schema"


def wide_console() -> Console:
    """A console on stdout; wide enough for long names where it is no terminal."""
    from rich.console import Console

    return Console(width=None if sys.stdout.isatty() else 200)


def schema_tables(descriptions: Iterable[Any]) -> None:
    """Tables of the contract with every column explained, on stdout."""
    from rich.markup import escape
    from rich.table import Table

    console = wide_console()
    for table in descriptions:
        console.print(f"{table.name}  {table.en}  {table.zh}", highlight=False, markup=False, style="bold")
        grid = Table("column", "type", "unit", "meaning", "含义", box=None, pad_edge=False)
        for column in table.columns:
            name = f"{column.name} *" if column.key else column.name
            grid.add_row(*map(escape, (name, column.type, column.unit, column.en, column.zh)))
        console.print(grid)
        console.print()

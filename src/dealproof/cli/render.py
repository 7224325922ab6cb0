"""All printing of results: the closing summary to stderr, data to stdout."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import typer

from dealproof.text import printable

if TYPE_CHECKING:
    from rich.console import Console

    from dealproof.api import RunReport
    from dealproof.batch.plan import Plan
    from dealproof.errors import DealproofError
    from dealproof.settings import Settings


#: So many failed files are named one by one at the end of a run; `dealproof failures` names all.
NAMED = 20


def say(text: str, quiet: bool = False) -> None:
    """A line for people, on stderr."""
    if not quiet:
        typer.echo(printable(text), err=True)


def say_error(error: DealproofError) -> None:
    """An error on stderr: a line, its further lines indented, then what to do."""
    first, *more = error.message.split("\n")
    say(f"dealproof: {first}")
    for line in (*more, error.remedy):
        say(line if line.startswith("  ") else f"  {line}", quiet=not line)


def tell(*cells: str) -> None:
    """A line of data, on stdout; cells are parted by tabs."""
    typer.echo("\t".join(printable(cell) for cell in cells))


def closing_summary(report: RunReport, settings: Settings, quiet: bool = False) -> None:
    """Failures first, then counts, then what waits for a person, then the next command."""
    from dealproof import api

    for outcome in report.failed[:NAMED]:
        say(f"FAILED  {outcome.sentence}")
    if len(report.failed) > NAMED:
        say(f"FAILED  … and {len(report.failed) - NAMED} more: dealproof failures")
    for finding in api.unread_mappings(settings):
        say(f"NOT READ  {finding}")
    if quiet:
        return
    say(_files_line(report))
    summary = report.summary
    hung = f" (and {summary.children} that close with them)" if summary.children else ""
    say(f"{summary.deals} deals, {summary.values} values with proof, {summary.questions} open questions{hung}")
    if report.dataset is None:
        say(f"Nothing changed since the dataset in {settings.out} ({settings.format}) was written.")
        return
    for kind, number in summary.kinds.items():
        say(f"  {number:>4} {kind}")
    _left_out(report)
    if report.report is not None:
        say(f"Report: {report.report}")
    say(f"Dataset in {settings.out} ({settings.format}). Next: {_next(report)}")


def _files_line(report: RunReport) -> str:
    statuses = report.summary.statuses
    counts = ", ".join(f"{statuses[name]} {name}" for name in _STATUSES if statuses.get(name)) or "nothing to read"
    if not report.outcomes:
        return f"{sum(statuses.values())} documents: {counts}"
    pages = sum(outcome.pages for outcome in report.outcomes if outcome.state == "read")
    done = [
        f"{len(found)} {word}"
        for word, state in (("read", "read"), ("known", "known"), ("failed earlier", "stands"))
        if (found := report.in_state(state))
    ]
    copies = len([o for o in report.outcomes if not o.has_failed]) - len(report.documents)
    twice = f"; {copies} of them copies of others" if copies else ""
    new = f" ({', '.join(done)}{twice})" if done else ""
    return f"{len(report.outcomes)} files, {pages} pages: {counts}{new}"


_STATUSES = ("ok", "partial", "unsupported", "failed")


def _left_out(report: RunReport) -> None:
    for source in report.outgrown:
        say(f"  {source.file_name}: today's labels want pages that were not read; run it again")
    for document_id in report.damaged:
        say(f"  document {document_id[:16]}… in the workspace is damaged and missing; run its PDF again")
    for source in report.undated:
        say(f"  {source.file_name} bears no date and is left out of a dataset as of a day")


def _next(report: RunReport) -> str:
    """The command that brings most: reading what is missing, else the document with most questions, else the columns."""
    if report.outgrown:
        return f"dealproof run '{report.outgrown[0].path}'"
    asked = report.documents.get(report.summary.most_asked)
    if asked is not None:
        return "dealproof questions" if "://" in asked.path else f"dealproof inspect '{asked.path}' --explain"
    if report.failed:
        return f"dealproof run '{report.failed[0].item.place}', once it is mended"
    return "dealproof schema"


def dry_run_lines(plan: Plan) -> None:
    """What a run would read, on stdout: one line a file."""
    for item in plan.waiting:
        tell(f"read    {item.shown}")
    for outcome in plan.settled:
        if outcome.has_failed:
            tell(f"failed  {outcome.item.shown}")
    known = sum(not outcome.has_failed for outcome in plan.settled)
    say(f"{len(plan.waiting)} files would be read, {known} are known, {len(plan.settled) - known} failed earlier.")


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

"""All printing of results: the closing summary to stderr, data to stdout."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from dealproof.text import printable

if TYPE_CHECKING:
    from rich.console import Console

    from dealproof.api import Going, RunReport
    from dealproof.errors import DealproofError
    from dealproof.export.present import Leaving
    from dealproof.runs.outcome import Outcome
    from dealproof.runs.plan import Plan
    from dealproof.settings.settings import Settings


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


def closing_summary(report: RunReport, settings: Settings, quiet: bool = False, named: tuple[str, ...] = ()) -> None:
    """Failures first, then counts, then what waits for a person, then the step that is due.

    `named` are files that are no PDFs and were named before.
    """
    from dealproof import api

    told = {outcome.item.location: outcome for outcome in (*report.failing, *report.dismissed)}
    _failures([told.get(outcome.item.location, outcome) for outcome in report.failed], "FAILED")
    _failures(report.failed_earlier if report.outcomes else (), "FAILED EARLIER")
    for finding in api.unread_mappings(settings):
        say(f"NOT READ  {finding}")
    if quiet:
        return
    _replaced(report)
    if report.others != named:
        _other_files(report.others)
    say(_files_line(report))
    summary = report.summary
    hung = f" (and {summary.children} that close with them)" if summary.children else ""
    say(f"{summary.deals} deals, {summary.values} values with proof, {summary.questions} open questions{hung}")
    if report.dataset is None:
        say(
            f"Nothing changed since the dataset in {settings.out} ({settings.format}) was written. "
            f"{_next(report, settings)}"
        )
        return
    for kind, number in summary.kinds.items():
        say(f"  {number:>4} {kind}")
    _left_out(report)
    if report.report is not None:
        say(f"Report: {report.report}")
    say(f"Dataset in {settings.out} ({settings.format}). {_next(report, settings)}")


def leaving_lines(going: Leaving) -> None:
    """What a dataset is going to leave out, before it is written."""
    say(f"These leave the dataset in {going.folder}; the store keeps them:")
    _going(going)


def going_lines(wanted: Going) -> None:
    """What is going to be forgotten, before anything is."""
    say(f"{len(wanted.documents)} documents are to be forgotten:")
    for item in wanted.documents[:NAMED]:
        say(f"  {item.file_name} ({item.location or f'no file any more, document {item.document_id[:16]}…'})")
    if len(wanted.documents) > NAMED:
        say(f"  … and {len(wanted.documents) - NAMED} more")
    if wanted.leaving.documents:
        say(f"What the dataset in {wanted.leaving.folder} loses:")
        _going(wanted.leaving)
    for place in wanted.still_there[:NAMED]:
        say(f"  {place} still lies there: the next run over its folder reads it again, unless it is taken away")


def _going(going: Leaving) -> None:
    for item in going.documents[:NAMED]:
        deal = f" of {item.deal_id}" if item.deal_id else ""
        say(f"  {item.file_name}: {item.values} values{deal}")
    if len(going.documents) > NAMED:
        say(f"  … and {len(going.documents) - NAMED} more documents")
    if going.deals:
        say(f"  Nothing would be left of {len(going.deals)} deals: {_some(going.deals)}")


def _failures(failed: Sequence[Outcome], word: str) -> None:
    for outcome in failed[:NAMED]:
        say(f"{word}  {outcome.sentence}")
    if len(failed) > NAMED:
        say(f"{word}  … and {len(failed) - NAMED} more: dealproof failures")


def _replaced(report: RunReport) -> None:
    for item in report.replaced[:NAMED]:
        say(
            f"REPLACED  {item.file_name} is another file than before: the values of the earlier one no longer count. "
            "To keep both, hand the earlier one in under a name of its own."
        )
    if len(report.replaced) > NAMED:
        say(f"REPLACED  … and {len(report.replaced) - NAMED} more")


def _other_files(names: Sequence[str]) -> None:
    if names:
        many = "1 other file is" if len(names) == 1 else f"{len(names)} other files are"
        say(f"{many} not read: {_some(names)}")


def _some(names: Sequence[str], most: int = 5) -> str:
    return ", ".join(names[:most]) + (f" and {len(names) - most} more" if len(names) > most else "")


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
    read = [outcome.document_id for outcome in report.outcomes if not outcome.has_failed]
    copies = len(read) - len(set(read))
    twice = f"; {copies} of them copies of others" if copies else ""
    new = f" ({', '.join(done)}{twice})" if done else ""
    return f"{len(report.outcomes)} files, {pages} pages{new}; in the dataset {sum(statuses.values())}: {counts}"


_STATUSES = ("ok", "partial", "unsupported", "failed")


def _left_out(report: RunReport) -> None:
    for source in report.outgrown:
        say(f"  {source.file_name}: today's labels want pages that were not read; run it again")
    for document_id in report.damaged:
        say(f"  document {document_id[:16]}… in the workspace is damaged and missing; run its PDF again")
    for source in report.undated:
        say(f"  {source.file_name} bears no date and is left out of a dataset as of a day")


def _next(report: RunReport, settings: Settings) -> str:
    """The step that is due: pages that wait to be read, then failures, then questions; a command that works as it stands."""
    place = _place(settings)
    waiting = [source.path for source in report.outgrown if "://" in source.path or os.path.exists(source.path)]
    if waiting:
        return f"Next: dealproof run {shlex.quote(waiting[0])}{place}"
    if report.failed or report.failed_earlier:
        return f"Next: dealproof failures{place}"
    if report.summary.questions:
        return f"Next: dealproof questions{place}"
    return "Nothing is due."


def _place(settings: Settings) -> str:
    """The options that say where, as they were given: without them the next command would look elsewhere. A store's URL may
    hold a password, and is left to the person."""
    given = [name for name in ("workspace", "mappings") if dict(settings.origin).get(name) == "option"]
    said = "".join(f" --{name} {shlex.quote(str(getattr(settings, name)))}" for name in given)
    return said + (" --store …" if dict(settings.origin).get("store") == "option" else "")


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

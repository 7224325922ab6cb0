"""`dealproof run`: options, the watch, the dry run, and what the exit code says."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from dealproof.cli.common import Debug, FailOn, Format, Mappings, Out, StoreUrl, Workspace, gate, settings_of
from dealproof.errors import ExitCode, MappingError, StoreError

if TYPE_CHECKING:
    from dealproof.api import RunReport
    from dealproof.settings.settings import Settings

#: Seconds between two looks at a watched folder; a file is taken when it is the same at both.
PERIOD = 5.0


def run(
    paths: Annotated[
        list[str] | None, typer.Argument(help="PDFs, folders that are searched for PDFs, or URLs (s3://…).")
    ] = None,
    out: Out = None,
    jobs: Annotated[int | None, typer.Option(help="Files read at once (default: number of cores, 4 at most).")] = None,
    format_: Format = None,
    mappings: Mappings = None,
    workspace: Workspace = None,
    store: StoreUrl = None,
    again: Annotated[bool | None, typer.Option("--again", help="Read files again even if they are known.")] = None,
    failed_only: Annotated[
        bool, typer.Option("--failed-only", help="Read only files that failed before (all of them without PATHS).")
    ] = False,
    only_these: Annotated[
        bool, typer.Option("--only-these", help="A dataset of these files only; says what leaves the present one.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be read, and read nothing.")] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Go on and take new files once they stop growing.")] = False,
    cluster: Annotated[str | None, typer.Option(help="Read on a Dask cluster: tcp://scheduler:8786, or local.")] = None,
    seconds: Annotated[int | None, typer.Option(help="Most seconds of computing for one file (default: 600).")] = None,
    memory: Annotated[str | None, typer.Option(help="Most memory for one file (default: 4 GB).")] = None,
    pages: Annotated[int | None, typer.Option(help="Most pages of one file (default: 5000).")] = None,
    ocr_pages: Annotated[
        int | None, typer.Option(help="Most pages of one file that are recognised from images (default: 30).")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but failures.")] = False,
    fail_on: FailOn = "",
    debug: Debug = False,
) -> None:
    """Read all PDFs and write the dataset of everything in the store. Known files are not read again.

    Example: dealproof run incoming/ --out out --format xlsx
    """
    from dealproof.cli.render import dry_run_lines

    settings = settings_of(
        out=out, jobs=jobs, format=format_, mappings=mappings, workspace=workspace, store=store, again=again,
        cluster=cluster, seconds=seconds, memory=memory, pages=pages, ocr_pages=ocr_pages,
    )  # fmt: skip
    places = paths or []
    if dry_run:
        from dealproof import api

        dry_run_lines(api.plan(places, settings, failed_only))
        return
    if watch:
        _watch(places, settings, quiet, only_these)
    report = _once(places, settings, failed_only, quiet, only_these)
    raise typer.Exit(_code(report) or gate(report, fail_on))


def _once(places: list[str], settings: Settings, failed_only: bool, quiet: bool, only_these: bool) -> RunReport:
    from dealproof import api
    from dealproof.cli.progress import Progress
    from dealproof.cli.render import closing_summary

    with Progress(settings.jobs, quiet) as progress:
        report = api.run(places, settings, progress.watchers, failed_only, only_these=only_these)
    closing_summary(report, settings, quiet)
    return report


def _watch(places: list[str], settings: Settings, quiet: bool, only_these: bool) -> None:
    """Run whenever files came or changed and have stopped growing; ends with Ctrl-C only."""
    from dealproof import api
    from dealproof.cli.progress import Progress
    from dealproof.cli.render import closing_summary, say, say_error

    seen: dict[str, tuple[int, int]] = {}
    done: dict[str, tuple[int, int]] = {}
    told = ""
    others: tuple[str, ...] = ()
    say(f"Watching {', '.join(places)}; Ctrl-C ends.", quiet)
    while True:
        items = api.look_around(places)
        now = {item.location: (item.size, item.modified) for item in items}
        ready = [item for item in items if seen.get(item.location) == now[item.location]]
        rest = {item.location: now[item.location] for item in ready}
        if ready and rest != done:
            try:
                with Progress(settings.jobs, quiet) as progress:
                    report = api.run(places, settings, progress.watchers, items=ready, only_these=only_these)
            except (MappingError, StoreError) as error:  # a watch outlives a mistyped row and a restarted database
                if str(error) != told:
                    say_error(error)
                told = str(error)
            else:
                closing_summary(report, settings, quiet, named=others)
                done, told, others = rest, "", report.others
        seen = now
        time.sleep(PERIOD)


def _code(report: RunReport) -> int:
    """Failures decide, of this run and of earlier ones, until a person says that they know of them."""
    nothing = len(report.in_state("failed", "stands")) == len(report.outcomes)
    dismissed = {outcome.item.location for outcome in report.dismissed}
    new = [outcome for outcome in report.failed if outcome.item.location not in dismissed]
    if new and nothing:
        return ExitCode.NOTHING_READ
    return ExitCode.SOME_FAILED if new or report.failed_earlier else ExitCode.DONE

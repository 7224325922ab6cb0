"""Progress on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from dealproof.batch.outcome import Outcome
from dealproof.batch.plan import Plan
from dealproof.cli.render import say

#: Without a terminal, one line is printed after this many files (and for every failure).
EVERY = 25


class Progress:
    """Counts files, pages and failures while a run goes on; use as a context manager."""

    def __init__(self, jobs: int, quiet: bool = False) -> None:
        self._jobs, self._quiet = jobs, quiet
        self._files = self._done = self._pages = self._failed = 0
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def planned(self, plan: Plan) -> None:
        """Say what is going to be read, where it is worth waiting for."""
        self._files = len(plan.waiting)
        if self._files < 2:
            return
        settled = len(plan.settled)
        known = f", {settled} known" if settled else ""
        workers = min(self._jobs, self._files)
        say(f"Reading {self._files} files{known}, {workers} at a time.", self._quiet)
        if sys.stderr.isatty() and not self._quiet:
            self._start_bar()

    def _start_bar(self) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        self._bar = Bar(
            TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}", markup=False),
            TextColumn("left"), TimeRemainingColumn(), console=Console(stderr=True), transient=True,
        )  # fmt: skip
        self._bar.start()
        self._task = self._bar.add_task("", total=self._files)

    def done(self, outcome: Outcome) -> None:
        """Count one finished file."""
        self._done += 1
        self._pages += outcome.pages
        self._failed += outcome.has_failed
        counts = f"{self._pages} pages, {self._failed} failed"
        if self._bar is not None:
            self._bar.update(self._task, advance=1, description=f"{counts}, {outcome.item.name[-36:]}")
        elif outcome.has_failed:
            say(f"failed: {outcome.message}", quiet=False)
        elif self._done % EVERY == 0:
            say(f"{self._done} of {self._files} files, {counts}", self._quiet)

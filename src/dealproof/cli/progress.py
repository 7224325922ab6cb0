"""Progress on stderr: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from types import TracebackType
from typing import Any

from dealproof.interpret.result import Interpretation

#: Without a terminal, one line is printed after this many files (and for every failure).
EVERY = 25


class Progress:
    """Counts files, pages and failures while a run goes on; use as a context manager."""

    def __init__(self, files: int) -> None:
        self._files = files
        self._done = self._pages = self._failed = 0
        self._bar: Any = None
        self._task: Any = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty() and self._files:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
            from rich.progress import Progress as Bar

            self._bar = Bar(
                TextColumn("reading"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"),
                TimeRemainingColumn(), console=Console(stderr=True), transient=True,
            )  # fmt: skip
            self._bar.start()
            self._task = self._bar.add_task("", total=self._files)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._bar is not None:
            self._bar.stop()

    def done(self, document: Interpretation) -> None:
        """Count one finished file."""
        self._done += 1
        self._pages += document.pages
        failed = document.status == "failed"
        self._failed += failed
        if self._bar is not None:
            words = f"{self._pages} pages, {self._failed} failed, {document.source.file_name[-36:]}"
            self._bar.update(self._task, advance=1, description=words)
        elif failed:
            print(f"failed: {document.message}", file=sys.stderr)  # noqa: T201  # the command line prints here
        elif self._done % EVERY == 0:
            print(f"{self._done} of {self._files} files, {self._pages} pages", file=sys.stderr)  # noqa: T201  # as above

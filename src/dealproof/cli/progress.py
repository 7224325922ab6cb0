"""Progress on stderr: a bar on a terminal, elsewhere a line from time to time, whatever the program is doing."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Callable, Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Any

from dealproof.cli.render import leaving_lines, say
from dealproof.runs.forked import RESTING
from dealproof.runs.watchers import Watchers

if TYPE_CHECKING:
    from dealproof.runs.outcome import InHand, Outcome
    from dealproof.runs.plan import Plan

#: Without a terminal nobody waits longer than 30 seconds for a line; this is when one becomes due.
EVERY = 25.0
#: So many bytes are taken for a page (ordinary text) until files that were read tell better.
PAGE = 50_000
#: Held while the thread of a progress speaks, so that nobody forks a copy of it in the middle of a line.
_SPEAKING = threading.Lock()
if hasattr(os, "register_at_fork"):
    os.register_at_fork(before=_SPEAKING.acquire, after_in_parent=_SPEAKING.release, after_in_child=_SPEAKING.release)


class Progress:
    """Counts files, pages and failures while a run or a build goes on; use as a context manager.

    Pages of files that wait are told from their size, by what files of this run had: opening ten thousand files to count
    pages would take longer than many a run.
    """

    def __init__(self, jobs: int, quiet: bool = False, clock: Callable[[], float] = time.monotonic) -> None:
        self._jobs, self._quiet, self._clock = jobs, quiet, clock
        self._phase, self._since, self._told = "", clock(), clock()
        self._files = self._done = self._pages = self._failed = 0
        self._bytes_left = self._bytes_read = 0
        self._hands: Sequence[InHand] = ()
        self._bar: Any = None
        self._task: Any = None
        self._over = threading.Event()
        self._teller = threading.Thread(target=self._tell, name=RESTING, daemon=True)

    def __enter__(self) -> Progress:
        if not self._quiet:
            self._teller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._over.set()
        self._stop_bar()
        if self._teller.is_alive():
            self._teller.join()

    @property
    def watchers(self) -> Watchers:
        """What a run calls to keep this informed."""
        return Watchers(self.planned, self.done, self.working, self.phase, leaving_lines)

    def planned(self, plan: Plan) -> None:
        """Say what is going to be read, where it is worth waiting for."""
        self.phase("reading")
        self._files = len(plan.waiting)
        self._bytes_left = sum(_size(item.size) for item in plan.waiting)
        if self._files < 2:
            return
        settled = len(plan.settled)
        known = f", {settled} known" if settled else ""
        workers = min(self._jobs, self._files)
        say(f"Reading {self._files} files{known}, {workers} at a time.", self._quiet)
        if sys.stderr.isatty() and not self._quiet:
            self._start_bar()

    def phase(self, what: str) -> None:
        """What is done from now on."""
        self._stop_bar()
        self._phase, self._since = what, self._clock()

    def working(self, hands: Sequence[InHand]) -> None:
        """The files in hand."""
        self._hands = hands
        if self._bar is not None:
            self._bar.update(self._task, description=f"{self._counts()}{self._slowest()}")

    def done(self, outcome: Outcome) -> None:
        """Count one finished file."""
        self._done += 1
        self._pages += outcome.pages
        self._failed += outcome.has_failed
        size = _size(outcome.item.size)
        self._bytes_left -= size
        self._bytes_read += size if outcome.pages else 0
        self._hands = [hand for hand in self._hands if hand.item.location != outcome.item.location]
        if self._bar is not None:
            self._bar.update(self._task, advance=1, description=f"{self._counts()}, {outcome.item.name[-36:]}")
        elif outcome.has_failed:
            say(f"failed: {outcome.message}", quiet=False)

    @property
    def line(self) -> str:
        """Where things stand: in a run files, pages done and left, time left, and the file that takes longest."""
        passed = _duration(self._clock() - self._since)
        if not self._files or self._phase != "reading":
            return f"{self._phase or 'starting'}, for {passed}"
        return f"{self._done} of {self._files} files, {self._counts()}, {self._time_left()}{self._slowest()}"

    def _counts(self) -> str:
        failed = f", {self._failed} failed" if self._failed else ""
        return f"{self._pages_done():,} pages done, about {self._pages_left():,} left{failed}"

    def _pages_done(self) -> int:
        return self._pages + sum(hand.done for hand in self._hands)

    def _pages_left(self) -> int:
        page = self._bytes_read / self._pages if self._pages and self._bytes_read else PAGE
        in_hand = sum(_size(hand.item.size) for hand in self._hands)
        waiting = max(0, self._bytes_left - in_hand) / page
        held = sum(hand.pages - hand.done if hand.pages else _size(hand.item.size) / page for hand in self._hands)
        return max(self._files - self._done, round(waiting + held))

    def _time_left(self) -> str:
        done = self._pages_done()
        if not done:
            return "time left not known yet"
        return f"about {_duration((self._clock() - self._since) * self._pages_left() / done)} left"

    def _slowest(self) -> str:
        if not self._hands:
            return ""
        hand = max(self._hands, key=lambda one: one.seconds)
        pages = f", {hand.done} of {hand.pages} pages" if hand.pages else ""
        return f"; longest in hand: {hand.item.name} ({_duration(hand.seconds)}{pages})"

    def _tell(self) -> None:
        while not self._over.wait(min(1.0, EVERY / 4)):
            with _SPEAKING:
                if self._bar is None and self._clock() - self._told >= EVERY:
                    self._told = self._clock()
                    say(self.line)

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

    def _stop_bar(self) -> None:
        if self._bar is not None:
            self._bar.stop()
            self._bar = None


def _size(size: int) -> int:
    return size if size > 0 else PAGE


def _duration(seconds: float) -> str:
    if seconds < 100:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 6000 else f"{seconds / 3600:.1f} h"

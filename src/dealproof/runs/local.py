"""Many files on this machine: as many workers as `--jobs` says, each with one file in hand."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, replace

from dealproof.runs.forked import may_fork
from dealproof.runs.inputs import Input
from dealproof.runs.outcome import InHand, Outcome
from dealproof.runs.worker import Worker, outcome_of, read_in
from dealproof.settings.settings import Settings
from dealproof.store.database import close_store, open_store

#: How long a file rests that another program is reading just now, in seconds.
_REST = 0.5
#: So often whoever watches is told what is in hand, in seconds.
_LOOK = 1.0


@dataclass(frozen=True, slots=True)
class _Try:
    """A file to read; `number` counts the tries, `after` is when it may begin, `since` when it began."""

    item: Input
    number: int = 1
    after: float = 0.0
    since: float = 0.0


def read_here(
    items: Sequence[Input], settings: Settings, log: str, working: Callable[[Sequence[InHand]], None] = lambda _: None
) -> Iterator[Outcome]:
    """Read files in worker processes and give each outcome as it is known; a file's end is never another's.

    `working` is told every second what is in hand.
    """
    waiting = deque(_Try(item) for item in items)
    workers = _workers(min(settings.jobs, len(items)), settings, log)
    idle = list(reversed(workers))
    busy: dict[Future[Outcome], tuple[Worker, _Try]] = {}
    looked = time.monotonic()
    try:
        while waiting or busy:
            while idle and (one := _next(waiting)) is not None:
                worker = idle.pop()
                busy[read_in(worker, one.item, settings)] = worker, replace(one, since=time.monotonic())
            if not busy:
                time.sleep(_REST)
                continue
            rest = _REST if waiting and idle else _LOOK
            for future in wait(busy, timeout=rest, return_when=FIRST_COMPLETED).done:
                worker, one = busy.pop(future)
                outcome = outcome_of(future, one.item, settings, worker, last_try=one.number > 1)
                idle.append(worker)
                if outcome is None:
                    waiting.appendleft(_Try(one.item, one.number + 1))
                elif outcome.state == "busy":
                    waiting.append(_Try(one.item, one.number, time.monotonic() + _REST))
                else:
                    yield outcome
            if time.monotonic() - looked >= _LOOK:
                looked = time.monotonic()
                working(tuple(_in_hand(worker, one, looked) for worker, one in busy.values()))
    finally:
        for worker in workers:
            worker.stop()


def _workers(number: int, settings: Settings, log: str) -> list[Worker]:
    """Workers, of which the first, that begins at once, is a copy of this program where it may be."""
    fork = may_fork() and open_store(settings).is_sqlite
    if fork:
        close_store(settings)
    return [Worker(log, fork and place == 0) for place in range(number)]


def _in_hand(worker: Worker, one: _Try, now: float) -> InHand:
    return InHand(one.item, now - one.since, *worker.gauge)


def _next(waiting: deque[_Try]) -> _Try | None:
    """Take the first file that may begin now."""
    now = time.monotonic()
    for place, one in enumerate(waiting):
        if one.after <= now:
            del waiting[place]
            return one
    return None

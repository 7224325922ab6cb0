"""Many files on this machine: as many workers as `--jobs` says, each with one file in hand."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from dealproof.batch.inputs import Input
from dealproof.batch.outcome import Outcome
from dealproof.batch.worker import Worker, outcome_of, read_in
from dealproof.settings import Settings

#: How long a file rests that another program is reading just now, in seconds.
_REST = 0.5


@dataclass(frozen=True, slots=True)
class _Try:
    """A file to read; `number` counts the tries, `after` is when it may begin."""

    item: Input
    number: int = 1
    after: float = 0.0


def read_here(items: Sequence[Input], settings: Settings, log: str) -> Iterator[Outcome]:
    """Read files in worker processes and give each outcome as it is known; a file's end is never another's."""
    waiting = deque(_Try(item) for item in items)
    workers = [Worker(log) for _ in range(min(settings.jobs, len(items)))]
    idle = list(workers)
    busy: dict[Future[Outcome], tuple[Worker, _Try]] = {}
    try:
        while waiting or busy:
            while idle and (one := _next(waiting)) is not None:
                worker = idle.pop()
                busy[read_in(worker, one.item, settings)] = worker, one
            if not busy:
                time.sleep(_REST)
                continue
            for future in wait(busy, timeout=_REST if waiting and idle else None, return_when=FIRST_COMPLETED).done:
                worker, one = busy.pop(future)
                outcome = outcome_of(future, one.item, settings, worker, last_try=one.number > 1)
                idle.append(worker)
                if outcome is None:
                    waiting.appendleft(_Try(one.item, one.number + 1))
                elif outcome.state == "busy":
                    waiting.append(_Try(one.item, one.number, time.monotonic() + _REST))
                else:
                    yield outcome
    finally:
        for worker in workers:
            worker.stop()


def _next(waiting: deque[_Try]) -> _Try | None:
    """Take the first file that may begin now."""
    now = time.monotonic()
    for place, one in enumerate(waiting):
        if one.after <= now:
            del waiting[place]
            return one
    return None

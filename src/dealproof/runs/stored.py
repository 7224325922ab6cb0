"""Stored documents understood with today's labels: those whose facts are not current, in worker processes if many."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool

from pebble import ProcessExpired

from dealproof.model.evidence import Source
from dealproof.runs.facts import recall_all, refuse_invalid_labels, stale, understand
from dealproof.runs.worker import Worker
from dealproof.settings.limits import Limits
from dealproof.settings.settings import Settings
from dealproof.store.facts import Understood

#: So many documents are worth the start of worker processes, which take this many at a time.
MANY, AT_A_TIME = 16, 8
#: Interpretation opens no file; what it may cost is a matter of the program, not of strangers.
_LIMITS = Limits(seconds=3600)

_Named = tuple[str, Source | None]
_log = logging.getLogger(__name__)


def read_stored(
    sources: Mapping[str, Source | None], settings: Settings, log: str = ""
) -> Iterator[tuple[str, Understood | None]]:
    """Documents in the order of their ids, understood with today's labels; None for a damaged one."""
    refuse_invalid_labels(settings)
    refresh(stale(sources, settings), settings, log)
    for document_id, known in recall_all(sources, settings):
        yield document_id, known or understand(document_id, sources[document_id], settings)


def refresh(documents: Sequence[_Named], settings: Settings, log: str = "") -> None:
    """Interpret stored documents and keep their facts."""
    if settings.jobs == 1 or len(documents) < MANY:
        _understand(documents, settings)
        return
    waiting = deque(tuple(documents[first : first + AT_A_TIME]) for first in range(0, len(documents), AT_A_TIME))
    workers = [Worker(log) for _ in range(min(settings.jobs, len(waiting)))]
    idle = list(workers)
    busy: dict[Future[None], tuple[Worker, tuple[_Named, ...]]] = {}
    try:
        while waiting or busy:
            while waiting and idle:
                worker, some = idle.pop(), waiting.popleft()
                busy[worker.submit(_understand, _LIMITS, some, settings)] = worker, some
            for future in wait(busy, return_when=FIRST_COMPLETED).done:
                worker, some = busy.pop(future)
                _settle(future, worker, some, settings)
                idle.append(worker)
    finally:
        for worker in workers:
            worker.stop()


def _settle(future: Future[None], worker: Worker, some: Sequence[_Named], settings: Settings) -> None:
    try:
        future.result()
    except (ProcessExpired, BrokenProcessPool):
        _log.warning("A worker process died; its documents are interpreted here.")
        worker.replace()
        _understand(some, settings)


def _understand(some: Iterable[_Named], settings: Settings) -> None:
    for document_id, source in some:
        understand(document_id, source, settings)

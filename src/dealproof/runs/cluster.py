"""Many files on many machines: Dask distributed hands them out, each of its workers reads them as this machine would.

A task on a cluster runs the same `Worker` as a run at home, so that time, memory and pages of a file are limited and its
crash costs that file alone. What is read goes from there straight into the store, which all machines must reach.
"""

from __future__ import annotations

import logging
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from dealproof.errors import EngineMissingError, UsageError
from dealproof.runs.inputs import Input
from dealproof.runs.outcome import Outcome
from dealproof.runs.worker import Worker, outcome_of, read_in
from dealproof.settings.settings import Settings

#: Files handed out at once for each thread of the cluster: enough that none idles, few enough to end quickly.
_AHEAD = 2
_own = threading.local()


def read_there(items: Sequence[Input], settings: Settings, log: str) -> Iterator[Outcome]:
    """Read files on a Dask cluster and give each outcome as it is known.

    Raises EngineMissingError when Dask is not installed, UsageError when the scheduler cannot be reached.
    """
    _refuse_a_store_of_one_machine(settings)
    with ExitStack() as stack:
        client = _client(settings, stack)
        waiting = deque(items)
        ahead = _AHEAD * max(1, sum(client.nthreads().values()))
        first = [_send(client, waiting.popleft(), settings) for _ in range(min(ahead, len(waiting)))]
        done = _dask().as_completed(first)
        for future in done:
            outcome: Outcome = future.result()
            if outcome.state == "busy":
                waiting.append(outcome.item)
            if waiting:
                done.add(_send(client, waiting.popleft(), settings))
            if outcome.state != "busy":
                yield outcome


def read_on_worker(item: Input, settings: Settings) -> Outcome:
    """Read one file on a machine of the cluster, in a process of its own that this thread keeps."""
    worker = getattr(_own, "worker", None)
    if worker is None:
        worker = _own.worker = Worker("")
    for last_try in (False, True):
        outcome = outcome_of(read_in(worker, item, settings), item, settings, worker, last_try)
        if outcome is not None:
            return outcome
    raise AssertionError("a last try has an outcome")


def _refuse_a_store_of_one_machine(settings: Settings) -> None:
    host = urlsplit(settings.cluster).hostname
    here = settings.cluster == "local" or host in ("localhost", "127.0.0.1", "::1")
    if not here and (not settings.store or settings.store.startswith("sqlite")):
        raise UsageError(
            "The machines of a cluster need a store that all of them reach.",
            "Name a PostgreSQL one: --store postgresql+psycopg://USER@HOST/NAME.",
        )


def _send(client: Any, item: Input, settings: Settings) -> Any:
    return client.submit(read_on_worker, item, settings, pure=False, retries=2)


def _dask() -> Any:
    try:
        return import_module("distributed")
    except ImportError as error:
        raise EngineMissingError("--cluster needs Dask.", "Install dealproof[cluster].") from error


def _client(settings: Settings, stack: ExitStack) -> Any:
    dask = _dask()
    logging.getLogger("distributed").setLevel(logging.ERROR)
    if settings.cluster != "local":
        try:
            return stack.enter_context(dask.Client(settings.cluster, timeout="10s"))
        except (OSError, ValueError, TimeoutError) as error:
            raise UsageError(
                f"The scheduler {settings.cluster} cannot be reached.", "Start it, or correct --cluster."
            ) from error
    stack.enter_context(import_module("dask").config.set({"distributed.worker.daemon": False}))
    cluster = stack.enter_context(
        dask.LocalCluster(n_workers=settings.jobs, threads_per_worker=1, dashboard_address=None, processes=True)
    )
    return stack.enter_context(dask.Client(cluster))

"""One worker: a process that does one task at a time within limits, and is replaced when it dies or hangs.

Every worker has a pool of its own, of one process (pebble): workers share no lock, so that one which is killed in an
unlucky moment costs nobody else.
"""

from __future__ import annotations

import logging
import math
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator, MutableSequence
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import active_children, current_process, get_context
from multiprocessing.process import BaseProcess
from multiprocessing.resource_tracker import ensure_running
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from dealproof.errors import UsageError
from dealproof.pages.ocr.engine import is_loaded
from dealproof.runs.forked import ForkOnce
from dealproof.runs.inputs import Input
from dealproof.runs.log import hush_libraries, log_to_file
from dealproof.runs.outcome import Outcome
from dealproof.runs.reading import failure, out_of_memory, read_one, show_pages_on
from dealproof.settings.limits import Limits
from dealproof.settings.settings import Settings
from dealproof.store.locks import close_inherited

R = TypeVar("R")
#: A worker is renewed after so many tasks, so that what a library leaks does not grow for weeks.
TASKS = 200
#: So much later than the pool a worker ends itself, should nobody be left to end it.
GRACE = 30
#: Address space (bytes) that the recogniser's models, buffers and threads take of a worker once one page was recognised;
#: it stays with the worker and is no file's fault, so that no file's limit counts it.
RECOGNISER = 2 << 30
#: Signals after which a file is tried once more: it need not have been the file's fault.
_KILLED = (-signal.SIGKILL, -signal.SIGTERM)
#: The signal by which the system ends a process that has computed for longer than it may; no signal has the number 0.
_OUT_OF_TIME = int(getattr(signal, "SIGXCPU", 0))


class Worker:
    """A process for one task at a time. With `fork` the first one is a copy of this program as it is at the first task; the
    caller has let go of the store, and asked whether it may (`forked.may_fork`)."""

    def __init__(self, log: str, fork: bool = False) -> None:
        _refuse_where_no_process_may_start()
        self._log, self._fork, self._tasks = log, fork, 0
        self._context = get_context("spawn")
        self._gauge = self._context.RawArray("l", 2)
        self._processes: set[BaseProcess] = set()
        self._pool = self._new()

    @property
    def gauge(self) -> tuple[int, int]:
        """Pages of the file in hand (0: not known yet), and how many of them are done."""
        return self._gauge[0], self._gauge[1]

    def submit(self, task: Callable[..., R], limits: Limits, *arguments: object) -> Future[R]:
        """Do a task within limits; the future ends with its result, or with what `trouble` explains."""
        self._gauge[:] = [0, 0]
        self._tasks += 1
        if self._fork and self._tasks > TASKS:
            self.replace()
        for _ in range(2):
            before = set(active_children())
            try:
                with suppress(BrokenProcessPool, RuntimeError), _deaf(self._fork):
                    return self._pool.schedule(_limited, (task, limits, arguments), timeout=limits.wall_seconds)
            finally:
                self._processes |= set(active_children()) - before
            self.replace()
        raise BrokenProcessPool("no worker process can be started")

    def replace(self) -> None:
        """Start anew with a process of its own."""
        self.stop()
        self._fork = False
        self._pool = self._new()

    def bury(self) -> None:
        """Take note that the process died: a pool starts another one by itself, unless it was forked."""
        if self._fork:
            self.replace()

    def stop(self) -> None:
        """End the process, whatever it is doing; one that is just starting must not live to miss its pool."""
        for process in self._processes:
            with suppress(ValueError):
                process.kill()
        self._processes.clear()
        self._pool.stop()  # type: ignore[no-untyped-call]  # pebble leaves this one without types
        self._pool.join()

    def _new(self) -> ProcessPool:
        arguments = (self._log, os.getpid(), self._gauge)
        if self._fork:
            return ProcessPool(1, initializer=start_worker, initargs=arguments, context=ForkOnce())
        return ProcessPool(1, TASKS, initializer=start_worker, initargs=arguments, context=self._context)


@contextmanager
def _deaf(forked: bool) -> Iterator[None]:
    """Processes that are started meanwhile never hear a stop, not even before their first line of ours."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    if not forked:
        ensure_running()  # starting Python's resource tracker would open its ears again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _refuse_where_no_process_may_start() -> None:
    """Say why, where a worker would never come to life: the caller would wait for it without end."""
    here = current_process()
    if getattr(here, "_inheriting", False):
        raise UsageError(
            "This script starts worker processes while it is being imported by one.",
            'Put what it does under: if __name__ == "__main__":',
        )
    if here.daemon:
        raise UsageError(
            "The workers of this cluster may not start processes, which reading files safely needs.",
            "Start them with DASK_DISTRIBUTED__WORKER__DAEMON=False in their environment, or with --no-nanny.",
        )


def start_worker(log: str, parent: int, gauge: MutableSequence[int]) -> None:
    """Ctrl-C and a scheduler's stop are the parent's business; a worker whose parent is gone ends."""
    show_pages_on(gauge)
    close_inherited()
    logging.getLogger().handlers.clear()  # a copy of the program must not speak on its screen
    for stop in (signal.SIGINT, signal.SIGTERM):
        signal.signal(stop, signal.SIG_IGN)
    hush_libraries()
    log_to_file(log)
    threading.Thread(target=_end_with, args=(parent,), daemon=True).start()


def _end_with(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)


def _limited(task: Callable[..., R], limits: Limits, arguments: tuple[object, ...]) -> R:
    """A task under limits of memory and computing, with an alarm for the case that the parent, which has the clock, is
    gone."""
    with suppress(ImportError, ValueError, OSError):  # no such limits on this system: files are read without
        import resource

        room = limits.memory + (RECOGNISER if is_loaded() else 0)
        _limit(resource.RLIMIT_AS, room)
        used = resource.getrusage(resource.RUSAGE_SELF)
        _limit(resource.RLIMIT_CPU, math.ceil(used.ru_utime + used.ru_stime) + limits.seconds)
    if hasattr(signal, "alarm"):
        signal.alarm(limits.wall_seconds + GRACE)
    try:
        return task(*arguments)
    finally:
        if hasattr(signal, "alarm"):
            signal.alarm(0)
        with suppress(ImportError, ValueError, OSError):
            _limit(resource.RLIMIT_CPU, resource.RLIM_INFINITY)


def _limit(what: int, most: int) -> None:
    """Set a limit of this process, as far as the system lets it."""
    import resource

    hard = resource.getrlimit(what)[1]
    resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def read_in(worker: Worker, item: Input, settings: Settings) -> Future[Outcome]:
    """Read one file in a worker."""
    return worker.submit(read_one, settings.limits.of(item.name), item, settings)


def outcome_of(
    future: Future[Outcome], item: Input, settings: Settings, worker: Worker, last_try: bool
) -> Outcome | None:
    """How the reading of a file ended; None when it should be tried once more. The worker is whole again after it.

    Raises what concerns all files: StoreError, EngineMissingError.
    """
    try:
        return future.result()
    except TimeoutError:
        worker.bury()
        passed = _duration(settings.limits.of(item.name).wall_seconds)
        return failure(
            item, "timeout", f"{item.name}: reading this file took more than {passed} by the clock, most of them waiting.",
            "Run again when the machine has less to do, with fewer --jobs, or allow more with --seconds.", lasting=False,
        )  # fmt: skip
    except MemoryError:
        worker.replace()
        return out_of_memory(item)
    except ProcessExpired as error:
        worker.bury()
        if error.exitcode == -_OUT_OF_TIME:
            return _too_long(item, settings.limits.of(item.name).seconds)
        return _died(item, error.exitcode or 0) if last_try else None
    except BrokenProcessPool:
        worker.replace()
        return _died(item, -signal.SIGKILL) if last_try else None


def _too_long(item: Input, seconds: int) -> Outcome:
    return failure(
        item, "timeout", f"{item.name}: reading this file took more than {_duration(seconds)} of computing.",
        "Print it to a new PDF and hand that in, or allow more with --seconds.",
    )  # fmt: skip


def _died(item: Input, code: int) -> Outcome:
    if code in _KILLED:
        return failure(
            item, "killed", f"{item.name}: reading this file was stopped twice from outside, perhaps for want of memory.",
            "Run again, with fewer --jobs if it happens again.", lasting=False,
        )  # fmt: skip
    logging.getLogger(__name__).error("%s: worker ended with %s", item.name, code, extra={"file": item.location})
    return failure(
        item, "crash", f"{item.name}: reading this file crashed the program that reads ({_signal(code)}).",
        "Print it to a new PDF and hand that in, or allow more with --memory.",
    )  # fmt: skip


def _signal(code: int) -> str:
    with suppress(ValueError):
        return signal.Signals(-code).name
    return f"exit code {code}"


def _duration(seconds: int) -> str:
    return f"{seconds // 60} minutes" if seconds >= 120 and seconds % 60 == 0 else f"{seconds} seconds"

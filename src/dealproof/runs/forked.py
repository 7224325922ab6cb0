"""A worker process that begins with what this program has loaded, where that is safe: its start costs next to nothing.

A copy of a process holds the locks of threads that it does not have. So a worker is only forked on Linux, by the only thread
of the program (those that rest aside), before any library started threads of its own, and with the store let go. A pool
forks once; whatever follows starts a program of its own, as everywhere else.
"""

from __future__ import annotations

import os
import sys
import threading
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from typing import Any

#: The name of threads that do nothing but wait, and hold no lock while this program forks.
RESTING = "dealproof resting"


def may_fork() -> bool:
    """Whether this process may be copied here and now: nothing else is at work in it, not even in a library."""
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return False
    others = [thread for thread in threading.enumerate() if thread is not threading.main_thread()]
    if any(thread.name != RESTING for thread in others):
        return False
    return len(os.listdir("/proc/self/task")) == 1 + len(others)


class ForkOnce:
    """A context of processes for a pool: its first process is forked, a second one cannot be started."""

    def __init__(self) -> None:
        self._context = get_context("fork")
        self._forked = False

    def __getattr__(self, name: str) -> Any:
        return getattr(self._context, name)

    def Process(self, *arguments: Any, **named: Any) -> BaseProcess:  # noqa: N802  # the name that pools ask for
        """The process. Raises OSError for a second one, which breaks the pool: it is replaced by one that spawns."""
        if self._forked:
            raise OSError("a worker is forked once")
        self._forked = True
        return self._context.Process(*arguments, **named)

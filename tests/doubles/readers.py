"""Readers that behave as native libraries do on a bad day; they run inside real worker processes."""

from __future__ import annotations

import os
import signal
import time

from dealproof.runs import reading
from dealproof.runs.inputs import Input
from dealproof.runs.outcome import Outcome
from dealproof.settings.settings import Settings


def read_one(item: Input, settings: Settings) -> Outcome:
    """Do what the name of the file says before reading it: crash, hang, ask for all the memory there is, compute for five
    seconds of the processor (`busy-5`), or sleep for ten (`sleep-`) or three (`slow-`) by the clock."""
    if item.name.startswith("crash-"):
        os.kill(os.getpid(), signal.SIGSEGV)
    while item.name.startswith("hang-"):
        pass
    while item.name.startswith("busy-5") and time.process_time() < _began(item) + 5:
        pass
    if item.name.startswith(("sleep-", "slow-")):
        time.sleep(10 if item.name.startswith("sleep-") else 3)
    hoard = []
    while item.name.startswith("hungry-"):
        hoard.append(bytearray(64 << 20))
    return reading.read_one(item, settings)


_begins: dict[str, float] = {}


def _began(item: Input) -> float:
    """The computing time of this process when it first met a file."""
    return _begins.setdefault(item.location, time.process_time())

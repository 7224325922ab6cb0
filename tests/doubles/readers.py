"""Readers that behave as native libraries do on a bad day; they run inside real worker processes."""

from __future__ import annotations

import os
import signal

from dealproof.batch import reading
from dealproof.batch.inputs import Input
from dealproof.batch.outcome import Outcome
from dealproof.settings import Settings


def read_one(item: Input, settings: Settings) -> Outcome:
    """Do what the name of the file says before reading it: crash, hang, or ask for all the memory there is."""
    if item.name.startswith("crash-"):
        os.kill(os.getpid(), signal.SIGSEGV)
    while item.name.startswith("hang-"):
        pass
    hoard = []
    while item.name.startswith("hungry-"):
        hoard.append(bytearray(64 << 20))
    return reading.read_one(item, settings)

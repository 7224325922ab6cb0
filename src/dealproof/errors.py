"""Everything that can go wrong, as one family: what happened, in which file, what to do next.

A class says *what*, its message says *what now*. `cli/app.py` is the only place that turns one of these
into an exit code; library code raises and never prints.
"""

from __future__ import annotations

from enum import IntEnum
from typing import ClassVar, Literal

#: Why a file could not be read (`docs/exit-codes.md`). Nobody can decide such a thing, so it is never a question.
Trouble = Literal["unreadable", "timeout", "memory", "crash", "bug", "unreachable", "killed"]


class ExitCode(IntEnum):
    """Exit codes of the command line; part of the stable interface (see docs/exit-codes.md)."""

    DONE = 0
    BUG = 1
    USAGE = 2
    SOME_FAILED = 3
    NOTHING_READ = 4
    MAPPING_INVALID = 5
    STORE = 6
    ENGINE_MISSING = 7
    GATE = 8
    INTERRUPTED = 130


class DealproofError(Exception):
    """Base of all errors made for people. `message` is one plain sentence, `remedy` says what to do next."""

    code: ClassVar[str] = "error"
    exit_code: ClassVar[ExitCode] = ExitCode.BUG

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class UsageError(DealproofError):
    """The command was asked for something that does not exist or does not fit together."""

    code = "usage"
    exit_code = ExitCode.USAGE


class UnreadableFileError(DealproofError):
    """One file cannot be read at all (not a PDF, empty, damaged, locked); all others go on."""

    code: ClassVar[Trouble] = "unreadable"
    exit_code = ExitCode.SOME_FAILED


class UnreachableFileError(UnreadableFileError):
    """One file cannot be reached just now (gone, no permission, network); the next run tries again."""

    code: ClassVar[Trouble] = "unreachable"


class MappingError(DealproofError):
    """A mapping or settings file is invalid; nothing is written from it."""

    code = "mapping_invalid"
    exit_code = ExitCode.MAPPING_INVALID


class StoreError(DealproofError):
    """The workspace cannot be read or written."""

    code = "store"
    exit_code = ExitCode.STORE


class EngineMissingError(DealproofError):
    """An engine or model that the options demand is not installed."""

    code = "engine_missing"
    exit_code = ExitCode.ENGINE_MISSING

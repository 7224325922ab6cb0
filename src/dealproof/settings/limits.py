"""What one file may cost: seconds, bytes of memory, pages, pages that are recognised. Files come from strangers.

The defaults leave room for the longest circulars (700 pages: about 20 seconds and 300 MB on one core). A pattern of
file names may have limits of its own, for the one file that is known to need more.

Seconds are seconds of the processor that the file's own process uses, kept by the system (RLIMIT_CPU; a process that it
starts is held to the same): a busy machine makes a file wait, not fail. Beside them runs the clock on the wall, `PATIENCE` times
as generous, for a file that hangs without computing; who meets that one is tried again by the next run. Where the system
keeps no such limit (Windows), only the clock counts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fnmatch import fnmatchcase

from dealproof.errors import UsageError

_UNITS = {"": 1, "b": 1, "k": 1 << 10, "m": 1 << 20, "g": 1 << 30}
_SIZE = re.compile(r"(\d+(?:\.\d+)?)\s*([kmg]?)(?:i?b)?", re.IGNORECASE)
#: The names under which limits are given.
KNOWN = frozenset({"seconds", "memory", "pages", "ocr_pages"})
#: A worker that knows its libraries needs this much before it opens anything.
LEAST_MEMORY = 512 << 20
#: So many seconds may pass on the wall for each second of computing that a file may cost.
PATIENCE = 12


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits of one file: `seconds` of computing, `memory` in bytes of address space, `pages`.

    `ocr_pages` are recognised at most: each takes up to 15 seconds of one core, so that the default fits into `seconds`.
    """

    seconds: int = 600
    memory: int = 4 << 30
    pages: int = 5_000
    ocr_pages: int = 30

    @property
    def wall_seconds(self) -> int:
        """Seconds that may pass on the wall until the file is given up."""
        return self.seconds * PATIENCE

    @property
    def text(self) -> str:
        """The limits as they are kept beside a failure: with others, the file is tried again."""
        return f"{self.seconds}s {self.memory}b {self.pages}p {self.ocr_pages}o"


@dataclass(frozen=True, slots=True)
class LimitRules:
    """The limits of all files, and those of file names that fit a pattern; the first pattern that fits decides."""

    every: Limits = field(default_factory=Limits)
    patterns: tuple[tuple[str, Limits], ...] = ()

    def of(self, file_name: str) -> Limits:
        """The limits of one file."""
        return next((limits for pattern, limits in self.patterns if fnmatchcase(file_name, pattern)), self.every)


DEFAULT_LIMITS = LimitRules()


def limit_rules(given: Mapping[str, object], files: object) -> LimitRules:
    """Limits from settings: `given` holds seconds, memory and pages where set, `files` a table by pattern.

    Raises UsageError for a limit that makes no sense.
    """
    every = changed(Limits(), given)
    if not isinstance(files, Mapping):
        raise UsageError("The setting files makes no sense.", 'Write: [files."*.pdf"] and under it seconds = 3600.')
    return LimitRules(
        every, tuple((str(pattern), _of_pattern(every, pattern, rows)) for pattern, rows in files.items())
    )


def _of_pattern(every: Limits, pattern: object, rows: object) -> Limits:
    if not isinstance(rows, Mapping) or set(rows) - KNOWN:
        raise UsageError(f'The limits of files."{pattern}" make no sense.', f"Known are {', '.join(sorted(KNOWN))}.")
    return changed(every, rows)


def changed(limits: Limits, given: Mapping[str, object]) -> Limits:
    """The limits with those that are given. Raises UsageError for one that makes no sense."""
    if (seconds := given.get("seconds")) is not None:
        limits = replace(limits, seconds=_whole("seconds", seconds))
    if (pages := given.get("pages")) is not None:
        limits = replace(limits, pages=_whole("pages", pages))
    if (ocr_pages := given.get("ocr_pages")) is not None:
        limits = replace(limits, ocr_pages=_whole("ocr_pages", ocr_pages))
    if (memory := given.get("memory")) is not None:
        limits = replace(limits, memory=_bytes(memory))
    return limits


def _whole(name: str, value: object) -> int:
    text = str(value)
    if not text.isascii() or not text.isdigit() or int(text) < 1:
        raise UsageError(f"{name} = {value} makes no sense.", "Give a whole number from 1 up.")
    return int(text)


def _bytes(value: object) -> int:
    match = _SIZE.fullmatch(str(value).strip())
    size = int(float(match[1]) * _UNITS[match[2].lower()]) if match else 0
    if size < LEAST_MEMORY:
        raise UsageError(f"memory = {value} makes no sense.", 'Give at least 512 MB, for example "4 GB".')
    return size

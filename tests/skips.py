"""Why a test may be skipped where everything that the README names is installed; any other skip is a failure there.

`.ci/run`, which installs it all, sets `DEALPROOF_TESTS_NEED_ALL`. On a bare machine tests that need a server, a browser, a
font or text layout are skipped and say what they want.
"""

from __future__ import annotations

#: Set where nothing may be missing.
NEED_ALL = "DEALPROOF_TESTS_NEED_ALL"
#: Nothing that one could install: documents from outside the project, the user, the file system, the kind of system, Python.
ALLOWED = frozenset(
    {
        "the practice documents are not at hand",
        "the real circular is not at hand",
        "the written contract is not at hand",
        "the lists of real names are not beside the project",
        "the labels that real documents print are not at hand",
        "shared documents are not here",
        "root may read everything",
        "this file system takes UTF-8 names only",
        "limits of processes",
        "signals to a process group",
        "signals",
        "kill -9",
        "this environment was not installed from the lock",
        "the lock is made with Python 3.11",
    }
)


def is_lacking(reason: str, need_all: bool) -> bool:
    """Whether a skip for this reason is a failure. A reason is told as `Skipped: …` by pytest."""
    return need_all and reason.removeprefix("Skipped: ") not in ALLOWED


def refusal(reason: str) -> str:
    """What is said in place of the skip."""
    return f"{reason}: nothing may be missing here ({NEED_ALL} is set). See what the README names for the full run."

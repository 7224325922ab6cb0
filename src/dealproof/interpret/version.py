"""Which interpreter made stored facts, so that facts of other code are never taken for today's.

`INTERPRETER_VERSION` is for people. What decides is a digest of every source file that interpretation rests on:
nobody has to remember a number when a reader changes, and a change of the command line leaves stored facts alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

INTERPRETER_VERSION = "1"

#: Everything below the store that facts and wanted pages depend on, in the package folder (held by a test).
SOURCES = (
    "interpret", "values", "mappings", "contract", "tables/model.py", "document.py", "errors.py", "evidence.py",
    "extract.py", "pagetext.py", "select.py", "text.py", "store/serialize.py",
)  # fmt: skip
_PACKAGE = Path(__file__).parents[1]


@cache
def interpreter_key() -> str:
    """Version and digest of the interpreter; read once a process."""
    return f"{INTERPRETER_VERSION}-{_digest(source_files())}"


@cache
def program_key() -> str:
    """Version and digest of the whole program: what failed with one may succeed with another."""
    return f"{version('dealproof')}-{_digest(sorted(_PACKAGE.rglob('*.py')))}"


def _digest(files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:12]


def source_files() -> list[Path]:
    """The source files that the digest covers, in one order on every machine."""
    roots = [_PACKAGE / name for name in SOURCES]
    return sorted(path for root in roots for path in ([root] if root.suffix == ".py" else root.rglob("*.py")))

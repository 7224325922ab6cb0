"""A folder that is complete or not there: written beside its place and put there as a whole."""

from __future__ import annotations

import glob
import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from dealproof.errors import StoreError

#: Files that file managers leave behind; they may be lost with the folder that is replaced.
LITTER = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


def put_folder(folder: Path, fill: Callable[[Path], list[str]]) -> tuple[Path, ...]:
    """Let `fill` write files to a new folder, put it in the place of `folder`, and return the files.

    Whatever was there is replaced as a whole, and only once the new one is complete; what a killed program left half done
    is cleared away. One program at a time may write to a folder. Raises StoreError if it cannot be written.
    """
    target = folder.resolve()
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        mend(target)
        fresh = Path(tempfile.mkdtemp(prefix=_aside(target), dir=target.parent))
        try:
            names = fill(fresh)
            fresh.chmod(0o755)
            _swap(fresh, target)
        finally:
            shutil.rmtree(fresh, ignore_errors=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({error.strerror}).", "Choose another folder.") from error
    return tuple(folder / name for name in names)


def mend(target: Path) -> None:
    """Undo what a program left that was killed while it wrote: the earlier folder is put back, half of one goes."""
    for left in sorted(target.parent.glob(f"{glob.escape(_aside(target))}????????.old")):
        if target.exists():
            shutil.rmtree(left, ignore_errors=True)
        else:
            os.rename(left, target)
    for left in target.parent.glob(f"{glob.escape(_aside(target))}????????"):
        shutil.rmtree(left, ignore_errors=True)


def _aside(target: Path) -> str:
    return f".{target.name}.dealproof-"


def _swap(fresh: Path, target: Path) -> None:
    """Put the finished folder in place; if that fails, the earlier one is put back."""
    if not target.exists():
        os.rename(fresh, target)
        return
    aside = fresh.with_name(f"{fresh.name}.old")
    os.rename(target, aside)
    try:
        os.rename(fresh, target)
    except OSError:
        os.rename(aside, target)
        raise
    shutil.rmtree(aside, ignore_errors=True)

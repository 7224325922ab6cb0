"""One value as one file of compressed JSON: written aside and put in place, so that it is whole or not there."""

from __future__ import annotations

import gzip
import json
import os
from pathlib import Path
from typing import Any

from dealproof.errors import StoreError
from dealproof.store.serialize import to_json

ENDING = ".json.gz"
#: The last bytes of a gzip file: check sum and length of its content.
_TRAILER = 8


def write_packed(path: Path, value: object) -> str:
    """Write a value whole or not at all and return its stamp. Raises StoreError when that is not possible."""
    content = gzip.compress(json.dumps(to_json(value), ensure_ascii=False).encode(), 3, mtime=0)
    aside = path.with_suffix(f".{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        aside.write_bytes(content)
        aside.replace(path)
    except OSError as error:
        raise StoreError(
            f"The workspace {path.parent} cannot be written ({error.strerror}).",
            "Free space or choose another with --workspace.",
        ) from error
    return _stamp(len(content), content)


def read_packed(path: Path) -> Any:
    """Return what `json` finds in the file; None when there is no file or it is not whole."""
    try:
        return json.loads(gzip.decompress(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, EOFError):
        # A half-written or foreign file is no proof of anything; making it anew is always right.
        return None


def stamp(path: Path) -> str:
    """Name the content of a packed file without unpacking it; empty when there is no such file."""
    try:
        with path.open("rb") as handle:
            size = handle.seek(0, os.SEEK_END)
            handle.seek(max(0, size - _TRAILER))
            return _stamp(size, handle.read())
    except OSError:
        return ""


def _stamp(size: int, end: bytes) -> str:
    return f"{size}-{end[-_TRAILER:].hex()}"

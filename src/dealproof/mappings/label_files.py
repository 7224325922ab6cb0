"""The label files of a folder as bytes, and the key of what they hold: nothing is read of their rows."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

from dealproof.errors import MappingError

#: How names of files begin that a spreadsheet or a system leaves beside others.
LITTER = (".", "~$")


def labels_key(folder: Path) -> str:
    """Name the content of all label files of `folder` without reading their rows; any edit gives another key."""
    return key_of(contents_of(folder))


def contents_of(folder: Path) -> dict[Path, bytes]:
    """The label files with their bytes. Raises MappingError where there is no such folder."""
    if not folder.is_dir():
        raise MappingError(f"Label folder {folder} does not exist.", "Point --mappings at the mappings folder.")
    return {path: path.read_bytes() for path in sorted(folder.glob("*.csv")) if not path.name.startswith(LITTER)}


def key_of(contents: Mapping[Path, bytes]) -> str:
    """The key of these files."""
    digest = hashlib.sha256()
    for path, content in contents.items():
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()[:16]

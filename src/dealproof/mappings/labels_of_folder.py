"""The labels of a mappings folder, read once as long as nobody edits their files."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.mappings.label_files import labels_key

if TYPE_CHECKING:
    from dealproof.mappings.labels import Labels


def labels_of(mappings: Path) -> Labels:
    """Load the label files of a mappings folder, once as long as nobody edits them."""
    folder = mappings / "labels"
    return _labels(folder, labels_key(folder))


def usable_labels(mappings: Path) -> Labels:
    """The rows that can be used of label files, invalid ones among them: enough to choose pages, not to tell meaning."""
    folder = mappings / "labels"
    return _usable_labels(folder, labels_key(folder))


@lru_cache(maxsize=4)
def _usable_labels(folder: Path, _key: str) -> Labels:
    from dealproof.mappings.labels import read_labels

    return read_labels(folder, [])


@lru_cache(maxsize=4)
def _labels(folder: Path, _key: str) -> Labels:
    from dealproof.mappings.labels import load_labels

    return load_labels(folder)

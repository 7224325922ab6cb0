"""Label files as they would stand after a change, held against every rule before anything is written."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from dealproof.mappings.labels import load_labels
from dealproof.mappings.sheet import Sheet, rewrite

LABELS = "labels"


def try_labels(folder: Path, sheets: Iterable[Sheet]) -> None:
    """Raise MappingError if the labels of a mappings folder would hold a mistake with these sheets in place of its own."""
    changed = [sheet for sheet in sheets if sheet.path.parent == folder / LABELS]
    if not changed:
        return
    with tempfile.TemporaryDirectory() as place:
        trial = Path(place) / LABELS
        shutil.copytree(folder / LABELS, trial)
        for sheet in changed:
            rewrite(replace(sheet, path=trial / sheet.path.name))
        load_labels(trial)

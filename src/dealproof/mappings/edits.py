"""Changes to the analysts' files that leave a trace: a row that is taken back stays where it stood, as a comment.

Label files are held against every rule as they would stand, before anything is written.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dealproof.mappings.labels import load_labels
from dealproof.mappings.layout import Layout
from dealproof.mappings.sheet import COMMENT, Sheet, extended, new_sheet, read_sheet, rewrite
from dealproof.model.cell import Row

LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Edit:
    """What is to change in one file of a mappings folder (`file` as `labels/pool_stats.csv`).

    `layout` is what the file looks like, `added` its new rows, `taken` says for each line (as Excel numbers them) that is
    taken back why, by whom and when.
    """

    file: str
    layout: Layout
    added: tuple[Row, ...] = ()
    taken: Mapping[int, str] | None = None


def edited(folder: Path, edit: Edit) -> Sheet:
    """Return the file as it stands after an edit; nothing is written.

    Columns that an older file lacks are added behind its own; lines keep their numbers. Raises MappingError for a file
    that cannot be read.
    """
    path = folder / edit.file
    sheet = read_sheet(path, layout=edit.layout) if path.exists() else new_sheet(path, edit.layout)
    records = list(sheet.records)
    for line, why in (edit.taken or {}).items():
        records[line - 1] = _as_comment(records[line - 1], why)
    return extended(replace(sheet, records=tuple(records)), edit.added)


def _as_comment(record: Sequence[str], why: str) -> tuple[str, ...]:
    first, *others = record
    return (f"{COMMENT} {why}: {first}", *others)


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

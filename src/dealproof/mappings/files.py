"""Every file of a mappings folder, by its layout."""

from __future__ import annotations

from dealproof.mappings import (
    aliases,
    answers,
    classes,
    corrections,
    deals,
    expectations,
    institutions,
    labels,
    reference,
    vocabulary,
)
from dealproof.mappings.layout import Layout

#: In the order of docs/mappings.md; label files, one a kind of table, have one layout, but for the words that labels are made of.
LAYOUTS: tuple[Layout, ...] = (
    *(
        module.LAYOUT
        for module in (institutions, aliases, classes, expectations, deals, corrections, answers, reference, labels)
    ),
    *vocabulary.LAYOUTS.values(),
)


def layout_of(file: str) -> Layout:
    """The layout of a file, named as it lies in the folder (`labels/tranches.csv`). Raises KeyError for one that is none."""
    by_file = {layout.file: layout for layout in LAYOUTS}
    folder, is_within, _ = file.partition("/")
    return by_file[folder if is_within and file not in by_file else file]

"""Pictures of the places that questions ask about, cut from the pages of the files as they lie today."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from dealproof.evidence import Box, Source
from dealproof.pages.image import cell_pictures
from dealproof.pages.open import identify

_EDGES = ("x0", "top", "x1", "bottom")


def pictures_of(questions: Sequence[Mapping[str, str]], sources: Mapping[str, Source | None]) -> dict[int, bytes]:
    """PNGs by the number of the question in the list.

    A question without a place, or whose file is no longer where it was read, has none. Raises UnreadableFileError for a
    file that cannot be opened any more.
    """
    placed: dict[str, list[tuple[int, int, Box]]] = {}
    for number, row in enumerate(questions):
        if row.get("x0") and row.get("page"):
            box = Box(*(float(row[edge]) for edge in _EDGES))
            placed.setdefault(row["document_id"], []).append((number, int(row["page"]), box))
    found: dict[int, bytes] = {}
    for document_id, places in placed.items():
        source = sources.get(document_id)
        path = Path(source.path) if source is not None else None
        if path is None or not path.is_file() or identify(path).document_id != document_id:
            continue
        places.sort(key=lambda place: (place[1], place[0]))
        made = cell_pictures(path, [(page, box) for _, page, box in places])
        found |= {number: png for (number, _, _), png in zip(places, made, strict=True)}
    return found

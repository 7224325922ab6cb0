"""Pictures of the places that questions ask about, cut from the pages of the files as they lie today."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from dealproof.model.evidence import Box, Source
from dealproof.pages.image import cell_pictures
from dealproof.pages.open import identify
from dealproof.workbench.choices import choices

_EDGES = ("x0", "top", "x1", "bottom")
#: Number of the question, letter of the value.
_Name = tuple[int, str]


def pictures_of(
    questions: Sequence[Mapping[str, str]], sources: Mapping[str, Source | None]
) -> dict[int, dict[str, bytes]]:
    """PNGs by the number of the question in the list and by the letter of the value that stands there.

    The letter is empty where there is nothing to choose. A place that is not known, or whose file is no longer where it
    was read, has none. Raises UnreadableFileError for a file that cannot be opened any more.
    """
    placed: dict[str, list[tuple[_Name, int, Box]]] = {}
    for number, row in enumerate(questions):
        for letter, document_id, page, box in _places(row):
            placed.setdefault(document_id, []).append(((number, letter), page, box))
    found: dict[int, dict[str, bytes]] = {}
    for document_id, places in placed.items():
        source = sources.get(document_id)
        path = Path(source.path) if source is not None else None
        if path is None or not path.is_file() or identify(path).document_id != document_id:
            continue
        places.sort(key=lambda place: (place[1], place[0]))
        made = cell_pictures(path, [(page, box) for _, page, box in places])
        for ((number, letter), _, _), png in zip(places, made, strict=True):
            found.setdefault(number, {})[letter] = png
    return found


def _places(row: Mapping[str, str]) -> Iterator[tuple[str, str, int, Box]]:
    """Letter, document, page and box of every place that a question shows."""
    lettered = [item for item in choices(row) if item.page and item.box is not None]
    for item in lettered:
        if item.box is not None:
            yield item.letter, item.document_id, item.page, Box(*item.box)
    if not lettered and row.get("x0") and row.get("page"):
        yield "", row["document_id"], int(row["page"]), Box(*(float(row[edge]) for edge in _EDGES))

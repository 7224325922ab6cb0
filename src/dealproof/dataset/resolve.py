"""One value out of several readings of the same cell, and a question where they differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from dealproof import contract
from dealproof.dataset.agree import agree, step
from dealproof.dataset.alternatives import is_size
from dealproof.dataset.readings import CellKey, Reading, by_cell
from dealproof.evidence import Problem

FileNames = dict[str, str]


@dataclass(frozen=True, slots=True)
class Resolved:
    """The reading that each cell of the dataset shows, and the conflicts that were met."""

    chosen: dict[CellKey, Reading]
    problems: tuple[Problem, ...]


def resolve(readings: Iterable[Reading], names: FileNames) -> Resolved:
    """Choose one reading per cell; `names` gives the file name of each document for the questions.

    Within a document: what most of its places say, then the most precise print, then the first.
    Among documents: a disclosed reading before a derived one, then the rank of the source.
    """
    chosen: dict[CellKey, Reading] = {}
    problems: list[Problem] = []
    for cell, items in sorted(by_cell(readings).items()):
        voices = [_of_document(group, names, problems) for group in _by_document(items)]
        voices.sort(key=lambda voice: (voice.origin == "derived", voice.rank))
        chosen[cell] = voices[0]
        if contract.table(cell[0]).resolved:
            problems.extend(_between_documents(voices, names))
    return Resolved(chosen, tuple(problems))


def _by_document(items: Sequence[Reading]) -> list[list[Reading]]:
    groups: dict[str, list[Reading]] = {}
    for item in items:
        groups.setdefault(item.document_id, []).append(item)
    return list(groups.values())


def _of_document(items: list[Reading], names: FileNames, problems: list[Problem]) -> Reading:
    """What one document says of a cell; a question if it says two things."""
    disclosed = [item for item in items if item.origin != "derived"] or items
    best = min(disclosed, key=lambda item: (-_supporters(item, disclosed), step(item), item.place))
    other = next((item for item in disclosed if not agree(item, best)), None)
    if other is not None:
        problems.append(_conflict(best, other, names))
    return best


def _supporters(item: Reading, items: Sequence[Reading]) -> int:
    return sum(agree(item, other) for other in items)


def _between_documents(voices: Sequence[Reading], names: FileNames) -> Iterable[Problem]:
    best = voices[0]
    return (_conflict(best, other, names) for other in voices[1:] if _speaks(other) and not agree(best, other))


def _speaks(item: Reading) -> bool:
    """A class of `other` only says that the document does not tell; it contradicts nobody."""
    return (item.table, item.column) != ("deals", "asset_class") or item.value != "other"


def _conflict(best: Reading, other: Reading, names: FileNames) -> Problem:
    """A question that names both places. It is asked of the document whose reading was not taken."""
    alternatives = is_size(best) and best.document_id == other.document_id
    return Problem(
        "alternative_sizes" if alternatives else "conflict",
        "error" if isinstance(best.value, Decimal) else "warning",
        "build",
        f"{best.table}.{best.column} of {best.key_text} is {best.printed} on {where(best, names)}, "
        f"but {other.printed} on {where(other, names)}; the dataset shows {best.printed}.",
        "Look at both places and correct the one that was misread, or confirm the first.",
        document_id=other.document_id,
        page=other.page,
        box=other.evidence.box if other.evidence else None,
        table=best.table,
        key=best.key_text,
        column=best.column,
        value=other.printed,
        suggestions=(best.printed, other.printed),
    )


def where(item: Reading, names: FileNames) -> str:
    """Name the place of a reading for people: page and file."""
    page = f"page {item.page}" if item.page else "no single page"
    return f"{page} of {names.get(item.document_id, item.document_id)}"

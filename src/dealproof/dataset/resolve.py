"""One value out of several readings of the same cell, and a question where they differ.

One circular may state two sizes of its deal (set by demand, with or without an upsizing): both stand, and a person is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from dealproof import contract
from dealproof.dataset.readings import Reading, by_cell
from dealproof.dataset.same_print import agree, step
from dealproof.model.cell import DatasetCell
from dealproof.model.evidence import Candidate, Problem, lettered

FileNames = dict[str, str]
_SIZE = ("deals", "total_amount")


@dataclass(frozen=True, slots=True)
class Resolved:
    """The reading that each cell of the dataset shows, and the conflicts that were met."""

    chosen: dict[DatasetCell, Reading]
    problems: tuple[Problem, ...]


def resolve(readings: Iterable[Reading], names: FileNames) -> Resolved:
    """Choose one reading per cell; `names` gives the file name of each document for the questions.

    Within a document: what most of its places say, then the most precise print, then the first.
    Among documents: a disclosed reading before a derived one, then the rank of the source.
    """
    chosen: dict[DatasetCell, Reading] = {}
    problems: list[Problem] = []
    for cell, items in sorted(by_cell(readings).items()):
        if len(items) == 1:  # most cells are printed once
            chosen[cell] = items[0]
            continue
        voices = [_of_document(group) for group in _by_document(items)]
        voices.sort(key=lambda voice: (voice.best.origin == "derived", voice.best.rank))
        best = chosen[cell] = voices[0].best
        heard = voices if contract.table(cell[0]).resolved else voices[:1]
        others = _unlike(best, [item for voice in heard for item in voice.sayings if _speaks(item)])
        if others:
            problems.append(_conflict(best, others, any(voice.others for voice in heard), names))
    return Resolved(chosen, tuple(problems))


@dataclass(frozen=True, slots=True)
class _Voice:
    """What one document says of a cell: its best reading, and those that contradict it."""

    best: Reading
    others: tuple[Reading, ...]

    @property
    def sayings(self) -> tuple[Reading, ...]:
        return self.best, *self.others


def _by_document(items: Sequence[Reading]) -> list[list[Reading]]:
    groups: dict[str, list[Reading]] = {}
    for item in items:
        groups.setdefault(item.document_id, []).append(item)
    return list(groups.values())


def _of_document(items: list[Reading]) -> _Voice:
    disclosed = [item for item in items if item.origin != "derived"] or items
    best = min(disclosed, key=lambda item: (-_supporters(item, disclosed), step(item), item.place))
    return _Voice(best, tuple(_unlike(best, disclosed)))


def _supporters(item: Reading, items: Sequence[Reading]) -> int:
    return sum(agree(item, other) for other in items)


def _unlike(best: Reading, items: Iterable[Reading]) -> list[Reading]:
    """The readings that contradict `best`, each value once."""
    found: list[Reading] = []
    for item in items:
        if not any(agree(item, other) for other in (best, *found)):
            found.append(item)
    return found


def _speaks(item: Reading) -> bool:
    """A class of `other` only says that the document does not tell; it contradicts nobody."""
    return (item.table, item.column) != ("deals", "asset_class") or item.value != "other"


def _conflict(best: Reading, others: Sequence[Reading], alternatives: bool, names: FileNames) -> Problem:
    """One question for a cell, however many places contradict each other; it is about the value that the dataset takes."""
    sizes = alternatives and is_size(best)
    told = [f"{item.printed} on {where(item, names)} ({letter})" for letter, item in lettered((best, *others))]
    return Problem(
        "alternative_sizes" if sizes else "conflict",
        "error" if isinstance(best.value, Decimal) else "warning",
        "build",
        f"{best.table}.{best.column} of {best.key_text} is {told[0]}, but {', and '.join(told[1:])}; "
        f"unless a person chooses, the dataset shows {best.printed}.",
        "Look at each place and choose the letter of the size that was issued."
        if sizes
        else "Look at each place; confirm A, choose another letter, or give the right value.",
        document_id=best.document_id,
        page=best.page,
        box=best.evidence.box if best.evidence else None,
        table=best.table,
        key=best.key_text,
        column=best.column,
        value=best.printed,
        suggestions=tuple(item.printed for item in (best, *others)),
        candidates=tuple(candidate(item) for item in (best, *others)),
    )


def candidate(item: Reading, why: str = "") -> Candidate:
    """A reading as a value to choose."""
    box = item.evidence.box if item.evidence else None
    return Candidate(item.printed, item.document_id, item.page, box, why)


def where(item: Reading, names: FileNames) -> str:
    """Name the place of a reading for people: page and file."""
    page = f"page {item.page}" if item.page else "no single page"
    return f"{page} of {names.get(item.document_id, item.document_id)}"


def is_size(item: Reading) -> bool:
    """Whether a reading is the size of a deal."""
    return (item.table, item.column) == _SIZE


def alternative_sizes(readings: Iterable[Reading]) -> list[Reading]:
    """Return, for each document that states several sizes of its deal, all of them in the order of printing."""
    stated: dict[tuple[str, str], list[Reading]] = {}
    for item in readings:
        if is_size(item) and item.origin == "disclosed":
            known = stated.setdefault((item.document_id, item.key_text), [])
            if not any(agree(item, other) for other in known):
                known.append(item)
    return [
        replace(
            sizes[0],
            column="alternative_sizes",
            value="|".join(size.printed for size in sizes),
            unit="",
            origin="derived",
            derivation="every size of the deal that the document states",
        )
        for sizes in stated.values()
        if len(sizes) > 1
    ]

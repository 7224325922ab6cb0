"""Why a cell of two datasets differs: through which document, mapping row or place on a page."""

from __future__ import annotations

import json
import re
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Literal, TypeVar

from dealproof import contract
from dealproof.contract import TableSpec
from dealproof.dataset.dataset import Dataset
from dealproof.model.cell import DatasetCell, Row

CauseKind = Literal["document", "mapping", "derivation", "place", "program"]
#: Document, page and box.
Place = tuple[str, ...]
T = TypeVar("T", bound=Hashable)

_MAPPING_ROW = re.compile(r"[\w/.-]+\.csv:\d+")
_DECIDED = {spec.name: spec for spec in contract.tables() if spec.decided}
_OTHERWISE = "labels, mapping files or program changed"
#: Documents that give no values, and what can be said of the others.
_UNREAD = {
    "failed": ("cannot be read any more", "can be read now"),
    "unsupported": ("counts as no deal document any more", "counts as a deal document now"),
}


@dataclass(frozen=True, slots=True)
class Cause:
    """One reason in plain words, and as data: the document and page, or the mapping row (`file.csv:line`)."""

    kind: CauseKind
    words: str
    document_id: str = ""
    file_name: str = ""
    page: str = ""
    mapping_row: str = ""


@dataclass(frozen=True, slots=True)
class Proofs:
    """What one dataset knows about where its values come from: its documents, and the evidence of cells and rows."""

    documents: Mapping[str, Row]
    file_names: frozenset[str]
    evidence: Mapping[DatasetCell, list[Row]] = field(repr=False)

    def of(self, cell: DatasetCell) -> list[Row]:
        """The evidence of one cell, or of a whole row."""
        return self.evidence.get(cell, [])

    def reads(self, document_id: str) -> bool:
        """Whether the document is there and gave its values to the dataset."""
        return document_id in self.documents and self.documents[document_id]["status"] not in _UNREAD


@dataclass(frozen=True, slots=True)
class Changed:
    """One changed cell, with the row as it stands in either dataset (empty where it does not)."""

    spec: TableSpec
    column: str
    old_row: Mapping[str, str]
    new_row: Mapping[str, str]


def identity(spec: TableSpec) -> tuple[str, ...]:
    """The key columns that documents give; what the build decides may change and the row is still the same."""
    return tuple(name for name in spec.key if name not in spec.decided)


def proofs(dataset: Dataset) -> Proofs:
    """Return the documents of a dataset and its evidence by cell and by row."""
    evidence: dict[DatasetCell, list[Row]] = {}
    for row in dataset.rows("evidence"):
        for column in (row["column"], ""):
            evidence.setdefault(_given(DatasetCell.of_text(row["table"], row["key"], column)), []).append(row)
    documents = {row["document_id"]: row for row in dataset.rows("documents")}
    return Proofs(documents, frozenset(row["file_name"] for row in documents.values()), evidence)


def causes(changed: Changed, old: Proofs, new: Proofs) -> tuple[Cause, ...]:
    """Return why a cell differs, the surest reasons first; where nothing else differs, labels, mapping files or program did."""
    was, now = _evidence(changed, old, new)
    named = _documents_named(changed, (*was, *now))
    found = [
        *(cause for document_id in named for cause in _document(document_id, old, new)),
        *_mapping_rows(was, now),
        *_places(was, now, old, new),
    ]
    return tuple(found or _same_place(was, now, old, new))


def _evidence(changed: Changed, old: Proofs, new: Proofs) -> tuple[list[Row], list[Row]]:
    """The evidence of the cell in either dataset; of its row, where the cell has none of its own (units, matches)."""
    cells = _cells(changed)
    whole_rows = _distinct(cell._replace(column="") for cell in cells)
    for asked in (cells, whole_rows):
        was, now = ([row for cell in asked for row in known.of(cell)] for known in (old, new))
        if was or now:
            return was, now
    return [], []


def _cells(changed: Changed) -> list[DatasetCell]:
    """The cells that a changed cell rests on: itself, or those that a question or check speaks of."""
    if changed.spec.name == "questions":
        return _distinct(_given(DatasetCell.told_by(row)) for row in _rows(changed))
    if changed.spec.name == "checks":
        tied = (cell for row in _rows(changed) if row["cells"] for cell in json.loads(row["cells"]))
        return _distinct(_given(DatasetCell.of_text(*cell)) for cell in tied)
    keys = (tuple(row[name] for name in identity(changed.spec)) for row in _rows(changed))
    return _distinct(DatasetCell(changed.spec.name, key, changed.column).as_told for key in keys)


def _given(cell: DatasetCell) -> DatasetCell:
    """A cell by the part of its key that documents give, so that it is found again after another decision."""
    spec = _DECIDED.get(cell.table)
    if spec is None or len(cell.key) != len(spec.key):
        return cell
    return cell._replace(key=tuple(p for name, p in zip(spec.key, cell.key, strict=True) if name not in spec.decided))


def _rows(changed: Changed) -> list[Mapping[str, str]]:
    return [row for row in (changed.old_row, changed.new_row) if row]


def _documents_named(changed: Changed, evidence: Iterable[Row]) -> list[str]:
    """Documents that the evidence, the row's key or the cell itself names, in a fixed order."""
    columns = {"document_id", changed.column} & set(changed.spec.column_names)
    named = {row[name] for row in _rows(changed) for name in columns}
    return sorted((named | {row["document_id"] for row in evidence}) - {""})


def _document(document_id: str, old: Proofs, new: Proofs) -> list[Cause]:
    """A document that stands in one of the two datasets only, or gives its values to one only."""
    stands = [known for known in (old, new) if document_id in known.documents]
    if not stands or (len(stands) == 2 and old.reads(document_id) == new.reads(document_id)):
        return []
    name = stands[-1].documents[document_id]["file_name"]
    words = _read_in_one(name, document_id, old, new) if len(stands) == 2 else _in_one(name, document_id, old, new)
    return [Cause("document", words, document_id, name)]


def _read_in_one(name: str, document_id: str, old: Proofs, new: Proofs) -> str:
    came = new.reads(document_id)
    status = (old if came else new).documents[document_id]["status"]
    return f"{name} {_UNREAD[status][came]}"


def _in_one(name: str, document_id: str, old: Proofs, new: Proofs) -> str:
    came = document_id in new.documents
    if name in (old if came else new).file_names:
        return f"{name} has other content now ({'new' if came else 'earlier'} file of that name)"
    return f"{name} is {'new' if came else 'no longer'} among the documents"


def _mapping_rows(was: Iterable[Row], now: Iterable[Row]) -> list[Cause]:
    before, after = _references(was), _references(now)
    return [
        *(Cause("mapping", f"no longer: {row}", mapping_row=row) for row in before if row not in after),
        *(Cause("mapping", f"now: {row}", mapping_row=row) for row in after if row not in before),
    ]


def _references(evidence: Iterable[Row]) -> list[str]:
    return _distinct(found for row in evidence for found in _MAPPING_ROW.findall(row["derivation"]))


def _places(was: Iterable[Row], now: Iterable[Row], old: Proofs, new: Proofs) -> list[Cause]:
    """Other places than before, in documents that both datasets read."""
    before, after = ({_place(row) for row in rows if row["page"]} for rows in (was, now))
    if not before or not after:
        return []
    came = sorted(place for place in after - before if old.reads(place[0]))
    gone = sorted(place for place in before - after if new.reads(place[0]))
    if not came:
        return _distinct(_at("no longer from", place, old) for place in gone)
    pages = {place[:2] for place in gone}
    opening = "now from" if gone else "now also from"
    return _distinct(_at(f"{opening} another place on" if p[:2] in pages else opening, p, new) for p in came)


def _same_place(was: list[Row], now: list[Row], old: Proofs, new: Proofs) -> list[Cause]:
    """Why a cell differs although documents, mapping rows and places are the same."""
    derived, derives = ([row["derivation"] for row in rows if row["derivation"]] for rows in (was, now))
    if fired := _references(now):
        return [Cause("mapping", f"the line {row} says something else now", mapping_row=row) for row in fired]
    if was and now and derived != derives:
        words = f"derived from: {_listed(derives) or 'nothing'} (before: {_listed(derived) or 'nothing'})"
        return [Cause("derivation", words)]
    printed, prints = ([row["text"] for row in rows] for rows in (was, now))
    if printed == prints and any(prints):
        return [Cause("program", f"the printed text is the same, its reading differs: {_OTHERWISE}")]
    if was and now:
        words = f"the place is the same, its text is read as «{_listed(prints)}» (before: «{_listed(printed)}»)"
        return [Cause("program", f"{words}: program changed")]
    return _read_or_not(was, now, old, new) or [Cause("program", _OTHERWISE)]


def _read_or_not(was: Iterable[Row], now: Iterable[Row], old: Proofs, new: Proofs) -> list[Cause]:
    """Values that one dataset reads from a document and the other does not, though it has the document."""
    why = f": {_OTHERWISE}"
    came = [replace(_at("read now from", _place(row), new, why), kind="program") for row in now if row["document_id"]]
    gone = [
        replace(_at("no longer read from", _place(row), old, why), kind="program") for row in was if row["document_id"]
    ]
    return _distinct([*came, *gone])


def _at(opening: str, place: Place, known: Proofs, ending: str = "") -> Cause:
    document_id, page, *_ = place
    name = known.documents[document_id]["file_name"] if document_id in known.documents else document_id
    where = f"{name} page {page}" if page else name
    return Cause("place", f"{opening} {where}{ending}", document_id, name, page)


def _place(row: Row) -> Place:
    return row["document_id"], row["page"], row["x0"], row["top"], row["x1"], row["bottom"]


def _listed(texts: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(" ".join(text.split()) for text in texts))


def _distinct(items: Iterable[T]) -> list[T]:
    return list(dict.fromkeys(items))

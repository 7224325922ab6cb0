"""Whether the dataset has what a correction speaks of: its cell, its row, its documents, its deal.

A mistyped key must neither be without effect in silence nor make a row that no document has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace

from rapidfuzz import fuzz, process

from dealproof import contract
from dealproof.dataset.guarded import unguarded_key
from dealproof.mappings.corrections import MADE, Correction
from dealproof.mappings.findings import Finding, refuse
from dealproof.model.cell import DatasetCell
from dealproof.model.evidence import Problem
from dealproof.model.interpretation import Interpretation

Key = tuple[str, ...]
#: Likeness, of 100, from which a key is offered as the one that was meant.
_ALIKE = 60


class NeedsAllError(Exception):
    """A correction finds no row in its part of the documents: which row comes near must be asked of all of them."""


@dataclass(frozen=True, slots=True)
class Addressed:
    """The corrections that have something to act on, each under the key of the row that is there, and questions about the
    others."""

    corrections: tuple[Correction, ...]
    problems: tuple[Problem, ...]


def addressed(
    corrections: Sequence[Correction],
    documents: Iterable[Interpretation],
    cells: Iterable[DatasetCell],
    problems: Iterable[Problem],
    *,
    everything: bool,
    all_here: bool = True,
) -> Addressed:
    """Sort out which corrections find their row among the documents at hand, the cells of the dataset and the questions.

    One whose document is not at hand, or was not read whole, is asked about and changes nothing. A key that no row and
    no question has is refused, unless the row says that it adds one; without `everything` (documents were left out on
    purpose) it is asked about as well. Raises MappingError that lists every key which is refused; NeedsAllError where the nearest key
    is wanted and these documents are a part of those at hand (`all_here` is false).
    """
    if not corrections:
        return Addressed((), ())
    there = _at_hand({item.table for item in corrections}, documents, cells, problems, all_here)
    added = {(item.table, key_of(item)) for item in corrections if item.adds}
    usable: list[Correction] = []
    asked: list[Problem] = []
    findings: list[Finding] = []
    for item in corrections:
        if item.table in MADE or there.cell(item) is not None:
            usable.append(there.at_its_row(item))
            continue
        missing = "" if there.has_row(item) else there.absent(item)
        if missing:
            asked.append(_without_effect(item, missing, there))
        elif not there.has_row(item) and (item.table, key_of(item)) not in added:
            if everything:
                findings.append(_unknown_key(item, there))
            else:
                asked.append(_without_effect(item, "no row has its key", there))
        elif not item.confirms:
            if item.printed_value and not item.adds and not there.is_asked(item):
                asked.append(_gone(item))
            usable.append(replace(there.at_its_row(item), printed_value=""))
    refuse(findings)
    return Addressed(tuple(usable), tuple(asked))


@dataclass(frozen=True, slots=True)
class _AtHand:
    """What corrections can speak of.

    `documents` are the ids at hand with whether each was read whole, `deals` likewise whether all documents of a deal were.
    `cells` lead from a cell to the one that the dataset shows, `rows` are the keys of each table, `asked` the cells and
    values that questions are about, which need not stand in the dataset.
    """

    documents: Mapping[str, bool]
    deals: Mapping[str, bool]
    cells: Mapping[DatasetCell, DatasetCell]
    rows: Mapping[str, Mapping[str, Key]]
    asked: frozenset[tuple[DatasetCell, str]]
    all_here: bool

    def cell(self, item: Correction) -> DatasetCell | None:
        """The cell of the dataset that a correction speaks of; None where the dataset shows nothing there."""
        return self.cells.get(_undecided_cell(item))

    def at_its_row(self, item: Correction) -> Correction:
        """The correction under the key of its row as the dataset has it today; a new row has the key that was given."""
        key = self.rows.get(item.table, {}).get(_undecided(item.table, key_of(item)))
        return item if key is None else replace(item, key="|".join(key))

    def has_row(self, item: Correction) -> bool:
        """Whether the dataset or a question has the row that a correction speaks of."""
        key = _undecided(item.table, key_of(item))
        return key in self.rows.get(item.table, {}) or any((cell.table, cell.key_text) == (item.table, key) for cell, _ in self.asked)

    def is_asked(self, item: Correction) -> bool:
        """Whether a question is about this very cell and the value that the person saw there."""
        return (_undecided_cell(item), item.printed_value) in self.asked

    def absent(self, item: Correction) -> str:
        """Why the row may be missing for want of its documents, '' where they are at hand and were read whole."""
        named = documents_of(item)
        if any(document not in self.documents for document in named):
            return "the document it speaks of is not at hand"
        if any(not self.documents[document] for document in named):
            return "the document it speaks of was not read whole"
        deal = deal_of(item)
        if deal and deal not in self.deals:
            return f"no document of {deal} is at hand"
        if deal and not named and not self.deals[deal]:
            return f"not all documents of {deal} were read whole"
        return ""

    def nearest(self, item: Correction) -> str:
        """The key of the same table that is most like the one that no row has, '' where none is like it."""
        if not self.all_here:
            raise NeedsAllError(item.where)
        keys = sorted("|".join(key) for key in self.rows.get(item.table, {}).values())
        found = process.extractOne(item.key, keys, scorer=fuzz.ratio, score_cutoff=_ALIKE)
        return "" if found is None else str(found[0])


def _at_hand(
    tables: Set[str], documents: Iterable[Interpretation], cells: Iterable[DatasetCell], problems: Iterable[Problem], all_here: bool
) -> _AtHand:
    known: dict[str, bool] = {}
    deals: dict[str, bool] = {}
    for document in documents:
        whole = known[document.source.document_id] = document.status == "ok"
        deals[document.profile.deal_id] = deals.get(document.profile.deal_id, True) and whole
    shown: dict[DatasetCell, DatasetCell] = {}
    rows: dict[str, dict[str, Key]] = {}
    for cell in cells:
        if cell.table not in tables:
            continue
        key = _undecided(cell.table, cell.key)
        shown.setdefault(DatasetCell.of_text(cell.table, key, cell.column), cell)
        rows.setdefault(cell.table, {}).setdefault(key, cell.key)
    asked = frozenset(
        (DatasetCell.of_text(item.table, _undecided(item.table, tuple(item.key.split("|"))), item.column), item.value)
        for item in problems
        if item.table in tables and item.key
    )
    return _AtHand(known, deals, shown, rows, asked, all_here)


def _unknown_key(item: Correction, there: _AtHand) -> Finding:
    file, _, line = item.where.rpartition(":")
    near = there.nearest(item)
    meant = f"Did you mean {near}? " if near else ""
    return Finding(
        file, int(line or 0), "key", f"no row of {item.table} has the key {item.key}.",
        f"{meant}Correct the key; where the row is missing in the dataset, write yes (是) under adds.",
    )  # fmt: skip


def _without_effect(item: Correction, reason: str, there: _AtHand) -> Problem:
    near = "" if documents_of(item) else there.nearest(item)
    meant = f" The nearest key is {near}." if near else ""
    message = f"{_who(item)} changes nothing: {reason}.{meant}"
    return _question(item, message, "Bring the document back, or correct or delete the row.", bool(documents_of(item)))


def _gone(item: Correction) -> Problem:
    message = f"{_who(item)} holds, but the document printed {item.printed_value} there, and nothing is read there now."
    return _question(item, message, "Look at the page again; then correct or delete the row.", True)


def _who(item: Correction) -> str:
    return f"{item.where} ({item.right_value}, by {item.decided_by})"


def _question(item: Correction, message: str, remedy: str, mild: bool) -> Problem:
    return Problem(
        "conflict",
        "warning" if mild else "error",
        "build",
        message,
        remedy,
        document_id=next(iter(documents_of(item)), ""),
        table=item.table,
        key=item.key,
        column=item.column,
        value=item.right_value,
        suggestions=(item.right_value,),
    )


def key_of(item: Correction) -> Key:
    """The key of a correction in its parts."""
    return tuple(unguarded_key(item.key).split("|"))


def documents_of(item: Correction) -> tuple[str, ...]:
    """The documents that a correction names, in its own column or in its key."""
    parts = _parts(item)
    return tuple(dict.fromkeys(filter(None, (item.document_id, parts.get("document_id", "")))))


def deal_of(item: Correction) -> str:
    """The deal that a correction speaks of."""
    return _parts(item).get("deal_id") or item.deal_id


def _parts(item: Correction) -> dict[str, str]:
    """The key by its columns; nothing of a key with a printed label that holds the sign between parts itself."""
    names, key = contract.table(item.table).key, key_of(item)
    return dict(zip(names, key, strict=True)) if len(names) == len(key) else {}


def _undecided_cell(item: Correction) -> DatasetCell:
    """The cell that a correction speaks of, by what documents give of its key."""
    return DatasetCell.of_text(item.table, _undecided(item.table, key_of(item)), item.column)


def _undecided(table: str, key: Key) -> str:
    """A key as one text, without the parts that the build fills in: they change when a name finds its institution."""
    spec = contract.table(table) if contract.has_table(table) else None
    if spec is None or not spec.decided or len(key) != len(spec.key):
        return "|".join(key)
    return "|".join("" if name in spec.decided else part for name, part in zip(spec.key, key, strict=True))

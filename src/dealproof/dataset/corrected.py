"""Corrections by persons put over what documents say, with the printed value kept beside."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dealproof import contract
from dealproof.contract.metrics import QUANTITY, performance_metric, pool_metric
from dealproof.dataset.addressed import documents_of, key_of
from dealproof.dataset.readings import Reading
from dealproof.dataset.resolve import candidate
from dealproof.interpret.units import CANONICAL
from dealproof.mappings.answers import Answer
from dealproof.mappings.corrections import BETWEEN, NOTHING, Correction, typed
from dealproof.model.cell import DatasetCell, Row
from dealproof.model.evidence import Candidate, Problem, Value

#: Questions that let a person choose among what documents say.
_CHOICES = frozenset({"conflict", "alternative_sizes", "restatement"})


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the dataset shows once persons were heard: readings, those that were corrected, and rows that fit no more."""

    chosen: dict[DatasetCell, Reading]
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]


def correct(
    chosen: Mapping[DatasetCell, Reading],
    corrections: Iterable[Correction],
    known: Iterable[str],
    stated: Sequence[Reading] = (),
) -> Corrected:
    """Apply corrections that were `addressed`; `known` are the ids of the documents at hand, `stated` is all that they say.

    Where a document prints the right value, that place is its proof. A row whose document is not at hand, or whose printed
    value is another now, raises a question; it holds all the same.
    """
    shown = dict(chosen)
    documents = set(known)
    told = {cell.as_told: cell for cell in chosen}
    readings: list[Reading] = []
    problems: list[Problem] = []
    for item in corrections:
        own = DatasetCell(item.table, key_of(item), item.column)
        place = told.get(item.cell) or told.get(own) or own
        before = chosen.get(place)
        complaint = _complaint(item, before, documents)
        if complaint:
            problems.append(_question(item, before, complaint))
        if _as_read(item, before):
            continue
        if item.right_value == NOTHING:
            shown.pop(place, None)
            continue
        shown[place] = _reading(item, place, before, stated)
        readings.append(shown[place])
    return Corrected(shown, tuple(readings), tuple(problems))


def with_states(rows: Iterable[Row], corrections: Iterable[Correction], answers: Iterable[Answer]) -> list[Row]:
    """Return questions with what persons said of them; a question that was answered is not open any more.

    A question about a cell is settled by a correction of that cell, unless it is about the correction itself, or names a
    value that nobody knew of when the correction was made. An answer that gives no value of its own is taken for all that is
    one decision with the question.
    """
    cells = {cell: item for item in corrections for cell in (item.cell, DatasetCell(item.table, key_of(item), item.column))}
    said = {item.question_id: item.answer for item in answers}
    given = list(rows)
    found = {row["question_id"]: _with_state(row, cells.get(DatasetCell.told_by(row)), said) for row in given}
    confirmed = {key for key, row in found.items() if (item := cells.get(DatasetCell.told_by(row))) is not None and item.confirms}
    return [_as_its_cause(found[row["question_id"]], found, confirmed | said.keys()) for row in given]


def _as_its_cause(row: Row, rows: Mapping[str, Row], shared: Set[str]) -> Row:
    """What is one decision with its cause, or with what that hangs under, is answered as that was, unless the cause got a value
    that is its own."""
    cause = rows.get(row["cause"])
    while cause is not None and cause["state"] == "open" and cause["cause"]:
        cause = rows.get(cause["cause"])
    if cause is None or row["state"] != "open" or cause["state"] == "open" or cause["question_id"] not in shared:
        return row
    return {**row, "state": cause["state"]}


def covered_as_corrected(rows: Iterable[Row], corrected: Iterable[Reading]) -> list[Row]:
    """Return coverage with the state of fields whose value a person corrected."""
    fields = {(item.document_id, field) for item in corrected for field in _fields(item)}
    return [{**row, "state": "corrected"} if (row["document_id"], row["field"]) in fields else row for row in rows]


def _with_state(row: Row, correction: Correction | None, said: Mapping[str, str]) -> Row:
    if row["question_id"] in said:
        return {**row, "state": "dismissed" if said[row["question_id"]] == "dismissed" else "answered"}
    if correction is None or "corrections.csv:" in row["prompt"]:
        return row
    if new := _unheard(row, correction):
        told = f"{correction.where} chose between {correction.among}; {', '.join(new)} is new since then."
        return {**row, "prompt": f"{row['prompt']} {told}"}
    return {**row, "state": "answered"}


def _unheard(row: Row, correction: Correction) -> list[str]:
    """The values that documents give now and did not give when a person chose among those that they gave."""
    if row["kind"] not in _CHOICES or not correction.among or not row["candidates"]:
        return []
    known = correction.among.split(BETWEEN)
    return [each["value"] for each in json.loads(row["candidates"]) if each["value"] not in known]


def _metric(item: Reading | Correction) -> str:
    return dict(zip(contract.table(item.table).key, item.cell.key, strict=True)).get("metric", "")


def _fields(item: Reading) -> tuple[str, ...]:
    metric = _metric(item)
    return tuple(f"{item.table}.{part}" for part in (item.column, metric) if part)


def _as_read(item: Correction, before: Reading | None) -> bool:
    """Whether a row leaves the cell as it is read: it confirms what is printed there today, or names no value."""
    if before is None or not _names_a_value(item):
        return item.confirms
    return item.confirms and _same(item.printed_value, before.printed)


def _names_a_value(item: Correction) -> bool:
    try:
        return (
            bool(item.printed_value) and typed(contract.table(item.table).column(item.column), item.printed_value) != ""
        )
    except ValueError:
        return False


def _right_value(item: Correction) -> str:
    return item.printed_value if item.confirms else item.right_value


def _reading(item: Correction, cell: DatasetCell, before: Reading | None, stated: Iterable[Reading]) -> Reading:
    value = typed(contract.table(item.table).column(item.column), _right_value(item))
    printed = f"printed {before.printed}" if before else "not printed"
    who = ", ".join(filter(None, (item.decided_by, item.decided_on)))
    derivation = f"{item.where}; {printed}; {item.reason or 'no reason given'} ({who})"
    proof = _proof(item, cell, value, stated) or before
    table, key, column = cell
    if proof is not None:
        return replace(proof, key=key, value=value, origin="corrected", derivation=derivation)
    document_id = next(iter(documents_of(item)), "")
    rank = (-1, -date.max.toordinal(), document_id)
    metric = pool_metric(_metric(item)) or performance_metric(_metric(item))
    unit = CANONICAL.get(QUANTITY[metric], "") if metric else ""
    return Reading(table, key, column, value, unit, document_id, rank, 0, "corrected", derivation)


def _proof(item: Correction, cell: DatasetCell, value: Value, stated: Iterable[Reading]) -> Reading | None:
    """The place that prints the right value; of several, that in the document which the row names."""
    table, key, column = cell
    own = _thing(table, key)
    found = (
        other
        for other in stated
        if (other.table, other.column) == (table, column)
        and other.value == value
        and other.evidence is not None
        and _thing(table, other.key) == own
    )
    return min(found, key=lambda o: (o.document_id != item.document_id, o.rank, o.place), default=None)


def _thing(table: str, key: tuple[str, ...]) -> list[str]:
    """What a row speaks of, whichever document says it."""
    return [part for name, part in zip(contract.table(table).key, key, strict=True) if name != "document_id"]


def _complaint(item: Correction, before: Reading | None, documents: set[str]) -> str:
    """Why a correction does not fit what is at hand, '' if it does."""
    if item.document_id and item.document_id not in documents:
        return "the document it speaks of is not at hand"
    if before is None:
        return ""
    if item.adds and not _same(item.right_value, before.printed):
        return f"it added what no document stated, which now reads {before.printed}"
    if item.printed_value and not _same(item.printed_value, before.printed):
        return f"it was made when the document printed {item.printed_value}, which now reads {before.printed}"
    return ""


def _same(one: str, other: str) -> bool:
    try:
        return Decimal(one.replace(",", "")) == Decimal(other.replace(",", ""))
    except ArithmeticError:
        return one == other


def _question(item: Correction, before: Reading | None, complaint: str) -> Problem:
    return Problem(
        "conflict",
        "warning",
        "build",
        f"{item.where} ({item.right_value}, by {item.decided_by}) does not fit any more: {complaint}. It holds all the same.",
        "Look at the page again; then confirm, correct or take back the answer.",
        document_id=item.document_id or (before.document_id if before else ""),
        page=before.page if before else 0,
        table=item.table,
        key=item.key,
        column=item.column,
        value=_right_value(item),
        suggestions=tuple(filter(None, (_right_value(item), before.printed if before else ""))),
        candidates=(Candidate(_right_value(item), why="as decided"), candidate(before, "as printed now"))
        if before
        else (),
    )

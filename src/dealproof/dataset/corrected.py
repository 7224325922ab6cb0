"""Corrections by persons put over what documents say, with the printed value kept beside."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from dealproof import contract
from dealproof.contract.performance import performance_metric
from dealproof.contract.pool_stats import pool_metric
from dealproof.dataset.addressed import documents_of, key_of
from dealproof.dataset.readings import CellKey, Reading
from dealproof.evidence import Problem
from dealproof.interpret.kinds.metrics import QUANTITY
from dealproof.interpret.units import CANONICAL
from dealproof.mappings.answers import Answer
from dealproof.mappings.corrections import NOTHING, Correction, typed

Row = dict[str, str]


@dataclass(frozen=True, slots=True)
class Corrected:
    """What the dataset shows once persons were heard: readings, those that were corrected, and rows that fit no more."""

    chosen: dict[CellKey, Reading]
    readings: tuple[Reading, ...]
    problems: tuple[Problem, ...]


def correct(chosen: Mapping[CellKey, Reading], corrections: Iterable[Correction], known: Iterable[str]) -> Corrected:
    """Apply corrections that were `addressed`; `known` are the ids of the documents at hand.

    A row whose document is not at hand, or whose printed value is another now, raises a question; it holds all the same.
    """
    shown = dict(chosen)
    documents = set(known)
    by_text = {(table, "|".join(key), column): (table, key, column) for table, key, column in chosen}
    readings: list[Reading] = []
    problems: list[Problem] = []
    for item in corrections:
        cell = by_text.get(item.cell) or by_text.get((item.table, "|".join(key_of(item)), item.column))
        before = chosen[cell] if cell else None
        complaint = _complaint(item, before, documents)
        if complaint:
            problems.append(_question(item, before, complaint))
        if item.confirms:
            continue
        place = cell or (item.table, key_of(item), item.column)
        if item.right_value == NOTHING:
            shown.pop(place, None)
            continue
        shown[place] = _reading(item, place, before)
        readings.append(shown[place])
    return Corrected(shown, tuple(readings), tuple(problems))


def with_states(rows: Iterable[Row], corrections: Iterable[Correction], answers: Iterable[Answer]) -> list[Row]:
    """Return questions with what persons said of them; a question that was answered is not open any more.

    A question about a cell is settled by a correction of that cell, unless it is about the correction itself.
    """
    cells = {(item.table, key, item.column) for item in corrections for key in (item.key, "|".join(key_of(item)))}
    said = {item.question_id: item.answer for item in answers}
    return [{**row, "state": _state(row, cells, said)} for row in rows]


def covered_as_corrected(rows: Iterable[Row], corrected: Iterable[Reading]) -> list[Row]:
    """Return coverage with the state of fields whose value a person corrected."""
    fields = {(item.document_id, field) for item in corrected for field in _fields(item)}
    return [{**row, "state": "corrected"} if (row["document_id"], row["field"]) in fields else row for row in rows]


def _state(row: Row, cells: set[tuple[str, str, str]], said: Mapping[str, str]) -> str:
    if row["question_id"] in said:
        return "dismissed" if said[row["question_id"]] == "dismissed" else "answered"
    about_a_cell = (row["table"], row["key"], row["column"]) in cells
    return "answered" if about_a_cell and "corrections.csv:" not in row["prompt"] else row["state"]


def _metric(item: Reading | Correction) -> str:
    key = item.key.split("|") if isinstance(item, Correction) else item.key
    return dict(zip(contract.table(item.table).key, key, strict=True)).get("metric", "")


def _fields(item: Reading) -> tuple[str, ...]:
    metric = _metric(item)
    return tuple(f"{item.table}.{part}" for part in (item.column, metric) if part)


def _reading(item: Correction, cell: CellKey, before: Reading | None) -> Reading:
    value = typed(contract.table(item.table).column(item.column), item.right_value)
    printed = f"printed {before.printed}" if before else "not printed"
    who = ", ".join(filter(None, (item.decided_by, item.decided_on)))
    derivation = f"{item.where}; {printed}; {item.reason or 'no reason given'} ({who})"
    if before is not None:
        return replace(before, value=value, origin="corrected", derivation=derivation)
    table, key, column = cell
    document_id = next(iter(documents_of(item)), "")
    rank = (-1, -date.max.toordinal(), document_id)
    metric = pool_metric(_metric(item)) or performance_metric(_metric(item))
    unit = CANONICAL.get(QUANTITY[metric], "") if metric else ""
    return Reading(table, key, column, value, unit, document_id, rank, 0, "corrected", derivation)


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
        "Look at the page again; then correct or delete the row.",
        document_id=item.document_id or (before.document_id if before else ""),
        page=before.page if before else 0,
        table=item.table,
        key=item.key,
        column=item.column,
        value=item.right_value,
        suggestions=tuple(filter(None, (item.right_value, before.printed if before else ""))),
    )

"""One cause, one question: doubts that an answer to another question settles hang under that one and close with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence

from dealproof.dataset.held import Cell, held
from dealproof.dataset.questions import question_id
from dealproof.evidence import Problem, lettered

Row = dict[str, str]
#: Of several questions about a cell the first of these is asked: a choice among printed values before a doubt about one,
#: and what the figures as a whole say last, since it follows from the others.
_FIRST = (
    "alternative_sizes",
    "conflict",
    "unit_unclear",
    "unknown_label",
    "low_confidence",
    "restatement",
    "unmatched_name",
    "ambiguous_name",
    "missing_table",
    "failed_check",
)
_WORST = ("error", "warning", "info")


def with_held(questions: Iterable[Row], tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Return questions with what the dataset holds in the cell that each is about."""
    asked = list(questions)
    values = held(tables, {_cell(row) for row in asked if row["key"] and row["column"]})
    return [{**row, "held": values.get(_cell(row), "")} for row in asked]


def in_families(questions: Iterable[Row], problems: Iterable[Problem]) -> list[Row]:
    """Return questions with their `cause`; `problems` are the doubts that they were made from.

    An open question hangs under an open one about the same cell, and a failed check under an open one about any of its
    terms. What hung under a question that is answered, and still does not hold, says so.
    """
    rows = {row["question_id"]: row for row in questions}
    rests_on = {question_id(item): item.rests_on for item in problems if item.rests_on}
    found = {key: _with_its_label(row, rows) for key, row in rows.items()}
    by_cell = _by_cell(found.values())
    for key, row in found.items():
        if row["state"] == "open" and not row["cause"]:
            found[key] = _hung(row, by_cell, rests_on.get(key, ()))
    return _lifted(found)


def _with_its_label(row: Row, rows: Mapping[str, Row]) -> Row:
    """Another place of a label shares the answer that its question was given."""
    cause = rows.get(row["cause"])
    return row if cause is None or row["state"] != "open" else {**row, "state": cause["state"]}


def _by_cell(rows: Iterable[Row]) -> dict[Cell, list[Row]]:
    cells: dict[Cell, list[Row]] = {}
    for row in sorted(rows, key=_turn):
        if row["key"] and row["column"]:
            cells.setdefault(_cell(row), []).append(row)
    return cells


def _cell(row: Row) -> Cell:
    return row["table"], row["key"], row["column"]


def _turn(row: Row) -> tuple[int, str]:
    return _FIRST.index(row["kind"]), row["question_id"]


def _hung(row: Row, by_cell: Mapping[Cell, Sequence[Row]], rests_on: Iterable[Cell]) -> Row:
    own = _cell(row)
    terms = rests_on if row["kind"] == "failed_check" else ()
    before = [
        other for cell in dict.fromkeys((own, *terms)) for other in by_cell.get(cell, ()) if _turn(other) < _turn(row)
    ]
    standing = [other for other in before if other["state"] == "open" and other["kind"] != "failed_check"]
    if standing:
        return {**row, "cause": min(standing, key=_turn)["question_id"]}
    settled = [other for other in before if other["state"] != "open"]
    return {**row, "prompt": f"{row['prompt']} {_in_spite_of(settled[0])}"} if settled else row


def _in_spite_of(other: Row) -> str:
    return (
        f"It stays open: question {other['question_id'][:8]} ({other['kind']}, {other['table']}.{other['column']} of "
        f"{other['key']}) was {other['state']}, the dataset holds {other['held'] or 'nothing'} there, and this still does not fit."
    )


def _lifted(rows: Mapping[str, Row]) -> list[Row]:
    """A cause is as severe as the worst that hangs under it, and offers the values that its own cell would have to have."""
    children: dict[str, list[Row]] = {}
    for row in rows.values():
        if row["cause"] and row["state"] == "open":
            children.setdefault(row["cause"], []).append(row)
    return [_raised(row, children[key]) if key in children else row for key, row in rows.items()]


def _raised(cause: Row, children: Sequence[Row]) -> Row:
    severity = min((row["severity"] for row in (cause, *children)), key=_WORST.index)
    same = [row for row in children if row["candidates"] and _cell(row) == _cell(cause)]
    return {**cause, "severity": severity, "candidates": _joined(cause, same)}


def _joined(cause: Row, others: Iterable[Row]) -> str:
    """The values to choose from of several questions about a cell, each once, under letters of one alphabet."""
    found = json.loads(cause["candidates"] or "[]")
    for row in others:
        found += [
            each for each in json.loads(row["candidates"]) if each["value"] not in {one["value"] for one in found}
        ]
    told = [{**each, "letter": letter} for letter, each in lettered(found)]
    return json.dumps(told, ensure_ascii=False) if told else ""

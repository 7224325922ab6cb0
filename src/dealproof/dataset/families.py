"""One cause, one question: doubts that an answer to another question settles hang under that one and close with it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dealproof.dataset.questions import question_id
from dealproof.dataset.rows import held
from dealproof.model.cell import DatasetCell, Row
from dealproof.model.evidence import Problem, lettered

#: Of several questions about a cell the first of these is asked: a choice among printed values before a doubt about one,
#: and last what follows from others: sums that fail, figures that are reprinted otherwise.
_FIRST = (
    "alternative_sizes",
    "conflict",
    "unit_unclear",
    "unknown_label",
    "low_confidence",
    "unmatched_name",
    "ambiguous_name",
    "missing_table",
    "failed_check",
    "restatement",
)
#: What is missing, or does not add up, where rows of a table were not understood.
_WANTING = ("missing_table", "failed_check")
_UNREAD = frozenset({"unknown_label", "unit_unclear", "low_confidence", "conflict"})
_WORST = ("error", "warning", "info")
MILDEST = _WORST[-1]


def with_held(questions: Iterable[Row], tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    """Return questions with what the dataset holds in the cell that each is about."""
    asked = list(questions)
    values = held(tables, {DatasetCell.told_by(row) for row in asked if row["key"] and row["column"]})
    return [{**row, "held": values.get(DatasetCell.told_by(row), "")} for row in asked]


def in_families(questions: Iterable[Row], problems: Iterable[Problem]) -> list[Row]:
    """Return questions with their `cause`; `problems` are the doubts that they were made from.

    An open question hangs under an open one about the same cell; a failed check also under one about any of its terms, a
    restatement under one about either figure, what does not add up under an unknown label of the same table, and a missing
    table under one about what could not be read of it. What could hang under a question that is answered, and still does not hold, says so.
    """
    rows = {row["question_id"]: row for row in questions}
    told = {key: _on_its_own(row, rows) for key, row in rows.items()}
    kin = _Kin.of(told.values(), {question_id(item): item.rests_on for item in problems if item.rests_on})
    found = dict(told)
    for key, row in sorted(told.items(), key=lambda each: (each[1]["kind"] != "restatement", _turn(each[1]))):
        if row["state"] == "open" and not row["cause"]:
            found[key] = _hung(row, list(kin.causes(row)), found)
    return _lifted({key: {**row, "cause": _root(key, found) if row["cause"] else ""} for key, row in found.items()})


def _on_its_own(row: Row, rows: Mapping[str, Row]) -> Row:
    """What is one decision with a cause that was answered for itself alone is asked itself."""
    cause = rows.get(row["cause"])
    if row["state"] != "open" or cause is None or cause["state"] == "open":
        return row
    return {**row, "cause": "", "prompt": f"{row['prompt']} {_in_spite_of(cause)}"}


@dataclass(frozen=True, slots=True)
class _Kin:
    """Questions by the cell that they are about, those about what was not read by document and table, and what each
    question rests on."""

    by_cell: Mapping[DatasetCell, Sequence[Row]]
    unread: Mapping[tuple[str, str], Sequence[Row]]
    rests_on: Mapping[str, Sequence[DatasetCell]]

    @staticmethod
    def of(rows: Iterable[Row], rests_on: Mapping[str, Sequence[DatasetCell]]) -> _Kin:
        """Gather questions; those with values to choose come first."""
        cells: dict[DatasetCell, list[Row]] = {}
        unread: dict[tuple[str, str], list[Row]] = {}
        for row in sorted(rows, key=_turn):
            if row["kind"] in _UNREAD or _is_left_over(row):
                unread.setdefault((row["document_id"], row["table"]), []).append(row)
            if row["key"] and row["column"]:
                cells.setdefault(DatasetCell.told_by(row), []).append(row)
        return _Kin(cells, unread, rests_on)

    def causes(self, row: Row) -> Iterator[Row]:
        """The questions whose answer may settle this one, the likeliest first."""
        own = [DatasetCell.told_by(row)] if row["key"] and row["column"] else []
        terms = self.rests_on.get(row["question_id"], ()) if row["kind"] in ("failed_check", "restatement") else ()
        near = [other for cell in dict.fromkeys((*own, *terms)) for other in self.by_cell.get(cell, ())]
        yield from sorted((other for other in near if self._leads(other, row)), key=_turn)
        if row["kind"] in _WANTING:
            unread = self.unread.get((row["document_id"], row["table"]), ())
            wanting = row["kind"] == "missing_table" and not _is_left_over(row)
            yield from (each for each in unread if wanting or each["kind"] == "unknown_label" or _is_left_over(each))

    def _leads(self, other: Row, row: Row) -> bool:
        """Whether the answer to `other` comes before that to `row`."""
        if other["kind"] == "restatement":
            rests_on = self.rests_on.get(other["question_id"], ())
            return row["kind"] == "failed_check" and DatasetCell.told_by(row) not in rests_on
        if other["kind"] == "failed_check" and row["kind"] == "failed_check":
            return DatasetCell.told_by(other) == DatasetCell.told_by(row) and _turn(other) < _turn(row)
        return _turn(other) < _turn(row)


def _is_left_over(row: Row) -> bool:
    """Whether a question is about figures that stand somewhere and were not understood; a table that was looked for in vain
    has no place."""
    return row["kind"] == "missing_table" and bool(row["x0"])


def _turn(row: Row) -> tuple[int, bool, str]:
    return _FIRST.index(row["kind"]), not row["candidates"], row["question_id"]


def _hung(row: Row, causes: Sequence[Row], found: Mapping[str, Row]) -> Row:
    """The question under the first open one that does not hang under it itself."""
    for other in causes:
        if other["state"] == "open" and (root := _root(other["question_id"], found)) != row["question_id"]:
            return {**row, "cause": root}
    causes = [other for other in causes if other["state"] != "open"]
    return {**row, "prompt": f"{row['prompt']} {_in_spite_of(causes[0])}"} if causes else row


def _in_spite_of(other: Row) -> str:
    about = f"{other['table']}.{other['column']} of {other['key']}" if other["column"] else other["value"]
    holds = f"the dataset holds {other['held'] or 'nothing'} there, and " if other["column"] else ""
    return (
        f"It stays open: question {other['question_id'][:8]} ({other['kind']}, {about}) was {other['state']}, {holds}"
        "this still does not fit."
    )


def _root(key: str, found: Mapping[str, Row]) -> str:
    """The question at the top; nothing hangs under what hangs itself."""
    while found[key]["cause"] in found:
        key = found[key]["cause"]
    return key


def _lifted(rows: Mapping[str, Row]) -> list[Row]:
    """A cause is as severe as the worst that hangs under it, and offers the values that its own cell would have to have."""
    children: dict[str, list[Row]] = {}
    for row in rows.values():
        if row["cause"] and row["state"] == "open":
            children.setdefault(row["cause"], []).append(row)
    return [_raised(row, children[key]) if key in children else row for key, row in rows.items()]


def worst(severities: Iterable[str]) -> str:
    """The worst of severities."""
    return min(severities, key=_WORST.index)


def _raised(cause: Row, children: Sequence[Row]) -> Row:
    severity = worst(row["severity"] for row in (cause, *children))
    same = [row for row in children if row["candidates"] and DatasetCell.told_by(row) == DatasetCell.told_by(cause)]
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

"""What persons answered, turned into rows of the mapping files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dealproof.mappings import answers, corrections
from dealproof.mappings.answers import answers_of
from dealproof.mappings.corrections import CONFIRMED, as_written, corrections_of
from dealproof.mappings.findings import Finding, refuse
from dealproof.mappings.sheet import Sheet, extended, new_sheet, read_sheet, write_records

Row = Mapping[str, str]
ANSWERS = ("corrected", "confirmed", "dismissed")
_LAYOUTS = {layout.file: layout for layout in (corrections.LAYOUT, answers.LAYOUT)}
_HOW = "Write corrected (and right_value), confirmed or dismissed."


@dataclass(frozen=True, slots=True)
class Given:
    """An answer to one question. `line` is where it stands, `asked` the question as the sheet shows it, for one that was
    answered before and is not asked any more."""

    question_id: str
    answer: str
    right_value: str
    reason: str
    decided_by: str
    decided_on: str
    line: int
    asked: Row | None = None


@dataclass(frozen=True, slots=True)
class Settled:
    """Rows to add to the corrections and the answers file, and how many answers stood there already."""

    corrections: tuple[Row, ...]
    answers: tuple[Row, ...]
    known: int


def settle(given: Sequence[Given], questions: Sequence[Row], folder: Path, source: str) -> Settled:
    """Return the rows that answers give; nothing is written. `source` is the file that they come from, for messages.

    Raises MappingError that lists every answer which cannot be taken: no such question, no value, nobody signed, another
    answer given before.
    """
    findings: list[Finding] = []
    by_id = {row["question_id"]: row for row in questions}
    fixes: list[Row] = []
    notes: list[Row] = []
    for item in given:
        question = _question(item.question_id, by_id) or _from_sheet(item.asked)
        told = _mistakes(item, question)
        findings += [Finding(source, item.line, *words) for words in told]
        if told or question is None:
            continue
        if (
            item.answer != "dismissed"
            and question["table"]
            and question["key"]
            and question["column"]
            and question["value"]
        ):
            fixes.append(_correction(item, question))
        else:
            notes.append(_answer(item, question))
    new_fixes, new_notes = (
        _unknown(folder / corrections.FILE, map(as_written, fixes), corrections.COLUMNS[2:7]),
        _unknown(folder / answers.FILE, notes, answers.COLUMNS[:2]),
    )
    corrections_of(_joined(folder / corrections.FILE, new_fixes), findings)
    answers_of(_joined(folder / answers.FILE, new_notes), findings)
    refuse(set(findings))
    return Settled(tuple(new_fixes), tuple(new_notes), len(fixes) + len(notes) - len(new_fixes) - len(new_notes))


def write(settled: Settled, folder: Path) -> tuple[Path, ...]:
    """Add the rows to the files in `folder`; returns the files changed."""
    written: list[Path] = []
    for name, rows in ((corrections.FILE, settled.corrections), (answers.FILE, settled.answers)):
        if rows:
            write_records(folder / name, _joined(folder / name, rows).records)
            written.append(folder / name)
    return tuple(written)


def _question(wanted: str, by_id: Mapping[str, Row]) -> Row | None:
    """The question with this id, or with this beginning of an id where only one has it."""
    if wanted in by_id:
        return by_id[wanted]
    found = [row for key, row in by_id.items() if wanted and key.startswith(wanted)]
    return found[0] if len(found) == 1 else None


def _from_sheet(asked: Row | None) -> Row | None:
    """The question as the sheet shows it, if that tells which cell it is about."""
    return asked if asked and all(asked.get(name) for name in ("table", "key", "column", "value")) else None


def _mistakes(item: Given, question: Row | None) -> list[tuple[str, str, str]]:
    told: list[tuple[str, str, str]] = []
    if question is None:
        told.append(("question_id", f"there is no question {item.question_id!r}.", "Copy its id from the questions."))
    if item.answer not in ANSWERS:
        told.append(("answer", f"{item.answer!r} is unknown.", _HOW))
    if item.answer == "corrected" and not item.right_value:
        told.append(("right_value", "the right value is missing.", "Fill it in, or - where nothing is stated."))
    if item.answer == "corrected" and question is not None and not (question["key"] and question["column"]):
        told.append(("answer", "the question is about no single value.", "Write confirmed or dismissed."))
    if not item.decided_by:
        told.append(("decided_by", "nobody signs for it.", "Fill in who decided, or give --by."))
    return told


def _correction(item: Given, question: Row) -> Row:
    return {
        "document_id": question["document_id"],
        "table": question["table"],
        "key": question["key"],
        "column": question["column"],
        "printed_value": question["value"],
        "right_value": item.right_value if item.answer == "corrected" else CONFIRMED,
        "reason": item.reason,
        "decided_by": item.decided_by,
        "decided_on": item.decided_on,
    }


def _answer(item: Given, question: Row) -> Row:
    return {
        "question_id": question["question_id"],
        "answer": "dismissed" if item.answer == "dismissed" else "confirmed",
        "reason": item.reason,
        "decided_by": item.decided_by,
        "decided_on": item.decided_on,
    }


def _unknown(path: Path, rows: Iterable[Row], columns: Sequence[str]) -> list[Row]:
    """The rows that do not stand in the file yet, by the columns that matter."""
    layout = _LAYOUTS[path.name]
    standing = (
        {tuple(row[name] for name in columns) for row in read_sheet(path, layout=layout).rows}
        if path.exists()
        else set()
    )
    return [row for row in rows if tuple(row.get(name, "") for name in columns) not in standing]


def _joined(path: Path, rows: Iterable[Row]) -> Sheet:
    layout = _LAYOUTS[path.name]
    return extended(read_sheet(path, layout=layout) if path.exists() else new_sheet(path, layout), rows)

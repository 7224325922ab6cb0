"""Questions that a person settled without a value to correct: `mappings/answers.csv`, one question a row."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, cast, get_args

from dealproof.mappings.findings import Finding
from dealproof.mappings.sheet import Sheet, SheetRow

FILE = "answers.csv"
COLUMNS = ("question_id", "answer", "reason", "decided_by", "decided_on", "note")
Word = Literal["confirmed", "dismissed"]
ANSWERS: tuple[Word, ...] = get_args(Word)


@dataclass(frozen=True, slots=True)
class Answer:
    """One row: the question was looked into (`confirmed`) or does not matter (`dismissed`)."""

    question_id: str
    answer: Word
    reason: str
    decided_by: str
    decided_on: str
    where: str = ""


def answers_of(sheet: Sheet, findings: list[Finding]) -> tuple[Answer, ...]:
    """Read the rows of an answers file; a row that cannot be used adds findings and is left out."""
    found: dict[str, Answer] = {}
    for row in sheet.rows:
        wrong = [Finding(FILE, row.line, *told) for told in _mistakes(row, found)]
        findings += wrong
        if not wrong:
            word = cast(Word, row["answer"])
            cells = (row["reason"], row["decided_by"], row["decided_on"])
            found[row["question_id"]] = Answer(row["question_id"], word, *cells, f"{FILE}:{row.line}")
    return tuple(found.values())


def _mistakes(row: SheetRow, known: dict[str, Answer]) -> Iterator[tuple[str, str, str]]:
    if not row["question_id"]:
        yield "question_id", "the question is missing.", "Copy it from the questions."
    if row["answer"] not in ANSWERS:
        yield "answer", f"{row['answer']!r} is unknown.", f"Use one of {', '.join(ANSWERS)}."
    if not row["decided_by"]:
        yield "decided_by", "nobody signs for it.", "Fill in who decided."
    other = known.get(row["question_id"])
    if other is not None and other.answer != row["answer"]:
        yield "answer", f"{other.where} says {other.answer}.", "Delete one of the two rows."

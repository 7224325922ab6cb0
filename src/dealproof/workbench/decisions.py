"""What persons answered: the rows of the mapping files that answers to questions wrote, or that somebody wrote by hand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dealproof.mappings import answers, corrections, labels, vocabulary
from dealproof.mappings.corrections import CONFIRMED, NOTHING
from dealproof.mappings.fields import IGNORED
from dealproof.mappings.layout import Layout
from dealproof.mappings.sheet import read_sheet
from dealproof.model.cell import DatasetCell

LABELS = "labels"
#: How the note of a label row tells which question it answers.
_NOTE = re.compile(
    r"^question (?P<id>[0-9a-z]{16}) by (?P<by>.*?) on (?P<on>\d{4}-\d{2}-\d{2})(?:: (?P<reason>.*))?$", re.S
)


@dataclass(frozen=True, slots=True)
class Decision:
    """One answer: the question (empty for a row written by hand), what was decided, by whom, when and why.

    `file` and `line` are where it stands in the mappings folder, `cells` the row as it stands there.
    """

    question_id: str
    file: str
    line: int
    what: str
    decided_by: str
    decided_on: str
    reason: str
    cells: Mapping[str, str] = field(compare=False)

    @property
    def where(self) -> str:
        """As `corrections.csv:12`."""
        return f"{self.file}:{self.line}"

    @property
    def cell(self) -> DatasetCell:
        """The cell that a correction speaks of; empty parts for other answers."""
        return DatasetCell.of_text(*(self.cells.get(name, "") for name in ("table", "key", "column")))


def decisions(folder: Path) -> tuple[Decision, ...]:
    """Return all answers in a mappings folder: corrections, answers and answered labels, each file in its own order.

    Raises MappingError for a file that cannot be read.
    """
    return (*_corrections(folder), *_answers(folder), *_labels(folder))


def label_note(question_id: str, by: str, on: str, reason: str) -> str:
    """The note by which a label row is known as the answer to a question."""
    return f"question {question_id} by {by} on {on}" + (f": {reason}" if reason else "")


def _corrections(folder: Path) -> Iterator[Decision]:
    for line, cells in _rows(folder, corrections.FILE, corrections.LAYOUT):
        cells = corrections.as_written(cells)
        right = cells.get("right_value", "")
        if right == CONFIRMED:
            what = f"confirmed {cells.get('printed_value', '')}".strip()
        else:
            what = "nothing is stated" if right == NOTHING else f"corrected to {right}"
        yield _decision(cells.get("question_id", ""), corrections.FILE, line, what, cells)


def _answers(folder: Path) -> Iterator[Decision]:
    for line, cells in _rows(folder, answers.FILE, answers.LAYOUT):
        yield _decision(cells.get("question_id", ""), answers.FILE, line, cells.get("answer", ""), cells)


def _labels(folder: Path) -> Iterator[Decision]:
    for path in sorted(path for path in (folder / LABELS).glob("*.csv") if path.name not in vocabulary.FILES):
        file = f"{LABELS}/{path.name}"
        for line, cells in _rows(folder, file, labels.LAYOUT):
            noted = _NOTE.match(cells.get("note", ""))
            if noted:
                field = cells.get("field", "")
                what = f"label {cells.get('label', '')} " + ("is ignored" if field == IGNORED else f"means {field}")
                told = {**cells, "decided_by": noted["by"], "decided_on": noted["on"], "reason": noted["reason"] or ""}
                yield _decision(noted["id"], file, line, what, told)
    file = f"{LABELS}/{vocabulary.WORDS}"
    for line, cells in _rows(folder, file, vocabulary.LAYOUTS[vocabulary.WORDS]):
        if noted := _NOTE.match(cells.get("note", "")):
            told = {**cells, "decided_by": noted["by"], "decided_on": noted["on"], "reason": noted["reason"] or ""}
            yield _decision(noted["id"], file, line, f"word {cells.get('word', '')} is {cells.get('parts', '')}", told)


def _rows(folder: Path, file: str, layout: Layout) -> Iterator[tuple[int, Mapping[str, str]]]:
    path = folder / file
    return ((row.line, row.cells) for row in (read_sheet(path, layout=layout).rows if path.exists() else ()))


def _decision(question_id: str, file: str, line: int, what: str, cells: Mapping[str, str]) -> Decision:
    who = (cells.get("decided_by", ""), cells.get("decided_on", ""), cells.get("reason", ""))
    return Decision(question_id, file, line, what, *who, cells)

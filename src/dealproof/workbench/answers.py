"""What persons answered, turned into changes of the mapping files. An answer given again replaces the one before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dealproof.errors import UsageError
from dealproof.mappings import answers, corrections
from dealproof.mappings.answers import answers_of
from dealproof.mappings.corrections import corrections_of
from dealproof.mappings.edits import Edit, edited, try_labels
from dealproof.mappings.files import layout_of
from dealproof.mappings.findings import Finding, Mistake, refuse
from dealproof.mappings.sheet import rewrite
from dealproof.model.cell import DatasetCell, Row
from dealproof.workbench.decisions import LABELS, Decision, decisions
from dealproof.workbench.wanted_rows import Given, Wish, asked_of, mistakes, wish, wish_alike


@dataclass(frozen=True, slots=True)
class Settled:
    """What answers change in the mapping files: their edits, how many answers stood there already, and the earlier
    answers that are replaced or taken back."""

    edits: tuple[Edit, ...]
    known: int = 0
    taken: tuple[Decision, ...] = ()

    @property
    def corrections(self) -> int:
        """Corrections added."""
        return sum(len(edit.added) for edit in self.edits if edit.file == corrections.FILE)

    @property
    def answers(self) -> int:
        """Answers added."""
        return sum(len(edit.added) for edit in self.edits if edit.file == answers.FILE)

    @property
    def labels(self) -> int:
        """Labels added."""
        return sum(len(edit.added) for edit in self.edits if edit.file.startswith(LABELS))


def settle(given: Sequence[Given], questions: Sequence[Row], folder: Path, source: str) -> Settled:
    """Return the changes that answers make; nothing is written. `source` is the file that they come from, for messages.

    Raises MappingError that lists every answer which cannot be taken: no such question, no value, nobody signed, another
    answer beside it.
    """
    findings: list[Finding] = []
    by_id = {row["question_id"]: row for row in questions}
    under = _under(questions)
    standing = _by_target(decisions(folder))
    told_before = {key[0]: found[-1] for key, found in standing.items() if len(key) == 1}
    wishes: dict[tuple[str, ...], tuple[Given, Wish]] = {}
    for item in given:
        question = asked_of(item, by_id, told_before)
        told = mistakes(item, question)
        if question is not None and not told:
            cell = tuple(question[name] for name in ("table", "key", "column"))
            asked = wish(item, question, next(iter(standing.get(cell, ())), None))
            told = _contradiction(asked, item, wishes)
            for target in ((asked.question_id,), asked.target):
                wishes.setdefault(target, (item, asked))
            for alike in (wish_alike(item, question, row) for row in under.get(question["question_id"], ())):
                if alike is not None:
                    wishes.setdefault(alike.target, (item, alike))
        findings += [Finding(source, item.line, *words) for words in told]
    added, known, taken = _against(standing, {id(asked): (item, asked) for item, asked in wishes.values()}.values())
    edits = _edits(folder, added, taken)
    _try(folder, edits, findings)
    return Settled(edits, known, tuple(taken))


def take_back(name: str, questions: Sequence[Row], folder: Path, by: str, on: str) -> Settled:
    """Return the changes that take an answer back; `name` is the id of the question, its beginning, or the place of the
    row (`corrections.csv:12`).

    Raises UsageError where there is no such answer or several fit, or nobody signs.
    """
    if not by:
        raise UsageError("Nobody signs for it.", "Give --by.")
    standing = decisions(folder)
    ids = {each.question_id for each in standing if name and each.question_id.startswith(name)}
    asked = [row for row in questions if name and row["question_id"].startswith(name) and row["state"] != "open"]
    cells = {DatasetCell.told_by(row) for row in asked if row["key"] and row["column"]}
    if len(ids | {row["question_id"] for row in asked}) > 1:
        raise UsageError(f"Several answered questions begin with {name}.", "Write more of the id.")
    found = [each for each in standing if each.question_id in ids or each.where == name]
    found = found or [each for each in standing if each.file == corrections.FILE and each.cell in cells]
    if not found:
        raise UsageError(f"No answer to {name!r} is there.", "See dealproof questions --answered.")
    edits = _edits(folder, [], dict.fromkeys(found, f"withdrawn {on} by {by}"))
    _try(folder, edits, [])
    return Settled(edits, 0, tuple(found))


def write(settled: Settled, folder: Path) -> tuple[Path, ...]:
    """Change the files in `folder`; returns the files changed."""
    sheets = [edited(folder, edit) for edit in settled.edits]
    for sheet in sheets:
        rewrite(sheet)
    return tuple(sheet.path for sheet in sheets)


def _under(questions: Iterable[Row]) -> dict[str, list[Row]]:
    """The open questions that hang under each."""
    found: dict[str, list[Row]] = {}
    for row in questions:
        if row["cause"] and row["state"] == "open":
            found.setdefault(row["cause"], []).append(row)
    return found


def _by_target(standing: Iterable[Decision]) -> dict[tuple[str, ...], list[Decision]]:
    """Earlier answers by their question, and corrections by their cell too."""
    found: dict[tuple[str, ...], list[Decision]] = {}
    for each in standing:
        if each.question_id:
            found.setdefault((each.question_id,), []).append(each)
        if each.file == corrections.FILE:
            found.setdefault(each.cell.named, []).append(each)
    return found


def _contradiction(
    asked: Wish, item: Given, wishes: Mapping[tuple[str, ...], tuple[Given, Wish]]
) -> list[Mistake]:
    for target in ((asked.question_id,), asked.target):
        other = wishes.get(target)
        if other is not None and _says(asked) != _says(other[1]):
            told = f"line {other[0].line} answers the same question otherwise."
            return [("answer", told, "Clear one of the two.")]
    return []


def _says(asked: Wish) -> tuple[str, ...]:
    return asked.file, *(asked.row.get(name, "") for name in asked.same)


def _against(
    standing: Mapping[tuple[str, ...], Sequence[Decision]], wishes: Iterable[tuple[Given, Wish]]
) -> tuple[list[Wish], int, dict[Decision, str]]:
    """The wishes that are new, how many stand already, and the earlier answers that are replaced, each with its mark."""
    new: list[Wish] = []
    known = 0
    taken: dict[Decision, str] = {}
    for item, asked in wishes:
        rivals = dict.fromkeys((*standing.get((asked.question_id,), ()), *standing.get(asked.target, ())))
        if any(_says(asked) == (each.file, *(each.cells.get(n, "") for n in asked.same)) for each in rivals):
            known += 1
            continue
        new.append(asked)
        taken |= dict.fromkeys(rivals, f"replaced {item.decided_on} by {item.decided_by}")
    return new, known, taken


def _edits(folder: Path, added: Sequence[Wish], taken: Mapping[Decision, str]) -> tuple[Edit, ...]:
    files = sorted({each.file for each in added} | {each.file for each in taken})
    return tuple(
        Edit(
            file,
            layout_of(file),
            tuple(each.row for each in added if each.file == file),
            {each.line: mark for each, mark in taken.items() if each.file == file},
        )
        for file in files
    )


def _try(folder: Path, edits: Iterable[Edit], findings: list[Finding]) -> None:
    """Raise MappingError with these findings and with every mistake that a file would hold afterwards."""
    sheets = {edit.file: edited(folder, edit) for edit in edits}
    if corrections.FILE in sheets:
        corrections_of(sheets[corrections.FILE], findings)
    if answers.FILE in sheets:
        answers_of(sheets[answers.FILE], findings)
    refuse(set(findings))
    try_labels(folder, sheets.values())

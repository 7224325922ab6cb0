"""What is asked, what is answered, and where a value comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.api.mappings import refuse_packaged
from dealproof.api.sheets import write_rows
from dealproof.api.stored import current
from dealproof.model.cell import Row
from dealproof.runs.facts import stored_sources
from dealproof.runs.watchers import NOBODY, Watchers
from dealproof.settings.settings import Settings

if TYPE_CHECKING:
    from dealproof.dataset.dataset import Dataset
    from dealproof.workbench.answers import Settled
    from dealproof.workbench.decisions import Decision
    from dealproof.workbench.effect import Since
    from dealproof.workbench.wanted_rows import Given
    from dealproof.workbench.why import Known


@dataclass(frozen=True, slots=True)
class Answered:
    """What became of answers: what they changed, the files written, and what that did to the open questions (None where
    nothing changed)."""

    settled: Settled
    written: tuple[Path, ...]
    since: Since | None


def open_questions(
    settings: Settings,
    *,
    deal: str = "",
    kind: str = "",
    severity: str = "",
    table: str = "",
    children: bool = False,
    watchers: Watchers = NOBODY,
) -> list[Row]:
    """Open questions, most valuable first; with `children` also those that hang under others. `watchers` hear what is done.

    Raises UsageError for a deal, kind, severity or table that does not exist.
    """
    from dealproof.workbench import open_questions as inbox

    dataset = current(settings, watchers)
    return inbox.open_questions(dataset, deal=deal, kind=kind, severity=severity, table=table, children=children)


def answered_questions(settings: Settings) -> tuple[Decision, ...]:
    """All answers that persons gave, with who, when and why, as they stand in the mapping files."""
    from dealproof.workbench.decisions import decisions

    return decisions(settings.mappings)


def export_questions(settings: Settings, questions: Sequence[Row], file: Path) -> None:
    """Write questions as a sheet to fill in: a workbook with a picture of each place where the name ends in .xlsx,
    else CSV."""
    from dealproof.workbench.open_questions import SHEET_COLUMNS, sheet_rows

    pictures = question_pictures(settings, questions) if file.suffix.lower() == ".xlsx" else {}
    write_rows(file, SHEET_COLUMNS, sheet_rows(questions), pictures)


def question_pictures(settings: Settings, questions: Sequence[Row]) -> dict[int, dict[str, bytes]]:
    """PNGs of the places that questions ask about, by the number of the question in the list and the letter of the value
    that stands there; the letter is empty where there is nothing to choose."""
    from dealproof.workbench.pictures import pictures_of

    return pictures_of(questions, stored_sources(settings))


def answer(settings: Settings, given: Sequence[Given], source: str) -> Answered:
    """Take answers to questions over into the mapping files; an answer given again replaces the one before.

    Raises MappingError that lists every answer which cannot be taken; then nothing is written.
    """
    from dealproof.workbench.answers import settle

    refuse_packaged(settings.mappings)
    before = current(settings)
    settled = settle(given, before.rows("questions"), settings.mappings, source)
    return _taken(settings, settled, before, [item.question_id for item in given])


def take_back(settings: Settings, name: str, by: str, on: str) -> Answered:
    """Take an answer back: its rows become comments. `name` is the question's id or the row's place (`answers.csv:3`).

    Raises UsageError where there is no such answer.
    """
    from dealproof.workbench.answers import take_back

    refuse_packaged(settings.mappings)
    before = current(settings)
    settled = take_back(name, before.rows("questions"), settings.mappings, by, on)
    return _taken(settings, settled, before, ())


def _taken(settings: Settings, settled: Settled, before: Dataset, ids: Sequence[str]) -> Answered:
    from dealproof.workbench.answers import write
    from dealproof.workbench.effect import since

    written = write(settled, settings.mappings)
    return Answered(settled, written, since(before, current(settings), ids) if written else None)


def why(settings: Settings, table: str, key: str, column: str) -> Known:
    """Everything that is known of one cell. Raises UsageError where it does not exist or several rows fit."""
    from dealproof.workbench.why import look_up

    return look_up(current(settings), table, key, column)

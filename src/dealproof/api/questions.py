"""What is asked, what is answered, and where a value comes from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.api.mappings import refuse_packaged
from dealproof.api.sheets import write_rows
from dealproof.api.stored import current
from dealproof.recall import stored_sources
from dealproof.settings import Settings

if TYPE_CHECKING:
    from dealproof.dataset.settle import Given, Settled
    from dealproof.dataset.why import Known


def export_questions(settings: Settings, questions: Sequence[Mapping[str, str]], file: Path) -> None:
    """Write questions as a sheet to fill in: a workbook with a picture of each place where the name ends in .xlsx,
    else CSV."""
    from dealproof.dataset.inbox import SHEET_COLUMNS, sheet_rows

    pictures = question_pictures(settings, questions) if file.suffix.lower() == ".xlsx" else {}
    write_rows(file, SHEET_COLUMNS, sheet_rows([dict(row) for row in questions]), pictures)


def question_pictures(settings: Settings, questions: Sequence[Mapping[str, str]]) -> dict[int, bytes]:
    """PNGs of the places that questions ask about, by the number of the question in the list."""
    from dealproof.pictures import pictures_of

    return pictures_of(questions, stored_sources(settings))


def answer(settings: Settings, given: Sequence[Given], source: str) -> tuple[Settled, tuple[Path, ...]]:
    """Take answers to questions over into the mapping files.

    Raises MappingError that lists every answer which cannot be taken; then nothing is written.
    """
    from dealproof.dataset.settle import settle, write

    refuse_packaged(settings.mappings)
    settled = settle(given, current(settings).rows("questions"), settings.mappings, source)
    return settled, write(settled, settings.mappings)


def why(settings: Settings, table: str, key: str, column: str) -> Known:
    """Everything that is known of one cell. Raises UsageError where it does not exist or several rows fit."""
    from dealproof.dataset.why import look_up

    return look_up(current(settings), table, key, column)

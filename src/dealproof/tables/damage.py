"""What a page's damage or a defect of our own may cost: the page or the table that met it, never the document.

A page that is damaged is told from a file that asks for too much: parsers wrap both in errors of their own.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from dealproof.contract.question_kinds import QuestionKind
from dealproof.model.evidence import Box, Problem, Source, Stage

T = TypeVar("T")
#: Kind of the question that is asked where a table or a page of tables could not be read.
LOST: QuestionKind = "missing_table"
#: How every question about a table that our own code failed on names the reason.
PROGRAM_ERROR = "the program met an error"
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Defect:
    """A table that could not be read because the program met an error: where it stands (`box` None: anywhere on the page),
    and the error in words."""

    page: int
    box: Box | None
    words: str


def attempt(make: Callable[[], T], page: int, box: Box | None, defects: list[Defect] | None) -> T | None:
    """Do one step of reading one table. An error is logged with its trace, added to `defects` and costs that table alone.

    Without a list of `defects` the error is raised, and so is a lack of memory in any case.
    """
    try:
        return make()
    except Exception as error:
        raise_if_out_of_memory(error)
        if defects is None:
            raise
        _log.error("page %d: a table cannot be read", page, exc_info=error)
        defects.append(Defect(page, box, error_words(error)))
        return None


def lost_table(source: Source, stage: Stage, defect: Defect) -> Problem:
    """The question about a table that an error of the program cost: where to look, and what to do."""
    place = f"{defect.box.x0:.0f},{defect.box.top:.0f}" if defect.box else ""
    which = "A table" if defect.box else "Tables"
    return Problem(
        LOST, "error", stage,
        f"{which} on page {defect.page} of {source.file_name} could not be read: {PROGRAM_ERROR} ({defect.words}).",
        "Read it by eye and add its values to corrections.csv; report the error together with the document.",
        source.document_id, defect.page, defect.box, value=place,
    )  # fmt: skip


def error_words(error: Exception) -> str:
    """An error of the program in one line."""
    return f"{type(error).__name__}: {' '.join(str(error).split())}"


def raise_if_out_of_memory(error: BaseException) -> None:
    """Raise MemoryError when `error`, anything it was raised from or anything it carries is one."""
    seen: set[int] = set()
    behind: list[object] = [error]
    while behind:
        one = behind.pop()
        if not isinstance(one, BaseException) or id(one) in seen:
            continue
        if isinstance(one, MemoryError):
            raise one
        seen.add(id(one))
        behind += (one.__cause__, one.__context__, *one.args)

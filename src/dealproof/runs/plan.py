"""What must be read: decided from size and time of the files and from what the store knows, opening none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dealproof.interpret.version import program_key
from dealproof.runs.inputs import Input
from dealproof.runs.outcome import Outcome
from dealproof.settings.limits import LimitRules
from dealproof.store.files import FileProblem, KnownFile


@dataclass(frozen=True, slots=True)
class Knowledge:
    """What the store knows: files read, files that failed, and of every document whether it must be read again.

    A document is in `outgrown` if what is stored of it stands; True where today's labels want more pages of it than were
    read, or an earlier extractor read it, None where nobody knows yet.
    """

    files: Mapping[str, KnownFile]
    problems: Mapping[str, FileProblem]
    outgrown: Mapping[str, bool | None]


@dataclass(frozen=True, slots=True)
class Plan:
    """`waiting` must be opened, `settled` need not; `gone` are known locations at which there is no file any more."""

    waiting: tuple[Input, ...]
    settled: tuple[Outcome, ...]
    gone: tuple[str, ...] = ()

    @property
    def reasons(self) -> int:
        """How many files there are in all."""
        return len(self.waiting) + len(self.settled)


def make_plan(
    items: Sequence[Input],
    known: Knowledge,
    limits: LimitRules,
    folders: Sequence[str] = (),
    again: bool = False,
    failed_only: bool = False,
) -> Plan:
    """Divide the files into those to open and those that are settled.

    `again` opens every file. `failed_only` opens every file that failed before, and lets new ones lie.
    """
    waiting: list[Input] = []
    settled: list[Outcome] = []
    for item in items:
        outcome = None if again else _settled(item, known, limits, failed_only)
        if failed_only and item.location not in known.problems:
            settled += [outcome] if outcome is not None else []
        elif outcome is None:
            waiting.append(item)
        else:
            settled.append(outcome)
    here = {item.location for item in items}
    gone = [
        place for place in {*known.files, *known.problems} if place not in here and place.startswith(tuple(folders))
    ]
    return Plan(tuple(waiting), tuple(settled), tuple(sorted(gone)) if folders else ())


def _settled(item: Input, known: Knowledge, limits: LimitRules, retry: bool) -> Outcome | None:
    """What is known of a file that lies there as it lay when it was read; None when it must be opened."""
    file = known.files.get(item.location)
    if file is not None and _is_same(item, file):
        fresh = file.document_id in known.outgrown and not known.outgrown[file.document_id]
        return Outcome(item, "known", file.document_id, file.size) if fresh else None
    problem = known.problems.get(item.location)
    if problem is None or retry or not _is_same(item, problem):
        return None
    return standing(item, problem) if problem.stands(limits.of(item.name).text, program_key()) else None


def standing(item: Input, problem: FileProblem) -> Outcome:
    """A failure that another try would only repeat, under the name that the file has now."""
    message = problem.message.replace(problem.file_name, item.name)
    return Outcome(
        item, "stands", problem.document_id, max(problem.size, 0), 0, "failed", problem.code, message, problem.remedy
    )


def _is_same(item: Input, file: KnownFile | FileProblem) -> bool:
    return item.size >= 0 and (item.size, item.modified) == (file.size, file.modified)

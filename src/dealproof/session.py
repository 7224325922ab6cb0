"""One run from its first word to its last: log, plan, reading, dataset, report, and the row in the run log.

However a run ends (done, Ctrl-C, an error), its log and its row say so.
"""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from dealproof.batch.inputs import Input, find_inputs, look_around
from dealproof.batch.log import log_to_file
from dealproof.batch.outcome import Outcome
from dealproof.batch.run import Clock, Watchers, plan_run, read_planned, stamped, utc_now
from dealproof.dataset.build import Dataset
from dealproof.dataset.summary import Summary
from dealproof.errors import MappingError, UsageError
from dealproof.evidence import Source
from dealproof.interpret.version import extractor_key, interpreter_key, program_key
from dealproof.mappings.labels import labels_key
from dealproof.publish import Published, publish
from dealproof.recall import forget_old, labels_of, stored_sources
from dealproof.reports.run import RunRecord, as_json, lines_of, write_report
from dealproof.settings import Settings
from dealproof.store.database import open_store
from dealproof.store.files import FileProblem, file_problems
from dealproof.store.locks import claim
from dealproof.store.runs import Run, alive, begin_run, end_run


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run or a build did. `outcomes` hold one entry a file of a run, in the order of their names.

    `dataset` is None where the export stood already, made from the very same. `outgrown` are stored documents of which
    today's labels want pages that were not read yet; `damaged` are the ids of stored documents that cannot be read any
    more and are missing in the dataset; `undated` are documents that a dataset as of a day leaves out, since they
    bear no date. `report` is the HTML file of a run.
    """

    outcomes: tuple[Outcome, ...]
    summary: Summary
    written: tuple[Path, ...]
    dataset: Dataset | None = None
    outgrown: tuple[Source, ...] = ()
    damaged: tuple[str, ...] = ()
    undated: tuple[Source, ...] = ()
    documents: Mapping[str, Source] = field(default_factory=dict)
    report: Path | None = None

    def in_state(self, *states: str) -> tuple[Outcome, ...]:
        """Files of these states (read, known, failed, stands)."""
        return tuple(outcome for outcome in self.outcomes if outcome.state in states)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Files that could not be read in this run."""
        return self.in_state("failed")


def run_all(
    places: Sequence[str],
    settings: Settings,
    watchers: Watchers,
    clock: Clock = utc_now,
    failed_only: bool = False,
    items: Sequence[Input] | None = None,
) -> RunReport:
    """Read all PDFs under `places` (or just `items`), build the dataset, write the export and the report.

    One file's failure costs that file alone. Raises UsageError when there is nothing to read, StoreError, and
    MappingError for invalid mapping files: then what is new was read all the same, and the last dataset stays.
    """
    found = items if items is not None else _find(places, settings, failed_only)
    if not (settings.mappings / "labels").is_dir():
        labels_of(settings.mappings)  # a mistyped folder is told before hours of reading, a mistyped row after it
    session = _Session(settings, clock)
    session.begin(len(found))
    try:
        plan = plan_run(found, places, settings, failed_only, session.log)
        watchers.planned(plan)
        for outcome in read_planned(plan, settings, watchers, clock, session.log):
            session.outcomes.append(outcome)
        labels_of(settings.mappings)
        published = _publish(session, places, settings, failed_only)
    except BaseException as error:
        session.end("interrupted" if isinstance(error, KeyboardInterrupt) else "stopped", None, str(error))
        raise
    return session.end("done", published)


def _find(places: Sequence[str], settings: Settings, failed_only: bool) -> tuple[Input, ...]:
    if places:
        return find_inputs(places)
    if not failed_only:
        raise UsageError("Nothing to read.", "Name a PDF or a folder with PDFs.")
    failed = [place for place in file_problems(open_store(settings)) if "://" in place or Path(place).exists()]
    if not failed:
        raise UsageError("No file has failed.", "There is nothing to do.")
    return look_around(failed)


def _publish(session: _Session, places: Sequence[str], settings: Settings, failed_only: bool) -> Published:
    now = stamped(session.clock())
    forget_old(settings, now)
    everything = failed_only and not places
    failed = [outcome for outcome in session.outcomes if outcome.has_failed]
    sources: dict[str, Source | None] = dict(session.sources())
    if everything:
        sources = stored_sources(settings)
        failed += still_failed(settings, {outcome.item.location for outcome in session.outcomes})
    return publish(sources, failed, settings, now, log=session.log, unless_same=True)


def still_failed(settings: Settings, but: set[str] | frozenset[str] = frozenset()) -> list[Outcome]:
    """Files that could not be read when they were tried last, as outcomes."""
    return [_outcome(item) for place, item in file_problems(open_store(settings)).items() if place not in but]


def _outcome(problem: FileProblem) -> Outcome:
    item = Input(problem.location, problem.location, problem.file_name, problem.size, problem.modified)
    return Outcome(
        item, "stands", problem.document_id, max(problem.size, 0), 0, "failed", problem.code, problem.message,
        problem.remedy, problem.lasting,
    )  # fmt: skip


class _Session:
    """The run in progress: its name, its log, what became of its files so far."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings, self.clock = settings, clock
        self.started: datetime = clock()
        self.run_id = f"{self.started:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        self.log = str((settings.workspace / "logs" / f"run-{self.run_id}.jsonl").absolute())
        self.outcomes: list[Outcome] = []
        self._alive = ExitStack()

    def begin(self, files: int) -> None:
        """Open the log and write the first half of the row."""
        store = open_store(self.settings)
        self._alive.enter_context(claim(store, alive(self.run_id)))
        log_to_file(self.log)
        versions = self._versions()
        begin_run(
            store,
            Run(
                self.run_id, stamped(self.started), None, "running", versions["program"], versions["extractor"],
                versions["interpreter"], versions["labels"], files,
            ),
        )  # fmt: skip

    def sources(self) -> dict[str, Source]:
        """Every document that was read or known, under one name: the first by name and place."""
        found: dict[str, Source] = {}
        for outcome in sorted(self.outcomes, key=lambda item: (item.item.name, item.item.location)):
            if not outcome.has_failed:
                found.setdefault(outcome.document_id, outcome.source)
        return found

    def end(self, state: str, published: Published | None, error: str = "") -> RunReport:
        """Write the report and the second half of the row."""
        done = self.clock()
        seconds = (done - self.started).total_seconds()
        counts = Counter[str](outcome.state for outcome in self.outcomes)
        summary = published.summary if published else Summary()
        record = RunRecord(
            self.run_id, state, stamped(self.started), stamped(done), seconds, self._versions(), self._shown(), dict(counts),
            lines_of(self.outcomes), summary.as_dict() if published else {}, error,
        )  # fmt: skip
        report, _ = write_report(record, self.settings.workspace / "runs")
        end_run(
            open_store(self.settings), self.run_id, state=state, ended_at=stamped(done), files=len(self.outcomes),
            read=counts["read"], failed=counts["failed"], seconds=seconds, report=as_json(record),
        )  # fmt: skip
        log_to_file("")
        self._alive.close()
        ordered = tuple(sorted(self.outcomes, key=lambda outcome: (outcome.item.name, outcome.item.location)))
        if published is None:
            return RunReport(ordered, summary, ())
        return RunReport(
            ordered, summary, published.written, published.dataset, published.outgrown, published.damaged,
            published.undated, self.sources(), report,
        )  # fmt: skip

    def _versions(self) -> dict[str, str]:
        try:
            labels = labels_key(self.settings.mappings / "labels")
        except MappingError:
            labels = ""
        return {
            "program": program_key(),
            "extractor": extractor_key(),
            "interpreter": interpreter_key(),
            "labels": labels,
        }

    def _shown(self) -> dict[str, str]:
        """Settings for the report, each with where it came from; no password."""
        came_from = dict(self.settings.origin)
        every = self.settings.limits.every
        shown = {
            "mappings": self.settings.mappings,
            "out": self.settings.out,
            "workspace": self.settings.workspace,
            "store": open_store(self.settings).name,
            "format": self.settings.format,
            "jobs": self.settings.jobs,
            "cluster": self.settings.cluster or "-",
            "seconds": every.seconds,
            "memory": f"{every.memory >> 20} MB",
            "pages": every.pages,
        }
        return {name: f"{value} ({came_from.get(name, 'default')})" for name, value in shown.items()}


def rebuilt(published: Published, documents: Mapping[str, Source | None]) -> RunReport:
    """The report of a build without a run."""
    known = {document_id: source for document_id, source in documents.items() if source is not None}
    return replace(
        RunReport((), published.summary, published.written, published.dataset),
        outgrown=published.outgrown, damaged=published.damaged, undated=published.undated, documents=known,
    )  # fmt: skip

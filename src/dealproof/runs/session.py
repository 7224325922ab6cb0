"""One run from its first word to its last: log, plan, reading, dataset, report, and the row in the run log.

However a run ends (done, Ctrl-C, an error), its log and its row say so.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from dealproof.dataset.dataset import Dataset
from dealproof.dataset.summary import Summary
from dealproof.errors import MappingError, StoreError, UsageError
from dealproof.export.present import documents_of
from dealproof.interpret.version import extractor_key, interpreter_key, program_key
from dealproof.mappings.label_files import labels_key
from dealproof.mappings.labels_of_folder import labels_of
from dealproof.model.evidence import Source
from dealproof.runs.facts import forget_old, refuse_invalid_labels, sources_of
from dealproof.runs.inputs import Input, find_inputs, look_around, other_files
from dealproof.runs.log import log_to_file
from dealproof.runs.many import Clock, plan_run, read_planned, stamped, utc_now
from dealproof.runs.outcome import InHand, Outcome
from dealproof.runs.publish import Aim, Published, publish, publish_stored, still_failed
from dealproof.runs.watchers import Watchers
from dealproof.settings.settings import Settings
from dealproof.store.database import bound, open_store
from dealproof.store.decisions import dismissals
from dealproof.store.files import Replaced, file_problems, known_files, replaced_documents
from dealproof.store.locks import claim
from dealproof.store.runs import Run, alive, begin_run, count_run, end_run


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run or a build did. `outcomes` hold one entry a file of a run, in the order of their names.

    `dataset` is None where the export stood already, made from the very same. `outgrown` are stored documents of which
    today's labels want pages that were not read yet; `damaged` are the ids of stored documents that cannot be read any
    more and are missing in the dataset; `undated` are documents that a dataset as of a day leaves out, since they
    bear no date. `replaced` are documents whose place another file of the same name took in this run. `failing` are all
    files that could not be read when they were tried last, `dismissed` those of them that a person knows of. `others`
    names files in the folders that are no PDFs. `report` is the HTML file of a run.
    """

    outcomes: tuple[Outcome, ...]
    summary: Summary
    written: tuple[Path, ...]
    dataset: Dataset | None = None
    outgrown: tuple[Source, ...] = ()
    damaged: tuple[str, ...] = ()
    undated: tuple[Source, ...] = ()
    replaced: tuple[Replaced, ...] = ()
    failing: tuple[Outcome, ...] = ()
    dismissed: tuple[Outcome, ...] = ()
    others: tuple[str, ...] = ()
    documents: Mapping[str, Source] = field(default_factory=dict)
    report: Path | None = None

    def in_state(self, *states: str) -> tuple[Outcome, ...]:
        """Files of these states (read, known, failed, stands)."""
        return tuple(outcome for outcome in self.outcomes if outcome.state in states)

    @property
    def failed(self) -> tuple[Outcome, ...]:
        """Files that could not be read in this run."""
        return self.in_state("failed")

    @property
    def failed_earlier(self) -> tuple[Outcome, ...]:
        """Files that could not be read in an earlier run, still cannot, and of which nobody said that they know."""
        now = {outcome.item.location for outcome in self.failed}
        return tuple(outcome for outcome in self.failing if outcome.item.location not in now)


def run_all(
    places: Sequence[str],
    settings: Settings,
    watchers: Watchers,
    clock: Clock = utc_now,
    failed_only: bool = False,
    items: Sequence[Input] | None = None,
    only_these: bool = False,
) -> RunReport:
    """Read all PDFs under `places` (or just `items`), build the dataset of all that the store holds, write the export and the
    report. With `only_these`, the dataset is that of the files found.

    One file's failure costs that file alone. Raises UsageError when there is nothing to read, StoreError, and
    MappingError for invalid mapping files: then what is new was read all the same, and the last dataset stays.
    """
    watchers.phase("looking for files")
    found = items if items is not None else _find(places, settings, failed_only)
    if not (settings.mappings / "labels").is_dir():
        labels_of(settings.mappings)  # a mistyped folder is told before hours of reading, a mistyped row after it
    session = _Session(bound(settings), clock)
    session.begin(len(found), places)
    settings = session.settings
    try:
        watchers.phase("comparing files with the store")
        plan = plan_run(found, places, settings, failed_only, session.log)
        watchers.planned(plan)
        for outcome in read_planned(plan, settings, session.counting(watchers), clock, session.log):
            session.outcomes.append(outcome)
        session.count(0.0)
        refuse_invalid_labels(settings)
        published = _publish(session, settings, watchers, only_these)
    except BaseException as error:
        with suppress(StoreError):  # a store that is gone cannot be told how its run ended
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


def _publish(session: _Session, settings: Settings, watchers: Watchers, only_these: bool) -> Published:
    now = stamped(session.clock())
    forget_old(settings, now)
    aim = Aim(now, log=session.log, unless_same=True, only=only_these, watchers=watchers)
    if only_these:
        failed = [outcome for outcome in session.outcomes if outcome.has_failed]
        return publish(session.sources(), failed, settings, aim)
    return publish_stored(settings, aim)


class _Session:
    """The run in progress: its name, its log, what became of its files so far."""

    def __init__(self, settings: Settings, clock: Clock) -> None:
        self.settings, self.clock = settings, clock
        self.started: datetime = clock()
        self.run_id = f"{self.started:%Y%m%d-%H%M%S}-{secrets.token_hex(2)}"
        self.log = str((settings.workspace / "logs" / f"run-{self.run_id}.jsonl").absolute())
        self.outcomes: list[Outcome] = []
        self._alive = ExitStack()
        self._counted = 0.0
        self._others: tuple[str, ...] = ()
        self._replaced_before: Mapping[str, Replaced] = {}

    def begin(self, files: int, places: Sequence[str]) -> None:
        """Open the log and write the first half of the row."""
        ours = (self.settings.out, self.settings.workspace, self.settings.mappings)
        self._others = other_files(places, ours)
        self._replaced_before = replaced_documents(open_store(self.settings))
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

    def counting(self, watchers: Watchers) -> Watchers:
        """The watchers, and others who look at the run log meanwhile."""

        def working(hands: Sequence[InHand]) -> None:
            self.count()
            watchers.working(hands)

        def done(outcome: Outcome) -> None:
            self.count()
            watchers.done(outcome)

        return replace(watchers, working=working, done=done)

    def count(self, after: float = 1.0) -> None:
        """Write down how far the run is, if it was done longer ago than `after` seconds."""
        now = time.monotonic()
        if now - self._counted >= after:
            self._counted = now
            counts = Counter[str](outcome.state for outcome in self.outcomes)
            count_run(open_store(self.settings), self.run_id, len(self.outcomes), counts["read"], counts["failed"])

    def sources(self) -> dict[str, Source | None]:
        """Every document that was read or known, under one name: the first by name and place."""
        found: dict[str, Source | None] = {}
        for outcome in sorted(self.outcomes, key=lambda item: (item.item.name, item.item.location)):
            if not outcome.has_failed:
                found.setdefault(outcome.document_id, outcome.source)
        return found

    def end(self, state: str, published: Published | None, error: str = "") -> RunReport:
        """Write the report and the second half of the row. Raises StoreError where the store is gone."""
        try:
            return self._end(state, published, error)
        finally:
            log_to_file("")
            self._alive.close()

    def _end(self, state: str, published: Published | None, error: str) -> RunReport:
        from dealproof.runs.report import RunRecord, as_json, lines_of, write_report

        store = open_store(self.settings)
        done = self.clock()
        seconds = (done - self.started).total_seconds()
        counts = Counter[str](outcome.state for outcome in self.outcomes)
        summary = published.summary if published else Summary()
        record = RunRecord(
            self.run_id, state, stamped(self.started), stamped(done), seconds, self._versions(), self._shown(), dict(counts),
            lines_of(self.outcomes, _rows(published, self.settings)), summary.as_dict() if published else {}, error,
            self._others,
        )  # fmt: skip
        report, _ = write_report(record, self.settings.workspace / "runs")
        end_run(
            store, self.run_id, state=state, ended_at=stamped(done), files=len(self.outcomes), done=len(self.outcomes),
            read=counts["read"], failed=counts["failed"], seconds=seconds, report=as_json(record),
        )  # fmt: skip
        ordered = tuple(sorted(self.outcomes, key=lambda outcome: (outcome.item.name, outcome.item.location)))
        if published is None:
            return RunReport(ordered, summary, ())
        pushed = replaced_documents(store)
        return _with_failing(
            RunReport(
                ordered, summary, published.written, published.dataset, published.outgrown, published.damaged,
                published.undated, tuple(item for older, item in pushed.items() if self._replaced_before.get(older) != item),
                others=self._others, documents=sources_of(known_files(store)), report=report,
            ),
            self.settings,
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


def rebuilt(published: Published, settings: Settings) -> RunReport:
    """The report of a build without a run."""
    report = RunReport(
        (), published.summary, published.written, published.dataset, published.outgrown, published.damaged,
        published.undated, documents=sources_of(known_files(open_store(settings))),
    )  # fmt: skip
    return _with_failing(report, settings)


def _with_failing(report: RunReport, settings: Settings) -> RunReport:
    """The report with all files that cannot be read, divided by whether a person knows of them."""
    known = dismissals(open_store(settings))
    failing = still_failed(settings)
    return replace(
        report,
        failing=tuple(outcome for outcome in failing if outcome.document_id not in known),
        dismissed=tuple(outcome for outcome in failing if outcome.document_id in known),
    )


def _rows(published: Published | None, settings: Settings) -> Mapping[str, Mapping[str, str]]:
    """What the dataset says of each document, by its id."""
    if published is None:
        return {}
    rows = documents_of(settings.out) if published.dataset is None else published.dataset.rows("documents")
    return {row["document_id"]: row for row in rows}

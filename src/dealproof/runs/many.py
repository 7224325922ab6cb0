"""One run over many files: what must be read is planned, read, and noted in the store file by file.

Whatever ends a run, what it noted is kept; the next one begins where it ended.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import UTC, datetime

from dealproof.errors import MappingError
from dealproof.interpret.version import program_key
from dealproof.mappings.label_files import labels_key
from dealproof.model.evidence import Source
from dealproof.runs.facts import refuse_invalid_labels, stale
from dealproof.runs.inputs import Input, folders_of, is_litter
from dealproof.runs.outcome import InHand, Outcome
from dealproof.runs.plan import Knowledge, Plan, make_plan
from dealproof.runs.watchers import Watchers
from dealproof.settings.settings import Settings
from dealproof.store.connections import Store
from dealproof.store.database import open_store
from dealproof.store.facts import states
from dealproof.store.files import FileProblem, KnownFile, file_problems, forget_files, known_files, note_files

Clock = Callable[[], datetime]
#: Files are noted in the store this many at a time, or when the last one is done.
_TOGETHER = 20
#: ... or after so many seconds, since others look at the store meanwhile.
_SOON = 1.0
_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The time of day, for who does not bring a clock."""
    return datetime.now(UTC)


def stamped(moment: datetime) -> str:
    """A time as the store keeps it."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")


def plan_run(
    items: Sequence[Input], places: Sequence[str], settings: Settings, failed_only: bool = False, log: str = ""
) -> Plan:
    """Say what a run would read. Documents whose labels changed are interpreted first: their pages may not do."""
    store = open_store(settings)
    files = known_files(store)
    try:
        refuse_invalid_labels(settings)
    except MappingError:  # the run reads what is new and says so at its end
        outgrown: dict[str, bool | None] = {name: state.earlier for name, state in states(store, "").items()}
    else:
        here = {item.location for item in items}
        named = {
            file.document_id: Source(file.location, file.file_name, file.document_id, file.size)
            for file in files.values()
            if file.location in here
        }
        unclear = {document_id for document_id, state in _states(store, settings).items() if state is None}
        if unclear:
            from dealproof.runs.stored import refresh

            refresh([item for item in stale(named, settings) if item[0] in unclear], settings, log)
        outgrown = _states(store, settings)
    known = Knowledge(files, file_problems(store), outgrown)
    plan = make_plan(items, known, settings.limits, folders_of(places), settings.again, failed_only)
    return replace(plan, gone=tuple(location for location in plan.gone if _is_gone(location)))


def _is_gone(location: str) -> bool:
    """Whether a known file is there no more, or would not be taken for a document any more. One that a watch does not
    take yet, since it still grows, is there."""
    return "://" in location or is_litter(location) or not os.path.lexists(location)


def read_planned(plan: Plan, settings: Settings, watchers: Watchers, clock: Clock, log: str = "") -> Iterator[Outcome]:
    """Read what a plan says and note every outcome; those that are settled come first."""
    store = open_store(settings)
    forget_files(store, plan.gone)
    yield from plan.settled
    fresh: list[Outcome] = []
    noted = time.monotonic()

    def note_soon() -> None:
        nonlocal noted
        if len(fresh) >= _TOGETHER or time.monotonic() - noted >= _SOON:
            _note(store, fresh, settings, clock)
            noted = time.monotonic()

    def working(hands: Sequence[InHand]) -> None:
        note_soon()
        watchers.working(hands)

    try:
        for outcome in _engine(plan.waiting, settings, log, working):
            fresh.append(outcome)
            watchers.done(outcome)
            note_soon()
            yield outcome
    finally:
        with suppress(GeneratorExit):
            _note(store, fresh, settings, clock)


def biggest_first(items: Iterable[Input]) -> list[Input]:
    """Files in the order in which they are handed out: a long one that begins last is read by one worker while the others
    idle. Their bytes tell how long they are; to count pages each would have to be opened. Those of unknown size come last."""
    return sorted(items, key=lambda item: -item.size)


def _engine(
    items: Sequence[Input], settings: Settings, log: str, working: Callable[[Sequence[InHand]], None]
) -> Iterator[Outcome]:
    if not items:
        return iter(())
    if settings.cluster:
        from dealproof.runs.cluster import read_there

        return read_there(biggest_first(items), settings, log)
    from dealproof.runs.local import read_here

    return read_here(biggest_first(items), settings, log, working)


def _note(store: Store, fresh: list[Outcome], settings: Settings, clock: Clock) -> None:
    if not fresh:
        return
    open_store(settings)  # nothing is noted in a store that is another one by now
    note_files(
        store,
        [_known(outcome) for outcome in fresh if not outcome.has_failed],
        [_problem(outcome, settings, clock) for outcome in fresh if outcome.has_failed],
    )
    fresh.clear()


def _known(outcome: Outcome) -> KnownFile:
    item = outcome.item
    return KnownFile(item.location, item.name, item.size, item.modified, outcome.document_id)


def _problem(outcome: Outcome, settings: Settings, clock: Clock) -> FileProblem:
    item = outcome.item
    return FileProblem(
        item.location, item.name, outcome.document_id, item.size, item.modified, outcome.code, outcome.message,
        outcome.remedy, outcome.lasting, settings.limits.of(item.name).text, program_key(), stamped(clock()),
    )  # fmt: skip


def _states(store: Store, settings: Settings) -> dict[str, bool | None]:
    known = states(store, labels_key(settings.mappings / "labels"))
    return {document_id: state.earlier or state.outgrown for document_id, state in known.items()}

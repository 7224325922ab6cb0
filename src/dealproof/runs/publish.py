"""Documents understood in, an export out; nothing is done where nothing changed since the export was written.

An export is known by all that its bytes depend on: documents with their names and extracts, labels, mapping files,
program and format. Somebody who touched a file of it gets it written again.

A dataset takes the place of another one only if it holds every document of it, or if a person said which may go: those
that were forgotten, or all but the files of this run (`Aim.only`). A dataset as of a day never takes the place of today's.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from dealproof.dataset.dataset import Dataset
from dealproof.dataset.summary import Summary, summarize, summary_from
from dealproof.errors import StoreError, UsageError
from dealproof.export.present import documents_of, leaving, told
from dealproof.model.evidence import Source
from dealproof.runs.built import built, collector_at_rest
from dealproof.runs.facts import stored_sources
from dealproof.runs.inputs import Input
from dealproof.runs.kept import inputs_key
from dealproof.runs.outcome import Outcome
from dealproof.runs.watchers import NOBODY, Watchers
from dealproof.settings.settings import Settings
from dealproof.store.connections import Store
from dealproof.store.database import open_store
from dealproof.store.decisions import forgotten
from dealproof.store.facts import states
from dealproof.store.files import FileProblem, file_problems
from dealproof.store.locks import waiting_for
from dealproof.store.runs import Exported, exports, forget_export, note_export


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: `dataset` is None where the export stood already. `outgrown`, `damaged` as in a run report."""

    summary: Summary
    written: tuple[Path, ...]
    dataset: Dataset | None = None
    outgrown: tuple[Source, ...] = ()
    damaged: tuple[str, ...] = ()
    undated: tuple[Source, ...] = ()


@dataclass(frozen=True, slots=True)
class Aim:
    """How a dataset is published. `now` is written beside it, `log` is where worker processes write theirs.

    `as_of`: only documents that were published by that day. `unless_same`: an export that was made from the very same is
    left as it is. `only`: documents that the present dataset holds beyond these may leave it. `watchers` hear what is done.
    """

    now: str
    as_of: date | None = None
    log: str = ""
    unless_same: bool = False
    only: bool = False
    watchers: Watchers = NOBODY


def publish(sources: Mapping[str, Source | None], failed: Sequence[Outcome], settings: Settings, aim: Aim) -> Published:
    """Build the dataset of stored documents and of files that failed, and write the export.

    Raises StoreError, and writes nothing, where the dataset in the same folder holds documents that this one lacks;
    UsageError where one as of a day would take the place of today's.
    """
    store = open_store(settings)
    target = str(settings.out.resolve())
    with waiting_for(store, f"export {target}"), collector_at_rest():
        return _publish(store, target, sources, failed, settings, aim)


def publish_stored(settings: Settings, aim: Aim) -> Published:
    """Publish all that the store holds: documents, and files that could not be read. Raises as `publish`."""
    sources = stored_sources(settings)
    failed = [outcome for outcome in still_failed(settings) if outcome.document_id not in sources]
    return publish(sources, failed, settings, aim)


def still_failed(settings: Settings) -> list[Outcome]:
    """Files that could not be read when they were tried last, as outcomes."""
    store = open_store(settings)
    stored = states(store, "")
    return [_outcome(item, item.earlier in stored) for item in file_problems(store).values()]


def _outcome(problem: FileProblem, earlier_stays: bool) -> Outcome:
    stays = " Meanwhile what was read of the earlier file stays in the dataset." if earlier_stays else ""
    item = Input(problem.location, problem.location, problem.file_name, problem.size, problem.modified)
    return Outcome(
        item, "stands", problem.document_id, max(problem.size, 0), 0, "failed", problem.code, problem.message,
        f"{problem.remedy}{stays}".strip(), problem.lasting,
    )  # fmt: skip


def _publish(
    store: Store,
    target: str,
    sources: Mapping[str, Source | None],
    failed: Sequence[Outcome],
    settings: Settings,
    aim: Aim,
) -> Published:
    day = aim.as_of.isoformat() if aim.as_of else ""
    inputs = f"{inputs_key(store, sources, failed, settings, day)}-{settings.format}"
    before = exports(store).get(target)
    if aim.unless_same and before is not None and before.inputs == inputs and _files(settings.out) == before.files:
        return Published(summary_from(before.summary), tuple(settings.out / name for name in before.files))
    if aim.as_of is not None:
        _refuse_todays_place(settings.out, before)
    else:
        _refuse_to_lose(store, sources, settings, aim)
    built_now = built(sources, failed, settings, aim.as_of, aim.watchers, aim.log)
    from dealproof.export.write import write_export

    aim.watchers.phase(f"writing it to {settings.out}")
    open_store(settings)
    forget_export(store, target)
    written = write_export(built_now.dataset, settings.out, settings.format)
    summary = replace(summarize(built_now.dataset), figures=built_now.figures)
    note_export(store, target, Exported(inputs, _files(settings.out), summary.as_dict(), aim.now, day))
    return Published(
        summary, written, built_now.dataset, built_now.outgrown, built_now.damaged, built_now.undated,
    )  # fmt: skip


def _refuse_todays_place(folder: Path, before: Exported | None) -> None:
    if documents_of(folder) and not (before is not None and before.as_of):
        raise UsageError(
            f"{folder} holds the dataset of today; one as of an earlier day must not take its place.",
            "Leave --out away, or name another folder.",
        )


def _refuse_to_lose(store: Store, sources: Mapping[str, Source | None], settings: Settings, aim: Aim) -> None:
    """Tell what a dataset of these documents would take away from the present one; raise StoreError unless it may."""
    said = sources.keys() | (forgotten(store) if not aim.only else frozenset())
    going = leaving(settings.out, lambda row: row["document_id"] not in said)
    if not going.documents:
        return
    if aim.only:
        aim.watchers.leaving(going)
        return
    raise StoreError(
        f"The dataset in {settings.out} holds {told(going)} that the store {store.name} does not know; they would go. "
        "It stays as it was.",
        "Was the workspace removed or exchanged? Put it back, or run the folders with these documents again; "
        "with another --out, or with run --only-these, they are left out.",
    )


def _files(folder: Path) -> dict[str, tuple[int, int]]:
    """The files of an export with size and time of change."""
    if not folder.is_dir():
        return {}
    return {path.name: (told.st_size, told.st_mtime_ns) for path in sorted(folder.iterdir()) if (told := path.stat())}

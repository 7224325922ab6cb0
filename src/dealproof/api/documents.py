"""What concerns documents, the dataset and the store as a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dealproof.api.files import known_failures
from dealproof.api.sheets import write_rows
from dealproof.api.stored import build_dataset, current, empty, stored_documents
from dealproof.runs.facts import forget_old, refuse_invalid_labels, stored_sources, waiting_to_be_read
from dealproof.runs.inputs import Input, find_inputs
from dealproof.runs.many import plan_run, stamped, utc_now
from dealproof.runs.plan import Plan
from dealproof.runs.publish import Aim, publish_stored, still_failed
from dealproof.runs.session import RunReport, rebuilt, run_all
from dealproof.runs.watchers import NOBODY, Watchers
from dealproof.settings.settings import Settings
from dealproof.store.database import bound, open_store
from dealproof.store.decisions import Dismissal
from dealproof.store.files import FileProblem
from dealproof.store.runs import Run
from dealproof.text import printable

if TYPE_CHECKING:
    from dealproof.api.installation import Check
    from dealproof.dataset.dataset import Dataset
    from dealproof.export.absbox.write import AbsboxReport
    from dealproof.export.diff import Difference


def run(
    places: Sequence[str],
    settings: Settings,
    watchers: Watchers = NOBODY,
    failed_only: bool = False,
    items: Sequence[Input] | None = None,
    only_these: bool = False,
) -> RunReport:
    """Read all PDFs under `places` (paths or URLs), build the dataset of the store, write the export and the run report.

    Known files are not read again; one file's failure costs that file alone. `failed_only` reads those that failed
    before, all of them where no place is named. `items` narrows the reading to some of the files, `only_these` the dataset to
    the files found; what it leaves out is told to `watchers.leaving` first. Raises as `run_all`.
    """
    return run_all(places, settings, watchers, failed_only=failed_only, items=items, only_these=only_these)


def plan(places: Sequence[str], settings: Settings, failed_only: bool = False) -> Plan:
    """What `run` would read, without reading it. Raises UsageError when there is no PDF."""
    return plan_run(find_inputs(places), places, settings, failed_only)


def rebuild(settings: Settings, as_of: date | None = None, watchers: Watchers = NOBODY) -> RunReport:
    """Build the dataset again from what the store holds and write the export; no PDF is opened.

    Only documents whose labels changed are interpreted again. With `as_of`, only documents published by that day count,
    and the export goes to a folder without a dataset of today. Raises UsageError when the store holds nothing, StoreError
    when the export there holds documents that the store does not know.
    """
    from dealproof.export.present import documents_of

    refuse_invalid_labels(settings)
    nothing = not stored_sources(settings) and not still_failed(settings)
    if nothing and not documents_of(settings.out):
        raise empty(settings)
    now = stamped(utc_now())
    forget_old(settings, now)
    settings = bound(settings)
    return rebuilt(publish_stored(settings, Aim(now, as_of, watchers=watchers)), settings)


def export_absbox(
    settings: Settings, folder: Path, as_of: date | None = None, watchers: Watchers = NOBODY
) -> AbsboxReport:
    """Write inputs for AbsBox from what is stored to `folder`; no PDF is opened.

    With `as_of`, only documents published by that day count. Raises UsageError when the workspace holds nothing or
    `folder` holds anything else, StoreError when it cannot be written.
    """
    from dealproof.dataset.documents import known_on
    from dealproof.export.absbox.write import write_absbox

    if as_of is None:
        return write_absbox(current(settings, watchers), folder)
    watchers.phase(f"building the dataset of {as_of}")
    documents = known_on(stored_documents(settings), as_of).documents
    return write_absbox(build_dataset(documents, settings.mappings), folder)


def diff(a: Path, b: Path, tables: Sequence[str] = ()) -> Difference:
    """What changed from the export in `a` to the export in `b`, of any formats, and through what.

    `tables` narrows it to the tables named. Raises UsageError for a folder that is no export or is damaged, and
    for a table that is not compared.
    """
    from dealproof.export.diff import compare
    from dealproof.export.load import load_export

    return compare(load_export(a), load_export(b), tables)


def load_export(folder: str | Path) -> Dataset:
    """The dataset that an export was written from. Raises UsageError for a folder that is no export or is damaged."""
    from dealproof.export import load

    return load.load_export(Path(folder))


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What is in a store; `exports` newest last. `counts`: documents, pages, files; documents that are `stale` (to be
    interpreted again), `outgrown` (labels want more pages), `waiting` (to be read again by today's program), `earlier`
    (their PDF is gone; what an earlier program read stands) and `replaced` (another took their place); failures that a
    person knows of (`dismissed`).
    """

    store: str
    counts: Mapping[str, int]
    problems: tuple[FileProblem, ...]
    exports: tuple[Mapping[str, Any], ...]
    runs: tuple[Run, ...]

    def as_dict(self) -> dict[str, Any]:
        """For machines."""
        return asdict(self)


def status(settings: Settings) -> StoreStatus:
    """What is in the store, what failed, what waits for a person. Raises StoreError when it cannot be opened."""
    from dealproof.mappings.label_files import labels_key
    from dealproof.store.facts import states
    from dealproof.store.files import file_problems, known_files, replaced_documents
    from dealproof.store.runs import counts, exports, last_runs

    store = open_store(settings)
    waiting = waiting_to_be_read(settings)
    known = states(store, labels_key(settings.mappings / "labels"))
    problems = tuple(file_problems(store).values())
    dismissed = known_failures(settings)
    found = {
        **counts(store),
        "dismissed": sum(problem.document_id in dismissed for problem in problems),
        "replaced": len(replaced_documents(store)),
        "files": len(known_files(store)),
        "stale": sum(state.outgrown is None for state in known.values()),
        "outgrown": sum(bool(state.outgrown) for state in known.values()),
        "waiting": len(waiting),
        "earlier": sum(state.earlier for state in known.values()),
    }
    written = tuple(
        {"target": target, "written_at": export.written_at, "as_of": export.as_of, **export.summary}
        for target, export in exports(store).items()
    )
    return StoreStatus(store.name, found, problems, written, last_runs(store, 5))


def export_failures(problems: Sequence[FileProblem], file: Path, known: Mapping[str, Dismissal] | None = None) -> None:
    """Write failures as a sheet: a workbook where the name ends in .xlsx, else CSV. `known`: those that a person knows of."""
    columns = ("location", "file_name", "code", "message", "remedy", "at")
    rows = [{name: printable(str(getattr(item, name))) for name in columns} for item in problems]
    for item, row in zip(problems, rows, strict=True):
        dismissal = (known or {}).get(item.document_id)
        row |= {"dismissed_by": "", "dismissed_at": "", "reason": ""}
        if dismissal is not None:
            row |= {"dismissed_by": dismissal.by, "dismissed_at": dismissal.at, "reason": dismissal.reason}
    write_rows(file, (*columns, "dismissed_by", "dismissed_at", "reason"), rows)


def doctor(settings: Settings) -> tuple[Check, ...]:
    """Whether everything that a run needs works here."""
    from dealproof.api.installation import examine

    return examine(settings)

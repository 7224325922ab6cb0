"""One typed function per use case. No printing, no exit codes; what the command line shows is rendered elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dealproof.batch.inputs import Input, find_inputs, look_around
from dealproof.batch.plan import Plan
from dealproof.batch.run import NOBODY, Watchers, plan_run, stamped, utc_now
from dealproof.batch.stored import read_stored
from dealproof.errors import StoreError, UsageError
from dealproof.interpret.result import Interpretation
from dealproof.publish import publish
from dealproof.recall import forget_old, labels_of, stored_sources
from dealproof.session import RunReport, rebuilt, run_all, still_failed
from dealproof.settings import Settings, default_mappings, packaged_mappings
from dealproof.store.database import open_store
from dealproof.store.files import FileProblem
from dealproof.store.runs import Run

if TYPE_CHECKING:
    from dealproof.dataset.build import Dataset
    from dealproof.dataset.diff import Difference
    from dealproof.dataset.settle import Given, Settled
    from dealproof.dataset.unused import UnusedRow
    from dealproof.dataset.why import Known
    from dealproof.doctor import Check
    from dealproof.exchange.absbox.write import AbsboxReport
    from dealproof.institutions.explain import Explanation
    from dealproof.mappings.apply import Applied
    from dealproof.mappings.findings import Finding
    from dealproof.metrics.model import Review

__all__ = [
    "AppliedReport", "Input", "MarketReview", "Plan", "RunReport", "StoreStatus", "Watchers", "answer", "apply", "build_dataset",
    "check_mappings", "current", "diff", "doctor", "export_absbox", "export_failures", "export_questions", "failures", "find_inputs",
    "load_export", "look_around", "market_review", "own_mappings", "plan", "question_pictures", "read_document", "rebuild", "run", "status", "suggest", "unused", "who", "why",
]  # fmt: skip


def read_document(path: str | Path, mappings: str | Path | None = None) -> Interpretation:
    """Read one PDF and return its facts with their proof.

    Raises UnreadableFileError when the file cannot be read, MappingError when a label file is invalid.
    """
    from dealproof.extract import extract_document
    from dealproof.interpret.read import interpret_document

    labels = labels_of(Path(mappings) if mappings else default_mappings(Path()))
    return interpret_document(extract_document(Path(path), labels), labels)


def build_dataset(facts: Iterable[Interpretation], mappings: str | Path | None = None) -> Dataset:
    """Build the dataset from documents read; `Dataset.frames()` gives pandas tables."""
    from dealproof.dataset import build
    from dealproof.mappings.load import load_registry

    return build.build_dataset(facts, load_registry(Path(mappings) if mappings else default_mappings(Path())))


def run(
    places: Sequence[str],
    settings: Settings,
    watchers: Watchers = NOBODY,
    failed_only: bool = False,
    items: Sequence[Input] | None = None,
) -> RunReport:
    """Read all PDFs under `places` (paths or URLs), build the dataset, write the export and the run report.

    Known files are not read again; one file's failure costs that file alone. `failed_only` reads those that failed
    before, all of them where no place is named. `items` narrows the run to some of the files. Raises as `run_all`.
    """
    return run_all(places, settings, watchers, failed_only=failed_only, items=items)


def plan(places: Sequence[str], settings: Settings, failed_only: bool = False) -> Plan:
    """What `run` would read, without reading it. Raises UsageError when there is no PDF."""
    return plan_run(find_inputs(places), places, settings, failed_only)


def rebuild(settings: Settings, as_of: date | None = None) -> RunReport:
    """Build the dataset again from what the store holds and write the export; no PDF is opened.

    Only documents whose labels changed are interpreted again. With `as_of`, only documents published by that day count.
    Raises UsageError when the store holds nothing.
    """
    labels_of(settings.mappings)
    sources = stored_sources(settings)
    failed = [outcome for outcome in still_failed(settings) if outcome.document_id not in sources]
    if not sources and not failed:
        raise _empty(settings)
    now = stamped(utc_now())
    forget_old(settings, now)
    return rebuilt(publish(sources, failed, settings, now, as_of), sources)


def export_absbox(settings: Settings, folder: Path, as_of: date | None = None) -> AbsboxReport:
    """Write inputs for AbsBox from what is stored to `folder`; no PDF is opened.

    With `as_of`, only documents published by that day count. Raises UsageError when the workspace holds nothing or
    `folder` holds anything else, StoreError when it cannot be written.
    """
    from dealproof.dataset.as_of import known_on
    from dealproof.exchange.absbox.write import write_absbox

    documents: Sequence[Interpretation] = _stored(settings)
    if as_of is not None:
        documents = known_on(documents, as_of).documents
    return write_absbox(build_dataset(documents, settings.mappings), folder)


def diff(a: Path, b: Path, tables: Sequence[str] = ()) -> Difference:
    """What changed from the export in `a` to the export in `b`, of any formats, and through what.

    `tables` narrows it to the tables named. Raises UsageError for a folder that is no export or is damaged, and
    for a table that is not compared.
    """
    from dealproof.dataset.diff import compare
    from dealproof.dataset.load import load_export

    return compare(load_export(a), load_export(b), tables)


def load_export(folder: str | Path) -> Dataset:
    """The dataset that an export was written from. Raises UsageError for a folder that is no export or is damaged."""
    from dealproof.dataset import load

    return load.load_export(Path(folder))


def check_mappings(settings: Settings) -> tuple[Finding, ...]:
    """Every mistake in the mapping files, by file and line."""
    from dealproof.mappings.check import check_folder

    return check_folder(settings.mappings)


def who(name: str, settings: Settings, role: str = "", deal: str = "", day: str = "") -> Explanation:
    """Why a name as printed leads to an institution, or to nobody. Raises MappingError when a file is invalid."""
    from dealproof.institutions.explain import explain
    from dealproof.institutions.match import Matcher
    from dealproof.mappings.load import load_registry

    registry = load_registry(settings.mappings)
    return explain(name, Matcher(registry.institutions, registry.decisions), role, deal, day)


def suggest(settings: Settings, file: Path) -> int:
    """Write the names that nobody was found for to `file`, for an analyst to fill in; return how many there are.

    Raises UsageError when the workspace holds nothing or `file` holds answers already.
    """
    from dealproof.dataset import build
    from dealproof.dataset.suggest import COLUMNS, suggestions
    from dealproof.institutions.match import Matcher
    from dealproof.mappings.load import load_registry
    from dealproof.mappings.sheet import read_sheet, write_sheet

    if file.exists() and any(row["decision"] for row in read_sheet(file).rows):
        raise UsageError(f"{file} holds answers.", f"Take them over first: dealproof mappings apply '{file}'.")
    registry = load_registry(settings.mappings)
    documents = _stored(settings)
    deals = build.build_dataset(documents, registry).rows("deals")
    amounts = {row["deal_id"]: Decimal(row["total_amount"]) for row in deals if row["total_amount"]}
    matcher = Matcher(registry.institutions, registry.decisions)
    rows = suggestions(build.with_deals(documents, registry), matcher, amounts)
    write_sheet(file, COLUMNS, rows)
    return len(rows)


@dataclass(frozen=True, slots=True)
class AppliedReport:
    """What `apply` took over, the files it changed, and names whose answer is another now: name, before, after."""

    applied: Applied
    written: tuple[Path, ...]
    flips: tuple[tuple[str, str, str], ...]


def apply(settings: Settings, file: Path, by: str, on: str) -> AppliedReport:
    """Take the filled-in rows of `file` over into the mapping files.

    Raises MappingError that lists every mistake and contradiction; then nothing is written.
    """
    from dealproof.dataset.flips import flips
    from dealproof.mappings import apply as sheet
    from dealproof.mappings.load import load_registry

    _refuse_packaged(settings.mappings)
    before = load_registry(settings.mappings)
    applied = sheet.plan(file, settings.mappings, by, on)
    changed = flips(_known(settings), before, applied.registry)
    return AppliedReport(applied, sheet.write(applied, settings.mappings), changed)


def unused(settings: Settings) -> list[UnusedRow]:
    """Mapping rows that never fired on what is stored. Interprets every stored document again to see the labels fire.

    Raises UsageError when the workspace holds nothing.
    """
    from dealproof.dataset.unused import unused_rows
    from dealproof.interpret.read import interpret_document
    from dealproof.mappings.labels import WatchedLabels
    from dealproof.mappings.load import load_registry
    from dealproof.store.extracts import all_extracts

    labels = labels_of(settings.mappings)
    watched = WatchedLabels(labels.groups, labels.key)
    documents = [interpret_document(extract, watched) for extract in all_extracts(open_store(settings))]
    if not documents:
        raise _empty(settings)
    return unused_rows(documents, load_registry(settings.mappings), labels, watched.fired)


def current(settings: Settings) -> Dataset:
    """The dataset of what is stored, without writing it. Raises UsageError when the workspace holds nothing."""
    return build_dataset(_stored(settings), settings.mappings)


def export_questions(settings: Settings, questions: Sequence[Mapping[str, str]], file: Path) -> None:
    """Write questions as a sheet to fill in: a workbook with a picture of each place where the name ends in .xlsx,
    else CSV."""
    from dealproof.dataset.inbox import SHEET_COLUMNS, sheet_rows

    pictures = question_pictures(settings, questions) if file.suffix.lower() == ".xlsx" else {}
    _write_rows(file, SHEET_COLUMNS, sheet_rows([dict(row) for row in questions]), pictures)


def question_pictures(settings: Settings, questions: Sequence[Mapping[str, str]]) -> dict[int, bytes]:
    """PNGs of the places that questions ask about, by the number of the question in the list."""
    from dealproof.pictures import pictures_of

    return pictures_of(questions, stored_sources(settings))


def _write_rows(
    file: Path, columns: Sequence[str], rows: list[dict[str, str]], pictures: Mapping[int, bytes] | None = None
) -> None:
    from dealproof.dataset.workbook import write_table_sheet
    from dealproof.mappings.sheet import write_sheet

    if file.suffix.lower() == ".xlsx":
        write_table_sheet(file, columns, rows, pictures)
    else:
        write_sheet(file, columns, rows)


def answer(settings: Settings, given: Sequence[Given], source: str) -> tuple[Settled, tuple[Path, ...]]:
    """Take answers to questions over into the mapping files.

    Raises MappingError that lists every answer which cannot be taken; then nothing is written.
    """
    from dealproof.dataset.settle import settle, write

    _refuse_packaged(settings.mappings)
    settled = settle(given, current(settings).rows("questions"), settings.mappings, source)
    return settled, write(settled, settings.mappings)


def why(settings: Settings, table: str, key: str, column: str) -> Known:
    """Everything that is known of one cell. Raises UsageError where it does not exist or several rows fit."""
    from dealproof.dataset.why import look_up

    return look_up(current(settings), table, key, column)


def own_mappings(settings: Settings, folder: Path) -> int:
    """Copy the mapping files to `folder`, for analysts to edit; return how many there are.

    Raises UsageError when `folder` holds anything, StoreError when it cannot be written.
    """
    import shutil

    if folder.exists() and any(folder.iterdir()):
        raise UsageError(f"{folder} holds files already.", "Name a new folder, or edit these.")
    try:
        shutil.copytree(settings.mappings, folder, dirs_exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder} cannot be written ({error.strerror}).", "Choose another folder.") from error
    return sum(1 for path in folder.rglob("*.csv"))


def _refuse_packaged(folder: Path) -> None:
    """What persons decide must not be written where the next installation replaces it."""
    if folder.resolve() == packaged_mappings().resolve():
        raise UsageError(
            "The mapping files in use came with the program and are replaced by its next version.",
            "Make your own first: dealproof mappings init",
        )


def _stored(settings: Settings) -> list[Interpretation]:
    documents = _known(settings)
    if not documents:
        raise _empty(settings)
    return documents


def _known(settings: Settings) -> list[Interpretation]:
    stored = read_stored(stored_sources(settings), settings)
    return [known.interpretation for _, known in stored if known is not None]


def _empty(settings: Settings) -> UsageError:
    return UsageError(f"The workspace {settings.workspace} holds no documents.", "Run `dealproof run FOLDER` first.")


@dataclass(frozen=True, slots=True)
class StoreStatus:
    """What is in a store. `counts`: documents, pages, files, stale and outgrown documents; `exports` newest last."""

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
    from dealproof.mappings.labels import labels_key
    from dealproof.store.facts import states
    from dealproof.store.files import file_problems, known_files
    from dealproof.store.runs import counts, exports, last_runs

    store = open_store(settings)
    known = states(store, labels_key(settings.mappings / "labels"))
    found = {
        **counts(store),
        "files": len(known_files(store)),
        "stale": sum(state.outgrown is None for state in known.values()),
        "outgrown": sum(bool(state.outgrown) for state in known.values()),
    }
    written = tuple(
        {"target": target, "written_at": export.written_at, **export.summary}
        for target, export in exports(store).items()
    )
    return StoreStatus(store.name, found, tuple(file_problems(store).values()), written, last_runs(store, 5))


def failures(settings: Settings) -> tuple[FileProblem, ...]:
    """The files that could not be read when they were tried last, by their location."""
    from dealproof.store.files import file_problems

    return tuple(file_problems(open_store(settings)).values())


def export_failures(problems: Sequence[FileProblem], file: Path) -> None:
    """Write failures as a sheet: a workbook where the name ends in .xlsx, else CSV."""
    columns = ("location", "file_name", "code", "message", "remedy", "at")
    _write_rows(file, columns, [{name: str(getattr(item, name)) for name in columns} for item in problems])


@dataclass(frozen=True, slots=True)
class MarketReview:
    """A market review as worked out, and the files that hold it."""

    review: Review
    files: tuple[Path, ...]


def market_review(
    settings: Settings, folder: Path, year: int | None = None, universe: str = "micro_loan", until: date | None = None
) -> MarketReview:
    """Work out the market review of a year (the last one with a deal) from what is stored, and write it to `folder`.

    With `until`, that year is reviewed to that day only, beside the same part of the year before.

    Raises UsageError when the workspace holds nothing or no deal of the universe, MappingError when a file is invalid,
    EngineMissingError when the charts' library or a Chinese font is missing, StoreError when `folder` cannot be written.
    """
    from dealproof.mappings.reference import load_reference
    from dealproof.metrics.review import last_year, review_of
    from dealproof.reports.review.dossier import dossiers
    from dealproof.reports.review.write import write_review

    dataset = current(settings)
    chosen = until.year if until else year or last_year(dataset, universe)
    if chosen is None:
        raise UsageError(
            f"No deal of class {universe} is stored.", "Say another --universe; see `dealproof schema deals`."
        )
    review = review_of(dataset, chosen, universe, load_reference(settings.mappings), until=until)
    places = {document_id: source.path for document_id, source in stored_sources(settings).items() if source}
    return MarketReview(review, write_review(review, dossiers(review, dataset, places), folder))


def doctor(settings: Settings) -> tuple[Check, ...]:
    """Whether everything that a run needs works here."""
    from dealproof.doctor import examine

    return examine(settings)

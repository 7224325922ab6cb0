"""One typed function per use case. No printing, no exit codes; what the command line shows is rendered elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.batch import read_files, read_stored
from dealproof.errors import StoreError, UsageError
from dealproof.evidence import Source
from dealproof.interpret.result import Interpretation
from dealproof.recall import forget_old, labels_of
from dealproof.settings import Settings, default_mappings, packaged_mappings

if TYPE_CHECKING:
    from dealproof.dataset.build import Dataset
    from dealproof.dataset.diff import Difference
    from dealproof.dataset.settle import Given, Settled
    from dealproof.dataset.unused import UnusedRow
    from dealproof.dataset.why import Known
    from dealproof.institutions.explain import Explanation
    from dealproof.mappings.apply import Applied
    from dealproof.mappings.findings import Finding

Progress = Callable[[Interpretation], None]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: one interpretation a file in the order of their names, the dataset, the files written.

    `outgrown` are stored documents of which today's labels want pages that were not read yet; `damaged` are the ids
    of stored documents that cannot be read any more and are missing in the dataset; `undated` are documents that a
    dataset as of a day leaves out, since they bear no date.
    """

    documents: tuple[Interpretation, ...]
    dataset: Dataset
    written: tuple[Path, ...]
    outgrown: tuple[Source, ...] = ()
    damaged: tuple[str, ...] = ()
    undated: tuple[Source, ...] = ()

    @property
    def failed(self) -> tuple[Interpretation, ...]:
        """Files that could not be read."""
        return tuple(document for document in self.documents if document.status == "failed")


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


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """All PDFs that the paths name: files as given, folders searched through.

    Raises UsageError when a path is missing or no PDF is found at all.
    """
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir() and path.suffix.lower() != ".pdf":
            for inside in sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf"):
                found.setdefault(inside)
        elif path.exists():
            found.setdefault(path)
        else:
            raise UsageError(f"{path} does not exist.", "Check the path.")
    if not found:
        raise UsageError(f"There is no PDF in {', '.join(map(str, paths))}.", "Name a PDF or a folder with PDFs.")
    return tuple(found)


def run(paths: Sequence[Path], settings: Settings, on_done: Progress | None = None) -> RunReport:
    """Read all PDFs under `paths`, build the dataset, write the export. One file's failure costs that file alone."""
    labels_of(settings.mappings)
    documents: list[Interpretation] = []
    for document in read_files(find_files(paths), settings):
        documents.append(document)
        if on_done is not None:
            on_done(document)
    return _finish(documents, settings)


def rebuild(settings: Settings, as_of: date | None = None) -> RunReport:
    """Build the dataset again from what the workspace holds and write the export; no PDF is opened.

    Only documents whose labels changed are interpreted again. With `as_of`, only documents published by that day count.
    Raises UsageError when the workspace holds nothing.
    """
    from dealproof.dataset.as_of import known_on

    stored = read_stored(settings)
    if not stored:
        raise _empty(settings)
    known = [understood for understood in stored.values() if understood is not None]
    documents = [understood.interpretation for understood in known]
    split = known_on(documents, as_of) if as_of else None
    report = _finish(split.documents if split else documents, settings)
    return replace(
        report,
        outgrown=tuple(understood.interpretation.source for understood in known if understood.outgrown),
        damaged=tuple(document_id for document_id, understood in stored.items() if understood is None),
        undated=tuple(document.source for document in split.undated) if split else (),
    )


def diff(a: Path, b: Path, tables: Sequence[str] = ()) -> Difference:
    """What changed from the export in `a` to the export in `b`, of any formats, and through what.

    `tables` narrows it to the tables named. Raises UsageError for a folder that is no export or is damaged, and
    for a table that is not compared.
    """
    from dealproof.dataset.diff import compare
    from dealproof.dataset.load import load_export

    return compare(load_export(a), load_export(b), tables)


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
    from dealproof.store.folder import FolderStore

    labels = labels_of(settings.mappings)
    watched = WatchedLabels(labels.groups, labels.key)
    documents = [interpret_document(extract, watched) for extract in FolderStore(settings.workspace).all()]
    if not documents:
        raise _empty(settings)
    return unused_rows(documents, load_registry(settings.mappings), labels, watched.fired)


def current(settings: Settings) -> Dataset:
    """The dataset of what is stored, without writing it. Raises UsageError when the workspace holds nothing."""
    return build_dataset(_stored(settings), settings.mappings)


def export_questions(questions: Sequence[Mapping[str, str]], file: Path) -> None:
    """Write questions as a sheet to fill in: a workbook where the name ends in .xlsx, else CSV."""
    from dealproof.dataset.inbox import SHEET_COLUMNS, sheet_rows
    from dealproof.dataset.workbook import write_table_sheet
    from dealproof.mappings.sheet import write_sheet

    rows = sheet_rows([dict(row) for row in questions])
    if file.suffix.lower() == ".xlsx":
        write_table_sheet(file, SHEET_COLUMNS, rows)
    else:
        write_sheet(file, SHEET_COLUMNS, rows)


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
    return [known.interpretation for known in read_stored(settings).values() if known is not None]


def _empty(settings: Settings) -> UsageError:
    return UsageError(f"The workspace {settings.workspace} holds no documents.", "Run `dealproof run FOLDER` first.")


def _finish(documents: Iterable[Interpretation], settings: Settings) -> RunReport:
    from dealproof.dataset.export import write_export

    forget_old(settings)
    ordered = tuple(sorted(documents, key=lambda d: (d.source.file_name, d.source.document_id)))
    dataset = build_dataset(ordered, settings.mappings)
    return RunReport(ordered, dataset, write_export(dataset, settings.out, settings.format))

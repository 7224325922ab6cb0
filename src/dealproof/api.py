"""One typed function per use case. No printing, no exit codes; what the command line shows is rendered elsewhere."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from functools import lru_cache
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.errors import DealproofError, UnreadableFileError, UsageError
from dealproof.evidence import Source
from dealproof.interpret.frame import Profile
from dealproof.interpret.result import Interpretation
from dealproof.mappings.labels import Labels, load_labels
from dealproof.settings import Settings, default_mappings
from dealproof.store.folder import FolderStore

if TYPE_CHECKING:
    from dealproof.dataset.build import Dataset
    from dealproof.document import Extract

_log = logging.getLogger(__name__)
Progress = Callable[[Interpretation], None]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: one interpretation a file in the order of their names, the dataset, the files written."""

    documents: tuple[Interpretation, ...]
    dataset: Dataset
    written: tuple[Path, ...]

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
    from dealproof.dataset.expectations import load_expectations

    folder = Path(mappings) if mappings else default_mappings(Path())
    return build.build_dataset(facts, load_expectations(folder / "expectations.csv"))


@lru_cache(maxsize=4)
def labels_of(mappings: Path) -> Labels:
    """Load the label files of a mappings folder once."""
    return load_labels(mappings / "labels")


def find_files(paths: Sequence[Path]) -> tuple[Path, ...]:
    """All PDFs that the paths name: files as given, folders searched through. Raises UsageError when a path is missing."""
    found: dict[Path, None] = {}
    for path in paths:
        if path.is_dir() and path.suffix.lower() != ".pdf":
            for inside in sorted(p for p in path.rglob("*") if p.suffix.lower() == ".pdf"):
                found.setdefault(inside)
        elif path.exists():
            found.setdefault(path)
        else:
            raise UsageError(f"{path} does not exist.", "Check the path.")
    return tuple(found)


def run(paths: Sequence[Path], settings: Settings, on_done: Progress | None = None) -> RunReport:
    """Read all PDFs under `paths`, build the dataset, write the export. One file's failure costs that file alone."""
    labels_of(settings.mappings)
    documents: list[Interpretation] = []
    for document in read_files(find_files(paths), settings):
        documents.append(document)
        if on_done is not None:
            on_done(document)
    documents.sort(key=lambda d: (d.source.file_name, d.source.document_id))
    return _finish(documents, settings)


def rebuild(settings: Settings) -> RunReport:
    """Interpret again what the workspace holds and write the export; no PDF is opened."""
    from dealproof.interpret.read import interpret_document

    labels = labels_of(settings.mappings)
    documents = [interpret_document(extract, labels) for extract in FolderStore(settings.workspace).all()]
    if not documents:
        raise UsageError(f"The workspace {settings.workspace} holds no documents.", "Run `dealproof run FOLDER` first.")
    return _finish(sorted(documents, key=lambda d: (d.source.file_name, d.source.document_id)), settings)


def _finish(documents: Sequence[Interpretation], settings: Settings) -> RunReport:
    from dealproof.dataset.export import write_export

    dataset = build_dataset(documents, settings.mappings)
    written = write_export(dataset, settings.out, settings.format)
    return RunReport(tuple(documents), dataset, tuple(written))


def read_files(files: Sequence[Path], settings: Settings) -> Iterator[Interpretation]:
    """Read files one by one or in worker processes; each comes back once, as it gets ready."""
    if settings.jobs == 1 or len(files) == 1:
        for path in files:
            yield read_file(path, settings)
        return
    left = list(files)
    try:
        yield from _in_pool(left, settings, min(settings.jobs, len(files)))
    except BrokenProcessPool:
        _log.warning("A worker process died; the files in flight are read again one by one.")
        yield from _one_by_one(left, settings)


def _in_pool(left: list[Path], settings: Settings, workers: int) -> Iterator[Interpretation]:
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        futures: dict[Future[Interpretation], Path] = {pool.submit(read_file, path, settings): path for path in left}
        for future in as_completed(futures):
            result = future.result()
            left.remove(futures[future])
            yield result


def _one_by_one(left: Sequence[Path], settings: Settings) -> Iterator[Interpretation]:
    """Each remaining file in a process of its own, so that the one that kills its process is found."""
    for path in tuple(left):
        try:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
                yield pool.submit(read_file, path, settings).result()
        except BrokenProcessPool:
            yield _failed(
                path, f"{path.name}: reading this file ended its process.", "Hand the file to the developers."
            )


def read_file(path: Path, settings: Settings) -> Interpretation:
    """Read one file through the workspace: a known, unchanged file is interpreted without opening it."""
    from dealproof.interpret.read import interpret_document

    labels = labels_of(settings.mappings)
    try:
        return interpret_document(_extract(path, settings, labels), labels)
    except UnreadableFileError as error:
        return _failed(path, error.message, error.remedy)
    except DealproofError:
        raise
    except Exception as error:  # noqa: BLE001  # a stranger's file must cost itself alone; the log keeps the trace
        _log.exception("%s", path.name)
        return _failed(
            path,
            f"{path.name}: reading it met an unexpected error ({type(error).__name__}: {error}).",
            "Run again with --debug and report it.",
        )


def _extract(path: Path, settings: Settings, labels: Labels) -> Extract:
    from dealproof.extract import extract_document, wanted_pages
    from dealproof.pages.open import identify

    store = FolderStore(settings.workspace)
    source = identify(path)
    known = None if settings.again else store.load(source.document_id)
    if known is not None and set(wanted_pages(known, labels)) <= set(known.careful_pages):
        return known
    extract = extract_document(path, labels)
    store.save(extract)
    return extract


def _failed(path: Path, message: str, remedy: str) -> Interpretation:
    digest = hashlib.sha256(str(path).encode()).hexdigest()
    source = Source(str(path), path.name, digest, 0)
    return Interpretation(source, 0, 0, Profile(), status="failed", message=f"{message} {remedy}".strip())

"""One typed function per use case. No printing, no exit codes; what the command line shows is rendered elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from dealproof.batch import read_files, read_stored
from dealproof.errors import UsageError
from dealproof.evidence import Source
from dealproof.interpret.result import Interpretation
from dealproof.recall import forget_old, labels_of
from dealproof.settings import Settings, default_mappings

if TYPE_CHECKING:
    from dealproof.dataset.build import Dataset
    from dealproof.dataset.diff import Difference

Progress = Callable[[Interpretation], None]


@dataclass(frozen=True, slots=True)
class RunReport:
    """What a run did: one interpretation a file in the order of their names, the dataset, the files written.

    `outgrown` are stored documents of which today's labels want pages that were not read yet; `damaged` are the ids
    of stored documents that cannot be read any more and are missing in the dataset.
    """

    documents: tuple[Interpretation, ...]
    dataset: Dataset
    written: tuple[Path, ...]
    outgrown: tuple[Source, ...] = ()
    damaged: tuple[str, ...] = ()

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


def rebuild(settings: Settings) -> RunReport:
    """Build the dataset again from what the workspace holds and write the export; no PDF is opened.

    Only documents whose labels changed are interpreted again. Raises UsageError when the workspace holds nothing.
    """
    stored = read_stored(settings)
    if not stored:
        raise UsageError(f"The workspace {settings.workspace} holds no documents.", "Run `dealproof run FOLDER` first.")
    known = [understood for understood in stored.values() if understood is not None]
    report = _finish((understood.interpretation for understood in known), settings)
    return replace(
        report,
        outgrown=tuple(understood.interpretation.source for understood in known if understood.outgrown),
        damaged=tuple(document_id for document_id, understood in stored.items() if understood is None),
    )


def diff(a: Path, b: Path, tables: Sequence[str] = ()) -> Difference:
    """What changed from the export in `a` to the export in `b`, of any formats, and through what.

    `tables` narrows it to the tables named. Raises UsageError for a folder that is no export or is damaged, and
    for a table that is not compared.
    """
    from dealproof.dataset.diff import compare
    from dealproof.dataset.load import load_export

    return compare(load_export(a), load_export(b), tables)


def _finish(documents: Iterable[Interpretation], settings: Settings) -> RunReport:
    from dealproof.dataset.export import write_export

    forget_old(settings)
    ordered = tuple(sorted(documents, key=lambda d: (d.source.file_name, d.source.document_id)))
    dataset = build_dataset(ordered, settings.mappings)
    return RunReport(ordered, dataset, write_export(dataset, settings.out, settings.format))

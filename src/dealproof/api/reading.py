"""One PDF by itself, without a store."""

from __future__ import annotations

from pathlib import Path

from dealproof.mappings.labels_of_folder import labels_of
from dealproof.model.interpretation import Interpretation
from dealproof.settings.settings import default_mappings


def read_document(path: str | Path, mappings: str | Path | None = None) -> Interpretation:
    """Read one PDF and return its facts with their proof.

    Raises UnreadableFileError when the file cannot be read, MappingError when a label file is invalid.
    """
    from dealproof.extract.document import extract_document
    from dealproof.interpret.read import interpret_document

    labels = labels_of(Path(mappings) if mappings else default_mappings(Path()))
    return interpret_document(extract_document(Path(path), labels), labels)

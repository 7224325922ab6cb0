"""Every mistake in a mappings folder at once."""

from __future__ import annotations

from pathlib import Path

from dealproof.errors import MappingError
from dealproof.mappings.findings import Finding
from dealproof.mappings.labels import read_labels
from dealproof.mappings.load import read_registry
from dealproof.mappings.reference import read_reference
from dealproof.mappings.shadows import shadows
from dealproof.mappings.strays import stray_files


def check_folder(folder: Path) -> tuple[Finding, ...]:
    """Return every mistake of the files in `folder`, by file and line; a file that cannot be read is one, and so is one that
    looks like an analysts' file and is not read."""
    findings: list[Finding] = []
    for read in (
        lambda: findings.extend(_in_labels(folder / "labels")),
        lambda: read_registry(folder, findings),
        lambda: read_reference(folder, findings),
    ):
        try:
            read()
        except MappingError as error:
            findings.append(Finding(folder.name, 0, "", error.message, error.remedy))
    return tuple(sorted({*findings, *stray_files(folder)}))


def _in_labels(folder: Path) -> list[Finding]:
    """Mistakes of the label files, and rows that take labels of other rows."""
    findings: list[Finding] = []
    labels = read_labels(folder, findings)
    for group in labels.groups.values():
        findings.extend(shadows(group))
    return findings

"""Files in a mappings folder that look like one of the analysts' files and are not read: saved under another format or name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dealproof.mappings.files import LAYOUTS
from dealproof.mappings.findings import Finding
from dealproof.mappings.layout import spelling

KNOWN = tuple(layout.file for layout in LAYOUTS if layout.file.endswith(".csv") and "/" not in layout.file)
#: What spreadsheets write (WPS too), besides the CSV that is read.
_SHEETS = (".csv", ".xlsx", ".xlsm", ".xls", ".ods", ".et", ".txt", ".tsv", ".numbers")
#: What spreadsheets and editors put beside a file that is open.
_LITTER = ("~$", ".", "._")
_ALIKE = 0.8


def stray_files(folder: Path) -> tuple[Finding, ...]:
    """Return a finding for every file that may be meant for one of the analysts' files, and which of the two counts."""
    return tuple(finding for _, finding in _strays(folder))


def stand_ins(folder: Path) -> tuple[Finding, ...]:
    """Return those whose analysts' file is not there at all: without it, everything in them would be lost."""
    return tuple(finding for known, finding in _strays(folder) if not (folder / known).exists())


def _strays(folder: Path) -> Iterator[tuple[str, Finding]]:
    """The name of the file that is read, and what to do with the one that is not."""
    for path in _sheets(folder):
        if path.name not in KNOWN and (known := _meant(path)):
            yield known, _finding(path.name, known, (folder / known).exists())
    for path in _sheets(folder / "labels"):
        if path.suffix.lower() != ".csv":
            known = f"labels/{path.stem}.csv"
            yield known, _finding(f"labels/{path.name}", known, (folder / known).exists())


def _sheets(folder: Path) -> list[Path]:
    files = folder.iterdir() if folder.is_dir() else ()
    return sorted(f for f in files if f.suffix.lower() in _SHEETS and not f.name.startswith(_LITTER) and f.is_file())


def _meant(path: Path) -> str:
    """The analysts' file that a name was meant for: `correction.csv`, `corrections(1).csv`, `corrections - 副本.csv`."""
    from rapidfuzz.distance import OSA

    stem = spelling(path.stem)
    for known in KNOWN:
        wanted = spelling(known.removesuffix(".csv"))
        if wanted in stem or OSA.normalized_similarity(stem, wanted) >= _ALIKE:
            return known
    return ""


def _finding(file: str, known: str, is_there: bool) -> Finding:
    own = "" if file.lower().endswith(".csv") else " as CSV UTF-8"
    if is_there:
        remedy = f"If yours is the newer one, save it{own} under the name {known}; then move {file} out of the folder."
        return Finding(file, 0, "", f"this file is not read: {known} counts.", remedy)
    return Finding(
        file, 0, "", f"this file is not read, and {known} is missing.", f"Save it{own} under the name {known}."
    )

"""Which program read and understood what is stored, so that results of other code are never taken for today's.

Nobody has to remember a number when a reader or a library changes: extracts are named by a digest of every source file
and every installed library that reading rests on, facts by one of the sources of interpretation. A change of the command
line leaves both alone.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from functools import cache
from importlib.metadata import PackageNotFoundError, distribution, version
from pathlib import Path

INTERPRETER_VERSION = "1"

#: Everything below the store that extracts depend on, in the package folder (held by a test). Which pages are read with
#: care is no part of it, although interpretation says so: every generation of facts asks anew whether they were read.
EXTRACTOR_SOURCES = (
    "pages", "tables", "extract/document.py", "extract/loan_list.py", "extract/loan_skimmer.py", "extract/recognise_pages.py", "contract/question_kinds.py", "model/cell.py",
    "model/evidence.py", "model/extract.py", "model/page.py", "model/table.py", "settings/limits.py", "errors.py", "text.py", "values/confusions.py", "values/dates.py", "values/units.py",
    "values/nothing.py", "values/numbers.py", "values/parsed.py", "store/serialize.py",
)  # fmt: skip
#: Everything below the store that facts and wanted pages depend on.
SOURCES = (
    "interpret", "values", "mappings", "contract", "extract", "model", "tables/damage.py", "errors.py", "text.py",
    "store/serialize.py",
)  # fmt: skip
#: Installed packages that open pages and find tables.
LIBRARIES = (
    "camelot-py", "numpy", "opencv-python-headless", "pdfminer.six", "pdfplumber", "pillow", "playa-pdf", "pypdfium2",
)  # fmt: skip
#: Installed packages that recognise pages; extracts without a page to recognise do not rest on them.
RECOGNISERS = ("onnxruntime", "opencc", "openvino", "rapidocr")
#: PDFium comes inside a package, which tells its build beside the library.
_PDFIUM_BUILD = ("pypdfium2", "pypdfium2_raw/version.json")
_PACKAGE = Path(__file__).parents[1]


@cache
def extractor_key() -> str:
    """Digest (12 letters) of the sources and libraries that read pages and tables; worked out once a process."""
    return _digest(source_files(EXTRACTOR_SOURCES), (*installed(LIBRARIES), _pdfium_build()))


@cache
def recogniser_key() -> str:
    """Digest (7 letters) of the packages that recognise pages, whether they are installed or not."""
    return _digest((), installed(RECOGNISERS))[:7]


@cache
def interpreter_key() -> str:
    """Version and digest of the interpreter; read once a process."""
    return f"{INTERPRETER_VERSION}-{_digest(source_files(SOURCES))}"


@cache
def program_key() -> str:
    """Version and digest of the whole program with what it reads by: what failed with one may succeed with another."""
    libraries = (*installed((*LIBRARIES, *RECOGNISERS)), _pdfium_build())
    return f"{version('dealproof')}-{_digest(sorted(_PACKAGE.rglob('*.py')), libraries)}"


def installed(names: Iterable[str]) -> tuple[str, ...]:
    """Packages with the versions that are installed here, such as `pdfplumber 0.11.10`."""
    return tuple(f"{name} {_version(name)}" for name in names)


def source_files(sources: Iterable[str]) -> list[Path]:
    """The source files that a digest covers, in one order on every machine."""
    roots = [_PACKAGE / name for name in sources]
    return sorted(path for root in roots for path in ([root] if root.suffix == ".py" else root.rglob("*.py")))


def _digest(files: Iterable[Path], libraries: Iterable[str] = ()) -> str:
    digest = hashlib.sha256()
    for path in files:
        content = path.read_bytes()
        digest.update(f"{path.relative_to(_PACKAGE).as_posix()} {len(content)}\n".encode() + content)
    for library in libraries:
        digest.update(f"{library}\n".encode())
    return digest.hexdigest()[:12]


def _version(name: str) -> str:
    return _looked_up(name, version)


@cache
def _looked_up(name: str, version: Callable[[str], str]) -> str:
    """Several keys name the same packages, and each is looked for on the disk."""
    try:
        return version(name)
    except PackageNotFoundError:
        return "-"


def _pdfium_build() -> str:
    package, place = _PDFIUM_BUILD
    try:
        told = Path(str(distribution(package).locate_file(place)))
    except PackageNotFoundError:
        return "-"
    return told.read_text(encoding="utf-8") if told.is_file() else "-"

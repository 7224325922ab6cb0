"""Whether this installation can do its work: each check says what was found, and what to do where it fails."""

from __future__ import annotations

import platform
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import metadata
from pathlib import Path
from typing import Literal

from dealproof.errors import DealproofError, ExitCode
from dealproof.interpret.version import program_key
from dealproof.settings.settings import Settings

State = Literal["ok", "missing", "broken"]
#: Packages that everything needs, and those that only some options need.
NEEDED = ("pdfplumber", "camelot-py", "pypdfium2", "pandas", "rapidfuzz", "typer", "SQLAlchemy", "alembic", "pebble")
OPTIONAL = (
    ("psycopg", "a store on PostgreSQL", "dealproof[postgres]"),
    ("distributed", "--cluster", "dealproof[cluster]"),
    ("s3fs", "files at s3://", "dealproof[s3]"),
    ("altair", "figures of a market review", "dealproof[report]"),
    ("vl-convert-python", "figures of a market review", "dealproof[report]"),
    ("pylopdf-fonts-zh-cn", "figures of a market review (their Chinese font)", "dealproof[report]"),
)  # fmt: skip
#: Less free space than this is a warning of trouble to come, in bytes.
LEAST_FREE = 1 << 30


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at. `missing` is something that only some options need, `broken` stops the work."""

    name: str
    state: State
    found: str
    remedy: str = ""
    exit_code: ExitCode = ExitCode.DONE

    def as_dict(self) -> dict[str, str]:
        """For machines."""
        return {"name": self.name, "state": self.state, "found": self.found, "remedy": self.remedy}


def examine(settings: Settings) -> tuple[Check, ...]:
    """Look at everything that a run needs."""
    return (
        _program(),
        *_packages(),
        _fonts(),
        _recogniser(),
        _guarded("store", ExitCode.STORE, lambda: _store(settings)),
        _writable("workspace", settings.workspace),
        _writable("out", settings.out.parent),
        _guarded("mappings", ExitCode.MAPPING_INVALID, lambda: _mappings(settings)),
    )


def _program() -> Check:
    return Check("program", "ok", f"dealproof {program_key()}, Python {platform.python_version()}, {sys.platform}")


def _packages() -> Iterator[Check]:
    for name in NEEDED:
        try:
            yield Check(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, "broken", "not installed", "Install dealproof again.", ExitCode.ENGINE_MISSING)
    for name, what, extra in OPTIONAL:
        try:
            yield Check(name, "ok", metadata.version(name))
        except metadata.PackageNotFoundError:
            yield Check(name, "missing", f"not installed; needed for {what} only", f"pip install '{extra}'")


def _recogniser() -> Check:
    """Whether pages can be recognised: the packages are there and their models work on a line of text."""
    from dealproof.pages.ocr import engine
    from dealproof.pages.ocr.runtime import MODELS, RUNTIMES, runtime

    if not engine.is_installed():
        return Check(
            "OCR", "missing", "not installed; pages that are images become questions", "pip install 'dealproof[ocr]'"
        )
    try:
        read = engine.self_test()
    except Exception as error:  # noqa: BLE001  # whatever a broken installation raises is what the check is to tell
        return Check(
            "OCR", "broken", f"the recogniser does not start ({type(error).__name__}: {error})",
            "Install it again: pip install --force-reinstall 'dealproof[ocr]'", ExitCode.ENGINE_MISSING,
        )  # fmt: skip
    runs_on, fastest = runtime(), RUNTIMES[0]
    found = f"the models of {MODELS} {metadata.version(MODELS)} on {runs_on} {metadata.version(runs_on)}, which read {read!r} from a picture of it"
    remedy = "" if runs_on == fastest else f"Pages cost less on {fastest}: pip install {fastest}"
    return Check("OCR", "ok", found, remedy)


def _fonts() -> Check:
    """A Chinese font matters for page images of documents that bring none of their own."""
    command = shutil.which("fc-list")
    if command is None:
        return Check("fonts", "missing", "fc-list is not there; nobody can say whether there is a Chinese font")
    listed = subprocess.run([command, ":lang=zh", "family"], capture_output=True, text=True, timeout=30, check=False)
    families = sorted({line.split(",")[0].strip() for line in listed.stdout.splitlines() if line.strip()})
    if families:
        return Check("fonts", "ok", f"{len(families)} Chinese, such as {families[0]}")
    return Check(
        "fonts", "missing", "no Chinese font; page images of PDFs without embedded fonts show boxes",
        "Install one, for example fonts-noto-cjk.",
    )  # fmt: skip


def _store(settings: Settings) -> Check:
    from dealproof.store.database import open_store
    from dealproof.store.runs import counts
    from dealproof.store.schema import HEAD

    store = open_store(settings)
    return Check("store", "ok", f"{store.name}, tables {HEAD}, {counts(store)['documents']} documents")


def _mappings(settings: Settings) -> Check:
    from dealproof.mappings.check import check_folder

    findings = check_folder(settings.mappings)
    if not findings:
        return Check("mappings", "ok", f"no mistake in {settings.mappings}")
    return Check(
        "mappings", "broken", f"{len(findings)} mistakes in {settings.mappings}", "dealproof mappings check",
        ExitCode.MAPPING_INVALID,
    )  # fmt: skip


def _writable(name: str, folder: Path) -> Check:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            free = shutil.disk_usage(folder).free
    except OSError as error:
        return Check(
            name, "broken", f"{folder} cannot be written ({error.strerror})", "Choose another.", ExitCode.STORE
        )
    if free < LEAST_FREE:
        return Check(name, "missing", f"{folder} has {free >> 20} MB left", "Free some space.")
    return Check(name, "ok", f"{folder}, {free >> 30} GB free")


def _guarded(name: str, code: ExitCode, look: Callable[[], Check]) -> Check:
    try:
        return look()
    except DealproofError as error:
        return Check(name, "broken", error.message, error.remedy, code)

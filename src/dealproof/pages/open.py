"""Open a file that came from a stranger: say what it is, or in one sentence why it cannot be read."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

from dealproof.errors import UnreachableFileError, UnreadableFileError
from dealproof.model.evidence import Source
from dealproof.text import printable

#: A PDF may begin with this many bytes of junk (mail headers, byte order marks).
JUNK = 1024
#: The end mark of a PDF may be followed by this many bytes of junk (a web page that a server added).
TAIL = 1 << 16
_RETRY = "Fetch the file again from its source."
_OBJECT = re.compile(rb"\d\s+\d+\s+obj\b")


def identify(path: Path) -> Source:
    """Return name, size and SHA-256 of a file. Raises UnreadableFileError when it cannot be a whole PDF."""
    digest = hashlib.sha256()
    size = 0
    head = tail = b""
    try:
        _check_regular(path)
        with path.open("rb") as handle:
            while block := handle.read(1 << 20):
                head = head or block[: JUNK + 8]
                tail = (tail + block)[-TAIL:]
                size += len(block)
                digest.update(block)
    except OSError as error:
        raise UnreachableFileError(
            f"{path.name}: the file cannot be opened ({error.strerror}).", "Check its permissions."
        ) from error
    _check_whole(path.name, head, tail, size)
    return Source(str(path), printable(path.name), digest.hexdigest(), size)


def _check_regular(path: Path) -> None:
    if path.is_dir():
        _check_searchable(path)
        raise UnreadableFileError(
            f"{path.name}: this is a folder, not a PDF.", "Remove it or hand in the files inside."
        )
    if not path.exists():
        raise UnreachableFileError(f"{path.name}: the file does not exist.", "Check the path.")
    if not path.is_file():
        raise UnreadableFileError(f"{path.name}: this is a device or a pipe, not a file.", "Hand in a file.")


def _check_searchable(path: Path) -> None:
    try:
        next(path.iterdir(), None)
    except OSError as error:
        raise UnreachableFileError(
            f"{path.name}: this folder cannot be searched ({error.strerror}).", "Check its permissions."
        ) from error


def _check_whole(name: str, head: bytes, tail: bytes, size: int) -> None:
    if size == 0:
        raise UnreadableFileError(f"{name}: the file is empty.", _RETRY)
    if b"%PDF-" not in head:
        raise UnreadableFileError(f"{name}: this is not a PDF.", "Convert it to PDF or remove it.")
    end = max(tail.rfind(b"startxref"), tail.rfind(b"%%EOF"))
    if end < 0 or _OBJECT.search(tail, end):
        raise UnreadableFileError(f"{name}: the PDF is damaged or cut off: its end is missing.", _RETRY)


def open_pdf(path: Path) -> Any:
    """Open with PDFium (an empty user password is tried). Raises UnreadableFileError in plain words."""
    import pypdfium2

    _forget_last_error()
    try:
        document = pypdfium2.PdfDocument(path)
        count = len(document)
    except FileNotFoundError as error:
        raise UnreachableFileError(f"{path.name}: the file does not exist.", "Check the path.") from error
    except pypdfium2.PdfiumError as error:
        raise _fault(path.name, str(error).lower()) from error
    if count == 0:
        document.close()
        raise UnreadableFileError(f"{path.name}: the PDF has no pages.", _RETRY)
    return document


def _fault(name: str, said: str) -> UnreadableFileError:
    if "password" in said:
        return UnreadableFileError(
            f"{name}: the PDF is locked with a password.", "Save a copy without password and hand that in."
        )
    if "security" in said:
        return UnreadableFileError(
            f"{name}: the PDF is locked in a way that is not supported.",
            "Save a copy without protection and hand that in.",
        )
    return UnreadableFileError(f"{name}: the PDF is damaged or has no pages.", _RETRY)


def _forget_last_error() -> None:
    """PDFium keeps the reason of an earlier failure and gives it for a file that merely has no pages."""
    import pypdfium2.raw as raw

    raw.FPDF_CloseDocument(raw.FPDF_LoadMemDocument64(b"no PDF", 6, None))

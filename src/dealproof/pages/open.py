"""Open a file that came from a stranger: say what it is, or in one sentence why it cannot be read."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from dealproof.errors import UnreadableFileError
from dealproof.evidence import Source

#: A PDF may begin with this many bytes of junk (mail headers, byte order marks).
JUNK = 1024
_RETRY = "Fetch the file again from its source."


def identify(path: Path) -> Source:
    """Return name, size and SHA-256 of a file. Raises UnreadableFileError when it cannot be a PDF."""
    if not path.exists():
        raise UnreadableFileError(f"{path.name}: the file does not exist.", "Check the path.")
    if path.is_dir():
        raise UnreadableFileError(
            f"{path.name}: this is a folder, not a PDF.", "Remove it or hand in the files inside."
        )
    digest = hashlib.sha256()
    size = 0
    head = b""
    try:
        with path.open("rb") as handle:
            while block := handle.read(1 << 20):
                head = head or block[: JUNK + 8]
                size += len(block)
                digest.update(block)
    except OSError as error:
        raise UnreadableFileError(
            f"{path.name}: the file cannot be opened ({error.strerror}).", "Check its permissions."
        ) from error
    if size == 0:
        raise UnreadableFileError(f"{path.name}: the file is empty.", _RETRY)
    if b"%PDF-" not in head:
        raise UnreadableFileError(f"{path.name}: this is not a PDF.", "Convert it to PDF or remove it.")
    return Source(str(path), path.name, digest.hexdigest(), size)


def open_pdf(path: Path) -> Any:
    """Open with PDFium (an empty user password is tried). Raises UnreadableFileError in plain words."""
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(path)
        count = len(document)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnreadableFileError(
                f"{path.name}: the PDF is locked with a password.", "Save a copy without password and hand that in."
            ) from error
        raise UnreadableFileError(f"{path.name}: the PDF is damaged or cut off.", _RETRY) from error
    if count == 0:
        raise UnreadableFileError(f"{path.name}: the PDF has no pages.", _RETRY)
    return document

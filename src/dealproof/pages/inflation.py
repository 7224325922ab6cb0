"""Streams that swell: a file of one megabyte may hold a page of one gigabyte, and PDFium would unpack it all.

Looked for in the raw bytes before the file is opened. Pictures are left alone, the text pass never unpacks them.
What begins like a font or a page is believed after a first look: this guards against accidents and common bombs, a
file made to get past it would; the process that it takes down then costs itself alone.
"""

from __future__ import annotations

import mmap
import re
import zlib
from pathlib import Path

from dealproof.errors import UnreadableFileError

#: No page, font or index of a deal document is larger than this when unpacked (bytes).
MAX_STREAM = 64 << 20
#: Nothing packed once with Flate swells more than this many times.
MAX_RATIO = 1_032
#: The first look: this many packed bytes, and the swelling from which all of them are unpacked to see.
LOOK, SUSPICIOUS = 1 << 16, 40
#: Bytes before a stream in which its dictionary is looked for.
DICTIONARY = 1_024
_START = re.compile(rb"(?<!end)stream\r?\n")
_FLATE = re.compile(rb"/FlateDecode|/Fl\b")


def check_inflation(path: Path, max_stream: int = MAX_STREAM) -> None:
    """Raise UnreadableFileError when a stream of the file unpacks to more than `max_stream` bytes."""
    if not path.is_file() or path.stat().st_size == 0:
        return  # whoever opens the file says so in better words
    with path.open("rb") as handle, mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ) as data:
        for match in _START.finditer(data):
            begin = match.end()
            layers = _layers(data, match.start())
            if not layers:
                continue
            end = data.find(b"endstream", begin)
            end = len(data) if end < 0 else end
            if layers == 1 and (end - begin) * MAX_RATIO <= max_stream:
                continue
            if _swells(data[begin:end], layers, max_stream):
                raise UnreadableFileError(
                    f"{path.name}: a page or font of the PDF unpacks to more than {max_stream >> 20} MB.",
                    "Print it to a new PDF and hand that in.",
                )


def _layers(data: mmap.mmap, start: int) -> int:
    """How many times the stream was packed; 0 for pictures and for what is not packed."""
    near = data[max(0, start - DICTIONARY) : start]
    dictionary = near[near.rfind(b" obj") + 1 :]
    if b"/Image" in dictionary:
        return 0
    return len(_FLATE.findall(dictionary))


def _swells(packed: bytes, layers: int, limit: int) -> bool:
    try:
        for _ in range(layers):
            if len(zlib.decompressobj().decompress(packed[:LOOK], limit + 1)) < SUSPICIOUS * min(LOOK, len(packed)):
                return False
            packed = zlib.decompressobj().decompress(packed, limit + 1)
    except zlib.error:
        return False
    return len(packed) > limit

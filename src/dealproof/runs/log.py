"""The log of a run: JSON lines in the workspace, from this process and from its workers."""

from __future__ import annotations

import logging
from pathlib import Path

from pythonjsonlogger.json import JsonFormatter

from dealproof.text import printable

_FIELDS = ["asctime", "levelname", "name", "message", "process"]
#: Logs of so many runs are kept beside each other; older ones go.
KEPT = 200
#: Libraries that speak of every odd byte of a PDF; what matters of it is in our own words already.
_NOISY = ("pdfminer", "pdfplumber", "playa", "camelot")


def hush_libraries() -> None:
    """Keep the remarks of PDF libraries off the screen."""
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)


def log_to_file(path: str) -> None:
    """Append everything that the program says to a file, one JSON object a line; nothing where `path` is empty.

    Lines of several processes do not mix: each is written at once, at the end of the file.
    """
    ours = logging.getLogger("dealproof")
    for handler in [handler for handler in ours.handlers if isinstance(handler, _LogFile)]:
        ours.removeHandler(handler)
        handler.close()
    if not path:
        return
    folder = Path(path).parent
    folder.mkdir(parents=True, exist_ok=True)
    for old in sorted(folder.glob("run-*.jsonl"))[:-KEPT]:
        old.unlink(missing_ok=True)
    handler = _LogFile(path, encoding="utf-8", errors="backslashreplace", delay=True)
    handler.setFormatter(
        _OneLine(_FIELDS, rename_fields={"asctime": "time", "levelname": "level"}, json_ensure_ascii=False)
    )
    ours.addHandler(handler)
    ours.setLevel(min(ours.level or logging.INFO, logging.INFO))


class _OneLine(JsonFormatter):
    """JSON without a character that a terminal obeys: what stands for one is an escape of JSON too."""

    def format(self, record: logging.LogRecord) -> str:
        return printable(super().format(record))


class _LogFile(logging.FileHandler):
    """Ours, to be told from handlers that a caller added."""

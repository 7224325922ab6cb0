"""Whether a ledger is closed, found out without the ledger's own way of finding figures: by the printed lines alone."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dealproof.interpret.read import interpret_document, ledger_of
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Box
from dealproof.model.extract import Extract
from dealproof.model.page import Line
from dealproof.text import fold

_MEASURED = re.compile(r"(?<![\w.,/-])(?:\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{2,}(?!\.|\d)|\d+(?:\.\d+)?(?=%|万元|亿元))(?![\d.]*[-/])")
_DAY = re.compile(r"\d{4}\.\d{1,2}(?:\.\d{1,2})?")


def unaccounted(extract: Extract, labels: Labels) -> list[str]:
    """Figures on the pages of a document that no entry of its ledger speaks of, and entries that are left open; none in a
    document of which nothing is taken."""
    if not any(page.is_readable for page in extract.pages):
        return []
    ledger = ledger_of(extract, labels)
    if not ledger.entries and interpret_document(extract, labels).status == "unsupported":
        return []
    told = [f"page {entry.page}: open: {entry.text}" for entry in ledger.entries if entry.account == "open"]
    for page in extract.pages:
        own = [(entry.box, _digits(entry.text)) for entry in ledger.entries if entry.page == page.number]
        for line in page.lines if page.is_readable else ():
            told += [f"page {page.number}: {figure} of {line.text}" for figure in _figures(line) if not _told(figure, line, own)]
    return told


def _figures(line: Line) -> Iterator[str]:
    for match in _MEASURED.finditer(_DAY.sub(" ", fold(line.text))):
        yield match.group()


def _told(figure: str, line: Line, entries: list[tuple[Box, str]]) -> bool:
    """Whether an entry at the height of a line has its digits."""
    return any(
        _digits(figure) in digits
        for box, digits in entries
        if min(box.bottom, line.box.bottom) > max(box.top, line.box.top)
    )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", fold(text))

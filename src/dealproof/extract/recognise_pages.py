"""Which pages are seen instead of read, in which order, and what is said of those that stay unread.

A page without a usable text layer is sent to character recognition. It is recognised when it is one of the pages on
which a document says what it is, when its picture can hold a table, or when pictures are the body of the document:
then dates and definitions stand nowhere else. Pictures beside text are recognised when they can hold a table.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from dealproof.model.evidence import Box, Problem, Source
from dealproof.model.page import LEFT, PageText
from dealproof.pages.fast import FastPass, with_recognised
from dealproof.pages.ocr.engine import REMEDY, is_installed
from dealproof.pages.ocr.recognise import Recognised
from dealproof.pages.scans import Scans

#: The pages on which a document says what it is.
OPENING = 2
#: From this share of pages that are pictures, they are the body of the document.
BODY = 0.5
#: Why a page that needs recognition was left.
NO_TABLE, NOT_WANTED, TOO_MANY = (
    "its picture shows no table",
    "the document is no deal document",
    "more pages need recognition than may be recognised",
)
#: Share of the ink of a page of so many lines that may be no text (signatures, marks) before a person is asked.
UNFOUND, PAGE = 0.15, 10
_TOLD = 12

IsWanted = Callable[[tuple[PageText, ...]], bool]


@dataclass(frozen=True, slots=True)
class Seen:
    """All pages, those recognised among them with their letters and lines, and what a person should know."""

    pages: tuple[PageText, ...]
    recognised: Mapping[int, Recognised]
    problems: tuple[Problem, ...] = ()


def see(
    path: Path,
    fast: FastPass,
    source: Source,
    is_wanted: IsWanted,
    most: int,
    show: Callable[[int], None] = lambda _: None,
) -> Seen:
    """Recognise what must be seen, at most `most` pages; `is_wanted` tells whether a document's tables are wanted.

    `show` is told after each page how many were recognised.
    """
    pages = fast.pages
    if not any(page.needs_ocr or page.quality == "mixed" for page in pages):
        return Seen(pages, {}, _problems(source, pages, {}))
    with Scans(path) as scans:
        if not is_installed():
            left = _without_recogniser(scans, fast)
            marked = tuple(replace(page, needs_ocr=page.needs_ocr or page.number in left) for page in pages)
            return Seen(marked, {}, _problems(source, marked, left))
        work = _Work(scans, fast, show)
        for page in pages[:OPENING]:
            if page.needs_ocr and page.width:
                work.read(page)
        left = _read_the_rest(work, is_wanted, most)
    pages = tuple(_with_reason(page, left) for page in work.pages)
    problems = (*_problems(source, pages, left), *_half_read(source, pages, work.recognised))
    return Seen(pages, work.recognised, problems)


def unseen(pages: Sequence[PageText], is_deal_document: bool) -> tuple[int, ...]:
    """Pages that were left for want of a recogniser, where there is one now, or since the document was taken for none."""
    if not is_installed():
        return ()
    waiting = ("", NOT_WANTED) if is_deal_document else ("",)
    return tuple(
        page.number
        for page in pages
        if page.needs_ocr and page.read_by == "unread" and page.width and page.left_because in waiting
    )


class _Work:
    """Pages recognised so far."""

    def __init__(self, scans: Scans, fast: FastPass, show: Callable[[int], None]) -> None:
        self._scans, self._fast, self._show = scans, fast, show
        self._texts: dict[int, PageText] = {}
        self.recognised: dict[int, Recognised] = {}

    @property
    def pages(self) -> tuple[PageText, ...]:
        return with_recognised(self._fast, self._texts)

    def shows_table(self, page: PageText) -> bool:
        return self._scans.shows_table(page.number, self._within(page))

    def read(self, page: PageText) -> None:
        is_mixed = page.quality == "mixed"
        own = self._fast.raw[page.number - 1]
        own = replace(own, quality=page.quality, reasons=page.reasons, lines=own.lines if is_mixed else ())
        self._texts[page.number], self.recognised[page.number] = self._scans.read(own, self._within(page))
        self._show(len(self.recognised))

    def _within(self, page: PageText) -> tuple[Box, ...]:
        return self._fast.pictures[page.number - 1] if page.quality == "mixed" else ()


def _read_the_rest(work: _Work, is_wanted: IsWanted, most: int) -> dict[int, str]:
    """Recognise the other pages; returns why pages that need it were left, by number."""
    pages = work.pages
    open_ = [page for page in pages if page.number not in work.recognised and page.width]
    need = [page for page in open_ if page.needs_ocr]
    if not is_wanted(pages):
        return {page.number: NOT_WANTED for page in need}
    budget = max(0, most - len(work.recognised))
    pictures = sum(page.needs_ocr or page.number in work.recognised for page in pages)
    is_body = pictures >= BODY * len(pages)
    sure = need if is_body and len(need) <= budget else []
    looked_at = [page for page in open_ if page not in sure and (page.needs_ocr or page.quality == "mixed")]
    tables = [page for page in looked_at if work.shows_table(page)]
    prose = [page for page in need if page not in tables] if is_body else []
    for page in (*tables, *prose)[:budget]:
        work.read(page)
    left = {page.number: TOO_MANY for page in (*tables, *prose)[budget:]}
    return left | {page.number: NO_TABLE for page in need if page not in tables and page not in prose}


def _without_recogniser(scans: Scans, fast: FastPass) -> dict[int, str]:
    """Pages that would have to be seen, where nothing can be recognised."""
    left = {page.number: "" for page in fast.pages if page.needs_ocr and page.width}
    for page in fast.pages:
        if page.quality == "mixed" and scans.shows_table(page.number, fast.pictures[page.number - 1]):
            left[page.number] = ""
    return left


def _with_reason(page: PageText, left: Mapping[int, str]) -> PageText:
    why = left.get(page.number)
    return replace(page, reasons=(*page.reasons, f"{LEFT}{why}")) if why else page


def _problems(source: Source, pages: Sequence[PageText], left: Mapping[int, str]) -> tuple[Problem, ...]:
    """Pages that could hold a figure and were not read: none of them may pass in silence."""
    count = len(pages)
    missing = [number for number, why in left.items() if not why]
    many = [number for number, why in left.items() if why == TOO_MANY]
    broken = [page.number for page in pages if page.read_by == "unread" and page.number not in left]
    found = (
        _unread(source, count, missing, "are images, or have a text layer that cannot be trusted", REMEDY),
        _unread(
            source, count, many, "are images and too many to be recognised",
            "Run again with more --ocr-pages and --seconds and with --again, or read them by eye.",
        ),
        _unread(
            source, count, broken, "are damaged or too large to be read",
            "Read these pages by eye, or hand in a version with text.",
        ),
    )  # fmt: skip
    return tuple(problem for problem in found if problem is not None)


def _half_read(source: Source, pages: Sequence[PageText], recognised: Mapping[int, Recognised]) -> list[Problem]:
    """Pages of text of which a good part was not found: lines that lie askew or run into each other."""
    half = [
        page.number
        for page in pages
        if page.number in recognised and recognised[page.number].unfound > UNFOUND and len(page.lines) >= PAGE
    ]
    what = f"were recognised in part only: over {UNFOUND:.0%} of their text was not found"
    found = _unread(source, len(pages), half, what, "Compare these pages with the dataset, or hand in a better scan.")
    return [found] if found is not None else []


def _unread(source: Source, count: int, numbers: Sequence[int], what: str, remedy: str) -> Problem | None:
    if not numbers:
        return None
    told = ", ".join(str(number) for number in numbers[:_TOLD]) + (" …" if len(numbers) > _TOLD else "")
    return Problem(
        "missing_table", "warning", "extract", f"{len(numbers)} of {count} pages {what} (pages {told}).", remedy,
        source.document_id, numbers[0],
    )  # fmt: skip

"""One PDF in, one `Extract` out: the text of all pages, the tables of the pages that matter, problems.

The only place that leads from a file to stored facts of the page; nothing here knows what a figure means.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from dealproof.extract.choose_pages import choose_pages
from dealproof.extract.loan_skimmer import LoanSkimmer
from dealproof.extract.recognise_pages import see, unseen
from dealproof.extract.title import read_title
from dealproof.mappings.labels import Labels
from dealproof.model.evidence import Problem, Source
from dealproof.model.extract import Extract
from dealproof.model.page import PageText
from dealproof.pages.fast import pass_over
from dealproof.pages.inflation import check_inflation
from dealproof.pages.open import identify
from dealproof.pages.opened import OpenPdf
from dealproof.settings.limits import Limits

#: From so many characters, and this share of a page's text, on, text that no viewer shows is told to a person.
MUCH_HIDDEN, HIDDEN_SHARE = 40, 0.3


def extract_document(
    path: Path,
    labels: Labels,
    limits: Limits | None = None,
    show: Callable[[int, int], None] = lambda done, pages: None,
) -> Extract:
    """Read one PDF within `limits` on its pages and on those that are recognised.

    `show` is told how many pages are done, and how many there are: recognition takes seconds a page. Raises UnreadableFileError when the file cannot be read at all.
    """
    source = identify(path)
    check_inflation(path)
    with OpenPdf(path) as document:
        return _read(document, source, labels, limits or Limits(), show)


def _read(document: OpenPdf, source: Source, labels: Labels, limits: Limits, show: Callable[[int, int], None]) -> Extract:
    path = document.path
    fast = pass_over(document, limits.pages, keep=True, skimmer=LoanSkimmer())
    count = len(fast.pages)
    show(0, count)
    seen = see(
        path, fast, source, lambda pages: read_title(pages, labels).is_of_deal, limits.ocr_pages,
        lambda done: show(done, count),
    )  # fmt: skip
    hidden = tuple(_hidden_text(source, page) for page in seen.pages if _is_mostly_hidden(page))
    seen = replace(seen, problems=(*seen.problems, *hidden))
    bare = Extract(source, seen.pages, ())
    chosen = tuple(sorted({*wanted_pages(bare, labels), *seen.recognised}))
    if not chosen:
        return replace(bare, problems=seen.problems)
    from dealproof.tables.damage import lost_table
    from dealproof.tables.read_tables import find_tables

    found = find_tables(document, chosen, {page.number: page for page in seen.pages}, seen.recognised)
    problems = (
        *seen.problems,
        *(_damaged_page(source, number) for number in found.unread),
        *(lost_table(source, "extract", defect) for defect in found.defects),
    )
    return Extract(source, seen.pages, found.tables, problems, chosen)


def wanted_pages(extract: Extract, labels: Labels) -> tuple[int, ...]:
    """Pages that deserve the careful readers with today's labels; none of a document that is no deal document."""
    return wanted_of(read_title(extract.pages, labels).is_of_deal, extract, labels)


def wanted_of(is_of_deal: bool, extract: Extract, labels: Labels) -> tuple[int, ...]:
    """As `wanted_pages`, where it is known already whether the document is of a deal. Pages that could not be recognised when they
    were read are wanted as soon as they can be."""
    chosen = tuple(choice.page for choice in choose_pages(extract.pages, labels)) if is_of_deal else ()
    return tuple(sorted({*chosen, *unseen(extract.pages, is_of_deal)}))


def _is_mostly_hidden(page: PageText) -> bool:
    shown = sum(len(line.text) for line in page.lines)
    return len(page.unseen) >= MUCH_HIDDEN and len(page.unseen) > HIDDEN_SHARE * (shown + len(page.unseen))


def _hidden_text(source: Source, page: PageText) -> Problem:
    why = ", ".join(sorted({each.why for each in page.unseen}))
    return Problem(
        "missing_table", "warning", "extract",
        f"Page {page.number} holds {len(page.unseen)} characters that no viewer shows ({why}): they were not read.",
        "Look at the page; if it does show them, report it.", source.document_id, page.number,
    )  # fmt: skip


def _damaged_page(source: Source, number: int) -> Problem:
    return Problem(
        "missing_table", "error", "extract", f"Page {number} is damaged: tables on it could not be read.",
        "Fetch the file again, or read this page by eye.", source.document_id, number,
    )  # fmt: skip

"""One PDF in, one `Extract` out: the text of all pages, the tables of the pages that matter, problems.

The only place that leads from a file to stored facts of the page; nothing here knows what a figure means.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dealproof.document import Extract
from dealproof.evidence import Problem, Source
from dealproof.interpret.document import profile_document
from dealproof.limits import Limits
from dealproof.mappings.labels import Labels
from dealproof.pages.fast import read_pages
from dealproof.pages.open import identify
from dealproof.pages.reread import TextLayer
from dealproof.pagetext import PageText
from dealproof.select import choose_pages

#: Kinds of documents whose tables are never wanted.
NO_TABLES = frozenset({"other"})


def extract_document(path: Path, labels: Labels, max_pages: int = Limits().pages) -> Extract:
    """Read one PDF of at most `max_pages` pages.

    Raises UnreadableFileError when the file cannot be read at all.
    """
    from dealproof.tables.find import find_tables

    source = identify(path)
    pages = read_pages(path, max_pages)
    bare = Extract(source, pages, ())
    chosen = wanted_pages(bare, labels)
    if not chosen:
        return replace(bare, problems=_page_problems(source, pages))
    with TextLayer(path) as layer:
        found = find_tables(str(path), chosen, {page.number: page for page in pages}, layer.text_in)
    problems = (*_page_problems(source, pages), *(_damaged_page(source, number) for number in found.unread))
    return Extract(source, pages, found.tables, problems, chosen)


def wanted_pages(extract: Extract, labels: Labels) -> tuple[int, ...]:
    """Pages that deserve the careful readers with today's labels; none of a document that is no deal document."""
    return wanted_of_kind(profile_document(extract, labels).kind, extract, labels)


def wanted_of_kind(kind: str, extract: Extract, labels: Labels) -> tuple[int, ...]:
    """As `wanted_pages`, where it is known already what the document is."""
    return () if kind in NO_TABLES else tuple(choice.page for choice in choose_pages(extract.pages, labels))


def _page_problems(source: Source, pages: tuple[PageText, ...]) -> tuple[Problem, ...]:
    """Pages that were not read, or not surely: none of them may pass in silence."""
    found = (
        _not_read(source, pages, "scanned", "are images without text"),
        _not_read(source, pages, "lying", "are damaged, too large, or have a text layer that cannot be trusted"),
    )
    return tuple(problem for problem in found if problem is not None)


def _damaged_page(source: Source, number: int) -> Problem:
    return Problem(
        "missing_table", "warning", "extract", f"Page {number} is damaged: tables on it could not be read.",
        "Fetch the file again, or read this page by eye.", source.document_id, number,
    )  # fmt: skip


def _not_read(source: Source, pages: tuple[PageText, ...], quality: str, what: str) -> Problem | None:
    bad = [page.number for page in pages if page.quality == quality]
    if not bad:
        return None
    numbers = ", ".join(str(number) for number in bad[:12]) + (" …" if len(bad) > 12 else "")
    return Problem(
        "missing_table", "warning", "extract", f"{len(bad)} of {len(pages)} pages {what} (pages {numbers}).",
        "Read these pages by eye, or hand in a version with text.", source.document_id, bad[0],
    )  # fmt: skip

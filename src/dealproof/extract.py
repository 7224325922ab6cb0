"""One PDF in, one `Extract` out: the text of all pages, the tables of the pages that matter, problems.

The only place that leads from a file to stored facts of the page; nothing here knows what a figure means.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from dealproof.document import Extract
from dealproof.evidence import Problem, Source
from dealproof.interpret.document import profile_document
from dealproof.mappings.labels import Labels
from dealproof.pages.fast import read_pages
from dealproof.pages.open import identify
from dealproof.pages.reread import TextLayer
from dealproof.pagetext import PageText
from dealproof.select import choose_pages

#: Kinds of documents whose tables are never wanted.
NO_TABLES = frozenset({"other"})


def extract_document(path: Path, labels: Labels) -> Extract:
    """Read one PDF.

    Raises UnreadableFileError when the file cannot be read at all.
    """
    from dealproof.tables.find import find_tables

    source = identify(path)
    pages = read_pages(path)
    bare = Extract(source, pages, ())
    chosen = wanted_pages(bare, labels)
    if not chosen:
        return replace(bare, problems=_scan_problems(source, pages))
    with TextLayer(path) as layer:
        tables = find_tables(str(path), chosen, {page.number: page for page in pages}, layer.text_in)
    return Extract(source, pages, tuple(tables), _scan_problems(source, pages), chosen)


def wanted_pages(extract: Extract, labels: Labels) -> tuple[int, ...]:
    """Pages that deserve the careful readers with today's labels; none of a document that is no deal document."""
    if profile_document(extract, labels).kind in NO_TABLES:
        return ()
    return tuple(choice.page for choice in choose_pages(extract.pages, labels))


def _scan_problems(source: Source, pages: tuple[PageText, ...]) -> tuple[Problem, ...]:
    scanned = [page.number for page in pages if page.quality == "scanned"]
    if not scanned:
        return ()
    numbers = ", ".join(str(number) for number in scanned[:12]) + (" …" if len(scanned) > 12 else "")
    return (
        Problem(
            "missing_table", "warning", "extract", f"{len(scanned)} of {len(pages)} pages are images without text (pages {numbers}).",
            "Read these pages by eye, or hand in a version with text.", source.document_id, scanned[0],
        ),
    )  # fmt: skip

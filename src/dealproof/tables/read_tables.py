"""The careful readers at work on the selected pages of one PDF: find tables, ask what is unsure, join over pages."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from types import MappingProxyType

from dealproof.model.page import PageText
from dealproof.model.table import Table
from dealproof.pages.ocr.recognise import Recognised
from dealproof.pages.opened import OpenPdf
from dealproof.tables.captions import with_caption
from dealproof.tables.compare import ReadBox, check_with_other_parser, is_suspect, with_unknown_glyphs_asked
from dealproof.tables.damage import Defect, attempt, raise_if_out_of_memory
from dealproof.tables.join import Part, join_parts
from dealproof.tables.page import PageContent, page_content
from dealproof.tables.readers.aligned import Aligned, read_aligned
from dealproof.tables.readers.framed import column_edges, read_framed
from dealproof.tables.readers.other_parser import OtherParser
from dealproof.tables.recognised import seen_content, with_confidence
from dealproof.tables.second_opinions import with_second_opinions
from dealproof.tables.unseen import with_unseen_asked
from dealproof.text import squeeze

_log = logging.getLogger(__name__)
NOTHING_SEEN: Mapping[int, Recognised] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Found:
    """Tables in the order of their places, the numbers of pages on which damage kept the readers out, and tables that were
    lost because reading them met an error of the program."""

    tables: tuple[Table, ...]
    unread: tuple[int, ...] = ()
    defects: tuple[Defect, ...] = ()


def find_tables(
    document: OpenPdf,
    numbers: Sequence[int],
    pages: Mapping[int, PageText],
    recognised: Mapping[int, Recognised] = NOTHING_SEEN,
) -> Found:
    """Read the tables of the given pages (1-based) of an open PDF, joined over page breaks.

    Pages that are `recognised` were looked at twice already; of these only pictures beside text need the PDF itself.
    """
    parts: list[Part] = []
    suspect: set[int] = set()
    unread: list[int] = []
    defects: list[Defect] = []
    for content in _all_contents(document, numbers, unread, pages, recognised):
        if content.number not in recognised and is_suspect(content):
            suspect.add(content.number)
        step = partial(_page_parts, content, pages, parts[-1] if parts else None, recognised, defects)
        parts += attempt(step, content.number, None, defects) or []
    parser = OtherParser(document.path)
    checked = [
        attempt(partial(_asked, part, parser.text_in), part.table.pages[0], part.table.box, defects)
        if part.table.pages[0] in suspect
        else part
        for part in parts
    ]
    joined = join_parts([part for part in checked if part is not None], dict(pages), defects)
    laid_anew = {number for number, page in pages.items() if page.is_laid_anew}
    native = [table for table in joined if not any(page in laid_anew for page in table.pages)]
    seen_anew = {id(old): new for old, new in zip(native, with_second_opinions(document.path, native), strict=True)}
    joined = [seen_anew.get(id(table), table) for table in joined]
    told = (
        attempt(partial(with_caption, table, dict(pages), joined), table.pages[0], table.box, defects)
        for table in joined
    )
    return Found(tuple(table for table in told if table is not None), tuple(unread), tuple(defects))


def _all_contents(
    document: OpenPdf,
    numbers: Sequence[int],
    unread: list[int],
    pages: Mapping[int, PageText],
    recognised: Mapping[int, Recognised],
) -> Iterator[PageContent]:
    """The careful pages in order, printed or recognised; the number of one that cannot be taken in is added to `unread`."""
    for number in sorted(numbers):
        is_printed = number not in recognised or pages[number].quality == "mixed"
        beside = _content(document, number, pages.get(number), unread) if is_printed else None
        if number in recognised:
            yield seen_content(recognised[number], beside)
        elif beside is not None:
            yield beside


def _content(document: OpenPdf, number: int, known: PageText | None, unread: list[int]) -> PageContent | None:
    try:
        with document.page(number) as page:
            return page_content(page, known)
    except Exception as error:  # noqa: BLE001  # damaged pages raise whatever the parser stumbles over
        raise_if_out_of_memory(error)
        _log.warning("page %d cannot be taken in: %r", number, error, extra={"file": str(document.path)})
        unread.append(number)
        return None


def _page_parts(
    content: PageContent,
    pages: Mapping[int, PageText],
    above: Part | None,
    recognised: Mapping[int, Recognised],
    defects: list[Defect],
) -> list[Part]:
    lost: list[Defect] = []
    framed = read_framed(content, lost)
    ruled = [Part(table, tuple(column_edges(table))) for table in framed.tables]
    page = pages.get(content.number)
    furniture = frozenset(squeeze(text) for text in page.furniture) if page else frozenset()
    hint = _hint(above, content.number, pages)
    # A grid that could not be read keeps its place: what stands in it must not pass for a table without a grid.
    taken = [part.table.box for part in ruled] + [defect.box for defect in lost if defect.box is not None]
    aligned = read_aligned(content, taken, furniture, hint, lost, framed, above.table if above and hint else None)
    found = ruled + [Part(a.table, _bounds(a), a.is_lone_header) for a in aligned]
    defects += lost
    if page is not None and page.unseen:
        found = [replace(part, table=with_unseen_asked(part.table, page.unseen)) for part in found]
    seen = recognised.get(content.number)
    if seen is not None:
        found = [replace(part, table=with_confidence(part.table, seen)) for part in found]
    return sorted(found, key=lambda part: (part.table.box.top, part.table.box.x0))


def _hint(above: Part | None, number: int, pages: Mapping[int, PageText]) -> tuple[float, ...]:
    """Gutters of a table without a grid that ran to the foot of the page before, and so may go on here."""
    if above is None or above.is_lone_header or above.table.pages[-1] != number - 1 or above.table.style == "ruled" or number - 1 not in pages:
        return ()
    bottom = max(cell.box.bottom for cell in above.table.cells)
    ends = not any(line.box.top > bottom - 2 for line in pages[number - 1].lines)
    return above.columns if ends else ()


def _bounds(found: Aligned) -> tuple[float, ...]:
    return found.gutters


def _asked(part: Part, read_box: ReadBox) -> Part:
    return replace(part, table=with_unknown_glyphs_asked(check_with_other_parser(part.table, read_box)))

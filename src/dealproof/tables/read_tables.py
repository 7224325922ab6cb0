"""The careful readers at work on the selected pages of one PDF: find tables, compare readings, join over pages."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import Any

from dealproof.errors import UnreadableFileError
from dealproof.model.evidence import Box
from dealproof.model.page import PageText
from dealproof.model.table import Table
from dealproof.pages.ocr.recognise import Recognised
from dealproof.tables.captions import with_caption
from dealproof.tables.compare import ReadBox, check_with_camelot, check_with_text_layer
from dealproof.tables.damage import Defect, attempt, raise_if_out_of_memory
from dealproof.tables.join import Part, join_parts
from dealproof.tables.page import PageContent, page_content
from dealproof.tables.readers.aligned import Aligned, read_aligned
from dealproof.tables.readers.camelot_reader import OtherTable, read_lattice, read_stream
from dealproof.tables.readers.framed import column_edges, read_framed
from dealproof.tables.recognised import seen_content, with_confidence
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
    path: str,
    numbers: Sequence[int],
    pages: Mapping[int, PageText],
    read_box: ReadBox,
    recognised: Mapping[int, Recognised] = NOTHING_SEEN,
) -> Found:
    """Read the tables of the given pages (1-based), each cell checked by a second reading, joined over page breaks.

    Pages that are `recognised` were looked at twice already; of these only pictures beside text need the PDF itself.

    Raises UnreadableFileError when the PDF is so damaged that the careful readers cannot follow its structure.
    """
    parts: list[Part] = []
    heights: dict[int, float] = {}
    unread: list[int] = []
    defects: list[Defect] = []
    for content in _all_contents(path, numbers, unread, pages, recognised):
        heights[content.number] = content.height
        step = partial(_page_parts, content, pages, parts[-1] if parts else None, recognised, defects)
        parts += attempt(step, content.number, None, defects) or []
    printed = [part for part in parts if part.table.pages[0] not in recognised]
    bare = [part for part in printed if not _has_watermark(pages.get(part.table.pages[0]))]
    others = _second_readings(path, bare, heights)
    checked = [
        part
        if (first := part.table.pages[0]) in recognised
        else attempt(partial(_checked, part, others, read_box), first, part.table.box, defects)
        for part in parts
    ]
    joined = join_parts([part for part in checked if part is not None], dict(pages), defects)
    told = (
        attempt(partial(with_caption, table, dict(pages), joined), table.pages[0], table.box, defects)
        for table in joined
    )
    return Found(tuple(table for table in told if table is not None), tuple(unread), tuple(defects))


def _all_contents(
    path: str,
    numbers: Sequence[int],
    unread: list[int],
    pages: Mapping[int, PageText],
    recognised: Mapping[int, Recognised],
) -> Iterator[PageContent]:
    """The careful pages in order, printed or recognised."""
    printed = [n for n in numbers if n not in recognised or pages[n].quality == "mixed"]
    contents = iter(_contents(path, printed, unread, pages))
    waiting = next(contents, None)
    for number in sorted(numbers):
        beside = None
        if waiting is not None and waiting.number == number:
            beside, waiting = waiting, next(contents, None)
        if number in recognised:
            yield seen_content(recognised[number], beside)
        elif beside is not None:
            yield beside


def _contents(
    path: str, numbers: Sequence[int], unread: list[int], pages: Mapping[int, PageText]
) -> Iterable[PageContent]:
    """The careful pages; the number of one that cannot be taken in is added to `unread`."""
    if not numbers:
        return
    with _document(path, numbers) as document:
        for page in document.pages:
            try:
                content = page_content(page, pages.get(page.page_number))
            except Exception as error:  # noqa: BLE001  # damaged pages raise whatever the parser stumbles over
                raise_if_out_of_memory(error)
                _log.warning("page %d cannot be taken in: %r", page.page_number, error, extra={"file": path})
                unread.append(page.page_number)
                continue
            finally:
                page.close()
            yield content


@contextmanager
def _document(path: str, numbers: Sequence[int]) -> Iterator[Any]:
    import pdfplumber

    with open(path, "rb") as stream:
        try:
            document = pdfplumber.open(stream, pages=sorted(numbers))
            document.pages  # noqa: B018  # followed now, so that its damage is met here
        except Exception as error:
            raise_if_out_of_memory(error)
            raise UnreadableFileError(
                f"{Path(path).name}: the PDF is damaged: its structure cannot be followed.",
                "Fetch the file again from its source, or print it to a new PDF.",
            ) from error
        with document:
            yield document


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
    aligned = read_aligned(content, taken, furniture, hint, lost, framed)
    found = ruled + [Part(a.table, _bounds(a)) for a in aligned]
    defects += lost
    if page is not None and page.unseen:
        found = [Part(with_unseen_asked(part.table, page.unseen), part.columns) for part in found]
    seen = recognised.get(content.number)
    if seen is not None:
        found = [Part(with_confidence(part.table, seen), part.columns) for part in found]
    return sorted(found, key=lambda part: (part.table.box.top, part.table.box.x0))


def _has_watermark(page: PageText | None) -> bool:
    """Whether figures are spread over a page that camelot could not tell from its own."""
    return page is not None and any(letter.text.isdigit() for letter in page.watermark)


def _hint(above: Part | None, number: int, pages: Mapping[int, PageText]) -> tuple[float, ...]:
    """Gutters of a table without a grid that ran to the foot of the page before, and so may go on here."""
    if above is None or above.table.pages[-1] != number - 1 or above.table.style == "ruled" or number - 1 not in pages:
        return ()
    bottom = max(cell.box.bottom for cell in above.table.cells)
    ends = not any(line.box.top > bottom - 2 for line in pages[number - 1].lines)
    return above.columns if ends else ()


def _bounds(found: Aligned) -> tuple[float, ...]:
    return found.gutters


def _second_readings(path: str, parts: Sequence[Part], heights: Mapping[int, float]) -> list[OtherTable]:
    ruled = {part.table.pages[0] for part in parts if part.table.style == "ruled"}
    areas: dict[int, list[Box]] = {}
    for part in parts:
        if part.table.style != "ruled":
            areas.setdefault(part.table.pages[0], []).append(part.table.box)
    return read_lattice(path, {n: heights[n] for n in ruled}) + read_stream(path, heights, areas)


def _checked(part: Part, others: Sequence[OtherTable], read_box: ReadBox) -> Part:
    return Part(check_with_camelot(check_with_text_layer(part.table, read_box), others), part.columns)

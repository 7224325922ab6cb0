"""The careful readers at work on the selected pages of one PDF: find tables, compare readings, join over pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dealproof.evidence import Box
from dealproof.pagetext import PageText
from dealproof.tables.captions import with_caption
from dealproof.tables.compare import ReadBox, check_with_camelot, check_with_text_layer
from dealproof.tables.join import Part, join_parts
from dealproof.tables.model import Table
from dealproof.tables.page import PageContent, page_content
from dealproof.tables.readers.aligned import Aligned, read_aligned
from dealproof.tables.readers.camelot_reader import OtherTable, read_lattice, read_stream
from dealproof.tables.readers.ruled import column_edges, read_ruled
from dealproof.text import squeeze


def find_tables(path: str, numbers: Sequence[int], pages: Mapping[int, PageText], read_box: ReadBox) -> list[Table]:
    """Read the tables of the given pages (1-based), each cell checked by a second reading, joined over page breaks."""
    parts: list[Part] = []
    heights: dict[int, float] = {}
    for content in _contents(path, numbers):
        heights[content.number] = content.height
        parts.extend(_page_parts(content, pages, parts[-1] if parts else None))
    others = _second_readings(path, parts, heights)
    checked = [Part(_checked(part.table, others, read_box), part.columns) for part in parts]
    tables = join_parts(checked, dict(pages))
    return [with_caption(table, dict(pages), tables) for table in tables]


def _contents(path: str, numbers: Sequence[int]) -> Iterable[PageContent]:
    import pdfplumber

    if not numbers:
        return
    with pdfplumber.open(path, pages=sorted(numbers)) as document:
        for page in document.pages:
            yield page_content(_upright(page))
            page.close()


def _upright(page: Any) -> Any:
    return page


def _page_parts(content: PageContent, pages: Mapping[int, PageText], above: Part | None) -> list[Part]:
    ruled = [Part(table, tuple(column_edges(table))) for table in read_ruled(content)]
    page = pages.get(content.number)
    furniture = frozenset(squeeze(text) for text in page.furniture) if page else frozenset()
    hint = _hint(above, content.number, pages)
    aligned = read_aligned(content, [part.table.box for part in ruled], furniture, hint)
    found = ruled + [Part(a.table, _bounds(a)) for a in aligned]
    return sorted(found, key=lambda part: (part.table.box.top, part.table.box.x0))


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


def _checked(table: Table, others: Sequence[OtherTable], read_box: ReadBox) -> Table:
    return check_with_camelot(check_with_text_layer(table, read_box), others)

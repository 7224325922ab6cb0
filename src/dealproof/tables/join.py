"""Tables that run over page breaks, put together again.

Two parts belong together when the first ends where its page's text ends, the second starts where its page's text
starts, and the columns fit. The header may be repeated (dropped), missing, or stand alone; only a 合计 row may be
left; a row may be cut by the break.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from dealproof.model.page import PageText
from dealproof.model.table import Table
from dealproof.tables.alike_columns import goes_on_alike
from dealproof.tables.carried import with_label_carried, with_totals_as_above
from dealproof.tables.cut_rows import is_rest_of_row, with_rest_of_row
from dealproof.tables.damage import Defect, attempt
from dealproof.tables.page_ends import header_texts
from dealproof.tables.set_on_columns import set_on_columns
from dealproof.tables.titles_at_breaks import with_title_at_foot, with_title_at_top
from dealproof.tables.total_below import total_proves
from dealproof.tables.values import is_value, is_year
from dealproof.text import squeeze

_FIGURE = re.compile(r"[-+(]?\d[\d,]*(?:\.\d+)?\)?(?:[%元万亿年月天日笔户个]+)?")
#: Share of a table's width by which a column may be off on a page of another size.
SAME_SHARE = 0.03
#: Rows of a header that stands alone on the page before its rows at most; more rows of words are a table of words.
HEADER_ROWS = 4


@dataclass(frozen=True, slots=True)
class Part:
    """One page's piece of a table with the x positions of its columns. One that `is_lone_header` is no table by itself."""

    table: Table
    columns: tuple[float, ...]
    is_lone_header: bool = False


def join_parts(parts: Sequence[Part], pages: dict[int, PageText], defects: list[Defect] | None = None) -> list[Table]:
    """Join what belongs together; order stays page by page, top to bottom. A part that cannot be joined goes to `defects`."""
    joined: list[Part] = []
    for part in parts:
        step = partial(_following, joined[-1:], part, pages)
        joined[-1:] = attempt(step, part.table.pages[0], part.table.box, defects) or joined[-1:]
    return [part.table for part in joined if not part.is_lone_header]


def _following(above: Sequence[Part], part: Part, pages: dict[int, PageText]) -> list[Part]:
    """The part above, if there is one, and the next part: as one where they belong together."""
    for one, other in _readings(above[0], part, pages) if above else ():
        if continues(one, other, pages):
            return [Part(_append(one.table, other.table), one.columns)]
    return [*(other for other in above if not other.is_lone_header), part]


def _readings(above: Part, below: Part, pages: dict[int, PageText]) -> Iterator[tuple[Part, Part]]:
    """Two parts as they are; with the name of a group that stands alone at the break; and the lower one on the columns of the upper."""
    yield above, below
    last, first = pages.get(above.table.pages[-1]), pages.get(below.table.pages[0])
    if last is None or first is None or first.number != last.number + 1:
        return
    one = replace(above, table=with_title_at_foot(above.table, last))
    other = replace(below, table=with_title_at_top(below.table, first, above.table))
    if one.table is not above.table or other.table is not below.table:
        yield one, other
    anew = set_on_columns(above.table, _inner(above), below.table, _inner(below))
    if anew is not None:
        yield above, Part(anew, above.columns)


def continues(above: Part, below: Part, pages: dict[int, PageText]) -> bool:
    """Whether `below` continues `above` over the page break between them."""
    last, first = above.table.pages[-1], below.table.pages[0]
    if first <= last or last not in pages or first not in pages:
        return False
    if any(number not in pages or pages[number].lines for number in range(last + 1, first)):
        return False  # pictures without text may stand between, nothing else
    if not _ends_page(above.table, pages[last]) or not _starts_page(below.table, pages[first]):
        return False
    if above.table.n_cols != below.table.n_cols:
        return False
    if total_proves(above.table, below.table):
        return True
    if first > last + 1:
        return False
    if _same_header(above.table, below.table) > 0 or _same_columns(_inner(above), _inner(below)):
        return True
    if above.table.n_rows <= HEADER_ROWS and not has_values(above.table) and has_values(below.table, 1):
        return True  # the header stands alone on the page before, and its texts need not show the columns
    if goes_on_alike(above.table, below.table):
        return True
    resized = abs(pages[last].width - pages[first].width) > 1
    return resized and _same_shares(above, below)


def _ends_page(table: Table, page: PageText) -> bool:
    bottom = table.extent(page.number).bottom
    return not any(line.box.top > bottom - 2 for line in page.lines)


def _starts_page(table: Table, page: PageText) -> bool:
    top = table.extent(page.number).top
    above = [line for line in page.lines if line.box.bottom < top + 2]
    return all(re.match(r"^\(?续|^\(?接上|单位", squeeze(line.text)) for line in above)


def _inner(part: Part) -> tuple[float, ...]:
    """The bounds between the columns of a part, without the edges of a ruled one."""
    return part.columns[1:-1] if len(part.columns) == part.table.n_cols + 1 else part.columns


def _same_columns(a: Sequence[float], b: Sequence[float]) -> bool:
    return len(a) == len(b) and all(abs(x - y) <= 8 for x, y in zip(a, b, strict=True))


def _same_shares(above: Part, below: Part) -> bool:
    """Whether the columns divide the table alike, as where a table grows with the page."""
    shares = [
        [(x - part.table.box.x0) / max(part.table.box.x1 - part.table.box.x0, 1.0) for x in part.columns]
        for part in (above, below)
    ]
    return len(shares[0]) == len(shares[1]) and all(abs(x - y) <= SAME_SHARE for x, y in zip(*shares, strict=True))


def _same_header(above: Table, below: Table) -> int:
    """Number of leading rows that the lower part repeats from the upper one."""
    upper, lower = above.texts(), below.texts()
    count = 0
    for row_above, row_below in zip(upper[:4], lower, strict=False):
        if [squeeze(t) for t in row_above] != [squeeze(t) for t in row_below] or not any(squeeze(t) for t in row_below):
            break
        if any(_FIGURE.fullmatch(squeeze(t)) for t in row_below[1:]):
            break
        count += 1
    names = header_texts(above) if count else frozenset()
    while count and count < min(5, len(lower)) and _is_of(names, lower[count]):
        count += 1
    return count


def _is_of(names: frozenset[str], row: Sequence[str]) -> bool:
    """Whether a row holds nothing but texts of a header, several of them."""
    texts = {squeeze(text) for text in row} - {""}
    return len(texts) > 1 and texts <= names


def has_values(table: Table, rows: int | None = None) -> bool:
    """Whether a value stands beside the first column of a table, or of its first rows."""
    return any(
        cell.col > 0 and (rows is None or cell.row < rows) and is_value(cell.text) and not is_year(cell.text)
        for cell in table.cells
    )


def _append(above: Table, below: Table) -> Table:
    repeated = _same_header(above, below)
    rest = [cell for cell in below.cells if cell.row >= repeated]
    first_row = [cell for cell in rest if cell.row == repeated and cell.row_span == 1]
    cells = list(above.cells)
    shift = above.n_rows - repeated
    if is_rest_of_row(above, first_row):
        cells = with_rest_of_row(above, first_row)
        rest = [cell for cell in rest if cell not in first_row]
        shift -= 1
    moved = [replace(cell, row=cell.row + shift) for cell in rest]
    moved = with_totals_as_above(cells, moved) if above.style != "ruled" else moved
    cells = with_label_carried(cells, moved, above.n_rows)
    n_rows = max(above.n_rows, max((cell.row + cell.row_span for cell in moved), default=0))
    standing = {cell.page for cell in moved} | {page for page, _ in below.tails}
    tails = (*below.tails, *((page, below.extent(page)) for page in below.pages if page not in standing))
    return replace(
        above, cells=tuple(cells), n_rows=n_rows, pages=(*above.pages, *below.pages), tails=(*above.tails, *tails),
        joined_from=above.joined_from + below.joined_from, readers=tuple(dict.fromkeys((*above.readers, *below.readers))),
    )  # fmt: skip

"""Running headers, footers and page numbers, told from the text that they surround.

What stands at the same height near the edge of many pages, the same but for its numbers, is furniture. The first
page keeps its lines: the title on a cover is often the running header of the rest.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from dealproof.pagetext import Line, PageText
from dealproof.text import squeeze

#: Share of the page height at either edge in which furniture stands.
EDGE = 0.12
#: A line is furniture when it repeats on this many pages (or on half of a short document).
REPEATS = 3
_PAGE_NUMBER = re.compile(
    r"^(?:-?\d{1,4}-?|第?\d{1,4}页?(?:[,，/]?共\d{1,4}页)?|page\d+(?:of\d+)?|[ivxlc]{1,6}|\d+/\d+)$", re.IGNORECASE
)


def without_furniture(pages: Sequence[PageText]) -> tuple[PageText, ...]:
    """Return the pages with furniture moved from `lines` to `furniture`."""
    seen = Counter(key for page in pages for key in {_key(line, page) for line in page.lines if _at_edge(line, page)})
    need = REPEATS if len(pages) >= 2 * REPEATS else max(2, (len(pages) + 1) // 2)
    repeated = {key for key, count in seen.items() if count >= need}
    return tuple(_clean(page, repeated) for page in pages)


def _at_edge(line: Line, page: PageText) -> bool:
    return line.box.bottom < EDGE * page.height or line.box.top > (1 - EDGE) * page.height


def _key(line: Line, page: PageText) -> tuple[str, bool]:
    return re.sub(r"\d+", "#", squeeze(line.text)), line.box.top < page.height / 2


def _clean(page: PageText, repeated: set[tuple[str, bool]]) -> PageText:
    kept: list[Line] = []
    furniture = list(page.furniture)
    for line in page.lines:
        at_edge = _at_edge(line, page)
        number = at_edge and _PAGE_NUMBER.match(squeeze(line.text)) is not None
        outermost = number and _is_outermost(line, page)
        if at_edge and (outermost or (_key(line, page) in repeated and not _is_table_row(line))):
            furniture.append(line.text)
        else:
            kept.append(line)
    return replace(page, lines=tuple(kept), furniture=tuple(furniture))


def _is_outermost(line: Line, page: PageText) -> bool:
    return all(line.box.top >= other.box.top for other in page.lines) or all(
        line.box.top <= other.box.top for other in page.lines
    )


def _is_table_row(line: Line) -> bool:
    """A repeated table header has several cells; a running header has one or two texts."""
    return len(re.split(r"\s{2,}", line.text.strip())) >= 3

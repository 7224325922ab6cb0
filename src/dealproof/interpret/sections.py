"""Where in a document something stands: headings, and what they say about whose data a table holds.

A table under 静态池, 现金流预测 or 压力情景 looks like the deal's own performance and is not; the rows of
`mappings/labels/sections.csv` say which words give that away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from dealproof.interpret.context import Context
from dealproof.model.page import PageText
from dealproof.model.table import Table
from dealproof.text import squeeze
from dealproof.values.deals import parse_deal_name
from dealproof.values.parsed import Parsed

_N = "[一二三四五六七八九十百]"
_LEVELS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"^第(?:{_N}+|\d+)(?:章|部分|篇)"), 1),
    (re.compile(rf"^附[录件表](?:{_N}+|\d+)?"), 1),
    (re.compile(rf"^第(?:{_N}+|\d+)节"), 2),
    (re.compile(rf"^{_N}+[、.]"), 3),
    (re.compile(rf"^\({_N}+\)"), 4),
    (re.compile(r"^\d{1,2}\.\d{1,2}(?:\.\d{1,2})*(?!\d)"), 5),
    (re.compile(r"^\d{1,2}[、.](?!\d)"), 5),
)
_LEADER = re.compile(r"\.{4,}|…{2,}|·{4,}")
_SERIES = re.compile(r"Series\s+((?:19|20)\d{2}-\w{1,2})\b")
_OWN = re.compile(r"基础资产|资产池|入池|本期证券|资产支持证券的基本")
_PROSE = re.compile(r"[。；，：]|:$|,$")
LONGEST = 45


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading with its place; `level` 1 is the outermost."""

    page: int
    top: float
    level: int
    text: str


def outline(pages: Sequence[PageText]) -> tuple[Heading, ...]:
    """Return all headings in reading order; tables of contents are left out."""
    found: list[Heading] = []
    for page in pages:
        if is_contents(page):
            continue
        for line in page.lines:
            text = squeeze(line.text)
            if not 2 <= len(text) <= LONGEST or "  " in line.text.strip() or _PROSE.search(text):
                continue
            level = next((level for pattern, level in _LEVELS if pattern.match(text)), 0)
            if level:
                found.append(Heading(page.number, line.box.top, level, text))
    return tuple(found)


def is_contents(page: PageText) -> bool:
    """Whether a page is a table of contents."""
    leaders = sum(1 for line in page.lines if _LEADER.search(squeeze(line.text)))
    titled = any(squeeze(line.text) in ("目录", "目錄", "contents", "tableofcontents") for line in page.lines[:3])
    return leaders >= 4 or titled


def section_path(headings: Sequence[Heading], page: int, top: float) -> tuple[str, ...]:
    """Return the headings that a place stands under, from the outermost to the innermost."""
    path: list[Heading] = []
    for heading in headings:
        if (heading.page, heading.top) >= (page, top):
            break
        while path and path[-1].level >= heading.level:
            path.pop()
        path.append(heading)
    return tuple(heading.text for heading in path)


def is_foreign(table: Table, ctx: Context) -> str:
    """Return why a table is not about this deal's own data, or '' when nothing says so.

    The caption is trusted first, then the headers, then the innermost heading; an outer heading counts only where
    it does not speak of the deal's own assets as well.
    """
    other = _other_deal(table, ctx)
    if other:
        return f"other deal: {other}"
    verdict = _reason(ctx, table.title)
    if verdict:
        return "" if verdict == "own" else f"{verdict}: {squeeze(table.title)}"
    for text in _headers(table):
        if (verdict := _reason(ctx, text)) and verdict != "own":
            return f"{verdict}: {squeeze(text)}"
    for depth, text in enumerate(reversed(table.section)):
        verdict = _reason(ctx, text)
        if verdict == "own":
            return ""
        if verdict and (depth == 0 or not _OWN.search(text)) and not (depth > 0 and _speaks_of_own(table)):
            return f"{verdict}: {text}"
    return ""


def _other_deal(table: Table, ctx: Context) -> str:
    """The name of another deal that the caption, the lead, or (in English) the page speaks of."""
    for text in (table.title, table.lead):
        named = parse_deal_name(text)
        if isinstance(named, Parsed) and named.value.year and named.value.deal_id != ctx.profile.deal_id:
            return named.value.deal_id
    if ctx.profile.market != "foreign":
        return ""
    page = next((page.text for page in ctx.extract.pages if page.number == table.pages[0]), "")
    series = set(_SERIES.findall(page))
    own = ctx.profile.deal_id[-6:]
    return ", ".join(sorted(series)) if series and own not in series else ""


def _speaks_of_own(table: Table) -> bool:
    return bool(_OWN.search(squeeze(table.title)) or any(_OWN.search(text) for text in table.section[-1:]))


def _reason(ctx: Context, text: str) -> str:
    return ctx.labels.field("sections", text)


def _headers(table: Table) -> list[str]:
    return [cell.text for cell in table.cells if cell.row <= 1]

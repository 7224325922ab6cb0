"""Where in a document something stands: headings, and what they say about whose data a table holds.

A table under 静态池, 现金流预测 or 压力情景 looks like the deal's own performance and is not; the rows of
`mappings/labels/sections.csv` say which words give that away.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from dealproof.interpret.contents_page import is_contents
from dealproof.interpret.context import Context, Heading
from dealproof.interpret.layout import text_of
from dealproof.interpret.scope import (
    NOTHING_SAID,
    REPORTS,
    Verdict,
    names_this_deal,
    of_another,
    of_another_period,
    reason_of,
)
from dealproof.interpret.surroundings import NearText, amid_prose, is_lone, near_texts
from dealproof.model.evidence import Box
from dealproof.model.page import PageText
from dealproof.model.table import Table
from dealproof.text import squeeze

_N = "[一二三四五六七八九十百]"
_LEVELS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(rf"^第(?:{_N}+|\d+)(?:章|部分|篇)"), 1),
    (re.compile(rf"^附[录件表](?:{_N}+|\d+)?"), 1),
    (re.compile(rf"^第(?:{_N}+|\d+)节"), 2),
    (re.compile(r"^[壹贰叁肆伍陆柒捌玖拾]+[、.]"), 2),
    (re.compile(r"^(?:IX|IV|V?I{1,3}|V|X)(?:[、.]|(?=[一-龥]))"), 2),
    (re.compile(rf"^{_N}+[、.]"), 3),
    (re.compile(r"^§\d{1,2}(?!\d|\.\d)"), 3),
    (re.compile(rf"^\({_N}+\)"), 4),
    (re.compile(r"^§\d{1,2}\.\d"), 5),
    (re.compile(r"^\d{1,2}\.\d{1,2}(?:\.\d{1,2})*(?!\d)"), 5),
    (re.compile(r"^\d{1,2}[、.](?!\d)"), 5),
)
#: A number that only a gap parts from its heading (三　贷款质量).
_SPACED = re.compile(rf"\s*{_N}{{1,3}}[\u3000 ]+(?=[一-龥]{{2}})(?!{_N}+(?:\s|$))")
_SERIES = re.compile(r"Series\s+((?:19|20)\d{2}-\w{1,2})\b")
_OWN = re.compile(r"基础资产|资产池|入池|本期证券|资产支持证券的基本")
_OWN_HEADING = re.compile(r"本(?:报告|收款|归集|计息|次|期|季|月)|资产池|入池|基础资产|本(?:信托|计划|项目|专项计划)")
_PROSE = re.compile(r"[。；，：]|:$|,$")
#: The name of a column of a table that was not found (放款月份, 统计时点): no heading of what follows.
_COLUMN = re.compile(r"^[一-龥]{2}(?:月份|年月|时间|时点)$")
LONGEST = 45
#: What a header says of its own column only; anything else it says, it says of the whole table.
OF_A_COLUMN = frozenset(("forecast", "stress", "other_period", "other_portfolio"))
#: What a line without a number says of the table right under it only.
_OF_ONE_TABLE = frozenset(("definition", "eligibility", "originator"))
#: An item that is numbered without a mark (3参与机构) ends what a line without a number said.
_ITEM = re.compile(r"^\d{1,2}(?:\.\d{1,2})*[一-龥]")
#: A heading without a number stands between its neighbours with one: half a level below the one that it follows.
_HALF = 0.5
#: A caption stands below every heading.
_DEEPEST = 9.0


def outline(pages: Sequence[PageText]) -> tuple[Heading, ...]:
    """Return all headings in reading order; tables of contents are left out."""
    found: list[Heading] = []
    for page in pages:
        if is_contents(page):
            continue
        for line in page.lines:
            text = squeeze(line.text)
            if not 2 <= len(text) <= LONGEST or _PROSE.search(text):
                continue
            level = level_of(text) or (3 if _SPACED.match(line.text) else 0)
            if level and _is_of_one_piece(line.text):
                found.append(Heading(page.number, line.box.top, level, text))
    return tuple(found)


def level_of(text: str) -> int:
    """The level that the number of a squeezed heading gives it, 1 the outermost; 0 without a number."""
    return next((level for pattern, level in _LEVELS if pattern.match(text)), 0)


def _is_of_one_piece(text: str) -> bool:
    """Whether a heading has no gap but the one behind its number (第二部分　基础资产运行情况)."""
    first, _, rest = text.strip().partition("  ")
    is_number = any((found := pattern.match(squeeze(first))) and found.end() == len(squeeze(first)) for pattern, _ in _LEVELS)
    return not rest or (is_number and "  " not in rest.strip())


def telling_headings(ctx: Context) -> tuple[Heading, ...]:
    """The outline with the lone lines that have no number and say whose figures, or of which period, follow under them.

    Such a line ends at the next one of its sort, and at the next numbered heading of the level that it follows.
    """
    found: list[Heading] = []
    numbered = outline(ctx.extract.pages)
    places = {(heading.page, heading.top) for heading in numbered}
    for page in ctx.extract.pages:
        if is_contents(page):
            continue
        title = _end_of_title(page, numbered, ctx) if page.number == 1 else 0.0
        cells = [_held_by(table, page.number) for table in ctx.extract.tables if page.number in table.pages]
        amid = amid_prose(page.lines)
        for place, line in enumerate(page.lines):
            within = any(box.top - 2 <= line.box.top and line.box.bottom <= box.bottom + 2 for box in cells)
            text = squeeze(line.text)
            if within or line.box.top < title or (page.number, line.box.top) in places or place in amid or not is_lone(line):
                continue
            if _COLUMN.match(text):
                continue
            if names_this_deal(ctx, text) or _OWN_HEADING.search(text) or _ITEM.match(text) or _tells(ctx, text):
                found.append(Heading(page.number, line.box.top, 0, text))
    return _levelled(numbered, found)


def _held_by(table: Table, page: int) -> Box:
    """The part of a page that a table takes; where it goes on from the page before, with all above it, as its header printed again."""
    box = table.extent(page)
    return box if page == table.pages[0] else replace(box, top=0.0)


def _end_of_title(page: PageText, numbered: Sequence[Heading], ctx: Context) -> float:
    """Where the title block of a first page ends: at its first numbered heading or table."""
    tops = [heading.top for heading in numbered if heading.page == page.number]
    tops += [table.extent(page.number).top for table in ctx.extract.tables if page.number in table.pages]
    return min(tops, default=page.height)


def _tells(ctx: Context, text: str) -> bool:
    """Whether a line says of what follows that it is another's; of a circular only the names of deals are taken so far."""
    reason = of_another(ctx, text).reason
    if ctx.profile.kind not in REPORTS:
        return reason == "other deal"
    return (bool(reason) and reason not in _OF_ONE_TABLE) or bool(of_another_period(ctx, text))


def _levelled(numbered: Sequence[Heading], telling: Sequence[Heading]) -> tuple[Heading, ...]:
    """All headings in their order, each without a number half a level below the numbered one that it follows; the caption of a
    table (表3) ends at whatever heading comes next."""
    merged: list[Heading] = []
    level = 2.0
    for heading in sorted((*numbered, *telling), key=lambda item: (item.page, item.top)):
        level = heading.level or level
        own = heading.level or (_DEEPEST if _CAPTION_NO.match(heading.text) else level + _HALF)
        merged.append(Heading(heading.page, heading.top, own, heading.text))
    return tuple(merged)


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


#: Matters of a deal's period, which a pool of other loans or an originator does not have: a table whose caption says so has
#: left such a heading.
_WITHOUT_PERIODS = frozenset(("static_pool", "originator"))
#: A caption of words, not only a number (表3) or the mark that a table goes on (续表).
_CAPTION = re.compile(r"(?!续表)[一-龥]{3}")
#: The caption of one table says nothing of the next that has one.
_CAPTION_NO = re.compile(r"(?:图表|表)\d")
_OWN_MATTER = re.compile(r"循环购买|持续购买|(?:证券|本息|本期|利息|本金)(?:的)?(?:兑付|偿付|付息)|信托账户|账户收支|费用支(?:付|出)|本期费用")


def against_table(table: Table, ctx: Context) -> Verdict:
    """What says that a table is not about this deal's own data; nothing where nothing does.

    What stands nearest is trusted first: banner and caption, the lines and the sentence above, the headers, then the
    innermost heading; an outer heading counts only where it does not speak of the deal's own assets as well. A heading over
    a table with a caption of its own is not sure: the caption may have left it.
    """
    near = near_texts(table, ctx.extract)
    other = _other_deal(table, near, ctx)
    if other:
        return Verdict("other deal", other)
    verdict = _reason(ctx, table.title)
    if verdict:
        return NOTHING_SAID if verdict == "own" else Verdict(verdict, squeeze(table.title))
    over = headings_over(table, ctx)
    if ctx.profile.kind in REPORTS and (said := _said_above([item for item in near if item.text not in over], ctx)):
        return said
    for text in _headers(table):
        if (verdict := _reason(ctx, text)) and verdict != "own":
            if verdict in OF_A_COLUMN:
                continue
            return Verdict(verdict, squeeze(text))
    return _said_by_headings(table, over, ctx)


def _said_by_headings(table: Table, over: Sequence[str], ctx: Context) -> Verdict:
    """What the headings say of a table of which nothing nearer says anything."""
    caption = squeeze(table.title)
    has_own_matter = ctx.profile.kind in REPORTS and _OWN_MATTER.search(caption)
    for depth, text in enumerate(reversed(over)):
        verdict = _reason(ctx, text)
        if _CAPTION_NO.match(text) and _CAPTION_NO.match(caption) and text != caption:
            continue
        if verdict == "own" or (has_own_matter and verdict in _WITHOUT_PERIODS):
            return NOTHING_SAID
        if verdict and (depth == 0 or not _OWN.search(text)) and not (depth > 0 and _speaks_of_own(table)):
            return Verdict(verdict, text, is_sure=not _CAPTION.search(caption))
    return NOTHING_SAID


def _said_above(near: Sequence[NearText], ctx: Context) -> Verdict:
    """What the nearest line or sentence above a table of a report says of it."""
    for item in near:
        if (verdict := _reason(ctx, item.text)) == "own":
            return NOTHING_SAID
        if verdict and item.introduces and not (item.is_sentence and _OWN.search(item.text)):
            return Verdict(verdict, item.text)
    return NOTHING_SAID


def headings_over(table: Table, ctx: Context) -> tuple[str, ...]:
    """The headings that a table stands under, with those that have no number but say whose figures follow."""
    if not ctx.headings:
        return table.section
    return section_path(ctx.headings, table.pages[0], table.extent(table.pages[0]).top)


def is_under_another_deal(page: int, top: float, text: str, ctx: Context) -> bool:
    """Whether a line of text is another deal's: it names that deal, or stands under its name."""
    for words in (text, *reversed(section_path(ctx.headings, page, top))):
        if names_this_deal(ctx, words):
            return False
        if of_another(ctx, words).reason in ("other deal", "other_products"):
            return True
    return False


def _other_deal(table: Table, near: Sequence[NearText], ctx: Context) -> str:
    """The other deal that the nearest text with a deal's name speaks of; in English, that the page speaks of."""
    if ctx.profile.market != "foreign":
        page = next((page for page in ctx.extract.pages if page.number == table.pages[0]), None)
        corner = [text_of(table.grid()[0][0])] if table.n_rows and table.n_cols else []
        above = corner + [item.text for item in near if item.introduces] + list(reversed(headings_over(table, ctx)))
        for text in (*above, *(page.furniture if page is not None else ())):
            if names_this_deal(ctx, text):
                return ""
            if (said := of_another(ctx, text)).reason == "other deal":
                return said.words
        return ""
    page_text = next((page.text for page in ctx.extract.pages if page.number == table.pages[0]), "")
    series = set(_SERIES.findall(page_text))
    own = ctx.profile.deal_id[-6:]
    return ", ".join(sorted(series)) if series and own not in series else ""


def _speaks_of_own(table: Table) -> bool:
    return bool(_OWN.search(squeeze(table.title)) or any(_OWN.search(text) for text in table.section[-1:]))


def _reason(ctx: Context, text: str) -> str:
    return reason_of(ctx, text)


def _headers(table: Table) -> list[str]:
    return [cell.text for cell in table.cells if cell.row <= 1]

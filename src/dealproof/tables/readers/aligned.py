"""Tables without a full grid (three-line, zebra, borderless, rows ruled only), read from the alignment of text.

Lines with wide gaps are table lines; the gutters that run through them are the columns; rules and shades, where
there are any, separate rows and header. Prose is never a table: it fills its line with one segment.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import pairwise
from statistics import median

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.tables.bands import Bar, between_rules, stacked_regions
from dealproof.tables.columns import (
    Piece,
    find_gutters,
    merge_complementary,
    overlapping,
    paired_gutters,
    pieces,
)  # fmt: skip
from dealproof.tables.damage import Defect, attempt
from dealproof.tables.edges import Edge, steps
from dealproof.tables.group_labels import with_group_labels
from dealproof.tables.header import header_cells
from dealproof.tables.lines import (
    TextLine,
    block_text,
    bounding,
    cell_doubt,
    in_force,
    parted_at,
    run_text,
    visual_lines,
)
from dealproof.tables.narrow import with_narrow_gutters
from dealproof.tables.page import PageContent
from dealproof.tables.plausible import is_axis, is_beside_a_chart, is_justified_prose, is_lone_row, is_marked_list
from dealproof.tables.readers.framed import Framed
from dealproof.tables.rows import RowLine, group_rows
from dealproof.tables.stacked import joined_letters
from dealproof.tables.turning import as_laid, as_shown, box_as_shown
from dealproof.tables.values import is_year
from dealproof.text import squeeze

NAME = "aligned"
_CAPTION = re.compile(
    r"^(?:表\s*[\d一二三四五六七八九十]|图\s*\d|注\s*\d*[:：]|\(?单位|金额单位|备注|资料来源|数据来源|table\s*\d)",
    re.IGNORECASE,
)
_HEADING = re.compile(
    r"^(?:第[一二三四五六七八九十\d]+[章节条部]|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|附[录件表])"
)
_PROSE_END = re.compile(r"[。；，！？,;]$")


def _is_furniture(line: TextLine, furniture: frozenset[str], height: float) -> bool:
    """A running header or footer stands at the edge of the page; a figure of a table may read like a page number."""
    at_edge = line.box.bottom < height * _EDGE or line.box.top > height * (1 - _EDGE)
    return at_edge and squeeze(line.text) in furniture


_EDGE = 0.12
#: Printed lines of a header above the first rule inside a table at most.
MOST_HEADER_LINES = 8
#: Share of a table's width from which on a rule parts all of its columns.
WHOLE = 0.93
#: Lines of headings above the first row of several texts at most; share of a page's height in which a rule is its own.
MOST_HEADINGS, PAGE_TOP = 3, 0.1
#: Points by which a header text may reach out of a frame.
OVER = 6.0
_LEADER = re.compile(r"\.{5,}|…{2,}|·{5,}")
_FIGURE = re.compile(r"\d")
_VALUE = re.compile(r"[-+(]?[\d,，.]+\)?[%％元万亿年月天日笔户个]*|(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?")
_RULE_OF_TEXT = re.compile(r"^[_=-]{5,}$")
_MARK = re.compile(r"\(?\d{1,2}[).、]?|\([a-zA-Z]\)|[•●○▪■◆*※]|\([一二三四五六七八九十]\)|the")


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table found by alignment, with the gutters that later pages may need to continue it."""

    table: Table
    gutters: tuple[float, ...]


def read_aligned(
    content: PageContent,
    taken: Sequence[Box],
    furniture: frozenset[str],
    gutters_above: tuple[float, ...] = (),
    defects: list[Defect] | None = None,
    framed: Framed | None = None,
) -> list[Aligned]:
    """Return the tables outside the boxes already taken by ruled tables, from top to bottom.

    `gutters_above` are the columns of a table that ran to the foot of the page before; the first region of this
    page is read with them when it fits. A table that cannot be read goes to `defects`. `framed`: what the lines of the page
    made before: charts, and frames in which the text must tell rows or columns.
    """
    taken = [as_laid(box, content) for box in taken]
    free = [c for c in content.chars if not any(_inside(c.x0, c.middle, box) for box in taken)]
    framed = framed or Framed()
    uprights = [(post.at, post.start, post.end) for post in framed.posts]
    lines = [
        parted_at(line, uprights)
        for line in visual_lines(free)
        if not _is_furniture(line, furniture, content.height)
    ]
    bars = _bars(content, taken)
    found: list[Aligned] = []
    boxed = [region for box in framed.open_frames if (region := _in_frame(lines, box))]
    used = [line for region in boxed for line in region]
    stacked = boxed + between_rules([line for line in lines if line not in used], bars, _is_tabular, _is_caption)
    used = [line for region in stacked for line in region]
    stacked += stacked_regions([line for line in lines if line not in used], bars, _is_tabular, _CAPTION)
    used = [line for region in stacked for line in region]
    fences = [*taken, *(bounding([c for line in region for s in line.segments for c in s.chars]) for region in stacked)]
    loose = _regions([line for line in lines if line not in used], bars, fences, content.height)
    whole = [part for region in (*stacked, *loose) for part in _split_at_headers(region) if _is_table(part)]
    for region in sorted(whole, key=lambda r: r[0].box.top):
        hint = gutters_above if lines and region[0] is lines[0] else ()
        place = box_as_shown(reduce(Box.union, (line.box for line in region)), content)
        made = attempt(partial(_shown, content, region, bars, hint, framed.posts), content.number, place, defects)
        if made is not None and not is_beside_a_chart(made.table, framed.grounds):
            found.append(made)
    return found


def _in_frame(lines: Sequence[TextLine], box: Box) -> list[TextLine]:
    """The lines inside an open frame, with the rows that go on below it where only its header is framed."""
    inside = [
        index for index, line in enumerate(lines)
        if box.top - 1 <= line.middle <= box.bottom + 1 and box.x0 - OVER <= line.box.x0 and line.box.x1 <= box.x1 + OVER
    ]  # fmt: skip
    if not inside or inside != list(range(inside[0], inside[-1] + 1)):
        return []
    region = [lines[index] for index in inside]
    if any(_has_figures(line) for line in region):
        return region
    for line in lines[inside[-1] + 1 :]:
        gap = line.box.top - region[-1].box.bottom
        fits = box.x0 - OVER <= line.box.x0 and line.box.x1 <= box.x1 + OVER
        if gap > 2.2 * line.size or not fits or _is_caption(line) or not (_is_tabular(line) or gap < 1.2 * line.size):
            break
        region.append(line)
    return region


def _shown(
    content: PageContent,
    region: Sequence[TextLine],
    bars: Sequence[Bar],
    hint: tuple[float, ...],
    posts: Sequence[Edge],
) -> Aligned | None:
    made = _build(content, region, bars, hint, posts)
    return None if made is None else replace(made, table=as_shown(made.table, content))


def _inside(x: float, y: float, box: Box) -> bool:
    return box.x0 - 1 <= x <= box.x1 + 1 and box.top - 1 <= y <= box.bottom + 1


def _bars(content: PageContent, taken: Sequence[Box]) -> list[Bar]:
    pieces_of: list[Bar] = sorted(
        (
            Bar((r.top + r.bottom) / 2, r.x0, r.x1)
            for r in content.rules
            if r.is_horizontal and not any(_inside((r.x0 + r.x1) / 2, r.top, box) for box in taken)
        ),
        key=lambda b: (round(b.y), b.x0),
    )
    bars: list[Bar] = []
    for piece in pieces_of:
        last = bars[-1] if bars else None
        if last is not None and abs(last.y - piece.y) <= 1.5 and piece.x0 - last.x1 <= 6:
            ticks = (*last.ticks, (last.x1 + piece.x0) / 2) if piece.x1 > last.x1 + 2 else last.ticks
            bars[-1] = Bar(last.y, min(last.x0, piece.x0), max(last.x1, piece.x1), ticks)
        else:
            bars.append(piece)
    return [bar for bar in bars if bar.x1 - bar.x0 > 40]


def _regions(
    lines: Sequence[TextLine], bars: Sequence[Bar], taken: Sequence[Box], height: float
) -> list[list[TextLine]]:
    """Runs of lines that make up one table each."""
    regions: list[list[TextLine]] = []
    current: list[TextLine] = []
    width = max((line.box.x1 for line in lines), default=0) - min((line.box.x0 for line in lines), default=0)
    for index, line in enumerate(lines):
        if current and (_RULE_OF_TEXT.match(squeeze(line.text)) or _breaks(current[-1], line, bars, taken)):
            regions.append(current)
            current = []
        if _RULE_OF_TEXT.match(squeeze(line.text)):
            continue
        if (
            _is_tabular(line)
            or (current and _continues(lines, index, current, bars, width))
            or (not current and _opens(lines, index, bars, height))
        ):
            current.append(line)
        elif current:
            regions.append(current)
            current = []
    regions.append(current)
    return [trimmed for region in regions if _is_table(trimmed := _trim(region))]


def _split_at_headers(region: Sequence[TextLine]) -> list[list[TextLine]]:
    """Cut where a new table starts without a caption: a row without figures, set off from rows with figures."""
    rows = overlapping(region)
    steps = [b[0].middle - a[0].middle for a, b in pairwise(rows)]
    usual = median(steps) if steps else 0.0
    parts: list[list[TextLine]] = [[]]
    for index, row in enumerate(rows):
        above = rows[index - 1] if index else []
        heads = sum(len(line.segments) for line in row) >= 2 and not _any_figures(row)
        apart = index > 0 and steps[index - 1] > 1.22 * usual
        if heads and apart and _any_figures(above) and index + 1 < len(rows):
            parts.append([])
        parts[-1].extend(row)
    return parts


def _is_tabular(line: TextLine) -> bool:
    text = squeeze(line.text)
    if len(line.segments) < 2 or _LEADER.search(text) or _is_marked_prose(line):
        return False
    return not (_PROSE_END.search(text) and len(line.segments) == 2 and len(text) > 30)


def _is_marked_prose(line: TextLine) -> bool:
    """A footnote or list item: its mark stands apart, but what follows is a sentence."""
    first, rest = squeeze(line.segments[0].text), line.segments[-1]
    marked = _MARK.fullmatch(first) is not None
    return marked and len(line.segments) == 2 and (len(rest.text) > 60 or bool(_PROSE_END.search(squeeze(rest.text))))


def _breaks(above: TextLine, line: TextLine, bars: Sequence[Bar], taken: Sequence[Box]) -> bool:
    if any(above.box.bottom <= box.top + 2 and box.bottom <= line.box.top + 2 for box in taken):
        return True
    gap = line.box.top - above.box.bottom
    between = [bar for bar in bars if above.middle < bar.y < line.middle]
    if len(between) >= 2 and between[-1].y - between[0].y > 4:
        return True
    return gap > (4.5 if between else 3.0) * max(above.size, line.size)


def _continues(
    lines: Sequence[TextLine], index: int, current: Sequence[TextLine], bars: Sequence[Bar], width: float
) -> bool:
    """Whether a line of one segment belongs to the table above it: a wrapped cell or a sub-heading row."""
    line = lines[index]
    text = squeeze(line.text)
    if _CAPTION.match(text) or (line.box.x1 - line.box.x0) > 0.6 * width:
        return False
    if _HEADING.match(text) and not (_steady(current, line) and abs(line.size - current[-1].size) < 0.3):
        return False
    following = next((other for other in lines[index + 1 : index + 4] if _is_tabular(other)), None)
    tight = line.box.top - current[-1].box.bottom < 0.75 * line.size
    if following is not None and _wraps_into(line, following, bars):
        return True
    if following is None:
        return tight and not _bar_between(current[-1], line, bars) and not _PROSE_END.search(text)
    close = following.box.top - line.box.bottom < 2.2 * line.size
    return tight or (close and _steady(current, line) and not _bar_between(line, following, bars))


def _wraps_into(line: TextLine, following: TextLine, bars: Sequence[Bar]) -> bool:
    """Whether a short text is the first line of a cell that wraps around the line of its row."""
    narrow = line.box.x1 - line.box.x0 < 0.35 * (following.box.x1 - following.box.x0)
    return narrow and following.box.top - line.box.bottom < 0.3 * line.size and not _bar_between(line, following, bars)


def _steady(current: Sequence[TextLine], line: TextLine) -> bool:
    """Whether a line keeps the distance that the rows above it keep."""
    if len(current) < 3 or line.box.x0 > current[-1].box.x0 + 2 * line.size:
        return False
    steps = [b.box.top - a.box.top for a, b in zip(current[-3:], current[-2:], strict=False)]
    step = line.box.top - current[-1].box.top
    return bool(steps) and 0.8 * min(steps) <= step <= 1.15 * max(steps)


def _opens(lines: Sequence[TextLine], index: int, bars: Sequence[Bar], height: float) -> bool:
    """Whether a single text is the first line of a table: a heading or a wrapped header right under its top rule."""
    line = lines[index]
    if _is_caption(line):
        return False
    end = next((i for i in range(index + 1, min(index + MOST_HEADINGS + 1, len(lines))) if _is_tabular(lines[i])), None)
    if end is None:
        return False
    rules = [bar for bar in bars if 0 <= line.box.top - bar.y <= 1.2 * line.size]
    first = lines[end]
    around = any(
        bar.x0 - 2 <= first.box.x0 and first.box.x1 <= bar.x1 + 2 and bar.y > PAGE_TOP * height for bar in rules
    )
    near = (1.6 if around else 0.5) * line.size
    tight = all(b.box.top - a.box.bottom < near for a, b in pairwise(lines[index : end + 1]))
    return bool(rules) and tight and (around or end == index + 1)


def _bar_between(above: TextLine, below: TextLine, bars: Sequence[Bar]) -> bool:
    return any(above.box.bottom - 3 <= bar.y <= below.box.top + 3 for bar in bars)


def _trim(region: Sequence[TextLine]) -> list[TextLine]:
    kept = list(region)
    while len(kept) > 1 and len(kept[-1].segments) < 2 and _is_caption(kept[-1]):
        kept.pop()
    return kept


def _is_caption(line: TextLine) -> bool:
    text = squeeze(line.text)
    return bool(_CAPTION.match(text) or _HEADING.match(text))


def _is_table(region: Sequence[TextLine]) -> bool:
    tabular = [line for line in region if len(line.segments) >= 2]
    if not tabular or not any(_FIGURE.search(line.text) or len(region) >= 2 for line in tabular):
        return False
    return len(tabular) >= 2 or len(tabular[0].segments) >= 3


def _build(
    content: PageContent,
    region: Sequence[TextLine],
    bars: Sequence[Bar],
    hint: tuple[float, ...],
    posts: Sequence[Edge] = (),
) -> Aligned | None:
    top, bottom = region[0].box.top, max(line.box.bottom for line in region)
    near = [bar for bar in bars if top - 12 < bar.y < bottom + 12]
    left, right = min(line.box.x0 for line in region), max(line.box.x1 for line in region)
    inner = [
        bar.y
        for bar in near
        if top + 2 < bar.y < bottom - 2 and min(bar.x1, right) - max(bar.x0, left) >= WHOLE * (right - left)
    ]
    header, body = _header_and_body(region, inner)
    drawn = [
        post.at
        for post in posts
        if post.start < bottom and post.end > top and any(line.box.x0 < post.at < line.box.x1 for line in region)
    ]
    gutters = _with_posts(_gutters(near, header, body or region, hint), steps(drawn), body or region)
    if not hint:
        body, more = with_narrow_gutters(body, gutters)
        gutters = tuple(sorted((*gutters, *more)))
    if not gutters:
        return None
    bounds = [min([left, *(bar.x0 for bar in near)]), *gutters, max([right, *(bar.x1 for bar in near)])]
    cells: list[Cell] = []
    for head, part in _sections(header, body):
        first = max((cell.row + cell.row_span for cell in cells), default=0)
        above = header_cells(head, list(pairwise(bounds)), content.number, NAME)
        cells += [replace(cell, row=cell.row + first) for cell in above]
        first += max((cell.row + cell.row_span for cell in above), default=0)
        body_lines = [RowLine(line, tuple(pieces(line, gutters))) for line in part]
        rows: list[Cell] = []
        for offset, row in enumerate(group_rows(body_lines, _bands(content, inner, part))):
            rows.extend(_row_cells(row, first + offset, content.number))
        cells += with_group_labels(rows, first)
    cells = joined_letters(cells)
    n_rows = max(cell.row + cell.row_span for cell in cells)
    style = "zebra" if _fill_edges(content, top, bottom) else ("three-line" if inner else "borderless")
    table = Table(
        tuple(cells), n_rows, len(gutters) + 1, (content.number,), Box(left, top, right, bottom), readers=(NAME,),
        style=style,
    )  # fmt: skip
    if not hint and (is_axis(table) or (not near and _is_none(table, median(line.size for line in region)))):
        return None
    return Aligned(table, gutters)


def _is_none(table: Table, size: float) -> bool:
    return is_marked_list(table) or is_justified_prose(table, size) or is_lone_row(table)


def _sections(
    header: Sequence[TextLine], body: Sequence[TextLine]
) -> list[tuple[Sequence[TextLine], Sequence[TextLine]]]:
    """The header with the rows up to where it is printed again, and so on."""
    texts = [squeeze(line.text) for line in header]
    if not texts:
        return [(header, body)]
    starts = [
        index
        for index in range(len(body) - len(texts) + 1)
        if [squeeze(line.text) for line in body[index : index + len(texts)]] == texts
    ]
    bounds = [*starts, len(body)]
    found: list[tuple[Sequence[TextLine], Sequence[TextLine]]] = [(header, body[: bounds[0]])]
    for start, end in pairwise(bounds):
        found.append((body[start : start + len(texts)], body[start + len(texts) : end]))
    return found


def _with_posts(gutters: Sequence[float], drawn: Sequence[float], region: Sequence[TextLine]) -> tuple[float, ...]:
    """The gutters with the upright lines, and without those that part no text from the upright line beside them."""
    kept = list(drawn)
    for gutter in gutters:
        ends = [s for line in region for s in line.segments]
        apart = all(
            any(min(x, gutter) <= (s.box.x0 + s.box.x1) / 2 <= max(x, gutter) for s in ends) for x in drawn
        )
        if apart:
            kept.append(gutter)
    return tuple(sorted(kept))


def _gutters(
    bars: Sequence[Bar], header: Sequence[TextLine], body: Sequence[TextLine], hint: tuple[float, ...]
) -> tuple[float, ...]:
    """Columns from the table above, from the ends of the rules' pieces, from the order of cells, or from the white space."""
    if hint and _fits(body, hint):
        return hint
    drawn = [bar.ticks for bar in bars if bar.ticks]
    for ticks in drawn:
        alike = sum(
            1
            for other in drawn
            if len(other) == len(ticks) and all(abs(a - b) < 2 for a, b in zip(other, ticks, strict=True))
        )
        if alike >= 2 and alike >= 0.5 * len(drawn) and _fits(body, ticks):
            return ticks
    widest = max((len(line.segments) for line in header), default=0)
    return tuple(paired_gutters(body)) or merge_complementary(find_gutters(body), body, widest)


def _fits(region: Sequence[TextLine], gutters: Sequence[float]) -> bool:
    """Whether no figure runs over a gutter of the table above, and no two of them share a column."""
    for line in region:
        figures = [piece for piece in pieces(line, gutters) if _FIGURE.search(piece.text)]
        apart = sum(1 for segment in line.segments if _FIGURE.search(segment.text))
        if len(figures) < apart or any(piece.first != piece.last for piece in figures):
            return False
    return True


def _header_and_body(region: Sequence[TextLine], inner: Sequence[float]) -> tuple[list[TextLine], list[TextLine]]:
    """Header lines stand above the first rule inside the table, or else are the leading lines without figures."""
    if inner:
        above = [line for line in region if line.box.bottom <= inner[0] + 2]
        if above and len(above) <= MOST_HEADER_LINES and not any(_mostly_figures(line) for line in above):
            return above, [line for line in region if line not in above]
    rows = overlapping(region)
    if len(rows) < 2 or _any_figures(rows[0]) or len(rows[0]) + len(rows[1]) == len(region) == 2:
        return [], list(region)
    lead = 1
    while lead < min(3, len(rows) - 1) and not _any_figures(rows[lead]) and _tight([rows[lead - 1][-1], rows[lead][0]]):
        lead += 1
    if lead > 1 and not any(_any_figures(row) for row in rows[lead:]):
        lead = 1
    return [line for row in rows[:lead] for line in row], [line for row in rows[lead:] for line in row]


def _any_figures(row: Sequence[TextLine]) -> bool:
    return any(_has_figures(line) for line in row)


def _tight(lines: Sequence[TextLine]) -> bool:
    return all(b.box.top - a.box.bottom < 0.55 * a.size for a, b in pairwise(lines))


def _has_figures(line: TextLine) -> bool:
    return any(_VALUE.fullmatch(squeeze(s.text)) and not is_year(s.text) for s in line.segments[1:])


def _mostly_figures(line: TextLine) -> bool:
    figures = [
        s
        for s in line.segments
        if re.fullmatch(r"[-+(]?[\d,，.]+\)?[%％]?", squeeze(s.text)) and not is_year(s.text)
    ]
    return 2 * len(figures) >= len(line.segments)


def _bands(content: PageContent, inner: Sequence[float], body: Sequence[TextLine]) -> list[float]:
    """Row separators: rules where (nearly) every row has one, else the edges of shaded rows."""
    if not body:
        return []
    top, bottom = body[0].box.top, max(line.box.bottom for line in body)
    rules = [y for y in inner if top < y < bottom]
    if len(rules) >= 0.6 * (_distinct_heights(body) - 1) and rules:
        return rules
    edges = _fill_edges(content, top, bottom)
    return edges if len(edges) >= 0.6 * (_distinct_heights(body) - 1) else []


def _distinct_heights(body: Sequence[TextLine]) -> int:
    """Number of rows at the least: lines that wrap around one another count once."""
    tabular = [line for line in body if len(line.segments) >= 2]
    return sum(1 for i, line in enumerate(tabular) if i == 0 or line.middle - tabular[i - 1].middle > 1.5 * line.size)


def _fill_edges(content: PageContent, top: float, bottom: float) -> list[float]:
    edges: list[float] = []
    for fill in content.fills:
        for y in (fill.top, fill.bottom):
            if top < y < bottom and fill.bottom - fill.top < 120 and not any(abs(y - other) < 2 for other in edges):
                edges.append(y)
    return sorted(edges)


def _row_cells(row: Sequence[RowLine], number: int, page: int) -> list[Cell]:
    by_column: dict[tuple[int, int], list[Piece]] = {}
    for line in row:
        for piece in line.pieces:
            by_column.setdefault((piece.first, piece.last), []).append(piece)
    return [
        _cell(parts, number, first, 1, last - first + 1, page) for (first, last), parts in sorted(by_column.items())
    ]


def _cell(parts: Sequence[Piece], row: int, col: int, row_span: int, col_span: int, page: int) -> Cell:
    chars = [char for part in parts for char in part.chars]
    standing = set(map(id, in_force(chars)))
    lines = [[char for char in part.chars if id(char) in standing] for part in parts]
    text = "\n".join(run_text(line) for line in lines if line) or block_text(in_force(chars))
    return Cell(text, row, col, row_span, col_span, page, bounding(chars), NAME, doubt=cell_doubt(chars))

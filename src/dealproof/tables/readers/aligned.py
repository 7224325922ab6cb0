"""Tables without a full grid (three-line, zebra, borderless, rows ruled only), read from the alignment of text.

Lines with wide gaps are table lines; the gutters that run through them are the columns; rules and shades, where
there are any, separate rows and header. Prose is never a table: it fills its line with one segment.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial, reduce
from itertools import pairwise
from statistics import median

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.tables.bands import Bar, stacked_regions
from dealproof.tables.caption_words import CAPTION
from dealproof.tables.columns import (
    Piece,
    pieces,
    within_columns,
)  # fmt: skip
from dealproof.tables.damage import Defect, attempt
from dealproof.tables.edges import Edge, steps
from dealproof.tables.fronts import Front, closed_at_foot, fronts, reaching_the_edge, with_closed_labels
from dealproof.tables.group_labels import with_group_labels, with_wide_totals
from dealproof.tables.gutters import (
    column_gutters,
    fits,
    free_of_letters,
    with_named_columns,
    with_posts,
    without_lone_names,
)
from dealproof.tables.header import header_above, header_cells
from dealproof.tables.header_lines import header_and_body, sections, without_header
from dealproof.tables.header_parts import Drawn
from dealproof.tables.line_shapes import has_figures, is_caption_line, is_tabular
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
from dealproof.tables.narrow import with_narrow_gutters, with_tight_rows, with_values_apart
from dealproof.tables.page import PageContent
from dealproof.tables.page_ends import lone_header_at_foot, rows_at_top, with_row_at_foot
from dealproof.tables.plausible import is_axis, is_beside_a_chart, is_justified_prose, is_lone_row, is_marked_list
from dealproof.tables.readers.framed import Framed
from dealproof.tables.regions import (
    in_frame,
    is_furniture,
    is_table,
    just_above,
    runs_of_rows,
    split_at_headers,
    with_first_title,
)
from dealproof.tables.rows import RowLine, group_rows
from dealproof.tables.stacked import joined_letters
from dealproof.tables.three_rules import between_rules, between_two_rules
from dealproof.tables.turning import as_laid, as_shown, box_as_shown

NAME = "aligned"
#: Share of a table's width from which on a rule parts all of its columns.
WHOLE = 0.93
#: Font sizes by which the texts at the side of a table reach beyond a rule that parts all of its columns at most.
BESIDE = 1.5


@dataclass(frozen=True, slots=True)
class Aligned:
    """A table found by alignment, with the gutters that later pages may need to continue it. `is_lone_header`: nothing but a header
    at the foot of its page, a table only with what begins the next."""

    table: Table
    gutters: tuple[float, ...]
    is_lone_header: bool = False


def read_aligned(
    content: PageContent,
    taken: Sequence[Box],
    furniture: frozenset[str],
    gutters_above: tuple[float, ...] = (),
    defects: list[Defect] | None = None,
    framed: Framed | None = None,
    table_above: Table | None = None,
) -> list[Aligned]:
    """Return the tables outside the boxes already taken by ruled tables, from top to bottom.

    `gutters_above` are the columns of a table (`table_above`) that ran to the foot of the page before; the first region of this
    page is read with them when it fits. A table that cannot be read goes to `defects`. `framed`: what the lines of the page
    made before: charts, and frames in which the text must tell rows or columns.
    """
    taken = [as_laid(box, content) for box in taken]
    free = list(content.chars)
    for box in taken:
        free = [c for c in free if not _inside(c.x0, c.middle, box)]
    framed = framed or Framed()
    bars = _bars(content, taken)
    lines = [line for line in visual_lines(free) if not is_furniture(line, furniture, content.height)]
    bars = closed_at_foot(bars, lines)
    first_columns = fronts(bars, lines)
    posts = [*framed.posts, *(front.edge for front in first_columns)]
    uprights = [(post.at, post.start, post.end) for post in posts]
    lines = with_tight_rows([parted_at(line, uprights) for line in lines])
    found: list[Aligned] = []
    rules = [(bar.y, bar.x0, bar.x1) for bar in bars]
    first = rows_at_top(lines, table_above, partial(fits, gutters=gutters_above), rules) if table_above and gutters_above else []
    if any(box.top < first[-1].box.bottom for box in taken for _ in first[-1:]):
        first = []
    page_lines, lines = lines, [line for line in lines if line not in first]
    whole_bars = reaching_the_edge(bars, first_columns)
    boxed = [region for box in framed.open_frames if (region := in_frame(lines, box, bars))]
    used = [line for region in boxed for line in region]
    stacked = boxed + between_rules([line for line in lines if line not in used], whole_bars, is_tabular, is_caption_line)
    used = [line for region in stacked for line in region]
    stacked += stacked_regions([line for line in lines if line not in used], whole_bars, is_tabular, CAPTION)
    used = [line for region in stacked for line in region]
    stacked += between_two_rules([line for line in lines if line not in used], bars, is_tabular, is_caption_line)
    used = [line for region in stacked for line in region]
    fences = [*taken, *(bounding([c for line in region for s in line.segments for c in s.chars]) for region in stacked)]
    loose = runs_of_rows([line for line in lines if line not in used], bars, fences, content.height)
    whole = [part for region in (*stacked, *loose) for part in split_at_headers(region) if is_table(part)]
    whole = [with_first_title(lines, region, whole) for region in whole]
    whole = [with_row_at_foot(region, lines, content.height) for region in ([first] if first else []) + whole]
    lone = lone_header_at_foot(lines, rules, content.height)
    if any(line in region for region in whole for line in lone):
        lone = []
    for region in sorted([*whole, *([lone] if lone else [])], key=lambda r: r[0].box.top):
        hint = gutters_above if (first and region[0] is first[0]) or region[0] is page_lines[0] else ()
        place = box_as_shown(reduce(Box.union, (line.box for line in region)), content)
        above = [] if hint else just_above(lines, region, whole)
        made = attempt(partial(_shown, content, region, bars, hint, posts, above, first_columns), content.number, place, defects)
        if made is not None and not is_beside_a_chart(made.table, framed.grounds):
            found.append(replace(made, is_lone_header=region is lone))
    return found


def _shown(
    content: PageContent,
    region: Sequence[TextLine],
    bars: Sequence[Bar],
    hint: tuple[float, ...],
    posts: Sequence[Edge],
    above: Sequence[TextLine],
    first_columns: Sequence[Front] = (),
) -> Aligned | None:
    made = _build(content, region, bars, hint, posts, above, first_columns)
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


def _build(
    content: PageContent,
    region: Sequence[TextLine],
    bars: Sequence[Bar],
    hint: tuple[float, ...],
    posts: Sequence[Edge] = (),
    above: Sequence[TextLine] = (),
    first_columns: Sequence[Front] = (),
) -> Aligned | None:
    top, bottom = region[0].box.top, max(line.box.bottom for line in region)
    near = [bar for bar in bars if top - 12 < bar.y < bottom + 12]
    left, right = min(line.box.x0 for line in region), max(line.box.x1 for line in region)
    own_fronts = [front for front in first_columns if front.top < bottom and front.bottom > top]
    starts = [left, *(front.at for front in own_fronts)]
    inner = [
        bar.y
        for bar in near
        if top + 2 < bar.y < bottom - 2 and any(_parts_all(bar, start, right, region[0].size) for start in starts)
    ]
    header, body = header_and_body(region, inner)
    centres = [(segment.box.x0 + segment.box.x1) / 2 for line in region for segment in line.segments]
    drawn = [
        post.at
        for post in posts
        if post.start < bottom and post.end > top and min(centres) < post.at < max(centres)
    ]
    telling = without_header(header, body) or region
    gutters = column_gutters(near, header, telling, hint)
    gutters = with_posts(gutters if gutters == hint else without_lone_names(gutters, header, telling), steps(drawn), telling)
    if not hint or gutters != hint:
        body, more = with_narrow_gutters(body, gutters)
        gutters = with_named_columns(tuple(sorted((*gutters, *more))), header, telling)
    if not gutters:
        return None
    own = [bar for bar in near if top < bar.y < bottom] or near
    bounds = [min([left, *(bar.x0 for bar in own)]), *gutters, max([right, *(bar.x1 for bar in own)])]
    walls = [bar.y for bar in near if bar.y < top and _parts_all(bar, left, right, region[0].size)] if header else []
    near_by = [line for line in above if line.middle > max(walls, default=0.0)] if header or _begins_with_row(region) else []
    begins_with_title = len(header) == len(header[0].segments) == 1 if header else False
    grown = header_above(near_by, [] if begins_with_title else header, list(pairwise(bounds)))
    if grown and begins_with_title:
        header, body = [], [*header, *body]
    if grown:
        header, top = [*grown, *header], min([top, *(line.box.top for line in grown)])
    cells: list[Cell] = []
    for head, part in sections(header, body):
        first = max((cell.row + cell.row_span for cell in cells), default=0)
        headings = header_cells(head, list(pairwise(bounds)), content.number, NAME, _drawn(content, head, posts))
        cells += [replace(cell, row=cell.row + first) for cell in headings]
        first += max((cell.row + cell.row_span for cell in headings), default=0)
        parted = with_values_apart(part, gutters)
        cuts = [free_of_letters(gutter, body) for gutter in gutters] if hint else gutters
        body_lines = [RowLine(line, tuple(within_columns(pieces(line, cuts), cuts))) for line in parted]
        rows: list[Cell] = []
        for offset, row in enumerate(group_rows(body_lines, _bands(content, inner, part))):
            rows.extend(_row_cells(row, first + offset, content.number))
        closed = with_wide_totals(with_closed_labels(rows, first, own_fronts), first) if own_fronts else []
        cells += closed or with_group_labels(rows, first)
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


def _begins_with_row(region: Sequence[TextLine]) -> bool:
    """Whether a table begins with a row of figures, below the name of its group or not."""
    first = region[1] if len(region[0].segments) == 1 and len(region) > 1 else region[0]
    return has_figures(first)


def _drawn(content: PageContent, header: Sequence[TextLine], posts: Sequence[Edge]) -> Drawn:
    """The lines that are drawn between the first line of a header and its last."""
    if not header:
        return Drawn()
    top, bottom = min(line.box.top for line in header), max(line.box.bottom for line in header)
    level = [rule for rule in content.rules if rule.is_horizontal and top < (rule.top + rule.bottom) / 2 < bottom]
    return Drawn(
        tuple(((rule.top + rule.bottom) / 2, rule.x0, rule.x1) for rule in level),
        tuple((post.at, post.start, post.end) for post in posts if post.start < bottom and post.end > top),
    )


def _parts_all(bar: Bar, left: float, right: float, size: float) -> bool:
    """Whether a rule runs under all columns, not under all but a narrow one at the side."""
    inside = max(bar.x0 - left, right - bar.x1) <= BESIDE * size
    return inside and min(bar.x1, right) - max(bar.x0, left) >= WHOLE * (right - left)


def _is_none(table: Table, size: float) -> bool:
    return is_marked_list(table) or is_justified_prose(table, size) or is_lone_row(table)


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
    if len(by_column) > 1 and _is_one_text(row):
        last = max(last for _, last in by_column)
        return [_cell([line.pieces[0] for line in row], number, row[0].pieces[0].first, 1, last - row[0].pieces[0].first + 1, page)]
    return [
        _cell(parts, number, first, 1, last - first + 1, page) for (first, last), parts in sorted(by_column.items())
    ]


def _is_one_text(row: Sequence[RowLine]) -> bool:
    """Whether nothing stands side by side in a row, and its lines begin at one place: a note, whose last line is shorter."""
    lefts = [piece.chars[0].x0 for line in row for piece in line.pieces]
    return all(len(line.pieces) == 1 for line in row) and max(lefts) - min(lefts) <= row[0].line.size


def _cell(parts: Sequence[Piece], row: int, col: int, row_span: int, col_span: int, page: int) -> Cell:
    chars = [char for part in parts for char in part.chars]
    standing = set(map(id, in_force(chars)))
    lines = [[char for char in part.chars if id(char) in standing] for part in parts]
    text = "\n".join(run_text(line) for line in lines if line) or block_text(in_force(chars))
    return Cell(text, row, col, row_span, col_span, page, bounding(chars), NAME, doubt=cell_doubt(chars))

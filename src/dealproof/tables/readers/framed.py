"""Tables with ruling lines, whatever of the lines is left out: the lines that are there and the text make the grid together.

A place of a line is a cut. Where the line is drawn the cut is certain; where it is not, the text tells: a text that runs over
a cut covers both sides, values that stand on one another are rows, white space through all rows is a cut of its own.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import pairwise

from dealproof.model.evidence import Box
from dealproof.model.table import Cell, Table
from dealproof.tables.columns import find_gutters, overlapping, pieces
from dealproof.tables.damage import Defect, attempt
from dealproof.tables.edges import Edge, around, edges_of, frames, steps
from dealproof.tables.header import header_tree
from dealproof.tables.header_parts import Drawn
from dealproof.tables.lines import TextLine, block_text, cell_doubt, in_force, side_of, visual_lines
from dealproof.tables.narrow import holds_values, with_narrow_gutters
from dealproof.tables.page import Char, PageContent
from dealproof.tables.plausible import is_ground_of_a_chart
from dealproof.tables.readers.cuts import THIN_ROW, Frame, frame_of
from dealproof.tables.readers.merged import Place, merged_places
from dealproof.tables.readers.rows_below import goes_on_below
from dealproof.tables.readers.stacks import Band, Piece, has_stacked_values, stacked_rows
from dealproof.tables.title_rows import tied_by_titles
from dealproof.tables.turning import as_shown, box_as_shown, sideways_text
from dealproof.tables.values import is_day, is_value, is_year

NAME = "lines"
#: Font sizes by which a label and the levels of a header beside it differ in height at most.
STAGGERED = 1.3
#: Font sizes by which the middle of a letter is beyond the edge of a frame that runs through it at most.
ON_EDGE = 0.2


@dataclass(slots=True)
class Framed:
    """What the lines of a page make: tables, from top to bottom; the grounds of charts; and frames in which lines are drawn
    for some columns or rows only, so that the text must tell the others: their boxes and their upright lines."""

    tables: list[Table] = field(default_factory=list)
    grounds: list[Box] = field(default_factory=list)
    open_frames: list[Box] = field(default_factory=list)
    posts: list[Edge] = field(default_factory=list)


def read_framed(content: PageContent, defects: list[Defect] | None = None) -> Framed:
    """Return what the lines of a page make. A table that cannot be read goes to `defects`. The boxes of grounds are as shown,
    open frames and posts as the page lies level."""
    found = Framed()
    groups = tied_by_titles(content, frames(edges_of(content)))
    loose = [edge for group in groups if all(edge.is_level for edge in group) for edge in group]
    for frame_edges in groups:
        place = box_as_shown(around(frame_edges), content)
        for grid in attempt(partial(_apart, content, frame_edges), content.number, place, defects) or []:
            place = box_as_shown(around(grid.edges), content)
            attempt(partial(_add, found, content, grid, loose), content.number, place, defects)
    found.tables.sort(key=lambda table: (table.box.top, table.box.x0))
    return found


@dataclass(frozen=True, slots=True)
class _Grid:
    """The lines of one table, their frame (None where they part nothing) and what stands between the level ones."""

    edges: Sequence[Edge]
    frame: Frame | None
    bands: Sequence[Band] = ()


def _grid(content: PageContent, edges: Sequence[Edge]) -> _Grid:
    frame = frame_of(content, edges)
    if frame is None:
        return _Grid(edges, None)
    x0, top, x1, bottom = frame.box.x0, frame.box.top, frame.box.x1, frame.box.bottom
    inside = [c for c in content.chars if x0 - ON_EDGE * c.size <= (c.x0 + c.x1) / 2 < x1 + ON_EDGE * c.size and top <= (c.top + c.bottom) / 2 < bottom]
    return _Grid(edges, frame, _bands(frame, inside))


def _add(found: Framed, content: PageContent, grid: _Grid, loose: Sequence[Edge]) -> None:
    edges, frame, bands = grid.edges, grid.frame, grid.bands
    if frame is None or all(edge.is_level for edge in edges):
        return
    if _is_open(frame, bands) or _is_without_rows(edges, frame, bands) or goes_on_below(content, frame, bands, loose):
        found.open_frames.append(frame.box)
        found.posts += [edge for edge in edges if not edge.is_level]
        return
    table = _table(content, frame, bands)
    if table is not None and is_ground_of_a_chart(table):
        found.grounds.append(box_as_shown(table.box, content))
    elif table is not None:
        found.tables.append(as_shown(table, content))


def _is_open(frame: Frame, bands: Sequence[Band]) -> bool:
    """Whether the lines leave out columns or rows of a table: most bands are not parted, all rows stand in one band, or phrases
    stand side by side between two uprights in most rows."""
    full = [band for band in bands if band.pieces]
    parted = [band for band in full if band.parted]
    if len(frame.xs) < 3 or 2 * len(parted) < len(full):
        return True
    if len(full) == 1 and has_stacked_values(full[0]):
        return True
    return bool(_gutters(frame, bands))


def _is_without_rows(edges: Sequence[Edge], frame: Frame, bands: Sequence[Band]) -> bool:
    """Whether no level line is drawn inside a frame where rows stand in one band, below headings that upright lines part."""
    if any(edge.is_level and frame.box.top + 3 < edge.at < frame.box.bottom - 3 for edge in edges):
        return False
    body = next((index for index, band in enumerate(bands) if has_stacked_values(band)), 0)
    return any(_stands_side_by_side(band.pieces) and not band.has_values for band in bands[:body])


def _table(content: PageContent, frame: Frame, bands: Sequence[Band]) -> Table | None:
    drawn = [edge.at for edge in frame.edges if not edge.is_level]
    above = _unparted_header(bands)
    header, height = _header_places(frame, above)
    rows = [row for band in bands[len(above) :] for row in stacked_rows(band, bands)]
    places = merged_places(frame, rows, [any(abs(x - at) <= 3 for at in drawn) for x in frame.xs])
    cells = tuple(
        _cell(content, place) for place in (*header, *(replace(place, row=place.row + height) for place in places))
    )
    if not any(cell.text.strip() for cell in cells):
        return None
    return Table(
        cells, height + len(rows), len(frame.xs) - 1, (content.number,), frame.box, readers=(NAME,), style="ruled"
    )


def _unparted_header(bands: Sequence[Band]) -> list[Band]:
    """The bands of words above the first that is parted, where no upright line tells their columns."""
    count = next((index for index, band in enumerate(bands) if band.parted), 0)
    if count and not bands[count].has_values:
        return []
    above = list(bands[:count])
    while above and len(above[-1].pieces) <= 1:
        above.pop()
    side_by_side = any(_stands_side_by_side(band.pieces) for band in above)
    return above if side_by_side and not any(band.has_values for band in above) else []


def _stands_side_by_side(texts: Sequence[Piece]) -> bool:
    """Whether texts stand on one height, or beside one another at half the distance of two levels."""
    return any(
        abs(one.middle - other.middle) <= 0.5 * one.size
        or (abs(one.middle - other.middle) <= STAGGERED * one.size and _gap(one, other) > one.size)
        for one, other in pairwise(sorted(texts, key=lambda piece: piece.middle))
    )


def _gap(one: Piece, other: Piece) -> float:
    """White space between the sides of two texts."""
    left, right = sorted((one, other), key=lambda piece: piece.chars[0].x0)
    return right.chars[0].x0 - left.chars[-1].x1


def _header_places(frame: Frame, bands: Sequence[Band]) -> tuple[list[Place], int]:
    """The cells of a header without upright lines, and the number of its rows."""
    lines = visual_lines([char for band in bands for piece in band.pieces for char in piece.chars])
    if not lines:
        return [], 0
    top, bottom = bands[0].top, bands[-1].bottom
    inside = [edge for edge in frame.edges if edge.is_level and top + 3 < edge.at < bottom - 3]
    drawn = Drawn(tuple((edge.at, edge.start, edge.end) for edge in inside))
    nodes, height = header_tree(lines, list(pairwise(frame.xs)), drawn)
    step = (bottom - top) / height
    return [
        Place(
            node.row, node.first, node.row_span, node.last - node.first + 1,
            Box(frame.xs[node.first], top + node.row * step, frame.xs[node.last + 1], top + (node.row + node.row_span) * step),
            tuple(char for segment in node.segments for char in segment.chars),
        )
        for node in nodes
    ], height  # fmt: skip


def _apart(content: PageContent, edges: Sequence[Edge]) -> list[_Grid]:
    """The grid of each of several tables that touch: below values, a row of words begins other columns."""
    grid = _grid(content, edges)
    frame = grid.frame
    starts = _starts(grid.bands) if frame is not None else []
    if frame is None or not starts:
        return [grid]
    heights = [frame.ys[0] - 3.0, *(grid.bands[start].top for start in starts), frame.ys[-1] + 3.0]
    return [_grid(content, _between(frame.edges, top, bottom)) for top, bottom in pairwise(heights)]


def _starts(bands: Sequence[Band]) -> list[int]:
    """The bands with which another table begins, after the first."""
    starts: list[int] = []
    full = [band for band in bands if band.pieces]
    above: tuple[int, ...] = ()
    has_values = False
    for index, band in enumerate(full[:-1]):
        below = full[index + 1]
        heads = len(band.pieces) > 1 and not band.has_values and band.parted and below.parted == band.parted
        again = any(_names(other) == _names(band) for other in full[:index])
        if heads and has_values and above and above != band.parted and not again:
            title = full[index - 1]
            starts.append(title.number if not title.parted and not title.has_values else band.number)
            has_values = False
        has_values = has_values or (band.has_values and not _is_level_of_days(band, below))
        above = band.parted or above
    return starts


def _is_level_of_days(band: Band, below: Band) -> bool:
    """Whether two days or more stand in a band as the upper level of a header: over columns that the words below them part further."""
    days = [piece for piece in band.pieces if piece.first > 0]
    own, other = set(band.parted), set(below.parted)
    return len(days) > 1 and own < other and not below.has_values and all(is_day(day.text) or is_year(day.text) for day in days)


def _names(band: Band) -> list[str]:
    """What is printed beside the first column, in which a header may name the rows below it."""
    return [piece.text for piece in band.pieces if piece.first > 0]


def _between(edges: Sequence[Edge], top: float, bottom: float) -> list[Edge]:
    """What lies of the lines between two heights."""
    level = [edge for edge in edges if edge.is_level and top - 3 <= edge.at <= bottom + 3]
    upright = [
        replace(edge, start=max(edge.start, top), end=min(edge.end, bottom))
        for edge in edges
        if not edge.is_level and min(edge.end, bottom) - max(edge.start, top) > THIN_ROW
    ]
    return [*level, *upright]


def _bands(frame: Frame, chars: Sequence[Char]) -> list[Band]:
    """The rows between level lines with their texts, cut where upright lines are drawn and at cuts that no text crosses."""
    held: list[list[Char]] = [[] for _ in frame.ys[1:]]
    within = sorted(frame.ys[1:-1])
    for char in chars:
        held[bisect_right(within, (char.top + char.bottom) / 2)].append(char)
    return [_band(frame, row, held[row]) for row in range(len(held))]


def _band(frame: Frame, row: int, chars: Sequence[Char]) -> Band:
    parted = [cut for cut in range(1, len(frame.xs) - 1) if frame.is_parted(row, cut)]
    found: list[Piece] = []
    for (first, beyond), panel in _panels(frame, row, parted, chars).items():
        cuts = frame.xs[first + 1 : beyond]
        for line in visual_lines(panel):
            found += [
                Piece(first + piece.first, first + piece.last, line.middle, line.size, piece.chars)
                for piece in pieces(line, cuts)
            ]
    return Band(row, frame.ys[row], frame.ys[row + 1], tuple(parted), tuple(found))


def _panels(
    frame: Frame, row: int, parted: Sequence[int], chars: Sequence[Char]
) -> dict[tuple[int, int], list[Char]]:
    """The characters between the upright lines of a row, by the cuts of these, from left to right. Where a line ends within the row,
    it parts what stands beside it only."""
    last = len(frame.xs) - 1
    broken = [cut for cut in range(1, last) if frame.is_broken(row, cut)]
    whole = [cut for cut in parted if cut not in broken]
    panels: dict[tuple[int, int], list[Char]] = {}
    if not whole and not broken:
        return {(0, last): list(chars)} if chars else {}
    places = [frame.xs[cut] for cut in whole]
    for char in chars:
        middle = (char.x0 + char.x1) / 2
        if not broken and bisect_right(places, char.x0) == bisect_right(places, char.x1):  # no line through it: most are
            number = bisect_right(places, middle)
            sides = (whole[number - 1] if number else 0), (whole[number] if number < len(whole) else last)
        else:
            walls = [*whole, *(cut for cut in broken if frame.is_drawn_beside(cut, char.top, char.bottom))]
            before = [cut for cut in walls if frame.xs[cut] <= side_of(char, frame.xs[cut], chars)]
            sides = max(before, default=0), min((cut for cut in walls if cut not in before), default=last)
        panels.setdefault(sides, []).append(char)
    return dict(sorted(panels.items()))


def _gutters(frame: Frame, bands: Sequence[Band]) -> list[float]:
    """White space that parts the text between two neighbouring cuts in most of the rows there."""
    found: list[float] = []
    for column in range(len(frame.xs) - 1):
        held = [[piece for piece in band.pieces if piece.first == piece.last == column] for band in bands]
        by_band = [visual_lines([char for piece in own for char in piece.chars]) for own in held if own]
        rows = [row for own in by_band for row in own]
        beside = overlapping(rows)
        apart = sum(1 for row in beside if any(map(_is_parted, row)))
        valued = sum(1 for row in beside if any(map(_has_value_beside, row)))
        alone = len(frame.xs) == 2
        ruled = sum(1 for own in by_band if any(map(_is_parted, own)))
        most = (apart >= (2 if alone else 3) and apart >= (0.4 if alone else 0.7) * len(beside)) or ruled >= max(3, 0.7 * len(by_band))
        if most or 2 * valued >= max(4, len(beside)) or _are_cells(rows):
            found += [x for x in find_gutters(rows) if frame.xs[column] + 2 < x < frame.xs[column + 1] - 2]
        tight = [row for row in rows if holds_values(row)]
        if 2 * len(tight) > len(rows):
            found += with_narrow_gutters(tight, [])[1]
    return found


def _are_cells(rows: Sequence[TextLine]) -> bool:
    """Whether one or two rows, as a page break leaves them, hold as many phrases each, values among them."""
    counts = {len(row.segments) for row in rows}
    values = [segment for row in rows for segment in row.segments if is_value(segment.text) and not is_year(segment.text)]
    return 0 < len(rows) < 3 and len(counts) == 1 and all(map(_is_parted, rows)) and bool(values)


def _has_value_beside(line: TextLine) -> bool:
    """Whether a value stands on one line with other phrases, as it does not in its own cell."""
    return len(line.segments) > 1 and any(is_value(s.text) and not is_year(s.text) for s in line.segments) and _is_parted(line)


def _is_parted(line: TextLine) -> bool:
    """Whether phrases stand side by side, not the letters of one word."""
    words = [segment for segment in line.segments if len(segment.text) > 1]
    return len(words) >= 2 or (len(line.segments) >= 2 and 2 * len(words) >= len(line.segments))


def _cell(content: PageContent, place: Place) -> Cell:
    text = block_text(in_force(place.chars)) if place.chars else sideways_text(content, place.box)
    return Cell(
        text, place.row, place.col, place.row_span, place.col_span, content.number, place.box, NAME,
        doubt=cell_doubt(place.chars),
    )  # fmt: skip


def column_edges(table: Table) -> list[float]:
    """Left edges of all columns plus the right edge of the last, from the cells' boxes."""
    return steps([x for cell in table.cells for x in (cell.box.x0, cell.box.x1)])

"""The header of a table as a tree over columns that are known: which text heads which run of columns, in which rows.

Lines that stand as near as those of one wrapped text are one text, unless a ruling line parts them. The lowest text of each
column names it; a text above is shared among runs of columns so that each stands over the middle of its run and nothing
drawn in the header speaks against it. A name with nothing above it stands in the middle of the rows that it takes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from dealproof.model.evidence import Box
from dealproof.tables.header_parts import DRAWN, Drawn, Node, Slots, Text, Tree
from dealproof.tables.lines import Segment, TextLine

#: Distance of two lines, in font sizes, up to which they may be one wrapped text.
TIGHT = 1.65
#: Shares of the size by which texts of one height differ, and by which one reaches into the other's.
LEVEL, INTO = 0.3, 0.3
#: What it costs to read against a line that is drawn (points of distance).
AGAINST = 1000.0
Shared = tuple[float, tuple[Tree, ...]]


def header_nodes(lines: Sequence[TextLine], slots: Slots, drawn: Drawn) -> tuple[list[Node], int]:
    """The header cells in the order of their places, and the number of rows that they take. The segments of the lines hold
    the text of one cell each."""
    title = _title(lines, slots)
    if title is not None:
        nodes, height = header_nodes([line for line in lines if line is not title], slots, drawn)
        below = [replace(node, row=node.row + 1) for node in nodes]
        return [Node(0, 1, 0, len(slots) - 1, title.segments), *below], height + 1
    names, headings = _named(_texts(lines, drawn), slots)
    if not names:
        return [], 0
    names, headings = _with_level_headings(names, headings, slots, drawn)
    trees = _Sharing(slots, drawn, names, headings).shared()
    height = max(tree.depth for tree in trees)
    nodes = [node for tree in trees for node in _nodes(tree, 0, height, _row_extents(trees, height))]
    return sorted(nodes, key=lambda node: (node.row, node.first)), height


def _title(lines: Sequence[TextLine], slots: Slots) -> TextLine | None:
    """The first line of a header of several levels that heads all columns: one text in the middle of the table, and the name of the
    first column in the middle of what stands below it, not of the whole header."""
    ordered = sorted(lines, key=lambda each: each.middle)
    if len(ordered) < 3 or len(slots) < 3 or len(ordered[0].segments) > 1:
        return None
    title, rest = ordered[0], ordered[1:]
    first = [segment for line in rest for segment in line.segments if (segment.box.x0 + segment.box.x1) / 2 < slots[0][1]]
    wide = any(len(line.segments) > 1 for line in rest)
    if not first or not wide or rest[0].middle - title.middle <= TIGHT * title.size:
        return None
    centre = (title.box.x0 + title.box.x1) / 2
    off = [abs(centre - (slots[start][0] + slots[-1][1]) / 2) for start in (0, 1)]
    name = (first[0].box.top + first[-1].box.bottom) / 2
    low = (rest[0].box.top + rest[-1].box.bottom) / 2
    high = (title.box.top + rest[-1].box.bottom) / 2
    is_over_all = off[0] <= title.size and off[0] < off[1]
    return title if is_over_all and abs(name - low) < abs(name - high) else None


def _texts(lines: Sequence[TextLine], drawn: Drawn) -> list[Text]:
    """The segments with those that go on as a wrapped text put together."""
    texts: list[list[Segment]] = []
    for line in sorted(lines, key=lambda each: each.middle):
        open_ = [text for text in texts if _height(text[-1]) < line.middle]
        taken: set[int] = set()
        for segment in line.segments:
            above = [text for text in open_ if _goes_on(text[-1], segment, line.size, drawn)]
            below = [other for other in line.segments if above and _goes_on(above[0][-1], other, line.size, drawn)]
            if len(above) == len(below) == 1 and id(above[0]) not in taken:
                taken.add(id(above[0]))
                above[0].append(segment)
            else:
                texts.append([segment])
    return [Text(tuple(text)) for text in texts]


def _goes_on(above: Segment, below: Segment, size: float, drawn: Drawn) -> bool:
    left, right = max(above.box.x0, below.box.x0), min(above.box.x1, below.box.x1)
    narrower = min(above.box.x1 - above.box.x0, below.box.x1 - below.box.x0)
    apart = _height(below) - _height(above)
    return (
        INTO * size < apart <= TIGHT * size
        and right - left >= DRAWN * narrower
        and not drawn.parts(_height(above), _height(below), left, right)
    )


def _height(segment: Segment) -> float:
    return (segment.box.top + segment.box.bottom) / 2


def _named(texts: Sequence[Text], slots: Slots) -> tuple[dict[int, Text], list[Text]]:
    """The lowest text of each column, which names it, and the others: headings."""
    names: dict[int, Text] = {}
    headings: list[Text] = []
    for row in _heights(texts):
        for column, text in _by_order(row, slots):
            if column in names:
                headings.append(text)
            else:
                names[column] = text
    return names, headings


def _heights(texts: Sequence[Text]) -> Iterator[list[Text]]:
    """Texts of one height from the lowest on, each row from left to right."""
    row: list[Text] = []
    for text in sorted(texts, key=lambda each: -each.middle):
        if row and row[0].middle - text.middle > LEVEL * text.size:
            yield sorted(row, key=lambda each: each.box.x0)
            row = []
        row.append(text)
    if row:
        yield sorted(row, key=lambda each: each.box.x0)


def _by_order(row: Sequence[Text], slots: Slots) -> list[tuple[int, Text]]:
    """Give each text one column, keeping their order, with the least total distance between centres."""
    if len(row) > len(slots):
        held: dict[int, Text] = {}
        for text in row:
            column = min(range(len(slots)), key=lambda i: _distance(text, slots[i]))
            held[column] = Text((*held[column].segments, *text.segments)) if column in held else text
        return list(held.items())
    best: dict[tuple[int, int], tuple[float, tuple[int, ...]]] = {(0, 0): (0.0, ())}
    for i, text in enumerate(row):
        for column in range(i, len(slots) - (len(row) - i - 1)):
            options = [v for (done, upto), v in best.items() if done == i and upto <= column]
            if options:
                cost, chosen = min(options)
                total = cost + _distance(text, slots[column])
                known = best.get((i + 1, column + 1))
                if known is None or total < known[0]:
                    best[(i + 1, column + 1)] = (total, (*chosen, column))
    _, columns = min(v for (done, _), v in best.items() if done == len(row))
    return list(zip(columns, row, strict=True))


def _distance(text: Text, slot: tuple[float, float]) -> float:
    return abs(text.centre - (slot[0] + slot[1]) / 2)


def _with_level_headings(
    names: dict[int, Text], headings: list[Text], slots: Slots, drawn: Drawn
) -> tuple[dict[int, Text], list[Text]]:
    """A first line at the very height of headings that stand as near to the names below them is a heading too."""
    close = [
        heading
        for heading in headings
        if any(0 < name.middle - heading.middle <= TIGHT * heading.size for name in names.values())
    ]
    found, more = dict(names), list(headings)
    for column, name in names.items():
        first = name.segments[0]
        level = any(abs(_height(heading.segments[0]) - _height(first)) <= 0.2 * heading.size for heading in close)
        if len(name.segments) > 1 and level and not drawn.level:
            more.append(Text((first,)))
            found[column] = Text(name.segments[1:])
    return found, more


#: The left or the right end of a text.
Edge = Callable[[Text], float]
#: Points by which texts that are set at one edge differ.
AT_EDGE = 1.0


def _left(text: Text) -> float:
    return text.box.x0


def _right(text: Text) -> float:
    return text.box.x1


def _common_edge(headings: Sequence[Text], names: Sequence[Text]) -> Edge | None:
    """The edge at which all headings are set, each at that of a name below it and none over its middle; None where they are
    set in the middle, which says more of what they stand over."""
    for edge in (_left, _right):
        held = [next((name for name in names if abs(edge(name) - edge(heading)) <= AT_EDGE), None) for heading in headings]
        if headings and all(name is not None and abs(name.centre - h.centre) > AT_EDGE for name, h in zip(held, headings, strict=True)):
            return edge
    return None


@dataclass
class _Sharing:
    """Columns shared out among headings."""

    slots: Slots
    drawn: Drawn
    names: dict[int, Text]
    headings: list[Text]
    bottom: float = field(init=False)
    edge: Edge | None = field(init=False)
    homes: list[int] = field(init=False)

    def __post_init__(self) -> None:
        self.bottom = max(text.box.bottom for text in self.names.values())
        self.edge = _common_edge(self.headings, list(self.names.values()))
        self.homes = [self._home(heading) for heading in self.headings]

    def shared(self) -> tuple[Tree, ...]:
        """The trees of the whole header from left to right."""
        return self._share(0, len(self.slots), tuple(range(len(self.headings))))[1]

    def _home(self, heading: Text) -> int:
        """The column in which the middle of a heading stands: that of a name with the same middle, or by the bounds; of
        headings set at an edge the column whose name has that edge."""
        if self.edge is not None:
            edge = self.edge
            return min(self.names, key=lambda column: abs(edge(self.names[column]) - edge(heading)))
        near = min(self.names, key=lambda column: abs(self.names[column].centre - heading.centre))
        if abs(self.names[near].centre - heading.centre) <= heading.size:
            return near
        return sum(1 for _, right in self.slots[:-1] if right <= heading.centre)

    def _share(self, start: int, end: int, headings: tuple[int, ...]) -> Shared:
        """The way to share out the columns from `start` up to `end` with the least distance, and that distance."""
        texts = [self.headings[index] for index in headings] + [self.names[c] for c in range(start, end) if c in self.names]
        top = min((text.box.top for text in texts), default=self.bottom)
        best: list[Shared] = [(0.0, ())]
        for beyond in range(start + 1, end + 1):
            options: list[Shared] = []
            for first in range(start, beyond):
                group = self._group(first, beyond, headings, top)
                if group is not None:
                    cost, trees = best[first - start]
                    options.append((cost + group[0], (*trees, *group[1])))
            best.append(min(options, key=lambda option: option[0]))
        return best[-1]

    def _group(self, first: int, beyond: int, headings: tuple[int, ...], top: float) -> Shared | None:
        """The columns from `first` up to `beyond` under one text, None where they cannot be."""
        own = sorted(
            (index for index in headings if first <= self.homes[index] < beyond), key=lambda i: self.headings[i].middle
        )
        if beyond == first + 1:
            return self._stack(first, [self.headings[index] for index in own], top)
        names = [self.names[column] for column in range(first, beyond) if column in self.names]
        if not own or not names:
            return None
        heading = self.headings[own[0]]
        below = [self.headings[index] for index in own[1:]] + names
        if any(text.box.top < heading.box.bottom - INTO * text.size for text in below):
            return None
        cost, trees = self._share(first, beyond, tuple(own[1:]))
        cost += self._off(heading, first, beyond, names) + self._against(heading, first, beyond, below)
        return cost, (Tree(heading, first, beyond - 1, trees),)

    def _stack(self, column: int, headings: Sequence[Text], top: float) -> Shared:
        """One column: its headings above its name."""
        name = self.names.get(column)
        below = [name] if name else []
        cost = sum(self._off(heading, column, column + 1, below) for heading in headings)
        cost += sum(self._against(heading, column, column + 1, below) for heading in headings if below)
        if name is not None and not headings:
            cost += abs(name.middle - (top + self.bottom) / 2)
            cost += AGAINST * self.drawn.parts(top + INTO * name.size, name.box.top + INTO * name.size, *self.slots[column])
        trees: tuple[Tree, ...] = ()
        for text in reversed([*headings, *([name] if name else [])]):
            trees = (Tree(text, column, column, trees),)
        return cost, trees

    def _off(self, heading: Text, first: int, beyond: int, names: Sequence[Text]) -> float:
        """How far the middle of a heading is from that of its columns, by their names or by their bounds; of headings set at
        an edge, how far it is from that edge of its columns."""
        if self.edge is not None and names:
            return min(abs(self.edge(name) - self.edge(heading)) for name in (names[0], names[-1]))
        bounds = (self.slots[first][0] + self.slots[beyond - 1][1]) / 2
        middles = [bounds]
        if names:
            middles.append((min(name.box.x0 for name in names) + max(name.box.x1 for name in names)) / 2)
        return min(abs(middle - heading.centre) for middle in middles)

    def _against(self, heading: Text, first: int, beyond: int, below: Sequence[Text]) -> float:
        """What lines speak against a heading: an upright one inside it, a level one under some of its columns only, an
        upright one that ends below it where it should end with it."""
        inner = [self._drawn_at(column, heading.middle) for column in range(first + 1, beyond)]
        floor = min(text.box.top for text in below) + INTO * heading.size
        under = [self.drawn.parts(heading.middle, floor, *self.slots[column]) for column in range(first, beyond)]
        sides = [column for column in (first, beyond) if 0 < column < len(self.slots)]
        open_ = [c for c in sides if self._drawn_at(c, None) and not self._drawn_at(c, heading.middle)]
        return AGAINST * (sum(inner) + (any(under) and not all(under)) + len(open_))

    def _drawn_at(self, column: int, height: float | None) -> bool:
        """Whether an upright line is drawn between a column and the one to its left."""
        left, right = self.slots[column - 1], self.slots[column]
        return self.drawn.has_upright((left[0] + left[1]) / 2, (right[0] + right[1]) / 2, height)


def _row_extents(trees: Sequence[Tree], height: int) -> list[tuple[float, float]]:
    """Top and bottom of each row, as the texts of the deepest paths tell."""
    held: list[list[Box]] = [[] for _ in range(height)]

    def walk(tree: Tree, above: tuple[Text, ...]) -> None:
        path = (*above, tree.text)
        if not tree.under and len(path) == height:
            for row, text in enumerate(path):
                held[row].append(text.box)
        for child in tree.under:
            walk(child, path)

    for tree in trees:
        walk(tree, ())
    return [(min(box.top for box in boxes), max(box.bottom for box in boxes)) for boxes in held]


def _nodes(tree: Tree, row: int, height: int, extents: Sequence[tuple[float, float]]) -> Iterator[Node]:
    """The cells of a tree whose text begins in a row. What has too few texts for all rows takes those in whose middle it is."""
    most = height - row - tree.depth + 1
    spans = range(1 if tree.under else most, most + 1)
    span = min(spans, key=lambda s: abs((extents[row][0] + extents[row + s - 1][1]) / 2 - tree.text.middle))
    yield Node(row, span, tree.first, tree.last, tree.text.segments)
    for child in tree.under:
        yield from _nodes(child, row + span, height, extents)

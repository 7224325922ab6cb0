"""Frames that are one table: between them stand the names of groups or blocks, in rows that the upright lines leave out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dealproof.model.evidence import Box
from dealproof.tables.edges import SNAP, Edge, around, steps
from dealproof.tables.line_shapes import PROSE_END, is_caption_line
from dealproof.tables.lines import TextLine, visual_lines
from dealproof.tables.page import PageContent
from dealproof.tables.values import is_value, is_year
from dealproof.text import squeeze

#: How much higher or lower than the rows of a frame that of a name may be; font sizes by which names begin or are centred apart.
HIGH, LOW, OFF = 1.6, 0.6, 1.5


@dataclass(frozen=True, slots=True)
class _Frame:
    edges: tuple[Edge, ...]
    box: Box

    @property
    def uprights(self) -> list[float]:
        """The places of the upright lines."""
        return steps(edge.at for edge in self.edges if not edge.is_level)

    @property
    def row(self) -> float:
        """The height of a row."""
        ys = steps(edge.at for edge in self.edges if edge.is_level)
        return min((below - above for above, below in pairwise(ys)), default=0.0)


def with_names_between(content: PageContent, frames: Sequence[Sequence[Edge]]) -> list[list[Edge]]:
    """The frames of a page, those made one between which only a name stands, and with the rule over a name that stands above."""
    held = [_Frame(tuple(edges), around(edges)) for edges in frames]
    rules, held = [frame for frame in held if not frame.uprights], [frame for frame in held if frame.uprights]
    found: list[list[Edge]] = []
    while held:
        chain, names = _chain(content, held)
        top = _rule_above(content, chain[0], names, rules) if names else None
        held = [frame for frame in held if frame not in chain]
        rules = [rule for rule in rules if rule is not top]
        found.append([edge for part in ([top] if top else []) + chain for edge in part.edges])
    found += [list(rule.edges) for rule in rules]
    return sorted(found, key=lambda edges: (around(edges).top, around(edges).x0))


def _chain(content: PageContent, held: Sequence[_Frame]) -> tuple[list[_Frame], list[TextLine]]:
    """The first frame and those that go on below it, one after the other, with the names between them."""
    chain, names = [held[0]], list[TextLine]()
    for other in held[1:]:
        name = _name_between(content, chain[-1], other) if _alike(chain[-1], other) else None
        if name is not None and (not names or _stand_alike(name, names[-1])):
            chain.append(other)
            names.append(name)
    return chain, names


def _alike(frame: _Frame, other: _Frame) -> bool:
    """Whether two frames are as wide, stand over one another, and part their columns at the same places."""
    places, others = frame.uprights, other.uprights
    if not _as_wide(frame.box, other.box) or not places or len(places) != len(others):
        return False
    return all(abs(a - b) <= SNAP for a, b in zip(places, others, strict=True))


def _as_wide(box: Box, other: Box) -> bool:
    return abs(box.x0 - other.x0) <= SNAP and abs(box.x1 - other.x1) <= SNAP


def _name_between(content: PageContent, upper: _Frame, lower: _Frame) -> TextLine | None:
    """The one line between two frames that are as far apart as a row is high, if the lower begins with a row of values."""
    name = _only_line(content, upper.box.bottom, lower.box, lower.row)
    return name if name is not None and _begins_with_values(content, lower) else None


def _only_line(content: PageContent, top: float, box: Box, row: float) -> TextLine | None:
    if not LOW * row <= box.top - top <= HIGH * row:
        return None
    lines = visual_lines(c for c in content.chars if top < c.middle < box.top and box.x0 <= c.x0 and c.x1 <= box.x1)
    if len(lines) != 1 or len(lines[0].segments) != 1 or is_caption_line(lines[0]):
        return None
    return None if PROSE_END.search(squeeze(lines[0].text)) else lines[0]


def _begins_with_values(content: PageContent, frame: _Frame) -> bool:
    bottom = frame.box.top + frame.row
    box = frame.box
    lines = visual_lines(c for c in content.chars if box.top < c.middle < bottom and box.x0 <= c.x0 and c.x1 <= box.x1)
    texts = [segment.text for line in lines for segment in line.segments]
    words = [word for text in texts for word in text.split()]
    return any(is_value(word) and not is_year(word) for word in words)


def _rule_above(
    content: PageContent, frame: _Frame, names: Sequence[TextLine], rules: Sequence[_Frame]
) -> _Frame | None:
    """The rule over a name above a frame, where that stands as the names between the frames do."""
    for rule in rules:
        name = _only_line(content, rule.box.bottom, frame.box, frame.row) if _as_wide(rule.box, frame.box) else None
        if name is not None and any(_stand_alike(name, each) for each in names):
            return rule
    return None


def _stand_alike(line: TextLine, other: TextLine) -> bool:
    """Whether two lines begin at one place, or have one middle."""
    middles = [(each.box.x0 + each.box.x1) / 2 for each in (line, other)]
    return abs(line.box.x0 - other.box.x0) <= OFF * line.size or abs(middles[0] - middles[1]) <= OFF * line.size

"""One careful page: its characters, ruling lines and shaded areas, cleaned of watermarks and doubled glyphs.

Coordinates are points from the top left of the page as a viewer shows it; what its crop box hides is not there.
Everything that stands slanted is a watermark here; everything that is drawn twice at the same place (fake bold) is one
character. A page whose text stands sideways or upside down is laid level first (`turn`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, TypeVar

from dealproof.model.evidence import Box
from dealproof.model.page import Moved, PageText, Unseen
from dealproof.pages.geometry import Frame, turned
from dealproof.pages.glyphs import TINY
from dealproof.pages.opened import OpenPage
from dealproof.pages.printed import Letter, letters_of, start_of
from dealproof.pages.raised import raised_marks
from dealproof.pages.seen import Seen
from dealproof.pages.shapes import shapes_of
from dealproof.pages.struck import struck_letters
from dealproof.pages.text_columns import part_at

#: Points within which two readings of a place are one character, and by which drawings of one character differ.
NEAR, SAME = 0.5, 0.02
#: Points; no page is larger than 14,400, so what stands farther out was put there by damage.
FAR = 20_000.0
#: Points by which fake bold shifts a character at most, where that is more than its share of the size.
MOST_SHIFT = 1.1
#: Side of the squares in which drawn characters are looked up (points).
STRIP = 16.0


class Char(NamedTuple):
    """One printed character with its box and font size in points; `is_struck` where a line strikes it out. Thousands are made
    for one page, hence no dataclass."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    size: float
    is_struck: bool = False

    @property
    def middle(self) -> float:
        """Vertical centre."""
        return (self.top + self.bottom) / 2

    @property
    def box(self) -> Box:
        """Where it is printed."""
        return Box(self.x0, self.top, self.x1, self.bottom)


@dataclass(frozen=True, slots=True)
class Rule:
    """One straight ruling line; horizontal when `is_horizontal`."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def is_horizontal(self) -> bool:
        """Whether it runs from left to right."""
        return (self.x1 - self.x0) >= (self.bottom - self.top)


@dataclass(frozen=True, slots=True)
class PageContent:
    """What the table readers look at. `number` is 1-based; `fills` are shaded areas (zebra rows, header bands).

    `turn`: quarter turn, in degrees counter-clockwise, that was undone to lay most of the text level. `sideways`: the
    other characters, with the quarter turn by which they still stand.
    """

    number: int
    width: float
    height: float
    chars: tuple[Char, ...]
    rules: tuple[Rule, ...]
    fills: tuple[Box, ...]
    turn: int = 0
    sideways: tuple[tuple[int, Char], ...] = ()


def page_content(page: OpenPage, known: PageText | None = None) -> PageContent:
    """Take in the characters, rules and fills of an open page. Raises ValueError for a page larger than any can be.

    What is `known` of the page from the fast pass tells which characters nobody is to read, and what strikes text out.
    """
    frame = page.frame
    if not (frame.width < FAR and frame.height < FAR):
        raise ValueError(f"no page measures {frame.width:g} by {frame.height:g} points")
    left_out = () if known is None else (*known.unseen, *known.watermark)
    printed = without_unseen(letters_of(page.seen.text_page, page.seen.text, frame), left_out, page.seen, frame)
    chars = list(_chars(printed, frame))
    drawn = shapes_of(page.drawing.shapes, frame)
    rules = [Rule(line.x0, line.top, line.x1, line.bottom) for line in drawn.lines]
    if known is not None:
        chars, rules = with_strokes(chars, rules, known.struck)
    fills = list(drawn.fills)
    height = frame.height
    if known is not None and known.moved:
        chars = [(turn, put) for turn, char in chars if (put := _put(char, known.moved)) is not None]
        rules = [line for rule in rules if (line := _put(rule, known.moved)) is not None]
        fills = [area for fill in fills if (area := _put(fill, known.moved)) is not None]
        height = known.height
    content = PageContent(page.number, frame.width, height, (), tuple(rules), tuple(fills))
    return laid_level(content, chars)


def _put(thing: Placed, moved: Sequence[Moved]) -> Placed | None:
    """A thing where it stands after the parts of its page were moved; None between columns of text."""
    part = part_at(moved, (thing.x0 + thing.x1) / 2, (thing.top + thing.bottom) / 2)
    if part is None:
        return None
    return _at(thing, part.put(Box(thing.x0, thing.top, thing.x1, thing.bottom)))


def without_unseen(letters: Iterable[Letter], unseen: Sequence[Unseen], seen: Seen, frame: Frame) -> list[Letter]:
    """The characters of a page but for those that nobody is to read."""
    letters = list(letters)
    if not unseen:
        return letters
    wanted = {each.text for each in unseen}
    starts: dict[tuple[str, int], list[tuple[int, float, float]]] = defaultdict(list)
    for index, letter in enumerate(letters):
        start = start_of(seen.text_page, letter, frame) if letter.text in wanted else None
        if start is not None:
            starts[(letter.text, round(start[0]))].append((index, *start))
    gone: set[int] = set()
    for each in unseen:
        near = {
            index: max(abs(x - each.x), abs(y - each.y))
            for column in (-1, 0, 1)
            for index, x, y in starts.get((each.text, round(each.x) + column), ())
        }
        least = min(near.values(), default=NEAR)
        gone.update(index for index, distance in near.items() if least < NEAR and distance <= least + SAME)
    return [letter for index, letter in enumerate(letters) if index not in gone]


def with_strokes(
    chars: Sequence[tuple[int, Char]], rules: list[Rule], strokes: Sequence[Box]
) -> tuple[list[tuple[int, Char]], list[Rule]]:
    """The characters, those that are struck out marked, and the rules that strike nothing out."""
    made = list(chars)
    for numbers in struck_letters([char for _, char in chars], strokes).values():
        for number in numbers:
            turn, char = made[number]
            made[number] = turn, char._replace(is_struck=True)
    return made, [rule for rule in rules if not any(_is_part(rule, stroke) for stroke in strokes)]


def _is_part(rule: Rule, stroke: Box) -> bool:
    """Whether a rule is (a piece of) a stroke that strikes text out."""
    middle = (rule.top + rule.bottom) / 2
    level = stroke.top - 1 <= middle <= stroke.bottom + 1
    return rule.is_horizontal and level and rule.x0 >= stroke.x0 - 1 and rule.x1 <= stroke.x1 + 1


Placed = TypeVar("Placed", Char, Rule, Box)


def laid_level(content: PageContent, chars: Sequence[tuple[int, Char]]) -> PageContent:
    """The page with these characters (each with its turn), turned so that most of them stand level."""
    turns = Counter(turn for turn, char in chars if char.text.strip())
    turn = max(turns, key=lambda each: (turns[each], each == 0), default=0)
    size = (content.width, content.height)
    placed = [((own - turn) % 360, _turned(char, turn, *size)) for own, char in chars]
    return replace(
        content, turn=turn, width=size[turn % 180 == 90], height=size[turn % 180 == 0],
        chars=tuple(_with_marks([char for own, char in placed if own == 0])),
        sideways=tuple((own, char) for own, char in placed if own != 0 and char.text.strip()),
        rules=tuple(_turned(rule, turn, *size) for rule in content.rules),
        fills=tuple(_turned(fill, turn, *size) for fill in content.fills),
    )  # fmt: skip


def _with_marks(chars: list[Char]) -> list[Char]:
    """Small raised figures as the raised characters that they are, on the line of the text that they belong to."""
    for index, owner, text in list(raised_marks(chars)):
        base = chars[owner]
        chars[index] = chars[index]._replace(text=text, top=base.top, bottom=base.bottom, size=base.size)
    return chars


def _turned(thing: Placed, turn: int, width: float, height: float) -> Placed:
    if turn == 0:
        return thing
    return _at(thing, turned(Box(thing.x0, thing.top, thing.x1, thing.bottom), turn, width, height))


def _at(thing: Placed, box: Box) -> Placed:
    if isinstance(thing, Char):
        return thing._replace(x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)
    return replace(thing, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)


def _chars(letters: Iterable[Letter], frame: Frame) -> Iterator[tuple[int, Char]]:
    """The characters that the page shows, each with its quarter turn; repeated ones are left out."""
    seen: dict[tuple[str, int, int], list[tuple[float, float]]] = {}
    shifts: dict[float, float] = {}
    across, down = 2 * frame.width, 2 * frame.height
    for text, x0, top, x1, bottom, size, turn, _ in letters:
        if turn is None or size < TINY or not (0 <= x0 + x1 <= across and 0 <= top + bottom <= down):
            continue
        if size not in shifts:
            shifts[size] = _shift(size)
        if _is_double(text, x0, top, shifts[size], seen):
            continue
        seen.setdefault((text, int(x0 // STRIP), int(top // STRIP)), []).append((x0, top))
        yield turn, Char(text, x0, top, x1, bottom, size)


def _is_double(text: str, x0: float, top: float, shift: float, seen: dict[tuple[str, int, int], list[tuple[float, float]]]) -> bool:
    """Whether a character stands drawn already where this one is, or where it is shifted for boldness."""
    right, lower = int((x0 + shift) // STRIP), int((top + shift) // STRIP)
    for column in range(int((x0 - shift) // STRIP), right + 1):
        for row in range(int((top - shift) // STRIP), lower + 1):
            for x, y in seen.get((text, column, row), ()):
                if abs(x - x0) < shift and abs(y - top) < shift:
                    return True
    return False


def _shift(size: float) -> float:
    """Points by which a character drawn again for boldness may stand off; less than the next one of a word would."""
    return min(max(0.15 * size, MOST_SHIFT), 0.2 * size)

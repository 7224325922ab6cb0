"""One careful page: its characters, ruling lines and shaded areas, cleaned of watermarks and doubled glyphs.

Coordinates are points from the top left of the page as a viewer shows it; what its crop box hides is not there.
Everything that stands slanted is a watermark here; everything that is drawn twice at the same place (fake bold) is one
character. A page whose text stands sideways or upside down is laid level first (`turn`).
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from dealproof.model.evidence import Box
from dealproof.model.page import PageText, Unseen
from dealproof.pages.geometry import cropped, quarter_turn, turned
from dealproof.pages.glyphs import TINY
from dealproof.pages.raised import raised_marks
from dealproof.pages.struck import struck_letters

#: A filled rectangle thinner than this is a ruling line, not a shaded area (points).
THIN = 2.0
#: Stands for a character that the font does not name.
UNKNOWN = "\ufffd"
#: Points within which two readings of a place are one character, and by which drawings of one character differ.
NEAR, SAME = 0.5, 0.02
#: Points; no page is larger than 14,400, so what stands farther out was put there by damage.
FAR = 20_000.0
#: Points by which fake bold shifts a character at most, where that is more than its share of the size.
MOST_SHIFT = 1.1
#: A page with more drawing objects than this is not searched for tables (points to a drawing, not a report).
MAX_OBJECTS = 60_000


#: Control codes other than white space, which would vanish among the white space.
_NO_LETTER = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Char:
    """One printed character with its box and font size in points; `is_struck` where a line strikes it out."""

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


def page_content(page: Any, seen: PageText | None = None) -> PageContent:
    """Read characters, rules and fills of one pdfplumber page. Raises ValueError for a page larger than any can be.

    What was `seen` of the page before tells which characters no viewer shows, and what strikes text out.
    """
    width, height = float(page.width), float(page.height)
    if not (width < FAR and height < FAR):
        raise ValueError(f"no page measures {width:g} by {height:g} points")
    frame, place = cropped(page.page_obj.mediabox, page.page_obj.cropbox, page.rotation)
    left, top = float(page.bbox[0]) + place.x0, float(page.bbox[1]) + place.top
    printed = page.chars if seen is None else without_unseen(page.chars, (*seen.unseen, *seen.watermark), left, top)
    chars = [(turn, moved) for turn, char in _chars(printed) if frame.shows((moved := _moved(char, left, top)).box)]
    drawn, fills = _drawing(page)
    rules = [_moved(rule, left, top) for rule in drawn]
    if seen is not None:
        chars, rules = with_strokes(chars, rules, seen.struck)
    content = PageContent(
        page.page_number, frame.width, frame.height, (), tuple(rules), tuple(_moved(fill, left, top) for fill in fills)
    )
    return laid_level(content, chars)


def without_unseen(
    printed: Sequence[dict[str, Any]], unseen: Sequence[Unseen], left: float, top: float
) -> list[dict[str, Any]]:
    """pdfplumber's characters but for those that nobody is to read; `left` and `top` is where the shown page begins."""
    if not unseen:
        return list(printed)
    starts: dict[tuple[str, int], list[tuple[int, float, float]]] = defaultdict(list)
    for index, char in enumerate(printed):
        x, y = char["matrix"][4] - left, char["top"] + char["y1"] - char["matrix"][5] - top
        starts[(char["text"], round(x))].append((index, x, y))
    gone: set[int] = set()
    for each in unseen:
        near = {
            index: max(abs(x - each.x), abs(y - each.y))
            for column in (-1, 0, 1)
            for index, x, y in starts.get((each.text, round(each.x) + column), ())
        }
        least = min(near.values(), default=NEAR)
        gone.update(index for index, distance in near.items() if least < NEAR and distance <= least + SAME)
    return [char for index, char in enumerate(printed) if index not in gone]


def with_strokes(
    chars: Sequence[tuple[int, Char]], rules: list[Rule], strokes: Sequence[Box]
) -> tuple[list[tuple[int, Char]], list[Rule]]:
    """The characters, those that are struck out marked, and the rules that strike nothing out."""
    made = list(chars)
    for numbers in struck_letters([char for _, char in chars], strokes).values():
        for number in numbers:
            turn, char = made[number]
            made[number] = turn, replace(char, is_struck=True)
    return made, [rule for rule in rules if not any(_is_part(rule, stroke) for stroke in strokes)]


def _is_part(rule: Rule, stroke: Box) -> bool:
    """Whether a rule is (a piece of) a stroke that strikes text out."""
    middle = (rule.top + rule.bottom) / 2
    level = stroke.top - 1 <= middle <= stroke.bottom + 1
    return rule.is_horizontal and level and rule.x0 >= stroke.x0 - 1 and rule.x1 <= stroke.x1 + 1


Placed = TypeVar("Placed", Char, Rule, Box)


def _moved(thing: Placed, left: float, top: float) -> Placed:
    return replace(thing, x0=thing.x0 - left, top=thing.top - top, x1=thing.x1 - left, bottom=thing.bottom - top)


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
        chars[index] = replace(chars[index], text=text, top=base.top, bottom=base.bottom, size=base.size)
    return chars


def _turned(thing: Placed, turn: int, width: float, height: float) -> Placed:
    if turn == 0:
        return thing
    box = turned(Box(thing.x0, thing.top, thing.x1, thing.bottom), turn, width, height)
    return replace(thing, x0=box.x0, top=box.top, x1=box.x1, bottom=box.bottom)


def _chars(raw: Iterable[dict[str, Any]]) -> Iterator[tuple[int, Char]]:
    """The characters, each with its quarter turn; slanted ones and repeated ones are left out."""
    seen: dict[tuple[str, int, int], Char] = {}
    for char in raw:
        turn = quarter_turn(char["matrix"][0], char["matrix"][1])
        if not char["text"] or turn is None:
            continue
        size = char["size"] if turn % 180 == 0 else char["x1"] - char["x0"]
        made = Char(_letter(char["text"], char["matrix"]), char["x0"], char["top"], char["x1"], char["bottom"], size)
        if size < TINY or _is_far_out(made) or _is_double(made, seen):
            continue
        seen[(made.text, round(made.x0 / 2), round(made.top / 2))] = made
        yield turn, made


def _is_far_out(char: Char) -> bool:
    return not all(-FAR < place < FAR for place in (char.x0, char.top, char.x1, char.bottom))


def _letter(text: str, matrix: Sequence[float]) -> str:
    """The character; unknown where the font tells only a number or a control code, or where it is drawn mirrored."""
    mirrored = matrix[0] < 0 < matrix[3]
    return UNKNOWN if mirrored or text.startswith("(cid:") or _NO_LETTER.match(text) else text


def _is_double(char: Char, seen: dict[tuple[str, int, int], Char]) -> bool:
    x, y = round(char.x0 / 2), round(char.top / 2)
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            twin = seen.get((char.text, x + dx, y + dy))
            if twin and abs(twin.x0 - char.x0) < _shift(char) and abs(twin.top - char.top) < _shift(char):
                return char.text.strip() != ""
    return False


def _shift(char: Char) -> float:
    """Points by which a character drawn again for boldness may stand off; less than the next one of a word would."""
    return min(max(0.15 * char.size, MOST_SHIFT), 0.2 * char.size)


def _drawing(page: Any) -> tuple[list[Rule], list[Box]]:
    rules: list[Rule] = []
    fills: list[Box] = []
    objects = page.objects
    if sum(len(objects.get(kind, ())) for kind in ("line", "rect", "curve")) > MAX_OBJECTS:
        return rules, fills
    for line in objects.get("line", ()):
        _add_rule(rules, line)
    for rect in objects.get("rect", ()):
        _add_rect(rules, fills, rect)
    for curve in objects.get("curve", ()):
        _add_curve(rules, curve)
    return rules, fills


def _add_rule(rules: list[Rule], shape: dict[str, Any]) -> None:
    x0, top, x1, bottom = (float(shape[k]) for k in ("x0", "top", "x1", "bottom"))
    if min(x1 - x0, bottom - top) <= THIN and max(x1 - x0, bottom - top) > THIN:
        rules.append(Rule(x0, top, x1, bottom))


def _add_rect(rules: list[Rule], fills: list[Box], rect: dict[str, Any]) -> None:
    x0, top, x1, bottom = (float(rect[k]) for k in ("x0", "top", "x1", "bottom"))
    if min(x1 - x0, bottom - top) <= THIN:
        _add_rule(rules, rect)
        return
    if rect.get("stroke"):
        for edge in ((x0, top, x1, top), (x0, bottom, x1, bottom), (x0, top, x0, bottom), (x1, top, x1, bottom)):
            rules.append(Rule(*edge))
    if rect.get("fill") and not _is_white(rect.get("non_stroking_color")):
        fills.append(Box(x0, top, x1, bottom))


def _is_white(colour: object) -> bool:
    if isinstance(colour, int | float):
        return colour >= 0.999
    if isinstance(colour, list | tuple) and len(colour) in (1, 3):
        return all(isinstance(part, int | float) and part >= 0.999 for part in colour)
    return False


def _add_curve(rules: list[Rule], curve: dict[str, Any]) -> None:
    points = curve.get("pts") or ()
    for (xa, ya), (xb, yb) in itertools.pairwise(points):
        _add_rule(rules, {"x0": min(xa, xb), "x1": max(xa, xb), "top": min(ya, yb), "bottom": max(ya, yb)})

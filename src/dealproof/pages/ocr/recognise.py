"""One page that cannot be read as text: its picture in, characters with places and confidence, ruling lines out.

A line that holds figures is read twice, from two unlike pictures of it, unless the first look is sure of every letter.
Where the two differ a third decides what is shown, and the confidence stays below every floor: a figure that one look sees
differently is a question unless an identity confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dealproof.model.evidence import Box
from dealproof.model.page import Upright
from dealproof.pages.ocr import engine
from dealproof.pages.ocr.engine import ReadLine, read_lines
from dealproof.pages.ocr.find_lines import Found, find_text
from dealproof.pages.ocr.ink import HAIRLINE, black_ink, is_ink
from dealproof.pages.ocr.letters import Letter, letters_of
from dealproof.pages.ocr.pieces import Piece, missed, pieces, unfound
from dealproof.pages.ocr.ruling import Stroke, find_rules, grown
from dealproof.pages.ocr.straighten import SURE as READABLE
from dealproof.pages.ocr.straighten import lies_sideways, quarter, reads_well, skew_of, telling, turned
from dealproof.values.confusions import grouped, separators

#: Grey (0 to 255) from which ink is what remains of a watermark, where it does not touch a letter.
GHOST = 215
#: Confidence of a figure that two of three looks agree on, and of one on which all differ.
TWO_OF_THREE, ALL_DIFFER = 0.5, 0.2
#: A line of whose every letter the first look is as sure as this is not looked at again.
SURE = 0.97
_FIGURE = re.compile(r"\d")
_SAME = str.maketrans("，：；（）％．－—", ",:;()%.--")


@dataclass(frozen=True, slots=True)
class Recognised:
    """A page as recognised, in points of the page laid straight: letters, ruling lines, and how it was laid straight.

    `unread` are places in tables with ink in which nothing could be recognised; `unfound` is the share of the ink of
    letters in which no text was found at all.
    """

    number: int
    letters: tuple[Letter, ...]
    rules: tuple[Stroke, ...]
    upright: Upright
    unread: tuple[Box, ...] = ()
    unfound: float = 0.0


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page laid level after a quarter turn: its ink without rules, the rules, its pieces, and those of them that were read
    to tell whether it stands on its head."""

    turn: int
    skew: float
    bare: Any
    rules: Sequence[Stroke]
    lines: Sequence[Found]
    found: Sequence[Piece]
    read: Mapping[int, ReadLine]

    @property
    def surety(self) -> float:
        """How well its first lines can be read."""
        return reads_well(list(self.read.values()))


def recognise(picture: Any, per_point: float, number: int, *, straighten: bool = True) -> Recognised:
    """Recognise the picture of a page (RGB array, `per_point` pixels a point, as a viewer shows it).

    Without `straighten` it is taken to stand upright and level, as beside text does.
    """
    grey = black_ink(picture, per_point)
    sheet = _upright(grey, per_point) if straighten else _sheet(grey, per_point, 0, level=False)
    bare, found = sheet.bare, sheet.found
    letters = _letters(bare, found, per_point, sheet.read)
    rest = missed(bare, found, sheet.rules, per_point)
    more = _letters(bare, rest, per_point, {}, len(found))
    seen = {letter.piece for letter in more}
    unread = tuple(piece.box(per_point) for index, piece in enumerate(rest, len(found)) if index not in seen)
    lost = round(unfound(bare, (*found, *rest), per_point), 3)
    engine.rest()
    height, width = bare.shape
    upright = Upright(sheet.turn, sheet.skew, width / per_point, height / per_point)
    return Recognised(number, (*letters, *more), tuple(sheet.rules), upright, unread, lost)


def _upright(grey: Any, per_point: float) -> _Sheet:
    """A page the way in which its lines can be read. As most are: it is turned only where its lines run up or down it, or
    its first lines are read badly."""
    sheet = _sheet(grey, per_point, 0)
    if lies_sideways(sheet.lines):
        sheet = _sheet(grey, per_point, 90)
    if not sheet.found or sheet.surety >= READABLE:
        return sheet
    over = _sheet(grey, per_point, sheet.turn + 180)
    return over if over.surety > sheet.surety else sheet


def _sheet(grey: Any, per_point: float, turn: int, *, level: bool = True) -> _Sheet:
    grey = quarter(grey, turn)
    skew = skew_of(is_ink(grey)) if level else 0.0
    grey = turned(grey, skew, 255)
    rules, drawn = find_rules(is_ink(grey, HAIRLINE), per_point)
    bare = grey.copy()
    bare[grown(drawn) | (grey > GHOST) & ~grown(is_ink(grey))] = 255
    lines = find_text(bare)
    found = pieces(lines, rules, bare, per_point)
    told = telling([piece.x1 - piece.x0 for piece in found]) if level else []
    read = dict(zip(told, read_lines([found[index].first_look(bare) for index in told]), strict=True))
    return _Sheet(turn, skew, bare, rules, lines, found, read)


def _letters(
    picture: Any, found: Sequence[Piece], per_point: float, read: Mapping[int, ReadLine], start: int = 0
) -> list[Letter]:
    """Read pieces of lines but for those that are `read`, and those with figures that are not sure twice; the pieces are
    numbered from `start`."""
    new = [index for index in range(len(found)) if index not in read]
    seen = {**read, **dict(zip(new, read_lines([found[index].first_look(picture) for index in new]), strict=True))}
    first = [seen[index] for index in range(len(found))]
    figures = [index for index, line in enumerate(first) if _FIGURE.search(line.text) and line.least < SURE]
    second = dict(zip(figures, read_lines([found[i].cut_anew(picture) for i in figures]), strict=True))
    differ = [i for i in figures if _plain(first[i]) != _plain(second[i])]
    third = dict(zip(differ, read_lines([found[i].cut_bold(picture) for i in differ]), strict=True))
    made: list[Letter] = []
    for index, (piece, line) in enumerate(zip(found, first, strict=True)):
        sure, other = settled(line, second.get(index), third.get(index))
        made += letters_of(picture, piece, start + index, sure, other, per_point)
    return made


def _plain(line: ReadLine) -> str:
    return grouped(line.text.translate(_SAME))


def settled(first: ReadLine, second: ReadLine | None, third: ReadLine | None) -> tuple[ReadLine, str]:
    """What a line says, with the confidence of all looks; and what another look saw, where they differ."""
    if second is None:
        return _as_written(first), ""
    if third is None:
        surety = tuple(max(a, b) for a, b in zip(first.surety, second.surety, strict=True))
        shown = first if grouped(first.text) == first.text else second
        return _as_written(ReadLine(shown.chars, shown.places, surety)), ""
    if _plain(third) == _plain(second):
        return _capped(second, TWO_OF_THREE), first.text
    if _plain(third) == _plain(first):
        return _capped(first, TWO_OF_THREE), second.text
    return _capped(max((first, second, third), key=lambda line: line.least), ALL_DIFFER), second.text


def _as_written(line: ReadLine) -> ReadLine:
    """A line in which commas and points of figures that can only be written so are as sure as the digits around them: in
    thin print nobody tells one from the other, and nobody needs to."""
    if grouped(line.text) != line.text:
        return line
    surety = list(line.surety)
    for place, digits in separators(line.text).items():
        surety[place] = max(surety[place], min(line.surety[digit] for digit in digits))
    return ReadLine(line.chars, line.places, tuple(surety))


def _capped(line: ReadLine, most: float) -> ReadLine:
    return ReadLine(line.chars, line.places, tuple(min(most, value) for value in line.surety))

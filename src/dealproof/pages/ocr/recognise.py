"""One page that cannot be read as text: its picture in, characters with places and confidence, ruling lines out.

A line that holds figures is read twice, from two unlike pictures of it, unless the first look is sure of every letter.
Where the two differ a third decides what is shown, and the confidence stays below every floor: a figure that one look sees
differently is a question unless an identity confirms it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dealproof.model.evidence import Box
from dealproof.model.page import Upright
from dealproof.pages.ocr.engine import ReadLine, find_text, read_lines
from dealproof.pages.ocr.ink import HAIRLINE, black_ink, is_ink
from dealproof.pages.ocr.letters import Letter, letters_of
from dealproof.pages.ocr.pieces import Piece, missed, pieces, unfound
from dealproof.pages.ocr.ruling import Stroke, find_rules, grown
from dealproof.pages.ocr.straighten import quarter, skew_of, turn_of, turned

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


def recognise(picture: Any, per_point: float, number: int, *, straighten: bool = True) -> Recognised:
    """Recognise the picture of a page (RGB array, `per_point` pixels a point, as a viewer shows it).

    Without `straighten` it is taken to stand upright and level, as beside text does.
    """
    grey = black_ink(picture, per_point)
    turn = turn_of(grey, per_point) if straighten else 0
    grey = quarter(grey, turn)
    skew = skew_of(is_ink(grey)) if straighten else 0.0
    grey = turned(grey, skew, 255)
    height, width = grey.shape
    upright = Upright(turn, skew, width / per_point, height / per_point)
    rules, drawn = find_rules(is_ink(grey, HAIRLINE), per_point)
    bare = grey.copy()
    bare[grown(drawn) | (grey > GHOST) & ~grown(is_ink(grey))] = 255
    found = pieces(find_text(bare), rules, bare, per_point)
    letters = _letters(bare, found, per_point)
    rest = missed(bare, found, rules, per_point)
    more = _letters(bare, rest, per_point, len(found))
    seen = {letter.piece for letter in more}
    unread = tuple(piece.box(per_point) for index, piece in enumerate(rest, len(found)) if index not in seen)
    lost = round(unfound(bare, (*found, *rest), per_point), 3)
    return Recognised(number, (*letters, *more), tuple(rules), upright, unread, lost)


def _letters(picture: Any, found: Sequence[Piece], per_point: float, start: int = 0) -> list[Letter]:
    """Read pieces of lines, those with figures that are not sure twice; the pieces are numbered from `start`."""
    first = read_lines([piece.cut(picture) for piece in found])
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
    return line.text.translate(_SAME)


def settled(first: ReadLine, second: ReadLine | None, third: ReadLine | None) -> tuple[ReadLine, str]:
    """What a line says, with the confidence of all looks; and what another look saw, where they differ."""
    if second is None:
        return first, ""
    if third is None:
        surety = tuple(max(a, b) for a, b in zip(first.surety, second.surety, strict=True))
        return ReadLine(first.chars, first.places, surety), ""
    if _plain(third) == _plain(second):
        return _capped(second, TWO_OF_THREE), first.text
    if _plain(third) == _plain(first):
        return _capped(first, TWO_OF_THREE), second.text
    return _capped(max((first, second, third), key=lambda line: line.least), ALL_DIFFER), second.text


def _capped(line: ReadLine, most: float) -> ReadLine:
    return ReadLine(line.chars, line.places, tuple(min(most, value) for value in line.surety))

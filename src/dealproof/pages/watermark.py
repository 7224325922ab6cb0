"""Watermarks: slanted words; words far larger and paler than the text around them; pale words spread over other text."""

from __future__ import annotations

import ctypes
from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import repeat
from statistics import median
from typing import Any, NamedTuple

from dealproof.pages.calls import Rows, ask_all, number_of, pdfium
from dealproof.pages.glyphs import Glyphs

#: A word this many times as high as the common line may be a watermark, when it is pale too.
LARGE = 2.2
#: From this lightness (0 black, 255 white), or below this opacity, a word is pale.
LIGHT, OPAQUE = 160, 128
#: Pale words of one colour that lie over so many other words are spread over the page; and those of which a text stands
#: so often where they are transparent too.
OVER, TILES = 2, 3
#: From this lightness on (of a colour as it looks on white) a tone that lies over other text is pale.
PALE = 140
#: Shares of the lower word's height by which a word lies over another (up, across): loose lines touch their neighbours; and
#: height of the strips in which words are looked up (points).
UP, ACROSS, STRIP = 0.5, 0.3, 16.0
Tone = tuple[int, int, int, int]


class Marked(NamedTuple):
    """The words that belong to the page, and the texts and the words that lie across it."""

    body: list[Glyphs]
    texts: tuple[str, ...] = ()
    words: tuple[Glyphs, ...] = ()


def split_watermark(text_page: Any, words: Sequence[Glyphs]) -> Marked:
    """Part the words that belong to the page from those that lie across it."""
    if not words:
        return Marked([])
    high = LARGE * median(word.height for word in words)
    slanted = [word for word in words if word.turn is None]
    tones = _tones(text_page, words)
    spread = _spread(words, tones)
    level = [
        word
        for word, tone in zip(words, tones, strict=True)
        if word.turn is not None and tone and (tone in spread or (word.height > high and _is_pale(tone)))
    ]
    if not slanted and not level:
        return Marked(list(words))
    left_out = {id(word) for word in (*slanted, *level)}
    body = [word for word in words if id(word) not in left_out]
    texts = ("".join(word.text for word in slanted), "".join(word.text for word in level))
    return Marked(body, tuple(text for text in texts if text), (*slanted, *level))


def _tones(text_page: Any, words: Sequence[Glyphs]) -> list[Tone | None]:
    """The colour and opacity of every word."""
    room = Rows(ctypes.c_uint, len(words), 4)
    handle, numbers = number_of(text_page.raw), [word.first for word in words]
    known = ask_all(pdfium().FPDFText_GetFillColor, repeat(handle), numbers, *room.places)
    return [tone if is_known else None for is_known, tone in zip(known, room.rows, strict=True)]


def _is_pale(tone: Tone) -> bool:
    return tone[3] < OPAQUE or min(tone[:3]) >= LIGHT


def _looks_pale(tone: Tone) -> bool:
    red, green, blue = (255 - (255 - part) * tone[3] / 255 for part in tone[:3])
    return 0.3 * red + 0.59 * green + 0.11 * blue >= PALE


def _spread(words: Sequence[Glyphs], tones: Sequence[Tone | None]) -> set[Tone]:
    """The pale tones whose words are spread over the page: they lie over other text, or are tiles."""
    places: dict[Tone, list[Glyphs]] = defaultdict(list)
    pale = {tone for tone in set(tones) if tone is not None and _looks_pale(tone)}
    if not pale:
        return set()
    for word, tone in zip(words, tones, strict=True):
        if tone in pale and tone is not None and word.turn is not None:
            places[tone].append(word)
    if not places:
        return set()
    strips: dict[int, list[Glyphs]] = defaultdict(list)
    for word, tone in zip(words, tones, strict=True):
        if tone not in places and word.turn is not None:
            for strip in _strips(word):
                strips[strip].append(word)
    return {tone for tone, own in places.items() if _is_over(own, strips) or _is_tiled(tone, own)}


def _is_over(own: Sequence[Glyphs], strips: dict[int, list[Glyphs]]) -> bool:
    touched = {
        (other.first, other.text)
        for word in own
        for strip in _strips(word)
        for other in strips.get(strip, ())
        if _overlaps(word, other)
    }
    return len(touched) >= OVER


def _is_tiled(tone: Tone, own: Sequence[Glyphs]) -> bool:
    return tone[3] < 255 and max(Counter(word.text for word in own).values()) >= TILES


def _strips(word: Glyphs) -> range:
    return range(int(word.top // STRIP), int(word.bottom // STRIP) + 1)


def _overlaps(one: Glyphs, other: Glyphs) -> bool:
    lower = min(one.height, other.height)
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return one.turn == other.turn and wide >= ACROSS * lower and high >= UP * lower

"""The recogniser: grey pictures of one line of text each go in, their characters come out. Nothing is fetched, ever.

Its models are loaded once for a process, on the first page that needs them.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from dealproof.pages.ocr import find_lines, runtime
from dealproof.pages.ocr.runtime import Network, load, memory_named

MODEL = "PP-OCRv6_rec_small.onnx"
#: What an installation without a recogniser is told.
REMEDY = "Install it with: pip install 'dealproof[ocr]', then run again."
#: Pixels that the recogniser takes a line to be high.
HIGH = 48
#: The widths that it is given: the least, their step, and by which share each is at least wider than the one before. A runtime
#: keeps some memory for every width that it has seen, so there are few.
LEAST_WIDE, STEP, WIDER = 96, 32, 0.2
_ACCENTED = frozenset("ÀÁÂÃÄÅÇÈÉÊËÌÍÎÏÑÒÓÔÕÖÙÚÛÜÝ")


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as recognised: its characters (no spaces), where each stands (share of the width, 0 to 1), and how
    sure the recogniser is of each (0 to 1)."""

    chars: tuple[str, ...] = ()
    places: tuple[float, ...] = ()
    surety: tuple[float, ...] = ()

    @property
    def text(self) -> str:
        """The characters as one string."""
        return "".join(self.chars)

    @property
    def least(self) -> float:
        """The surety of the least sure character; 0 of an empty line."""
        return min(self.surety, default=0.0)


def is_installed() -> bool:
    """Whether pages can be recognised here."""
    return runtime.is_installed()


def is_loaded() -> bool:
    """Whether this process has loaded the recogniser, and so keeps the memory that it takes."""
    return find_lines.is_loaded() or _recogniser.cache_info().currsize > 0


def read_lines(pictures: Sequence[Any]) -> list[ReadLine]:
    """Recognise grey pictures of one line of text each. Raises MemoryError where there is too little of it."""
    with memory_named():
        return [_read(picture) for picture in pictures]


def rest() -> None:
    """Give back the memory that is not needed until the next page."""
    if _recogniser.cache_info().currsize:
        _recogniser().rest()


def self_test() -> str:
    """What the recogniser reads from a picture of `12,345.67`."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (260, 56), 255)
    ImageDraw.Draw(picture).text((14, 8), "12,345.67", fill=0, font=ImageFont.load_default(36))
    return read_lines([np.asarray(picture)])[0].text


def _read(picture: Any) -> ReadLine:
    import cv2
    import numpy as np

    high, own = picture.shape
    wide = max(1, -(-own * HIGH // high))
    room = _room(wide)
    seen = np.zeros((1, 3, HIGH, room), np.float32)
    seen[..., :wide] = cv2.resize(picture, (wide, HIGH)).astype(np.float32) / 127.5 - 1
    network = _recogniser()
    return _line(network(seen)[0], wide / room, network.characters)


@cache
def _room(wide: int) -> int:
    """The least of the widths that holds a line; the rest stays empty."""
    room = LEAST_WIDE
    while room < wide:
        room += max(1, round(WIDER * room / STEP)) * STEP
    return room


def _line(chances: Any, filled: float, characters: Sequence[str]) -> ReadLine:
    """A line from the chances of every character in every column; only that share of the columns holds the picture. The first
    of them stands for no character, the one after the last for a space; a character runs on over columns."""
    import numpy as np

    best = chances.argmax(axis=1)
    begins = np.flatnonzero((best != 0) & (best != np.concatenate(([0], best[:-1]))))
    columns = [int(column) for column in begins if best[column] <= len(characters)]
    text = _simplified("".join(characters[best[column] - 1] for column in columns))
    read = [(char, column) for char, column in zip(text, columns, strict=True) if not char.isspace()]
    width = len(best) * filled
    return ReadLine(
        tuple(char for char, _ in read),
        tuple(min(1.0, (column + 0.5) / width) for _, column in read),
        tuple(round(float(chances[column, best[column]]), 3) for _, column in read),
    )


def _simplified(text: str) -> str:
    """The recogniser knows traditional forms and accents too, and takes 额 for 額 and A for Á in coarse print; these documents
    have neither, but for small letters of foreign names."""
    bare = "".join(unicodedata.normalize("NFD", char)[0] if char in _ACCENTED else char for char in text)
    made = str(_script().convert(bare))
    return made if len(made) == len(text) else bare


@cache
def _script() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _recogniser() -> Network:
    return load(MODEL)

"""The recogniser: RapidOCR on ONNX Runtime with the models that its package ships. Nothing is fetched, ever.

Loaded once for a process, on the first page that needs it. Pictures go in as grey arrays, one line of text each.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

NAME = "rapidocr"
#: What must be installed, and what an installation without it is told.
PACKAGES = ("rapidocr", "onnxruntime")
REMEDY = "Install it with: pip install 'dealproof[ocr]', then run again."
#: Lines that are recognised together: a batch is as wide as its widest line, so that one at a time costs least.
BATCH = 1
#: Lines are looked for in a picture of at most this many pixels, wide or high: more cost up to four times as much.
LONGEST = 1_280
_NO_MEMORY = ("bad_alloc", "Failed to allocate memory", "Insufficient memory")
#: A line that falls more than this for each pixel to the right does not run from left to right.
STEEP = 0.2


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
    return all(importlib.util.find_spec(name) is not None for name in PACKAGES)


class Found(NamedTuple):
    """A line of text found in a picture, in pixels: its ends, its upper and lower edge at its middle, and by how much
    it falls for each pixel to the right."""

    x0: float
    top: float
    x1: float
    bottom: float
    slope: float = 0.0


def is_loaded() -> bool:
    """Whether this process has loaded the recogniser, and so keeps the memory that it takes."""
    return _engine.cache_info().currsize > 0


def find_text(picture: Any) -> list[Found]:
    """The lines of text in a grey picture. Raises MemoryError where there is too little of it."""
    import cv2

    scale = min(1.0, LONGEST / max(picture.shape))
    seen = cv2.resize(picture, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else picture
    with memory_named():
        found = _engine()(_coloured(seen), use_det=True, use_cls=False, use_rec=False)
    return [] if found.boxes is None else [_found(corners / scale) for corners in found.boxes]


@contextmanager
def memory_named() -> Iterator[None]:
    """The runtime's own error for a lack of memory as Python's, so that a file that asks for too much is called that."""
    try:
        yield
    except Exception as error:
        if any(sign in str(error) for sign in _NO_MEMORY):
            raise MemoryError("the recogniser needs more memory") from error
        raise


def _found(corners: Any) -> Found:
    """From four corners, clockwise from the upper left. A line that stands upright has no slope."""
    x0, x1 = float(corners[:, 0].min()), float(corners[:, 0].max())
    (_, a), (_, b), (_, c), (_, d) = ((float(x), float(y)) for x, y in corners)
    slope = ((b + c) - (a + d)) / 2 / max(x1 - x0, 1.0)
    if abs(slope) > STEEP:
        return Found(x0, float(corners[:, 1].min()), x1, float(corners[:, 1].max()))
    middle, high = (a + b + c + d) / 4, max(((d - a) + (c - b)) / 2, 1.0)
    return Found(x0, middle - high / 2, x1, middle + high / 2, slope)


def read_lines(pictures: Sequence[Any]) -> list[ReadLine]:
    """Recognise grey pictures of one line of text each. Raises MemoryError where there is too little of it."""
    if not pictures:
        return []
    from rapidocr.ch_ppocr_rec.typings import TextRecInput

    with memory_named():
        result = _recogniser()(TextRecInput(img=[_coloured(picture) for picture in pictures], return_word_box=True))
    return [_line(text, info) for text, info in zip(result.txts, result.word_results, strict=True)]


def self_test() -> str:
    """What the recogniser reads from a picture of `12,345.67`."""
    import numpy as np
    from PIL import Image, ImageDraw, ImageFont

    picture = Image.new("L", (260, 56), 255)
    ImageDraw.Draw(picture).text((14, 8), "12,345.67", fill=0, font=ImageFont.load_default(36))
    return read_lines([np.asarray(picture)])[0].text


def _line(text: str, info: Any) -> ReadLine:
    columns = [column for word in info.word_cols or () for column in word]
    text = _simplified(text)
    surety = [score for char, score in zip(text, info.confs or (), strict=False) if not char.isspace()]
    chars = [char for char in text if not char.isspace()]
    if not chars or len(columns) != len(chars) or not info.line_txt_len:
        return ReadLine()
    places = tuple(min(1.0, (column + 0.5) / info.line_txt_len) for column in columns)
    return ReadLine(tuple(chars), places, tuple(round(float(score), 3) for score in surety))


def _simplified(text: str) -> str:
    """The recogniser knows traditional forms too and takes 额 for 額 in coarse print; these documents have none."""
    made = str(_script().convert(text))
    return made if len(made) == len(text) else text


@cache
def _script() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


@cache
def _engine() -> Any:
    # ONNX Runtime reports to its makers, and keeps a number of the machine in the home, unless it is told not to before it loads.
    os.environ.setdefault("ORT_DISABLE_TELEMETRY", "1")
    from rapidocr import RapidOCR

    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.max_side_len": 4_000,
            # Several threads of the runtime burn CPU while they wait for each other; workers share the machine by themselves.
            "EngineConfig.onnxruntime.intra_op_num_threads": 1,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            "Det.limit_side_len": 736,
            "Rec.rec_batch_num": BATCH,
        }
    )


@cache
def _recogniser() -> Any:
    import numpy as np

    engine = _engine()
    engine(np.full((48, 320, 3), 255, np.uint8), use_det=False, use_cls=False, use_rec=True)  # loads its model
    return engine.text_rec


def _coloured(picture: Any) -> Any:
    import cv2

    return cv2.cvtColor(picture, cv2.COLOR_GRAY2BGR) if picture.ndim == 2 else picture

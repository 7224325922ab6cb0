"""The text of pages as the fast pass sees it; shared by the package that opens PDFs and by those that never do."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from dealproof.model.evidence import Box

#: native: the text layer is used. scanned: a picture without text. mixed: a picture with text over or around it.
#: lying: a text layer that does not say what the page shows.
Quality = Literal["native", "scanned", "mixed", "lying"]
#: Where the lines of a page come from: its text layer, character recognition, or (so far) nowhere.
ReadBy = Literal["text", "ocr", "unread"]
#: How the reason begins for which a page that needs recognition was left.
LEFT = "not recognised: "


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page in reading order. `text` is as printed; `box` encloses it. `confidence` is how sure the
    least sure character is, 1 of a text layer."""

    text: str
    box: Box
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Unseen:
    """One character that the file holds and nobody is to read, and why in words; `x`, `y` is where it starts on its
    baseline."""

    text: str
    x: float
    y: float
    box: Box
    why: str


#: Unseen characters that a doubt prints, at most.
SHOWN = 24


def is_unseen_in(unseen: Unseen, box: Box) -> bool:
    """Whether the middle of an unseen character lies in a box."""
    x, y = (unseen.box.x0 + unseen.box.x1) / 2, (unseen.box.top + unseen.box.bottom) / 2
    return box.x0 <= x <= box.x1 and box.top <= y <= box.bottom


def unseen_words(unseen: Sequence[Unseen]) -> str:
    """What stands at a place and is not seen, and why, in words."""
    text = "".join(each.text for each in unseen)
    text = text if len(text) <= SHOWN else f"{text[:SHOWN]}…"
    return f"{text!r} stands here too and is not seen: {unseen[0].why}"


@dataclass(frozen=True, slots=True)
class Upright:
    """How a picture was laid straight before it was read: turned clockwise by `turn` (0, 90, 180, 270 degrees), then
    by `skew` degrees counter-clockwise around its middle. `width` and `height` are those of the straight page."""

    turn: int
    skew: float
    width: float
    height: float

    def shown(self, box: Box) -> Box:
        """A box of the straight page as it stands on the page that a viewer shows."""
        angle = math.radians(self.skew)
        dx = (box.x0 + box.x1) / 2 - self.width / 2
        dy = (box.top + box.bottom) / 2 - self.height / 2
        x = self.width / 2 + dx * math.cos(angle) - dy * math.sin(angle)
        y = self.height / 2 + dx * math.sin(angle) + dy * math.cos(angle)
        wide, high = (box.x1 - box.x0) / 2, (box.bottom - box.top) / 2
        return _turned_back(Box(x - wide, y - high, x + wide, y + high), self.turn, self.width, self.height)


def _turned_back(box: Box, turn: int, width: float, height: float) -> Box:
    """Undo a clockwise turn; width and height are those of the straight page."""
    if turn == 90:
        return Box(box.top, width - box.x1, box.bottom, width - box.x0)
    if turn == 180:
        return Box(width - box.x1, height - box.bottom, width - box.x0, height - box.top)
    if turn == 270:
        return Box(height - box.bottom, box.x0, height - box.top, box.x1)
    return box


@dataclass(frozen=True, slots=True)
class Moved:
    """A part of a page that was moved by so many points, so that columns of text stand under one another; `was` is where a viewer
    shows it."""

    was: Box
    dx: float
    dy: float

    def has(self, x: float, y: float) -> bool:
        """Whether a point of the page as shown lies in this part."""
        return self.was.x0 <= x < self.was.x1 and self.was.top <= y < self.was.bottom

    def put(self, box: Box) -> Box:
        """Where a box of this part stands after it was moved."""
        return Box(box.x0 + self.dx, box.top + self.dy, box.x1 + self.dx, box.bottom + self.dy)

    def back(self, box: Box) -> Box:
        """Where a box that was moved with this part is shown, as far as it lies in it."""
        top, bottom = box.top - self.dy, box.bottom - self.dy
        return Box(box.x0 - self.dx, max(top, self.was.top), box.x1 - self.dx, min(bottom, self.was.bottom))


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page. `number` is 1-based as a viewer shows it.

    Running headers, footers and watermarks have been taken out of `lines` and stand in `furniture`. `reasons` say in
    words why the page has its `quality`. `needs_ocr` says whether it was sent to character recognition. Where it was
    recognised (`read_by` is ocr), width, height and boxes are those of the page laid straight by `upright`. `unseen` is
    text that the file holds and no viewer shows; it is nowhere else. `watermark` are the letters of text
    that is spread over the page, `struck` the strokes that strike out text. Where text runs in columns, these were laid under one
    another: `moved` are the parts of the page, and height and boxes of lines are those after they were moved.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    quality: Quality = "native"
    furniture: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()
    needs_ocr: bool = False
    read_by: ReadBy = "text"
    upright: Upright | None = None
    unseen: tuple[Unseen, ...] = ()
    watermark: tuple[Unseen, ...] = ()
    struck: tuple[Box, ...] = ()
    moved: tuple[Moved, ...] = ()

    @property
    def text(self) -> str:
        """All lines joined with newlines."""
        return "\n".join(line.text for line in self.lines)

    @property
    def is_readable(self) -> bool:
        """Whether the lines can be trusted to be what the page shows, as text or as recognised."""
        return self.read_by != "unread"

    @property
    def is_laid_anew(self) -> bool:
        """Whether boxes of it stand elsewhere than a viewer shows them; see `shown`."""
        return self.upright is not None or bool(self.moved)

    def shown(self, box: Box) -> Box:
        """A box of the page as it was read, as it stands on the page that a viewer shows."""
        if self.upright is not None:
            return self.upright.shown(box)
        part = self.part_of(box)
        return box if part is None else part.back(box)

    def part_of(self, box: Box) -> Moved | None:
        """The moved part in which most of a box lies (it may reach from the foot of one column over the head of the next); None where
        nothing was moved."""
        return max(self.moved, key=lambda part: _overlap(part.put(part.was), box), default=None)

    @property
    def left_because(self) -> str:
        """Why a page that needs recognition was left on purpose, or ''."""
        return next((reason.removeprefix(LEFT) for reason in self.reasons if reason.startswith(LEFT)), "")


def _overlap(one: Box, other: Box) -> float:
    """How much of two boxes is common; how far they stand apart, below 0, where nothing is."""
    wide = min(one.x1, other.x1) - max(one.x0, other.x0)
    high = min(one.bottom, other.bottom) - max(one.top, other.top)
    return wide * high if wide > 0 and high > 0 else min(wide, high, 0.0)

"""The text of pages as the fast pass sees it; shared by the room that opens PDFs and by those that never do."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from dealproof.evidence import Box


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line of a page in reading order. `text` is as printed; `box` encloses it."""

    text: str
    box: Box


@dataclass(frozen=True, slots=True)
class PageText:
    """The text of one page from the fast pass. `number` is 1-based as a viewer shows it.

    `quality`: native, scanned (no usable text), or lying (text layer that cannot be trusted).
    Running headers, footers and watermarks have been taken out of `lines` and stand in `furniture`.
    """

    number: int
    width: float
    height: float
    lines: tuple[Line, ...]
    quality: Literal["native", "scanned", "lying"] = "native"
    furniture: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """All lines joined with newlines."""
        return "\n".join(line.text for line in self.lines)

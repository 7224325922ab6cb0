"""Lines of a cell: figures and Latin words stay whole, closing signs stay with what they close."""

from __future__ import annotations

import re

from samples.compose.ink import Measure

_TOKEN = re.compile(r"[（(]*(?:[0-9A-Za-z０-９.,，．%％+\-/]+|[^\n])[）)、，。；：%％]*")


def tokens(text: str) -> list[str]:
    """What is never broken."""
    return _TOKEN.findall(text)


def wrap(text: str, width: float, size: float, measure: Measure) -> list[str]:
    """The lines of a text in a width; a long figure that is wider than that is broken."""
    if measure(text, size) <= width + 0.01:
        return [text] if text else []
    lines, current = [], ""
    for token in tokens(text):
        if current and measure(current + token, size) > width + 0.01:
            lines.append(current)
            current = ""
        if measure(token, size) > width * 1.05 + 0.01 and len(token) > 7:
            *broken, current = _pieces(token, width, size, measure)
            lines += broken
        else:
            current += token
    return [*lines, current] if current else lines


def _pieces(token: str, width: float, size: float, measure: Measure) -> list[str]:
    found, current = [], ""
    for letter in token:
        if current and measure(current + letter, size) > width:
            found.append(current)
            current = ""
        current += letter
    return [*found, current]

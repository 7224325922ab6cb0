"""Lines of a cell: figures and Latin words stay whole, closing signs stay with what they close."""

from __future__ import annotations

import re

from samples.compose.ink import Measure

_TOKEN = re.compile(r"[（(]*(?:[0-9A-Za-z０-９.,，．%％+\-/]+|[^\n])[）)、，。；：%％]*")


def tokens(text: str) -> list[str]:
    """What is never broken."""
    return _TOKEN.findall(text)


def wrap(text: str, width: float, size: float, measure: Measure) -> list[str]:
    """The lines of a text in a width; a token that is wider than that has a line of its own."""
    if measure(text, size) <= width + 0.01:
        return [text] if text else []
    lines, current = [], ""
    for token in tokens(text):
        if current and measure(current + token, size) > width + 0.01:
            lines.append(current)
            current = token
        else:
            current += token
    return [*lines, current] if current else lines

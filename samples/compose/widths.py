"""How wide the columns of a table are."""

from __future__ import annotations

import random
from collections.abc import Sequence

from samples.compose.ink import Measure
from samples.compose.look import Look
from samples.compose.model import Sheet
from samples.compose.wrap import tokens

WAYS = ("by content", "tight", "full width", "equal", "narrow labels", "touching headers", "wrapped headers")


def natural(sheet: Sheet, look: Look, measure: Measure) -> tuple[list[float], list[float], list[float]]:
    """For each column the width of its body on one line, the least that keeps figures whole, and the width of its header."""
    body, least, head = ([look.size] * sheet.n_cols for _ in range(3))
    for cell in sheet.cells:
        if cell.col_span > 1:
            continue
        wide = measure(cell.text, look.size)
        if cell.role == "header":
            head[cell.col] = max(head[cell.col], wide)
            least[cell.col] = max(least[cell.col], *(measure(t, look.size) for t in tokens(cell.text)), 2 * look.size)
            continue
        body[cell.col] = max(body[cell.col], wide)
        whole = wide if cell.role in ("figure", "total", "serial") else min(wide, 4.2 * look.size)
        least[cell.col] = max(least[cell.col], whole, *(measure(t, look.size) for t in tokens(cell.text) or [""]))
    return body, least, head


def widths(sheet: Sheet, look: Look, measure: Measure, way: str, room: float, chance: random.Random, whole: float = 1.0, narrow_first: bool = False) -> list[float] | None:
    """Widths of the columns in `room`, None where the figures do not fit into it. With `whole` below 1 columns of long figures are narrower
    than these, so that they break;
    `narrow_first` leaves the first column room for one letter."""
    body, least, head = natural(sheet, look, measure)
    pad = 2 * look.pad
    low = [w + pad for w in least]
    if sum(low) > room:
        return None
    if way == "touching headers":
        found = [max(b + pad, h + 0.8) for b, h in zip(body, head, strict=True)]
    elif way == "wrapped headers":
        found = [max(b + pad, h * chance.choice((0.3, 0.4, 0.55, 1.0)) + pad) for b, h in zip(body, head, strict=True)]
        found = [max(f, w) for f, w in zip(found, low, strict=True)]
    elif way == "narrow labels":
        found = [max(b, h) + pad for b, h in zip(body, head, strict=True)]
        found[0] = max(low[0], found[0] * 0.45)
    else:
        found = [max(b, h) + pad for b, h in zip(body, head, strict=True)]
    if sum(found) > room:
        found = _squeezed(found, low, room)
    elif way == "full width" or (way == "narrow labels" and chance.random() < 0.5):
        found = [w * room / sum(found) for w in found]
    elif way == "equal":
        wide = min(room / sheet.n_cols, max(found) * 1.15)
        found = [max(w, wide) for w in low] if sum(max(w, wide) for w in low) <= room else found
    elif way == "by content":
        spare = min((room - sum(found)) / sheet.n_cols, 14)
        found = [w + spare for w in found]
    if whole < 1:
        found = [w * whole if b > 7 * look.size else w for w, b in zip(found, body, strict=True)]
    if narrow_first:
        found[0] = look.size * 1.05 + pad
    return found


def _squeezed(found: Sequence[float], low: Sequence[float], room: float) -> list[float]:
    spare = sum(f - w for f, w in zip(found, low, strict=True))
    share = max(room - sum(low), 0) / spare if spare else 0
    return [w + (f - w) * share for f, w in zip(found, low, strict=True)]

"""A quick look at a picture, before anything is recognised: can it hold a table?

Ruling lines that cross, or rows of text that fall apart into columns. Costs a hundredth of recognising the page.
"""

from __future__ import annotations

from typing import Any

from dealproof.pages.ocr.ink import HAIRLINE, black_ink, is_ink
from dealproof.pages.ocr.ruling import Stroke, find_rules
from dealproof.pages.ocr.straighten import quarter, skew_of, turned

#: Level rules at least this wide (points) are those of a table, and so many of them make one.
WIDE, RULES = 120.0, 3
#: Points by which the ends of such rules may differ.
ENDS = 5.0
#: White between columns (points), blocks in a row of columns, and rows of columns that make a table.
GUTTER, BLOCKS, ROWS = 22.0, 3, 4
#: Most that a row of text is high (points).
ROW = 22.0


def shows_table(picture: Any, per_point: float) -> bool:
    """Whether a page (RGB array, `per_point` pixels a point) shows a table, whichever way it is turned."""
    grey = black_ink(picture, per_point)
    grey = turned(grey, skew_of(is_ink(grey)), 255)
    if any(_is_grid(is_ink(quarter(grey, turn), HAIRLINE), per_point) for turn in (0, 90)):
        return True
    rules, drawn = find_rules(is_ink(grey, HAIRLINE), per_point)
    level = [rule for rule in rules if rule.is_level and rule.x1 - rule.x0 >= WIDE]
    if any(sum(_same_ends(one, other) for other in level) >= RULES for one in level):
        return True
    bare = is_ink(grey)
    bare[drawn > 0] = 0
    return _rows_of_columns(bare, per_point) >= ROWS


def _same_ends(one: Stroke, other: Stroke) -> bool:
    """Whether two level rules begin and end alike, as those of a table without upright ones do."""
    return abs(one.x0 - other.x0) <= ENDS and abs(one.x1 - other.x1) <= ENDS


def _is_grid(ink: Any, per_point: float) -> bool:
    rules, _ = find_rules(ink, per_point)
    level = [rule for rule in rules if rule.is_level and rule.x1 - rule.x0 >= WIDE]
    return len(level) >= RULES - 1 and any(_crosses(rule, level) for rule in rules if not rule.is_level)


def _crosses(upright: Stroke, level: list[Stroke]) -> bool:
    met = [rule for rule in level if rule.x0 - 3 <= upright.x0 <= rule.x1 + 3]
    return sum(upright.top - 3 <= rule.top <= upright.bottom + 3 for rule in met) >= 2


def _rows_of_columns(ink: Any, per_point: float) -> int:
    """Rows of text that consist of several blocks with white between them."""
    import cv2
    import numpy as np

    reach = max(3, round(GUTTER * per_point))
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    tall, low = ROW * per_point, 4 * per_point
    blocks = [
        (int(y), int(y + high))
        for _, y, wide, high, _ in stats[1:count]
        if low <= high <= tall and wide >= 6 * per_point
    ]
    rows: list[list[tuple[int, int]]] = []
    for top, bottom in sorted(blocks, key=lambda block: block[0] + block[1]):
        middle = (top + bottom) / 2
        if rows and middle - sum(rows[-1][-1]) / 2 < 0.4 * (bottom - top):
            rows[-1].append((top, bottom))
        else:
            rows.append([(top, bottom)])
    return sum(len(row) >= BLOCKS for row in rows)

"""A total that an empty row parts from the rows that it sums."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from statistics import median

from dealproof.tables.columns import TOTALS
from dealproof.tables.line_shapes import has_figures, is_tabular
from dealproof.tables.lines import TextLine
from dealproof.text import squeeze

#: Usual distances of rows up to which a total stands below the last row; points by which it reaches over the ends of the rows.
FAR, OVER = 2.6, 6.0


def with_lone_totals(regions: Sequence[list[TextLine]], lines: Sequence[TextLine]) -> list[list[TextLine]]:
    """The lines of each table with the total that stands an empty row below its last one."""
    found = [list(region) for region in regions]
    for region in found:
        total = _total_below(region, lines)
        home = next((other for other in found if total is not None and other and other[0] is total), None)
        if total is None or (home is None and any(total in other for other in found)) or (home is not None and len(home) > 1):
            continue
        if home is not None:
            home.clear()
        region.append(total)
    return [region for region in found if region]


def _total_below(region: Sequence[TextLine], lines: Sequence[TextLine]) -> TextLine | None:
    if not region or any(_is_total(line) for line in region[-1:]):
        return None
    last = max(region, key=lambda line: line.middle)
    left, right = min(line.box.x0 for line in region), max(line.box.x1 for line in region)
    below = next((line for line in lines if line.middle > last.middle and line.box.x0 < right and line.box.x1 > left), None)
    steps = [b.middle - a.middle for a, b in pairwise(region) if b.middle - a.middle > 0.9 * a.size]
    if below is None or not steps or not _is_total(below) or below.middle - last.middle > FAR * median(steps):
        return None
    return below if left - OVER <= below.box.x0 and below.box.x1 <= right + OVER else None


def _is_total(line: TextLine) -> bool:
    return is_tabular(line) and has_figures(line) and squeeze(line.segments[0].text).lower() in TOTALS

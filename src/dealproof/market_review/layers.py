"""The parts that charts are layered from: rows of marks, tips, axes without scales."""

from __future__ import annotations

from datetime import date
from typing import Any

import altair as alt

from dealproof.market_review.figures import Figure
from dealproof.market_review.marks import Mark
from dealproof.market_review.style import Language

#: What `altair.layer` gives.
Layers = alt.LayerChart | alt.FacetChart
Datum = dict[str, Any]


def chart_of(rows: list[Datum]) -> alt.Chart:
    """A chart over rows that it carries in itself."""
    return alt.Chart(alt.InlineData(values=rows))


def row_of(mark: Mark, say: Language) -> Datum:
    """A mark as a row in one language; days as ISO text."""
    place: Any = mark.x.isoformat() if isinstance(mark.x, date) else None if mark.x is None else float(mark.x)
    return {
        "ref": mark.ref, "x": place, "value": float(mark.value), "series": getattr(mark.series, say), "category": getattr(mark.category, say),
        "label": getattr(mark.label, say), "tip": getattr(mark.tip, say), "role": mark.role,
    }  # fmt: skip


def tip() -> alt.Tooltip:
    """What is shown to who points at a mark."""
    return alt.Tooltip("tip:N")


def until(room: int) -> list[Any]:
    """The range of a horizontal scale that leaves so many pixels at the right."""
    return [0, {"expr": f"width - {room}"}]


def above(figure: Figure, say: Language, *, scale: bool = False) -> alt.Axis:
    """What is measured, in which unit, above the axis; without a scale where every mark tells its figure."""
    shown = {"tickCount": 6} if scale else {"labels": False, "ticks": False, "domain": False, "grid": False}
    return alt.Axis(title=getattr(figure.measure, say), titleAngle=0, titleAlign="left", titleAnchor="end", titleX=0, titleY=-10,
                    titleBaseline="bottom", **shown)  # fmt: skip


def below(figure: Figure, say: Language) -> alt.Axis:
    """What is measured, in which unit, below lying bars; no scale, since every bar tells its figure."""
    return alt.Axis(
        title=getattr(figure.measure, say),
        labels=False,
        ticks=False,
        domain=False,
        grid=False,
        titleAlign="left",
        titleAnchor="start",
    )

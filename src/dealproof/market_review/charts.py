"""A figure of a review as a Vega-Lite chart: one specification for the page, PNG and SVG."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from dealproof.market_review.drawing import draw
from dealproof.market_review.figures import Figure
from dealproof.market_review.marks import Drawn
from dealproof.market_review.notes import short_note, title
from dealproof.market_review.style import Canvas, broken, require_fonts, require_renderer, theme
from dealproof.metrics.model import Review, Words

if TYPE_CHECKING:
    import altair as alt

#: Pixels of a PNG for each pixel of a figure.
PNG_SCALE = 2
#: The version of Vega-Lite that the specifications are written for.
VEGA_LITE = "6.1"


def chart(figure: Figure, review: Review, canvas: Canvas) -> dict[str, Any]:
    """The Vega-Lite specification of a figure. Raises EngineMissingError where the library is not installed.

    Where a review has nothing to draw, the chart says so in words.
    """
    require_renderer()
    drawn = draw(figure, review)
    made = _empty(canvas) if drawn.empty else _drawer(figure)(figure, drawn, canvas)
    say = canvas.language
    head = {
        "text": broken(getattr(title(figure, review), say), canvas.width - 20, 16),
        "subtitle": getattr(short_note(figure, review), say),
    }
    spec: dict[str, Any] = made.to_dict(validate=False)  # a test does; it costs a third
    _share_axes(spec["layer"])
    return {
        "$schema": spec.pop("$schema"), "title": head, "width": canvas.width, "autosize": {"type": "fit-x", "contains": "padding"}, **spec, "config": theme(canvas),
    }  # fmt: skip


def _share_axes(layers: list[dict[str, Any]]) -> None:
    """Give all layers the axes of the first that has them; Vega-Lite cannot merge a title that only some layers have."""
    for channel in ("x", "y"):
        own = [layer["encoding"][channel] for layer in layers if channel in layer["encoding"]]
        first: dict[str, Any] = next((encoding for encoding in own if "scale" in encoding), {})
        for encoding in own:
            encoding.update({name: first[name] for name in ("axis", "scale", "sort", "title") if name in first})


def svg(spec: dict[str, Any]) -> str:
    """A chart as SVG."""
    return str(require_renderer().vegalite_to_svg(json.dumps(spec), vl_version=VEGA_LITE))


def png(picture: str) -> bytes:
    """An SVG as PNG. Raises EngineMissingError where its Chinese font is not installed."""
    require_fonts()
    return bytes(require_renderer().svg_to_png(picture, scale=PNG_SCALE))


def _drawer(figure: Figure) -> Callable[[Figure, Drawn, Canvas], alt.LayerChart | alt.FacetChart]:
    from dealproof.market_review import bar_charts as bars
    from dealproof.market_review import dot_charts as dots
    from dealproof.market_review import year_charts as years

    return {
        "years": years.years, "nested": bars.nested, "ranked": bars.ranked, "panels": bars.panels, "coupons": dots.coupons, "ranks": dots.ranks,
        "points": dots.points,
    }[figure.kind]  # fmt: skip


def _empty(canvas: Canvas) -> alt.LayerChart | alt.FacetChart:
    import altair as alt

    said = getattr(NOTHING, canvas.language)
    return alt.layer(
        alt.Chart(alt.InlineData(values=[{"said": said}])).mark_text(align="left", x=0, y=20).encode(text=alt.Text("said:N"))
    ).properties(height=40)


NOTHING = Words("没有可绘制的数据；原因见图下说明。", "There is nothing to draw; see below for the reason.")

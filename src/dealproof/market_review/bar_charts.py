"""Lying bars: in sections, by size, in panels. Every bar tells its figure, so there is no scale."""

from __future__ import annotations

from collections.abc import Sequence

import altair as alt

from dealproof.market_review.figures import Figure
from dealproof.market_review.layers import Datum, Layers, below, chart_of, row_of, tip
from dealproof.market_review.marks import HEAD, Drawn, Mark
from dealproof.market_review.style import INK, LINE, SHADES, SIZE, SOFT, Canvas, Language, room_for
from dealproof.metrics.vocabulary import in_order

#: Height of a row in pixels; on a phone the name stands above its bar.
_ROW, _ROW_NARROW = 26, 44
#: How far rows stand in from the head of their section.
_INDENT = 14
#: What the longest bar fills of its panel; its figure stands behind it.
_PANEL_FILL = 0.62


def nested(figure: Figure, drawn: Drawn, canvas: Canvas) -> Layers:
    """Rows in sections, the head of each dark; every bar has its figure behind it."""
    return _rows(figure, drawn.marks, canvas, [[mark] for mark in drawn.marks])


def ranked(figure: Figure, drawn: Drawn, canvas: Canvas) -> Layers:
    """A row for each member, with a bar for each metric."""
    rows: dict[str, list[Mark]] = {}
    for mark in drawn.marks:
        rows.setdefault(mark.category.zh, []).append(mark)
    return _rows(figure, drawn.marks, canvas, list(rows.values()))


def _rows(figure: Figure, marks: Sequence[Mark], canvas: Canvas, rows: list[list[Mark]]) -> Layers:
    say = canvas.language
    several = max((len(row) for row in rows), default=1)
    step = (_ROW if canvas.wide else _ROW_NARROW) + (several - 1) * 16
    data, names, top = [], [], 0
    for row in rows:
        head = row[0].role == HEAD
        indent = _INDENT if row[0].role and not head else 0
        high = step if row[0].ref else _ROW
        names.append(
            {
                "name": getattr(row[0].category, say),
                "head": head,
                "indent": indent,
                "y": top + (high / 2 if canvas.wide else 9),
            }
        )
        at = float(top + (3 if canvas.wide else 20))
        thick = (step - 8 if canvas.wide else step - 24) / several
        for place, mark in enumerate(row):
            shade = 0 if head or (not mark.role and place == 0) else 1
            data.append(
                row_of(mark, say) | {"y0": at, "y1": at + thick - 2, "y": at + thick / 2 - 1, "shade": SHADES[shade][0]}
            )
            at += thick
        top += high
    left = min(room_for([str(name["name"]) for name in names]) + _INDENT, 250) if canvas.wide else 0
    right = room_for([str(row["label"]) for row in data])
    return _bar_layers(figure, canvas, data, names, (left, right, top))


def _bar_layers(
    figure: Figure, canvas: Canvas, data: list[Datum], names: list[Datum], rooms: tuple[int, int, int]
) -> Layers:
    left, right, height = rooms
    say = canvas.language
    longest = max((row["value"] for row in data), default=1.0) or 1.0
    x = alt.X(
        "value:Q",
        scale=alt.Scale(domain=[0, longest], range=[left, {"expr": f"width - {right}"}]),
        axis=below(figure, say),
    )
    y = alt.Y("y0:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    bars = (
        chart_of(data)
        .mark_bar(cursor="pointer")
        .encode(x=x, x2=alt.datum(0), y=y, y2=alt.Y2("y1:Q"), color=alt.Color("shade:N", scale=None), tooltip=tip())
    )
    labels = (
        chart_of(data)
        .mark_text(align="left", dx=6, cursor="pointer")
        .encode(x=x, y=alt.Y("y:Q"), text=alt.Text("label:N"), tooltip=tip())
    )
    called = [
        chart_of([row for row in names if (row["head"], row["indent"]) == kind])
        .mark_text(align="left", x=kind[1], limit=left - 8 if canvas.wide else 0, fontWeight="bold" if kind[0] else "normal")
        .encode(y=alt.Y("y:Q"), text=alt.Text("name:N"))
        for kind in dict.fromkeys((row["head"], row["indent"]) for row in names)
    ]  # fmt: skip
    return alt.layer(bars, labels, *called, height=height)


def panels(figure: Figure, drawn: Drawn, canvas: Canvas) -> Layers:
    """Columns of bars side by side, each with its own head and total; rows are the categories."""
    say = canvas.language
    heads = list(dict.fromkeys(getattr(mark.series, say) for mark in drawn.marks))
    rows = _order(drawn, figure, say)
    step = _ROW + 4 if canvas.wide else _ROW_NARROW
    longest = max((float(mark.value) for mark in drawn.marks), default=1.0) or 1.0
    data = []
    for mark in drawn.marks:
        panel, row = heads.index(getattr(mark.series, say)), rows.index(getattr(mark.category, say))
        top = row * step + (4 if canvas.wide else 20)
        end = panel + float(mark.value) / longest * _PANEL_FILL
        data.append(row_of(mark, say) | {"x0": panel, "x1": end, "y0": top, "y1": top + 20, "y": top + 10})
    left = min(room_for(rows), 200) if canvas.wide else 4
    height = len(rows) * step
    x = alt.X("x0:Q", scale=alt.Scale(domain=[0, len(heads)], range=[left, {"expr": "width"}]), axis=below(figure, say))
    y = alt.Y("y0:Q", scale=alt.Scale(domain=[height, -44], nice=False), axis=None)
    bars = (
        chart_of(data)
        .mark_bar(color=SHADES[0][0], cursor="pointer")
        .encode(x=x, x2=alt.X2("x1:Q"), y=y, y2=alt.Y2("y1:Q"), tooltip=tip())
    )
    labels = (
        chart_of(data).mark_text(align="left", dx=4, cursor="pointer").encode(x=alt.X("x1:Q"), y=alt.Y("y:Q"), text=alt.Text("label:N"))
    )
    walls = (
        chart_of([{"x0": place} for place in range(len(heads))])
        .mark_rule(color=LINE)
        .encode(x=alt.X("x0:Q"), y=alt.datum(-2), y2=alt.datum(height))
    )
    size = SIZE if canvas.wide else 10
    tops = [{"x0": place, "name": head.replace(" n=", "\nn=")} for place, head in enumerate(heads)]
    named = (
        chart_of(tops)
        .mark_text(align="left", baseline="top", lineBreak="\n", fontWeight="bold", fontSize=size, lineHeight=16)
        .encode(x=alt.X("x0:Q"), y=alt.datum(-40), text=alt.Text("name:N"))
    )
    lines = [{"name": name, "y": place * step + (14 if canvas.wide else 9)} for place, name in enumerate(rows)]
    called = (
        chart_of(lines).mark_text(align="left", x=0, color=INK if canvas.wide else SOFT).encode(y=alt.Y("y:Q"), text=alt.Text("name:N"))
    )
    return alt.layer(*([walls] if canvas.wide else []), bars, labels, named, called, height=height + 44)


def _order(drawn: Drawn, figure: Figure, say: Language) -> list[str]:
    """Categories of all panels in one order, from the Chinese names by which bands are sorted."""
    chinese = {mark.category.zh: getattr(mark.category, say) for mark in drawn.marks}
    return list(dict.fromkeys(chinese[name] for name in in_order(figure.x, chinese)))

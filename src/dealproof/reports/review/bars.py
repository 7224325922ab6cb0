"""Figures made of bars: over years, in sections, by size, in panels."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from dealproof.reports.review.figures import Figure
from dealproof.reports.review.look import INK, LINE, SHADES, SIZE, SOFT, Canvas, apart, room_for, text_width
from dealproof.reports.review.marks import HEAD, Drawn, Mark

_PLOT = 340
#: Part of the height that bars and their totals fill where a line of shares runs above them.
_BELOW_LINE = 0.72
_LINE_FROM, _LINE_HIGH = 0.86, 0.1
#: Least height of a layer that a figure fits in, and how much of its place a bar fills.
_LABEL, _BAR = 14, 0.72
_SHARE = {"zh": "占比", "en": "Share"}
_ROW, _ROW_NARROW = 26, 44
#: What the longest bar leaves free of its panel.
_PANEL_FILL = 0.62
#: How far rows stand in from the head of their section.
_INDENT = 14


def years(figure: Figure, drawn: Drawn, canvas: Canvas) -> alt.LayerChart | alt.FacetChart:
    """Stacked bars with figures in them, totals above, shares as a line over all, names of layers at the right."""
    say = canvas.language
    names = list(dict.fromkeys(getattr(mark.series, say) for mark in drawn.marks))
    rows, tops = _stacked(drawn.marks, names, say)
    shares = [mark for mark in drawn.lines if mark.role == "share"]
    top = max(tops.values(), default=1.0) / (_BELOW_LINE if shares else 0.93)
    size = SIZE if canvas.wide else 10
    room = room_for([*names, _SHARE[say]]) if len(names) > 1 or shares else 4
    wide = (canvas.width - room) / max(len(tops), 1) * _BAR
    for row in rows:
        high = (row["y1"] - row["y0"]) / top * _PLOT
        row["shown"] = _fitting(row["label"], wide, size) if high >= _LABEL and len(names) > 1 else ""
    named = _names_at_the_end(rows, names, list(tops)[-1] if tops else "", top) if len(names) > 1 else []
    line = _line_rows(shares, top, say)
    if line:
        named.append({"name": _SHARE[say], "y": line[-1]["y"]})
    x = alt.X("year:O", sort=list(tops), title=figure.axis.zh if say == "zh" else figure.axis.en, axis=alt.Axis(labelAngle=0, grid=False),
              scale=alt.Scale(range=_range(room), paddingInner=1 - _BAR, paddingOuter=0.1))  # fmt: skip
    y = alt.Y("y0:Q", scale=alt.Scale(domain=[0, top]), axis=_measure_axis(figure, say))
    colour = alt.Color(
        "series:N", scale=alt.Scale(domain=names, range=[shade for shade, _ in SHADES[: len(names)]]), legend=None
    )
    bars = (
        _chart(rows)
        .mark_bar(stroke="#ffffff", strokeWidth=1, cursor="pointer")
        .encode(x=x, y=y, y2="y1:Q", color=colour, tooltip=_tip())
    )
    inside = (
        _chart(rows)
        .mark_text(fontSize=size, cursor="pointer")
        .encode(x=x, y="mid:Q", text="shown:N", color=alt.Color("ink:N", scale=None))
    )
    totals = [
        _row(mark, say) | {"year": getattr(mark.category, say), "y": tops.get(getattr(mark.category, say), 0.0)}
        for mark in drawn.lines
        if mark.role == "total"
    ]
    above = (
        _chart(totals)
        .mark_text(dy=-9, fontWeight="bold", fontSize=size, cursor="pointer")
        .encode(x=x, y="y:Q", text="label:N", tooltip=_tip())
    )
    layers: list[Any] = [bars, inside, above]
    if line:
        layers += _share_line(line, x, size)
    if named:
        at_right = {"expr": f"width - {room - 8}"}
        layers.append(_chart(named).mark_text(align="left", x=at_right, color=INK).encode(y="y:Q", text="name:N"))
    return alt.layer(*layers, height=_PLOT)


def _fitting(label: str, wide: float, size: int) -> str:
    """As much of a label as fits in a bar: all, without what is in brackets, or nothing."""
    return next((text for text in (label, label.split(" ")[0]) if text_width(text, size) <= wide), "")


def _stacked(marks: Sequence[Mark], names: list[str], say: str) -> tuple[list[dict[str, Any]], dict[str, float]]:
    tops: dict[str, float] = {}
    rows = []
    for mark in marks:
        year, series = getattr(mark.category, say), getattr(mark.series, say)
        low = tops.get(year, 0.0)
        high = tops[year] = low + float(mark.value)
        ink = SHADES[names.index(series) % len(SHADES)][1]
        rows.append(
            _row(mark, say)
            | {"year": year, "series": series, "y0": low, "y1": high, "mid": (low + high) / 2, "ink": ink}
        )
    return rows, tops


def _names_at_the_end(rows: list[dict[str, Any]], names: list[str], last: str, top: float) -> list[dict[str, Any]]:
    places = {row["series"]: row["mid"] for row in rows if row["year"] == last and row["series"] in names}
    return [{"name": name, "y": place} for name, place in apart(places, top * (SIZE + 4) / _PLOT).items()]


def _line_rows(shares: Sequence[Mark], top: float, say: str) -> list[dict[str, Any]]:
    values = [float(mark.value) for mark in shares]
    low, wide = min(values, default=0.0), (max(values, default=0.0) - min(values, default=0.0)) or 1.0
    return [
        _row(mark, say) | {"year": getattr(mark.category, say), "y": top * (_LINE_FROM + _LINE_HIGH * (float(mark.value) - low) / wide)}
        for mark in shares
    ]  # fmt: skip


def _share_line(rows: list[dict[str, Any]], x: alt.X, size: int) -> list[Any]:
    base = _chart(rows).encode(x=x, y="y:Q", tooltip=_tip())
    return [
        base.mark_line(color=INK, strokeDash=[5, 3], strokeWidth=1.5),
        base.mark_point(shape="diamond", filled=True, size=70, color=INK, opacity=1, cursor="pointer"),
        base.mark_text(dy=-11, fontSize=size, cursor="pointer").encode(text="label:N"),
    ]


def nested(figure: Figure, drawn: Drawn, canvas: Canvas) -> alt.LayerChart | alt.FacetChart:
    """Rows in sections, the head of each dark; every bar has its figure behind it."""
    return _rows(figure, drawn.marks, canvas, [[mark] for mark in drawn.marks])


def ranked(figure: Figure, drawn: Drawn, canvas: Canvas) -> alt.LayerChart | alt.FacetChart:
    """A row for each member, with a bar for each metric."""
    rows: dict[str, list[Mark]] = {}
    for mark in drawn.marks:
        rows.setdefault(mark.category.zh, []).append(mark)
    return _rows(figure, drawn.marks, canvas, list(rows.values()))


def _rows(
    figure: Figure, marks: Sequence[Mark], canvas: Canvas, rows: list[list[Mark]]
) -> alt.LayerChart | alt.FacetChart:
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
                _row(mark, say) | {"y0": at, "y1": at + thick - 2, "y": at + thick / 2 - 1, "shade": SHADES[shade][0]}
            )
            at += thick
        top += high
    left = min(room_for([str(name["name"]) for name in names]) + _INDENT, 250) if canvas.wide else 0
    right = room_for([str(row["label"]) for row in data])
    return _bar_layers(figure, canvas, data, names, (left, right, top))


def _bar_layers(
    figure: Figure, canvas: Canvas, data: list[dict[str, Any]], names: list[dict[str, Any]], rooms: tuple[int, int, int]
) -> alt.LayerChart | alt.FacetChart:
    left, right, height = rooms
    say = canvas.language
    longest = max((row["value"] for row in data), default=1.0) or 1.0
    x = alt.X(
        "value:Q",
        scale=alt.Scale(domain=[0, longest], range=[left, {"expr": f"width - {right}"}]),
        axis=_foot(figure, say),
    )
    y = alt.Y("y0:Q", scale=alt.Scale(domain=[height, 0], nice=False), axis=None)
    bars = (
        _chart(data)
        .mark_bar(cursor="pointer")
        .encode(x=x, x2=alt.datum(0), y=y, y2="y1:Q", color=alt.Color("shade:N", scale=None), tooltip=_tip())
    )
    labels = (
        _chart(data)
        .mark_text(align="left", dx=6, cursor="pointer")
        .encode(x=x, y="y:Q", text="label:N", tooltip=_tip())
    )
    called = [
        _chart([row for row in names if (row["head"], row["indent"]) == kind])
        .mark_text(align="left", x=kind[1], limit=left - 8 if canvas.wide else 0, fontWeight="bold" if kind[0] else "normal")
        .encode(y="y:Q", text="name:N")
        for kind in dict.fromkeys((row["head"], row["indent"]) for row in names)
    ]  # fmt: skip
    return alt.layer(bars, labels, *called, height=height)


def panels(figure: Figure, drawn: Drawn, canvas: Canvas) -> alt.LayerChart | alt.FacetChart:
    """Columns of bars side by side, each with its own head and total; rows are the categories."""
    say = canvas.language
    heads = list(dict.fromkeys(getattr(mark.series, say) for mark in drawn.marks))
    rows = _order([getattr(mark.category, say) for mark in drawn.marks], drawn, figure, say)
    step = _ROW + 4 if canvas.wide else _ROW_NARROW
    longest = max((float(mark.value) for mark in drawn.marks), default=1.0) or 1.0
    data = []
    for mark in drawn.marks:
        panel, row = heads.index(getattr(mark.series, say)), rows.index(getattr(mark.category, say))
        top = row * step + (4 if canvas.wide else 20)
        end = panel + float(mark.value) / longest * _PANEL_FILL
        data.append(_row(mark, say) | {"x0": panel, "x1": end, "y0": top, "y1": top + 20, "y": top + 10})
    left = min(room_for(rows), 200) if canvas.wide else 4
    height = len(rows) * step
    x = alt.X("x0:Q", scale=alt.Scale(domain=[0, len(heads)], range=[left, {"expr": "width"}]), axis=_foot(figure, say))
    y = alt.Y("y0:Q", scale=alt.Scale(domain=[height, -44], nice=False), axis=None)
    bars = (
        _chart(data)
        .mark_bar(color=SHADES[0][0], cursor="pointer")
        .encode(x=x, x2="x1:Q", y=y, y2="y1:Q", tooltip=_tip())
    )
    labels = (
        _chart(data).mark_text(align="left", dx=4, cursor="pointer").encode(x=alt.X("x1:Q"), y="y:Q", text="label:N")
    )
    walls = (
        _chart([{"x0": place} for place in range(len(heads))])
        .mark_rule(color=LINE)
        .encode(x="x0:Q", y=alt.datum(-2), y2=alt.datum(height))
    )
    size = SIZE if canvas.wide else 10
    tops = [{"x0": place, "name": head.replace(" n=", "\nn=")} for place, head in enumerate(heads)]
    named = (
        _chart(tops)
        .mark_text(align="left", baseline="top", lineBreak="\n", fontWeight="bold", fontSize=size, lineHeight=16)
        .encode(x="x0:Q", y=alt.datum(-40), text="name:N")
    )
    lines = [{"name": name, "y": place * step + (14 if canvas.wide else 9)} for place, name in enumerate(rows)]
    called = (
        _chart(lines).mark_text(align="left", x=0, color=INK if canvas.wide else SOFT).encode(y="y:Q", text="name:N")
    )
    return alt.layer(*([walls] if canvas.wide else []), bars, labels, named, called, height=height + 44)


def _order(names: Sequence[str], drawn: Drawn, figure: Figure, say: str) -> list[str]:
    """Categories of all panels in one order, from the Chinese names by which bands are sorted."""
    from dealproof.reports.review.members import in_order

    chinese = {mark.category.zh: getattr(mark.category, say) for mark in drawn.marks}
    return list(dict.fromkeys(chinese[name] for name in in_order(figure.x, chinese)))


def _row(mark: Mark, say: str) -> dict[str, Any]:
    return {
        "ref": mark.ref,
        "value": float(mark.value),
        "label": getattr(mark.label, say),
        "tip": getattr(mark.tip, say),
    }


def _chart(rows: list[dict[str, Any]]) -> alt.Chart:
    return alt.Chart(alt.InlineData(values=rows))


def _tip() -> alt.Tooltip:
    return alt.Tooltip("tip:N")


def _range(room: int) -> list[Any]:
    return [0, {"expr": f"width - {room}"}]


def _measure_axis(figure: Figure, say: str) -> alt.Axis:
    """No scale, since every bar tells its figure; only what is measured, in which unit, above."""
    return alt.Axis(title=getattr(figure.measure, say), labels=False, ticks=False, domain=False, grid=False, titleAngle=0, titleAlign="left",
                    titleAnchor="end", titleX=0, titleY=-10, titleBaseline="bottom")  # fmt: skip


def _foot(figure: Figure, say: str) -> alt.Axis:
    return alt.Axis(
        title=getattr(figure.measure, say),
        labels=False,
        ticks=False,
        domain=False,
        grid=False,
        titleAlign="left",
        titleAnchor="start",
    )

"""Bars over years: layers with their figures, totals above, and a line of shares over all."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from dealproof.market_review.figures import Figure
from dealproof.market_review.layers import Datum, Layers, above, chart_of, row_of, tip, until
from dealproof.market_review.marks import DOUBT, Drawn, Mark
from dealproof.market_review.style import INK, SHADES, SIZE, SOFT, Canvas, Language, apart, room_for, text_width

_PLOT = 340
#: Part of the height that bars and their totals fill, and that where a line of shares runs above them.
_FILLED, _BELOW_LINE = 0.93, 0.72
_LINE_FROM, _LINE_HIGH = 0.86, 0.1
#: A line that falls by more than this part of the height would cross a label above it.
_STEEP = 0.02
#: Least height of a layer that a figure fits in, and how much of its place a bar fills.
_LABEL, _BAR = 14, 0.72
_SHARE = {"zh": "占比", "en": "Share"}


def years(figure: Figure, drawn: Drawn, canvas: Canvas) -> Layers:
    """Stacked bars with figures in them, totals above, shares as a line over all, names of layers at the right."""
    say = canvas.language
    names = list(dict.fromkeys(getattr(mark.series, say) for mark in drawn.marks))
    shown = sorted({getattr(mark.category, say) for mark in (*drawn.marks, *drawn.lines)})
    rows, tops = _stacked(drawn.marks, names, say)
    line = [mark for mark in drawn.lines if mark.role == "share"]
    top = (max(tops.values(), default=0.0) or 1.0) / (_BELOW_LINE if line else _FILLED)
    ends = _names_at_the_end(rows, names, shown[-1], top, canvas.wide) if len(names) > 1 else []
    room = room_for([*(end["series"] for end in ends), _SHARE[say]]) if ends or line else 4
    size = SIZE if canvas.wide else 10
    _tell(rows, (canvas.width - room) / max(len(shown), 1) * _BAR if ends else 0, size, top)
    shares = _share_rows(line, top, say)
    axis = alt.Axis(labelAngle=0, grid=False)
    x = alt.X("category:O", sort=shown, title=getattr(figure.axis, say), axis=axis,
              scale=alt.Scale(domain=shown, range=until(room), paddingInner=1 - _BAR, paddingOuter=0.1))  # fmt: skip
    y = alt.Y("y0:Q", scale=alt.Scale(domain=[0, top]), axis=above(figure, say))
    totals = [
        row_of(mark, say) | {"y": tops.get(getattr(mark.category, say), 0.0)}
        for mark in drawn.lines
        if mark.role in ("total", "missing")
    ]
    ends += [{"series": _SHARE[say], "y": shares[-1]["y"]}] if shares else []
    return alt.layer(
        *_bars(rows, names, x, y, size),
        *_totals(totals, x, size),
        *_line(shares, x, size),
        *_ends(ends, room),
        height=_PLOT,
    )


def _stacked(marks: Sequence[Mark], names: list[str], say: Language) -> tuple[list[Datum], dict[str, float]]:
    """Every layer with its lower and upper edge, and the height of each year's bar."""
    tops: dict[str, float] = {}
    rows = []
    for mark in marks:
        row = row_of(mark, say)
        low = tops.get(row["category"], 0.0)
        high = tops[row["category"]] = low + row["value"]
        rows.append(
            row
            | {
                "y0": low,
                "y1": high,
                "mid": (low + high) / 2,
                "ink": SHADES[names.index(row["series"]) % len(SHADES)][1],
            }
        )
    return rows, tops


def _tell(rows: list[Datum], wide: float, size: int, top: float) -> None:
    """Put its figure into each layer that has room for it; the last bar's shares stand with the names at its side, and a
    bar of one layer has its figure above."""
    for row in rows:
        high = (row["y1"] - row["y0"]) / top * _PLOT
        figure = _figure(row)
        row["shown"] = figure if high >= _LABEL and text_width(figure, size) <= wide else ""


def _figure(row: Datum) -> str:
    """The label without the share in brackets, with the mark of doubt that stands at its end."""
    label = str(row["label"])
    return label.split(" (")[0].removesuffix(DOUBT) + (DOUBT if label.endswith(DOUBT) else "")


def _share_rows(shares: Sequence[Mark], top: float, say: Language) -> list[Datum]:
    """The shares on a scale of their own above the bars; a label stands below where the line comes down to it."""
    values = [float(mark.value) for mark in shares]
    low, wide = min(values, default=0.0), (max(values, default=0.0) - min(values, default=0.0)) or 1.0
    places = [_LINE_FROM + _LINE_HIGH * (value - low) / wide for value in values]
    before = [places[0], *places[:-1]] if places else []
    return [
        row_of(mark, say) | {"y": top * place, "under": earlier - place > _STEEP}
        for mark, place, earlier in zip(shares, places, before, strict=True)
    ]


def _names_at_the_end(rows: list[Datum], names: list[str], last: str, top: float, wide: bool) -> list[Datum]:
    """The name of each layer beside its place in the last bar, with figure and share where there is room; layers that only
    earlier bars have stand above."""
    places = {row["series"]: row["mid"] for row in rows if row["category"] == last}
    places |= {name: max((row["y1"] for row in rows), default=0.0) for name in names if name not in places}
    told = {row["series"]: f" {row['label']}" for row in rows if row["category"] == last and wide}
    places = apart(places, top * (SIZE + 4) / _PLOT)
    return [{"series": name + told.get(name, ""), "y": place} for name, place in places.items()]


def _bars(rows: list[Datum], names: list[str], x: alt.X, y: alt.Y, size: int) -> list[Any]:
    scale = alt.Scale(domain=names, range=[SHADES[at % len(SHADES)][0] for at in range(len(names))])
    base = chart_of(rows)
    return [
        base.mark_bar(stroke="#ffffff", strokeWidth=1, cursor="pointer").encode(
            x=x, y=y, y2=alt.Y2("y1:Q"), color=alt.Color("series:N", scale=scale, legend=None), tooltip=tip()
        ),
        base.mark_text(fontSize=size, cursor="pointer").encode(
            x=x, y=alt.Y("mid:Q"), text=alt.Text("shown:N"), color=alt.Color("ink:N", scale=None)
        ),
    ]


def _totals(rows: list[Datum], x: alt.X, size: int) -> list[Any]:
    known, missing = ([row for row in rows if (row["role"] == "missing") is absent] for absent in (False, True))
    return [
        chart_of(known)
        .mark_text(dy=-9, fontWeight="bold", fontSize=size, cursor="pointer")
        .encode(x=x, y=alt.Y("y:Q"), text=alt.Text("label:N"), tooltip=tip()),
        chart_of(missing).mark_text(dy=-9, fontSize=size, color=SOFT).encode(x=x, y=alt.Y("y:Q"), text=alt.Text("label:N")),
    ]


def _line(rows: list[Datum], x: alt.X, size: int) -> list[Any]:
    if not rows:
        return []
    base = chart_of(rows).encode(x=x, y=alt.Y("y:Q"), tooltip=tip())
    return [
        base.mark_line(color=INK, strokeDash=[5, 3], strokeWidth=1.5),
        base.mark_point(shape="diamond", filled=True, size=70, color=INK, opacity=1, cursor="pointer"),
        *(
            chart_of([row for row in rows if row["under"] is under]).mark_text(dy=15 if under else -11, fontSize=size, cursor="pointer")
            .encode(x=x, y=alt.Y("y:Q"), text=alt.Text("label:N"), tooltip=tip())
            for under in (False, True)
        ),
    ]  # fmt: skip


def _ends(rows: list[Datum], room: int) -> list[Any]:
    at_right = {"expr": f"width - {room - 8}"}
    return (
        [chart_of(rows).mark_text(align="left", x=at_right, color=INK).encode(y=alt.Y("y:Q"), text=alt.Text("series:N"))] if rows else []
    )

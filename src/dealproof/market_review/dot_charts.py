"""Figures made of dots: coupons over time, rates from lowest to highest, positions by age or rounds."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from dealproof.market_review.figures import Figure
from dealproof.market_review.layers import Datum, Layers, above, chart_of, row_of, tip, until
from dealproof.market_review.marks import Drawn, Mark
from dealproof.market_review.style import DASHES, INK, SHADES, SHAPES, SIZE, Canvas, Language, apart, room_for

_PLOT = 380
_DOT = 75
#: Colours of dots by how many kinds there are before them; the fourth shade is too pale for a dot.
_INKS = (SHADES[0][0], SHADES[1][0], SHADES[2][0], SHADES[4][0])


def coupons(figure: Figure, drawn: Drawn, canvas: Canvas) -> Layers:
    """A dot for each security on its day; the reference curve of each tenor as a line with its name at the end."""
    say = canvas.language
    rows = [row_of(mark, say) for mark in drawn.marks]
    curve = [row_of(mark, say) for mark in drawn.lines]
    ends = {row["series"]: row["value"] for row in curve}
    span = _span([row["value"] for row in (*rows, *curve)])
    places = apart(ends, (span[1] - span[0]) * (SIZE + 5) / _PLOT)
    room = room_for(list(places)) if places else 10
    x = alt.X("x:T", title=getattr(figure.axis, say), axis=alt.Axis(format="%Y-%m", tickCount="month" if canvas.wide else {"interval": "month", "step": 3}, grid=False, labelOverlap=True),
              scale=alt.Scale(range=until(room)))  # fmt: skip
    y = _y(figure, say, span)
    kinds = sorted({row["series"] for row in rows}, key=lambda name: _places(drawn.marks, say)[name], reverse=True)
    layers: list[Any] = [_dots(rows, kinds, x, y)]
    for at, name in enumerate(ends):
        own = [row for row in curve if row["series"] == name]
        layers.append(
            chart_of(own).mark_line(color=INK, strokeWidth=2, strokeDash=DASHES[at % len(DASHES)]).encode(x=x, y=y)
        )
    if places:
        named = [{"name": name, "value": place} for name, place in places.items()]
        layers.append(
            chart_of(named).mark_text(align="left", x={"expr": f"width - {room - 6}"}).encode(y=y, text=alt.Text("name:N"))
        )
    return alt.layer(*layers, height=_PLOT)


def ranks(figure: Figure, drawn: Drawn, canvas: Canvas) -> Layers:
    """The deals of each year from lowest to highest; a line for each mean, with its name at the end."""
    say = canvas.language
    rows = _with_extremes([row_of(mark, say) for mark in drawn.marks])
    means = [row_of(mark, say) for mark in drawn.lines]
    span = _span([row["value"] for row in (*rows, *means)], zero=True)
    kinds = list(dict.fromkeys(row["series"] for row in reversed(rows)))
    texts = {row["ref"]: _broken(row["label"]) for row in means}
    places = apart({row["ref"]: row["value"] for row in means}, (span[1] - span[0]) * 2 * (SIZE + 5) / _PLOT)
    room = room_for(list(texts.values())) if texts else 10
    most = max((row["x"] for row in rows), default=1)
    x = alt.X("x:Q", title=getattr(figure.axis, say), scale=alt.Scale(domain=[0.5, most + 0.5], nice=False, range=until(room)),
              axis=alt.Axis(grid=False, values=_whole(most), format="d"))  # fmt: skip
    y = _y(figure, say, span)
    layers: list[Any] = [
        chart_of([row]).mark_rule(color=_ink(kinds, row["series"]), strokeWidth=2, strokeDash=DASHES[kinds.index(row["series"]) % len(DASHES)], cursor="pointer",
                                x2={"expr": f"width - {room - 4}"}, x=0).encode(y=y, tooltip=tip())
        for row in means if row["series"] in kinds
    ]  # fmt: skip
    layers += [_dots(rows, kinds, x, y), *_extremes(rows, x, y)]
    named = [{"name": texts[ref], "value": place, "ref": ref} for ref, place in places.items()]
    layers.append(
        chart_of(named)
        .mark_text(align="left", baseline="middle", lineBreak="\n", x={"expr": f"width - {room - 8}"}, cursor="pointer")
        .encode(y=y, text=alt.Text("name:N"))
    )
    return alt.layer(*layers, height=_PLOT)


def points(figure: Figure, drawn: Drawn, canvas: Canvas) -> Layers:
    """A dot for each deal; what is lowest and highest tells its figure."""
    say = canvas.language
    rows = _with_extremes([row_of(mark, say) for mark in drawn.marks])
    kinds = sorted(
        {row["series"] for row in rows},
        key=lambda name: (-max(int(row["role"]) for row in rows if row["series"] == name), _first(rows, name)),
    )
    x = alt.X(
        "x:Q",
        title=getattr(figure.axis, say),
        scale=alt.Scale(zero=True, nice=True, range=until(24)),
        axis=alt.Axis(grid=False, tickMinStep=1),
    )
    y = _y(figure, say, _span([row["value"] for row in rows], zero=True))
    return alt.layer(_dots(rows, kinds, x, y), *_extremes(rows, x, y), height=_PLOT)


def _dots(rows: list[Datum], kinds: list[str], x: alt.X, y: alt.Y) -> alt.Chart:
    """Every kind has its own shape and colour; of two years the earlier one is hollow."""
    latest = max((row["role"] for row in rows), default="")
    years = {row["series"]: row["role"] for row in rows}
    groups = list(dict.fromkeys(_group(kind, years[kind]) for kind in kinds))
    at = [groups.index(_group(kind, years[kind])) for kind in kinds]
    colours = [_INKS[place % len(_INKS)] for place in at]
    hollow = [
        years[kind] != latest if latest and years[kind] else bool(place % 2)
        for kind, place in zip(kinds, at, strict=True)
    ]
    shapes = [SHAPES[place % len(SHAPES)] for place in at]
    counted = {kind: sum(row["series"] == kind for row in rows) for kind in kinds}
    data = [row | {"kind": f"{row['series']} (n={counted[row['series']]})"} for row in rows]
    names = [f"{kind} (n={counted[kind]})" for kind in kinds]
    domain = alt.Scale(domain=names, range=colours)
    dots: alt.Chart = (
        chart_of(data).mark_point(size=_DOT, strokeWidth=1.6, opacity=0.9, cursor="pointer")
        .encode(
            x=x, y=y, tooltip=tip(), stroke=alt.Stroke("kind:N", scale=domain),
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=names, range=shapes)),
            fill=alt.Fill("kind:N", scale=alt.Scale(domain=names, range=["#ffffff" if empty else colour for empty, colour in zip(hollow, colours, strict=True)])),
        )
    )  # fmt: skip
    return dots


def _with_extremes(rows: list[Datum]) -> list[Datum]:
    """Name the highest and the lowest dot of the latest year."""
    latest = max((row["role"] for row in rows), default="")
    own = sorted((row for row in rows if row["role"] == latest), key=lambda row: row["value"])
    told = {own[0]["ref"], own[-1]["ref"]} if own else set()
    return [row | {"told": f"{row['label']}" if row["ref"] in told else ""} for row in rows]


def _extremes(rows: list[Datum], x: alt.X, y: alt.Y) -> list[alt.Chart]:
    told = [row for row in rows if row["told"]]
    return [chart_of(told).mark_text(dy=-12, fontWeight="bold", cursor="pointer").encode(x=x, y=y, text=alt.Text("told:N"))]


def _whole(most: float) -> list[int]:
    """About a dozen whole numbers from 1 to the last."""
    return list(range(1, int(most) + 1, max(1, round(most / 12))))


def _places(marks: Sequence[Mark], say: Language) -> dict[str, int]:
    return {getattr(mark.series, say): at for at, mark in enumerate(marks)}


def _first(rows: list[Datum], series: str) -> int:
    return next(at for at, row in enumerate(rows) if row["series"] == series)


def _group(series: str, year: str) -> str:
    """What a kind of dot is of, without its year."""
    return series.removesuffix(f" {year}") if year else series


def _ink(kinds: list[str], kind: str) -> str:
    return _INKS[kinds.index(kind) % len(_INKS)]


def _broken(text: str) -> str:
    """A name at the end of a line in two lines."""
    head, _, tail = text.rpartition(" ")
    return f"{head}\n{tail}"


def _span(values: list[float], zero: bool = False) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    margin = (high - low) * 0.08 or 0.5
    return (0.0 if zero else max(low - margin, 0.0), high + margin * 1.5)


def _y(figure: Figure, say: Language, span: tuple[float, float]) -> alt.Y:
    return alt.Y("value:Q", scale=alt.Scale(domain=list(span), nice=False), axis=above(figure, say, scale=True))

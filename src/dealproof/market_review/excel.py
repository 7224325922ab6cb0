"""Native Excel charts over the data of a sheet."""

from __future__ import annotations

from typing import Any

from dealproof.market_review.figures import Figure
from dealproof.market_review.number_grids import Cloud, Grid
from dealproof.market_review.style import SHADES

_WIDE, _HIGH = 26.0, 13.0
_MARKERS = ("circle", "triangle", "square", "diamond", "x", "star")
_DASHES = ("solid", "dash", "sysDot", "dashDot")
#: Kinds of figures whose bars lie; the others stand.
_LYING = ("nested", "ranked")


def bar_chart(figure: Figure, grid: Grid, sheet: Any, title: str, measure: str) -> Any:
    """Bars over the rows of a grid; columns that are lines stand on an axis of their own."""
    from openpyxl.chart import BarChart, Reference

    chart = BarChart()
    lying, stacked = figure.kind in _LYING, figure.kind in ("years", "nested") and _adds_up(figure)
    chart.type = "bar" if lying else "col"
    chart.grouping, chart.overlap = ("stacked", 100) if stacked else ("clustered", 0)
    last = len(grid.rows) + 1
    bars = [at for at in range(1, len(grid.head)) if at not in grid.line]
    for at in bars:
        chart.add_data(Reference(sheet, min_col=at + 1, min_row=1, max_row=last), titles_from_data=True)
    chart.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    for place, series in enumerate(chart.series):
        series.graphicalProperties.solidFill = SHADES[place % len(SHADES)][0].lstrip("#")
        series.graphicalProperties.line.solidFill = "FFFFFF"
        if stacked:
            _labels(series, SHADES[place % len(SHADES)][1])
    if not stacked:
        _labels(chart)
    chart.gapWidth = 60
    _finish(chart, title, grid.head[0], measure)
    if lying:
        chart.x_axis.scaling.orientation = "maxMin"
        chart.height = max(_HIGH, 1.0 * len(grid.rows))
    for at in grid.line:
        _add_line(chart, sheet, at, last)
    return chart


def _adds_up(figure: Figure) -> bool:
    """Means do not add up to anything; they stand beside each other."""
    from dealproof.metrics.catalog import BY_ID

    return BY_ID[figure.metrics[0]].measure in ("count", "sum")


def _add_line(chart: Any, sheet: Any, at: int, last: int) -> None:
    from openpyxl.chart import LineChart, Reference

    line = LineChart()
    line.add_data(Reference(sheet, min_col=at + 1, min_row=1, max_row=last), titles_from_data=True)
    line.set_categories(Reference(sheet, min_col=1, min_row=2, max_row=last))
    line.y_axis.axId = 200
    line.y_axis.title = "占比 Share (%)"
    line.y_axis.crosses = "max"
    line.y_axis.delete = False
    line.y_axis.majorGridlines = None
    series = line.series[0]
    series.graphicalProperties.line.solidFill = "1D2530"
    series.graphicalProperties.line.dashStyle = "dash"
    series.marker.symbol = "diamond"
    _labels(line)
    chart += line


def scatter_chart(
    clouds: tuple[Cloud, ...], places: list[tuple[int, int]], sheet: Any, title: str, axes: tuple[str, str], days: bool
) -> Any:
    """Dots of each cloud, whose data stand at a column and reach to a row (`places`); lines for those that are joined."""
    from openpyxl.chart import Reference, ScatterChart, Series

    chart = ScatterChart()
    chart.style = 13
    chart.scatterStyle = "lineMarker"
    for at, (cloud, (column, last)) in enumerate(zip(clouds, places, strict=True)):
        xs = Reference(sheet, min_col=column, min_row=2, max_row=last)
        ys = Reference(sheet, min_col=column + 1, min_row=1, max_row=last)
        series = Series(ys, xs, title_from_data=True)
        shade = SHADES[at % 3][0].lstrip("#")
        series.smooth = False
        if cloud.joined:
            series.marker.symbol = "none"
            series.graphicalProperties.line.solidFill = "1D2530"
            series.graphicalProperties.line.dashStyle = _DASHES[at % len(_DASHES)]
        else:
            series.graphicalProperties.line.noFill = True
            series.marker.symbol = _MARKERS[at % len(_MARKERS)]
            series.marker.size = 7
            series.marker.graphicalProperties.solidFill = shade
            series.marker.graphicalProperties.line.solidFill = shade
        chart.series.append(series)
    _finish(chart, title, *axes)
    if days:
        chart.x_axis.number_format = "yyyy-mm"
    return chart


def _labels(labelled: Any, ink: str = "") -> None:
    """Let a chart or a series tell its figures; `ink` is the colour of labels that stand inside bars."""
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

    labels = DataLabelList()
    labels.showVal = True
    for name in ("showSerName", "showCatName", "showLegendKey", "showPercent"):
        setattr(labels, name, False)
    if ink:
        letters = CharacterProperties(solidFill=ink.lstrip("#"))
        labels.txPr = RichText(p=[Paragraph(pPr=ParagraphProperties(defRPr=letters), endParaRPr=letters)])
    labelled.dLbls = labels


def _finish(chart: Any, title: str, axis: str, measure: str) -> None:
    chart.title = title
    chart.x_axis.title, chart.y_axis.title = axis, measure
    chart.x_axis.delete = chart.y_axis.delete = False
    chart.legend.position = "b"
    chart.width, chart.height = _WIDE, _HIGH
